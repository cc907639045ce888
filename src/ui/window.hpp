#pragma once
// The window: GLFW, OpenGL 3.3 or ES 3.0 (software drawing when the machine has nothing better),
// and the loop that draws only when something changed. Thread contract: the main thread; only
// wake() and Stage::input() may be used from others.

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "ui/stage.hpp"

struct GLFWwindow;

namespace showfloor::ui {

class TouchSource;

struct Screenshot {
    int width = 0, height = 0;
    std::vector<std::uint8_t> rgba;  // rows from the top
};

class Window {
   public:
    struct Options {
        std::string title = "Showfloor";
        bool full_screen = false;
        int width = 1920, height = 1080;  // of the window when not full screen
        bool visible = true;
        bool touch = true;  // listen to touch panels (XInput2) when there are any
        // Frames of step() are laid out and take input, but are not painted, nor do they keep the
        // pace of a display: for whoever only takes screenshots.
        bool unseen = false;
        float width_mm = 0;       // of the whole display's picture; 0 = as the display says
        float distance_mm = 500;  // from the eyes
        std::string fonts = "/usr/share/fonts";
    };
    // kNotFound without a display or fonts; the sentence says which.
    static base::Result<std::unique_ptr<Window>> open(const Options& options);
    ~Window();
    Window(const Window&) = delete;
    Window& operator=(const Window&) = delete;

    Stage& stage() { return *stage_; }
    // Milliseconds since the window was opened: the clock of frames and events.
    [[nodiscard]] std::int64_t now_ms() const;

    // Waits at most `wait_ms` for something to happen, and draws when it did. True when it drew.
    bool step(const std::function<void(Context&)>& draw, std::int64_t wait_ms);
    // Until the window is closed.
    void run(const std::function<void(Context&)>& draw);
    void close();
    [[nodiscard]] bool closing() const;

    // Ends the wait of step(), so that its caller looks at what may have changed and asks for
    // frames when it did. Touches that were queued are drawn. Any thread, any number of times.
    static void wake();
    // The visitor's text size: times a factor, and with `largest` capitals of 0.7 degrees.
    void use_text_size(float zoom, bool largest = false);
    // So much time goes by at once, for whoever only takes screenshots.
    void pass(std::int64_t ms) { opened_ns_ -= ms * 1'000'000; }
    // Asks for frames without an event (a new theme, other words).
    void draw_again();

    [[nodiscard]] std::uint64_t frames_drawn() const { return frames_; }
    // now_ms() when the first frame stood on the screen; -1 before.
    [[nodiscard]] std::int64_t first_frame_ms() const { return first_frame_ms_; }
    // Another size, when it is no full screen. False when it is one.
    bool resize(int width, int height);
    // What is on the screen. Draws one frame first.
    Screenshot screenshot(const std::function<void(Context&)>& draw);
    [[nodiscard]] int width_px() const;
    [[nodiscard]] int height_px() const;

   private:
    // X makes a pointer of every finger.
    [[nodiscard]] bool is_touch_echo() const;
    void show_pointer(bool shown);
    class GlTextures;
    Window();
    base::Result<void> make(const Options& options);
    void connect_events();
    void measure(float told_mm);
    void rescale();
    void render(const std::function<void(Context&)>& draw, bool show);

    GLFWwindow* window_ = nullptr;
    std::unique_ptr<GlTextures> textures_;
    std::unique_ptr<Stage> stage_;
    std::unique_ptr<TouchSource> touch_;
    bool renderer_ = false, unseen_ = false, calm_once_ = false;
    bool full_screen_ = false, pointer_shown_ = true;
    Display display_;
    float px_per_mm_ = 0;  // of the display; 0 = not known
    HeldKeys held_;
    int due_ = 0;  // frames still owed to the last event
    std::uint64_t frames_ = 0;
    std::int64_t first_frame_ms_ = -1, drawn_at_ms_ = 0;
    std::int64_t opened_ns_ = 0;
};

}  // namespace showfloor::ui
