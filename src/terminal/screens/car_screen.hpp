#pragma once
// Car: one car, large: pictures to swipe, six facts, price by the month, the whole specification,
// what it has, and others like it. Thread contract: UI thread.

#include <memory>
#include <vector>

#include "terminal/screens/shell.hpp"

namespace showfloor::terminal {

class CarScreen final : public ui::Screen {
   public:
    CarScreen(Shell& shell, const base::Uuid& car_id) : shell_(shell), car_id_(car_id) {}
    [[nodiscard]] std::string_view name() const override { return "car"; }
    void draw(ui::Context& ui) override;
    void on_enter() override { shell_.visit.at_car = car_id_; }
    void on_leave() override { shell_.visit.at_car = {}; }

   private:
    [[nodiscard]] const CatalogueCar* find();
    void draw_bar_choices(ui::Context& ui, ui::Area bar, const domain::Car& car);
    void draw_wide(ui::Context& ui, ui::Area page, const CatalogueCar& car);
    void draw_upright(ui::Context& ui, ui::Area page, const CatalogueCar& car);
    [[nodiscard]] bool has_thumbs();
    void draw_pictures(ui::Context& ui, ui::Area area, float hero_height);
    void draw_head(ui::Context& ui, ui::Area& area, const domain::Car& car);
    void draw_price(ui::Context& ui, ui::Area& area, const domain::Car& car);
    void draw_facts(ui::Context& ui, ui::Area& area, const domain::Car& car);
    void draw_features(ui::Context& ui, ui::Area& area, const domain::Car& car);
    // Buttons, or why there are none. Its height is known before.
    [[nodiscard]] float actions_height(ui::Context& ui, const domain::Car& car, float width) const;
    void draw_actions(ui::Context& ui, ui::Area area, const domain::Car& car);
    void draw_more(ui::Context& ui, ui::Area& area, const CatalogueCar& car);
    void draw_specification(ui::Context& ui, ui::Area& area, const domain::Car& car);
    void draw_similar(ui::Context& ui, ui::Area& area, const CatalogueCar& car);
    void draw_all_features(ui::Context& ui, const domain::Car& car);
    [[nodiscard]] bool is_gone(const domain::Car& car) const;
    [[nodiscard]] bool is_sellable(const domain::Car& car) const;
    [[nodiscard]] ui::Banner why_not(const ui::Context& ui, const domain::Car& car) const;

    Shell& shell_;
    base::Uuid car_id_;
    std::shared_ptr<Catalogue> catalogue_;  // keeps the car while it is shown
    std::shared_ptr<Catalogue> similar_of_;
    std::vector<std::uint32_t> similar_;
    std::size_t picture_ = 0;
    bool features_open_ = false;
};

}  // namespace showfloor::terminal
