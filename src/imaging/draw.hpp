#pragma once
// Drawing with exact edge coverage, for the pictures that are made from code: paths become masks,
// masks are blurred and cut with each other, and gradients are painted through them.
// Thread contract: plain values, no shared state.

#include <span>
#include <vector>

#include "imaging/image.hpp"

namespace showfloor::imaging::draw {

struct Point {
    double x = 0;
    double y = 0;
};

// x' = a*x + c*y + e, y' = b*x + d*y + f.
struct Transform {
    double a = 1, b = 0, c = 0, d = 1, e = 0, f = 0;
    [[nodiscard]] Point operator()(Point p) const {
        return {a * p.x + c * p.y + e, b * p.x + d * p.y + f};
    }
    [[nodiscard]] double scale() const;  // length of a unit vector after it
};

// A corner of an outline, rounded by up to `round` units each way.
struct Vertex {
    double x = 0;
    double y = 0;
    double round = 0;
};

// Closed polygons, already flattened. Overlaps of the same direction count once.
class Path {
   public:
    // Rounded corners; open lines keep their ends.
    static Path polygon(std::span<const Vertex> vertices);
    static Path ellipse(Point centre, double radius_x, double radius_y);
    static Path line(std::span<const Vertex> vertices, double width);
    static Path rect(double left, double top, double right, double bottom);

    void add(const Path& other);
    [[nodiscard]] const std::vector<std::vector<Point>>& polygons() const { return polygons_; }

   private:
    std::vector<std::vector<Point>> polygons_;
};

// How much of each point of a rectangle is covered, 0..1.
struct Mask {
    int x = 0;
    int y = 0;
    int width = 0;
    int height = 0;
    std::vector<float> cover;

    [[nodiscard]] float at(int px, int py) const {
        if (px < x || py < y || px >= x + width || py >= y + height) return 0;
        return cover[static_cast<std::size_t>(py - y) * static_cast<std::size_t>(width) +
                     static_cast<std::size_t>(px - x)];
    }
};

// Three box passes, near a Gaussian of that radius in points. The rectangle does not grow: ask
// Canvas::mask for a margin first.
void blur(Mask& mask, double radius);
void intersect(Mask& mask, const Mask& other);
// What of `mask` is outside `other` moved by (dx, dy) points: a rim of light or shade.
[[nodiscard]] Mask rim(const Mask& mask, const Mask& other, int dx, int dy);

struct Colour {
    float r = 0, g = 0, b = 0, a = 1;
};
[[nodiscard]] Colour colour(unsigned rgb, double alpha = 1);  // 0xRRGGBB
[[nodiscard]] Colour colour(Rgb rgb, double alpha = 1);
// t = 0 gives `from`, 1 gives `to`; alpha is mixed too.
[[nodiscard]] Colour mix(Colour from, Colour to, double t);

struct Stop {
    double at = 0;  // 0..1, rising
    Colour colour;
};

// A gradient along from -> to, or around `from` out to `to`.
struct Paint {
    Point from;
    Point to;
    std::vector<Stop> stops;
    bool radial = false;

    static Paint plain(Colour c) { return {{0, 0}, {1, 0}, {{0, c}}, false}; }
};

// Pixels under construction: premultiplied floats, transparent at first.
class Canvas {
   public:
    Canvas(int width, int height);

    [[nodiscard]] int width() const { return width_; }
    [[nodiscard]] int height() const { return height_; }
    // Coverage of a path, its rectangle widened by `margin` points and cut to the canvas.
    [[nodiscard]] Mask mask(const Path& path, const Transform& to_pixels, int margin = 0) const;
    // Gradient points are in the units of the transform.
    void paint(const Mask& mask, const Paint& paint, const Transform& to_pixels,
               double strength = 1);
    // Lays `layer` (same size) upside down below the row `mirror`, fading from `strength` to
    // nothing over `reach` points: a polished floor.
    void reflect(const Canvas& layer, int mirror, int reach, double strength);
    void lay(const Canvas& layer);
    [[nodiscard]] Image image() const;

   private:
    struct Pixel {
        float r = 0, g = 0, b = 0, a = 0;
    };
    static void over(Pixel& under, const Pixel& top, float strength) {
        const float keep = 1 - top.a * strength;
        under.r = top.r * strength + under.r * keep;
        under.g = top.g * strength + under.g * keep;
        under.b = top.b * strength + under.b * keep;
        under.a = top.a * strength + under.a * keep;
    }
    [[nodiscard]] std::size_t index(int x, int y) const {
        return static_cast<std::size_t>(y) * static_cast<std::size_t>(width_) +
               static_cast<std::size_t>(x);
    }

    int width_;
    int height_;
    std::vector<Pixel> pixels_;
};

}  // namespace showfloor::imaging::draw
