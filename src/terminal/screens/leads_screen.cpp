#include "terminal/screens/leads_screen.hpp"

#include <algorithm>
#include <array>

#include "domain/transitions.hpp"
#include "terminal/screens/seller_frame.hpp"
#include "terminal/screens/seller_words.hpp"
#include "ui/controls.hpp"
#include "ui/scroll.hpp"

namespace showfloor::terminal {

namespace {

using domain::LeadKind;
using domain::LeadStatus;

constexpr std::size_t kMostShown = 1000;
constexpr std::size_t kMostDrawn = 60;
constexpr std::array<const char*, 4> kFilters = {"leads.filter_new", "leads.filter_mine",
                                                 "leads.filter_open", "leads.filter_closed"};

bool is_closed(const domain::Lead& lead) {
    return lead.status == LeadStatus::kWon || lead.status == LeadStatus::kLost;
}

std::string_view name_of(LeadStatus status) {
    return domain::kLeadStatusNames[static_cast<std::size_t>(status)];
}

}  // namespace

std::vector<LeadLine> read_leads(domain::World& world, const domain::Actor& actor) {
    std::vector<LeadLine> lines;
    if (domain::reach_of(actor, domain::Area::kLeads, domain::Action::kRead) ==
        domain::Reach::kNone)
        return lines;
    domain::Query query{.where = {}, .order_by = "id", .descending = true, .limit = kMostShown};
    if (!actor.branch_id.is_nil()) query.where = {{"branch_id", actor.branch_id.to_string()}};
    for (auto& lead : world.find<domain::Lead>(query)) {
        const domain::Facts facts{.branch_id = lead.branch_id,
                                  .owner_id = lead.owner_id,
                                  .subject_role = domain::Role::kNobody,
                                  .subject_id = {}};
        if (lead.archived ||
            !domain::may(actor, domain::Area::kLeads, domain::Action::kRead, facts))
            continue;
        LeadLine line;
        if (const auto car = world.get<domain::Car>(lead.car_id))
            line.car_title = terminal::title_of(*car);
        if (const auto terminal = world.get<domain::Terminal>(lead.terminal_id))
            line.terminal_name = terminal->name;
        if (const auto owner = world.get<domain::User>(lead.owner_id))
            line.owner_name = owner->first_name + " " + owner->last_name;
        line.lead = std::move(lead);
        lines.push_back(std::move(line));
    }
    return lines;
}

char32_t icon_of(LeadKind kind) {
    if (kind == LeadKind::kTestDrive) return ui::icons::kEvent;
    return kind == LeadKind::kOffer ? ui::icons::kSell : ui::icons::kPhoneCallback;
}

std::string title_of(const ui::Context& ui, const LeadLine& line) {
    const auto kind = domain::kLeadKindNames[static_cast<std::size_t>(line.lead.kind)];
    const std::string what = ui.tr("leads.kind_" + std::string(kind));
    return line.car_title.empty() ? what : what + " · " + line.car_title;
}

void LeadsScreen::read() {
    if (reading_ || read_version_ == shell_.app.version() || !shell_.app.person()) return;
    reading_ = true;
    read_version_ = shell_.app.version();
    auto fresh = std::make_shared<std::vector<LeadLine>>();
    shell_.app.read(
        [fresh, actor = actor_of(*shell_.app.person())](domain::World& world) {
            *fresh = read_leads(world, actor);
        },
        [this, fresh, alive = alive_.token()] {
            if (alive.expired()) return;
            reading_ = false;
            if (shell_.app.link().unreadable) return;
            all_ = std::move(*fresh);
            // Where nothing is new, one's own stand first to hand.
            if (!ready_ && std::none_of(all_.begin(), all_.end(), [this](const auto& line) {
                    return fits(line, Filter::kNew);
                }))
                filter_ = Filter::kMine;
            ready_ = true;
        });
}

bool LeadsScreen::fits(const LeadLine& line, Filter filter) const {
    switch (filter) {
        case Filter::kNew:
            return line.lead.status == LeadStatus::kNew;
        case Filter::kMine:
            return line.lead.owner_id == shell_.app.person()->user_id && !is_closed(line.lead);
        case Filter::kOpen:
            return !is_closed(line.lead);
        case Filter::kClosed:
            return is_closed(line.lead);
    }
    return false;
}

void LeadsScreen::submit(ui::Context& ui, domain::Command command) {
    if (waiting_) return;
    waiting_ = true;
    error_.clear();
    const text::Strings& strings = ui.strings();
    shell_.app.submit(std::move(command),
                      [this, &strings, alive = alive_.token()](Submitted answer) {
                          if (alive.expired()) return;
                          waiting_ = false;
                          read_version_ = 0;
                          if (!answer.outcome.applied())
                              error_ = refusal_of(strings, answer.outcome);
                      });
}

void LeadsScreen::claim(ui::Context& ui, const base::Uuid& id) {
    domain::Command command;
    command.name = "claim_lead";
    command.args = {{"lead_id", id.to_string()}};
    submit(ui, std::move(command));
    filter_ = Filter::kMine;  // there it goes on
}

void LeadsScreen::move_to(ui::Context& ui, const base::Uuid& id, LeadStatus status) {
    domain::Command command;
    command.name = "update_lead";
    command.args = {{"id", id.to_string()}, {"status", name_of(status)}};
    submit(ui, std::move(command));
}

void LeadsScreen::draw_choices(ui::Context& ui, ui::Area& area, const LeadLine& line) {
    const domain::Lead& lead = line.lead;
    const std::string tail = ":" + lead.id.to_string();
    ui::Flow flow(area, ui::space::k12, ui::kButtonHeight);
    bool any = false;
    const auto choice = [&](const char* id, std::string_view words, char32_t icon,
                            ui::ButtonKind kind) {
        const ui::Button spec{.id = ui.keep(id + tail),
                              .label = words,
                              .icon = icon,
                              .kind = kind,
                              .enabled = !waiting_};
        any = true;
        return button(ui, flow.next(button_width(ui, spec)), spec);
    };
    const domain::Facts facts{.branch_id = lead.branch_id,
                              .owner_id = lead.owner_id,
                              .subject_role = domain::Role::kNobody,
                              .subject_id = {}};
    if (domain::may(actor_of(*shell_.app.person()), domain::Area::kLeads, domain::Action::kWork,
                    facts)) {
        // One quiet style: a page of loud buttons says of none that it comes first.
        if (lead.status == LeadStatus::kNew &&
            choice("claim", ui.tr("leads.claim"), ui::icons::kCheck, ui::ButtonKind::kSecondary))
            claim(ui, lead.id);
        for (const LeadStatus next : {LeadStatus::kContacted, LeadStatus::kAppointment,
                                      LeadStatus::kWon, LeadStatus::kLost}) {
            if (lead.status == LeadStatus::kNew || !domain::may_become(lead.status, next)) continue;
            const std::string name(name_of(next));
            if (choice(name.c_str(), ui.tr("leads.to_" + name),
                       next == LeadStatus::kWon ? ui::icons::kDone : ui::icons::kNone,
                       next == LeadStatus::kLost ? ui::ButtonKind::kGhost
                                                 : ui::ButtonKind::kSecondary))
                move_to(ui, lead.id, next);
        }
    }
    if (!lead.car_id.is_nil() && choice("lead_car", ui.tr("leads.see_car"),
                                        ui::icons::kDirectionsCar, ui::ButtonKind::kGhost))
        shell_.to_car(lead.car_id);
    if (any) area.skip(flow.used_height());
}

void LeadsScreen::draw_lead(ui::Context& ui, ui::Area& page, const LeadLine& line) {
    const domain::Lead& lead = line.lead;
    const base::UtcMs now = shell_.app.now();
    ui::GrowingCard sheet(ui, "lead_" + lead.id.to_string(), page, ui::space::k16, ui::space::k24);
    ui::Area& inside = sheet.area();
    std::string who = lead.name.empty() ? ui.tr("leads.no_name") : lead.name;
    for (const std::string* part : {&lead.phone, &lead.email})
        if (!part->empty()) who += " · " + *part;
    const std::string status = ui.tr("leads.status_" + std::string(name_of(lead.status))) +
                               (line.owner_name.empty() ? "" : " · " + line.owner_name);
    const ui::Row head{
        .id = ui.keep("lead:" + lead.id.to_string()),
        .title = ui.keep(title_of(ui, line)),
        .subtitle = ui.keep(std::move(who)),
        .icon = icon_of(lead.kind),
        .trailing = ui.keep(age_of(ui, lead.occurred_at, now)),
        .trailing_note = ui.keep(status),
        .trailing_ink = lead.status == LeadStatus::kNew ? ui::Ink::kWarning : ui::Ink::kQuiet,
        .tappable = false,
        .divider = false};
    // Less air than in a list: the card has its own.
    constexpr float kLess = 12;
    list_row(ui, inside.cut_top(row_height(ui, inside, head) - kLess), head);
    // Level with the title, as in "Needs attention".
    ui::Area rest = inside;
    (void)rest.cut_start(ui::kRowIndent);
    std::string more;
    if (lead.preferred_at != 0)
        more = ui.tr("leads.wants", {{"when", wish_of(ui, lead.preferred_at, now)}});
    if (!lead.notes.empty()) more += (more.empty() ? "" : " · ") + lead.notes;
    if (!line.terminal_name.empty())
        more += (more.empty() ? "" : " · ") +
                ui.tr("leads.left_at", {{"terminal", line.terminal_name}});
    if (!more.empty()) {
        rest.skip(ui::space::k4);
        paragraph(ui, rest, more, ui::Style::kBody, ui::Ink::kQuiet, ui::Align::kStart, 3);
    }
    rest.skip(ui::space::k16);
    draw_choices(ui, rest, line);
    inside.skip(rest.rect.y - inside.rect.y);
}

void LeadsScreen::draw_list(ui::Context& ui, ui::Area area) {
    if (!ready_) {
        if (says_unreadable(ui, area, shell_.app)) return;
        skeleton(ui, area.cut_top(180), ui.theme().radius_card);
        return;
    }
    ui::ScrollView view(ui, "leads", area);
    std::size_t drawn = 0;
    for (const LeadLine& line : all_) {
        if (!fits(line, filter_)) continue;
        if (++drawn > kMostDrawn) break;
        draw_lead(ui, view.area(), line);
    }
    if (drawn == 0)
        empty_state(ui, area,
                    {.id = "no_leads",
                     .icon = ui::icons::kPhoneCallback,
                     .title = ui.tr(filter_ == Filter::kNew ? "leads.none_new" : "leads.none"),
                     .words = ui.tr("leads.none_hint")});
}

void LeadsScreen::draw(ui::Context& ui) {
    read();
    auto page = seller_page(ui, shell_, Section::kLeads);
    if (!page) return;
    (void)page_title(ui, *page, ui.tr("section.leads"));
    const bool known = ready_ || !shell_.app.link().unreadable;  // how many there are
    std::vector<ui::Chip> filters;
    for (std::size_t i = 0; i < kFilters.size(); ++i) {
        const auto filter = static_cast<Filter>(i);
        const std::int64_t count = std::count_if(
            all_.begin(), all_.end(), [&](const auto& line) { return fits(line, filter); });
        filters.push_back({.id = kFilters[i],
                           .label = ui.tr(kFilters[i]),
                           .count = known ? std::optional(count) : std::nullopt,
                           .selected = filter == filter_});
    }
    if (const int tapped = chips(ui, *page, filters); tapped >= 0) {
        filter_ = static_cast<Filter>(tapped);
        scroll_to(ui, "leads", 0);
    }
    page->skip(ui::space::k16);
    if (!error_.empty()) {
        const ui::Banner spec{.id = "refused",
                              .tone = ui::Tone::kDanger,
                              .words = error_,
                              .action = ui.tr("ui.close"),
                              .closes = true};
        if (banner(ui, page->cut_top(banner_height(ui, spec, page->width()), ui::space::k16), spec))
            error_.clear();
    }
    draw_list(ui, *page);
}

}  // namespace showfloor::terminal
