#pragma once
// A card of one car, as Browse, My picks, Compare and "similar cars" show it. Thread contract: UI
// thread.

#include "terminal/screens/shell.hpp"

namespace showfloor::terminal {

inline constexpr float kCardFoot = 148;  // below the picture, which is 16:10
[[nodiscard]] inline float card_height(float width) {
    return width * 10 / 16 + kCardFoot;
}

// True when it was tapped. Visitors get a heart to keep it.
bool car_card(ui::Context& ui, Shell& shell, ui::Area area, const CatalogueCar& car);
// The heart alone, 52 dp.
void keep_button(ui::Context& ui, Shell& shell, ui::Area area, const domain::Car& car);

}  // namespace showfloor::terminal
