#pragma once
// What a refund gives back, frozen when the person decided it: central books exactly the papers
// that were handed out, whatever other terminals did meanwhile. Thread contract: plain values.

#include <cstdint>
#include <string>
#include <vector>

#include "domain/records.hpp"
#include "domain/world.hpp"

namespace showfloor::domain {

struct RefundTerms {
    std::vector<std::string> payment_ids;  // each gets a counter-payment and a receipt, in order
    std::int64_t credit_minor = 0;         // of the credit note; 0 = none
};
SHOWFLOOR_DESCRIBED(RefundTerms);

// Every cleared payment of the invoice that is not taken back yet, and what is not credited yet.
[[nodiscard]] RefundTerms quote_refund(World& world, const Invoice& invoice);

}  // namespace showfloor::domain
