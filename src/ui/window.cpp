#include "ui/window.hpp"

#define GLFW_INCLUDE_NONE
#include <GL/gl.h>
#include <GLFW/glfw3.h>
#include <imgui.h>
#include <imgui_impl_opengl3.h>

#include <chrono>
#include <cstring>
#include <optional>
#include <utility>
#include <vector>

#include "base/log.hpp"
#include "ui/letters_texture.hpp"
#include "ui/limits.hpp"
#include "ui/touch_source.hpp"

// GLFW's own header for these wants the headers of every X extension it uses.
extern "C" {
struct _XDisplay;
_XDisplay* glfwGetX11Display(void);
unsigned long glfwGetX11Window(GLFWwindow* window);
}

namespace showfloor::ui {

namespace {

// OpenGL's enums of later versions than the system's header.
constexpr GLenum kClampToEdge = 0x812F;
// The pointer X makes of a touch comes within this time of it.
constexpr std::int64_t kTouchEchoMs = 700;

std::atomic<bool> g_woken{false};

std::int64_t steady_ns() {
    return std::chrono::duration_cast<std::chrono::nanoseconds>(
               std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

// What the compiler of shaders knows of their language takes 7 MB; drawing needs none of it.
void forget_shader_compiler() {
    if (const auto release = glfwGetProcAddress("glReleaseShaderCompiler")) release();
}

// A picture of half the size, each pixel the mean of four.
std::vector<std::uint8_t> halved(std::span<const std::uint8_t> rgba, int width, int height) {
    const auto wide = static_cast<std::size_t>(width), high = static_cast<std::size_t>(height);
    const std::size_t w = std::max<std::size_t>(1, wide / 2),
                      h = std::max<std::size_t>(1, high / 2);
    std::vector<std::uint8_t> half(w * h * 4);
    const std::size_t right = wide > 1 ? 4 : 0, below = high > 1 ? wide * 4 : 0;
    // Two channels at a time: sixteen bits have room for the sum of four of eight.
    constexpr std::uint32_t kTwo = 0x00FF00FF, kRound = 0x00020002;
    const auto pixel = [](const std::uint8_t* at) {
        std::uint32_t value;
        std::memcpy(&value, at, sizeof value);
        return value;
    };
    for (std::size_t y = 0; y < h; ++y) {
        const std::uint8_t* from = &rgba[2 * y * wide * 4];
        std::uint8_t* to = &half[y * w * 4];
        for (std::size_t x = 0; x < w; ++x, from += 8, to += 4) {
            const std::uint32_t a = pixel(from), b = pixel(from + right), c = pixel(from + below),
                                d = pixel(from + below + right);
            const std::uint32_t even = (a & kTwo) + (b & kTwo) + (c & kTwo) + (d & kTwo) + kRound;
            const std::uint32_t odd = ((a >> 8) & kTwo) + ((b >> 8) & kTwo) + ((c >> 8) & kTwo) +
                                      ((d >> 8) & kTwo) + kRound;
            const std::uint32_t mean = ((even >> 2) & kTwo) | (((odd >> 2) & kTwo) << 8);
            std::memcpy(to, &mean, sizeof mean);
        }
    }
    return half;
}

std::optional<Key> key_of(int glfw_key, int mods) {
    switch (glfw_key) {
        case GLFW_KEY_TAB:
            return (mods & GLFW_MOD_SHIFT) != 0 ? Key::kBackTab : Key::kTab;
        case GLFW_KEY_UP:
            return Key::kUp;
        case GLFW_KEY_DOWN:
            return Key::kDown;
        case GLFW_KEY_LEFT:
            return Key::kLeft;
        case GLFW_KEY_RIGHT:
            return Key::kRight;
        case GLFW_KEY_ENTER:
        case GLFW_KEY_KP_ENTER:
            return Key::kEnter;
        case GLFW_KEY_ESCAPE:
            return Key::kEscape;
        case GLFW_KEY_BACKSPACE:
            return Key::kBackspace;
        case GLFW_KEY_DELETE:
            return Key::kDelete;
        case GLFW_KEY_HOME:
            return Key::kHome;
        case GLFW_KEY_END:
            return Key::kEnd;
        case GLFW_KEY_F2:
            return Key::kSayAgain;
        default:
            return std::nullopt;
    }
}

}  // namespace

class Window::GlTextures final : public TextureMaker {
   public:
    TextureId make(int width, int height, std::span<const std::uint8_t> rgba) override {
        GLuint name = 0;
        glGenTextures(1, &name);
        GLint before = 0;
        glGetIntegerv(GL_TEXTURE_BINDING_2D, &before);
        glBindTexture(GL_TEXTURE_2D, name);
        glPixelStorei(GL_UNPACK_ALIGNMENT, 1);
        glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, static_cast<GLint>(kClampToEdge));
        glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, static_cast<GLint>(kClampToEdge));
        glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_LINEAR);
        glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_LINEAR_MIPMAP_LINEAR);
        while (glGetError() != GL_NO_ERROR) {
        }
        glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA, width, height, 0, GL_RGBA, GL_UNSIGNED_BYTE,
                     rgba.data());
        // glGenerateMipmap draws them, with programs of its own: in software those take a fifth of
        // a second to compile, before the first picture stands.
        std::vector<std::uint8_t> smaller;
        for (int level = 1; width > 1 || height > 1; ++level) {
            smaller = halved(rgba, width, height);
            rgba = smaller;
            width = std::max(1, width / 2), height = std::max(1, height / 2);
            glTexImage2D(GL_TEXTURE_2D, level, GL_RGBA, width, height, 0, GL_RGBA, GL_UNSIGNED_BYTE,
                         smaller.data());
        }
        const bool made = glGetError() == GL_NO_ERROR;
        glBindTexture(GL_TEXTURE_2D, static_cast<GLuint>(before));
        if (!made) glDeleteTextures(1, &name);
        return made ? name : 0;
    }
    TextureId snapshot(int width, int height) override {
        GLuint name = 0;
        glGenTextures(1, &name);
        GLint before = 0;
        glGetIntegerv(GL_TEXTURE_BINDING_2D, &before);
        glBindTexture(GL_TEXTURE_2D, name);
        glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, static_cast<GLint>(kClampToEdge));
        glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, static_cast<GLint>(kClampToEdge));
        glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_LINEAR);
        glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_LINEAR);
        while (glGetError() != GL_NO_ERROR) {
        }
        glCopyTexImage2D(GL_TEXTURE_2D, 0, GL_RGB, 0, 0, width, height, 0);
        const bool made = glGetError() == GL_NO_ERROR;
        glBindTexture(GL_TEXTURE_2D, static_cast<GLuint>(before));
        if (!made) glDeleteTextures(1, &name);
        return made ? name : 0;
    }
    void free(TextureId texture) override {
        const auto name = static_cast<GLuint>(texture);
        glDeleteTextures(1, &name);
    }
};

Window::Window() : textures_(std::make_unique<GlTextures>()), opened_ns_(steady_ns()) {}

base::Result<std::unique_ptr<Window>> Window::open(const Options& options) {
    std::unique_ptr<Window> window(new Window());
    SHOWFLOOR_TRY(window->make(options));
    return window;
}

base::Result<void> Window::make(const Options& options) {
    if (glfwInit() == GLFW_FALSE)
        return base::fail(base::ErrorKind::kNotFound,
                          "There is no display to draw on: set DISPLAY, or start the X server.");
    const auto create = [&](int api, int major, int minor) {
        glfwDefaultWindowHints();
        glfwWindowHint(GLFW_CLIENT_API, api);
        glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, major);
        glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, minor);
        if (api == GLFW_OPENGL_API) glfwWindowHint(GLFW_OPENGL_PROFILE, GLFW_OPENGL_CORE_PROFILE);
        glfwWindowHint(GLFW_VISIBLE, options.visible ? GLFW_TRUE : GLFW_FALSE);
        glfwWindowHint(GLFW_AUTO_ICONIFY, GLFW_FALSE);
        // Everything is laid down from behind; these take 8 MB of a full screen.
        glfwWindowHint(GLFW_DEPTH_BITS, 0);
        glfwWindowHint(GLFW_STENCIL_BITS, 0);
        GLFWmonitor* monitor = options.full_screen ? glfwGetPrimaryMonitor() : nullptr;
        const GLFWvidmode* mode = monitor != nullptr ? glfwGetVideoMode(monitor) : nullptr;
        window_ = glfwCreateWindow(mode ? mode->width : options.width,
                                   mode ? mode->height : options.height, options.title.c_str(),
                                   mode ? monitor : nullptr, nullptr);
        return window_ != nullptr;
    };
    const bool desktop = create(GLFW_OPENGL_API, 3, 3);
    if (!desktop && !create(GLFW_OPENGL_ES_API, 3, 0))
        return base::fail(base::ErrorKind::kNotFound,
                          "The display offers neither OpenGL 3.3 nor OpenGL ES 3.0: install "
                          "libgl1-mesa-dri, which can draw in software.");
    glfwMakeContextCurrent(window_);
    glfwSwapInterval(1);
    SHOWFLOOR_ASSIGN(stage_, Stage::make({options.fonts, false}, *textures_));
    ImGui_ImplOpenGL3_Init(desktop ? "#version 330 core" : "#version 300 es");
    renderer_ = true;
    unseen_ = options.unseen;
    display_ = {.distance_mm = options.distance_mm};
    measure(options.width_mm);
    rescale();
    connect_events();
    if (options.touch && glfwGetX11Display() != nullptr)
        touch_ = TouchSource::listen(
            glfwGetX11Window(window_), stage_->input(), [this] { return now_ms(); },
            [] { wake(); });
    full_screen_ = options.full_screen;
    if (touch_) show_pointer(false);
    draw_again();
    return {};
}

Window::~Window() {
    touch_.reset();
    if (renderer_) ImGui_ImplOpenGL3_Shutdown();
    stage_.reset();
    if (window_ != nullptr) glfwDestroyWindow(window_);
    glfwTerminate();
}

bool Window::is_touch_echo() const {
    return touch_ && now_ms() - touch_->last_touch_ms() < kTouchEchoMs;
}

// A finger needs no arrow beside it; a mouse that is moved does.
void Window::show_pointer(bool shown) {
    if (shown == pointer_shown_ || !full_screen_) return;
    pointer_shown_ = shown;
    glfwSetInputMode(window_, GLFW_CURSOR, shown ? GLFW_CURSOR_NORMAL : GLFW_CURSOR_HIDDEN);
}

void Window::connect_events() {
    glfwSetWindowUserPointer(window_, this);
    const auto self = [](GLFWwindow* w) {
        return static_cast<Window*>(glfwGetWindowUserPointer(w));
    };
    static constexpr auto kSelf = self;
    glfwSetMouseButtonCallback(window_, [](GLFWwindow* w, int button, int action, int) {
        Window& me = *kSelf(w);
        if (button != GLFW_MOUSE_BUTTON_LEFT) return;
        if (me.is_touch_echo()) return;
        double x = 0, y = 0;
        glfwGetCursorPos(w, &x, &y);
        Event event;
        event.type = action == GLFW_PRESS ? Event::Type::kPress : Event::Type::kRelease;
        event.at = {static_cast<float>(x), static_cast<float>(y)};
        event.time_ms = me.now_ms();
        me.stage_->input().push(event);
        me.draw_again();
    });
    glfwSetCursorPosCallback(window_, [](GLFWwindow* w, double x, double y) {
        Window& me = *kSelf(w);
        if (!me.is_touch_echo()) me.show_pointer(true);
        // Nothing changes under a pointer that only passes: no hover, no frame.
        if (glfwGetMouseButton(w, GLFW_MOUSE_BUTTON_LEFT) != GLFW_PRESS) return;
        if (me.is_touch_echo()) return;
        Event event;
        event.at = {static_cast<float>(x), static_cast<float>(y)};
        event.time_ms = me.now_ms();
        me.stage_->input().push(event);
        me.draw_again();
    });
    glfwSetScrollCallback(window_, [](GLFWwindow* w, double, double notches) {
        double x = 0, y = 0;
        glfwGetCursorPos(w, &x, &y);
        Event event;
        event.type = Event::Type::kWheel;
        event.at = {static_cast<float>(x), static_cast<float>(y)};
        event.wheel = static_cast<float>(-notches);
        kSelf(w)->stage_->input().push(event);
        kSelf(w)->draw_again();
    });
    glfwSetKeyCallback(window_, [](GLFWwindow* w, int glfw_key, int, int action, int mods) {
        const auto key = key_of(glfw_key, mods);
        if (action == GLFW_RELEASE) return;
        if (!kSelf(w)->held_.hears(key, action == GLFW_REPEAT)) return;
        Event event;
        event.type = Event::Type::kKey;
        event.key = *key;
        event.time_ms = kSelf(w)->now_ms();
        kSelf(w)->stage_->input().push(event);
        kSelf(w)->draw_again();
    });
    glfwSetCharCallback(window_, [](GLFWwindow* w, unsigned int letter) {
        const bool editing = !kSelf(w)->stage_->context().interaction().editing().empty();
        if (!kSelf(w)->held_.hears(static_cast<char32_t>(letter), editing)) return;
        Event event;
        event.type = Event::Type::kLetter;
        event.letter = letter;
        event.time_ms = kSelf(w)->now_ms();
        kSelf(w)->stage_->input().push(event);
        kSelf(w)->draw_again();
    });
    glfwSetWindowRefreshCallback(window_, [](GLFWwindow* w) { kSelf(w)->draw_again(); });
    glfwSetFramebufferSizeCallback(window_, [](GLFWwindow* w, int, int) { kSelf(w)->rescale(); });
}

std::int64_t Window::now_ms() const {
    return (steady_ns() - opened_ns_) / 1'000'000;
}

int Window::width_px() const {
    int width = 0;
    glfwGetFramebufferSize(window_, &width, nullptr);
    return std::max(1, width);
}

int Window::height_px() const {
    int height = 0;
    glfwGetFramebufferSize(window_, nullptr, &height);
    return std::max(1, height);
}

void Window::rescale() {
    display_.width_px = width_px();
    display_.height_px = height_px();
    display_.width_mm = px_per_mm_ > 0 ? static_cast<float>(display_.width_px) / px_per_mm_ : 0;
    stage_->use_scale(display_scale(display_));
    draw_again();
}

bool Window::resize(int width, int height) {
    if (glfwGetWindowMonitor(window_) != nullptr) return false;
    glfwSetWindowSize(window_, width, height);
    draw_again();
    return true;
}

void Window::use_text_size(float zoom, bool largest) {
    display_.zoom = std::clamp(zoom, 0.5F, 3.0F);
    display_.large = largest;
    rescale();
}

// How many pixels a millimetre of the display has, from what was told or what the display says.
void Window::measure(float told_mm) {
    GLFWmonitor* monitor = glfwGetPrimaryMonitor();
    const GLFWvidmode* mode = monitor != nullptr ? glfwGetVideoMode(monitor) : nullptr;
    if (mode == nullptr) return;
    int wide = 0, high = 0;
    glfwGetMonitorPhysicalSize(monitor, &wide, &high);
    const float mm =
        told_mm > 0 ? told_mm : credible_width_mm(wide, high, mode->width, mode->height);
    if (mm > 0) px_per_mm_ = static_cast<float>(mode->width) / mm;
}

void Window::wake() {
    g_woken.store(true);
    glfwPostEmptyEvent();
}

void Window::draw_again() {
    due_ = kFramesPerEvent;
}

void Window::close() {
    glfwSetWindowShouldClose(window_, GLFW_TRUE);
}
bool Window::closing() const {
    return glfwWindowShouldClose(window_) != 0;
}

bool Window::step(const std::function<void(Context&)>& draw, std::int64_t wait_ms) {
    const auto planned = stage_->next_wake();
    std::int64_t wait = wait_ms;
    if (planned) wait = std::min(wait, *planned - now_ms());
    // Frames owed to an event come at the pace of the display.
    if (due_ > 0 && unseen_) wait = 0;
    if (due_ == 0 && frames_ > 0 && !std::exchange(calm_once_, true)) forget_shader_compiler();
    if (due_ > 0) wait = std::min(wait, frames_ == 0 ? 0 : drawn_at_ms_ + kFrameMs - now_ms());
    if (wait > 0) {
        glfwWaitEventsTimeout(static_cast<double>(wait) / 1000.0);
    } else {
        glfwPollEvents();
    }
    if (g_woken.exchange(false) && !stage_->input().empty()) draw_again();
    const bool planned_now = planned && *planned <= now_ms();
    if (due_ == 0 && !planned_now) return false;
    if (due_ > 0) --due_;
    render(draw, true);
    return true;
}

void Window::run(const std::function<void(Context&)>& draw) {
    constexpr std::int64_t kForEver = 24LL * 3600 * 1000;
    while (!closing())
        step(draw, kForEver);
}

void Window::render(const std::function<void(Context&)>& draw, bool show) {
    const int width = width_px(), height = height_px();
    drawn_at_ms_ = now_ms();
    if (is_touch_echo()) show_pointer(false);
    ImGui_ImplOpenGL3_NewFrame();
    stage_->frame(width, height, drawn_at_ms_, draw);
    for (ImTextureData* letters : *ImGui::GetDrawData()->Textures)
        update_letters(*letters);
    if (show && unseen_) return;
    glViewport(0, 0, width, height);
    ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
    stage_->keep_snapshot(width, height);
    if (!show) return;
    glfwSwapBuffers(window_);
    ++frames_;
    if (first_frame_ms_ < 0) first_frame_ms_ = now_ms();
}

Screenshot Window::screenshot(const std::function<void(Context&)>& draw) {
    render(draw, false);
    Screenshot shot;
    shot.width = width_px();
    shot.height = height_px();
    const auto row = static_cast<std::size_t>(shot.width) * 4;
    const auto rows = static_cast<std::size_t>(shot.height);
    std::vector<std::uint8_t> from_below(row * rows);
    glPixelStorei(GL_PACK_ALIGNMENT, 1);
    glReadPixels(0, 0, shot.width, shot.height, GL_RGBA, GL_UNSIGNED_BYTE, from_below.data());
    shot.rgba.resize(from_below.size());
    for (std::size_t y = 0; y < rows; ++y)
        std::memcpy(&shot.rgba[y * row], &from_below[(rows - 1 - y) * row], row);
    for (std::size_t i = 3; i < shot.rgba.size(); i += 4)
        shot.rgba[i] = 255;
    return shot;
}

}  // namespace showfloor::ui
