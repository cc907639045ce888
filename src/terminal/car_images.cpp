#include "terminal/car_images.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

namespace showfloor::terminal {

CarImages::Known& CarImages::place(const base::Uuid& car) {
    if (const auto found = at_.find(car); found != at_.end()) {
        known_.splice(known_.begin(), known_, found->second);
        return known_.front();
    }
    if (known_.size() >= kKept) {
        at_.erase(known_.back().car);
        known_.pop_back();
    }
    known_.emplace_front().car = car;
    at_[car] = known_.begin();
    return known_.front();
}

const CarImages::Images* CarImages::of(const base::Uuid& car) {
    Known& known = place(car);
    if (!std::exchange(known.asked, true)) {
        wanted_.push_back(car);
        if (wanted_.size() == 1) wake_();
    }
    return known.here ? &known.images : nullptr;
}

std::vector<base::Uuid> CarImages::take_wanted() {
    return std::exchange(wanted_, {});
}

void CarImages::put(const base::Uuid& car, Images images) {
    Known& known = place(car);
    known.images = std::move(images);
    known.here = true;
    ++version_;
}

void CarImages::expect(const base::Uuid& car, Images images) {
    place(car).asked = true;
    put(car, std::move(images));
}

void CarImages::outdate() {
    for (Known& known : known_)
        known.asked = false;
    wanted_.clear();  // of() says it again
}

CarImages::Images CarImages::read(domain::World& world, const base::Uuid& car) {
    auto images = world.find<domain::CarImage>({.where = {{"car_id", car.to_string()}}});
    std::erase_if(images, [](const domain::CarImage& image) { return image.archived; });
    std::sort(images.begin(), images.end(), [](const auto& a, const auto& b) {
        return std::tie(a.position, a.id) < std::tie(b.position, b.id);
    });
    return images;
}

}  // namespace showfloor::terminal
