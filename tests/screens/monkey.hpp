#pragma once
// A monkey: seeded random touches, drags, keys and letters over whatever screen is shown, with the
// fake app behind it. Thread contract: one test at a time.

#include <cstdint>
#include <set>
#include <string>

#include "screen_stage.hpp"

namespace showfloor::test {

struct MonkeyReport {
    std::set<std::string> screens;  // that it saw
    int most_in_vain = 0;           // acts one after the other that changed nothing one can see
};

// Does so many things, on the stage's own clock.
MonkeyReport play(ScreenStage& stage, std::uint32_t seed, int acts);

}  // namespace showfloor::test
