// What keeps everybody informed: read and put away by people; written by central alone, with the
// reports and the history it makes of every change.

#include <algorithm>

#include "domain/handlers.hpp"

namespace showfloor::domain {

namespace {

struct NotificationId {
    Uuid notification_id;
};
struct Notify : Notification {};
struct BookReport : Report {};
struct NoteHistory : History {};

constexpr std::size_t kMostReaders = 1000;  // as the description says; more are all of a group

}  // namespace

template <>
const Description& describe<NotificationId>() {
    using F = build::Of<NotificationId>;
    static const Description d{
        "notification_id",
        "",
        {
            F::id<&NotificationId::notification_id>("notification_id", "notification").require(),
        },
        Synced::kNever,
        {}};
    return d;
}

template <>
const Description& describe<Notify>() {
    static const Description d = args_like("notify", describe<Notification>(),
                                           {"read_by", "dismissed_by", "resolved_at"}, false);
    return d;
}

template <>
const Description& describe<BookReport>() {
    static const Description d = args_like("book_report", describe<Report>(), {}, false);
    return d;
}

template <>
const Description& describe<NoteHistory>() {
    static const Description d = args_like("note_history", describe<History>(), {}, false);
    return d;
}

namespace {

// Adds the actor to a list of readers; twice is once.
Outcome note_reader(Handling& handling, std::vector<std::string> Notification::*list) {
    auto notification =
        handling.world.get<Notification>(handling.as<NotificationId>().notification_id);
    if (!notification) return refuse(Code::kNotFound, "notification_id");
    if (!handling.actor.system && !concerns(handling.actor, *notification) &&
        !may(handling.actor, Area::kNotifications, Action::kChange,
             facts_about(handling, *notification)))
        return refuse(Code::kNotAllowed, "notification_id");
    auto& readers = (*notification).*list;
    const std::string reader = handling.actor.user_id.to_string();
    const bool known = std::find(readers.begin(), readers.end(), reader) != readers.end();
    if (!known && readers.size() < kMostReaders) {
        readers.push_back(reader);
        handling.put(std::move(*notification));
    }
    return done(handling);
}

Outcome read_notification(Handling& handling) {
    return note_reader(handling, &Notification::read_by);
}

Outcome dismiss_notification(Handling& handling) {
    return note_reader(handling, &Notification::dismissed_by);
}

Outcome resolve_notification(Handling& handling) {
    auto notification =
        handling.world.get<Notification>(handling.as<NotificationId>().notification_id);
    if (!notification) return refuse(Code::kNotFound, "notification_id");
    if (auto stopped = check_right(handling, Area::kNotifications, Action::kDelete,
                                   facts_about(handling, *notification)))
        return *stopped;
    if (notification->resolved_at != 0) return refuse(Code::kAlreadyDone, "notification_id");
    notification->resolved_at = handling.command.occurred_at;
    handling.put(std::move(*notification));
    return done(handling);
}

// notify, book_report, note_history: central has worked the record out; it is only kept.
template <typename Args, typename Record>
Outcome keep(Handling& handling) {
    Record record = handling.as<Args>();
    if (auto stopped = check_new<Record>(handling, record.id)) return *stopped;
    handling.put(std::move(record));
    return done(handling);
}

}  // namespace

std::vector<CommandSpec> notification_commands() {
    using enum Code;
    std::vector<CommandSpec> all = {
        central_command("read_notification", Area::kNotifications, Action::kChange,
                        describe<NotificationId>(), &run_with<NotificationId, &read_notification>,
                        {kNotFound, kNotAllowed}),
        central_command("dismiss_notification", Area::kNotifications, Action::kChange,
                        describe<NotificationId>(),
                        &run_with<NotificationId, &dismiss_notification>, {kNotFound, kNotAllowed}),
        central_command("resolve_notification", Area::kNotifications, Action::kDelete,
                        describe<NotificationId>(),
                        &run_with<NotificationId, &resolve_notification>,
                        {kNotFound, kNotAllowed, kAlreadyDone}),
        central_command("notify", Area::kNotifications, Action::kCreate, describe<Notify>(),
                        &run_with<Notify, &keep<Notify, Notification>>, {kAlreadyDone}),
        central_command("book_report", Area::kConfidential, Action::kCreate, describe<BookReport>(),
                        &run_with<BookReport, &keep<BookReport, Report>>, {kAlreadyDone}),
        central_command("note_history", Area::kHistory, Action::kCreate, describe<NoteHistory>(),
                        &run_with<NoteHistory, &keep<NoteHistory, History>>, {kAlreadyDone}),
    };
    for (CommandSpec& one : all) {
        one.from_terminal = one.name == "read_notification" || one.name == "dismiss_notification";
        one.system_only = one.area != Area::kNotifications || one.name == "notify";
    }
    return all;
}

}  // namespace showfloor::domain
