#include "imaging/draw.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "base/check.hpp"

namespace showfloor::imaging::draw {
namespace {

double distance(Point a, Point b) {
    return std::hypot(b.x - a.x, b.y - a.y);
}

Point toward(Point from, Point to, double by) {
    const double length = distance(from, to);
    if (length <= 0) return from;
    return {from.x + (to.x - from.x) * by / length, from.y + (to.y - from.y) * by / length};
}

// The outline with its corners rounded by quadratic curves.
std::vector<Point> flatten_outline(std::span<const Vertex> vertices, bool closed) {
    constexpr int kSteps = 24;
    const std::size_t n = vertices.size();
    std::vector<Point> out;
    for (std::size_t i = 0; i < n; ++i) {
        const Point here{vertices[i].x, vertices[i].y};
        if (vertices[i].round <= 0 || (!closed && (i == 0 || i + 1 == n))) {
            out.push_back(here);
            continue;
        }
        const Vertex& before = vertices[(i + n - 1) % n];
        const Vertex& after = vertices[(i + 1) % n];
        const Point previous{before.x, before.y};
        const Point next{after.x, after.y};
        const double in = std::min(vertices[i].round, distance(here, previous) / 2);
        const double out_of = std::min(vertices[i].round, distance(here, next) / 2);
        const Point start = toward(here, previous, in);
        const Point end = toward(here, next, out_of);
        for (int step = 0; step <= kSteps; ++step) {
            const double t = static_cast<double>(step) / kSteps;
            const double u = 1 - t;
            out.push_back({u * u * start.x + 2 * u * t * here.x + t * t * end.x,
                           u * u * start.y + 2 * u * t * here.y + t * t * end.y});
        }
    }
    return out;
}

std::vector<Point> ring(Point centre, double radius_x, double radius_y) {
    constexpr int kCorners = 128;
    std::vector<Point> out;
    for (int i = 0; i < kCorners; ++i) {
        const double angle = 2 * std::numbers::pi * i / kCorners;
        out.push_back(
            {centre.x + radius_x * std::cos(angle), centre.y + radius_y * std::sin(angle)});
    }
    return out;
}

// Signed area of every edge, summed along rows afterwards: exact coverage without supersampling.
class Accumulator {
   public:
    Accumulator(int width, int height)
        : width_(width),
          height_(height),
          stride_(static_cast<std::size_t>(width) + 2),
          area_(stride_ * static_cast<std::size_t>(height)) {}

    void edge(Point from, Point to) {
        if (from.y == to.y) return;
        const double direction = from.y < to.y ? 1 : -1;
        if (from.y > to.y) std::swap(from, to);
        const double slope = (to.x - from.x) / (to.y - from.y);
        const double top = std::max(from.y, 0.0);
        const double bottom = std::min(to.y, static_cast<double>(height_));
        double x = from.x + (top - from.y) * slope;
        for (int row = static_cast<int>(top); row < bottom; ++row) {
            const double height = std::min(row + 1.0, bottom) - std::max<double>(row, top);
            const double next = x + slope * height;
            span(area_.data() + static_cast<std::size_t>(row) * stride_, x, next,
                 height * direction);
            x = next;
        }
    }

    void finish(Mask& mask) const {
        for (int row = 0; row < height_; ++row) {
            double sum = 0;
            for (int x = 0; x < width_; ++x) {
                sum += area_[static_cast<std::size_t>(row) * stride_ + static_cast<std::size_t>(x)];
                mask.cover[static_cast<std::size_t>(row) * static_cast<std::size_t>(width_) +
                           static_cast<std::size_t>(x)] =
                    static_cast<float>(std::min(1.0, std::abs(sum)));
            }
        }
    }

   private:
    // Shares `height` out over the points between two places of one row.
    void span(double* row, double from, double to, double height) const {
        const double limit = width_;
        const double left = std::clamp(std::min(from, to), 0.0, limit);
        const double right = std::clamp(std::max(from, to), 0.0, limit);
        const auto first = static_cast<std::size_t>(left);
        const double across = right - left;
        if (right <= static_cast<double>(first) + 1) {
            const double middle = (left + right) / 2 - static_cast<double>(first);
            row[first] += height * (1 - middle);
            row[first + 1] += height * middle;
            return;
        }
        for (std::size_t x = first; static_cast<double>(x) < right; ++x) {
            const double a = std::max(left, static_cast<double>(x));
            const double b = std::min(right, static_cast<double>(x) + 1);
            const double part = height * (b - a) / across;
            const double middle = (a + b) / 2 - static_cast<double>(x);
            row[x] += part * (1 - middle);
            row[x + 1] += part * middle;
        }
    }

    int width_;
    int height_;
    std::size_t stride_;
    std::vector<double> area_;
};

// One box pass along a row. Beyond the ends the last value goes on, so that what the canvas cuts
// off does not fade at its edge.
void blur_row(float* row, std::size_t count, std::size_t reach, std::vector<float>& line) {
    line.resize(count + 2 * reach);
    std::fill_n(line.begin(), reach, row[0]);
    std::copy_n(row, count, line.begin() + static_cast<std::ptrdiff_t>(reach));
    std::fill_n(line.begin() + static_cast<std::ptrdiff_t>(reach + count), reach, row[count - 1]);
    const float share = 1.0F / static_cast<float>(2 * reach + 1);
    float sum = 0;
    for (std::size_t i = 0; i < 2 * reach; ++i)
        sum += line[i];
    for (std::size_t i = 0; i < count; ++i) {
        sum += line[i + 2 * reach];
        row[i] = std::max(0.0F, sum * share);
        sum -= line[i];
    }
}

// The same down all columns at once, row after row, which the processor's cache likes.
void blur_columns(std::vector<float>& values, std::size_t width, std::size_t height,
                  std::size_t reach) {
    const std::vector<float> from = values;
    const auto row = [&](std::size_t padded) {
        return from.data() + (std::clamp(padded, reach, reach + height - 1) - reach) * width;
    };
    const float share = 1.0F / static_cast<float>(2 * reach + 1);
    std::vector<float> sum(width);
    for (std::size_t y = 0; y < 2 * reach; ++y)
        for (std::size_t x = 0; x < width; ++x)
            sum[x] += row(y)[x];
    for (std::size_t y = 0; y < height; ++y) {
        const float* entering = row(y + 2 * reach);
        const float* leaving = row(y);
        float* to = values.data() + y * width;
        for (std::size_t x = 0; x < width; ++x) {
            sum[x] += entering[x];
            to[x] = std::max(0.0F, sum[x] * share);
            sum[x] -= leaving[x];
        }
    }
}

// 256 premultiplied colours along a gradient.
std::vector<Colour> table_of(const std::vector<Stop>& stops, double strength) {
    constexpr int kSize = 256;
    std::vector<Colour> out;
    std::size_t next = 0;
    for (int i = 0; i < kSize; ++i) {
        const double t = static_cast<double>(i) / (kSize - 1);
        while (next < stops.size() && stops[next].at <= t)
            ++next;
        Colour c;
        if (next == 0) {
            c = stops.front().colour;
        } else if (next == stops.size()) {
            c = stops.back().colour;
        } else {
            const Stop& a = stops[next - 1];
            const Stop& b = stops[next];
            c = mix(a.colour, b.colour, (t - a.at) / (b.at - a.at));
        }
        c.a *= static_cast<float>(strength);
        out.push_back({c.r * c.a, c.g * c.a, c.b * c.a, c.a});
    }
    return out;
}

}  // namespace

double Transform::scale() const {
    return std::sqrt(std::abs(a * d - b * c));
}

Path Path::polygon(std::span<const Vertex> vertices) {
    Path path;
    path.polygons_.push_back(flatten_outline(vertices, true));
    return path;
}

Path Path::ellipse(Point centre, double radius_x, double radius_y) {
    Path path;
    path.polygons_.push_back(ring(centre, radius_x, radius_y));
    return path;
}

Path Path::rect(double left, double top, double right, double bottom) {
    Path path;
    path.polygons_.push_back({{left, top}, {right, top}, {right, bottom}, {left, bottom}});
    return path;
}

// A ribbon of the wanted width, with mitred joints: outlines are smooth, so joints hardly bend.
Path Path::line(std::span<const Vertex> vertices, double width) {
    const std::vector<Point> spine = flatten_outline(vertices, false);
    std::vector<Point> left;
    std::vector<Point> right;
    for (std::size_t i = 0; i < spine.size(); ++i) {
        const Point a = spine[i == 0 ? 0 : i - 1];
        const Point b = spine[std::min(i + 1, spine.size() - 1)];
        const double length = std::max(1e-9, distance(a, b));
        const double nx = -(b.y - a.y) / length * width / 2;
        const double ny = (b.x - a.x) / length * width / 2;
        left.push_back({spine[i].x + nx, spine[i].y + ny});
        right.push_back({spine[i].x - nx, spine[i].y - ny});
    }
    left.insert(left.end(), right.rbegin(), right.rend());
    Path path;
    path.polygons_.push_back(std::move(left));
    return path;
}

void Path::add(const Path& other) {
    polygons_.insert(polygons_.end(), other.polygons_.begin(), other.polygons_.end());
}

void blur(Mask& mask, double radius) {
    const int box = static_cast<int>(std::lround(radius));
    if (box < 1 || mask.cover.empty()) return;
    const auto width = static_cast<std::size_t>(mask.width);
    const auto height = static_cast<std::size_t>(mask.height);
    const auto reach = static_cast<std::size_t>(box);
    std::vector<float> line;
    for (int pass = 0; pass < 3; ++pass) {
        for (std::size_t y = 0; y < height; ++y)
            blur_row(mask.cover.data() + y * width, width, reach, line);
        blur_columns(mask.cover, width, height, reach);
    }
}

void intersect(Mask& mask, const Mask& other) {
    std::size_t i = 0;
    for (int y = 0; y < mask.height; ++y)
        for (int x = 0; x < mask.width; ++x, ++i)
            mask.cover[i] *= other.at(mask.x + x, mask.y + y);
}

Mask rim(const Mask& mask, const Mask& other, int dx, int dy) {
    Mask out = mask;
    std::size_t i = 0;
    for (int y = 0; y < mask.height; ++y)
        for (int x = 0; x < mask.width; ++x, ++i)
            out.cover[i] *= 1 - other.at(mask.x + x - dx, mask.y + y - dy);
    return out;
}

Colour colour(unsigned rgb, double alpha) {
    const auto part = [](unsigned v) { return static_cast<float>(v & 255U) / 255.0F; };
    return {part(rgb >> 16U), part(rgb >> 8U), part(rgb), static_cast<float>(alpha)};
}

Colour colour(Rgb rgb, double alpha) {
    return colour(unsigned{rgb.r} << 16U | unsigned{rgb.g} << 8U | rgb.b, alpha);
}

Colour mix(Colour from, Colour to, double t) {
    const auto u = static_cast<float>(t);
    return {from.r + (to.r - from.r) * u, from.g + (to.g - from.g) * u,
            from.b + (to.b - from.b) * u, from.a + (to.a - from.a) * u};
}

Canvas::Canvas(int width, int height)
    : width_(width),
      height_(height),
      pixels_(static_cast<std::size_t>(width) * static_cast<std::size_t>(height)) {
    SHOWFLOOR_CHECK(width > 0 && height > 0, "a canvas with points");
}

Mask Canvas::mask(const Path& path, const Transform& to_pixels, int margin) const {
    double left = 1e9;
    double top = 1e9;
    double right = -1e9;
    double bottom = -1e9;
    for (const auto& polygon : path.polygons()) {
        for (const Point point : polygon) {
            const Point p = to_pixels(point);
            left = std::min(left, p.x);
            right = std::max(right, p.x);
            top = std::min(top, p.y);
            bottom = std::max(bottom, p.y);
        }
    }
    Mask mask;
    mask.x = std::max(0, static_cast<int>(std::floor(left)) - margin);
    mask.y = std::max(0, static_cast<int>(std::floor(top)) - margin);
    mask.width = std::min(width_, static_cast<int>(std::ceil(right)) + margin) - mask.x;
    mask.height = std::min(height_, static_cast<int>(std::ceil(bottom)) + margin) - mask.y;
    if (mask.width <= 0 || mask.height <= 0) return {};
    mask.cover.resize(static_cast<std::size_t>(mask.width) * static_cast<std::size_t>(mask.height));
    Accumulator area(mask.width, mask.height);
    for (const auto& polygon : path.polygons()) {
        for (std::size_t i = 0; i < polygon.size(); ++i) {
            const Point a = to_pixels(polygon[i]);
            const Point b = to_pixels(polygon[(i + 1) % polygon.size()]);
            area.edge({a.x - mask.x, a.y - mask.y}, {b.x - mask.x, b.y - mask.y});
        }
    }
    area.finish(mask);
    return mask;
}

void Canvas::paint(const Mask& mask, const Paint& paint, const Transform& to_pixels,
                   double strength) {
    if (mask.cover.empty()) return;
    const std::vector<Colour> table = table_of(paint.stops, strength);
    const Point from = to_pixels(paint.from);
    const Point to = to_pixels(paint.to);
    const double dx = to.x - from.x;
    const double dy = to.y - from.y;
    const double square = std::max(1e-9, dx * dx + dy * dy);
    const double along = dx * 255 / square;
    std::size_t i = 0;
    for (int y = mask.y; y < mask.y + mask.height; ++y) {
        const double py = y + 0.5 - from.y;
        const double start = py * dy * 255 / square;
        for (int x = mask.x; x < mask.x + mask.width; ++x, ++i) {
            const float cover = mask.cover[i];
            if (cover < 0.001F) continue;
            const double px = x + 0.5 - from.x;
            const double t =
                paint.radial ? std::sqrt((px * px + py * py) / square) * 255 : start + px * along;
            const Colour& c = table[static_cast<std::size_t>(std::clamp(t, 0.0, 255.0))];
            over(pixels_[index(x, y)], {c.r, c.g, c.b, c.a}, cover);
        }
    }
}

void Canvas::reflect(const Canvas& layer, int mirror, int reach, double strength) {
    for (int down = 0; down < reach; ++down) {
        const int to = mirror + down;
        const int from = mirror - 1 - down;
        if (to >= height_ || from < 0) return;
        const double left = 1 - static_cast<double>(down) / reach;
        const auto share = static_cast<float>(strength * left * left);
        for (int x = 0; x < width_; ++x)
            over(pixels_[index(x, to)], layer.pixels_[index(x, from)], share);
    }
}

void Canvas::lay(const Canvas& layer) {
    SHOWFLOOR_CHECK(layer.width_ == width_ && layer.height_ == height_, "layers of one size");
    for (std::size_t i = 0; i < pixels_.size(); ++i)
        if (layer.pixels_[i].a > 0) over(pixels_[i], layer.pixels_[i], 1);
}

Image Canvas::image() const {
    // A fixed 4 x 4 pattern of half steps hides the bands of wide soft gradients.
    constexpr float kPattern[16] = {0, 8, 2, 10, 12, 4, 14, 6, 3, 11, 1, 9, 15, 7, 13, 5};
    Image out(width_, height_);
    for (int y = 0; y < height_; ++y) {
        for (int x = 0; x < width_; ++x) {
            const Pixel& p = pixels_[index(x, y)];
            const float dither = kPattern[(y & 3) * 4 + (x & 3)] / 16.0F;
            const float scale = p.a > 0 ? 255.0F / p.a : 0.0F;
            const auto part = [&](float v) {
                return static_cast<std::uint8_t>(std::clamp(v * scale + dither, 0.0F, 255.0F));
            };
            std::uint8_t* to = out.at(x, y);
            to[0] = part(p.r);
            to[1] = part(p.g);
            to[2] = part(p.b);
            to[3] = static_cast<std::uint8_t>(std::clamp(p.a * 255.0F + 0.5F, 0.0F, 255.0F));
        }
    }
    return out;
}

}  // namespace showfloor::imaging::draw
