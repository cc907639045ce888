#include "net/http.hpp"

#include <algorithm>

#include "base/json.hpp"

namespace showfloor::net {

namespace {

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

std::string_view title_of(int status) {
    switch (status) {
        case 400:
            return "Bad request";
        case 401:
            return "Sign in first";
        case 403:
            return "Not allowed";
        case 404:
            return "Not found";
        case 408:
            return "Too slow";
        case 409:
            return "Conflict";
        case 412:
            return "Changed meanwhile";
        case 413:
            return "Too large";
        case 414:
            return "Address too long";
        case 415:
            return "Unsupported kind of content";
        case 416:
            return "Range not satisfiable";
        case 422:
            return "Refused by a rule";
        case 429:
            return "Too many requests";
        case 503:
            return "Not available now";
        default:
            return status >= 500 ? "Internal error" : "Request failed";
    }
}

}  // namespace

bool HeaderLess::operator()(std::string_view a, std::string_view b) const {
    return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end(),
                                        [](char x, char y) { return lower(x) < lower(y); });
}

std::string_view header(const Headers& headers, std::string_view name) {
    const auto found = headers.find(name);
    return found == headers.end() ? std::string_view{} : std::string_view(found->second);
}

HttpResponse problem(int status, std::string_view code, std::string_view detail) {
    HttpResponse response;
    response.status = status;
    response.headers["Content-Type"] = "application/problem+json";
    response.body = base::dump_json({{"type", "about:blank"},
                                     {"title", title_of(status)},
                                     {"status", status},
                                     {"code", code},
                                     {"detail", detail}});
    return response;
}

}  // namespace showfloor::net
