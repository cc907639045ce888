#include <algorithm>

#include "domain/records.hpp"
#include "tools/bench/meter.hpp"
#include "tools/bench/sections.hpp"

namespace showfloor::bench {

namespace {

base::Result<void> sell(Desk& desk, const terminal::Person& person, const domain::Car& car,
                        const std::string& customer) {
    domain::Command draft;
    draft.name = "record_sale";
    draft.args = {{"car_id", car.id.to_string()},
                  {"customer_id", customer},
                  {"payments", {{{"method", "cash"}, {"amount_minor", 100'000}}}}};
    SHOWFLOOR_ASSIGN(const auto submitted,
                     desk.engine->submit(std::move(draft), person, std::nullopt));
    if (submitted.outcome.applied()) return {};
    return base::fail("A sale was refused: " +
                      std::string(domain::name_of(submitted.outcome.code)));
}

base::Result<std::string> make_customer(Desk& desk, const terminal::Person& person) {
    domain::Command draft;
    draft.name = "create_customer";
    draft.args = {{"first_name", "Ann"}, {"last_name", "Lee"}, {"phone", "+254700111222"}};
    SHOWFLOOR_ASSIGN(const auto submitted,
                     desk.engine->submit(std::move(draft), person, std::nullopt));
    return base::text_member(submitted.command.args, "id");
}

std::string with(const char* words, double ms) {
    return words + std::to_string(ms) + " ms";
}

}  // namespace

base::Result<void> measure_sales(Stage& stage, Desk& desk, int sales, const Tell& tell) {
    using Kind = Figure::Kind;
    SHOWFLOOR_ASSIGN(const auto person, desk.sign_in());
    SHOWFLOOR_ASSIGN(const std::string customer, make_customer(desk, person));
    SHOWFLOOR_TRY(desk.settle());
    const auto cars = desk.engine->world().find<domain::Car>(
        {.where = {}, .order_by = "id", .limit = static_cast<std::size_t>(sales) + 100});
    const auto& state = desk.engine->outbox().state();
    const double fsync = fsync_ms(desk.engine->folder().path);
    // Answered by central on a kept-alive connection, one by one.
    const std::size_t answered = std::min<std::size_t>(100, cars.size() / 2);
    std::vector<double> durable, there;
    for (std::size_t i = 0; i < answered; ++i) {
        const double begun = now_ms();
        SHOWFLOOR_TRY(sell(desk, person, cars[i], customer));
        durable.push_back(now_ms() - begun);
        SHOWFLOOR_TRY(desk.tick_until([&] { return state.acknowledged == state.tail; }));
        there.push_back(now_ms() - begun);
        SHOWFLOOR_TRY(desk.tick_until([&] { return desk.engine->sync().settled(); }));
    }
    const double p50_durable = quantile(durable, 0.5), p50_there = quantile(there, 0.5);
    tell({"submit: p50 until durable, without fsync", std::max(0.0, p50_durable - fsync), "ms", 2,
          Kind::kAtMost, with("one fsync of 4 KB here: ", fsync)});
    tell({"submit: p50 until answered, without fsyncs", std::max(0.0, p50_there - 2 * fsync), "ms",
          5, Kind::kAtMost, "here and at central: two fsyncs; the answer here needs none"});
    tell({"submit: p50 until central answered", p50_there, "ms", 0, Kind::kTold,
          with("as it is, with fsyncs; until durable ", p50_durable)});
    // The rest while central is away, then all at once.
    stage.go_away();
    double begun = now_ms();
    const auto before = state.acknowledged;
    for (std::size_t i = answered; i < cars.size(); ++i)
        SHOWFLOOR_TRY(sell(desk, person, cars[i], customer));
    const double selling = now_ms() - begun;
    if (state.acknowledged != before) return base::fail("Central was not away.");
    const auto waiting = static_cast<double>(state.tail - state.acknowledged);
    SHOWFLOOR_TRY(stage.serve());
    const Meter pushing(stage.server().pid());
    desk.engine->sync().sync_now();
    SHOWFLOOR_TRY(desk.tick_until([&] { return state.acknowledged == state.tail; }));
    tell({"push: whole sales per second", waiting / pushing.wall_ms() * 1000, "sales/s", 1000,
          Kind::kAtLeast,
          std::to_string(static_cast<int>(waiting)) + " waited; selling each took " +
              std::to_string(selling / waiting) + " ms; " + pushing.cpu()});
    const Meter pulling(stage.server().pid());
    SHOWFLOOR_TRY(desk.tick_until([&] { return desk.engine->sync().settled(); }));
    tell({"pull: the sales' rows back, per second", waiting * 6 / pulling.wall_ms() * 1000,
          "rows/s", 17'100, Kind::kAtLeast,
          "car, sale, invoice, line, payment, receipt of each, not counting notifications; " +
              pulling.cpu()});
    return {};
}

}  // namespace showfloor::bench
