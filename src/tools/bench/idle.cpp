// Idle terminals: connections that stay open and ask as often as a terminal nobody touches. Each
// asks once over the time measured here and the figure is brought to that rate.

#include <poll.h>

#include <memory>
#include <vector>

#include "sync/limits.hpp"
#include "tools/bench/meter.hpp"
#include "tools/bench/sections.hpp"

namespace showfloor::bench {

base::Result<void> measure_idle(Stage& stage, Desk& desk, const terminal::DataFolder& folder,
                                int terminals, const Tell& tell) {
    SHOWFLOOR_ASSIGN(const std::string certificate, folder.certificate());
    SHOWFLOOR_ASSIGN(const auto key, folder.terminal_key());
    const net::ClientTls tls{stage.authority(), certificate, key.to_pem()};
    const std::string cursor = std::to_string(desk.engine->sync().status().cursor);
    const double memory = pss_mb(stage.server().pid());
    std::vector<std::unique_ptr<net::HttpClient>> clients;
    const auto ask = [&](net::HttpClient& client) {
        net::ClientRequest request;
        request.url = stage.sync_url() + "/sync/v1/pull?cursor=" + cursor + "&limit=1000";
        const auto answer = client.perform(std::move(request));
        return answer.ok() && answer->status == 200;
    };
    const double begun = now_ms();
    for (int i = 0; i < terminals; ++i) {
        clients.push_back(std::make_unique<net::HttpClient>(tls));
        // Central takes 64 connections of one address: what is beyond is reckoned from these.
        if (!ask(*clients.back())) {
            clients.pop_back();
            break;
        }
    }
    const double handshakes = now_ms() - begun;
    const auto open = static_cast<int>(clients.size());
    if (open == 0) return base::fail("Central takes no connection.");
    const Meter meter(stage.server().pid());
    for (const auto& client : clients) {
        if (!ask(*client)) return base::fail("A connection was not kept open.");
    }
    const double per_poll_ms = meter.other_ms() / open;
    const Meter resting(stage.server().pid());
    constexpr int kRestMs = 5'000;
    ::poll(nullptr, 0, kRestMs);
    const double rest = resting.other_ms() / kRestMs * 100;
    constexpr double kPollsPerSecond = 2'000 * 1000.0 / sync::kPullIdleMs;
    const std::string note = std::to_string(open) + " connections, opened in " +
                             std::to_string(static_cast<int>(handshakes)) + " ms; a poll costs " +
                             std::to_string(per_poll_ms) + " ms of CPU, resting " +
                             std::to_string(rest) + " % of a core";
    tell({"2,000 idle terminals: share of a core", rest + per_poll_ms * kPollsPerSecond / 10, "%",
          15, Figure::Kind::kAtMost, note});
    const double each = (pss_mb(stage.server().pid()) - memory) / open;
    tell({"2,000 idle terminals: central's memory", memory + each * 2'000, "MB", 200,
          Figure::Kind::kAtMost, std::to_string(each * 1024) + " kB a connection"});
    return {};
}

}  // namespace showfloor::bench
