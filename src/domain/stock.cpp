#include "domain/stock.hpp"

#include <algorithm>
#include <map>

#include "base/check.hpp"
#include "domain/limits.hpp"

namespace showfloor::domain {

void move_stock(Handling& handling, StockBatch& batch, std::int64_t quantity,
                const MovementOf& what, int& ordinal) {
    StockMovement movement;
    movement.id = handling.derived_id("stock_movement", ordinal++);
    movement.batch_id = batch.id;
    movement.product_id = batch.product_id;
    movement.branch_id = batch.branch_id;
    movement.kind = what.kind;
    movement.quantity = quantity;
    movement.old_quantity = batch.available_quantity;
    batch.available_quantity += quantity;
    SHOWFLOOR_CHECK(batch.available_quantity >= 0, "a batch never holds less than nothing");
    movement.new_quantity = batch.available_quantity;
    movement.reason = std::string(what.reason);
    movement.record = std::string(what.record);
    movement.record_id = what.record_id;
    movement.user_id = handling.actor.user_id;
    movement.at = handling.command.occurred_at;
    handling.put(batch);
    handling.put(std::move(movement));
}

std::vector<StockBatch> batches_of(World& world, const Uuid& product_id, const Uuid& branch_id) {
    auto batches = world.find<StockBatch>(
        {.where = {{"product_id", product_id.to_string()}, {"branch_id", branch_id.to_string()}},
         .limit = kMaxRelatedRows});
    std::erase_if(
        batches, [](const StockBatch& one) { return one.available_quantity <= 0 || one.archived; });
    std::stable_sort(batches.begin(), batches.end(), [](const auto& a, const auto& b) {
        const UtcMs never = INT64_MAX;
        return (a.expiry_date == 0 ? never : a.expiry_date) <
               (b.expiry_date == 0 ? never : b.expiry_date);
    });
    return batches;
}

std::int64_t available_in(const std::vector<StockBatch>& batches) {
    std::int64_t sum = 0;
    for (const StockBatch& one : batches)
        sum += one.available_quantity;
    return sum;
}

std::int64_t take_stock(Handling& handling, std::vector<StockBatch> batches, std::int64_t quantity,
                        const MovementOf& what, int& ordinal) {
    for (StockBatch& batch : batches) {
        if (quantity == 0) break;
        const std::int64_t part = std::min(quantity, batch.available_quantity);
        move_stock(handling, batch, -part, what, ordinal);
        quantity -= part;
    }
    return quantity;
}

void give_back_stock(Handling& handling, const MovementOf& what, int& ordinal) {
    std::map<Uuid, std::int64_t> out;
    for (const auto& movement : handling.world.find<StockMovement>(
             {.where = {{"record_id", what.record_id.to_string()}}, .limit = kMaxRelatedRows}))
        out[movement.batch_id] -= movement.quantity;
    for (const auto& [batch_id, quantity] : out) {
        auto batch = handling.world.get<StockBatch>(batch_id);
        if (batch && quantity > 0) move_stock(handling, *batch, quantity, what, ordinal);
    }
}

std::optional<Outcome> StockNeed::add(Handling& handling, const Uuid& branch_id,
                                      const Uuid& product_id, std::int64_t quantity,
                                      const std::string& field) {
    std::int64_t requested = quantity;
    for (const Line& line : lines_) {
        if (line.product_id == product_id) requested += line.quantity;
    }
    lines_.push_back({branch_id, product_id, quantity});
    if (!handling.world.get<Product>(product_id)) {
        handling.flag(Code::kNotKnown);
        return std::nullopt;
    }
    const std::int64_t available = available_in(batches_of(handling.world, product_id, branch_id));
    if (requested <= available || handling.contest(Code::kOversold)) return std::nullopt;
    Outcome outcome = handling.contested_outcome();
    Outcome said = oversold(field, available, requested);
    outcome.field = std::move(said.field);
    outcome.details = std::move(said.details);
    return outcome;
}

std::vector<std::int64_t> StockNeed::take(Handling& handling, const MovementOf& what) const {
    std::vector<std::int64_t> missing;
    int ordinal = 0;
    for (const Line& line : lines_)
        missing.push_back(take_stock(handling,
                                     batches_of(handling.world, line.product_id, line.branch_id),
                                     line.quantity, what, ordinal));
    return missing;
}

Outcome oversold(std::string field, std::int64_t available, std::int64_t requested) {
    return refuse(Code::kOversold, std::move(field),
                  {{"available", available},
                   {"requested", requested},
                   {"message", "Insufficient stock. Available: " + std::to_string(available) +
                                   ", requested: " + std::to_string(requested)}});
}

}  // namespace showfloor::domain
