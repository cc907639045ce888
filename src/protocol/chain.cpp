// The hash chain over a terminal's commands and what its key signs.
#include "base/encoding.hpp"
#include "crypto/hash.hpp"
#include "protocol/messages.hpp"

namespace showfloor::protocol {

std::string chain_hash(std::string_view previous_hash, std::int64_t seq,
                       const std::vector<domain::Number>& numbers, std::string_view body) {
    crypto::Sha256Stream stream;
    const auto add = [&stream](std::string_view text) { stream.update(base::as_bytes(text)); };
    add(previous_hash);
    add("\n");
    add(std::to_string(seq));
    add("\n");
    add(base::dump_json(numbers_to_json(numbers)));
    add("\n");
    add(body);
    return base::to_hex(stream.finish());
}

std::string chain_start(const base::Uuid& terminal_id) {
    return base::to_hex(crypto::sha256(terminal_id.to_string()));
}

// The words in front keep a signature of one kind from ever passing as another.
std::string push_to_sign(const base::Uuid& terminal_id, std::string_view head_hash) {
    return "showfloor push\n" + terminal_id.to_string() + "\n" + std::string(head_hash);
}

std::string renew_to_sign(const base::Uuid& terminal_id, base::UtcMs at, std::string_view csr) {
    return "showfloor renew\n" + terminal_id.to_string() + "\n" + std::to_string(at) + "\n" +
           std::string(csr);
}

}  // namespace showfloor::protocol
