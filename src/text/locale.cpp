#include "text/locale.hpp"

#include <algorithm>

namespace showfloor::text {

namespace {

std::int64_t magnitude(std::int64_t n) {
    return n < 0 ? -(n + 1) + 1 : n;
}

PluralForm one_is_one(std::int64_t n) {
    return magnitude(n) == 1 ? PluralForm::kOne : PluralForm::kOther;
}

PluralForm french(std::int64_t n) {
    const std::int64_t m = magnitude(n);
    if (m <= 1) return PluralForm::kOne;
    return m % 1'000'000 == 0 ? PluralForm::kMany : PluralForm::kOther;
}

PluralForm spanish(std::int64_t n) {
    const std::int64_t m = magnitude(n);
    if (m == 1) return PluralForm::kOne;
    return m != 0 && m % 1'000'000 == 0 ? PluralForm::kMany : PluralForm::kOther;
}

PluralForm arabic(std::int64_t n) {
    const std::int64_t m = magnitude(n);
    if (m == 0) return PluralForm::kZero;
    if (m == 1) return PluralForm::kOne;
    if (m == 2) return PluralForm::kTwo;
    const std::int64_t tail = m % 100;
    if (tail >= 3 && tail <= 10) return PluralForm::kFew;
    return tail >= 11 ? PluralForm::kMany : PluralForm::kOther;
}

constexpr auto kLtr = Direction::kLeftToRight;
constexpr auto kRtl = Direction::kRightToLeft;

const std::array<Locale, 6> kLocales = {{
    {"en",
     "English",
     kLtr,
     ".",
     ",",
     true,
     {"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"},
     {"January", "February", "March", "April", "May", "June", "July", "August", "September",
      "October", "November", "December"},
     {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"},
     "K",
     "M",
     "B",
     one_is_one},
    {"sw",
     "Kiswahili",
     kLtr,
     ".",
     ",",
     true,
     {"Jumapili", "Jumatatu", "Jumanne", "Jumatano", "Alhamisi", "Ijumaa", "Jumamosi"},
     {"Januari", "Februari", "Machi", "Aprili", "Mei", "Juni", "Julai", "Agosti", "Septemba",
      "Oktoba", "Novemba", "Desemba"},
     {"Jan", "Feb", "Mac", "Apr", "Mei", "Jun", "Jul", "Ago", "Sep", "Okt", "Nov", "Des"},
     "K",
     "M",
     "B",
     one_is_one},
    {"fr",
     "Français",
     kLtr,
     ",",
     "\u202f",
     false,
     {"dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"},
     {"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre",
      "octobre", "novembre", "décembre"},
     {"janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.",
      "déc."},
     "k",
     "M",
     "Md",
     french},
    {"de",
     "Deutsch",
     kLtr,
     ",",
     ".",
     false,
     {"Sonntag", "Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag"},
     {"Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober",
      "November", "Dezember"},
     {"Jan.", "Feb.", "März", "Apr.", "Mai", "Juni", "Juli", "Aug.", "Sept.", "Okt.", "Nov.",
      "Dez."},
     "Tsd.",
     "Mio.",
     "Mrd.",
     one_is_one},
    {"es",
     "Español",
     kLtr,
     ",",
     ".",
     false,
     {"domingo", "lunes", "martes", "miércoles", "jueves", "viernes", "sábado"},
     {"enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre",
      "octubre", "noviembre", "diciembre"},
     {"ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sept", "oct", "nov", "dic"},
     "mil",
     "M",
     "mil M",
     spanish},
    {"ar",
     "العربية",
     kRtl,
     ".",
     ",",
     true,
     {"الأحد", "الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت"},
     {"يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر", "أكتوبر",
      "نوفمبر", "ديسمبر"},
     {"يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر", "أكتوبر",
      "نوفمبر", "ديسمبر"},
     "ألف",
     "مليون",
     "مليار",
     arabic},
}};

}  // namespace

const Locale& locale_for(std::string_view code) {
    const std::string_view language = code.substr(0, code.find_first_of("-_"));
    const auto* found = std::find_if(kLocales.begin(), kLocales.end(),
                                     [&](const Locale& l) { return l.code == language; });
    return found == kLocales.end() ? kLocales.front() : *found;
}

std::span<const Locale> all_locales() {
    return kLocales;
}

std::string_view plural_name(PluralForm form) {
    constexpr std::array<std::string_view, 6> kNames = {"zero", "one",  "two",
                                                        "few",  "many", "other"};
    return kNames.at(static_cast<std::size_t>(form));
}

}  // namespace showfloor::text
