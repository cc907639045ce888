#pragma once
// Browse: every car on offer as a card, found as one types and narrows. What is looked for stands
// in the Visit; a question is answered when it changes, and a frame costs what can be seen of the
// answer, however many cars there are. Thread contract: UI thread.

#include <memory>
#include <vector>

#include "terminal/screens/browse_filters.hpp"
#include "terminal/screens/shell.hpp"

namespace showfloor::terminal {

class BrowseScreen final : public ui::Screen {
   public:
    explicit BrowseScreen(Shell& shell) : shell_(shell), filters_(shell) {}
    [[nodiscard]] std::string_view name() const override { return "browse"; }
    void draw(ui::Context& ui) override;

   private:
    void find();
    void draw_wide(ui::Context& ui, ui::Area page, ui::Area bar);
    void draw_upright(ui::Context& ui, ui::Area page, ui::Area whole);
    void draw_count(ui::Context& ui, ui::Area area);
    void draw_search(ui::Context& ui, ui::Area area);
    void draw_sort(ui::Context& ui, ui::Area area);
    void draw_cars(ui::Context& ui, ui::Area area);
    void draw_filter_sheet(ui::Context& ui);
    [[nodiscard]] bool loading() const;
    // After a start only the newest cars are here: whatever asks of all of them waits a moment.
    [[nodiscard]] bool waits_for_all() const;

    Shell& shell_;
    BrowseFilters filters_;
    // What was found, and for which question.
    std::shared_ptr<Catalogue> catalogue_;  // what `found_` points into
    Wanted asked_;
    std::vector<search::Slot> found_;
    ui::Area sort_anchor_;
    bool sort_open_ = false, filters_open_ = false;
};

}  // namespace showfloor::terminal
