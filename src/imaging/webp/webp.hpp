#pragma once
// WebP for central alone (libwebp): a library of its own, so that the terminal never links it.
// Thread contract: call once, before threads start.

namespace showfloor::imaging {

// From here on decode() and prepare_upload() read WebP.
void register_webp();

}  // namespace showfloor::imaging
