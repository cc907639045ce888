#include "domain/records_deliveries.hpp"

#include "domain/record_builder.hpp"

namespace showfloor::domain {

using build::kCurrency;
using build::kLongText;
using build::Of;
using build::with_base;

template <>
const Description& describe<Delivery>() {
    using F = Of<Delivery>;
    using T = Delivery;
    static const Description d{
        "delivery",
        "deliveries",
        with_base<T>({
            F::id<&T::sale_id>("sale_id", "sale").shown(),
            F::id<&T::order_id>("order_id", "outgoing_order").shown(),
            F::id<&T::customer_id>("customer_id", "customer").set_by_handler().shown(),
            F::id<&T::branch_id>("branch_id", "branch").set_by_handler().shown(),
            F::text<&T::tracking_number>("tracking_number", 40).shown(),
            F::text<&T::carrier>("carrier").shown(),
            F::choice<&T::status>("status", kDeliveryStatusNames).shown(),
            F::time<&T::estimated_delivery_date>("estimated_delivery_date").shown(),
            F::time<&T::delivery_date>("delivery_date").shown(),
            F::id<&T::delivery_person_id>("delivery_person_id", "user"),
            F::text<&T::notes>("notes", kLongText),
            F::money<&T::cost_minor>("cost_minor"),
            F::text<&T::currency>("currency", kCurrency).set_by_handler().shown(),
            F::texts<&T::reviews>("reviews", 20).set_by_handler(),
        }),
        Synced::kBranch,
        {{"sale_id"},
         {"order_id"},
         {"tracking_number"},
         {"branch_id", "status"},
         {"customer_id"},
         {"delivery_person_id"}}};
    return d;
}

}  // namespace showfloor::domain
