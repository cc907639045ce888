#pragma once
// The one EXIF value we need: which way up the camera was held. Thread contract: pure function.

#include "imaging/image.hpp"

namespace showfloor::imaging {

// `tiff` begins at "II*" or "MM" (after "Exif\0\0" in a JPEG). 1..8; 1 when it is absent, damaged
// or out of range: a picture is never refused for its metadata.
[[nodiscard]] int exif_orientation(ByteSpan tiff);

}  // namespace showfloor::imaging
