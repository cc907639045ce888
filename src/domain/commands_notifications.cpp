// What keeps everybody informed: read and put away by people. Central alone writes notifications,
// as it does reports and history, in the transaction of the change they tell of.

#include <algorithm>

#include "domain/handlers.hpp"

namespace showfloor::domain {

namespace {

struct NotificationId {
    Uuid notification_id;
};

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
    };
    for (CommandSpec& one : all)
        one.from_terminal = one.name == "read_notification" || one.name == "dismiss_notification";
    return all;
}

}  // namespace showfloor::domain
