#include "domain/world.hpp"

#include <algorithm>

#include "base/check.hpp"

namespace showfloor::domain {

namespace {

bool holds(const Where& where, const Value& value) {
    if (where.compare == Compare::kEqual) return value == where.value;
    if (where.compare == Compare::kNotEqual) return value != where.value;
    if (is_null(value) || is_null(where.value)) return false;
    switch (where.compare) {
        case Compare::kLess:
            return value < where.value;
        case Compare::kLessEqual:
            return value <= where.value;
        case Compare::kGreater:
            return value > where.value;
        case Compare::kGreaterEqual:
            return value >= where.value;
        default:
            return false;
    }
}

}  // namespace

base::Uuid row_id(const Row& row) {
    SHOWFLOOR_CHECK(!row.empty(), "a row has no fields");
    const auto* text = std::get_if<std::string>(&row.front());
    const auto id = text != nullptr ? base::Uuid::parse(*text) : std::nullopt;
    SHOWFLOOR_CHECK(id.has_value(), "a row has no id");
    return *id;
}

std::optional<Row> World::get_row(const Description& record, const base::Uuid& id) {
    if (failure_ || id.is_nil()) return std::nullopt;
    auto row = load(record, id);
    if (row) return std::move(*row);
    fail_with(row.error());
    return std::nullopt;
}

std::vector<Row> World::find_rows(const Description& record, const Query& query) {
    if (failure_) return {};
    auto rows = select(record, query);
    if (rows) return std::move(*rows);
    fail_with(rows.error());
    return {};
}

void World::put_row(const Description& record, Row row) {
    SHOWFLOOR_CHECK(row.size() == record.fields.size(), "a row does not fit its description");
    if (failure_) return;
    const base::Uuid id = row_id(row);
    const auto key = std::pair(record.name, id);
    const auto known = change_at_.find(key);
    std::optional<Row> before;
    if (known == change_at_.end()) {
        before = get_row(record, id);
        if (failure_) return;
    }
    if (const auto stored = store(record, row); !stored) {
        fail_with(stored.error());
        return;
    }
    if (known != change_at_.end()) {
        changes_[known->second].after = std::move(row);
        return;
    }
    change_at_.emplace(key, changes_.size());
    changes_.push_back({&record, id, std::move(before), std::move(row)});
}

std::vector<Change> World::take_changes() {
    change_at_.clear();
    return std::exchange(changes_, {});
}

void World::fail_with(base::Error error) {
    if (!failure_) failure_ = std::move(error);
}

base::Result<std::optional<Row>> MapWorld::load(const Description& record, const base::Uuid& id) {
    const auto found = rows_.find({record.name, id});
    if (found == rows_.end()) return std::optional<Row>();
    return std::optional<Row>(found->second);
}

base::Result<std::vector<Row>> MapWorld::select(const Description& record, const Query& query) {
    std::vector<std::pair<std::size_t, Where>> conditions;
    for (const Where& where : query.where)
        conditions.emplace_back(record.index_of(where.field), where);
    std::vector<const Row*> found;
    for (auto at = rows_.lower_bound({record.name, base::Uuid{}});
         at != rows_.end() && at->first.first == record.name; ++at) {
        const Row& row = at->second;
        const bool all = std::all_of(conditions.begin(), conditions.end(), [&](const auto& one) {
            return holds(one.second, row[one.first]);
        });
        if (all) found.push_back(&row);
    }
    const std::size_t by = record.index_of(query.order_by);
    std::sort(found.begin(), found.end(), [&](const Row* a, const Row* b) {
        if ((*a)[by] != (*b)[by])
            return query.descending ? (*b)[by] < (*a)[by] : (*a)[by] < (*b)[by];
        return a->front() < b->front();
    });
    std::vector<Row> rows;
    for (std::size_t i = query.offset; i < found.size() && rows.size() < query.limit; ++i)
        rows.push_back(*found[i]);
    return rows;
}

base::Result<void> MapWorld::store(const Description& record, const Row& row) {
    rows_[{record.name, row_id(row)}] = row;
    return {};
}

}  // namespace showfloor::domain
