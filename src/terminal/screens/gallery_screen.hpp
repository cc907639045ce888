#pragma once
// Gallery: a car's pictures over the whole screen, to swipe and to look at closely by button,
// double tap or pinch. Thread contract: UI thread.

#include "terminal/screens/shell.hpp"
#include "ui/controls.hpp"

namespace showfloor::terminal {

class GalleryScreen final : public ui::Screen {
   public:
    GalleryScreen(Shell& shell, const base::Uuid& car_id, std::size_t picture)
        : shell_(shell), car_id_(car_id), picture_(picture) {}
    [[nodiscard]] std::string_view name() const override { return "gallery"; }
    void draw(ui::Context& ui) override;
    void on_enter() override { shell_.visit.at_car = car_id_; }
    void on_leave() override { shell_.visit.at_car = {}; }

   private:
    void draw_controls(ui::Context& ui, ui::Area screen, std::size_t count);

    Shell& shell_;
    base::Uuid car_id_;
    std::size_t picture_;
    ui::ZoomState zoom_;
};

}  // namespace showfloor::terminal
