#include "net/suites.hpp"

#include <mbedtls/ssl.h>

#include <algorithm>
#include <string_view>
#include <vector>

namespace showfloor::net {

namespace {

bool has_aes_instructions() {
#if defined(__x86_64__)
    return __builtin_cpu_supports("aes") != 0 && __builtin_cpu_supports("pclmul") != 0;
#else
    return false;
#endif
}

std::vector<int> ordered() {
    std::vector<int> suites;
    for (const int* suite = mbedtls_ssl_list_ciphersuites(); *suite != 0; ++suite)
        suites.push_back(*suite);
    if (has_aes_instructions()) {
        std::stable_partition(suites.begin(), suites.end(), [](int suite) {
            const char* name = mbedtls_ssl_get_ciphersuite_name(suite);
            return std::string_view(name).find("GCM") != std::string_view::npos;
        });
    }
    suites.push_back(0);
    return suites;
}

}  // namespace

const int* cipher_suites() {
    static const std::vector<int> suites = ordered();
    return suites.data();
}

}  // namespace showfloor::net
