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
        const float* from = area_.data();
        float* to = mask.cover.data();
        for (int row = 0; row < height_;
             ++row, from += stride_ - static_cast<std::size_t>(width_)) {
            float sum = 0;
            for (int x = 0; x < width_; ++x) {
                sum += *from++;
                *to++ = std::min(1.0F, std::abs(sum));
            }
        }
    }

   private:
    // Shares `height` out over the points between two places of one row.
    void span(float* row, double from, double to, double height) const {
        const double limit = width_;
        const double low = std::min(from, to);
        const double high = std::max(from, to);
        const double left = std::clamp(low, 0.0, limit);
        const double right = std::clamp(high, 0.0, limit);
        if (low < left || high > right) {
            // What lies before the row covers all of it, what lies behind covers nothing.
            const double length = high - low;
            const double before = length > 0 ? std::min(left - low, length) / length : low < 0;
            row[0] += static_cast<float>(low < 0 ? height * before : 0);
            height *= length > 0 ? (right - left) / length : 0;
            if (height == 0) return;
        }
        const auto first = static_cast<std::size_t>(left);
        const double across = right - left;
        if (right <= static_cast<double>(first) + 1) {
            const double middle = (left + right) / 2 - static_cast<double>(first);
            row[first] += static_cast<float>(height * (1 - middle));
            row[first + 1] += static_cast<float>(height * middle);
            return;
        }
        for (std::size_t x = first; static_cast<double>(x) < right; ++x) {
            const double a = std::max(left, static_cast<double>(x));
            const double b = std::min(right, static_cast<double>(x) + 1);
            const double part = height * (b - a) / across;
            const double middle = (a + b) / 2 - static_cast<double>(x);
            row[x] += static_cast<float>(part * (1 - middle));
            row[x + 1] += static_cast<float>(part * middle);
        }
    }

    int width_;
    int height_;
    std::size_t stride_;
    std::vector<float> area_;
};

// Three box passes along a line. Beyond the ends the last value goes on, so that what the canvas
// cuts off does not fade at its edge.
void blur_line(std::vector<Float4>& line, std::size_t reach, std::vector<Float4>& padded) {
    const std::size_t count = line.size();
    const float share = 1.0F / static_cast<float>(2 * reach + 1);
    padded.resize(count + 2 * reach);
    for (int pass = 0; pass < 3; ++pass) {
        std::fill_n(padded.begin(), reach, line.front());
        std::copy(line.begin(), line.end(), padded.begin() + static_cast<std::ptrdiff_t>(reach));
        std::fill_n(padded.rbegin(), reach, line.back());
        Float4 sum;
        for (std::size_t i = 0; i < 2 * reach; ++i)
            sum += padded[i];
        for (std::size_t i = 0; i < count; ++i) {
            sum += padded[i + 2 * reach];
            line[i] = sum * share;
            sum += padded[i] * -1.0F;
        }
    }
}

// Blurs `lines` lines of `count` values, four at once. Values of a line are `step` apart, lines
// `across`: rows and columns alike.
void blur_lines(std::vector<float>& values, std::size_t lines, std::size_t across,
                std::size_t count, std::size_t step, std::size_t reach) {
    std::vector<Float4> line(count);
    std::vector<Float4> padded;
    for (std::size_t first = 0; first < lines; first += 4) {
        const std::size_t last = lines - 1;
        float* at[4];
        for (std::size_t lane = 0; lane < 4; ++lane)
            at[lane] = values.data() + std::min(first + lane, last) * across;
        for (std::size_t i = 0; i < count; ++i)
            line[i].lanes =
                Float4::Lanes{at[0][i * step], at[1][i * step], at[2][i * step], at[3][i * step]};
        blur_line(line, reach, padded);
        for (std::size_t i = 0; i < count; ++i)
            for (std::size_t lane = 0; lane < 4; ++lane)
                at[lane][i * step] = std::max(0.0F, line[i].lanes[lane]);
    }
}

// 256 premultiplied colours along a gradient.
std::vector<Float4> table_of(const std::vector<Stop>& stops, double strength) {
    constexpr int kSize = 256;
    std::vector<Float4> out;
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
        out.push_back({Float4::Lanes{c.r, c.g, c.b, 1} * c.a});
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
    blur_lines(mask.cover, height, width, width, 1, reach);
    blur_lines(mask.cover, width, 1, height, width, reach);
}

void intersect(Mask& mask, const Mask& other) {
    float* cover = mask.cover.data();
    const int left = std::clamp(other.x - mask.x, 0, mask.width);
    const int right = std::clamp(other.x + other.width - mask.x, left, mask.width);
    for (int y = mask.y; y < mask.y + mask.height; ++y, cover += mask.width) {
        if (y < other.y || y >= other.y + other.height) {
            std::fill_n(cover, mask.width, 0.0F);
            continue;
        }
        const float* by = other.cover.data() +
                          static_cast<std::ptrdiff_t>(y - other.y) * other.width + mask.x - other.x;
        std::fill(cover, cover + left, 0.0F);
        for (int x = left; x < right; ++x)
            cover[x] *= by[x];
        std::fill(cover + right, cover + mask.width, 0.0F);
    }
}

Mask rim(const Mask& mask, const Mask& other, int dx, int dy) {
    Mask out = mask;
    float* cover = out.cover.data();
    const int left = std::clamp(other.x + dx - mask.x, 0, mask.width);
    const int right = std::clamp(other.x + dx + other.width - mask.x, left, mask.width);
    for (int y = mask.y - dy; y < mask.y - dy + mask.height; ++y, cover += mask.width) {
        if (y < other.y || y >= other.y + other.height) continue;
        const float* by = other.cover.data() +
                          static_cast<std::ptrdiff_t>(y - other.y) * other.width + mask.x - dx -
                          other.x;
        for (int x = left; x < right; ++x)
            cover[x] *= 1 - by[x];
    }
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

Canvas::Canvas(Area area)
    : area_(area),
      pixels_(static_cast<std::size_t>(area.width) * static_cast<std::size_t>(area.height)) {
    SHOWFLOOR_CHECK(area.width > 0 && area.height > 0, "a canvas with points");
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
    mask.x = std::max(area_.x, static_cast<int>(std::floor(left)) - margin);
    mask.y = std::max(area_.y, static_cast<int>(std::floor(top)) - margin);
    mask.width =
        std::min(area_.x + area_.width, static_cast<int>(std::ceil(right)) + margin) - mask.x;
    mask.height =
        std::min(area_.y + area_.height, static_cast<int>(std::ceil(bottom)) + margin) - mask.y;
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
    const std::vector<Float4> table = table_of(paint.stops, strength);
    const Point from = to_pixels(paint.from);
    const Point to = to_pixels(paint.to);
    const double dx = to.x - from.x;
    const double dy = to.y - from.y;
    const double square = std::max(1e-9, dx * dx + dy * dy);
    const double along = dx * 255 / square;
    const int left = std::max(mask.x, area_.x);
    const int right = std::min(mask.x + mask.width, area_.x + area_.width);
    const int bottom = std::min(mask.y + mask.height, area_.y + area_.height);
    for (int y = std::max(mask.y, area_.y); y < bottom; ++y) {
        const double py = y + 0.5 - from.y;
        const double start = py * dy * 255 / square;
        const float* covers =
            mask.cover.data() + static_cast<std::ptrdiff_t>(y - mask.y) * mask.width - mask.x;
        for (int x = left; x < right; ++x) {
            const float cover = covers[x];
            if (cover < 0.001F) continue;
            const double px = x + 0.5 - from.x;
            const double t =
                paint.radial ? std::sqrt((px * px + py * py) / square) * 255 : start + px * along;
            over(pixels_[index(x, y)], table[static_cast<std::size_t>(std::clamp(t, 0.0, 255.0))],
                 cover);
        }
    }
}

std::span<Float4> Canvas::row(int y) {
    return {pixels_.data() + index(area_.x, y), static_cast<std::size_t>(area_.width)};
}

// Row `from` of the layer over our row `to`, as far as both are there.
void Canvas::lay_row(const Canvas& layer, int from, int to, float strength) {
    const Area& other = layer.area_;
    if (from < other.y || from >= other.y + other.height) return;
    if (to < area_.y || to >= area_.y + area_.height) return;
    const int right = std::min(area_.x + area_.width, other.x + other.width);
    for (int x = std::max(area_.x, other.x); x < right; ++x) {
        const Float4& top = layer.pixels_[layer.index(x, from)];
        if (top.a() > 0) over(pixels_[index(x, to)], top, strength);
    }
}

void Canvas::reflect(const Canvas& layer, int mirror, int reach, double strength) {
    for (int down = 0; down < reach; ++down) {
        const double left = 1 - static_cast<double>(down) / reach;
        lay_row(layer, mirror - 1 - down, mirror + down,
                static_cast<float>(strength * left * left));
    }
}

void Canvas::lay(const Canvas& layer) {
    for (int y = area_.y; y < area_.y + area_.height; ++y)
        lay_row(layer, y, y, 1);
}

void Canvas::write(Image& image) const {
    SHOWFLOOR_CHECK(area_.x >= 0 && area_.y >= 0 && area_.x + area_.width <= image.width &&
                        area_.y + area_.height <= image.height,
                    "a picture that holds the canvas");
    // A fixed 4 x 4 pattern of half steps hides the bands of wide soft gradients.
    constexpr float kPattern[16] = {0, 8, 2, 10, 12, 4, 14, 6, 3, 11, 1, 9, 15, 7, 13, 5};
    const Float4* from = pixels_.data();
    for (int y = area_.y; y < area_.y + area_.height; ++y) {
        std::uint8_t* to = image.at(area_.x, y);
        for (int x = area_.x; x < area_.x + area_.width; ++x, ++from, to += 4) {
            const float alpha = from->a();
            const float dither = kPattern[(y & 3) * 4 + (x & 3)] / 16.0F;
            const Float4 point = *from * (alpha > 0 ? 255.0F / alpha : 0.0F) + Float4::all(dither);
            to[0] = static_cast<std::uint8_t>(std::min(point.r(), 255.0F));
            to[1] = static_cast<std::uint8_t>(std::min(point.g(), 255.0F));
            to[2] = static_cast<std::uint8_t>(std::min(point.b(), 255.0F));
            to[3] = static_cast<std::uint8_t>(std::min(alpha * 255.0F + 0.5F, 255.0F));
        }
    }
}

Image Canvas::image() const {
    Image out(area_.width, area_.height);
    write(out);
    return out;
}

}  // namespace showfloor::imaging::draw
