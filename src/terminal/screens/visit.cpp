#include "terminal/screens/visit.hpp"

#include <algorithm>

namespace showfloor::terminal {

namespace {

bool has(const std::vector<base::Uuid>& cars, const base::Uuid& car) {
    return std::find(cars.begin(), cars.end(), car) != cars.end();
}

bool toggle(std::vector<base::Uuid>& cars, const base::Uuid& car, std::size_t most) {
    if (std::erase(cars, car) != 0) return true;
    if (cars.size() >= most) return false;
    cars.push_back(car);
    return true;
}

}  // namespace

std::size_t Wanted::filters() const {
    std::size_t count = ranges.size();
    for (const auto& [column, values] : facets)
        count += values.size();
    return count;
}

bool Visit::is_picked(const base::Uuid& car) const {
    return has(picks, car);
}
bool Visit::is_compared(const base::Uuid& car) const {
    return has(compared, car);
}
bool Visit::toggle_pick(const base::Uuid& car) {
    return toggle(picks, car, kMostPicks);
}
bool Visit::toggle_compared(const base::Uuid& car) {
    return toggle(compared, car, kMostCompared);
}

}  // namespace showfloor::terminal
