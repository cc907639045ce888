#include "terminal/packed_rows.hpp"

#include <algorithm>
#include <cstring>
#include <functional>
#include <limits>
#include <utility>

#include "base/check.hpp"
#include "base/encoding.hpp"
#include "base/varint.hpp"

namespace showfloor::terminal {

using base::put_number;
using base::take_number;

namespace {

// What stands behind it; from kFirstShared on the tag is itself the number of a shared text.
enum Tag : std::uint8_t { kNull, kNumber, kStep, kShared, kId, kHash, kText, kFirstShared };
constexpr std::uint32_t kSharedInTag = 256 - kFirstShared;

constexpr std::size_t kIdBytes = 16, kHashBytes = 32;

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
        const std::uint32_t shared = share(text);
        if (shared < kSharedInTag) {
            open_ += static_cast<char>(kFirstShared + shared);
        } else {
            open_ += kShared;
            put_number(shared, open_);
        }
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
    std::uint64_t before = 0;  // the last number
    for (std::size_t i = 0; i < row.size(); ++i) {
        const auto* number = std::get_if<std::int64_t>(&row[i]);
        if (keeps[i] == Keep::kNot || domain::is_null(row[i])) {
            open_ += kNull;
        } else if (number != nullptr) {
            // Times stand one behind the other and are often the same.
            const auto here = static_cast<std::uint64_t>(*number);
            const std::uint64_t whole = without_sign(*number),
                                step = without_sign(static_cast<std::int64_t>(here - before));
            open_ += static_cast<char>(step < whole ? kStep : kNumber);
            put_number(std::min(step, whole), open_);
            before = here;
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
    std::uint64_t before = 0;
    for (domain::Value& value : row) {
        switch (const auto tag = static_cast<std::uint8_t>(*at++); tag) {
            case kNumber:
            case kStep:
                before = static_cast<std::uint64_t>(with_sign(take_number(at))) +
                         (tag == kStep ? before : 0);
                value = static_cast<std::int64_t>(before);
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
            case kNull:
                value = {};
                break;
            default:
                value = std::string(shared_[tag - kFirstShared]);
        }
    }
    return at;
}

}  // namespace showfloor::terminal
