#include <algorithm>
#include <thread>

#include "base/json.hpp"
#include "domain/records.hpp"
#include "tools/bench/meter.hpp"
#include "tools/bench/sections.hpp"

namespace showfloor::bench {

namespace {

using Kind = Figure::Kind;

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
    tell({"anything new: p50", quantile(times, 0.5), "ms", 1.5, Kind::kAtMost});
    tell({"anything new: bytes", static_cast<double>(bytes), "bytes", 300, Kind::kAtMost, "body"});
    return {};
}

// GET of one car with a token, on connections that stay open.
base::Result<void> measure_get(Desk& desk, Stage& stage, const Tell& tell) {
    SHOWFLOOR_ASSIGN(const std::string bearer, bearer_of_admin(stage));
    const auto cars = desk.engine->world().find<domain::Car>({.where = {}, .limit = 1});
    if (cars.empty()) return base::fail("There is no car to get.");
    const std::string url = stage.rest_url() + "/api/v1/cars/" + cars[0].id.to_string();
    constexpr int kConnections = 4;
    constexpr double kForMs = 4000;
    std::vector<std::vector<double>> times(kConnections);
    std::vector<std::thread> threads;
    const Meter meter(stage.server().pid());
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
    const auto count = static_cast<double>(all.size());
    tell({"GET one car: per second", count / kForMs * 1000, "1/s", 24'400, Kind::kAtLeast,
          "4 connections, client on the same cores; " + meter.cpu()});
    tell({"GET one car: p99", quantile(all, 0.99), "ms", 2, Kind::kAtMost});
    tell({"GET one car: central's CPU", meter.other_ms() * 1000 / count, "us", 0, Kind::kTold,
          "a request; the generator costs " +
              std::to_string(static_cast<int>(meter.own_ms() * 1000 / count)) + " us"});
    return {};
}

}  // namespace

base::Result<std::string> bearer_of_admin(Stage& stage) {
    net::HttpClient client({stage.authority(), {}, {}});
    net::ClientRequest login;
    login.method = "POST";
    login.url = stage.rest_url() + "/api/v1/auth/login";
    login.headers["Content-Type"] = "application/json";
    login.body = base::Json{{"login", Stage::kAdmin}, {"password", Stage::kPassword}}.dump();
    const auto answer = client.perform(std::move(login));
    if (!answer || answer->status != 200) return base::fail("The admin's sign-in failed.");
    SHOWFLOOR_ASSIGN(const auto json, base::parse_json(answer->body, 64 * 1024));
    return "Bearer " + base::text_member(json, "access_token");
}

base::Result<void> measure_requests(Stage& stage, Desk& desk, const terminal::DataFolder& folder,
                                    const Tell& tell) {
    SHOWFLOOR_TRY(measure_idle_pull(desk, stage, folder, tell));
    return measure_get(desk, stage, tell);
}

}  // namespace showfloor::bench
