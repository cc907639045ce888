#pragma once
// History: what changed, by whom, in an append-only chain. Each entry's chain hash covers the one
// before and a salted hash of the values, so that the values of a person can be forgotten and the
// chain still verifies.
// Thread contract: HistoryWriter belongs to the writing transaction.

#include <cstdint>
#include <string>
#include <vector>

#include "base/random.hpp"
#include "base/result.hpp"
#include "database/connection.hpp"
#include "domain/command.hpp"
#include "domain/world.hpp"

namespace showfloor::central {

class HistoryWriter {
   public:
    static base::Result<HistoryWriter> begin(database::Connection& connection,
                                             base::Random& random);

    // One entry a changed record, with before and after of the fields that changed.
    void note(domain::World& world, const domain::Command& command, const domain::Context& context,
              const std::vector<domain::Change>& changes);
    // An event; fills number, salt and hashes.
    void append(domain::World& world, domain::History entry);

    struct Mark {
        std::int64_t number = 0;
        std::string chain;
    };
    [[nodiscard]] const Mark& mark() const { return mark_; }
    // What was noted since was rolled back with its savepoint.
    void return_to(Mark mark) { mark_ = std::move(mark); }
    // Stores the chain's end. Last before the commit.
    base::Result<void> finish(database::Connection& connection);

   private:
    HistoryWriter(Mark mark, base::Random& random)
        : mark_(mark), stored_(std::move(mark)), random_(&random) {}

    Mark mark_;
    Mark stored_;
    base::Random* random_;
};

[[nodiscard]] std::string values_hash_of(const domain::History& entry);
[[nodiscard]] std::string chain_hash_of(std::string_view previous, const domain::History& entry);

// Takes out of every entry of this record what says who somebody is. The values are no longer
// proven by their hash (the salt is gone, so that nobody can guess them); the chain still verifies.
void forget_in_history(domain::World& world, const domain::Description& record,
                       const base::Uuid& id);

// Walks the whole chain; kDamaged names the first entry that does not fit. Entries whose values
// were forgotten (no salt) are checked by their hash alone.
base::Result<void> verify_history(database::Connection& connection);

}  // namespace showfloor::central
