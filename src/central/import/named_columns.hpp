#pragma once
// NamedColumns: which column of a list is which field, by its title in any order and the usual
// spellings. For lists whose fields are plain texts (customers, products).
// Thread contract: plain values.

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/json.hpp"
#include "base/result.hpp"
#include "central/import/csv.hpp"

namespace showfloor::central {

// kInvalid, with a sentence for people.
[[nodiscard]] base::Error wrong_line(std::string sentence);

class NamedColumns {
   public:
    using Spelling = std::pair<std::string_view, std::string_view>;  // theirs, ours

    // kInvalid, code "column", naming an unknown, doubled or missing one.
    static base::Result<NamedColumns> read(const std::vector<std::string>& header,
                                           std::span<const char* const> ours,
                                           std::span<const Spelling> spellings,
                                           std::initializer_list<const char*> needed);
    // The texts of a line that say something, by field.
    [[nodiscard]] base::Result<base::Json> texts(const CsvRow& row) const;

   private:
    std::vector<std::string> names_;
};

// A line out: each column's member of `json`, texts as they are, numbers and flags as JSON.
[[nodiscard]] std::string line_of(const base::Json& json, std::span<const char* const> columns);
[[nodiscard]] std::string header_of(std::span<const char* const> columns);

}  // namespace showfloor::central
