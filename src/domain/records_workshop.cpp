#include "domain/records_workshop.hpp"

#include "domain/limits.hpp"
#include "domain/record_builder.hpp"

namespace showfloor::domain {

using build::kCurrency;
using build::kLongText;
using build::Of;
using build::with_base;

template <>
const Description& describe<ServiceTicket>() {
    using F = Of<ServiceTicket>;
    using T = ServiceTicket;
    static const Description d{
        "service_ticket",
        "service-tickets",
        with_base<T>({
            F::id<&T::customer_id>("customer_id", "customer").require().shown(),
            F::id<&T::branch_id>("branch_id", "branch").shown(),
            F::id<&T::car_id>("car_id", "car").shown(),
            F::text<&T::vin>("vin", 17).shown(),
            F::text<&T::plate>("plate", 20).person().shown(),
            F::text<&T::vehicle>("vehicle").shown(),
            F::integer<&T::odometer>("odometer", 0, 5'000'000).shown(),
            F::choice<&T::odometer_unit>("odometer_unit", kMileageUnitNames).shown(),
            F::text<&T::description>("description", kLongText).require().shown(),
            F::time<&T::scheduled_at>("scheduled_at").shown(),
            F::time<&T::promised_at>("promised_at").shown(),
            F::text<&T::bay>("bay", 40),
            F::text<&T::notes>("notes", kLongText),
            F::choice<&T::status>("status", kTicketStatusNames).set_by_handler().shown(),
            F::id<&T::created_by>("created_by", "user").set_by_handler(),
            F::text<&T::currency>("currency", kCurrency).set_by_handler().shown(),
            F::boolean<&T::prices_include_tax>("prices_include_tax").set_by_handler().shown(),
            F::money<&T::parts_minor>("parts_minor").set_by_handler().shown(),
            F::money<&T::labour_minor>("labour_minor").set_by_handler().shown(),
            F::money<&T::tax_minor>("tax_minor").set_by_handler().shown(),
            F::money<&T::total_minor>("total_minor").set_by_handler().shown(),
            F::id<&T::invoice_id>("invoice_id", "invoice").set_by_handler().shown(),
            F::time<&T::done_at>("done_at").set_by_handler().shown(),
            F::time<&T::collected_at>("collected_at").set_by_handler().shown(),
            F::texts<&T::reviews>("reviews", 20).set_by_handler(),
        }),
        Synced::kBranch,
        {{"customer_id"}, {"car_id"}, {"vin"}, {"branch_id", "status"}, {"invoice_id"}}};
    return d;
}

template <>
const Description& describe<TicketPart>() {
    using F = Of<TicketPart>;
    using T = TicketPart;
    static const Description d{
        "ticket_part",
        "ticket-parts",
        with_base<T>({
            F::id<&T::ticket_id>("ticket_id", "service_ticket").require().shown(),
            F::id<&T::branch_id>("branch_id", "branch").set_by_handler(),
            F::id<&T::product_id>("product_id", "product").require().shown(),
            F::text<&T::description>("description").set_by_handler().shown(),
            F::integer<&T::quantity>("quantity", 1, kMaxTicketPieces).require().shown(),
            F::integer<&T::short_quantity>("short_quantity", 0, kMaxTicketPieces).set_by_handler(),
            F::money<&T::unit_price_minor>("unit_price_minor").set_by_handler().shown(),
            F::money<&T::amount_minor>("amount_minor").set_by_handler().shown(),
            F::text<&T::tax_code>("tax_code", 20).set_by_handler().shown(),
            F::basis_points<&T::tax_rate_bp>("tax_rate_bp").set_by_handler().shown(),
            F::id<&T::added_by>("added_by", "user").set_by_handler(),
        }),
        Synced::kBranch,
        {{"ticket_id"}, {"product_id"}}};
    return d;
}

template <>
const Description& describe<TicketLabour>() {
    using F = Of<TicketLabour>;
    using T = TicketLabour;
    static const Description d{
        "ticket_labour",
        "ticket-labour",
        with_base<T>({
            F::id<&T::ticket_id>("ticket_id", "service_ticket").require().shown(),
            F::id<&T::branch_id>("branch_id", "branch").set_by_handler(),
            F::id<&T::mechanic_id>("mechanic_id", "user"),
            F::text<&T::description>("description", 200).shown(),
            F::integer<&T::minutes>("minutes", 1, kMaxLabourMinutes).require().shown(),
            F::money<&T::rate_minor>("rate_minor").set_by_handler().shown(),
            F::money<&T::amount_minor>("amount_minor").set_by_handler().shown(),
            F::text<&T::tax_code>("tax_code", 20).set_by_handler().shown(),
            F::basis_points<&T::tax_rate_bp>("tax_rate_bp").set_by_handler().shown(),
        }),
        Synced::kBranch,
        {{"ticket_id"}, {"mechanic_id"}}};
    return d;
}

template <>
const Description& describe<TicketMechanic>() {
    using F = Of<TicketMechanic>;
    using T = TicketMechanic;
    static const Description d{
        "ticket_mechanic",
        "ticket-mechanics",
        with_base<T>({
            F::id<&T::ticket_id>("ticket_id", "service_ticket").require().shown(),
            F::id<&T::branch_id>("branch_id", "branch").set_by_handler(),
            F::id<&T::user_id>("user_id", "user").require(),
        }),
        Synced::kBranch,
        {{"ticket_id"}, {"user_id"}}};
    return d;
}

}  // namespace showfloor::domain
