#include "search/fold.hpp"

#include <algorithm>
#include <cstdint>

#include "search/limits.hpp"

namespace showfloor::search {
namespace {

// U+00C0..U+017F: the plain letter of each; '*' two letters, ' ' no letter.
constexpr std::string_view kLatin =
    "aaaaaa*ceeeeiiiidnooooo ouuuuy**aaaaaa*ceeeeiiiidnooooo ouuuuy*y"
    "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii**jjkkklllllll"
    "lllnnnnnnnnnoooooo**rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";
static_assert(kLatin.size() == 0x180 - 0xC0);

// One code point; U+FFFD and one byte on when the bytes are no UTF-8.
char32_t next_point(std::string_view text, std::size_t& at) {
    const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
    const std::uint8_t first = byte(at);
    if (first < 0x80) {
        ++at;
        return first;
    }
    const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC2 ? 2 : 0;
    if (length == 0 || first > 0xF4 || at + length > text.size()) {
        ++at;
        return 0xFFFD;
    }
    char32_t point = first & (0xFFU >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(at + i) & 0xC0U) != 0x80) {
            ++at;
            return 0xFFFD;
        }
        point = point << 6U | (byte(at + i) & 0x3FU);
    }
    at += length;
    return point;
}

void fold_latin(char32_t point, std::u32string& out) {
    const char plain = kLatin[point - 0xC0];
    if (plain != '*') {
        out += static_cast<char32_t>(plain);
        return;
    }
    switch (point) {
        case 0xC6:
        case 0xE6:
            out += U"ae";
            break;
        case 0xDE:
        case 0xFE:
            out += U"th";
            break;
        case 0xDF:
            out += U"ss";
            break;
        case 0x132:
        case 0x133:
            out += U"ij";
            break;
        default:
            out += U"oe";
            break;  // U+0152, U+0153
    }
}

bool between(char32_t point, char32_t first, char32_t last) {
    return point >= first && point <= last;
}

// Vietnamese letters stand in runs of one plain letter each.
char32_t fold_vietnamese(char32_t point) {
    return point <= 0x1EB7   ? U'a'
           : point <= 0x1EC7 ? U'e'
           : point <= 0x1ECB ? U'i'
           : point <= 0x1EE3 ? U'o'
           : point <= 0x1EF1 ? U'u'
                             : U'y';
}

void fold_point(char32_t point, std::u32string& out) {
    if (point < 0x80) {
        const bool upper = point >= 'A' && point <= 'Z';
        const bool kept = upper || between(point, 'a', 'z') || between(point, '0', '9');
        out += upper ? point + 32 : kept ? point : U' ';
    } else if (between(point, 0xC0, 0x17F)) {
        fold_latin(point, out);
    } else if (between(point, 0x1A0, 0x1A1)) {
        out += U'o';
    } else if (between(point, 0x1AF, 0x1B0)) {
        out += U'u';
    } else if (between(point, 0x1EA0, 0x1EF9)) {
        out += fold_vietnamese(point);
    } else if (between(point, 0x391, 0x3A9) || between(point, 0x410, 0x42F)) {
        out += point + 32;  // Greek and Cyrillic capitals
    } else if (between(point, 0x400, 0x40F)) {
        out += point + 80;
    } else if (point == 0x622 || point == 0x623 || point == 0x625) {
        out += char32_t{0x627};  // alef with any sign
    } else if (point == 0x649) {
        out += char32_t{0x64A};
    } else if (point == 0x629) {
        out += char32_t{0x647};
    } else if (between(point, 0x300, 0x36F) || between(point, 0x64B, 0x652) || point == 0x640) {
        return;  // signs over and under letters, and the stretched line
    } else if (point < 0xC0 || between(point, 0x2000, 0x206F) || between(point, 0x3000, 0x3003) ||
               point == 0xFFFD || point == 0x60C || point == 0x61B || point == 0x61F) {
        // An apostrophe inside a name does not cut it.
        if (point != 0x2019) out += U' ';
    } else {
        out += point;
    }
}

}  // namespace

std::u32string fold(std::string_view text) {
    std::u32string out;
    for (std::size_t at = 0; at < text.size();) {
        const char32_t point = next_point(text, at);
        if (point != U'\'') fold_point(point, out);
    }
    return out;
}

std::vector<std::u32string> words(std::string_view text, bool joined) {
    std::vector<std::u32string> out;
    const auto add = [&out](std::u32string_view word) {
        if (!word.empty()) out.emplace_back(word.substr(0, kMaxWordLetters));
    };
    std::size_t at = 0;
    while (at < text.size()) {
        const std::size_t end = std::min(text.find_first_of(" \t\r\n", at), text.size());
        const std::u32string chunk = fold(text.substr(at, end - at));
        at = end + 1;
        std::u32string whole;
        std::size_t parts = 0;
        for (std::size_t from = 0; from < chunk.size();) {
            const std::size_t to = std::min(chunk.find(U' ', from), chunk.size());
            if (to > from) {
                add(std::u32string_view(chunk).substr(from, to - from));
                whole.append(chunk, from, to - from);
                ++parts;
            }
            from = to + 1;
        }
        if (joined && parts > 1) add(whole);
    }
    return out;
}

bool ascii_words(std::string_view text, std::vector<std::string>& out) {
    if (std::any_of(text.begin(), text.end(),
                    [](char c) { return static_cast<signed char>(c) < 0; }))
        return false;
    out.clear();
    std::string word, whole;
    std::size_t parts = 0;
    const auto end_word = [&] {
        if (word.empty()) return;
        whole += word;
        ++parts;
        word.resize(std::min(word.size(), kMaxWordLetters));
        out.push_back(word);
        word.clear();
    };
    const auto end_chunk = [&] {
        end_word();
        if (parts > 1) out.push_back(whole.substr(0, kMaxWordLetters));
        whole.clear();
        parts = 0;
    };
    for (const char c : text) {
        const bool upper = c >= 'A' && c <= 'Z';
        if (upper || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
            word += static_cast<char>(upper ? c + 32 : c);
        else if (c == ' ' || c == '\t' || c == '\r' || c == '\n')
            end_chunk();
        else if (c != '\'')
            end_word();
    }
    end_chunk();
    return true;
}

std::string to_utf8(std::u32string_view text) {
    std::string out;
    const auto tail = [&out](char32_t point, unsigned shift) {
        out += static_cast<char>(0x80U | (point >> shift & 0x3FU));
    };
    for (const char32_t point : text) {
        if (point < 0x80) {
            out += static_cast<char>(point);
        } else if (point < 0x800) {
            out += static_cast<char>(0xC0U | point >> 6U);
            tail(point, 0);
        } else if (point < 0x10000) {
            out += static_cast<char>(0xE0U | point >> 12U);
            tail(point, 6);
            tail(point, 0);
        } else {
            out += static_cast<char>(0xF0U | point >> 18U);
            tail(point, 12);
            tail(point, 6);
            tail(point, 0);
        }
    }
    return out;
}

}  // namespace showfloor::search
