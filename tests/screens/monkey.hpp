#pragma once
// A monkey: seeded random touches, drags, keys and letters over whatever screen is shown, with the
// fake app behind it. Thread contract: one test at a time.

#include <cstdint>

#include "screen_stage.hpp"

namespace showfloor::test {

struct MonkeyReport {
    int acts = 0, screens = 0;  // what it did; how many different screens it saw
    int most_in_vain = 0;       // acts one after the other that changed nothing one can see
};

// Plays for so long on the stage's own clock.
MonkeyReport play(ScreenStage& stage, std::uint32_t seed, std::int64_t simulated_ms);

}  // namespace showfloor::test
