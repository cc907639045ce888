#include "sync/replica.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <utility>

#include "bench.hpp"

namespace showfloor::sync {

namespace {

using domain::Availability;
using domain::Car;
using domain::Sale;
using protocol::PushOutcome;

}  // namespace

TEST_CASE("submit: shown at once, marked as pending, and the same after a restart") {
    Bench bench;
    const auto done = bench.submit(bench.sale_of(1));
    REQUIRE(done.outcome.applied());
    CHECK(done.seq == 1);
    CHECK(done.command.numbers.size() == 2);
    const auto shown = [&] {
        const auto sale = bench.replica->world().get<Sale>(Bench::sale_id(done));
        REQUIRE(sale.has_value());
        CHECK(bench.replica->world().get<Car>(bench.people.car(1))->availability ==
              Availability::kSold);
        const auto mark = must(
            bench.replica->store().pending_mark(domain::describe<Sale>(), Bench::sale_id(done)));
        REQUIRE(mark.has_value());
        CHECK(*mark == storage::PendingMark{1, false});
    };
    shown();
    bench.open();
    shown();
    CHECK_FALSE(bench.submit(bench.sale_of(1)).outcome.applied());
    CHECK(bench.outbox->state().tail == 1);
}

TEST_CASE("open: a replica that is gone or broken is made anew; pending sales stay visible") {
    Bench bench;
    const auto done = bench.submit(bench.sale_of(1));
    const std::string file = bench.folder / "replica.db";
    for (const bool broken : {false, true}) {
        bench.close();
        for (const char* suffix : {"", "-wal", "-shm"})
            std::filesystem::remove(file + suffix);
        if (broken) std::ofstream(file) << std::string(8192, 'x');
        bench.open();
        CHECK_FALSE(bench.replica->filled());
        // Nothing to replay it over: it is shown as it was at submit.
        CHECK(bench.replica->world().get<Sale>(Bench::sale_id(done)).has_value());
        CHECK(must(bench.outbox->counts()).in_doubt == 1);
    }
    bench.fill();
    CHECK(bench.replica->filled());
    CHECK(must(bench.outbox->counts()).in_doubt == 0);
    CHECK(bench.replica->world().get<Car>(bench.people.car(1))->availability ==
          Availability::kSold);
}

TEST_CASE("a crash between the two files: the pending layer is rebuilt when opened") {
    Bench bench;
    const std::string copy = bench.folder / "before.db";
    {
        auto raw = must(database::Connection::open(bench.folder / "replica.db"));
        must(raw.backup_to(copy));
    }
    const auto done = bench.submit(bench.sale_of(1));
    bench.close();
    for (const char* suffix : {"-wal", "-shm"}) {
        std::filesystem::remove((bench.folder / "replica.db") + suffix);
    }
    std::filesystem::copy_file(copy, bench.folder / "replica.db",
                               std::filesystem::copy_options::overwrite_existing);
    bench.open();
    CHECK(bench.replica->world().get<Sale>(Bench::sale_id(done)).has_value());
    CHECK(bench.replica->meta().replayed_seq == 1);
}

TEST_CASE("rebase: what was shown is frozen when the price changes at central") {
    Bench bench;
    const auto done = bench.submit(bench.sale_of(1));
    const auto before = bench.replica->world().get<Sale>(Bench::sale_id(done));
    Car car = *bench.central.get<Car>(bench.people.car(1));
    car.price_minor += 5000;
    auto page = bench.page();
    Bench::add(page, car);
    CHECK(bench.take(page).changed);
    const auto after = bench.replica->world().get<Sale>(Bench::sale_id(done));
    REQUIRE(after.has_value());
    CHECK(after->total_minor == before->total_minor);
    CHECK(must(bench.outbox->counts()).in_doubt == 0);
    const auto shown = bench.replica->world().get<Car>(bench.people.car(1));
    CHECK(shown->availability == Availability::kSold);
    CHECK(shown->price_minor == car.price_minor);
}

TEST_CASE("rebase: a car sold elsewhere leaves the sale visible, in doubt, until central answers") {
    Bench bench;
    const auto done = bench.submit(bench.sale_of(1));
    Car car = *bench.central.get<Car>(bench.people.car(1));
    car.availability = Availability::kSold;
    auto page = bench.page();
    Bench::add(page, car);
    (void)bench.take(page);
    const base::Uuid id = Bench::sale_id(done);
    CHECK(bench.replica->world().get<Sale>(id).has_value());
    const auto mark = must(bench.replica->store().pending_mark(domain::describe<Sale>(), id));
    REQUIRE(mark.has_value());
    CHECK(mark->in_doubt);
    auto entry = must(bench.outbox->entries(1, 1));
    CHECK(entry[0].doubt == "car_sold");
    CHECK(must(bench.outbox->counts()).in_doubt == 1);
    bench.open();
    CHECK(must(bench.outbox->counts()).in_doubt == 1);

    // Central keeps it, disputed; only the pull takes the pending version away.
    must(bench.outbox->take_answers({Bench::result(1, PushOutcome::kDisputed, "car_sold")}, 1));
    CHECK(must(bench.replica->store().pending_mark(domain::describe<Sale>(), id)).has_value());
    Sale sale = *bench.replica->world().get<Sale>(id);
    sale.status = domain::SaleStatus::kDisputed;
    page = bench.page(1);
    Bench::add(page, sale);
    (void)bench.take(page);
    CHECK(bench.replica->world().get<Sale>(id)->status == domain::SaleStatus::kDisputed);
    CHECK_FALSE(must(bench.replica->store().pending_mark(domain::describe<Sale>(), id)));
    CHECK(must(bench.outbox->counts()).in_doubt == 0);
    CHECK(must(bench.outbox->counts()).pending == 0);
}

TEST_CASE("rebase: a refused command leaves with the next pull, others stay") {
    Bench bench;
    const auto refused = bench.submit(bench.sale_of(1));
    const auto stays = bench.submit(bench.sale_of(2));
    must(bench.outbox->take_answers({Bench::result(1, PushOutcome::kRefused, "forged")}, 1));
    (void)bench.take(bench.page(1));
    CHECK_FALSE(bench.replica->world().get<Sale>(Bench::sale_id(refused)).has_value());
    CHECK(bench.replica->world().get<Sale>(Bench::sale_id(stays)).has_value());
    CHECK(bench.replica->world().get<Car>(bench.people.car(1))->availability ==
          Availability::kInStock);
    CHECK(must(bench.outbox->counts()).refused == 1);
}

TEST_CASE("confirmed: never beyond what a push reply proved, whatever the pull says") {
    Bench bench;
    const auto done = bench.submit(bench.sale_of(1));
    (void)bench.take(bench.page(1));  // somebody else's seq 1, as after cloning
    CHECK(bench.outbox->state().confirmed == 0);
    CHECK(bench.replica->world().get<Sale>(Bench::sale_id(done)).has_value());
}

TEST_CASE("staging: nothing of a pull shows before its last page, over a restart too") {
    Bench bench;
    Car car = *bench.central.get<Car>(bench.people.car(1));
    car.color = "violet";
    auto first = bench.page();
    first.more = true;
    Bench::add(first, car);
    CHECK_FALSE(bench.take(first).complete);
    CHECK(bench.replica->world().get<Car>(car.id)->color != "violet");
    CHECK(bench.replica->next_cursor() == first.cursor);
    bench.open();
    CHECK(bench.replica->next_cursor() == first.cursor);
    CHECK(bench.replica->meta().cursor < first.cursor);
    const auto last = bench.page();
    const auto taken = bench.take(last);
    CHECK(taken.complete);
    CHECK(bench.replica->world().get<Car>(car.id)->color == "violet");
    CHECK(bench.replica->meta().cursor == last.cursor);
}

TEST_CASE("pull: a row that will not decode is set aside and told, the rest is applied") {
    Bench bench;
    Car car = *bench.central.get<Car>(bench.people.car(1));
    car.color = "violet";
    auto page = bench.page();
    page.rows["car"].push_back({{"id", bench.people.car(2).to_string()}, {"year", "old"}});
    page.rows["car"].push_back("no row");
    page.rows["space_ship"].push_back({{"id", "x"}});
    page.removed["space_ship"];
    Bench::add(page, car);
    page.removed["customer"] = {bench.people.other_customer};
    CHECK(bench.take(page).complete);
    CHECK(bench.replica->world().get<Car>(car.id)->color == "violet");
    CHECK_FALSE(
        bench.replica->world().get<domain::Customer>(bench.people.other_customer).has_value());
    const auto inbox = must(bench.outbox->inbox(false));
    REQUIRE(inbox.size() == 2);
    CHECK(inbox[1].kind == InboxKind::kUnreadableRow);
    CHECK(inbox[1].details["id"] == bench.people.car(2).to_string());
}

TEST_CASE("goods_version: moves with cars, pictures and branches, and with nothing else") {
    Bench bench;
    auto moved = [&, version = bench.replica->version(),
                  goods = bench.replica->goods_version()]() mutable {
        CHECK(std::exchange(version, bench.replica->version()) != bench.replica->version());
        return std::exchange(goods, bench.replica->goods_version()) !=
               bench.replica->goods_version();
    };
    const auto customer = bench.submit(bench.people.make(
        "create_customer",
        {{"id", bench.people.next_id().to_string()}, {"first_name", "Ann"}, {"last_name", "Lee"}},
        bench.people.seller, bench.people.terminal));
    REQUIRE(customer.outcome.applied());
    CHECK_FALSE(moved());
    auto people = bench.page();
    Bench::add(people, *bench.central.get<domain::Customer>(bench.people.customer));
    bench.take(people);
    CHECK_FALSE(moved());
    auto cars = bench.page();
    Bench::add(cars, *bench.central.get<Car>(bench.people.car(2)));
    bench.take(cars);
    CHECK(moved());
    auto gone = bench.page();
    gone.removed["car"].push_back(bench.people.car(2));
    bench.take(gone);
    CHECK(moved());
    REQUIRE(bench.submit(bench.sale_of(1)).outcome.applied());
    CHECK(moved());
    // The sale is refused: the car it took stands as central has it, without a row that says so.
    must(bench.outbox->take_answers({Bench::result(1, PushOutcome::kApplied),
                                     Bench::result(2, PushOutcome::kRefused, "forged")},
                                    10));
    bench.take(bench.page(2));
    CHECK(bench.replica->world().get<Car>(bench.people.car(1))->availability !=
          Availability::kSold);
    CHECK(moved());
}

TEST_CASE("pull: one that brings nothing writes nothing") {
    Bench bench;
    const auto files = [&] {
        std::string all;
        for (const char* name : {"outbox.db", "outbox.db-wal", "replica.db", "replica.db-wal"}) {
            std::ifstream in(bench.folder / name, std::ios::binary);
            all.append(std::istreambuf_iterator<char>(in), {});
        }
        return all;
    };
    const std::string before = files();
    const auto version = bench.replica->version();
    for (int i = 0; i < 5; ++i) {
        const auto taken = bench.take(bench.page());
        CHECK(taken.complete);
        CHECK_FALSE(taken.changed);
    }
    CHECK(bench.replica->next_cursor() == bench.cursor);
    CHECK(bench.replica->version() == version);
    CHECK(files() == before);
}

TEST_CASE("an unknown command in the outbox: replays as nothing and is still there to be sent") {
    Bench bench;
    domain::Command strange;
    strange.id = bench.people.next_id();
    strange.name = "from_the_future";
    strange.occurred_at = 1;
    REQUIRE(must(bench.outbox->submit(strange, [](std::int64_t, domain::NumberSource&) {
                return Outbox::Judged{};
            })).applied());
    bench.open();
    CHECK(must(bench.outbox->counts()).in_doubt == 0);
    CHECK(must(bench.outbox->counts()).pending == 1);
    CHECK(bench.replica->meta().replayed_seq == 1);
}

}  // namespace showfloor::sync
