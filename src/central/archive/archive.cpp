#include "central/archive/archive.hpp"

#include <array>
#include <filesystem>
#include <fstream>
#include <vector>

#include "base/encoding.hpp"
#include "base/file.hpp"
#include "central/blobs.hpp"
#include "central/feed.hpp"
#include "central/walk.hpp"
#include "crypto/hash.hpp"
#include "database/transaction.hpp"
#include "domain/records.hpp"
#include "protocol/limits.hpp"
#include "storage/sqlite_world.hpp"

namespace showfloor::central {

namespace {

namespace fs = std::filesystem;
using base::ErrorKind;
using base::fail;
using base::Json;
using database::Cell;
using domain::Description;

constexpr int kVersion = 1;
constexpr std::size_t kPage = 1000;                        // lines read in one go
constexpr std::size_t kMaxLineBytes = 16UL * 1024 * 1024;  // a row: texts are bounded far below
constexpr std::size_t kMaxManifestBytes = 1024UL * 1024;
constexpr const char* kFormat = "showfloor-export";

// Private tables that are the dealer's: columns in the table's order, the key first.
struct Table {
    std::string name;
    std::vector<std::string> columns;
};
const std::vector<Table>& tables() {
    static const std::vector<Table> all = {
        {"credential", {"user_id", "phc", "changed_at"}},
        {"number_series", {"series", "last"}},
        {"number_void", {"series", "n", "command_id", "reason", "at"}},
        {"blob", {"sha256", "bytes", "media_type", "is_public", "branch_id", "added_at"}},
        {"car_listing", {"car_id", "listing"}},
    };
    return all;
}

// Verifiers are sealed for one terminal's key; they are made anew as people sign in.
bool is_exported(const Description& record) {
    return record.name != "verifier";
}

// Lines into a file, counted and hashed as they go.
class LineWriter {
   public:
    static base::Result<LineWriter> open(const std::string& folder, const std::string& name) {
        LineWriter writer;
        writer.name_ = name;
        SHOWFLOOR_TRY(
            base::make_folders(fs::path(folder + "/" + name).parent_path().string(), 0700));
        writer.out_.open(folder + "/" + name, std::ios::binary);
        if (!writer.out_) return fail(ErrorKind::kDiskFull, name + " cannot be written.");
        return writer;
    }
    void add(const Json& row) {
        const std::string line = base::dump_json(row) + "\n";
        hash_.update(base::as_bytes(line));
        out_ << line;
        ++rows_;
    }
    base::Result<std::int64_t> finish(Json& manifest) {
        out_.close();
        if (!out_) return fail(ErrorKind::kDiskFull, name_ + " could not be written whole.");
        manifest["files"][name_] = {{"rows", rows_}, {"sha256", base::to_hex(hash_.finish())}};
        return rows_;
    }

   private:
    std::string name_;
    std::ofstream out_;
    crypto::Sha256Stream hash_;
    std::int64_t rows_ = 0;
};

Json json_of(const domain::Value& value) {
    if (const auto* number = std::get_if<std::int64_t>(&value)) return *number;
    if (const auto* text = std::get_if<std::string>(&value)) return *text;
    return nullptr;
}

// The row as people read it; where that is not byte for byte what is stored (another spacing inside
// a JSON field), the stored values stand beside it.
Json json_of_row(const Description& record, const domain::Row& row) {
    Json json = domain::row_to_json(record, row, domain::View::kAll);
    const auto back = domain::row_from_json(record, json, domain::Intake::kRow);
    if (back && *back == row) return json;
    Json stored = Json::object();
    for (std::size_t i = 0; i < record.fields.size(); ++i)
        stored[std::string(record.fields[i].name)] = json_of(row[i]);
    json["_stored"] = std::move(stored);
    return json;
}

base::Result<std::int64_t> write_record(database::Connection& connection, const Description& record,
                                        const std::string& folder, Json& manifest) {
    SHOWFLOOR_ASSIGN(auto writer,
                     LineWriter::open(folder, "records/" + std::string(record.name) + ".jsonl"));
    storage::SqliteWorld world(connection);
    SHOWFLOOR_TRY(walk_rows(world, record, [&](const domain::Row& row) -> base::Result<void> {
        writer.add(json_of_row(record, row));
        return {};
    }));
    return writer.finish(manifest);
}

base::Result<std::int64_t> write_table(database::Connection& connection, const Table& table,
                                       const std::string& folder, Json& manifest) {
    SHOWFLOOR_ASSIGN(auto writer, LineWriter::open(folder, "tables/" + table.name + ".jsonl"));
    std::string sql;
    for (const std::string& column : table.columns)
        sql += (sql.empty() ? "SELECT " : ", ") + database::sql_name(column);
    sql += " FROM " + database::sql_name(table.name) + " ORDER BY 1, 2";
    SHOWFLOOR_ASSIGN(auto statement, connection.prepare(sql));
    for (;;) {
        SHOWFLOOR_ASSIGN(const bool more, statement.step());
        if (!more) break;
        Json row = Json::object();
        for (std::size_t i = 0; i < table.columns.size(); ++i) {
            const Cell cell = statement.cell(static_cast<int>(i));
            if (const auto* number = std::get_if<std::int64_t>(&cell))
                row[table.columns[i]] = *number;
            else if (const auto* text = std::get_if<std::string>(&cell))
                row[table.columns[i]] = *text;
        }
        writer.add(row);
    }
    return writer.finish(manifest);
}

base::Result<std::int64_t> copy_blobs(database::Connection& connection, const Store& store,
                                      const std::string& folder) {
    SHOWFLOOR_ASSIGN(const auto rows, connection.rows("SELECT sha256 FROM blob"));
    std::error_code error;
    for (const auto& row : rows) {
        const auto& name = std::get<std::string>(row[0]);
        const std::string place = folder + "/blobs/" + name.substr(0, 2);
        SHOWFLOOR_TRY(base::make_folders(place, 0700));
        fs::copy_file(blob_path(store, name), fs::path(place) / name, error);
        if (error) return fail(ErrorKind::kFailed, "File " + name + " cannot be copied.");
    }
    return static_cast<std::int64_t>(rows.size());
}

// ---- reading ----------------------------------------------------------------------------------

base::Error damaged(const std::string& file, const std::string& what) {
    return fail(ErrorKind::kDamaged, file + " " + what + "; take another copy of the export.");
}

// Every file of ours, as the manifest says it is.
base::Result<void> check_files(const std::string& from, const Json& manifest) {
    for (const auto& [name, said] : manifest["files"].items()) {
        std::ifstream file(from + "/" + name, std::ios::binary);
        if (!file) return damaged(name, "is missing");
        crypto::Sha256Stream hash;
        std::array<char, 64UL * 1024> piece{};
        while (file.read(piece.data(), piece.size()) || file.gcount() > 0)
            hash.update(base::as_bytes({piece.data(), static_cast<std::size_t>(file.gcount())}));
        if (base::to_hex(hash.finish()) != base::text_member(said, "sha256"))
            return damaged(name, "is not as it was written");
    }
    return {};
}

using UseLine = std::function<base::Result<void>(const Json& row)>;

base::Result<std::int64_t> each_line(const std::string& from, const std::string& name,
                                     const UseLine& use) {
    std::ifstream file(from + "/" + name, std::ios::binary);
    if (!file) return damaged(name, "is missing");
    std::string line;
    std::int64_t number = 0;
    while (std::getline(file, line)) {
        ++number;
        const auto json = base::parse_json(line, kMaxLineBytes);
        const auto used = json ? use(*json) : base::Result<void>(json.error());
        if (!used)
            return damaged(name, "line " + std::to_string(number) + ": " + used.error().message);
    }
    return number;
}

base::Result<domain::Row> row_of_line(const Description& record, const Json& json) {
    const auto stored = json.find("_stored");
    if (stored == json.end()) return domain::row_from_json(record, json, domain::Intake::kRow);
    domain::Row row(record.fields.size());
    for (std::size_t i = 0; i < record.fields.size(); ++i) {
        const auto found = stored->find(std::string(record.fields[i].name));
        if (found == stored->end()) continue;
        if (found->is_number_integer()) row[i] = found->get<std::int64_t>();
        if (found->is_string()) row[i] = found->get<std::string>();
    }
    return row;
}

base::Result<void> check_empty(database::Connection& connection) {
    SHOWFLOOR_ASSIGN(const Cell others,
                     connection.value("SELECT (SELECT COUNT(*) FROM branch) + (SELECT COUNT(*) "
                                      "FROM car) + (SELECT COUNT(*) FROM customer) + MAX(0, "
                                      "(SELECT COUNT(*) FROM user) - 1)"));
    if (std::get<std::int64_t>(others) == 0) return {};
    return fail(ErrorKind::kRefused,
                "This central is not empty; an export goes into a freshly initialised one.",
                "not_empty");
}

// What init left: its administrator and what speaks of them.
base::Result<void> clear(database::Connection& connection) {
    for (const Description* record : domain::all_records())
        SHOWFLOOR_TRY(connection.run("DELETE FROM " + database::sql_name(record->name)));
    for (const Table& table : tables())
        SHOWFLOOR_TRY(connection.run("DELETE FROM " + database::sql_name(table.name)));
    for (const char* name : {"feed", "command_log", "auth_session", "mail", "known_address"})
        SHOWFLOOR_TRY(connection.run("DELETE FROM " + database::sql_name(name)));
    return {};
}

base::Result<std::int64_t> read_record(database::Connection& connection, FeedWriter& feed,
                                       const Description& record, const std::string& from) {
    storage::SqliteWorld world(connection);
    std::size_t waiting = 0;
    const auto note = [&]() -> base::Result<void> {
        waiting = 0;
        if (world.failure()) return *world.failure();
        return feed.note(world, world.take_changes());
    };
    SHOWFLOOR_ASSIGN(const std::int64_t rows,
                     each_line(from, "records/" + std::string(record.name) + ".jsonl",
                               [&](const Json& json) -> base::Result<void> {
                                   SHOWFLOOR_ASSIGN(domain::Row row, row_of_line(record, json));
                                   world.put_row(record, std::move(row));
                                   if (world.failure()) return *world.failure();
                                   if (++waiting < kPage) return {};
                                   return note();
                               }));
    SHOWFLOOR_TRY(note());
    return rows;
}

base::Result<std::int64_t> read_table(database::Connection& connection, const Table& table,
                                      const std::string& from) {
    std::string names, marks;
    for (const std::string& column : table.columns) {
        names += (names.empty() ? "" : ", ") + database::sql_name(column);
        marks += marks.empty() ? "?" : ", ?";
    }
    const std::string sql =
        "INSERT INTO " + database::sql_name(table.name) + " (" + names + ") VALUES (" + marks + ")";
    return each_line(from, "tables/" + table.name + ".jsonl",
                     [&](const Json& json) -> base::Result<void> {
                         std::vector<Cell> values;
                         for (const std::string& column : table.columns) {
                             const auto found = json.find(column);
                             if (found != json.end() && found->is_number_integer())
                                 values.emplace_back(found->get<std::int64_t>());
                             else if (found != json.end() && found->is_string())
                                 values.emplace_back(found->get<std::string>());
                             else
                                 values.emplace_back();
                         }
                         return connection.run(sql, values);
                     });
}

// History goes on where it ended.
base::Result<void> take_up_history(database::Connection& connection) {
    SHOWFLOOR_ASSIGN(const auto last,
                     connection.rows("SELECT number, chain_hash FROM history ORDER BY number DESC "
                                     "LIMIT 1"));
    if (last.empty()) {
        SHOWFLOOR_TRY(set_counter(connection, "history_number", 0));
        return set_value(connection, "history_chain", "");
    }
    SHOWFLOOR_TRY(set_counter(connection, "history_number", std::get<std::int64_t>(last[0][0])));
    return set_value(connection, "history_chain", std::get<std::string>(last[0][1]));
}

// Files first: a file without a row is harmless, a row without a file is not.
base::Result<std::int64_t> take_blobs(const Store& store, const std::string& from) {
    std::int64_t taken = 0;
    SHOWFLOOR_TRY(each_line(from, "tables/blob.jsonl", [&](const Json& json) -> base::Result<void> {
        const std::string name = base::text_member(json, "sha256");
        if (!is_blob_name(name)) return fail("that is no file's name");
        SHOWFLOOR_ASSIGN(const std::string content,
                         base::read_file(from + "/blobs/" + name.substr(0, 2) + "/" + name,
                                         protocol::kMaxBlobBytes));
        SHOWFLOOR_ASSIGN(const std::string saved, save_blob(store, content));
        if (saved != name) return fail("file " + name + " is not as it was written");
        ++taken;
        return {};
    }));
    return taken;
}

}  // namespace

base::Result<ArchiveCount> write_archive(Store& store, const std::string& to, base::UtcMs now,
                                         const ArchiveProgress& progress) {
    std::error_code ignored;
    if (fs::exists(to, ignored) && !fs::is_empty(to, ignored))
        return fail(ErrorKind::kRefused, to + " holds something already; choose an empty folder.",
                    "folder_used");
    SHOWFLOOR_TRY(base::make_folders(to, 0700));
    SHOWFLOOR_ASSIGN(auto reader, store.reader());
    database::Connection& connection = reader.connection();
    SHOWFLOOR_ASSIGN(auto reading,
                     database::Transaction::begin(connection, database::Transaction::Kind::kRead));
    Json manifest = {{"format", kFormat}, {"version", kVersion}, {"made_at", now}};
    ArchiveCount count;
    const auto tell = [&](std::string_view what, std::int64_t rows) {
        count.rows += rows;
        if (progress) progress(std::string(what), rows);
    };
    for (const Description* record : domain::all_records()) {
        if (!is_exported(*record)) continue;
        SHOWFLOOR_ASSIGN(const auto rows, write_record(connection, *record, to, manifest));
        tell(record->name, rows);
    }
    for (const Table& table : tables()) {
        SHOWFLOOR_ASSIGN(const auto rows, write_table(connection, table, to, manifest));
        tell(table.name, rows);
    }
    SHOWFLOOR_ASSIGN(count.blobs, copy_blobs(connection, store, to));
    manifest["blobs"] = count.blobs;
    // Last: a folder without a manifest is no export.
    SHOWFLOOR_TRY(base::write_file(to + "/manifest.json", manifest.dump(2) + "\n", 0600));
    return count;
}

bool is_archive(const std::string& folder) {
    std::error_code ignored;
    return fs::exists(folder + "/manifest.json", ignored);
}

base::Result<ArchiveCount> read_archive(Store& store, const std::string& from,
                                        const ArchiveProgress& progress) {
    SHOWFLOOR_ASSIGN(const std::string text,
                     base::read_file(from + "/manifest.json", kMaxManifestBytes));
    SHOWFLOOR_ASSIGN(const Json manifest, base::parse_json(text, kMaxManifestBytes));
    if (base::text_member(manifest, "format") != kFormat || !manifest.contains("files"))
        return damaged("manifest.json", "is no export's");
    if (manifest.value("version", 0) != kVersion)
        return fail(ErrorKind::kRefused, "A newer program made this export; use that one.",
                    "newer_export");
    SHOWFLOOR_TRY(check_files(from, manifest));
    auto writer = store.writer();
    database::Connection& connection = writer.connection();
    ArchiveCount count;
    SHOWFLOOR_ASSIGN(auto writing, database::Transaction::begin(connection));
    SHOWFLOOR_TRY(check_empty(connection));
    SHOWFLOOR_ASSIGN(count.blobs, take_blobs(store, from));
    SHOWFLOOR_TRY(clear(connection));
    SHOWFLOOR_ASSIGN(auto feed, FeedWriter::begin(connection));
    for (const Description* record : domain::all_records()) {
        // Missing in an older export: a record that came later.
        const std::string name = "records/" + std::string(record->name) + ".jsonl";
        if (!manifest["files"].contains(name)) continue;
        SHOWFLOOR_ASSIGN(const auto rows, read_record(connection, feed, *record, from));
        count.rows += rows;
        if (progress) progress(std::string(record->name), rows);
    }
    for (const Table& table : tables()) {
        if (!manifest["files"].contains("tables/" + table.name + ".jsonl")) continue;
        SHOWFLOOR_ASSIGN(const auto rows, read_table(connection, table, from));
        count.rows += rows;
    }
    SHOWFLOOR_TRY(take_up_history(connection));
    SHOWFLOOR_TRY(feed.finish());
    if (connection.has_deferred_violations())
        return damaged("The export", "refers to something it does not hold");
    SHOWFLOOR_TRY(writing.commit());
    return count;
}

}  // namespace showfloor::central
