#pragma once
// JsonReader: takes the members of one JSON object that came over the wire. The first thing wrong
// is kept as a sentence and every later read answers an empty value, so that a decoder reads
// straight down and asks once at the end. Unknown members are ignored: the other side may be newer.
// Thread contract: a local value.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/json.hpp"
#include "base/result.hpp"
#include "base/uuid.hpp"

namespace showfloor::protocol {

class JsonReader {
   public:
    // `what` names the object in messages ("push"). Borrows the object.
    JsonReader(const base::Json& object, std::string_view what);

    [[nodiscard]] std::string text(std::string_view name, std::size_t most_bytes);
    [[nodiscard]] std::string optional_text(std::string_view name, std::size_t most_bytes);
    [[nodiscard]] std::int64_t integer(std::string_view name, std::int64_t least,
                                       std::int64_t most = INT64_MAX);
    [[nodiscard]] bool boolean(std::string_view name);
    [[nodiscard]] base::Uuid id(std::string_view name);
    // Never null: an empty array (object) when it is not there or something else.
    [[nodiscard]] const base::Json& array(std::string_view name, std::size_t most_items);
    [[nodiscard]] const base::Json& object(std::string_view name);

    void wrong(std::string_view name, std::string_view why);
    void take(const base::Error& error);  // of something nested
    [[nodiscard]] bool ok() const { return !error_.has_value(); }
    [[nodiscard]] const std::optional<base::Error>& error() const { return error_; }

   private:
    const base::Json* find(std::string_view name);

    const base::Json& json_;
    std::string_view what_;
    std::optional<base::Error> error_;
};

}  // namespace showfloor::protocol
