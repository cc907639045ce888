#include "sync/sealer.hpp"

#include "protocol/sealing.hpp"

namespace showfloor::sync {

// A snapshot's key seals directly; looked-up fields get their keys on arrival, under this
// terminal's own key, so both keys here come of one without central knowing the second.
KeySealer::KeySealer(const crypto::Key256& key, base::Random& random)
    : seal_key_(key),
      lookup_key_(crypto::derive_key(key.bytes(), {}, "showfloor lookup")),
      random_(random) {}

base::Result<base::Bytes> KeySealer::seal(std::string_view table, std::string_view id,
                                          std::string_view plaintext) const {
    return protocol::seal_value(seal_key_, table, id, plaintext, random_);
}

base::Result<std::string> KeySealer::open(std::string_view table, std::string_view id,
                                          std::span<const std::uint8_t> sealed) const {
    return protocol::open_value(seal_key_, table, id, sealed);
}

base::Result<base::Bytes> KeySealer::lookup_key(std::string_view field,
                                                std::string_view value) const {
    return protocol::lookup_key(lookup_key_, field, value);
}

}  // namespace showfloor::sync
