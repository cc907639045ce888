#pragma once
// Why a command was refused or contested: a closed set. The name is also the translation key
// ("refusal.car_sold") and what crosses the wire; names are append-only.
// Thread contract: constant data.

#include <optional>
#include <string_view>

namespace showfloor::domain {

enum class Code {
    kNone,
    // contested: two people far apart were both right
    kCarSold,
    kCarReservedByOther,
    kCarArchived,
    kOversold,
    kOverBalance,
    kReferenceUsed,
    kDiscountOverLimit,
    kCustomerArchived,
    kActorInactive,
    kActorRoleChanged,
    // refused
    kNotAllowed,       // the rights table says no
    kInvalid,          // an argument is not as it must be; field names it
    kNotFound,         // what the command speaks of does not exist; field names it
    kDuplicate,        // such a one is already there; details.id names it
    kAlreadyDone,      // the id was used before
    kWrongState,       // the transition table says no; details: from, to
    kTermsChanged,     // what was shown is no longer so: show it again
    kTermsDoNotAddUp,  // frozen terms that contradict themselves
    kCurrencyMismatch,
    kReasonMissing,
    kApproverMissing,
    kApproverNotAllowed,
    kAlreadyReversed,
    kNothingToRefund,
    kRoleNotGrantable,
    kRoleFixed,
    kUsernameTaken,
    kEmailTaken,
    kContactTaken,
    kVinInvalid,
    kVinTaken,
    kStockNumberTaken,
    kBranchCodeTaken,
    kConsentMissing,   // no consent, no record
    kAlreadyClaimed,   // somebody else works on it; details.id names them
    kAlreadyAnswered,  // somebody else went to the visitor; details.id names them
    kTerminalRevoked,
    kUnknownCommand,
    kNotFromTerminal,
    kNumberNotNext,
    kForged,
    // applied at central although it did not know (any more) what this speaks of
    kNotKnown,
    kPromotionNotApplicable,  // not for this car, branch or day; field names it
    kPromotionRepeated,       // each counts once
};

[[nodiscard]] std::string_view name_of(Code code);
[[nodiscard]] std::optional<Code> parse_code(std::string_view name);
// One English sentence saying what to do; screens translate by name instead.
[[nodiscard]] std::string_view sentence_of(Code code);

}  // namespace showfloor::domain
