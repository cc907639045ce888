#include "domain/shown.hpp"

#include <initializer_list>

namespace showfloor::domain {

namespace {

constexpr std::size_t kMostShown = 4000;

template <typename T>
base::Json part_of(const T& record, std::initializer_list<std::string_view> names) {
    const base::Json whole = to_json(record, View::kTerminal);
    base::Json part = base::Json::object();
    for (const std::string_view name : names) {
        const auto found = whole.find(name);
        if (found != whole.end()) part[std::string(name)] = *found;
    }
    return part;
}

base::Json read(const SaleTerms& terms, const char* what) {
    const auto shown = base::parse_json(terms.shown, kMostShown);
    if (!shown || !shown->is_object()) return {};
    return shown->value(what, base::Json());
}

}  // namespace

std::string shown_of(World& world, const RecordSale& sale) {
    base::Json shown = base::Json::object();
    if (const auto car = world.get<Car>(sale.car_id)) {
        shown["car"] = part_of(*car, {"make", "model", "year", "vin", "color", "mileage",
                                      "mileage_unit", "condition", "stock_number"});
    }
    if (const auto customer = customer_behind(world, sale.customer_id))
        shown["customer"] = part_of(*customer, {"first_name", "last_name", "company_name"});
    std::string text = base::dump_json(shown);
    return text.size() <= kMostShown ? text : std::string();
}

std::optional<Car> shown_car(const SaleTerms& terms, const RecordSale& sale) {
    base::Json json = read(terms, "car");
    if (!json.is_object()) return std::nullopt;
    json["id"] = sale.car_id.to_string();
    json["price_minor"] = terms.price_minor;
    json["currency"] = terms.currency;
    auto car = from_json<Car>(json, Intake::kArguments);
    if (!car) return std::nullopt;
    car->tax_code = terms.car_tax_code;
    return *std::move(car);
}

Customer shown_customer(const SaleTerms& terms, const RecordSale& sale) {
    Customer customer;
    base::Json json = read(terms, "customer");
    if (json.is_object()) {
        json["id"] = sale.customer_id.to_string();
        if (auto read_in = from_json<Customer>(json, Intake::kArguments))
            customer = *std::move(read_in);
    }
    if (customer.first_name.empty()) customer.first_name = "?";
    if (customer.last_name.empty()) customer.last_name = "?";
    customer.id = sale.customer_id;
    customer.placeholder = true;
    return customer;
}

Customer unknown_customer(const Uuid& id) {
    Customer customer;
    customer.id = id;
    customer.first_name = customer.last_name = "?";
    customer.placeholder = true;
    return customer;
}

std::string describe_car(const Car& car) {
    return std::to_string(car.year) + " " + car.make + " " + car.model + ", VIN " + car.vin;
}

}  // namespace showfloor::domain
