#pragma once
// SaleAction: one change to a recorded sale, from the sheet that asks for what it needs, over the
// approver who signs in for it, to the command. Thread contract: UI thread.

#include <functional>
#include <optional>
#include <string>

#include "documents/sale_documents.hpp"
#include "terminal/screens/approval.hpp"

namespace showfloor::terminal {

enum class SaleActionKind {
    kTakePayment,
    kClear,
    kFail,
    kReverse,
    kDeliver,
    kRefund,
    kCancel,
    kCreditNote,
};

class SaleAction {
   public:
    explicit SaleAction(Shell& shell) : shell_(shell), approval_(shell) {}
    // `payment` for those about one. `suggested_minor` stands in the amount at first.
    void open(SaleActionKind kind, const documents::SaleFile& file,
              const domain::Payment* payment = nullptr, std::int64_t suggested_minor = 0);
    // Draws what is open, last of all. True in the frame in which a change was recorded.
    bool draw(ui::Context& ui);

   private:
    struct Sheet {
        SaleActionKind kind;
        base::Uuid sale_id, invoice_id, payment_id;
        base::Uuid branch_id, seller_id;
        std::string currency, amount, reference, reason;
        std::int64_t most_minor = 0;     // of an amount
        std::int64_t about_minor = 0;    // what the words speak of
        std::int64_t pending_minor = 0;  // on its way, when a payment is taken
        domain::PaymentMethod method = domain::PaymentMethod::kCash;
    };
    void draw_sheet(ui::Context& ui);
    void draw_payment(ui::Context& ui, ui::Area& area);
    void draw_reason(ui::Context& ui, ui::Area& area);
    void go_on(ui::Context& ui);
    void submit(const text::Strings& strings);
    [[nodiscard]] bool needs_approver() const;
    [[nodiscard]] domain::Command command() const;
    [[nodiscard]] std::string trouble() const;  // a key; empty = go on

    Shell& shell_;
    Alive alive_;
    Approval approval_;
    std::optional<Sheet> sheet_;
    std::string error_;
    float high_ = 480;  // of the sheet
    bool waiting_ = false, done_ = false, tried_ = false;
    const text::Strings* strings_ = nullptr;  // outlives frames
};

}  // namespace showfloor::terminal
