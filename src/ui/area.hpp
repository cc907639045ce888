#pragma once
// Layout: an Area is a rectangle that knows the reading direction and is cut into pieces.
// "Start" is left in English and right in Arabic, so that a screen written once is mirrored by
// itself. Cutting takes a piece away and leaves the rest:
//     Area page = ui.screen().padded(48);
//     Area bar = page.cut_top(88);  Area rail = page.cut_start(372, 40);
// Thread contract: plain values.

#include <vector>

#include "text/locale.hpp"
#include "ui/geometry.hpp"

namespace showfloor::ui {

struct Area {
    Rect rect;
    text::Direction direction = text::Direction::kLeftToRight;

    [[nodiscard]] bool mirrored() const { return direction == text::Direction::kRightToLeft; }
    [[nodiscard]] float width() const { return rect.w; }
    [[nodiscard]] float height() const { return rect.h; }

    // The piece; the rest begins `gap` further on. Asking for more than there is gives what there
    // is across, and as much as asked down (a scrolled page has no bottom).
    Area cut_top(float height, float gap = 0);
    Area cut_bottom(float height, float gap = 0);
    Area cut_start(float width, float gap = 0);
    Area cut_end(float width, float gap = 0);
    void skip(float height) { (void)cut_top(height); }

    [[nodiscard]] Area padded(float all) const { return padded(all, all); }
    [[nodiscard]] Area padded(float across, float down) const;
    // A piece of this size in the middle, or at one end across.
    [[nodiscard]] Area centred(float width, float height) const;
    [[nodiscard]] Area aligned(float width, float height, Align across) const;
    // `count` equal columns, the first at the start; rows from the top.
    [[nodiscard]] std::vector<Area> columns(int count, float gap) const;
    [[nodiscard]] std::vector<Area> rows(int count, float gap) const;
    [[nodiscard]] Area with(Rect other) const { return {other, direction}; }
};

// Lays things of different widths beside each other from the start and breaks into rows (chips).
class Flow {
   public:
    Flow(Area area, float gap, float row_height);
    Area next(float width);
    // What the rows took, without a gap behind the last one.
    [[nodiscard]] float used_height() const;

   private:
    Area area_;
    float gap_, row_height_;
    float used_width_ = 0;
    int row_ = 0;
};

}  // namespace showfloor::ui
