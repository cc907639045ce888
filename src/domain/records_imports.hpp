#pragma once
// What a car went through before it was sold: its prices, what bringing it here cost.
// Thread contract: plain values.

#include "domain/records.hpp"

namespace showfloor::domain {

// A price that was, and the one that followed it. Written by whatever changes a price.
struct PriceChange : RecordBase {
    Uuid car_id;
    std::int64_t old_price_minor = 0, new_price_minor = 0;
    std::string currency;
    Uuid changed_by;
    UtcMs at = 0;
};

// Bringing one car into the country; several of a car add up. Confidential.
struct Importation : RecordBase {
    Uuid car_id;
    std::string country_of_origin;  // ISO 3166-1 alpha-2
    std::int64_t transport_fee_minor = 0, import_duty_minor = 0;
    std::string currency;
    std::int64_t rate_micro = 0;  // to the branch's currency x 10^6; 0 = unknown
    UtcMs rate_at = 0;
    UtcMs import_date = 0;
    std::string document;  // blob, private
    bool document_missing = false;
};

SHOWFLOOR_DESCRIBED(PriceChange);
SHOWFLOOR_DESCRIBED(Importation);

}  // namespace showfloor::domain
