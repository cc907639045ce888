#pragma once
// What showfloor-bench measures, section by section. Thread contract: the main thread.

#include <functional>
#include <set>
#include <string>

#include "base/result.hpp"

namespace showfloor::bench {

struct Figure {
    std::string name;
    double value = 0;
    std::string unit;
    double goal = 0;
    enum class Kind { kAtLeast, kAtMost, kTold } kind = Kind::kTold;  // told: no goal of its own
    std::string note = {};

    [[nodiscard]] bool met() const {
        return kind == Kind::kTold || (kind == Kind::kAtLeast ? value >= goal : value <= goal);
    }
};
using Tell = std::function<void(const Figure&)>;

struct Size {
    int cars = 50'000;
    int sales = 1'000;
    int terminals = 2'000;            // idle ones
    int shown_cars = 100'000;         // on screens, after those of the fill
    int minutes = 1;                  // of random touches
    int listed = 100'000;             // cars, customers and sales of the lists section, each
    std::set<std::string> only = {};  // sections; empty = all

    [[nodiscard]] bool wants(const std::string& section) const {
        return only.empty() || only.contains(section);
    }
};
// The sections' names, in the order they are measured.
inline constexpr const char* kSections[] = {"fill",  "sales",  "requests", "idle",
                                            "lists", "window", "frames"};

// Calls `tell` with each figure as soon as it is known.
base::Result<void> measure(const Size& size, const Tell& tell);

}  // namespace showfloor::bench
