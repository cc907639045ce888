#include "tools/bench/bench.hpp"

#include <dirent.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <thread>
#include <vector>

#include "base/json.hpp"
#include "domain/records.hpp"
#include "terminal/catalogue.hpp"
#include "terminal/engine_thread.hpp"
#include "tools/bench/stage.hpp"

namespace showfloor::bench {

namespace {

using Tell = std::function<void(const Figure&)>;

double quantile(std::vector<double> values, double q) {
    if (values.empty()) return 0;
    std::sort(values.begin(), values.end());
    const auto at = static_cast<std::size_t>(q * static_cast<double>(values.size() - 1));
    return values[at];
}

// A terminal's engine in this process, over the real network.
struct Desk {
    base::SystemClock clock;
    base::SystemRandom random;
    std::shared_ptr<net::HttpClient> client;
    std::unique_ptr<terminal::Engine> engine;

    base::Result<void> open(const terminal::DataFolder& folder) {
        SHOWFLOOR_ASSIGN(auto binding, terminal::bind_engine(folder, clock, random));
        client = binding.client;
        SHOWFLOOR_ASSIGN(engine, terminal::Engine::open(std::move(binding.parts)));
        return {};
    }
    // Ticks until `done`; fails with the cause when a minute was not enough.
    base::Result<void> tick_until(const std::function<bool()>& done) {
        constexpr double kMostMs = 180'000;
        const double until = now_ms() + kMostMs;
        while (!done()) {
            const auto next = engine->tick();
            if (done()) break;
            if (now_ms() > until)
                return base::fail("It takes for ever: " + engine->sync().status().cause);
            client->poll(
                static_cast<int>(std::clamp<std::int64_t>(next - clock.boot_ms(), 0, 100)));
        }
        return {};
    }
    base::Result<void> settle() {
        engine->sync().sync_now();
        return tick_until([this] { return engine->sync().settled(); });
    }
    base::Result<terminal::Person> sign_in() {
        base::Result<terminal::Person> person = base::fail("not asked");
        bool answered = false;
        engine->sign_in(Stage::kLogin, Stage::kPassword, [&](base::Result<terminal::Person> found) {
            person = std::move(found);
            answered = true;
        });
        SHOWFLOOR_TRY(tick_until([&] { return answered; }));
        return person;
    }
};

// First fill, until Browse could show the cars.
base::Result<void> measure_fill(Stage& stage, int cars, Desk& desk,
                                const terminal::DataFolder& folder, const Tell& tell) {
    for (const bool cached : {false, true}) {
        Desk other;
        Desk& filled = cached ? desk : other;
        auto place = cached ? base::Result<terminal::DataFolder>(folder) : stage.enrol("first");
        if (!place) return place.error();
        const double begun = now_ms();
        SHOWFLOOR_TRY(filled.open(*place));
        SHOWFLOOR_TRY(filled.settle());
        const auto catalogue = terminal::Catalogue::read(filled.engine->world());
        const double took = now_ms() - begun;
        if (static_cast<int>(catalogue->on_offer()) != cars)
            return base::fail("The fill is not whole.");
        tell({cached ? "fill: rows per second, snapshot cached" : "fill: rows per second, first",
              cars / took * 1000, "rows/s", 57'000, true,
              "mutual TLS, until the catalogue stands"});
    }
    return {};
}

base::Result<sync::Submitted> sell(Desk& desk, const terminal::Person& person,
                                   const domain::Car& car, const std::string& customer) {
    domain::Command draft;
    draft.name = "record_sale";
    draft.args = {{"car_id", car.id.to_string()},
                  {"customer_id", customer},
                  {"payments", {{{"method", "cash"}, {"amount_minor", 100'000}}}}};
    auto submitted = desk.engine->submit(std::move(draft), person, std::nullopt);
    if (submitted && !submitted->outcome.applied())
        return base::fail("A sale was refused: " +
                          std::string(domain::name_of(submitted->outcome.code)));
    return submitted;
}

base::Result<std::string> make_customer(Desk& desk, const terminal::Person& person) {
    domain::Command draft;
    draft.name = "create_customer";
    draft.args = {{"first_name", "Ann"}, {"last_name", "Lee"}, {"phone", "+254700111222"}};
    SHOWFLOOR_ASSIGN(const auto submitted,
                     desk.engine->submit(std::move(draft), person, std::nullopt));
    return base::text_member(submitted.command.args, "id");
}

// What one commit costs on this disk: a file of 4 KB written and fsynced.
double fsync_ms(const std::string& folder) {
    const std::string path = folder + "/fsync.probe";
    std::vector<double> times;
    const std::string page(4096, 'x');
    std::FILE* file = std::fopen(path.c_str(), "w");
    if (file == nullptr) return 0;
    constexpr int kTries = 30;
    for (int i = 0; i < kTries; ++i) {
        const double begun = now_ms();
        std::fwrite(page.data(), 1, page.size(), file);
        std::fflush(file);
        ::fdatasync(::fileno(file));
        times.push_back(now_ms() - begun);
    }
    std::fclose(file);
    std::remove(path.c_str());
    return quantile(times, 0.5);
}

base::Result<void> measure_sales(Desk& desk, int sales, const Tell& tell) {
    SHOWFLOOR_ASSIGN(const auto person, desk.sign_in());
    SHOWFLOOR_ASSIGN(const std::string customer, make_customer(desk, person));
    SHOWFLOOR_TRY(desk.settle());
    const auto cars = desk.engine->world().find<domain::Car>(
        {.where = {}, .order_by = "id", .limit = static_cast<std::size_t>(sales)});
    const double fsync = fsync_ms(desk.engine->folder().path);
    // Answered by central on a kept-alive connection, one by one.
    const std::size_t answered = std::min<std::size_t>(100, cars.size() / 2);
    std::vector<double> durable, there;
    for (std::size_t i = 0; i < answered; ++i) {
        const double begun = now_ms();
        SHOWFLOOR_TRY(sell(desk, person, cars[i], customer));
        durable.push_back(now_ms() - begun);
        const auto& state = desk.engine->outbox().state();
        SHOWFLOOR_TRY(desk.tick_until([&] { return state.acknowledged == state.tail; }));
        there.push_back(now_ms() - begun);
        SHOWFLOOR_TRY(desk.tick_until([&] { return desk.engine->sync().settled(); }));
    }
    tell({"submit: p50 until durable, without fsync", std::max(0.0, quantile(durable, 0.5) - fsync),
          "ms", 2, false, "fsync of 4 KB here: " + std::to_string(fsync) + " ms"});
    tell({"submit: p50 until central answered", quantile(there, 0.5), "ms", 5, false, ""});
    // The rest while nobody listens, then all at once: the engine is only ticked afterwards.
    double begun = now_ms();
    const auto before = desk.engine->outbox().state().acknowledged;
    for (std::size_t i = answered; i < cars.size(); ++i)
        SHOWFLOOR_TRY(sell(desk, person, cars[i], customer));
    const double selling = now_ms() - begun;
    const auto waiting =
        desk.engine->outbox().state().tail - desk.engine->outbox().state().acknowledged;
    begun = now_ms();
    const auto& state = desk.engine->outbox().state();
    SHOWFLOOR_TRY(desk.tick_until([&] { return state.acknowledged == state.tail; }));
    const double took = now_ms() - begun;
    tell({"push: whole sales per second", static_cast<double>(waiting) / took * 1000, "sales/s",
          1000, true,
          std::to_string(waiting) + " of " + std::to_string(state.tail - before) +
              " waiting; selling them took " + std::to_string(selling) + " ms"});
    begun = now_ms();
    SHOWFLOOR_TRY(desk.tick_until([&] { return desk.engine->sync().settled(); }));
    tell({"pull: the sales' rows back, per second",
          static_cast<double>(waiting) * 6 / (now_ms() - begun) * 1000, "rows/s", 17'100, true,
          "car, sale, invoice, line, payment, receipt of each"});
    return {};
}

base::Result<void> measure_idle_pull(Desk& desk, Stage& stage, const terminal::DataFolder& folder,
                                     const Tell& tell) {
    SHOWFLOOR_ASSIGN(const std::string certificate, folder.certificate());
    SHOWFLOOR_ASSIGN(const auto key, folder.terminal_key());
    net::HttpClient client({stage.authority(), certificate, key.to_pem()});
    const auto status = desk.engine->sync().status();
    std::vector<double> times;
    std::size_t bytes = 0;
    constexpr int kTimes = 400;
    for (int i = 0; i < kTimes; ++i) {
        net::ClientRequest request;
        request.url = stage.sync_url() + "/sync/v1/pull?cursor=" + std::to_string(status.cursor) +
                      "&limit=1000";
        request.headers["X-Showfloor-Epoch"] = status.epoch;
        const double begun = now_ms();
        const auto answer = client.perform(std::move(request));
        if (!answer) return answer.error();
        if (answer->status != 200) return base::fail("The idle pull failed.");
        times.push_back(now_ms() - begun);
        bytes = answer->body.size();
    }
    tell({"anything new: p50", quantile(times, 0.5), "ms", 1.5, false, ""});
    tell({"anything new: bytes", static_cast<double>(bytes), "bytes", 300, false, "body"});
    return {};
}

// GET of one car with a token, on connections that stay open.
base::Result<void> measure_get(Desk& desk, Stage& stage, const Tell& tell) {
    net::HttpClient first({stage.authority(), {}, {}});
    net::ClientRequest login;
    login.method = "POST";
    login.url = stage.rest_url() + "/api/v1/auth/login";
    login.headers["Content-Type"] = "application/json";
    login.body = base::Json{{"login", Stage::kAdmin}, {"password", Stage::kPassword}}.dump();
    const auto answer = first.perform(std::move(login));
    if (!answer || answer->status != 200) return base::fail("The sign-in for GET failed.");
    SHOWFLOOR_ASSIGN(const auto json, base::parse_json(answer->body, 64 * 1024));
    const auto cars = desk.engine->world().find<domain::Car>({.where = {}, .limit = 1});
    if (cars.empty()) return base::fail("There is no car to get.");
    const std::string url = stage.rest_url() + "/api/v1/cars/" + cars[0].id.to_string();
    const std::string bearer = "Bearer " + base::text_member(json, "access_token");
    constexpr int kConnections = 4;
    constexpr double kForMs = 4000;
    std::vector<std::vector<double>> times(kConnections);
    std::vector<std::thread> threads;
    for (auto& mine : times) {
        threads.emplace_back([&] {
            net::HttpClient client({stage.authority(), {}, {}});
            for (const double until = now_ms() + kForMs; now_ms() < until;) {
                net::ClientRequest request;
                request.url = url;
                request.headers["Authorization"] = bearer;
                const double begun = now_ms();
                const auto got = client.perform(std::move(request));
                if (!got || got->status != 200) return;
                mine.push_back(now_ms() - begun);
            }
        });
    }
    for (auto& thread : threads)
        thread.join();
    std::vector<double> all;
    for (const auto& mine : times)
        all.insert(all.end(), mine.begin(), mine.end());
    if (all.empty()) return base::fail("GET of a car failed.");
    tell({"GET one car: per second", static_cast<double>(all.size()) / kForMs * 1000, "1/s", 24'400,
          true, "4 connections, client on the same cores"});
    tell({"GET one car: p99", quantile(all, 0.99), "ms", 2, false, ""});
    return {};
}

double number_in(const std::string& path, const std::string& name) {
    std::ifstream in(path);
    for (std::string line; std::getline(in, line);) {
        if (line.starts_with(name)) return std::strtod(line.c_str() + name.size(), nullptr);
    }
    return 0;
}

double pss_mb(pid_t pid) {
    return number_in("/proc/" + std::to_string(pid) + "/smaps_rollup", "Pss:") / 1024;
}

// User and system time used so far, in seconds.
double cpu_s(pid_t pid) {
    std::ifstream in("/proc/" + std::to_string(pid) + "/stat");
    std::string text{std::istreambuf_iterator<char>(in), {}};
    std::istringstream rest(text.substr(std::min(text.size(), text.rfind(')') + 2)));
    std::string word;
    double ticks = 0;
    for (int field = 3; field <= 15 && (rest >> word); ++field) {
        if (field == 14 || field == 15) ticks += std::strtod(word.c_str(), nullptr);
    }
    return ticks / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

base::Result<void> measure_window(const terminal::DataFolder& folder, Stage& stage,
                                  const Tell& tell) {
    tell({"central: memory after all that", pss_mb(stage.server().pid()), "MB", 200, false, "PSS"});
    Program kiosk;
    SHOWFLOOR_TRY(kiosk.start("showfloor-terminal",
                              {"run", "--data", folder.path, "--windowed", "1920x1080"}));
    constexpr int kSettleMs = 15'000, kStaticMs = 10'000;
    ::poll(nullptr, 0, kSettleMs);
    if (!kiosk.running()) return base::fail("The kiosk does not run here; is there a display?");
    const double before = cpu_s(kiosk.pid());
    ::poll(nullptr, 0, kStaticMs);
    tell({"idle CPU, static screen", (cpu_s(kiosk.pid()) - before) / kStaticMs * 1000 * 100, "%",
          0.05, false, "of a core over 10 s"});
    tell({"memory with all cars on screen", pss_mb(kiosk.pid()), "MB", 158, false,
          "PSS; goal: a third of Chromium's 475"});
    return {};
}

}  // namespace

base::Result<void> measure(const Size& size, const Tell& tell) {
    double begun = now_ms();
    SHOWFLOOR_ASSIGN(const auto stage, Stage::make(size.cars));
    tell({"import: cars per second", size.cars / (now_ms() - begun) * 1000, "rows/s", 0, true,
          "as commands, with history and feed"});
    SHOWFLOOR_ASSIGN(const auto folder, stage->enrol("second"));
    {
        Desk desk;
        SHOWFLOOR_TRY(measure_fill(*stage, size.cars, desk, folder, tell));
        SHOWFLOOR_TRY(measure_sales(desk, size.sales, tell));
        SHOWFLOOR_TRY(measure_idle_pull(desk, *stage, folder, tell));
        SHOWFLOOR_TRY(measure_get(desk, *stage, tell));
    }
    if (!size.window) return {};
    return measure_window(folder, *stage, tell);
}

}  // namespace showfloor::bench
