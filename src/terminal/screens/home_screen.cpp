#include "terminal/screens/home_screen.hpp"

#include <algorithm>
#include <array>

#include "domain/money.hpp"
#include "terminal/screens/seller_frame.hpp"
#include "terminal/screens/seller_words.hpp"
#include "text/format.hpp"
#include "ui/scroll.hpp"

namespace showfloor::terminal {

namespace {

constexpr int kWeeks = 12;
constexpr float kCardHeight = 440, kMostCardHeight = 560, kLeastBeside = 1100;
constexpr float kLeastCardHeight =
    372;  // two lines and "more" stand in it, the bars are still read

const char* greeting_key(int hour) {
    return hour < 12 ? "home.morning" : hour < 18 ? "home.afternoon" : "home.evening";
}

std::string compact(const ui::Context& ui, std::int64_t minor, const std::string& currency) {
    return text::money_compact(ui.locale(), minor, currency,
                               domain::minor_digits(currency).value_or(2));
}

// Nobody has taken it yet, or it is this person's and meant for today.
bool concerns(const domain::Lead& lead, const base::Uuid& person, base::UtcMs tomorrow) {
    using domain::LeadStatus;
    if (lead.status == LeadStatus::kNew) return true;
    const bool closed = lead.status == LeadStatus::kWon || lead.status == LeadStatus::kLost;
    return !closed && lead.owner_id == person && lead.preferred_at != 0 &&
           lead.preferred_at < tomorrow;
}

}  // namespace

HomeScreen::HomeScreen(Shell& shell) : shell_(shell) {}

void HomeScreen::read() {
    if (reading_ || read_version_ == shell_.app.version() || !shell_.app.person()) return;
    reading_ = true;
    read_version_ = shell_.app.version();
    read_drafts();
    struct Fresh {
        SellerFigures figures;
        Sold today;
        std::vector<LeadLine> leads;
        std::vector<Ready> ready;
    };
    auto fresh = std::make_shared<Fresh>();
    const base::UtcMs now = shell_.app.now();
    const base::UtcMs today = day_begin(now), tomorrow = at_hour(now, 1, 0);
    std::vector<base::UtcMs> weeks;
    for (int i = kWeeks - 1; i >= 0; --i)
        weeks.push_back(week_begin(now, -i));
    shell_.app.read(
        [fresh, now, today, tomorrow, weeks, actor = actor_of(*shell_.app.person()),
         month = month_begin(now), last_month = month_begin(now, -1)](domain::World& world) {
            const auto sales = read_sales(world, actor, now);
            for (const SaleLine& sale : sales) {
                if (!sale.stands() || sale.sale_date < today) continue;
                ++fresh->today.cars;
                fresh->today.revenue[sale.currency] += sale.total_minor;
            }
            fresh->figures = figures_of(sales, month, last_month, weeks, now);
            for (LeadLine& line : read_leads(world, actor))
                if (concerns(line.lead, actor.user_id, tomorrow))
                    fresh->leads.push_back(std::move(line));
            fresh->ready = read_ready(world, actor);
        },
        [this, fresh, alive = alive_.token()] {
            if (alive.expired()) return;
            reading_ = false;
            if (shell_.app.link().unreadable) return;
            figures_ = std::move(fresh->figures);
            today_ = std::move(fresh->today);
            leads_ = std::move(fresh->leads);
            ready_ = std::move(fresh->ready);
        });
    shell_.app.attention([this, alive = alive_.token()](std::vector<AttentionItem> items) {
        if (alive.expired() || shell_.app.link().unreadable) return;
        attention_ = std::move(items);
    });
}

// The branch's own currency as the figure; others are named by whoever asks on Sales.
std::string HomeScreen::sum_words(const ui::Context& ui, const Sums& sums) const {
    const std::string& own = shell_.app.branch().currency;
    if (sums.size() == 1) return compact(ui, sums.begin()->second, sums.begin()->first);
    const auto found = sums.find(own);
    std::string words = compact(ui, found == sums.end() ? 0 : found->second, own);
    if (sums.size() > 1) words += " +";
    return words;
}

void HomeScreen::draw_head(ui::Context& ui, ui::Area& page) {
    const base::UtcMs now = shell_.app.now();
    ui::Area head = page.cut_top(96, ui::space::k24);
    const ui::Button sell{.id = "new_sale",
                          .label = ui.tr("home.new_sale"),
                          .icon = ui::icons::kAdd,
                          .kind = ui::ButtonKind::kPrimary};
    const float width = button_width(ui, sell) + 24;
    if (button(ui, head.cut_end(width, ui::space::k24).centred(width, 76), sell))
        shell_.to_sale({});
    label(ui, head.cut_top(32), ui.keep(long_date_of(ui, now)), ui::Style::kBody, ui::Ink::kQuiet);
    label_fitted(
        ui, head,
        ui.tr(greeting_key(civil_of(now).hour), {{"name", shell_.app.person()->first_name}}),
        ui::Style::kDisplay, ui::Ink::kInk, 0.6F);
}

void HomeScreen::draw_banners(ui::Context& ui, ui::Area& page) {
    const auto show = [&](const ui::Banner& spec) {
        return banner(ui, page.cut_top(banner_height(ui, spec, page.width()), ui::space::k24),
                      spec);
    };
    if (shell_.app.person()->offline_warning)
        show({.id = "offline_long",
              .tone = ui::Tone::kWarning,
              .words = ui.tr("home.offline_long")});
    std::int64_t decisions = 0;
    const AttentionItem* first = nullptr;
    for (const auto& item : attention_) {
        if (item.kind != "disputed") continue;
        if (first == nullptr) first = &item;
        ++decisions;
    }
    if (first != nullptr) {
        if (show({.id = "decide",
                  .tone = ui::Tone::kDanger,
                  .title = ui.tr("home.decide", {{"count", decisions}}),
                  .words = ui.tr("home.decide_what", {{"car", first->car_title}}),
                  .action = ui.tr("home.see")}))
            shell_.to_attention();
    }
}

void HomeScreen::draw_figures(ui::Context& ui, ui::Area& page) {
    struct Figure {
        std::string_view what = {}, figure = {}, note = {};
    };
    std::array<Figure, 4> four;
    if (figures_) {
        const auto& f = *figures_;
        const std::int64_t more = f.sold - f.sold_before;
        const base::UtcMs last = month_begin(shell_.app.now(), -1);
        const std::string month(
            ui.locale().months[static_cast<std::size_t>(civil_of(last).month - 1)]);
        const char* than = more == 0  ? "home.as_many"
                           : more > 0 ? "home.more_than"
                                      : "home.less_than";
        four = {
            {{ui.tr("home.sold"), ui.tr("home.cars", {{"count", f.sold}}),
              ui.tr(than, {{"count", more < 0 ? -more : more}, {"month", month}})},
             {ui.tr("home.revenue"), ui.keep(sum_words(ui, f.revenue)), ui.tr("home.this_month")},
             {ui.tr("home.commission"), ui.keep(sum_words(ui, f.commission)),
              ui.tr("home.own_sales")},
             {ui.tr("home.open"), ui.keep(sum_words(ui, f.open)),
              ui.tr("home.open_note",
                    {{"count", f.open_invoices}, {"overdue", f.overdue_invoices}})}}};
    }
    // Beside each other where all of them are read whole, two by two otherwise.
    const float quarter = page.columns(4, ui::space::k24)[0].width();
    const bool four_fit = std::all_of(four.begin(), four.end(), [&](const Figure& one) {
        return figure_tile_fits(ui, one.what, one.figure, quarter);
    });
    const int columns = ui.portrait() || !four_fit ? 2 : 4;
    const int rows = 4 / columns;
    const float width = page.columns(columns, ui::space::k24)[0].width();
    float high = 0;
    for (const Figure& one : four)
        high = std::max(high, figure_tile_height(ui, one.note, width));
    std::vector<ui::Area> tiles;
    for (int row = 0; row < rows; ++row)
        for (const ui::Area& tile :
             page.cut_top(high, ui::space::k24).columns(columns, ui::space::k24))
            tiles.push_back(tile);
    for (std::size_t i = 0; i < four.size(); ++i) {
        if (figures_)
            figure_tile(ui, tiles[i], four[i].what, four[i].figure, four[i].note);
        else
            skeleton(ui, tiles[i], ui.theme().radius_card);
    }
}

void HomeScreen::draw_weeks(ui::Context& ui, ui::Area area) {
    ui::Area inside = card(ui, area, ui::space::k32);
    ui::Area head = inside.cut_top(40, ui::space::k16);
    if (!figures_) {
        skeleton(ui, inside);
        return;
    }
    const auto& f = *figures_;
    std::vector<std::string> names, read_outs;
    for (std::size_t i = 0; i < f.by_week.size(); ++i) {
        const text::CivilTime day = civil_of(f.week_begins[i]);
        const std::string name =
            std::to_string(day.day) + " " +
            std::string(ui.locale().short_months[static_cast<std::size_t>(day.month - 1)]);
        names.push_back(i % 2 == f.by_week.size() % 2 ? std::string() : name);
        const auto count = static_cast<std::int64_t>(f.by_week[i]);
        read_outs.push_back(ui.tr(
            "home.week",
            {{"date", name}, {"count", count}, {"amount", sum_words(ui, f.week_revenue[i])}}));
    }
    bool any = false;
    for (const double value : f.by_week)
        any = any || value > 0;
    label(ui, head, ui.tr("home.by_week"), ui::Style::kTitle);
    if (!any) {
        empty_state(ui, inside,
                    {.id = "no_sales",
                     .icon = ui::icons::kBarChart,
                     .title = {},
                     .words = ui.tr("home.no_sales")});
        return;
    }
    (void)bar_chart(ui, inside,
                    {.values = f.by_week,
                     .names = names,
                     .highlight = f.by_week.size() - 1,
                     .id = "weeks",
                     .label = ui.tr("home.by_week"),
                     .read_outs = read_outs});
}

void HomeScreen::draw(ui::Context& ui) {
    read();
    auto page = seller_page(ui, shell_, Section::kHome);
    if (!page) return;
    draw_head(ui, *page);
    draw_page(ui, *page);
    draw_discarding(ui);
}

void HomeScreen::draw_page(ui::Context& ui, ui::Area page) {
    ui::ScrollView view(ui, "home", page);
    ui::Area& area = view.area();
    const float top = area.rect.y;
    // Down to the foot of the screen, where there is more of it than the cards need.
    const auto left = [&] { return page.height() - (area.rect.y - top) - ui::space::k8; };
    draw_banners(ui, area);
    draw_drafts(ui, area);
    if (!figures_ && says_unreadable(ui, area.cut_top(kMostCardHeight), shell_.app)) return;
    draw_figures(ui, area);
    const std::vector<Today> list = list_today(ui);
    const float needed = today_height(list);
    if (ui.portrait()) {
        draw_weeks(ui, area.cut_top(kCardHeight, ui::space::k24));
        // Nothing stands beside it: no higher than its lines.
        const float room = std::clamp(left(), kCardHeight + 60, kMostCardHeight + 160);
        const float high = whole_today_ || (figures_ && needed < room) ? needed : room;
        draw_today(ui, area.cut_top(high, ui::space::k8), list);
        return;
    }
    // Large letters leave no room for two cards beside each other: what is to be done comes first.
    if (area.width() < kLeastBeside) {
        draw_today(ui, area.cut_top(needed, ui::space::k24), list);
        draw_weeks(ui, area.cut_top(kCardHeight, ui::space::k8));
        return;
    }
    const float room = std::clamp(left(), kLeastCardHeight, kMostCardHeight);
    ui::Area row = area.cut_top(whole_today_ ? std::max(room, needed) : room, ui::space::k8);
    const float today_width = (row.width() - ui::space::k24) / 2.35F;
    draw_today(ui, row.cut_end(today_width, ui::space::k24), list);
    row.rect.h = room;
    draw_weeks(ui, row);
}

}  // namespace showfloor::terminal
