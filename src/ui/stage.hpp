#pragma once
// One frame of the interface, from queued events to a list of things to draw: theme, words, fonts,
// context, keyboard and toasts come together here. Knows no window: tests run it without a display.
// Thread contract: UI thread; only input() may be used from others. One stage at a time.

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "base/result.hpp"
#include "ui/context.hpp"
#include "ui/keyboard.hpp"
#include "ui/speaker.hpp"

struct ImGuiContext;

namespace showfloor::ui {

// Pixels of one dp for a screen and the person before it. Normal: 1 on 1920x1080, larger where 48
// dp would be under 9 mm; times `zoom`. Large: also a capital of body text covers 0.7 degrees at
// `distance_mm`. Where the size is not known the design's displays are taken, 24 to 32 inches
// before which one stands half a metre away: their dp are right as they are, and the largest zoom
// gives the 0.7 degrees from 25 inches on.
struct Display {
    int width_px = 1920, height_px = 1080;
    float width_mm = 0;  // 0 = not known
    float distance_mm = 500;
    float zoom = 1;
    bool large = false;
};
[[nodiscard]] float display_scale(const Display& display);
// The width a display says it has, or 0 when it says nothing that can be true: none, another shape
// than its pixels, letters for ants or for giants, or the 96 dots an inch that X servers make up.
[[nodiscard]] float credible_width_mm(int width_mm, int height_mm, int width_px, int height_px);

class Stage {
   public:
    struct Options {
        std::string fonts = "/usr/share/fonts";
        bool without_renderer = false;  // tests: nobody draws what is made
    };
    // `maker` must outlive the stage. Fails when a font is missing.
    static base::Result<std::unique_ptr<Stage>> make(const Options& options, TextureMaker& maker);
    ~Stage();
    Stage(const Stage&) = delete;
    Stage& operator=(const Stage&) = delete;

    // Not owned, must outlive the stage. Take effect with the next frame.
    void use_theme(const Theme& theme) { context_.theme_ = &theme; }
    void use_strings(const text::Strings& strings) { context_.strings_ = &strings; }
    void use_scale(float pixels_per_dp) { scale_ = pixels_per_dp; }
    void reduce_motion(bool on) { context_.reduce_motion_ = on; }
    // Spoken output; nullptr is silence (as it begins). Not owned, must outlive its use.
    void use_speaker(Speaker* speaker);

    // Draws one frame of this many pixels; the draw data is then Dear ImGui's.
    void frame(int width_px, int height_px, std::int64_t now_ms,
               const std::function<void(Context&)>& draw);
    // Copies what this frame drew when the next one glides over it, or may let its sheet go. The
    // window calls it between drawing and showing.
    void keep_snapshot(int width_px, int height_px);
    // When the next frame is due without any event; nothing = only an event makes one.
    [[nodiscard]] std::optional<std::int64_t> next_wake() const { return context_.wake_ms_; }
    [[nodiscard]] InputQueue& input() { return input_; }
    [[nodiscard]] const Registry& registry() const { return registry_; }
    [[nodiscard]] Context& context() { return context_; }
    [[nodiscard]] Textures& textures() { return textures_; }
    [[nodiscard]] float scale() const { return scale_; }

   private:
    Stage(Fonts fonts, TextureMaker& maker, ImGuiContext* imgui, bool without_renderer);
    void draw_toasts();
    void begin_passage();
    void draw_passage(int from_vertex, int from_command);
    void end_passage();
    void draw_leaving_sheet(Point size);
    void end_leaving_sheet();
    void speak();
    void finish_frame(Point size);

    ImGuiContext* imgui_;
    bool without_renderer_;
    TextureMaker& maker_;
    Fonts fonts_;
    Painter painter_{fonts_};
    Registry registry_;
    Interaction interaction_;
    Textures textures_;
    InputQueue input_;
    Keyboard keyboard_;
    float scale_ = 1;
    TextureId shadow_ = 0;
    // The screen that leaves, and how far the one that comes has glided in.
    std::optional<Passage> passage_;
    TextureId leaving_ = 0;
    std::int64_t passage_since_ms_ = 0;
    // The sheet that may leave or leaves, the picture it is cut from, and since when (0 = not yet).
    std::optional<ShownSheet> leaving_sheet_;
    TextureId sheet_picture_ = 0;
    std::int64_t sheet_since_ms_ = 0;
    Speaker* speaker_ = nullptr;
    // The stop for keys last spoken of; the last words, and the last that were no aside (Aside).
    std::string said_of_, said_, said_before_;
    Context context_;
};

}  // namespace showfloor::ui
