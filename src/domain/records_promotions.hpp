#pragma once
// Promotions: what a car is offered cheaper for, for a while. Described in records_promotions.cpp.
// Thread contract: plain values.

#include "domain/records.hpp"

namespace showfloor::domain {

enum class PromotedCondition { kAny, kNew, kUsed, kCertified };
inline constexpr std::array<std::string_view, 4> kPromotedConditionNames = {"any", "new", "used",
                                                                            "certified"};

// Either a share of the list price or an amount, for every car that fits what is said of it.
struct Promotion : RecordBase {
    std::string name, description;  // the name stands on the invoice
    Uuid branch_id;                 // whose sales it is for; nil = the whole group's
    std::int64_t percent_bp = 0;    // 0 = it is an amount
    std::int64_t amount_minor = 0;
    std::string currency;  // of the amount
    UtcMs starts_at = 0;   // 0 = from the beginning
    UtcMs ends_at = 0;     // the first moment it is no more; 0 = without an end
    std::string make, model;
    BodyStyle body_style = BodyStyle::kUnknown;  // kUnknown = any
    PromotedCondition condition = PromotedCondition::kAny;
    bool active = true;
};

SHOWFLOOR_DESCRIBED(Promotion);

}  // namespace showfloor::domain
