#pragma once
// SignatureBox: the customer signs with a finger. Thread contract: UI thread.

#include <string>
#include <string_view>

#include "ui/widgets.hpp"

namespace showfloor::terminal {

// `strokes` is the invoice's: JSON [[[x,y],...],...] in 0..1000 on both axes, empty for none. True
// in every frame it grew.
bool signature_box(ui::Context& ui, ui::Area area, std::string_view id, std::string_view invite,
                   std::string& strokes);

}  // namespace showfloor::terminal
