// A terminal's push (command_processor.hpp): judged as a whole first, then settled one by one.

#include <algorithm>

#include "base/encoding.hpp"
#include "base/log.hpp"
#include "central/batch_state.hpp"
#include "central/limits.hpp"
#include "central/waiting.hpp"
#include "crypto/ec.hpp"
#include "domain/records_orders.hpp"
#include "protocol/limits.hpp"

namespace showfloor::central {

namespace {

using protocol::PushedCommand;
using protocol::PushOutcome;
using protocol::PushReply;
using protocol::PushRequest;
using protocol::PushResult;
using protocol::PushStatus;

// The time in a UUIDv7.
base::UtcMs made_at(const base::Uuid& id) {
    constexpr std::size_t kTimeBytes = 6;
    base::UtcMs at = 0;
    for (std::size_t i = 0; i < kTimeBytes; ++i)
        at = at * 256 + id.bytes[i];
    return at;
}

struct Speaker {
    domain::Terminal terminal;
    std::string branch_code;
    std::int64_t last_seq = 0;
    std::string head_hash;  // of last_seq
};

// `still_heard`: fails when it was revoked.
base::Result<Speaker> speaker_of(Batch& batch, const base::Uuid& terminal_id, bool still_heard) {
    Speaker speaker;
    const auto terminal = batch.world().get<domain::Terminal>(terminal_id);
    const auto branch =
        terminal ? batch.world().get<domain::Branch>(terminal->branch_id) : std::nullopt;
    if (batch.world().failure()) return *batch.world().failure();
    if (!terminal || !branch)
        return base::fail(base::ErrorKind::kRefused, "Central does not know this terminal.",
                          "unknown_terminal");
    const bool revoked = terminal->status == domain::TerminalStatus::kRevoked || terminal->archived;
    if (revoked && still_heard)
        return base::fail(base::ErrorKind::kRefused,
                          "This terminal was revoked; ask an administrator to enrol it anew.",
                          "terminal_revoked");
    speaker.terminal = *terminal;
    speaker.branch_code = branch->code;
    SHOWFLOOR_ASSIGN(auto statement,
                     batch.connection().prepare("SELECT last_seq, head_hash FROM terminal_state "
                                                "WHERE terminal_id = ?1"));
    statement.bind(1, terminal_id.to_string());
    SHOWFLOOR_ASSIGN(const bool found, statement.step());
    if (found) speaker.last_seq = statement.integer(0);
    speaker.head_hash = found ? statement.text(1) : protocol::chain_start(terminal_id);
    return speaker;
}

template <typename T>
void add_review_to(domain::World& world, const domain::Change& change, const std::string& review) {
    if (change.record != &domain::describe<T>()) return;
    auto record = domain::from_row<T>(change.after);
    if (!record) return;
    record->reviews.push_back(review);
    world.put(*record);
}

// One push inside its batch.
class Push {
   public:
    Push(Batch& batch, Batch::State& state, Speaker speaker)
        : batch_(batch), state_(state), speaker_(std::move(speaker)) {}

    // Whole, signed, and going on from where this terminal was? Nothing is applied by it.
    base::Result<PushStatus> check(const PushRequest& request);
    // The answer of one command: the stored one when it was settled before.
    base::Result<PushResult> answer(const PushedCommand& pushed);
    base::Result<void> store_state();
    // Whether a command that waited (waiting.hpp) could be settled now.
    base::Result<bool> settle_waiting(const PushedCommand& pushed);
    // Tells the admins, once until somebody resolves it.
    base::Result<void> alarm(std::string_view kind, std::int64_t seq, std::string_view code);
    base::Result<void> quarantine(std::int64_t seq, std::string_view reason,
                                  std::string_view content);
    [[nodiscard]] std::int64_t last_seq() const { return speaker_.last_seq; }

   private:
    struct Stored {
        std::string hash;
        PushResult result;
    };
    base::Result<std::optional<Stored>> stored(std::int64_t seq);
    base::Result<PushResult> settle(const PushedCommand& pushed);
    base::Result<PushResult> poison(const PushedCommand& pushed, std::string_view reason);
    base::Result<std::optional<domain::Outcome>> judge_source(const domain::Command& command);
    base::Result<bool> may_speak(const domain::Command& command, const base::Uuid& user_id);
    base::Result<bool> make_lost_person(const domain::Command& command, const base::Uuid& user_id);
    base::Result<domain::Outcome> wait(const PushedCommand& pushed, const NumberCheck& numbers);
    base::Result<domain::Outcome> execute(const PushedCommand& pushed,
                                          const domain::Command& command,
                                          const NumberCheck& numbers);
    base::Result<void> book_voids(const base::Uuid& command_id, const NumberCheck& numbers,
                                  std::string_view reason);
    base::Result<NumberCheck> numbers_of(const PushedCommand& pushed);

    Batch& batch_;
    Batch::State& state_;
    Speaker speaker_;
};

base::Result<PushStatus> Push::check(const PushRequest& request) {
    const auto& commands = request.commands;
    const auto broken = [](std::string_view code, std::string_view sentence) {
        return base::fail(base::ErrorKind::kInvalid, std::string(sentence), std::string(code));
    };
    if (request.from_seq < 1 || commands.front().seq != request.from_seq)
        return broken("bad_chain", "The journal does not begin where it says.");
    const auto key = crypto::PublicKey::from_pem(speaker_.terminal.public_key);
    const auto signature = base::from_base64(request.signature);
    const std::string signed_text = protocol::push_to_sign(speaker_.terminal.id, request.head_hash);
    if (!key || !signature || request.head_hash != commands.back().hash ||
        !key->verify(base::as_bytes(signed_text), *signature))
        return broken("bad_signature", "The journal is not signed by this terminal's key.");
    for (std::size_t i = 1; i < commands.size(); ++i) {
        const PushedCommand& command = commands[i];
        if (command.seq != commands[i - 1].seq + 1 ||
            protocol::chain_hash(commands[i - 1].hash, command.seq, command.numbers,
                                 command.body) != command.hash)
            return broken("bad_chain",
                          "An entry of the journal does not follow from the one before.");
    }
    if (request.from_seq > speaker_.last_seq + 1) return PushStatus::kGap;

    std::string previous = protocol::chain_start(speaker_.terminal.id);
    if (request.from_seq > 1) {
        SHOWFLOOR_ASSIGN(const auto before, stored(request.from_seq - 1));
        if (!before) return PushStatus::kGap;
        previous = before->hash;
    }
    const PushedCommand& first = commands.front();
    if (protocol::chain_hash(previous, first.seq, first.numbers, first.body) != first.hash)
        return PushStatus::kFork;
    for (const PushedCommand& command : commands) {
        if (command.seq > speaker_.last_seq) break;
        SHOWFLOOR_ASSIGN(const auto known, stored(command.seq));
        if (!known || known->hash != command.hash) return PushStatus::kFork;
    }
    return PushStatus::kOk;
}

base::Result<std::optional<Push::Stored>> Push::stored(std::int64_t seq) {
    SHOWFLOOR_ASSIGN(auto statement,
                     batch_.connection().prepare("SELECT hash, outcome, code, details FROM "
                                                 "push_log WHERE terminal_id = ?1 AND seq = ?2"));
    statement.bind(1, speaker_.terminal.id.to_string()).bind(2, seq);
    SHOWFLOOR_ASSIGN(const bool found, statement.step());
    if (!found) return std::optional<Stored>();
    Stored entry;
    entry.hash = statement.text(0);
    SHOWFLOOR_ASSIGN(entry.result,
                     result_from_log(seq, statement.text(1), statement.text(2), statement.text(3)));
    return std::optional<Stored>(std::move(entry));
}

base::Result<PushResult> Push::answer(const PushedCommand& pushed) {
    if (pushed.seq <= speaker_.last_seq) {
        SHOWFLOOR_ASSIGN(auto known, stored(pushed.seq));
        SHOWFLOOR_CHECK(known.has_value(), "a settled entry has its answer: check() looked");
        return std::move(known->result);
    }
    SHOWFLOOR_ASSIGN(auto result, settle(pushed));
    SHOWFLOOR_ASSIGN(auto statement,
                     batch_.connection().prepare(
                         "INSERT INTO push_log (terminal_id, seq, hash, command_id, feed_no, "
                         "outcome, code, details) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"));
    statement.bind(1, speaker_.terminal.id.to_string()).bind(2, pushed.seq).bind(3, pushed.hash);
    statement.bind(4, pushed.id.to_string()).bind(5, state_.feed.take_number());
    statement.bind(6, std::string(protocol::name_of(result.outcome))).bind(7, result.code);
    statement.bind(8, base::dump_json(result.details));
    SHOWFLOOR_TRY(statement.run());
    speaker_.last_seq = pushed.seq;
    speaker_.head_hash = pushed.hash;
    return result;
}

base::Result<PushResult> Push::settle(const PushedCommand& pushed) {
    if (pushed.body.size() > protocol::kMaxBodyBytes) return poison(pushed, "too_large");
    const auto command = domain::command_from_body(pushed.body);
    if (!command) return poison(pushed, "unreadable");
    if (command->id != pushed.id) return poison(pushed, "other_id");

    SHOWFLOOR_ASSIGN(const NumberCheck numbers, numbers_of(pushed));
    SHOWFLOOR_ASSIGN(const auto earlier, earlier_answer(batch_.connection(), command->id));
    PushResult result;
    result.seq = pushed.seq;
    if (earlier) {
        result.outcome = push_outcome_of(*earlier);
        result.code = code_name(earlier->code);
        result.details = earlier->details;
        SHOWFLOOR_TRY(book_voids(command->id, numbers, "settled before"));
        return result;
    }
    SHOWFLOOR_ASSIGN(auto forged, judge_source(*command));
    if (!forged && numbers.refused != domain::Code::kNone)
        forged = domain::refuse(numbers.refused, "numbers");
    domain::Outcome outcome;
    if (forged) {
        outcome = *forged;
        SHOWFLOOR_TRY(quarantine(pushed.seq, code_name(outcome.code), pushed.body));
        SHOWFLOOR_TRY(alarm("forged", pushed.seq, code_name(outcome.code)));
    } else {
        SHOWFLOOR_ASSIGN(outcome, execute(pushed, *command, numbers));
        if (is_own_fault(outcome)) return poison(pushed, outcome.failure->code);
        if (outcome.kind == domain::Outcome::Kind::kFailed) return *outcome.failure;
        if (must_wait(*command, outcome)) {
            SHOWFLOOR_ASSIGN(outcome, wait(pushed, numbers));
        }
    }
    result.outcome = push_outcome_of(outcome);
    result.code = code_name(outcome.code);
    result.details = details_of(outcome);
    if (result.outcome == PushOutcome::kRefused)
        SHOWFLOOR_TRY(book_voids(command->id, numbers, result.code));
    SHOWFLOOR_TRY(state_.log_command(*command, speaker_.terminal.id,
                                     protocol::name_of(result.outcome), result.code,
                                     result.details));
    return result;
}

base::Result<PushResult> Push::poison(const PushedCommand& pushed, std::string_view reason) {
    SHOWFLOOR_ASSIGN(const NumberCheck numbers, numbers_of(pushed));
    SHOWFLOOR_TRY(book_voids(pushed.id, numbers, "unreadable"));
    SHOWFLOOR_TRY(quarantine(pushed.seq, reason, pushed.body));
    SHOWFLOOR_TRY(alarm("poison", pushed.seq, reason));
    PushResult result;
    result.seq = pushed.seq;
    result.outcome = PushOutcome::kPoison;
    result.code = domain::name_of(domain::Code::kInvalid);
    result.details = {{"reason", reason}};
    return result;
}

// A refusal when no terminal may send this, or not for these people; nullopt = go on.
base::Result<std::optional<domain::Outcome>> Push::judge_source(const domain::Command& command) {
    const domain::CommandSpec* spec = domain::find_command(command.name);
    using Answer = std::optional<domain::Outcome>;
    if (spec == nullptr || command.version > spec->version)
        return Answer(domain::refuse(domain::Code::kUnknownCommand, "name"));
    if (!spec->from_terminal || spec->system_only)
        return Answer(domain::refuse(domain::Code::kNotFromTerminal, "name"));
    for (const auto& [id, field] :
         {std::pair(command.actor_id, "actor_id"), std::pair(command.co_actor_id, "co_actor_id")}) {
        if (id.is_nil()) continue;
        SHOWFLOOR_ASSIGN(const bool allowed, may_speak(command, id));
        if (!allowed) return Answer(domain::refuse(domain::Code::kForged, field));
    }
    return Answer();
}

// Somebody whose verifier this terminal holds, or held until it heard otherwise. Never a
// super_admin, who never signs in at a terminal.
base::Result<bool> Push::may_speak(const domain::Command& command, const base::Uuid& user_id) {
    const auto user = batch_.world().get<domain::User>(user_id);
    const bool held =
        user && user->role != domain::Role::kSuperAdmin &&
        batch_.world()
            .find_one<domain::Verifier>({{"user_id", user_id.to_string()},
                                         {"terminal_id", speaker_.terminal.id.to_string()}})
            .has_value();
    if (batch_.world().failure()) return *batch_.world().failure();
    if (held || (user && user->role == domain::Role::kSuperAdmin)) return held;
    // Whom a restored central has lost again, it cannot know: what they did then is kept.
    SHOWFLOOR_ASSIGN(const SetBack set_back, set_back_of(batch_.connection()));
    // An account's id says when central made it; what a terminal's clock says is worth less.
    const bool new_then = set_back.covers(made_at(user_id));
    if (user) return new_then || set_back.covers(command.occurred_at);
    return new_then && make_lost_person(command, user_id);
}

// Somebody in place of a person whose account was made after the backup: inactive, so that nobody
// signs in as them and whatever they sold waits for an admin's look.
base::Result<bool> Push::make_lost_person(const domain::Command& command,
                                          const base::Uuid& user_id) {
    const auto role = domain::parse_role(command.actor_role);
    if (!role || *role == domain::Role::kSuperAdmin || *role == domain::Role::kNobody ||
        *role == domain::Role::kCustomer || *role == domain::Role::kSupplier)
        return false;
    domain::User person;
    person.id = user_id;
    person.first_name = person.last_name = "?";
    person.username = "lost_" + user_id.to_string().substr(24);
    person.email = person.username + "@lost.invalid";
    person.role = *role;
    person.status = domain::UserStatus::kInactive;
    person.branch_id = speaker_.terminal.branch_id;
    person.created_at = person.updated_at = person.occurred_at = state_.now;
    state_.world.put(person);
    SHOWFLOOR_TRY(state_.settle_loose_changes());
    SHOWFLOOR_TRY(alarm("lost_person", speaker_.last_seq + 1, person.username));
    return true;
}

// Kept until what it speaks of is known; to the terminal it is settled.
base::Result<domain::Outcome> Push::wait(const PushedCommand& pushed, const NumberCheck& numbers) {
    const auto kept = keep_waiting(batch_.connection(), {speaker_.terminal.id, pushed}, state_.now);
    if (!kept) {
        if (kept.error().kind != base::ErrorKind::kRefused) return kept.error();
        return domain::refuse(domain::Code::kNotFound);
    }
    SHOWFLOOR_TRY(book_voids(pushed.id, numbers, kWaitingReason));
    SHOWFLOOR_TRY(alarm("waiting", pushed.seq, code_name(domain::Code::kNotFound)));
    domain::Outcome outcome;
    outcome.reviews.push_back(domain::Code::kNotKnown);
    outcome.details["waiting"] = true;
    return outcome;
}

base::Result<bool> Push::settle_waiting(const PushedCommand& pushed) {
    SHOWFLOOR_ASSIGN(const domain::Command command, domain::command_from_body(pushed.body));
    NumberCheck numbers;
    for (std::size_t i = 0; i < pushed.numbers.size(); ++i) {
        numbers.own.push_back(pushed.numbers[i]);
        numbers.pairs.push_back({pushed.numbers[i], pushed.numbers[i]});
        if (i < pushed.was_numbers.size() && pushed.was_numbers[i] != pushed.numbers[i])
            numbers.renumbered = true;
    }
    SHOWFLOOR_TRY(state_.series.unbook_void(pushed.id, kWaitingReason));
    SHOWFLOOR_ASSIGN(domain::Outcome outcome, execute(pushed, command, numbers));
    if (outcome.kind == domain::Outcome::Kind::kFailed && !is_own_fault(outcome))
        return *outcome.failure;
    // Whatever else stands in its way now: it waits on, nothing of it is lost.
    if (is_own_fault(outcome) || push_outcome_of(outcome) == PushOutcome::kRefused) {
        SHOWFLOOR_TRY(book_voids(pushed.id, numbers, kWaitingReason));
        return false;
    }
    SHOWFLOOR_TRY(end_waiting(batch_.connection(), pushed.id));
    for (const char* log : {"command_log", "push_log"}) {
        SHOWFLOOR_TRY(batch_.connection().run(
            "UPDATE " + std::string(log) +
                " SET outcome = ?2, code = ?3, details = ?4 WHERE command_id = ?1",
            {pushed.id.to_string(), std::string(protocol::name_of(push_outcome_of(outcome))),
             std::string(code_name(outcome.code)), base::dump_json(details_of(outcome))}));
    }
    return true;
}

base::Result<NumberCheck> Push::numbers_of(const PushedCommand& pushed) {
    const std::string branch = speaker_.branch_code + "-";
    const auto ended = [&](std::string_view code) {
        const auto old = batch_.world().find<domain::Terminal>(
            {.where = {{"branch_id", speaker_.terminal.branch_id.to_string()},
                       {"code", std::string(code)}}});
        return !old.empty() && std::all_of(old.begin(), old.end(), [](const auto& terminal) {
            return terminal.status == domain::TerminalStatus::kRevoked;
        });
    };
    return check_numbers(state_.series, branch + speaker_.terminal.code + "-", branch,
                         pushed.numbers, pushed.was_numbers, ended);
}

base::Result<domain::Outcome> Push::execute(const PushedCommand& pushed,
                                            const domain::Command& command,
                                            const NumberCheck& numbers) {
    domain::Command complete = command;
    complete.numbers = pushed.numbers;
    PushedNumbers source(numbers.pairs);
    domain::Context context;
    context.terms = domain::Context::Terms::kAddUp;
    context.contest = domain::Context::Contest::kMark;
    context.terminal_id = speaker_.terminal.id;
    context.origin = speaker_.terminal.code;
    context.received_at = state_.now;
    context.numbers = &source;
    const auto amend = [&](domain::Outcome& outcome) {
        if (!numbers.renumbered) return;
        // The paper in the customer's hand shows another number than the document.
        outcome.reviews.push_back(domain::Code::kNumberNotNext);
        outcome.details["paper_numbers"] = protocol::numbers_to_json(pushed.was_numbers);
        const std::string review(domain::name_of(domain::Code::kNumberNotNext));
        for (const domain::Change& change : std::vector(state_.world.changes())) {
            add_review_to<domain::Sale>(state_.world, change, review);
            add_review_to<domain::Reservation>(state_.world, change, review);
            add_review_to<domain::OutgoingOrder>(state_.world, change, review);
        }
    };
    domain::Outcome outcome = state_.settle(complete, context, amend);
    if (push_outcome_of(outcome) == PushOutcome::kRefused) return outcome;
    for (std::size_t i = 0; i < source.pairs().size(); ++i) {
        const auto& [carried, document] = source.pairs()[i];
        const bool used = i < source.used();
        if (used) SHOWFLOOR_TRY(state_.series.set_last(document.series, document.n));
        if (used && carried == document) continue;
        const std::string reason = used ? "printed as " + document.text() : "unused";
        SHOWFLOOR_TRY(state_.series.book_void(carried, command.id, reason, state_.now));
    }
    return outcome;
}

base::Result<void> Push::book_voids(const base::Uuid& command_id, const NumberCheck& numbers,
                                    std::string_view reason) {
    for (const domain::Number& number : numbers.skipped)
        SHOWFLOOR_TRY(state_.series.book_void(number, command_id, "skipped", state_.now));
    for (const domain::Number& number : numbers.own)
        SHOWFLOOR_TRY(state_.series.book_void(number, command_id, reason, state_.now));
    return {};
}

base::Result<void> Push::alarm(std::string_view kind, std::int64_t seq, std::string_view code) {
    base::log(base::LogLevel::kWarning, "sync_alarm",
              {{"kind", std::string(kind)},
               {"terminal", speaker_.terminal.id.to_string()},
               {"seq", std::to_string(seq)},
               {"code", std::string(code)}});
    domain::Notification note;
    note.type = "sync";
    note.message = "notification.sync_" + std::string(kind);
    const auto open = batch_.world().find<domain::Notification>(
        {.where = {{"record_id", speaker_.terminal.id.to_string()},
                   {"message", note.message},
                   {"resolved_at", domain::Value{}}},
         .limit = 1});
    if (!open.empty()) return {};
    note.values = base::dump_json({{"terminal", speaker_.terminal.code},
                                   {"name", speaker_.terminal.name},
                                   {"seq", seq},
                                   {"code", code}});
    note.record = domain::describe<domain::Terminal>().name;
    note.record_id = speaker_.terminal.id;
    note.branch_id = speaker_.terminal.branch_id;
    note.audience = {"super_admin", "admin"};
    return batch_.notify(std::move(note));
}

base::Result<void> Push::quarantine(std::int64_t seq, std::string_view reason,
                                    std::string_view content) {
    const std::string terminal = speaker_.terminal.id.to_string();
    SHOWFLOOR_TRY(batch_.connection().run(
        "INSERT INTO quarantine (terminal_id, seq, reason, content, received_at) VALUES "
        "(?1, ?2, ?3, ?4, ?5)",
        {terminal, seq, std::string(reason),
         std::string(content.substr(0, protocol::kMaxBodyBytes)), state_.now}));
    return batch_.connection().run(
        "DELETE FROM quarantine WHERE terminal_id = ?1 AND number <= (SELECT number FROM "
        "quarantine WHERE terminal_id = ?1 ORDER BY number DESC LIMIT 1 OFFSET ?2)",
        {terminal, kMaxQuarantinePerTerminal});
}

base::Result<void> Push::store_state() {
    return batch_.connection().run(
        "INSERT INTO terminal_state (terminal_id, last_seq, head_hash) VALUES (?1, ?2, ?3) "
        "ON CONFLICT (terminal_id) DO UPDATE SET last_seq = excluded.last_seq, "
        "head_hash = excluded.head_hash",
        {speaker_.terminal.id.to_string(), speaker_.last_seq, speaker_.head_hash});
}

// What waited for something that came just now, and what waited for that.
base::Result<void> settle_what_waits(Batch& batch, Batch::State& state) {
    SHOWFLOOR_ASSIGN(auto waiting, waiting_commands(batch.connection()));
    for (bool went_on = !waiting.empty(); went_on;) {
        went_on = false;
        for (auto one = waiting.begin(); one != waiting.end();) {
            SHOWFLOOR_ASSIGN(auto speaker, speaker_of(batch, one->terminal_id, false));
            SHOWFLOOR_ASSIGN(const bool settled,
                             Push(batch, state, std::move(speaker)).settle_waiting(one->pushed));
            one = settled ? waiting.erase(one) : one + 1;
            went_on = went_on || settled;
        }
    }
    return {};
}

}  // namespace

base::Result<PushReply> CommandProcessor::push(const base::Uuid& terminal_id,
                                               const PushRequest& request, base::UtcMs now) {
    if (request.commands.size() > protocol::kMaxCommandsPerPush)
        return base::fail(base::ErrorKind::kTooLarge, "Too many commands in one push.",
                          "too_many_commands");
    SHOWFLOOR_ASSIGN(auto work, batch(now));
    SHOWFLOOR_ASSIGN(auto speaker, speaker_of(work, terminal_id, true));
    Push push(work, *work.state_, std::move(speaker));
    PushReply reply;
    reply.epoch = store_.epoch();
    reply.server_time = now;
    reply.last_seq = push.last_seq();
    if (request.commands.empty()) return reply;

    const auto status = push.check(request);
    if (!status && status.error().kind != base::ErrorKind::kInvalid) return status.error();
    if (status && *status == PushStatus::kGap) {
        reply.status = PushStatus::kGap;
        return reply;
    }
    if (!status || *status == PushStatus::kFork) {
        const std::string reason = status ? "fork" : status.error().code;
        SHOWFLOOR_TRY(push.quarantine(request.from_seq, reason, protocol::encode(request)));
        SHOWFLOOR_TRY(push.alarm(reason, request.from_seq, reason));
        SHOWFLOOR_TRY(work.commit());
        if (!status) return status.error();
        reply.status = PushStatus::kFork;
        return reply;
    }
    const std::int64_t before = push.last_seq();
    for (const PushedCommand& command : request.commands) {
        SHOWFLOOR_ASSIGN(auto result, push.answer(command));
        reply.results.push_back(std::move(result));
    }
    if (push.last_seq() != before) {
        SHOWFLOOR_TRY(settle_what_waits(work, *work.state_));
        SHOWFLOOR_TRY(push.store_state());
        SHOWFLOOR_TRY(work.commit());
    }
    reply.last_seq = push.last_seq();
    return reply;
}

}  // namespace showfloor::central
