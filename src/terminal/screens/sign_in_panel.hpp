#pragma once
// SignInPanel: who (tiles of those who chose to be shown, or a user name) and their secret: the
// password once a day, then the PIN they set here. Drawn on the sign-in screen, and on the sheet on
// which an approver signs in for one command. Thread contract: UI thread.

#include <functional>
#include <string>
#include <vector>

#include "terminal/screens/shell.hpp"

namespace showfloor::terminal {

// Nobody where the tile's role has no name here.
[[nodiscard]] domain::Role role_of(const SignInTile& tile);

class SignInPanel {
   public:
    // `ask` is App::sign_in or App::approve; `done` runs when the person was accepted.
    using Ask = std::function<void(SignIn who, std::function<void(base::Result<Person>)>)>;
    using Offered = std::function<bool(const SignInTile&)>;  // whose tiles stand there; all
    SignInPanel(Shell& shell, Ask ask, std::function<void(Person)> done, Offered offered = {});
    ~SignInPanel();  // what is still being checked counts no more
    SignInPanel(const SignInPanel&) = delete;
    SignInPanel& operator=(const SignInPanel&) = delete;
    void draw(ui::Context& ui, ui::Area area, std::string_view action);
    // What it needs just now: people, then a password, a name too, or figures.
    [[nodiscard]] float height() const;
    // Whether a password is asked for, so that the keyboard comes.
    [[nodiscard]] bool types() const { return (!login_.empty() || someone_else_) && !by_pin_; }

   private:
    void choose(ui::Context& ui, const SignInTile* tile);  // nullptr: somebody without one
    void send(ui::Context& ui);
    void draw_people(ui::Context& ui, ui::Area area);
    void draw_password(ui::Context& ui, ui::Area& form, std::string_view action);
    void draw_pin(ui::Context& ui, ui::Area& area);
    [[nodiscard]] std::string words_of(const text::Strings& strings,
                                       const base::Error& error) const;

    Shell& shell_;
    Ask ask_;
    std::function<void(Person)> done_;
    Alive alive_;
    bool for_once_;  // an approval or a door: no session begins
    std::vector<SignInTile> tiles_;
    bool someone_else_ = false, by_pin_ = false;
    bool waiting_ = false, again_ = false;
    std::string login_, secret_, error_;
};

}  // namespace showfloor::terminal
