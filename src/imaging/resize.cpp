#include "imaging/resize.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <vector>

#include "base/check.hpp"
#include "imaging/float4.hpp"

namespace showfloor::imaging {
namespace {

// Averages factor x factor blocks. A filter over a 50-megapixel picture takes seconds; this first
// step brings it near the wanted size, and the filter does the rest.
Image shrink_by(const Image& image, int factor) {
    Image out(image.width / factor, image.height / factor);
    for (int y = 0; y < out.height; ++y) {
        for (int x = 0; x < out.width; ++x) {
            unsigned colour[3] = {};
            unsigned alpha = 0;
            for (int dy = 0; dy < factor; ++dy) {
                const std::uint8_t* from = image.at(x * factor, y * factor + dy);
                for (int dx = 0; dx < factor; ++dx, from += 4) {
                    for (int c = 0; c < 3; ++c)
                        colour[c] += unsigned{from[c]} * from[3];
                    alpha += from[3];
                }
            }
            std::uint8_t* to = out.at(x, y);
            const auto count = static_cast<unsigned>(factor * factor);
            for (int c = 0; c < 3 && alpha > 0; ++c)
                to[c] = static_cast<std::uint8_t>((colour[c] + alpha / 2) / alpha);
            to[3] = static_cast<std::uint8_t>((alpha + count / 2) / count);
        }
    }
    return out;
}

constexpr int kLightSteps = 8192;

// sRGB and linear light, both ways by table: a power for each point would cost more than the rest.
struct Light {
    std::array<float, 256> linear;
    std::array<std::uint8_t, kLightSteps + 1> srgb;

    Light() {
        for (std::size_t i = 0; i < linear.size(); ++i) {
            const double v = static_cast<double>(i) / 255;
            linear[i] =
                static_cast<float>(v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4));
        }
        for (std::size_t i = 0; i < srgb.size(); ++i) {
            const double v = static_cast<double>(i) / kLightSteps;
            const double s = v <= 0.0031308 ? v * 12.92 : 1.055 * std::pow(v, 1 / 2.4) - 0.055;
            srgb[i] = static_cast<std::uint8_t>(std::lround(s * 255));
        }
    }
    [[nodiscard]] std::uint8_t byte(float value) const {
        const float at = std::clamp(value, 0.0F, 1.0F) * kLightSteps + 0.5F;
        return srgb[static_cast<std::size_t>(at)];
    }
};

const Light& light() {
    static const Light tables;
    return tables;
}

// The filter of Mitchell and Netravali, B = C = 1/3: neither rings nor blurs much.
double mitchell(double x) {
    x = std::abs(x);
    if (x >= 2) return 0;
    if (x >= 1) return (((-7 * x + 36) * x - 60) * x + 32) / 18;
    return ((21 * x - 36) * x * x + 16) / 18;
}

// What each place of a side `to` long takes of one `from` long: `count` weights from `first` on.
// Beyond the ends the outermost point goes on.
struct Taps {
    std::size_t count = 0;
    std::vector<std::size_t> first;
    std::vector<float> weights;

    Taps(int from, int to) {
        const double scale = static_cast<double>(from) / to;
        const double widen = std::max(1.0, scale);
        count = static_cast<std::size_t>(std::min(from, static_cast<int>(4 * widen) + 2));
        for (int i = 0; i < to; ++i) {
            const double centre = (i + 0.5) * scale;
            const int low = static_cast<int>(std::floor(centre - 2 * widen));
            const int start = std::clamp(low, 0, from - static_cast<int>(count));
            std::vector<double> share(count);
            double sum = 0;
            for (int at = low; at <= low + static_cast<int>(4 * widen) + 1; ++at) {
                const double part = mitchell((at + 0.5 - centre) / widen);
                const int place = std::clamp(at - start, 0, static_cast<int>(count) - 1);
                share[static_cast<std::size_t>(place)] += part;
                sum += part;
            }
            first.push_back(static_cast<std::size_t>(start));
            for (const double part : share)
                weights.push_back(static_cast<float>(part / sum));
        }
    }
};

// One row in linear light, colours multiplied by alpha so that hidden ones do not bleed.
void read_row(const Image& image, int y, std::vector<Float4>& row) {
    const auto& linear = light().linear;
    const std::uint8_t* from = image.at(0, y);
    for (auto& point : row) {
        const float alpha = static_cast<float>(from[3]) / 255.0F;
        point.lanes = Float4::Lanes{linear[from[0]], linear[from[1]], linear[from[2]], 1} * alpha;
        from += 4;
    }
}

void write_row(const std::vector<Float4>& row, std::uint8_t* to) {
    const Light& tables = light();
    for (const Float4& point : row) {
        const float alpha = point.a();
        const Float4 plain = point * (alpha > 0 ? 1 / alpha : 0.0F);
        to[0] = tables.byte(plain.r());
        to[1] = tables.byte(plain.g());
        to[2] = tables.byte(plain.b());
        to[3] = static_cast<std::uint8_t>(std::clamp(alpha, 0.0F, 1.0F) * 255 + 0.5F);
        to += 4;
    }
}

// First along rows, then down columns; only the rows one filter reaches are kept.
Image resample(const Image& image, int width, int height) {
    const Taps across(image.width, width);
    const Taps down(image.height, height);
    const auto columns = static_cast<std::size_t>(width);
    std::vector<Float4> source(static_cast<std::size_t>(image.width));
    std::vector<std::vector<Float4>> kept(down.count, std::vector<Float4>(columns));
    std::vector<Float4> sum(columns);
    std::size_t read = 0;
    Image out(width, height);
    for (std::size_t y = 0; y < down.first.size(); ++y) {
        for (; read < down.first[y] + down.count; ++read) {
            read_row(image, static_cast<int>(read), source);
            auto& row = kept[read % down.count];
            for (std::size_t x = 0; x < columns; ++x) {
                const float* weight = across.weights.data() + x * across.count;
                const Float4* from = source.data() + across.first[x];
                // Two sums: an addition need not wait for the one before it.
                Float4 even;
                Float4 odd;
                std::size_t i = 0;
                for (; i + 1 < across.count; i += 2) {
                    even += from[i] * weight[i];
                    odd += from[i + 1] * weight[i + 1];
                }
                if (i < across.count) even += from[i] * weight[i];
                row[x] = even + odd;
            }
        }
        std::fill(sum.begin(), sum.end(), Float4{});
        for (std::size_t i = 0; i < down.count; ++i) {
            const float weight = down.weights[y * down.count + i];
            if (weight == 0) continue;
            const auto& row = kept[(down.first[y] + i) % down.count];
            for (std::size_t x = 0; x < columns; ++x)
                sum[x] += row[x] * weight;
        }
        write_row(sum, out.at(0, static_cast<int>(y)));
    }
    return out;
}

}  // namespace

Image turn(Image image, int orientation) {
    SHOWFLOOR_CHECK(orientation >= 1 && orientation <= 8, "an EXIF orientation");
    if (orientation == 1) return image;
    const bool swapped = orientation >= 5;
    Image out(swapped ? image.height : image.width, swapped ? image.width : image.height);
    const int right = image.width - 1;
    const int bottom = image.height - 1;
    for (int y = 0; y < out.height; ++y) {
        for (int x = 0; x < out.width; ++x) {
            int sx = swapped ? y : x;
            int sy = swapped ? x : y;
            if (orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8)
                sx = right - sx;
            if (orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7)
                sy = bottom - sy;
            std::memcpy(out.at(x, y), image.at(sx, sy), 4);
        }
    }
    return out;
}

Image resize(const Image& image, int width, int height) {
    SHOWFLOOR_CHECK(!image.empty() && width > 0 && height > 0, "a size to resize to");
    if (width == image.width && height == image.height) return image;
    const int factor = std::min(image.width / width, image.height / height) / 2;
    if (factor >= 2) return resize(shrink_by(image, std::min(factor, 64)), width, height);
    // Halving exactly, as from one kept size to the next, needs no filter.
    if (width * 2 == image.width && height * 2 == image.height) return shrink_by(image, 2);
    return resample(image, width, height);
}

Image fit(const Image& image, int longest_side) {
    const int longest = std::max(image.width, image.height);
    if (longest <= longest_side) return image;
    const double scale = static_cast<double>(longest_side) / longest;
    const auto side = [scale](int of) {
        return std::max(1, static_cast<int>(std::lround(of * scale)));
    };
    return resize(image, side(image.width), side(image.height));
}

void flatten(Image& image, Rgb ground) {
    const std::uint8_t under[3] = {ground.r, ground.g, ground.b};
    for (std::size_t i = 0; i < image.rgba.size(); i += 4) {
        const unsigned alpha = image.rgba[i + 3];
        if (alpha == 255) continue;
        for (std::size_t c = 0; c < 3; ++c) {
            const unsigned mixed = image.rgba[i + c] * alpha + under[c] * (255 - alpha);
            image.rgba[i + c] = static_cast<std::uint8_t>((mixed + 127) / 255);
        }
        image.rgba[i + 3] = 255;
    }
}

}  // namespace showfloor::imaging
