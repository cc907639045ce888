#include "central/import/named_columns.hpp"

#include <algorithm>

#include "central/import/values.hpp"

namespace showfloor::central {

namespace {

std::string plain_title(std::string_view title) {
    std::string name = lower_ascii(trimmed(title));
    for (char& c : name) {
        if (c == ' ' || c == '-' || c == '.') c = '_';
    }
    return name;
}

bool has(std::span<const char* const> names, std::string_view name) {
    return std::any_of(names.begin(), names.end(), [&](const char* one) { return name == one; });
}

}  // namespace

base::Error wrong_line(std::string sentence) {
    return base::fail(base::ErrorKind::kInvalid, std::move(sentence), "invalid");
}

base::Result<NamedColumns> NamedColumns::read(const std::vector<std::string>& header,
                                              std::span<const char* const> ours,
                                              std::span<const Spelling> spellings,
                                              std::initializer_list<const char*> needed) {
    NamedColumns columns;
    auto& names = columns.names_;
    for (const std::string& title : header) {
        std::string name = plain_title(title);
        for (const auto& [theirs, field] : spellings) {
            if (theirs == name) name = field;
        }
        if (!has(ours, name) || std::find(names.begin(), names.end(), name) != names.end())
            return base::fail(base::ErrorKind::kInvalid,
                              "The column \"" + title + "\" is not one of this format.", "column",
                              title);
        names.push_back(std::move(name));
    }
    for (const char* one : needed) {
        if (std::find(names.begin(), names.end(), one) == names.end())
            return base::fail(base::ErrorKind::kInvalid,
                              std::string("The column \"") + one + "\" is missing.", "column", one);
    }
    return columns;
}

base::Result<base::Json> NamedColumns::texts(const CsvRow& row) const {
    if (row.fields.size() != names_.size())
        return wrong_line("The line has " + std::to_string(row.fields.size()) +
                          " fields, the header " + std::to_string(names_.size()) + ".");
    base::Json line = base::Json::object();
    for (std::size_t i = 0; i < names_.size(); ++i) {
        const std::string_view text = trimmed(unguarded(row.fields[i]));
        if (!text.empty()) line[names_[i]] = std::string(text);
    }
    return line;
}

std::string line_of(const base::Json& json, std::span<const char* const> columns) {
    std::string line;
    for (const char* column : columns) {
        const auto found = json.find(column);
        std::string text;
        if (found != json.end() && !found->is_null())
            text = found->is_string() ? found->get<std::string>() : base::dump_json(*found);
        line += (column == columns.front() ? "" : ",") + csv_field(text);
    }
    return line + "\r\n";
}

std::string header_of(std::span<const char* const> columns) {
    std::string line;
    for (const char* column : columns)
        line += (column == columns.front() ? "" : ",") + std::string(column);
    return line + "\r\n";
}

}  // namespace showfloor::central
