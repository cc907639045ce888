#include "base/check.hpp"
#include "base/log.hpp"
#include "central/batch_state.hpp"
#include "central/blobs.hpp"
#include "central/consequences.hpp"
#include "central/mail/mail_queue.hpp"

namespace showfloor::central {

namespace {

using Kind = domain::Outcome::Kind;

domain::Outcome failed(base::Error error) {
    domain::Outcome outcome;
    outcome.kind = Kind::kFailed;
    outcome.failure = std::move(error);
    return outcome;
}

bool changed_something(const domain::Outcome& outcome, const domain::Context& context) {
    return outcome.applied() ||
           (outcome.kind == Kind::kContested && context.contest == domain::Context::Contest::kMark);
}

}  // namespace

base::Result<std::optional<domain::Outcome>> earlier_answer(database::Connection& connection,
                                                            const base::Uuid& command_id) {
    SHOWFLOOR_ASSIGN(auto statement,
                     connection.prepare("SELECT outcome, code, details FROM command_log "
                                        "WHERE command_id = ?1"));
    statement.bind(1, command_id.to_string());
    SHOWFLOOR_ASSIGN(const bool found, statement.step());
    if (!found) return std::optional<domain::Outcome>();
    domain::Outcome outcome;
    const std::string name = statement.text(0);
    if (name == protocol::name_of(protocol::PushOutcome::kDisputed))
        outcome.kind = Kind::kContested;
    else if (name != protocol::name_of(protocol::PushOutcome::kApplied))
        outcome.kind = Kind::kRefused;
    outcome.code = domain::parse_code(statement.text(1)).value_or(domain::Code::kNone);
    SHOWFLOOR_ASSIGN(outcome.details, base::parse_json(statement.text(2), 1024UL * 1024));
    return std::optional<domain::Outcome>(std::move(outcome));
}

bool is_own_fault(const domain::Outcome& outcome) {
    return outcome.kind == Kind::kFailed && outcome.failure->kind == base::ErrorKind::kRefused;
}

protocol::PushOutcome push_outcome_of(const domain::Outcome& outcome) {
    if (outcome.applied()) return protocol::PushOutcome::kApplied;
    if (outcome.kind == Kind::kContested) return protocol::PushOutcome::kDisputed;
    return protocol::PushOutcome::kRefused;
}

std::string_view code_name(domain::Code code) {
    return code == domain::Code::kNone ? std::string_view() : domain::name_of(code);
}

base::Json details_of(const domain::Outcome& outcome) {
    base::Json details = outcome.details.is_object() ? outcome.details : base::Json::object();
    if (!outcome.field.empty()) details["field"] = outcome.field;
    for (const domain::Code code : outcome.reviews)
        details["reviews"].push_back(domain::name_of(code));
    return details;
}

base::Result<Batch> Batch::begin(Store& store, base::Random& random, base::UtcMs now) {
    Store::Writer writer = store.writer();
    database::Connection& connection = writer.connection();
    SHOWFLOOR_ASSIGN(auto transaction, database::Transaction::begin(connection));
    SHOWFLOOR_ASSIGN(auto feed, FeedWriter::begin(connection));
    SHOWFLOOR_ASSIGN(auto history, HistoryWriter::begin(connection, random));
    return Batch(std::make_unique<State>(std::move(writer), std::move(transaction), std::move(feed),
                                         std::move(history), random, now));
}

Batch::Batch(std::unique_ptr<State> state) : state_(std::move(state)) {}
Batch::Batch(Batch&&) noexcept = default;
Batch::~Batch() = default;

domain::World& Batch::world() {
    return state_->world;
}
database::Connection& Batch::connection() {
    return state_->writer.connection();
}
base::UtcMs Batch::now() const {
    return state_->now;
}
base::Random& Batch::random() {
    return state_->random;
}

domain::Outcome Batch::run(domain::Command command, bool system) {
    if (command.id.is_nil()) command.id = base::Uuid::v7(state_->now, state_->random);
    if (command.occurred_at == 0) command.occurred_at = state_->now;
    auto earlier = earlier_answer(connection(), command.id);
    if (!earlier) return failed(earlier.error());
    if (*earlier) return **std::move(earlier);

    CentralNumbers numbers(state_->series);
    domain::Context context;
    context.system = system;
    context.received_at = state_->now;
    context.numbers = &numbers;
    domain::Outcome outcome = state_->settle(command, context, {});
    if (numbers.failure()) return failed(*numbers.failure());
    if (is_own_fault(outcome)) {
        const bool doubled = outcome.failure->code == "unique";
        return domain::refuse(doubled ? domain::Code::kDuplicate : domain::Code::kNotFound,
                              outcome.failure->field);
    }
    if (!changed_something(outcome, context)) return outcome;
    const auto logged =
        state_->log_command(command, {}, protocol::name_of(push_outcome_of(outcome)),
                            code_name(outcome.code), details_of(outcome));
    if (!logged) return failed(logged.error());
    return outcome;
}

domain::Outcome Batch::State::settle(const domain::Command& command, domain::Context& context,
                                     const Amend& amend) {
    SHOWFLOOR_CHECK(world.changes().empty(), "changes left over from before this command");
    database::Connection& connection = writer.connection();
    const std::int64_t feed_mark = feed.head();
    const HistoryWriter::Mark history_mark = history.mark();
    auto savepoint = database::Savepoint::begin(connection);
    if (!savepoint) return failed(savepoint.error());

    domain::Outcome outcome = domain::execute(command, context, world);
    const bool keep = changed_something(outcome, context);
    if (keep && amend) amend(outcome);
    if (keep) {
        const std::vector<domain::Change> changes = world.changes();
        book_consequences(world, command, context, outcome, changes);
        history.note(world, command, context, changes);
        auto noted = publish_blobs(connection, changes);
        if (noted) noted = queue_mails_of(connection, world, command, context, changes, random);
        if (noted) noted = feed.note(world, world.take_changes());
        if (world.failure())
            outcome = failed(*world.failure());
        else if (!noted)
            outcome = failed(noted.error());
        else if (connection.has_deferred_violations())
            outcome = failed(base::fail(base::ErrorKind::kRefused,
                                        "The change refers to something that is not there.",
                                        "foreign_key"));
        else if (const auto released = savepoint->release(); !released)
            outcome = failed(released.error());
        if (outcome.kind != Kind::kFailed) return outcome;
    }
    savepoint->roll_back();
    std::ignore = world.take_changes();
    world.clear_failure();
    feed.return_to(feed_mark);
    history.return_to(history_mark);
    return outcome;
}

base::Result<void> Batch::State::settle_loose_changes() {
    if (world.failure()) return *world.failure();
    return feed.note(world, world.take_changes());
}

base::Result<void> Batch::State::log_command(const domain::Command& command,
                                             const base::Uuid& terminal_id,
                                             std::string_view outcome, std::string_view code,
                                             const base::Json& details) {
    SHOWFLOOR_ASSIGN(auto statement,
                     writer.connection().prepare(
                         "INSERT INTO command_log (command_id, name, actor_id, terminal_id, "
                         "occurred_at, received_at, outcome, code, details) VALUES "
                         "(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"));
    statement.bind(1, command.id.to_string()).bind(2, command.name);
    if (!command.actor_id.is_nil()) statement.bind(3, command.actor_id.to_string());
    if (!terminal_id.is_nil()) statement.bind(4, terminal_id.to_string());
    statement.bind(5, command.occurred_at).bind(6, now).bind(7, std::string(outcome));
    statement.bind(8, std::string(code)).bind(9, base::dump_json(details));
    return statement.run();
}

base::Result<void> Batch::notify(domain::Notification notification) {
    if (notification.id.is_nil()) notification.id = base::Uuid::v7(now(), random());
    notification.created_at = notification.updated_at = notification.occurred_at = now();
    state_->world.put(notification);
    return state_->settle_loose_changes();
}

base::Result<void> Batch::note_event(domain::History event) {
    event.created_at = event.updated_at = now();
    if (event.occurred_at == 0) event.occurred_at = now();
    state_->history.append(state_->world, std::move(event));
    return state_->settle_loose_changes();
}

base::Result<void> Batch::commit() {
    SHOWFLOOR_TRY(state_->settle_loose_changes());
    SHOWFLOOR_TRY(state_->feed.finish());
    SHOWFLOOR_TRY(state_->history.finish(connection()));
    return state_->transaction.commit();
}

base::Result<domain::Outcome> CommandProcessor::run(domain::Command command, base::UtcMs now,
                                                    bool system, const Beside& beside) {
    SHOWFLOOR_ASSIGN(auto work, batch(now));
    domain::Outcome outcome = work.run(std::move(command), system);
    if (outcome.kind == domain::Outcome::Kind::kFailed) return *outcome.failure;
    if (beside) SHOWFLOOR_TRY(beside(work, outcome));
    SHOWFLOOR_TRY(work.commit());
    return outcome;
}

}  // namespace showfloor::central
