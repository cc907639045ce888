// Stage::grow: a hundred thousand of each kind as plain SQL, which takes seconds where commands
// would take minutes. What is measured afterwards is reading; triggers and indexes see every row.

#include "central/store.hpp"
#include "tools/bench/stage.hpp"

namespace showfloor::bench {

namespace {

// "id" of the n-th row of a kind, as SQL over n.
std::string id_of(int kind) {
    return "printf('0190000" + std::to_string(kind) + "-0000-7000-8000-%012x', n)";
}

// What differs from car to car; the rest is as in the one it is made from.
std::string more_cars() {
    const std::string columns =
        "updated_at, occurred_at, archived, make, model, year, color, mileage_unit, body_style, "
        "transmission, fuel_type, engine_size, drive_type, trim_level, condition, cylinders, "
        "doors, features, currency, availability, branch_id, description";
    return "INSERT INTO car (id, created_at, vin, stock_number, price_minor, mileage, " + columns +
           ") SELECT " + id_of(1) +
           ", created_at - n, printf('JTDBT923Y0%07d', n), printf('NBO-X%06d', n), price_minor + "
           "n * 100, (n * 7919) % 180000, " +
           columns + " FROM (SELECT ROW_NUMBER() OVER (ORDER BY id) AS n, * FROM car LIMIT ?1)";
}

constexpr const char* kNumbers =
    "WITH RECURSIVE count(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM count WHERE n < ?1) ";
constexpr const char* kBranch = "(SELECT id FROM branch WHERE code = 'NBO')";

std::string sellers() {
    return std::string(kNumbers) +
           "INSERT INTO user (id, created_at, updated_at, occurred_at, archived, first_name, "
           "last_name, username, email, role, status, branch_id) SELECT " +
           id_of(2) +
           ", 1700000000000, 1700000000000, 1700000000000, 0, 'Seller', 'No ' || n, 'seller' || n, "
           "'seller' || n || '@example.org', 'seller', 'active', " +
           kBranch + " FROM count";
}

std::string customers() {
    return std::string(kNumbers) +
           "INSERT INTO customer (id, created_at, updated_at, occurred_at, archived, first_name, "
           "last_name, email, phone, branch_id, placeholder) SELECT " +
           id_of(3) +
           ", 1700000000000 + n, 1700000000000, 1700000000000, 0, CASE n % 5 WHEN 0 THEN 'Amina' "
           "WHEN 1 THEN 'Grace' WHEN 2 THEN 'Peter' WHEN 3 THEN 'Joseph' ELSE 'Fatuma' END, CASE n "
           "% 7 WHEN 0 THEN 'Otieno' WHEN 1 THEN 'Wanjiru' WHEN 2 THEN 'Mwangi' WHEN 3 THEN "
           "'Hassan' WHEN 4 THEN 'Njeri' WHEN 5 THEN 'Kiptoo' ELSE 'Achieng' END || ' ' || n, "
           "'person' || n || '@example.org', printf('+2547%08d', n), " +
           kBranch + ", 0 FROM count";
}

// Over five years, by forty sellers, each car once.
std::string sales() {
    return "INSERT INTO sale (id, created_at, updated_at, occurred_at, archived, car_id, "
           "customer_id, seller_id, branch_id, status, currency, price_minor, discount_minor, "
           "commission_rate_bp, commission_minor, total_minor, sale_date) SELECT " +
           id_of(4) +
           ", sold, sold, sold, 0, car_id, printf('01900003-0000-7000-8000-%012x', n), "
           "printf('01900002-0000-7000-8000-%012x', 1 + n % 40), branch_id, CASE n % 20 WHEN 0 "
           "THEN 'refunded' WHEN 1 THEN 'completed' ELSE 'delivered' END, currency, price_minor, "
           "0, 200, price_minor / 50, price_minor, sold FROM (SELECT ROW_NUMBER() OVER (ORDER BY "
           "id) AS n, id AS car_id, branch_id, currency, price_minor, 1600000000000 + "
           "(ROW_NUMBER() OVER (ORDER BY id)) * 1500000 AS sold FROM car LIMIT ?1)";
}

std::string invoices() {
    return "INSERT INTO invoice (id, created_at, updated_at, occurred_at, archived, number, "
           "sale_id, "
           "customer_id, seller_id, branch_id, status, currency, balance_minor) SELECT " +
           id_of(5) +
           ", sale_date, sale_date, sale_date, 0, printf('NBO-B1-INV-%06d', n), id, customer_id, "
           "seller_id, branch_id, CASE n % 30 WHEN 0 THEN 'open' ELSE 'paid' END, currency, CASE n "
           "% 30 WHEN 0 THEN total_minor ELSE 0 END FROM (SELECT ROW_NUMBER() OVER (ORDER BY id) "
           "AS n, * FROM sale LIMIT ?1)";
}

std::string reports() {
    return "INSERT INTO report (id, created_at, updated_at, occurred_at, archived, sale_id, "
           "branch_id, seller_id, currency, sale_date, price_minor, commission_minor, "
           "company_profit_minor, incomplete) SELECT " +
           id_of(6) +
           ", sale_date, sale_date, sale_date, 0, id, branch_id, seller_id, currency, sale_date, "
           "price_minor, commission_minor, price_minor / 10, 0 FROM (SELECT ROW_NUMBER() OVER "
           "(ORDER BY id) AS n, * FROM sale LIMIT ?1)";
}

}  // namespace

base::Result<void> Stage::grow(int each) {
    SHOWFLOOR_ASSIGN(const auto store, central::Store::open(folder_ + "/central"));
    auto writer = store->writer();
    database::Connection& central = writer.connection();
    SHOWFLOOR_ASSIGN(const auto cars, central.value("SELECT COUNT(*) FROM car"));
    const auto* there = std::get_if<std::int64_t>(&cars);
    SHOWFLOOR_TRY(central.run("BEGIN IMMEDIATE"));
    // Copies of those there are: at most twice as many.
    const std::int64_t have = there == nullptr ? 0 : *there;
    if (have > 0 && have < each)
        SHOWFLOOR_TRY(central.run(more_cars(), {std::int64_t{each} - have}));
    SHOWFLOOR_TRY(central.run(sellers(), {std::int64_t{40}}));
    SHOWFLOOR_TRY(central.run(customers(), {std::int64_t{each}}));
    SHOWFLOOR_TRY(central.run(sales(), {std::int64_t{each}}));
    SHOWFLOOR_TRY(central.run(invoices(), {std::int64_t{each}}));
    SHOWFLOOR_TRY(central.run(reports(), {std::int64_t{each}}));
    return central.run("COMMIT");
}

}  // namespace showfloor::bench
