#pragma once
// Goods: what is sold beside cars, where it lies and where it comes from. Described in
// records_goods.cpp. Thread contract: plain values.

#include "domain/records.hpp"

namespace showfloor::domain {

struct Category : RecordBase {
    std::string name, description;
};

enum class ProductKind { kAccessory, kPart, kConsumable };
inline constexpr std::array<std::string_view, 3> kProductKindNames = {"accessory", "part",
                                                                      "consumable"};

struct Product : RecordBase {
    std::string sku, name, description;
    std::int64_t price_minor = 0;
    std::string currency, tax_code;
    Uuid category_id;
    ProductKind kind = ProductKind::kAccessory;
    std::int64_t low_stock_threshold = 5;
    bool active = true;
    std::string image;  // blob
};

struct Supplier : RecordBase {
    std::string name, phone, email, address;
    Uuid user_id;  // the login, when it has one
};

// What lies in one branch of one delivery; available_quantity is the sum of its movements.
struct StockBatch : RecordBase {
    Uuid product_id, branch_id;
    std::string batch_number;
    std::int64_t available_quantity = 0;
    UtcMs expiry_date = 0;
    std::int64_t unit_cost_minor = 0;  // confidential
    std::string currency;
    Uuid incoming_order_id;
};

enum class MovementKind { kReceived, kAdjusted, kUsed, kGivenBack, kTakenBack };
inline constexpr std::array<std::string_view, 5> kMovementKindNames = {
    "received", "adjusted", "used", "given_back", "taken_back"};

// One line of the ledger; never changed.
struct StockMovement : RecordBase {
    Uuid batch_id, product_id, branch_id;
    MovementKind kind = MovementKind::kReceived;
    std::int64_t quantity = 0;  // negative: out
    std::int64_t old_quantity = 0, new_quantity = 0;
    std::string reason;
    std::string record;  // what it happened for, and its id
    Uuid record_id;
    Uuid user_id;
    UtcMs at = 0;
};

enum class IncomingStatus { kPending, kShipped, kCompleted, kCancelled };
inline constexpr std::array<std::string_view, 4> kIncomingStatusNames = {"pending", "shipped",
                                                                         "completed", "cancelled"};

struct IncomingOrder : RecordBase {
    Uuid supplier_id, product_id, branch_id;
    std::string batch_number;
    std::int64_t quantity = 0, received_quantity = 0;
    std::int64_t unit_cost_minor = 0, total_cost_minor = 0;  // total = quantity x unit cost
    std::string currency;
    UtcMs supply_date = 0, expiry_date = 0;
    IncomingStatus status = IncomingStatus::kPending;
    Uuid ordered_by;
    std::vector<std::string> reviews;
};

SHOWFLOOR_DESCRIBED(Category);
SHOWFLOOR_DESCRIBED(Product);
SHOWFLOOR_DESCRIBED(Supplier);
SHOWFLOOR_DESCRIBED(StockBatch);
SHOWFLOOR_DESCRIBED(StockMovement);
SHOWFLOOR_DESCRIBED(IncomingOrder);

}  // namespace showfloor::domain
