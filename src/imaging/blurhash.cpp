#include "imaging/blurhash.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <vector>

#include "base/check.hpp"
#include "imaging/resize.hpp"

namespace showfloor::imaging {
namespace {

constexpr std::string_view kAlphabet =
    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz#$%*+,-.:;=?@[]^_{|}~";
constexpr int kBase = 83;
// The hash holds a handful of waves: 64 points a side carry them all.
constexpr int kWorkingSide = 64;

using Colour = std::array<double, 3>;

double to_linear(int value) {
    const double v = value / 255.0;
    return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4);
}

int to_srgb(double value) {
    const double v = std::clamp(value, 0.0, 1.0);
    const double s = v <= 0.0031308 ? v * 12.92 : 1.055 * std::pow(v, 1 / 2.4) - 0.055;
    return static_cast<int>(s * 255 + 0.5);
}

double signed_power(double value, double exponent) {
    return std::copysign(std::pow(std::abs(value), exponent), value);
}

void append_base83(std::string& out, int value, int length) {
    int divisor = 1;
    for (int i = 1; i < length; ++i)
        divisor *= kBase;
    for (; length > 0; --length, divisor /= kBase)
        out += kAlphabet[static_cast<std::size_t>(value / divisor % kBase)];
}

std::optional<int> read_base83(std::string_view text) {
    int value = 0;
    for (const char c : text) {
        const auto digit = kAlphabet.find(c);
        if (digit == std::string_view::npos) return std::nullopt;
        value = value * kBase + static_cast<int>(digit);
    }
    return value;
}

double wave(int component, int at, int size) {
    return std::cos(std::numbers::pi * component * at / size);
}

std::vector<double> waves(int component, int size) {
    std::vector<double> out;
    for (int at = 0; at < size; ++at)
        out.push_back(wave(component, at, size));
    return out;
}

std::vector<Colour> linear_colours(const Image& image) {
    std::vector<Colour> out;
    for (std::size_t i = 0; i < image.rgba.size(); i += 4)
        out.push_back(
            {to_linear(image.rgba[i]), to_linear(image.rgba[i + 1]), to_linear(image.rgba[i + 2])});
    return out;
}

Colour factor(const Image& image, const std::vector<Colour>& colours, int cx, int cy) {
    const std::vector<double> across = waves(cx, image.width);
    const std::vector<double> down = waves(cy, image.height);
    Colour sum{};
    std::size_t i = 0;
    for (const double wave_y : down) {
        for (const double wave_x : across) {
            for (std::size_t c = 0; c < 3; ++c)
                sum[c] += wave_x * wave_y * colours[i][c];
            ++i;
        }
    }
    const double scale = (cx == 0 && cy == 0 ? 1.0 : 2.0) / (image.width * image.height);
    for (auto& c : sum)
        c *= scale;
    return sum;
}

}  // namespace

std::string blurhash(const Image& image, int components_x, int components_y) {
    SHOWFLOOR_CHECK(!image.empty(), "a picture to hash");
    SHOWFLOOR_CHECK(
        components_x >= 1 && components_x <= 9 && components_y >= 1 && components_y <= 9,
        "BlurHash components are 1..9");
    const Image small = fit(image, kWorkingSide);
    const std::vector<Colour> colours = linear_colours(small);
    std::vector<Colour> factors;
    for (int y = 0; y < components_y; ++y)
        for (int x = 0; x < components_x; ++x)
            factors.push_back(factor(small, colours, x, y));

    double largest = 0;
    for (std::size_t i = 1; i < factors.size(); ++i)
        for (const double c : factors[i])
            largest = std::max(largest, std::abs(c));
    const int step = factors.size() > 1
                         ? std::clamp(static_cast<int>(std::floor(largest * 166 - 0.5)), 0, 82)
                         : 0;
    const double maximum = (step + 1) / 166.0;

    std::string out;
    append_base83(out, components_x - 1 + (components_y - 1) * 9, 1);
    append_base83(out, step, 1);
    const Colour& average = factors[0];
    append_base83(out, to_srgb(average[0]) << 16 | to_srgb(average[1]) << 8 | to_srgb(average[2]),
                  4);
    for (std::size_t i = 1; i < factors.size(); ++i) {
        int value = 0;
        for (const double c : factors[i]) {
            const double root = signed_power(c / maximum, 0.5);
            value = value * 19 + std::clamp(static_cast<int>(std::floor(root * 9 + 9.5)), 0, 18);
        }
        append_base83(out, value, 2);
    }
    return out;
}

std::optional<Image> decode_blurhash(std::string_view hash, int width, int height) {
    if (hash.size() < 6 || width < 1 || height < 1 || width > 256 || height > 256)
        return std::nullopt;
    const auto size = read_base83(hash.substr(0, 1));
    const auto step = read_base83(hash.substr(1, 1));
    const auto average = read_base83(hash.substr(2, 4));
    if (!size || !step || !average || *size > 80 || *average > 0xFFFFFF) return std::nullopt;
    const int components_x = *size % 9 + 1;
    const int components_y = *size / 9 + 1;
    const auto count = static_cast<std::size_t>(components_x * components_y);
    if (hash.size() != 4 + 2 * count) return std::nullopt;
    const double maximum = (*step + 1) / 166.0;

    std::vector<Colour> factors{
        {to_linear(*average >> 16), to_linear(*average >> 8 & 255), to_linear(*average & 255)}};
    for (std::size_t i = 1; i < count; ++i) {
        const auto value = read_base83(hash.substr(4 + i * 2, 2));
        if (!value || *value >= 19 * 19 * 19) return std::nullopt;
        const auto part = [maximum](int v) { return signed_power((v - 9) / 9.0, 2) * maximum; };
        factors.push_back({part(*value / 361), part(*value / 19 % 19), part(*value % 19)});
    }

    Image image(width, height);
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            Colour sum{};
            for (std::size_t i = 0; i < count; ++i) {
                const int cx = static_cast<int>(i) % components_x;
                const int cy = static_cast<int>(i) / components_x;
                const double basis = wave(cx, x, width) * wave(cy, y, height);
                for (std::size_t c = 0; c < 3; ++c)
                    sum[c] += factors[i][c] * basis;
            }
            std::uint8_t* pixel = image.at(x, y);
            for (std::size_t c = 0; c < 3; ++c)
                pixel[c] = static_cast<std::uint8_t>(to_srgb(sum[c]));
            pixel[3] = 255;
        }
    }
    return image;
}

}  // namespace showfloor::imaging
