#include "ui/stage.hpp"

#include <imgui.h>

#include <cmath>
#include <utility>

#include "base/check.hpp"
#include "text/bidi.hpp"
#include "ui/icons.hpp"
#include "ui/limits.hpp"
#include "ui/widgets.hpp"

namespace showfloor::ui {

namespace {

// EN 301 549 asks for 0.7 degrees; the capital of Inter is 0.727 em and body is 20 dp.
constexpr float kCapitalOfBody = 20.0F * 0.727F;
constexpr float kHalfAngle = 0.35F * 3.14159265F / 180.0F;
constexpr float kLeastTouchMm = 9;
// What a page needs of its shorter side, in dp. A display so small that 0.7 degrees leave less
// (under 24 inches from half a metre) has them a little smaller rather than pages nobody can use.
constexpr float kLeastShortSide = 710;
// How far a screen glides, of the width.
constexpr float kGlide = 0.07F;

// Without a renderer the atlas would wait for its textures for ever.
void accept_textures() {
    for (ImTextureData* texture : ImGui::GetPlatformIO().Textures) {
        const bool leaving = texture->Status == ImTextureStatus_WantDestroy;
        texture->SetTexID(leaving ? ImTextureID_Invalid : ImTextureID{1});
        texture->SetStatus(leaving ? ImTextureStatus_Destroyed : ImTextureStatus_OK);
    }
}

}  // namespace

float display_scale(const Display& d) {
    const auto short_side = static_cast<float>(std::min(d.width_px, d.height_px));
    const float px_per_mm = d.width_mm > 0 ? static_cast<float>(d.width_px) / d.width_mm : 0;
    float scale = std::max(short_side / 1080.0F, kLeastTouchMm * px_per_mm / kTouchSize) * d.zoom;
    if (d.large) {
        const float capital_mm = 2 * d.distance_mm * std::tan(kHalfAngle);
        const float wanted = capital_mm * px_per_mm / kCapitalOfBody;
        scale = std::max(scale, std::min(wanted, short_side / kLeastShortSide));
    }
    return std::clamp(scale, 0.4F, 6.0F);
}

float credible_width_mm(int width_mm, int height_mm, int width_px, int height_px) {
    if (width_mm <= 0 || height_mm <= 0 || width_px <= 0 || height_px <= 0) return 0;
    const auto per_inch = [](int px, int mm) {
        return static_cast<float>(px) * 25.4F / static_cast<float>(mm);
    };
    const float across = per_inch(width_px, width_mm), down = per_inch(height_px, height_mm);
    // Fewer dots than a wall of television has, or more than any panel: 160x90 "millimetres".
    constexpr float kFewest = 35, kMost = 300, kShape = 1.1F, kMadeUp = 96;
    if (std::min(across, down) < kFewest || std::max(across, down) > kMost) return 0;
    if (across > down * kShape || down > across * kShape) return 0;
    const auto made_up = [](int px, int mm) {
        return std::abs(static_cast<float>(px) * 25.4F / kMadeUp - static_cast<float>(mm)) <= 1;
    };
    if (made_up(width_px, width_mm) && made_up(height_px, height_mm)) return 0;
    return static_cast<float>(width_mm);
}

base::Result<std::unique_ptr<Stage>> Stage::make(const Options& options, TextureMaker& maker) {
    IMGUI_CHECKVERSION();
    ImGuiContext* imgui = ImGui::CreateContext();
    ImGuiIO& io = ImGui::GetIO();
    io.IniFilename = nullptr;
    io.LogFilename = nullptr;
    if (options.without_renderer) io.BackendFlags |= ImGuiBackendFlags_RendererHasTextures;
    auto fonts = Fonts::load(options.fonts);
    if (!fonts) {
        ImGui::DestroyContext(imgui);
        return fonts.error();
    }
    return std::unique_ptr<Stage>(
        new Stage(std::move(fonts).value(), maker, imgui, options.without_renderer));
}

Stage::Stage(Fonts fonts, TextureMaker& maker, ImGuiContext* imgui, bool without_renderer)
    : imgui_(imgui),
      without_renderer_(without_renderer),
      maker_(maker),
      fonts_(fonts),
      textures_(maker, kMaxTextureBytes, kMaxUploadBytesPerFrame),
      context_({painter_, registry_, interaction_, textures_}) {}

Stage::~Stage() {
    end_passage();
    end_leaving_sheet();
    if (shadow_ != 0) maker_.free(shadow_);
    if (without_renderer_)
        for (ImTextureData* texture : ImGui::GetPlatformIO().Textures) {
            texture->SetTexID(ImTextureID_Invalid);
            texture->SetStatus(ImTextureStatus_Destroyed);
        }
    ImGui::DestroyContext(imgui_);
}

void Stage::frame(int width_px, int height_px, std::int64_t now_ms,
                  const std::function<void(Context&)>& draw) {
    SHOWFLOOR_CHECK(context_.theme_ != nullptr && context_.strings_ != nullptr,
                    "a stage needs a theme and words before its first frame");
    if (shadow_ == 0)
        shadow_ = maker_.make(ShadowPicture::kSize, ShadowPicture::kSize, ShadowPicture::rgba());
    ImGuiIO& io = ImGui::GetIO();
    io.DisplaySize = {static_cast<float>(width_px), static_cast<float>(height_px)};
    io.DeltaTime = 1.0F / 60.0F;
    textures_.begin_frame();
    ImGui::NewFrame();
    const Point size{io.DisplaySize.x / scale_, io.DisplaySize.y / scale_};
    context_.size_ = size;
    context_.now_ms_ = now_ms;
    ++context_.frame_;
    context_.words_.clear();
    context_.wake_ms_.reset();
    context_.edited_.reset();
    context_.sheet_.reset();
    context_.reach_ = 0;
    interaction_.begin_frame(registry_, input_, scale_, context_.mirrored(), now_ms);
    registry_.begin_frame();
    painter_.begin(scale_, context_.direction(), registry_, shadow_);
    painter_.fill({0, 0, size.x, size.y}, context_.color().ground);
    begin_passage();
    ImDrawList* screen = ImGui::GetBackgroundDrawList();
    screen->AddDrawCmd();
    const int vertices = screen->VtxBuffer.Size, commands = screen->CmdBuffer.Size - 1;
    draw(context_);
    draw_passage(vertices, commands);
    draw_leaving_sheet(size);
    finish_frame(size);
    ImGui::Render();
    if (without_renderer_) accept_textures();
}

void Stage::finish_frame(Point size) {
    // A field that is no longer drawn takes no letters. One that was asked for by focus_field() in
    // this frame may still come in the next.
    const std::string& editing = interaction_.editing();
    if (!editing.empty() && !context_.edited_ && registry_.find(editing) != nullptr)
        interaction_.stop_editing();
    const float shift = keyboard_.draw(context_, size, context_.shift_);
    if (std::abs(shift - context_.shift_) > 0.01F) context_.draw_again();
    context_.shift_ = shift;
    draw_toasts();
    painter_.end();
    registry_.end_frame();
    interaction_.end_frame();
    speak();
    if (std::exchange(context_.forgotten_, false)) {
        keyboard_.forget();
        said_of_.clear(), said_.clear(), said_before_.clear();
    }
    if (interaction_.restless())
        context_.wake_at(context_.now_ms_ + (input_.empty() ? kFrameMs : 0));
    auto& glides = context_.glides_;
    if (glides.size() > kMaxRemembered)
        std::erase_if(glides, [&](const auto& g) { return g.second.frame != context_.frame_; });
    else
        // What is no longer shown starts anew when it comes back: a dialog fades in every time.
        std::erase_if(glides, [&](const auto& g) {
            return g.second.frame != context_.frame_ && g.first.starts_with("modal:");
        });
}

void Stage::use_speaker(Speaker* speaker) {
    if (speaker_ != nullptr && speaker != speaker_) speaker_->stop();
    if (speaker != speaker_) said_.clear(), said_before_.clear();
    speaker_ = speaker;
    said_of_.clear();
}

// What happened goes before what the keys have reached.
void Stage::speak() {
    std::string words = text::without_isolates(std::exchange(context_.to_say_, {}));
    std::erase_if(context_.announced_,
                  [&](const auto& a) { return a.second + 1 < context_.frame_; });
    const bool again_before = std::exchange(context_.say_again_, false);
    if (speaker_ == nullptr) return;
    const Item* item = registry_.find(interaction_.focused());
    // A figure of a PIN is said to whoever looks for it with keys, never when a finger enters it.
    const bool secret =
        item != nullptr && item->kind() == "pin" && !interaction_.focus_shown(item->id);
    const std::string stop = item == nullptr || secret ? "" : spoken(context_.strings(), *item);
    if (stop != said_of_ && !stop.empty()) words += words.empty() ? stop : ". " + stop;
    said_of_ = stop;
    if (!words.empty()) {
        said_ = words;
        if (item == nullptr || !item->aside) said_before_ = words;
    } else if (interaction_.say_again()) {
        words = said_;
    }
    if (again_before) words = said_before_;
    if (!words.empty()) speaker_->say(words, context_.locale().code);
}

// A screen that asked to change is over; the one drawn from now on glides in over its picture.
void Stage::begin_passage() {
    const auto asked = std::exchange(context_.passage_, std::nullopt);
    if (!asked) return;
    passage_ = asked;
    passage_since_ms_ = context_.now_ms_;
    if (context_.reduce_motion_ || context_.theme_->motion_ms <= 0) end_passage();
}

void Stage::keep_snapshot(int width_px, int height_px) {
    if (context_.reduce_motion_) return;
    if (!context_.passage_) {
        // Whether it leaves is known in the next frame only, and then it is not drawn any more.
        if (!context_.sheet_ || !interaction_.meant() || sheet_since_ms_ != 0) return;
        end_leaving_sheet();
        sheet_picture_ = maker_.snapshot(width_px, height_px);
        leaving_sheet_ = context_.sheet_;
        return;
    }
    end_passage();
    leaving_ = maker_.snapshot(width_px, height_px);
}

void Stage::end_passage() {
    if (leaving_ != 0) maker_.free(leaving_);
    leaving_ = 0;
    passage_.reset();
}

// A sheet that was drawn before and is not any more slides out, cut from a picture of its last
// frame; nothing of it can be touched.
void Stage::draw_leaving_sheet(Point size) {
    if (!leaving_sheet_) return;
    if (sheet_picture_ == 0 || context_.sheet_ || context_.passage_ || passage_)
        return end_leaving_sheet();
    if (sheet_since_ms_ == 0) sheet_since_ms_ = context_.now_ms_;
    const auto passed = static_cast<float>(context_.now_ms_ - sheet_since_ms_);
    const float t = passed / std::max(1.0F, static_cast<float>(context_.theme_->motion_ms));
    if (t >= 1) return end_leaving_sheet();
    context_.wake_at(context_.now_ms_ + kFrameMs);
    // It gathers speed, as what falls does.
    const float gone = t * t;
    const Rect rect = leaving_sheet_->rect.common({0, 0, size.x, size.y});
    const Point away = leaving_sheet_->away;
    const bool slides = away.x != 0 || away.y != 0;
    // Pictures of a frame stand on their heads.
    const Rect part{rect.x / size.x, 1 - rect.y / size.y, rect.w / size.x, -rect.h / size.y};
    painter_.push_layer(Layer::kModal);
    painter_.fill({0, 0, size.x, size.y}, context_.color().shade.faded(1 - t));
    painter_.image(sheet_picture_, rect.moved(away.x * gone * rect.w, away.y * gone * rect.h), part,
                   slides ? 28.0F : context_.theme_->radius_card, slides ? 1.0F : 1 - t);
    painter_.pop_layer();
}

void Stage::end_leaving_sheet() {
    if (sheet_picture_ != 0) maker_.free(sheet_picture_);
    sheet_picture_ = 0;
    sheet_since_ms_ = 0;
    leaving_sheet_.reset();
}

// Only what is drawn moves: fingers meet the screen where it comes to rest.
void Stage::draw_passage(int from_vertex, int from_command) {
    if (!passage_) return;
    const auto passed = static_cast<float>(context_.now_ms_ - passage_since_ms_);
    const float t = passed / static_cast<float>(context_.theme_->motion_ms);
    if (t >= 1) return end_passage();
    context_.wake_at(context_.now_ms_ + kFrameMs);
    const float rest = (1 - t) * (1 - t) * (1 - t);
    const ImVec2 size = ImGui::GetIO().DisplaySize;
    float way = *passage_ == Passage::kForward ? 1.0F : *passage_ == Passage::kBack ? -1.0F : 0.0F;
    if (context_.mirrored()) way = -way;
    const float come = std::round(way * rest * size.x * kGlide);
    const float go = std::round(-way * (1 - rest) * size.x * kGlide / 2);
    ImDrawList* screen = ImGui::GetBackgroundDrawList();
    for (int i = from_vertex; i < screen->VtxBuffer.Size; ++i)
        screen->VtxBuffer[i].pos.x += come;
    for (int i = from_command; i < screen->CmdBuffer.Size; ++i)
        screen->CmdBuffer[i].ClipRect.x += come, screen->CmdBuffer[i].ClipRect.z += come;
    screen->AddDrawCmd();
    const Color ground = context_.color().ground;
    const auto alpha = static_cast<int>(rest * 255);
    if (leaving_ != 0)
        screen->AddImage(ImTextureRef(leaving_), {go, 0}, {size.x + go, size.y}, {0, 1}, {1, 0},
                         IM_COL32(255, 255, 255, alpha));
    else
        screen->AddRectFilled({0, 0}, size, IM_COL32(ground.r, ground.g, ground.b, alpha));
}

}  // namespace showfloor::ui
