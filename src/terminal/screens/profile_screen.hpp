#pragma once
// Profile: who is signed in and where, the language, the PIN for a quick return, the password.
// The service corner opens by five seconds on the terminal's code. Thread contract: UI thread.

#include <string>

#include "terminal/screens/shell.hpp"

namespace showfloor::terminal {

class ProfileScreen final : public ui::Screen {
   public:
    explicit ProfileScreen(Shell& shell) : shell_(shell) {}
    [[nodiscard]] std::string_view name() const override { return "profile"; }
    void draw(ui::Context& ui) override;

   private:
    void draw_person(ui::Context& ui, ui::Area& page);
    void draw_language(ui::Context& ui, ui::Area& page);
    void draw_pin(ui::Context& ui, ui::Area& page);
    void draw_password(ui::Context& ui, ui::Area& page);
    void draw_terminal(ui::Context& ui, ui::Area& page);
    void draw_pin_sheet(ui::Context& ui);
    void set_pin(ui::Context& ui);
    void change_password(ui::Context& ui);

    Shell& shell_;
    Alive alive_;
    bool pin_open_ = false, waiting_ = false, changing_ = false;
    std::string pin_, first_pin_;  // typed twice
    std::string pin_error_, pin_done_;
    std::string former_, fresh_, again_, password_error_, password_field_, password_done_;
};

}  // namespace showfloor::terminal
