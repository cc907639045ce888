#pragma once
// Touch panels. GLFW knows one mouse pointer only; this listens to XInput2 touches on a second
// connection to the X server, from a thread of its own, and turns the first finger into press, move
// and release. A second one makes it a pinch; nothing needs two, and a third is ignored.
// Thread contract: made and destroyed on the UI thread; its thread only pushes into the queue.

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <thread>

#include "ui/input.hpp"

namespace showfloor::ui {

enum class TouchPhase { kBegin, kUpdate, kEnd };

// The first finger down is the pointer until it leaves. While a second one is down, what moves is
// how far they are apart.
class Fingers {
   public:
    std::optional<Event> follow(TouchPhase phase, std::uint32_t finger, Point at_px,
                                std::int64_t now_ms);

   private:
    [[nodiscard]] Event pinch(float factor, std::int64_t now_ms) const;

    std::optional<std::uint32_t> first_, second_;
    Point first_at_, second_at_;
    float apart_ = 0;  // pixels, at the event before
};

class TouchSource {
   public:
    // Nothing when the display has no XInput 2.2 (then the pointer is all there is).
    static std::unique_ptr<TouchSource> listen(unsigned long x11_window, InputQueue& queue,
                                               std::function<std::int64_t()> now_ms,
                                               std::function<void()> wake);
    ~TouchSource();
    // When a finger was last heard; the pointer X makes of touches is ignored around it.
    [[nodiscard]] std::int64_t last_touch_ms() const { return last_ms_.load(); }

   private:
    TouchSource() = default;
    void loop();

    void* display_ = nullptr;  // Display*; its header's macros stay out of ours
    int opcode_ = 0;
    int quit_[2] = {-1, -1};
    InputQueue* queue_ = nullptr;
    std::function<std::int64_t()> now_ms_;
    std::function<void()> wake_;
    Fingers fingers_;
    std::atomic<std::int64_t> last_ms_{-1'000'000};
    std::thread thread_;
};

}  // namespace showfloor::ui
