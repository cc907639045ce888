// What is decided about a sale afterwards: refunded, cancelled, a dispute settled.

#include "domain/deal.hpp"
#include "domain/handlers.hpp"
#include "domain/limits.hpp"
#include "domain/orders.hpp"
#include "domain/reservations.hpp"
#include "domain/stock.hpp"
#include "domain/transitions.hpp"

namespace showfloor::domain {

namespace {

using Stopped = std::optional<Outcome>;

struct EndSale {  // refund_sale and cancel_sale
    Uuid sale_id;
    std::string reason;
};

// About a car: it goes to this sale, another one does, or the money goes back. About an order:
// what was missing is handed out, or money and goods go back.
enum class Decision { kGiveCar, kOtherCar, kRefund, kGiveGoods };
constexpr std::array<std::string_view, 4> kDecisionNames = {"give_car", "other_car", "refund",
                                                            "give_goods"};

struct DecideDispute {
    Uuid sale_id, order_id;  // one of them
    Decision decision = Decision::kRefund;
    Uuid other_car_id;
    std::string reason;
};

}  // namespace

template <>
const Description& describe<EndSale>() {
    using F = build::Of<EndSale>;
    static const Description d{"end_sale",
                               "",
                               {
                                   F::id<&EndSale::sale_id>("sale_id", "sale").require(),
                                   F::text<&EndSale::reason>("reason", 400),
                               },
                               Synced::kNever,
                               {}};
    return d;
}

template <>
const Description& describe<DecideDispute>() {
    using F = build::Of<DecideDispute>;
    static const Description d{
        "decide_dispute",
        "",
        {
            F::id<&DecideDispute::sale_id>("sale_id", "sale"),
            F::id<&DecideDispute::order_id>("order_id", "outgoing_order"),
            F::choice<&DecideDispute::decision>("decision", kDecisionNames).require(),
            F::id<&DecideDispute::other_car_id>("other_car_id", "car"),
            F::text<&DecideDispute::reason>("reason", 400),
        },
        Synced::kNever,
        {}};
    return d;
}

namespace {

Outcome wrong_state(const Sale& sale, SaleStatus to) {
    return refuse(Code::kWrongState, "sale_id",
                  {{"from", kSaleStatusNames[static_cast<std::size_t>(sale.status)]},
                   {"to", kSaleStatusNames[static_cast<std::size_t>(to)]}});
}

// Who may decide about this sale, and whether the table lets it become that.
Stopped check_decision(Handling& handling, const Sale& sale, SaleStatus to) {
    if (auto stopped = check_right(handling, Area::kSaleDecisions, Action::kChange,
                                   facts_about(handling, sale)))
        return stopped;
    if (may_become(sale.status, to) || handling.tolerate(Code::kWrongState)) return std::nullopt;
    return wrong_state(sale, to);
}

// Ends the deal: money back, the car on offer again. Nothing is written when an outcome returns.
Stopped end_sale(Handling& handling, Sale& sale, SaleStatus to, std::string_view reason,
                 base::Json& details) {
    Sale ended = sale;
    if (!sale.invoice_id.is_nil()) {
        if (auto stopped =
                give_money_back(handling, ended.invoice_id, ended.reviews, reason, details))
            return stopped;
    }
    release_car(handling, sale);
    int moved = 0;
    give_back_stock(handling,
                    {.kind = MovementKind::kGivenBack, .record = "sale", .record_id = sale.id},
                    moved);
    if (may_become(ended.status, to)) {
        ended.status = to;
        ended.dispute_code.clear();
    }
    sale = std::move(ended);
    handling.put(sale);
    return std::nullopt;
}

Outcome refund_sale(Handling& handling) {
    const auto& args = handling.as<EndSale>();
    auto sale = handling.world.get<Sale>(args.sale_id);
    if (!sale) return refuse(Code::kNotFound, "sale_id");
    if (auto stopped = check_decision(handling, *sale, SaleStatus::kRefunded)) return *stopped;
    if (args.reason.empty()) return refuse(Code::kReasonMissing, "reason");
    base::Json details = base::Json::object();
    if (auto stopped = end_sale(handling, *sale, SaleStatus::kRefunded, args.reason, details))
        return *stopped;
    return done(handling, std::move(details));
}

Outcome cancel_sale(Handling& handling) {
    const auto& args = handling.as<EndSale>();
    auto sale = handling.world.get<Sale>(args.sale_id);
    if (!sale) return refuse(Code::kNotFound, "sale_id");
    if (auto stopped = check_decision(handling, *sale, SaleStatus::kCancelled)) return *stopped;
    if (args.reason.empty()) return refuse(Code::kReasonMissing, "reason");
    base::Json details = base::Json::object();
    if (auto stopped = end_sale(handling, *sale, SaleStatus::kCancelled, args.reason, details))
        return *stopped;
    return done(handling, std::move(details));
}

// ---- decide_dispute ---------------------------------------------------------------------------

void stand_again(Handling& handling, Sale& sale) {
    sale.status = sale.delivered_at != 0 ? SaleStatus::kDelivered : SaleStatus::kCompleted;
    sale.dispute_code.clear();
    handling.put(sale);
    if (auto car = handling.world.get<Car>(sale.car_id)) {
        car->availability = Availability::kSold;
        handling.put(std::move(*car));
    }
}

// The car goes to this sale; whoever had it is disputed now and waits for a decision of their own.
Outcome give_car(Handling& handling, Sale& sale) {
    const auto car = handling.world.get<Car>(sale.car_id);
    if (!car) return refuse(Code::kNotFound, "sale_id");
    if (car->archived) return refuse(Code::kWrongState, "sale_id");
    auto holder = holder_of(handling.world, sale.car_id, sale.id);
    if (holder) {
        const bool already = holder->status == SaleStatus::kDisputed;
        if (!already && !may_become(holder->status, SaleStatus::kDisputed))
            return wrong_state(*holder, SaleStatus::kDisputed);
        holder->status = SaleStatus::kDisputed;
        holder->dispute_code = std::string(name_of(Code::kCarSold));
        handling.put(*holder);
    }
    base::Json details = base::Json::object();
    if (auto kept = active_reservation(handling.world, sale.car_id)) {
        kept->status = ReservationStatus::kDisputed;
        kept->dispute_code = std::string(name_of(Code::kCarSold));
        details["disputed_reservation_id"] = kept->id.to_string();
        handling.put(std::move(*kept));
    }
    stand_again(handling, sale);
    if (holder) details["disputed_sale_id"] = holder->id.to_string();
    return done(handling, std::move(details));
}

// Another car for the same money: the price stays as agreed, the papers are made anew.
Outcome give_other_car(Handling& handling, Sale& sale, const Uuid& car_id) {
    const auto car = handling.world.get<Car>(car_id);
    if (!car || car_id == sale.car_id) return refuse(Code::kNotFound, "other_car_id");
    if (car->archived || car->availability == Availability::kArchived)
        return refuse(Code::kCarArchived, "other_car_id");
    if (car->availability == Availability::kSold || holder_of(handling.world, car_id, sale.id))
        return refuse(Code::kCarSold, "other_car_id");
    if (car->availability == Availability::kReserved)
        return refuse(Code::kCarReservedByOther, "other_car_id");
    if (car->currency != sale.currency) return refuse(Code::kCurrencyMismatch, "other_car_id");
    const auto old = handling.world.get<Car>(sale.car_id);
    const Sale before = sale;
    base::Json details = base::Json::object();
    if (auto stopped = reissue(handling, sale, *car, details)) return *stopped;
    release_car(handling, before);
    const std::string note = "Other car given: VIN " + car->vin +
                             (old ? " instead of VIN " + old->vin : std::string()) + ".";
    if (!sale.notes.empty()) sale.notes += "\n";
    sale.notes += note;
    stand_again(handling, sale);
    return done(handling, std::move(details));
}

Outcome decide_order(Handling& handling, const DecideDispute& args) {
    auto order = handling.world.get<OutgoingOrder>(args.order_id);
    if (!order) return refuse(Code::kNotFound, "order_id");
    if (auto stopped = check_right(handling, Area::kSaleDecisions, Action::kChange,
                                   facts_about(handling, *order)))
        return *stopped;
    if (order->status != OrderStatus::kDisputed) {
        const auto from = kOrderStatusNames[static_cast<std::size_t>(order->status)];
        return refuse(Code::kWrongState, "order_id", {{"from", from}, {"to", "completed"}});
    }
    base::Json details = {{"order_id", order->id.to_string()}};
    if (args.decision == Decision::kGiveGoods) {
        if (auto stopped = complete_order(handling, std::move(*order))) return *stopped;
        return done(handling, std::move(details));
    }
    if (args.decision != Decision::kRefund) return refuse(Code::kInvalid, "decision");
    if (args.reason.empty()) return refuse(Code::kReasonMissing, "reason");
    if (auto stopped = end_order(handling, std::move(*order), args.reason, details))
        return *stopped;
    return done(handling, std::move(details));
}

Outcome decide_dispute(Handling& handling) {
    const auto& args = handling.as<DecideDispute>();
    if (!args.order_id.is_nil() && args.sale_id.is_nil()) return decide_order(handling, args);
    if (!args.order_id.is_nil() || args.decision == Decision::kGiveGoods)
        return refuse(Code::kInvalid, args.order_id.is_nil() ? "decision" : "order_id");
    auto sale = handling.world.get<Sale>(args.sale_id);
    if (!sale) return refuse(Code::kNotFound, "sale_id");
    const bool refund = args.decision == Decision::kRefund;
    const SaleStatus to = refund ? SaleStatus::kRefunded : SaleStatus::kCompleted;
    if (auto stopped = check_decision(handling, *sale, to)) return *stopped;
    if (sale->status != SaleStatus::kDisputed) return wrong_state(*sale, to);
    if (args.decision == Decision::kGiveCar) return give_car(handling, *sale);
    if (args.decision == Decision::kOtherCar)
        return give_other_car(handling, *sale, args.other_car_id);
    if (args.reason.empty()) return refuse(Code::kReasonMissing, "reason");
    base::Json details = base::Json::object();
    if (auto stopped = end_sale(handling, *sale, to, args.reason, details)) return *stopped;
    return done(handling, std::move(details));
}

base::Result<base::Json> quote_money_back(World& world, const Uuid& sale_id,
                                          RefundTerms (*quote)(World&,
                                                               const Invoice&) = &quote_refund) {
    const auto sale = world.get<Sale>(sale_id);
    const auto invoice = sale ? world.get<Invoice>(sale->invoice_id) : std::nullopt;
    if (!sale)
        return base::fail(base::ErrorKind::kNotFound, "This sale is not there.",
                          std::string(name_of(Code::kNotFound)), "sale_id");
    return invoice ? to_json(quote(world, *invoice)) : base::Json::object();
}

base::Result<base::Json> quote_end(World& world, const Command&, const Context&, const Row& row) {
    SHOWFLOOR_ASSIGN(const auto args, from_row<EndSale>(row));
    return quote_money_back(world, args.sale_id);
}

base::Result<base::Json> quote_decision(World& world, const Command&, const Context&,
                                        const Row& row) {
    SHOWFLOOR_ASSIGN(const auto args, from_row<DecideDispute>(row));
    if (args.decision == Decision::kGiveCar || args.decision == Decision::kGiveGoods)
        return base::Json::object();
    if (const auto order = world.get<OutgoingOrder>(args.order_id)) {
        const auto invoice = world.get<Invoice>(order->invoice_id);
        return invoice ? to_json(quote_refund(world, *invoice)) : base::Json::object();
    }
    const bool other = args.decision == Decision::kOtherCar;
    return quote_money_back(world, args.sale_id, other ? &quote_reissue : &quote_refund);
}

}  // namespace

std::vector<CommandSpec> decision_commands() {
    const std::vector<Code> people = {Code::kActorInactive, Code::kActorRoleChanged};
    const std::vector<Code> refusals = {
        Code::kNotFound,   Code::kNotAllowed,    Code::kApproverMissing, Code::kApproverNotAllowed,
        Code::kWrongState, Code::kReasonMissing, Code::kInvalid,         Code::kTermsChanged,
        Code::kForged};
    const std::vector<SeriesKind> documents = {SeriesKind::kCreditNote, SeriesKind::kReceipt};
    CommandSpec refund{.name = "refund_sale",
                       .from_terminal = true,
                       .records_what_happened = true,
                       .area = Area::kSaleDecisions,
                       .action = Action::kChange,
                       .args = &describe<EndSale>(),
                       .run = &run_with<EndSale, &refund_sale>,
                       .quote = &quote_end,
                       .refusals = refusals,
                       .contested = people,
                       .documents = documents};
    CommandSpec cancel{.name = "cancel_sale",
                       .from_terminal = true,
                       .area = Area::kSaleDecisions,
                       .action = Action::kChange,
                       .args = &describe<EndSale>(),
                       .run = &run_with<EndSale, &cancel_sale>,
                       .quote = &quote_end,
                       .refusals = refusals,
                       .contested = people,
                       .documents = documents};
    CommandSpec decide{.name = "decide_dispute",
                       .from_terminal = true,
                       .area = Area::kSaleDecisions,
                       .action = Action::kChange,
                       .args = &describe<DecideDispute>(),
                       .run = &run_with<DecideDispute, &decide_dispute>,
                       .quote = &quote_decision,
                       .refusals = refusals,
                       .contested = people,
                       .documents = documents};
    decide.documents.push_back(SeriesKind::kInvoice);
    for (const Code code : {Code::kCarArchived, Code::kCarSold, Code::kCarReservedByOther,
                            Code::kCurrencyMismatch, Code::kOversold})
        decide.refusals.push_back(code);
    return {std::move(refund), std::move(cancel), std::move(decide)};
}

}  // namespace showfloor::domain
