#include "central/figures/figures.hpp"

#include <map>
#include <optional>

#include "central/figures/rows.hpp"
#include "central/figures/workshop_figures.hpp"

namespace showfloor::central {

namespace {

using base::Json;
using database::Cell;
using domain::Reach;

constexpr std::int64_t kDayMs = 24LL * 3'600'000;
constexpr int kLatest = 5;
constexpr int kMostRows = 200;  // of one breakdown: 12 months, makes, sellers, a few currencies
constexpr int kMostSales = 100;

// A sale that stands: agreement made, not taken back.
constexpr const char* kStanding = "s.status IN ('completed', 'delivered')";

struct Filter {
    std::string sql;
    std::vector<Cell> values;
};

// " AND s.branch_id = ? AND s.seller_id = ?", as far as the scope says.
Filter within(const FigureScope& scope, const char* branch, const char* seller) {
    Filter filter;
    if (!scope.branch_id.is_nil() && branch != nullptr) {
        filter.sql += std::string(" AND ") + branch + " = ?";
        filter.values.emplace_back(scope.branch_id.to_string());
    }
    if (!scope.seller_id.is_nil() && seller != nullptr) {
        filter.sql += std::string(" AND ") + seller + " = ?";
        filter.values.emplace_back(scope.seller_id.to_string());
    }
    return filter;
}

// Values before those of the filter, when SQL has them first.
std::vector<Cell> joined(std::vector<Cell> first, const std::vector<Cell>& rest) {
    first.insert(first.end(), rest.begin(), rest.end());
    return first;
}

base::Result<void> add_people(database::Connection& connection, const FigureScope& scope,
                              base::UtcMs now, Json& board) {
    const Filter users = within(scope, "branch_id", nullptr);
    SHOWFLOOR_ASSIGN(board["users"],
                     objects(connection,
                             "SELECT role, COUNT(*), SUM(created_at >= ?) FROM user WHERE "
                             "archived = 0 AND status = 'active'" +
                                 users.sql + " GROUP BY role ORDER BY role",
                             joined({Cell(now - 30 * kDayMs)}, users.values),
                             {"role", "count", "new_in_30_days"}));
    SHOWFLOOR_ASSIGN(board["latest_registrations"],
                     objects(connection,
                             "SELECT id, first_name, last_name, role, created_at FROM user WHERE "
                             "archived = 0" +
                                 users.sql + " ORDER BY created_at DESC, id DESC LIMIT ?",
                             joined(users.values, {Cell(std::int64_t{kLatest})}),
                             {"id", "first_name", "last_name", "role", "created_at"}));
    return {};
}

// By sums that triggers keep (0016_car_sums.sql): a walk over 100,000 cars takes 100 ms.
base::Result<void> add_cars(database::Connection& connection, const FigureScope& scope,
                            base::UtcMs now, Json& board) {
    const Filter cars = within(scope, "branch_id", nullptr);
    SHOWFLOOR_ASSIGN(board["cars"],
                     objects(connection,
                             "SELECT NULLIF(availability, ''), NULLIF(currency, ''), SUM(cars), "
                             "SUM(worth_minor) FROM car_by_state WHERE cars != 0" +
                                 cars.sql + " GROUP BY 1, 2 ORDER BY 1, 2",
                             cars.values, {"availability", "currency", "count", "value_minor"}));
    std::int64_t standing = 0;
    for (const Json& part : board["cars"]) {
        const std::string availability = base::text_member(part, "availability");
        if (!availability.empty() && availability != "sold" && availability != "archived")
            standing += part["count"].get<std::int64_t>();
    }
    // Age is in whole days of UTC: what came today is 0 days old. Each band holds those above it.
    const std::int64_t today = now / kDayMs;
    SHOWFLOOR_ASSIGN(
        const auto younger,
        connection.rows("SELECT COALESCE(SUM(CASE WHEN day > ?1 - 30 THEN cars END), 0), "
                        "COALESCE(SUM(CASE WHEN day > ?1 - 90 THEN cars END), 0), "
                        "COALESCE(SUM(cars), 0) FROM car_by_day WHERE day > ?1 - 180" +
                            cars.sql,
                        joined({Cell(today)}, cars.values)));
    board["stock_age"] = Json::array();
    std::int64_t before = 0;
    std::size_t band = 0;
    for (const char* age : {"under_30_days", "under_90_days", "under_180_days", "older"}) {
        const std::int64_t up_to = band < 3 ? std::get<std::int64_t>(younger[0][band]) : standing;
        if (up_to != before)
            board["stock_age"].push_back({{"age", age}, {"count", up_to - before}});
        before = up_to;
        ++band;
    }
    return {};
}

// Revenue and what follows from it, by one column of sums that triggers keep (0014_speed.sql); null
// where the sale has none.
base::Result<Json> sales_by(database::Connection& connection, const FigureScope& scope,
                            const std::string& sums, const std::string& column,
                            const std::string& order) {
    const Filter sales = within(scope, "s.branch_id", "s.seller_id");
    const std::string sql = "SELECT NULLIF(s." + column +
                            ", ''), NULLIF(s.currency, ''), "
                            "SUM(s.sales), SUM(s.revenue_minor), SUM(s.commission_minor) FROM " +
                            sums + " s WHERE " + kStanding + sales.sql +
                            " GROUP BY 1, 2 HAVING SUM(s.sales) > 0 ORDER BY " + order + " LIMIT " +
                            std::to_string(kMostRows);
    SHOWFLOOR_ASSIGN(Json rows, objects(connection, sql, sales.values,
                                        {column.c_str(), "currency", "count", "revenue_minor",
                                         "commission_minor"}));
    if (!scope.with_commission) {
        for (Json& row : rows)
            row.erase("commission_minor");
    }
    return rows;
}

base::Result<void> add_sales(database::Connection& connection, const FigureScope& scope,
                             Json& board) {
    SHOWFLOOR_ASSIGN(board["sales_by_month"],
                     sales_by(connection, scope, "sale_by_month", "month", "1 DESC, 2"));
    SHOWFLOOR_ASSIGN(board["sales_by_make"],
                     sales_by(connection, scope, "sale_by_make", "make", "3 DESC, 1, 2"));
    if (scope.seller_id.is_nil()) {
        SHOWFLOOR_ASSIGN(board["sales_by_seller"],
                         sales_by(connection, scope, "sale_by_month", "seller_id", "3 DESC, 1, 2"));
    }
    const Filter sales = within(scope, "s.branch_id", "s.seller_id");
    SHOWFLOOR_ASSIGN(board["sales_by_status"],
                     objects(connection,
                             "SELECT s.status, SUM(s.sales) FROM sale_by_month s WHERE "
                             "s.archived = 0" +
                                 sales.sql + " GROUP BY 1 HAVING SUM(s.sales) > 0 ORDER BY 1",
                             sales.values, {"status", "count"}));
    SHOWFLOOR_ASSIGN(
        board["latest_sales"],
        objects(connection,
                "SELECT s.id, s.sale_date, s.status, s.currency, s.total_minor, s.seller_id, "
                "c.year || ' ' || c.make || ' ' || c.model FROM sale s JOIN car c ON c.id = "
                "s.car_id WHERE s.archived = 0" +
                    sales.sql + " ORDER BY s.sale_date DESC, s.id DESC LIMIT ?",
                joined(sales.values, {Cell(std::int64_t{kLatest})}),
                {"id", "sale_date", "status", "currency", "total_minor", "seller_id", "car"}));
    const Filter open = within(scope, "branch_id", "seller_id");
    SHOWFLOOR_ASSIGN(
        board["open_invoices"],
        objects(connection,
                "SELECT currency, COUNT(*), SUM(balance_minor) FROM invoice "
                "INDEXED BY central_invoice_open WHERE status IN ('open', 'partly_paid')" +
                    open.sql + " GROUP BY 1 ORDER BY 1",
                open.values, {"currency", "count", "balance_minor"}));
    return {};
}

// Goods: what customers ordered and bought, and for managers what was ordered from suppliers.
base::Result<void> add_orders(database::Connection& connection, const FigureScope& scope,
                              Json& board) {
    const Filter orders = within(scope, "branch_id", "seller_id");
    SHOWFLOOR_ASSIGN(board["orders_by_status"],
                     objects(connection,
                             "SELECT status, currency, COUNT(*), SUM(total_minor) FROM "
                             "outgoing_order WHERE archived = 0" +
                                 orders.sql + " GROUP BY 1, 2 ORDER BY 1, 2",
                             orders.values, {"status", "currency", "count", "value_minor"}));
    SHOWFLOOR_ASSIGN(
        board["latest_orders"],
        objects(connection,
                "SELECT id, order_date, status, currency, total_minor, seller_id FROM "
                "outgoing_order WHERE archived = 0" +
                    orders.sql + " ORDER BY order_date DESC, id DESC LIMIT ?",
                joined(orders.values, {Cell(std::int64_t{kLatest})}),
                {"id", "order_date", "status", "currency", "total_minor", "seller_id"}));
    if (!scope.with_profit) return {};
    const Filter incoming = within(scope, "branch_id", nullptr);
    SHOWFLOOR_ASSIGN(board["incoming_orders"],
                     objects(connection,
                             "SELECT status, currency, COUNT(*), SUM(total_cost_minor) FROM "
                             "incoming_order WHERE archived = 0" +
                                 incoming.sql + " GROUP BY 1, 2 ORDER BY 1, 2",
                             incoming.values, {"status", "currency", "count", "cost_minor"}));
    return {};
}

base::Result<void> add_profit(database::Connection& connection, const FigureScope& scope,
                              Json& board) {
    const Filter reports = within(scope, "branch_id", nullptr);
    SHOWFLOOR_ASSIGN(
        board["profit_by_month"],
        objects(connection,
                "SELECT NULLIF(month, ''), NULLIF(currency, ''), SUM(company_profit_minor), "
                "SUM(incomplete) FROM profit_by_month WHERE 1" +
                    reports.sql +
                    " GROUP BY 1, 2 HAVING SUM(reports) > 0 ORDER BY 1 DESC, 2 LIMIT " +
                    std::to_string(kMostRows),
                reports.values, {"month", "currency", "company_profit_minor", "incomplete"}));
    return {};
}

base::Result<void> add_terminals(database::Connection& connection, const FigureScope& scope,
                                 base::UtcMs now, Json& board) {
    // Terminals ask at least every 75 seconds; three missed and it is away.
    constexpr std::int64_t kAwayMs = 225'000;
    const Filter terminals = within(scope, "t.branch_id", nullptr);
    SHOWFLOOR_ASSIGN(
        board["terminals"],
        objects(connection,
                "SELECT COUNT(*), COALESCE(SUM(COALESCE(x.last_contact_at, 0) > ?), 0) FROM "
                "terminal t LEFT JOIN terminal_state x ON x.terminal_id = t.id WHERE t.archived = "
                "0 AND t.status = 'active'" +
                    terminals.sql,
                joined({Cell(now - kAwayMs)}, terminals.values), {"count", "online"}));
    board["terminals"] = board["terminals"][0];
    return {};
}

// [{currency, amount_minor}] of a query that answers both.
base::Result<Json> per_currency(database::Connection& connection, const std::string& sql,
                                const std::vector<Cell>& values) {
    return objects(connection, sql, values, {"currency", "amount_minor"});
}

}  // namespace

std::optional<FigureScope> dashboard_scope(const domain::Actor& actor, const base::Uuid& wanted) {
    FigureScope scope;
    scope.branch_id = wanted;
    switch (domain::reach_of(actor, domain::Area::kDashboard, domain::Action::kRead)) {
        case Reach::kAll:
            scope.with_profit = scope.with_commission = true;
            return scope;
        case Reach::kScope:
            scope.with_profit = scope.with_commission = true;
            if (actor.branch_id.is_nil()) return scope;
            break;
        case Reach::kBranch:
            break;
        case Reach::kOwn:
            scope.seller_id = actor.user_id;  // wherever they sold
            scope.with_commission = true;
            return wanted.is_nil() || wanted == actor.branch_id ? std::optional(scope)
                                                                : std::nullopt;
        default:
            return std::nullopt;
    }
    if (!wanted.is_nil() && wanted != actor.branch_id) return std::nullopt;
    scope.branch_id = actor.branch_id;
    return scope;
}

base::Result<Json> dashboard(database::Connection& connection, const FigureScope& scope,
                             base::UtcMs now) {
    Json board = {{"at", now}};
    if (scope.seller_id.is_nil()) {
        SHOWFLOOR_TRY(add_people(connection, scope, now, board));
        SHOWFLOOR_TRY(add_cars(connection, scope, now, board));
        SHOWFLOOR_TRY(add_terminals(connection, scope, now, board));
    }
    SHOWFLOOR_TRY(add_sales(connection, scope, board));
    SHOWFLOOR_TRY(add_orders(connection, scope, board));
    SHOWFLOOR_TRY(add_workshop(connection, scope, board));
    if (scope.with_profit) SHOWFLOOR_TRY(add_profit(connection, scope, board));
    return board;
}

base::Result<Json> sellers_summary(database::Connection& connection, const FigureScope& scope) {
    const Filter people = within(scope, "u.branch_id", "u.id");
    SHOWFLOOR_ASSIGN(Json sellers,
                     objects(connection,
                             "SELECT u.id, u.first_name || ' ' || u.last_name, "
                             "(SELECT COUNT(*) FROM customer WHERE seller_id = u.id AND archived = "
                             "0) FROM user u WHERE (u.role = 'seller' OR u.id IN (SELECT seller_id "
                             "FROM sale)) AND u.archived = 0" +
                                 people.sql + " ORDER BY 2, 1 LIMIT 1000",
                             people.values, {"seller_id", "name", "customers"}));
    const Filter sales = within(scope, nullptr, "s.seller_id");
    SHOWFLOOR_ASSIGN(
        const auto rows,
        connection.rows("SELECT s.seller_id, s.currency, COUNT(*), COUNT(DISTINCT s.car_id), "
                        "SUM(s.total_minor), SUM(s.commission_minor) FROM sale s WHERE " +
                            std::string(kStanding) + sales.sql + " GROUP BY 1, 2 ORDER BY 1, 2",
                        sales.values));
    std::map<std::string, Json> sums;
    for (const auto& row : rows) {
        const auto* seller = std::get_if<std::string>(&row[0]);
        if (seller == nullptr) continue;
        Json& sum = sums[*seller];
        if (sum.is_null())
            sum = {{"sales", 0},
                   {"cars_sold", 0},
                   {"revenue", Json::array()},
                   {"commission", Json::array()}};
        sum["sales"] = sum["sales"].get<std::int64_t>() + std::get<std::int64_t>(row[2]);
        sum["cars_sold"] = sum["cars_sold"].get<std::int64_t>() + std::get<std::int64_t>(row[3]);
        sum["revenue"].push_back(
            {{"currency", json_of(row[1])}, {"amount_minor", json_of(row[4])}});
        sum["commission"].push_back(
            {{"currency", json_of(row[1])}, {"amount_minor", json_of(row[5])}});
    }
    for (Json& seller : sellers) {
        if (seller["name"].is_null()) seller["name"] = "";
        const auto found = sums.find(seller["seller_id"].get<std::string>());
        seller.update(found != sums.end() ? found->second
                                          : Json{{"sales", 0},
                                                 {"cars_sold", 0},
                                                 {"revenue", Json::array()},
                                                 {"commission", Json::array()}});
        if (!scope.with_commission) seller.erase("commission");
    }
    return sellers;
}

base::Result<Json> sales_of_user(database::Connection& connection, const base::Uuid& user_id) {
    const std::vector<Cell> user = {Cell(user_id.to_string())};
    Json detail = Json::object();
    SHOWFLOOR_ASSIGN(
        detail["sales"],
        objects(connection,
                "SELECT s.id, s.car_id, s.customer_id, s.status, s.sale_date, "
                "s.currency, s.total_minor, s.commission_minor FROM sale s WHERE "
                "s.seller_id = ? AND " +
                    std::string(kStanding) + " ORDER BY s.sale_date DESC, s.id DESC LIMIT " +
                    std::to_string(kMostSales),
                user,
                {"id", "car_id", "customer_id", "status", "sale_date", "currency", "total_minor",
                 "commission_minor"}));
    SHOWFLOOR_ASSIGN(const Cell count,
                     connection.value("SELECT COUNT(*) FROM sale s WHERE s.seller_id = ? AND " +
                                          std::string(kStanding),
                                      user));
    detail["number_of_sales"] = json_of(count);
    SHOWFLOOR_ASSIGN(detail["total_commission"],
                     per_currency(connection,
                                  "SELECT s.currency, SUM(s.commission_minor) FROM sale s WHERE "
                                  "s.seller_id = ? AND " +
                                      std::string(kStanding) + " GROUP BY 1 ORDER BY 1",
                                  user));
    return detail;
}

}  // namespace showfloor::central
