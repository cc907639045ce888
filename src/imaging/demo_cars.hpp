#pragma once
// The demo dealership's pictures, drawn from code so that the repository holds no large binaries.
// Thread contract: pure functions, any thread; one picture takes about 0.1 s.

#include <optional>
#include <string_view>

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

}  // namespace showfloor::imaging::demo
