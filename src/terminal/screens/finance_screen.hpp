#pragma once
// Finance: what a car costs by the month; deposit and term under sliders, the branch's rate, the
// whole schedule. An estimate and said to be one. Thread contract: UI thread.

#include <string>
#include <vector>

#include "domain/finance.hpp"
#include "terminal/screens/shell.hpp"

namespace showfloor::terminal {

class FinanceScreen final : public ui::Screen {
   public:
    FinanceScreen(Shell& shell, const base::Uuid& car_id) : shell_(shell), car_id_(car_id) {}
    [[nodiscard]] std::string_view name() const override { return "finance"; }
    void draw(ui::Context& ui) override;
    void on_enter() override { shell_.visit.at_car = car_id_; }
    void on_leave() override { shell_.visit.at_car = {}; }

   private:
    void draw_car(ui::Context& ui, ui::Area area, const CatalogueCar& car);
    void draw_choices(ui::Context& ui, ui::Area& area, const domain::Car& car);
    void draw_result(ui::Context& ui, ui::Area& area, const domain::Car& car);
    void draw_schedule(ui::Context& ui, ui::Area& area, const domain::Car& car);
    void work_out(const ui::Context& ui, const domain::Car& car);

    Shell& shell_;
    base::Uuid car_id_;
    std::shared_ptr<Catalogue> catalogue_;
    // The plan of the choice, and its words; made when the choice changes.
    domain::FinancePlan plan_;
    std::int64_t deposit_minor_ = 0;
    const text::Strings* words_of_ = nullptr;
    std::vector<double> owed_;
    std::vector<std::string> names_, read_outs_;
};

}  // namespace showfloor::terminal
