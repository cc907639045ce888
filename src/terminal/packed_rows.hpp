#pragma once
// PackedRows: many rows of a few records, read-only once packed, in a tenth of the memory that
// their structs take: numbers by their size, ids and hashes as bytes, each text that comes again
// and again (makes, features, whole descriptions) once. Thread contract: one thread at a time.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/uuid.hpp"
#include "domain/value.hpp"
#include "search/places.hpp"

namespace showfloor::terminal {

// Bytes that never move and go all together.
class Bytestore {
   public:
    const char* keep(std::string_view bytes);

   private:
    static constexpr std::size_t kBlock = 256 * 1024;
    std::vector<std::unique_ptr<char[]>> blocks_;
    std::size_t left_ = 0;
    char* next_ = nullptr;
};

class PackedRows {
   public:
    // How one field is kept.
    enum class Keep : std::uint8_t {
        kShared,  // a text that other rows have too
        kOwn,     // hardly ever another row's: ids, hashes, plates
        kNot,     // comes back as null
    };

    // Rows packed one after the other until finish() are one entry.
    void pack(const domain::Row& row, const std::vector<Keep>& keeps);
    [[nodiscard]] const char* finish();
    // The row that stands at `at` of an entry, into `row`, which has as many fields; returns what
    // stands behind it.
    const char* unpack(const char* at, domain::Row& row) const;
    // Of a row whose first field is an id kept as its own; nil of another.
    [[nodiscard]] static base::Uuid id_at(const char* at);

   private:
    void pack_text(const std::string& text, Keep keep);
    std::uint32_t share(std::string_view text);

    std::string open_;
    Bytestore bytes_;
    std::vector<std::string_view> shared_;
    search::Places places_;  // of shared texts
};

}  // namespace showfloor::terminal
