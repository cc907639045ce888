// The full export: out, into an empty central, and out again is the same; what is damaged or does
// not fit is refused with nothing changed.

#include <filesystem>
#include <fstream>
#include <map>

#include "api_fixture.hpp"
#include "base/file.hpp"
#include "central/archive/archive.hpp"
#include "central/blobs.hpp"
#include "central/import/car_import.hpp"
#include "central/people.hpp"
#include "central/verify.hpp"

using namespace showfloor;
using testing::Dealership;
using testing::Json;
namespace fs = std::filesystem;

namespace {

std::map<std::string, std::string> files_of(const std::string& folder) {
    std::map<std::string, std::string> found;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        if (!entry.is_regular_file()) continue;
        auto content = base::read_file(entry.path().string(), 64UL << 20);
        REQUIRE(content);
        const std::string name = fs::relative(entry.path(), folder).string();
        if (name == "manifest.json") {
            auto json = base::parse_json(*content, 1UL << 20);
            REQUIRE(json);
            json->erase("made_at");
            content = base::dump_json(*json);
        }
        found[name] = *std::move(content);
    }
    return found;
}

struct Town : Dealership {
    Town() {
        user("root", "super_admin", {});
        user("amina", "seller", nbo);
        const auto seller = token("amina");
        const auto buyer = customer("Zawadi", people["amina"]);
        sell(seller, car(nbo), buyer);
        car(mba, {{"features", {"ABS", "USB"}}, {"description", "Ünïcode, \"quotes\"\nlines"}});
        const auto report = central::import_cars(
            *processor,
            "vin,id,make,model,year,price,condition,exterior_color,mileage,interior_color\n"
            "JHMGK5H50JX000001,S-1,Honda,Fit,2018,10499 USD,used,Blue,5 miles,Grey\n",
            {central::CarFormat::kGoogleVehicleListings, "NBO", {}, {}, {}}, clock.wall());
        REQUIRE(report);
        REQUIRE(report->imported == 1);
        const auto saved = central::save_blob(*store, "a picture");
        REQUIRE(saved);
        auto batch = processor->batch(clock.wall());
        REQUIRE(batch);
        REQUIRE(central::note_blob(batch->connection(), {*saved, 9, "image/jpeg", true, {}},
                                   clock.wall()));
        REQUIRE(batch->commit());
        blob = *saved;
    }
    std::string blob;
};

// As `init` leaves it.
struct Empty {
    Empty() {
        auto made = central::Store::create(folder / "data", random);
        REQUIRE(made);
        store = std::move(made).value();
        central::CommandProcessor processor(*store, random);
        auto batch = processor.batch(1'000'000);
        REQUIRE(batch);
        central::NewUser admin;
        admin.fields = {{"first_name", "First"},
                        {"last_name", "Administrator"},
                        {"username", "root"},
                        {"email", "root@example.com"},
                        {"role", "super_admin"}};
        REQUIRE(central::add_user(*batch, std::move(admin)));
        REQUIRE(batch->commit());
    }
    testing::FreshFolder folder;
    base::SystemRandom random;
    std::unique_ptr<central::Store> store;
};

}  // namespace

TEST_CASE("archive: out, into an empty central and out again is the same, and all holds") {
    Town town;
    const auto out = central::write_archive(*town.store, town.folder / "out", town.clock.wall());
    if (!out) FAIL(out.error().message);
    CHECK(out->blobs == 1);
    Empty empty;
    const auto in = central::read_archive(*empty.store, town.folder / "out");
    if (!in) FAIL(in.error().message);
    CHECK(in->rows == out->rows);
    REQUIRE(central::write_archive(*empty.store, town.folder / "again", town.clock.wall()));
    const auto before = files_of(town.folder / "out");
    const auto after = files_of(town.folder / "again");
    REQUIRE(before.size() == after.size());
    for (const auto& [name, content] : before) {
        INFO(name);
        REQUIRE(after.contains(name));
        const bool same = after.at(name) == content;
        CHECK(same);
    }
    CHECK(before.contains("blobs/" + town.blob.substr(0, 2) + "/" + town.blob));
    const auto problems = central::verify_store(*empty.store);
    REQUIRE(problems);
    for (const auto& problem : *problems)
        FAIL_CHECK(problem);
    // People sign in with their passwords, numbers go on, history goes on.
    central::CommandProcessor processor(*empty.store, empty.random);
    central::RestApi api(processor, *town.keys, town.clock);
    town.api = std::make_unique<central::RestApi>(processor, *town.keys, town.clock);
    const auto seller = town.token("amina");
    const auto cars = town.send("GET", "/api/v1/cars?availability=in_stock", seller);
    REQUIRE(cars.body["data"].size() == 2);
    const auto buyers = town.send("GET", "/api/v1/customers", seller);
    REQUIRE(buyers.body["data"].size() == 1);
    const auto sold = town.send("POST", "/api/v1/sales", seller,
                                Json{{"car_id", cars.body["data"][0]["id"]},
                                     {"customer_id", buyers.body["data"][0]["id"]}});
    INFO(sold.raw.body);
    REQUIRE(sold.status == 201);
    CHECK(sold.raw.body.find("I000002") != std::string::npos);
    const auto still = central::verify_store(*empty.store);
    REQUIRE(still);
    CHECK(still->empty());
    town.api.reset();
}

TEST_CASE("archive: not into a central that holds something, not over files") {
    Town town;
    REQUIRE(central::write_archive(*town.store, town.folder / "out", town.clock.wall()));
    const auto used = central::read_archive(*town.store, town.folder / "out");
    REQUIRE(!used);
    CHECK(used.error().code == "not_empty");
    const auto over = central::write_archive(*town.store, town.folder / "out", town.clock.wall());
    REQUIRE(!over);
    CHECK(over.error().code == "folder_used");
}

TEST_CASE("archive: a changed file is noticed before anything is written") {
    Town town;
    REQUIRE(central::write_archive(*town.store, town.folder / "out", town.clock.wall()));
    {
        std::ofstream file(town.folder / "out/records/car.jsonl", std::ios::app);
        file << "\n";
    }
    Empty empty;
    const auto in = central::read_archive(*empty.store, town.folder / "out");
    REQUIRE(!in);
    CHECK(in.error().kind == base::ErrorKind::kDamaged);
    CHECK(in.error().message.find("records/car.jsonl") != std::string::npos);
    auto reader = empty.store->reader();
    REQUIRE(reader);
    const auto left = reader->connection().value("SELECT COUNT(*) FROM user");
    REQUIRE(left);
    CHECK(std::get<std::int64_t>(*left) == 1);
}
