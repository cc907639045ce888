#pragma once
// SyncApi: the port terminals speak to, as a function from request to answer: no socket needed.
//
//   POST /sync/v1/push        PushRequest -> PushReply: 200; 409 when its status is gap or fork;
//                             422 problem "bad_chain" / "bad_signature"; 503 when busy or disk full
//   GET  /sync/v1/pull        ?cursor=C&limit=N -> PullReply; 410 problem "cursor_gone" ->
//   snapshot.
//                             A terminal whose epoch is not ours sends its own in X-Showfloor-Epoch
//                             and gets the 410 too
//   GET  /sync/v1/snapshot    application/gzip (no Content-Encoding), Range, headers of
//   messages.hpp GET  /sync/v1/blobs/{sha256}   public ones, and private ones of the terminal's
//   branch; Range PUT  /sync/v1/blobs/{sha256}   201, 200 when it was there; 422 problem
//   "blob_mismatch" POST /sync/v1/leases      {"car", "minutes"} -> {"expires_at"}; 409 problem
//   "car_leased"
//
// The terminal is who HttpRequest::peer_certificate says: without one, with one out of date,
// unknown or revoked: 401 problem. Every answer carries epoch and protocol version. Thread
// contract: handle() from any number of threads at once.

#include <map>
#include <mutex>

#include "base/clock.hpp"
#include "base/result.hpp"
#include "central/command_processor.hpp"
#include "central/snapshots.hpp"
#include "domain/records.hpp"
#include "net/http.hpp"

namespace showfloor::central {

class SyncApi {
   public:
    // Borrowed, all of them.
    SyncApi(CommandProcessor& processor, const base::Clock& clock)
        : processor_(processor), clock_(clock), snapshots_(processor.store(), processor.random()) {}

    [[nodiscard]] net::HttpResponse handle(const net::HttpRequest& request);

    // Writes down when each terminal was last heard. Called once a minute and before the end.
    base::Result<void> flush_contacts();

   private:
    net::HttpResponse answer(const net::HttpRequest& request);
    net::HttpResponse push(const domain::Terminal& terminal, const net::HttpRequest& request);
    net::HttpResponse pull(const domain::Terminal& terminal, const net::HttpRequest& request);
    net::HttpResponse snapshot(const domain::Terminal& terminal);
    net::HttpResponse get_blob(const domain::Terminal& terminal, std::string_view sha256);
    net::HttpResponse put_blob(const domain::Terminal& terminal, std::string_view sha256,
                               const net::HttpRequest& request);
    net::HttpResponse lease(const domain::Terminal& terminal, const net::HttpRequest& request);

    CommandProcessor& processor_;
    const base::Clock& clock_;
    Snapshots snapshots_;
    std::mutex contacts_mutex_;
    std::map<base::Uuid, base::UtcMs> contacts_;
};

}  // namespace showfloor::central
