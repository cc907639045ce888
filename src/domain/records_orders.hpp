#pragma once
// What is agreed and sold beside the sale of a car: reservations, goods over the counter, tills.
// Described in records_orders.cpp. Thread contract: plain values.

#include "domain/records.hpp"

namespace showfloor::domain {

// ---- reservations -----------------------------------------------------------------------------

enum class ReservationStatus { kActive, kFulfilled, kCancelled, kExpired, kDisputed };
inline constexpr std::array<std::string_view, 5> kReservationStatusNames = {
    "active", "fulfilled", "cancelled", "expired", "disputed"};

// Where the deposit is. Owed: it ended by itself, and a person has to give the money back.
enum class DepositState { kNone, kHeld, kCredited, kRefunded, kForfeited, kOwed };
inline constexpr std::array<std::string_view, 6> kDepositStateNames = {
    "none", "held", "credited", "refunded", "forfeited", "owed"};

// Only an active one keeps its car; a disputed one came second and waits for a person.
struct Reservation : RecordBase {
    Uuid car_id, customer_id;
    std::string walk_in_name;  // of somebody who is no customer yet
    Uuid seller_id, branch_id, terminal_id;
    UtcMs until = 0;
    std::string currency;
    std::int64_t deposit_minor = 0;
    DepositRule deposit_rule = DepositRule::kRefund;  // the branch's, as it was agreed
    DepositState deposit_state = DepositState::kNone;
    ReservationStatus status = ReservationStatus::kActive;
    Availability car_was = Availability::kInStock;  // what the car goes back to
    Uuid sale_id;                                   // that fulfilled it
    UtcMs ended_at = 0;
    std::string dispute_code, reason;
    std::vector<std::string> reviews;
};

// ---- goods over the counter -------------------------------------------------------------------

struct OrderLine {
    Uuid product_id;
    std::string description;
    std::int64_t quantity = 0;
    std::int64_t unit_price_minor = 0;  // of that moment
    std::int64_t amount_minor = 0;      // quantity x unit price
    std::string tax_code;
    std::int64_t missing_quantity = 0;  // sold beyond the stock, not handed out of it
};

enum class OrderStatus { kPending, kCompleted, kCancelled, kDisputed };
inline constexpr std::array<std::string_view, 4> kOrderStatusNames = {"pending", "completed",
                                                                      "cancelled", "disputed"};

struct OutgoingOrder : RecordBase {
    Uuid customer_id;  // nil: somebody over the counter
    Uuid seller_id, branch_id, terminal_id, invoice_id;
    OrderStatus status = OrderStatus::kCompleted;
    std::string currency;
    std::vector<OrderLine> lines;
    std::int64_t total_minor = 0;  // the invoice's total
    UtcMs order_date = 0;
    std::string dispute_code, reason, notes;
    std::vector<std::string> reviews;
};

// ---- tills ------------------------------------------------------------------------------------

enum class TillStatus { kOpen, kClosed };
inline constexpr std::array<std::string_view, 2> kTillStatusNames = {"open", "closed"};

// One method at closing. Expected: what was cleared, for cash with the opening float.
struct TillCount {
    PaymentMethod method = PaymentMethod::kCash;
    std::int64_t expected_minor = 0;
    std::int64_t pending_minor = 0;  // taken, not cleared yet
    std::int64_t counted_minor = 0;
};
// A line of the day report: what one person took by one method.
struct TillTaking {
    Uuid user_id;
    PaymentMethod method = PaymentMethod::kCash;
    std::string currency;
    std::int64_t payments = 0;
    std::int64_t cleared_minor = 0, pending_minor = 0;
};

struct Till : RecordBase {
    Uuid branch_id, terminal_id, opened_by, closed_by;
    TillStatus status = TillStatus::kOpen;
    UtcMs opened_at = 0, closed_at = 0;
    std::string currency;
    std::int64_t opening_float_minor = 0;
    std::vector<TillCount> counts;
    std::vector<TillTaking> takings;
    std::int64_t difference_minor = 0;  // counted less expected
    std::string reason;
    std::vector<std::string> reviews;
};

SHOWFLOOR_DESCRIBED(Reservation);
SHOWFLOOR_DESCRIBED(OrderLine);
SHOWFLOOR_DESCRIBED(OutgoingOrder);
SHOWFLOOR_DESCRIBED(TillCount);
SHOWFLOOR_DESCRIBED(TillTaking);
SHOWFLOOR_DESCRIBED(Till);

}  // namespace showfloor::domain
