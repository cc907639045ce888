#include "crypto/crypto.hpp"

#include <psa/crypto.h>

namespace showfloor::crypto {

base::Result<void> initialise() {
    static const psa_status_t status = psa_crypto_init();  // once, whoever comes first
    if (status == PSA_SUCCESS) return {};
    return base::fail("The cryptographic library did not start (" + std::to_string(status) +
                      "); check that the machine has a source of randomness.");
}

}  // namespace showfloor::crypto
