#pragma once
// Sign in: tiles of those who chose to be shown, or a user name, and the password. The same panel
// signs an approver in for one command. Thread contract: UI thread.

#include <functional>
#include <string>
#include <vector>

#include "terminal/screens/shell.hpp"

namespace showfloor::terminal {

// Who and password, with what was wrong; drawn inside a page or a sheet.
class SignInPanel {
   public:
    // `ask` is App::sign_in or App::approve; `done` runs when the person was accepted.
    using Ask = std::function<void(std::string login, std::string password,
                                   std::function<void(base::Result<Person>)>)>;
    SignInPanel(Shell& shell, Ask ask, std::function<void(Person)> done);
    void draw(ui::Context& ui, ui::Area area, std::string_view action);

   private:
    void send(ui::Context& ui);

    Shell& shell_;
    Ask ask_;
    std::function<void(Person)> done_;
    Alive alive_;
    std::vector<SignInTile> tiles_;
    bool someone_else_ = false;
    bool waiting_ = false;
    std::string login_, password_, error_;
    std::optional<base::Error> refused_;  // said in the language of the screen
};

class SignInScreen final : public ui::Screen {
   public:
    explicit SignInScreen(Shell& shell);
    [[nodiscard]] std::string_view name() const override { return "sign_in"; }
    void draw(ui::Context& ui) override;

   private:
    Shell& shell_;
    SignInPanel panel_;
    std::optional<Person> welcome_;  // signed in: said and left in the next frame
};

}  // namespace showfloor::terminal
