// Money after the sale: taken, cleared, failed, taken back, credited.

#include <algorithm>

#include "domain/deal.hpp"
#include "domain/handlers.hpp"
#include "domain/reservations.hpp"
#include "domain/transitions.hpp"

namespace showfloor::domain {

namespace {

struct TakePayment {
    Uuid id, invoice_id;
    std::int64_t amount_minor = 0;
    PaymentMethod method = PaymentMethod::kCash;
    std::string reference;
};
struct ClearPayment {
    Uuid payment_id;
};
struct FailPayment {
    Uuid payment_id;
    std::string reason;
};
struct ReversePayment {
    Uuid payment_id;
    std::string reason;
};
struct IssueCreditNote {
    Uuid invoice_id;
    std::int64_t amount_minor = 0;  // 0 = all that is not credited yet
    std::string reason;
};

constexpr std::int64_t kReasonLength = 400;

}  // namespace

template <>
const Description& describe<TakePayment>() {
    using F = build::Of<TakePayment>;
    static const Description d{
        "take_payment",
        "",
        {
            F::id<&TakePayment::id>("id").require(),
            F::id<&TakePayment::invoice_id>("invoice_id", "invoice").require(),
            F::money<&TakePayment::amount_minor>("amount_minor")
                .require()
                .range(1, build::kMoneyMax),
            F::choice<&TakePayment::method>("method", kPaymentMethodNames).require(),
            F::text<&TakePayment::reference>("reference", 100),
        },
        Synced::kNever,
        {}};
    return d;
}

template <>
const Description& describe<ClearPayment>() {
    using F = build::Of<ClearPayment>;
    static const Description d{
        "clear_payment",
        "",
        {
            F::id<&ClearPayment::payment_id>("payment_id", "payment").require(),
        },
        Synced::kNever,
        {}};
    return d;
}

template <>
const Description& describe<FailPayment>() {
    using F = build::Of<FailPayment>;
    static const Description d{
        "fail_payment",
        "",
        {
            F::id<&FailPayment::payment_id>("payment_id", "payment").require(),
            F::text<&FailPayment::reason>("reason", kReasonLength),
        },
        Synced::kNever,
        {}};
    return d;
}

template <>
const Description& describe<ReversePayment>() {
    using F = build::Of<ReversePayment>;
    static const Description d{
        "reverse_payment",
        "",
        {
            F::id<&ReversePayment::payment_id>("payment_id", "payment").require(),
            F::text<&ReversePayment::reason>("reason", kReasonLength),
        },
        Synced::kNever,
        {}};
    return d;
}

template <>
const Description& describe<IssueCreditNote>() {
    using F = build::Of<IssueCreditNote>;
    static const Description d{
        "issue_credit_note",
        "",
        {
            F::id<&IssueCreditNote::invoice_id>("invoice_id", "invoice").require(),
            F::money<&IssueCreditNote::amount_minor>("amount_minor"),
            F::text<&IssueCreditNote::reason>("reason", kReasonLength),
        },
        Synced::kNever,
        {}};
    return d;
}

namespace {

Outcome take_payment(Handling& handling) {
    const auto& args = handling.as<TakePayment>();
    if (auto stopped = check_new<Payment>(handling, args.id)) return *stopped;
    auto invoice = handling.world.get<Invoice>(args.invoice_id);
    const auto branch = invoice ? handling.world.get<Branch>(invoice->branch_id) : std::nullopt;
    if (!invoice || !branch) return refuse(Code::kNotFound, "invoice_id");
    if (auto stopped =
            check_right(handling, Area::kSales, Action::kCreate, facts_about(handling, *invoice)))
        return *stopped;
    Payment payment;
    const std::int64_t open = open_amount(handling.world, *invoice);
    if (args.amount_minor > open) {
        if (!handling.contest(Code::kOverBalance)) {
            Outcome outcome = handling.contested_outcome();
            outcome.field = "amount_minor";
            outcome.details["balance_minor"] = std::max<std::int64_t>(0, open);
            return outcome;
        }
        add_review(payment.reviews, Code::kOverBalance);
    }
    if (reference_is_used(handling.world, invoice->branch_id, args.method, args.reference)) {
        if (!handling.contest(Code::kReferenceUsed)) {
            Outcome outcome = handling.contested_outcome();
            outcome.field = "reference";
            return outcome;
        }
        add_review(payment.reviews, Code::kReferenceUsed);
    }
    auto number = take_number(handling, *branch, SeriesKind::kReceipt);
    if (!number) return refuse(Code::kForged, "numbers");
    auto reviews = std::move(payment.reviews);
    payment = payment_for(handling,
                          {.invoice_id = invoice->id,
                           .reservation_id = {},
                           .sale_id = invoice->sale_id,
                           .branch_id = invoice->branch_id,
                           .customer_id = invoice->customer_id,
                           .currency = invoice->currency},
                          0, args.method, args.amount_minor, args.reference);
    payment.id = args.id;
    payment.reviews = std::move(reviews);
    const bool cleared = payment.status == PaymentStatus::kCleared;
    const std::int64_t balance = invoice->balance_minor - (cleared ? args.amount_minor : 0);
    const Receipt receipt =
        receipt_for(payment, handling.derived_id("receipt", 0), std::move(*number), balance);
    handling.put(payment);
    handling.put(receipt);
    settle(handling, std::move(*invoice));
    return done(handling, {{"payment_id", payment.id.to_string()},
                           {"receipt_ids", {receipt.id.to_string()}},
                           {"receipt_number", receipt.number},
                           {"balance_minor", balance}});
}

// clear and fail: along the transition table; what another terminal settled otherwise stays as it
// is and is flagged.
Outcome settle_payment(Handling& handling, const Uuid& payment_id, PaymentStatus to,
                       std::string_view reason) {
    auto payment = handling.world.get<Payment>(payment_id);
    if (!payment) return refuse(Code::kNotFound, "payment_id");
    auto invoice = handling.world.get<Invoice>(payment->invoice_id);
    if (auto stopped =
            check_right(handling, Area::kSales, Action::kChange, facts_about(handling, *payment)))
        return *stopped;
    if (may_become(payment->status, to)) {
        payment->status = to;
        if (!reason.empty()) payment->reason = std::string(reason);
    } else {
        if (!handling.tolerate(Code::kWrongState)) {
            const auto name = [](PaymentStatus status) {
                return kPaymentStatusNames[static_cast<std::size_t>(status)];
            };
            return refuse(Code::kWrongState, "payment_id",
                          {{"from", name(payment->status)}, {"to", name(to)}});
        }
        add_review(payment->reviews, Code::kWrongState);
    }
    const Uuid reservation_id = payment->reservation_id;
    handling.put(std::move(*payment));
    if (invoice) {
        settle(handling, std::move(*invoice));
    } else {
        settle_deposit(handling, reservation_id);
    }
    return done(handling);
}

Outcome clear_payment(Handling& handling) {
    return settle_payment(handling, handling.as<ClearPayment>().payment_id, PaymentStatus::kCleared,
                          "");
}

Outcome fail_payment(Handling& handling) {
    const auto& args = handling.as<FailPayment>();
    return settle_payment(handling, args.payment_id, PaymentStatus::kFailed, args.reason);
}

Outcome reverse_payment(Handling& handling) {
    const auto& args = handling.as<ReversePayment>();
    auto payment = handling.world.get<Payment>(args.payment_id);
    const auto branch = payment ? handling.world.get<Branch>(payment->branch_id) : std::nullopt;
    if (!payment || !branch) return refuse(Code::kNotFound, "payment_id");
    auto invoice = handling.world.get<Invoice>(payment->invoice_id);
    if (auto stopped = check_right(handling, Area::kSaleDecisions, Action::kChange,
                                   facts_about(handling, *payment)))
        return *stopped;
    if (args.reason.empty()) return refuse(Code::kReasonMissing, "reason");
    // A counter-payment is never taken back itself: that would be a payment, take it as one.
    if (payment->amount_minor <= 0) return refuse(Code::kWrongState, "payment_id");
    if (!payment->reversed_by.is_nil() && !handling.tolerate(Code::kAlreadyReversed))
        return refuse(Code::kAlreadyReversed, "payment_id");
    if (payment->status != PaymentStatus::kCleared && !handling.tolerate(Code::kWrongState))
        return refuse(Code::kWrongState, "payment_id");
    auto number = take_number(handling, *branch, SeriesKind::kReceipt);
    if (!number) return refuse(Code::kForged, "numbers");
    Payment counter = counter_payment(handling, *payment, 0, args.reason);
    for (const Code review : handling.reviews)
        add_review(counter.reviews, review);
    const std::int64_t balance = invoice ? invoice->balance_minor + payment->amount_minor : 0;
    const Receipt receipt =
        receipt_for(counter, handling.derived_id("receipt", 0), std::move(*number), balance);
    handling.put(counter);
    handling.put(*payment);
    handling.put(receipt);
    if (invoice) {
        settle(handling, std::move(*invoice));
    } else {
        settle_deposit(handling, payment->reservation_id);
    }
    return done(handling, {{"payment_id", counter.id.to_string()},
                           {"receipt_ids", {receipt.id.to_string()}},
                           {"receipt_number", receipt.number},
                           {"balance_minor", balance}});
}

// ---- issue_credit_note ------------------------------------------------------------------------

std::int64_t not_credited(const Invoice& invoice) {
    return std::max<std::int64_t>(0, invoice.total_amount_minor - invoice.credited_minor);
}

// "All of it" is frozen as the amount that stood on the paper.
base::Result<base::Json> quote_credit_note(World& world, const Command&, const Context&,
                                           const Row& row) {
    SHOWFLOOR_ASSIGN(const auto args, from_row<IssueCreditNote>(row));
    const auto invoice = world.get<Invoice>(args.invoice_id);
    if (!invoice)
        return base::fail(base::ErrorKind::kNotFound, "This invoice is not there.",
                          std::string(name_of(Code::kNotFound)), "invoice_id");
    RefundTerms terms;
    terms.credit_minor = args.amount_minor > 0 ? args.amount_minor : not_credited(*invoice);
    return to_json(terms);
}

Outcome issue_credit_note(Handling& handling) {
    const auto& args = handling.as<IssueCreditNote>();
    auto invoice = handling.world.get<Invoice>(args.invoice_id);
    const auto branch = invoice ? handling.world.get<Branch>(invoice->branch_id) : std::nullopt;
    if (!invoice || !branch) return refuse(Code::kNotFound, "invoice_id");
    if (auto stopped = check_right(handling, Area::kSaleDecisions, Action::kChange,
                                   facts_about(handling, *invoice)))
        return *stopped;
    if (args.reason.empty()) return refuse(Code::kReasonMissing, "reason");
    std::int64_t amount = args.amount_minor > 0 ? args.amount_minor : not_credited(*invoice);
    if (args.amount_minor == 0 && handling.context.terms == Context::Terms::kAddUp &&
        !handling.command.terms.empty()) {
        const auto terms = from_json<RefundTerms>(handling.command.terms, Intake::kArguments);
        if (!terms || terms->credit_minor > invoice->total_amount_minor)
            return refuse(Code::kForged, "terms");
        amount = terms->credit_minor;
    }
    if (amount == 0) return refuse(Code::kNothingToRefund, "invoice_id");
    if (amount > invoice->total_amount_minor) return refuse(Code::kInvalid, "amount_minor");
    if (amount > not_credited(*invoice) && !handling.tolerate(Code::kNothingToRefund))
        return refuse(Code::kNothingToRefund, "amount_minor",
                      {{"left_minor", not_credited(*invoice)}});
    auto number = take_number(handling, *branch, SeriesKind::kCreditNote);
    if (!number) return refuse(Code::kForged, "numbers");
    const CreditNote note =
        credit_note_for(handling, *invoice, amount, std::move(*number), args.reason);
    handling.put(note);
    invoice->credited_minor += amount;
    settle(handling, std::move(*invoice));
    return done(handling,
                {{"credit_note_id", note.id.to_string()}, {"credit_note_number", note.number}});
}

}  // namespace

std::vector<CommandSpec> payment_commands() {
    const std::vector<Code> people = {Code::kActorInactive, Code::kActorRoleChanged};
    CommandSpec take{
        .name = "take_payment",
        .from_terminal = true,
        .records_what_happened = true,
        .area = Area::kSales,
        .action = Action::kCreate,
        .args = &describe<TakePayment>(),
        .run = &run_with<TakePayment, &take_payment>,
        .refusals = {Code::kAlreadyDone, Code::kNotFound, Code::kNotAllowed, Code::kForged},
        .contested = {Code::kActorInactive, Code::kActorRoleChanged, Code::kOverBalance,
                      Code::kReferenceUsed},
        .documents = {SeriesKind::kReceipt}};
    CommandSpec clear{.name = "clear_payment",
                      .from_terminal = true,
                      .records_what_happened = true,
                      .area = Area::kSales,
                      .action = Action::kChange,
                      .args = &describe<ClearPayment>(),
                      .run = &run_with<ClearPayment, &clear_payment>,
                      .refusals = {Code::kNotFound, Code::kNotAllowed, Code::kWrongState},
                      .contested = people,
                      .documents = {}};
    CommandSpec fail{.name = "fail_payment",
                     .from_terminal = true,
                     .records_what_happened = true,
                     .area = Area::kSales,
                     .action = Action::kChange,
                     .args = &describe<FailPayment>(),
                     .run = &run_with<FailPayment, &fail_payment>,
                     .refusals = {Code::kNotFound, Code::kNotAllowed, Code::kWrongState},
                     .contested = people,
                     .documents = {}};
    CommandSpec reverse{.name = "reverse_payment",
                        .from_terminal = true,
                        .records_what_happened = true,
                        .area = Area::kSaleDecisions,
                        .action = Action::kChange,
                        .args = &describe<ReversePayment>(),
                        .run = &run_with<ReversePayment, &reverse_payment>,
                        .refusals = {Code::kNotFound, Code::kNotAllowed, Code::kApproverMissing,
                                     Code::kApproverNotAllowed, Code::kReasonMissing,
                                     Code::kAlreadyReversed, Code::kWrongState, Code::kForged},
                        .contested = people,
                        .documents = {SeriesKind::kReceipt}};
    CommandSpec credit{.name = "issue_credit_note",
                       .from_terminal = true,
                       .records_what_happened = true,
                       .area = Area::kSaleDecisions,
                       .action = Action::kChange,
                       .args = &describe<IssueCreditNote>(),
                       .run = &run_with<IssueCreditNote, &issue_credit_note>,
                       .quote = &quote_credit_note,
                       .refusals = {Code::kNotFound, Code::kNotAllowed, Code::kApproverMissing,
                                    Code::kApproverNotAllowed, Code::kReasonMissing, Code::kForged,
                                    Code::kInvalid, Code::kNothingToRefund},
                       .contested = people,
                       .documents = {SeriesKind::kCreditNote}};
    return {std::move(take), std::move(clear), std::move(fail), std::move(reverse),
            std::move(credit)};
}

}  // namespace showfloor::domain
