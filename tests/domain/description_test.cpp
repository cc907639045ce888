#include "domain/description.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <string>

#include "dealership.hpp"
#include "domain/sale_terms.hpp"
#include "world_contract.hpp"

namespace showfloor::domain {

namespace {

base::Json car_json() {
    return {{"id", test::fixed_id(5, 1).to_string()},
            {"make", "Mazda"},
            {"model", "Demio"},
            {"year", 2016},
            {"vin", "JTDBR32E720123451"},
            {"color", "red"},
            {"mileage", 10},
            {"condition", "used"},
            {"price_minor", 5},
            {"currency", "KES"}};
}

std::string field_at_fault(const base::Json& json, Intake intake = Intake::kArguments) {
    const auto row = row_from_json(describe<Car>(), json, intake);
    if (row) return "";
    CHECK(row.error().kind == base::ErrorKind::kInvalid);
    CHECK(!row.error().message.empty());
    return row.error().field;
}

template <typename Change>
base::Json with(Change change) {
    base::Json json = car_json();
    change(json);
    return json;
}

}  // namespace

TEST_CASE("intake: a good record is taken; its struct's defaults stay where nothing is given") {
    const auto car = from_json<Car>(car_json(), Intake::kArguments);
    REQUIRE(car);
    CHECK(car->condition == Condition::kUsed);
    CHECK(car->mileage == 10);
    const base::Json branch = {{"id", test::fixed_id(1, 1).to_string()},
                               {"name", "A"},
                               {"code", "AB"},
                               {"currency", "KES"}};
    const auto made = from_json<Branch>(branch, Intake::kArguments);
    REQUIRE(made);
    CHECK(made->commission_rate_bp == 2000);
    CHECK(made->discount_limit_bp == 300);
    CHECK(made->prices_include_tax);
}

TEST_CASE("FIX intake: only listed fields are accepted; an unknown one is an error that names it") {
    CHECK(field_at_fault(with([](auto& j) { j["profit"] = 1; })) == "profit");
}

TEST_CASE("FIX intake: what is worked out here never comes from outside") {
    CHECK(field_at_fault(with([](auto& j) {
              j["created_by"] = test::fixed_id(2, 1).to_string();
          })) == "created_by");
    CHECK(field_at_fault(with([](auto& j) { j["archived"] = true; })) == "archived");
}

TEST_CASE("intake: the first thing wrong is named, to the entry of a list") {
    CHECK(field_at_fault(with([](auto& j) { j.erase("vin"); })) == "vin");
    CHECK(field_at_fault(with([](auto& j) { j["year"] = "2016"; })) == "year");
    CHECK(field_at_fault(with([](auto& j) { j["year"] = 1700; })) == "year");
    CHECK(field_at_fault(with([](auto& j) { j["mileage"] = 1.5; })) == "mileage");
    CHECK(field_at_fault(with([](auto& j) { j["price_minor"] = 18446744073709551615ULL; })) ==
          "price_minor");
    CHECK(field_at_fault(with([](auto& j) { j["price_minor"] = -1; })) == "price_minor");
    CHECK(field_at_fault(with([](auto& j) { j["condition"] = "broken"; })) == "condition");
    CHECK(field_at_fault(with([](auto& j) { j["branch_id"] = "x"; })) == "branch_id");
    CHECK(field_at_fault(with([](auto& j) { j["features"] = {"abs", 3}; })) == "features[1]");
    CHECK(field_at_fault(base::Json::array()) == "");
    CHECK(!row_from_json(describe<Car>(), base::Json::array(), Intake::kArguments));
    const auto sale = row_from_json(describe<RecordSale>(),
                                    {{"id", test::fixed_id(9, 1).to_string()},
                                     {"car_id", test::fixed_id(5, 1).to_string()},
                                     {"customer_id", test::fixed_id(4, 1).to_string()},
                                     {"payments", {{{"method", "cash"}, {"amount_minor", 0}}}}},
                                    Intake::kArguments);
    REQUIRE(!sale);
    CHECK(sale.error().field == "payments[0].amount_minor");
}

TEST_CASE("intake: lengths count code points; what is not UTF-8 or not readable is refused") {
    const auto colour = [](std::string text) {
        return with([&](auto& j) { j["color"] = std::move(text); });
    };
    std::string hundred;
    for (int i = 0; i < 100; ++i)
        hundred += "ü";
    CHECK(field_at_fault(colour(hundred)) == "");
    CHECK(field_at_fault(colour(hundred + "u")) == "color");
    CHECK(field_at_fault(colour("\xC0\xAF")) == "color");          // overlong
    CHECK(field_at_fault(colour("\xED\xA0\x80")) == "color");      // a surrogate
    CHECK(field_at_fault(colour("\xF4\x90\x80\x80")) == "color");  // above U+10FFFF
    CHECK(field_at_fault(colour("abc\xE2\x82")) == "color");       // cut short
    CHECK(field_at_fault(colour(std::string("a\0b", 3))) == "color");
    CHECK(field_at_fault(colour("\u202Eabc \U0001F697")) == "");
}

TEST_CASE("changes: nothing is required, null or an empty text clears, required ones cannot be") {
    const auto row = row_from_json(describe<Car>(), {{"trim_level", nullptr}, {"doors", nullptr}},
                                   Intake::kChanges);
    REQUIRE(row);
    Car car;
    car.trim_level = "LX";
    car.doors = 5;
    car.color = "red";
    apply_changes(describe<Car>(), *row, describe<Car>(), &car);
    CHECK(car.trim_level.empty());
    CHECK(!car.doors);
    CHECK(car.color == "red");
    CHECK(field_at_fault({{"color", ""}}, Intake::kChanges) == "color");
    CHECK(field_at_fault({{"condition", nullptr}}, Intake::kChanges) == "condition");
    CHECK(field_at_fault({{"nonsense", 1}}, Intake::kChanges) == "nonsense");
}

TEST_CASE("rows from a newer central: unknown fields are passed over, wrong shapes are not") {
    auto json = car_json();
    json["hover_height"] = 12;
    CHECK(row_from_json(describe<Car>(), json, Intake::kRow));
    json["price_minor"] = "much";
    CHECK(!row_from_json(describe<Car>(), json, Intake::kRow));
}

TEST_CASE("stored rows: another shape is damage that names record and field") {
    Row row = to_row(Car{});
    row[describe<Car>().index_of("price_minor")].emplace<std::string>("five");
    const auto car = from_row<Car>(row);
    REQUIRE(!car);
    CHECK(car.error().kind == base::ErrorKind::kDamaged);
    CHECK(car.error().field == "price_minor");
    CHECK(!from_row<Car>(Row{}));
}

TEST_CASE("views: confidential fields are in none but central's own, public ones in all") {
    CarCost cost;
    cost.id = test::fixed_id(6, 1);
    cost.purchase_cost_minor = 123'456'789;
    CHECK(to_json(cost, View::kAll).contains("purchase_cost_minor"));
    for (const View view : {View::kStaff, View::kPublic, View::kTerminal})
        CHECK(!to_json(cost, view).contains("purchase_cost_minor"));
    User user;
    user.id = test::fixed_id(2, 1);
    user.first_name = "Amina";
    user.last_name = "Otieno";
    user.email = "a@example.com";
    CHECK(to_json(user, View::kPublic).contains("first_name"));
    CHECK(!to_json(user, View::kPublic).contains("last_name"));
    CHECK(!to_json(user, View::kTerminal).contains("email"));
    CHECK(to_json(user, View::kStaff).contains("email"));
}

TEST_CASE("every record: JSON there and back gives the same row") {
    for (const Description* record : all_records()) {
        const Row row = test::sample_row(*record, test::fixed_id(7, 1));
        const auto again =
            row_from_json(*record, row_to_json(*record, row, View::kAll), Intake::kRow);
        REQUIRE_MESSAGE(again, record->name);
        CHECK_MESSAGE(*again == row, record->name);
    }
    rc::check("an invoice with anything in it survives JSON and text", [] {
        Invoice invoice;
        invoice.id = test::fixed_id(8, *rc::gen::inRange(1, 1'000'000));
        invoice.number = "N" + std::to_string(*rc::gen::arbitrary<int>());
        invoice.total_amount_minor = *rc::gen::arbitrary<std::int64_t>();
        invoice.balance_minor = *rc::gen::arbitrary<std::int64_t>();
        invoice.prices_include_tax = *rc::gen::arbitrary<bool>();
        invoice.status = static_cast<InvoiceStatus>(*rc::gen::inRange(0, 5));
        const int taxes = *rc::gen::inRange(0, 4);
        for (int i = 0; i < taxes; ++i)
            invoice.taxes.push_back({"c" + std::to_string(i), "Tax \"ü\"",
                                     *rc::gen::inRange<std::int64_t>(0, 10'000),
                                     *rc::gen::arbitrary<std::int64_t>(), 5});
        const Row row = to_row(invoice);
        const auto text = base::dump_json(to_json(invoice));
        const auto parsed = base::parse_json(text, text.size());
        const auto again = row_from_json(describe<Invoice>(), *parsed, Intake::kRow);
        RC_ASSERT(again.ok());
        RC_ASSERT(*again == row);
        RC_ASSERT(to_row(*from_row<Invoice>(row)) == row);
    });
}

TEST_CASE("every description: names are unique, refers_to exists, confidential stays at central") {
    for (const Description* record : all_records()) {
        for (const Field& field : record->fields) {
            CAPTURE(record->name);
            CAPTURE(field.name);
            CHECK(record->find(field.name) == &field);
            if (!field.refers_to.empty()) CHECK(find_record(field.refers_to) != nullptr);
            if (field.confidential) CHECK(!field.at_terminal);
            if (field.confidential) CHECK(!field.public_field);
        }
        for (const auto& index : record->indexes) {
            for (std::string_view column : index) {
                if (column.starts_with("unique:")) column.remove_prefix(7);
                CHECK(record->find(column) != nullptr);
            }
        }
    }
}

}  // namespace showfloor::domain
