#include "central/import/product_import.hpp"

#include <array>
#include <map>

#include "central/import/named_columns.hpp"
#include "central/import/values.hpp"
#include "central/walk.hpp"
#include "domain/records_goods.hpp"
#include "storage/sqlite_world.hpp"

namespace showfloor::central {

namespace {

using domain::Category;
using domain::Product;
using Pair = NamedColumns::Spelling;

constexpr std::array kSpellings = {Pair{"item_code", "sku"},
                                   Pair{"code", "sku"},
                                   Pair{"part_number", "sku"},
                                   Pair{"part_no", "sku"},
                                   Pair{"product", "name"},
                                   Pair{"product_name", "name"},
                                   Pair{"title", "name"},
                                   Pair{"details", "description"},
                                   Pair{"unit_price", "price"},
                                   Pair{"selling_price", "price"},
                                   Pair{"category_name", "category"},
                                   Pair{"group", "category"},
                                   Pair{"type", "kind"},
                                   Pair{"low_stock_threshold", "threshold"},
                                   Pair{"reorder_level", "threshold"},
                                   Pair{"minimum_stock", "threshold"},
                                   Pair{"tax", "tax_code"},
                                   Pair{"enabled", "active"}};

constexpr std::array kColumns = {"sku",      "name",     "description", "price",     "currency",
                                 "tax_code", "category", "kind",        "threshold", "active"};

constexpr std::size_t kLongestCategory = 100;  // characters; a name longer is no name

class ProductReader final : public RowReader {
   public:
    ProductReader(const ImportOptions& options, base::UtcMs now) : options_(options), now_(now) {}

    base::Result<void> take_header(const std::vector<std::string>& header) override {
        SHOWFLOOR_ASSIGN(
            columns_, NamedColumns::read(header, kColumns, kSpellings, {"sku", "name", "price"}));
        return {};
    }
    base::Result<Settle> read(const CsvRow& row) override;

   private:
    base::Result<RowDone> settle(Batch& batch, base::Json given);
    base::Result<std::string> home_currency(Batch& batch, const base::Json& given) const;
    base::Result<bool> change(Batch& batch, const Product& known, const base::Json& given);
    base::Result<base::Uuid> make_category(Batch& batch, const std::string& name);

    const ImportOptions& options_;
    base::UtcMs now_;
    NamedColumns columns_;
};

// "Parts" and "PART" are a part.
base::Result<void> read_kind(base::Json& line) {
    if (!line.contains("kind")) return {};
    const std::string text = line.at("kind").get<std::string>();
    std::string kind = lower_ascii(text);
    if (kind == "accessories") kind = "accessory";
    for (const std::string_view name : domain::kProductKindNames) {
        if (kind != name && kind != std::string(name) + "s") continue;
        line["kind"] = name;
        return {};
    }
    return wrong_line("kind: \"" + text + "\" is neither accessory, part nor consumable.");
}

base::Result<void> read_active(base::Json& line) {
    if (!line.contains("active")) return {};
    const std::string text = line.at("active").get<std::string>();
    const std::string flag = lower_ascii(text);
    const bool yes = flag == "true" || flag == "yes" || flag == "1" || flag == "active";
    const bool no = flag == "false" || flag == "no" || flag == "0" || flag == "inactive";
    if (!yes && !no) return wrong_line("active: \"" + text + "\" is neither yes nor no.");
    line["active"] = yes;
    return {};
}

base::Result<RowReader::Settle> ProductReader::read(const CsvRow& row) {
    SHOWFLOOR_ASSIGN(base::Json line, columns_.texts(row));
    for (const char* needed : {"sku", "name", "price"}) {
        if (!line.contains(needed)) return wrong_line(std::string(needed) + " is missing.");
    }
    SHOWFLOOR_TRY(read_kind(line));
    SHOWFLOOR_TRY(read_active(line));
    if (line.contains("threshold")) {
        SHOWFLOOR_ASSIGN(line["low_stock_threshold"],
                         read_whole(line.at("threshold").get<std::string>()));
        line.erase("threshold");
    }
    if (line.value("category", "").size() > 4 * kLongestCategory)
        return wrong_line("category: that name is too long.");
    return Settle([this, line](Batch& batch) { return settle(batch, line); });
}

// Of a price that names none: the row's column, else the branch's, else the only one there is.
base::Result<std::string> ProductReader::home_currency(Batch& batch,
                                                       const base::Json& given) const {
    std::string home = given.value("currency", "");
    for (char& c : home)
        c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
    if (!home.empty()) return home;
    for (const auto& branch : batch.world().find<domain::Branch>({})) {
        if (branch.archived) continue;
        if (branch.code == options_.branch_code) return branch.currency;
        if (!home.empty() && home != branch.currency) home = "?";
        if (home.empty()) home = branch.currency;
    }
    return home == "?" ? std::string() : home;
}

std::optional<Category> category_named(domain::World& world, const std::string& name) {
    const std::string wanted = lower_ascii(name);
    for (const Category& category : world.find<Category>({})) {
        if (!category.archived && lower_ascii(category.name) == wanted) return category;
    }
    return std::nullopt;
}

base::Result<base::Uuid> ProductReader::make_category(Batch& batch, const std::string& name) {
    const base::Uuid id = base::Uuid::v7(now_, batch.random());
    SHOWFLOOR_TRY(apply_import(batch, "create_category", {{"id", id.to_string()}, {"name", name}},
                               options_.actor_id));
    return id;
}

base::Result<bool> ProductReader::change(Batch& batch, const Product& known,
                                         const base::Json& given) {
    const base::Json before = domain::to_json(known);
    base::Json changes = base::Json::object();
    for (const auto& [name, value] : given.items()) {
        if (!before.contains(name) || before.at(name) != value) changes[name] = value;
    }
    if (changes.empty()) return false;
    changes["id"] = known.id.to_string();
    SHOWFLOOR_TRY(apply_import(batch, "update_product", std::move(changes), options_.actor_id));
    return true;
}

base::Result<RowDone> ProductReader::settle(Batch& batch, base::Json given) {
    SHOWFLOOR_ASSIGN(const std::string home, home_currency(batch, given));
    SHOWFLOOR_ASSIGN(const ReadAmount price,
                     read_amount(given.at("price").get<std::string>(), home));
    if (price.currency.empty())
        return wrong_line("The price names no currency; add a column, or give --branch.");
    given.erase("price");
    given["price_minor"] = price.minor;
    given["currency"] = price.currency;
    const std::string category = given.value("category", "");
    given.erase("category");
    const auto there = category.empty() ? std::nullopt : category_named(batch.world(), category);
    if (there) given["category_id"] = there->id.to_string();

    const std::string sku = given.at("sku").get<std::string>();
    std::optional<Product> known;
    for (Product& product : batch.world().find<Product>({.where = {{"sku", sku}}})) {
        if (!product.archived) known = std::move(product);
    }
    base::Uuid id = known ? known->id : base::Uuid{};
    bool changed = false;
    if (known) {
        SHOWFLOOR_ASSIGN(changed, change(batch, *known, given));
    } else {
        id = base::Uuid::v7(now_, batch.random());
        given["id"] = id.to_string();
        if (!given.contains("kind")) given["kind"] = domain::kProductKindNames[0];
        SHOWFLOOR_TRY(apply_import(batch, "create_product", given, options_.actor_id));
    }
    // Last, so that a row that is refused leaves no category behind.
    if (!category.empty() && !there) {
        SHOWFLOOR_ASSIGN(const base::Uuid made, make_category(batch, category));
        SHOWFLOOR_TRY(apply_import(batch, "update_product",
                                   {{"id", id.to_string()}, {"category_id", made.to_string()}},
                                   options_.actor_id));
        changed = true;
    }
    if (!known) return RowDone::kImported;
    return changed ? RowDone::kUpdated : RowDone::kUnchanged;
}

}  // namespace

base::Result<ImportReport> import_products(CommandProcessor& processor, CsvReader& csv,
                                           const ImportOptions& options, base::UtcMs now) {
    ProductReader reader(options, now);
    return run_import(processor, csv, reader, now, options.progress);
}

base::Result<std::string> export_products(Store& store) {
    std::string out = header_of(kColumns);
    SHOWFLOOR_ASSIGN(auto reader, store.reader());
    storage::SqliteWorld world(reader.connection());
    std::map<base::Uuid, std::string> categories;
    for (const auto& category : world.find<Category>({}))
        categories[category.id] = category.name;
    SHOWFLOOR_TRY(walk<Product>(world, [&](const Product& product) -> base::Result<void> {
        if (product.archived) return {};
        base::Json json = domain::to_json(product);
        json["price"] = amount_text(product.price_minor, product.currency);
        json["category"] = categories[product.category_id];
        json["threshold"] = product.low_stock_threshold;
        // A flag that is off is left out of the record's JSON.
        json["active"] = product.active;
        out += line_of(json, kColumns);
        return {};
    }));
    return out;
}

}  // namespace showfloor::central
