#pragma once
// CsvReader: comma- or tab-separated text after RFC 4180, row by row, with the line each row began
// on. Thread contract: belongs to one thread; borrows the text.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace showfloor::central {

struct CsvRow {
    std::int64_t line = 0;  // from 1
    std::vector<std::string> fields;
    std::string problem;  // not empty: what is wrong with the row; reading goes on after it
};

class CsvReader {
   public:
    // The separator is a tab when the first line holds one outside quotes, else a comma. A byte
    // order mark is skipped.
    explicit CsvReader(std::string_view text);

    // Empty lines are skipped; nullopt at the end.
    [[nodiscard]] std::optional<CsvRow> next();

   private:
    bool read_quoted(CsvRow& row, std::string& field);
    void skip_line();

    std::string_view text_;
    std::size_t at_ = 0;
    std::int64_t line_ = 1;
    char separator_ = ',';
};

// One field as it stands in a CSV file: quoted when needed, and harmless in a spreadsheet (a text
// that begins like a formula gets an apostrophe before it).
[[nodiscard]] std::string csv_field(std::string_view text);

}  // namespace showfloor::central
