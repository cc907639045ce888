#pragma once
// CarImages: which pictures a car has, for the cars that somebody looks at. Their rows outgrow
// everything else in the replica and a screen shows twenty of them, so they are read when a screen
// asks, the newest kKept cars of it. Thread contract: the UI thread, but for read().

#include <cstddef>
#include <cstdint>
#include <functional>
#include <list>
#include <unordered_map>
#include <vector>

#include "base/uuid.hpp"
#include "domain/records.hpp"
#include "domain/world.hpp"

namespace showfloor::terminal {

class CarImages {
   public:
    using Images = std::vector<domain::CarImage>;  // by position
    static constexpr std::size_t kKept = 512;      // cars; some flicks up and down

    // `wake` is called when a car was asked for that nobody has read yet.
    explicit CarImages(std::function<void()> wake) : wake_(std::move(wake)) {}

    // Null while they are on their way; asking again costs nothing. Good for this frame.
    [[nodiscard]] const Images* of(const base::Uuid& car);
    // Asked for and not read yet, each once; whoever takes them reads them and calls put().
    [[nodiscard]] std::vector<base::Uuid> take_wanted();
    void put(const base::Uuid& car, Images images);
    // What was read before anybody asked.
    void expect(const base::Uuid& car, Images images);
    // Rows moved: what is known is shown on, and read anew when it is asked for.
    void outdate();
    // Moves when a car's pictures became known or others.
    [[nodiscard]] std::uint64_t version() const { return version_; }

    // Any thread that has a World.
    [[nodiscard]] static Images read(domain::World& world, const base::Uuid& car);

   private:
    struct Known {
        base::Uuid car;
        Images images;
        bool here = false;   // or never read yet
        bool asked = false;  // nobody needs to ask again
    };
    Known& place(const base::Uuid& car);

    std::function<void()> wake_;
    std::list<Known> known_;  // asked for last first
    std::unordered_map<base::Uuid, std::list<Known>::iterator> at_;
    std::vector<base::Uuid> wanted_;
    std::uint64_t version_ = 0;
};

}  // namespace showfloor::terminal
