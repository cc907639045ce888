#include "domain/records_orders.hpp"

#include "domain/record_builder.hpp"

namespace showfloor::domain {

using build::kCurrency;
using build::kLongText;
using build::kMoneyMax;
using build::kMostPieces;
using build::Of;
using build::plain;
using build::with_base;

template <>
const Description& describe<Reservation>() {
    using F = Of<Reservation>;
    static const Description d{
        "reservation",
        "reservations",
        with_base<Reservation>({
            F::id<&Reservation::car_id>("car_id", "car").require().shown(),
            F::id<&Reservation::customer_id>("customer_id", "customer").shown(),
            F::text<&Reservation::walk_in_name>("walk_in_name").person().shown(),
            F::id<&Reservation::seller_id>("seller_id", "user").set_by_handler().shown(),
            F::id<&Reservation::branch_id>("branch_id", "branch").set_by_handler().shown(),
            F::id<&Reservation::terminal_id>("terminal_id", "terminal").set_by_handler(),
            F::time<&Reservation::until>("until").require().shown(),
            F::text<&Reservation::currency>("currency", kCurrency).set_by_handler().shown(),
            F::money<&Reservation::deposit_minor>("deposit_minor").shown(),
            F::choice<&Reservation::deposit_rule>("deposit_rule", kDepositRuleNames)
                .set_by_handler()
                .shown(),
            F::choice<&Reservation::deposit_state>("deposit_state", kDepositStateNames)
                .set_by_handler()
                .shown(),
            F::choice<&Reservation::status>("status", kReservationStatusNames)
                .set_by_handler()
                .shown(),
            F::choice<&Reservation::car_was>("car_was", kAvailabilityNames).set_by_handler(),
            F::id<&Reservation::sale_id>("sale_id", "sale").set_by_handler().shown(),
            F::time<&Reservation::ended_at>("ended_at").set_by_handler().shown(),
            F::text<&Reservation::dispute_code>("dispute_code", 40).set_by_handler(),
            F::text<&Reservation::reason>("reason", 400).set_by_handler().shown(),
            F::texts<&Reservation::reviews>("reviews", 20).set_by_handler(),
        }),
        Synced::kBranch,
        {{"car_id"}, {"customer_id"}, {"seller_id"}, {"branch_id", "until"}, {"status", "until"}}};
    return d;
}

template <>
const Description& describe<OrderLine>() {
    using F = Of<OrderLine>;
    static const Description d{
        "order_line",
        "",
        plain({
            F::id<&OrderLine::product_id>("product_id", "product").require().shown(),
            F::text<&OrderLine::description>("description", 400).shown(),
            F::integer<&OrderLine::quantity>("quantity", 1, kMostPieces).require().shown(),
            F::money<&OrderLine::unit_price_minor>("unit_price_minor").shown(),
            F::money<&OrderLine::amount_minor>("amount_minor").shown(),
            F::text<&OrderLine::tax_code>("tax_code", 20).shown(),
            F::integer<&OrderLine::missing_quantity>("missing_quantity", 0, kMostPieces),
        }),
        Synced::kNever,
        {}};
    return d;
}

template <>
const Description& describe<OutgoingOrder>() {
    using F = Of<OutgoingOrder>;
    static const Description d{
        "outgoing_order",
        "outgoing-orders",
        with_base<OutgoingOrder>({
            F::id<&OutgoingOrder::customer_id>("customer_id", "customer").shown(),
            F::id<&OutgoingOrder::seller_id>("seller_id", "user").set_by_handler().shown(),
            F::id<&OutgoingOrder::branch_id>("branch_id", "branch").shown(),
            F::id<&OutgoingOrder::terminal_id>("terminal_id", "terminal").set_by_handler(),
            F::id<&OutgoingOrder::invoice_id>("invoice_id", "invoice").set_by_handler().shown(),
            F::choice<&OutgoingOrder::status>("status", kOrderStatusNames).set_by_handler().shown(),
            F::text<&OutgoingOrder::currency>("currency", kCurrency).set_by_handler().shown(),
            F::list<&OutgoingOrder::lines>("lines").set_by_handler().shown(),
            F::money<&OutgoingOrder::total_minor>("total_minor").set_by_handler().shown(),
            F::time<&OutgoingOrder::order_date>("order_date").set_by_handler().shown(),
            F::text<&OutgoingOrder::dispute_code>("dispute_code", 40).set_by_handler(),
            F::text<&OutgoingOrder::reason>("reason", 400).set_by_handler().shown(),
            F::text<&OutgoingOrder::notes>("notes", kLongText).shown(),
            F::texts<&OutgoingOrder::reviews>("reviews", 20).set_by_handler(),
        }),
        Synced::kBranch,
        {{"customer_id"}, {"seller_id"}, {"branch_id", "order_date"}, {"status"}, {"invoice_id"}}};
    return d;
}

template <>
const Description& describe<TillCount>() {
    using F = Of<TillCount>;
    static const Description d{
        "till_count",
        "",
        plain({
            F::choice<&TillCount::method>("method", kPaymentMethodNames).require(),
            F::money<&TillCount::expected_minor>("expected_minor").range(-kMoneyMax, kMoneyMax),
            F::money<&TillCount::pending_minor>("pending_minor").range(-kMoneyMax, kMoneyMax),
            F::money<&TillCount::counted_minor>("counted_minor").range(-kMoneyMax, kMoneyMax),
        }),
        Synced::kNever,
        {}};
    return d;
}

template <>
const Description& describe<TillTaking>() {
    using F = Of<TillTaking>;
    static const Description d{
        "till_taking",
        "",
        plain({
            F::id<&TillTaking::user_id>("user_id", "user"),
            F::choice<&TillTaking::method>("method", kPaymentMethodNames).require(),
            F::text<&TillTaking::currency>("currency", kCurrency),
            F::integer<&TillTaking::payments>("payments", 0, kMostPieces),
            F::money<&TillTaking::cleared_minor>("cleared_minor").range(-kMoneyMax, kMoneyMax),
            F::money<&TillTaking::pending_minor>("pending_minor").range(-kMoneyMax, kMoneyMax),
        }),
        Synced::kNever,
        {}};
    return d;
}

template <>
const Description& describe<Till>() {
    using F = Of<Till>;
    static const Description d{
        "till",
        "tills",
        with_base<Till>({
            F::id<&Till::branch_id>("branch_id", "branch").set_by_handler(),
            F::id<&Till::terminal_id>("terminal_id", "terminal"),
            F::id<&Till::opened_by>("opened_by", "user").set_by_handler(),
            F::id<&Till::closed_by>("closed_by", "user").set_by_handler(),
            F::choice<&Till::status>("status", kTillStatusNames).set_by_handler(),
            F::time<&Till::opened_at>("opened_at").set_by_handler(),
            F::time<&Till::closed_at>("closed_at").set_by_handler(),
            F::text<&Till::currency>("currency", kCurrency),
            F::money<&Till::opening_float_minor>("opening_float_minor").require(),
            F::list<&Till::counts>("counts", 10).set_by_handler(),
            F::list<&Till::takings>("takings", 1000).set_by_handler(),
            F::money<&Till::difference_minor>("difference_minor")
                .set_by_handler()
                .range(-kMoneyMax, kMoneyMax),
            F::text<&Till::reason>("reason", 400).set_by_handler(),
            F::texts<&Till::reviews>("reviews", 20).set_by_handler(),
        }),
        Synced::kBranch,
        {{"terminal_id", "status"}, {"branch_id", "opened_at"}, {"opened_by"}}};
    return d;
}

}  // namespace showfloor::domain
