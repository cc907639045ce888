#include "domain/records_own.hpp"

#include "domain/record_builder.hpp"

namespace showfloor::domain {

using build::kCurrency;
using build::Of;
using build::with_base;

template <>
const Description& describe<OwnedItem>() {
    using F = Of<OwnedItem>;
    using T = OwnedItem;
    static const Description d{
        "owned_item",
        "items",
        with_base<T>({
            F::id<&T::user_id>("user_id", "user").set_by_handler().shown(),
            F::text<&T::item_name>("item_name").range(3, 100).require().person().shown(),
            F::text<&T::description>("description", 500).person().shown(),
            F::integer<&T::quantity>("quantity", 0, 1'000'000'000).shown(),
            F::money<&T::price_minor>("price_minor").shown(),
            F::text<&T::currency>("currency", kCurrency).shown(),
        }),
        Synced::kBranch,
        {{"user_id"}}};
    return d;
}

template <>
const Description& describe<UserPay>() {
    using F = Of<UserPay>;
    using T = UserPay;
    static const Description d{
        "user_pay",
        "user-pay",
        with_base<T>({
            F::id<&T::user_id>("user_id", "user").require().secret(),
            F::money<&T::salary_minor>("salary_minor").secret(),
            F::text<&T::currency>("currency", kCurrency).secret(),
            F::basis_points<&T::commission_rate_bp>("commission_rate_bp").secret(),
        }),
        Synced::kNever,
        {{"unique:user_id"}}};
    return d;
}

}  // namespace showfloor::domain
