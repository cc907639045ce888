#include "domain/code.hpp"

#include <array>
#include <cstddef>

namespace showfloor::domain {

namespace {

struct Entry {
    std::string_view name;
    std::string_view sentence;
};

// In the order of enum Code.
constexpr std::array kEntries = {
    Entry{"", ""},
    Entry{"car_sold", "This car is already sold; choose another one."},
    Entry{"car_reserved_by_other", "This car is reserved for somebody else."},
    Entry{"car_archived", "This car is no longer offered; choose another one."},
    Entry{"oversold", "There is not enough in stock."},
    Entry{"over_balance", "This is more than is left to pay; take at most the balance."},
    Entry{"reference_used", "A payment with this reference is already booked; check the slip."},
    Entry{"discount_over_limit", "The discount is over the branch's limit."},
    Entry{"customer_archived", "This customer is no longer active; choose another one."},
    Entry{"actor_inactive", "This person's account is no longer active."},
    Entry{"actor_role_changed", "This person's role or rights have changed since."},
    Entry{"not_allowed", "You may not do this; ask somebody who may."},
    Entry{"invalid", "Something in the input is not as it must be; correct it and try again."},
    Entry{"not_found", "What this speaks of is not there; refresh and try again."},
    Entry{"duplicate", "There is already one like this; use that one."},
    Entry{"already_done", "This was already done."},
    Entry{"wrong_state", "This cannot be done in its present state."},
    Entry{"terms_changed", "Prices or terms changed since they were shown; look again."},
    Entry{"terms_do_not_add_up", "The terms contradict themselves; begin the sale anew."},
    Entry{"currency_mismatch", "Amounts in different currencies cannot go together."},
    Entry{"reason_missing", "Give a reason."},
    Entry{"approver_missing", "Somebody who may approve this must sign in for it."},
    Entry{"approver_not_allowed", "This person may not approve it; ask another one."},
    Entry{"already_reversed", "This payment was already taken back."},
    Entry{"nothing_to_refund", "There is nothing to give back."},
    Entry{"role_not_grantable", "You may not give somebody this role."},
    Entry{"role_fixed", "A role is fixed when the account is made; make a new account."},
    Entry{"username_taken", "This user name is taken; choose another one."},
    Entry{"email_taken", "This e-mail address already belongs to an account."},
    Entry{"contact_taken", "This telephone number already belongs to an account."},
    Entry{"vin_invalid", "This is not a valid VIN; look again at its 17 characters."},
    Entry{"vin_taken", "A car with this VIN is already there."},
    Entry{"stock_number_taken", "This stock number is taken in the branch."},
    Entry{"branch_code_taken", "This branch code is taken."},
    Entry{"consent_missing", "Without the visitor's consent nothing is written down."},
    Entry{"already_claimed", "Somebody else has taken this on already."},
    Entry{"already_answered", "Somebody else has already answered this call."},
    Entry{"terminal_revoked", "This terminal was withdrawn; enrol it anew."},
    Entry{"unknown_command", "This version does not know that command; update it."},
    Entry{"not_from_terminal", "This can only be done at central, online."},
    Entry{"number_not_next", "A document number is not the next of its series."},
    Entry{"forged", "This contradicts what an honest terminal can send; an administrator is told."},
    Entry{"not_known", "Central did not know this; it was taken as the terminal had it."},
    Entry{"promotion_not_applicable", "This promotion is not for this car, branch or day."},
    Entry{"promotion_repeated", "A promotion counts once; leave out the second one."},
};
static_assert(kEntries.size() == static_cast<std::size_t>(Code::kPromotionRepeated) + 1);

}  // namespace

std::string_view name_of(Code code) {
    return kEntries[static_cast<std::size_t>(code)].name;
}

std::optional<Code> parse_code(std::string_view name) {
    if (name.empty()) return std::nullopt;
    for (std::size_t i = 0; i < kEntries.size(); ++i) {
        if (kEntries[i].name == name) return static_cast<Code>(i);
    }
    return std::nullopt;
}

std::string_view sentence_of(Code code) {
    return kEntries[static_cast<std::size_t>(code)].sentence;
}

}  // namespace showfloor::domain
