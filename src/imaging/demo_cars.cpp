#include "imaging/demo_cars.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <span>
#include <utility>
#include <vector>

#include "imaging/demo_scene.hpp"
#include "imaging/demo_shapes.hpp"
#include "imaging/draw.hpp"

namespace showfloor::imaging::demo {
namespace {

using draw::Canvas;
using draw::Colour;
using draw::colour;
using draw::Mask;
using draw::mix;
using draw::Paint;
using draw::Path;
using draw::Point;
using draw::Stop;
using draw::Transform;
using draw::Vertex;

constexpr double kGroundRow = 770;
constexpr unsigned kTrim = 0x1B1E22;

// One car of several that differ in nothing but their paint.
struct Coat {
    Canvas canvas;
    Colour paint;
    float lightness;

    Coat(draw::Area area, Rgb rgb)
        : canvas(area),
          paint(colour(rgb)),
          lightness(paint.r * 0.3F + paint.g * 0.6F + paint.b * 0.1F) {}
};

// Draws the cars on layers of their own, in millimetres. Shapes, their blurs and cuts cost most,
// so each is made once for all coats.
class Painter {
   public:
    Painter(std::vector<Coat>& coats, const Shape& shape, const Transform& to_pixels)
        : coats_(coats), shape_(shape), t_(to_pixels) {
        body_ = cover(body_path(), 2);
    }

    void draw() {
        wheel_wells();
        paint_body();
        body_light();
        creases();
        lower_trim();
        windows();
        joints();
        lamps();
        fittings();
        for (const double axle : {shape_.front_axle, shape_.rear_axle})
            wheel(axle);
    }

   private:
    [[nodiscard]] double px(double mm) const { return mm * t_.scale(); }
    [[nodiscard]] int points(double mm) const { return static_cast<int>(std::lround(px(mm))); }
    [[nodiscard]] double arch_radius() const { return shape_.wheel_radius + 48; }

    // The outline closed along the sill, round the wheel arches.
    [[nodiscard]] Path body_path() const {
        Outline outline = shape_.body;
        const auto arch = [&](double axle) {
            const double radius = arch_radius();
            const double drop = shape_.sill - shape_.wheel_radius;
            const double reach = std::sqrt(std::max(0.0, radius * radius - drop * drop));
            const double from = std::atan2(drop, reach);
            for (int i = 0; i <= 40; ++i) {
                const double angle = from + (std::numbers::pi - 2 * from) * i / 40;
                outline.push_back({axle + radius * std::cos(angle),
                                   shape_.wheel_radius + radius * std::sin(angle), 0});
            }
        };
        arch(shape_.rear_axle);
        arch(shape_.front_axle);
        return Path::polygon(outline);
    }

    [[nodiscard]] Mask cover(const Path& path, int margin = 0) const {
        return coats_.front().canvas.mask(path, t_, margin);
    }
    void lay(const Mask& mask, const Paint& paint, double strength = 1) {
        for (Coat& coat : coats_)
            coat.canvas.paint(mask, paint, t_, strength);
    }
    // Where the colour of the car matters: paint_of(coat) says what is laid.
    template <typename PaintOf>
    void lay_each(const Mask& mask, const PaintOf& paint_of) {
        for (Coat& coat : coats_)
            coat.canvas.paint(mask, paint_of(coat), t_);
    }
    void fill(const Path& path, const Paint& paint) { lay(cover(path), paint); }

    // Inside the body only, blurred by `soft` millimetres.
    [[nodiscard]] Mask mask_on_body(const Path& path, double soft) const {
        Mask mask = cover(path, points(soft * 3));
        draw::blur(mask, px(soft));
        draw::intersect(mask, body_);
        return mask;
    }
    void on_body(const Path& path, const Paint& paint, double soft) {
        lay(mask_on_body(path, soft), paint);
    }

    void wheel_wells() {
        for (const double axle : {shape_.front_axle, shape_.rear_axle}) {
            fill(Path::ellipse({axle, shape_.wheel_radius + 10}, arch_radius(), arch_radius()),
                 Paint::plain(colour(0x07080A)));
        }
        // The dark below the floor pan.
        fill(Path::rect(shape_.front_axle, shape_.sill + 60, shape_.rear_axle, shape_.sill - 70),
             Paint::plain(colour(0x0A0B0D)));
    }

    // Sky on what faces up, the horizon in the doors, light from the floor below.
    void paint_body() {
        const double top = shape_.body[7].y;
        const double belt = shape_.mirror.y;
        const double low = shape_.sill;
        const auto at = [&](double y) { return (top - y) / (top - low); };
        const double span = belt - low;
        lay_each(body_, [&](const Coat& coat) {
            const double shine = 0.30 + 0.15 * coat.lightness;
            const Colour dark = mix(colour(0x05070A), colour(0x3B4450), coat.lightness * 0.9);
            const auto lit = [&](double t) { return mix(coat.paint, colour(0xFFFFFF), t); };
            const auto shaded = [&](double t) { return mix(coat.paint, dark, t); };
            return Paint{{0, top},
                         {0, low},
                         {{0, lit(shine * 1.1)},
                          {at(belt + (top - belt) * 0.55), lit(shine * 0.35)},
                          {at(belt + 20), lit(shine * 0.55)},
                          {at(belt - span * 0.16), lit(shine * 0.75)},
                          {at(belt - span * 0.24), lit(0.05)},
                          {at(belt - span * 0.48), shaded(0.10)},
                          {at(belt - span * 0.58), shaded(0.42)},
                          {at(belt - span * 0.74), shaded(0.26)},
                          {at(belt - span * 0.90), shaded(0.36)},
                          {1, shaded(0.72)}},
                         false};
        });
    }

    // Volume: ends turn away from the light, edges catch it.
    void body_light() {
        const double l = shape_.length;
        const Colour shade = colour(kBlack, 0.42);
        const Colour none = colour(kBlack, 0);
        lay(body_, {{0, 0},
                    {l, 0},
                    {{0, shade},
                     {0.05, colour(kBlack, 0.16)},
                     {0.16, none},
                     {0.84, none},
                     {0.96, colour(kBlack, 0.2)},
                     {1, shade}},
                    false});
        Mask soft = body_;
        draw::blur(soft, px(42));
        Mask edge = body_;
        for (std::size_t i = 0; i < edge.cover.size(); ++i)
            edge.cover[i] *= std::clamp(1.1F - soft.cover[i] * 1.1F, 0.0F, 1.0F);
        lay(edge, Paint::plain(colour(kBlack, 0.55)));
        Mask light = draw::rim(body_, body_, 0, std::max(2, points(20)));
        draw::blur(light, std::max(1.0, px(4)));
        draw::intersect(light, body_);
        lay(light, Paint::plain(colour(0xFFFFFF, 0.55)));
    }

    // A band of studio light under the shoulder and its shade, and a reflected horizon below.
    void creases() {
        const Outline& line = shape_.shoulder;
        const auto moved = [&line](double by) {
            Outline out = line;
            for (auto& v : out)
                v.y += by;
            return out;
        };
        const auto glow = [](const Coat& coat, double share) {
            return Paint::plain(colour(0xFFFFFF, (0.30 + 0.25 * (1 - coat.lightness)) * share));
        };
        lay_each(mask_on_body(Path::line(moved(34), 46), 14),
                 [&](const Coat& coat) { return glow(coat, 1); });
        on_body(Path::line(moved(-14), 40), Paint::plain(colour(kBlack, 0.30)), 16);
        lay_each(mask_on_body(Path::line(moved(8), 9), 2.5),
                 [&](const Coat& coat) { return glow(coat, 0.9); });
        const double low = shape_.sill + 150;
        const double a = shape_.front_axle + shape_.wheel_radius;
        const double b = shape_.rear_axle - shape_.wheel_radius;
        const std::vector<Vertex> rocker = {
            {a, low, 0}, {(a + b) / 2, low + 36, 500}, {b, low + 60, 0}};
        on_body(Path::line(rocker, 26), Paint::plain(colour(0xFFFFFF, 0.26)), 9);
        // The bonnet and roof seen at a glancing angle.
        const double cowl = shape_.glass[0].x;
        const double hood = shape_.body[4].y;
        on_body(Path::ellipse({cowl * 0.45, hood - 25}, cowl * 0.36, 26),
                Paint::plain(colour(0xFFFFFF, 0.30)), 18);
    }

    void lower_trim() {
        const double sill = shape_.sill;
        const double l = shape_.length;
        const Paint plastic{{0, sill + 140},
                            {0, sill - 10},
                            {{0, colour(0x34383D)}, {0.4, colour(kTrim)}, {1, colour(0x0A0B0D)}},
                            false};
        const auto clip = [&](const Path& path) {
            Mask mask = cover(path);
            draw::intersect(mask, body_);
            lay(mask, plastic);
        };
        if (shape_.cladding) {
            for (const double axle : {shape_.front_axle, shape_.rear_axle})
                clip(Path::ellipse({axle, shape_.wheel_radius}, arch_radius() + 62,
                                   arch_radius() + 62));
            clip(Path::rect(shape_.front_axle, sill + 105, shape_.rear_axle, sill - 40));
            clip(Path::rect(0, sill + 90, shape_.front_axle, sill - 60));
            clip(Path::rect(shape_.rear_axle, sill + 110, l, sill - 60));
        } else {
            clip(Path::rect(shape_.front_axle, sill + 36, shape_.rear_axle, sill - 40));
            clip(Path::rect(0, sill + 50, shape_.front_axle, sill - 40));
            clip(Path::rect(shape_.rear_axle, sill + 95, l, sill - 40));
        }
        // Air intake in the front corner.
        const double nose = shape_.head_lamp.back().y;
        const std::vector<Vertex> intake = {
            {0, nose - 150, 10}, {210, nose - 175, 40}, {150, sill + 110, 40}, {0, sill + 120, 10}};
        Mask mask = cover(Path::polygon(intake));
        draw::intersect(mask, body_);
        lay(mask, {{0, 0}, {230, 0}, {{0, colour(0x050607)}, {1, colour(0x23272C)}}, false});
    }

    void windows() {
        const Path glass = Path::polygon(shape_.glass);
        double top = 0;
        double low = 1e9;
        double left = 1e9;
        double right = 0;
        for (const Vertex& v : shape_.glass) {
            top = std::max(top, v.y);
            low = std::min(low, v.y);
            left = std::min(left, v.x);
            right = std::max(right, v.x);
        }
        // Rubber and a bright strip round the glass.
        Outline frame = shape_.glass;
        frame.push_back(frame.front());
        fill(Path::line(frame, 40), Paint::plain(colour(0x101215)));
        std::vector<Vertex> belt = {shape_.glass.front(), shape_.glass.back()};
        for (auto& v : belt)
            v = {v.x, v.y - 16, 0};
        fill(Path::line(belt, 13),
             {{0, low + 10}, {0, low - 30}, {{0, colour(0xF2F4F5)}, {1, colour(0x7C838A)}}, false});

        Mask pane = cover(glass, 2);
        lay(pane, {{0, top},
                   {0, low},
                   {{0, colour(0x47545F)},
                    {0.35, colour(0x27313A)},
                    {0.62, colour(0x161C22)},
                    {1, colour(0x0D1115)}},
                   false});
        const auto inside = [&](const Path& path, const Paint& paint, double soft) {
            Mask mask = cover(path, points(soft * 3));
            draw::blur(mask, px(soft));
            draw::intersect(mask, pane);
            lay(mask, paint);
        };
        seats(inside, top, low);
        // The bright far side seen through the cabin, then the studio's light on the panes.
        inside(Path::rect(left, low + (top - low) * 0.80, right, low + (top - low) * 0.42),
               Paint::plain(colour(0x9DB0BD, 0.16)), 30);
        for (const double at : {0.16, 0.46, 0.80}) {
            const double x = left + (right - left) * at;
            const std::vector<Vertex> streak = {
                {x, low, 0}, {x + 330, top + 50, 0}, {x + 520, top + 50, 0}, {x + 190, low, 0}};
            inside(Path::polygon(streak),
                   {{0, low},
                    {0, top},
                    {{0, colour(0xFFFFFF, 0.03)}, {1, colour(0xDDE8F0, 0.26)}},
                    false},
                   4);
        }
        for (const Outline& pillar : shape_.pillars)
            inside(Path::line(pillar, shape_.pillar_width), Paint::plain(colour(0x0E1013)), 0);
        Mask upper = draw::rim(pane, pane, 0, std::max(1, points(12)));
        lay(upper, Paint::plain(colour(kBlack, 0.5)));
    }

    template <typename Inside>
    void seats(const Inside& inside, double top, double low) {
        const double first = shape_.pillars.front().front().x;
        const double step = 880;
        const Paint dark = Paint::plain(colour(0x06080A, 0.75));
        for (int row = 0; row < 2; ++row) {
            const double x = first - 120 + row * step;
            const std::vector<Vertex> back = {{x, low - 50, 0},
                                              {x + 60, low + (top - low) * 0.42, 60},
                                              {x + 190, low + (top - low) * 0.42, 60},
                                              {x + 230, low - 50, 0}};
            inside(Path::polygon(back), dark, 3);
            inside(Path::ellipse({x + 150, low + (top - low) * 0.56}, 58, 66), dark, 3);
        }
        const double wheel = shape_.mirror.x + 330;
        const std::vector<Vertex> rim = {{wheel, low - 40, 0},
                                         {wheel + 90, low + (top - low) * 0.34, 0}};
        inside(Path::line(rim, 34), dark, 3);
    }

    void joints() {
        for (const Outline& gap : shape_.gaps) {
            Outline beside = gap;
            for (auto& v : beside)
                v = {v.x + 9, v.y - 2, v.round};
            on_body(Path::line(beside, 7), Paint::plain(colour(0xFFFFFF, 0.20)), 0);
            on_body(Path::line(gap, 9), Paint::plain(colour(0x050607, 0.72)), 0);
        }
        for (const Point h : shape_.handles) {
            const std::vector<Vertex> well = {{h.x + 10, h.y + 8, 20},
                                              {h.x + 190, h.y + 14, 20},
                                              {h.x + 180, h.y - 38, 30},
                                              {h.x + 20, h.y - 42, 30}};
            fill(Path::polygon(well), Paint::plain(colour(kBlack, 0.35)));
            const std::vector<Vertex> bar = {{h.x, h.y + 22, 16},
                                             {h.x + 215, h.y + 30, 16},
                                             {h.x + 215, h.y - 6, 16},
                                             {h.x, h.y - 12, 16}};
            lay_each(cover(Path::polygon(bar)), [&](const Coat& coat) {
                return Paint{{0, h.y + 28},
                             {0, h.y - 12},
                             {{0, mix(coat.paint, colour(0xFFFFFF), 0.65)},
                              {0.5, mix(coat.paint, colour(0xFFFFFF), 0.15)},
                              {1, mix(coat.paint, colour(kBlack), 0.5)}},
                             false};
            });
        }
    }

    void lamp(const Outline& outline, const std::vector<Stop>& stops, Colour line) {
        const Path path = Path::polygon(outline);
        Mask mask = cover(path, 2);
        draw::intersect(mask, body_);
        double top = 0;
        double low = 1e9;
        for (const Vertex& v : outline) {
            top = std::max(top, v.y);
            low = std::min(low, v.y);
        }
        lay(mask, {{0, top}, {0, low}, stops, false});
        // A lit line along the upper edge, and the dark joint round the glass.
        Mask lit = draw::rim(mask, mask, 0, std::max(2, points(26)));
        draw::Mask glow = lit;
        draw::blur(glow, px(10));
        draw::intersect(glow, body_);
        lay(glow, Paint::plain(line), 0.8);
        lay(lit, Paint::plain(line));
        Outline closed = outline;
        closed.push_back(outline.front());
        on_body(Path::line(closed, 9), Paint::plain(colour(0x08090B, 0.8)), 0);
    }

    void lamps() {
        lamp(shape_.head_lamp,
             {{0, colour(0xC9D3DA)},
              {0.35, colour(0x59636B)},
              {0.6, colour(0x23292E)},
              {1, colour(0x98A4AC)}},
             colour(0xFFFFFF, 0.95));
        const Vertex& a = shape_.head_lamp[0];
        const Vertex& b = shape_.head_lamp[3];
        for (const double at : {0.36, 0.66}) {
            const Point c{a.x + (b.x - a.x) * at + 20, a.y + (b.y - a.y) * at + 15};
            Mask lens = cover(Path::ellipse(c, 34, 30));
            draw::intersect(lens, body_);
            lay(lens, {c,
                       {c.x + 34, c.y},
                       {{0, colour(0xFFFFFF)}, {0.45, colour(0xAFC0CC)}, {1, colour(0x1D242A)}},
                       true});
        }
        lamp(shape_.tail_lamp,
             {{0, colour(0x8E0B14)}, {0.4, colour(0xC8141F)}, {1, colour(0x4E060B)}},
             colour(0xFF5A52, 0.9));
    }

    void fittings() {
        const Point m = shape_.mirror;
        const std::vector<Vertex> foot = {{m.x - 10, m.y - 10, 10},
                                          {m.x + 90, m.y + 10, 10},
                                          {m.x + 60, m.y + 50, 10},
                                          {m.x - 20, m.y + 40, 10}};
        fill(Path::polygon(foot), Paint::plain(colour(0x0D0F11)));
        const std::vector<Vertex> cup = {{m.x - 80, m.y + 20, 40},
                                         {m.x - 50, m.y + 125, 50},
                                         {m.x + 95, m.y + 140, 40},
                                         {m.x + 110, m.y + 30, 30}};
        lay_each(cover(Path::polygon(cup)), [&](const Coat& coat) {
            return Paint{{0, m.y + 140},
                         {0, m.y + 20},
                         {{0, mix(coat.paint, colour(0xFFFFFF), 0.5)},
                          {0.45, coat.paint},
                          {1, mix(coat.paint, colour(kBlack), 0.65)}},
                         false};
        });
        if (!shape_.rails) return;
        fill(Path::line(shape_.rail, 30),
             {{0, shape_.rail[2].y + 15},
              {0, shape_.rail[2].y - 40},
              {{0, colour(0xB9BFC4)}, {0.6, colour(0x4A4F54)}, {1, colour(0x1B1E21)}},
              false});
    }

    void spoke(Point c, double radius, double angle, double width) {
        const auto at = [&](double along, double across) {
            return Vertex{c.x + std::cos(angle) * along - std::sin(angle) * across,
                          c.y + std::sin(angle) * along + std::cos(angle) * across, 0};
        };
        const std::vector<Vertex> outline = {
            at(radius * 0.12, -width * 0.42), at(radius * 0.97, -width * 0.62),
            at(radius * 0.97, width * 0.62), at(radius * 0.12, width * 0.42)};
        const std::vector<Vertex> side = {
            at(radius * 0.12, -width * 0.70), at(radius * 0.97, -width * 0.95),
            at(radius * 0.97, width * 0.95), at(radius * 0.12, width * 0.70)};
        fill(Path::polygon(side), Paint::plain(colour(0x3C4146)));
        fill(Path::polygon(outline),
             {{c.x - radius, c.y + radius},
              {c.x + radius, c.y - radius},
              {{0, colour(0xF4F6F7)}, {0.45, colour(0xC3C9CE)}, {1, colour(0x7F868C)}},
              false});
    }

    void wheel(double axle) {
        const double r = shape_.wheel_radius;
        const Point c{axle, r};
        fill(Path::ellipse(c, r, r), {c,
                                      {c.x + r, c.y},
                                      {{0, colour(0x15171A)},
                                       {0.80, colour(0x17191C)},
                                       {0.90, colour(0x2B2E32)},
                                       {0.955, colour(0x1A1C1F)},
                                       {1, colour(0x08090A)}},
                                      true});
        const double rim = r * 0.72;
        fill(Path::ellipse(c, rim + 10, rim + 10), Paint::plain(colour(0x060708)));
        fill(Path::ellipse(c, rim, rim),
             {{c.x - rim, c.y + rim},
              {c.x + rim, c.y - rim},
              {{0, colour(0xFAFBFB)}, {0.5, colour(0xAEB5BA)}, {1, colour(0x666D73)}},
              false});
        const double well = rim * 0.91;
        fill(Path::ellipse(c, well, well),
             {c,
              {c.x + well, c.y},
              {{0, colour(0x2A2E32)}, {0.75, colour(0x15181B)}, {1, colour(0x050607)}},
              true});
        const double disc = rim * 0.66;
        fill(Path::ellipse(c, disc, disc),
             {{c.x - disc, c.y + disc},
              {c.x + disc, c.y - disc},
              {{0, colour(0x8F979E)}, {0.5, colour(0x5A6168)}, {1, colour(0x3B4147)}},
              false});
        fill(Path::ellipse(c, disc * 0.45, disc * 0.45), Paint::plain(colour(0x1B1E21)));
        const double turn = axle < 2000 ? 0.31 : 0.12;
        for (int i = 0; i < shape_.spokes; ++i) {
            const double angle =
                turn + 2 * std::numbers::pi * i / shape_.spokes + std::numbers::pi / 2;
            const double width = rim * 1.05 / shape_.spokes;
            if (shape_.twin_spokes) {
                spoke(c, rim, angle - 0.17, width * 0.52);
                spoke(c, rim, angle + 0.17, width * 0.52);
            } else {
                spoke(c, rim, angle, width * (shape_.spokes > 7 ? 0.85 : 0.95));
            }
        }
        const double hub = rim * 0.20;
        fill(Path::ellipse(c, hub, hub), {{c.x - hub, c.y + hub},
                                          {c.x + hub, c.y - hub},
                                          {{0, colour(0xEDEFF1)}, {1, colour(0x6E757B)}},
                                          false});
        fill(Path::ellipse(c, hub * 0.62, hub * 0.62), Paint::plain(colour(0x22262A)));
        // The arch throws its shade on the upper half.
        fill(Path::ellipse(c, r, r),
             {{0, c.y + r},
              {0, c.y + r * 0.1},
              {{0, colour(0, 0.72)}, {0.45, colour(0, 0.25)}, {1, colour(0, 0)}},
              false});
    }

    std::vector<Coat>& coats_;
    const Shape& shape_;
    Transform t_;
    Mask body_;
};

// The part of the picture that the car itself can touch.
draw::Area area_of(const Shape& shape, const Transform& t) {
    constexpr double kBeyond = 60;  // millimetres: lines have widths, rails stand on the roof
    double top = 0;
    for (const Outline* outline : {&shape.body, &shape.rail})
        for (const Vertex& v : *outline)
            top = std::max(top, v.y);
    const Point a = t({-kBeyond, top + kBeyond});
    const Point b = t({shape.length + kBeyond, -kBeyond});
    const auto pixel = [](double at, int limit) {
        return std::clamp(static_cast<int>(std::lround(at)), 0, limit);
    };
    const int left = pixel(std::min(a.x, b.x), kWidth);
    const int upper = pixel(a.y, kHeight);
    return {left, upper, pixel(std::max(a.x, b.x), kWidth) - left, pixel(b.y, kHeight) - upper};
}

}  // namespace

std::optional<BodyStyle> body_style(std::string_view word) {
    constexpr std::array<std::pair<std::string_view, BodyStyle>, 8> kWords = {
        {{"sedan", BodyStyle::kSedan},
         {"hatchback", BodyStyle::kHatchback},
         {"suv", BodyStyle::kSuv},
         {"compact_suv", BodyStyle::kCompactSuv},
         {"pickup", BodyStyle::kPickup},
         {"van", BodyStyle::kVan},
         {"coupe", BodyStyle::kCoupe},
         {"wagon", BodyStyle::kWagon}}};
    for (const auto& [name, style] : kWords)
        if (name == word) return style;
    return std::nullopt;
}

std::vector<Image> draw_cars(BodyStyle style, std::span<const Rgb> paints, View view) {
    const Shape& shape = shape_of(style);
    const bool near = view == View::kNear;
    // Long cars fill the frame, short ones nearly: both stay recognisable beside each other.
    const double scale = (near ? 2750.0 : 1330.0) / (shape.length * 0.6 + 4800 * 0.4);
    const double ground = near ? 905 : kGroundRow;
    Transform t{scale, 0, 0, -scale, 0, ground};
    t.e = near ? 190 : (kWidth - shape.length * scale) / 2;
    if (view == View::kRight) {
        t.a = -scale;
        t.e = (kWidth + shape.length * scale) / 2;
    }
    std::vector<Coat> coats;
    for (const Rgb paint : paints)
        coats.emplace_back(area_of(shape, t), paint);
    if (coats.empty()) return {};
    Painter(coats, shape, t).draw();
    const auto dark = shadows(shape, t);

    // Strip by strip: a whole scene in floats is 25 MB, a strip stays in the processor's cache.
    constexpr int kStrip = 40;
    static_assert(kHeight % kStrip == 0);
    std::vector<Image> pictures(coats.size(), Image(kWidth, kHeight));
    for (int y = 0; y < kHeight; y += kStrip) {
        Canvas room({0, y, kWidth, kStrip});
        paint_backdrop(room, view, ground - (near ? 190 : 130));
        for (std::size_t i = 0; i < coats.size(); ++i) {
            Canvas scene = room;
            scene.reflect(coats[i].canvas, static_cast<int>(ground), near ? 90 : 150, 0.28);
            for (const auto& [mask, strength] : dark)
                scene.paint(mask, Paint::plain(colour(0x0A0C0F, strength)), t);
            scene.lay(coats[i].canvas);
            scene.write(pictures[i]);
        }
    }
    return pictures;
}

Image draw_car(BodyStyle style, Rgb paint, View view) {
    return std::move(draw_cars(style, {&paint, 1}, view).front());
}

}  // namespace showfloor::imaging::demo
