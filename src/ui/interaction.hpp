#pragma once
// From events to meaning: which widget was tapped, which has the focus, what is typed, where pages
// are scrolled to. Judged against what the last frame showed, because that is what a person saw.
// A drag that scrolls never taps. At most one act a frame; the next event sees its result.
// Thread contract: UI thread. Knows no drawing.

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "ui/input.hpp"
#include "ui/registry.hpp"

namespace showfloor::ui {

// One change to the text that is being edited.
using Edit = std::variant<char32_t, Key>;

// Where a page is scrolled to. Offsets are dp from its beginning; double, because a list of
// 100,000 rows is longer than a float can count.
struct Scroll {
    double offset = 0;
    double velocity = 0;  // dp a second
    double content = 0, view = 0;
    double snap = 0;  // when not 0 it comes to rest at multiples of this only: pages
    double goal = 0;  // where it comes to rest, with snap
    bool horizontal = false;
    bool dragged = false;
    std::uint64_t frame = 0;

    [[nodiscard]] double furthest() const { return std::max(0.0, content - view); }
    // The offset to draw at: past an edge the page follows less and less.
    [[nodiscard]] double shown() const;
    // True while it moves by itself.
    [[nodiscard]] bool moving() const;
    // Runs inertia and the way back from an edge for `ms`.
    void advance(double ms);
};

class Interaction {
   public:
    // Takes events until one of them acts. `scale` = pixels of a dp.
    void begin_frame(const Registry& shown, InputQueue& queue, float scale, bool mirrored,
                     std::int64_t now_ms);

    [[nodiscard]] bool tapped(std::string_view id) const { return !id.empty() && id == tapped_; }
    [[nodiscard]] bool pressed(std::string_view id) const {
        return !id.empty() && id == pressed_ && over_pressed_;
    }
    [[nodiscard]] bool double_tapped(std::string_view id) const {
        return !id.empty() && id == double_tapped_;
    }
    // The finger went down on this widget since the last frame.
    [[nodiscard]] bool started(std::string_view id) const { return !id.empty() && id == started_; }
    // The drag going on is this widget's; and it ended in this frame.
    [[nodiscard]] bool dragging(std::string_view id) const { return pressed(id) && drag_is_ours_; }
    [[nodiscard]] bool released(std::string_view id) const {
        return !id.empty() && id == released_;
    }
    // How much further apart two fingers on this widget have gone since the last frame, and the
    // place between them.
    [[nodiscard]] float pinch(std::string_view id) const {
        return !id.empty() && id == pinched_ ? pinch_ : 1;
    }
    [[nodiscard]] Point pinch_at() const { return pinch_at_; }
    // Everywhere the finger was since the last frame, in order: lines are drawn through it.
    [[nodiscard]] const std::vector<Point>& trail() const { return trail_; }
    [[nodiscard]] Point moved() const {
        return {finger_.x - finger_before_.x, finger_.y - finger_before_.y};
    }
    [[nodiscard]] Point dragged() const {
        return {finger_.x - pressed_point_.x, finger_.y - pressed_point_.y};
    }
    [[nodiscard]] Point speed() const { return speed_; }
    // Left or right with the keys on this widget: -1 or +1 in reading order.
    [[nodiscard]] int nudge(std::string_view id) const {
        return !id.empty() && id == nudged_ ? nudge_ : 0;
    }
    // The finger rests on this widget and has not moved. spend_press(): letting go is no tap.
    [[nodiscard]] bool resting(std::string_view id) const { return pressed(id) && !decided_; }
    void spend_press() { pressed_.clear(); }
    // Letters typed while no field takes them: figures for a PIN pad, a scanner's code.
    [[nodiscard]] const std::u32string& loose_letters() const { return loose_; }
    // What a scanner typed in one go and ended with Enter, in this frame; empty for nothing.
    [[nodiscard]] const std::string& scanned() const { return scanned_; }
    // Where the finger is while it holds this widget (dp).
    [[nodiscard]] Point finger() const { return finger_; }
    [[nodiscard]] std::int64_t held_ms(std::string_view id, std::int64_t now_ms) const {
        return pressed(id) ? now_ms - pressed_at_ms_ : 0;
    }
    // The focus is shown only to those who walk by keys.
    [[nodiscard]] bool focus_shown(std::string_view id) const {
        return by_keys_ && !id.empty() && id == focused_;
    }
    [[nodiscard]] const std::string& focused() const { return focused_; }
    void focus(std::string id) { focused_ = std::move(id); }
    // When somebody last touched or typed; the frames' clock. 0 = never.
    [[nodiscard]] std::int64_t last_event_ms() const { return last_event_ms_; }
    // Something was meant in this frame: a tap, the end of a drag, Escape. Typing is not.
    [[nodiscard]] bool meant() const {
        return back_ || !released_.empty() || (!tapped_.empty() && !tapped_.starts_with("key:"));
    }
    // What was last spoken is asked for once more.
    [[nodiscard]] bool say_again() const { return say_again_; }
    // Where an arrow leads from a stop; from none, the first. Nothing that way: nullptr.
    [[nodiscard]] static const Item* next_stop(const Registry& shown, const Item* from, Key arrow);
    // Back was asked for by Escape.
    [[nodiscard]] bool back() const { return back_; }

    // The field that takes letters; empty for none.
    [[nodiscard]] const std::string& editing() const { return editing_; }
    void edit(const std::string& id);
    void stop_editing();
    [[nodiscard]] const std::vector<Edit>& edits() const { return edits_; }
    // From the on-screen keyboard: seen by the field in the next frame.
    void type(Edit edit) { typed_.push_back(edit); }
    // The last key: the field hears Enter in the next frame, then the keyboard goes.
    void type_done() { typed_.push_back(Key::kEnter), done_ = true; }

    // Places of pages, the focus and everything typed go; fingers that are down stay.
    void forget_person();

    Scroll& scroll(const std::string& id);
    // True when another frame is needed: something was done and its result is to be shown, events
    // wait, or a page still moves.
    [[nodiscard]] bool restless() const;
    void end_frame();

   private:
    struct Sample {
        Point at;
        std::int64_t time_ms;
    };
    // Each returns true when it acted, so that the rest of the events wait.
    bool handle(const Event& event, const Registry& shown);
    void press(const Event& event, const Registry& shown);
    void decide();
    void grab(const std::string& scroll_id, double along);
    [[nodiscard]] Point recent_speed(std::int64_t now_ms) const;
    void let_go(Scroll& scroll) const;
    void move(const Event& event);
    void pinch(const Event& event, const Registry& shown);
    bool release(const Event& event, const Registry& shown);
    bool key(Key key, const Registry& shown);
    bool letter(const Event& event, const Registry& shown);
    bool end_of_scan(std::int64_t time_ms);
    void tap(const Item& item);
    void count_tap(const Item& item, std::int64_t time_ms);
    void walk(int steps, const Registry& shown);
    void step_towards(Key key, const Registry& shown);
    void move_focus_to(const Item& item, const Registry& shown);
    [[nodiscard]] const Item* focused_item(const Registry& shown) const;

    float scale_ = 1;
    bool mirrored_ = false;
    std::uint64_t frame_ = 0;
    std::int64_t now_ms_ = 0;
    std::string tapped_, double_tapped_, pressed_, started_, released_, nudged_, pinched_;
    float pinch_ = 1;
    Point pinch_at_;
    std::string focused_, editing_, done_in_, dragged_scroll_, scroll_down_, scroll_across_;
    Drag drag_ = Drag::kNone;  // of the widget pressed
    // decided_: it is known whose the drag is; before that, it may still be a tap.
    bool over_pressed_ = false, drag_is_ours_ = false, decided_ = false, down_ = false;
    int nudge_ = 0;
    std::string last_tap_;
    std::int64_t last_tap_ms_ = 0;
    Point last_tap_at_, finger_before_, speed_;
    std::vector<Point> trail_;
    std::u32string loose_;
    std::string scan_, scanned_;  // being read; read
    std::int64_t scan_ms_ = 0;
    bool by_keys_ = false, back_ = false, say_again_ = false, more_ = false, done_ = false,
         acted_ = false;
    Point finger_, pressed_point_;
    std::int64_t pressed_at_ms_ = 0, last_event_ms_ = 0;
    double offset_at_press_ = 0;
    std::vector<Sample> samples_;
    std::vector<Edit> edits_, typed_;
    std::map<std::string, Scroll> scrolls_;
};

}  // namespace showfloor::ui
