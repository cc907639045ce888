// The sums that triggers keep for the dashboard are what the rows add up to, whatever happened.

#include <rapidcheck.h>

#include <cstdio>

#include "api_fixture.hpp"
#include "central/figures/figures.hpp"
#include "central/import/car_import.hpp"
#include "domain/records.hpp"

using namespace showfloor;
using testing::Dealership;
using testing::Json;
using testing::Uuid;

namespace {

constexpr base::UtcMs kDayMs = 86'400'000;

struct KeptAndCounted {
    const char* kept;
    const char* counted;
};

constexpr KeptAndCounted kSums[] = {
    {"SELECT NULLIF(branch_id, ''), NULLIF(seller_id, ''), NULLIF(month, ''), NULLIF(status, ''), "
     "NULLIF(currency, ''), archived, sales, revenue_minor, commission_minor FROM sale_by_month "
     "WHERE sales != 0 ORDER BY 1, 2, 3, 4, 5, 6",
     "SELECT branch_id, seller_id, strftime('%Y-%m', sale_date / 1000, 'unixepoch'), status, "
     "currency, archived, COUNT(*), SUM(total_minor), SUM(commission_minor) FROM sale GROUP BY 1, "
     "2, 3, 4, 5, 6 ORDER BY 1, 2, 3, 4, 5, 6"},
    {"SELECT NULLIF(seller_id, ''), make, SUM(sales), SUM(revenue_minor) FROM sale_by_make GROUP "
     "BY 1, 2 HAVING SUM(sales) != 0 ORDER BY 1, 2",
     "SELECT s.seller_id, c.make, COUNT(*), SUM(s.total_minor) FROM sale s JOIN car c ON c.id = "
     "s.car_id GROUP BY 1, 2 ORDER BY 1, 2"},
    {"SELECT branch_id, month, currency, company_profit_minor, incomplete FROM profit_by_month "
     "WHERE reports != 0 ORDER BY 1, 2, 3",
     "SELECT branch_id, strftime('%Y-%m', sale_date / 1000, 'unixepoch'), currency, SUM(CASE WHEN "
     "incomplete = 0 THEN company_profit_minor ELSE 0 END), SUM(incomplete) FROM report GROUP BY "
     "1, 2, 3 ORDER BY 1, 2, 3"},
    {"SELECT NULLIF(branch_id, ''), NULLIF(availability, ''), NULLIF(currency, ''), cars, "
     "worth_minor FROM car_by_state WHERE cars != 0 ORDER BY 1, 2, 3",
     "SELECT branch_id, availability, currency, COUNT(*), SUM(COALESCE(price_minor, 0)) FROM car "
     "WHERE archived = 0 GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"},
    {"SELECT day, NULLIF(branch_id, ''), cars FROM car_by_day WHERE cars != 0 ORDER BY 1, 2",
     "SELECT created_at / 86400000, branch_id, COUNT(*) FROM car WHERE archived = 0 AND "
     "availability IN ('in_stock', 'in_transit', 'reserved') GROUP BY 1, 2 ORDER BY 1, 2"},
};

// Empty, or the sum that is not what its rows are.
std::string wrong_sum(database::Connection& central) {
    for (const auto& sum : kSums) {
        const auto kept = central.rows(sum.kept);
        const auto counted = central.rows(sum.counted);
        if (!kept.ok() || !counted.ok() || *kept != *counted) return sum.kept;
    }
    return {};
}

// The dashboard's words about cars, counted one by one.
Json counted_cars(database::Connection& central, const Uuid& branch_id, base::UtcMs now) {
    const auto rows = central.rows(
        "SELECT availability, currency, price_minor, created_at FROM car WHERE archived = 0 AND "
        "(?1 = '' OR branch_id = ?1)",
        {branch_id.is_nil() ? std::string() : branch_id.to_string()});
    REQUIRE(rows.ok());
    std::map<std::pair<std::string, std::string>, std::pair<std::int64_t, std::int64_t>> cars;
    std::int64_t ages[4] = {};
    for (const auto& row : *rows) {
        const auto availability = std::get<std::string>(row[0]);
        auto& [count, worth] = cars[{availability, std::get<std::string>(row[1])}];
        ++count;
        worth += std::get<std::int64_t>(row[2]);
        if (availability == "sold" || availability == "archived") continue;
        const std::int64_t days = now / kDayMs - std::get<std::int64_t>(row[3]) / kDayMs;
        ++ages[days < 30 ? 0 : days < 90 ? 1 : days < 180 ? 2 : 3];
    }
    Json board = {{"cars", Json::array()}, {"stock_age", Json::array()}};
    for (const auto& [state, sum] : cars)
        board["cars"].push_back({{"availability", state.first},
                                 {"currency", state.second},
                                 {"count", sum.first},
                                 {"value_minor", sum.second}});
    const char* const names[] = {"under_30_days", "under_90_days", "under_180_days", "older"};
    for (int band = 0; band < 4; ++band) {
        if (ages[band] > 0)
            board["stock_age"].push_back({{"age", names[band]}, {"count", ages[band]}});
    }
    return board;
}

// A house in which anything may happen; what is not allowed is refused and changes nothing.
struct House : Dealership {
    House() {
        amina = user("amina", "seller", nbo);
        juma = user("juma", "seller", mba);
        boss = user("boss", "admin", {});
        buyer = customer("Zawadi", amina);
        lone = customer("Baraka", juma);
    }

    bool attempt(const char* name, Json args, const Uuid& actor = {}) {
        auto batch = processor->batch(clock.wall());
        REQUIRE(batch);
        domain::Command command;
        command.name = name;
        command.args = std::move(args);
        command.actor_id = actor;
        command.occurred_at = clock.wall();
        if (!actor.is_nil()) command.actor_role = actor == boss ? "admin" : "seller";
        domain::Context context;
        context.received_at = clock.wall();
        if (auto terms = domain::quote_terms(batch->world(), command, context))
            command.terms = *terms;
        const auto outcome = batch->run(std::move(command), actor.is_nil());
        REQUIRE(outcome.kind != domain::Outcome::Kind::kFailed);
        if (outcome.applied()) REQUIRE(batch->commit());
        return outcome.applied();
    }

    void enter(int n) {
        const bool dollars = n % 3 == 0;
        cars.push_back(car(n % 2 == 0 ? nbo : mba,
                           {{"price_minor", 1'000'000'00 + n},
                            {"currency", dollars ? "USD" : "KES"},
                            {"availability", n % 5 == 0 ? "in_transit" : "in_stock"}}));
    }
    // New ones, and the newest of those there are at another price.
    void import(int n) {
        std::string list = "make,model,year,vin,color,mileage,condition,price,currency,branch\n";
        const auto line = [&](const std::string& vin, int price) {
            list += "Kia,Rio,2019," + vin + ",red,7,used," + std::to_string(price) + ",KES,MBA\n";
        };
        for (int i = 0; i < 1 + n % 3; ++i)
            line(next_vin(), 500'000 + n);
        auto reader = store->reader();
        REQUIRE(reader);
        const auto last = reader->connection().value("SELECT vin FROM car ORDER BY rowid DESC");
        if (last.ok()) line(std::get<std::string>(*last), 600'000 + n);
        REQUIRE(central::import_cars(*processor, list, {}, clock.wall()));
        const auto ids = reader->connection().rows("SELECT id FROM car ORDER BY rowid");
        REQUIRE(ids);
        cars.clear();
        for (const auto& row : *ids)
            cars.push_back(*Uuid::parse(std::get<std::string>(row[0])));
    }
    void sell(const Uuid& car_id, int n) {
        const Uuid sale = id();
        const bool first = n % 2 == 0;
        const bool sold = attempt("record_sale",
                                  {{"id", sale.to_string()},
                                   {"car_id", car_id.to_string()},
                                   {"customer_id", (first ? buyer : lone).to_string()},
                                   {"payments", {{{"method", "cash"}, {"amount_minor", 100 + n}}}}},
                                  first ? amina : juma);
        if (sold) sales.push_back(sale);
    }
    void step(int what, int n) {
        if (cars.empty() || what < 4) return enter(n);
        const Uuid one = cars[static_cast<std::size_t>(n) % cars.size()];
        const Json of_car = {{"car_id", one.to_string()}};
        const auto about = [&](const char* name, Json more, const Uuid& actor = {}) {
            more["car_id"] = one.to_string();
            if (attempt(name, std::move(more), actor)) ++done[name];
        };
        switch (what) {
            case 4:
            case 5:
                if (attempt("update_car", {{"id", one.to_string()}, {"price_minor", 900'000 + n}}))
                    ++done["update_car"];
                return;
            case 6:
                if (attempt("update_car", {{"id", one.to_string()},
                                           {"availability", n % 2 == 0 ? "in_stock" : "in_transit"},
                                           {"make", n % 3 == 0 ? "Mazda" : "Toyota"}}))
                    ++done["move_car"];
                return;
            case 7:
                return about("archive_car", {});
            case 8:
                return about("transfer_car", {{"branch_id", (n % 3 == 0 ? nbo : mba).to_string()}});
            case 9:
            case 10:
                return sell(one, n);
            case 11: {
                if (sales.empty()) return;
                const Uuid sale = sales[static_cast<std::size_t>(n) % sales.size()];
                if (attempt(n % 2 == 0 ? "refund_sale" : "cancel_sale",
                            {{"sale_id", sale.to_string()}, {"reason", "Wrong colour"}}, boss))
                    ++done["take_back"];
                return;
            }
            case 12:
                ++done["import"];
                return import(n);
            case 13:
                return about("reserve_car",
                             {{"id", id().to_string()},
                              {"customer_id", buyer.to_string()},
                              {"until", clock.wall() + 3 * kDayMs}},
                             amina);
            default:
                clock.advance(kDayMs * (n % 40) + n % kDayMs);
        }
    }
    void check() {
        auto reader = store->reader();
        REQUIRE(reader);
        const std::string wrong = wrong_sum(reader->connection());
        INFO(wrong);
        CHECK(wrong.empty());
        for (const Uuid& branch : {Uuid(), nbo, mba}) {
            central::FigureScope scope;
            scope.branch_id = branch;
            const auto board = central::dashboard(reader->connection(), scope, clock.wall());
            REQUIRE(board);
            const Json counted = counted_cars(reader->connection(), branch, clock.wall());
            CHECK(board->at("cars") == counted["cars"]);
            CHECK(board->at("stock_age") == counted["stock_age"]);
        }
    }

    Uuid amina, juma, boss, buyer, lone;
    std::vector<Uuid> cars, sales;
    std::map<std::string, int> done;  // what was not refused
};

}  // namespace

TEST_CASE("dashboard: cars, their worth and age as kept are as counted, whatever was done") {
    House house;
    // One house goes on through all runs: each adds its steps.
    CHECK(rc::check([&] {
        const auto steps = *rc::gen::container<std::vector<std::pair<int, int>>>(
            rc::gen::pair(rc::gen::inRange(0, 16), rc::gen::inRange(0, 1'000'000)));
        for (const auto& [what, n] : steps)
            house.step(what, n);
        house.check();
    }));
    CHECK(!house.sales.empty());
    for (const std::string name : {"update_car", "move_car", "archive_car", "transfer_car",
                                   "take_back", "import", "reserve_car"}) {
        INFO(name);
        CHECK(house.done[name] > 0);
    }
}

TEST_CASE_FIXTURE(House, "dashboard: a car's age is in whole days of UTC") {
    clock.jump_wall(kDayMs - 1 - clock.wall() % kDayMs);  // the last millisecond of a day
    enter(2);
    const auto band = [&] {
        auto reader = store->reader();
        REQUIRE(reader);
        const auto board = central::dashboard(reader->connection(), {}, clock.wall());
        REQUIRE(board);
        REQUIRE(board->at("stock_age").size() == 1);
        return base::text_member(board->at("stock_age")[0], "age");
    };
    CHECK(band() == "under_30_days");
    clock.advance(29 * kDayMs);
    CHECK(band() == "under_30_days");
    clock.advance(1);
    CHECK(band() == "under_90_days");
    clock.advance(60 * kDayMs);
    CHECK(band() == "under_180_days");
    clock.advance(90 * kDayMs);
    CHECK(band() == "older");
}

TEST_CASE_FIXTURE(House, "dashboard: the kept sums follow rows that are changed by hand") {
    for (int n = 0; n < 4; ++n)
        enter(n);
    sell(cars[0], 0);
    sell(cars[1], 1);
    REQUIRE(sales.size() == 2);
    auto batch = processor->batch(clock.wall());
    REQUIRE(batch);
    auto& central = batch->connection();
    CHECK(wrong_sum(central).empty());
    for (const std::string change :
         {"UPDATE sale SET status = 'refunded' WHERE rowid = 1",
          "UPDATE sale SET sale_date = sale_date + 40 * 86400000, total_minor = 7 WHERE rowid = 2",
          "UPDATE sale SET seller_id = NULL", "UPDATE car SET make = 'Kia'",
          "UPDATE report SET incomplete = 0, company_profit_minor = 9 WHERE rowid = 2",
          "UPDATE report SET sale_date = 0 WHERE rowid = 1", "DELETE FROM report WHERE rowid = 1",
          "UPDATE sale SET archived = 1 WHERE rowid = 1",
          "UPDATE car SET created_at = created_at - 40 * 86400000",
          "UPDATE car SET price_minor = NULL, branch_id = NULL WHERE rowid = 3",
          "UPDATE car SET currency = NULL, availability = NULL WHERE rowid = 4",
          "UPDATE car SET archived = 1 WHERE rowid = 3", "UPDATE car SET archived = 0",
          "DELETE FROM car WHERE rowid = 4"}) {
        INFO(change);
        REQUIRE(central.run(change).ok());
        const std::string wrong = wrong_sum(central);
        INFO(wrong);
        CHECK(wrong.empty());
    }
}
