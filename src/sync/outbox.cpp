#include "sync/outbox.hpp"

#include <algorithm>
#include <utility>

#include "database/migrator.hpp"
#include "database/transaction.hpp"
#include "protocol/limits.hpp"
#include "storage/schema_scripts.hpp"
#include "sync/limits.hpp"

namespace showfloor::sync {

namespace {

using base::ErrorKind;
using base::Json;
using database::Transaction;
using domain::Number;

constexpr std::size_t kMostNumbersText = 16 * 1024;
constexpr std::string_view kLostHistory = "lost_history";

// The next numbers of this terminal's series, taken inside the submitting transaction.
class SeriesNumbers final : public domain::NumberSource {
   public:
    explicit SeriesNumbers(database::Connection& connection) : connection_(connection) {}

    std::optional<Number> take(std::string_view prefix, domain::SeriesKind kind) override {
        return next(std::string(prefix) + std::string(domain::letter_of(kind)));
    }
    std::optional<Number> next(const std::string& series) {
        auto given = give(series);
        if (!given) {
            failure_ = given.error();
            return std::nullopt;
        }
        taken_.push_back(*given);
        return taken_.back();
    }
    [[nodiscard]] const std::vector<Number>& taken() const { return taken_; }
    [[nodiscard]] const std::optional<base::Error>& failure() const { return failure_; }

   private:
    base::Result<Number> give(const std::string& series) {
        SHOWFLOOR_TRY(
            connection_.run("INSERT INTO series (series, last) VALUES (?1, 1) "
                            "ON CONFLICT (series) DO UPDATE SET last = last + 1",
                            {series}));
        SHOWFLOOR_ASSIGN(const database::Cell last,
                         connection_.value("SELECT last FROM series WHERE series = ?1", {series}));
        return Number{series, std::get<std::int64_t>(last)};
    }

    database::Connection& connection_;
    std::vector<Number> taken_;
    std::optional<base::Error> failure_;
};

std::string numbers_text(const std::vector<Number>& numbers) {
    return base::dump_json(protocol::numbers_to_json(numbers));
}

base::Result<std::vector<Number>> numbers_of(const std::string& text) {
    SHOWFLOOR_ASSIGN(const Json json, base::parse_json(text, kMostNumbersText));
    return protocol::numbers_from_json(json);
}

std::optional<protocol::PushOutcome> parse_outcome(std::string_view name) {
    for (const auto outcome : {protocol::PushOutcome::kApplied, protocol::PushOutcome::kRefused,
                               protocol::PushOutcome::kDisputed, protocol::PushOutcome::kPoison}) {
        if (protocol::name_of(outcome) == name) return outcome;
    }
    return std::nullopt;
}

constexpr std::string_view kEntryColumns =
    "SELECT seq, id, name, body, numbers, was_numbers, hash, occurred_at, doubt, outcome, code, "
    "details, answered_at, generation FROM entry ";

}  // namespace

std::string_view name_of(EntryState state) {
    switch (state) {
        case EntryState::kPending:
            return "pending";
        case EntryState::kSent:
            return "sent";
        case EntryState::kAnswered:
            return "answered";
    }
    return "pending";
}

Outbox::Outbox(database::Connection connection, const storage::Sealer& sealer)
    : connection_(std::move(connection)), sealer_(sealer) {}

base::Result<std::unique_ptr<Outbox>> Outbox::open(const std::string& path,
                                                   const storage::Sealer& sealer,
                                                   const database::Options& options) {
    SHOWFLOOR_ASSIGN(database::Connection connection, database::Connection::open(path, options));
    const auto& scripts = storage::schema_scripts("outbox");
    if (options.read_only) {
        SHOWFLOOR_TRY(database::check_migrated(connection, scripts));
    } else {
        SHOWFLOOR_TRY(database::migrate(connection, scripts));
    }
    SHOWFLOOR_TRY(connection.check_integrity(database::Connection::Depth::kQuick));
    std::unique_ptr<Outbox> outbox(new Outbox(std::move(connection), sealer));
    outbox->durable_ = !options.read_only && options.synchronous == database::Synchronous::kFull;
    SHOWFLOOR_TRY(outbox->load_state());
    return outbox;
}

base::Result<void> Outbox::load_state() {
    SHOWFLOOR_ASSIGN(auto row, connection_.prepare(
                                   "SELECT generation, terminal_id, terminal_code, branch_id, "
                                   "branch_code, tail, head_hash, acknowledged, confirmed, epoch, "
                                   "halted, trusted_at, last_contact_at FROM state"));
    SHOWFLOOR_ASSIGN(const bool found, row.step());
    if (!found) return base::fail(ErrorKind::kDamaged, "The outbox has lost its state.");
    State state;
    state.generation = row.integer(0);
    state.identity.terminal_id = base::Uuid::parse(row.text(1)).value_or(base::Uuid{});
    state.identity.terminal_code = row.text(2);
    state.identity.branch_id = base::Uuid::parse(row.text(3)).value_or(base::Uuid{});
    state.identity.branch_code = row.text(4);
    state.tail = row.integer(5);
    state.head_hash = row.text(6);
    state.acknowledged = row.integer(7);
    state.confirmed = row.integer(8);
    state.epoch = row.text(9);
    state.halted = row.text(10);
    state.trusted_at = row.integer(11);
    state.last_contact_at = row.integer(12);
    state_ = std::move(state);
    return {};
}

base::Result<void> Outbox::write_state(const State& state) {
    const Identity& who = state.identity;
    return connection_.run(
        "UPDATE state SET generation = ?1, terminal_id = ?2, terminal_code = ?3, branch_id = ?4, "
        "branch_code = ?5, tail = ?6, head_hash = ?7, acknowledged = ?8, confirmed = ?9, "
        "epoch = ?10, halted = ?11, trusted_at = ?12, last_contact_at = ?13",
        {state.generation, who.terminal_id.to_string(), who.terminal_code,
         who.branch_id.to_string(), who.branch_code, state.tail, state.head_hash,
         state.acknowledged, state.confirmed, state.epoch, state.halted, state.trusted_at,
         state.last_contact_at});
}

base::Result<void> Outbox::change_state(const State& state) {
    SHOWFLOOR_TRY(write_state(state));  // one statement is a transaction
    state_ = state;
    return {};
}

base::Result<OutboxCounts> Outbox::counts() {
    OutboxCounts counts;
    SHOWFLOOR_ASSIGN(auto waiting,
                     connection_.prepare("SELECT count(*), sum(doubt <> ''), min(occurred_at) "
                                         "FROM entry WHERE generation = ?1 AND seq > ?2"));
    waiting.bind(1, state_.generation).bind(2, state_.confirmed);
    SHOWFLOOR_ASSIGN(const bool any, waiting.step());
    if (any) {
        counts.pending = waiting.integer(0);
        counts.in_doubt = waiting.integer(1);
        counts.oldest_pending_at = waiting.integer(2);
    }
    SHOWFLOOR_ASSIGN(
        const auto kinds,
        connection_.rows("SELECT kind, count(*) FROM inbox WHERE resolved = 0 GROUP BY kind"));
    for (const auto& row : kinds) {
        const auto& kind = std::get<std::string>(row[0]);
        const auto n = std::get<std::int64_t>(row[1]);
        counts.attention += n;
        if (kind == name_of(InboxKind::kRefused)) counts.refused = n;
        if (kind == name_of(InboxKind::kDisputed)) counts.disputed = n;
    }
    return counts;
}

base::Result<void> Outbox::check_integrity() {
    SHOWFLOOR_TRY(connection_.check_integrity());
    std::string previous = protocol::chain_start(state_.identity.terminal_id);
    std::int64_t from = 1;
    std::int64_t last = 0;
    while (true) {
        constexpr std::size_t kPage = 500;
        SHOWFLOOR_ASSIGN(const auto page, entries(from, kPage));
        if (page.empty()) break;
        for (const Entry& entry : page) {
            const bool linked = last == 0 ? entry.seq == 1 : entry.seq == last + 1;
            const bool first_kept = last == 0 && entry.seq > 1;  // older ones were forgotten
            if (entry.damaged || (!linked && !first_kept) ||
                (linked && protocol::chain_hash(previous, entry.seq, entry.numbers, entry.body) !=
                               entry.hash)) {
                return base::fail(ErrorKind::kDamaged,
                                  "Command " + std::to_string(entry.seq) +
                                      " of the outbox is damaged; export the outbox and call "
                                      "support.");
            }
            previous = entry.hash;
            last = entry.seq;
        }
        from = last + 1;
    }
    if (last != 0 && (last != state_.tail || previous != state_.head_hash)) {
        return base::fail(ErrorKind::kDamaged,
                          "The outbox has lost its last commands; export it and call support.");
    }
    return {};
}

// ---- identity -----------------------------------------------------------------------------------

base::Result<void> Outbox::enrol(const Identity& identity) {
    if (enrolled()) {
        return base::fail(ErrorKind::kRefused,
                          "This folder belongs to terminal " + state_.identity.terminal_code +
                              " already; use an empty folder.",
                          "already_enrolled");
    }
    State next = state_;
    next.identity = identity;
    next.generation = 1;
    next.head_hash = protocol::chain_start(identity.terminal_id);
    return change_state(next);
}

base::Result<void> Outbox::adopt(const Identity& identity, const std::string& epoch) {
    SHOWFLOOR_ASSIGN(auto transaction, Transaction::begin(connection_));
    const std::string& life = epoch.empty() ? state_.epoch : epoch;
    SHOWFLOOR_ASSIGN(
        auto waiting,
        read_entries("WHERE (generation = ?1 AND seq > ?2) OR (outcome IN ('applied', 'disputed') "
                     "AND answer_epoch <> ?3) ORDER BY generation, seq",
                     {state_.generation, state_.acknowledged, life}, SIZE_MAX, SIZE_MAX));
    const std::string new_prefix = identity.branch_code + "-" + identity.terminal_code + "-";
    // A central that was set back may give out a code again; the series begin again with it.
    SHOWFLOOR_TRY(connection_.run("UPDATE series SET last = 0 WHERE substr(series, 1, ?2) = ?1",
                                  {new_prefix, static_cast<std::int64_t>(new_prefix.size())}));
    SeriesNumbers series(connection_);
    State next = state_;
    next.identity = identity;
    next.generation = state_.generation + 1;
    next.tail = next.acknowledged = next.confirmed = 0;
    next.head_hash = protocol::chain_start(identity.terminal_id);
    next.halted.clear();
    if (!epoch.empty()) next.epoch = epoch;
    for (Entry& entry : waiting) {
        if (entry.was_numbers.empty()) entry.was_numbers = entry.numbers;
        for (Number& number : entry.numbers) {
            const auto fresh = series.next(new_prefix + number.series.back());
            if (!fresh) return *series.failure();
            number = *fresh;
        }
    }
    SHOWFLOOR_TRY(chain_anew(next, waiting));
    SHOWFLOOR_TRY(write_state(next));
    SHOWFLOOR_TRY(transaction.commit());
    state_ = std::move(next);
    return {};
}

// Gives the entries the seqs after state.tail and hashes that follow state.head_hash.
base::Result<void> Outbox::chain_anew(State& state, std::vector<Entry>& entries) {
    for (Entry& entry : entries) {
        ++state.tail;
        state.head_hash =
            protocol::chain_hash(state.head_hash, state.tail, entry.numbers, entry.body);
        const std::string id = entry.id.to_string();
        SHOWFLOOR_ASSIGN(const base::Bytes body, sealer_.seal("entry", id, entry.body));
        SHOWFLOOR_TRY(connection_.run(
            "UPDATE entry SET generation = ?1, seq = ?2, body = ?3, numbers = ?4, "
            "was_numbers = ?5, hash = ?6, doubt = '', outcome = NULL, code = '', details = NULL, "
            "answered_at = 0 WHERE generation = ?7 AND seq = ?8",
            {state.generation, state.tail, body, numbers_text(entry.numbers),
             numbers_text(entry.was_numbers), state.head_hash, entry.generation, entry.seq}));
    }
    return {};
}

// ---- commands -----------------------------------------------------------------------------------

base::Result<domain::Outcome> Outbox::submit(domain::Command& command, const Judge& judge) {
    if (!enrolled()) {
        return base::fail(ErrorKind::kRefused, "This terminal is not enrolled yet.",
                          "not_enrolled");
    }
    SHOWFLOOR_ASSIGN(auto transaction, Transaction::begin(connection_));
    SeriesNumbers numbers(connection_);
    State next = state_;
    ++next.tail;
    Judged judged = judge(next.tail, numbers);
    if (numbers.failure()) return *numbers.failure();
    if (judged.outcome.kind == domain::Outcome::Kind::kFailed) {
        return judged.outcome.failure.value_or(base::fail("The command could not be judged."));
    }
    if (!judged.outcome.applied()) return std::move(judged.outcome);

    command.numbers = numbers.taken();
    const std::string body = domain::command_to_body(command);
    if (body.size() > protocol::kMaxBodyBytes) {
        return base::fail(ErrorKind::kTooLarge,
                          "This is more than one command can carry; use a shorter signature or "
                          "shorter texts.",
                          "command_too_large");
    }
    next.head_hash = protocol::chain_hash(state_.head_hash, next.tail, command.numbers, body);
    SHOWFLOOR_TRY(insert_entry(command, next.tail, body, next.head_hash, judged.created));
    SHOWFLOOR_TRY(write_state(next));
    SHOWFLOOR_TRY(transaction.commit());
    state_ = std::move(next);
    return std::move(judged.outcome);
}

base::Result<void> Outbox::insert_entry(const domain::Command& command, std::int64_t seq,
                                        std::string_view body, std::string_view hash,
                                        const Json& created) {
    const std::string id = command.id.to_string();
    SHOWFLOOR_ASSIGN(base::Bytes sealed, sealer_.seal("entry", id, body));
    SHOWFLOOR_ASSIGN(base::Bytes rows, sealer_.seal("entry_created", id, base::dump_json(created)));
    return connection_.run(
        "INSERT INTO entry (generation, seq, id, name, body, numbers, was_numbers, hash, "
        "occurred_at, created) VALUES (?1, ?2, ?3, ?4, ?5, ?6, '[]', ?7, ?8, ?9)",
        {state_.generation, seq, id, command.name, std::move(sealed), numbers_text(command.numbers),
         std::string(hash), command.occurred_at, std::move(rows)});
}

base::Result<std::vector<Entry>> Outbox::read_entries(std::string_view rest,
                                                      const std::vector<database::Cell>& values,
                                                      std::size_t limit, std::size_t most_bytes) {
    SHOWFLOOR_ASSIGN(auto row, connection_.prepare(std::string(kEntryColumns).append(rest)));
    row.bind_all(values);
    std::vector<Entry> entries;
    std::size_t bytes = 0;
    while (entries.size() < limit && bytes < most_bytes) {
        SHOWFLOOR_ASSIGN(const bool more, row.step());
        if (!more) break;
        Entry entry;
        entry.seq = row.integer(0);
        const std::string id = row.text(1);
        const auto parsed = base::Uuid::parse(id);
        entry.name = row.text(2);
        auto body = sealer_.open("entry", id, row.bytes(3));
        auto numbers = numbers_of(row.text(4));
        auto was_numbers = numbers_of(row.text(5));
        entry.damaged = !parsed || !body || !numbers || !was_numbers;
        if (parsed) entry.id = *parsed;
        if (body) entry.body = std::move(*body);
        if (numbers) entry.numbers = std::move(*numbers);
        if (was_numbers) entry.was_numbers = std::move(*was_numbers);
        entry.hash = row.text(6);
        entry.occurred_at = row.integer(7);
        entry.doubt = row.text(8);
        if (const auto outcome = parse_outcome(row.text(9))) {
            protocol::PushResult answer{entry.seq, *outcome, row.text(10), Json::object()};
            const auto details = sealer_.open("entry_details", id, row.bytes(11));
            auto json = details ? base::parse_json(*details, protocol::kMaxBodyBytes)
                                : base::Result<Json>(Json::object());
            if (json && json->is_object()) answer.details = std::move(*json);
            entry.answer = std::move(answer);
            entry.state = entry.seq <= state_.confirmed ? EntryState::kAnswered : EntryState::kSent;
        }
        entry.answered_at = row.integer(12);
        entry.generation = row.integer(13);
        bytes += entry.body.size();
        entries.push_back(std::move(entry));
    }
    return entries;
}

base::Result<std::vector<Entry>> Outbox::entries(std::int64_t from_seq, std::size_t limit,
                                                 std::size_t most_bytes) {
    return read_entries("WHERE generation = ?1 AND seq >= ?2 ORDER BY seq",
                        {state_.generation, from_seq}, limit, most_bytes);
}

base::Result<std::vector<Entry>> Outbox::doubted(std::size_t limit) {
    return read_entries("WHERE generation = ?1 AND seq > ?2 AND doubt <> '' ORDER BY seq",
                        {state_.generation, state_.confirmed}, limit, SIZE_MAX);
}

base::Result<std::optional<Entry>> Outbox::entry(const base::Uuid& command_id) {
    SHOWFLOOR_ASSIGN(auto found,
                     read_entries("WHERE id = ?1", {command_id.to_string()}, 1, SIZE_MAX));
    if (found.empty()) return std::optional<Entry>();
    return std::optional<Entry>(std::move(found.front()));
}

base::Result<Json> Outbox::created_by(std::int64_t seq) {
    SHOWFLOOR_ASSIGN(
        auto row,
        connection_.prepare("SELECT id, created FROM entry WHERE generation = ?1 AND seq = ?2"));
    row.bind(1, state_.generation).bind(2, seq);
    SHOWFLOOR_ASSIGN(const bool found, row.step());
    if (!found) return Json::array();
    SHOWFLOOR_ASSIGN(const std::string text,
                     sealer_.open("entry_created", row.text(0), row.bytes(1)));
    return base::parse_json(text, text.size());
}

base::Result<void> Outbox::set_doubts(
    const std::vector<std::pair<std::int64_t, std::string>>& doubts) {
    if (doubts.empty()) return {};
    SHOWFLOOR_ASSIGN(auto transaction, Transaction::begin(connection_));
    for (const auto& [seq, code] : doubts) {
        SHOWFLOOR_TRY(
            connection_.run("UPDATE entry SET doubt = ?3 WHERE generation = ?1 AND seq = ?2",
                            {state_.generation, seq, code}));
    }
    return transaction.commit();
}

// ---- what central says --------------------------------------------------------------------------

// An answer needs not be on the disk when this returns: central has it in the transaction of its
// effects, and what a power cut takes back here is sent again and gets the same answer (promise 2);
// the entry itself was synced at submit (promise 1), and the next commit of any kind syncs this one
// with it. So the person waits for two fsyncs, here and at central, and not for a third.
base::Result<void> Outbox::take_answers(const std::vector<protocol::PushResult>& results,
                                        base::UtcMs now) {
    // Not through the statement cache: SQLite obeys this while it prepares.
    if (durable_) SHOWFLOOR_TRY(connection_.execute_script("PRAGMA synchronous = NORMAL"));
    auto taken = store_answers(results, now);
    // Without it the next submit would not be durable. No transaction is open here, whatever
    // happened, and only inside one could this fail.
    if (durable_)
        SHOWFLOOR_CHECK(connection_.execute_script("PRAGMA synchronous = FULL").ok(),
                        "the outbox is durable again");
    return taken;
}

base::Result<void> Outbox::store_answers(const std::vector<protocol::PushResult>& results,
                                         base::UtcMs now) {
    SHOWFLOOR_ASSIGN(auto transaction, Transaction::begin(connection_));
    for (const protocol::PushResult& result : results)
        SHOWFLOOR_TRY(take_answer(result, now));
    // All up to the first unanswered one.
    SHOWFLOOR_ASSIGN(const database::Cell open,
                     connection_.value("SELECT min(seq) FROM entry WHERE generation = ?1 AND "
                                       "seq > ?2 AND outcome IS NULL",
                                       {state_.generation, state_.acknowledged}));
    State next = state_;
    const auto* first_open = std::get_if<std::int64_t>(&open);
    next.acknowledged = first_open != nullptr ? *first_open - 1 : next.tail;
    if (next.acknowledged != state_.acknowledged) SHOWFLOOR_TRY(write_state(next));
    SHOWFLOOR_TRY(transaction.commit());
    state_ = std::move(next);
    return {};
}

base::Result<void> Outbox::take_answer(const protocol::PushResult& result, base::UtcMs now) {
    SHOWFLOOR_ASSIGN(auto found, read_entries("WHERE generation = ?1 AND seq = ?2",
                                              {state_.generation, result.seq}, 1, SIZE_MAX));
    if (found.empty() || found.front().answer) return {};
    const Entry& entry = found.front();
    SHOWFLOOR_ASSIGN(base::Bytes details, sealer_.seal("entry_details", entry.id.to_string(),
                                                       base::dump_json(result.details)));
    SHOWFLOOR_TRY(connection_.run(
        "UPDATE entry SET outcome = ?3, code = ?4, details = ?5, answered_at = ?6, "
        "answer_epoch = ?7 WHERE generation = ?1 AND seq = ?2",
        {state_.generation, result.seq, std::string(protocol::name_of(result.outcome)), result.code,
         std::move(details), now, state_.epoch}));
    return note_answer(entry, result, now);
}

base::Result<void> Outbox::rewind_to(std::int64_t last_seq) {
    SHOWFLOOR_ASSIGN(auto transaction, Transaction::begin(connection_));
    SHOWFLOOR_TRY(connection_.run(
        "UPDATE entry SET outcome = NULL, code = '', details = NULL, answered_at = 0 "
        "WHERE generation = ?1 AND seq > ?2 AND outcome IS NOT NULL",
        {state_.generation, last_seq}));
    State next = state_;
    next.acknowledged = std::min(next.acknowledged, last_seq);
    next.confirmed = std::min(next.confirmed, last_seq);
    SHOWFLOOR_ASSIGN(const database::Cell first,
                     connection_.value("SELECT min(seq) FROM entry WHERE generation = ?1 AND "
                                       "seq > ?2",
                                       {state_.generation, last_seq}));
    const auto* kept = std::get_if<std::int64_t>(&first);
    if (last_seq < state_.tail && (kept == nullptr || *kept != last_seq + 1)) {
        next.halted = kLostHistory;
    }
    SHOWFLOOR_TRY(write_state(next));
    SHOWFLOOR_TRY(transaction.commit());
    state_ = std::move(next);
    return {};
}

base::Result<void> Outbox::enter_epoch(const std::string& epoch) {
    if (epoch == state_.epoch) return {};
    State next = state_;
    next.confirmed = 0;
    next.epoch = epoch;
    return change_state(next);
}

base::Result<void> Outbox::unconfirm() {
    if (state_.confirmed == 0) return {};
    State next = state_;
    next.confirmed = 0;
    return change_state(next);
}

base::Result<void> Outbox::confirm_up_to(std::int64_t seq) {
    State next = state_;
    next.confirmed = std::min(seq, state_.acknowledged);
    if (next.confirmed == state_.confirmed) return {};
    return change_state(next);
}

base::Result<void> Outbox::halt(std::string_view cause) {
    if (state_.halted == cause) return {};
    State next = state_;
    next.halted = cause;
    return change_state(next);
}

base::Result<void> Outbox::give_up_damaged(base::UtcMs now) {
    SHOWFLOOR_ASSIGN(auto waiting,
                     read_entries("WHERE generation = ?1 AND seq > ?2 ORDER BY seq",
                                  {state_.generation, state_.acknowledged}, SIZE_MAX, SIZE_MAX));
    const auto first = std::find_if(waiting.begin(), waiting.end(),
                                    [](const Entry& entry) { return entry.damaged; });
    if (first == waiting.end()) return {};
    SHOWFLOOR_ASSIGN(auto transaction, Transaction::begin(connection_));
    for (const Entry& entry : waiting) {
        if (!entry.damaged) continue;
        const protocol::PushResult told{entry.seq, protocol::PushOutcome::kPoison, "damaged",
                                        Json::object()};
        SHOWFLOOR_TRY(note_answer(entry, told, now));
    }
    State next = state_;
    next.tail = first->seq - 1;
    SHOWFLOOR_ASSIGN(const database::Cell before,
                     connection_.value("SELECT hash FROM entry WHERE generation = ?1 AND seq = ?2",
                                       {state_.generation, next.tail}));
    const auto* hash = std::get_if<std::string>(&before);
    next.head_hash = hash != nullptr ? *hash : protocol::chain_start(state_.identity.terminal_id);
    std::vector<Entry> rest(first, waiting.end());
    SHOWFLOOR_TRY(chain_anew(next, rest));
    SHOWFLOOR_TRY(write_state(next));
    SHOWFLOOR_TRY(transaction.commit());
    state_ = std::move(next);
    return {};
}

base::Result<void> Outbox::save_clock(base::UtcMs trusted, base::UtcMs last_contact) {
    State next = state_;
    next.trusted_at = std::max(trusted, state_.trusted_at);
    next.last_contact_at = last_contact;
    return change_state(next);
}

// The entry at the tail stays, so that the chain always has something to hang on.
base::Result<void> Outbox::forget_old(base::UtcMs now) {
    return connection_.run(
        "DELETE FROM entry WHERE outcome IS NOT NULL AND answered_at < ?1 AND "
        "(generation < ?2 OR (seq <= ?3 AND seq < ?4))",
        {now - kKeepAnsweredMs, state_.generation, state_.confirmed, state_.tail});
}

}  // namespace showfloor::sync
