#include "imaging/demo_cars.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <span>
#include <utility>
#include <vector>

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

constexpr int kWidth = 1600;
constexpr int kHeight = 1000;
constexpr double kGroundRow = 770;
constexpr unsigned kBlack = 0x0B0D10;
constexpr unsigned kTrim = 0x1B1E22;

struct Backdrop {
    unsigned wall_top, wall_low, floor_far, floor_near;
    double light;  // of the spot behind the car
};

constexpr std::array<Backdrop, kViews> kBackdrops = {{
    {0xDCD6CC, 0xEFEBE4, 0xE3DDD3, 0xC9C1B4, 0.75},
    {0xC6D0D7, 0xE6EBEE, 0xD9E0E4, 0xB4BFC7, 0.75},
    {0x5C656D, 0x8C959C, 0x747D84, 0x3C434A, 0.45},
}};

// Draws one car on a layer of its own, in millimetres.
class Painter {
   public:
    Painter(Canvas& canvas, const Shape& shape, Rgb paint, const Transform& to_pixels)
        : canvas_(canvas), shape_(shape), paint_(colour(paint)), t_(to_pixels) {
        const float light = paint_.r * 0.3F + paint_.g * 0.6F + paint_.b * 0.1F;
        lightness_ = light;
        body_ = canvas_.mask(body_path(), t_, 2);
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

    void fill(const Path& path, const Paint& paint, double strength = 1) {
        canvas_.paint(canvas_.mask(path, t_), paint, t_, strength);
    }

    // Inside the body only, blurred by `soft` millimetres.
    void on_body(const Path& path, const Paint& paint, double soft, double strength = 1) {
        Mask mask = canvas_.mask(path, t_, points(soft * 3));
        draw::blur(mask, px(soft));
        draw::intersect(mask, body_);
        canvas_.paint(mask, paint, t_, strength);
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
        const double shine = 0.30 + 0.15 * lightness_;
        const Colour white = colour(0xFFFFFF);
        const Colour dark = mix(colour(0x05070A), colour(0x3B4450), lightness_ * 0.9);
        const auto lit = [&](double t) { return mix(paint_, white, t); };
        const auto shaded = [&](double t) { return mix(paint_, dark, t); };
        const double span = belt - low;
        canvas_.paint(body_,
                      {{0, top},
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
                       false},
                      t_);
    }

    // Volume: ends turn away from the light, edges catch it.
    void body_light() {
        const double l = shape_.length;
        const Colour shade = colour(kBlack, 0.42);
        const Colour none = colour(kBlack, 0);
        canvas_.paint(body_,
                      {{0, 0},
                       {l, 0},
                       {{0, shade},
                        {0.05, colour(kBlack, 0.16)},
                        {0.16, none},
                        {0.84, none},
                        {0.96, colour(kBlack, 0.2)},
                        {1, shade}},
                       false},
                      t_);
        Mask soft = body_;
        draw::blur(soft, px(42));
        Mask edge = body_;
        for (std::size_t i = 0; i < edge.cover.size(); ++i)
            edge.cover[i] *= std::clamp(1.1F - soft.cover[i] * 1.1F, 0.0F, 1.0F);
        canvas_.paint(edge, Paint::plain(colour(kBlack, 0.55)), t_);
        Mask light = draw::rim(body_, body_, 0, std::max(2, points(20)));
        draw::blur(light, std::max(1.0, px(4)));
        draw::intersect(light, body_);
        canvas_.paint(light, Paint::plain(colour(0xFFFFFF, 0.55)), t_);
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
        const double glow = 0.30 + 0.25 * (1 - lightness_);
        on_body(Path::line(moved(34), 46), Paint::plain(colour(0xFFFFFF, glow)), 14);
        on_body(Path::line(moved(-14), 40), Paint::plain(colour(kBlack, 0.30)), 16);
        on_body(Path::line(moved(8), 9), Paint::plain(colour(0xFFFFFF, glow * 0.9)), 2.5);
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
            Mask mask = canvas_.mask(path, t_);
            draw::intersect(mask, body_);
            canvas_.paint(mask, plastic, t_);
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
        Mask mask = canvas_.mask(Path::polygon(intake), t_);
        draw::intersect(mask, body_);
        canvas_.paint(
            mask, {{0, 0}, {230, 0}, {{0, colour(0x050607)}, {1, colour(0x23272C)}}, false}, t_);
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

        Mask pane = canvas_.mask(glass, t_, 2);
        canvas_.paint(pane,
                      {{0, top},
                       {0, low},
                       {{0, colour(0x47545F)},
                        {0.35, colour(0x27313A)},
                        {0.62, colour(0x161C22)},
                        {1, colour(0x0D1115)}},
                       false},
                      t_);
        const auto inside = [&](const Path& path, const Paint& paint, double soft) {
            Mask mask = canvas_.mask(path, t_, points(soft * 3));
            draw::blur(mask, px(soft));
            draw::intersect(mask, pane);
            canvas_.paint(mask, paint, t_);
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
        canvas_.paint(upper, Paint::plain(colour(kBlack, 0.5)), t_);
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
            fill(Path::polygon(bar), {{0, h.y + 28},
                                      {0, h.y - 12},
                                      {{0, mix(paint_, colour(0xFFFFFF), 0.65)},
                                       {0.5, mix(paint_, colour(0xFFFFFF), 0.15)},
                                       {1, mix(paint_, colour(kBlack), 0.5)}},
                                      false});
        }
    }

    void lamp(const Outline& outline, const std::vector<Stop>& stops, Colour line) {
        const Path path = Path::polygon(outline);
        Mask mask = canvas_.mask(path, t_, 2);
        draw::intersect(mask, body_);
        double top = 0;
        double low = 1e9;
        for (const Vertex& v : outline) {
            top = std::max(top, v.y);
            low = std::min(low, v.y);
        }
        canvas_.paint(mask, {{0, top}, {0, low}, stops, false}, t_);
        // A lit line along the upper edge, and the dark joint round the glass.
        Mask lit = draw::rim(mask, mask, 0, std::max(2, points(26)));
        draw::Mask glow = lit;
        draw::blur(glow, px(10));
        draw::intersect(glow, body_);
        canvas_.paint(glow, Paint::plain(line), t_, 0.8);
        canvas_.paint(lit, Paint::plain(line), t_);
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
            Mask lens = canvas_.mask(Path::ellipse(c, 34, 30), t_);
            draw::intersect(lens, body_);
            canvas_.paint(lens,
                          {c,
                           {c.x + 34, c.y},
                           {{0, colour(0xFFFFFF)}, {0.45, colour(0xAFC0CC)}, {1, colour(0x1D242A)}},
                           true},
                          t_);
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
        fill(Path::polygon(cup), {{0, m.y + 140},
                                  {0, m.y + 20},
                                  {{0, mix(paint_, colour(0xFFFFFF), 0.5)},
                                   {0.45, paint_},
                                   {1, mix(paint_, colour(kBlack), 0.65)}},
                                  false});
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

    Canvas& canvas_;
    const Shape& shape_;
    Colour paint_;
    float lightness_ = 0;
    Transform t_;
    Mask body_;
};

// Wall, floor, the spot behind the car and darker corners. All of it is smooth, so it is worked out
// at every sixteenth point and drawn straight between them.
void paint_backdrop(Canvas& canvas, const Backdrop& look, double horizon) {
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

// What the car throws on the floor: coverage and darkness.
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

Image draw_car(BodyStyle style, Rgb paint, View view) {
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
    Canvas car(area_of(shape, t));
    Painter(car, shape, paint, t).draw();
    const auto dark = shadows(shape, t);

    // Strip by strip: a whole scene in floats is 25 MB, a strip stays in the processor's cache.
    constexpr int kStrip = 40;
    static_assert(kHeight % kStrip == 0);
    Image picture(kWidth, kHeight);
    Canvas scene({0, 0, kWidth, kStrip});
    for (int y = 0; y < kHeight; y += kStrip) {
        scene.move_to(y);
        paint_backdrop(scene, kBackdrops.at(static_cast<std::size_t>(view)),
                       ground - (near ? 190 : 130));
        scene.reflect(car, static_cast<int>(ground), near ? 90 : 150, 0.28);
        for (const auto& [mask, strength] : dark)
            scene.paint(mask, Paint::plain(colour(0x0A0C0F, strength)), t);
        scene.lay(car);
        scene.write(picture);
    }
    return picture;
}

}  // namespace showfloor::imaging::demo
