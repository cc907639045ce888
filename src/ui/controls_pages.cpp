// What moves under a finger: sheets, pages to swipe, a picture to look at closely.

#include <cmath>

#include "ui/controls.hpp"

namespace showfloor::ui {

namespace {

constexpr float kRoundTop = 28;
// Pulled this far, or this fast (dp a second), a sheet is meant to go.
constexpr float kPull = 120, kFlick = 900;
constexpr float kHandle = 40;

void sheet_ground(Context& ui, Rect rect) {
    const Colors& c = ui.color();
    ui.painter().shadow(rect, 32, c.shadow);
    ui.painter().fill(rect, c.card, kRoundTop);
    if (c.shadow.a == 0) ui.painter().outline(rect, c.outline, 1.5F, kRoundTop);
}

// How far a drag has pulled the sheet away, and whether that was meant.
float pulled(Context& ui, const std::string& id, float along, float speed, const Touch& touch,
             bool& dismissed) {
    if (touch.released && (along > kPull || speed > kFlick)) dismissed = true;
    if (touch.dragging) return std::max(0.0F, along);
    (void)ui;
    (void)id;
    return 0;
}

}  // namespace

Sheet::Sheet(Context& ui, std::string_view id, float height, float width)
    : layer_(ui, Layer::kModal) {
    const Area screen = ui.screen();
    const Rect everywhere = ui.whole().rect;
    const std::string name(id);
    const float shown = ui.animate("modal:" + name, 1, 0.0F);
    ui.registry().block(Layer::kModal, everywhere, true);
    dismissed_ = shade(ui, id, everywhere);
    width = ui.portrait() ? screen.width() : std::min(width, screen.width());
    height = std::min(height, screen.height() - space::k64);
    Rect rect{(screen.width() - width) / 2, screen.rect.bottom() - height, width, height};
    surface(ui, "sheet:" + name, rect);
    const Touch handle =
        surface(ui, "handle:" + name, {rect.x, rect.y - 16, rect.w, kHandle + 24}, Drag::kAny);
    const float down = pulled(ui, name, handle.dragged.y, handle.speed.y, handle, dismissed_);
    ui.painter().fill(everywhere, ui.color().shade.faded(shown * (1 - down / (2 * height))));
    rect = rect.moved(0, (1 - shown) * height + down);
    ui.sheet_shown({name, rect, {0, 1}});
    // Its lower corners stand below the screen.
    sheet_ground(ui, {rect.x, rect.y, rect.w, rect.h + kRoundTop});
    ui.painter().fill({rect.centre().x - 28, rect.y + 14, 56, 6}, ui.color().outline, 3);
    inside_ = screen.with(rect);
    inside_.skip(kHandle);
    inside_ = inside_.padded(space::k32, 0);
    (void)inside_.cut_bottom(space::k24);
}

SideSheet::SideSheet(Context& ui, std::string_view id, float width) : layer_(ui, Layer::kModal) {
    const Area screen = ui.screen();
    const Rect everywhere = ui.whole().rect;
    const std::string name(id);
    const float shown = ui.animate("modal:" + name, 1, 0.0F);
    ui.registry().block(Layer::kModal, everywhere, true);
    dismissed_ = shade(ui, id, everywhere);
    width = std::min(width, screen.width() - space::k64);
    const bool at_left = screen.mirrored();
    const float away = at_left ? -1.0F : 1.0F;
    Rect rect{at_left ? 0 : screen.width() - width, screen.rect.y, width, screen.height()};
    const Touch drag = surface(ui, "sheet:" + name, rect, Drag::kAcross);
    const float out =
        pulled(ui, name, drag.dragged.x * away, drag.speed.x * away, drag, dismissed_);
    ui.painter().fill(everywhere, ui.color().shade.faded(shown * (1 - out / (2 * width))));
    rect = rect.moved(away * ((1 - shown) * width + out), 0);
    ui.sheet_shown({name, rect, {away, 0}});
    // Its outer corners stand beside the screen.
    sheet_ground(ui, {at_left ? rect.x - kRoundTop : rect.x, rect.y, rect.w + kRoundTop, rect.h});
    inside_ = screen.with(rect).padded(space::k32);
}

bool pager(Context& ui, Area area, const Pager& spec, std::size_t& page,
           const std::function<void(std::size_t, Area)>& draw) {
    if (spec.count == 0 || area.rect.empty()) return false;
    const std::string id = "pager:" + std::string(spec.id);
    page = std::min(page, spec.count - 1);
    const std::size_t before = page;
    Item item;
    item.id = id;
    item.label = std::string(spec.label);
    item.state = ui.tr("ui.page_of", {{"page", static_cast<std::int64_t>(page + 1)},
                                      {"count", static_cast<std::int64_t>(spec.count)}});
    item.rect = area.rect;
    item.adjustable = true;
    const Touch touch = ui.touch(std::move(item));
    if (touch.nudge > 0 && page + 1 < spec.count) ++page;
    if (touch.nudge < 0 && page > 0) --page;

    Scroll& scroll = ui.interaction().scroll(id);
    const auto wide = static_cast<double>(area.width());
    float& known = ui.remembered(id);  // the page last drawn, plus one
    const bool first = scroll.snap == 0 || known == 0;
    // Another width (turned, another size): the page stays where it was.
    if (first || scroll.snap != wide)
        scroll.offset = scroll.goal = static_cast<double>(page) * wide;
    scroll.horizontal = true;
    scroll.view = scroll.snap = wide;
    scroll.content = wide * static_cast<double>(spec.count);
    if (!first && static_cast<std::size_t>(known) != page + 1)
        scroll.goal = static_cast<double>(page) * wide;
    else
        page = std::min(spec.count - 1, static_cast<std::size_t>(std::lround(scroll.goal / wide)));
    if (ui.reduce_motion() && !scroll.dragged) scroll.offset = scroll.goal;
    known = static_cast<float>(page + 1);
    ui.registry().add_scroll(
        {id, area.rect.common(ui.painter().clip()), ui.painter().layer(), true});

    ui.painter().push_clip(area.rect);
    const double shown = scroll.shown();
    const auto left = static_cast<std::int64_t>(std::floor(shown / wide));
    for (std::int64_t i = std::max<std::int64_t>(0, left);
         i <= left + 1 && i < static_cast<std::int64_t>(spec.count); ++i) {
        const auto along = static_cast<float>(static_cast<double>(i) * wide - shown);
        if (std::abs(along) >= area.width()) continue;
        draw(static_cast<std::size_t>(i),
             area.with(area.rect.moved(area.mirrored() ? -along : along, 0)));
    }
    ui.painter().pop_clip();
    focus_ring(ui, touch, area.rect.inflated(-8), 12);
    if (page != before) ui.draw_again();
    return page != before;
}

void dots(Context& ui, Area area, std::size_t count, std::size_t page, bool on_picture) {
    if (count < 2) return;
    const Colors& c = ui.color();
    // More than fit are a figure instead: "7 / 24".
    constexpr float kPitch = 20;
    const float wanted = static_cast<float>(count) * kPitch;
    const std::string figure = std::to_string(page + 1) + " / " + std::to_string(count);
    const bool as_figure = count > 9 || wanted > area.width();
    TextStyle style = ui.text(Style::kCaption);
    style.weight = Weight::kSemiBold;
    style.tabular = true;
    const float width = as_figure ? ui.painter().measure(figure, style) : wanted;
    const Area pill = area.centred(width + 28, 36);
    if (on_picture) ui.painter().fill(pill.rect, c.badge, 18);
    const Color strong = on_picture ? c.on_badge : c.accent;
    if (as_figure) {
        ui.painter().text(pill.rect, figure, style, on_picture ? c.on_badge : c.ink,
                          Align::kCentre);
        return;
    }
    const std::vector<Area> places = pill.centred(wanted, 36).columns(static_cast<int>(count), 0);
    for (std::size_t i = 0; i < count; ++i)
        ui.painter().disc(places[i].rect.centre(), i == page ? 5.5F : 4.0F,
                          i == page ? strong : (on_picture ? c.on_badge.faded(0.5F) : c.outline));
}

namespace {

// The piece of the picture that fills the area when it is looked at closely.
Rect whole(Rect area, const Picture& picture) {
    const float has = static_cast<float>(picture.width) / static_cast<float>(picture.height);
    const float wide = std::min(area.w, area.h * has);
    const float high = wide / has;
    return {area.centre().x - wide / 2, area.centre().y - high / 2, wide, high};
}

// Where the picture stands; its edges never come inside the area when it is larger.
Rect placed(Rect area, Rect fit, float zoom, Point& centre) {
    const auto along = [zoom](float size, float room, float& middle) {
        const float long_side = size * zoom;
        if (long_side <= room) return (middle = 0.5F, room / 2 - long_side / 2);
        const float margin = room / long_side / 2;
        middle = std::clamp(middle, margin, 1 - margin);
        return room / 2 - middle * long_side;
    };
    const float x = along(fit.w, area.w, centre.x), y = along(fit.h, area.h, centre.y);
    return {area.x + x, area.y + y, fit.w * zoom, fit.h * zoom};
}

}  // namespace

void zoom_picture(Context& ui, Area area, std::string_view id, const Picture& picture,
                  ZoomState& state) {
    state.zoom = std::clamp(state.zoom, 1.0F, kMostZoom);
    Item item;
    item.id = "zoom:" + std::string(id);
    item.rect = area.rect;
    item.surface = true;  // zoomed by the screen's buttons when walked by keys
    item.drag = state.zoom > 1 ? Drag::kAny : Drag::kNone;
    item.pinches = true;
    const Touch touch = ui.touch(std::move(item));
    if (!picture.ready()) return skeleton(ui, area, 0);
    const Rect fit = whole(area.rect, picture);
    const float glided = ui.animate("zoom:" + std::string(id), state.zoom);
    Rect now = placed(area.rect, fit, glided, state.centre);
    if (touch.dragging || touch.released) {
        state.centre.x -= touch.moved.x / now.w;
        state.centre.y -= touch.moved.y / now.h;
        now = placed(area.rect, fit, glided, state.centre);
    }
    if (touch.pinch != 1) {
        // What lies between the fingers stays there.
        const Point at = touch.pinch_at, middle = area.rect.centre();
        const Point kept{(at.x - now.x) / now.w, (at.y - now.y) / now.h};
        state.zoom = std::clamp(state.zoom * touch.pinch, 1.0F, kMostZoom);
        state.centre = {kept.x - (at.x - middle.x) / (fit.w * state.zoom),
                        kept.y - (at.y - middle.y) / (fit.h * state.zoom)};
        now = placed(area.rect, fit, state.zoom, state.centre);
        ui.draw_again();
    }
    if (touch.double_tapped) {
        if (state.zoom > 1) {
            state.zoom = 1;
        } else {
            state.zoom = 2.5F;
            state.centre = {(touch.finger.x - now.x) / now.w, (touch.finger.y - now.y) / now.h};
        }
        ui.draw_again();
    }
    ui.painter().push_clip(area.rect);
    ui.painter().image(picture.texture, now);
    ui.painter().pop_clip();
}

}  // namespace showfloor::ui
