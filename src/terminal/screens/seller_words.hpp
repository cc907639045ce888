#pragma once
// What sellers' screens say of records: names, dates, ages, in the shown language and on the
// branch's clock. Thread contract: UI thread, during a frame.

#include <string>

#include "domain/rights.hpp"
#include "terminal/screens/shell.hpp"
#include "text/format.hpp"

namespace showfloor::terminal {

[[nodiscard]] std::string full_name_of(const domain::Customer& customer);  // or the company's
// "0712 345 678 · wanjiru@example.com", with the company in front when there is one.
[[nodiscard]] std::string contact_of(const domain::Customer& customer);
// Whose days and hours these are; every frame says it.
void use_zone(const std::string& name);
[[nodiscard]] std::string date_of(const ui::Context& ui, base::UtcMs at);       // "21 Nov 2026"
[[nodiscard]] std::string long_date_of(const ui::Context& ui, base::UtcMs at);  // "Saturday 21 ..."
// "today 10:42", "yesterday 10:42", else the date.
[[nodiscard]] std::string moment_of(const ui::Context& ui, base::UtcMs at, base::UtcMs now);
// After "since": "10:42", "yesterday 10:42", "12 Jun 2025, 10:42"; in short without that hour.
[[nodiscard]] std::string since_of(const ui::Context& ui, base::UtcMs at, base::UtcMs now,
                                   bool in_short = false);
[[nodiscard]] std::string age_of(const ui::Context& ui, base::UtcMs at, base::UtcMs now);
// Midnight of this day, and of the first day of this month plus `months`, there.
[[nodiscard]] base::UtcMs day_begin(base::UtcMs at);
[[nodiscard]] base::UtcMs month_begin(base::UtcMs at, int months = 0);
[[nodiscard]] base::UtcMs week_begin(base::UtcMs at, int weeks = 0);  // Monday
[[nodiscard]] text::CivilTime civil_of(base::UtcMs at);
// The same time of day so many months, or days, later; the 31st becomes a shorter month's last.
[[nodiscard]] base::UtcMs months_later(base::UtcMs at, int months);
[[nodiscard]] base::UtcMs at_hour(base::UtcMs at, int days, int hour);
// A day that was wished for without an hour is kept as its last minute: it is never over before it
// is, and nobody asks for that minute.
[[nodiscard]] base::UtcMs any_time_of(base::UtcMs at, int days);
// "tomorrow 15:00", "24 Nov 2026, 15:00"; "tomorrow, any time" where no hour was said.
[[nodiscard]] std::string wish_of(const ui::Context& ui, base::UtcMs at, base::UtcMs now);
// The signed-in person as the rules see them.
[[nodiscard]] domain::Actor actor_of(const Person& person);

}  // namespace showfloor::terminal
