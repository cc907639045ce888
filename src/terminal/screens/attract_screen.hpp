#pragma once
// Attract: the best pictures, one after the other, and one invitation. Draws only while one fades
// into the next. Thread contract: UI thread.

#include "terminal/screens/shell.hpp"

namespace showfloor::terminal {

class AttractScreen final : public ui::Screen {
   public:
    explicit AttractScreen(Shell& shell) : shell_(shell) {}
    [[nodiscard]] std::string_view name() const override { return "attract"; }
    void draw(ui::Context& ui) override;

   private:
    void draw_picture(ui::Context& ui, ui::Area page, const domain::CarImage* image);
    void draw_car(ui::Context& ui, ui::Area area, const domain::Car& car);
    void draw_invitation(ui::Context& ui, ui::Area area);

    Shell& shell_;
    std::int64_t next_at_ms_ = 0;
    std::size_t shown_ = 0;
};

}  // namespace showfloor::terminal
