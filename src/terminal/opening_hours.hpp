#pragma once
// When a branch is open, read from the words it gives: "Mon-Fri 08:00-18:00; Sat 09:00-16:00; Sun
// closed". Thread contract: pure functions, a plain value.

#include <array>
#include <optional>
#include <string_view>
#include <vector>

namespace showfloor::terminal {

struct OpeningHours {
    struct Span {
        int from = 0, to = 0;  // minutes of the day, `to` not included
    };
    std::array<std::vector<Span>, 7> days;  // 0 = Sunday

    [[nodiscard]] bool open_at(int weekday, int minute) const;
    struct Moment {
        int days_ahead = 0, weekday = 0, minute = 0;
    };
    // When it opens next, within a week; nothing when it never does.
    [[nodiscard]] std::optional<Moment> next_opening(int weekday, int minute) const;
};

// Nothing when the words are none or of another form: then nobody knows, and nothing is closed.
[[nodiscard]] std::optional<OpeningHours> parse_opening_hours(std::string_view words);

}  // namespace showfloor::terminal
