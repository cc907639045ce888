#include "domain/transitions.hpp"

#include <array>

#include "domain/transition_table.hpp"

namespace showfloor::domain {

namespace {

using S = SaleStatus;
using P = PaymentStatus;

constexpr std::array kSale = {
    SaleTransition{S::kDraft, S::kReserved},     SaleTransition{S::kDraft, S::kCompleted},
    SaleTransition{S::kDraft, S::kCancelled},    SaleTransition{S::kReserved, S::kCompleted},
    SaleTransition{S::kReserved, S::kCancelled}, SaleTransition{S::kCompleted, S::kDelivered},
    SaleTransition{S::kCompleted, S::kRefunded}, SaleTransition{S::kCompleted, S::kDisputed},
    SaleTransition{S::kDelivered, S::kRefunded}, SaleTransition{S::kDelivered, S::kDisputed},
    SaleTransition{S::kDisputed, S::kCompleted}, SaleTransition{S::kDisputed, S::kDelivered},
    SaleTransition{S::kDisputed, S::kRefunded},  SaleTransition{S::kDisputed, S::kCancelled},
};

constexpr std::array kPayment = {
    PaymentTransition{P::kPending, P::kCleared},
    PaymentTransition{P::kPending, P::kFailed},
};

using L = LeadStatus;
constexpr std::array kLead = {
    LeadTransition{L::kNew, L::kClaimed},           LeadTransition{L::kClaimed, L::kContacted},
    LeadTransition{L::kClaimed, L::kLost},          LeadTransition{L::kContacted, L::kAppointment},
    LeadTransition{L::kContacted, L::kWon},         LeadTransition{L::kContacted, L::kLost},
    LeadTransition{L::kAppointment, L::kContacted}, LeadTransition{L::kAppointment, L::kWon},
    LeadTransition{L::kAppointment, L::kLost},
};

using C = AssistanceStatus;
constexpr std::array kAssistance = {
    AssistanceTransition{C::kCalling, C::kAnswered},
    AssistanceTransition{C::kCalling, C::kWithdrawn},
    AssistanceTransition{C::kCalling, C::kExpired},
};

}  // namespace

std::span<const SaleTransition> sale_transitions() {
    return kSale;
}
bool may_become(SaleStatus from, SaleStatus to) {
    return has_step(kSale, from, to);
}

bool is_standing(SaleStatus status) {
    return status == S::kReserved || status == S::kCompleted || status == S::kDelivered;
}

std::span<const PaymentTransition> payment_transitions() {
    return kPayment;
}
bool may_become(PaymentStatus from, PaymentStatus to) {
    return has_step(kPayment, from, to);
}

std::span<const LeadTransition> lead_transitions() {
    return kLead;
}
bool may_become(LeadStatus from, LeadStatus to) {
    return has_step(kLead, from, to);
}

std::span<const AssistanceTransition> assistance_transitions() {
    return kAssistance;
}
bool may_become(AssistanceStatus from, AssistanceStatus to) {
    return has_step(kAssistance, from, to);
}

}  // namespace showfloor::domain
