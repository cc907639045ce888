#pragma once
// The booking of money that several commands share: an invoice's sums, counter-payments, credit
// notes. Nothing outside src/domain includes it. Thread contract: as handlers.hpp.

#include <optional>
#include <vector>

#include "domain/handlers.hpp"
#include "domain/refund_terms.hpp"
#include "domain/sale_terms.hpp"

namespace showfloor::domain {

[[nodiscard]] std::vector<Payment> payments_of(World& world, const Uuid& invoice_id);

// The one place an invoice's status comes from.
[[nodiscard]] InvoiceStatus invoice_status(std::int64_t total, std::int64_t paid,
                                           std::int64_t credited, bool was_ever_paid);
// Works out paid, balance and status anew from all payments and puts the invoice.
void settle(Handling& handling, Invoice invoice);
// The same from all its payments in hand, before they are put.
void settle(Handling& handling, Invoice invoice, const std::vector<Payment>& payments);

// What may still be taken: total less credited, cleared and pending.
[[nodiscard]] std::int64_t open_amount(World& world, const Invoice& invoice);

// Another payment of the branch and method bears this reference already (failed ones are free).
[[nodiscard]] bool reference_is_used(World& world, const Uuid& branch_id, PaymentMethod method,
                                     std::string_view reference);

[[nodiscard]] PaymentStatus first_status(PaymentMethod method);  // cash and trade-in: cleared

// What a payment is for.
struct PaymentFor {
    Uuid invoice_id, reservation_id, sale_id, branch_id, customer_id;
    std::string currency;
};
[[nodiscard]] Payment payment_for(Handling& handling, const PaymentFor& what, int ordinal,
                                  PaymentMethod method, std::int64_t amount_minor,
                                  std::string reference);
// The parts of a price as payments, never over what is `left`; nothing is written. A used reference
// is contested. An outcome = stop.
[[nodiscard]] std::optional<Outcome> gather_payments(Handling& handling, const PaymentFor& what,
                                                     const std::vector<PaymentPart>& parts,
                                                     std::int64_t& left,
                                                     std::vector<Payment>& payments);
// That many receipts' numbers; nullopt = forged.
[[nodiscard]] std::optional<std::vector<std::string>> take_receipt_numbers(Handling& handling,
                                                                           const Branch& branch,
                                                                           std::size_t many);
// Puts payments with a receipt each; `balance` falls with what is cleared. Names the receipts in
// `details`.
void write_payments(Handling& handling, const std::vector<Payment>& payments,
                    std::vector<std::string> numbers, std::int64_t& balance, base::Json& details);

[[nodiscard]] Receipt receipt_for(const Payment& payment, const Uuid& id, std::string number,
                                  std::int64_t balance_after_minor);

// The counter-payment of `payment`, cleared, with its own id; links are set on both.
[[nodiscard]] Payment counter_payment(Handling& handling, Payment& payment, int ordinal,
                                      std::string_view reason);

[[nodiscard]] CreditNote credit_note_for(const Handling& handling, const Invoice& invoice,
                                         std::int64_t amount_minor, std::string number,
                                         std::string_view reason);

// Gives all money of an invoice back: counter-payments with receipts, pending payments failed, a
// credit note. Judges the frozen terms and takes the numbers first; an outcome = refused, nothing
// written. `details` receives ids and numbers, `reviews` what a person should look at.
[[nodiscard]] std::optional<Outcome> give_money_back(Handling& handling, const Uuid& invoice_id,
                                                     std::vector<std::string>& reviews,
                                                     std::string_view reason, base::Json& details);

// The deal goes on with `car` in place of the sale's, for the same money: the invoice is credited
// whole, another one with the new car's line takes its place, and every payment is booked over to
// it (a counter-payment there, the same amount here, a receipt for each). An outcome = refused,
// nothing written; otherwise the sale names the new car and invoice and is not put yet.
[[nodiscard]] std::optional<Outcome> reissue(Handling& handling, Sale& sale, const Car& car,
                                             base::Json& details);
// Its terms: what is credited, and the payments that are booked over, pending ones too.
[[nodiscard]] RefundTerms quote_reissue(World& world, const Invoice& invoice);

// The car goes back on offer when this sale had it; call before the sale's status changes.
void release_car(Handling& handling, const Sale& sale);

}  // namespace showfloor::domain
