#include "terminal/opening_hours.hpp"

#include <algorithm>
#include <cctype>
#include <string>

namespace showfloor::terminal {

namespace {

constexpr int kDay = 24 * 60;
constexpr std::array<std::string_view, 7> kDays = {"sun", "mon", "tue", "wed", "thu", "fri", "sat"};

std::string_view trimmed(std::string_view words) {
    while (!words.empty() && words.front() == ' ')
        words.remove_prefix(1);
    while (!words.empty() && words.back() == ' ')
        words.remove_suffix(1);
    return words;
}

std::optional<int> day_of(std::string_view word) {
    std::string low;
    for (const char c : word.substr(0, 3))
        low += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    const auto found = std::find(kDays.begin(), kDays.end(), low);
    if (found == kDays.end()) return std::nullopt;
    return static_cast<int>(found - kDays.begin());
}

// "08:00" in minutes; "24:00" is the end of the day.
std::optional<int> minute_of(std::string_view word) {
    const auto digit = [&](std::size_t at) { return word[at] >= '0' && word[at] <= '9'; };
    if (word.size() != 5 || word[2] != ':' || !digit(0) || !digit(1) || !digit(3) || !digit(4))
        return std::nullopt;
    const int hour = (word[0] - '0') * 10 + (word[1] - '0');
    const int minute = (word[3] - '0') * 10 + (word[4] - '0');
    const int all = hour * 60 + minute;
    if (minute > 59 || all > kDay) return std::nullopt;
    return all;
}

// "Mon-Fri 08:00-18:00", "Sat 09:00-12:00,13:00-16:00", "Sun closed".
bool read_rule(std::string_view rule, OpeningHours& hours) {
    const auto space = rule.find(' ');
    if (space == std::string_view::npos) return false;
    const std::string_view days = rule.substr(0, space);
    const auto dash = days.find('-');
    const auto first = day_of(days.substr(0, dash));
    const auto last = dash == std::string_view::npos ? first : day_of(days.substr(dash + 1));
    if (!first || !last) return false;
    std::vector<OpeningHours::Span> spans;
    std::string_view times = trimmed(rule.substr(space));
    while (!times.empty() && times != "closed") {
        const auto comma = times.find(',');
        const std::string_view span = trimmed(times.substr(0, comma));
        times = comma == std::string_view::npos ? std::string_view() : times.substr(comma + 1);
        if (span.size() != 11 || span[5] != '-') return false;
        const auto from = minute_of(span.substr(0, 5)), to = minute_of(span.substr(6));
        if (!from || !to || *from >= *to) return false;
        spans.push_back({*from, *to});
    }
    for (int day = *first;; day = (day + 1) % 7) {
        hours.days[static_cast<std::size_t>(day)] = spans;
        if (day == *last) return true;
    }
}

}  // namespace

bool OpeningHours::open_at(int weekday, int minute) const {
    const auto& spans = days[static_cast<std::size_t>(weekday)];
    return std::any_of(spans.begin(), spans.end(),
                       [&](const Span& s) { return minute >= s.from && minute < s.to; });
}

std::optional<OpeningHours::Moment> OpeningHours::next_opening(int weekday, int minute) const {
    for (int ahead = 0; ahead <= 7; ++ahead) {
        const int day = (weekday + ahead) % 7;
        std::optional<int> earliest;
        for (const Span& span : days[static_cast<std::size_t>(day)])
            if ((ahead > 0 || span.from > minute) && (!earliest || span.from < *earliest))
                earliest = span.from;
        if (earliest) return Moment{ahead, day, *earliest};
    }
    return std::nullopt;
}

std::optional<OpeningHours> parse_opening_hours(std::string_view words) {
    OpeningHours hours;
    bool any = false;
    while (!words.empty()) {
        const auto end = words.find(';');
        const std::string_view rule = trimmed(words.substr(0, end));
        words = end == std::string_view::npos ? std::string_view() : words.substr(end + 1);
        if (rule.empty()) continue;
        if (!read_rule(rule, hours)) return std::nullopt;
        any = true;
    }
    if (!any) return std::nullopt;
    return hours;
}

}  // namespace showfloor::terminal
