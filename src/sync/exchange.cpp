#include "sync/exchange.hpp"

#include <algorithm>
#include <cctype>

namespace showfloor::sync {

namespace {

char lower(char c) {
    return static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
}

}  // namespace

std::string Reply::header(std::string_view name) const {
    for (const auto& [key, value] : headers) {
        if (std::equal(key.begin(), key.end(), name.begin(), name.end(),
                       [](char a, char b) { return lower(a) == lower(b); })) {
            return value;
        }
    }
    return {};
}

std::string_view name_of(Failure::Code code) {
    switch (code) {
        case Failure::Code::kNoNetwork:
            return "no_network";
        case Failure::Code::kNameNotFound:
            return "name_not_found";
        case Failure::Code::kRefusedConnection:
            return "refused_connection";
        case Failure::Code::kTimeout:
            return "timeout";
        case Failure::Code::kTlsIdentity:
            return "tls_identity";
        case Failure::Code::kCertificateExpired:
            return "certificate_expired";
        case Failure::Code::kClientCertificateRefused:
            return "client_certificate_refused";
        case Failure::Code::kBadAnswer:
            return "bad_answer";
        case Failure::Code::kDiskFull:
            return "disk_full";
    }
    return "no_network";
}

}  // namespace showfloor::sync
