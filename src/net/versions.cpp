#include "net/versions.hpp"

#include <curl/curl.h>
#include <mbedtls/version.h>

namespace showfloor::net {

std::string library_versions() {
    const curl_version_info_data* curl = curl_version_info(CURLVERSION_NOW);
    char mbedtls[16] = "";
    mbedtls_version_get_string(mbedtls);
    const std::string tls = curl->ssl_version != nullptr ? curl->ssl_version : "no TLS";
    return "curl " + std::string(curl->version) + " (" + tls + "), mbedTLS " + mbedtls;
}

}  // namespace showfloor::net
