#pragma once
// Which cars the show of Attract takes: of the newest, those with the most and the largest
// pictures. Thread contract: pure functions.

#include <cstddef>
#include <utility>
#include <vector>

#include "terminal/car_images.hpp"

namespace showfloor::terminal {

// `cars` newest first, each with what is known of its pictures. At most `most` that have any, the
// newest of them first; the same cars give the same answer.
[[nodiscard]] std::vector<base::Uuid> best_pictured(
    const std::vector<std::pair<base::Uuid, CarImages::Images>>& cars, std::size_t most);

inline constexpr std::size_t kMostShownCars = 12;  // under two minutes for the round

}  // namespace showfloor::terminal
