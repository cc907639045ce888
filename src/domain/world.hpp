#pragma once
// World: the narrow port through which rules read and write records. One contract suite runs
// against every implementation: a map (here), SQLite plain and overlaid (storage), later
// PostgreSQL.
//
// Failure is sticky: when storage fails, reads answer "absent", writes do nothing, and failure()
// says why; execute() looks at it last and answers kFailed, so handlers need not.
// Thread contract: belongs to one thread; so does everything read through it.

#include <initializer_list>
#include <map>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.hpp"
#include "base/uuid.hpp"
#include "domain/description.hpp"

namespace showfloor::domain {

enum class Compare { kEqual, kNotEqual, kLess, kLessEqual, kGreater, kGreaterEqual };

struct Where {
    std::string_view field;
    Value value;
    Compare compare = Compare::kEqual;
};

// All conditions hold. kEqual and kNotEqual see null as a value of its own (SQL's IS and IS NOT);
// the others never hold for null. Order: null, then numbers, then texts by their bytes; ties in
// `order_by` are broken by id, ascending whatever the direction. An equality on the first field of
// an index (or on id) must be among them unless the record is small; a test explains every query.
struct Query {
    std::vector<Where> where = {};
    std::string_view order_by = "id";
    bool descending = false;
    std::size_t limit = 1000;
    std::size_t offset = 0;
};

struct Change {
    const Description* record = nullptr;
    base::Uuid id;
    std::optional<Row> before;  // absent = created
    Row after;
};

class World {
   public:
    virtual ~World() = default;
    World() = default;
    World(const World&) = delete;
    World& operator=(const World&) = delete;

    // Absent when there is none (or storage failed).
    [[nodiscard]] std::optional<Row> get_row(const Description& record, const base::Uuid& id);
    [[nodiscard]] std::vector<Row> find_rows(const Description& record, const Query& query);
    // Inserts or replaces, and notes the change.
    void put_row(const Description& record, Row row);

    template <typename T>
    [[nodiscard]] std::optional<T> get(const base::Uuid& id) {
        if (id.is_nil()) return std::nullopt;
        const auto row = get_row(describe<T>(), id);
        return row ? typed<T>(*row) : std::nullopt;
    }
    template <typename T>
    [[nodiscard]] std::vector<T> find(const Query& query) {
        std::vector<T> found;
        for (const Row& row : find_rows(describe<T>(), query)) {
            if (auto record = typed<T>(row)) found.push_back(std::move(*record));
        }
        return found;
    }
    template <typename T>
    [[nodiscard]] std::optional<T> find_one(std::vector<Where> where) {
        auto found = find<T>({.where = std::move(where), .limit = 1});
        if (found.empty()) return std::nullopt;
        return std::move(found.front());
    }
    template <typename T>
    void put(const T& record) {
        put_row(describe<T>(), to_row(record));
    }

    // What was put since the last take_changes(), one entry a record, first before and last after.
    [[nodiscard]] const std::vector<Change>& changes() const { return changes_; }
    [[nodiscard]] std::vector<Change> take_changes();

    [[nodiscard]] const std::optional<base::Error>& failure() const { return failure_; }

   protected:
    virtual base::Result<std::optional<Row>> load(const Description& record,
                                                  const base::Uuid& id) = 0;
    virtual base::Result<std::vector<Row>> select(const Description& record,
                                                  const Query& query) = 0;
    virtual base::Result<void> store(const Description& record, const Row& row) = 0;

    void fail_with(base::Error error);
    void clear_failure() { failure_.reset(); }

   private:
    template <typename T>
    std::optional<T> typed(const Row& row) {
        auto record = from_row<T>(row);
        if (record) return std::move(*record);
        fail_with(record.error());
        return std::nullopt;
    }

    std::vector<Change> changes_;
    std::map<std::pair<std::string_view, base::Uuid>, std::size_t> change_at_;
    std::optional<base::Error> failure_;
};

// World over a std::map: the reference implementation, for tests and the simulator's oracle.
class MapWorld final : public World {
   protected:
    base::Result<std::optional<Row>> load(const Description& record, const base::Uuid& id) override;
    base::Result<std::vector<Row>> select(const Description& record, const Query& query) override;
    base::Result<void> store(const Description& record, const Row& row) override;

   private:
    std::map<std::pair<std::string_view, base::Uuid>, Row> rows_;
};

[[nodiscard]] base::Uuid row_id(const Row& row);  // the first field of every record

}  // namespace showfloor::domain
