// Several centrals over one database: what central does by itself happens once, whoever does it,
// and what one dies over is done by the next. Each central here is a process of its own.

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

#include "base/log.hpp"
#include "central/backup.hpp"
#include "central/backup_job.hpp"
#include "central/jobs.hpp"
#include "central/keys.hpp"
#include "central/limits.hpp"
#include "central/verify.hpp"
#include "domain/limits.hpp"
#include "domain/records_orders.hpp"
#include "fixture.hpp"

namespace showfloor::test {

namespace {

namespace fs = std::filesystem;

enum Job : unsigned { kDaily = 1, kLowStock = 2, kBackup = 4, kReservations = 8, kAll = 15 };

// How often each job found something to do; what a child tells its parent.
struct Ran {
    int daily = 0, low_stock = 0, backups = 0, expired = 0, failed = 0;
};

struct Scene {
    Scene() {
        must(central::make_keys(central.folder / "data", {"localhost"}, central.now,
                                central.random));
        central.enrol(kiosk, {kiosk.shop.seller, kiosk.shop.manager});
        stock_up();
        reserve();
        sell(1, kiosk.shop.customer,
             {{"installments",
               {{{"due_at", central.now + central::kDayMs}, {"amount_minor", 50'000'000}}}}});
        const auto closed = sell(2, kiosk.shop.other_customer, Json::object());
        REQUIRE(central
                    .run("take_payment",
                         {{"id", base::Uuid::v7(central.now, central.random).to_string()},
                          {"invoice_id", closed.invoice_id.to_string()},
                          {"amount_minor", closed.total_minor},
                          {"method", "cash"}})
                    .applied());
        REQUIRE(
            central.run("erase_person", {{"customer_id", kiosk.shop.other_customer.to_string()}})
                .applied());
        // By then everything is due at once.
        then = (central.now / central::kDayMs + 1) * central::kDayMs + domain::kTaxTermMs +
               5 * 3'600'000LL;
        close();
    }
    void stock_up() {
        const std::string product = base::Uuid::v7(central.now, central.random).to_string();
        const std::string supplier = base::Uuid::v7(central.now, central.random).to_string();
        const auto run = [&](const char* name, const Json& args) {
            REQUIRE(central.run(name, args).applied());
        };
        run("create_supplier", {{"id", supplier}, {"name", "Parts Ltd"}});
        run("create_product", {{"id", product},
                               {"sku", "OF-1"},
                               {"name", "Oil filter"},
                               {"price_minor", 1500},
                               {"currency", "KES"},
                               {"tax_code", "standard"},
                               {"kind", "part"},
                               {"low_stock_threshold", 5}});
        run("create_incoming_order",
            {{"id", base::Uuid::v7(central.now, central.random).to_string()},
             {"supplier_id", supplier},
             {"product_id", product},
             {"branch_id", kiosk.shop.nairobi.to_string()},
             {"quantity", 2},
             {"unit_cost_minor", 700},
             {"received", true}});
    }
    void reserve() {
        const auto reply =
            central.push(kiosk, {kiosk.journal("reserve_car",
                                               {{"id", kiosk.shop.next_id().to_string()},
                                                {"car_id", Dealership::car(3).to_string()},
                                                {"customer_id", kiosk.shop.customer.to_string()},
                                                {"until", kiosk.shop.now + 2 * central::kDayMs},
                                                {"deposit_minor", 500'000}},
                                               kiosk.shop.seller)});
        REQUIRE(reply.results[0].outcome == protocol::PushOutcome::kApplied);
    }
    domain::Sale sell(int car, const base::Uuid& customer, const Json& more) {
        auto args = kiosk.shop.sale_args(Dealership::car(car), 0);
        args["customer_id"] = customer.to_string();
        args.update(more);
        if (args.contains("installments")) {
            // What the instalments do not say is paid at once.
            const auto total = kiosk.shop.make("record_sale", args, kiosk.shop.seller, kiosk.id)
                                   .terms["total_minor"]
                                   .get<std::int64_t>();
            args["installments"][0]["amount_minor"] = total;
        }
        const auto reply =
            central.push(kiosk, {kiosk.journal("record_sale", args, kiosk.shop.seller)});
        REQUIRE(reply.results[0].outcome == protocol::PushOutcome::kApplied);
        return central.one<domain::Sale>(
            *base::Uuid::parse(reply.results[0].details.at("sale_id").get<std::string>()));
    }

    // No connection goes through a fork.
    void close() {
        central.processor.reset();
        central.store.reset();
    }
    void open() {
        central.store = must(central::Store::open(central.folder / "data"));
        central.processor =
            std::make_unique<central::CommandProcessor>(*central.store, central.random);
    }

    // In the child: one round of another central. It waits until `gate` is closed.
    Ran round(unsigned jobs, base::UtcMs at, int gate, rlim_t most_file_bytes) const {
        Ran ran;
        base::log_to("/dev/null", base::LogLevel::kError);
        base::SystemRandom random;
        auto store = central::Store::open(central.folder / "data");
        char byte = 0;
        while (::read(gate, &byte, 1) > 0)
            ;
        if (!store) return {.failed = 1};
        // A write beyond it ends the process on the spot: killed in the middle.
        const rlimit none = {0, 0}, limit = {most_file_bytes, most_file_bytes};
        ::setrlimit(RLIMIT_CORE, &none);
        ::setrlimit(RLIMIT_FSIZE, &limit);
        central::CommandProcessor processor(**store, random);
        const auto count = [&](auto done) {
            if (!done) ++ran.failed;
            return done ? static_cast<int>(*done) : 0;
        };
        if ((jobs & kDaily) != 0) ran.daily = count(central::run_daily(processor, at));
        if ((jobs & kLowStock) != 0) ran.low_stock = count(central::run_low_stock(processor, at));
        if ((jobs & kBackup) != 0)
            ran.backups = count(central::run_backup(processor, settings(), at));
        if ((jobs & kReservations) != 0)
            ran.expired = count(central::expire_reservations(processor, at));
        return ran;
    }

    // So many centrals at once; the sum of what they did. `signal`: what the last one died of.
    Ran at_once(int centrals, unsigned jobs, base::UtcMs at,
                rlim_t most_file_bytes = RLIM_INFINITY) {
        int gate[2], told[2];
        REQUIRE(::pipe(gate) == 0);
        REQUIRE(::pipe(told) == 0);
        std::vector<pid_t> children;
        for (int i = 0; i < centrals; ++i) {
            const pid_t child = ::fork();
            REQUIRE(child >= 0);
            if (child == 0) {
                ::close(gate[1]);
                const Ran ran = round(jobs, at, gate[0], most_file_bytes);
                const bool written = ::write(told[1], &ran, sizeof ran) == sizeof ran;
                ::_exit(written ? 0 : 1);
            }
            children.push_back(child);
        }
        ::close(gate[0]);
        ::close(gate[1]);
        ::close(told[1]);
        Ran sum;
        for (Ran one; ::read(told[0], &one, sizeof one) == sizeof one;) {
            sum.daily += one.daily;
            sum.low_stock += one.low_stock;
            sum.backups += one.backups;
            sum.expired += one.expired;
            sum.failed += one.failed;
        }
        ::close(told[0]);
        signal = 0;
        for (const pid_t child : children) {
            int status = 0;
            ::waitpid(child, &status, 0);
            if (WIFSIGNALED(status)) signal = WTERMSIG(status);
        }
        return sum;
    }

    [[nodiscard]] central::BackupSettings settings() const {
        return {.folder = central.folder / "backups", .keep = 2, .hour_utc = 1};
    }
    [[nodiscard]] std::vector<std::string> backups() const {
        std::vector<std::string> names;
        std::error_code error;
        for (const auto& entry : fs::directory_iterator(settings().folder, error))
            names.push_back(entry.path().filename().string());
        std::sort(names.begin(), names.end());
        return names;
    }
    std::size_t notes(const std::string& message) {
        return central.all<domain::Notification>({{"message", message}}).size();
    }
    std::int64_t settled(const std::string& command) {
        return central.count("SELECT COUNT(*) FROM command_log WHERE name = '" + command + "'");
    }
    // Everything that is due was done, and nothing twice.
    void check_done_once() {
        open();
        CHECK(notes("notification.terminal_offline") == 3);    // one a terminal
        CHECK(notes("notification.instalment_overdue") == 2);  // the admins' and the seller's
        CHECK(notes("notification.low_stock") == 1);
        CHECK(central.count("SELECT COUNT(*) FROM invoice WHERE bill_to IS NOT NULL") == 0);
        CHECK(settled("close_business") == 1);
        CHECK(settled("expire_reservation") == 1);
        CHECK(central.count("SELECT COUNT(*) FROM reservation WHERE status = 'expired'") == 1);
        CHECK(must(central::verify_store(*central.store)).empty());
        close();
    }

    Central central;
    Kiosk kiosk{fixed_id(3, 1), 7, 0};
    base::UtcMs then = 0;
    int signal = 0;
};

}  // namespace

TEST_CASE_FIXTURE(Scene, "jobs: each once, however many centrals come to it at the same time") {
    constexpr int kCentrals = 3;
    for (int day = 0; day < 3; ++day) {
        INFO("day " << day);
        const Ran ran = at_once(kCentrals, kAll, then + day * central::kDayMs);
        CHECK(ran.failed == 0);
        CHECK(ran.daily == 1);
        CHECK(ran.low_stock == 1);
        CHECK(ran.backups == 1);
        CHECK(ran.expired == (day == 0 ? 1 : 0));
        CHECK(backups().size() == (day == 0 ? 1 : 2));
        check_done_once();
    }
    const Ran again = at_once(kCentrals, kAll, then + 2 * central::kDayMs + 1000);
    CHECK(again.failed + again.daily + again.low_stock + again.backups + again.expired == 0);
    must(central::restore(settings().folder + "/" + backups()[1], central.folder / "again",
                          central.random, then));
}

TEST_CASE_FIXTURE(Scene, "jobs: what one central dies over is done by the next, whole and once") {
    // So much of the journal is written that it dies within its one transaction.
    constexpr rlim_t kFewPages = 32 * 1024;
    for (const unsigned job : {kDaily, kLowStock, kReservations}) {
        INFO("job " << job);
        at_once(1, job, then, kFewPages);
        REQUIRE(signal == SIGXFSZ);
    }
    const Ran ran = at_once(2, kDaily | kLowStock | kReservations, then);
    CHECK(ran.failed == 0);
    CHECK(ran.daily == 1);
    CHECK(ran.low_stock == 1);
    CHECK(ran.expired == 1);
    check_done_once();
}

TEST_CASE_FIXTURE(Scene, "run_backup: one central dies over it; another takes over an hour later") {
    constexpr rlim_t kHalfABackup = 256 * 1024;
    at_once(1, kBackup, then, kHalfABackup);
    REQUIRE(signal == SIGXFSZ);
    REQUIRE(backups().size() == 1);  // the half of it
    INFO(backups()[0]);
    CHECK(backups()[0].find(".part") != std::string::npos);
    // It may be at it still, for all the others know.
    CHECK(at_once(2, kBackup, then + 59 * 60'000).backups == 0);
    CHECK(at_once(2, kBackup, then + 60 * 60'000).backups == 1);
    REQUIRE(backups().size() == 1);
    CHECK(backups()[0].ends_with(".backup"));
    must(central::restore(settings().folder + "/" + backups()[0], central.folder / "again",
                          central.random, then));
}

}  // namespace showfloor::test
