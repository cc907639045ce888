#include "terminal/screens/home_screen.hpp"

#include <algorithm>
#include <array>

#include "domain/money.hpp"
#include "domain/records_workshop.hpp"
#include "terminal/screens/sale_form.hpp"
#include "terminal/screens/seller_frame.hpp"
#include "terminal/screens/seller_words.hpp"
#include "text/bidi.hpp"
#include "text/format.hpp"
#include "ui/scroll.hpp"

namespace showfloor::terminal {

namespace {

constexpr int kWeeks = 12;
constexpr float kCardHeight = 440, kMostCardHeight = 560, kLeastBeside = 1100;
constexpr float kTodayHead = 40 + ui::space::k8, kCalm = 56;
constexpr std::size_t kMostDrafts = 2;  // the others by touch
constexpr std::size_t kMostTickets = 200, kMostToday = 12, kMostOfAKind = 4;

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

// Car and customer, as far as they are chosen.
std::string words_of(const ui::Context& ui, const Draft& draft) {
    std::string what = base::text_member(draft.content, "car_title");
    const std::string customer = base::text_member(draft.content, "customer_name");
    if (what.empty()) what = ui.tr("home.draft_empty");
    return customer.empty() ? what : what + " · " + customer;
}

}  // namespace

HomeScreen::HomeScreen(Shell& shell) : shell_(shell) {
    read_drafts();
}

void HomeScreen::read_drafts() {
    shell_.app.drafts(kSaleDraft, [this, alive = alive_.token()](std::vector<Draft> drafts) {
        if (!alive.expired()) drafts_ = std::move(drafts);
    });
}

void HomeScreen::read() {
    if (reading_ || read_version_ == shell_.app.version() || !shell_.app.person()) return;
    reading_ = true;
    read_version_ = shell_.app.version();
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
            figures_ = std::move(fresh->figures);
            today_ = std::move(fresh->today);
            leads_ = std::move(fresh->leads);
            ready_ = std::move(fresh->ready);
        });
    shell_.app.attention([this, alive = alive_.token()](std::vector<AttentionItem> items) {
        if (alive.expired()) return;
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

// Each goes on by touch; the bin asks first.
void HomeScreen::draw_drafts(ui::Context& ui, ui::Area& page) {
    if (drafts_.empty()) return;
    const auto all = static_cast<std::int64_t>(drafts_.size());
    const std::size_t shown = all_drafts_ ? drafts_.size() : std::min(drafts_.size(), kMostDrafts);
    ui::GrowingCard sheet(ui, "drafts", page);
    ui::Area& area = sheet.area();
    ui::Area head = area.cut_top(44, ui::space::k8);
    if (shown < drafts_.size()) {
        const ui::Button more{.id = "all_drafts",
                              .label = ui.tr("home.draft_all", {{"count", all}}),
                              .kind = ui::ButtonKind::kGhost};
        const float width = button_width(ui, more);
        if (button(ui, head.cut_end(width, ui::space::k16).centred(width, ui::kTouchSize), more))
            all_drafts_ = true;
    }
    label_fitted(ui, head, ui.tr("home.drafts", {{"count", all}}), ui::Style::kTitle);
    for (std::size_t i = 0; i < shown; ++i) {
        const Draft& draft = drafts_[i];
        const std::string& what = ui.keep(words_of(ui, draft));
        const std::string id = draft.id.to_string();
        ui::Area row = area.cut_top(ui::kRowHeight);
        const ui::Area bin = row.cut_end(ui::kTouchSize + ui::space::k8, ui::space::k8);
        if (icon_button(ui, bin.centred(bin.width(), ui::kTouchSize + ui::space::k8),
                        {.id = ui.keep("discard:" + id),
                         .label = ui.tr("home.discard_this", {{"what", what}}),
                         .icon = ui::icons::kDelete,
                         .plain = true}))
            discarding_ = draft;
        const std::string& age = age_of(ui, draft.saved_at, shell_.app.now());
        if (list_row(ui, row,
                     {.id = ui.keep("draft:" + id),
                      .title = what,
                      .subtitle = ui.tr("home.draft_saved", {{"age", age}}),
                      .icon = ui::icons::kEdit,
                      .trailing = ui.tr("home.continue"),
                      .trailing_ink = ui::Ink::kAccent,
                      .divider = i + 1 < shown})) {
            shell_.to_draft(draft);
            return;
        }
    }
}

void HomeScreen::draw_discarding(ui::Context& ui) {
    if (!discarding_) return;
    const auto answer =
        dialog(ui, {.id = "discard",
                    .title = ui.tr("home.discard_title"),
                    .words = ui.tr("home.discard_words", {{"what", words_of(ui, *discarding_)}}),
                    .confirm = ui.tr("home.discard"),
                    .cancel = ui.tr("ui.cancel"),
                    .danger = true});
    if (answer == ui::DialogAnswer::kOpen) return;
    if (answer == ui::DialogAnswer::kConfirmed) {
        shell_.app.drop_draft(discarding_->id);
        read_drafts();
    }
    discarding_.reset();
    ui.draw_again();
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
    const int columns = ui.portrait() ? 2 : 4;
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

void HomeScreen::add_instalments(ui::Context& ui, std::vector<Today>& list) const {
    for (const SaleLine& sale : figures_->due) {
        if (list.size() >= kMostToday) return;
        const bool late = sale.overdue_minor > 0;
        const std::int64_t amount = late ? sale.overdue_minor : sale.next_due_minor;
        list.push_back({"due:" + sale.sale_id.to_string(),
                        ui.tr(late ? "home.overdue" : "home.due", {{"name", sale.customer_name}}),
                        money_of(ui, amount, sale.currency) + " · " + date_of(ui, sale.next_due_at),
                        ui::icons::kPayments, late ? ui.tr("home.late") : std::string(),
                        [this, id = sale.sale_id] { shell_.to_sale_detail(id); }});
    }
}

// Disputed sales have a banner of their own; the rest stands here.
void HomeScreen::add_attention(ui::Context& ui, std::vector<Today>& list) const {
    std::size_t shown = 0;
    for (const AttentionItem& item : attention_) {
        if (item.kind == "disputed" || shown == kMostOfAKind) continue;
        ++shown;
        std::string about = item.car_title;
        for (const std::string* more : {&item.customer_name, &item.invoice_number})
            if (!more->empty()) about += (about.empty() ? "" : " · ") + *more;
        list.push_back({"attention:" + std::to_string(item.number),
                        word_or(ui, "attention.kind_" + item.kind, ui.tr("attention.title")),
                        std::move(about),
                        ui::icons::kReport,
                        {},
                        [this] { shell_.to_attention(); }});
    }
}

// The customer is called by whoever sold to them, not by the workshop.
std::vector<HomeScreen::Ready> HomeScreen::read_ready(domain::World& world,
                                                      const domain::Actor& actor) {
    std::vector<Ready> ready;
    const auto done = std::string(
        domain::kTicketStatusNames[static_cast<std::size_t>(domain::TicketStatus::kDone)]);
    const auto tickets = world.find<domain::ServiceTicket>(
        {.where = {{"status", done}}, .descending = true, .limit = kMostTickets});
    for (const domain::ServiceTicket& ticket : tickets) {
        const auto customer = world.get<domain::Customer>(ticket.customer_id);
        if (ticket.archived || !customer || customer->seller_id != actor.user_id) continue;
        Ready one{ticket.id,       ticket.customer_id, ticket.vehicle, full_name_of(*customer),
                  customer->phone, ticket.done_at};
        if (const auto car = world.get<domain::Car>(ticket.car_id)) one.vehicle = title_of(*car);
        if (!ticket.plate.empty()) one.vehicle += (one.vehicle.empty() ? "" : " ") + ticket.plate;
        if (one.vehicle.empty()) one.vehicle = ticket.vin;
        ready.push_back(std::move(one));
    }
    std::stable_sort(ready.begin(), ready.end(),
                     [](const Ready& a, const Ready& b) { return a.done_at > b.done_at; });
    return ready;
}

void HomeScreen::add_ready(ui::Context& ui, std::vector<Today>& list) const {
    std::size_t shown = 0;
    for (const Ready& one : ready_) {
        if (shown++ == kMostOfAKind) return;
        std::string who = one.customer;
        if (!one.phone.empty()) who += " · " + text::isolated(ui.locale(), one.phone);
        list.push_back({"ready:" + one.ticket_id.to_string(),
                        ui.tr("home.ticket_done", {{"what", one.vehicle}}),
                        std::move(who),
                        ui::icons::kBuild,
                        {},
                        [this, id = one.customer_id] { shell_.to_customer(id); }});
    }
}

void HomeScreen::add_leads(ui::Context& ui, std::vector<Today>& list) const {
    const base::UtcMs now = shell_.app.now();
    std::size_t shown = 0;
    for (const LeadLine& line : leads_) {
        if (shown++ == kMostOfAKind) return;
        std::string who = line.lead.name.empty() ? ui.tr("leads.no_name") : line.lead.name;
        who += " · " + (line.lead.preferred_at != 0 ? wish_of(ui, line.lead.preferred_at, now)
                                                    : moment_of(ui, line.lead.created_at, now));
        list.push_back({"lead:" + line.lead.id.to_string(),
                        title_of(ui, line),
                        std::move(who),
                        icon_of(line.lead.kind),
                        {},
                        [this] { shell_.to_leads(); }});
    }
}

// The last line is always there: whether everything done here is safe.
HomeScreen::Today HomeScreen::queue(ui::Context& ui) const {
    const LinkStatus& link = shell_.app.link();
    const bool waits = link.pending > 0 || link.in_doubt > 0;
    const std::string& title =
        waits ? ui.tr("sync.waiting", {{"count", link.pending + link.in_doubt}})
              : ui.tr(link.online ? "link.safe" : "sync.none_waiting");
    const std::string heard =
        link.last_contact_at == 0
            ? ui.tr("sync.never")
            : ui.tr("sync.contact", {{"age", age_of(ui, link.last_contact_at, shell_.app.now())}});
    return {"queue",
            title,
            heard,
            waits ? ui::icons::kSync : link.online ? ui::icons::kCloudDone : ui::icons::kCloudOff,
            {},
            [this] { shell_.to_sync(); }};
}

std::vector<HomeScreen::Today> HomeScreen::list_today(ui::Context& ui) const {
    std::vector<Today> list;
    if (figures_) {
        add_attention(ui, list);
        add_ready(ui, list);
        add_instalments(ui, list);
        add_leads(ui, list);
    }
    list.push_back(queue(ui));
    return list;
}

// What all of its lines need.
float HomeScreen::today_height(const std::vector<Today>& list) const {
    const bool calm = list.size() == 1;
    return 2 * ui::space::k32 + kTodayHead + (calm ? kCalm : 0) +
           static_cast<float>(list.size()) * ui::kRowHeight;
}

// As many lines as stand there whole; the rest when somebody asks for them.
void HomeScreen::draw_rows(ui::Context& ui, ui::Area area, const std::vector<Today>& list) {
    constexpr float kLeastRow = 76, kMostRow = 92, kMore = 56;
    const std::size_t all = list.size();
    std::size_t shown = all;
    float high = std::min(area.height() / static_cast<float>(all), ui::kRowHeight);
    if (high < kLeastRow) {
        const float room = area.height() - kMore;
        shown = std::clamp<std::size_t>(static_cast<std::size_t>(room / kLeastRow), 1, all - 1);
        high = std::clamp(room / static_cast<float>(shown), kLeastRow, kMostRow);
    }
    for (std::size_t i = 0; i < shown; ++i) {
        if (list_row(ui, area.cut_top(high),
                     {.id = ui.keep("today:" + list[i].id),
                      .title = ui.keep(list[i].title),
                      .subtitle = ui.keep(list[i].subtitle),
                      .icon = list[i].icon,
                      .trailing = ui.keep(list[i].mark),
                      .trailing_ink = ui::Ink::kDanger,
                      .divider = i + 1 < all}))
            list[i].open();
    }
    if (shown == all) return;
    const ui::Button more{
        .id = "more_today",
        .label = ui.tr("home.more", {{"count", static_cast<std::int64_t>(all - shown)}}),
        .kind = ui::ButtonKind::kGhost};
    // Its words stand level with those of the lines.
    (void)area.cut_start(ui::kRowIndent - ui::space::k16);
    if (button(ui, area.cut_top(kMore).cut_start(button_width(ui, more)), more)) {
        whole_today_ = true;
        ui.draw_again();
    }
}

void HomeScreen::draw_today(ui::Context& ui, ui::Area area, const std::vector<Today>& list) {
    ui::Area inside = card(ui, area, ui::space::k32);
    ui::Area head = inside.cut_top(40, ui::space::k8);
    if (!figures_) {
        label(ui, head, ui.tr("home.today"), ui::Style::kTitle);
        skeleton(ui, inside);
        return;
    }
    if (today_.cars > 0) {
        const std::string& sold = ui.keep(ui.tr("home.cars", {{"count", today_.cars}}) + " · " +
                                          sum_words(ui, today_.revenue));
        const float width =
            std::min(text_width(ui, sold, ui::Style::kBodyStrong) + 4, head.width() * 0.7F);
        label(ui, head.cut_end(width, ui::space::k16), sold, ui::Style::kBodyStrong,
              ui::Ink::kAccent, ui::Align::kEnd);
    }
    label(ui, head, ui.tr("home.today"), ui::Style::kTitle);
    if (list.size() == 1) {
        ui::Area calm = inside.cut_top(kCalm);
        calm.skip(ui::space::k8);
        paragraph(ui, calm, ui.tr("home.nothing_today"), ui::Style::kBody, ui::Ink::kQuiet);
    }
    draw_rows(ui, inside, list);
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
    const float room = std::clamp(left(), kCardHeight, kMostCardHeight);
    ui::Area row = area.cut_top(whole_today_ ? std::max(room, needed) : room, ui::space::k8);
    const float today_width = (row.width() - ui::space::k24) / 2.35F;
    draw_today(ui, row.cut_end(today_width, ui::space::k24), list);
    row.rect.h = room;
    draw_weeks(ui, row);
}

}  // namespace showfloor::terminal
