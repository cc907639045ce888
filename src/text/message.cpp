#include "text/message.hpp"

#include "text/bidi.hpp"
#include "text/format.hpp"
#include "text/limits.hpp"

namespace showfloor::text {

namespace {

std::string_view trim(std::string_view s) {
    const auto first = s.find_first_not_of(" \n\t");
    if (first == std::string_view::npos) return {};
    return s.substr(first, s.find_last_not_of(" \n\t") - first + 1);
}

// Where the brace that closes the one at `open` stands; npos when it never closes.
std::size_t closing(std::string_view s, std::size_t open) {
    int depth = 0;
    for (std::size_t i = open; i < s.size(); ++i) {
        if (s[i] == '{') ++depth;
        if (s[i] == '}' && --depth == 0) return i;
    }
    return std::string_view::npos;
}

const Value* value_named(Values values, std::string_view name) {
    for (const Value& v : values)
        if (v.name == name) return &v;
    return nullptr;
}

class Formatter {
   public:
    Formatter(const Locale& locale, Values values) : locale_(locale), values_(values) {}

    // `hash` is what '#' stands for inside a plural; none outside.
    std::optional<std::string> format(std::string_view pattern, const std::int64_t* hash,
                                      int depth) const {
        if (depth > kMaxMessageDepth) return std::nullopt;
        std::string out;
        for (std::size_t i = 0; i < pattern.size(); ++i) {
            if (pattern[i] == '}') return std::nullopt;
            if (pattern[i] == '#' && hash != nullptr) {
                out += number(locale_, *hash);
            } else if (pattern[i] == '{') {
                const std::size_t end = closing(pattern, i);
                if (end == std::string_view::npos) return std::nullopt;
                const auto filled = hole(pattern.substr(i + 1, end - i - 1), depth);
                if (!filled) return std::nullopt;
                out += *filled;
                i = end;
            } else {
                out.push_back(pattern[i]);
            }
        }
        return out;
    }

   private:
    std::optional<std::string> hole(std::string_view inside, int depth) const {
        const auto comma = inside.find(',');
        const std::string_view name = trim(inside.substr(0, comma));
        const Value* value = value_named(values_, name);
        if (comma == std::string_view::npos) {
            if (value == nullptr) return "{" + std::string(name) + "}";
            if (const auto* words = std::get_if<std::string>(&value->content))
                return isolated(locale_, *words);
            return number(locale_, std::get<std::int64_t>(value->content));
        }
        const std::string_view rest = inside.substr(comma + 1);
        const auto second = rest.find(',');
        if (second == std::string_view::npos || trim(rest.substr(0, second)) != "plural")
            return std::nullopt;
        const auto* count = value ? std::get_if<std::int64_t>(&value->content) : nullptr;
        if (count == nullptr) return "{" + std::string(name) + "}";
        return plural(rest.substr(second + 1), *count, depth);
    }

    std::optional<std::string> plural(std::string_view branches, std::int64_t count,
                                      int depth) const {
        const std::string exact = "=" + std::to_string(count);
        const std::string_view wanted = plural_name(locale_.plural(count));
        std::optional<std::string_view> by_exact, by_form, other;
        while (!(branches = trim(branches)).empty()) {
            const auto open = branches.find('{');
            if (open == std::string_view::npos) return std::nullopt;
            const auto close = closing(branches, open);
            if (close == std::string_view::npos) return std::nullopt;
            const std::string_view selector = trim(branches.substr(0, open));
            const std::string_view body = branches.substr(open + 1, close - open - 1);
            if (selector == exact) by_exact = body;
            if (selector == wanted) by_form = body;
            if (selector == "other") other = body;
            branches = branches.substr(close + 1);
        }
        if (!other) return std::nullopt;
        const std::string_view body = by_exact ? *by_exact : by_form ? *by_form : *other;
        return format(body, &count, depth + 1);
    }

    const Locale& locale_;
    Values values_;
};

}  // namespace

std::optional<std::string> format_message(const Locale& locale, std::string_view pattern,
                                          Values values) {
    return Formatter(locale, values).format(pattern, nullptr, 0);
}

}  // namespace showfloor::text
