#include "crypto/password.hpp"

#include <argon2.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "base/check.hpp"
#include "crypto/limits.hpp"

namespace showfloor::crypto {

namespace {

constexpr std::size_t kSalt = 16;
constexpr std::size_t kHash = 32;

struct Cost {
    std::uint32_t memory_kib = 0;
    std::uint32_t passes = 0;
    std::uint32_t lanes = 0;

    [[nodiscard]] bool within_limits() const {
        return memory_kib >= 8 * lanes && memory_kib <= kMaxArgonMemoryKib && passes >= 1 &&
               passes <= kMaxArgonPasses && lanes >= 1 && lanes <= kMaxArgonLanes;
    }
};

// Takes "name=number" and the separator after it off `text`.
std::optional<std::uint32_t> take_number(std::string_view& text, std::string_view name, char end) {
    if (!text.starts_with(name)) return std::nullopt;
    text.remove_prefix(name.size());
    std::uint32_t value = 0;
    const auto [stop, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (problem != std::errc{} || stop == text.data() + text.size() || *stop != end)
        return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(stop - text.data()) + 1);
    return value;
}

std::optional<Cost> cost_of(std::string_view phc) {
    if (phc.size() > kMaxPasswordHashText || !phc.starts_with("$argon2id$v=19$"))
        return std::nullopt;
    phc.remove_prefix(std::string_view("$argon2id$v=19$").size());
    const auto memory = take_number(phc, "m=", ',');
    const auto passes = memory ? take_number(phc, "t=", ',') : std::nullopt;
    const auto lanes = passes ? take_number(phc, "p=", '$') : std::nullopt;
    if (!lanes) return std::nullopt;
    const Cost cost{*memory, *passes, *lanes};
    return cost.within_limits() ? std::optional(cost) : std::nullopt;
}

base::Result<void> check_length(std::string_view password) {
    if (password.size() <= kMaxPasswordBytes) return {};
    return base::fail(base::ErrorKind::kTooLarge,
                      "A password has at most 1,024 bytes; choose a shorter one.", {}, "password");
}

base::Result<Key256> key_from(std::string_view password, std::span<const std::uint8_t> salt,
                              const Cost& cost) {
    Key256 key;
    const int problem = argon2id_hash_raw(cost.passes, cost.memory_kib, cost.lanes, password.data(),
                                          password.size(), salt.data(), salt.size(),
                                          key.writable().data(), key.writable().size());
    if (problem != ARGON2_OK) {
        return base::fail("The password could not be worked on (" +
                          std::string(argon2_error_message(problem)) +
                          "); free some memory and try again.");
    }
    return key;
}

std::string grouped(base::Random& random, std::string_view letters, int groups) {
    std::string text;
    for (int g = 0; g < groups; ++g) {
        if (g > 0) text += '-';
        for (int i = 0; i < 5; ++i)
            text += letters[random.below(letters.size())];
    }
    return text;
}

}  // namespace

base::Result<std::string> hash_password(std::string_view password, base::Random& random) {
    SHOWFLOOR_TRY(check_length(password));
    std::array<std::uint8_t, kSalt> salt{};
    random.fill(salt);
    std::array<char, kMaxPasswordHashText> text{};
    const int problem = argon2id_hash_encoded(kArgonPasses, kArgonMemoryKib, kArgonLanes,
                                              password.data(), password.size(), salt.data(),
                                              salt.size(), kHash, text.data(), text.size());
    if (problem != ARGON2_OK) {
        return base::fail("The password could not be hashed (" +
                          std::string(argon2_error_message(problem)) +
                          "); free some memory and try again.");
    }
    return std::string(text.data());
}

bool verify_password(std::string_view password, std::string_view phc) {
    if (password.size() > kMaxPasswordBytes || !cost_of(phc)) return false;
    return argon2id_verify(std::string(phc).c_str(), password.data(), password.size()) == ARGON2_OK;
}

bool needs_rehash(std::string_view phc) {
    const auto cost = cost_of(phc);
    return !cost || cost->memory_kib < kArgonMemoryKib || cost->passes < kArgonPasses;
}

// Layout: version (1) | memory KiB (4, big-endian) | passes (1) | lanes (1) | salt (16) | sealed.
// The head is authenticated with the rest: it stands in front of the caller's aad.
base::Result<base::Bytes> seal_with_password(std::string_view password,
                                             std::span<const std::uint8_t> plaintext,
                                             std::span<const std::uint8_t> aad,
                                             base::Random& random) {
    SHOWFLOOR_TRY(check_length(password));
    base::Bytes head = {1,
                        static_cast<std::uint8_t>(kArgonMemoryKib >> 24),
                        static_cast<std::uint8_t>((kArgonMemoryKib >> 16) & 255),
                        static_cast<std::uint8_t>((kArgonMemoryKib >> 8) & 255),
                        static_cast<std::uint8_t>(kArgonMemoryKib & 255),
                        static_cast<std::uint8_t>(kArgonPasses),
                        static_cast<std::uint8_t>(kArgonLanes)};
    head.resize(head.size() + kSalt);
    const std::span<std::uint8_t> salt = std::span(head).last(kSalt);
    random.fill(salt);
    SHOWFLOOR_ASSIGN(const Key256 key,
                     key_from(password, salt, {kArgonMemoryKib, kArgonPasses, kArgonLanes}));
    base::Bytes bound = head;
    bound.insert(bound.end(), aad.begin(), aad.end());
    SHOWFLOOR_ASSIGN(const base::Bytes sealed, seal(key, plaintext, bound, random));
    head.insert(head.end(), sealed.begin(), sealed.end());
    return head;
}

base::Result<base::Bytes> open_with_password(std::string_view password,
                                             std::span<const std::uint8_t> sealed,
                                             std::span<const std::uint8_t> aad) {
    constexpr std::size_t kHead = 7 + kSalt;
    SHOWFLOOR_TRY(check_length(password));
    const auto damaged = [] {
        return base::fail(base::ErrorKind::kDamaged, "This is no value sealed with a password.");
    };
    if (sealed.size() < kHead || sealed[0] != 1) return damaged();
    Cost cost;
    for (std::size_t i = 1; i <= 4; ++i)
        cost.memory_kib = (cost.memory_kib << 8) | sealed[i];
    cost.passes = sealed[5];
    cost.lanes = sealed[6];
    if (!cost.within_limits()) return damaged();
    SHOWFLOOR_ASSIGN(const Key256 key, key_from(password, sealed.subspan(7, kSalt), cost));
    base::Bytes bound(sealed.begin(), sealed.begin() + kHead);
    bound.insert(bound.end(), aad.begin(), aad.end());
    auto opened = open(key, sealed.subspan(kHead), bound);
    if (!opened) {
        return base::fail(base::ErrorKind::kRefused, "The password is not right; try again.",
                          "wrong_password", "password");
    }
    return opened;
}

std::string random_password(base::Random& random) {
    return grouped(random, "abcdefghjkmnpqrstuvwxyz23456789", 3);
}

std::string random_code(base::Random& random) {
    return grouped(random, "ABCDEFGHJKMNPQRSTUVWXYZ23456789", 2);
}

}  // namespace showfloor::crypto
