#include "sync/replica.hpp"

#include <algorithm>
#include <cstdio>
#include <unordered_set>
#include <utility>

#include "base/log.hpp"
#include "database/transaction.hpp"
#include "domain/records.hpp"
#include "storage/snapshot.hpp"
#include "sync/limits.hpp"

namespace showfloor::sync {

namespace {

using base::ErrorKind;
using base::Json;
using database::Connection;
using database::Transaction;
using domain::Context;
using domain::Outcome;

constexpr std::size_t kReplayPage = 200;  // entries in memory at once

void remove_database(const std::string& path) {
    for (const char* suffix : {"", "-wal", "-shm", "-journal"}) {
        std::remove((path + suffix).c_str());
    }
}

base::Result<Connection> open_ours(const std::string& path, const database::Options& options,
                                   Replica::Check check) {
    SHOWFLOOR_ASSIGN(Connection connection, Connection::open(path, options));
    if (check == Replica::Check::kNow)
        SHOWFLOOR_TRY(connection.check_integrity(Connection::Depth::kQuick));
    SHOWFLOOR_ASSIGN(const bool ours, storage::ReplicaStore::has_our_schema(connection));
    if (!ours) {
        return base::fail(ErrorKind::kDamaged, "The replica was written by another version.");
    }
    return connection;
}

// What stays visible when a rule says no in a rebase: the rows that the command made.
Json created_rows(const std::vector<domain::Change>& changes) {
    Json rows = Json::array();
    for (const domain::Change& change : changes) {
        if (change.before) continue;
        rows.push_back(
            {{"record", change.record->name},
             {"row", domain::row_to_json(*change.record, change.after, domain::View::kTerminal)}});
    }
    return rows;
}

bool is_goods(std::string_view record) {
    return record == domain::describe<domain::Car>().name ||
           record == domain::describe<domain::CarImage>().name ||
           record == domain::describe<domain::Branch>().name;
}

bool is_settled_without_rows(const Entry& entry) {
    return entry.answer && (entry.answer->outcome == protocol::PushOutcome::kRefused ||
                            entry.answer->outcome == protocol::PushOutcome::kPoison);
}

}  // namespace

Replica::Replica(Connection connection, const storage::Sealer& sealer, Outbox& outbox)
    : connection_(std::move(connection)),
      sealer_(sealer),
      outbox_(outbox),
      world_(connection_, sealer),
      store_(connection_, sealer) {}

// A cache: what is damaged or of another version is thrown away.
base::Result<Connection> Replica::open_or_make(const std::string& path,
                                               const database::Options& options, Check check) {
    auto there = open_ours(path, options, check);
    if (there || there.error().kind != ErrorKind::kDamaged) return there;
    remove_database(path);
    SHOWFLOOR_ASSIGN(Connection fresh, Connection::open(path, options));
    SHOWFLOOR_TRY(storage::ReplicaStore::create(fresh));
    return fresh;
}

base::Result<std::unique_ptr<Replica>> Replica::open(const std::string& path,
                                                     const storage::Sealer& sealer, Outbox& outbox,
                                                     const database::Options& options,
                                                     Check check) {
    SHOWFLOOR_ASSIGN(Connection connection, open_or_make(path, options, check));
    std::unique_ptr<Replica> replica(new Replica(std::move(connection), sealer, outbox));
    auto ready = replica->load();
    if (ready) ready = replica->catch_up();
    if (ready) return replica;
    if (check == Check::kNow || ready.error().kind != ErrorKind::kDamaged) return ready.error();
    replica.reset();  // what was not looked for was met
    return open(path, sealer, outbox, options, Check::kNow);
}

bool Replica::is_damaged(const std::string& path) {
    database::Options options;
    options.read_only = true;
    auto connection = Connection::open(path, options);
    const auto whole = connection ? connection->check_integrity(Connection::Depth::kQuick)
                                  : base::Result<void>(connection.error());
    return !whole && whole.error().kind == ErrorKind::kDamaged;
}

base::Result<void> Replica::load() {
    SHOWFLOOR_ASSIGN(meta_, store_.meta());
    goods_version_ = meta_.version;
    SHOWFLOOR_ASSIGN(staged_, store_.staged_pages());
    next_cursor_ = meta_.cursor;
    if (staged_ == 0) return {};
    SHOWFLOOR_ASSIGN(const auto body, store_.staged_page(staged_ - 1));
    const auto page = protocol::decode_pull_reply(body.value_or(std::string()));
    if (page) {
        next_cursor_ = page->cursor;
        return {};
    }
    staged_ = 0;  // left by another version: pull them again
    return store_.clear_staging();
}

base::Result<bool> Replica::goods_pending() {
    for (const domain::Description* record :
         {&domain::describe<domain::Car>(), &domain::describe<domain::CarImage>(),
          &domain::describe<domain::Branch>()}) {
        SHOWFLOOR_ASSIGN(const auto rows, store_.pending_rows(*record));
        if (!rows.empty()) return true;
    }
    return false;
}

base::Result<std::vector<std::string>> Replica::picture_hashes() {
    constexpr std::size_t kPage = 1000;
    const domain::Description& image = domain::describe<domain::CarImage>();
    // Rows, not records: there may be a hundred thousand, and three texts of each are wanted.
    std::vector<std::string> hashes[3];
    const std::size_t fields[3] = {image.index_of("sha256_small"), image.index_of("sha256_medium"),
                                   image.index_of("sha256")};
    std::unordered_set<std::string> seen;  // several cars may share a picture
    // Papers are due at once: the branches' logos lead.
    for (const auto& branch : world_.find<domain::Branch>({.limit = kPage}))
        if (!branch.logo.empty() && seen.insert(branch.logo).second)
            hashes[0].push_back(branch.logo);
    std::string last = base::Uuid{}.to_string();
    while (hashes[0].size() < kMostPrefetch / 3) {
        const auto rows = world_.find_rows(
            image, {.where = {{"id", last, domain::Compare::kGreater}}, .limit = kPage});
        for (const domain::Row& row : rows) {
            for (std::size_t size = 0; size < 3; ++size) {
                const auto* hash = std::get_if<std::string>(&row[fields[size]]);
                if (hash != nullptr && seen.insert(*hash).second) hashes[size].push_back(*hash);
            }
        }
        if (rows.size() < kPage) break;
        last = domain::row_id(rows.back()).to_string();
    }
    if (const auto failure = world_.failure()) {
        world_.clear_failure();
        return *failure;
    }
    for (const auto& larger : {hashes[1], hashes[2]})
        hashes[0].insert(hashes[0].end(), larger.begin(), larger.end());
    return std::move(hashes[0]);
}

// ---- submit -------------------------------------------------------------------------------------

Outcome Replica::run(const domain::Command& command, std::int64_t seq,
                     domain::NumberSource& numbers, Context::Terms terms) {
    Context context;
    context.terms = terms;
    context.contest = Context::Contest::kRefuse;
    context.terminal_id = outbox_.state().identity.terminal_id;
    context.origin = outbox_.state().identity.terminal_code;
    context.received_at = command.occurred_at;
    context.numbers = &numbers;
    world_.clear_failure();
    (void)world_.take_changes();
    world_.mark_with({seq, false});
    return domain::execute(command, context, world_);
}

base::Result<Submitted> Replica::submit(domain::Command command, base::UtcMs now,
                                        base::Random& random) {
    SHOWFLOOR_TRY(catch_up());
    if (command.id.is_nil()) command.id = base::Uuid::v7(now, random);
    if (command.occurred_at == 0) command.occurred_at = now;
    command.base_cursor = meta_.cursor;

    bool goods = false;
    SHOWFLOOR_ASSIGN(auto transaction, Transaction::begin(connection_));
    auto outcome = outbox_.submit(command, [&](std::int64_t seq, domain::NumberSource& numbers) {
        Outbox::Judged judged;
        judged.outcome = run(command, seq, numbers, Context::Terms::kAgainstWorld);
        for (const domain::Change& change : world_.changes())
            goods = goods || is_goods(change.record->name);
        if (judged.outcome.applied()) judged.created = created_rows(world_.changes());
        return judged;
    });
    if (!outcome) return outcome.error();
    if (!outcome->applied()) return Submitted{std::move(*outcome), 0, std::move(command)};

    // Done: the entry is on the disk. Should the cache fail from here on, it catches up later.
    storage::ReplicaMeta next = meta_;
    next.replayed_seq = outbox_.state().tail;
    ++next.version;
    auto stored = store_.set_meta(next);
    if (stored) stored = transaction.commit();
    if (stored) {
        meta_ = next;
        if (goods) goods_version_ = meta_.version;
    } else {
        base::log(base::LogLevel::kWarning, "replica_behind", {{"why", stored.error().message}});
    }
    return Submitted{std::move(*outcome), next.replayed_seq, std::move(command)};
}

// ---- the pending layer --------------------------------------------------------------------------

base::Result<void> Replica::catch_up() {
    if (meta_.replayed_seq == outbox_.state().tail) return {};
    return rebuild();
}

base::Result<void> Replica::rebuild() {
    const std::int64_t confirmed = outbox_.state().confirmed;
    Findings findings;
    SHOWFLOOR_ASSIGN(auto transaction, Transaction::begin(connection_));
    SHOWFLOOR_TRY(rebuild_pending(confirmed, confirmed, findings));
    storage::ReplicaMeta next = meta_;
    next.replayed_seq = outbox_.state().tail;
    ++next.version;
    SHOWFLOOR_TRY(store_.set_meta(next));
    SHOWFLOOR_TRY(transaction.commit());
    meta_ = next;
    goods_version_ = meta_.version;
    return outbox_.set_doubts(findings.doubts);
}

base::Result<void> Replica::rebuild_pending(std::int64_t confirmed, std::int64_t covered,
                                            Findings& findings) {
    // What was pending may look as central says from now on, and the other way round.
    SHOWFLOOR_ASSIGN(const bool had_goods, goods_pending());
    findings.goods = findings.goods || had_goods;
    SHOWFLOOR_TRY(store_.clear_pending());
    std::int64_t from = confirmed + 1;
    while (from <= outbox_.state().tail) {
        SHOWFLOOR_ASSIGN(const auto page, outbox_.entries(from, kReplayPage));
        if (page.empty()) return {};
        for (const Entry& entry : page) {
            from = entry.seq + 1;
            std::string doubt;
            if (!entry.damaged && !is_settled_without_rows(entry)) {
                SHOWFLOOR_ASSIGN(doubt, replay(entry, covered, findings));
            }
            if (doubt != entry.doubt) findings.doubts.emplace_back(entry.seq, std::move(doubt));
        }
    }
    return {};
}

base::Result<std::string> Replica::replay(const Entry& entry, std::int64_t covered,
                                          Findings& findings) {
    auto command = domain::command_from_body(entry.body);
    if (!command) return std::string();  // sent all the same; central keeps it as poison
    command->numbers = entry.numbers;
    SHOWFLOOR_ASSIGN(auto savepoint, database::Savepoint::begin(connection_));
    domain::CarriedNumbers numbers(entry.numbers);
    const Outcome outcome = run(*command, entry.seq, numbers, Context::Terms::kAddUp);
    if (outcome.applied()) {
        SHOWFLOOR_TRY(savepoint.release());
        for (const domain::Change& change : world_.changes())
            findings.goods = findings.goods || is_goods(change.record->name);
        return std::string();
    }
    savepoint.roll_back();
    std::string code(domain::name_of(outcome.code));
    if (outcome.kind == Outcome::Kind::kFailed) {
        const base::Error why = outcome.failure.value_or(base::fail("It could not be judged."));
        world_.clear_failure();
        // A row that cannot be read must not block the others; a full disk stops all of them.
        if (why.kind != ErrorKind::kDamaged && why.kind != ErrorKind::kInvalid) return why;
        code = "damaged";
    }
    // Central's rows already hold it, or this version does not know the command.
    if (entry.seq <= covered || outcome.code == domain::Code::kAlreadyDone ||
        outcome.code == domain::Code::kUnknownCommand) {
        return std::string();
    }
    SHOWFLOOR_TRY(show_as_submitted(entry, findings));
    return code;
}

base::Result<void> Replica::show_as_submitted(const Entry& entry, Findings& findings) {
    const auto created = outbox_.created_by(entry.seq);
    if (!created) return {};  // its rows cannot be read any more; the doubt itself is kept
    for (const Json& item : *created) {
        const auto* record = domain::find_record(item.value("record", std::string()));
        if (record == nullptr) continue;
        const auto row =
            domain::row_from_json(*record, item.value("row", Json::object()), domain::Intake::kRow);
        if (!row) continue;
        SHOWFLOOR_ASSIGN(const auto central, store_.confirmed(*record, domain::row_id(*row)));
        if (central) continue;  // what central says of a row counts more
        SHOWFLOOR_TRY(store_.put_pending(*record, *row, {entry.seq, true}));
        findings.goods = findings.goods || is_goods(record->name);
    }
    return {};
}

// ---- pull and snapshot --------------------------------------------------------------------------

base::Result<Replica::Taken> Replica::take_page(const protocol::PullReply& page,
                                                std::string_view body, base::UtcMs now) {
    Taken taken;
    if (page.more) {
        if (staged_ >= kMostStagedPages) {
            return base::fail(ErrorKind::kTooLarge, "So many changes come quicker as a snapshot.",
                              "take_snapshot");
        }
        SHOWFLOOR_TRY(store_.stage_page(staged_, body));
        ++staged_;
        next_cursor_ = page.cursor;
        return taken;
    }
    taken.complete = true;
    const std::int64_t confirmed = std::min(page.last_seq, outbox_.state().acknowledged);
    if (staged_ == 0 && page.rows.empty() && page.removed.empty() &&
        confirmed <= outbox_.state().confirmed) {
        next_cursor_ = page.cursor;  // only here: an idle pull writes nothing
        return taken;
    }
    SHOWFLOOR_ASSIGN(Findings findings, apply_all(page, confirmed));
    SHOWFLOOR_TRY(outbox_.confirm_up_to(confirmed));
    SHOWFLOOR_TRY(report(findings, now));
    taken.changed = true;
    taken.pictures = std::move(findings.pictures);
    return taken;
}

base::Result<Replica::Findings> Replica::apply_all(const protocol::PullReply& last,
                                                   std::int64_t confirmed) {
    Findings findings;
    SHOWFLOOR_ASSIGN(auto transaction, Transaction::begin(connection_));
    for (std::int64_t i = 0; i < staged_; ++i) {
        SHOWFLOOR_ASSIGN(const auto body, store_.staged_page(i));
        auto page = protocol::decode_pull_reply(body.value_or(std::string()));
        if (!page) {
            transaction.roll_back();
            staged_ = 0;
            next_cursor_ = meta_.cursor;
            SHOWFLOOR_TRY(store_.clear_staging());
            return page.error();
        }
        SHOWFLOOR_TRY(apply_rows(*page, findings));
    }
    SHOWFLOOR_TRY(apply_rows(last, findings));
    SHOWFLOOR_TRY(store_.clear_staging());
    SHOWFLOOR_TRY(
        rebuild_pending(std::max(confirmed, outbox_.state().confirmed), last.last_seq, findings));
    storage::ReplicaMeta next = meta_;
    next.epoch = last.epoch;
    next.cursor = last.cursor;
    next.replayed_seq = outbox_.state().tail;
    ++next.version;
    SHOWFLOOR_TRY(store_.set_meta(next));
    SHOWFLOOR_TRY(transaction.commit());
    meta_ = next;
    if (findings.goods) goods_version_ = meta_.version;
    staged_ = 0;
    next_cursor_ = meta_.cursor;
    return findings;
}

base::Result<void> Replica::apply_rows(const protocol::PullReply& page, Findings& findings) {
    for (const auto& [name, rows] : page.rows) {
        const auto* record = domain::find_record(name);
        if (record == nullptr) continue;  // a newer central's
        findings.goods = findings.goods || is_goods(name);
        for (const Json& json : rows)
            SHOWFLOOR_TRY(apply_row(*record, json, findings));
    }
    for (const auto& [name, ids] : page.removed) {
        const auto* record = domain::find_record(name);
        if (record == nullptr) continue;
        findings.goods = findings.goods || is_goods(name);
        for (const base::Uuid& id : ids) {
            const auto removed = store_.remove_confirmed(*record, id);
            if (!removed && removed.error().kind != ErrorKind::kInvalid) return removed.error();
        }
    }
    return {};
}

base::Result<void> Replica::apply_row(const domain::Description& record, const Json& json,
                                      Findings& findings) {
    const auto row = domain::row_from_json(record, json, domain::Intake::kRow);
    base::Result<void> put = row ? store_.put_confirmed(record, *row) : row.error();
    if (put) {
        const auto take = [&](const char* field) {
            const auto* hash = std::get_if<std::string>(&(*row)[record.index_of(field)]);
            if (hash != nullptr && !hash->empty()) findings.pictures.push_back(*hash);
        };
        if (&record == &domain::describe<domain::Branch>()) take("logo");
        if (&record != &domain::describe<domain::CarImage>()) return {};
        for (const char* field : {"sha256_small", "sha256_medium", "sha256"})
            take(field);
        return {};
    }
    // One bad row never blocks the rest; a full disk does.
    if (put.error().kind != ErrorKind::kInvalid && put.error().kind != ErrorKind::kDamaged) {
        return put;
    }
    const auto id = json.is_object() ? json.find("id") : json.end();
    const bool named = json.is_object() && id != json.end() && id->is_string();
    findings.rows.push_back(
        {std::string(record.name), named ? id->get<std::string>() : "?", put.error().message});
    return {};
}

base::Result<void> Replica::report(const Findings& findings, base::UtcMs now) {
    SHOWFLOOR_TRY(outbox_.set_doubts(findings.doubts));
    for (const Unreadable& row : findings.rows) {
        SHOWFLOOR_TRY(outbox_.note_unreadable_row(row.record, row.id, row.reason, now));
    }
    return {};
}

base::Result<void> Replica::install(const std::string& snapshot_path, const storage::Sealer& from) {
    SHOWFLOOR_TRY(outbox_.unconfirm());
    SHOWFLOOR_ASSIGN(const storage::SnapshotMark mark,
                     storage::install_snapshot(snapshot_path, from, sealer_, connection_));
    SHOWFLOOR_ASSIGN(meta_, store_.meta());
    goods_version_ = meta_.version;
    staged_ = 0;
    next_cursor_ = mark.cursor;
    return catch_up();
}

base::Result<void> Replica::reset() {
    SHOWFLOOR_ASSIGN(auto transaction, Transaction::begin(connection_));
    SHOWFLOOR_TRY(store_.clear_pending());
    SHOWFLOOR_TRY(store_.clear_staging());
    storage::ReplicaMeta next;
    next.version = meta_.version + 1;
    SHOWFLOOR_TRY(store_.set_meta(next));
    SHOWFLOOR_TRY(transaction.commit());
    meta_ = next;
    goods_version_ = meta_.version;
    staged_ = 0;
    next_cursor_ = 0;
    return {};
}

}  // namespace showfloor::sync
