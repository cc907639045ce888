#include "terminal/best_pictures.hpp"

#include <algorithm>
#include <numeric>
#include <tuple>

namespace showfloor::terminal {

namespace {

constexpr std::size_t kEnough = 5;            // a car seen from all sides; more says no more
constexpr std::int64_t kSharp = 2560 * 1440;  // pixels; a screen shows no more

}  // namespace

std::vector<base::Uuid> best_pictured(
    const std::vector<std::pair<base::Uuid, CarImages::Images>>& cars, std::size_t most) {
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < cars.size(); ++i)
        if (!cars[i].second.empty()) order.push_back(i);
    const auto worth = [&](std::size_t i) {
        const domain::CarImage& first = cars[i].second.front();
        return std::pair(std::min(cars[i].second.size(), kEnough),
                         std::min(first.width * first.height, kSharp));
    };
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return worth(a) > worth(b); });
    order.resize(std::min(order.size(), most));
    std::sort(order.begin(), order.end());
    std::vector<base::Uuid> best;
    for (const std::size_t i : order)
        best.push_back(cars[i].first);
    return best;
}

}  // namespace showfloor::terminal
