#include "terminal/screens/call_sheet.hpp"

#include <algorithm>

#include "base/random.hpp"
#include "domain/limits.hpp"
#include "domain/records_leads.hpp"
#include "ui/controls.hpp"

namespace showfloor::terminal {

namespace {

using ui::Style;
using State = Call::State;

constexpr std::int64_t kLookMs = 1000;  // as often as pulls while a call is open
constexpr float kSign = 132;

void begin(ui::Context& ui, Shell& shell) {
    Call& call = shell.visit.call;
    call = {};
    call.since_ms = ui.now_ms();
    if (!shell.app.link().online) {
        call.state = State::kNobody;  // nobody would hear it
        return;
    }
    call.state = State::kSending;
    base::SystemRandom random;
    call.id = base::Uuid::v7(shell.app.now(), random);
    domain::Command command;
    command.name = "call_assistance";
    command.args = {{"id", call.id.to_string()}};
    if (!shell.visit.at_car.is_nil()) command.args["car_id"] = shell.visit.at_car.to_string();
    shell.app.submit(std::move(command), [&shell, id = call.id](Submitted answer) {
        Call& now = shell.visit.call;
        if (now.id != id || now.state != State::kSending) return;  // withdrawn, or another's
        if (!answer.outcome.applied()) {
            now.state = State::kNobody;
            return;
        }
        now.state = State::kRinging;
        shell.app.sync_now();
    });
}

// Whether somebody answered, read by the reader thread.
void look(ui::Context& ui, Shell& shell) {
    Call& call = shell.visit.call;
    if (ui.now_ms() - call.looked_ms < kLookMs) return;
    call.looked_ms = ui.now_ms();
    struct Seen {
        bool answered = false, ended = false;
        std::string name;
    };
    auto seen = std::make_shared<Seen>();
    shell.app.read(
        [seen, id = call.id](domain::World& world) {
            const auto found = world.get<domain::Assistance>(id);
            if (!found) return;
            seen->answered = found->status == domain::AssistanceStatus::kAnswered;
            seen->ended = !seen->answered && found->status != domain::AssistanceStatus::kCalling;
            if (const auto user = world.get<domain::User>(found->answered_by))
                seen->name = user->first_name;
        },
        [&shell, seen, id = call.id] {
            Call& now = shell.visit.call;
            if (now.id != id || now.state != State::kRinging) return;
            if (seen->answered) {
                now.state = State::kAnswered;
                now.answered_by = seen->name;
            } else if (seen->ended) {
                now.state = State::kNobody;
            }
        });
}

void draw_sign(ui::Context& ui, ui::Area area, char32_t icon, bool rings, bool good) {
    const ui::Point centre = area.rect.centre();
    const ui::Color accent = good ? ui.color().good : ui.color().accent;
    if (rings && !ui.reduce_motion()) {
        constexpr std::int64_t kBeatMs = 1600;
        for (const std::int64_t shift : {std::int64_t{0}, kBeatMs / 2}) {
            const float part =
                static_cast<float>((ui.now_ms() + shift) % kBeatMs) / static_cast<float>(kBeatMs);
            ui.painter().ring(centre, kSign / 2 + part * 34, accent.faded((1 - part) * 0.5F), 4);
        }
        ui.wake_at(ui.now_ms() + 33);
    }
    ui.painter().disc(centre, kSign / 2, good ? ui.color().good_soft : ui.color().accent_soft);
    ui.painter().icon(centre, icon, 64, accent);
}

}  // namespace

void end_call(Shell& shell, bool expired) {
    Call& call = shell.visit.call;
    // One still on its way to the disk is withdrawn right behind it.
    if (call.state == State::kRinging || call.state == State::kSending) {
        domain::Command command;
        command.name = "end_assistance";
        command.args = {{"assistance_id", call.id.to_string()},
                        {"status", expired ? "expired" : "withdrawn"}};
        shell.app.submit(std::move(command), [](const Submitted&) {});
    }
    call.state = expired ? State::kNobody : State::kNone;
}

void draw_call_sheet(ui::Context& ui, Shell& shell) {
    Call& call = shell.visit.call;
    if (call.state == State::kNone) begin(ui, shell);
    if (call.state == State::kSending || call.state == State::kRinging) {
        const std::int64_t left = call.since_ms + domain::kCallWaitsMs - ui.now_ms();
        if (left <= 0 || !shell.app.link().online)
            end_call(shell, true);
        else
            ui.wake_at(ui.now_ms() + std::min(left, kLookMs));
    }
    if (call.state == State::kRinging) look(ui, shell);
    const bool rings = call.state == State::kSending || call.state == State::kRinging;
    const bool comes = call.state == State::kAnswered;
    const std::string& branch = shell.app.branch().name;
    std::string title = ui.tr("call.ringing"),
                words = ui.tr("call.ringing_hint", {{"branch", branch}});
    if (comes) {
        title = call.answered_by.empty() ? ui.tr("call.somebody")
                                         : ui.tr("call.answered", {{"name", call.answered_by}});
        words = ui.tr("call.answered_hint");
    } else if (!rings) {
        title = ui.tr("call.desk");
        words = ui.tr(shell.app.link().online ? "call.desk_hint" : "call.desk_offline");
    }
    // As high as its words need.
    constexpr float kWide = 720, kAroundWords = 384;
    const auto height_of = [&](const std::string& text, Style style) {
        const auto lines = ui.painter().wrap(text, ui.text(style), kWide - 2 * ui::space::k32);
        return static_cast<float>(lines.size()) * line_height(ui, style);
    };
    const float high =
        kAroundWords + height_of(title, Style::kTitle) + height_of(words, Style::kBodyLarge);
    ui::Modal sheet(ui, "call", kWide, std::min(high, ui.screen().height() - 80));
    ui::Area area = sheet.area();
    area.skip(ui::space::k32);
    draw_sign(ui, area.cut_top(kSign, ui::space::k32),
              comes ? ui::icons::kCheckCircle : ui::icons::kSupportAgent, rings, comes);
    paragraph(ui, area, title, Style::kTitle, ui::Ink::kInk, ui::Align::kCentre, 2);
    area.skip(ui::space::k8);
    paragraph(ui, area, words, Style::kBodyLarge, ui::Ink::kQuiet, ui::Align::kCentre, 4);
    ui::Area foot = area.with({area.rect.x, sheet.area().rect.bottom() - 72, area.rect.w, 72});
    const ui::Button end{.id = rings ? "call_cancel" : "call_close",
                         .label = ui.tr(rings ? "call.cancel" : "ui.close"),
                         .kind = rings ? ui::ButtonKind::kSecondary : ui::ButtonKind::kPrimary};
    if (button(ui, foot.centred(std::max(260.F, button_width(ui, end)), 72), end) ||
        sheet.dismissed()) {
        end_call(shell, false);
        shell.visit.call = {};
        shell.visit.overlay = Overlay::kNone;
        ui.draw_again();
    }
}

}  // namespace showfloor::terminal
