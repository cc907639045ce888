#pragma once
// The bounds of this folder, each with its reason.

#include <cstddef>
#include <cstdint>

namespace showfloor::ui {

// Events waiting for the UI thread. A person makes under 200 a second; a stuck device makes more,
// and then the oldest moves are the ones nobody misses.
inline constexpr std::size_t kMaxQueuedEvents = 1024;
// Widgets and texts of one frame. A full screen has some 300; more is a list that is not virtual.
inline constexpr std::size_t kMaxItems = 4096;
inline constexpr std::size_t kMaxTexts = 8192;
// Toasts waiting; a fifth would be read by nobody.
inline constexpr std::size_t kMaxToasts = 4;
// Screens on top of each other; deeper is a loop of pushes.
inline constexpr std::size_t kMaxScreens = 16;
// What one text field takes, in bytes: notes and addresses fit, a stuck key does not fill memory.
inline constexpr std::size_t kMaxFieldBytes = 4096;
// Pictures on the graphics side: about 40 cards at 480x300 with mipmaps, two screens of them. What
// one screen shows may take more.
inline constexpr std::size_t kMaxTextureBytes = 32 * 1024 * 1024;
// A picture that fills a screen takes 4 MB and more, and is drawn anew in a few milliseconds: it
// goes once so many frames have passed without it. Cards are small and stay.
inline constexpr std::size_t kLargeTextureBytes = 2 * 1024 * 1024;
inline constexpr std::uint64_t kLargeTextureFrames = 5;
// Uploads a frame: 2 ms on the slowest machine (software drawing copies about 2 GB/s).
inline constexpr std::size_t kMaxUploadBytesPerFrame = 4 * 1024 * 1024;
// A picture larger than this on a side is scaled by who decodes it, not here.
inline constexpr int kMaxTextureSide = 4096;
// Remembered scroll places and animations; the least recently drawn go first.
inline constexpr std::size_t kMaxRemembered = 512;
// A signature: more is a child playing with it.
inline constexpr std::size_t kMaxStrokes = 100, kMaxStrokePoints = 2000;
// What is said in one go: a paragraph. Nobody listens longer to what they did not ask for.
inline constexpr std::size_t kMaxSpokenBytes = 1000;
// Lines one paragraph wraps into.
inline constexpr std::size_t kMaxLines = 200;
// Theme files are a page of text.
inline constexpr std::size_t kMaxThemeBytes = 64 * 1024;
// Frames drawn after an event: one acts, one shows the result, one settles what hangs on layout.
inline constexpr int kFramesPerEvent = 3;
// An animation asks for 60 frames a second, no more, whatever the display says.
inline constexpr std::int64_t kFrameMs = 16;

}  // namespace showfloor::ui
