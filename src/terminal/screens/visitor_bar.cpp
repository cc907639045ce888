// The visitor's part of the shell: the end of the top bar, the floating call, the page in reach
// mode, and what stands over a screen.

#include <algorithm>
#include <cmath>

#include "terminal/screens/access_sheet.hpp"
#include "terminal/screens/call_sheet.hpp"
#include "terminal/screens/compare_screen.hpp"
#include "terminal/screens/finance_screen.hpp"
#include "terminal/screens/gallery_screen.hpp"
#include "terminal/screens/lead_screen.hpp"
#include "terminal/screens/picks_screen.hpp"
#include "terminal/screens/scanning.hpp"
#include "terminal/screens/seller_words.hpp"
#include "terminal/screens/shell.hpp"

namespace showfloor::terminal {

namespace {

constexpr float kChip = 56;                         // chips of the bar, a little larger
constexpr float kRestOfBar = 400;                   // compare and keep of a car's page
constexpr std::int64_t kPricesStaleMs = 3'600'000;  // then visitors are told
// In reach mode half of the screen is left free above, as long as the page keeps what it was drawn
// for: visitors' pages can be used from this height on, those of the staff have more lines.
constexpr float kLeastPage = 540, kLeastStaffPage = 700;

bool bar_chip(ui::Context& ui, ui::Area& bar, const ui::Chip& spec) {
    const ui::Area at = bar.cut_end(chip_width(ui, spec), ui::space::k16);
    return chip(ui, at.centred(at.width(), kChip), spec);
}

}  // namespace

void Shell::to_compare() {
    navigator.push(std::make_unique<CompareScreen>(*this));
}
void Shell::to_picks() {
    navigator.push(std::make_unique<PicksScreen>(*this));
}
void Shell::to_finance(const base::Uuid& car_id) {
    navigator.push(std::make_unique<FinanceScreen>(*this, car_id));
}
void Shell::to_gallery(const base::Uuid& car_id, std::size_t picture) {
    navigator.push(std::make_unique<GalleryScreen>(*this, car_id, picture));
}
void Shell::to_lead(const base::Uuid& car_id, bool test_drive) {
    visit.lead.test_drive = test_drive;
    navigator.push(std::make_unique<LeadScreen>(*this, car_id));
}

void Shell::draw(ui::Context& ui) {
    use_zone(app.branch().time_zone);
    if (visit.settings.reach)
        stand_low(ui);
    else if (line_above > 0)
        stand_below_line(ui);
    navigator.draw(ui);
    open_scanned(ui);
    switch (visit.overlay) {
        case Overlay::kNone:
            break;
        case Overlay::kAccess:
        case Overlay::kLanguage:
            draw_access_sheet(ui, *this);
            break;
        case Overlay::kCall:
            draw_call_sheet(ui, *this);
            break;
    }
}

// Where cars are looked at, a code that is read opens its car.
void Shell::open_scanned(ui::Context& ui) {
    const std::string& scanned = ui.scanned();
    const auto at_cars = [this] {
        const auto here = navigator.top()->name();
        return visit.overlay == Overlay::kNone &&
               (here == "browse" || here == "car" || here == "attract");
    };
    if (scanned.empty() || !at_cars()) return;
    const text::Strings& strings = ui.strings();
    find_scanned(*this, scanned, [this, at_cars, scanned, &strings](const base::Uuid& car) {
        if (!at_cars()) return;  // they went on meanwhile
        if (car.is_nil()) {
            notice = unknown_scan(strings, app, scanned);
            return;
        }
        if (visit.at_car == car) return;
        if (navigator.top()->name() != "browse") to_browse();
        to_car(car);
    });
}

void Shell::bar_of_visitor(ui::Context& ui, ui::Area& bar) {
    const bool narrow = ui.portrait() || ui.screen().width() < 1700;
    const std::int64_t since = app.link().last_contact_at;
    const bool stale = !app.link().online && since != 0 && app.now() - since >= kPricesStaleMs;
    access_chip(ui, bar);
    const bool browsing = navigator.top()->name() == "browse";
    // What the search says of itself is read whole.
    constexpr float kSearchSigns = 110, kHardlyLess = 0.85F;
    const float rest =
        browsing && !ui.portrait()
            ? std::max(kRestOfBar,
                       text_width(ui, ui.tr("browse.search"), ui::Style::kBodyLarge) * kHardlyLess +
                           kSearchSigns + kChip + ui::space::k16)
            : kRestOfBar;
    if (languages.size() > 1) {
        ui::Chip language{.id = "language",
                          .label = ui.tr("ui.language"),
                          .icon = ui::icons::kLanguage,
                          .spoken = ui.tr("bar.language", {{"name", ui.tr("ui.language")}})};
        // Its name, or the sign alone: a code of two letters is known to few. The words of what is
        // done with a car come first.
        constexpr float kGaps = 3 * ui::space::k16;
        const float others = rest + kGaps +
                             chip_width(ui, {.id = "picks",
                                             .label = ui.tr("bar.picks"),
                                             .icon = ui::icons::kFavoriteBorder});
        if (narrow && (stale || chip_width(ui, language) > bar.width() - others))
            language.label = {};
        if (bar_chip(ui, bar, language)) visit.overlay = Overlay::kLanguage;
    }
    const bool at_picks = navigator.top()->name() == "picks";
    if (!at_picks) {
        const bool any = !visit.picks.empty();
        ui::Chip picks{.id = "picks",
                       .label = ui.tr("bar.picks"),
                       .icon = any ? ui::icons::kFavorite : ui::icons::kFavoriteBorder,
                       .spoken = ui.tr("bar.picks")};
        if (any) picks.count = static_cast<std::int64_t>(visit.picks.size());
        // The heart alone says too little beside "Keep"; what else stands here needs its room.
        if (narrow && (stale || chip_width(ui, picks) > bar.width() - rest)) picks.label = {};
        if (bar_chip(ui, bar, picks)) to_picks();
    }
    if (browsing) {
        const ui::Area at = bar.cut_end(kChip, ui::space::k16).centred(kChip, kChip);
        if (icon_button(ui, at,
                        {.id = "staff",
                         .label = ui.tr("bar.staff"),
                         .icon = ui::icons::kLogin,
                         .plain = true}))
            to_sign_in();
    }
    // Visitors are told what concerns them: that a price may be of some time ago.
    if (!stale) return;
    const std::string& words =
        ui.tr("link.prices_as_of", {{"time", clock_of(app.branch(), since)}});
    const float width = std::min(status_width(ui, words), bar.width());
    status_words(ui, bar.cut_end(width, ui::space::k24), ui::icons::kSchedule, words,
                 ui::Ink::kQuiet);
}

ui::Area Shell::page(ui::Context& ui) {
    const ui::Area page = ui.screen();
    ui.painter().fill(page.rect, ui.color().ground);
    return page;
}

void Shell::access_chip(ui::Context& ui, ui::Area& bar) {
    const ui::Aside way(ui);
    if (bar_chip(ui, bar,
                 {.id = "access",
                  .label = {},
                  .icon = ui::icons::kAccessibilityNew,
                  .spoken = ui.tr("bar.access")}))
        visit.overlay = Overlay::kAccess;
}

void Shell::access_button(ui::Context& ui, ui::Area at, AccessLook look) {
    const ui::Aside way(ui);
    if (icon_button(ui, at,
                    {.id = "access",
                     .label = ui.tr("bar.access"),
                     .icon = ui::icons::kAccessibilityNew,
                     .plain = look == AccessLook::kPlain,
                     .on_picture = look == AccessLook::kOnPicture}))
        visit.overlay = Overlay::kAccess;
}

// Reach mode: whatever is drawn after this stands in the lower part. Above it is only the way back,
// for those who reach it; the others have Help & access in every bar.
void Shell::stand_below_line(ui::Context& ui) {
    const std::string_view name = navigator.top()->name();
    ui.reach_down(line_above);
    if (name == "gallery" || name == "attract") return;
    ui::Area whole = ui.whole();
    ui.painter().fill(whole.cut_top(line_above).rect, ui.color().ground);
}

void Shell::stand_low(ui::Context& ui) {
    ui::Area above = ui.whole();
    const std::string_view name = navigator.top()->name();
    const float least = app.person() || name == "sign_in" ? kLeastStaffPage : kLeastPage;
    const float high = above.height();
    const float free = std::round(std::min(high / 2, std::max(0.F, high - least)));
    ui.reach_down(free);
    // Large pictures stay as large as the screen; what is touched comes down.
    if (name == "gallery" || name == "attract") return;
    above = above.cut_top(free);
    ui.painter().fill(above.rect, ui.color().sunken);
    if (ui.screen().rect.y < free) return;  // the keyboard pushes the page over it
    above = above.padded(ui.portrait() ? ui::space::k32 + ui::space::k8 : ui::space::k48,
                         ui::space::k32);
    const ui::Button end{
        .id = "reach_off", .label = ui.tr("access.reach_off"), .icon = ui::icons::kExpandLess};
    ui::Area row = above.cut_bottom(ui::kButtonHeight);
    if (above.height() > 0 && button(ui, row.cut_start(button_width(ui, end)), end)) {
        visit.settings.reach = false;
        ui.draw_again();
    }
}

namespace {

ui::Button call_spec(const ui::Context& ui) {
    return {.id = "call",
            .label = ui.tr("bar.call"),
            .icon = ui::icons::kSupportAgent,
            .kind = ui::ButtonKind::kPrimary};
}

ui::Button compare_spec(const ui::Context& ui, std::size_t count) {
    return {.id = "compare_now",
            .label = ui.tr("bar.compare_count", {{"count", count}}),
            .icon = ui::icons::kCompareArrows};
}

}  // namespace

bool Shell::may_compare() const {
    const std::string_view here = navigator.top()->name();
    // Beside the cars one keeps it offers nothing yet while only one is chosen.
    const std::size_t least = here == "picks" ? 2 : 1;
    return visit.compared.size() >= least && here != "compare";
}

void Shell::call_button(ui::Context& ui, ui::Area area) {
    ui.painter().shadow(area.rect, ui.theme().radius_control, ui.color().shadow);
    if (button(ui, area, call_spec(ui))) visit.overlay = Overlay::kCall;
}

float Shell::call_button_width(ui::Context& ui) {
    return button_width(ui, call_spec(ui));
}

void Shell::compare_button(ui::Context& ui, ui::Area area) {
    ui.painter().shadow(area.rect, ui.theme().radius_control, ui.color().shadow);
    if (button(ui, area, compare_spec(ui, visit.compared.size()))) to_compare();
}

void Shell::fixed_call(ui::Context& ui, ui::Area& column) {
    (void)column.cut_bottom(ui::space::k32);
    call_button(ui, column.cut_bottom(68, ui::space::k16));
    if (may_compare()) compare_button(ui, column.cut_bottom(68, ui::space::k16));
}

void Shell::float_call(ui::Context& ui, ui::Area page) {
    if (app.person()) return;
    const bool upright = ui.portrait();
    const float high = upright ? 84.F : 68.F;
    const float more = upright ? 24.F : 0.F;
    const bool compares = may_compare();
    const float call_width = button_width(ui, call_spec(ui)) + more;
    const float compare_width = button_width(ui, compare_spec(ui, visit.compared.size())) + more;
    // What scrolls below fades out before it reaches the buttons.
    const ui::Rect r = page.rect;
    const ui::Color ground = ui.color().ground;
    const float solid = upright ? 90.F : 104.F, soft = upright ? 100.F : 64.F;
    ui.painter().fade({r.x, r.bottom() - solid - soft, r.w, soft}, ground.faded(0), ground);
    ui.painter().fill({r.x, r.bottom() - solid, r.w, solid}, ground);
    const float all = call_width + (compares ? compare_width + 20 : 0);
    ui::Area row = page.padded(upright ? (page.width() - all) / 2 : ui::space::k48, 0);
    row = row.with({row.rect.x, r.bottom() - (upright ? 40.F : 24.F) - high, row.rect.w, high});
    call_button(ui, row.cut_end(call_width, 20));
    if (compares) compare_button(ui, row.cut_end(compare_width));
}

}  // namespace showfloor::terminal
