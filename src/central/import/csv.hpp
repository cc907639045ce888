#pragma once
// CsvReader: comma-, tab- or pipe-separated text after RFC 4180, row by row, with the line each row
// began on; out of memory, or out of a file in pieces, however large it is.
// Thread contract: belongs to one thread; borrows the text.

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <memory>
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
    // The separator is what the first line holds most of outside quotes: tab, comma or pipe. A byte
    // order mark is skipped.
    explicit CsvReader(std::string_view text, char separator = '\0');
    // kNotFound. Reads kImportChunkBytes at a time.
    static base::Result<CsvReader> open(const std::string& path);

    // Empty lines are skipped; nullopt at the end.
    [[nodiscard]] std::optional<CsvRow> next();

    // How far it is, for those who wait: bytes of bytes.
    [[nodiscard]] std::uint64_t bytes_read() const { return before_ + at_; }
    [[nodiscard]] std::uint64_t bytes_total() const { return total_; }

   private:
    CsvReader() = default;
    void begin(char separator);
    // The next character without taking it; '\0' with at_end_ at the end.
    char peek();
    char take();
    bool read_quoted(CsvRow& row, std::string& field);
    void read_plain(std::string& field);
    void skip_line();

    std::unique_ptr<std::FILE, int (*)(std::FILE*)> file_{nullptr, &std::fclose};
    std::string piece_;
    std::string_view text_;
    std::size_t at_ = 0;
    std::uint64_t before_ = 0, total_ = 0;
    bool at_end_ = false;
    std::int64_t line_ = 1;
    char separator_ = ',';
};

// One field as it stands in a CSV file: quoted when needed, and harmless in a spreadsheet (a text
// that begins like a formula gets an apostrophe before it).
[[nodiscard]] std::string csv_field(std::string_view text);
// Takes that apostrophe away again.
[[nodiscard]] std::string_view unguarded(std::string_view field);

}  // namespace showfloor::central
