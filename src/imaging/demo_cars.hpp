#pragma once
// The demo dealership's pictures, drawn from code so that the repository holds no large binaries.
// Thread contract: pure functions, any thread; one picture takes about 0.05 s.

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "imaging/image.hpp"

namespace showfloor::imaging::demo {

enum class BodyStyle { kSedan, kHatchback, kSuv, kCompactSuv, kPickup, kVan, kCoupe, kWagon };
// Facing left on a warm ground; facing right on a cool one; the front, near, on a dark one.
enum class View { kLeft, kRight, kNear };
inline constexpr int kViews = 3;

// The words the demo cars use ("sedan", "compact_suv", ...); nullopt for others.
[[nodiscard]] std::optional<BodyStyle> body_style(std::string_view word);

// 1600 x 1000, opaque. The same arguments always draw the same picture.
[[nodiscard]] Image draw_car(BodyStyle style, Rgb paint, View view);

// The same for several paints of one car, which takes half the time: their shapes are worked out
// once. Up to 30 MB for each of them meanwhile.
[[nodiscard]] std::vector<Image> draw_cars(BodyStyle style, std::span<const Rgb> paints, View view);

}  // namespace showfloor::imaging::demo
