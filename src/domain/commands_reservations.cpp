// Reservations: a car kept for somebody, with or without a deposit.
//
// They hand out receipts and money, so central never refuses them for what changed meanwhile
// (others_build_on_it): a wish that came second is kept as disputed, with its deposit.

#include "domain/command_parts.hpp"
#include "domain/deal.hpp"
#include "domain/limits.hpp"
#include "domain/reservations.hpp"
#include "domain/shown.hpp"
#include "domain/transitions_orders.hpp"

namespace showfloor::domain {

namespace {

using Stopped = std::optional<Outcome>;

struct ReserveCar {
    Uuid id, car_id, customer_id;
    std::string walk_in_name;
    UtcMs until = 0;
    std::int64_t deposit_minor = 0;
    PaymentMethod deposit_method = PaymentMethod::kCash;
    std::string deposit_reference;
};

// What was shown when it was made.
struct ReserveTerms {
    std::string currency;
    std::int64_t price_minor = 0;
    std::string car_tax_code;
    DepositRule deposit_rule = DepositRule::kRefund;
    std::string shown;  // as SaleTerms::shown
};

enum class DepositChoice { kByRule, kRefund, kForfeit };
constexpr std::array<std::string_view, 3> kDepositChoiceNames = {"by_rule", "refund", "forfeit"};

struct CancelReservation {
    Uuid reservation_id;
    std::string reason;
    DepositChoice deposit = DepositChoice::kByRule;
};
struct ExpireReservation {
    Uuid reservation_id;
};

}  // namespace

template <>
const Description& describe<ReserveCar>() {
    using F = build::Of<ReserveCar>;
    static const Description d{
        "reserve_car",
        "",
        {
            F::id<&ReserveCar::id>("id").require(),
            F::id<&ReserveCar::car_id>("car_id", "car").require(),
            F::id<&ReserveCar::customer_id>("customer_id", "customer"),
            F::text<&ReserveCar::walk_in_name>("walk_in_name"),
            F::time<&ReserveCar::until>("until").require(),
            F::money<&ReserveCar::deposit_minor>("deposit_minor"),
            F::choice<&ReserveCar::deposit_method>("deposit_method", kPaymentMethodNames),
            F::text<&ReserveCar::deposit_reference>("deposit_reference", 100),
        },
        Synced::kNever,
        {}};
    return d;
}

template <>
const Description& describe<ReserveTerms>() {
    using F = build::Of<ReserveTerms>;
    static const Description d{
        "reserve_terms",
        "",
        {
            F::text<&ReserveTerms::currency>("currency", 3).require(),
            F::money<&ReserveTerms::price_minor>("price_minor").require(),
            F::text<&ReserveTerms::car_tax_code>("car_tax_code", 20),
            F::choice<&ReserveTerms::deposit_rule>("deposit_rule", kDepositRuleNames).require(),
            F::json<&ReserveTerms::shown>("shown", 4000),
        },
        Synced::kNever,
        {}};
    return d;
}

template <>
const Description& describe<CancelReservation>() {
    using F = build::Of<CancelReservation>;
    static const Description d{
        "cancel_reservation",
        "",
        {
            F::id<&CancelReservation::reservation_id>("reservation_id", "reservation").require(),
            F::text<&CancelReservation::reason>("reason", 400),
            F::choice<&CancelReservation::deposit>("deposit", kDepositChoiceNames),
        },
        Synced::kNever,
        {}};
    return d;
}

template <>
const Description& describe<ExpireReservation>() {
    using F = build::Of<ExpireReservation>;
    static const Description d{
        "expire_reservation",
        "",
        {
            F::id<&ExpireReservation::reservation_id>("reservation_id", "reservation").require(),
        },
        Synced::kNever,
        {}};
    return d;
}

namespace {

// ---- reserve_car ------------------------------------------------------------------------------

// At a terminal its own branch's, else the seller's, else the car's.
std::optional<Branch> branch_of(Handling& handling, const Car& car) {
    Uuid id = handling.actor.branch_id;
    if (const auto terminal = handling.world.get<Terminal>(handling.context.terminal_id))
        id = terminal->branch_id;
    return handling.world.get<Branch>(id.is_nil() ? car.branch_id : id);
}

base::Result<base::Json> quote_reserve(World& world, const Command& command, const Context& context,
                                       const Row& row) {
    SHOWFLOOR_ASSIGN(const auto args, from_row<ReserveCar>(row));
    const auto car = world.get<Car>(args.car_id);
    if (!car)
        return base::fail(base::ErrorKind::kNotFound,
                          "This car is not there; refresh and try again.",
                          std::string(name_of(Code::kNotFound)), "car_id");
    ReserveTerms terms;
    terms.currency = car->currency;
    terms.price_minor = car->price_minor;
    terms.car_tax_code = car->tax_code;
    Uuid branch_id = car->branch_id;
    if (const auto terminal = world.get<Terminal>(context.terminal_id)) {
        branch_id = terminal->branch_id;
    } else if (const auto seller = world.get<User>(command.actor_id);
               seller && !seller->branch_id.is_nil()) {
        branch_id = seller->branch_id;
    }
    if (const auto branch = world.get<Branch>(branch_id)) terms.deposit_rule = branch->deposit_rule;
    RecordSale shown;
    shown.car_id = args.car_id;
    shown.customer_id = args.customer_id;
    terms.shown = shown_of(world, shown);
    return to_json(terms);
}

struct Wish {
    const ReserveCar& args;
    ReserveTerms terms;
    Car car;
    std::optional<Customer> customer;
    Branch branch;
    bool new_car = false, new_customer = false;
    std::vector<Payment> deposit;
};

// A central that was set back may not know them any more; the deposit was taken all the same.
void make_unknown(Handling& handling, Wish& wish, std::optional<Car>& car) {
    SaleTerms terms;
    terms.currency = wish.terms.currency;
    terms.price_minor = wish.terms.price_minor;
    terms.car_tax_code = wish.terms.car_tax_code;
    terms.shown = wish.terms.shown;
    RecordSale sale;
    sale.car_id = wish.args.car_id;
    sale.customer_id = wish.args.customer_id;
    if (!car) {
        car = shown_car(terms, sale);
        wish.new_car = car.has_value();
    }
    if (!wish.customer && !wish.args.customer_id.is_nil()) {
        wish.customer = shown_customer(terms, sale);
        wish.new_customer = true;
    }
    handling.flag(Code::kNotKnown);
}

Stopped find_parties(Handling& handling, Wish& wish) {
    if (auto stopped = check_new<Reservation>(handling, wish.args.id)) return stopped;
    const auto terms = from_json<ReserveTerms>(handling.command.terms, Intake::kArguments);
    const bool named = !wish.args.customer_id.is_nil();
    if (named == !wish.args.walk_in_name.empty()) return refuse(Code::kInvalid, "customer_id");
    auto car = handling.world.get<Car>(wish.args.car_id);
    wish.customer = customer_behind(handling.world, wish.args.customer_id);
    if (terms) wish.terms = *terms;
    const bool unknown = !car || (named && !wish.customer);
    if (unknown && terms && handling.must_apply()) make_unknown(handling, wish, car);
    if (!car) return refuse(Code::kNotFound, "car_id");
    if (named && !wish.customer) return refuse(Code::kNotFound, "customer_id");
    auto branch = branch_of(handling, *car);
    if (!branch) return refuse(Code::kNotFound, "branch_id");
    wish.car = std::move(*car);
    wish.branch = std::move(*branch);
    if (wish.new_car) {
        wish.car.branch_id = wish.branch.id;
        wish.car.created_by = handling.actor.user_id;
    }
    if (wish.new_customer) wish.customer->branch_id = wish.branch.id;
    if (!terms) return refuse(Code::kInvalid, "terms");
    return std::nullopt;
}

Stopped check_rights(Handling& handling, const Wish& wish) {
    const Uuid seller = handling.actor.user_id;
    if (seller.is_nil()) return refuse(Code::kNotAllowed);
    const Facts own{.branch_id = wish.branch.id,
                    .owner_id = seller,
                    .subject_role = Role::kNobody,
                    .subject_id = {}};
    if (auto stopped = check_right(handling, Area::kReservations, Action::kCreate, own))
        return stopped;
    if (!wish.customer) return std::nullopt;
    return check_right(handling, Area::kCustomers, Action::kRead,
                       facts_about(handling, *wish.customer), "customer_id");
}

Stopped check_wish(Handling& handling, const Wish& wish) {
    const UtcMs now = handling.command.occurred_at;
    if (wish.args.until <= now || wish.args.until > now + kMaxReservedAheadMs)
        return refuse(Code::kInvalid, "until");
    const bool against_world = handling.context.terms == Context::Terms::kAgainstWorld;
    const bool changed = wish.terms.price_minor != wish.car.price_minor ||
                         wish.terms.currency != wish.car.currency ||
                         wish.terms.deposit_rule != wish.branch.deposit_rule;
    if (changed && against_world) return refuse(Code::kTermsChanged);
    if (changed && !wish.new_car) handling.flag(Code::kTermsChanged);
    if (wish.args.deposit_minor > wish.terms.price_minor)
        return refuse(Code::kInvalid, "deposit_minor");
    if (wish.args.deposit_method == PaymentMethod::kTradeIn)
        return refuse(Code::kInvalid, "deposit_method");
    return std::nullopt;
}

Stopped check_car(Handling& handling, const Wish& wish) {
    const auto found = [&](Code code) -> Stopped {
        if (handling.contest(code)) return std::nullopt;
        Outcome outcome = handling.contested_outcome();
        outcome.field = "car_id";
        return outcome;
    };
    const Car& car = wish.car;
    if (wish.customer && wish.customer->archived) {
        if (auto stopped = found(Code::kCustomerArchived)) return stopped;
    }
    if (car.archived || car.availability == Availability::kArchived)
        return found(Code::kCarArchived);
    if (car.availability == Availability::kSold || holder_of(handling.world, car.id, {}))
        return found(Code::kCarSold);
    if (car.availability == Availability::kReserved) return found(Code::kCarReservedByOther);
    return std::nullopt;
}

// Only what is about the car itself makes it come second.
Code dispute_of(const Handling& handling) {
    for (const Code code : {Code::kCarArchived, Code::kCarSold, Code::kCarReservedByOther}) {
        const auto& flagged = handling.reviews;
        if (handling.contested == code ||
            std::find(flagged.begin(), flagged.end(), code) != flagged.end())
            return code;
    }
    return Code::kNone;
}

Reservation reservation_of(const Handling& handling, const Wish& wish) {
    Reservation made;
    made.id = wish.args.id;
    made.car_id = wish.car.id;
    if (wish.customer) made.customer_id = wish.customer->id;
    made.walk_in_name = wish.args.walk_in_name;
    made.seller_id = handling.actor.user_id;
    made.branch_id = wish.branch.id;
    made.terminal_id = handling.context.terminal_id;
    made.until = wish.args.until;
    made.currency = wish.terms.currency;
    made.deposit_minor = wish.args.deposit_minor;
    made.deposit_rule = wish.terms.deposit_rule;
    made.deposit_state = wish.deposit.empty() ? DepositState::kNone : DepositState::kHeld;
    made.car_was = wish.car.availability;
    const Code dispute = dispute_of(handling);
    if (dispute != Code::kNone) {
        made.status = ReservationStatus::kDisputed;
        made.dispute_code = std::string(name_of(dispute));
    }
    for (const Code review : handling.reviews)
        if (review != dispute) add_review(made.reviews, review);
    if (handling.contested != dispute) add_review(made.reviews, handling.contested);
    return made;
}

Outcome reserve_car(Handling& handling) {
    Wish wish{.args = handling.as<ReserveCar>(),
              .terms = {},
              .car = {},
              .customer = {},
              .branch = {},
              .new_car = false,
              .new_customer = false,
              .deposit = {}};
    if (auto stopped = find_parties(handling, wish)) return *stopped;
    if (auto stopped = check_rights(handling, wish)) return *stopped;
    if (auto stopped = check_wish(handling, wish)) return *stopped;
    if (auto stopped = check_car(handling, wish)) return *stopped;
    if (wish.args.deposit_minor > 0) {
        std::int64_t left = wish.args.deposit_minor;
        const PaymentFor what{.invoice_id = {},
                              .reservation_id = wish.args.id,
                              .sale_id = {},
                              .branch_id = wish.branch.id,
                              .customer_id = wish.customer ? wish.customer->id : Uuid{},
                              .currency = wish.terms.currency};
        if (auto stopped = gather_payments(
                handling, what,
                {{wish.args.deposit_method, wish.args.deposit_minor, wish.args.deposit_reference}},
                left, wish.deposit)) {
            stopped->field = "deposit_reference";
            return *stopped;
        }
    }
    auto numbers = take_receipt_numbers(handling, wish.branch, wish.deposit.size());
    if (!numbers) return refuse(Code::kForged, "numbers");
    const Reservation made = reservation_of(handling, wish);
    handling.put(made);
    base::Json details = {
        {"reservation_id", made.id.to_string()},
        {"status", kReservationStatusNames[static_cast<std::size_t>(made.status)]}};
    if (!wish.deposit.empty()) {
        std::int64_t balance = wish.terms.price_minor;
        write_payments(handling, wish.deposit, std::move(*numbers), balance, details);
    }
    if (wish.new_customer) handling.put(*wish.customer);
    const bool keeps = made.status == ReservationStatus::kActive;
    if (keeps) wish.car.availability = Availability::kReserved;
    if (keeps || wish.new_car) handling.put(wish.car);
    return done(handling, std::move(details));
}

// ---- cancel_reservation -----------------------------------------------------------------------

// Whoever came second gets the deposit back, whatever the rule.
DepositRule rule_of(const Reservation& reservation) {
    return reservation.status == ReservationStatus::kDisputed ? DepositRule::kRefund
                                                              : reservation.deposit_rule;
}

bool refunds(const Reservation& reservation, DepositChoice choice) {
    if (choice == DepositChoice::kByRule) return rule_of(reservation) == DepositRule::kRefund;
    return choice == DepositChoice::kRefund;
}

std::vector<Payment> cleared_deposits(World& world, const Reservation& reservation) {
    auto payments = standing_deposits(world, reservation.id);
    std::erase_if(payments, [](const auto& one) { return one.status != PaymentStatus::kCleared; });
    return payments;
}

RefundTerms quote_deposit(World& world, const Reservation& reservation, DepositChoice choice) {
    RefundTerms terms;
    if (!refunds(reservation, choice)) return terms;
    for (const Payment& one : cleared_deposits(world, reservation))
        terms.payment_ids.push_back(one.id.to_string());
    return terms;
}

base::Result<base::Json> quote_cancel(World& world, const Command&, const Context&,
                                      const Row& row) {
    SHOWFLOOR_ASSIGN(const auto args, from_row<CancelReservation>(row));
    const auto reservation = world.get<Reservation>(args.reservation_id);
    if (!reservation)
        return base::fail(base::ErrorKind::kNotFound, "This reservation is not there.",
                          std::string(name_of(Code::kNotFound)), "reservation_id");
    return to_json(quote_deposit(world, *reservation, args.deposit));
}

// What the terms give back; an outcome when they are not this reservation's deposits.
Stopped deposits_to_return(Handling& handling, const Reservation& reservation, DepositChoice choice,
                           std::vector<Payment>& payments) {
    const RefundTerms now = quote_deposit(handling.world, reservation, choice);
    RefundTerms terms = now;
    if (!handling.command.terms.empty()) {
        const auto given = from_json<RefundTerms>(handling.command.terms, Intake::kArguments);
        if (!given || given->credit_minor != 0) return refuse(Code::kForged, "terms");
        terms = *given;
        if (to_row(terms) != to_row(now)) {
            if (handling.context.terms == Context::Terms::kAgainstWorld)
                return refuse(Code::kTermsChanged);
            handling.flag(Code::kTermsChanged);
        }
    }
    for (const std::string& text : terms.payment_ids) {
        const auto id = base::Uuid::parse(text);
        auto payment = id ? handling.world.get<Payment>(*id) : std::nullopt;
        const bool twice = std::any_of(payments.begin(), payments.end(),
                                       [&](const Payment& one) { return one.id == *id; });
        if (!payment || twice || payment->reservation_id != reservation.id ||
            payment->amount_minor <= 0)
            return refuse(Code::kForged, "terms.payment_ids");
        if (!payment->reversed_by.is_nil()) handling.flag(Code::kAlreadyReversed);
        payments.push_back(std::move(*payment));
    }
    return std::nullopt;
}

void give_back(Handling& handling, std::vector<Payment>& payments, std::vector<std::string> numbers,
               const std::string& reason, base::Json& details) {
    for (std::size_t i = 0; i < payments.size(); ++i) {
        const int ordinal = static_cast<int>(i);
        const Payment counter = counter_payment(handling, payments[i], ordinal, reason);
        const Receipt receipt =
            receipt_for(counter, handling.derived_id("receipt", ordinal), std::move(numbers[i]), 0);
        handling.put(counter);
        handling.put(payments[i]);
        handling.put(receipt);
        details["receipt_ids"].push_back(receipt.id.to_string());
        // Credited to a sale meanwhile: the money is gone from there.
        if (auto invoice = handling.world.get<Invoice>(counter.invoice_id))
            settle(handling, std::move(*invoice));
    }
}

DepositState state_after(const Reservation& reservation, bool refund) {
    switch (reservation.deposit_state) {
        case DepositState::kHeld:
        case DepositState::kOwed:
        case DepositState::kForfeited:
            return refund ? DepositState::kRefunded : DepositState::kForfeited;
        default:
            return reservation.deposit_state;
    }
}

Outcome cancel_reservation(Handling& handling) {
    const auto& args = handling.as<CancelReservation>();
    auto reservation = handling.world.get<Reservation>(args.reservation_id);
    const auto branch =
        reservation ? handling.world.get<Branch>(reservation->branch_id) : std::nullopt;
    if (!reservation || !branch) return refuse(Code::kNotFound, "reservation_id");
    const Facts facts = facts_about(handling, *reservation);
    if (auto stopped = check_right(handling, Area::kReservations, Action::kChange, facts))
        return *stopped;
    const bool ends = may_become(reservation->status, ReservationStatus::kCancelled);
    if (!ends && !handling.tolerate(Code::kWrongState)) {
        const auto from = kReservationStatusNames[static_cast<std::size_t>(reservation->status)];
        return refuse(Code::kWrongState, "reservation_id", {{"from", from}, {"to", "cancelled"}});
    }
    if (args.reason.empty()) return refuse(Code::kReasonMissing, "reason");
    const bool refund = refunds(*reservation, args.deposit);
    const bool by_rule = refund == (rule_of(*reservation) == DepositRule::kRefund);
    if (!by_rule && !handling.must_apply()) {
        if (auto stopped = check_right(handling, Area::kSaleDecisions, Action::kChange, facts))
            return *stopped;
    }
    std::vector<Payment> payments;
    if (auto stopped = deposits_to_return(handling, *reservation, args.deposit, payments))
        return *stopped;
    auto numbers = take_receipt_numbers(handling, *branch, payments.size());
    if (!numbers) return refuse(Code::kForged, "numbers");

    base::Json details = {{"reservation_id", reservation->id.to_string()}};
    give_back(handling, payments, std::move(*numbers), args.reason, details);
    give_car_back(handling, *reservation);
    if (refund || !payments.empty()) {
        for (Payment& one : standing_deposits(handling.world, reservation->id)) {
            if (one.status != PaymentStatus::kPending) continue;
            one.status = PaymentStatus::kFailed;
            one.reason = args.reason;
            handling.put(std::move(one));
        }
    }
    reservation->deposit_state = state_after(*reservation, refund || !payments.empty());
    if (ends) {
        reservation->status = ReservationStatus::kCancelled;
        reservation->reason = args.reason;
        reservation->ended_at = handling.command.occurred_at;
    }
    for (const Code review : handling.reviews)
        add_review(reservation->reviews, review);
    details["deposit_state"] =
        kDepositStateNames[static_cast<std::size_t>(reservation->deposit_state)];
    handling.put(std::move(*reservation));
    return done(handling, std::move(details));
}

// ---- expire_reservation -----------------------------------------------------------------------

// A machine hands out no money: what the rule gives back is owed until a person does.
Outcome expire_reservation(Handling& handling) {
    auto reservation =
        handling.world.get<Reservation>(handling.as<ExpireReservation>().reservation_id);
    if (!reservation) return refuse(Code::kNotFound, "reservation_id");
    const bool due = reservation->until <= handling.command.occurred_at;
    if (!due || !may_become(reservation->status, ReservationStatus::kExpired))
        return refuse(Code::kWrongState, "reservation_id");
    give_car_back(handling, *reservation);
    reservation->status = ReservationStatus::kExpired;
    reservation->ended_at = handling.command.occurred_at;
    if (reservation->deposit_state == DepositState::kHeld)
        reservation->deposit_state = reservation->deposit_rule == DepositRule::kForfeit
                                         ? DepositState::kForfeited
                                         : DepositState::kOwed;
    handling.put(std::move(*reservation));
    return done(handling);
}

}  // namespace

std::vector<CommandSpec> reservation_commands() {
    using enum Code;
    CommandSpec reserve{
        .name = "reserve_car",
        .from_terminal = true,
        .others_build_on_it = true,
        .area = Area::kReservations,
        .action = Action::kCreate,
        .args = &describe<ReserveCar>(),
        .run = &run_with<ReserveCar, &reserve_car>,
        .quote = &quote_reserve,
        .refusals = {kAlreadyDone, kInvalid, kNotFound, kNotAllowed, kTermsChanged, kForged},
        .contested = {kActorInactive, kActorRoleChanged, kCustomerArchived, kCarArchived, kCarSold,
                      kCarReservedByOther, kReferenceUsed},
        .documents = {SeriesKind::kReceipt}};
    CommandSpec cancel{.name = "cancel_reservation",
                       .from_terminal = true,
                       .others_build_on_it = true,
                       .area = Area::kReservations,
                       .action = Action::kChange,
                       .args = &describe<CancelReservation>(),
                       .run = &run_with<CancelReservation, &cancel_reservation>,
                       .quote = &quote_cancel,
                       .refusals = {kNotFound, kNotAllowed, kWrongState, kReasonMissing,
                                    kApproverMissing, kApproverNotAllowed, kForged, kTermsChanged},
                       .contested = {kActorInactive, kActorRoleChanged},
                       .documents = {SeriesKind::kReceipt}};
    CommandSpec expire = central_command(
        "expire_reservation", Area::kReservations, Action::kChange, describe<ExpireReservation>(),
        &run_with<ExpireReservation, &expire_reservation>, {kNotFound, kWrongState});
    expire.system_only = true;
    return {std::move(reserve), std::move(cancel), std::move(expire)};
}

}  // namespace showfloor::domain
