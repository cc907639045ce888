#include "text/utf8.hpp"

namespace showfloor::text {

namespace {

constexpr char32_t kReplacement = 0xFFFD;

bool is_continuation(char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

}  // namespace

char32_t next_code_point(std::string_view utf8, std::size_t& at) {
    const auto first = static_cast<unsigned char>(utf8[at++]);
    if (first < 0x80) return first;
    int more = 0;
    char32_t value = 0;
    char32_t least = 0;
    if ((first & 0xE0U) == 0xC0U) {
        more = 1, value = first & 0x1FU, least = 0x80;
    } else if ((first & 0xF0U) == 0xE0U) {
        more = 2, value = first & 0x0FU, least = 0x800;
    } else if ((first & 0xF8U) == 0xF0U) {
        more = 3, value = first & 0x07U, least = 0x10000;
    } else {
        return kReplacement;
    }
    for (; more > 0; --more) {
        if (at >= utf8.size() || !is_continuation(utf8[at])) return kReplacement;
        value = (value << 6U) | (static_cast<unsigned char>(utf8[at++]) & 0x3FU);
    }
    const bool surrogate = value >= 0xD800 && value <= 0xDFFF;
    return value < least || value > 0x10FFFF || surrogate ? kReplacement : value;
}

std::u32string to_code_points(std::string_view utf8) {
    std::u32string out;
    out.reserve(utf8.size());
    for (std::size_t at = 0; at < utf8.size();)
        out.push_back(next_code_point(utf8, at));
    return out;
}

void append_utf8(std::string& out, char32_t c) {
    const auto put = [&out](char32_t byte) { out.push_back(static_cast<char>(byte)); };
    if (c < 0x80) {
        put(c);
    } else if (c < 0x800) {
        put(0xC0U | (c >> 6U)), put(0x80U | (c & 0x3FU));
    } else if (c < 0x10000) {
        put(0xE0U | (c >> 12U)), put(0x80U | ((c >> 6U) & 0x3FU)), put(0x80U | (c & 0x3FU));
    } else {
        put(0xF0U | (c >> 18U)), put(0x80U | ((c >> 12U) & 0x3FU));
        put(0x80U | ((c >> 6U) & 0x3FU)), put(0x80U | (c & 0x3FU));
    }
}

std::string to_utf8(std::u32string_view code_points) {
    std::string out;
    out.reserve(code_points.size());
    for (const char32_t c : code_points)
        append_utf8(out, c);
    return out;
}

std::size_t previous_boundary(std::string_view utf8, std::size_t at) {
    if (at > utf8.size()) at = utf8.size();
    if (at == 0) return 0;
    --at;
    while (at > 0 && is_continuation(utf8[at]))
        --at;
    return at;
}

std::size_t next_boundary(std::string_view utf8, std::size_t at) {
    if (at >= utf8.size()) return utf8.size();
    ++at;
    while (at < utf8.size() && is_continuation(utf8[at]))
        ++at;
    return at;
}

std::size_t count_code_points(std::string_view utf8) {
    std::size_t count = 0;
    for (const char c : utf8)
        count += is_continuation(c) ? 0 : 1;
    return count;
}

}  // namespace showfloor::text
