#pragma once
// HttpClient: HTTPS to one's own central, many requests at once without threads. Trusts the CA it
// was given and no other, checks the host's name and the dates, keeps connections open.
// Thread contract: belongs to one thread; wake() alone may be called from any other.

#include <cstddef>
#include <functional>
#include <memory>
#include <string>

#include "base/result.hpp"
#include "net/http.hpp"
#include "net/limits.hpp"

namespace showfloor::net {

struct ClientTls {
    std::string ca_pem;           // the only authority that is believed
    std::string certificate_pem;  // ours, for the sync port; both empty elsewhere
    std::string key_pem;
};

struct ClientRequest {
    std::string method = "GET";
    std::string url;  // https://host:port/path?query
    Headers headers;
    std::string body;
    int timeout_ms = 30'000;         // for all of it
    int connect_timeout_ms = 5'000;  // TCP and TLS
    std::size_t max_answer_bytes = kMaxAnswerBytes;
    // Not empty: a 200 or 206 answer goes into this file instead of memory, and what is in the file
    // already is not asked for again (Range). `resume_etag`, when known, makes sure that both parts
    // are of the same thing. The file stays as it is on failure, to be resumed.
    std::string output_file;
    std::string resume_etag;
};

// Failures carry one of these codes; an answer with status 400 or above is no failure here.
//   no_network, name_not_found, refused_connection, timeout, tls_identity (another CA, another
//   name), certificate_expired (central's or ours), client_certificate_refused, bad_answer (broken
//   off, no HTTP, no TLS), too_large; disk_full for output_file; busy when 64 are under way.
class HttpClient {
   public:
    using Done = std::function<void(base::Result<HttpResponse>)>;

    explicit HttpClient(ClientTls tls);
    ~HttpClient();  // what is under way ends without its callback
    HttpClient(const HttpClient&) = delete;
    HttpClient& operator=(const HttpClient&) = delete;

    // Starts it; `done` is called once, from poll() or perform(), never from here.
    base::Result<void> submit(ClientRequest request, Done done);
    // Works on everything under way, waits at most `max_wait_ms` for something to happen, and calls
    // back what ended. The number of callbacks made.
    int poll(int max_wait_ms);
    // Ends a waiting poll() at once. Any thread.
    void wake();
    [[nodiscard]] std::size_t under_way() const;

    // Waits for one answer; callbacks of other requests may run meanwhile.
    base::Result<HttpResponse> perform(ClientRequest request);

   private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

// For enrolment alone: the CA certificate (PEM, at most 64 KB) from somebody who has not proved who
// he is. Worthless until its fingerprint was compared with the one a person typed.
base::Result<std::string> fetch_ca_unverified(const std::string& url);

}  // namespace showfloor::net
