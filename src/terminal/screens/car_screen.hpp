#pragma once
// Car: one car, large. Thread contract: UI thread.

#include "terminal/screens/shell.hpp"

namespace showfloor::terminal {

class CarScreen final : public ui::Screen {
   public:
    CarScreen(Shell& shell, const base::Uuid& car_id) : shell_(shell), car_id_(car_id) {}
    [[nodiscard]] std::string_view name() const override { return "car"; }
    void draw(ui::Context& ui) override;

   private:
    void draw_pictures(ui::Context& ui, ui::Area area, const CatalogueCar& car);
    void draw_facts(ui::Context& ui, ui::Area area, const CatalogueCar& car);

    Shell& shell_;
    base::Uuid car_id_;
    std::shared_ptr<Catalogue> catalogue_;  // keeps the car while it is shown
    std::size_t picture_ = 0;
};

}  // namespace showfloor::terminal
