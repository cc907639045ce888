// The calls that only read: show and verify. They open the files for themselves, so that they work
// beside a running kiosk.

#include <cstdio>
#include <filesystem>

#include "database/connection.hpp"
#include "storage/sqlite_world.hpp"
#include "sync/outbox.hpp"
#include "sync/sealer.hpp"
#include "terminal/cli/cli.hpp"
#include "terminal/cli/common.hpp"

namespace showfloor::terminal::cli {

namespace {

constexpr long kMostShown = 100'000;
constexpr std::size_t kPage = 500;

// "field=value" as a condition of the field's type.
base::Result<domain::Where> condition(const domain::Description& record, const std::string& text) {
    const auto equals = text.find('=');
    const domain::Field* field =
        equals == std::string::npos ? nullptr : record.find(text.substr(0, equals));
    if (field == nullptr) {
        return base::fail(base::ErrorKind::kInvalid,
                          "--where takes field=value with a field of " + std::string(record.name) +
                              "; \"" + text + "\" has none.",
                          "usage");
    }
    const std::string value = text.substr(equals + 1);
    domain::Where where{field->name, value};
    const auto type = field->type;
    if (type == domain::FieldType::kInteger || type == domain::FieldType::kTime) {
        where.value = static_cast<std::int64_t>(std::strtoll(value.c_str(), nullptr, 10));
    } else if (type == domain::FieldType::kBoolean) {
        where.value = std::int64_t{value == "true" || value == "1" ? 1 : 0};
    }
    return where;
}

// The fields of a row this actor may see, as one line; nothing when none.
void print_row(domain::World& world, const domain::Actor& actor, const domain::Description& record,
               const domain::Row& row, long& left) {
    const auto view = domain::view_of(actor, record, row, world);
    if (!view) return;
    print(domain::row_to_json(record, row, *view));
    --left;
}

}  // namespace

int show(const base::Arguments& arguments) {
    const DataFolder folder = folder_of(arguments);
    const std::string name =
        arguments.positionals().empty() ? std::string() : arguments.positionals().front();
    const domain::Description* record = domain::find_record(name);
    if (record == nullptr || record->synced == domain::Synced::kNever) {
        std::string names;
        for (const auto* each : domain::all_records()) {
            if (each->synced != domain::Synced::kNever && !each->plural.empty())
                names += " " + std::string(each->name);
        }
        return fail_with(base::fail(
            base::ErrorKind::kInvalid,
            "A terminal holds no record \"" + name + "\"; it has:" + names + ".", "usage"));
    }
    const auto identity = folder.identity();
    if (!identity) return fail_with(identity.error());
    const auto actor = actor_of(arguments);
    if (!actor) return fail_with(actor.error());
    auto limit = arguments.number("limit", 100, 1, kMostShown);
    if (!limit) return fail_with(limit.error());
    domain::Query query;
    for (const std::string& text : arguments.all("where")) {
        const auto where = condition(*record, text);
        if (!where) return fail_with(where.error());
        query.where.push_back(*where);
    }
    const auto key = folder.storage_key();
    if (!key) return fail_with(key.error());
    base::SystemRandom random;
    const sync::KeySealer sealer(*key, random);
    database::Options options;
    options.read_only = true;
    auto connection = database::Connection::open(folder.replica(), options);
    if (!connection) return fail_with(connection.error());
    storage::SqliteWorld world(*connection, sealer);
    long left = *limit;
    if (const std::string id = arguments.get("id"); !id.empty()) {
        const auto parsed = base::Uuid::parse(id);
        const auto row = parsed ? world.get_row(*record, *parsed) : std::nullopt;
        if (row) print_row(world, *actor, *record, *row, left);
    } else {
        query.limit = kPage;
        for (;;) {
            const auto rows = world.find_rows(*record, query);
            for (const auto& row : rows) {
                if (left > 0) print_row(world, *actor, *record, row, left);
            }
            if (rows.size() < kPage || left == 0) break;
            query.offset += kPage;
        }
    }
    if (world.failure()) return fail_with(*world.failure());
    return base::kExitDone;
}

int verify(const base::Arguments& arguments) {
    const DataFolder folder = folder_of(arguments);
    base::Json found = base::Json::array();
    const auto note = [&](const char* part, const base::Result<void>& result) {
        found.push_back({{"part", part},
                         {"whole", result.ok()},
                         {"message", result ? std::string() : result.error().message}});
        if (!arguments.has("json")) {
            std::printf("%s: %s\n", part, result ? "whole" : result.error().message.c_str());
        }
        return result.ok();
    };
    bool whole = true;
    const auto identity = folder.identity();
    whole &= note("identity", identity ? base::Result<void>() : identity.error());
    const auto key = folder.storage_key();
    if (!key) return fail_with(key.error());
    base::SystemRandom random;
    const sync::KeySealer sealer(*key, random);
    const auto check_outbox = [&]() -> base::Result<void> {
        database::Options options;
        options.read_only = true;
        SHOWFLOOR_ASSIGN(auto outbox, sync::Outbox::open(folder.outbox(), sealer, options));
        return outbox->check_integrity();
    };
    whole &= note("outbox", check_outbox());
    const auto check_replica = [&]() -> base::Result<void> {
        std::error_code problem;
        if (!std::filesystem::exists(folder.replica(), problem)) return {};  // filled at next sync
        database::Options options;
        options.read_only = true;
        SHOWFLOOR_ASSIGN(auto connection, database::Connection::open(folder.replica(), options));
        return connection.check_integrity();
    };
    whole &= note("replica", check_replica());
    if (arguments.has("json")) print({{"whole", whole}, {"parts", found}});
    return whole ? base::kExitDone : base::kExitDamaged;
}

}  // namespace showfloor::terminal::cli
