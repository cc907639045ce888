// Which keys there are: rows of letters of each language, figures, symbols, and what a letter turns
// into when it is held.

#include <algorithm>
#include <array>

#include "text/locale.hpp"
#include "text/utf8.hpp"
#include "ui/keyboard.hpp"

namespace showfloor::ui {

namespace {

// Keys as one string a row, one code point a key.
struct Letters {
    std::string_view language;
    std::string_view first, second, third;
    std::string_view comma, point;  // beside the space bar
};

// Swahili is written with the English keys.
constexpr std::array<Letters, 5> kLetters = {{
    {"en", "qwertyuiop", "asdfghjkl", "zxcvbnm", "'", "."},
    {"fr", "azertyuiop", "qsdfghjklm", "wxcvbn'", "é", "."},
    {"ar", "ضصثقفغعهخحجد", "شسيبلاأتنمكط", "ذئءؤرإىةوزظ", "،", "."},
    {"de", "qwertzuiopü", "asdfghjklöä", "yxcvbnmß", "'", "."},
    {"es", "qwertyuiop", "asdfghjklñ", "zxcvbnm", "'", "."},
}};

struct Held {
    std::string_view letter, others;
};
constexpr std::array<Held, 16> kHeld = {{
    {"a", "àâäáãåæ"},
    {"c", "çćč"},
    {"e", "éèêëę"},
    {"i", "îïíì"},
    {"l", "ł"},
    {"n", "ñń"},
    {"o", "ôöóòõø"},
    {"s", "ßśš"},
    {"u", "ùûüú"},
    {"y", "ÿý"},
    {"z", "žźż"},
    {"'", "’\"«»"},
    {".", ",;:!?"},
    {"-", "–_"},
    {"ا", "آ"},
    {"،", "؛؟"},
}};

KeyRow letters(std::string_view row) {
    KeyRow keys;
    for (std::size_t at = 0; at < row.size();) {
        const std::size_t end = text::next_boundary(row, at);
        keys.push_back({KeyAction::kLetter, row.substr(at, end - at), 1});
        at = end;
    }
    return keys;
}

KeyLayout digit_pad(std::string_view left_of_zero) {
    KeyLayout rows = {letters("123"), letters("456"), letters("789")};
    KeyRow last;
    if (!left_of_zero.empty()) last.push_back({KeyAction::kLetter, left_of_zero, 1});
    last.push_back({KeyAction::kLetter, "0", left_of_zero.empty() ? 2.0F : 1.0F});
    last.push_back({KeyAction::kBackspace, "", 1});
    rows.push_back(last);
    for (KeyRow& row : rows)
        for (KeyCap& cap : row)
            cap.width *= 1.6F;
    rows.push_back({{KeyAction::kDone, "", 5.0F}});
    return rows;
}

const Letters& letters_of(std::string_view language) {
    const auto* found = std::find_if(kLetters.begin(), kLetters.end(),
                                     [&](const Letters& l) { return l.language == language; });
    return found == kLetters.end() ? kLetters.front() : *found;
}

KeyRow bottom_row(const Letters& of, std::string_view name, FieldKind kind) {
    if (kind == FieldKind::kEmail)
        return {{KeyAction::kPage, "", 1.6F},       {KeyAction::kLetter, "@", 1},
                {KeyAction::kSpace, name, 2.4F},    {KeyAction::kLetter, "_", 1},
                {KeyAction::kLetter, "-", 1},       {KeyAction::kLetter, ".", 1},
                {KeyAction::kLetter, ".com", 1.4F}, {KeyAction::kDone, "", 2}};
    return {{KeyAction::kPage, "", 1.6F},      {KeyAction::kLanguage, "", 1},
            {KeyAction::kLetter, of.comma, 1}, {KeyAction::kSpace, name, 4.4F},
            {KeyAction::kLetter, of.point, 1}, {KeyAction::kDone, "", 2}};
}

KeyLayout letter_rows(const Letters& of) {
    KeyRow third = letters(of.third);
    // A script without capitals has no shift.
    const bool capitals = of.language != "ar";
    if (capitals) third.insert(third.begin(), {KeyAction::kShift, "", 1.25F});
    third.push_back({KeyAction::kBackspace, "", capitals ? 1.25F : 1.0F});
    return {letters("1234567890"), letters(of.first), letters(of.second), third};
}

KeyLayout symbol_rows() {
    KeyRow third = letters("-_=,;:'\"");
    third.push_back({KeyAction::kBackspace, "", 1.6F});
    return {letters("1234567890"), letters("!@#$%^&*()"), letters("+/\\|<>[]?"), third};
}

}  // namespace

KeyLayout key_layout(std::string_view language, FieldKind kind, bool symbols) {
    switch (kind) {
        case FieldKind::kNumber:
        case FieldKind::kPin:
            return digit_pad("");
        case FieldKind::kMoney:
            return digit_pad(text::locale_for(language).decimal);
        case FieldKind::kPhone:
            return digit_pad("+");
        case FieldKind::kDate:
            return digit_pad("/");
        default:
            break;
    }
    // What machines read is written in Latin letters whatever the page's language.
    const bool latin = kind == FieldKind::kEmail || kind == FieldKind::kPassword;
    if (latin && language == "ar") language = "en";
    const Letters& of = letters_of(language);
    KeyLayout rows = symbols ? symbol_rows() : letter_rows(of);
    rows.push_back(bottom_row(of, text::locale_for(language).own_name, kind));
    return rows;
}

std::vector<std::string_view> keyboard_languages() {
    std::vector<std::string_view> all;
    for (const Letters& one : kLetters)
        all.push_back(one.language);
    return all;
}

std::string_view letters_when_held(std::string_view letter) {
    for (const Held& held : kHeld)
        if (held.letter == letter) return held.others;
    return {};
}

}  // namespace showfloor::ui
