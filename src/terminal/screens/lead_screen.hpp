#pragma once
// Lead: who would like to drive a car, or be called back, and when. Nothing is stored without
// consent; what is typed stands in the Visit and goes with it. Thread contract: UI thread.

#include <string>
#include <vector>

#include "terminal/screens/shell.hpp"

namespace showfloor::terminal {

class LeadScreen final : public ui::Screen {
   public:
    LeadScreen(Shell& shell, const base::Uuid& car_id) : shell_(shell), car_id_(car_id) {}
    [[nodiscard]] std::string_view name() const override { return "lead"; }
    void draw(ui::Context& ui) override;
    void on_enter() override { shell_.visit.at_car = car_id_; }
    void on_leave() override { shell_.visit.at_car = {}; }

   private:
    enum class State { kForm, kSending, kSent };
    void draw_about(ui::Context& ui, ui::Area& area, const CatalogueCar* car, bool beside);
    void draw_form(ui::Context& ui, ui::Area page, const CatalogueCar* car);
    void draw_who(ui::Context& ui, ui::Area& area);
    void draw_when(ui::Context& ui, ui::Area& area);
    void draw_consent(ui::Context& ui, ui::Area& area);
    void draw_sent(ui::Context& ui, ui::Area page);
    void check(const ui::Context& ui);
    void send(ui::Context& ui);
    void take(const domain::Outcome& outcome, const text::Strings& strings);
    [[nodiscard]] base::UtcMs preferred_at() const;

    Shell& shell_;
    base::Uuid car_id_;
    std::shared_ptr<Catalogue> catalogue_;
    State state_ = State::kForm;
    bool asked_ = false;  // "send" was touched: errors are shown from now on
    std::string name_error_, reach_error_, email_error_, consent_error_, refusal_;
    Alive alive_;
};

}  // namespace showfloor::terminal
