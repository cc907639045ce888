#include "central/jobs.hpp"

#include "central/credentials.hpp"
#include "central/feed.hpp"
#include "central/limits.hpp"

namespace showfloor::central {

namespace {

constexpr std::size_t kMaxMarks = 400;  // one a day: more than the feed is kept for

// Notes today's head of the feed; forgets what left scopes before the oldest day that is kept.
base::Result<void> age_feed(database::Connection& connection, base::UtcMs now) {
    SHOWFLOOR_ASSIGN(const std::string text, get_value(connection, "feed_marks"));
    base::Json marks = base::Json::array();
    if (!text.empty()) {
        SHOWFLOOR_ASSIGN(marks, base::parse_json(text, 64 * 1024));
    }
    SHOWFLOOR_ASSIGN(const std::int64_t head, feed_head(connection));
    marks.push_back({now, head});
    std::int64_t forget = 0;
    while (!marks.empty() &&
           (marks[0][0].get<std::int64_t>() < now - kGoneKeptMs || marks.size() > kMaxMarks)) {
        forget = marks[0][1].get<std::int64_t>();
        marks.erase(marks.begin());
    }
    if (forget > 0) SHOWFLOOR_TRY(prune_feed(connection, forget));
    return set_value(connection, "feed_marks", base::dump_json(marks));
}

}  // namespace

base::Result<bool> run_daily(CommandProcessor& processor, base::UtcMs now) {
    SHOWFLOOR_ASSIGN(auto batch, processor.batch(now));
    database::Connection& connection = batch.connection();
    SHOWFLOOR_ASSIGN(const std::int64_t last, get_counter(connection, "daily_at"));
    if (now < last + kDayMs) return false;
    SHOWFLOOR_TRY(withdraw_stale_verifiers(batch));
    SHOWFLOOR_TRY(age_feed(connection, now));
    SHOWFLOOR_TRY(connection.run("DELETE FROM enroll_code WHERE expires_at < ?1", {now - kDayMs}));
    SHOWFLOOR_TRY(connection.run("DELETE FROM lease WHERE expires_at < ?1", {now}));
    SHOWFLOOR_TRY(set_counter(connection, "daily_at", now));
    SHOWFLOOR_TRY(batch.commit());
    return true;
}

}  // namespace showfloor::central
