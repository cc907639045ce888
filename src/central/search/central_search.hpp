#pragma once
// CentralSearch: one box over cars, customers, invoices, receipts, users, tickets and products,
// limited to what the person may see. The words stand in a search::Index in memory; before each
// look it takes in what history has noted since the last one, so it is never behind. Thread
// contract: find() from any thread; one at a time.

#include <cstdint>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.hpp"
#include "base/result.hpp"
#include "database/connection.hpp"
#include "domain/rights.hpp"
#include "search/index.hpp"

namespace showfloor::central {

class CentralSearch {
   public:
    CentralSearch();

    struct Kind {
        std::string_view name;  // "cars", as in `kinds=`
        const domain::Description* record;
    };
    [[nodiscard]] static const std::vector<Kind>& kinds();

    // At most `limit` of each kind, newest first: {kind, id, record (as this person may see it)}.
    // kInvalid with field "kinds" for an unknown one; empty `wanted` = all kinds.
    base::Result<std::vector<base::Json>> find(database::Connection& connection,
                                               const domain::Actor& actor, std::string_view words,
                                               const std::vector<std::string>& wanted,
                                               std::size_t limit);

   private:
    base::Result<void> refresh(database::Connection& connection);
    base::Result<void> load(database::Connection& connection, std::size_t kind,
                            std::string_view where, const std::string& id);
    base::Result<void> follow(database::Connection& connection, const std::string& record,
                              const std::string& id,
                              std::set<std::pair<std::string, std::string>>& done);

    std::mutex mutex_;
    search::Index index_;
    bool loaded_ = false;
    std::int64_t history_number_ = 0;
};

}  // namespace showfloor::central
