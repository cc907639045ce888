#pragma once
// Sale: customer, price, payment and the totals on one page. What is typed is kept as a draft that
// survives everything; what is shown is what is sold. Thread contract: UI thread.

#include <optional>
#include <string>

#include "domain/sale_terms.hpp"
#include "terminal/screens/customer_picker.hpp"
#include "terminal/screens/sign_in_screen.hpp"

namespace showfloor::terminal {

class SaleScreen final : public ui::Screen {
   public:
    SaleScreen(Shell& shell, const base::Uuid& car_id);
    [[nodiscard]] std::string_view name() const override { return "sale"; }
    void draw(ui::Context& ui) override;

   private:
    void read_terms();
    void reckon();  // the typed texts into the sale, and its totals
    void draw_customer(ui::Context& ui, ui::Area& page);
    void draw_price(ui::Context& ui, ui::Area& page);
    void draw_discount_rules(ui::Context& ui, ui::Area& area);
    void draw_payment(ui::Context& ui, ui::Area& page);
    void draw_totals(ui::Context& ui, ui::Area& page);
    void draw_foot(ui::Context& ui, ui::Area area);
    bool draw_not_ready(ui::Context& ui, ui::Area page);  // true when there is nothing to sell yet
    void draw_approval(ui::Context& ui);
    void record(ui::Context& ui);
    void keep_draft(ui::Context& ui);
    void take_draft(const base::Json& draft);
    [[nodiscard]] base::Json draft() const;
    [[nodiscard]] bool over_limit() const;
    [[nodiscard]] bool approver_needed() const;  // those who may decide need none
    [[nodiscard]] std::int64_t discount_bp() const;

    Shell& shell_;
    base::Uuid car_id_;
    base::Uuid sale_id_;
    Alive alive_;
    std::optional<CatalogueCar> car_;
    CustomerPicker customer_;

    std::string discount_, reason_, amount_, reference_;
    domain::PaymentMethod method_ = domain::PaymentMethod::kCash;
    domain::RecordSale sale_;
    std::optional<domain::SaleTerms> base_terms_;  // as World has them, without choices
    std::optional<domain::SaleTerms> terms_;       // with them
    std::string trouble_, trouble_field_;          // a translation key, and the field it is about
    std::string refused_;                          // what the last try was answered
    std::optional<Person> approver_;
    std::optional<SignInPanel> approval_;
    bool recording_ = false;
    bool terms_read_ = false;
    bool fresh_ = true;  // not drawn yet: the page begins at its top

    base::Json kept_;  // the draft as it was kept last, or blank
    std::int64_t changed_at_ms_ = 0;
    bool draft_read_ = false, on_disk_ = false;
};

}  // namespace showfloor::terminal
