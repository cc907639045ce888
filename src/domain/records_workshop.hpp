#pragma once
// The workshop: service tickets with their parts, labour and mechanics. Described in
// records_workshop.cpp. Thread contract: plain values.

#include "domain/records.hpp"

namespace showfloor::domain {

enum class TicketStatus { kOpen, kInProgress, kWaitingParts, kDone, kCollected, kCancelled };
inline constexpr std::array<std::string_view, 6> kTicketStatusNames = {
    "open", "in_progress", "waiting_parts", "done", "collected", "cancelled"};

// One visit of a vehicle to the workshop; a VIN has many over time.
struct ServiceTicket : RecordBase {
    Uuid customer_id, branch_id;
    Uuid car_id;             // nil: not one of ours
    std::string vin, plate;  // either may be unknown
    std::string vehicle;     // "2017 Toyota Corolla", for those that are not ours
    std::int64_t odometer = 0;
    MileageUnit odometer_unit = MileageUnit::kKm;
    std::string description;  // what the customer says is wrong
    UtcMs scheduled_at = 0, promised_at = 0;
    std::string bay, notes;
    TicketStatus status = TicketStatus::kOpen;
    Uuid created_by;
    std::string currency;
    bool prices_include_tax = true;
    // Sums of the lines as priced; total = both + taxes not already inside.
    std::int64_t parts_minor = 0, labour_minor = 0, tax_minor = 0, total_minor = 0;
    Uuid invoice_id;  // once it is done and there was something to pay
    UtcMs done_at = 0, collected_at = 0;
    std::vector<std::string> reviews;
};

// A part built in; taken back out = archived. Prices are those of the moment.
struct TicketPart : RecordBase {
    Uuid ticket_id, branch_id, product_id;
    std::string description;
    std::int64_t quantity = 0;
    std::int64_t short_quantity = 0;  // of these so many were not in stock when it was booked
    std::int64_t unit_price_minor = 0, amount_minor = 0;
    std::string tax_code;
    std::int64_t tax_rate_bp = 0;
    Uuid added_by;
};

struct TicketLabour : RecordBase {
    Uuid ticket_id, branch_id, mechanic_id;
    std::string description;
    std::int64_t minutes = 0;
    std::int64_t rate_minor = 0, amount_minor = 0;  // rate: an hour
    std::string tax_code;
    std::int64_t tax_rate_bp = 0;
};

// One row for a ticket and a mechanic, however often they come and go; archived = not assigned.
struct TicketMechanic : RecordBase {
    Uuid ticket_id, branch_id, user_id;
};

SHOWFLOOR_DESCRIBED(ServiceTicket);
SHOWFLOOR_DESCRIBED(TicketPart);
SHOWFLOOR_DESCRIBED(TicketLabour);
SHOWFLOOR_DESCRIBED(TicketMechanic);

}  // namespace showfloor::domain
