#include "terminal/packed_rows.hpp"

#include <algorithm>
#include <cstring>
#include <functional>
#include <limits>
#include <utility>

#include "base/check.hpp"
#include "base/encoding.hpp"

namespace showfloor::terminal {

namespace {

enum Tag : char { kNull, kNumber, kShared, kId, kHash, kText };

constexpr std::size_t kIdBytes = 16, kHashBytes = 32;

void put_number(std::uint64_t number, std::string& out) {
    for (; number >= 0x80; number >>= 7U)
        out += static_cast<char>(number | 0x80U);
    out += static_cast<char>(number);
}

std::uint64_t take_number(const char*& at) {
    std::uint64_t number = 0;
    for (unsigned shift = 0;; shift += 7) {
        const auto byte = static_cast<std::uint8_t>(*at++);
        number |= static_cast<std::uint64_t>(byte & 0x7FU) << shift;
        if (byte < 0x80) return number;
    }
}

// Small numbers of either sign become small ones without.
std::uint64_t without_sign(std::int64_t number) {
    return static_cast<std::uint64_t>(number) << 1U ^ static_cast<std::uint64_t>(number >> 63);
}
std::int64_t with_sign(std::uint64_t number) {
    return static_cast<std::int64_t>(number >> 1U ^ (~(number & 1U) + 1U));
}

}  // namespace

const char* Bytestore::keep(std::string_view bytes) {
    if (bytes.empty()) return "";  // before the first block there is nowhere to copy nothing to
    if (bytes.size() > left_) {
        const std::size_t size = std::max(bytes.size(), kBlock);
        // Not make_unique, which would clear what is written over at once.
        blocks_.emplace_back(new char[size]);
        next_ = blocks_.back().get();
        left_ = size;
    }
    char* const at = next_;
    std::memcpy(at, bytes.data(), bytes.size());
    next_ += bytes.size();
    left_ -= bytes.size();
    return at;
}

std::uint32_t PackedRows::share(std::string_view text) {
    const std::hash<std::string_view> hash;
    const auto same = [&](std::uint32_t number) { return shared_[number] == text; };
    const std::uint32_t known = places_.find(hash(text), same);
    if (known != search::Places::kNone) return known;
    SHOWFLOOR_CHECK(shared_.size() < search::Places::kNone, "texts that 32 bits can count");
    const auto fresh = static_cast<std::uint32_t>(shared_.size());
    shared_.emplace_back(bytes_.keep(text), text.size());
    places_.set(hash(text), fresh, same,
                [&](std::uint32_t number) { return hash(shared_[number]); });
    return fresh;
}

void PackedRows::pack_text(const std::string& text, Keep keep) {
    if (keep == Keep::kShared) {
        open_ += kShared;
        put_number(share(text), open_);
        return;
    }
    constexpr std::size_t kIdLetters = 36;
    if (text.size() == kIdLetters) {
        // Only what comes back letter by letter.
        if (const auto id = base::Uuid::parse(text); id && id->to_string() == text) {
            open_ += kId;
            open_.append(reinterpret_cast<const char*>(id->bytes.data()), kIdBytes);
            return;
        }
    }
    if (text.size() == 2 * kHashBytes) {
        if (const auto hash = base::from_hex(text); hash && base::to_hex(*hash) == text) {
            open_ += kHash;
            open_.append(reinterpret_cast<const char*>(hash->data()), kHashBytes);
            return;
        }
    }
    open_ += kText;
    put_number(text.size(), open_);
    open_ += text;
}

void PackedRows::pack(const domain::Row& row, const std::vector<Keep>& keeps) {
    SHOWFLOOR_CHECK(row.size() == keeps.size(), "each field is kept somehow");
    for (std::size_t i = 0; i < row.size(); ++i) {
        const auto* number = std::get_if<std::int64_t>(&row[i]);
        if (keeps[i] == Keep::kNot || domain::is_null(row[i])) {
            open_ += kNull;
        } else if (number != nullptr) {
            open_ += kNumber;
            put_number(without_sign(*number), open_);
        } else {
            pack_text(std::get<std::string>(row[i]), keeps[i]);
        }
    }
}

const char* PackedRows::finish() {
    const char* const at = bytes_.keep(open_);
    open_.clear();
    return at;
}

base::Uuid PackedRows::id_at(const char* at) {
    base::Uuid id;
    if (*at == kId) std::memcpy(id.bytes.data(), at + 1, kIdBytes);
    return id;
}

const char* PackedRows::unpack(const char* at, domain::Row& row) const {
    for (domain::Value& value : row) {
        switch (*at++) {
            case kNumber:
                value = with_sign(take_number(at));
                break;
            case kShared:
                value = std::string(shared_[take_number(at)]);
                break;
            case kId:
                value = id_at(at - 1).to_string();
                at += kIdBytes;
                break;
            case kHash:
                value = base::to_hex(base::as_bytes({at, kHashBytes}));
                at += kHashBytes;
                break;
            case kText: {
                const auto size = static_cast<std::size_t>(take_number(at));
                value = std::string(at, size);
                at += size;
                break;
            }
            default:
                value = {};
        }
    }
    return at;
}

}  // namespace showfloor::terminal
