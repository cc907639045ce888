#pragma once
// What is brought to a customer. Described in records_deliveries.cpp. Thread contract: plain
// values.

#include "domain/records.hpp"

namespace showfloor::domain {

enum class DeliveryStatus { kPending, kShipped, kDelivered, kCancelled };
inline constexpr std::array<std::string_view, 4> kDeliveryStatusNames = {"pending", "shipped",
                                                                         "delivered", "cancelled"};

// Of a sale or of an outgoing order, one of the two; customer and branch are its own.
struct Delivery : RecordBase {
    Uuid sale_id, order_id;
    Uuid customer_id, branch_id;  // no customer: an order of somebody unnamed
    std::string tracking_number;  // unique among those not cancelled; generated when empty
    std::string carrier;
    DeliveryStatus status = DeliveryStatus::kPending;
    UtcMs estimated_delivery_date = 0, delivery_date = 0;
    Uuid delivery_person_id;  // whose work it is
    std::string notes;
    std::int64_t cost_minor = 0;
    std::string currency;
    std::vector<std::string> reviews;
};

SHOWFLOOR_DESCRIBED(Delivery);

}  // namespace showfloor::domain
