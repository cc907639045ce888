// What Home tells of today: what somebody has to see to, and whether all that was done is safe.

#include <algorithm>

#include "domain/records_workshop.hpp"
#include "terminal/screens/home_screen.hpp"
#include "terminal/screens/seller_words.hpp"
#include "text/bidi.hpp"

namespace showfloor::terminal {

namespace {

constexpr float kTodayHead = 40 + ui::space::k8, kCalm = 56;
constexpr std::size_t kMostTickets = 200, kMostToday = 12, kMostOfAKind = 4;

}  // namespace

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

}  // namespace showfloor::terminal
