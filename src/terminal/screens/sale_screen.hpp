#pragma once
// Sale: five steps from a car to its papers: car, customer, price, payment, review and signature.
// What is typed is kept as a draft that survives everything; what is shown is what is sold.
// Thread contract: UI thread.

#include <optional>
#include <string>

#include "terminal/screens/sale_customer_step.hpp"
#include "terminal/screens/sale_desk.hpp"

namespace showfloor::terminal {

class SaleScreen final : public ui::Screen {
   public:
    // Of a car: the draft of it that this person kept, or a new sale. Nil: one that begins with
    // choosing the car.
    SaleScreen(Shell& shell, const base::Uuid& car_id);
    // Goes on with what was kept, or begins with what a refused command brings.
    SaleScreen(Shell& shell, const Draft& draft);
    [[nodiscard]] std::string_view name() const override { return "sale"; }
    void draw(ui::Context& ui) override;
    void on_enter() override { shell_.app.hold(desk_.form.car_id); }
    void on_leave() override;

   private:
    void begin(const base::Uuid& car_id);
    void take_draft(const Draft& draft);
    void choose_car(const base::Uuid& car_id);
    void find_draft();
    void read_again();
    void read_terms();
    void go_to(SaleStep step);
    void go_on(ui::Context& ui);
    void go_back();
    void record(ui::Context& ui);
    void take_answer(const Submitted& answer, const text::Strings& strings);
    void watch_draft(ui::Context& ui);
    void leave_when_kept(ui::Context& ui);
    void keep_now();

    void draw_bar(ui::Context& ui, ui::Area& page);
    void draw_stepper(ui::Context& ui, ui::Area area);
    void draw_step(ui::Context& ui, ui::Area page);
    void take_scanned(ui::Context& ui);
    void draw_foot(ui::Context& ui, ui::Area area);
    void draw_news(ui::Context& ui, ui::Area& area);
    void draw_refused(ui::Context& ui, ui::Area& page);
    void draw_taken(ui::Context& ui, ui::Area& page);
    void draw_not_ready(ui::Context& ui, ui::Area page);

    Shell& shell_;
    Alive alive_;
    SaleDesk desk_;
    CarStep car_step_;
    CustomerStep customer_step_;
    bool ready_ = false;     // the draft was looked for
    base::Uuid wanted_car_;  // whose draft is looked for
    bool terms_read_ = false;
    std::uint64_t read_version_ = 0;  // of the records, when something was last asked of them
    bool recording_ = false;
    bool to_top_ = true;   // another step begins at its top
    std::string refused_;  // what the last try was answered

    base::Uuid owner_, draft_id_;  // whose it is; kept after they have gone
    base::Json kept_;              // the draft as it was kept last
    base::Json keeping_;           // on its way to the disk; null = nothing is
    bool leaving_ = false;         // as soon as it is there
    std::int64_t changed_at_ms_ = 0;
    base::UtcMs saved_at_ = 0;  // when it was safe on disk; 0 = not yet
    std::optional<base::Error> save_error_;
};

}  // namespace showfloor::terminal
