#include "central/import/csv.hpp"

#include "central/import/car_import.hpp"
#include "fixture.hpp"

namespace showfloor::test {

namespace {

TEST_CASE("csv: quotes, line ends and separators") {
    central::CsvReader reader(
        "\xEF\xBB\xBF"
        "a,\"b \"\"x\"\"\",c\r\n1,\"two\nlines\",3\n\n\"bad\"x,2\n4,,\n");
    CHECK(reader.next()->fields == std::vector<std::string>{"a", "b \"x\"", "c"});
    const auto second = reader.next();
    CHECK(second->line == 2);
    CHECK(second->fields == std::vector<std::string>{"1", "two\nlines", "3"});
    const auto bad = reader.next();
    CHECK(bad->line == 5);
    CHECK_FALSE(bad->problem.empty());
    const auto last = reader.next();
    CHECK(last->line == 6);
    CHECK(last->fields == std::vector<std::string>{"4", "", ""});
    CHECK_FALSE(reader.next());
    CHECK(central::CsvReader("a\tb,c\n").next()->fields == std::vector<std::string>{"a", "b,c"});
    CHECK_FALSE(central::CsvReader("\"open").next()->problem.empty());
}

TEST_CASE("csv: a field is harmless in a spreadsheet") {
    CHECK(central::csv_field("=1+1") == "'=1+1");
    CHECK(central::csv_field("a,\"b\"") == "\"a,\"\"b\"\"\"");
}

constexpr std::string_view kCars =
    "make,model,year,vin,color,mileage,condition,price,currency,availability,branch,features\n"
    "Honda,Fit,2018,JHMGK5H50JX000001,blue,41000,used,1250000.50,KES,available,NBO,ABS | USB\n"
    "Mazda,Demio,2016,not a vin,red,1,used,800000,KES,in_stock,NBO,\n"
    "Nissan,Note,2017,3N1CE2CP0HL000003,white,30000,used,nothing,KES,in_stock,NBO,\n"
    "Ford,Ranger,2019,MNACMFF60KW000004,grey,50000,used,3100000,KES,in_stock,XYZ,\n"
    "BMW,X1,2020,WBAJG1C03LE000005,black,20000,used,4100000,KES,in_stock,MBA,\n";

struct Scene {
    central::ImportReport run(std::string_view csv, central::ImportOptions options = {}) {
        return must(central::import_cars(*central.processor, csv, options, central.now));
    }
    Central central;
};

TEST_CASE_FIXTURE(Scene, "import: bad lines are named, the rest goes on, twice changes nothing") {
    const auto first = run(kCars);
    CHECK(first.imported == 2);
    REQUIRE(first.rejected.size() == 3);
    CHECK(first.rejected[0].line == 3);
    CHECK(first.rejected[1].line == 4);
    CHECK(first.rejected[2].line == 5);
    const auto car = central.all<domain::Car>({{"vin", std::string("JHMGK5H50JX000001")}});
    REQUIRE(car.size() == 1);
    CHECK(car[0].price_minor == 125'000'050);
    CHECK(car[0].availability == domain::Availability::kInStock);
    CHECK(car[0].features == std::vector<std::string>{"ABS", "USB"});
    const auto entries = central.all<domain::History>().size();
    const auto again = run(kCars);
    CHECK(again.imported == 0);
    CHECK(again.updated == 0);
    CHECK(again.unchanged == 2);
    CHECK(central.all<domain::History>().size() == entries);
}

TEST_CASE_FIXTURE(Scene, "import: a changed line changes that field, a moved one the branch") {
    run(kCars);
    const auto report =
        run("make,model,year,vin,color,mileage,condition,price,currency,branch\n"
            "Honda,Fit,2018,JHMGK5H50JX000001,blue,41000,used,1200000,KES,MBA\n");
    CHECK(report.updated == 1);
    const auto car = central.all<domain::Car>({{"vin", std::string("JHMGK5H50JX000001")}})[0];
    CHECK(car.price_minor == 120'000'000);
    CHECK(car.branch_id == Kiosk(fixed_id(3, 1), 1, 0).shop.mombasa);
}

TEST_CASE_FIXTURE(Scene, "import: Google's vehicle listings") {
    const auto report =
        run("vin,id,store_code,dealership_name,price,condition,make,model,trim,year,mileage,"
            "exterior_color,image_link,fuel_type,drivetrain\n"
            "JHMGK5H50JX000001,S-17,store-9,Example,\"10,499.00 USD\",cpo,Honda,Fit,EX,2018,"
            "\"28,100 miles\",Blue,https://example.com/a.jpg,gasoline,front wheel drive\n",
            {central::CarFormat::kGoogleVehicleListings, "NBO", {}, {}});
    if (!report.rejected.empty()) FAIL(report.rejected[0].reason);
    CHECK(report.imported == 1);
    const auto car = central.all<domain::Car>({{"vin", std::string("JHMGK5H50JX000001")}})[0];
    CHECK(car.price_minor == 1'049'900);
    CHECK(car.currency == "USD");
    CHECK(car.mileage == 28'100);
    CHECK(car.mileage_unit == domain::MileageUnit::kMi);
    CHECK(car.condition == domain::Condition::kCertified);
    CHECK(car.fuel_type == domain::FuelType::kPetrol);
    CHECK(car.drive_type == domain::DriveType::kFrontWheel);
    CHECK(car.stock_number == "S-17");
}

TEST_CASE_FIXTURE(Scene, "import: an unknown column is an error that names it") {
    const auto report = central::import_cars(*central.processor,
                                             "make,model,year,vin,price,profit\n", {}, central.now);
    REQUIRE_FALSE(report);
    CHECK(report.error().message.find("profit") != std::string::npos);
}

TEST_CASE_FIXTURE(Scene, "export: what was exported imports as unchanged") {
    run(kCars);
    const auto csv = must(central::export_cars(*central.store));
    const auto report = run(csv);
    if (!report.rejected.empty()) FAIL(report.rejected[0].reason);
    CHECK(report.unchanged == 8);  // six of the dealership, two of the file
    CHECK(report.updated == 0);
}

}  // namespace

}  // namespace showfloor::test
