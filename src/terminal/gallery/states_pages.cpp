// Every part in every state: what is tapped, and what is set by a finger (states_set_page.cpp has
// those); every kind of field; and what stands over a page.

#include <optional>
#include <utility>

#include "terminal/gallery/pages.hpp"
#include "ui/scroll.hpp"

namespace showfloor::terminal {

using namespace ui;

namespace {

// The columns of the table of states.
enum State : std::size_t { kRest, kPressed, kFocused, kSelected, kOff, kWrong, kStates };
constexpr float kWhat = 190, kGap = 20;

}  // namespace

void Pages::states(Context& ui, Area page) {
    page = page.padded(space::k48, space::k16);
    const std::array<const char*, kStates> names = {
        say("Rest", "عادي"),    say("Pressed", "مضغوط"), say("Focus", "تحت التركيز"),
        say("Chosen", "مختار"), say("Off", "معطل"),      say("Wrong", "خطأ")};
    Area head = page.cut_top(36);
    (void)head.cut_start(kWhat);
    const auto heads = head.columns(kStates, kGap);
    for (std::size_t i = 0; i < kStates; ++i)
        label(ui, heads[i], names.at(i), Style::kSmall, Ink::kQuiet);
    for (std::size_t i = 0; i < kStates; ++i) {
        std::optional<Posed> pose;
        pose.emplace(ui, i == kPressed, i == kFocused);
        states_of_rows(ui, page, i);
    }
}

// One column: the parts below each other. Where a part has no such state its place stays empty.
void Pages::states_of_rows(Context& ui, Area page, std::size_t column) {
    const bool first = column == kRest, off = column == kOff, chosen = column == kSelected;
    const std::string& n = ui.keep(std::to_string(column));
    const auto row = [&](const char* name, float height) {
        Area line = page.cut_top(height, 14);
        const Area names = line.cut_start(kWhat);
        if (first) label(ui, names, name, Style::kCaption, Ink::kQuiet);
        return line.columns(kStates, kGap)[column];
    };
    const std::array<std::pair<ButtonKind, const char*>, 4> kinds = {
        {{ButtonKind::kPrimary, say("Primary", "أساسي")},
         {ButtonKind::kSecondary, say("Secondary", "ثانوي")},
         {ButtonKind::kGhost, say("Ghost", "شفاف")},
         {ButtonKind::kDanger, say("Danger", "خطر")}}};
    for (const auto& [kind, words] : kinds) {
        const Area at = row(words, 56);
        if (column <= kFocused || off)
            (void)button(ui, at,
                         {.id = ui.keep(words + n), .label = words, .kind = kind, .enabled = !off});
    }
    Area signs = row(say("Round button", "زر دائري"), 56);
    if (column <= kSelected)
        for (const bool plain : {false, true})
            (void)icon_button(ui, signs.cut_start(56, space::k16),
                              {.id = ui.keep((plain ? "plain" : "disc") + n),
                               .label = say("Keep", "احتفظ"),
                               .icon = icons::kFavoriteBorder,
                               .selected = chosen,
                               .plain = plain});
    const Area chip_at = row(say("Chip", "شريحة"), kChipHeight);
    const Chip suv{
        .id = ui.keep("suv" + n), .label = "SUV", .count = 46, .selected = chosen, .enabled = !off};
    if (column <= kOff)
        (void)chip(
            ui,
            chip_at.with({chip_at.rect}).aligned(chip_width(ui, suv), kChipHeight, Align::kStart),
            suv);
    const Area segments = row(say("Segments", "مقاطع"), kSegmentedHeight);
    const std::array<std::string, 2> both = {say("Light", "فاتح"), say("Dark", "داكن")};
    if (column <= kSelected)
        (void)segmented(ui, segments, ui.keep("seg" + n), both, chosen ? 1 : 0);
    bool on = chosen;
    const Area line = row(say("Switch", "مفتاح"), 60);
    if (column <= kSelected)
        (void)toggle(ui, line, {.id = ui.keep("s" + n), .label = say("Speech", "صوت")}, on);
    const Area field_at = row(say("Field", "حقل"), 124);
    const Field field{.id = ui.keep("f" + n),
                      .label = say("Name", "الاسم"),
                      .error = column == kWrong ? say("A name is needed.", "الاسم مطلوب.") : "",
                      .enabled = !off};
    std::string name = column == kWrong ? "" : "Wanjiru";
    if (column != kSelected) (void)text_field(ui, field_at, field, name);
    const Area row_at = row(say("Row", "سطر"), 72);
    if (column <= kFocused)
        (void)list_row(ui, row_at,
                       {.id = ui.keep("row" + n),
                        .title = "NBO1-T03",
                        .subtitle = say("due today", "مستحق اليوم"),
                        .icon = icons::kEvent});
    const Area rail = row(say("Section", "قسم"), 56);
    if (column <= kSelected)
        (void)rail_item(ui, rail,
                        {.id = ui.keep("rail" + n),
                         .label = say("Home", "الرئيسية"),
                         .icon = icons::kHome,
                         .selected = chosen,
                         .count = 2});
    const Area whole = row(say("Card", "بطاقة"), 72);
    if (column > kFocused) return;
    const Touch card_touch = tap_card(ui, whole, ui.keep("card" + n), "Corolla Cross");
    (void)card_touch;
    label(ui, whole.padded(space::k24, 0), "Corolla Cross", Style::kHeading);
}

void Pages::fields(Context& ui, Area page) {
    page = page.padded(space::k48, space::k24);
    struct Kind {
        const char* name;
        FieldKind kind;
    };
    const std::array<Kind, 9> kinds = {{{say("Text", "نص"), FieldKind::kText},
                                        {say("Search", "بحث"), FieldKind::kSearch},
                                        {say("E-mail", "بريد"), FieldKind::kEmail},
                                        {say("Phone", "هاتف"), FieldKind::kPhone},
                                        {say("Number", "عدد"), FieldKind::kNumber},
                                        {say("Money", "مبلغ"), FieldKind::kMoney},
                                        {say("Date", "تاريخ"), FieldKind::kDate},
                                        {say("Password", "كلمة المرور"), FieldKind::kPassword},
                                        {say("PIN", "رقم سري"), FieldKind::kPin}}};
    const std::size_t across = ui.portrait() ? 1 : 3;
    for (std::size_t i = 0; i < kinds.size(); i += across) {
        const Field first{.id = "x", .label = "x", .hint = "x"};
        const auto cells = page.cut_top(field_height(first), space::k16)
                               .columns(static_cast<int>(across), space::k24);
        for (std::size_t k = 0; k < across; ++k) {
            const bool money = kinds.at(i + k).kind == FieldKind::kMoney;
            const Field field{.id = ui.keep("kind" + std::to_string(i + k)),
                              .label = kinds.at(i + k).name,
                              .kind = kinds.at(i + k).kind,
                              .placeholder = say("empty", "فارغ"),
                              .hint = say("what it is for", "الغرض منه"),
                              .currency = money ? "KES" : ""};
            (void)text_field(ui, cells[k], field, typed_.at(i + k));
        }
    }
    words(ui, page);
}

// Captions, notes, fitted words, sums under each other.
void Pages::words(Context& ui, Area page) {
    const auto columns = page.columns(2, space::k24);
    Area left =
        card(ui, columns[0].with({columns[0].rect.x, columns[0].rect.y, columns[0].rect.w, 360}));
    caption(ui, left, say("Caption over a group", "عنوان صغير فوق مجموعة"));
    label_fitted(ui, left.cut_top(48).cut_start(300), "KES 104,250,000.00", Style::kFigure);
    for (const Tone tone : {Tone::kInfo, Tone::kGood, Tone::kWarning, Tone::kDanger})
        note(ui, left, say("A note with its sign", "ملاحظة مع علامتها"), tone);
    Area right =
        card(ui, columns[1].with({columns[1].rect.x, columns[1].rect.y, columns[1].rect.w, 360}));
    const std::array<std::pair<const char*, const char*>, 3> sums = {
        {{say("Price", "السعر"), "KES 4,250,000"},
         {say("Discount", "الخصم"), "KES 170,000"},
         {say("Total", "المجموع"), "KES 4,080,000"}}};
    for (const auto& [what, figure] : sums) {
        Area row = right.cut_top(52);
        divider(ui, row);
        sum(ui, row, "gallery", figure, Style::kBodyStrong);
        label(ui, row, what, Style::kBody);
    }
}

void Pages::over(Context& ui, Area page) {
    page = page.padded(space::k48, space::k32);
    {
        GrowingCard sheet(ui, "growing", page);
        label(ui, sheet.area().cut_top(44), say("A card that grows", "بطاقة تنمو"), Style::kTitle);
        paragraph(ui, sheet.area(),
                  say("As high as what is drawn into it, whatever the language.",
                      "ارتفاعها بقدر ما يرسم فيها."));
    }
    const Button open{.id = "open_over", .label = say("Open", "افتح")};
    if (button(ui, page.cut_top(kButtonHeight).cut_start(button_width(ui, open)), open))
        over_open_ = true;
    const std::array<const char*, 3> rows = {say("First row", "السطر الأول"),
                                             say("Second row", "السطر الثاني"),
                                             say("Third row", "السطر الثالث")};
    page.skip(space::k24);
    rows_in_card(ui, page, {.id = "rows", .count = rows.size(), .item_height = kRowHeight},
                 [&](std::size_t index, Area area) {
                     (void)list_row(ui, area,
                                    {.id = ui.keep("in_card" + std::to_string(index)),
                                     .title = rows.at(index),
                                     .icon = icons::kEvent,
                                     .divider = index + 1 < rows.size()});
                 });
    if (!over_open_) return;
    if (!std::exchange(toasted_, true))
        ui.toast(say("Receipt printed", "تمت الطباعة"), Tone::kGood);
    Modal sheet(ui, "over", 720, 420);
    Area area = sheet.area();
    const bool left = sheet_head(ui, area, "close_over", say("A sheet", "لوحة"));
    paragraph(ui, area, say("For what a dialog is too small for.", "لما يضيق عنه الحوار."));
    if (left || sheet.dismissed()) {
        over_open_ = false;
        dialog_open_ = false;
        ui.draw_again();
    }
}

}  // namespace showfloor::terminal
