#include "ui/area.hpp"

namespace showfloor::ui {

Area Area::cut_top(float height, float gap) {
    const Rect piece{rect.x, rect.y, rect.w, height};
    rect.y += height + gap;
    rect.h = std::max(0.0F, rect.h - height - gap);
    return with(piece);
}

Area Area::cut_bottom(float height, float gap) {
    const Rect piece{rect.x, rect.bottom() - height, rect.w, height};
    rect.h = std::max(0.0F, rect.h - height - gap);
    return with(piece);
}

namespace {

// Takes `width` off the left or right side of `rect`.
Rect cut_side(Rect& rect, float width, float gap, bool left) {
    width = std::min(width, rect.w);
    const float taken = std::min(width + gap, rect.w);
    const Rect piece{left ? rect.x : rect.right() - width, rect.y, width, rect.h};
    if (left) rect.x += taken;
    rect.w -= taken;
    return piece;
}

}  // namespace

Area Area::cut_start(float width, float gap) {
    return with(cut_side(rect, width, gap, !mirrored()));
}
Area Area::cut_end(float width, float gap) {
    return with(cut_side(rect, width, gap, mirrored()));
}

Area Area::padded(float across, float down) const {
    return with({rect.x + across, rect.y + down, std::max(0.0F, rect.w - 2 * across),
                 std::max(0.0F, rect.h - 2 * down)});
}

Area Area::centred(float width, float height) const {
    return aligned(width, height, Align::kCentre);
}

Area Area::aligned(float width, float height, Align across) const {
    const float room = rect.w - width;
    float x = rect.x + room / 2;
    if (across != Align::kCentre)
        x = ((across == Align::kStart) != mirrored()) ? rect.x : rect.x + room;
    return with({x, rect.y + (rect.h - height) / 2, width, height});
}

std::vector<Area> Area::columns(int count, float gap) const {
    std::vector<Area> out;
    const auto n = static_cast<float>(std::max(1, count));
    const float width = (rect.w - gap * (n - 1)) / n;
    for (int i = 0; i < count; ++i) {
        const float along = static_cast<float>(i) * (width + gap);
        const float x = mirrored() ? rect.right() - along - width : rect.x + along;
        out.push_back(with({x, rect.y, width, rect.h}));
    }
    return out;
}

std::vector<Area> Area::rows(int count, float gap) const {
    std::vector<Area> out;
    const auto n = static_cast<float>(std::max(1, count));
    const float height = (rect.h - gap * (n - 1)) / n;
    for (int i = 0; i < count; ++i)
        out.push_back(
            with({rect.x, rect.y + static_cast<float>(i) * (height + gap), rect.w, height}));
    return out;
}

Flow::Flow(Area area, float gap, float row_height)
    : area_(area), gap_(gap), row_height_(row_height) {}

Area Flow::next(float width) {
    width = std::min(width, area_.rect.w);
    if (used_width_ > 0 && used_width_ + width > area_.rect.w) {
        used_width_ = 0;
        ++row_;
    }
    const float y = area_.rect.y + static_cast<float>(row_) * (row_height_ + gap_);
    const float x =
        area_.mirrored() ? area_.rect.right() - used_width_ - width : area_.rect.x + used_width_;
    used_width_ += width + gap_;
    return area_.with({x, y, width, row_height_});
}

float Flow::used_height() const {
    return static_cast<float>(row_) * (row_height_ + gap_) + row_height_;
}

}  // namespace showfloor::ui
