#include "terminal/tour.hpp"

#include <cstdio>

#include "base/command_line.hpp"
#include "base/file.hpp"
#include "terminal/tour/tour.hpp"

namespace showfloor::terminal {

int Tour::play() {
    if (const auto made = base::make_folders(folder_, 0755); !made) {
        std::printf("FAIL %s\n", made.error().message.c_str());
        return base::kExitFailed;
    }
    // On a machine under load a picture takes longer than a visitor may stand still.
    shell_.idle_ms = kHourMs;
    customer();
    seller();
    stand_up();
    customer();
    seller();
    if (!failed_) std::printf("ok   %d pictures in %s\n", pictures_, folder_.c_str());
    return failed_ ? base::kExitFailed : base::kExitDone;
}

void Tour::customer() {
    // A picture shows nothing half moved; the wipe between two visitors ends this wish too.
    shell_.visit.settings.reduce_motion = true;
    customer_looks_around();
    customer_keeps_and_compares();
    customer_works_out_the_month();
    customer_leaves_a_lead();
    customer_calls();
    customer_sets_access();
    customer_goes_away();
}

// Lying: a new customer, a discount somebody approves, cash by instalments, a PIN. Upright: the
// same customer again, a draft kept for later, a transfer that clears, and the sale taken back.
void Tour::seller() {
    shell_.visit.settings.reduce_motion = true;
    seller_signs_in();
    if (upright()) {
        seller_sells_later();
        papers();
        seller_takes_back();
    } else {
        seller_sells();
        papers();
        seller_looks_after();
        seller_returns_by_pin();
    }
    seller_looks_at_all_sections();
    sign_out();
}

int play_tour(Shell& shell, ui::Window& window, const std::function<void(ui::Context&)>& draw,
              const std::string& folder) {
    return Tour(shell, window, draw, folder).play();
}

}  // namespace showfloor::terminal
