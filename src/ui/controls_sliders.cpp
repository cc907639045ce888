// Sliders: one thumb, or two under a histogram.

#include <cmath>

#include "ui/controls.hpp"

namespace showfloor::ui {

namespace {

constexpr float kLabelLine = 32, kTrackLine = 48, kHistogram = 72;
constexpr float kTrack = 6, kThumb = 17;
// Keys go through a range without steps in this many.
constexpr double kKeySteps = 50;

struct Range {
    double least, most, step;

    [[nodiscard]] double fit(double value) const {
        if (step > 0) value = least + std::round((value - least) / step) * step;
        return std::clamp(value, least, std::max(least, most));
    }
    [[nodiscard]] double share(double value) const {
        return most > least ? std::clamp((value - least) / (most - least), 0.0, 1.0) : 0;
    }
    [[nodiscard]] double key_step() const { return step > 0 ? step : (most - least) / kKeySteps; }
};

// The track between the thumbs' outermost places.
Rect track_of(Rect line) {
    return {line.x + kThumb, line.centre().y - kTrack / 2, std::max(1.0F, line.w - 2 * kThumb),
            kTrack};
}

float place_of(const Area& track, double share) {
    const auto s = static_cast<float>(share);
    return track.rect.x + track.width() * (track.mirrored() ? 1 - s : s);
}

double value_at(const Area& track, const Range& range, float x) {
    double share = static_cast<double>((x - track.rect.x) / track.width());
    if (track.mirrored()) share = 1 - share;
    return range.fit(range.least + std::clamp(share, 0.0, 1.0) * (range.most - range.least));
}

void draw_thumb(Context& ui, Point at, const Touch& touch) {
    Painter& paint = ui.painter();
    const Colors& c = ui.color();
    const float radius = touch.pressed ? kThumb + 3 : kThumb;
    const Rect round = Rect{at.x, at.y, 0, 0}.inflated(radius);
    paint.shadow(round, radius, c.shadow);
    paint.shadow(round, radius / 2, c.shadow);
    paint.disc(at, radius, c.thumb);
    paint.ring(at, radius - 0.75F, touch.pressed ? c.accent : c.outline, 1.5F);
    focus_ring(ui, touch, round, radius);
}

// The wanted value after what the finger or the keys did; the same when nothing did.
double moved_to(const Touch& touch, const Area& track, const Range& range, double value) {
    if (touch.nudge != 0) return range.fit(value + touch.nudge * range.key_step());
    if (touch.tapped && track.rect.inflated(kTrackLine).contains(touch.finger))
        return value_at(track, range, touch.finger.x);
    if (touch.dragging || touch.released) return value_at(track, range, touch.finger.x);
    return value;
}

Item slider_item(std::string id, std::string_view label, std::string_view words, Rect rect) {
    Item item;
    item.id = "slider:" + std::move(id);
    item.label = std::string(label);
    item.state = std::string(words);
    item.rect = rect;
    item.drag = Drag::kAcross;
    item.adjustable = true;
    return item;
}

bool take(Context& ui, double& value, double wanted) {
    if (wanted == value) return false;
    value = wanted;
    ui.draw_again();
    return true;
}

}  // namespace

bool slider(Context& ui, Area area, const Slider& spec, double& value) {
    const Range range{spec.least, spec.most, spec.step};
    const Colors& c = ui.color();
    if (!spec.label.empty() || !spec.value_words.empty()) {
        Area line = area.cut_top(kLabelLine);
        const float words = text_width(ui, spec.value_words, Style::kLabel);
        label(ui, line.cut_end(std::min(words, line.width()), space::k12), spec.value_words,
              Style::kLabel, Ink::kInk, Align::kEnd);
        label(ui, line, spec.label, Style::kSmall, Ink::kQuiet);
    }
    const Area line = area.cut_top(kTrackLine + space::k8);
    const Area track = line.with(track_of(line.rect));
    const Touch touch =
        ui.touch(slider_item(std::string(spec.id), spec.label, spec.value_words, line.rect));
    const bool changed = take(ui, value, moved_to(touch, track, range, value));
    const Point thumb{place_of(track, range.share(value)), track.rect.centre().y};
    ui.painter().fill(track.rect.inflated(0), c.track, kTrack / 2);
    Rect done = track.rect;
    if (track.mirrored())
        done.x = thumb.x, done.w = track.rect.right() - thumb.x;
    else
        done.w = thumb.x - done.x;
    ui.painter().fill(done, c.accent, kTrack / 2);
    draw_thumb(ui, thumb, touch);
    return changed;
}

float range_slider_height(const RangeSlider& spec) {
    return (spec.label.empty() ? 0 : kLabelLine) + (spec.histogram.empty() ? 0 : kHistogram) +
           kTrackLine + (spec.low_words.empty() && spec.high_words.empty() ? 0 : kLabelLine);
}

namespace {

void draw_histogram(Context& ui, const Area& track, float base, std::span<const double> heights,
                    float from, float to) {
    const double top = std::max(1e-9, *std::max_element(heights.begin(), heights.end()));
    const std::vector<Area> columns = track.columns(static_cast<int>(heights.size()), 2);
    for (std::size_t i = 0; i < heights.size(); ++i) {
        const auto share = static_cast<float>(std::max(0.0, heights[i]) / top);
        const float height = share * (kHistogram - 8);
        if (height < 0.5F) continue;
        Rect bar = columns[i].rect;
        bar.y = base - height, bar.h = height;
        const float middle = bar.centre().x;
        const bool inside = middle >= std::min(from, to) && middle <= std::max(from, to);
        ui.painter().fill(bar, inside ? ui.color().accent_tint : ui.color().track,
                          std::min({4.0F, bar.w / 2, height / 2}));
    }
}

}  // namespace

bool range_slider(Context& ui, Area area, const RangeSlider& spec, double& low, double& high) {
    const Range range{spec.least, spec.most, spec.step};
    const Colors& c = ui.color();
    if (!spec.label.empty()) caption(ui, area, spec.label);
    if (!spec.histogram.empty()) area.skip(kHistogram);
    const Area line = area.cut_top(kTrackLine);
    const Area track = line.with(track_of(line.rect));
    const float y = track.rect.centre().y;
    float from = place_of(track, range.share(low)), to = place_of(track, range.share(high));
    if (!spec.histogram.empty())
        draw_histogram(ui, track, y - kTrack / 2, spec.histogram, from, to);
    // Each thumb has the half of the line that is nearer to it.
    const float middle = (from + to) / 2;
    Rect left = line.rect, right = line.rect;
    left.w = middle - left.x;
    right.x = middle, right.w = line.rect.right() - middle;
    const bool mirrored = track.mirrored();
    const std::string id(spec.id), name(spec.label);
    const Touch at_low = ui.touch(slider_item(id + "/low", ui.tr("ui.from", {{"what", name}}),
                                              spec.low_words, mirrored ? right : left));
    const Touch at_high = ui.touch(slider_item(id + "/high", ui.tr("ui.up_to", {{"what", name}}),
                                               spec.high_words, mirrored ? left : right));
    bool changed = take(ui, low, std::min(moved_to(at_low, track, range, low), high));
    changed = take(ui, high, std::max(moved_to(at_high, track, range, high), low)) || changed;
    from = place_of(track, range.share(low)), to = place_of(track, range.share(high));
    ui.painter().fill(track.rect, c.track, kTrack / 2);
    ui.painter().fill({std::min(from, to), track.rect.y, std::abs(to - from), kTrack}, c.accent);
    draw_thumb(ui, {from, y}, at_low);
    draw_thumb(ui, {to, y}, at_high);
    if (!spec.low_words.empty() || !spec.high_words.empty()) {
        Area words = area.cut_top(kLabelLine);
        label(ui, words.cut_start(words.width() / 2), spec.low_words, Style::kBody);
        label(ui, words, spec.high_words, Style::kBody, Ink::kInk, Align::kEnd);
    }
    return changed;
}

}  // namespace showfloor::ui
