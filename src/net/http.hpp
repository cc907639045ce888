#pragma once
// Requests and answers as plain values, the same for server, client and tests without a network.
// Thread contract: plain values.

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/x509.hpp"

namespace showfloor::net {

// Header names compare without case.
struct HeaderLess {
    using is_transparent = void;
    bool operator()(std::string_view a, std::string_view b) const;
};
using Headers = std::map<std::string, std::string, HeaderLess>;

// The value, or empty when the header is not there.
[[nodiscard]] std::string_view header(const Headers& headers, std::string_view name);

// One part of a multipart/form-data body.
struct FormPart {
    std::string name;
    std::string file_name;
    std::string content_type;
    std::string content;
};

struct HttpRequest {
    std::string method;  // upper case
    std::string path;    // decoded, without the query
    std::map<std::string, std::string> query;
    Headers headers;
    std::string body;            // decompressed; empty for multipart, see `form`
    std::vector<FormPart> form;  // of multipart/form-data
    std::string peer;            // the other side's address
    // The client's certificate: verified against our CA, its dates not. Null when it showed none:
    // such a request is never a terminal's.
    std::shared_ptr<const crypto::Certificate> peer_certificate;
    // False when the dates did not hold at the handshake: it may renew and nothing else.
    bool peer_certificate_in_date = false;
};

struct HttpResponse {
    int status = 200;
    Headers headers;
    std::string body;
    // When not empty: the answer is this file, sent in pieces, with Range and If-Range (against the
    // ETag header). It must not shrink meanwhile: replace it by rename. `body` is then ignored.
    std::string file;
};

using Handler = std::function<HttpResponse(const HttpRequest&)>;

// {"type","title","status","code","detail"} as application/problem+json (RFC 9457).
[[nodiscard]] HttpResponse problem(int status, std::string_view code, std::string_view detail);

}  // namespace showfloor::net
