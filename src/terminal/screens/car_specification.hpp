#pragma once
// A car's specification in cards, one for each part of it. Thread contract: UI thread.

#include <vector>

#include "terminal/screens/car_words.hpp"

namespace showfloor::terminal {

// Beside each other as long as every line is read whole there; their height is cut off the area.
void draw_spec_groups(ui::Context& ui, ui::Area& area, const std::vector<SpecGroup>& groups);

}  // namespace showfloor::terminal
