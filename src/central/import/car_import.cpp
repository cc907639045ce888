#include "central/import/car_import.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <map>

#include "base/encoding.hpp"
#include "base/file.hpp"
#include "central/import/car_rows.hpp"
#include "central/import/csv.hpp"
#include "central/limits.hpp"
#include "central/pictures.hpp"
#include "domain/money.hpp"
#include "domain/records.hpp"
#include "imaging/upload.hpp"
#include "storage/sqlite_world.hpp"

namespace showfloor::central {

namespace {

namespace fs = std::filesystem;

enum class Done { kImported, kUpdated, kUnchanged };

class Importer {
   public:
    Importer(CommandProcessor& processor, const ImportOptions& options, base::UtcMs now)
        : processor_(processor), options_(options), now_(now) {}

    base::Result<ImportReport> run(std::string_view csv);

   private:
    struct Line {
        std::int64_t line = 0;
        CarRow row;
        std::vector<base::Json> pictures;
    };
    void reject(std::int64_t line, std::string reason);
    base::Result<void> prepare_pictures(Line& line);
    base::Result<void> settle(const std::vector<Line>& lines);
    base::Result<Done> settle_one(Batch& batch, const Line& line);
    base::Result<bool> update(Batch& batch, const domain::Car& known, const base::Json& given,
                              const domain::Branch& branch);
    base::Result<bool> add_pictures(Batch& batch, const base::Uuid& car_id, const Line& line);
    base::Result<void> apply(Batch& batch, std::string_view name, base::Json args);
    base::Result<domain::Branch> branch_for(Batch& batch, const CarRow& row);

    CommandProcessor& processor_;
    const ImportOptions& options_;
    base::UtcMs now_;
    ImportReport report_;
};

void Importer::reject(std::int64_t line, std::string reason) {
    if (report_.rejected.size() < kMaxRejectedListed)
        report_.rejected.push_back({line, std::move(reason)});
}

base::Result<ImportReport> Importer::run(std::string_view csv) {
    if (csv.size() > kMaxImportBytes)
        return base::fail(base::ErrorKind::kTooLarge, "The file is larger than 512 MB.");
    CsvReader reader(csv);
    const auto header = reader.next();
    if (!header || !header->problem.empty())
        return base::fail(base::ErrorKind::kInvalid, "The file has no header line.", "column");
    SHOWFLOOR_ASSIGN(const auto columns, car_columns(options_.format, header->fields));
    std::vector<Line> lines;
    for (;;) {
        auto row = reader.next();
        if (row) {
            auto read = row->problem.empty() ? read_car_row(columns, row->fields)
                                             : base::Result<CarRow>(base::fail(row->problem));
            if (!read) {
                reject(row->line, read.error().message);
                continue;
            }
            Line line{row->line, std::move(read).value(), {}};
            if (const auto prepared = prepare_pictures(line); !prepared)
                reject(row->line, prepared.error().message);
            else
                lines.push_back(std::move(line));
        }
        if (!row || lines.size() >= kImportRowsPerCommit) {
            SHOWFLOOR_TRY(settle(lines));
            lines.clear();
        }
        if (!row) return std::move(report_);
    }
}

base::Result<void> Importer::prepare_pictures(Line& line) {
    if (options_.images_folder.empty()) return {};
    std::vector<std::string> names = {line.row.car.value("vin", ""),
                                      line.row.car.value("stock_number", "")};
    std::vector<fs::path> files;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(options_.images_folder, error)) {
        const std::string file = entry.path().filename().string();
        const bool ours = std::any_of(names.begin(), names.end(), [&](const std::string& name) {
            return !name.empty() && file.starts_with(name) && file.size() > name.size() &&
                   !std::isalnum(static_cast<unsigned char>(file[name.size()]));
        });
        if (ours) files.push_back(entry.path());
    }
    if (error)
        return base::fail(base::ErrorKind::kNotFound, "The folder of pictures cannot be read.");
    std::sort(files.begin(), files.end());
    if (files.size() > kMaxImagesPerCar) files.resize(kMaxImagesPerCar);
    for (const fs::path& file : files) {
        SHOWFLOOR_ASSIGN(const std::string content,
                         base::read_file(file.string(), imaging::kMaxBytes));
        const std::string name = file.filename().string();
        const auto prepared = imaging::prepare_upload(base::as_bytes(content), name);
        if (!prepared)
            return base::fail(base::ErrorKind::kInvalid, name + ": " + prepared.error().message);
        SHOWFLOOR_ASSIGN(auto picture, keep_picture(processor_.store(), *prepared));
        line.pictures.push_back(std::move(picture));
    }
    return {};
}

base::Result<void> Importer::settle(const std::vector<Line>& lines) {
    if (lines.empty()) return {};
    SHOWFLOOR_ASSIGN(auto batch, processor_.batch(now_));
    for (const Line& line : lines) {
        const auto done = settle_one(batch, line);
        if (!done) {
            const auto kind = done.error().kind;
            if (kind != base::ErrorKind::kRefused && kind != base::ErrorKind::kInvalid &&
                kind != base::ErrorKind::kNotFound)
                return done.error();
            reject(line.line, done.error().message);
            continue;
        }
        if (*done == Done::kImported) ++report_.imported;
        if (*done == Done::kUpdated) ++report_.updated;
        if (*done == Done::kUnchanged) ++report_.unchanged;
    }
    return batch.commit();
}

base::Result<domain::Branch> Importer::branch_for(Batch& batch, const CarRow& row) {
    const std::string& code = row.branch_code.empty() ? options_.branch_code : row.branch_code;
    auto branch = batch.world().find_one<domain::Branch>({{"code", code}});
    // A file of another system names its own stores; --branch says which of ours that is.
    if (!branch && !options_.branch_code.empty())
        branch = batch.world().find_one<domain::Branch>({{"code", options_.branch_code}});
    if (branch) return *branch;
    return base::fail(base::ErrorKind::kInvalid, code.empty() ? "No branch is named; give --branch."
                                                              : "There is no branch " + code + ".");
}

base::Result<Done> Importer::settle_one(Batch& batch, const Line& line) {
    SHOWFLOOR_ASSIGN(const domain::Branch branch, branch_for(batch, line.row));
    base::Json given = line.row.car;
    const std::string currency = given.value("currency", branch.currency);
    SHOWFLOOR_ASSIGN(const std::int64_t price,
                     domain::parse_amount(given.value("price", ""), currency));
    given.erase("price");
    given["price_minor"] = price;
    given["currency"] = currency;
    std::string vin = given.value("vin", "");
    for (char& c : vin)
        c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
    given["vin"] = vin;

    if (const auto known = batch.world().find_one<domain::Car>({{"vin", vin}})) {
        SHOWFLOOR_ASSIGN(const bool changed, update(batch, *known, given, branch));
        SHOWFLOOR_ASSIGN(const bool added, add_pictures(batch, known->id, line));
        return changed || added ? Done::kUpdated : Done::kUnchanged;
    }
    const base::Uuid id = base::Uuid::v7(now_, batch.random());
    given["id"] = id.to_string();
    given["branch_id"] = branch.id.to_string();
    SHOWFLOOR_TRY(apply(batch, "create_car", std::move(given)));
    SHOWFLOOR_TRY(add_pictures(batch, id, line));
    return Done::kImported;
}

base::Result<bool> Importer::update(Batch& batch, const domain::Car& known, const base::Json& given,
                                    const domain::Branch& branch) {
    const base::Json before = domain::to_json(known);
    base::Json changes = base::Json::object();
    for (const auto& [name, value] : given.items()) {
        // What sales made of the car is not undone by a list from outside.
        if (name == "availability") continue;
        if (!before.contains(name) || before.at(name) != value) changes[name] = value;
    }
    const bool moved = known.branch_id != branch.id;
    if (changes.empty() && !moved) return false;
    if (!changes.empty()) {
        changes["id"] = known.id.to_string();
        SHOWFLOOR_TRY(apply(batch, "update_car", std::move(changes)));
    }
    if (moved)
        SHOWFLOOR_TRY(
            apply(batch, "transfer_car",
                  {{"car_id", known.id.to_string()}, {"branch_id", branch.id.to_string()}}));
    return true;
}

base::Result<bool> Importer::add_pictures(Batch& batch, const base::Uuid& car_id,
                                          const Line& line) {
    bool added = false;
    const auto known =
        batch.world().find<domain::CarImage>({.where = {{"car_id", car_id.to_string()}}});
    for (base::Json picture : line.pictures) {
        const bool there = std::any_of(known.begin(), known.end(), [&](const auto& image) {
            return image.sha256 == picture.at("sha256") && !image.archived;
        });
        if (there) continue;
        SHOWFLOOR_TRY(note_picture(batch.connection(), processor_.store(), picture, now_));
        picture["car_id"] = car_id.to_string();
        SHOWFLOOR_TRY(apply(batch, "add_car_image", std::move(picture)));
        added = true;
    }
    return added;
}

base::Result<void> Importer::apply(Batch& batch, std::string_view name, base::Json args) {
    domain::Command command;
    command.name = name;
    command.args = std::move(args);
    command.actor_id = options_.actor_id;
    const domain::Outcome outcome = batch.run(std::move(command), true);
    if (outcome.kind == domain::Outcome::Kind::kFailed) return *outcome.failure;
    if (outcome.applied()) return {};
    std::string sentence(domain::sentence_of(outcome.code));
    if (!outcome.field.empty()) sentence = outcome.field + ": " + sentence;
    if (outcome.details.contains("message"))
        sentence = outcome.details.at("message").get<std::string>();
    return base::fail(base::ErrorKind::kRefused, sentence);
}

}  // namespace

base::Json ImportReport::to_json() const {
    base::Json lines = base::Json::array();
    for (const auto& [line, reason] : rejected)
        lines.push_back({{"line", line}, {"reason", reason}});
    return {{"imported", imported},
            {"updated", updated},
            {"unchanged", unchanged},
            {"rejected", lines}};
}

base::Result<ImportReport> import_cars(CommandProcessor& processor, std::string_view csv,
                                       const ImportOptions& options, base::UtcMs now) {
    return Importer(processor, options, now).run(csv);
}

namespace {

// "10499.50": whole units with the currency's own digits.
std::string amount_text(std::int64_t minor, std::string_view currency) {
    const auto digits = static_cast<std::size_t>(domain::minor_digits(currency).value_or(2));
    std::string text = std::to_string(minor);
    if (digits == 0) return text;
    if (text.size() <= digits) text.insert(0, digits + 1 - text.size(), '0');
    return text.insert(text.size() - digits, ".");
}

std::string features_text(const domain::Car& car) {
    std::string text;
    for (const std::string& feature : car.features)
        text += (text.empty() ? "" : " | ") + feature;
    return text;
}

}  // namespace

base::Result<std::string> export_cars(Store& store) {
    constexpr std::array kColumns = {
        "make",         "model",      "year",         "vin",          "color",       "mileage",
        "mileage_unit", "body_style", "transmission", "fuel_type",    "engine_size", "drive_type",
        "trim_level",   "condition",  "cylinders",    "doors",        "features",    "stock_number",
        "price",        "currency",   "tax_code",     "availability", "branch",      "description"};
    std::string out;
    for (const char* column : kColumns)
        out += "," + std::string(column);
    out = out.substr(1) + "\r\n";
    SHOWFLOOR_ASSIGN(auto reader, store.reader());
    storage::SqliteWorld world(reader.connection());
    std::map<base::Uuid, std::string> branches;
    for (const auto& branch : world.find<domain::Branch>({}))
        branches[branch.id] = branch.code;
    constexpr std::size_t kPage = 1000;
    base::Uuid after;
    for (;;) {
        const auto page = world.find<domain::Car>(
            {.where = {{"id", after.to_string(), domain::Compare::kGreater}}, .limit = kPage});
        for (const domain::Car& car : page) {
            after = car.id;
            if (car.archived) continue;
            base::Json json = domain::to_json(car);
            json["branch"] = branches[car.branch_id];
            json["price"] = amount_text(car.price_minor, car.currency);
            json["features"] = features_text(car);
            std::string line;
            for (const char* column : kColumns) {
                const auto found = json.find(column);
                std::string text;
                if (found != json.end())
                    text = found->is_string() ? found->get<std::string>() : base::dump_json(*found);
                line += "," + csv_field(text);
            }
            out += line.substr(1) + "\r\n";
        }
        if (world.failure()) return *world.failure();
        if (page.size() < kPage) return out;
    }
}

}  // namespace showfloor::central
