#pragma once
// Alerts: what concerns a signed-in person wherever they are on this terminal: a visitor who calls
// for help rings over every screen; unread notifications, new leads and overdue instalments are
// counted for the rail. On the branch's other terminals, where nobody is signed in, the same call
// is a calm line that no visitor takes for theirs, with a way in for whoever of the staff passes.
// Thread contract: UI thread; draw() once a frame, after the screens.

#include <optional>
#include <string>

#include "domain/records_leads.hpp"
#include "terminal/screens/shell.hpp"

namespace showfloor::terminal {

class Alerts {
   public:
    explicit Alerts(Shell& shell) : shell_(shell) {}
    void draw(ui::Context& ui);

   private:
    struct Call {
        domain::Assistance record;
        std::string terminal, car;
        bool from_here = false;  // this terminal's own visitor called
    };
    struct Fresh {
        std::optional<Call> call;
        std::int64_t unread = 0, leads = 0, overdue = 0;
    };
    void read();
    void answer(ui::Context& ui);
    [[nodiscard]] bool rings(ui::Context& ui) const;
    void sound(ui::Context& ui);
    void draw_call(ui::Context& ui);
    void draw_for_staff(ui::Context& ui);

    Shell& shell_;
    Alive alive_;
    bool reading_ = false, answering_ = false;
    std::uint64_t read_version_ = 0;
    base::Uuid read_for_;  // the person; nil: visitors
    std::optional<Call> call_;
    base::Uuid put_away_;  // "not now" by this person
    base::Uuid heard_;     // the call that was rung for, and when it is rung for again
    std::int64_t ring_at_ms_ = 0;
};

}  // namespace showfloor::terminal
