#include "text/bidi.hpp"

#include <fribidi/fribidi.h>

#include <algorithm>
#include <vector>

#include "text/limits.hpp"
#include "text/utf8.hpp"

namespace showfloor::text {

bool needs_shaping(std::string_view utf8) {
    for (std::size_t at = 0; at < utf8.size();) {
        // Nothing under U+0590 is right to left; its first byte in UTF-8 is 0xD6.
        if (static_cast<unsigned char>(utf8[at]) < 0xD6) {
            ++at;
            continue;
        }
        const char32_t c = next_code_point(utf8, at);
        const bool hebrew_to_arabic = c >= 0x0590 && c <= 0x08FF;
        const bool presentation = (c >= 0xFB1D && c <= 0xFDFF) || (c >= 0xFE70 && c <= 0xFEFC);
        if (hebrew_to_arabic || presentation) return true;
    }
    return false;
}

namespace {

// The vowel signs stand over or under their letter. Drawn one by one they would stand beside it,
// and words are read without them.
bool is_vowel_sign(char32_t c) {
    return (c >= 0x064B && c <= 0x0652) || c == 0x0670;
}

// Signs that belong to the Latin word or number they touch, not to the sentence around: the stop of
// an initial or of a part before a dot, the stroke of a path, the per cent of a number.
void keep_with_latin(const std::vector<FriBidiChar>& line, std::vector<FriBidiCharType>& types) {
    const auto is_space = [](FriBidiChar c) { return c == U' ' || c == 0x00A0 || c == 0x202F; };
    for (std::size_t i = 0; i < line.size(); ++i) {
        const bool begins = i == 0 || is_space(line[i - 1]);
        if ((line[i] == U'/' || line[i] == U'@') && begins && i + 1 < line.size() &&
            types[i + 1] == FRIBIDI_TYPE_LTR)
            types[i] = FRIBIDI_TYPE_LTR;
        if (line[i] == U'.' && i > 0 && types[i - 1] == FRIBIDI_TYPE_LTR) {
            const bool initial = i == 1 || is_space(line[i - 2]);
            std::size_t next = i + 1;
            while (next < line.size() && is_space(line[next]))
                ++next;
            if (initial || (next < line.size() && line[next] == 0x00B7))
                types[i] = FRIBIDI_TYPE_LTR;
        }
        if (line[i] != U'%' || i == 0) continue;
        const std::size_t number = i > 1 && is_space(line[i - 1]) ? i - 2 : i - 1;
        if (types[number] != FRIBIDI_TYPE_EN) continue;
        for (std::size_t at = number + 1; at <= i; ++at)
            types[at] = FRIBIDI_TYPE_EN;
    }
}

// What Unicode's rules cannot know of our lines from right to left. A dot between two things keeps
// them apart: a date after a Latin word stays a date. A number before a Latin word belongs to it:
// the year of "2022 Toyota" stands before the name as it does alone. And the plus of a telephone
// number stands before it.
void know_our_lines(const std::vector<FriBidiChar>& line, std::vector<FriBidiCharType>& types) {
    keep_with_latin(line, types);
    const auto number_at = [&](std::size_t i) {
        return i < line.size() && types[i] == FRIBIDI_TYPE_EN;
    };
    for (std::size_t i = 0; i < line.size(); ++i) {
        if (line[i] == 0x00B7) types[i] = FRIBIDI_TYPE_RTL;
        if (i > 0 && line[i - 1] != U' ') continue;
        const bool telephone = line[i] == U'+' && number_at(i + 1);
        if (!telephone && !number_at(i)) continue;
        std::size_t end = i;
        while (end < line.size() && line[end] != U' ')
            ++end;
        std::size_t next = end;
        while (next < line.size() && line[next] == U' ')
            ++next;
        const bool before_latin = next < line.size() && types[next] == FRIBIDI_TYPE_LTR;
        if (!telephone && !before_latin) continue;
        for (std::size_t at = i; at < end; ++at)
            if (types[at] == FRIBIDI_TYPE_EN || (telephone && at == i))
                types[at] = FRIBIDI_TYPE_LTR;
    }
}

}  // namespace

std::string shape(std::string_view utf8, Direction direction) {
    if (!needs_shaping(utf8)) return std::string(utf8);
    std::u32string logical = to_code_points(utf8);
    std::erase_if(logical, is_vowel_sign);
    if (logical.empty() || logical.size() > kMaxShapedChars) return std::string(utf8);
    std::vector<FriBidiChar> line(logical.begin(), logical.end());
    const auto length = static_cast<FriBidiStrIndex>(line.size());

    std::vector<FriBidiCharType> types(line.size());
    std::vector<FriBidiBracketType> brackets(line.size());
    std::vector<FriBidiLevel> levels(line.size());
    std::vector<FriBidiJoiningType> joining(line.size());
    fribidi_get_bidi_types(line.data(), length, types.data());
    if (direction == Direction::kRightToLeft) know_our_lines(line, types);
    fribidi_get_bracket_types(line.data(), length, types.data(), brackets.data());
    FriBidiParType paragraph =
        direction == Direction::kRightToLeft ? FRIBIDI_PAR_RTL : FRIBIDI_PAR_LTR;
    if (fribidi_get_par_embedding_levels_ex(types.data(), brackets.data(), length, &paragraph,
                                            levels.data()) == 0)
        return std::string(utf8);
    fribidi_get_joining_types(line.data(), length, joining.data());
    fribidi_join_arabic(types.data(), length, levels.data(), joining.data());
    fribidi_shape(FRIBIDI_FLAGS_DEFAULT | FRIBIDI_FLAGS_ARABIC, levels.data(), length,
                  joining.data(), line.data());
    if (fribidi_reorder_line(FRIBIDI_FLAGS_DEFAULT, types.data(), length, 0, paragraph,
                             levels.data(), line.data(), nullptr) == 0)
        return std::string(utf8);

    std::string out;
    for (const FriBidiChar c : line) {
        // A ligature leaves a filler where its second letter stood; direction marks are not drawn.
        const bool mark = c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E) ||
                          (c >= 0x2066 && c <= 0x2069) || c == 0x200D || c == 0x200C;
        if (c != FRIBIDI_CHAR_FILL && !mark) append_utf8(out, static_cast<char32_t>(c));
    }
    return out;
}

}  // namespace showfloor::text
