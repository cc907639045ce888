// Pads: a signature by finger, figures of a PIN.

#include "ui/controls.hpp"
#include "ui/limits.hpp"

namespace showfloor::ui {

namespace {

constexpr float kUnits = 1000;

// A line through the middles of the points, bent at the points: smooth whatever the panel's rate.
std::vector<Point> smoothed(const std::vector<Point>& points) {
    if (points.size() < 3) return points;
    std::vector<Point> line{points.front()};
    const auto middle = [](Point a, Point b) { return Point{(a.x + b.x) / 2, (a.y + b.y) / 2}; };
    Point from = points.front();
    for (std::size_t i = 1; i + 1 < points.size(); ++i) {
        const Point to = middle(points[i], points[i + 1]), bend = points[i];
        constexpr int kPieces = 4;
        for (int k = 1; k <= kPieces; ++k) {
            const float t = static_cast<float>(k) / kPieces, s = 1 - t;
            line.push_back({s * s * from.x + 2 * s * t * bend.x + t * t * to.x,
                            s * s * from.y + 2 * s * t * bend.y + t * t * to.y});
        }
        from = to;
    }
    line.push_back(points.back());
    return line;
}

bool add_point(std::vector<std::vector<Point>>& strokes, Point p) {
    if (strokes.empty() || strokes.back().size() >= kMaxStrokePoints) return false;
    std::vector<Point>& stroke = strokes.back();
    if (!stroke.empty() && std::abs(stroke.back().x - p.x) < 1.5F &&
        std::abs(stroke.back().y - p.y) < 1.5F)
        return false;
    stroke.push_back(p);
    return true;
}

}  // namespace

bool signature_pad(Context& ui, Area area, std::string_view id, std::string_view words,
                   std::vector<std::vector<Point>>& strokes) {
    Painter& paint = ui.painter();
    const Colors& c = ui.color();
    Item item;
    item.id = "pad:" + std::string(id);
    item.label = std::string(words);
    item.rect = area.rect;
    item.drag = Drag::kAny;
    const Touch touch = ui.touch(std::move(item));
    bool grew = false;
    if (touch.started && strokes.size() < kMaxStrokes) strokes.emplace_back();
    if (touch.started || touch.dragging || touch.released)
        for (const Point p : ui.interaction().trail()) {
            const Point at{std::clamp((p.x - area.rect.x) / area.width() * kUnits, 0.0F, kUnits),
                           std::clamp((p.y - area.rect.y) / area.height() * kUnits, 0.0F, kUnits)};
            grew = add_point(strokes, at) || grew;
        }
    const float radius = ui.theme().radius_control + 2;
    paint.fill(area.rect, c.sunken, radius);
    paint.outline(area.rect, touch.pressed ? c.accent : c.outline, 1.5F, radius);
    const float base = area.rect.y + area.height() * 0.76F;
    paint.line({area.rect.x + 32, base}, {area.rect.right() - 32, base}, c.outline, 1.5F);
    if (strokes.empty())
        label(ui, area.with({area.rect.x + 32, base + 4, area.width() - 64, 32}), words,
              Style::kSmall, Ink::kQuiet, Align::kCentre);
    paint.push_clip(area.rect);
    for (const std::vector<Point>& stroke : strokes) {
        std::vector<Point> line = smoothed(stroke);
        for (Point& p : line)
            p = {area.rect.x + p.x / kUnits * area.width(),
                 area.rect.y + p.y / kUnits * area.height()};
        if (line.size() == 1) paint.disc(line.front(), 2.2F, c.ink);
        if (line.size() < 2) continue;
        paint.polyline(line, c.ink, 3.4F);
        paint.disc(line.front(), 1.7F, c.ink);
        paint.disc(line.back(), 1.7F, c.ink);
    }
    paint.pop_clip();
    focus_ring(ui, touch, area.rect, radius);
    return grew;
}

namespace {

// A key of the pad; nothing is drawn for those that are not there.
bool pin_key(Context& ui, Area area, const std::string& id, std::string_view label_words,
             char32_t sign) {
    Painter& paint = ui.painter();
    const Colors& c = ui.color();
    const Touch touch = ui.touch("pin:" + id, std::string(label_words), area.rect);
    const float radius = 18;
    if (sign == icons::kNone) {
        paint.shadow(area.rect, radius, c.shadow);
        paint.fill(area.rect, touch.pressed ? c.key_soft : c.key, radius);
        paint.outline(area.rect, c.outline, 1, radius);
        TextStyle style = ui.text(Style::kTitle);
        style.weight = Weight::kMedium;
        style.size += 4;
        paint.text(area.rect, label_words, style, c.ink, Align::kCentre);
    } else {
        if (touch.pressed) paint.fill(area.rect, c.key_soft, radius);
        paint.icon(area.rect.centre(), sign, 34, c.ink);
    }
    focus_ring(ui, touch, area.rect, radius);
    return touch.tapped;
}

}  // namespace

bool pin_pad(Context& ui, Area area, std::string_view id, std::string& digits, std::size_t length) {
    const Colors& c = ui.color();
    area = area.aligned(std::min(area.width(), kPinPadWidth), area.height(), Align::kCentre);
    const std::size_t before = digits.size();
    const auto type = [&](char digit) {
        if (digits.size() < length) digits.push_back(digit);
    };
    for (const char32_t letter : ui.interaction().loose_letters())
        if (letter >= U'0' && letter <= U'9') type(static_cast<char>(letter));
    // On a low screen the gaps give way, not the keys.
    const bool low = area.height() < 48 + space::k24 + 4 * kTouchSize + 3 * space::k16;
    const float gap = low ? space::k8 : space::k16;
    const Area row = low ? area.cut_top(32, space::k12) : area.cut_top(48, space::k24);
    constexpr float kPitch = 40;
    const auto places = row.centred(kPitch * static_cast<float>(length), row.height())
                            .columns(static_cast<int>(length), 0);
    const Area keys = area;
    const std::string name(id);
    const std::vector<Area> rows = keys.rows(4, gap);
    for (std::size_t r = 0; r < 4; ++r) {
        // Figures stand as on every telephone, in every language.
        Area line = rows[r];
        line.direction = text::Direction::kLeftToRight;
        const std::vector<Area> cells = line.columns(3, space::k16);
        for (std::size_t k = 0; k < 3; ++k) {
            if (r == 3 && k == 0) continue;
            if (r == 3 && k == 2) {
                if (pin_key(ui, cells[k], name + "/erase", ui.tr("ui.keyboard.backspace"),
                            icons::kBackspace) &&
                    !digits.empty())
                    digits.pop_back();
                continue;
            }
            const char digit = r == 3 ? '0' : static_cast<char>('1' + static_cast<int>(r * 3 + k));
            const std::string face(1, digit);
            if (pin_key(ui, cells[k], name + "/" + face, face, icons::kNone)) type(digit);
        }
    }
    for (std::size_t i = 0; i < places.size(); ++i) {
        const Point at = places[i].rect.centre();
        if (i < digits.size())
            ui.painter().disc(at, 11, c.accent);
        else
            ui.painter().ring(at, 10, c.quiet, 2);
    }
    if (digits.size() != before) ui.draw_again();
    return digits.size() == length && before < length;
}

}  // namespace showfloor::ui
