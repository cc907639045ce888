#include "central/import/csv.hpp"

#include "central/limits.hpp"

namespace showfloor::central {

CsvReader::CsvReader(std::string_view text) : text_(text) {
    if (text_.starts_with("\xEF\xBB\xBF")) text_.remove_prefix(3);
    const std::string_view first = text_.substr(0, text_.find('\n'));
    if (first.find('\t') != std::string_view::npos) separator_ = '\t';
}

std::optional<CsvRow> CsvReader::next() {
    while (at_ < text_.size() && (text_[at_] == '\n' || text_[at_] == '\r')) {
        if (text_[at_] == '\n') ++line_;
        ++at_;
    }
    if (at_ >= text_.size()) return std::nullopt;
    CsvRow row;
    row.line = line_;
    std::string field;
    for (;;) {
        field.clear();
        if (at_ < text_.size() && text_[at_] == '"') {
            if (!read_quoted(row, field)) return row;
        } else {
            while (at_ < text_.size() && text_[at_] != separator_ && text_[at_] != '\n' &&
                   text_[at_] != '\r')
                field += text_[at_++];
        }
        if (field.size() > kMaxImportLineBytes || row.fields.size() >= kMaxImportFields) {
            row.problem = "The line is too long.";
            skip_line();
            return row;
        }
        row.fields.push_back(field);
        if (at_ >= text_.size()) return row;
        const char end = text_[at_++];
        if (end == separator_) continue;
        if (end == '\r' && at_ < text_.size() && text_[at_] == '\n') ++at_;
        ++line_;
        return row;
    }
}

bool CsvReader::read_quoted(CsvRow& row, std::string& field) {
    ++at_;
    while (at_ < text_.size()) {
        const char c = text_[at_++];
        if (c == '"') {
            if (at_ < text_.size() && text_[at_] == '"') {
                field += '"';
                ++at_;
                continue;
            }
            const bool ends = at_ >= text_.size() || text_[at_] == separator_ ||
                              text_[at_] == '\n' || text_[at_] == '\r';
            if (ends) return true;
            row.problem = "There is something after a closing quote.";
            skip_line();
            return false;
        }
        if (c == '\n') ++line_;
        field += c;
    }
    row.problem = "A quote is opened and never closed.";
    return false;
}

void CsvReader::skip_line() {
    while (at_ < text_.size() && text_[at_] != '\n')
        ++at_;
    if (at_ < text_.size()) {
        ++at_;
        ++line_;
    }
}

std::string csv_field(std::string_view text) {
    std::string safe;
    if (!text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos)
        safe = "'";
    safe += text;
    if (safe.find_first_of(",\"\n\r") == std::string::npos) return safe;
    std::string quoted = "\"";
    for (const char c : safe) {
        if (c == '"') quoted += '"';
        quoted += c;
    }
    return quoted + "\"";
}

}  // namespace showfloor::central
