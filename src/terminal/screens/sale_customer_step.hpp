#pragma once
// Steps 1 and 2 of a sale: which car, and who buys it. Thread contract: UI thread.

#include <optional>
#include <string>

#include "terminal/screens/customer_form.hpp"
#include "terminal/screens/sale_desk.hpp"

namespace showfloor::terminal {

class CarStep {
   public:
    // Draws into `view`, which it scrolls itself; the car that was chosen in this frame, or nil.
    base::Uuid draw(ui::Context& ui, SaleDesk& desk, ui::Area view);

   private:
    std::string words_;
};

class CustomerStep {
   public:
    explicit CustomerStep(Shell& shell) : shell_(shell), book_(shell) {}
    void draw(ui::Context& ui, SaleDesk& desk, ui::Area& page);
    // While somebody new is written down the foot of the screen is theirs.
    [[nodiscard]] bool has_foot() const { return form_.has_value(); }
    void draw_foot(ui::Context& ui, ui::Area row);
    // A draft knows whom it was for, whatever step it was left at; the book brings the rest of
    // them.
    void recall(SaleDesk& desk);
    // What is being typed of a new customer, into the draft.
    void keep(SaleForm& form) const;

   private:
    void draw_find(ui::Context& ui, SaleDesk& desk, ui::Area& area);
    void choose(SaleDesk& desk, const domain::Customer& customer);

    Shell& shell_;
    CustomerBook book_;
    std::optional<CustomerForm> form_;
    std::string words_;
};

}  // namespace showfloor::terminal
