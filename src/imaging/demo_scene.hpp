#pragma once
// What stands round a demo car: the studio and the shadow on its floor. Thread contract: pure
// functions.

#include <utility>
#include <vector>

#include "imaging/demo_cars.hpp"
#include "imaging/demo_shapes.hpp"
#include "imaging/draw.hpp"

namespace showfloor::imaging::demo {

// The size of every picture.
inline constexpr int kWidth = 1600;
inline constexpr int kHeight = 1000;
inline constexpr unsigned kBlack = 0x0B0D10;  // of shades: nothing in a room is quite black

// Covers the canvas, which must be as wide as the picture. `horizon` is a row of the picture.
void paint_backdrop(draw::Canvas& canvas, View view, double horizon);

// What the car throws on the floor: coverage and darkness.
[[nodiscard]] std::vector<std::pair<draw::Mask, double>> shadows(const Shape& shape,
                                                                 const draw::Transform& t);

}  // namespace showfloor::imaging::demo
