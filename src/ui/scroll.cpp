#include "ui/scroll.hpp"

#include <algorithm>

#include "ui/widgets.hpp"

namespace showfloor::ui {

namespace {

// Long enough for any page drawn without a grid.
constexpr float kEndless = 1'000'000;

Scroll& begin(Context& ui, std::string_view id, Area view, bool across) {
    Scroll& scroll = ui.interaction().scroll(std::string(id));
    scroll.horizontal = across;
    scroll.view = static_cast<double>(across ? view.width() : view.height());
    ui.registry().add_scroll(
        {std::string(id), view.rect.common(ui.painter().clip()), ui.painter().layer(), across});
    ui.push_scroll(std::string(id));
    // Shadows and focus rings reach a little out of the page on the sides, above where it begins
    // and below where it ends.
    const Rect r = view.rect;
    const float above = scroll.shown() < 1 ? space::k16 : 0;
    const float below = scroll.shown() > scroll.furthest() - 1 ? space::k16 : 0;
    ui.painter().push_clip(
        across ? Rect{r.x, r.y - space::k16, r.w, r.h + space::k32}
               : Rect{r.x - space::k32, r.y - above, r.w + space::k64, r.h + above + below});
    return scroll;
}

// Where the page goes on it fades into its ground, so that a cut row looks like one that goes on.
void soften_edges(Context& ui, const Scroll& scroll, Rect view, Color ground) {
    constexpr float kSoft = 28;
    if (scroll.horizontal) return;
    // On a ground of its own it stands inside a card, whose outline is not to be faded.
    const float beyond = ground.a == 0 ? space::k32 : space::k8;
    if (ground.a == 0)
        ground = ui.painter().layer() == Layer::kScreen ? ui.color().ground : ui.color().card;
    const auto part = [](double hidden) {
        return static_cast<float>(std::clamp(hidden / static_cast<double>(kSoft), 0.0, 1.0));
    };
    const Rect wide{view.x - beyond, view.y, view.w + 2 * beyond, kSoft};
    const float above = part(scroll.shown()), below = part(scroll.furthest() - scroll.shown());
    if (above > 0) ui.painter().fade(wide, ground.faded(above), ground.faded(0));
    if (below > 0)
        ui.painter().fade(wide.moved(0, view.h - kSoft), ground.faded(0), ground.faded(below));
}

void end(Context& ui, const Scroll& scroll, Rect view, Color ground = {0, 0, 0, 0}) {
    soften_edges(ui, scroll, view, ground);
    ui.painter().pop_clip();
    ui.pop_scroll();
}

}  // namespace

ScrollView::ScrollView(Context& ui, std::string_view id, Area view, ScrollAxis axis, Color ground)
    : ui_(ui),
      scroll_(begin(ui, id, view, axis == ScrollAxis::kAcross)),
      content_(view),
      view_(view.rect),
      ground_(ground) {
    const auto offset = static_cast<float>(std::round(scroll_.shown()));
    Rect& r = content_.rect;
    if (!scroll_.horizontal) {
        r.y -= offset;
        r.h = kEndless;
        begins_ = r.y;
    } else {
        begins_ = kEndless;
        if (content_.mirrored())
            r.x = r.right() - kEndless + offset;
        else
            r.x -= offset;
        r.w = kEndless;
    }
}

ScrollView::~ScrollView() {
    const float used = scroll_.horizontal ? begins_ - content_.width() : content_.rect.y - begins_;
    scroll_.content = static_cast<double>(used);
    end(ui_, scroll_, view_, ground_);
}

void grid(Context& ui, Area view, const Grid& spec,
          const std::function<void(std::size_t, Area)>& draw) {
    Scroll& scroll = begin(ui, spec.id, view, false);
    const float wanted = (view.width() + spec.gap) / (spec.least_width + spec.gap);
    const auto columns = static_cast<std::size_t>(std::max(1.0F, std::floor(wanted)));
    const std::size_t rows = (spec.count + columns - 1) / columns;
    const auto pitch = static_cast<double>(spec.item_height + spec.gap);
    scroll.content = rows == 0 ? 0
                               : static_cast<double>(rows) * pitch - static_cast<double>(spec.gap) +
                                     static_cast<double>(spec.padding_bottom);
    const double offset = std::round(scroll.shown());
    const double first_seen = std::floor(offset / pitch) - 1;
    const double last_seen = std::floor((offset + scroll.view) / pitch) + 1;
    const auto row_of = [&](double row) {
        return static_cast<std::size_t>(std::clamp(row, 0.0, static_cast<double>(rows)));
    };
    for (std::size_t row = row_of(first_seen); row < std::min(rows, row_of(last_seen + 1)); ++row) {
        // In double until it is on the screen: far rows are beyond what a float can tell apart.
        const auto y = static_cast<float>(static_cast<double>(row) * pitch - offset);
        const Area line = view.with({view.rect.x, view.rect.y + y, view.rect.w, spec.item_height});
        const std::vector<Area> cells = line.columns(static_cast<int>(columns), spec.gap);
        for (std::size_t i = 0; i < columns && row * columns + i < spec.count; ++i)
            draw(row * columns + i, cells[i]);
    }
    end(ui, scroll, view.rect, spec.ground);
}

float height_of_whole_rows(float view, float wanted, float least, float gap) {
    constexpr float kMore = 1.16F, kEdge = 8;  // the last row's shadow is seen too
    const float rows = std::max(1.0F, std::round((view + gap) / (wanted + gap)));
    const float fits = std::floor((view - kEdge + gap) / rows - gap);
    return fits >= least && fits <= wanted * kMore ? fits : wanted;
}

void rows_in_card(Context& ui, Area area, Grid spec,
                  const std::function<void(std::size_t, Area)>& draw) {
    spec.gap = 0;
    spec.padding_bottom = space::k8;
    spec.ground = ui.color().card;
    spec.item_height = list_row_height(ui, spec.id, spec.item_height);
    // A taller row came to sight: what was in sight stays there.
    float& before = ui.remembered("rows:" + std::string(spec.id));
    if (before != 0 && before != spec.item_height) {
        Scroll& scroll = ui.interaction().scroll(std::string(spec.id));
        scroll.offset *= static_cast<double>(spec.item_height / before);
    }
    before = spec.item_height;
    const float rows = static_cast<float>(spec.count) * spec.item_height + space::k8;
    area = area.cut_top(std::min(area.height(), rows + 2 * space::k8));
    const float across = ui.portrait() ? space::k16 : space::k24;
    const Area inside = card(ui, area, 0).padded(across, space::k8);
    spec.least_width = inside.width();
    grid(ui, inside, spec, draw);
}

void scroll_to(Context& ui, std::string_view id, double offset) {
    Scroll& scroll = ui.interaction().scroll(std::string(id));
    scroll.velocity = 0;
    scroll.offset = offset;
    ui.draw_again();
}

double scroll_offset(Context& ui, std::string_view id) {
    return ui.interaction().scroll(std::string(id)).offset;
}

}  // namespace showfloor::ui
