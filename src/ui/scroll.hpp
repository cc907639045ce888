#pragma once
// Pages that scroll under a finger, with inertia and edges that resist, and a grid that asks only
// for what can be seen. Thread contract: UI thread, during a frame.

#include <functional>
#include <string>
#include <string_view>

#include "ui/context.hpp"

namespace showfloor::ui {

enum class ScrollAxis { kDown, kAcross };

// Draw inside its lifetime; what area() has been cut by at the end is the length of the page.
//     { ScrollView page(ui, "notes", area);  for (...) label(ui, page.area().cut_top(40), ...); }
class ScrollView {
   public:
    // `ground` is what it stands on, for the soft edge where a page goes on; unsaid it is the
    // screen's, or a sheet's.
    ScrollView(Context& ui, std::string_view id, Area view, ScrollAxis axis = ScrollAxis::kDown,
               Color ground = {0, 0, 0, 0});
    ~ScrollView();
    ScrollView(const ScrollView&) = delete;
    ScrollView& operator=(const ScrollView&) = delete;
    // The page, moved by what is scrolled; its size along the axis is not limited.
    Area& area() { return content_; }

   private:
    Context& ui_;
    Scroll& scroll_;
    Area content_;
    Rect view_;
    Color ground_;
    float begins_ = 0;
};

struct Grid {
    std::string_view id;
    std::size_t count = 0;
    float least_width = 400;  // as many columns as fit
    float item_height = 200;
    float gap = space::k24;
    float padding_bottom = space::k48;  // so that nothing floats over the last row
    Color ground = {0, 0, 0, 0};        // as of ScrollView
};
// Calls `draw(index, area)` for the items that can be seen and one row around them (so that keys
// can walk there). Any number of items costs the same.
void grid(Context& ui, Area view, const Grid& spec,
          const std::function<void(std::size_t, Area)>& draw);

// What an item's height becomes for no row of a grid to be cut where the view ends: a little more
// or less than wanted, never less than `least`; as wanted where that does not come out.
[[nodiscard]] float height_of_whole_rows(float view, float wanted, float least, float gap);

// Rows of one column in a white card that is as high as they are, and never higher than `area`.
void rows_in_card(Context& ui, Area area, Grid spec,
                  const std::function<void(std::size_t, Area)>& draw);

// Puts a page back to its beginning (a new search), or to where it was left.
void scroll_to(Context& ui, std::string_view id, double offset);
[[nodiscard]] double scroll_offset(Context& ui, std::string_view id);

}  // namespace showfloor::ui
