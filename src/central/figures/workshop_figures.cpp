#include "central/figures/workshop_figures.hpp"

#include <map>

#include "central/figures/rows.hpp"

namespace showfloor::central {

namespace {

using base::Json;
using database::Cell;

constexpr const char* kMostMechanics = " LIMIT 200";
constexpr const char* kMostLow = " LIMIT 50";
constexpr const char* kWorkedOn = "t.status IN ('open', 'in_progress', 'waiting_parts')";

// " AND column = ?" when the scope has a branch.
std::string in_branch(const FigureScope& scope, const char* column, std::vector<Cell>& values) {
    if (scope.branch_id.is_nil()) return {};
    values.emplace_back(scope.branch_id.to_string());
    return std::string(" AND ") + column + " = ?";
}

// Whose figures: everybody's of the scope, or one's own.
std::string of_mechanics(const FigureScope& scope, std::vector<Cell>& values) {
    std::string sql = "u.role = 'mechanic' AND u.archived = 0 AND u.status = 'active'";
    sql += in_branch(scope, "u.branch_id", values);
    if (!scope.seller_id.is_nil()) {
        sql += " AND u.id = ?";
        values.emplace_back(scope.seller_id.to_string());
    }
    return sql;
}

base::Result<void> add_tickets(database::Connection& connection, const FigureScope& scope,
                               Json& board) {
    std::vector<Cell> values;
    std::string from = "service_ticket t WHERE t.archived = 0";
    from += in_branch(scope, "t.branch_id", values);
    if (!scope.seller_id.is_nil()) {
        // One's own: of the customers one looks after, or those one works on.
        from +=
            " AND (t.customer_id IN (SELECT id FROM customer WHERE seller_id = ?) OR t.id IN "
            "(SELECT ticket_id FROM ticket_mechanic WHERE user_id = ? AND archived = 0))";
        values.emplace_back(scope.seller_id.to_string());
        values.emplace_back(scope.seller_id.to_string());
    }
    SHOWFLOOR_ASSIGN(
        board["tickets_by_status"],
        objects(connection, "SELECT t.status, COUNT(*) FROM " + from + " GROUP BY 1 ORDER BY 1",
                values, {"status", "count"}));
    std::int64_t open = 0;  // those kWorkedOn names
    for (const Json& part : board["tickets_by_status"]) {
        const std::string status = base::text_member(part, "status");
        if (status == "open" || status == "in_progress" || status == "waiting_parts")
            open += part["count"].get<std::int64_t>();
    }
    board["open_tickets"] = open;
    return {};
}

base::Result<void> add_deliveries(database::Connection& connection, const FigureScope& scope,
                                  Json& board) {
    std::vector<Cell> values;
    const std::string where = in_branch(scope, "branch_id", values);
    SHOWFLOOR_ASSIGN(board["deliveries_by_status"],
                     objects(connection,
                             "SELECT status, COUNT(*) FROM delivery WHERE archived = 0" + where +
                                 " GROUP BY 1 ORDER BY 1",
                             values, {"status", "count"}));
    return {};
}

base::Result<void> add_stock(database::Connection& connection, const FigureScope& scope,
                             Json& board) {
    std::vector<Cell> values;
    const std::string where = in_branch(scope, "b.branch_id", values);
    Json counts = Json::object();
    SHOWFLOOR_ASSIGN(const Json sums,
                     objects(connection,
                             "SELECT COUNT(DISTINCT b.product_id), "
                             "COALESCE(SUM(b.available_quantity), 0) FROM stock_batch b WHERE "
                             "b.archived = 0" +
                                 where,
                             values, {"products", "quantity"}));
    counts = sums[0];
    // What it would be sold for, and for managers what it cost; per currency, never added up.
    SHOWFLOOR_ASSIGN(counts["value"],
                     objects(connection,
                             "SELECT p.currency, SUM(b.available_quantity * p.price_minor) FROM "
                             "stock_batch b JOIN product p ON p.id = b.product_id WHERE b.archived "
                             "= 0" +
                                 where + " GROUP BY 1 ORDER BY 1",
                             values, {"currency", "amount_minor"}));
    if (scope.with_profit) {
        SHOWFLOOR_ASSIGN(counts["cost"],
                         objects(connection,
                                 "SELECT b.currency, SUM(b.available_quantity * b.unit_cost_minor) "
                                 "FROM stock_batch b WHERE b.archived = 0 AND b.currency IS NOT "
                                 "NULL" +
                                     where + " GROUP BY 1 ORDER BY 1",
                                 values, {"currency", "amount_minor"}));
    }
    SHOWFLOOR_ASSIGN(
        counts["low"],
        objects(connection,
                "SELECT b.product_id, p.name, b.branch_id, SUM(b.available_quantity), "
                "p.low_stock_threshold FROM stock_batch b JOIN product p ON p.id = b.product_id "
                "WHERE p.archived = 0 AND p.active = 1 AND b.archived = 0" +
                    where +
                    " GROUP BY b.product_id, b.branch_id HAVING SUM(b.available_quantity) < "
                    "p.low_stock_threshold ORDER BY 4, 2" +
                    kMostLow,
                values, {"product_id", "name", "branch_id", "available", "threshold"}));
    board["stock"] = std::move(counts);
    SHOWFLOOR_ASSIGN(const Json catalogue,
                     objects(connection,
                             "SELECT (SELECT COUNT(*) FROM category WHERE archived = 0), (SELECT "
                             "COUNT(*) FROM product WHERE archived = 0)",
                             {}, {"categories", "products"}));
    board["catalogue"] = catalogue[0];
    return {};
}

}  // namespace

base::Result<Json> mechanics_load(database::Connection& connection, const FigureScope& scope) {
    std::vector<Cell> values;
    const std::string where = of_mechanics(scope, values);
    std::string sql =
        "SELECT u.id, u.first_name || ' ' || u.last_name, COALESCE(u.specialty, ''), ";
    sql +=
        "(SELECT COUNT(*) FROM ticket_mechanic m JOIN service_ticket t ON t.id = m.ticket_id "
        "WHERE m.user_id = u.id AND m.archived = 0 AND t.archived = 0 AND ";
    sql += kWorkedOn;
    sql +=
        "), (SELECT COALESCE(SUM(l.minutes), 0) FROM ticket_labour l JOIN service_ticket t ON "
        "t.id = l.ticket_id WHERE l.mechanic_id = u.id AND l.archived = 0 AND ";
    sql += kWorkedOn;
    sql += ") FROM user u WHERE " + where + " ORDER BY 4 DESC, 5 DESC, 2, 1" + kMostMechanics;
    return objects(connection, sql, values,
                   {"mechanic_id", "name", "specialty", "open_tickets", "open_minutes"});
}

base::Result<Json> top_mechanics(database::Connection& connection, const FigureScope& scope,
                                 base::UtcMs from, base::UtcMs to) {
    std::vector<Cell> values = {Cell(from), Cell(to), Cell(from), Cell(to)};
    const std::string where = of_mechanics(scope, values);
    const std::string done = "t.done_at >= ? AND t.done_at < ?";
    std::string sql =
        "SELECT * FROM (SELECT u.id, u.first_name || ' ' || u.last_name AS name, "
        "COALESCE(u.specialty, ''), ";
    sql +=
        "(SELECT COUNT(*) FROM ticket_mechanic m JOIN service_ticket t ON t.id = m.ticket_id "
        "WHERE m.user_id = u.id AND m.archived = 0 AND t.archived = 0 AND " +
        done + ") AS tickets, ";
    sql +=
        "(SELECT COALESCE(SUM(l.minutes), 0) FROM ticket_labour l JOIN service_ticket t ON t.id "
        "= l.ticket_id WHERE l.mechanic_id = u.id AND l.archived = 0 AND " +
        done + ") AS minutes ";
    sql += "FROM user u WHERE " + where +
           ") WHERE tickets > 0 ORDER BY tickets DESC, minutes DESC, name" + kMostMechanics;
    return objects(connection, sql, values,
                   {"mechanic_id", "name", "specialty", "tickets", "minutes"});
}

base::Result<void> add_workshop(database::Connection& connection, const FigureScope& scope,
                                Json& board) {
    SHOWFLOOR_TRY(add_tickets(connection, scope, board));
    if (!scope.seller_id.is_nil()) return {};
    SHOWFLOOR_TRY(add_deliveries(connection, scope, board));
    return add_stock(connection, scope, board);
}

}  // namespace showfloor::central
