// The outbox's lists beside the journal: inbox, drafts, uploads, sign-in locks.
#include <array>

#include "base/encoding.hpp"
#include "database/transaction.hpp"
#include "sync/limits.hpp"
#include "sync/outbox.hpp"

namespace showfloor::sync {

namespace {

using base::ErrorKind;
using base::Json;

constexpr std::array<std::string_view, 5> kKindNames = {"refused", "disputed", "review", "poison",
                                                        "unreadable_row"};
constexpr std::size_t kMostItemBytes = 512 * 1024;
constexpr int kTriesPerLock = 5;
constexpr std::array<std::int64_t, 4> kLockMs = {1 * kMinute, 5 * kMinute, 15 * kMinute,
                                                 60 * kMinute};

InboxKind kind_of(std::string_view name) {
    for (std::size_t i = 0; i < kKindNames.size(); ++i) {
        if (kKindNames[i] == name) return static_cast<InboxKind>(i);
    }
    return InboxKind::kRefused;
}

Json to_json(const InboxItem& item) {
    return {{"command_id", item.command_id.to_string()},
            {"command", item.command},
            {"actor_id", item.actor_id.to_string()},
            {"code", item.code},
            {"args", item.args},
            {"details", item.details},
            {"numbers", protocol::numbers_to_json(item.numbers)},
            {"occurred_at", item.occurred_at}};
}

// What cannot be read is left empty: the item is shown all the same.
void fill(InboxItem& item, const Json& json) {
    const auto text = [&json](const char* name) { return json.value(name, std::string()); };
    item.command_id = base::Uuid::parse(text("command_id")).value_or(base::Uuid{});
    item.command = text("command");
    item.actor_id = base::Uuid::parse(text("actor_id")).value_or(base::Uuid{});
    item.code = text("code");
    item.args = json.value("args", Json::object());
    item.details = json.value("details", Json::object());
    item.occurred_at = json.value("occurred_at", std::int64_t{0});
    if (auto numbers = protocol::numbers_from_json(json.value("numbers", Json::array()))) {
        item.numbers = std::move(*numbers);
    }
}

bool needs_a_look(const protocol::PushResult& result) {
    const auto reviews = result.details.find("reviews");
    return reviews != result.details.end() && reviews->is_array() && !reviews->empty();
}

}  // namespace

std::string_view name_of(InboxKind kind) {
    return kKindNames[static_cast<std::size_t>(kind)];
}

// ---- inbox --------------------------------------------------------------------------------------

base::Result<void> Outbox::note_answer(const Entry& entry, const protocol::PushResult& result,
                                       base::UtcMs now) {
    InboxItem item;
    switch (result.outcome) {
        case protocol::PushOutcome::kApplied:
            if (!needs_a_look(result)) return {};
            item.kind = InboxKind::kReview;
            break;
        case protocol::PushOutcome::kRefused:
            item.kind = InboxKind::kRefused;
            break;
        case protocol::PushOutcome::kDisputed:
            item.kind = InboxKind::kDisputed;
            break;
        case protocol::PushOutcome::kPoison:
            item.kind = InboxKind::kPoison;
            break;
    }
    item.command_id = entry.id;
    item.command = entry.name;
    item.code = result.code;
    item.details = result.details;
    item.numbers = entry.numbers;
    item.occurred_at = entry.occurred_at;
    item.noted_at = now;
    if (const auto command = domain::command_from_body(entry.body)) {
        item.actor_id = command->actor_id;
        item.args = command->args;
    }
    // A restored central answers again: what it says now replaces what is still open.
    SHOWFLOOR_TRY(connection_.run("DELETE FROM inbox WHERE subject = ?1 AND resolved = 0",
                                  {entry.id.to_string()}));
    return put_in_inbox(item, entry.id.to_string());
}

base::Result<void> Outbox::put_in_inbox(const InboxItem& item, std::string_view subject) {
    SHOWFLOOR_ASSIGN(base::Bytes body,
                     sealer_.seal("inbox", subject, base::dump_json(to_json(item))));
    // The same thing twice is told once, and not again after somebody has dealt with it.
    SHOWFLOOR_TRY(connection_.run(
        "INSERT OR IGNORE INTO inbox (kind, subject, body, noted_at) VALUES (?1, ?2, ?3, ?4)",
        {std::string(name_of(item.kind)), std::string(subject), std::move(body), item.noted_at}));
    return connection_.run(
        "DELETE FROM inbox WHERE number IN (SELECT number FROM inbox ORDER BY resolved, number "
        "DESC LIMIT -1 OFFSET ?1)",
        {static_cast<std::int64_t>(kMostInboxItems)});
}

base::Result<std::vector<InboxItem>> Outbox::inbox(bool with_resolved, std::size_t limit) {
    SHOWFLOOR_ASSIGN(
        auto row, connection_.prepare("SELECT number, kind, subject, body, noted_at, resolved FROM "
                                      "inbox WHERE resolved <= ?1 ORDER BY number DESC LIMIT ?2"));
    row.bind(1, std::int64_t{with_resolved ? 1 : 0}).bind(2, static_cast<std::int64_t>(limit));
    std::vector<InboxItem> items;
    while (true) {
        SHOWFLOOR_ASSIGN(const bool more, row.step());
        if (!more) return items;
        InboxItem item;
        const auto text = sealer_.open("inbox", row.text(2), row.bytes(3));
        auto json =
            text ? base::parse_json(*text, kMostItemBytes) : base::Result<Json>(text.error());
        if (json && json->is_object()) fill(item, *json);
        item.number = row.integer(0);
        item.kind = kind_of(row.text(1));
        item.noted_at = row.integer(4);
        item.resolved = row.integer(5) != 0;
        items.push_back(std::move(item));
    }
}

base::Result<void> Outbox::resolve(std::int64_t number) {
    return connection_.run("UPDATE inbox SET resolved = 1 WHERE number = ?1", {number});
}

base::Result<void> Outbox::note_unreadable_row(std::string_view record, std::string_view id,
                                               std::string_view reason, base::UtcMs now) {
    InboxItem item;
    item.kind = InboxKind::kUnreadableRow;
    item.noted_at = now;
    item.details = {{"record", record}, {"id", id}, {"reason", reason}};
    return put_in_inbox(item, std::string(record) + " " + std::string(id));
}

// ---- drafts -------------------------------------------------------------------------------------

base::Result<void> Outbox::save_draft(const Draft& draft) {
    if (draft.body.size() > kMostDraftBytes) {
        return base::fail(ErrorKind::kTooLarge, "This draft is too long to be kept.");
    }
    const std::string id = draft.id.to_string();
    SHOWFLOOR_ASSIGN(const database::Cell others,
                     connection_.value("SELECT count(*) FROM draft WHERE id <> ?1", {id}));
    if (std::get<std::int64_t>(others) >= static_cast<std::int64_t>(kMostDrafts)) {
        return base::fail(ErrorKind::kRefused,
                          "There are too many drafts; finish or discard some first.",
                          "too_many_drafts");
    }
    SHOWFLOOR_ASSIGN(base::Bytes body, sealer_.seal("draft", id, draft.body));
    return connection_.run(
        "INSERT OR REPLACE INTO draft (id, owner_id, kind, body, updated_at) "
        "VALUES (?1, ?2, ?3, ?4, ?5)",
        {id, draft.owner_id.to_string(), draft.kind, std::move(body), draft.updated_at});
}

base::Result<std::vector<Draft>> Outbox::drafts(const base::Uuid& owner_id) {
    SHOWFLOOR_ASSIGN(auto row, connection_.prepare("SELECT id, kind, body, updated_at FROM draft "
                                                   "WHERE owner_id = ?1 ORDER BY updated_at DESC, "
                                                   "id"));
    row.bind(1, owner_id.to_string());
    std::vector<Draft> drafts;
    while (true) {
        SHOWFLOOR_ASSIGN(const bool more, row.step());
        if (!more) return drafts;
        const auto id = base::Uuid::parse(row.text(0));
        auto body = sealer_.open("draft", row.text(0), row.bytes(2));
        if (!id || !body) continue;  // one damaged draft does not hide the others
        drafts.push_back({*id, owner_id, row.text(1), std::move(*body), row.integer(3)});
    }
}

base::Result<void> Outbox::remove_draft(const base::Uuid& id) {
    return connection_.run("DELETE FROM draft WHERE id = ?1", {id.to_string()});
}

// ---- uploads ------------------------------------------------------------------------------------

base::Result<void> Outbox::queue_upload(std::string_view sha256, base::UtcMs now) {
    SHOWFLOOR_ASSIGN(const database::Cell waiting,
                     connection_.value("SELECT count(*) FROM upload"));
    if (std::get<std::int64_t>(waiting) >= static_cast<std::int64_t>(kMostUploads)) {
        return base::fail(ErrorKind::kRefused,
                          "Too many pictures wait to be sent; connect this terminal first.",
                          "too_many_uploads");
    }
    return connection_.run("INSERT OR IGNORE INTO upload (sha256, queued_at) VALUES (?1, ?2)",
                           {std::string(sha256), now});
}

base::Result<std::vector<std::string>> Outbox::uploads(std::size_t limit) {
    SHOWFLOOR_ASSIGN(const auto rows,
                     connection_.rows("SELECT sha256 FROM upload ORDER BY queued_at, sha256 "
                                      "LIMIT ?1",
                                      {static_cast<std::int64_t>(limit)}));
    std::vector<std::string> hashes;
    for (const auto& row : rows)
        hashes.push_back(std::get<std::string>(row[0]));
    return hashes;
}

base::Result<void> Outbox::uploaded(std::string_view sha256) {
    return connection_.run("DELETE FROM upload WHERE sha256 = ?1", {std::string(sha256)});
}

// ---- sign-in locks: the login is kept as a lookup key, it says who somebody is ------------------

base::Result<SignInLock> Outbox::sign_in_lock(std::string_view login) {
    SHOWFLOOR_ASSIGN(const base::Bytes key, sealer_.lookup_key("sign_in_lock.login", login));
    SHOWFLOOR_ASSIGN(
        auto row,
        connection_.prepare("SELECT failures, locked_until FROM sign_in_lock WHERE login = ?1"));
    row.bind(1, base::to_hex(key));
    SHOWFLOOR_ASSIGN(const bool found, row.step());
    if (!found) return SignInLock{};
    return SignInLock{static_cast<int>(row.integer(0)), row.integer(1)};
}

base::Result<SignInLock> Outbox::sign_in_failed(std::string_view login, base::UtcMs trusted_now) {
    SHOWFLOOR_ASSIGN(SignInLock lock, sign_in_lock(login));
    constexpr int kMostCounted = 1'000'000;
    lock.failures = std::min(lock.failures + 1, kMostCounted);
    if (lock.failures % kTriesPerLock == 0) {
        const auto level = static_cast<std::size_t>(lock.failures / kTriesPerLock - 1);
        lock.locked_until = trusted_now + kLockMs[std::min(level, kLockMs.size() - 1)];
    }
    SHOWFLOOR_ASSIGN(const base::Bytes key, sealer_.lookup_key("sign_in_lock.login", login));
    SHOWFLOOR_TRY(connection_.run(
        "INSERT OR REPLACE INTO sign_in_lock (login, failures, locked_until, failed_at) "
        "VALUES (?1, ?2, ?3, ?4)",
        {base::to_hex(key), std::int64_t{lock.failures}, lock.locked_until, trusted_now}));
    // Logins that do not exist are counted too; the ones tried longest ago make room.
    SHOWFLOOR_TRY(connection_.run(
        "DELETE FROM sign_in_lock WHERE login IN (SELECT login FROM sign_in_lock ORDER BY "
        "failed_at DESC LIMIT -1 OFFSET ?1)",
        {static_cast<std::int64_t>(kMostSignInLocks)}));
    return lock;
}

base::Result<void> Outbox::sign_in_succeeded(std::string_view login, const base::Uuid& user_id,
                                             base::UtcMs trusted_now) {
    SHOWFLOOR_ASSIGN(const base::Bytes key, sealer_.lookup_key("sign_in_lock.login", login));
    SHOWFLOOR_TRY(
        connection_.run("DELETE FROM sign_in_lock WHERE login = ?1", {base::to_hex(key)}));
    return connection_.run(
        "INSERT OR REPLACE INTO known_person (user_id, signed_in_at) VALUES (?1, ?2)",
        {user_id.to_string(), trusted_now});
}

base::Result<bool> Outbox::signed_in_before(const base::Uuid& user_id) {
    SHOWFLOOR_ASSIGN(
        const database::Cell found,
        connection_.value("SELECT 1 FROM known_person WHERE user_id = ?1", {user_id.to_string()}));
    return !std::holds_alternative<std::monostate>(found);
}

// ---- PINs ---------------------------------------------------------------------------------------

base::Result<void> Outbox::save_pin(const base::Uuid& user_id, std::string_view body,
                                    base::UtcMs now) {
    SHOWFLOOR_ASSIGN(const base::Bytes looked_up,
                     sealer_.lookup_key("pin.user_id", user_id.to_string()));
    const std::string key = base::to_hex(looked_up);
    SHOWFLOOR_ASSIGN(base::Bytes sealed, sealer_.seal("pin", key, body));
    SHOWFLOOR_TRY(
        connection_.run("INSERT OR REPLACE INTO pin (user_id, body, made_at) VALUES (?1, ?2, ?3)",
                        {key, std::move(sealed), now}));
    return connection_.run(
        "DELETE FROM pin WHERE user_id IN (SELECT user_id FROM pin ORDER BY made_at DESC "
        "LIMIT -1 OFFSET ?1)",
        {static_cast<std::int64_t>(kMostPins)});
}

base::Result<std::optional<std::string>> Outbox::pin(const base::Uuid& user_id) {
    SHOWFLOOR_ASSIGN(const base::Bytes looked_up,
                     sealer_.lookup_key("pin.user_id", user_id.to_string()));
    const std::string key = base::to_hex(looked_up);
    SHOWFLOOR_ASSIGN(auto row, connection_.prepare("SELECT body FROM pin WHERE user_id = ?1"));
    row.bind(1, key);
    SHOWFLOOR_ASSIGN(const bool found, row.step());
    if (!found) return std::optional<std::string>();
    SHOWFLOOR_ASSIGN(std::string body, sealer_.open("pin", key, row.bytes(0)));
    return std::optional(std::move(body));
}

base::Result<void> Outbox::remove_pin(const base::Uuid& user_id) {
    SHOWFLOOR_ASSIGN(const base::Bytes key, sealer_.lookup_key("pin.user_id", user_id.to_string()));
    return connection_.run("DELETE FROM pin WHERE user_id = ?1", {base::to_hex(key)});
}

}  // namespace showfloor::sync
