#include "central/waiting.hpp"

#include <algorithm>
#include <charconv>
#include <string>

#include "central/limits.hpp"
#include "central/store.hpp"
#include "protocol/limits.hpp"

namespace showfloor::central {

namespace {

base::UtcMs time_of(const std::string& text) {
    base::UtcMs at = 0;
    std::from_chars(text.data(), text.data() + text.size(), at);
    return at;
}

std::int64_t count_of(const base::Result<database::Cell>& cell) {
    const auto* number = cell ? std::get_if<std::int64_t>(&*cell) : nullptr;
    return number == nullptr ? 0 : *number;
}

}  // namespace

bool must_wait(const domain::Command& command, const domain::Outcome& outcome) {
    if (outcome.kind != domain::Outcome::Kind::kRefused || outcome.code != domain::Code::kNotFound)
        return false;
    const domain::CommandSpec* spec = domain::find_command(command.name);
    return spec != nullptr && (spec->records_what_happened || spec->others_build_on_it);
}

base::Result<void> keep_waiting(database::Connection& connection, const WaitingCommand& waiting,
                                base::UtcMs now) {
    const auto there = connection.value("SELECT count(*) FROM push_waiting WHERE terminal_id = '" +
                                        waiting.terminal_id.to_string() + "'");
    if (!there) return there.error();
    if (count_of(there) >= kMaxWaitingPerTerminal)
        return base::fail(base::ErrorKind::kRefused, "Too much waits already.", "too_many_waiting");
    return connection.run(
        "INSERT INTO push_waiting (command_id, terminal_id, seq, numbers, was_numbers, body, at) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        {waiting.pushed.id.to_string(), waiting.terminal_id.to_string(), waiting.pushed.seq,
         base::dump_json(protocol::numbers_to_json(waiting.pushed.numbers)),
         base::dump_json(protocol::numbers_to_json(waiting.pushed.was_numbers)),
         waiting.pushed.body, now});
}

base::Result<std::vector<WaitingCommand>> waiting_commands(database::Connection& connection) {
    SHOWFLOOR_ASSIGN(auto row,
                     connection.prepare("SELECT command_id, terminal_id, seq, numbers, "
                                        "was_numbers, body FROM push_waiting ORDER BY number"));
    std::vector<WaitingCommand> all;
    for (;;) {
        SHOWFLOOR_ASSIGN(const bool more, row.step());
        if (!more) return all;
        const auto id = base::Uuid::parse(row.text(0));
        const auto terminal = base::Uuid::parse(row.text(1));
        SHOWFLOOR_ASSIGN(const auto numbers,
                         base::parse_json(row.text(3), protocol::kMaxBodyBytes));
        SHOWFLOOR_ASSIGN(const auto was, base::parse_json(row.text(4), protocol::kMaxBodyBytes));
        if (!id || !terminal)
            return base::fail(base::ErrorKind::kDamaged, "A waiting command cannot be read.");
        WaitingCommand one;
        one.terminal_id = *terminal;
        one.pushed.id = *id;
        one.pushed.seq = row.integer(2);
        SHOWFLOOR_ASSIGN(one.pushed.numbers, protocol::numbers_from_json(numbers));
        SHOWFLOOR_ASSIGN(one.pushed.was_numbers, protocol::numbers_from_json(was));
        one.pushed.body = row.text(5);
        all.push_back(std::move(one));
    }
}

base::Result<void> end_waiting(database::Connection& connection, const base::Uuid& command_id) {
    return connection.run("DELETE FROM push_waiting WHERE command_id = ?1",
                          {command_id.to_string()});
}

base::Result<SetBack> set_back_of(database::Connection& connection) {
    SHOWFLOOR_ASSIGN(const std::string from, get_value(connection, "set_back_from"));
    SHOWFLOOR_ASSIGN(const std::string to, get_value(connection, "set_back_to"));
    return SetBack{time_of(from), time_of(to)};
}

base::Result<void> note_set_back(database::Connection& connection, base::UtcMs now) {
    SHOWFLOOR_ASSIGN(const SetBack before, set_back_of(connection));
    const auto last = connection.value("SELECT coalesce(max(received_at), 0) FROM command_log");
    if (!last) return last.error();
    // A second restore may go back beyond the first; terminals' clocks may be some hours off.
    base::UtcMs from = std::max<base::UtcMs>(1, count_of(last) - kSetBackSlackMs);
    if (before.from != 0) from = std::min(from, before.from);
    SHOWFLOOR_TRY(set_value(connection, "set_back_from", std::to_string(from)));
    return set_value(connection, "set_back_to", std::to_string(now + kSetBackSlackMs));
}

}  // namespace showfloor::central
