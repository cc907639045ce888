#include "central/jobs.hpp"

#include <algorithm>
#include <map>
#include <string>

#include "central/auth/accounts.hpp"
#include "central/credentials.hpp"
#include "central/feed.hpp"
#include "central/instalments.hpp"
#include "central/limits.hpp"
#include "central/mail/mail_queue.hpp"
#include "domain/records.hpp"

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

constexpr std::string_view kOfflineMessage = "notification.terminal_offline";

base::Result<std::map<std::string, base::UtcMs>> last_contacts(database::Connection& connection) {
    SHOWFLOOR_ASSIGN(auto row,
                     connection.prepare("SELECT terminal_id, last_contact_at FROM terminal_state"));
    std::map<std::string, base::UtcMs> heard;
    for (;;) {
        SHOWFLOOR_ASSIGN(const bool more, row.step());
        if (!more) return heard;
        heard[row.text(0)] = row.integer(1);
    }
}

// A terminal on its own goes on selling; somebody must hear that it is on its own.
base::Result<void> tell_of_offline(Batch& batch) {
    SHOWFLOOR_ASSIGN(const auto heard, last_contacts(batch.connection()));
    for (const auto& terminal : batch.world().find<domain::Terminal>({.limit = kMaxTerminals})) {
        const auto contact = heard.find(terminal.id.to_string());
        const base::UtcMs since =
            std::max(terminal.created_at, contact == heard.end() ? 0 : contact->second);
        const bool gone = terminal.status == domain::TerminalStatus::kActive &&
                          !terminal.archived && batch.now() - since > kTerminalOfflineMs;
        auto open = batch.world().find<domain::Notification>(
            {.where = {{"record_id", terminal.id.to_string()},
                       {"message", std::string(kOfflineMessage)},
                       {"resolved_at", domain::Value{}}},
             .limit = 1});
        if (gone && open.empty()) {
            domain::Notification note;
            note.type = "terminal_offline";
            note.message = kOfflineMessage;
            note.values = base::dump_json(
                {{"terminal", terminal.code}, {"name", terminal.name}, {"since", since}});
            note.record = domain::describe<domain::Terminal>().name;
            note.record_id = terminal.id;
            note.branch_id = terminal.branch_id;
            note.audience = {"super_admin", "admin"};
            SHOWFLOOR_TRY(batch.notify(std::move(note)));
        } else if (!gone && !open.empty()) {
            open[0].resolved_at = open[0].updated_at = batch.now();
            batch.world().put(open[0]);
        }
    }
    if (batch.world().failure()) return *batch.world().failure();
    return {};
}

}  // namespace

base::Result<bool> run_daily(CommandProcessor& processor, base::UtcMs now) {
    SHOWFLOOR_ASSIGN(auto batch, processor.batch(now));
    database::Connection& connection = batch.connection();
    SHOWFLOOR_ASSIGN(const std::int64_t last, get_counter(connection, "daily_at"));
    if (now < last + kDayMs) return false;
    // Commands come first: they find no changes before them.
    SHOWFLOOR_TRY(withdraw_stale_verifiers(batch));
    SHOWFLOOR_TRY(close_ended(batch));
    SHOWFLOOR_TRY(age_feed(connection, now));
    SHOWFLOOR_TRY(connection.run("DELETE FROM enroll_code WHERE expires_at < ?1", {now - kDayMs}));
    SHOWFLOOR_TRY(connection.run("DELETE FROM lease WHERE expires_at < ?1", {now}));
    SHOWFLOOR_TRY(tell_of_offline(batch));
    SHOWFLOOR_TRY(tell_of_overdue(batch));
    SHOWFLOOR_TRY(forget_old_mail(connection, now));
    SHOWFLOOR_TRY(forget_old_codes(connection, now));
    SHOWFLOOR_TRY(set_counter(connection, "daily_at", now));
    SHOWFLOOR_TRY(batch.commit());
    return true;
}

}  // namespace showfloor::central
