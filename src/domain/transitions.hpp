#pragma once
// The transition tables of everything that has a status; drawn into README from here.
// Thread contract: constant data.

#include <span>

#include "domain/records.hpp"
#include "domain/records_leads.hpp"

namespace showfloor::domain {

struct SaleTransition {
    SaleStatus from, to;
};
[[nodiscard]] std::span<const SaleTransition> sale_transitions();
[[nodiscard]] bool may_become(SaleStatus from, SaleStatus to);

// A standing sale holds its car: reserved, completed or delivered. One car never has two.
[[nodiscard]] bool is_standing(SaleStatus status);

struct PaymentTransition {
    PaymentStatus from, to;
};
[[nodiscard]] std::span<const PaymentTransition> payment_transitions();
[[nodiscard]] bool may_become(PaymentStatus from, PaymentStatus to);

struct LeadTransition {
    LeadStatus from, to;
};
[[nodiscard]] std::span<const LeadTransition> lead_transitions();
[[nodiscard]] bool may_become(LeadStatus from, LeadStatus to);

struct AssistanceTransition {
    AssistanceStatus from, to;
};
[[nodiscard]] std::span<const AssistanceTransition> assistance_transitions();
[[nodiscard]] bool may_become(AssistanceStatus from, AssistanceStatus to);

}  // namespace showfloor::domain
