#include "network.hpp"

namespace showfloor::testing {

namespace {

constexpr std::int64_t kTimeoutMs = 5000;  // shorter than the real one: seeds stay short

}  // namespace

void Network::Call::end(std::variant<sync::Reply, sync::Failure> result) {
    if (std::exchange(done, true)) return;
    if (const auto to = ended.lock()) to->push_back({ticket, std::move(result)});
}

std::int64_t Network::delay() {
    return static_cast<std::int64_t>(random_.below(faults.most_delay_ms + 1));
}

void Network::at(std::int64_t time, std::function<void()> what) {
    due_.emplace(std::pair(time, ++order_), std::move(what));
}

void Network::run_until(std::int64_t now) {
    while (!due_.empty() && due_.begin()->first.first <= now) {
        now_ = due_.begin()->first.first;
        const auto what = std::move(due_.begin()->second);
        due_.erase(due_.begin());
        what();
    }
    now_ = now;
}

void Network::send(std::shared_ptr<const crypto::Certificate> who, sync::Request request,
                   std::shared_ptr<Call> call) {
    const bool answer_lost = happens(faults.lost_percent);
    at(now_ + delay(), [this, who = std::move(who), request = std::move(request),
                        call = std::move(call), answer_lost]() mutable {
        ++delivered_;
        // The file belongs to the process that asked and still waits for it.
        if (call->ended.expired() || call->done || answer_lost) request.to_file.clear();
        sync::Reply reply = central_.handle(*who, request);
        if (answer_lost) return;
        at(now_ + delay(), [reply = std::move(reply), call] { call->end(reply); });
    });
}

sync::Ticket Network::Line::start(sync::Request request) {
    const auto call = std::make_shared<Call>();
    call->ended = ended_;
    call->ticket = ++last_;
    if (cut) {
        call->end(sync::Failure{sync::Failure::Code::kNoNetwork, {}});
        return last_;
    }
    network_.at(network_.now_ + kTimeoutMs, [call] {
        call->end(sync::Failure{sync::Failure::Code::kTimeout, {}});
    });
    if (network_.happens(network_.faults.lost_percent)) return last_;
    const bool to_file = !request.to_file.empty();
    if (!to_file && network_.happens(network_.faults.doubled_percent)) {
        network_.send(who_.certificate, request, call);
    }
    network_.send(who_.certificate, std::move(request), call);
    return last_;
}

void Network::Line::cancel(sync::Ticket ticket) {
    std::erase_if(*ended_, [ticket](const auto& ended) { return ended.ticket == ticket; });
}

}  // namespace showfloor::testing
