#pragma once
// Browse: every car on offer as a card, found as one types. Thread contract: UI thread.

#include <string>
#include <vector>

#include "terminal/screens/shell.hpp"

namespace showfloor::terminal {

class BrowseScreen final : public ui::Screen {
   public:
    explicit BrowseScreen(Shell& shell) : shell_(shell) {}
    [[nodiscard]] std::string_view name() const override { return "browse"; }
    void draw(ui::Context& ui) override;

   private:
    void draw_head(ui::Context& ui, ui::Area& page);
    void find();

    Shell& shell_;
    std::string words_;
    Catalogue::Sort sort_ = Catalogue::Sort::kNewest;
    std::shared_ptr<Catalogue> catalogue_;  // what `found_` points into
    std::string found_words_;
    Catalogue::Sort found_sort_ = Catalogue::Sort::kNewest;
    std::vector<std::uint32_t> found_;
};

// A card of one car, as Browse and the pickers show it. True when it was tapped.
bool car_card(ui::Context& ui, Shell& shell, ui::Area area, const CatalogueCar& car);
inline constexpr float kCardHeight = 420;

}  // namespace showfloor::terminal
