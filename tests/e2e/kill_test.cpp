// kill -9 of the real programs at random moments: nothing lost, nothing doubled, nothing half.

#include <cstdlib>
#include <iostream>
#include <map>
#include <set>

#include "base/random.hpp"
#include "shop.hpp"

namespace showfloor::e2e {

using base::Json;

namespace {

constexpr std::int64_t kOpensWithinMs = 1000;

int rounds() {
    constexpr int kInTests = 20, kLong = 100;
    return std::getenv("SHOWFLOOR_LONG") != nullptr ? kLong : kInTests;
}

std::uint64_t new_seed() {
    base::SystemRandom random;
    const char* given = std::getenv("SHOWFLOOR_SEED");
    const std::uint64_t seed =
        given != nullptr ? std::strtoull(given, nullptr, 10) : random.below(1'000'000'000);
    std::cout << "kill: SHOWFLOOR_SEED=" << seed << std::endl;
    return seed;
}

// What was said to be done, and the cars whose sale nobody said anything about.
struct Told {
    std::map<std::string, Json> done;  // by car
    std::set<std::string> unknown;
};

void wait_a_moment(std::int64_t ms) {
    const std::int64_t until = now_ms() + ms;
    (void)wait_until([&] { return now_ms() >= until; }, ms + 1000);
}

// Everything told stands once; what nobody was told stands once or not at all; numbers have no gap.
void check_nothing_lost(Shop& shop, Till& till, const Told& told) {
    std::map<std::string, Json> by_car;
    for (const Json& sale : shop.all("sales")) {
        const std::string car = sale["car_id"];
        INFO(car);
        CHECK(by_car.emplace(car, sale).second);  // one sale a car
        CHECK(told.done.count(car) + told.unknown.count(car) == 1);
        CHECK(sale["status"] == "completed");
    }
    for (const auto& [car, said] : told.done) {
        INFO(car);
        REQUIRE(by_car.count(car) == 1);
        CHECK(by_car[car]["id"] == said["sale_id"]);
        CHECK(by_car[car]["invoice_id"] == said["invoice_id"]);
    }
    std::set<std::string> numbers;
    std::string prefix;
    for (const Json& invoice : shop.all("invoices")) {
        const std::string number = invoice["number"];
        CHECK(numbers.insert(number).second);
        prefix = number.substr(0, number.size() - 6);
        CHECK(invoice["amount_paid_minor"] == 100'000);
        CHECK(invoice["balance_minor"].get<std::int64_t>() ==
              invoice["total_amount_minor"].get<std::int64_t>() - 100'000);
    }
    CHECK(numbers.size() == by_car.size());
    for (std::size_t i = 1; i <= numbers.size(); ++i) {
        std::string digits = std::to_string(i);
        digits.insert(0, 6 - digits.size(), '0');
        CHECK(numbers.count(prefix + digits) == 1);
    }
    const auto payments = shop.all("payments").size();
    CHECK(payments == by_car.size());
    CHECK(shop.all("receipts").size() == by_car.size());
    shop.check_verify();
    CHECK(till.call("verify", {"--json"}).code == 0);
    const Json status = till.status();
    INFO(status.dump());
    CHECK(status["pending"] == 0);
    CHECK(status["refused"] == 0);
    CHECK(status["disputed"] == 0);
    CHECK(status["in_doubt"] == 0);
}

void note(Told& told, const std::string& car, const Ran& ran) {
    if (ran.code == 0) {
        told.done[car] = Json::parse(ran.out);
        CHECK(told.done[car]["outcome"] == "pending");
        return;
    }
    INFO("exit " << ran.code << " " << ran.err << ran.out);
    // Killed, or its engine was: nobody was told anything. A rule never says no here.
    CHECK((ran.code == -9 || ran.code == 1));
    told.unknown.insert(car);
}

}  // namespace

TEST_CASE("kill -9 of the terminal while `do` sells and `sync` runs: nothing lost or doubled") {
    const std::uint64_t seed = new_seed();
    INFO("SHOWFLOOR_SEED=" << seed);
    base::SeededRandom random(seed);
    Shop shop;
    Till till(shop);
    const auto cars = till.show({"car", "--limit", "300"});
    const std::string customer = till.make_customer();
    const auto seller = [&](const Json& car) {
        return std::vector<std::string>{"do",
                                        "--data",
                                        till.dir,
                                        "--as",
                                        "seller",
                                        "--password-file",
                                        shop.password_file("seller"),
                                        "record_sale",
                                        Till::sale_args(car, customer, 100'000).dump()};
    };
    Told told;
    std::int64_t slowest = 0;
    for (int i = 0; i < rounds(); ++i) {
        Child syncing = till.start_sync();
        wait_a_moment(static_cast<std::int64_t>(random.below(60)));
        const Json& car = cars.at(static_cast<std::size_t>(i));
        const std::string id = car["id"];
        Child selling("showfloor-terminal", seller(car));
        wait_a_moment(static_cast<std::int64_t>(random.below(400)));
        // Either of them, or both.
        const auto which = random.below(3);
        if (which != 1) syncing.kill();
        if (which != 0) selling.kill();
        const int code = selling.wait().value_or(1000);
        syncing.kill();
        note(told, id, {code, selling.out(), selling.err(), 0});
        // What is left opens at once.
        const Ran opened = till.call("status", {"--json"});
        CHECK_MESSAGE(opened.code == 0, opened.err);
        slowest = std::max(slowest, opened.took_ms);
    }
    till.sync();
    std::cout << "kill: terminal killed " << rounds() << " times, " << told.done.size()
              << " sales told, slowest opening " << slowest << " ms" << std::endl;
    CHECK(told.done.size() + told.unknown.size() == static_cast<std::size_t>(rounds()));
    WARN(slowest < kOpensWithinMs);  // a figure: nothing timed fails a test
    check_nothing_lost(shop, till, told);
}

TEST_CASE("kill -9 of central while sales are pushed: nothing lost or doubled") {
    const std::uint64_t seed = new_seed();
    INFO("SHOWFLOOR_SEED=" << seed);
    base::SeededRandom random(seed);
    Shop shop;
    Till till(shop);
    const auto cars = till.show({"car", "--limit", "300"});
    const std::string customer = till.make_customer();
    till.sync();
    Told told;
    std::int64_t slowest = 0;
    for (int i = 0; i < rounds(); ++i) {
        const Json& car = cars.at(static_cast<std::size_t>(i));
        note(told, car["id"], till.sell(car, customer, 100'000));
        Child pushing("showfloor-terminal", {"sync", "--data", till.dir, "--once"});
        wait_a_moment(static_cast<std::int64_t>(random.below(120)));
        shop.kill();
        const auto code = pushing.wait();
        CHECK(code);  // it ended by itself, with or without central's answer
        const std::int64_t begun = now_ms();
        shop.start();
        slowest = std::max(slowest, now_ms() - begun);
    }
    till.sync();
    std::cout << "kill: central killed " << rounds() << " times, slowest start until it answers "
              << slowest << " ms" << std::endl;
    CHECK(told.unknown.empty());
    CHECK(told.done.size() == static_cast<std::size_t>(rounds()));
    WARN(slowest < kOpensWithinMs);  // a figure: nothing timed fails a test
    check_nothing_lost(shop, till, told);
}

}  // namespace showfloor::e2e
