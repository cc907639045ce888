#pragma once
// SaleDesk: what the five steps of a sale share: the form, the car, who buys, what it comes to, who
// approved. The steps draw parts of it; SaleScreen owns it. Thread contract: UI thread.

#include <functional>
#include <optional>
#include <string>

#include "terminal/screens/approval.hpp"
#include "terminal/screens/sale_form.hpp"
#include "terminal/screens/shell.hpp"

namespace showfloor::terminal {

struct SaleDesk {
    Shell& shell;
    SaleForm form;
    std::optional<CatalogueCar> car;
    std::optional<domain::SaleTerms> base_terms;  // as World has them, without choices
    std::vector<domain::GivenPromotion> offered;  // promotions that the car may have now
    bool fees_left_out = false;  // the branch has some in another currency than the car's
    std::optional<domain::Customer> customer;
    Reckoning sums;
    std::optional<Person> approver;
    Approval approval;
    bool show_troubles = false;  // somebody wanted to go on: every field says what it lacks

    explicit SaleDesk(Shell& the_shell) : shell(the_shell), approval(the_shell) {}

    [[nodiscard]] const std::string& currency() const { return base_terms->currency; }
    // The words of what is wrong at a field; empty when nothing is, or when it is only missing and
    // nobody wanted to go on yet.
    [[nodiscard]] std::string_view error_of(ui::Context& ui, std::string_view field) const;
    [[nodiscard]] bool approver_needed() const;  // those who may decide need none
    void ask_approver();
    // What was approved is another thing now, or nobody sells it here any more.
    void forget_approver();
};

// "Returning customer", or what was typed: as the invoice will say it.
[[nodiscard]] std::string reason_words(const text::Strings& strings, const SaleForm& form);

// ---- the steps, each into the page it cuts its part off
void draw_price_step(ui::Context& ui, SaleDesk& desk, ui::Area& page);
void draw_payment_step(ui::Context& ui, SaleDesk& desk, ui::Area& page);
// `view_height` is what can be seen of the page, with the pad inside where that is possible;
// `draw_news` puts what went wrong where it moves no sum.
void draw_review_step(ui::Context& ui, SaleDesk& desk, ui::Area& page, float view_height,
                      const std::function<void(ui::Area&)>& draw_news);
// How the total comes about, line by line, and what is left of it to pay.
void draw_sale_sums(ui::Context& ui, const SaleDesk& desk, ui::Area& area,
                    bool total_first = false);
// Car, buyer, lines, taxes, total and own commission, live; `tall` with the picture on top,
// smaller where all would not fit into `view_height`.
void draw_sale_summary(ui::Context& ui, SaleDesk& desk, ui::Area& page, bool tall,
                       float view_height = 0);

}  // namespace showfloor::terminal
