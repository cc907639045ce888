#include "text/bidi.hpp"

#include <fribidi/fribidi.h>

#include <algorithm>
#include <numeric>

#include "text/limits.hpp"
#include "text/utf8.hpp"

namespace showfloor::text {

namespace {

bool is_right_to_left(char32_t c) {
    const bool hebrew_to_arabic = c >= 0x0590 && c <= 0x08FF;
    const bool presentation = (c >= 0xFB1D && c <= 0xFDFF) || (c >= 0xFE70 && c <= 0xFEFC);
    return hebrew_to_arabic || presentation;
}

}  // namespace

bool needs_shaping(std::string_view utf8) {
    for (std::size_t at = 0; at < utf8.size();) {
        // Nothing under U+0590 is right to left; its first byte in UTF-8 is 0xD6.
        if (static_cast<unsigned char>(utf8[at]) < 0xD6) {
            ++at;
            continue;
        }
        if (is_right_to_left(next_code_point(utf8, at))) return true;
    }
    return false;
}

namespace {

constexpr char32_t kFirstIsolate = 0x2066, kRightToLeftIsolate = 0x2067,
                   kFirstStrongIsolate = 0x2068, kPopIsolate = 0x2069, kDot = 0x00B7,
                   kShadda = 0x0651, kStandIn = 0xFFFC;
constexpr std::string_view kIsolateBytes = "\xE2\x81";  // and one more

bool is_isolate(char32_t c) {
    return c >= kFirstIsolate && c <= kPopIsolate;
}

bool begins_isolate(char32_t c) {
    return is_isolate(c) && c != kPopIsolate;
}

// Where the next isolate's sign begins, whose last byte is A6 to A9; npos for none.
std::size_t next_isolate(std::string_view utf8, std::size_t at) {
    for (at = utf8.find(kIsolateBytes, at); at != std::string_view::npos;
         at = utf8.find(kIsolateBytes, at + 1)) {
        std::size_t after = at;
        if (is_isolate(next_code_point(utf8, after))) break;
    }
    return at;
}

// Where the isolate that begins at `at` ends: at its closing sign, or with the line.
std::size_t end_of_isolate(std::u32string_view line, std::size_t at) {
    int open = 0;
    for (; at < line.size(); ++at) {
        if (!is_isolate(line[at])) continue;
        open += line[at] == kPopIsolate ? -1 : 1;
        if (open == 0) break;
    }
    return at;
}

bool reads_right_to_left(char32_t isolate, std::u32string_view inside) {
    if (isolate != kFirstStrongIsolate) return isolate == kRightToLeftIsolate;
    for (std::size_t i = 0; i < inside.size(); ++i) {
        if (begins_isolate(inside[i])) i = end_of_isolate(inside, i);
        if (i == inside.size()) break;
        const FriBidiCharType type = fribidi_get_bidi_type(inside[i]);
        if (FRIBIDI_IS_STRONG(type)) return FRIBIDI_IS_RTL(type);
    }
    return false;
}

std::u32string arrange(std::u32string_view line, bool mirrored, int depth);

// Letters of one paragraph, and what is drawn behind each.
struct Letters {
    std::vector<FriBidiChar> line;
    std::vector<std::u32string> behind;
};

// Signs over and under letters take no part in the order; they go with their letter. An isolate is
// arranged by itself and one neutral letter stands for it, which is all Unicode's rules see of it
// (FriBidi 1.0.8 puts the plus of a number on the wrong side in the second of two isolates).
Letters letters_of(std::u32string_view line, int depth) {
    Letters letters;
    for (std::size_t i = 0; i < line.size(); ++i) {
        const char32_t c = line[i];
        if (is_sign(c) && !letters.line.empty()) {
            // The shadda stands at the letter, a vowel over it, in whichever order they came.
            std::u32string& signs = letters.behind.back();
            signs.insert(c == kShadda ? 0 : signs.size(), 1, c);
        } else if (begins_isolate(c)) {
            const std::size_t end = end_of_isolate(line, i);
            const std::u32string_view inside = line.substr(i + 1, end - i - 1);
            letters.line.push_back(kStandIn);
            letters.behind.push_back(arrange(inside, reads_right_to_left(c, inside), depth + 1));
            i = end;
        } else if (!is_isolate(c)) {
            letters.line.push_back(c);
            letters.behind.emplace_back();
        }
    }
    return letters;
}

std::u32string arrange_part(std::u32string_view part, bool mirrored, int depth) {
    Letters letters = letters_of(part, depth);
    std::vector<FriBidiChar>& line = letters.line;
    if (line.empty()) return {};
    const auto length = static_cast<FriBidiStrIndex>(line.size());
    std::vector<FriBidiCharType> types(line.size());
    std::vector<FriBidiBracketType> brackets(line.size());
    std::vector<FriBidiLevel> levels(line.size());
    std::vector<FriBidiJoiningType> joining(line.size());
    std::vector<FriBidiStrIndex> places(line.size());
    std::iota(places.begin(), places.end(), 0);
    fribidi_get_bidi_types(line.data(), length, types.data());
    fribidi_get_bracket_types(line.data(), length, types.data(), brackets.data());
    FriBidiParType paragraph = mirrored ? FRIBIDI_PAR_RTL : FRIBIDI_PAR_LTR;
    if (fribidi_get_par_embedding_levels_ex(types.data(), brackets.data(), length, &paragraph,
                                            levels.data()) == 0)
        return std::u32string(part);
    fribidi_get_joining_types(line.data(), length, joining.data());
    fribidi_join_arabic(types.data(), length, levels.data(), joining.data());
    fribidi_shape(FRIBIDI_FLAGS_DEFAULT | FRIBIDI_FLAGS_ARABIC, levels.data(), length,
                  joining.data(), line.data());
    if (fribidi_reorder_line(FRIBIDI_FLAGS_DEFAULT, types.data(), length, 0, paragraph,
                             levels.data(), line.data(), places.data()) == 0)
        return std::u32string(part);

    std::u32string out;
    for (std::size_t at = 0; at < line.size(); ++at) {
        const FriBidiChar c = line[at];
        // A ligature leaves a filler where its first letter stood, right of itself; direction marks
        // are not drawn.
        const bool drawn = c != FRIBIDI_CHAR_FILL && c != kStandIn && c != 0x200E && c != 0x200F &&
                           (c < 0x202A || c > 0x202E) && c != 0x200D && c != 0x200C;
        if (drawn) out.push_back(c);
        out += letters.behind[static_cast<std::size_t>(places[at])];
    }
    return out;
}

// On a page from right to left a dot keeps two things apart, which Unicode's rules cannot know: a
// date after a Latin name stays a date, the stop of "Amina H." stays with her. Each is arranged by
// itself, in its own direction, and the first stands on the right.
std::u32string arrange(std::u32string_view line, bool mirrored, int depth) {
    if (depth > kMaxIsolateDepth) {
        std::u32string plain(line);
        std::erase_if(plain, is_isolate);
        return plain;
    }
    if (!mirrored) return arrange_part(line, false, depth);
    std::u32string out;
    for (std::size_t begin = 0; begin <= line.size();) {
        std::size_t end = begin;
        bool own_direction = true;
        for (; end < line.size() && line[end] != kDot; ++end) {
            const bool isolate = begins_isolate(line[end]);
            if (isolate || is_right_to_left(line[end])) own_direction = false;
            if (isolate) end = std::min(end_of_isolate(line, end), line.size() - 1);
        }
        const std::u32string_view whole = line.substr(begin, end - begin);
        const std::size_t first = std::min(whole.find_first_not_of(U' '), whole.size());
        const std::size_t last = std::max(whole.find_last_not_of(U' ') + 1, first);
        std::u32string part(whole.size() - last, U' ');
        part += arrange_part(whole.substr(first, last - first), !own_direction, depth);
        part.append(first, U' ');
        out.insert(0, begin == 0 ? part : part + kDot);
        begin = end + 1;
    }
    return out;
}

}  // namespace

bool is_sign(char32_t c) {
    return (c >= 0x0610 && c <= 0x061A) || (c >= 0x064B && c <= 0x065F) || c == 0x0670 ||
           (c >= 0x06D6 && c <= 0x06DC) || (c >= 0x06DF && c <= 0x06E4) || c == 0x06E7 ||
           c == 0x06E8 || (c >= 0x06EA && c <= 0x06ED);
}

std::string isolated(const Locale& locale, std::string words) {
    const bool arabic = needs_shaping(words);
    if (words.empty() || (locale.direction == Direction::kLeftToRight && !arabic)) return words;
    // On a page from right to left, what has a word of its language reads as the page does, "KES 6
    // million" too, and so does what was composed of several things.
    const bool mirrored = locale.direction == Direction::kRightToLeft &&
                          (arabic || words.find("\u00b7") != std::string::npos ||
                           next_isolate(words, 0) != std::string::npos);
    return (mirrored ? "\u2067" : "\u2068") + words + "\u2069";
}

std::string without_isolates(std::string words) {
    for (std::size_t at = 0; (at = next_isolate(words, at)) != std::string::npos;)
        words.erase(at, kIsolateBytes.size() + 1);
    return words;
}

void carry_isolates(std::vector<std::string>& lines) {
    std::vector<std::string> open;
    for (std::string& line : lines) {
        std::string again;
        for (const std::string& sign : open)
            again += sign;
        for (std::size_t at = 0; (at = next_isolate(line, at)) != std::string::npos; ++at) {
            const std::string sign = line.substr(at, kIsolateBytes.size() + 1);
            if (sign != "\u2069")
                open.push_back(sign);
            else if (!open.empty())
                open.pop_back();
        }
        line.insert(0, again);
    }
}

std::string shape(std::string_view utf8, Direction direction) {
    const bool mirrored = direction == Direction::kRightToLeft;
    // Two Latin parts with a dot between them run from the right too.
    const bool composed = next_isolate(utf8, 0) != std::string_view::npos ||
                          utf8.find("\u00b7") != std::string_view::npos;
    if (!needs_shaping(utf8) && !(mirrored && composed)) return without_isolates(std::string(utf8));
    const std::u32string line = to_code_points(utf8);
    if (line.size() > kMaxShapedChars) return without_isolates(std::string(utf8));
    return to_utf8(arrange(line, mirrored, 0));
}

}  // namespace showfloor::text
