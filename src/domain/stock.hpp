#pragma once
// The stock ledger: the only place that moves goods. Every change of a batch is a movement; the
// sum of a batch's movements is what it holds. Nothing outside src/domain includes it.
// Thread contract: as handlers.hpp.

#include <string>
#include <string_view>
#include <vector>

#include "domain/handlers.hpp"
#include "domain/records_goods.hpp"

namespace showfloor::domain {

// What a movement happened for; `ordinal` numbers the movements of one command.
struct MovementOf {
    MovementKind kind;
    std::string_view record;
    Uuid record_id;
    std::string_view reason = {};
};

// Moves `quantity` (negative: out) within one batch. The caller has seen that it never goes below
// zero. `ordinal` is counted up.
void move_stock(Handling& handling, StockBatch& batch, std::int64_t quantity,
                const MovementOf& what, int& ordinal);

// Batches of a product in a branch that hold something: first expired first, those that never
// expire last.
[[nodiscard]] std::vector<StockBatch> batches_of(World& world, const Uuid& product_id,
                                                 const Uuid& branch_id);
[[nodiscard]] std::int64_t available_in(const std::vector<StockBatch>& batches);

// Takes out of the batches in their order; what is not there is answered (0 = all was).
std::int64_t take_stock(Handling& handling, std::vector<StockBatch> batches, std::int64_t quantity,
                        const MovementOf& what, int& ordinal);
// Gives back to the batches what was taken out for this record and is not back yet.
void give_back_stock(Handling& handling, const MovementOf& what, int& ordinal);

// "Insufficient stock. Available: n, requested: m".
[[nodiscard]] Outcome oversold(std::string field, std::int64_t available, std::int64_t requested);

// What one paper takes out of a branch's stock: judged line by line first, taken in one go when
// nothing refuses any more.
class StockNeed {
   public:
    // Contests `oversold` (Handling::contest) when the lines so far ask for more than is there; an
    // outcome = stop. A product that is not known here takes nothing.
    std::optional<Outcome> add(Handling& handling, const Uuid& branch_id, const Uuid& product_id,
                               std::int64_t quantity, const std::string& field);
    // Answers what was missing of each line, in the order they were added.
    std::vector<std::int64_t> take(Handling& handling, const MovementOf& what) const;

   private:
    struct Line {
        Uuid branch_id, product_id;
        std::int64_t quantity = 0;
    };
    std::vector<Line> lines_;
};

}  // namespace showfloor::domain
