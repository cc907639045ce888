#include "imaging/demo_scene.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

namespace showfloor::imaging::demo {
namespace {

using draw::Canvas;
using draw::Colour;
using draw::colour;
using draw::Mask;
using draw::mix;
using draw::Path;
using draw::Stop;
using draw::Transform;

struct Backdrop {
    unsigned wall_top, wall_low, floor_far, floor_near;
    double light;  // of the spot behind the car
};

constexpr std::array<Backdrop, kViews> kBackdrops = {{
    {0xDCD6CC, 0xEFEBE4, 0xE3DDD3, 0xC9C1B4, 0.75},
    {0xC6D0D7, 0xE6EBEE, 0xD9E0E4, 0xB4BFC7, 0.75},
    {0x5C656D, 0x8C959C, 0x747D84, 0x3C434A, 0.45},
}};

}  // namespace

// Wall, floor, the spot behind the car and darker corners. All of it is smooth, so it is worked out
// at every sixteenth point and drawn straight between them.
void paint_backdrop(Canvas& canvas, View view, double horizon) {
    const Backdrop& look = kBackdrops.at(static_cast<std::size_t>(view));
    constexpr std::size_t kStep = 16;
    static_assert(kWidth % kStep == 0);
    const double h = horizon / kHeight;
    const std::array<Stop, 4> wall = {{{0, colour(look.wall_top)},
                                       {h - 0.10, colour(look.wall_low)},
                                       {h + 0.05, colour(look.floor_far)},
                                       {1, colour(look.floor_near)}}};
    const auto between = [](double at, double a, double b) {
        return std::clamp((at - a) / (b - a), 0.0, 1.0);
    };
    const auto wall_at = [&](double y) {
        const double down = y / kHeight;
        std::size_t next = 1;
        while (next + 1 < wall.size() && wall[next].at < down)
            ++next;
        const Stop& above = wall[next - 1];
        return mix(above.colour, wall[next].colour, between(down, above.at, wall[next].at));
    };
    const auto lit = [&](Colour c, double x, double y) {
        const auto from_centre = [&](double centre) {
            return std::sqrt((x - kWidth * 0.5) * (x - kWidth * 0.5) + (y - centre) * (y - centre));
        };
        const double spot = from_centre(horizon * 0.62) / (kWidth * 0.52);
        const double light = 1 - 0.65 * between(spot, 0, 0.45) - 0.35 * between(spot, 0.45, 1);
        c = mix(c, colour(0xFFFFFF), look.light * light);
        const double corner = from_centre(kHeight * 0.5) / (kWidth * 0.6);
        c = mix(c, colour(kBlack), 0.16 * between(corner, 0.6, 1));
        return Float4{{c.r, c.g, c.b, 1}};
    };
    for (int y = canvas.area().y; y < canvas.area().y + canvas.area().height; ++y) {
        const std::span<Float4> row = canvas.row(y);
        const Colour plain = wall_at(y + 0.5);
        Float4 here = lit(plain, 0.5, y + 0.5);
        for (std::size_t x = 0; x < row.size(); x += kStep) {
            const Float4 next = lit(plain, static_cast<double>(x + kStep) + 0.5, y + 0.5);
            const Float4 step = (next - here) * (1.0F / kStep);
            for (std::size_t i = 0; i < kStep; ++i)
                row[x + i] = here + step * static_cast<float>(i);
            here = next;
        }
    }
}

std::vector<std::pair<Mask, double>> shadows(const Shape& shape, const Transform& t) {
    const Canvas floor(
        {0, static_cast<int>(t.f) - 200, kWidth, kHeight + 200 - static_cast<int>(t.f)});
    std::vector<std::pair<Mask, double>> out;
    const auto soft = [&](const Path& path, double blur_mm, double strength) {
        Mask mask = floor.mask(path, t, static_cast<int>(blur_mm * 3 * t.scale()));
        draw::blur(mask, blur_mm * t.scale());
        out.emplace_back(std::move(mask), strength);
    };
    const double middle = shape.length / 2;
    soft(Path::ellipse({middle, -20}, shape.length * 0.53, 110), 90, 0.34);
    soft(Path::ellipse({middle, 4}, shape.length * 0.47, 46), 30, 0.66);
    for (const double axle : {shape.front_axle, shape.rear_axle})
        soft(Path::ellipse({axle, 2}, shape.wheel_radius * 0.62, 20), 9, 0.85);
    return out;
}

}  // namespace showfloor::imaging::demo
