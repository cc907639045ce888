#include "net/curl_start.hpp"

#include <curl/curl.h>

#include "base/check.hpp"

namespace showfloor::net {

void start_curl() {
    static const CURLcode started = curl_global_init(CURL_GLOBAL_DEFAULT);
    SHOWFLOOR_CHECK(started == CURLE_OK, "libcurl did not start");
}

}  // namespace showfloor::net
