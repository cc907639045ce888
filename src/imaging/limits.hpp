#pragma once
// The bounds of this folder, each with its reason.

#include <cstddef>
#include <cstdint>

namespace showfloor::imaging {

// A 50-megapixel phone writes JPEGs of 15-20 MB; more is a scan or an attack.
inline constexpr std::size_t kMaxBytes = 24U * 1024 * 1024;
// 8192 x 6144: the largest ordinary phone picture. RGBA of it is 200 MB, and a decoder has no
// time-out, so pixels are what bounds both memory and seconds.
inline constexpr std::uint64_t kMaxPixels = 8192ULL * 6144;
// Longer panoramas are refused: the resize tables and textures behind them grow with a side.
inline constexpr int kMaxSide = 16384;
// A progressive JPEG is walked once per scan; ordinary ones have 10. Without a bound a small file
// costs minutes.
inline constexpr int kMaxJpegScans = 64;
// PNG and JPEG files have tens of segments, large PNGs a few thousand IDATs.
inline constexpr int kMaxSegments = 100'000;
// A camera writes under 60 entries into IFD0.
inline constexpr unsigned kMaxExifEntries = 512;

// What one call accepts; callers with smaller needs (a profile picture) pass less.
struct Limits {
    std::size_t max_bytes = kMaxBytes;
    std::uint64_t max_pixels = kMaxPixels;
    int max_side = kMaxSide;
};

// Longest sides of the three sizes kept of a picture. A browse card at 1920x1080 is 450 px wide, in
// portrait 960 dp cards and half-screen heroes need the middle one, full screen the large one.
inline constexpr int kSmallSide = 480;
inline constexpr int kMediumSide = 960;
inline constexpr int kLargeSide = 1920;

}  // namespace showfloor::imaging
