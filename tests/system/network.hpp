#pragma once
// Network: what lies between simulated terminals and central: delays, loss of requests and of
// answers, doubled and reordered requests, partitions. Each terminal's life has a line of its own;
// a terminal that is killed loses its line, what it had sent may still arrive.
// Thread contract: one test thread.

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <utility>
#include <variant>
#include <vector>

#include "base/random.hpp"
#include "dealership.hpp"
#include "sync/exchange.hpp"

namespace showfloor::testing {

class Network {
   public:
    struct Faults {
        std::uint64_t lost_percent = 0;     // of requests, and again of answers
        std::uint64_t doubled_percent = 0;  // of requests
        std::uint64_t most_delay_ms = 0;    // of each way
    };

    Network(Dealership& central, std::uint64_t seed) : central_(central), random_(seed) {}

    Faults faults;

    // A terminal's way to central; lives as long as the terminal's process.
    class Line final : public sync::Exchange {
       public:
        Line(Network& network, const Enrolled& who) : network_(network), who_(who) {}
        sync::Ticket start(sync::Request request) override;
        std::vector<sync::Completion> poll() override { return std::exchange(*ended_, {}); }
        void cancel(sync::Ticket ticket) override;
        bool cut = false;  // no network

       private:
        Network& network_;
        const Enrolled& who_;
        std::shared_ptr<std::vector<sync::Completion>> ended_ =
            std::make_shared<std::vector<sync::Completion>>();
        sync::Ticket last_ = 0;
    };

    // Lets everything happen that is due by then.
    void run_until(std::int64_t now);
    [[nodiscard]] std::int64_t now() const { return now_; }
    [[nodiscard]] std::int64_t delivered() const { return delivered_; }

   private:
    // One request and what becomes of it; the first answer counts, late ones are nobody's.
    struct Call {
        std::weak_ptr<std::vector<sync::Completion>> ended;
        sync::Ticket ticket = 0;
        bool done = false;
        void end(std::variant<sync::Reply, sync::Failure> result);
    };
    [[nodiscard]] std::int64_t delay();
    [[nodiscard]] bool happens(std::uint64_t percent) { return random_.below(100) < percent; }
    void at(std::int64_t time, std::function<void()> what);
    void send(std::shared_ptr<const crypto::Certificate> who, sync::Request request,
              std::shared_ptr<Call> call);

    Dealership& central_;
    base::SeededRandom random_;
    std::int64_t now_ = 0;
    std::int64_t order_ = 0;
    std::int64_t delivered_ = 0;
    std::map<std::pair<std::int64_t, std::int64_t>, std::function<void()>> due_;
};

}  // namespace showfloor::testing
