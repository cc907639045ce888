// Messages that go by themselves: where they stand, and how they come and go.

#include "ui/icons.hpp"
#include "ui/limits.hpp"
#include "ui/stage.hpp"
#include "ui/widgets.hpp"

namespace showfloor::ui {

namespace {

constexpr float kHeight = 64;
constexpr std::int64_t kLeaveMs = 200;

// Low in the middle, where eyes expect it, unless something to touch or to read is there. Touches
// go through it in any case; but who cannot see a button does not touch it.
Point quiet_place(const Registry& registry, Rect screen, float width, float margin,
                  const std::vector<Rect>& others, std::optional<Point> now) {
    constexpr float kStep = 12, kAside = 0.1F, kFar = 0.6F, kOther = 10, kAir = 8,
                    kWorthMoving = 0.03F;
    const auto hidden = [&](Point at) {
        const Rect rect = Rect{at.x, at.y, width, kHeight}.inflated(kAir);
        float sum = registry.hidden_by(rect);
        for (const Rect& other : others)
            if (other.overlaps(rect)) sum += kOther;
        return sum;
    };
    const float middle = (screen.w - width) / 2, lowest = screen.h - space::k48 - kHeight;
    Point best{middle, lowest};
    float least = hidden(best);
    for (float y = screen.h - space::k12 - kHeight; y >= space::k12 && least > 0; y -= kStep) {
        const float far = kFar * std::abs(lowest - y) / screen.h;
        if (y < lowest && far >= least) break;  // nothing further up can be better
        for (const float x : {middle, margin, screen.w - margin - width}) {
            const float all = far + (x == middle ? 0 : kAside) + hidden({x, y});
            if (all < least) least = all, best = {x, y};
        }
    }
    // It stays where it is read, unless that has become a bad place.
    if (now && now->x + width <= screen.w && hidden(*now) <= least + kWorthMoving) return *now;
    return best;
}

}  // namespace

void Stage::draw_toasts() {
    auto& toasts = context_.toasts_;
    const std::int64_t now = context_.now_ms_;
    std::erase_if(toasts, [&](const Toast& t) { return t.until_ms <= now; });
    if (toasts.empty()) return;
    painter_.push_layer(Layer::kToast);
    const Colors& c = context_.color();
    const Area screen{{0, 0, context_.size_.x, context_.size_.y}, context_.direction()};
    const float margin = context_.portrait() ? space::k24 : space::k48;
    std::vector<Rect> placed;
    for (auto toast = toasts.rbegin(); toast != toasts.rend(); ++toast) {
        context_.wake_at(toast->until_ms);
        context_.announce("toast:" + toast->words, toast->words);
        const float words = text_width(context_, toast->words, Style::kBodyLarge);
        const float width =
            std::min(words + 28 + space::k16 + 2 * space::k24, screen.width() - 2 * space::k24);
        toast->place = quiet_place(registry_, screen.rect, width, margin, placed, toast->place);
        const Rect rect{context_.animate("modal:toast_x:" + toast->words, toast->place->x),
                        context_.animate("modal:toast_y:" + toast->words, toast->place->y), width,
                        kHeight};
        placed.push_back({toast->place->x, toast->place->y, width, kHeight});
        float shown = context_.animate("modal:toast:" + toast->words, 1, 0.0F);
        if (!context_.reduce_motion_) {
            const std::int64_t left = toast->until_ms - now;
            shown = std::min(shown, static_cast<float>(left) / static_cast<float>(kLeaveMs));
            context_.wake_at(left > kLeaveMs ? toast->until_ms - kLeaveMs : now + kFrameMs);
        }
        const Area pill = screen.with(rect.moved(0, (1 - shown) * space::k16));
        painter_.shadow(pill.rect, 20, c.shadow.faded(shown));
        painter_.fill(pill.rect, c.inverse.faded(shown), kHeight / 2);
        Area line = pill.padded(space::k24, 0);
        const char32_t sign = toast->tone == Tone::kGood      ? icons::kCheckCircle
                              : toast->tone == Tone::kInfo    ? icons::kInfo
                              : toast->tone == Tone::kWarning ? icons::kWarning
                                                              : icons::kError;
        const Color ink = c.on_inverse.faded(shown);
        painter_.icon(line.cut_start(28, space::k16).rect.centre(), sign, 28, ink);
        painter_.text(line.rect, toast->words, context_.text(Style::kBodyLarge), ink);
    }
    painter_.pop_layer();
}

}  // namespace showfloor::ui
