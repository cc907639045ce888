#include "domain/records_promotions.hpp"

#include "domain/record_builder.hpp"

namespace showfloor::domain {

using build::kCurrency;
using build::kLongText;
using build::Of;
using build::with_base;

template <>
const Description& describe<Promotion>() {
    using F = Of<Promotion>;
    static const Description d{
        "promotion",
        "promotions",
        with_base<Promotion>({
            F::text<&Promotion::name>("name").require().shown(),
            F::text<&Promotion::description>("description", kLongText).shown(),
            F::id<&Promotion::branch_id>("branch_id", "branch").shown(),
            F::basis_points<&Promotion::percent_bp>("percent_bp").shown(),
            F::money<&Promotion::amount_minor>("amount_minor").shown(),
            F::text<&Promotion::currency>("currency", kCurrency).shown(),
            F::time<&Promotion::starts_at>("starts_at").shown(),
            F::time<&Promotion::ends_at>("ends_at").shown(),
            F::text<&Promotion::make>("make").shown(),
            F::text<&Promotion::model>("model").shown(),
            F::choice<&Promotion::body_style>("body_style", kBodyStyleNames).shown(),
            F::choice<&Promotion::condition>("condition", kPromotedConditionNames).shown(),
            F::boolean<&Promotion::active>("active").shown(),
        }),
        Synced::kPublic,
        {{"branch_id"}}};
    return d;
}

}  // namespace showfloor::domain
