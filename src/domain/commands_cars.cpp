// Cars, their pictures and their costs: made and changed at central.

#include <algorithm>

#include "domain/importations.hpp"
#include "domain/limits.hpp"
#include "domain/money.hpp"
#include "domain/vin.hpp"

namespace showfloor::domain {

namespace {

using Stopped = std::optional<Outcome>;

struct Picture {
    std::string sha256, sha256_medium, sha256_small;
    std::int64_t width = 0, height = 0;
    std::string blurhash;
};
struct CarImportation : Importation {};
struct CreateCar : Car {
    std::optional<std::int64_t> purchase_cost_minor;
    std::string purchase_currency;  // empty = the car's
    std::int64_t purchase_rate_micro = 0;
    UtcMs purchase_rate_at = 0;
    std::vector<CarImportation> importations;
    std::vector<Picture> images;
};
struct CarId {
    Uuid car_id;
};
struct TransferCar {
    Uuid car_id, branch_id;
};
struct SetCarCost {
    Uuid car_id;
    std::int64_t purchase_cost_minor = 0;
    std::string currency;
    std::int64_t rate_micro = 0;
    UtcMs rate_at = 0;
};
struct AddCarImage : Picture {
    Uuid car_id;
};
struct RemoveCarImage {
    Uuid image_id;
};

constexpr std::int64_t kSameCurrency = 1'000'000;  // rate_micro of 1
constexpr std::int64_t kHash = 64;
constexpr std::int64_t kRateMax = 1'000'000'000'000;

template <typename T>
std::vector<Field> picture_fields() {
    using F = build::Of<T>;
    return {F::template text<&T::sha256>("sha256", kHash).require(),
            F::template text<&T::sha256_medium>("sha256_medium", kHash).require(),
            F::template text<&T::sha256_small>("sha256_small", kHash).require(),
            F::template integer<&T::width>("width", 1, 20'000).require(),
            F::template integer<&T::height>("height", 1, 20'000).require(),
            F::template text<&T::blurhash>("blurhash", 60)};
}

}  // namespace

template <>
const Description& describe<Picture>() {
    static const Description d{"picture", "", picture_fields<Picture>(), Synced::kNever, {}};
    return d;
}

// As add_importation takes them; id and car follow from the car's.
template <>
const Description& describe<CarImportation>() {
    static const Description d =
        args_like("car_importation", describe<Importation>(), {"id", "car_id"}, false);
    return d;
}

template <>
const Description& describe<CreateCar>() {
    static const Description d = [] {
        using F = build::Of<CreateCar>;
        Description args = args_like("create_car", describe<Car>(), {}, false);
        for (const build::Builder& field : {
                 F::money<&CreateCar::purchase_cost_minor>("purchase_cost_minor").secret(),
                 F::text<&CreateCar::purchase_currency>("purchase_currency", 3).secret(),
                 F::integer<&CreateCar::purchase_rate_micro>("purchase_rate_micro", 0, kRateMax)
                     .secret(),
                 F::time<&CreateCar::purchase_rate_at>("purchase_rate_at").secret(),
                 F::list<&CreateCar::importations>("importations", kMaxCarImportations).secret(),
                 F::list<&CreateCar::images>("images", kMaxCarImages),
             })
            args.fields.push_back(field);
        return args;
    }();
    return d;
}

template <>
const Description& describe<CarId>() {
    using F = build::Of<CarId>;
    static const Description d{"archive_car",
                               "",
                               {
                                   F::id<&CarId::car_id>("car_id", "car").require(),
                               },
                               Synced::kNever,
                               {}};
    return d;
}

template <>
const Description& describe<TransferCar>() {
    using F = build::Of<TransferCar>;
    static const Description d{"transfer_car",
                               "",
                               {
                                   F::id<&TransferCar::car_id>("car_id", "car").require(),
                                   F::id<&TransferCar::branch_id>("branch_id", "branch").require(),
                               },
                               Synced::kNever,
                               {}};
    return d;
}

template <>
const Description& describe<SetCarCost>() {
    using F = build::Of<SetCarCost>;
    static const Description d{
        "set_car_cost",
        "",
        {
            F::id<&SetCarCost::car_id>("car_id", "car").require(),
            F::money<&SetCarCost::purchase_cost_minor>("purchase_cost_minor").require().secret(),
            F::text<&SetCarCost::currency>("currency", 3).secret(),
            F::integer<&SetCarCost::rate_micro>("rate_micro", 0, kRateMax).secret(),
            F::time<&SetCarCost::rate_at>("rate_at").secret(),
        },
        Synced::kNever,
        {}};
    return d;
}

template <>
const Description& describe<AddCarImage>() {
    static const Description d = [] {
        using F = build::Of<AddCarImage>;
        Description args{"add_car_image", "", picture_fields<AddCarImage>(), Synced::kNever, {}};
        args.fields.push_back(F::id<&AddCarImage::car_id>("car_id", "car").require());
        return args;
    }();
    return d;
}

template <>
const Description& describe<RemoveCarImage>() {
    using F = build::Of<RemoveCarImage>;
    static const Description d{
        "remove_car_image",
        "",
        {
            F::id<&RemoveCarImage::image_id>("image_id", "car_image").require(),
        },
        Synced::kNever,
        {}};
    return d;
}

namespace {

// ---- rules of a car's own fields --------------------------------------------------------------

// FIX: unique among cars that are not archived; one taken back in trade may be offered again.
Stopped check_vin(Handling& handling, Car& car) {
    const auto vin = Vin::parse(car.vin);
    if (!vin) return refuse(Code::kVinInvalid, "vin", {{"message", vin.error().message}});
    car.vin = vin->text();
    for (const Car& other : handling.world.find<Car>({.where = {{"vin", Value{car.vin}}}})) {
        if (other.id != car.id && !other.archived)
            return refuse(Code::kVinTaken, "vin", {{"id", other.id.to_string()}});
    }
    return std::nullopt;
}

bool stock_number_is_taken(Handling& handling, const Car& car, const std::string& number) {
    const auto found =
        handling.world.find<Car>({.where = {{"branch_id", Value{car.branch_id.to_string()}},
                                            {"stock_number", Value{number}}}});
    return std::any_of(found.begin(), found.end(),
                       [&](const Car& other) { return other.id != car.id; });
}

// The branch's next: "NBO-000042". Six figures, so that texts sort like numbers.
std::string next_stock_number(Handling& handling, const Branch& branch, const Car& car) {
    constexpr std::size_t kWidth = 6;
    const std::string prefix = branch.code + "-";
    const auto latest = handling.world.find<Car>(
        {.where = {{"branch_id", Value{branch.id.to_string()}},
                   {"stock_number", Value{prefix + "0"}, Compare::kGreaterEqual},
                   {"stock_number", Value{prefix + ":"}, Compare::kLess}},  // ':' follows '9'
         .order_by = "stock_number",
         .descending = true,
         .limit = 100});
    std::int64_t next = 1;
    for (const Car& other : latest) {
        const std::string figures = other.stock_number.substr(prefix.size());
        const bool ours = figures.size() == kWidth &&
                          figures.find_first_not_of("0123456789") == std::string::npos;
        if (!ours) continue;
        next = std::stoll(figures) + 1;
        break;
    }
    for (;; ++next) {
        std::string figures = std::to_string(next);
        if (figures.size() < kWidth) figures.insert(0, kWidth - figures.size(), '0');
        if (!stock_number_is_taken(handling, car, prefix + figures)) return prefix + figures;
    }
}

Stopped check_car_fields(Handling& handling, Car& car, const Branch& branch) {
    if (auto stopped = check_vin(handling, car)) return stopped;
    if (!minor_digits(car.currency)) return refuse(Code::kInvalid, "currency");
    if (car.price_minor <= 0) return refuse(Code::kInvalid, "price_minor");
    const auto& rates = branch.tax_rates;
    const bool known = car.tax_code.empty() ||
                       std::any_of(rates.begin(), rates.end(),
                                   [&](const TaxRate& rate) { return rate.code == car.tax_code; });
    if (!known) return refuse(Code::kInvalid, "tax_code");
    if (car.stock_number.empty()) {
        car.stock_number = next_stock_number(handling, branch, car);
    } else if (stock_number_is_taken(handling, car, car.stock_number)) {
        return refuse(Code::kStockNumberTaken, "stock_number");
    }
    return std::nullopt;
}

CarImage image_of(const Picture& picture, const Uuid& id, const Uuid& car_id,
                  std::size_t position) {
    CarImage image;
    image.id = id;
    image.car_id = car_id;
    image.position = static_cast<std::int64_t>(position);
    image.sha256 = picture.sha256;
    image.sha256_medium = picture.sha256_medium;
    image.sha256_small = picture.sha256_small;
    image.width = picture.width;
    image.height = picture.height;
    image.blurhash = picture.blurhash;
    return image;
}

// Fills currency and rate; the rate is 1 when there is nothing to change into.
Stopped complete_cost(CarCost& cost, const Car& car, const Branch& branch) {
    if (cost.currency.empty()) cost.currency = car.currency;
    if (!minor_digits(cost.currency)) return refuse(Code::kInvalid, "currency");
    if (cost.currency == branch.currency) cost.rate_micro = kSameCurrency;
    return std::nullopt;
}

Stopped check_cost_right(Handling& handling, const Uuid& branch_id) {
    return check_right(handling, Area::kConfidential, Action::kChange,
                       Facts{.branch_id = branch_id,
                             .owner_id = {},
                             .subject_role = Role::kNobody,
                             .subject_id = {}});
}

Stopped check_new_cost(Handling& handling, const CreateCar& args, const Car& car,
                       const Branch& branch, CarCost& cost) {
    if (auto stopped = check_cost_right(handling, car.branch_id)) return stopped;
    cost.id = handling.derived_id("car_cost", 0);
    cost.car_id = car.id;
    cost.purchase_cost_minor = *args.purchase_cost_minor;
    cost.currency = args.purchase_currency;
    cost.rate_micro = args.purchase_rate_micro;
    cost.rate_at = args.purchase_rate_at;
    return complete_cost(cost, car, branch);
}

Stopped check_new_importations(Handling& handling, const CreateCar& args, const Car& car,
                               const Branch& branch, std::vector<Importation>& importations) {
    if (args.importations.empty()) return std::nullopt;
    if (auto stopped = check_cost_right(handling, car.branch_id)) return stopped;
    for (std::size_t i = 0; i < args.importations.size(); ++i) {
        Importation importation = args.importations[i];
        importation.id = handling.derived_id("importation", static_cast<int>(i));
        importation.car_id = car.id;
        if (auto stopped = check_importation(importation, branch, handling.actor.system)) {
            stopped->field = "importations[" + std::to_string(i) + "]." + stopped->field;
            return stopped;
        }
        importations.push_back(std::move(importation));
    }
    return std::nullopt;
}

// ---- commands ---------------------------------------------------------------------------------

Outcome create_car(Handling& handling) {
    const auto& args = handling.as<CreateCar>();
    Car car = args;
    if (auto stopped = check_new<Car>(handling, car.id)) return *stopped;
    if (car.branch_id.is_nil()) car.branch_id = handling.actor.branch_id;
    const auto branch = handling.world.get<Branch>(car.branch_id);
    if (!branch) return refuse(Code::kNotFound, "branch_id");
    if (auto stopped =
            check_right(handling, Area::kCars, Action::kCreate, facts_about(handling, car)))
        return *stopped;
    const bool offered =
        car.availability == Availability::kInStock || car.availability == Availability::kInTransit;
    // Only the importer knows of cars that were sold or reserved elsewhere.
    if (!offered && !handling.actor.system) return refuse(Code::kInvalid, "availability");
    if (car.tax_code.empty() && !branch->tax_rates.empty())
        car.tax_code = branch->tax_rates.front().code;
    if (auto stopped = check_car_fields(handling, car, *branch)) return *stopped;
    CarCost cost;
    if (args.purchase_cost_minor) {
        if (auto stopped = check_new_cost(handling, args, car, *branch, cost)) return *stopped;
    }
    std::vector<Importation> importations;
    if (auto stopped = check_new_importations(handling, args, car, *branch, importations))
        return *stopped;
    car.archived = car.availability == Availability::kArchived;
    car.created_by = handling.actor.user_id;
    for (std::size_t i = 0; i < args.images.size(); ++i) {
        const Uuid id = handling.derived_id("car_image", static_cast<int>(i));
        handling.put(image_of(args.images[i], id, car.id, i));
    }
    if (args.purchase_cost_minor) handling.put(std::move(cost));
    for (Importation& importation : importations)
        handling.put(std::move(importation));
    base::Json details = {{"car_id", car.id.to_string()}, {"stock_number", car.stock_number}};
    handling.put(std::move(car));
    return done(handling, std::move(details));
}

const Description& update_args() {
    static const Description d = args_like("update_car", describe<Car>(), {"branch_id"}, true);
    return d;
}

// A price that was stays on record.
void note_price(Handling& handling, const Car& before, const Car& car) {
    if (before.price_minor == car.price_minor && before.currency == car.currency) return;
    PriceChange change;
    change.id = handling.derived_id("price_change", 0);
    change.car_id = car.id;
    change.old_price_minor = before.price_minor;
    change.new_price_minor = car.price_minor;
    change.currency = car.currency;
    change.changed_by = handling.actor.user_id;
    change.at = handling.command.occurred_at;
    handling.put(std::move(change));
}

Outcome update_car(Handling& handling) {
    const auto before = handling.world.get<Car>(changed_id(handling));
    const auto branch = before ? handling.world.get<Branch>(before->branch_id) : std::nullopt;
    if (!before || !branch) return refuse(Code::kNotFound, "id");
    if (auto stopped =
            check_right(handling, Area::kCars, Action::kChange, facts_about(handling, *before)))
        return *stopped;
    if (before->archived) return refuse(Code::kWrongState, "id");
    Car car = *before;
    apply_changes_to(handling, car);
    const auto free = [](Availability availability) {
        return availability == Availability::kInStock || availability == Availability::kInTransit;
    };
    // Sold, reserved and archived are what sales and archiving make of a car.
    const bool by_hand = car.availability != before->availability;
    if (by_hand && (!free(car.availability) || !free(before->availability)))
        return refuse(Code::kInvalid, "availability");
    if (auto stopped = check_car_fields(handling, car, *branch)) return *stopped;
    note_price(handling, *before, car);
    handling.put(std::move(car));
    return done(handling);
}

Outcome archive_car(Handling& handling) {
    auto car = handling.world.get<Car>(handling.as<CarId>().car_id);
    if (!car) return refuse(Code::kNotFound, "car_id");
    if (auto stopped =
            check_right(handling, Area::kCars, Action::kDelete, facts_about(handling, *car)))
        return *stopped;
    if (car->archived) return refuse(Code::kAlreadyDone, "car_id");
    if (car->availability == Availability::kReserved) return refuse(Code::kWrongState, "car_id");
    car->archived = true;
    car->availability = Availability::kArchived;
    handling.put(std::move(*car));
    return done(handling);
}

Outcome transfer_car(Handling& handling) {
    const auto& args = handling.as<TransferCar>();
    auto car = handling.world.get<Car>(args.car_id);
    if (!car) return refuse(Code::kNotFound, "car_id");
    const auto branch = handling.world.get<Branch>(args.branch_id);
    if (!branch) return refuse(Code::kNotFound, "branch_id");
    if (auto stopped =
            check_right(handling, Area::kCars, Action::kChange, facts_about(handling, *car)))
        return *stopped;
    if (car->branch_id == branch->id) return refuse(Code::kAlreadyDone, "branch_id");
    const bool bound = car->archived || car->availability == Availability::kSold ||
                       car->availability == Availability::kReserved;
    if (bound) return refuse(Code::kWrongState, "car_id");
    car->branch_id = branch->id;
    if (stock_number_is_taken(handling, *car, car->stock_number))
        car->stock_number = next_stock_number(handling, *branch, *car);
    base::Json details = {{"stock_number", car->stock_number}};
    handling.put(std::move(*car));
    return done(handling, std::move(details));
}

Outcome set_car_cost(Handling& handling) {
    const auto& args = handling.as<SetCarCost>();
    const auto car = handling.world.get<Car>(args.car_id);
    const auto branch = car ? handling.world.get<Branch>(car->branch_id) : std::nullopt;
    if (!car || !branch) return refuse(Code::kNotFound, "car_id");
    if (auto stopped = check_cost_right(handling, car->branch_id)) return *stopped;
    auto cost = handling.world.find_one<CarCost>({{"car_id", Value{car->id.to_string()}}});
    if (!cost) {
        cost.emplace();
        cost->id = handling.derived_id("car_cost", 0);
        cost->car_id = car->id;
    }
    cost->purchase_cost_minor = args.purchase_cost_minor;
    cost->currency = args.currency;
    cost->rate_micro = args.rate_micro;
    cost->rate_at = args.rate_at;
    if (auto stopped = complete_cost(*cost, *car, *branch)) return *stopped;
    handling.put(std::move(*cost));
    return done(handling);
}

std::vector<CarImage> images_of(Handling& handling, const Uuid& car_id) {
    auto images = handling.world.find<CarImage>(
        {.where = {{"car_id", Value{car_id.to_string()}}}, .order_by = "position"});
    std::erase_if(images, [](const CarImage& image) { return image.archived; });
    return images;
}

Outcome add_car_image(Handling& handling) {
    const auto& args = handling.as<AddCarImage>();
    const auto car = handling.world.get<Car>(args.car_id);
    if (!car) return refuse(Code::kNotFound, "car_id");
    if (auto stopped =
            check_right(handling, Area::kCars, Action::kChange, facts_about(handling, *car)))
        return *stopped;
    const auto images = images_of(handling, car->id);
    if (images.size() >= kMaxCarImages) return refuse(Code::kInvalid, "car_id");
    for (const CarImage& image : images) {
        if (image.sha256 == args.sha256)
            return refuse(Code::kDuplicate, "sha256", {{"id", image.id.to_string()}});
    }
    const Uuid id = handling.derived_id("car_image", 0);
    handling.put(image_of(args, id, car->id, images.size()));
    return done(handling, {{"image_id", id.to_string()}});
}

Outcome remove_car_image(Handling& handling) {
    auto image = handling.world.get<CarImage>(handling.as<RemoveCarImage>().image_id);
    const auto car = image ? handling.world.get<Car>(image->car_id) : std::nullopt;
    if (!image || !car) return refuse(Code::kNotFound, "image_id");
    if (auto stopped =
            check_right(handling, Area::kCars, Action::kChange, facts_about(handling, *car)))
        return *stopped;
    if (image->archived) return refuse(Code::kAlreadyDone, "image_id");
    image->archived = true;
    handling.put(*image);
    std::int64_t position = 0;
    for (CarImage& other : images_of(handling, car->id)) {
        if (other.position != position) {
            other.position = position;
            handling.put(other);
        }
        ++position;
    }
    return done(handling);
}

}  // namespace

std::vector<CommandSpec> car_commands() {
    using A = Area;
    std::vector<CommandSpec> all = {
        central_command("create_car", A::kCars, Action::kCreate, describe<CreateCar>(),
                        &run_with<CreateCar, &create_car>,
                        {Code::kAlreadyDone, Code::kNotFound, Code::kNotAllowed, Code::kVinInvalid,
                         Code::kVinTaken, Code::kInvalid, Code::kStockNumberTaken}),
        central_command("update_car", A::kCars, Action::kChange, update_args(), &update_car,
                        {Code::kNotFound, Code::kNotAllowed, Code::kWrongState, Code::kVinInvalid,
                         Code::kVinTaken, Code::kInvalid, Code::kStockNumberTaken}),
        central_command(
            "archive_car", A::kCars, Action::kDelete, describe<CarId>(),
            &run_with<CarId, &archive_car>,
            {Code::kNotFound, Code::kNotAllowed, Code::kAlreadyDone, Code::kWrongState}),
        central_command(
            "transfer_car", A::kCars, Action::kChange, describe<TransferCar>(),
            &run_with<TransferCar, &transfer_car>,
            {Code::kNotFound, Code::kNotAllowed, Code::kAlreadyDone, Code::kWrongState}),
        central_command("set_car_cost", A::kConfidential, Action::kChange, describe<SetCarCost>(),
                        &run_with<SetCarCost, &set_car_cost>,
                        {Code::kNotFound, Code::kNotAllowed, Code::kInvalid}),
        central_command("add_car_image", A::kCars, Action::kChange, describe<AddCarImage>(),
                        &run_with<AddCarImage, &add_car_image>,
                        {Code::kNotFound, Code::kNotAllowed, Code::kInvalid, Code::kDuplicate}),
        central_command("remove_car_image", A::kCars, Action::kChange, describe<RemoveCarImage>(),
                        &run_with<RemoveCarImage, &remove_car_image>,
                        {Code::kNotFound, Code::kNotAllowed, Code::kAlreadyDone}),
    };
    all[1].changes = true;
    return all;
}

}  // namespace showfloor::domain
