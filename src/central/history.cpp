#include "central/history.hpp"

#include "base/encoding.hpp"
#include "central/limits.hpp"
#include "central/store.hpp"
#include "crypto/hash.hpp"
#include "domain/records.hpp"
#include "storage/sqlite_world.hpp"

namespace showfloor::central {

namespace {

constexpr std::size_t kSaltBytes = 16;
constexpr std::size_t kVerifyPage = 1000;
constexpr std::size_t kMaxHistoryBytes = 256 * 1024;  // one entry's values

std::string hex_of(std::string_view text) {
    return base::to_hex(crypto::sha256(text));
}

// Times of the row itself say nothing that the entry does not say.
bool is_bookkeeping(std::string_view field) {
    return field == "id" || field == "created_at" || field == "updated_at" ||
           field == "occurred_at";
}

bool is_noted(const domain::Description& record) {
    // Verifiers hold secrets; the others follow from what is noted.
    return &record != &domain::describe<domain::Verifier>() &&
           &record != &domain::describe<domain::Notification>() &&
           &record != &domain::describe<domain::Report>() &&
           &record != &domain::describe<domain::History>();
}

// JSON of the fields in `row` whose value differs from `other`'s; empty when there are none.
std::string differing(const domain::Description& record, const domain::Row& row,
                      const domain::Row* other) {
    domain::Row kept(record.fields.size());
    base::Json shortened = base::Json::object();
    for (std::size_t i = 0; i < record.fields.size(); ++i) {
        if (is_bookkeeping(record.fields[i].name)) continue;
        if (other != nullptr && (*other)[i] == row[i]) continue;
        const auto* text = std::get_if<std::string>(&row[i]);
        if (text != nullptr && text->size() > kLongestHistoryText)
            shortened[std::string(record.fields[i].name)] = "sha256:" + hex_of(*text);
        else
            kept[i] = row[i];
    }
    base::Json json = domain::row_to_json(record, kept, domain::View::kAll);
    json.update(shortened);
    return json.empty() ? std::string() : base::dump_json(json);
}

// What says who somebody is; users are described without it, because they sign in by it.
bool says_who(const domain::Description& record, const domain::Field& field) {
    if (field.personal) return true;
    if (&record != &domain::describe<domain::User>()) return false;
    for (const std::string_view name :
         {"first_name", "last_name", "username", "email", "contact", "address", "image"}) {
        if (field.name == name) return true;
    }
    return false;
}

std::string without_person(const domain::Description& record, const std::string& values) {
    if (values.empty()) return values;
    auto json = base::parse_json(values, kMaxHistoryBytes);
    if (!json || !json->is_object()) return {};
    for (const domain::Field& field : record.fields) {
        if (says_who(record, field)) json->erase(std::string(field.name));
    }
    return base::dump_json(*json);
}

// Commands after which nobody may read who it was.
bool forgets(const domain::Command& command) {
    return command.name == "erase_person" || command.name == "close_business";
}

base::Uuid branch_of(const domain::Description& record, const domain::Row& row) {
    const domain::Field* field = record.find("branch_id");
    if (field == nullptr) return {};
    const auto* text = std::get_if<std::string>(&row[record.index_of("branch_id")]);
    return text == nullptr ? base::Uuid{} : base::Uuid::parse(*text).value_or(base::Uuid{});
}

}  // namespace

std::string values_hash_of(const domain::History& entry) {
    return hex_of(entry.salt + "\n" + entry.before + "\n" + entry.after);
}

std::string chain_hash_of(std::string_view previous, const domain::History& entry) {
    std::string text(previous);
    const auto add = [&text](std::string_view part) {
        text += '\n';
        text += part;
    };
    add(std::to_string(entry.number));
    add(entry.command);
    add(entry.command_id.to_string());
    add(entry.actor_id.to_string());
    add(entry.co_actor_id.to_string());
    add(entry.terminal_id.to_string());
    add(entry.branch_id.to_string());
    add(entry.record);
    add(entry.record_id.to_string());
    add(std::to_string(entry.created_at));
    add(std::to_string(entry.occurred_at));
    add(entry.values_hash);
    return hex_of(text);
}

base::Result<HistoryWriter> HistoryWriter::begin(database::Connection& connection,
                                                 base::Random& random) {
    Mark mark;
    SHOWFLOOR_ASSIGN(mark.number, get_counter(connection, "history_number"));
    SHOWFLOOR_ASSIGN(mark.chain, get_value(connection, "history_chain"));
    return HistoryWriter(std::move(mark), random);
}

void HistoryWriter::note(domain::World& world, const domain::Command& command,
                         const domain::Context& context,
                         const std::vector<domain::Change>& changes) {
    for (const domain::Change& change : changes) {
        if (!is_noted(*change.record)) continue;
        domain::History entry;
        const domain::Row* before = change.before ? &*change.before : nullptr;
        entry.after = differing(*change.record, change.after, before);
        if (before != nullptr) entry.before = differing(*change.record, *before, &change.after);
        if (entry.after.empty() && entry.before.empty()) continue;
        if (forgets(command)) {
            entry.before = without_person(*change.record, entry.before);
            entry.after = without_person(*change.record, entry.after);
        }
        entry.command = command.name;
        entry.command_id = command.id;
        entry.actor_id = command.actor_id;
        entry.co_actor_id = command.co_actor_id;
        entry.terminal_id = context.terminal_id;
        entry.branch_id = branch_of(*change.record, change.after);
        entry.record = change.record->name;
        entry.record_id = change.id;
        entry.created_at = context.received_at;
        entry.updated_at = context.received_at;
        entry.occurred_at = command.occurred_at;
        append(world, std::move(entry));
    }
}

void HistoryWriter::append(domain::World& world, domain::History entry) {
    base::Bytes salt(kSaltBytes);
    random_->fill(salt);
    entry.salt = base::to_hex(salt);
    entry.number = ++mark_.number;
    if (entry.id.is_nil()) entry.id = base::Uuid::v7(entry.created_at, *random_);
    entry.values_hash = values_hash_of(entry);
    entry.chain_hash = chain_hash_of(mark_.chain, entry);
    mark_.chain = entry.chain_hash;
    world.put(entry);
}

base::Result<void> HistoryWriter::finish(database::Connection& connection) {
    if (mark_.number == stored_.number) return {};
    SHOWFLOOR_TRY(set_counter(connection, "history_number", mark_.number));
    SHOWFLOOR_TRY(set_value(connection, "history_chain", mark_.chain));
    stored_ = mark_;
    return {};
}

void forget_in_history(domain::World& world, const domain::Description& record,
                       const base::Uuid& id) {
    for (std::size_t offset = 0;; offset += kVerifyPage) {
        auto page =
            world.find<domain::History>({.where = {{"record_id", domain::Value{id.to_string()}}},
                                         .limit = kVerifyPage,
                                         .offset = offset});
        for (domain::History& entry : page) {
            if (entry.record != record.name) continue;
            const std::string before = without_person(record, entry.before);
            const std::string after = without_person(record, entry.after);
            if (before == entry.before && after == entry.after) continue;
            entry.before = before;
            entry.after = after;
            entry.salt.clear();
            world.put(entry);
        }
        if (page.size() < kVerifyPage) return;
    }
}

base::Result<void> verify_history(database::Connection& connection) {
    storage::SqliteWorld world(connection);
    std::string chain;
    std::int64_t number = 0;
    const auto damaged = [](std::int64_t at) {
        return base::fail(base::ErrorKind::kDamaged,
                          "History entry " + std::to_string(at) +
                              " was changed or removed after it was written.");
    };
    for (;;) {
        const auto page = world.find<domain::History>(
            {.where = {{"number", domain::Value{number}, domain::Compare::kGreater}},
             .order_by = "number",
             .limit = kVerifyPage});
        if (world.failure()) return *world.failure();
        if (page.empty()) break;
        for (const domain::History& entry : page) {
            if (entry.number != number + 1) return damaged(number + 1);
            const bool forgotten = entry.salt.empty();
            if (!forgotten && values_hash_of(entry) != entry.values_hash)
                return damaged(entry.number);
            if (chain_hash_of(chain, entry) != entry.chain_hash) return damaged(entry.number);
            chain = entry.chain_hash;
            number = entry.number;
        }
    }
    SHOWFLOOR_ASSIGN(const std::int64_t last, get_counter(connection, "history_number"));
    SHOWFLOOR_ASSIGN(const std::string end, get_value(connection, "history_chain"));
    if (last != number || end != chain) return damaged(number + 1);
    return {};
}

}  // namespace showfloor::central
