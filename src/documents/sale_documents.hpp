#pragma once
// The papers of a sale: invoice (A4), receipt (A4 and 80 mm), credit note (A4), and what it earned
// (A4, confidential). Drawn from records alone, whenever they are wanted; never stored.
// Thread contract: pure functions over a Canvas.

#include <optional>
#include <string>
#include <vector>

#include "documents/canvas.hpp"
#include "domain/records.hpp"
#include "text/strings.hpp"

namespace showfloor::documents {

// Everything a paper of one sale may name. Fields that a paper does not use may be empty.
struct SaleFile {
    domain::Branch branch;
    Picture logo;  // the branch's
    domain::Customer customer;
    domain::Car car;
    domain::Sale sale;
    domain::Invoice invoice;
    std::vector<domain::InvoiceLine> lines;
    std::vector<domain::Payment> payments;
    std::vector<domain::Receipt> receipts;
    std::vector<domain::CreditNote> credit_notes;
    std::string seller_name;
};

enum class Paper { kA4, kRoll80 };

// A receipt on a roll is as long as its content.
void draw_invoice(Canvas& canvas, const SaleFile& file, const text::Strings& strings);
void draw_receipt(Canvas& canvas, const SaleFile& file, const domain::Receipt& receipt, Paper paper,
                  const text::Strings& strings);
void draw_credit_note(Canvas& canvas, const SaleFile& file, const domain::CreditNote& note,
                      const text::Strings& strings);
// `taken_back`: another report has booked the reverse of this one.
void draw_report(Canvas& canvas, const SaleFile& file, const domain::Report& report,
                 bool taken_back, const text::Strings& strings);

}  // namespace showfloor::documents
