#include "terminal/screens/rest.hpp"

#include "terminal/limits.hpp"
#include "terminal/screens/call_sheet.hpp"

namespace showfloor::terminal {

void Rest::forget(ui::Context& ui) {
    end_call(shell_, false);
    if (shell_.app.person()) shell_.app.sign_out();
    shell_.visit = Visit{};
    ui.forget_person();
    shell_.to_attract();
    ui.draw_again();
}

void Rest::warn(ui::Context& ui, std::int64_t left_ms) {
    const std::int64_t seconds = (left_ms + 999) / 1000;
    const bool seller = shell_.app.person().has_value();
    const ui::Dialog still{
        .id = "still_there",
        .title = ui.tr("idle.title"),
        .words = ui.tr(seller ? "idle.words_seller" : "idle.words", {{"count", seconds}}),
        .confirm = ui.tr("idle.stay"),
        .cancel = ui.tr("idle.leave")};
    // Who is read to hears the dialog anyway.
    if (!warned_ && shell_.say && !shell_.visit.settings.speech)
        shell_.say(ui.tr("idle.title") + " " + std::string(still.words));
    if (!warned_ && shell_.ring) shell_.ring(ui::Signal::kWarning);
    // The keyboard would lie over the question.
    if (!warned_) ui.interaction().stop_editing();
    warned_ = true;
    // Any touch extends: it is an event, and the quiet begins anew. "Leave" forgets at once.
    if (dialog(ui, still) == ui::DialogAnswer::kCancelled) forget(ui);
    ui.wake_at(ui.now_ms() + left_ms - (seconds - 1) * 1000);
}

void Rest::watch(ui::Context& ui) {
    const std::int64_t touched = ui.interaction().last_event_ms();
    const std::int64_t quiet = ui.now_ms() - touched;
    const bool in_use = quiet < kAttractAfterMs;
    if (in_use != in_use_) {
        in_use_ = in_use;
        shell_.app.set_in_use(in_use);
    }
    if (in_use) ui.wake_at(touched + kAttractAfterMs);
    // The pictures rest by themselves, unless somebody stood before them and changed their looks.
    const bool untouched =
        shell_.visit.overlay == Overlay::kNone && shell_.visit.settings == Settings{};
    if (shell_.navigator.top()->name() == "attract" && untouched) {
        warned_ = false;
        return;
    }
    // Who waits for a seller is there, whatever they touch.
    using State = Call::State;
    const State call = shell_.visit.call.state;
    if (call == State::kSending || call == State::kRinging) return;
    const std::int64_t after = shell_.app.person() ? kSignOutAfterMs - kWarnForMs : shell_.idle_ms;
    if (quiet < after) {
        // The touch that answers the question has ended the quiet; "I am done" still means it, and
        // stays to be let go of.
        constexpr std::string_view kDone = "button:still_there/cancel";
        if (warned_ && ui.interaction().tapped(kDone)) {
            forget(ui);
            return;
        }
        if (warned_ && ui.interaction().pressed(kDone)) {
            warn(ui, kWarnForMs);
            return;
        }
        warned_ = false;
        ui.wake_at(touched + after);
        return;
    }
    if (quiet >= after + kWarnForMs) {
        forget(ui);
        return;
    }
    warn(ui, after + kWarnForMs - quiet);
}

}  // namespace showfloor::terminal
