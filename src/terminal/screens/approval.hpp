#pragma once
// Approval: the sheet on which somebody who may approve signs in, for the next command that needs
// an approver alone. Only those who may are offered. Thread contract: UI thread.

#include <functional>
#include <optional>

#include "terminal/screens/sign_in_panel.hpp"

namespace showfloor::terminal {

class Approval {
   public:
    explicit Approval(Shell& shell) : shell_(shell) {}
    // `why` is a key of words; `done` runs when somebody signed in. Closed by itself then.
    void open(std::string_view why, std::function<void(Person)> done);
    void close() { panel_.reset(); }
    [[nodiscard]] bool is_open() const { return panel_.has_value(); }
    void draw(ui::Context& ui);  // last of all, every frame

   private:
    Shell& shell_;
    std::string why_;
    std::function<void(Person)> done_;
    std::optional<SignInPanel> panel_;
    bool accepted_ = false;
};

}  // namespace showfloor::terminal
