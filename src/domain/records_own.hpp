#pragma once
// What belongs to one person alone: the things they keep here, and their pay. Described in
// records_own.cpp. Thread contract: plain values.

#include "domain/records.hpp"

namespace showfloor::domain {

struct OwnedItem : RecordBase {
    Uuid user_id;  // the owner; nobody else sees it
    std::string item_name, description;
    std::int64_t quantity = 0;
    std::int64_t price_minor = 0;
    std::string currency;
};

// Confidential: never on a terminal, never in a figure.
struct UserPay : RecordBase {
    Uuid user_id;
    std::int64_t salary_minor = 0;  // a month
    std::string currency;
    std::optional<std::int64_t> commission_rate_bp;  // instead of the branch's
};

SHOWFLOOR_DESCRIBED(OwnedItem);
SHOWFLOOR_DESCRIBED(UserPay);

}  // namespace showfloor::domain
