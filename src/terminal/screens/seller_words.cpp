#include "terminal/screens/seller_words.hpp"

#include <algorithm>
#include <chrono>

#include "text/format.hpp"
#include "text/zone.hpp"

namespace showfloor::terminal {

namespace {

constexpr base::UtcMs kMinuteMs = 60'000, kDayMs = 86'400'000;

std::string& zone() {
    static std::string name;  // the branch's, by Shell::draw(); empty = UTC
    return name;
}

// When that day of the branch's calendar begins; the month may lie outside 1..12.
base::UtcMs begin_of(int year, int month, int day) {
    using namespace std::chrono;
    year += (month - 1 - ((month - 1) % 12 + 12) % 12) / 12;
    month = ((month - 1) % 12 + 12) % 12 + 1;
    const sys_days first = sys_days(std::chrono::year(year) / month / 1) + days(day - 1);
    const base::UtcMs utc = duration_cast<milliseconds>(first.time_since_epoch()).count();
    return utc - text::utc_offset_minutes(zone(), utc) * kMinuteMs;
}

}  // namespace

void use_zone(const std::string& name) {
    if (zone() != name) zone() = name;
}

std::string full_name_of(const domain::Customer& customer) {
    std::string name = customer.first_name;
    if (!customer.last_name.empty()) name += (name.empty() ? "" : " ") + customer.last_name;
    return name.empty() ? customer.company_name : name;
}

std::string contact_of(const domain::Customer& customer) {
    std::string line;
    for (const std::string* part : {&customer.company_name, &customer.phone, &customer.email}) {
        if (!part->empty()) line += (line.empty() ? "" : " · ") + *part;
    }
    return line;
}

text::CivilTime civil_of(base::UtcMs at) {
    return text::civil_time(at, text::utc_offset_minutes(zone(), at));
}

std::string date_of(const ui::Context& ui, base::UtcMs at) {
    return text::date(ui.locale(), civil_of(at));
}

std::string long_date_of(const ui::Context& ui, base::UtcMs at) {
    return text::long_date(ui.locale(), civil_of(at));
}

std::string moment_of(const ui::Context& ui, base::UtcMs at, base::UtcMs now) {
    const base::UtcMs today = day_begin(now);
    const std::string clock = text::time_of_day(civil_of(at));
    if (at >= today && day_begin(at) == today) return ui.tr("when.today", {{"time", clock}});
    if (day_begin(at) == day_begin(today - 1)) return ui.tr("when.yesterday", {{"time", clock}});
    if (day_begin(at - kDayMs) == today) return ui.tr("when.tomorrow", {{"time", clock}});
    return date_of(ui, at);
}

std::string since_of(const ui::Context& ui, base::UtcMs at, base::UtcMs now, bool in_short) {
    const base::UtcMs today = day_begin(now), day = day_begin(at);
    const std::string clock = text::time_of_day(civil_of(at));
    if (day >= today) return clock;
    if (day == day_begin(today - 1)) return ui.tr("when.yesterday", {{"time", clock}});
    const std::string date = date_of(ui, at);
    return in_short ? ui.tr("when.since_day", {{"date", date}})
                    : ui.tr("when.since_moment", {{"date", date}, {"time", clock}});
}

std::string age_of(const ui::Context& ui, base::UtcMs at, base::UtcMs now) {
    return text::relative_age(ui.strings(), std::max<std::int64_t>(0, now - at));
}

base::UtcMs day_begin(base::UtcMs at) {
    const text::CivilTime day = civil_of(at);
    return begin_of(day.year, day.month, day.day);
}

base::UtcMs month_begin(base::UtcMs at, int months) {
    const text::CivilTime day = civil_of(at);
    return begin_of(day.year, day.month + months, 1);
}

base::UtcMs week_begin(base::UtcMs at, int weeks) {
    const text::CivilTime day = civil_of(at);
    return begin_of(day.year, day.month, day.day + weeks * 7 - (day.weekday + 6) % 7);
}

base::UtcMs months_later(base::UtcMs at, int months) {
    using namespace std::chrono;
    const text::CivilTime now = civil_of(at);
    const year_month goal =
        year(now.year) / month(static_cast<unsigned>(now.month)) + std::chrono::months(months);
    const auto last = static_cast<int>(static_cast<unsigned>((goal / std::chrono::last).day()));
    const base::UtcMs day =
        begin_of(static_cast<int>(goal.year()),
                 static_cast<int>(static_cast<unsigned>(goal.month())), std::min(now.day, last));
    return day + (now.hour * 60 + now.minute) * kMinuteMs;
}

base::UtcMs at_hour(base::UtcMs at, int days, int hour) {
    const text::CivilTime day = civil_of(at);
    return begin_of(day.year, day.month, day.day + days) + hour * 60 * kMinuteMs;
}

base::UtcMs any_time_of(base::UtcMs at, int days) {
    return at_hour(at, days + 1, 0) - kMinuteMs;
}

std::string wish_of(const ui::Context& ui, base::UtcMs at, base::UtcMs now) {
    const text::CivilTime when = civil_of(at);
    const base::UtcMs day = day_begin(at), today = day_begin(now);
    const bool tomorrow = day == at_hour(now, 1, 0);
    if (when.hour == 23 && when.minute == 59) {
        if (day == today) return ui.tr("when.today_any");
        if (tomorrow) return ui.tr("when.tomorrow_any");
        return ui.tr("when.day_any", {{"date", date_of(ui, at)}});
    }
    if (day == today || tomorrow || day == day_begin(today - 1)) return moment_of(ui, at, now);
    return ui.tr("when.since_moment",
                 {{"date", date_of(ui, at)}, {"time", text::time_of_day(when)}});
}

domain::Actor actor_of(const Person& person) {
    return {person.user_id, person.role, person.branch_id, false};
}

}  // namespace showfloor::terminal
