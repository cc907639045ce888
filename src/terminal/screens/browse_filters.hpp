#pragma once
// What narrows Browse: chips with counts and sliders over the catalogue's columns. What is drawn is
// worked out once a question, not once a frame. Thread contract: UI thread.

#include <string>
#include <variant>
#include <vector>

#include "terminal/screens/shell.hpp"

namespace showfloor::terminal {

class BrowseFilters {
   public:
    explicit BrowseFilters(Shell& shell) : shell_(shell) {}
    // The counts of a new answer.
    void take(const Catalogue& catalogue,
              const std::vector<std::vector<search::FacetCount>>& counts);

    // The rail: the filters people use most. True when all of them were asked for.
    bool draw_rail(ui::Context& ui, ui::Area area);
    // Every filter, for the sheet, which scrolls.
    void draw_all(ui::Context& ui, ui::Area& area);
    // The columns it stands in.
    [[nodiscard]] static std::vector<ui::Area> places_in(ui::Area area);
    // What is chosen, each with a cross; cuts the row's width. Then, in `with_hints`, the likely
    // next ones with their counts.
    void draw_chosen(ui::Context& ui, ui::Area& row, bool with_hints);

   private:
    struct Value {
        std::string value, id, words;
        std::int64_t count = 0;
        bool chosen = false;
    };
    using Columns = std::vector<std::vector<std::variant<Catalogue::Facet, Catalogue::Number>>>;
    [[nodiscard]] Columns columns(std::size_t count, float width) const;
    void draw_chips(ui::Context& ui, ui::Area& area, Catalogue::Facet column, std::size_t most,
                    float gap = ui::space::k24);
    bool draw_more(ui::Context& ui, ui::Area& area, float gap);
    void draw_range(ui::Context& ui, ui::Area& area, Catalogue::Number column, float width,
                    float gap = ui::space::k24);
    [[nodiscard]] bool is_chosen(std::size_t column, const std::string& value) const;
    void choose(ui::Context& ui, std::size_t column, const std::string& value);
    [[nodiscard]] std::vector<Value> values(const ui::Context& ui, Catalogue::Facet column,
                                            std::size_t most) const;
    [[nodiscard]] std::string range_words(const ui::Context& ui, Catalogue::Number column,
                                          std::int64_t value) const;
    [[nodiscard]] std::string limits_words(const ui::Context& ui, Catalogue::Number column,
                                           const Catalogue::Bounds& limits) const;
    void changed(ui::Context& ui);

    Shell& shell_;
    const Catalogue* catalogue_ = nullptr;                 // kept by the screen
    std::vector<std::vector<search::FacetCount>> counts_;  // by column, the most frequent first
};

}  // namespace showfloor::terminal
