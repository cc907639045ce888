#pragma once
// Points, rectangles, colours. Lengths are dp: 1 dp is one pixel of a 1920x1080 screen at the
// normal text size; the painter alone knows pixels. Thread contract: plain values.

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace showfloor::ui {

struct Point {
    float x = 0, y = 0;
    bool operator==(const Point&) const = default;
};

struct Rect {
    float x = 0, y = 0, w = 0, h = 0;

    [[nodiscard]] float right() const { return x + w; }
    [[nodiscard]] float bottom() const { return y + h; }
    [[nodiscard]] Point centre() const { return {x + w / 2, y + h / 2}; }
    [[nodiscard]] bool empty() const { return w <= 0 || h <= 0; }
    [[nodiscard]] bool contains(Point p) const {
        return p.x >= x && p.x < right() && p.y >= y && p.y < bottom();
    }
    [[nodiscard]] bool contains(const Rect& o) const {
        return o.x >= x && o.right() <= right() && o.y >= y && o.bottom() <= bottom();
    }
    [[nodiscard]] Rect inflated(float by) const { return {x - by, y - by, w + 2 * by, h + 2 * by}; }
    [[nodiscard]] Rect moved(float dx, float dy) const { return {x + dx, y + dy, w, h}; }
    [[nodiscard]] Rect common(const Rect& o) const {
        const float left = std::max(x, o.x), top = std::max(y, o.y);
        const float r = std::min(right(), o.right()), b = std::min(bottom(), o.bottom());
        return {left, top, std::max(0.0F, r - left), std::max(0.0F, b - top)};
    }
    [[nodiscard]] bool overlaps(const Rect& o) const { return !common(o).empty(); }
    bool operator==(const Rect&) const = default;
};

struct Color {
    std::uint8_t r = 0, g = 0, b = 0, a = 255;

    // The same colour, its opacity multiplied by `part` (0..1).
    [[nodiscard]] Color faded(float part) const {
        const float alpha = static_cast<float>(a) * std::clamp(part, 0.0F, 1.0F);
        return {r, g, b, static_cast<std::uint8_t>(std::lround(alpha))};
    }
    // This colour at 0, `other` at 1.
    [[nodiscard]] Color towards(Color other, float part) const {
        const auto mix = [part](std::uint8_t from, std::uint8_t to) {
            return static_cast<std::uint8_t>(
                std::lround(static_cast<float>(from) +
                            (static_cast<float>(to) - static_cast<float>(from)) * part));
        };
        return {mix(r, other.r), mix(g, other.g), mix(b, other.b), mix(a, other.a)};
    }
    bool operator==(const Color&) const = default;
};

inline constexpr Color kWhite{255, 255, 255, 255};
inline constexpr Color kBlack{0, 0, 0, 255};

// Where a thing stands in its room. Start is left in English, right in Arabic.
enum class Align { kStart, kCentre, kEnd };

}  // namespace showfloor::ui
