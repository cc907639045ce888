#pragma once
// How crypto and net hold mbedTLS's C values. Included by .cpp files alone, so that nothing of
// mbedTLS shows in our headers. Thread contract: each value belongs to one thread.

#include <mbedtls/ecp.h>
#include <mbedtls/error.h>
#include <mbedtls/pk.h>
#include <mbedtls/x509_crt.h>
#include <mbedtls/x509_csr.h>

#include <string>

#include "base/random.hpp"
#include "crypto/ec.hpp"

namespace showfloor::crypto {

// Owns one mbedTLS struct between its init and its free.
template <typename T, void (*kInit)(T*), void (*kFree)(T*)>
class Held {
   public:
    Held() { kInit(&value_); }
    ~Held() { kFree(&value_); }
    Held(const Held&) = delete;
    Held& operator=(const Held&) = delete;
    T* get() { return &value_; }
    const T* get() const { return &value_; }
    T* operator->() { return &value_; }
    const T* operator->() const { return &value_; }

   private:
    T value_;
};

using HeldPk = Held<mbedtls_pk_context, mbedtls_pk_init, mbedtls_pk_free>;
using HeldCrt = Held<mbedtls_x509_crt, mbedtls_x509_crt_init, mbedtls_x509_crt_free>;

// The shape mbedTLS wants for randomness; `random` is a base::Random*.
inline int fill_random(void* random, unsigned char* out, std::size_t size) {
    static_cast<base::Random*>(random)->fill({out, size});
    return 0;
}

// "(-0x2562) X509 - ..." for the end of a sentence.
inline std::string reason_of(int code) {
    char text[160] = {};
    mbedtls_strerror(code, text, sizeof text);
    return text;
}

void fill_pk(mbedtls_pk_context* out, const PrivateKey& key);
void fill_pk(mbedtls_pk_context* out, const PublicKey& key);

// The P-256 point of `pk`; kInvalid for any other kind of key.
base::Result<PublicKey> public_key_of(const mbedtls_pk_context& pk);

}  // namespace showfloor::crypto
