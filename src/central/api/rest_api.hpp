#pragma once
// RestApi: the port people and programs speak to (protocol.md, "REST API"), as a function from
// request to answer: no socket needed. What it knows is one table, routes() in route.hpp.
//
// Every answer carries X-Request-Id; errors are problem details and never show a trace, SQL or a
// path of ours. Nothing is cached across principals: no-store, except public pictures and what
// nobody needs to sign in for.
// Thread contract: handle() from any number of threads at once; flush() too.

#include <atomic>
#include <string>

#include "base/clock.hpp"
#include "base/result.hpp"
#include "central/api/metrics.hpp"
#include "central/api/route.hpp"
#include "central/auth/accounts.hpp"
#include "central/auth/auth.hpp"
#include "central/auth/rate_limits.hpp"
#include "central/command_processor.hpp"
#include "central/enrolment.hpp"
#include "central/keys.hpp"
#include "central/search/central_search.hpp"
#include "net/http.hpp"

namespace showfloor::central {

class RestApi {
   public:
    // Borrowed, all of them.
    RestApi(CommandProcessor& processor, const Keys& keys, const base::Clock& clock);
    // Goes into the address new terminals are told; before the first request.
    void tell_sync_port(int port) { parts_.sync_port = port; }

    [[nodiscard]] net::HttpResponse handle(const net::HttpRequest& request);

    // Writes the counters down and forgets old sessions and answers. Called once a minute and
    // before the end.
    base::Result<void> flush();

   private:
    net::HttpResponse answer(const net::HttpRequest& request, Match& match,
                             std::optional<Principal>& principal);
    std::optional<net::HttpResponse> identify(const net::HttpRequest& request, const Route& route,
                                              std::optional<Principal>& principal);
    std::optional<net::HttpResponse> check_door(const Route& route,
                                                const std::optional<Principal>& principal);
    std::optional<net::HttpResponse> check_rate(const net::HttpRequest& request, const Route& route,
                                                const std::optional<Principal>& principal);

    RateLimits limits_;
    Auth auth_;
    Accounts accounts_;
    CentralSearch search_;
    Enrolment enrolment_;
    Metrics metrics_;
    ApiParts parts_;
    std::string boot_name_;  // request ids are this and a number
    std::atomic<std::uint64_t> requests_{0};
};

}  // namespace showfloor::central
