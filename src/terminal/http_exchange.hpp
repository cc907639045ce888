#pragma once
// HttpExchange: sync's port to central bound to HTTPS. Two of them share one HttpClient: the sync
// port (our certificate is shown) and the REST port. Thread contract: the engine's thread.

#include <memory>
#include <string>
#include <unordered_set>
#include <vector>

#include "net/http_client.hpp"
#include "sync/exchange.hpp"

namespace showfloor::terminal {

class HttpExchange final : public sync::Exchange {
   public:
    // `base_url`: https://HOST:PORT, without a slash at the end.
    HttpExchange(std::string base_url, std::shared_ptr<net::HttpClient> client)
        : base_url_(std::move(base_url)),
          client_(std::move(client)),
          ended_(std::make_shared<std::vector<sync::Completion>>()) {}

    sync::Ticket start(sync::Request request) override;
    std::vector<sync::Completion> poll() override;
    void cancel(sync::Ticket ticket) override;

   private:
    std::string base_url_;
    std::shared_ptr<net::HttpClient> client_;
    // Shared with callbacks: the client may outlive this object.
    std::shared_ptr<std::vector<sync::Completion>> ended_;
    std::unordered_set<sync::Ticket> cancelled_;
    sync::Ticket last_ = 0;
};

}  // namespace showfloor::terminal
