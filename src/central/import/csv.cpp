#include "central/import/csv.hpp"

#include <algorithm>
#include <array>
#include <filesystem>

#include "central/import/limits.hpp"
#include "central/limits.hpp"

namespace showfloor::central {

namespace {

constexpr std::string_view kFormulaStarts = "=+-@\t\r";

char separator_of(std::string_view text) {
    constexpr std::array kSeparators = {'\t', ',', '|'};
    std::array<int, kSeparators.size()> counts{};
    bool quoted = false;
    for (const char c : text) {
        if (c == '"') quoted = !quoted;
        if (quoted) continue;
        if (c == '\n') break;
        for (std::size_t i = 0; i < kSeparators.size(); ++i)
            counts[i] += c == kSeparators[i] ? 1 : 0;
    }
    const auto most = std::max_element(counts.begin(), counts.end());
    return *most == 0 ? ',' : kSeparators[static_cast<std::size_t>(most - counts.begin())];
}

}  // namespace

CsvReader::CsvReader(std::string_view text, char separator) : text_(text), total_(text.size()) {
    begin(separator);
}

base::Result<CsvReader> CsvReader::open(const std::string& path) {
    CsvReader reader;
    reader.file_.reset(std::fopen(path.c_str(), "re"));
    std::error_code error;
    reader.total_ = std::filesystem::file_size(path, error);
    if (!reader.file_ || error)
        return base::fail(base::ErrorKind::kNotFound, path + " cannot be read.");
    std::ignore = reader.peek();
    reader.begin('\0');
    return reader;
}

void CsvReader::begin(char separator) {
    if (text_.starts_with("\xEF\xBB\xBF")) at_ = 3;
    separator_ = separator != '\0' ? separator : separator_of(text_.substr(at_));
}

char CsvReader::peek() {
    if (at_ < text_.size()) return text_[at_];
    if (file_ && !at_end_) {
        before_ += text_.size();
        at_ = 0;
        piece_.resize(kImportChunkBytes);
        piece_.resize(std::fread(piece_.data(), 1, piece_.size(), file_.get()));
        text_ = piece_;
        if (!text_.empty()) return text_.front();
    }
    at_end_ = true;
    return '\0';
}

char CsvReader::take() {
    const char c = peek();
    if (!at_end_) ++at_;
    return c;
}

std::optional<CsvRow> CsvReader::next() {
    for (char c = peek(); !at_end_ && (c == '\n' || c == '\r'); c = peek()) {
        if (c == '\n') ++line_;
        take();
    }
    if (at_end_) return std::nullopt;
    CsvRow row;
    row.line = line_;
    std::string field;
    for (;;) {
        field.clear();
        if (peek() == '"') {
            if (!read_quoted(row, field)) return row;
        } else {
            read_plain(field);
        }
        if (field.size() > kMaxImportLineBytes || row.fields.size() >= kMaxImportFields) {
            row.problem = "The line is too long.";
            skip_line();
            return row;
        }
        row.fields.push_back(field);
        const char end = take();
        if (at_end_) return row;
        if (end == separator_) continue;
        if (end == '\r' && peek() == '\n') take();
        ++line_;
        return row;
    }
}

void CsvReader::read_plain(std::string& field) {
    for (char c = peek(); !at_end_ && c != separator_ && c != '\n' && c != '\r'; c = peek()) {
        // One byte more says that there are too many, without keeping all of them.
        if (field.size() <= kMaxImportLineBytes) field += c;
        take();
    }
}

bool CsvReader::read_quoted(CsvRow& row, std::string& field) {
    take();
    for (char c = take(); !at_end_; c = take()) {
        if (c == '"') {
            const char after = peek();
            if (!at_end_ && after == '"') {
                field += take();
                continue;
            }
            if (at_end_ || after == separator_ || after == '\n' || after == '\r') return true;
            row.problem = "There is something after a closing quote.";
            skip_line();
            return false;
        }
        if (c == '\n') ++line_;
        if (field.size() <= kMaxImportLineBytes) field += c;
    }
    row.problem = "A quote is opened and never closed.";
    return false;
}

void CsvReader::skip_line() {
    while (peek() != '\n' && !at_end_)
        take();
    if (!at_end_) {
        take();
        ++line_;
    }
}

std::string csv_field(std::string_view text) {
    std::string safe;
    if (!text.empty() && kFormulaStarts.find(text.front()) != std::string_view::npos) safe = "'";
    safe += text;
    if (safe.find_first_of(",\"\n\r") == std::string::npos) return safe;
    std::string quoted = "\"";
    for (const char c : safe) {
        if (c == '"') quoted += '"';
        quoted += c;
    }
    return quoted + "\"";
}

std::string_view unguarded(std::string_view field) {
    const bool guarded = field.size() > 1 && field.front() == '\'' &&
                         kFormulaStarts.find(field[1]) != std::string_view::npos;
    return guarded ? field.substr(1) : field;
}

}  // namespace showfloor::central
