#pragma once
// Table: what SQL and codecs need to know of one record's table, worked out once; and the way of a
// Row into cells and back. Private to this folder. Thread contract: constant once built; functions
// from any thread.

#include <string>
#include <string_view>
#include <vector>

#include "database/connection.hpp"
#include "domain/description.hpp"
#include "storage/schema.hpp"
#include "storage/sealer.hpp"
#include "storage/sqlite_world.hpp"

namespace showfloor::storage {

struct Table {
    const domain::Description* record = nullptr;
    Flavour flavour = Flavour::kCentral;
    std::vector<Column> columns;
    std::string column_list;     // "id", "created_at", ...
    std::string by_id;           // SELECT of the confirmed row by id
    std::string upsert;          // into the confirmed (or only) table
    std::string by_id_now;       // replica: of the overlaid row
    std::string upsert_pending;  // replica: the columns, then seq and in_doubt
};

// Built at the first call, kept for ever. The record must have a table there.
[[nodiscard]] const Table& table_of(const domain::Description& record, Flavour flavour);

[[nodiscard]] std::string pending_name(const domain::Description& record);  // car_pending
[[nodiscard]] std::string now_name(const domain::Description& record);      // car_now

enum class Keep {
    kEverything,    // what is made at this terminal keeps all its personal fields until confirmed
    kTerminalView,  // what central sends
};

// The row's cells in the table's column order. kInvalid when a value has another type than its
// field. `sealer` may be null at central.
base::Result<std::vector<database::Cell>> encode(const Table& table, const domain::Row& row,
                                                 const Sealer* sealer, Keep keep);
// The row the statement stands on, whose first columns are the table's. Fields without a column
// are null.
base::Result<domain::Row> decode(const Table& table, const database::Statement& statement,
                                 const Sealer* sealer);

// Inserts or replaces the row's pending version. Fails for records central keeps to itself.
base::Result<void> put_pending_row(database::Connection& replica, const Sealer& sealer,
                                   const domain::Description& record, const domain::Row& row,
                                   PendingMark mark);

// True when the database holds exactly these tables, indexes and views, word by word.
base::Result<bool> has_schema(database::Connection& connection, Flavour flavour);

[[nodiscard]] database::Cell to_cell(const domain::Value& value);

}  // namespace showfloor::storage
