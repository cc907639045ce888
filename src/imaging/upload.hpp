#pragma once
// What becomes of a picture somebody adds: judged, decoded, turned, put on white, and kept as three
// JPEG sizes without metadata. Thread contract: pure functions, any thread; a 50-megapixel picture
// takes seconds and up to about 500 MB, so callers run one at a time.

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "imaging/image.hpp"
#include "imaging/limits.hpp"

namespace showfloor::imaging {

struct Prepared {
    Bytes small_jpeg;   // longest side kSmallSide
    Bytes medium_jpeg;  // longest side kMediumSide
    Bytes large_jpeg;   // longest side kLargeSide; a smaller original is never enlarged
    int width = 0;      // of the large one
    int height = 0;
    std::string blurhash;
};

// As decode(); also refuses a name that says another kind than the bytes are
// (picture_name_lies). `declared_name` may be empty or without an extension.
[[nodiscard]] base::Result<Prepared> prepare_upload(ByteSpan bytes, std::string_view declared_name,
                                                    const Limits& limits = {});

// The same from pixels we made ourselves. `image` not empty.
[[nodiscard]] Prepared prepare(Image image);

}  // namespace showfloor::imaging
