#pragma once
// Sealer: the port through which a terminal's tables hide what says who somebody is. sync binds it
// to AES-256-GCM and HMAC-SHA-256 under the terminal's own keys; central binds one to the key of a
// snapshot in transfer. Thread contract: callable from any thread (implementations hold no state
// but their keys).

#include <span>
#include <string>
#include <string_view>

#include "base/encoding.hpp"
#include "base/result.hpp"

namespace showfloor::storage {

class Sealer {
   public:
    virtual ~Sealer() = default;
    Sealer() = default;
    Sealer(const Sealer&) = delete;
    Sealer& operator=(const Sealer&) = delete;

    // `table` and `id` are bound in, so that a sealed value opens nowhere else.
    [[nodiscard]] virtual base::Result<base::Bytes> seal(std::string_view table,
                                                         std::string_view id,
                                                         std::string_view plaintext) const = 0;
    // kDamaged when it was sealed for another place, by another key, or a bit differs.
    [[nodiscard]] virtual base::Result<std::string> open(
        std::string_view table, std::string_view id,
        std::span<const std::uint8_t> sealed) const = 0;
    // Equal values of one field ("customer.phone") give equal keys and nothing else does.
    [[nodiscard]] virtual base::Result<base::Bytes> lookup_key(std::string_view field,
                                                               std::string_view value) const = 0;
};

}  // namespace showfloor::storage
