// Categories, products, promotions and suppliers: kept at central.

#include "domain/command_parts.hpp"
#include "domain/handlers.hpp"
#include "domain/money.hpp"
#include "domain/records_goods.hpp"
#include "domain/records_promotions.hpp"

namespace showfloor::domain {

namespace {

using Stopped = std::optional<Outcome>;

struct CreateCategory : Category {};
struct CreateProduct : Product {};
struct CreatePromotion : Promotion {};
struct CreateSupplier : Supplier {};
struct ArchivedId {
    Uuid id;
};

template <typename T>
const Description& changes_of(std::string_view command) {
    static const Description d = args_like(command, describe<T>(), {}, true);
    return d;
}

}  // namespace

template <>
const Description& describe<CreateCategory>() {
    static const Description d = args_like("create_category", describe<Category>(), {}, false);
    return d;
}

template <>
const Description& describe<CreateProduct>() {
    static const Description d = args_like("create_product", describe<Product>(), {}, false);
    return d;
}

template <>
const Description& describe<CreatePromotion>() {
    static const Description d = args_like("create_promotion", describe<Promotion>(), {}, false);
    return d;
}

template <>
const Description& describe<CreateSupplier>() {
    static const Description d = args_like("create_supplier", describe<Supplier>(), {}, false);
    return d;
}

template <>
const Description& describe<ArchivedId>() {
    using F = build::Of<ArchivedId>;
    static const Description d{
        "archive", "", {F::id<&ArchivedId::id>("id").require()}, Synced::kNever, {}};
    return d;
}

namespace {

// Another one that is not archived bears the same text already.
template <typename T>
Stopped check_unique(Handling& handling, const Uuid& id, std::string_view field,
                     const std::string& text) {
    for (const T& other : handling.world.find<T>({.where = {{field, Value{text}}}})) {
        if (other.id != id && !other.archived)
            return refuse(Code::kDuplicate, std::string(field), {{"id", other.id.to_string()}});
    }
    return std::nullopt;
}

Stopped check_fields(Handling& handling, Category& category) {
    return check_unique<Category>(handling, category.id, "name", category.name);
}

Stopped check_fields(Handling& handling, Product& product) {
    if (auto stopped = check_unique<Product>(handling, product.id, "sku", product.sku))
        return stopped;
    if (auto stopped = check_unique<Product>(handling, product.id, "name", product.name))
        return stopped;
    if (!minor_digits(product.currency)) return refuse(Code::kInvalid, "currency");
    if (!product.category_id.is_nil() && !handling.world.get<Category>(product.category_id))
        return refuse(Code::kNotFound, "category_id");
    return std::nullopt;
}

// A share or an amount, exactly one; an amount has its currency.
Stopped check_fields(Handling& handling, Promotion& promotion) {
    const bool share = promotion.percent_bp > 0;
    if (share == (promotion.amount_minor > 0))
        return refuse(Code::kInvalid, share ? "amount_minor" : "percent_bp");
    if (share != promotion.currency.empty()) return refuse(Code::kInvalid, "currency");
    if (!share && !minor_digits(promotion.currency)) return refuse(Code::kInvalid, "currency");
    if (promotion.ends_at != 0 && promotion.ends_at <= promotion.starts_at)
        return refuse(Code::kInvalid, "ends_at");
    if (!promotion.branch_id.is_nil() && !handling.world.get<Branch>(promotion.branch_id))
        return refuse(Code::kNotFound, "branch_id");
    return std::nullopt;
}

Stopped check_fields(Handling& handling, Supplier& supplier) {
    if (!supplier.phone.empty()) {
        auto phone = normalise_phone(supplier.phone, "");
        if (!phone) return refuse(Code::kInvalid, "phone");
        supplier.phone = std::move(*phone);
    }
    if (!supplier.email.empty()) {
        auto email = normalise_email(supplier.email);
        if (!email) return refuse(Code::kInvalid, "email");
        supplier.email = std::move(*email);
    }
    if (supplier.user_id.is_nil()) return std::nullopt;
    const auto user = handling.world.get<User>(supplier.user_id);
    if (!user) return refuse(Code::kNotFound, "user_id");
    if (user->role != Role::kSupplier) return refuse(Code::kInvalid, "user_id");
    return check_unique<Supplier>(handling, supplier.id, "user_id", supplier.user_id.to_string());
}

template <typename T, typename Args>
Outcome create(Handling& handling) {
    T record = handling.as<Args>();
    if (auto stopped = check_new<T>(handling, record.id)) return *stopped;
    if (auto stopped = check_right(handling, handling.spec.area, Action::kCreate,
                                   facts_about(handling, record)))
        return *stopped;
    if (auto stopped = check_fields(handling, record)) return *stopped;
    base::Json details = {{"id", record.id.to_string()}};
    handling.put(std::move(record));
    return done(handling, std::move(details));
}

template <typename T>
Outcome update(Handling& handling) {
    const auto before = handling.world.get<T>(changed_id(handling));
    if (!before) return refuse(Code::kNotFound, "id");
    if (auto stopped = check_right(handling, handling.spec.area, Action::kChange,
                                   facts_about(handling, *before)))
        return *stopped;
    if (before->archived) return refuse(Code::kWrongState, "id");
    T record = *before;
    apply_changes_to(handling, record);
    if (auto stopped = check_fields(handling, record)) return *stopped;
    handling.put(std::move(record));
    return done(handling);
}

template <typename T>
Outcome archive(Handling& handling) {
    auto record = handling.world.get<T>(handling.as<ArchivedId>().id);
    if (!record) return refuse(Code::kNotFound, "id");
    if (auto stopped = check_right(handling, handling.spec.area, Action::kDelete,
                                   facts_about(handling, *record)))
        return *stopped;
    if (record->archived) return refuse(Code::kAlreadyDone, "id");
    record->archived = true;
    handling.put(std::move(*record));
    return done(handling);
}

template <typename T, typename Args>
void add_three(std::vector<CommandSpec>& all, Area area, std::string_view create_name,
               std::string_view update_name, std::string_view archive_name) {
    using enum Code;
    all.push_back(central_command(create_name, area, Action::kCreate, describe<Args>(),
                                  &run_with<Args, &create<T, Args>>,
                                  {kAlreadyDone, kNotAllowed, kDuplicate, kInvalid, kNotFound}));
    all.push_back(central_command(update_name, area, Action::kChange, changes_of<T>(update_name),
                                  &update<T>,
                                  {kNotFound, kNotAllowed, kWrongState, kDuplicate, kInvalid}));
    all.back().changes = true;
    all.push_back(central_command(archive_name, area, Action::kDelete, describe<ArchivedId>(),
                                  &run_with<ArchivedId, &archive<T>>,
                                  {kNotFound, kNotAllowed, kAlreadyDone}));
}

}  // namespace

std::vector<CommandSpec> catalogue_commands() {
    std::vector<CommandSpec> all;
    add_three<Category, CreateCategory>(all, Area::kCatalogue, "create_category", "update_category",
                                        "archive_category");
    add_three<Product, CreateProduct>(all, Area::kCatalogue, "create_product", "update_product",
                                      "archive_product");
    add_three<Promotion, CreatePromotion>(all, Area::kCatalogue, "create_promotion",
                                          "update_promotion", "archive_promotion");
    add_three<Supplier, CreateSupplier>(all, Area::kSuppliers, "create_supplier", "update_supplier",
                                        "archive_supplier");
    return all;
}

}  // namespace showfloor::domain
