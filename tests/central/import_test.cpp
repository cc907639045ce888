#include "central/import/csv.hpp"

#include <algorithm>
#include <set>

#include "base/file.hpp"
#include "central/import/car_import.hpp"
#include "central/import/customer_import.hpp"
#include "central/import/limits.hpp"
#include "central/import/product_import.hpp"
#include "central/import/values.hpp"
#include "domain/records_goods.hpp"
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
            {central::CarFormat::kGoogleVehicleListings, "NBO", {}, {}, {}});
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

TEST_CASE("csv: pipes, and a file read in pieces") {
    central::CsvReader pipes("make|model, full|\"a|b\"\n1|2, 3|4\n");
    CHECK(pipes.next()->fields == std::vector<std::string>{"make", "model, full", "a|b"});
    CHECK(pipes.next()->fields == std::vector<std::string>{"1", "2, 3", "4"});
    const TempFolder folder;
    std::string text = "\xEF\xBB\xBFnumber,text\r\n";
    for (int i = 0; i < 60'000; ++i)
        text += std::to_string(i) + ",\"a \"\"long\"\" enough text, to fill the pieces\"\r\n";
    REQUIRE(text.size() > 2 * central::kImportChunkBytes);
    must(base::write_file(folder / "large.csv", text));
    auto file = must(central::CsvReader::open(folder / "large.csv"));
    CHECK(file.next()->fields == std::vector<std::string>{"number", "text"});
    for (int i = 0; i < 60'000; ++i) {
        const auto row = file.next();
        REQUIRE(row);
        REQUIRE(row->problem.empty());
        REQUIRE(row->line == i + 2);
        REQUIRE(row->fields[0] == std::to_string(i));
        REQUIRE(row->fields[1] == "a \"long\" enough text, to fill the pieces");
    }
    CHECK_FALSE(file.next());
    CHECK(file.bytes_read() == file.bytes_total());
}

TEST_CASE("values: amounts as people write them") {
    const auto amount = [](std::string_view text, std::string_view home = "KES") {
        const auto read = central::read_amount(text, home);
        if (!read) return std::string("none");
        return std::to_string(read->minor) + " " + read->currency;
    };
    CHECK(amount("KES 4.25M") == "425000000 KES");
    CHECK(amount("$12,500") == "1250000 USD");
    CHECK(amount("$12,500", "CAD") == "1250000 CAD");
    CHECK(amount("US$ 12,500.50") == "1250050 USD");
    CHECK(amount("12.500,00 €") == "1250000 EUR");
    CHECK(amount("12.500 EUR") == "1250000 EUR");
    CHECK(amount("12,5") == "1250 KES");
    CHECK(amount("1.250.000") == "125000000 KES");
    CHECK(amount("12,50,000 INR") == "125000000 INR");
    CHECK(amount("850K") == "85000000 KES");
    CHECK(amount("KSh 500,000/=") == "50000000 KES");
    CHECK(amount("Ksh. 1.2 million") == "120000000 KES");
    CHECK(amount("1\xC2\xA0"
                 "250 000 FCFA") == "none");
    CHECK(amount("1\xC2\xA0"
                 "250\xC2\xA0"
                 "000 XOF") == "1250000 XOF");
    CHECK(amount("1.234 KWD") == "1234 KWD");
    CHECK(amount("10499 USD") == "1049900 USD");
    CHECK(amount("10499.509 USD") == "none");
    CHECK(amount("call us") == "none");
    CHECK(amount("-5") == "none");
    CHECK(amount("1,23,4") == "none");
    CHECK(amount("3 for 2") == "none");
}

TEST_CASE("values: mileages as people write them") {
    const auto distance = [](std::string_view text) {
        const auto read = central::read_distance(text);
        return read ? std::to_string(read->value) + read->unit : std::string("none");
    };
    CHECK(distance("45,000 km") == "45000km");
    CHECK(distance("45000") == "45000");
    CHECK(distance("28 100 miles") == "28100mi");
    CHECK(distance("45k km") == "45000km");
    CHECK(distance("120.000 KM") == "120000km");
    CHECK(distance("12.5 km") == "none");
    CHECK(distance("new") == "none");
}

TEST_CASE_FIXTURE(Scene, "import: any order and the usual spellings, units and currency inside") {
    const auto report = run(
        "Stock No|Price (USD)|Colour|Odometer (mi)|Chassis No|Model|Fuel|Gearbox|Condition|Branch\n"
        "A-1|$12,500|red|45,000|5YJ3E1EA2KF317000|Model 3|electric|Auto|used|NBO\n"
        "A-2|KES 4.25M|blue|45,000 km|1M8GDM9AXKP042788|Coach|diesel|manual|used|NBO\n"
        "A-3|12|blue|1|ZZZDM9AXKP0427881|Nobody's|diesel|manual|used|NBO\n");
    REQUIRE(report.rejected.size() == 2);
    CHECK(report.rejected[0].line == 3);  // which of its makers, the VIN does not tell
    CHECK(report.rejected[0].reason.find("make is missing") != std::string::npos);
    CHECK(report.rejected[1].line == 4);
    CHECK(report.imported == 1);
    const auto car = central.all<domain::Car>({{"vin", std::string("5YJ3E1EA2KF317000")}});
    REQUIRE(car.size() == 1);
    CHECK(car[0].make == "Tesla");  // both out of the VIN
    CHECK(car[0].year == 2019);
    CHECK(car[0].currency == "USD");
    CHECK(car[0].price_minor == 1'250'000);
    CHECK(car[0].mileage == 45'000);
    CHECK(car[0].mileage_unit == domain::MileageUnit::kMi);
    CHECK(car[0].stock_number == "A-1");
    CHECK(car[0].transmission == domain::Transmission::kAutomatic);
}

constexpr std::string_view kListings =
    "vin,id,store_code,dealership_name,price,condition,certified_pre-owned,make,model,trim,year,"
    "mileage,exterior_color,interior_color,image_link,additional_image_link,additional_image_link,"
    "vehicle_option,vehicle_option,fuel_type,drivetrain,link,date_in_stock,vehicle_msrp\n"
    "JHMGK5H50JX000001,S-17,store-9,\"Example, Inc.\",\"10,499.00 USD\",used,yes,Honda,Fit,EX,2018,"
    "\"28,100 miles\",Blue,Grey,https://example.com/a.jpg,https://example.com/b.jpg,"
    "https://example.com/c.jpg,Sunroof,=Tow bar,Gasoline,front wheel drive,https://example.com/17,"
    "2026-01-02,12000 USD\n"
    "JHMGK5H50JX000002,S-18,store-9,\"Example, Inc.\",9999 USD,Used,,Honda,Fit,LX,2018,5 miles,Red,"
    ",,,,,,gasoline,FWD,,,\n";

TEST_CASE_FIXTURE(Scene, "google listings: the round trip loses nothing of their columns") {
    const central::ImportOptions options{
        central::CarFormat::kGoogleVehicleListings, "NBO", {}, {}, {}};
    const auto first = run(kListings, options);
    if (!first.rejected.empty()) FAIL(first.rejected[0].reason);
    CHECK(first.imported == 2);
    CHECK(run(kListings, options).unchanged == 2);
    const auto rows_of = [](std::string_view csv, const std::string& vin) {
        std::multiset<std::pair<std::string, std::string>> found;
        central::CsvReader reader(csv);
        const auto header = reader.next()->fields;
        while (const auto row = reader.next()) {
            REQUIRE(row->fields.size() == header.size());
            if (std::find(row->fields.begin(), row->fields.end(), vin) == row->fields.end())
                continue;
            for (std::size_t i = 0; i < header.size(); ++i) {
                if (!row->fields[i].empty())
                    found.emplace(header[i], central::unguarded(row->fields[i]));
            }
        }
        return found;
    };
    std::string out = must(central::export_google_listings(*central.store));
    for (const char* vin : {"JHMGK5H50JX000001", "JHMGK5H50JX000002"})
        CHECK(rows_of(out, vin) == rows_of(kListings, vin));
    // A value that changed since is written anew, the others stay as they were.
    auto car = central.all<domain::Car>({{"vin", std::string("JHMGK5H50JX000001")}})[0];
    central.run("update_car", {{"id", car.id.to_string()}, {"price_minor", 999'900}});
    out = must(central::export_google_listings(*central.store));
    const auto now = rows_of(out, "JHMGK5H50JX000001");
    CHECK(now.contains({"price", "9999.00 USD"}));
    CHECK(now.contains({"mileage", "28,100 miles"}));
    CHECK(now.contains({"interior_color", "Grey"}));
}

TEST_CASE_FIXTURE(Scene, "google listings: cars of our own can be read back") {
    run(kCars);
    const auto out = must(central::export_google_listings(*central.store));
    const auto report = run(out, {central::CarFormat::kGoogleVehicleListings, {}, {}, {}, {}});
    if (!report.rejected.empty()) FAIL(report.rejected[0].reason);
    CHECK(report.imported == 0);
    for (const auto& car : central.all<domain::Car>({{"vin", std::string("JHMGK5H50JX000001")}})) {
        CHECK(car.price_minor == 125'000'050);
        CHECK(car.features == std::vector<std::string>{"ABS", "USB"});
    }
}

TEST_CASE_FIXTURE(Scene,
                  "customers: by e-mail or phone, twice changes nothing, back as unchanged") {
    constexpr std::string_view kPeople =
        "Surname,First Name,E-mail,Mobile,Branch,Notes\n"
        "Otieno,Grace,Grace@Example.com,,NBO,likes blue\n"
        "Kamau,John,,+254 711 000 001,NBO,\n"
        "Nobody,Here,,,NBO,\n"
        "Bad,Mail,nothing,,NBO,\n"
        "Lost,Branch,lost@example.com,,XYZ,\n";
    const auto read = [&](std::string_view text) {
        central::CsvReader csv(text);
        return must(central::import_customers(*central.processor, csv, {}, central.now));
    };
    const auto first = read(kPeople);
    CHECK(first.imported == 2);
    REQUIRE(first.rejected.size() == 3);
    CHECK(first.rejected[0].line == 4);
    CHECK(first.rejected[1].reason.find("nothing") != std::string::npos);
    const auto again = read(kPeople);
    CHECK(again.unchanged == 2);
    CHECK(again.imported + again.updated == 0);
    const auto changed =
        read("first_name,last_name,email,branch\nGrace,Otieno-K,grace@example.com,NBO\n");
    CHECK(changed.updated == 1);
    const auto out = must(central::export_customers(*central.store));
    const auto back = read(out);
    CHECK(back.imported + back.updated == 0);
}

TEST_CASE_FIXTURE(Scene, "products: by sku, categories are made once, back as unchanged") {
    constexpr std::string_view kGoods =
        "Product Name,SKU,Unit-Price,Currency,Category,Type,Reorder level,Active,Details\n"
        "Oil filter,OF-1,\"1,500.50\",kes,Filters,Parts,8,yes,fits many\n"
        "Air filter,AF-1,KES 2200,,filters,part,,no,\n"
        "Mat,MT-1,900,KES,Comfort,ACCESSORY,3,1,=1+1\n"
        "Nothing,,1,KES,Void,part,1,yes,\n"
        "Odd,OD-1,12,KES,Void,animal,1,yes,\n"
        "Dear,DE-1,much,KES,Void,part,1,yes,\n"
        "Oil filter,OF-2,1,KES,Void,part,1,yes,\n"
        "Many,MA-1,1,KES,Void,part,lots,yes,\n";
    const auto read = [&](std::string_view text, central::ImportOptions options = {}) {
        central::CsvReader csv(text);
        return must(central::import_products(*central.processor, csv, options, central.now));
    };
    const auto first = read(kGoods);
    CHECK(first.imported == 3);
    REQUIRE(first.rejected.size() == 5);
    const std::vector<std::int64_t> lines = {5, 6, 7, 8, 9};
    for (std::size_t i = 0; i < lines.size(); ++i) {
        CHECK(first.rejected[i].line == lines[i]);
        CHECK_FALSE(first.rejected[i].reason.empty());
    }
    // The refused ones left no category behind.
    std::set<std::string> names;
    for (const auto& category : central.all<domain::Category>())
        names.insert(category.name);
    CHECK(names == std::set<std::string>{"Filters", "Comfort"});
    const auto of = [&](const char* sku) {
        const auto found = central.all<domain::Product>({{"sku", std::string(sku)}});
        REQUIRE(found.size() == 1);
        return found.front();
    };
    CHECK(of("OF-1").price_minor == 150'050);
    CHECK(of("OF-1").currency == "KES");
    CHECK(of("OF-1").low_stock_threshold == 8);
    CHECK(of("OF-1").kind == domain::ProductKind::kPart);
    CHECK(of("AF-1").category_id == of("OF-1").category_id);
    CHECK(of("AF-1").low_stock_threshold == 5);
    CHECK_FALSE(of("AF-1").active);
    CHECK(of("MT-1").description == "=1+1");
    const auto again = read(kGoods);
    CHECK(again.unchanged == 3);
    CHECK(again.imported + again.updated == 0);
    const auto out = must(central::export_products(*central.store));
    CHECK(out.starts_with("sku,name,description,price,currency,tax_code,category,kind,"));
    CHECK(out.find("'=1+1") != std::string::npos);
    const auto back = read(out);
    CHECK(back.unchanged == 3);
    CHECK(back.rejected.empty());
    const auto dearer = read("sku,name,price,currency,category\nOF-1,Oil filter,1600,KES,Oil\n");
    CHECK(dearer.updated == 1);
    CHECK(of("OF-1").price_minor == 160'000);
    CHECK(of("OF-1").category_id != of("AF-1").category_id);
    // A file as a whole that is none.
    central::CsvReader unknown("sku,name,price,shoe size\n");
    CHECK_FALSE(central::import_products(*central.processor, unknown, {}, central.now));
    central::CsvReader missing("sku,name\n");
    CHECK_FALSE(central::import_products(*central.processor, missing, {}, central.now));
}

TEST_CASE_FIXTURE(Scene, "import: pictures named in repeated columns are taken from the folder") {
    const TempFolder pictures;
    const auto report =
        run("make,model,year,vin,color,mileage,condition,price,currency,branch,photo 1,photo 2\n"
            "Honda,Fit,2018,JHMGK5H50JX000001,blue,41000,used,1,KES,NBO,missing.jpg,\n",
            {central::CarFormat::kShowfloor, {}, pictures / "", {}, {}});
    REQUIRE(report.rejected.size() == 1);
    CHECK(report.rejected[0].reason.find("missing.jpg") != std::string::npos);
}

}  // namespace

}  // namespace showfloor::test
