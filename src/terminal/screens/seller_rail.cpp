// The sections of a signed-in person: a rail beside the page, a bar at the foot when upright.

#include <algorithm>
#include <array>

#include "terminal/screens/seller_frame.hpp"
#include "terminal/screens/seller_words.hpp"
#include "ui/controls.hpp"

namespace showfloor::terminal {

namespace {

struct Entry {
    Section section;
    const char* id;
    const char* words;
    char32_t icon;
};
constexpr std::array<Entry, 10> kSections = {{
    {Section::kHome, "home", "section.home", ui::icons::kHome},
    {Section::kCars, "cars", "section.cars", ui::icons::kDirectionsCar},
    {Section::kSales, "sales", "section.sales", ui::icons::kSell},
    {Section::kCustomers, "customers", "section.customers", ui::icons::kPeople},
    {Section::kInvoices, "invoices", "section.invoices", ui::icons::kReceiptLong},
    {Section::kLeads, "leads", "section.leads", ui::icons::kPhoneCallback},
    {Section::kNotifications, "notifications", "section.notifications", ui::icons::kNotifications},
    {Section::kAttention, "attention", "section.attention", ui::icons::kReport},
    {Section::kSync, "sync", "section.sync", ui::icons::kSync},
    {Section::kProfile, "profile", "section.profile", ui::icons::kAccountCircle},
}};
// What has a place of its own at the foot; the rest opens from "More".
constexpr std::size_t kAtFoot = 4;
constexpr float kRailLeast = 252, kRailMost = 340, kRailItem = 64, kRailGap = 6, kFootHeight = 104;

std::int64_t count_of(const Shell& shell, Section section) {
    if (section == Section::kAttention) return shell.needs_attention();
    if (section == Section::kNotifications) return shell.unread_notifications;
    if (section == Section::kLeads) return shell.new_leads;
    return 0;
}

// Who may read none of what stands there has no way there.
bool is_for(const Shell& shell, Section section) {
    using domain::Area;
    const domain::Actor actor = actor_of(*shell.app.person());
    const auto may_read = [&](Area area) {
        return domain::reach_of(actor, area, domain::Action::kRead) != domain::Reach::kNone;
    };
    if (section == Section::kSales || section == Section::kInvoices) return may_read(Area::kSales);
    if (section == Section::kCustomers) return may_read(Area::kCustomers);
    if (section == Section::kLeads) return may_read(Area::kLeads);
    return true;
}

std::vector<Entry> sections_of(const Shell& shell) {
    std::vector<Entry> sections;
    for (const Entry& entry : kSections)
        if (is_for(shell, entry.section)) sections.push_back(entry);
    return sections;
}

void go_to(Shell& shell, Section section) {
    switch (section) {
        case Section::kHome:
            return shell.to_home();
        case Section::kCars:
            return shell.to_browse();
        case Section::kSales:
            return shell.to_sales();
        case Section::kCustomers:
            return shell.to_customers();
        case Section::kInvoices:
            return shell.to_invoices();
        case Section::kLeads:
            return shell.to_leads();
        case Section::kNotifications:
            return shell.to_notifications();
        case Section::kAttention:
            return shell.to_attention();
        case Section::kSync:
            return shell.to_sync();
        case Section::kProfile:
            return shell.to_profile();
    }
}

// As wide as its longest word needs, in any language, with room for a count: it never moves.
float rail_width(ui::Context& ui, const Shell& shell) {
    float words = 0;
    for (const Entry& entry : sections_of(shell))
        words = std::max(words, ui::rail_item_width(ui, ui.tr(entry.words)));
    return std::clamp(words, kRailLeast, kRailMost);
}

void draw_rail(ui::Context& ui, Shell& shell, ui::Area area, Section here) {
    // A low screen has smaller ones, never too small for a finger.
    area = area.padded(ui::space::k24, ui::space::k32);
    const std::vector<Entry> sections = sections_of(shell);
    const float share = area.height() / static_cast<float>(sections.size()) - kRailGap;
    const float height = std::clamp(share, ui::kTouchSize, kRailItem);
    for (const Entry& entry : sections) {
        ui::RailItem item{.id = entry.id,
                          .label = ui.tr(entry.words),
                          .icon = entry.icon,
                          .selected = entry.section == here,
                          .count = count_of(shell, entry.section)};
        if (rail_item(ui, area.cut_top(height, kRailGap), item)) go_to(shell, entry.section);
    }
}

bool foot_item(ui::Context& ui, ui::Area area, const char* id, std::string_view words,
               char32_t icon, bool selected, std::int64_t count) {
    const ui::Touch touch =
        ui.touch("rail:" + std::string(id), std::string(words), area.padded(4).rect);
    const auto& c = ui.color();
    if (touch.pressed) ui.painter().fill(area.padded(4).rect, c.accent_soft, 14);
    ui::Area column = area.padded(0, 14);
    const ui::Area sign = column.cut_top(40);
    const ui::Rect pill{sign.rect.centre().x - 36, sign.rect.y, 72, 40};
    if (selected) ui.painter().fill(pill, c.inverse, 20);
    ui.painter().icon(pill.centre(), icon, 28, selected ? c.on_inverse : c.ink);
    if (count > 0) {
        // Beside the sign, however many there are.
        constexpr float kWide = 60, kFrom = 16;
        const float x = area.mirrored() ? pill.centre().x - kFrom - kWide : pill.centre().x + kFrom;
        count_badge(ui, area.with({x, pill.y - 8, kWide, 28}), count, ui::Align::kStart);
    }
    label(ui, column.cut_top(30), words, ui::Style::kCaption,
          selected ? ui::Ink::kInk : ui::Ink::kQuiet, ui::Align::kCentre);
    focus_ring(ui, touch, area.padded(4).rect, 14);
    return touch.tapped;
}

void draw_foot(ui::Context& ui, Shell& shell, ui::Area area, Section here) {
    ui.painter().fill(area.rect, ui.color().card);
    divider(ui, area);
    const std::vector<Entry> sections = sections_of(shell);
    const auto places = area.padded(ui::space::k16, 0).columns(kAtFoot + 1, 0);
    std::int64_t hidden = 0;
    bool in_more = true;
    for (std::size_t i = 0; i < sections.size(); ++i) {
        const Entry& entry = sections[i];
        if (i >= kAtFoot) {
            hidden += count_of(shell, entry.section);
            continue;
        }
        in_more = in_more && entry.section != here;
        if (foot_item(ui, places[i], entry.id, ui.tr(entry.words), entry.icon,
                      entry.section == here, count_of(shell, entry.section)))
            go_to(shell, entry.section);
    }
    bool open = ui.remembered("rail:more") > 0;
    if (foot_item(ui, places[kAtFoot], "more", ui.tr("section.more"), ui::icons::kMenu, in_more,
                  hidden)) {
        open = !open;
        ui.draw_again();
    }
    std::vector<ui::MenuOption> options;
    for (std::size_t i = kAtFoot; i < sections.size(); ++i)
        options.push_back({.id = sections[i].id,
                           .label = ui.tr(sections[i].words),
                           .icon = sections[i].icon,
                           .selected = sections[i].section == here,
                           .count = count_of(shell, sections[i].section)});
    const int chosen = menu(ui, "more", places[kAtFoot], options, open);
    ui.remembered("rail:more") = open ? 1.F : 0.F;
    if (chosen >= 0) go_to(shell, sections[kAtFoot + static_cast<std::size_t>(chosen)].section);
}

}  // namespace

std::optional<ui::Area> seller_page(ui::Context& ui, Shell& shell, Section here,
                                    const SellerBar& bar) {
    ui::Area page = ui.screen();
    ui.painter().fill(page.rect, ui.color().ground);
    if (!shell.app.person()) {
        shell.to_browse();
        return std::nullopt;
    }
    seller_bar(ui, shell, page, bar);
    if (!shell.app.person()) return std::nullopt;  // locked just now
    if (ui.portrait()) {
        draw_foot(ui, shell, page.cut_bottom(kFootHeight), here);
        return page.padded(ui::space::k32 + ui::space::k8, ui::space::k24);
    }
    draw_rail(ui, shell, page.cut_start(rail_width(ui, shell) + 2 * ui::space::k24), here);
    (void)page.cut_start(ui::space::k12);
    (void)page.cut_end(ui::space::k48);
    return page.padded(0, ui::space::k32);
}

bool page_title(ui::Context& ui, ui::Area& page, std::string_view title, const ui::Button& action) {
    ui::Area row = page.cut_top(72, ui::space::k24);
    bool tapped = false;
    if (!action.id.empty()) {
        const float width = button_width(ui, action) + (ui.portrait() ? 0 : 32);
        tapped = button(ui, row.cut_end(width, ui::space::k16), action);
    }
    label(ui, row, title, ui::Style::kDisplay);
    return tapped;
}

}  // namespace showfloor::terminal
