#pragma once
// Studio pictures of cars that belong to no maker, and how one takes any colour. They were rendered
// once (assets/demo/generator): `base` is the car in black paint, `paint` what white paint would
// add to each point, mirrored light on floor and chrome included, and `room` how much of a point is
// floor and wall. base + paint * colour is then the car in that colour, its highlights still white.
// Thread contract: pure functions, any thread; read_studio reads three files.

#include <array>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "imaging/image.hpp"

namespace showfloor::imaging {

// A car's pictures, in the order in which they are shown.
inline constexpr std::array<std::string_view, 4> kStudioViews = {"front", "side", "rear", "detail"};
inline constexpr std::array<std::string_view, 8> kStudioStyles = {
    "sedan", "hatchback", "suv", "compact_suv", "pickup", "van", "coupe", "wagon"};
inline constexpr int kStudioWidth = 1600;
inline constexpr int kStudioHeight = 1000;

// The style that comes nearest to a car's body style; "sedan" when nothing does.
[[nodiscard]] std::string_view studio_style(std::string_view body_style);

struct Studio {
    Image base;
    Image paint;  // grey
    Image room;   // grey
};

// kNotFound without the files, kInvalid when they are damaged or not kStudioWidth x kStudioHeight.
[[nodiscard]] base::Result<Studio> read_studio(const std::string& folder, std::string_view style,
                                               std::string_view view);

// What the light of floor and wall is multiplied by.
struct Ground {
    float r = 1;
    float g = 1;
    float b = 1;
};

// The three pictures of `studio` must be of one size. About 0.05 s for a whole picture.
[[nodiscard]] Image tint(const Studio& studio, Rgb paint, Ground ground = {});

}  // namespace showfloor::imaging
