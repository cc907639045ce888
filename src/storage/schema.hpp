#pragma once
// The tables of the described records, generated from their Descriptions in three flavours.
// Thread contract: pure functions.
//
// kCentral   one table a record with every field, foreign keys (deferred) and unique indexes.
// kReplica   a terminal's: for each synced record `car` (confirmed), `car_pending` (the same
//            columns, seq, in_doubt), view `car_now` (a pending row hides the confirmed one), plain
//            indexes; `meta` and `staging`. No constraint but the primary key: rows arrive in the
//            feed's order. Personal fields are one column `sealed`, with `<field>_key` for those
//            that can be looked up.
// kSnapshot  the confirmed tables and `meta` alone, without indexes: what travels.

#include <string>
#include <string_view>
#include <vector>

#include "domain/description.hpp"

namespace showfloor::storage {

enum class Flavour { kCentral, kReplica, kSnapshot };

struct Column {
    std::string name;
    std::string_view type;  // TEXT, INTEGER or BLOB
    enum class Holds { kField, kSealed, kLookupKey } holds = Holds::kField;
    std::size_t field = 0;  // index in Description::fields; unused for kSealed
};

// The columns of the record's table, in order; the first is `id`.
[[nodiscard]] std::vector<Column> columns_of(const domain::Description& record, Flavour flavour);

// The records that have tables there, parents before children.
[[nodiscard]] std::vector<const domain::Description*> records_of(Flavour flavour);
[[nodiscard]] bool has_table(const domain::Description& record, Flavour flavour);

// Every CREATE statement, in an order that works, without ';'.
[[nodiscard]] std::vector<std::string> schema_statements(Flavour flavour);

// Hex SHA-256 over the replica's schema. Terminal and central compare it before a snapshot is
// taken, and a replica that carries another is thrown away: a cache is never migrated.
[[nodiscard]] const std::string& schema_fingerprint();

}  // namespace showfloor::storage
