#pragma once
// What a file is, from its bytes alone, before anything is decoded: names what it is not, walks the
// container to its end (so a cut-off file is known), and checks every limit.
// Thread contract: pure functions.

#include <string_view>

#include "base/result.hpp"
#include "imaging/image.hpp"
#include "imaging/limits.hpp"

namespace showfloor::imaging {

// kTooLarge over a limit, kInvalid for what is no whole picture of ours. The message says what to
// do instead; `code` is one of picture_empty, picture_too_many_bytes, picture_too_many_pixels,
// picture_cut_off, picture_damaged, picture_heic, picture_unsupported, picture_not_a_picture.
[[nodiscard]] base::Result<ImageInfo> probe(ByteSpan bytes, const Limits& limits = {});

// "JPEG", "PNG", "GIF", "WebP".
[[nodiscard]] std::string_view format_name(Format format);

}  // namespace showfloor::imaging
