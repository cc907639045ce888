#pragma once
// What showfloor-bench measures. Thread contract: the main thread.

#include <functional>
#include <string>

#include "base/result.hpp"

namespace showfloor::bench {

struct Figure {
    std::string name;
    double value = 0;
    std::string unit;
    double goal = 0;
    bool at_least = false;  // the goal is a floor, else a ceiling
    std::string note;

    [[nodiscard]] bool met() const { return at_least ? value >= goal : value <= goal; }
};

struct Size {
    int cars = 50'000;
    int sales = 1'000;
    bool window = true;
};

// Calls `tell` with each figure as soon as it is known.
base::Result<void> measure(const Size& size, const std::function<void(const Figure&)>& tell);

}  // namespace showfloor::bench
