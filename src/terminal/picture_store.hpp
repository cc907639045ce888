#pragma once
// PictureStore: decoded pictures for the screens, by blob hash. Files are read and decoded by the
// image worker; what is not on disk yet is asked of central, what is on screen first.
// Thread contract: the UI thread's; workers are inside.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "imaging/image.hpp"

namespace showfloor::terminal {

class PictureStore {
   public:
    virtual ~PictureStore() = default;
    // The pixels, or null while they are on their way (asking again costs nothing and marks the
    // picture as wanted now). A damaged or missing file stays null; the placeholder remains.
    [[nodiscard]] virtual std::shared_ptr<const imaging::Image> get(std::string_view sha256) = 0;
    // Moves when another picture arrived.
    [[nodiscard]] virtual std::uint64_t version() const = 0;
};

}  // namespace showfloor::terminal
