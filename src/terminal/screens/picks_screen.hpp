#pragma once
// My picks: the cars somebody kept, and a QR code to take them home: central's public page when
// telephones can reach it, else their names and prices as plain text. Thread contract: UI thread.

#include <string>
#include <vector>

#include "terminal/qr.hpp"
#include "terminal/screens/shell.hpp"

namespace showfloor::terminal {

class PicksScreen final : public ui::Screen {
   public:
    explicit PicksScreen(Shell& shell) : shell_(shell) {}
    [[nodiscard]] std::string_view name() const override { return "picks"; }
    void draw(ui::Context& ui) override;

   private:
    using Cars = std::vector<const CatalogueCar*>;
    void draw_code(ui::Context& ui, ui::Area& area, const Cars& cars);

    Shell& shell_;
    std::shared_ptr<Catalogue> catalogue_;
    std::string coded_;  // what `code_` says
    std::optional<Qr> code_;
};

// What the code of these cars says.
struct TakeHome {
    std::string text;
    bool is_link = false;
};
[[nodiscard]] TakeHome take_home(const ui::Context& ui, const Shell& shell,
                                 const std::vector<const CatalogueCar*>& cars);

}  // namespace showfloor::terminal
