#pragma once
// The service corner: for who looks after the terminal. An administrator signs in for it, whoever
// else is signed in. State, version, whether the files are whole, and the way out of the kiosk.
// Thread contract: UI thread.

#include <optional>
#include <string>

#include "terminal/screens/sign_in_panel.hpp"

namespace showfloor::terminal {

class ServiceScreen final : public ui::Screen {
   public:
    explicit ServiceScreen(Shell& shell);
    [[nodiscard]] std::string_view name() const override { return "service"; }
    void draw(ui::Context& ui) override;

   private:
    void draw_door(ui::Context& ui, ui::Area page);
    void draw_facts(ui::Context& ui, ui::Area& page);
    void draw_doings(ui::Context& ui, ui::Area& page);

    Shell& shell_;
    Alive alive_;
    SignInPanel panel_;
    std::optional<Person> admin_;
    bool refused_ = false;  // signed in, but no administrator
    bool checking_ = false, leaving_ = false;
    std::string said_, error_;
};

}  // namespace showfloor::terminal
