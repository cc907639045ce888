#pragma once
// What people do, as events in order: touches, keys, typed letters. The window, the touch source
// and the input driver put them in; the stage takes them out. Thread contract: InputQueue may be
// used from any thread.

#include <cstdint>
#include <deque>
#include <mutex>
#include <optional>

#include "ui/geometry.hpp"

namespace showfloor::ui {

enum class Key {
    kTab,
    kBackTab,
    kUp,
    kDown,
    kLeft,
    kRight,
    kEnter,
    kEscape,
    kBackspace,
    kDelete,
    kHome,
    kEnd,
    kSayAgain,  // F2: what was last spoken, once more
};

// Keys that a hand rests on say themselves again and again. Arrows and what edits may; an act may
// not: whoever is slow to let go of Enter has pressed it once.
class HeldKeys {
   public:
    // Whether this press is to be heard. `key`: nothing for one that only types a letter.
    bool hears(std::optional<Key> key, bool repeated);
    // The letter that comes with the press before it.
    [[nodiscard]] bool hears(char32_t letter, bool editing) const {
        return !repeated_ || (editing && letter != U' ');
    }

   private:
    bool repeated_ = false;
};

struct Event {
    enum class Type { kPress, kMove, kRelease, kWheel, kKey, kLetter, kPinch };
    Type type = Type::kMove;
    Point at = {};  // pixels of the window; for kWheel the pointer, for kPinch between the fingers
    float wheel = 0;  // notches, positive = towards the end of the page
    float pinch = 1;  // how much further apart two fingers are than at the event before
    Key key = Key::kTab;
    char32_t letter = 0;
    std::int64_t time_ms = 0;  // the same clock as the frames'
};

class InputQueue {
   public:
    // When full, a move is dropped rather than a press or a release.
    void push(const Event& event);
    std::optional<Event> pop();
    [[nodiscard]] bool empty() const;

   private:
    mutable std::mutex mutex_;
    std::deque<Event> events_;
};

}  // namespace showfloor::ui
