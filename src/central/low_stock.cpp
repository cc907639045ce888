// The low-stock job: one open notification per product and branch until it is restocked.

#include <map>
#include <set>
#include <utility>

#include "central/jobs.hpp"
#include "domain/limits.hpp"
#include "domain/records_goods.hpp"

namespace showfloor::central {

namespace {

constexpr std::int64_t kLowStockEveryMs = 10 * 60'000;
constexpr std::string_view kType = "low_stock";

using Place = std::pair<std::string, std::string>;  // product, branch

struct Low {
    std::int64_t available = 0, threshold = 0;
    std::string name;
};

base::Result<std::map<Place, Low>> what_is_low(database::Connection& connection) {
    SHOWFLOOR_ASSIGN(
        const auto rows,
        connection.rows("SELECT b.product_id, b.branch_id, SUM(b.available_quantity), "
                        "p.low_stock_threshold, p.name FROM stock_batch b JOIN product p ON p.id "
                        "= b.product_id WHERE p.archived = 0 AND p.active = 1 AND b.archived = 0 "
                        "GROUP BY b.product_id, b.branch_id "
                        "HAVING SUM(b.available_quantity) < p.low_stock_threshold"));
    std::map<Place, Low> low;
    for (const auto& row : rows)
        low[{std::get<std::string>(row[0]), std::get<std::string>(row[1])}] = {
            std::get<std::int64_t>(row[2]), std::get<std::int64_t>(row[3]),
            std::get<std::string>(row[4])};
    return low;
}

base::Uuid id_of(const std::string& text) {
    return base::Uuid::parse(text).value_or(base::Uuid{});
}

}  // namespace

base::Result<bool> run_low_stock(CommandProcessor& processor, base::UtcMs now) {
    SHOWFLOOR_ASSIGN(auto batch, processor.batch(now));
    database::Connection& connection = batch.connection();
    SHOWFLOOR_ASSIGN(const std::int64_t last, get_counter(connection, "low_stock_at"));
    if (now < last + kLowStockEveryMs) return false;
    SHOWFLOOR_ASSIGN(auto low, what_is_low(connection));
    SHOWFLOOR_ASSIGN(const auto open,
                     connection.rows("SELECT id, record_id, branch_id FROM notification WHERE type "
                                     "= 'low_stock' AND resolved_at IS NULL"));
    for (const auto& row : open) {
        const Place place{std::get<std::string>(row[1]), std::get<std::string>(row[2])};
        if (low.erase(place) != 0) continue;  // told already
        auto note = batch.world().get<domain::Notification>(id_of(std::get<std::string>(row[0])));
        if (!note) continue;
        note->resolved_at = note->updated_at = now;
        batch.world().put(*note);
    }
    for (const auto& [place, what] : low) {
        domain::Notification note;
        note.type = kType;
        note.message = "notification." + std::string(kType);
        note.values = base::dump_json(
            {{"product", what.name}, {"available", what.available}, {"threshold", what.threshold}});
        note.record = domain::describe<domain::Product>().name;
        note.record_id = id_of(place.first);
        note.branch_id = id_of(place.second);
        note.audience = {"admin", "staff"};
        SHOWFLOOR_TRY(batch.notify(std::move(note)));
    }
    SHOWFLOOR_TRY(set_counter(connection, "low_stock_at", now));
    SHOWFLOOR_TRY(batch.commit());
    return true;
}

}  // namespace showfloor::central
