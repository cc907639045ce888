#include "imaging/studio.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <utility>

#include "base/check.hpp"
#include "base/file.hpp"
#include "imaging/decode.hpp"

namespace showfloor::imaging {

namespace {

constexpr std::size_t kMaxFile = 4U * 1024 * 1024;
// The linear value that 255 stands for in the files (RANGE in the generator): lamps and mirrored
// softboxes are brighter than white.
constexpr float kRange = 1.5F;
constexpr float kKnee = 0.7F;  // from here on light is pressed together, never to reach white

float to_linear(float v) {
    return v <= 0.04045F ? v / 12.92F : std::pow((v + 0.055F) / 1.055F, 2.4F);
}

float to_srgb(float v) {
    return v <= 0.0031308F ? v * 12.92F : 1.055F * std::pow(v, 1 / 2.4F) - 0.055F;
}

struct Tables {
    static constexpr int kSteps = 8192;
    static constexpr float kTop = 2 * kRange;  // base and white paint together
    std::array<float, 256> linear{};           // of the files
    std::array<std::uint8_t, kSteps + 1> shown{};

    Tables() {
        for (std::size_t i = 0; i < linear.size(); ++i)
            linear[i] = kRange * to_linear(static_cast<float>(i) / 255);
        // Steps are square roots, so that the dark ones are fine enough.
        for (std::size_t i = 0; i < shown.size(); ++i) {
            const float root = static_cast<float>(i) / kSteps;
            const float v = kTop * root * root;
            const float pressed =
                v < kKnee ? v : 1 - (1 - kKnee) * std::exp(-(v - kKnee) / (1 - kKnee));
            shown[i] = static_cast<std::uint8_t>(std::lround(255 * to_srgb(pressed)));
        }
    }

    [[nodiscard]] std::uint8_t show(float v) const {
        const float root = std::sqrt(std::clamp(v / kTop, 0.0F, 1.0F));
        return shown[static_cast<std::size_t>(root * kSteps + 0.5F)];
    }
};

const Tables& tables() {
    static const Tables kTables;
    return kTables;
}

}  // namespace

std::string_view studio_style(std::string_view body_style) {
    if (std::ranges::find(kStudioStyles, body_style) != kStudioStyles.end()) return body_style;
    return body_style == "convertible" ? "coupe" : "sedan";
}

base::Result<Studio> read_studio(const std::string& folder, std::string_view style,
                                 std::string_view view) {
    Studio studio;
    const std::pair<const char*, Image*> files[] = {
        {"base", &studio.base}, {"paint", &studio.paint}, {"room", &studio.room}};
    for (const auto& [name, image] : files) {
        const std::string path =
            folder + "/" + std::string(style) + "_" + std::string(view) + "_" + name + ".jpg";
        SHOWFLOOR_ASSIGN(const std::string bytes, base::read_file(path, kMaxFile));
        const Bytes copy(bytes.begin(), bytes.end());
        SHOWFLOOR_ASSIGN(*image, decode(copy));
        if (image->width != kStudioWidth || image->height != kStudioHeight)
            return base::fail(base::ErrorKind::kInvalid,
                              path + " has another size than 1600x1000.");
    }
    return studio;
}

Image tint(const Studio& studio, Rgb paint, Ground ground) {
    const Image& base = studio.base;
    SHOWFLOOR_CHECK(
        base.rgba.size() == studio.paint.rgba.size() && base.rgba.size() == studio.room.rgba.size(),
        "the pictures of a studio are of one size");
    const Tables& lights = tables();
    const std::array<std::uint8_t, 3> srgb = {paint.r, paint.g, paint.b};
    const std::array<float, 3> wall = {ground.r - 1, ground.g - 1, ground.b - 1};
    std::array<float, 3> colour{};
    for (std::size_t c = 0; c < 3; ++c)
        colour[c] = to_linear(static_cast<float>(srgb[c]) / 255);
    Image out(base.width, base.height);
    for (std::size_t i = 0; i < out.rgba.size(); i += 4) {
        const float shade = lights.linear[studio.paint.rgba[i]];
        const float room = static_cast<float>(studio.room.rgba[i]) / 255;
        for (std::size_t c = 0; c < 3; ++c) {
            const float light = lights.linear[base.rgba[i + c]] + shade * colour[c];
            out.rgba[i + c] = lights.show(light * (1 + room * wall[c]));
        }
        out.rgba[i + 3] = 255;
    }
    return out;
}

}  // namespace showfloor::imaging
