#pragma once
// A card of one car, as Browse, My picks, Compare and "similar cars" show it. Thread contract: UI
// thread.

#include "terminal/screens/shell.hpp"

namespace showfloor::terminal {

// The picture is 16:10; below it the words. What a car costs by the month has a line of its own
// where it would not fit beside the price.
[[nodiscard]] float card_height(ui::Context& ui, const Shell& shell, float width);
// The same for a grid of cards: a little more or less picture, so that the last row that is seen
// of `view` stands there with its price.
[[nodiscard]] float card_height_in(ui::Context& ui, const Shell& shell, float width, float view,
                                   float gap);

// True when it was tapped. Visitors get a heart to keep it.
bool car_card(ui::Context& ui, Shell& shell, ui::Area area, const CatalogueCar& car);
// Whether the name and the facts are read in a card so wide, at hardly less than their usual size.
[[nodiscard]] bool card_says_whole(ui::Context& ui, const domain::Car& car, float width);
// The heart alone, 52 dp.
void keep_button(ui::Context& ui, Shell& shell, ui::Area area, const domain::Car& car);

}  // namespace showfloor::terminal
