// Figures as pictures: bars and curves that answer a finger, progress, QR codes.

#include <cmath>

#include "ui/controls.hpp"

namespace showfloor::ui {

namespace {

// Which of `count` values the finger or the keys ask for; kept until another is asked for.
int asked(Context& ui, const Area& area, std::string_view id, std::string_view label,
          std::span<const std::string> read_outs, std::size_t count, Touch& touch) {
    const std::string name = "chart:" + std::string(id);
    float& kept = ui.remembered(name);  // plus one; 0 = none
    int current = static_cast<int>(kept) - 1;
    if (current >= static_cast<int>(count)) current = -1;
    Item item;
    item.id = name;
    item.label = std::string(label);
    if (current >= 0 && static_cast<std::size_t>(current) < read_outs.size())
        item.state = read_outs[static_cast<std::size_t>(current)];
    item.rect = area.rect;
    item.drag = Drag::kAcross;
    item.adjustable = true;
    touch = ui.touch(std::move(item));
    const int last = static_cast<int>(count) - 1;
    int wanted = current;
    if (touch.nudge != 0)
        wanted =
            current < 0 ? (touch.nudge > 0 ? 0 : last) : std::clamp(current + touch.nudge, 0, last);
    if (touch.pressed || touch.released || touch.tapped) {
        float share = (touch.finger.x - area.rect.x) / area.width();
        if (area.mirrored()) share = 1 - share;
        wanted = std::clamp(static_cast<int>(share * static_cast<float>(count)), 0, last);
    }
    if (wanted != current) ui.draw_again();
    kept = static_cast<float>(wanted + 1);
    return wanted;
}

// The value in a dark pill over its point, inside the chart.
void read_out(Context& ui, const Area& chart, Point at, std::string_view words) {
    if (words.empty()) return;
    const Colors& c = ui.color();
    TextStyle style = ui.text(Style::kSmall);
    style.weight = Weight::kSemiBold;
    style.tabular = true;
    const float width = std::min(ui.painter().measure(words, style) + 32, chart.width());
    const float x = std::clamp(at.x - width / 2, chart.rect.x,
                               std::max(chart.rect.x, chart.rect.right() - width));
    const float y = std::max(chart.rect.y, at.y - 56);
    const Rect pill{x, y, width, 44};
    ui.painter().shadow(pill, 16, c.shadow);
    ui.painter().fill(pill, c.inverse, 12);
    ui.painter().text(pill, words, style, c.on_inverse, Align::kCentre);
}

void rules(Context& ui, const Rect& r, int count) {
    for (int i = 0; i <= count; ++i) {
        const float y = r.y + r.h * static_cast<float>(i) / static_cast<float>(count);
        ui.painter().line({r.x, y}, {r.right(), y}, ui.color().line, 1);
    }
}

std::string_view nth(std::span<const std::string> words, int place) {
    return place >= 0 && static_cast<std::size_t>(place) < words.size()
               ? std::string_view(words[static_cast<std::size_t>(place)])
               : std::string_view();
}

}  // namespace

int bar_chart(Context& ui, Area area, const BarChart& spec) {
    if (spec.values.empty()) return -1;
    Painter& paint = ui.painter();
    const Colors& c = ui.color();
    const Area whole = area;
    Area names = spec.names.empty() ? area.with({}) : area.cut_bottom(32);
    Touch touch;
    const int chosen = spec.id.empty() ? -1
                                       : asked(ui, whole, spec.id, spec.label, spec.read_outs,
                                               spec.values.size(), touch);
    const double top = std::max(1e-9, *std::max_element(spec.values.begin(), spec.values.end()));
    rules(ui, area.rect, 4);
    const int count = static_cast<int>(spec.values.size());
    const std::vector<Area> columns = area.columns(count, 0);
    const std::vector<Area> name_columns = names.columns(count, 0);
    Point tip{};
    for (std::size_t i = 0; i < spec.values.size(); ++i) {
        const auto share = static_cast<float>(std::max(0.0, spec.values[i]) / top);
        const float height = std::max(share * (area.height() - 8), 2.0F);
        const Rect column = columns[i].rect;
        const float width = std::min(46.0F, column.w * 0.66F);
        const Rect bar{column.centre().x - width / 2, column.bottom() - height, width, height};
        const bool strong = chosen >= 0 ? static_cast<int>(i) == chosen : spec.highlight == i;
        if (static_cast<int>(i) == chosen) tip = {bar.centre().x, bar.y};
        paint.fill(bar, strong ? c.accent : c.accent_tint, std::min(8.0F, height / 2));
        if (i < spec.names.size()) {
            // A name stands under its bar and may reach under the next, which then has none.
            Rect under = name_columns[i].rect;
            under.x -= column.w * 0.45F, under.w += column.w * 0.9F;
            label(ui, names.with(under), spec.names[i], Style::kCaption,
                  strong ? Ink::kInk : Ink::kQuiet, Align::kCentre);
        }
    }
    if (chosen >= 0) read_out(ui, area, tip, nth(spec.read_outs, chosen));
    if (!spec.id.empty()) focus_ring(ui, touch, whole.rect, 8);
    return chosen;
}

float name_share(const LineChart& spec, std::size_t name) {
    const auto last_of = [](std::size_t count) { return std::max<std::size_t>(2, count) - 1; };
    if (spec.name_every == 0)
        return static_cast<float>(name) / static_cast<float>(last_of(spec.names.size()));
    return static_cast<float>(name * spec.name_every) /
           static_cast<float>(last_of(spec.values.size()));
}

namespace {

// Each under its point; the outermost stay inside.
void axis_names(Context& ui, const Area& names, const LineChart& spec) {
    const Rect r = names.rect;
    const float pitch = r.w * name_share(spec, 1);
    for (std::size_t i = 0; i < spec.names.size(); ++i) {
        float x = r.w * name_share(spec, i);
        if (names.mirrored()) x = r.w - x;
        const float before = x, after = r.w - x;
        Rect under{r.x + x - pitch / 2, r.y, pitch, r.h};
        Align align = Align::kCentre;
        if (std::min(before, after) < pitch / 4) {
            const bool left = before < after;
            under = {left ? r.x : r.right() - pitch / 2, r.y, pitch / 2, r.h};
            align = left != names.mirrored() ? Align::kStart : Align::kEnd;
        }
        label_fitted(ui, names.with(under), spec.names[i], Style::kCaption, Ink::kQuiet, 0.7F,
                     align);
    }
}

}  // namespace

int line_chart(Context& ui, Area area, const LineChart& spec) {
    if (spec.values.empty()) return -1;
    Painter& paint = ui.painter();
    const Colors& c = ui.color();
    const Area whole = area;
    const Area names = spec.names.empty() ? area.with({}) : area.cut_bottom(32);
    Touch touch;
    const int chosen = spec.id.empty() ? -1
                                       : asked(ui, whole, spec.id, spec.label, spec.read_outs,
                                               spec.values.size(), touch);
    rules(ui, area.rect, 4);
    const double top = std::max(1e-9, *std::max_element(spec.values.begin(), spec.values.end()));
    const auto curve = [&](std::span<const double> values) {
        std::vector<Point> points;
        const float last = static_cast<float>(std::max<std::size_t>(2, values.size()) - 1);
        for (std::size_t i = 0; i < values.size(); ++i) {
            float along = static_cast<float>(i) / last;
            if (area.mirrored()) along = 1 - along;
            const auto share = static_cast<float>(std::max(0.0, values[i]) / top);
            points.push_back({area.rect.x + along * area.width(),
                              area.rect.bottom() - share * (area.height() - 8)});
        }
        return points;
    };
    const std::vector<Point> line = curve(spec.values), lower = curve(spec.lower);
    if (spec.area) paint.area_under(line, area.rect.bottom(), c.accent_soft);
    paint.area_under(lower, area.rect.bottom(), c.accent_tint);
    if (lower.size() > 1) paint.polyline(lower, c.accent.faded(0.5F), 2);
    if (line.size() > 1) paint.polyline(line, c.accent, 3);
    axis_names(ui, names, spec);
    if (chosen >= 0 && static_cast<std::size_t>(chosen) < line.size()) {
        const Point at = line[static_cast<std::size_t>(chosen)];
        paint.line({at.x, area.rect.y}, {at.x, area.rect.bottom()}, c.outline, 1.5F);
        paint.disc(at, 9, c.card);
        paint.disc(at, 6.5F, c.accent);
        read_out(ui, area, at, nth(spec.read_outs, chosen));
    }
    if (!spec.id.empty()) focus_ring(ui, touch, whole.rect, 8);
    return chosen;
}

void progress_bar(Context& ui, Area area, double fraction, std::string_view words) {
    const Colors& c = ui.color();
    Area line = area;
    if (!words.empty()) {
        const float width = text_width(ui, words, Style::kBodyStrong);
        label(ui, line.cut_end(std::min(width, line.width()), space::k16), words,
              Style::kBodyStrong, Ink::kInk, Align::kEnd);
    }
    Rect bar = line.rect;
    bar.y = bar.centre().y - 5, bar.h = 10;
    ui.painter().fill(bar, c.track, 5);
    const auto share = static_cast<float>(std::clamp(fraction, 0.0, 1.0));
    const float done = bar.w * share;
    if (done >= 1)
        ui.painter().fill({area.mirrored() ? bar.right() - done : bar.x, bar.y, done, bar.h},
                          c.accent, std::min(5.0F, done / 2));
}

void qr(Context& ui, Area area, std::span<const std::uint8_t> modules, int side) {
    if (side <= 0 ||
        modules.size() != static_cast<std::size_t>(side) * static_cast<std::size_t>(side))
        return;
    constexpr int kQuietZone = 4;  // modules of white around it, or cameras do not find it
    const float scale = ui.painter().scale();
    const float room = std::min(area.width(), area.height());
    // Whole pixels a module: edges stay sharp.
    const float module =
        std::max(1.0F, std::floor(room * scale / static_cast<float>(side + 2 * kQuietZone))) /
        scale;
    const Area code =
        area.centred(module * static_cast<float>(side), module * static_cast<float>(side));
    ui.painter().fill(code.rect.inflated(module * kQuietZone), kWhite, 12);
    for (int y = 0; y < side; ++y)
        for (int x = 0; x < side; ++x) {
            // A run of dark modules is one rectangle.
            int end = x;
            while (end < side &&
                   (modules[static_cast<std::size_t>(y) * static_cast<std::size_t>(side) +
                            static_cast<std::size_t>(end)] &
                    1) != 0)
                ++end;
            if (end == x) continue;
            ui.painter().fill({code.rect.x + module * static_cast<float>(x),
                               code.rect.y + module * static_cast<float>(y),
                               module * static_cast<float>(end - x), module},
                              kBlack);
            x = end;
        }
}

}  // namespace showfloor::ui
