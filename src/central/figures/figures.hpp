#pragma once
// Figures over many records, by SQL over central's own tables: the dashboard, sellers side by side,
// what one seller sold. Money stands per currency and is never added up across them.
// Thread contract: the connection's thread.

#include <string>

#include "base/clock.hpp"
#include "base/json.hpp"
#include "base/result.hpp"
#include "base/uuid.hpp"
#include "database/connection.hpp"
#include "domain/rights.hpp"

namespace showfloor::central {

// Which rows count: those of a branch (nil: all), those of one seller (nil: all).
struct FigureScope {
    base::Uuid branch_id, seller_id;
    bool with_profit = false;      // company profit, commission of others, stock's cost
    bool with_commission = false;  // commission at all
};

// The scope of the rights table's dashboard row for this person; `wanted`: a branch asked for (nil:
// none). nullopt when that branch is not theirs to see.
[[nodiscard]] std::optional<FigureScope> dashboard_scope(const domain::Actor& actor,
                                                         const base::Uuid& wanted);

base::Result<base::Json> dashboard(database::Connection& connection, const FigureScope& scope,
                                   base::UtcMs now);
// [{seller_id, name, customers, sales, cars_sold, revenue: [{currency, amount_minor}],
// commission}].
base::Result<base::Json> sellers_summary(database::Connection& connection,
                                         const FigureScope& scope);
// {sales: the newest hundred, number_of_sales, total_commission: [{currency, amount_minor}]}.
base::Result<base::Json> sales_of_user(database::Connection& connection, const base::Uuid& user_id);

}  // namespace showfloor::central
