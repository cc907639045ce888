#pragma once
// Compare: up to three cars beside each other, line by line; lines that differ are marked.
// Thread contract: UI thread.

#include <string>
#include <vector>

#include "terminal/screens/shell.hpp"

namespace showfloor::terminal {

class CompareScreen final : public ui::Screen {
   public:
    explicit CompareScreen(Shell& shell) : shell_(shell) {}
    [[nodiscard]] std::string_view name() const override { return "compare"; }
    void draw(ui::Context& ui) override;

   private:
    using Cars = std::vector<const CatalogueCar*>;
    void draw_heads(ui::Context& ui, ui::Area area, const Cars& cars);
    void draw_head(ui::Context& ui, ui::Area area, const CatalogueCar& car);
    void draw_lines(ui::Context& ui, ui::Area& area, const Cars& cars);
    [[nodiscard]] std::vector<ui::Area> columns(ui::Area& row) const;

    Shell& shell_;
    std::shared_ptr<Catalogue> catalogue_;
    bool only_differences_ = false;
};

}  // namespace showfloor::terminal
