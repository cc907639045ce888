#pragma once
// Drawing with exact edge coverage, for the pictures that are made from code: paths become masks,
// masks are blurred and cut with each other, and gradients are painted through them.
// Thread contract: plain values, no shared state.

#include <span>
#include <vector>

#include "imaging/float4.hpp"
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

// A rectangle of a picture.
struct Area {
    int x = 0;
    int y = 0;
    int width = 0;
    int height = 0;
};

// Pixels under construction: premultiplied floats, transparent at first. A canvas holds a part of
// the picture only; everything keeps the picture's coordinates and is cut to that part.
class Canvas {
   public:
    explicit Canvas(Area area);
    Canvas(int width, int height) : Canvas(Area{0, 0, width, height}) {}

    [[nodiscard]] const Area& area() const { return area_; }
    // Coverage of a path, its rectangle widened by `margin` points and cut to the canvas.
    [[nodiscard]] Mask mask(const Path& path, const Transform& to_pixels, int margin = 0) const;
    // Gradient points are in the units of the transform.
    void paint(const Mask& mask, const Paint& paint, const Transform& to_pixels,
               double strength = 1);
    // What was painted in this row of the picture, from area().x on.
    [[nodiscard]] std::span<Float4> row(int y);
    // Lays `layer` upside down below the row `mirror`, fading from `strength` to nothing over
    // `reach` points: a polished floor.
    void reflect(const Canvas& layer, int mirror, int reach, double strength);
    void lay(const Canvas& layer);
    // Writes the canvas to its place in `image`, which must hold it.
    void write(Image& image) const;
    [[nodiscard]] Image image() const;  // of a canvas that begins at 0, 0

   private:
    static void over(Float4& under, const Float4& top, float strength) {
        under = top * strength + under * (1 - top.a() * strength);
    }
    [[nodiscard]] std::size_t index(int x, int y) const {
        return static_cast<std::size_t>(y - area_.y) * static_cast<std::size_t>(area_.width) +
               static_cast<std::size_t>(x - area_.x);
    }
    void lay_row(const Canvas& layer, int from, int to, float strength);

    Area area_;
    std::vector<Float4> pixels_;
};

}  // namespace showfloor::imaging::draw
