#pragma once
// SqliteWorld: domain::World over SQLite, plain at central, overlaid at a terminal.
//
// Plain reads and writes table `car`. Overlaid reads `car_now`, where a pending row hides the
// confirmed one, and writes `car_pending`; personal fields pass through the Sealer, fields that
// central keeps to itself read as null, and only equality is asked of a looked-up personal field.
// Records that are not kept on terminals read as absent there; putting one fails.
//
// Begins and ends no transaction: the caller's surrounds it. What is rolled back stays in
// changes(): make a new world for each command, which costs nothing.
// Thread contract: the connection's thread. Connection and sealer are borrowed.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "database/connection.hpp"
#include "domain/world.hpp"
#include "storage/sealer.hpp"

namespace showfloor::storage {

// Whose effect a pending row is.
struct PendingMark {
    std::int64_t seq = 0;   // the outbox entry's
    bool in_doubt = false;  // a rule refused it in a rebase; central has not answered yet
    friend bool operator==(const PendingMark&, const PendingMark&) = default;
};

class SqliteWorld final : public domain::World {
   public:
    // Plain, over central's database.
    explicit SqliteWorld(database::Connection& central);
    // Overlaid, over a replica.
    SqliteWorld(database::Connection& replica, const Sealer& sealer);

    // What the rows put from now on belong to (overlaid only).
    void mark_with(PendingMark mark) { mark_ = mark; }

    // Forgets a failure, after the caller has rolled back what led to it.
    using World::clear_failure;

   protected:
    base::Result<std::optional<domain::Row>> load(const domain::Description& record,
                                                  const base::Uuid& id) override;
    base::Result<std::vector<domain::Row>> select(const domain::Description& record,
                                                  const domain::Query& query) override;
    base::Result<void> store(const domain::Description& record, const domain::Row& row) override;

   private:
    [[nodiscard]] bool overlaid() const { return sealer_ != nullptr; }

    database::Connection& connection_;
    const Sealer* sealer_ = nullptr;  // null = plain
    PendingMark mark_;
};

// The SQL of a query and the values for its parameters. kInvalid, naming the field, when the
// record has no such field or a terminal cannot search by it.
struct Selection {
    std::string sql;
    std::vector<database::Cell> values;
};
base::Result<Selection> selection_of(const domain::Description& record, const domain::Query& query,
                                     const Sealer* sealer);

}  // namespace showfloor::storage
