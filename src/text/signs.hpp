#pragma once
// Where the signs over and under Arabic letters stand. The fonts' own rules for it are out of reach
// of what draws letter by letter, so boxes of ink decide: over the middle of the letter, clear of
// its dots, a second sign over the first. Thread contract: a value.

#include <algorithm>

namespace showfloor::text {

struct Ink {
    float left = 0, bottom = 0, right = 0, top = 0;  // on the line, up is more
};

class SignPlaces {
   public:
    struct Shift {
        float x = 0, y = 0;
    };
    explicit SignPlaces(float em) : air_(em * kAir) {}

    // What was drawn; the signs that follow belong to it.
    void letter(const Ink& ink) { letter_ = ink; }
    // How far a sign is moved from where it would be drawn with the pen behind its letter.
    [[nodiscard]] Shift place(const Ink& sign) {
        Shift shift;
        shift.x = (letter_.left + letter_.right - sign.left - sign.right) / 2;
        if (sign.bottom + sign.top > 0) {
            shift.y = std::max(0.0F, letter_.top + air_ - sign.bottom);
            letter_.top = sign.top + shift.y;
        } else {
            shift.y = std::min(0.0F, letter_.bottom - air_ - sign.top);
            letter_.bottom = sign.bottom + shift.y;
        }
        return shift;
    }

   private:
    static constexpr float kAir = 0.06F;  // em between a letter and its sign
    float air_;
    Ink letter_;
};

}  // namespace showfloor::text
