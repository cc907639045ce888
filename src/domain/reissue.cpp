// Another car on a sale's papers (deal.hpp): invoice credited, a new one written, money booked
// over.

#include "domain/deal.hpp"
#include "domain/limits.hpp"
#include "domain/shown.hpp"
#include "domain/tills.hpp"

namespace showfloor::domain {

namespace {

using Stopped = std::optional<Outcome>;

bool stands(const Payment& payment) {
    return payment.status != PaymentStatus::kFailed && payment.amount_minor > 0 &&
           payment.reversed_by.is_nil();
}

std::vector<Payment> standing_payments(World& world, const Uuid& invoice_id) {
    auto payments = payments_of(world, invoice_id);
    std::erase_if(payments, [](const Payment& payment) { return !stands(payment); });
    return payments;
}

// As frozen, and as World has it: money that moved meanwhile is looked at by a person again.
Stopped check_terms(Handling& handling, const Invoice& invoice) {
    if (handling.command.terms.empty()) {
        if (handling.context.terminal_id.is_nil()) return std::nullopt;
        return refuse(Code::kInvalid, "terms");
    }
    const auto given = from_json<RefundTerms>(handling.command.terms, Intake::kArguments);
    if (!given) return refuse(Code::kForged, "terms." + given.error().field);
    if (to_row(*given) != to_row(quote_reissue(handling.world, invoice)))
        return refuse(Code::kTermsChanged);
    return std::nullopt;
}

struct Numbers {
    std::string credit_note, invoice;
    std::vector<std::string> receipts;
};

std::optional<Numbers> take_numbers(Handling& handling, const Branch& branch,
                                    std::size_t receipts) {
    Numbers numbers;
    auto note = take_number(handling, branch, SeriesKind::kCreditNote);
    auto invoice = take_number(handling, branch, SeriesKind::kInvoice);
    if (!note || !invoice) return std::nullopt;
    numbers.credit_note = std::move(*note);
    numbers.invoice = std::move(*invoice);
    while (numbers.receipts.size() < receipts) {
        auto receipt = take_number(handling, branch, SeriesKind::kReceipt);
        if (!receipt) return std::nullopt;
        numbers.receipts.push_back(std::move(*receipt));
    }
    return numbers;
}

// The old paper with another number and another car; nobody has signed it yet.
Invoice next_invoice(const Handling& handling, const Invoice& old, std::string number) {
    Invoice invoice = old;
    static_cast<RecordBase&>(invoice) = {};
    invoice.id = handling.derived_id("invoice", 0);
    invoice.number = std::move(number);
    invoice.date_of_purchase = handling.command.occurred_at;
    invoice.credited_minor = 0;
    invoice.signature.clear();
    invoice.payment_proof.clear();
    return invoice;
}

void write_lines(Handling& handling, const Invoice& old, const Invoice& fresh, const Car& car) {
    const auto lines = handling.world.find<InvoiceLine>(
        {.where = {{"invoice_id", Value{old.id.to_string()}}}, .limit = kMaxRelatedRows});
    int ordinal = 0;
    for (InvoiceLine line : lines) {
        static_cast<RecordBase&>(line) = {};
        line.id = handling.derived_id("invoice_line", ordinal++);
        line.invoice_id = fresh.id;
        if (line.kind == LineKind::kCar) line.description = describe_car(car);
        handling.put(std::move(line));
    }
}

// The same money on the new invoice. A cleared payment's slip stays with the original; a pending
// one's goes along, for it will be cleared here.
Payment booked_over(Handling& handling, const Payment& old, const Invoice& fresh,
                    std::string_view reason, int ordinal) {
    Payment payment = old;
    static_cast<RecordBase&>(payment) = {};
    payment.id = handling.derived_id("payment", ordinal);
    payment.invoice_id = fresh.id;
    payment.at = handling.command.occurred_at;
    payment.received_by = handling.actor.user_id;
    payment.reason = std::string(reason);
    payment.reviews.clear();
    payment.reservation_id = {};  // the deposit itself stays where it was credited first
    book_at_till(handling, payment);
    if (old.status == PaymentStatus::kCleared) payment.reference.clear();
    return payment;
}

class Receipts {
   public:
    Receipts(Handling& handling, std::vector<std::string> numbers)
        : handling_(handling), numbers_(std::move(numbers)) {}
    void write(const Payment& payment, std::int64_t balance, base::Json& details) {
        const Uuid id = handling_.derived_id("receipt", static_cast<int>(next_));
        handling_.put(receipt_for(payment, id, std::move(numbers_[next_]), balance));
        details["receipt_ids"].push_back(id.to_string());
        ++next_;
    }

   private:
    Handling& handling_;
    std::vector<std::string> numbers_;
    std::size_t next_ = 0;
};

}  // namespace

RefundTerms quote_reissue(World& world, const Invoice& invoice) {
    RefundTerms terms;
    for (const Payment& payment : standing_payments(world, invoice.id))
        terms.payment_ids.push_back(payment.id.to_string());
    terms.credit_minor = invoice.total_amount_minor;
    return terms;
}

std::optional<Outcome> reissue(Handling& handling, Sale& sale, const Car& car,
                               base::Json& details) {
    auto old = handling.world.get<Invoice>(sale.invoice_id);
    const auto branch = handling.world.get<Branch>(sale.branch_id);
    if (!old || !branch) return refuse(Code::kNotFound, "sale_id");
    // Half credited already: what is left is no whole deal that another car could be given for.
    if (old->credited_minor != 0) return refuse(Code::kWrongState, "sale_id");
    if (auto stopped = check_terms(handling, *old)) return stopped;
    auto payments = standing_payments(handling.world, old->id);
    std::size_t cleared = 0;
    for (const Payment& payment : payments)
        cleared += payment.status == PaymentStatus::kCleared ? 1 : 0;
    auto numbers = take_numbers(handling, *branch, cleared + payments.size());
    if (!numbers) return refuse(Code::kForged, "numbers");

    // From here on nothing refuses.
    Receipts receipts(handling, std::move(numbers->receipts));
    Invoice fresh = next_invoice(handling, *old, std::move(numbers->invoice));
    const std::string reason = "Invoice " + old->number + " was replaced by " + fresh.number + ".";
    const CreditNote note = credit_note_for(handling, *old, old->total_amount_minor,
                                            std::move(numbers->credit_note), reason);
    handling.put(note);
    old->credited_minor = old->total_amount_minor;
    std::int64_t over = -old->amount_paid_minor;  // of the old invoice, now that it is credited
    std::int64_t balance = fresh.total_amount_minor;
    int ordinal = 0;
    for (Payment& payment : payments) {
        const Payment moved = booked_over(handling, payment, fresh, reason, ordinal++);
        if (payment.status == PaymentStatus::kCleared) {
            const Payment counter = counter_payment(handling, payment, ordinal++, reason);
            over += payment.amount_minor;
            balance -= payment.amount_minor;
            receipts.write(counter, over, details);
            handling.put(counter);
        } else {
            payment.status = PaymentStatus::kFailed;
            payment.reason = reason;
        }
        receipts.write(moved, balance, details);
        handling.put(std::move(payment));
        handling.put(moved);
    }
    write_lines(handling, *old, fresh, car);
    sale.car_id = car.id;
    sale.invoice_id = fresh.id;
    details["invoice_id"] = fresh.id.to_string();
    details["invoice_number"] = fresh.number;
    details["credit_note_id"] = note.id.to_string();
    details["credit_note_number"] = note.number;
    settle(handling, std::move(*old));
    settle(handling, std::move(fresh));
    return std::nullopt;
}

}  // namespace showfloor::domain
