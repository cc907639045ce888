#pragma once
// Sync: an honest page. Connected, or why not and since when; what waits here and for how long;
// try now; a file for whoever helps from afar. Thread contract: UI thread.

#include <string>
#include <vector>

#include "terminal/screens/shell.hpp"

namespace showfloor::terminal {

class SyncScreen final : public ui::Screen {
   public:
    explicit SyncScreen(Shell& shell) : shell_(shell) {}
    [[nodiscard]] std::string_view name() const override { return "sync"; }
    void draw(ui::Context& ui) override;

   private:
    void read();
    void draw_state(ui::Context& ui, ui::Area& page);
    void draw_waiting(ui::Context& ui, ui::Area& page);
    void draw_terminal(ui::Context& ui, ui::Area& page);

    Shell& shell_;
    Alive alive_;
    std::vector<WaitingCommand> waiting_;
    bool reading_ = false, read_once_ = false;
    std::uint64_t read_version_ = 0;
    std::int64_t asked_at_ms_ = -1;  // "sync now" was touched
    std::string diagnostics_, error_;
};

}  // namespace showfloor::terminal
