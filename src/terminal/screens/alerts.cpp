#include "terminal/screens/alerts.hpp"

#include <algorithm>

#include "domain/limits.hpp"
#include "terminal/screens/leads_screen.hpp"
#include "terminal/screens/notifications_screen.hpp"
#include "terminal/screens/seller_words.hpp"
#include "terminal/seller_models.hpp"

namespace showfloor::terminal {

void Alerts::read() {
    const std::optional<Person>& person = shell_.app.person();
    const base::Uuid reader = person ? person->user_id : base::Uuid{};
    if (reader != read_for_) {
        read_for_ = reader;
        read_version_ = 0;
        call_.reset();
        put_away_ = {};
        shell_.unread_notifications = shell_.new_leads = shell_.overdue = 0;
    }
    if (reading_ || read_version_ == shell_.app.version()) return;
    reading_ = true;
    read_version_ = shell_.app.version();
    auto fresh = std::make_shared<Fresh>();
    const base::Uuid home = shell_.app.branch().id;
    const base::Uuid branch = !person || person->branch_id.is_nil() ? home : person->branch_id;
    shell_.app.read(
        [fresh, person, branch, home, code = shell_.app.facts().terminal_code,
         now = shell_.app.now()](domain::World& world) {
            const domain::Facts facts{.branch_id = branch,
                                      .owner_id = {},
                                      .subject_role = domain::Role::kNobody,
                                      .subject_id = {}};
            if (person) {
                const domain::Actor actor = actor_of(*person);
                for (const auto& note : read_notifications(world, actor))
                    if (!is_read(note, person->user_id)) ++fresh->unread;
                for (const auto& line : read_leads(world, actor))
                    if (line.lead.status == domain::LeadStatus::kNew) ++fresh->leads;
                fresh->overdue = count_overdue(world, actor, now);
                if (!domain::may(actor, domain::Area::kLeads, domain::Action::kRead, facts)) return;
            }
            const auto open = domain::open_call(world, branch, now);
            if (!open) return;
            Call call{*open, {}, {}, false};
            if (const auto terminal = world.get<domain::Terminal>(open->terminal_id)) {
                call.terminal = terminal->name.empty() ? terminal->code : terminal->name;
                call.from_here = terminal->branch_id == home && terminal->code == code;
            }
            if (const auto car = world.get<domain::Car>(open->car_id)) call.car = title_of(*car);
            fresh->call = std::move(call);
        },
        [this, fresh, reader, alive = alive_.token()] {
            if (alive.expired()) return;
            reading_ = false;
            if (shell_.app.link().unreadable) return;
            if (reader != read_for_) return;  // somebody came or went meanwhile
            shell_.unread_notifications = fresh->unread;
            shell_.new_leads = fresh->leads;
            shell_.overdue = fresh->overdue;
            call_ = std::move(fresh->call);
        });
}

void Alerts::answer(ui::Context& ui) {
    if (answering_) return;
    answering_ = true;
    domain::Command command;
    command.name = "answer_assistance";
    command.args = {{"assistance_id", call_->record.id.to_string()}};
    const text::Strings& strings = ui.strings();
    const std::string thanks = ui.tr("alert.thanks");
    shell_.app.submit(std::move(command), [this, &strings, thanks,
                                           alive = alive_.token()](const Submitted& done) {
        if (alive.expired()) return;
        answering_ = false;
        read_version_ = 0;
        put_away_ = call_ ? call_->record.id : base::Uuid{};
        shell_.notice = done.outcome.applied() ? thanks : refusal_of(strings, done.outcome);
    });
}

// Until somebody comes, it was put away, or its minute is over.
bool Alerts::rings(ui::Context& ui) const {
    if (!call_ || call_->record.id == put_away_) return false;
    const base::UtcMs until = call_->record.created_at + domain::kCallWaitsMs;
    const base::UtcMs now = shell_.app.now();
    if (now >= until) return false;
    ui.wake_at(ui.now_ms() + (until - now));
    return true;
}

// At once, and again while nobody answers: seldom enough for whoever looks at a car meanwhile.
void Alerts::sound(ui::Context& ui) {
    if (!shell_.ring) return;
    if (heard_ != call_->record.id || ui.now_ms() >= ring_at_ms_) {
        heard_ = call_->record.id;
        ring_at_ms_ = ui.now_ms() + kRingEveryMs;
        shell_.ring(ui::Signal::kCall);
    }
    ui.wake_at(ring_at_ms_);
}

void Alerts::draw_call(ui::Context& ui) {
    if (!rings(ui)) return;
    sound(ui);
    const std::string& words = ui.tr("alert.call", {{"terminal", call_->terminal}});
    constexpr float kSign = 104, kFoot = ui::kButtonHeight + 8;
    constexpr std::size_t kMostLines = 3;
    const float wide = std::min(860.F, ui.screen().width() - 48);
    const auto lines =
        ui.painter().wrap(words, ui.text(ui::Style::kTitle), wide - 2 * ui::space::k32, kMostLines);
    const float said = static_cast<float>(lines.size()) * line_height(ui, ui::Style::kTitle);
    // The car has a line of its own: its name is never broken within the sentence.
    const auto names = static_cast<float>(
        lines_of(ui, call_->car, ui::Style::kBodyLarge, wide - 2 * ui::space::k32));
    const float named =
        call_->car.empty()
            ? 0
            : ui::space::k8 + std::min(names, 2.F) * line_height(ui, ui::Style::kBodyLarge);
    ui::Modal sheet(
        ui, "assistance", wide,
        kSign + ui::space::k16 + said + named + ui::space::k32 + kFoot + 2 * ui::space::k32);
    ui.announce("call:" + call_->record.id.to_string(),
                call_->car.empty() ? words : words + ". " + call_->car);
    ui::Area& area = sheet.area();
    const ui::Area sign = area.cut_top(kSign, ui::space::k16);
    ui.painter().disc(sign.rect.centre(), 52, ui.color().accent_soft);
    ui::icon(ui, sign, ui::icons::kSupportAgent, 56, ui::Ink::kAccent);
    paragraph(ui, area, words, ui::Style::kTitle, ui::Ink::kInk, ui::Align::kCentre, kMostLines);
    if (!call_->car.empty()) {
        area.skip(ui::space::k8);
        paragraph(ui, area, call_->car, ui::Style::kBodyLarge, ui::Ink::kQuiet, ui::Align::kCentre,
                  2);
    }
    const auto foot = area.cut_bottom(kFoot).columns(2, ui::space::k16);
    const ui::Button come{.id = "answer_call",
                          .label = ui.tr("alert.coming"),
                          .icon = ui::icons::kCheck,
                          .kind = ui::ButtonKind::kPrimary,
                          .enabled = !answering_};
    const ui::Button later{.id = "call_not_now", .label = ui.tr("alert.not_now")};
    if (button(ui, foot[0], later)) put_away_ = call_->record.id;
    if (button(ui, foot[1], come)) answer(ui);
}

// A line above the page, which makes room for it: it covers nothing a visitor came for.
void Alerts::draw_for_staff(ui::Context& ui) {
    if (!rings(ui) || call_->from_here || shell_.navigator.top()->name() == "sign_in") {
        if (std::exchange(shell_.line_above, 0.F) > 0) ui.draw_again();
        return;
    }
    sound(ui);
    // What lies over the page covers the line too; the page does not move meanwhile.
    if (shell_.visit.overlay != Overlay::kNone) return;
    const char* key = call_->car.empty() ? "alert.for_staff" : "alert.for_staff_car";
    const std::string& words = ui.tr(key, {{"terminal", call_->terminal}, {"car", call_->car}});
    const ui::Banner spec{
        .id = "for_staff", .tone = ui::Tone::kInfo, .words = words, .action = ui.tr("bar.staff")};
    ui.announce("call:" + call_->record.id.to_string(), words);
    ui::Area page = ui.whole().padded(
        ui.portrait() ? ui::space::k32 + ui::space::k8 : ui::space::k48, ui::space::k12);
    // In reach mode what is above is out of reach: it lies below the page's bar instead.
    const bool low = shell_.visit.settings.reach;
    if (low) (void)page.cut_top(ui.screen().rect.y + ui::kTopBarHeight);
    const ui::Area at = page.cut_top(banner_height(ui, spec, page.width()));
    const float above = low ? 0.F : at.rect.bottom() + ui::space::k12;
    if (std::exchange(shell_.line_above, above) != above) ui.draw_again();
    ui.painter().shadow(at.rect, ui.theme().radius_card, ui.color().shadow);
    if (banner(ui, at, spec)) shell_.to_sign_in();
}

void Alerts::draw(ui::Context& ui) {
    read();
    if (!shell_.notice.empty()) ui.toast(std::exchange(shell_.notice, {}), ui::Tone::kInfo);
    if (shell_.app.person()) {
        shell_.line_above = 0;
        draw_call(ui);
    } else {
        draw_for_staff(ui);
    }
}

}  // namespace showfloor::terminal
