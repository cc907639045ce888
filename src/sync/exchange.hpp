#pragma once
// Exchange: the port through which sync reaches central: request bytes out, reply or failure in.
// The terminal binds it to net::HttpClient over mutual TLS; tests bind it to central's router in
// the same process with faults in between.
//
// Thread contract: the engine's thread. Nothing here blocks: start() returns at once, poll() hands
// over what has ended since the last call. Compression and redirects are the binding's business.

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace showfloor::sync {

struct Request {
    std::string method = "GET";
    std::string path;  // "/sync/v1/pull?cursor=7&limit=1000"
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;
    std::string to_file;  // not empty: the body of a 200 goes to this file (0600), not into memory
    std::int64_t timeout_ms = 0;  // of the whole exchange
    std::size_t most_bytes = 0;   // a longer answer is Failure::kBadAnswer
};

struct Reply {
    int status = 0;
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;

    // Empty when there is none; names compare without case.
    [[nodiscard]] std::string header(std::string_view name) const;
};

// Why there is no reply. The name (name_of) is the status' cause and the translation key.
struct Failure {
    enum class Code {
        kNoNetwork,
        kNameNotFound,
        kRefusedConnection,
        kTimeout,
        kTlsIdentity,
        kCertificateExpired,
        kClientCertificateRefused,
        kBadAnswer,
        kDiskFull,
    } code = Code::kNoNetwork;
    std::string sentence;  // for people; empty = the code's own
};
[[nodiscard]] std::string_view name_of(Failure::Code code);

using Ticket = std::uint64_t;

struct Completion {
    Ticket ticket = 0;
    std::variant<Reply, Failure> result;
};

class Exchange {
   public:
    virtual ~Exchange() = default;
    Exchange() = default;
    Exchange(const Exchange&) = delete;
    Exchange& operator=(const Exchange&) = delete;

    // Never fails here: what cannot be sent completes with a Failure. Tickets are never reused.
    virtual Ticket start(Request request) = 0;
    // What has ended, each ticket once.
    [[nodiscard]] virtual std::vector<Completion> poll() = 0;
    // Whatever comes of it is not handed over any more.
    virtual void cancel(Ticket ticket) = 0;
};

}  // namespace showfloor::sync
