#pragma once
// Snapshot files: the confirmed rows of one terminal's scope as a SQLite file, made by central,
// installed by the terminal. Personal fields are sealed in transfer under a key both sides hold
// for that one file; lookup keys are made on arrival.
// Thread contract: plain functions; connections and sealers are borrowed and used by the calling
// thread alone.

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "database/connection.hpp"
#include "domain/description.hpp"
#include "storage/sealer.hpp"

namespace showfloor::storage {

// What a snapshot shows: the feed up to `cursor` in this life of central's database.
struct SnapshotMark {
    std::string epoch;
    std::int64_t cursor = 0;
};

// Writes one file. Nothing stands at `path` until finish() has succeeded.
class SnapshotWriter {
   public:
    // With `central_path`, central's database stands beside it as "central", read only, and all
    // reads of it until finish() see one moment.
    static base::Result<SnapshotWriter> create(const std::string& path, const Sealer& sealer,
                                               const std::string& central_path = {});
    SnapshotWriter(SnapshotWriter&&) noexcept;
    SnapshotWriter& operator=(SnapshotWriter&&) = delete;
    ~SnapshotWriter();  // removes what is unfinished

    // One row as central's SqliteWorld reads it; what terminals must not hold is left out here.
    // kInvalid when the record is not kept on terminals.
    base::Result<void> add(const domain::Description& record, const domain::Row& row);
    // The same for the row of this id in central's database; an id that is not there is skipped.
    // The caller holds a read transaction, so that rows and cursor agree.
    base::Result<void> add_from(database::Connection& central, const domain::Description& record,
                                const base::Uuid& id);
    // All rows of the record whose id is among those that `ids_sql` names, copied within SQLite
    // where nothing has to be sealed. Needs central_path; tables of it are called central.NAME.
    base::Result<void> add_selected(const domain::Description& record, std::string_view ids_sql,
                                    const std::vector<database::Cell>& values);
    // One value out of central's database, of the same moment.
    base::Result<database::Cell> central_value(std::string_view sql);
    base::Result<void> finish(const SnapshotMark& mark);

   private:
    struct State;
    explicit SnapshotWriter(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

// Makes `replica` hold exactly the snapshot's rows, an empty pending layer and replayed_seq 0, in
// one transaction: open readers of the file see the old content or the new one. Checks integrity
// and schema first; kDamaged or kRefused (code "other_schema") leave the replica as it was. The
// snapshot file is used up: re-sealed in place, indexed, and removed at the end, whatever happens.
base::Result<SnapshotMark> install_snapshot(const std::string& snapshot_path, const Sealer& from,
                                            const Sealer& to, database::Connection& replica);

}  // namespace showfloor::storage
