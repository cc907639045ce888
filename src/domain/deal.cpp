#include "domain/deal.hpp"

#include <algorithm>

#include "domain/limits.hpp"
#include "domain/money.hpp"
#include "domain/reservations.hpp"
#include "domain/tills.hpp"

namespace showfloor::domain {

namespace {

Value text_value(const Uuid& id) {
    return Value{id.to_string()};
}

// The taxes of a part of an invoice, each class in proportion.
std::vector<InvoiceTax> taxes_of_part(const Invoice& invoice, std::int64_t amount_minor) {
    std::vector<InvoiceTax> taxes = invoice.taxes;
    if (amount_minor == invoice.total_amount_minor || invoice.total_amount_minor == 0) return taxes;
    for (InvoiceTax& tax : taxes) {
        tax.base_minor = proportion_of(tax.base_minor, amount_minor, invoice.total_amount_minor);
        tax.tax_minor = proportion_of(tax.tax_minor, amount_minor, invoice.total_amount_minor);
    }
    return taxes;
}

// What to give back: as frozen, or as World has it when central decides on its own.
std::optional<Outcome> read_terms(Handling& handling, const Invoice& invoice, RefundTerms& terms) {
    const RefundTerms now = quote_refund(handling.world, invoice);
    const bool against_world = handling.context.terms == Context::Terms::kAgainstWorld;
    if (handling.command.terms.empty()) {
        if (!handling.context.terminal_id.is_nil()) return refuse(Code::kInvalid, "terms");
        terms = now;
        return std::nullopt;
    }
    auto given = from_json<RefundTerms>(handling.command.terms, Intake::kArguments);
    if (!given) return refuse(Code::kForged, "terms." + given.error().field);
    terms = std::move(*given);
    if (to_row(terms) != to_row(now)) {
        if (against_world) return refuse(Code::kTermsChanged);
        handling.flag(Code::kTermsChanged);
    }
    if (terms.credit_minor > invoice.total_amount_minor) return refuse(Code::kForged, "terms");
    return std::nullopt;
}

// The payments the terms name; an outcome when they are not this invoice's (forged).
std::optional<Outcome> named_payments(Handling& handling, const Invoice& invoice,
                                      const RefundTerms& terms, std::vector<Payment>& payments) {
    for (const std::string& text : terms.payment_ids) {
        const auto id = base::Uuid::parse(text);
        auto payment = id ? handling.world.get<Payment>(*id) : std::nullopt;
        // A central that was set back hears of it yet: another terminal took it.
        if (id && !payment) return refuse(Code::kNotFound, "terms.payment_ids");
        const bool twice = std::any_of(payments.begin(), payments.end(),
                                       [&](const Payment& one) { return one.id == *id; });
        if (!id || twice || payment->invoice_id != invoice.id || payment->amount_minor <= 0)
            return refuse(Code::kForged, "terms.payment_ids");
        if (!payment->reversed_by.is_nil()) handling.flag(Code::kAlreadyReversed);
        if (payment->status != PaymentStatus::kCleared) handling.flag(Code::kWrongState);
        payments.push_back(std::move(*payment));
    }
    return std::nullopt;
}

// A slip's reference within one command, before World is asked.
bool repeats_reference(const std::vector<PaymentPart>& parts, std::size_t i) {
    if (parts[i].reference.empty()) return false;
    return std::any_of(parts.begin(), parts.begin() + static_cast<std::ptrdiff_t>(i),
                       [&](const PaymentPart& part) {
                           return part.method == parts[i].method &&
                                  part.reference == parts[i].reference;
                       });
}

void fail_pending(Handling& handling, const Invoice& invoice, std::string_view reason) {
    for (Payment& payment : payments_of(handling.world, invoice.id)) {
        if (payment.status != PaymentStatus::kPending) continue;
        payment.status = PaymentStatus::kFailed;
        payment.reason = std::string(reason);
        handling.put(std::move(payment));
    }
}

}  // namespace

template <>
const Description& describe<RefundTerms>() {
    using F = build::Of<RefundTerms>;
    static const Description d{"refund_terms",
                               "",
                               {
                                   F::texts<&RefundTerms::payment_ids>("payment_ids", 1000),
                                   F::money<&RefundTerms::credit_minor>("credit_minor").require(),
                               },
                               Synced::kNever,
                               {}};
    return d;
}

RefundTerms quote_refund(World& world, const Invoice& invoice) {
    RefundTerms terms;
    for (const Payment& payment : payments_of(world, invoice.id)) {
        const bool standing = payment.status == PaymentStatus::kCleared &&
                              payment.amount_minor > 0 && payment.reversed_by.is_nil();
        if (standing) terms.payment_ids.push_back(payment.id.to_string());
    }
    terms.credit_minor =
        std::max<std::int64_t>(0, invoice.total_amount_minor - invoice.credited_minor);
    return terms;
}

std::vector<Payment> payments_of(World& world, const Uuid& invoice_id) {
    return world.find<Payment>(
        {.where = {{"invoice_id", text_value(invoice_id)}}, .limit = kMaxRelatedRows});
}

InvoiceStatus invoice_status(std::int64_t total, std::int64_t paid, std::int64_t credited,
                             bool was_ever_paid) {
    if (credited > 0 && credited >= total)
        return was_ever_paid ? InvoiceStatus::kCredited : InvoiceStatus::kVoid;
    if (paid >= total - credited) return InvoiceStatus::kPaid;
    return paid > 0 ? InvoiceStatus::kPartlyPaid : InvoiceStatus::kOpen;
}

void settle(Handling& handling, Invoice invoice) {
    const auto payments = payments_of(handling.world, invoice.id);
    settle(handling, std::move(invoice), payments);
}

void settle(Handling& handling, Invoice invoice, const std::vector<Payment>& payments) {
    std::int64_t paid = 0;
    bool ever = false;
    for (const Payment& payment : payments) {
        if (payment.status != PaymentStatus::kCleared) continue;
        paid += payment.amount_minor;
        ever = true;
    }
    const std::int64_t total = invoice.total_amount_minor;
    invoice.amount_paid_minor = paid;
    invoice.balance_minor = total - paid - invoice.credited_minor;
    invoice.status = invoice_status(total, paid, invoice.credited_minor, ever);
    handling.put(std::move(invoice));
}

std::int64_t open_amount(World& world, const Invoice& invoice) {
    std::int64_t open = invoice.total_amount_minor - invoice.credited_minor;
    for (const Payment& payment : payments_of(world, invoice.id)) {
        if (payment.status != PaymentStatus::kFailed) open -= payment.amount_minor;
    }
    return open;
}

bool reference_is_used(World& world, const Uuid& branch_id, PaymentMethod method,
                       std::string_view reference) {
    if (reference.empty()) return false;
    const auto name = kPaymentMethodNames[static_cast<std::size_t>(method)];
    const auto found = world.find<Payment>({.where = {{"branch_id", text_value(branch_id)},
                                                      {"method", Value{std::string(name)}},
                                                      {"reference", Value{std::string(reference)}}},
                                            .limit = kMaxRelatedRows});
    return std::any_of(found.begin(), found.end(), [](const Payment& payment) {
        return payment.status != PaymentStatus::kFailed;
    });
}

PaymentStatus first_status(PaymentMethod method) {
    const bool at_once = method == PaymentMethod::kCash || method == PaymentMethod::kTradeIn;
    return at_once ? PaymentStatus::kCleared : PaymentStatus::kPending;
}

Payment payment_for(Handling& handling, const PaymentFor& what, int ordinal, PaymentMethod method,
                    std::int64_t amount_minor, std::string reference) {
    Payment payment;
    payment.id = handling.derived_id("payment", ordinal);
    payment.invoice_id = what.invoice_id;
    payment.reservation_id = what.reservation_id;
    payment.sale_id = what.sale_id;
    payment.branch_id = what.branch_id;
    payment.customer_id = what.customer_id;
    payment.amount_minor = amount_minor;
    payment.currency = what.currency;
    payment.method = method;
    payment.reference = std::move(reference);
    payment.status = first_status(method);
    payment.received_by = handling.actor.user_id;
    payment.at = handling.command.occurred_at;
    book_at_till(handling, payment);
    return payment;
}

std::optional<Outcome> gather_payments(Handling& handling, const PaymentFor& what,
                                       const std::vector<PaymentPart>& parts, std::int64_t& left,
                                       std::vector<Payment>& payments) {
    for (std::size_t i = 0; i < parts.size(); ++i) {
        std::string path = "payments[";
        path += std::to_string(i) + "].";
        const PaymentPart& part = parts[i];
        if (part.method == PaymentMethod::kTradeIn) return refuse(Code::kInvalid, path + "method");
        if (repeats_reference(parts, i)) return refuse(Code::kInvalid, path + "reference");
        if (part.amount_minor > left)
            return refuse(Code::kOverBalance, path + "amount_minor", {{"balance_minor", left}});
        left -= part.amount_minor;
        Payment payment = payment_for(handling, what, static_cast<int>(payments.size()),
                                      part.method, part.amount_minor, part.reference);
        if (reference_is_used(handling.world, what.branch_id, part.method, part.reference)) {
            if (!handling.contest(Code::kReferenceUsed)) {
                Outcome outcome = handling.contested_outcome();
                outcome.field = path + "reference";
                return outcome;
            }
            add_review(payment.reviews, Code::kReferenceUsed);
        }
        payments.push_back(std::move(payment));
    }
    return std::nullopt;
}

std::optional<std::vector<std::string>> take_receipt_numbers(Handling& handling,
                                                             const Branch& branch,
                                                             std::size_t many) {
    std::vector<std::string> numbers;
    while (numbers.size() < many) {
        auto number = take_number(handling, branch, SeriesKind::kReceipt);
        if (!number) return std::nullopt;
        numbers.push_back(std::move(*number));
    }
    return numbers;
}

void write_payments(Handling& handling, const std::vector<Payment>& payments,
                    std::vector<std::string> numbers, std::int64_t& balance, base::Json& details) {
    base::Json receipts = base::Json::array();
    for (std::size_t i = 0; i < payments.size(); ++i) {
        const Payment& payment = payments[i];
        if (payment.status == PaymentStatus::kCleared) balance -= payment.amount_minor;
        const Uuid id = handling.derived_id("receipt", static_cast<int>(i));
        handling.put(payment);
        handling.put(receipt_for(payment, id, std::move(numbers[i]), balance));
        receipts.push_back(id.to_string());
    }
    details["receipt_ids"] = std::move(receipts);
    details["balance_minor"] = balance;
}

Receipt receipt_for(const Payment& payment, const Uuid& id, std::string number,
                    std::int64_t balance_after_minor) {
    Receipt receipt;
    receipt.id = id;
    receipt.number = std::move(number);
    receipt.payment_id = payment.id;
    receipt.invoice_id = payment.invoice_id;
    receipt.reservation_id = payment.reservation_id;
    receipt.customer_id = payment.customer_id;
    receipt.user_id = payment.received_by;
    receipt.branch_id = payment.branch_id;
    receipt.currency = payment.currency;
    receipt.amount_paid_minor = payment.amount_minor;
    receipt.balance_after_minor = balance_after_minor;
    return receipt;
}

Payment counter_payment(Handling& handling, Payment& payment, int ordinal,
                        std::string_view reason) {
    Payment counter = payment;
    static_cast<RecordBase&>(counter) = {};
    counter.id = handling.derived_id("payment", ordinal);
    counter.amount_minor = -payment.amount_minor;
    counter.status = PaymentStatus::kCleared;
    counter.reference.clear();  // the original keeps its slip's reference
    counter.received_by = handling.actor.user_id;
    counter.at = handling.command.occurred_at;
    counter.reverses_id = payment.id;
    counter.reversed_by = {};
    counter.reason = std::string(reason);
    counter.reviews.clear();
    book_at_till(handling, counter);
    if (payment.reversed_by.is_nil()) {
        payment.reversed_by = counter.id;
    } else {
        add_review(counter.reviews, Code::kAlreadyReversed);
    }
    return counter;
}

CreditNote credit_note_for(const Handling& handling, const Invoice& invoice,
                           std::int64_t amount_minor, std::string number, std::string_view reason) {
    CreditNote note;
    note.id = handling.derived_id("credit_note", 0);
    note.number = std::move(number);
    note.invoice_id = invoice.id;
    note.sale_id = invoice.sale_id;
    note.customer_id = invoice.customer_id;
    note.branch_id = invoice.branch_id;
    note.issued_by = handling.actor.user_id;
    note.currency = invoice.currency;
    note.reason = std::string(reason);
    note.prices_include_tax = invoice.prices_include_tax;
    note.taxes = taxes_of_part(invoice, amount_minor);
    note.total_minor = amount_minor;
    return note;
}

std::optional<Outcome> give_money_back(Handling& handling, const Uuid& invoice_id,
                                       std::vector<std::string>& reviews, std::string_view reason,
                                       base::Json& details) {
    auto invoice = handling.world.get<Invoice>(invoice_id);
    const auto branch = invoice ? handling.world.get<Branch>(invoice->branch_id) : std::nullopt;
    if (!invoice || !branch) return refuse(Code::kNotFound, "invoice_id");
    RefundTerms terms;
    if (auto stopped = read_terms(handling, *invoice, terms)) return stopped;
    std::vector<Payment> payments;
    if (auto stopped = named_payments(handling, *invoice, terms, payments)) return stopped;
    std::string note_number;
    if (terms.credit_minor > 0) {
        auto number = take_number(handling, *branch, SeriesKind::kCreditNote);
        if (!number) return refuse(Code::kForged, "numbers");
        note_number = std::move(*number);
    }
    auto receipt_numbers = take_receipt_numbers(handling, *branch, payments.size());
    if (!receipt_numbers) return refuse(Code::kForged, "numbers");
    // From here on nothing refuses.
    invoice->credited_minor += terms.credit_minor;
    std::int64_t balance = invoice->balance_minor - terms.credit_minor;
    for (std::size_t i = 0; i < payments.size(); ++i) {
        const int ordinal = static_cast<int>(i);
        const Payment counter = counter_payment(handling, payments[i], ordinal, reason);
        balance += payments[i].amount_minor;
        handling.put(counter);
        handling.put(payments[i]);
        handling.put(receipt_for(counter, handling.derived_id("receipt", ordinal),
                                 std::move((*receipt_numbers)[i]), balance));
        details["receipt_ids"].push_back(handling.derived_id("receipt", ordinal).to_string());
    }
    fail_pending(handling, *invoice, reason);
    if (terms.credit_minor > 0) {
        const CreditNote note =
            credit_note_for(handling, *invoice, terms.credit_minor, std::move(note_number), reason);
        details["credit_note_id"] = note.id.to_string();
        details["credit_note_number"] = note.number;
        handling.put(note);
    }
    settle(handling, std::move(*invoice));
    for (const Code review : handling.reviews)
        add_review(reviews, review);
    return std::nullopt;
}

void release_car(Handling& handling, const Sale& sale) {
    if (!holds_car(sale)) return;
    auto car = handling.world.get<Car>(sale.car_id);
    if (!car || car->availability == Availability::kArchived) return;
    car->availability = active_reservation(handling.world, car->id) ? Availability::kReserved
                                                                    : Availability::kInStock;
    handling.put(std::move(*car));
}

}  // namespace showfloor::domain
