// What a finger sets or walks through, in every state: sliders, menus, charts, pads, pages, keys.

#include <algorithm>
#include <cmath>
#include <optional>

#include "terminal/gallery/pages.hpp"
#include "text/format.hpp"

namespace showfloor::terminal {

using namespace ui;

namespace {

// The columns; `kOther` is what a part has beside them: set otherwise, signed, chosen, with shift.
enum State : std::size_t { kRest, kPressed, kFocused, kOther, kStates };
constexpr float kWhat = 150, kGap = 28;

Area place_of(Context& ui, Area& page, const char* name, float height, std::size_t column) {
    Area line = page.cut_top(height, space::k16);
    const Area names = line.cut_start(kWhat);
    if (column == kRest) label(ui, names, name, Style::kCaption, Ink::kQuiet);
    return line.columns(kStates, kGap)[column];
}

}  // namespace

void Pages::states_by_column(Context& ui, Area page,
                             const std::function<void(Area&, std::size_t)>& draw) {
    page = page.padded(space::k48, space::k12);
    const std::array<const char*, kStates> names = {say("Rest", "عادي"), say("Pressed", "مضغوط"),
                                                    say("Focus", "تحت التركيز"),
                                                    say("Set otherwise", "ضبط آخر")};
    Area head = page.cut_top(28, space::k8);
    (void)head.cut_start(kWhat);
    const auto heads = head.columns(kStates, kGap);
    for (std::size_t i = 0; i < kStates; ++i) {
        label(ui, heads[i], names.at(i), Style::kSmall, Ink::kQuiet);
        const Posed pose(ui, i == kPressed, i == kFocused);
        Area column = page;
        draw(column, i);
    }
}

void Pages::states_set(Context& ui, Area page) {
    states_by_column(ui, page, [&](Area& column, std::size_t number) {
        states_of_sliders(ui, column, number);
        states_of_figures(ui, column, number);
    });
}

void Pages::states_pads(Context& ui, Area page) {
    states_by_column(ui, page,
                     [&](Area& column, std::size_t number) { states_of_pads(ui, column, number); });
}

void Pages::states_of_sliders(Context& ui, Area& page, std::size_t column) {
    const std::string& n = ui.keep(std::to_string(column));
    double value = column == kOther ? 60 : 30, low = 1.2, high = column == kOther ? 8 : 5.6;
    (void)slider(ui, place_of(ui, page, say("Slider", "منزلق"), 80, column),
                 {.id = ui.keep("set" + n),
                  .label = say("Deposit", "الدفعة"),
                  .least = 0,
                  .most = 60,
                  .step = 5,
                  .value_words = ui.keep(text::percent(ui.locale(), std::lround(value), 0))},
                 value);
    constexpr std::array<double, 8> kPrices = {3, 16, 41, 44, 27, 17, 8, 4};
    const RangeSlider price{.id = ui.keep("range" + n),
                            .label = {},
                            .least = 0.8,
                            .most = 8,
                            .step = 0.1,
                            .histogram = kPrices};
    (void)range_slider(
        ui,
        place_of(ui, page, say("Two thumbs", "منزلق مزدوج"), range_slider_height(price), column),
        price, low, high);
    // It only tells; where one is has three looks.
    const std::array<std::string, 3> steps = {say("Car", "السيارة"), say("Price", "السعر"),
                                              say("Sign", "التوقيع")};
    const Area at = place_of(ui, page, say("Steps", "خطوات"), 48, column);
    if (column != kPressed && column != kFocused) stepper(ui, at, steps, column == kOther ? 2 : 1);
    (void)menu_option(ui, place_of(ui, page, say("Menu", "قائمة"), kOptionHeight, column),
                      ui.keep("set/" + n),
                      {.id = "new",
                       .label = say("Newest first", "الأحدث أولا"),
                       .icon = icons::kSchedule,
                       .selected = column == kOther},
                      true);
}

void Pages::states_of_figures(Context& ui, Area& page, std::size_t column) {
    const std::string& n = ui.keep(std::to_string(column));
    constexpr std::array<double, 5> kValues = {4, 6, 5, 8, 7};
    const std::array<std::string, 5> words = {"4", "6", "5", "8", "7"};
    Area charts = place_of(ui, page, say("Charts", "رسوم"), 160, column);
    const auto halves = charts.columns(2, space::k16);
    (void)bar_chart(ui, halves[0],
                    {.values = kValues,
                     .highlight = column == kOther ? std::optional<std::size_t>(3) : std::nullopt,
                     .id = ui.keep("set_bars" + n),
                     .label = say("Sales", "المبيعات"),
                     .read_outs = words});
    (void)line_chart(ui, halves[1],
                     {.id = ui.keep("set_line" + n),
                      .label = say("Owed", "المتبقي"),
                      .values = kValues,
                      .read_outs = words,
                      .area = column != kOther});
    const Area frame = place_of(ui, page, say("Pages", "صفحات"), 160, column);
    std::size_t shown = column == kOther ? 2 : 0;
    (void)pager(ui, frame,
                {.id = ui.keep("set_pages" + n), .count = 4, .label = say("Pictures", "صور")},
                shown, [&](std::size_t i, Area area) {
                    picture(ui, area, demo_picture(ui, i), {.radius = 16, .key = 950 + i});
                });
    Area under = frame;
    dots(ui, under.cut_bottom(44), 4, shown, true);
}

void Pages::states_of_pads(Context& ui, Area& page, std::size_t column) {
    const std::string& n = ui.keep(std::to_string(column));
    std::vector<std::vector<Point>> strokes;
    if (column == kOther)
        strokes = {{{120, 620}, {240, 240}, {330, 660}, {430, 330}, {560, 600}, {820, 420}}};
    (void)signature_pad(ui, place_of(ui, page, say("Signature", "توقيع"), 180, column),
                        ui.keep("set_sign" + n), say("Sign here", "وقع هنا"), strokes);
    keys_.show_keys(ui, place_of(ui, page, say("Keys", "مفاتيح"), 60, column), column == kOther);
    std::string digits = column == kOther ? "4174" : "";
    (void)pin_pad(ui,
                  place_of(ui, page, say("PIN pad", "رقم سري"),
                           std::min(page.height(), kPinPadHeight), column),
                  ui.keep("set_pin" + n), digits, 4);
}

}  // namespace showfloor::terminal
