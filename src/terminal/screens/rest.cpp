#include "terminal/screens/rest.hpp"

#include "terminal/limits.hpp"

namespace showfloor::terminal {

void Rest::watch(ui::Context& ui) {
    const std::int64_t touched = ui.interaction().last_event_ms();
    const std::int64_t quiet = ui.now_ms() - touched;
    const bool in_use = quiet < kAttractAfterMs;
    if (in_use != in_use_) {
        in_use_ = in_use;
        shell_.app.set_in_use(in_use);
    }
    const std::int64_t after = shell_.app.person() ? kSignOutAfterMs : kAttractAfterMs;
    if (in_use) ui.wake_at(touched + kAttractAfterMs);
    if (shell_.navigator.top()->name() == "attract") return;
    if (quiet < after) {
        ui.wake_at(touched + after);
        return;
    }
    if (shell_.app.person()) shell_.app.sign_out();
    shell_.language = 0;
    shell_.to_attract();
    ui.draw_again();
}

}  // namespace showfloor::terminal
