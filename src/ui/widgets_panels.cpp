// Structure and messages: the larger parts of screens.

#include <array>

#include "text/format.hpp"
#include "text/utf8.hpp"
#include "ui/widgets.hpp"

namespace showfloor::ui {

namespace {

struct ToneLook {
    Ink ink;
    Color ground, strong, on_strong;
    char32_t icon;
};

ToneLook look_of(const Context& ui, Tone tone) {
    const Colors& c = ui.color();
    switch (tone) {
        case Tone::kInfo:
            return {Ink::kInfo, c.info_soft, c.info, c.card, icons::kInfo};
        case Tone::kGood:
            return {Ink::kGood, c.good_soft, c.good, c.card, icons::kCheckCircle};
        case Tone::kWarning:
            return {Ink::kWarning, c.warning_soft, c.warning, c.card, icons::kWarning};
        case Tone::kDanger:
            return {Ink::kDanger, c.danger_soft, c.danger, c.on_danger, icons::kReport};
    }
    return {};
}

}  // namespace

// --- structure
// --------------------------------------------------------------------------------------

namespace {

constexpr float kStepDisc = 44, kStepGap = 16, kLeastStepLine = 24;

TextStyle step_style(const Context& ui, bool here) {
    TextStyle style = ui.text(Style::kBodyLarge);
    style.weight = here ? Weight::kBold : Weight::kMedium;
    return style;
}

float step_words(Context& ui, const std::string& name) {
    return kStepGap + ui.painter().measure(name, step_style(ui, true));
}

// Whether all names fit; where they do not, only the step one is at keeps its name.
bool steps_fit(Context& ui, const Area& area, std::span<const std::string> steps) {
    float wanted = 0;
    for (const std::string& name : steps)
        wanted += kStepDisc + step_words(ui, name) + kStepGap + kLeastStepLine;
    return wanted <= area.width();
}

}  // namespace

std::vector<Area> stepper_places(Context& ui, Area area, std::span<const std::string> steps,
                                 std::size_t current) {
    const bool all = steps_fit(ui, area, steps);
    std::vector<float> wanted;
    float sum = 0;
    for (std::size_t i = 0; i < steps.size(); ++i) {
        wanted.push_back(kStepDisc + (all || i == current ? step_words(ui, steps[i]) : 0));
        sum += wanted.back();
    }
    // What is left becomes the lines between them.
    const float rest = std::max(0.0F, area.width() - sum) /
                       static_cast<float>(std::max<std::size_t>(2, steps.size()) - 1);
    std::vector<Area> places;
    for (std::size_t i = 0; i < steps.size(); ++i)
        places.push_back(area.cut_start(wanted[i] + (i + 1 < steps.size() ? rest : 0)));
    return places;
}

void stepper(Context& ui, Area area, std::span<const std::string> steps, std::size_t current) {
    Painter& paint = ui.painter();
    const Colors& c = ui.color();
    const bool all = steps_fit(ui, area, steps);
    const std::vector<Area> places = stepper_places(ui, area, steps, current);
    for (std::size_t i = 0; i < steps.size(); ++i) {
        const bool done = i < current, here = i == current;
        Area place = places[i];
        const Point centre = place.cut_start(kStepDisc).rect.centre();
        const Color ground = done ? c.accent : here ? c.inverse : c.disabled;
        const Color mark = done ? c.on_accent : here ? c.on_inverse : c.on_disabled;
        paint.disc(centre, kStepDisc / 2, ground);
        if (done) {
            paint.icon(centre, icons::kCheck, 26, mark);
        } else {
            paint.text(Rect{centre.x, centre.y, 0, 0}.inflated(kStepDisc / 2),
                       std::to_string(i + 1), ui.text(Style::kBodyStrong), mark, Align::kCentre);
        }
        if (all || here) {
            (void)place.cut_start(kStepGap);
            paint.text(place.cut_start(step_words(ui, steps[i]) - kStepGap + 1).rect, steps[i],
                       step_style(ui, here), done || here ? c.ink : c.quiet);
        }
        if (i + 1 == steps.size()) continue;
        place = place.padded(kStepGap, 0);
        const float y = place.rect.centre().y;
        if (place.width() > 8)
            paint.line({place.rect.x, y}, {place.rect.right(), y}, c.outline, 1.5F);
    }
}

bool section_header(Context& ui, Area area, std::string_view title, std::string_view action_id,
                    std::string_view action) {
    bool tapped = false;
    if (!action_id.empty()) {
        const Button spec{.id = action_id, .label = action, .kind = ButtonKind::kGhost};
        Area end = area.cut_end(button_width(ui, spec), space::k16);
        // Its words, not its ground, stand level with what is below.
        end.rect.x += end.mirrored() ? -space::k16 : space::k16;
        tapped = button(ui, end.centred(end.width(), kTouchSize), spec);
    }
    label_fitted(ui, area, title, Style::kTitle);
    return tapped;
}

Area top_bar(Context& ui, Area& page, bool white) {
    const Area bar = page.cut_top(kTopBarHeight);
    if (white) {
        ui.painter().fill(bar.rect, ui.color().card);
        divider(ui, bar.with({bar.rect.x, bar.rect.bottom() - 1, bar.rect.w, 1}));
    }
    return bar.padded(ui.portrait() ? space::k24 + space::k16 : space::k48, 0);
}

float status_width(Context& ui, std::string_view words) {
    return text_width(ui, words, Style::kLabel) + 40;
}

void status_words(Context& ui, Area area, char32_t which, std::string_view words, Ink with,
                  Align align) {
    Area line = area.aligned(std::min(area.width(), status_width(ui, words)), area.height(), align);
    icon(ui, line.cut_start(28, space::k12), which, 28, with);
    label(ui, line, words, Style::kLabel, with);
}

// --- messages
// ---------------------------------------------------------------------------------------

namespace {

constexpr float kBannerInset = 28, kBannerIcon = 28, kBannerButton = 56;

float banner_beside(Context& ui, const Banner& spec) {
    if (spec.action.empty()) return 0;
    return button_width(ui, {.id = spec.id, .label = spec.action}) + space::k24;
}

// Words of a few letters a line read badly: the button stands below them then.
bool banner_stacks(Context& ui, const Banner& spec, float width) {
    constexpr float kLeastWords = 250;
    const float room = width - 2 * kBannerInset - kBannerIcon - 18;
    return !spec.action.empty() && room - banner_beside(ui, spec) < kLeastWords;
}

float banner_words_width(Context& ui, const Banner& spec, float width) {
    const float room = width - 2 * kBannerInset - kBannerIcon - 18;
    return std::max(banner_stacks(ui, spec, width) ? room : room - banner_beside(ui, spec), 120.0F);
}

}  // namespace

float banner_height(Context& ui, const Banner& spec, float width) {
    const float room = banner_words_width(ui, spec, width);
    const auto lines = [&](std::string_view words, Style style) {
        return static_cast<float>(ui.painter().wrap(words, ui.text(style), room).size()) *
               line_height(ui, style);
    };
    const float words =
        lines(spec.title, Style::kBodyStrong) + lines(spec.words, Style::kBody) + 36;
    if (banner_stacks(ui, spec, width)) return words + space::k12 + kBannerButton;
    return std::max(words, spec.action.empty() ? 64.0F : 88.0F);
}

bool banner(Context& ui, Area area, const Banner& spec) {
    const ToneLook look = look_of(ui, spec.tone);
    ui.painter().fill(area.rect, look.ground, ui.theme().radius_card);
    if (ui.theme().name == "contrast")
        ui.painter().outline(area.rect, look.strong, 1.5F, ui.theme().radius_card);
    Area line = area.padded(kBannerInset, 0);
    const float words_width = banner_words_width(ui, spec, area.width());
    const bool stacks = banner_stacks(ui, spec, area.width());
    Area foot = line.with({});
    if (stacks) foot = line.cut_bottom(kBannerButton + 18);
    icon(ui, line.cut_start(kBannerIcon, 18), look.icon, kBannerIcon, look.ink);
    bool tapped = false;
    if (!spec.action.empty()) {
        const Button action{.id = spec.id, .label = spec.action};
        const float wide = button_width(ui, action);
        Area end = foot;
        if (stacks) {
            (void)end.cut_start(kBannerIcon, 18);
            end = end.cut_top(kBannerButton).cut_start(wide);
        } else {
            end = line.cut_end(wide).centred(wide, kBannerButton);
        }
        const Touch touch =
            ui.touch("button:" + std::string(spec.id), std::string(spec.action), end.rect);
        const float radius = ui.theme().radius_control + 2;
        if (spec.closes) {
            if (touch.pressed) ui.painter().fill(end.rect, look.strong.faded(0.14F), radius);
            ui.painter().outline(end.rect, look.strong.faded(0.5F), 1.5F, radius);
        } else {
            ui.painter().fill(
                end.rect, touch.pressed ? look.strong.towards(ui.color().ink, 0.25F) : look.strong,
                radius);
        }
        ui.painter().text(end.rect, spec.action, ui.text(Style::kLabel),
                          spec.closes ? ink(ui, look.ink) : look.on_strong, Align::kCentre);
        focus_ring(ui, touch, end.rect, radius);
        tapped = touch.tapped;
    }
    const float height = banner_height(ui, spec, area.width());
    const float words_height =
        static_cast<float>(
            ui.painter().wrap(spec.title, ui.text(Style::kBodyStrong), words_width).size() +
            ui.painter().wrap(spec.words, ui.text(Style::kBody), words_width).size()) *
        line_height(ui, Style::kBody);
    Area block = line.with({line.rect.x, line.rect.centre().y - std::min(height, words_height) / 2,
                            line.rect.w, words_height});
    block = block.cut_start(words_width);
    if (!spec.title.empty()) paragraph(ui, block, spec.title, Style::kBodyStrong, look.ink);
    paragraph(ui, block, spec.words, Style::kBody, look.ink);
    return tapped;
}

void note(Context& ui, Area& area, std::string_view words, Tone tone, std::size_t max_lines) {
    const ToneLook look = look_of(ui, tone);
    Area lines = area;
    Area sign = lines.cut_start(24, space::k8);
    const char32_t which = tone == Tone::kDanger ? icons::kError : look.icon;
    icon(ui, sign.cut_top(line_height(ui, Style::kSmall)), which, 22, look.ink);
    paragraph(ui, lines, words, Style::kSmall, look.ink, Align::kStart, max_lines);
    area.skip(lines.rect.y - area.rect.y);
}

bool empty_state(Context& ui, Area area, const EmptyState& spec) {
    const float width = std::min(area.width(), 640.0F);
    const auto lines = ui.painter().wrap(spec.words, ui.text(Style::kBodyLarge), width);
    const float words = static_cast<float>(lines.size()) * line_height(ui, Style::kBodyLarge);
    const auto names = ui.painter().wrap(spec.title, ui.text(Style::kTitle), width);
    const float title =
        spec.title.empty()
            ? 0
            : static_cast<float>(names.size()) * line_height(ui, Style::kTitle) + space::k8;
    const float action_height = spec.action.empty() ? 0 : space::k32 + kButtonHeight;
    const float needed = title + words + action_height;
    constexpr float kSign = 120;
    const bool has_sign = kSign + space::k24 + needed <= area.height();  // what is said comes first
    Area block =
        area.centred(width, std::min(needed + (has_sign ? kSign + space::k24 : 0), area.height()));
    if (has_sign) {
        const Area sign = block.cut_top(kSign, space::k24);
        ui.painter().disc(sign.rect.centre(), kSign / 2, ui.color().accent_soft);
        icon(ui, sign, spec.icon, 56, Ink::kAccent);
    }
    if (!spec.title.empty()) {
        paragraph(ui, block, spec.title, Style::kTitle, Ink::kInk, Align::kCentre);
        block.skip(space::k8);
    }
    paragraph(ui, block, spec.words, Style::kBodyLarge, Ink::kQuiet, Align::kCentre);
    if (spec.action.empty()) return false;
    block.skip(space::k32);
    const Button action{.id = spec.id, .label = spec.action, .kind = ButtonKind::kPrimary};
    const Area row = block.cut_top(kButtonHeight);
    return button(ui, row.centred(button_width(ui, action), kButtonHeight), action);
}

bool shade(Context& ui, std::string_view id, Rect rect) {
    Item item;
    item.id = "shade:" + std::string(id);
    item.label = ui.tr("ui.close");
    item.rect = rect;
    item.surface = true;
    return ui.touch(std::move(item)).tapped || ui.back_pressed();
}

Touch surface(Context& ui, std::string id, Rect rect, Drag drag) {
    Item item;
    item.id = std::move(id);
    item.rect = rect;
    item.surface = true;
    item.drag = drag;
    return ui.touch(std::move(item));
}

Modal::Modal(Context& ui, std::string_view id, float width, float height)
    : layer_(ui, Layer::kModal) {
    Painter& paint = ui.painter();
    const Area screen = ui.screen();
    const Rect everywhere = ui.whole().rect;
    const float shown = ui.animate("modal:" + std::string(id), 1, 0.0F);
    paint.fill(everywhere, ui.color().shade.faded(shown));
    ui.registry().block(Layer::kModal, everywhere, true);
    const Area sheet = screen.centred(std::min(width, screen.width() - space::k48),
                                      std::min(height, screen.height() - space::k48));
    dismissed_ = shade(ui, id, everywhere);
    ui.painter().shadow(sheet.rect.moved(0, (1 - shown) * space::k24), 32, ui.color().shadow);
    // The sheet itself is no place to leave by.
    surface(ui, "sheet:" + std::string(id), sheet.rect);
    const Rect risen = sheet.rect.moved(0, (1 - shown) * space::k24);
    paint.fill(risen, ui.color().card, ui.theme().radius_card);
    if (ui.color().shadow.a == 0)
        paint.outline(risen, ui.color().outline, 1.5F, ui.theme().radius_card);
    ui.sheet_shown({std::string(id), risen, {0, 0}});
    inside_ = sheet.with(risen).padded(space::k32);
}

bool sheet_head(Context& ui, Area& area, std::string_view id, std::string_view title, float gap) {
    constexpr float kSide = 56, kSign = 28;
    Area head = area.cut_top(kSheetHead, gap);
    Area end = head.cut_end(kSide, space::k16);
    // The cross, not its disc, stands level with what is below.
    end.rect.x += (end.mirrored() ? -1 : 1) * (kSide - kSign) / 2;
    const IconButton cross{
        .id = id, .label = ui.tr("ui.close"), .icon = icons::kClose, .plain = true};
    const bool tapped = icon_button(ui, end.centred(kSide, kSide), cross);
    label(ui, head, title, Style::kTitle);
    return tapped;
}

DialogAnswer dialog(Context& ui, const Dialog& spec) {
    const float width = std::min(640.0F, ui.screen().width() - space::k48);
    const auto lines =
        ui.painter().wrap(spec.words, ui.text(Style::kBodyLarge), width - 2 * space::k32);
    const float words = static_cast<float>(lines.size()) * line_height(ui, Style::kBodyLarge);
    Modal sheet(ui, spec.id, width,
                2 * space::k32 + 44 + space::k12 + words + space::k32 + kButtonHeight);
    ui.announce("dialog:" + std::string(spec.id),
                std::string(spec.title) + ". " + std::string(spec.words));
    Area inside = sheet.area();
    label(ui, inside.cut_top(44, space::k12), spec.title, Style::kTitle);
    paragraph(ui, inside, spec.words, Style::kBodyLarge, Ink::kQuiet);
    inside.skip(space::k32);
    Area row = inside.cut_top(kButtonHeight);
    const std::string id(spec.id);
    DialogAnswer answer = DialogAnswer::kOpen;
    const std::string yes = id + "/confirm", no = id + "/cancel";
    const Button confirm{.id = yes,
                         .label = spec.confirm,
                         .kind = spec.danger ? ButtonKind::kDanger : ButtonKind::kPrimary};
    if (button(ui, row.cut_end(std::min(button_width(ui, confirm), row.width()), space::k12),
               confirm))
        answer = DialogAnswer::kConfirmed;
    if (!spec.cancel.empty()) {
        const Button cancel{.id = no, .label = spec.cancel, .kind = ButtonKind::kGhost};
        if (button(ui, row.cut_end(std::min(button_width(ui, cancel), row.width())), cancel))
            answer = DialogAnswer::kCancelled;
    }
    if (sheet.dismissed()) answer = DialogAnswer::kCancelled;
    return answer;
}

}  // namespace showfloor::ui
