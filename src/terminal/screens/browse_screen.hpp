#pragma once
// Browse: every car on offer as a card, found as one types. Thread contract: UI thread.

#include <map>
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
    void draw_search(ui::Context& ui, ui::Area area);
    void draw_sorts(ui::Context& ui, ui::Area area);
    void draw_rail(ui::Context& ui, ui::Area area);
    void draw_chip_row(ui::Context& ui, ui::Area area);
    void draw_cars(ui::Context& ui, ui::Area area);
    void find();
    void rank(Catalogue& catalogue);
    [[nodiscard]] bool chosen(std::size_t column, const std::string& value) const;
    void choose(ui::Context& ui, std::size_t column, const std::string& value);

    Shell& shell_;
    // What is asked for.
    std::string words_;
    std::map<std::size_t, std::vector<std::string>> filters_;  // column of Catalogue -> values
    Catalogue::Sort sort_ = Catalogue::Sort::kNewest;
    // What was found, and for which question.
    std::shared_ptr<Catalogue> catalogue_;  // what `found_` points into
    std::string found_words_;
    std::map<std::size_t, std::vector<std::string>> found_filters_;
    Catalogue::Sort found_sort_ = Catalogue::Sort::kNewest;
    std::vector<std::uint32_t> found_;
    std::vector<std::vector<search::FacetCount>> counts_;
    std::vector<std::map<std::string, std::size_t>> ranks_;  // of values, by column
};

// A card of one car, as Browse and the pickers show it. True when it was tapped.
bool car_card(ui::Context& ui, Shell& shell, ui::Area area, const CatalogueCar& car);
inline constexpr float kCardFoot = 148;  // below the picture, which is 16:10

}  // namespace showfloor::terminal
