#include "protocol/sealing.hpp"

#include "crypto/hash.hpp"

namespace showfloor::protocol {

namespace {

std::string place(std::string_view table, std::string_view id) {
    std::string text(table);
    text += '\n';
    text += id;
    return text;
}

}  // namespace

base::Result<base::Bytes> seal_value(const crypto::Key256& key, std::string_view table,
                                     std::string_view id, std::string_view plaintext,
                                     base::Random& random) {
    return crypto::seal(key, base::as_bytes(plaintext), base::as_bytes(place(table, id)), random);
}

base::Result<std::string> open_value(const crypto::Key256& key, std::string_view table,
                                     std::string_view id, std::span<const std::uint8_t> sealed) {
    SHOWFLOOR_ASSIGN(const base::Bytes plain,
                     crypto::open(key, sealed, base::as_bytes(place(table, id))));
    return base::as_text(plain);
}

base::Bytes lookup_key(const crypto::Key256& key, std::string_view field, std::string_view value) {
    const crypto::Sha256 mac =
        crypto::hmac_sha256(key.bytes(), base::as_bytes(place(field, value)));
    return {mac.begin(), mac.end()};
}

}  // namespace showfloor::protocol
