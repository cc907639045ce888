#pragma once
// Sign in: who is selling? Thread contract: UI thread.

#include <optional>

#include "terminal/screens/sign_in_panel.hpp"

namespace showfloor::terminal {

class SignInScreen final : public ui::Screen {
   public:
    explicit SignInScreen(Shell& shell);
    [[nodiscard]] std::string_view name() const override { return "sign_in"; }
    void draw(ui::Context& ui) override;

   private:
    Shell& shell_;
    SignInPanel panel_;
    std::optional<Person> welcome_;  // accepted; the next frame goes on
};

}  // namespace showfloor::terminal
