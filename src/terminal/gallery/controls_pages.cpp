// What a finger sets, figures as pictures, and what moves.

#include <cmath>

#include "terminal/gallery/pages.hpp"
#include "text/format.hpp"

namespace showfloor::terminal {

using namespace ui;

void Pages::controls(Context& ui, Area page) {
    page = page.padded(space::k48, space::k32);
    label(ui, page.cut_top(52, space::k24), say("Controls", "عناصر التحكم"), Style::kTitle);
    const auto columns = page.columns(ui.portrait() ? 1 : 3, space::k32);
    if (ui.portrait()) {
        sliders(ui, page.cut_top(560, space::k24));
        switches(ui, page.cut_top(560, space::k24));
        return;
    }
    sliders(ui, columns[0]);
    switches(ui, columns[1]);
    Area pads = card(ui, columns[2]);
    (void)pin_pad(ui, pads.cut_top(kPinPadHeight, space::k24), "pin", digits_, 4);
    (void)signature_pad(ui, pads.cut_top(200), "sign", say("Sign here", "وقع هنا"), strokes_);
}

void Pages::sliders(Context& ui, Area area) {
    Area inside = card(ui, area.cut_top(560, space::k24));
    const std::string percent = text::percent(ui.locale(), std::lround(deposit_), 0);
    (void)slider(ui, inside.cut_top(kSliderHeight, space::k24),
                 {.id = "deposit",
                  .label = say("Deposit", "الدفعة الأولى"),
                  .least = 0,
                  .most = 60,
                  .step = 5,
                  .value_words = ui.keep(percent)},
                 deposit_);
    constexpr std::array<double, 15> kPrices = {3,  9,  16, 28, 41, 46, 44, 33,
                                                27, 21, 17, 11, 8,  6,  4};
    const auto millions = [&](double value) {
        return "KES " + text::decimal(ui.locale(), std::lround(value * 10), 1) + " M";
    };
    const RangeSlider price{.id = "price",
                            .label = say("Price", "السعر"),
                            .least = 0.8,
                            .most = 8,
                            .step = 0.1,
                            .histogram = kPrices,
                            .low_words = ui.keep(millions(low_)),
                            .high_words = ui.keep(millions(high_))};
    (void)range_slider(ui, inside.cut_top(range_slider_height(price), space::k24), price, low_,
                       high_);
    const std::array<std::string, 3> sizes = {say("Normal", "عادي"), say("Large", "كبير"),
                                              say("Largest", "أكبر")};
    const int segment = segmented(ui, inside.cut_top(kSegmentedHeight), "size", sizes, segment_);
    if (segment >= 0) segment_ = static_cast<std::size_t>(segment), ui.draw_again();
}

void Pages::switches(Context& ui, Area area) {
    Area inside = card(ui, area.cut_top(560, space::k24));
    (void)toggle(ui, inside.cut_top(kSwitchHeight),
                 {.id = "speech",
                  .label = say("Spoken output", "إخراج صوتي"),
                  .note = say("Every control is read aloud", "يقرأ كل عنصر"),
                  .divider = true},
                 speech_);
    (void)toggle(ui, inside.cut_top(kSwitchHeight, space::k16),
                 {.id = "motion", .label = say("Reduce motion", "تقليل الحركة")}, motion_);
    progress_bar(ui, inside.cut_top(kProgressHeight, space::k16), 0.64, "64 %");
    Area bones = inside.cut_top(72);
    skeleton(ui, bones.cut_start(110, space::k16));
    skeleton(ui, bones.cut_top(28, 12), 8);
    skeleton(ui, bones.cut_top(24).cut_start(bones.width() * 0.6F), 8);
}

void Pages::figures(Context& ui, Area page) {
    page = page.padded(space::k48, space::k32);
    label(ui, page.cut_top(52, space::k24), say("Figures", "الأرقام"), Style::kTitle);
    std::vector<double> owed, interest;
    std::vector<std::string> words;
    for (int i = 0; i <= 36; ++i) {
        const double rest = 1 - std::pow(i / 36.0, 1.25);
        owed.push_back(3'400'000 * rest);
        interest.push_back(800'000 * rest * rest);
        words.push_back("KES " + text::number(ui.locale(), std::llround(owed.back())));
    }
    const std::array<std::string, 4> years = {say("today", "اليوم"), "12", "24", "36"};
    Area top = page.cut_top(400, space::k24);
    (void)line_chart(ui, card(ui, top.cut_start(top.width() * 0.62F, space::k24)),
                     {.id = "owed",
                      .label = say("What is owed", "المتبقي"),
                      .values = owed,
                      .lower = interest,
                      .names = years,
                      .read_outs = words});
    // The look of a code, not one: three eyes and noise.
    constexpr int kSide = 25;
    std::vector<std::uint8_t> modules(static_cast<std::size_t>(kSide) * kSide);
    const auto eye = [](int x, int y) {
        const int far = std::max(std::abs(x - 3), std::abs(y - 3));
        return far == 3 || far <= 1;
    };
    for (int y = 0; y < kSide; ++y)
        for (int x = 0; x < kSide; ++x) {
            const bool left = x < 8, right = x >= kSide - 8, above = y < 8, below = y >= kSide - 8;
            const auto noise = static_cast<unsigned>(x * 7919 + y * 104729) * 2654435761U;
            bool dark = (noise >> 13 & 1U) != 0;
            if ((left && above) || (right && above) || (left && below))
                dark = (right ? x > kSide - 8 : x < 7) && (below ? y > kSide - 8 : y < 7) &&
                       eye(right ? x - kSide + 7 : x, below ? y - kSide + 7 : y);
            modules[static_cast<std::size_t>(y * kSide + x)] = dark ? 1 : 0;
        }
    qr(ui, card(ui, top), modules, kSide);
    constexpr std::array<double, 12> kSales = {4, 6, 5, 8, 7, 9, 6, 10, 12, 9, 11, 13};
    std::vector<std::string> weeks, sold;
    for (std::size_t i = 0; i < kSales.size(); ++i) {
        weeks.push_back(std::to_string(i + 30));
        sold.push_back(std::to_string(std::lround(kSales.at(i))) + say(" cars", " سيارة"));
    }
    (void)bar_chart(ui, card(ui, page.cut_top(360)),
                    {.values = kSales,
                     .names = weeks,
                     .highlight = 11,
                     .id = "sales",
                     .label = say("Sales by week", "المبيعات أسبوعيا"),
                     .read_outs = sold});
}

void Pages::moving(Context& ui, Area page) {
    page = page.padded(space::k48, space::k32);
    Area row = page.cut_top(kButtonHeight, space::k24);
    const Button menu_button{
        .id = "menu", .label = say("Newest first", "الأحدث أولا"), .icon = icons::kSort};
    const Area anchor = row.cut_start(button_width(ui, menu_button), space::k16);
    if (button(ui, anchor, menu_button)) menu_open_ = true, ui.draw_again();
    const Button sheet{.id = "sheet", .label = say("Sheet", "لوحة سفلية")};
    if (button(ui, row.cut_start(button_width(ui, sheet), space::k16), sheet))
        sheet_open_ = true, ui.draw_again();
    const Button side{.id = "side", .label = say("Side sheet", "لوحة جانبية")};
    if (button(ui, row.cut_start(button_width(ui, side), space::k16), side))
        side_open_ = true, ui.draw_again();
    const auto columns = page.columns(2, space::k32);
    Area pictures = columns[0];
    const Area frame = pictures.cut_top(std::min(520.0F, pictures.height()), space::k16);
    (void)pager(ui, frame, {.id = "pictures", .count = 5, .label = say("Pictures", "صور")},
                shown_page_, [&](std::size_t i, Area area) {
                    picture(ui, area, demo_picture(ui, i), {.radius = 20, .key = 900 + i});
                });
    Area under = frame;
    dots(ui, under.cut_bottom(56), 5, shown_page_, true);
    zoom_picture(ui, columns[1].with({columns[1].rect.x, frame.rect.y, frame.rect.w, frame.rect.h}),
                 "closely", demo_picture(ui, 2), zoom_);
    const std::array<MenuOption, 3> options = {
        {{"new", say("Newest first", "الأحدث أولا"), icons::kSchedule, sort_ == 0},
         {"cheap", say("Lowest price", "الأقل سعرا"), icons::kPayments, sort_ == 1},
         {"near", say("Least driven", "الأقل مسافة"), icons::kSpeed, sort_ == 2}}};
    const int chosen = menu(ui, "sort", anchor, options, menu_open_);
    if (chosen >= 0) sort_ = static_cast<std::size_t>(chosen);
    overlays(ui);
}

void Pages::overlays(Context& ui) {
    if (sheet_open_) {
        Sheet sheet(ui, "sheet", 640);
        label(ui, sheet.area().cut_top(52, space::k16), say("Filters", "عوامل التصفية"),
              Style::kTitle);
        sliders(ui, sheet.area());
        if (sheet.dismissed()) sheet_open_ = false, ui.draw_again();
    }
    if (side_open_) {
        SideSheet sheet(ui, "side", 520);
        label(ui, sheet.area().cut_top(52, space::k16), say("Filters", "عوامل التصفية"),
              Style::kTitle);
        switches(ui, sheet.area());
        if (sheet.dismissed()) side_open_ = false, ui.draw_again();
    }
}

}  // namespace showfloor::terminal
