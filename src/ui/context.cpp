#include "ui/context.hpp"

#include "ui/limits.hpp"

namespace showfloor::ui {

namespace {

constexpr std::int64_t kToastMs = 4000;

float ease_out(float t) {
    const float rest = 1 - t;
    return 1 - rest * rest * rest;
}

}  // namespace

Area Context::screen() const {
    return {{0, reach_ - shift_, size_.x, size_.y - reach_}, direction()};
}

void Context::wake_at(std::int64_t ms) {
    if (!wake_ms_ || ms < *wake_ms_) wake_ms_ = ms;
}

float Context::animate(const std::string& id, float target, std::optional<float> start) {
    const auto [found, is_new] = glides_.try_emplace(id);
    Glide& glide = found->second;
    if (is_new) glide = {start.value_or(target), start.value_or(target), now_ms_, frame_};
    glide.frame = frame_;
    const auto length = static_cast<float>(reduce_motion_ ? 0 : theme_->motion_ms);
    const auto passed = static_cast<float>(now_ms_ - glide.since_ms);
    const bool arrived = length <= 0 || passed >= length;
    const float value =
        arrived ? glide.to : glide.from + (glide.to - glide.from) * ease_out(passed / length);
    if (glide.to != target) {
        glide.from = value, glide.to = target, glide.since_ms = now_ms_;
        if (length <= 0) return target;
        wake_at(now_ms_ + kFrameMs);
        return value;
    }
    if (!arrived) wake_at(now_ms_ + kFrameMs);
    return value;
}

Touch Context::touch(std::string id, std::string label, Rect rect, bool enabled,
                     std::string state) {
    Item item;
    item.id = std::move(id);
    item.label = std::move(label);
    item.rect = rect;
    item.enabled = enabled;
    item.state = std::move(state);
    return touch(std::move(item));
}

Touch Context::touch(Item item) {
    const Interaction& interaction = parts_.interaction;
    Touch touch;
    if (pose_ != nullptr) {
        touch.pressed = pose_->pressed_ && item.enabled;
        touch.focused = pose_->focused_ && item.enabled;
        return touch;
    }
    if (item.enabled) {
        touch.tapped = interaction.tapped(item.id);
        touch.double_tapped = interaction.double_tapped(item.id);
        touch.pressed = interaction.pressed(item.id);
        touch.focused = interaction.focus_shown(item.id);
        touch.held_ms = interaction.held_ms(item.id, now_ms_);
        touch.finger = interaction.finger();
        touch.started = interaction.started(item.id);
        touch.dragging = interaction.dragging(item.id);
        touch.released = interaction.released(item.id);
        if (touch.dragging || touch.released) {
            touch.moved = interaction.moved();
            touch.dragged = interaction.dragged();
            touch.speed = interaction.speed();
        }
        touch.nudge = interaction.nudge(item.id);
        touch.pinch = interaction.pinch(item.id);
        touch.pinch_at = interaction.pinch_at();
    }
    item.visible = item.rect.common(parts_.painter.clip());
    item.layer = parts_.painter.layer();
    item.aside = aside_;
    item.field = item.kind() == "field";
    item.keeps_editing =
        item.layer == Layer::kKeyboard || item.kind() == "reveal" || item.kind() == "clear";
    if (!scroll_ids_.empty()) item.scroll_id = scroll_ids_.back();
    parts_.registry.add(std::move(item));
    return touch;
}

bool Context::long_pressed(std::string_view id) {
    if (!parts_.interaction.resting(id)) return false;
    const std::int64_t held = parts_.interaction.held_ms(id, now_ms_);
    if (held < kLongPressMs) {
        wake_at(now_ms_ + kLongPressMs - held);
        return false;
    }
    parts_.interaction.spend_press();
    return true;
}

void Context::announce(std::string_view id, std::string_view words) {
    const auto found = announced_.find(id);
    const bool is_new = found == announced_.end() || found->second + 1 < frame_;
    if (found == announced_.end())
        announced_.emplace(id, frame_);
    else
        found->second = frame_;
    if (!is_new || words.empty()) return;
    if (!to_say_.empty()) to_say_ += ". ";
    to_say_ += words;
}

float& Context::remembered(const std::string& id) {
    if (remembered_.size() > kMaxRemembered) remembered_.clear();
    return remembered_[id];
}

void Context::toast(std::string words, Tone tone) {
    for (Toast& shown : toasts_) {
        if (shown.words != words) continue;
        shown.until_ms = now_ms_ + kToastMs;  // said once more, not twice at once
        shown.frame = frame_;
        return draw_again();
    }
    if (toasts_.size() >= kMaxToasts) toasts_.erase(toasts_.begin());
    toasts_.push_back({std::move(words), tone, now_ms_ + kToastMs, frame_});
    draw_again();
}

void Context::drop_toasts() {
    std::erase_if(toasts_, [&](const Toast& toast) { return toast.frame != frame_; });
}

void Context::forget_person() {
    parts_.interaction.forget_person();
    remembered_.clear();
    toasts_.clear();
    edited_.reset();
    edit_state_ = {};
    forgotten_ = true;
    draw_again();
}

LayerScope::LayerScope(Context& ui, Layer layer) : ui_(ui) {
    ui_.painter().push_layer(layer);
    std::swap(scroll_ids_, ui_.scroll_ids_);
}

LayerScope::~LayerScope() {
    std::swap(scroll_ids_, ui_.scroll_ids_);
    ui_.painter().pop_layer();
}

}  // namespace showfloor::ui
