// The contact sheet: with SHOWFLOOR_CONTACT=DIR, all PNGs of the folder small on one page,
// DIR/contact.png, for a person who looks at everything at once (platform/run --pictures).

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <vector>

#include "base/encoding.hpp"
#include "base/file.hpp"
#include "imaging/decode.hpp"
#include "imaging/encode.hpp"
#include "imaging/resize.hpp"

using namespace showfloor;
namespace fs = std::filesystem;

TEST_CASE("contact sheet: of a folder of pictures, for people to look at, when they ask for it") {
    const char* folder = std::getenv("SHOWFLOOR_CONTACT");
    if (folder == nullptr) return;
    constexpr int kColumns = 5, kGap = 12, kLongest = 480;
    constexpr std::size_t kMaxPng = 64u << 20;
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(folder))
        if (entry.path().extension() == ".png" && entry.path().stem() != "contact")
            files.push_back(entry.path());
    REQUIRE_FALSE(files.empty());
    std::sort(files.begin(), files.end());
    std::vector<imaging::Image> small;
    for (const fs::path& file : files) {
        const std::string png = base::read_file(file.string(), kMaxPng).value();
        small.push_back(imaging::fit(imaging::decode(base::as_bytes(png)).value(), kLongest));
    }
    const int wide = small.front().width + kGap, high = small.front().height + kGap;
    const int rows = (static_cast<int>(small.size()) + kColumns - 1) / kColumns;
    imaging::Image sheet(kColumns * wide + kGap, rows * high + kGap);
    std::fill(sheet.rgba.begin(), sheet.rgba.end(), std::uint8_t{128});
    for (std::size_t i = 0; i < small.size(); ++i) {
        const int left = kGap + static_cast<int>(i % kColumns) * wide;
        const int top = kGap + static_cast<int>(i / kColumns) * high;
        for (int y = 0; y < std::min(small[i].height, high - kGap); ++y)
            std::memcpy(sheet.at(left, top + y), small[i].at(0, y),
                        static_cast<std::size_t>(std::min(small[i].width, wide - kGap)) * 4);
    }
    for (std::size_t i = 3; i < sheet.rgba.size(); i += 4)
        sheet.rgba[i] = 255;
    const auto png = imaging::encode_png(sheet);
    CHECK(base::write_file(std::string(folder) + "/contact.png", base::as_text(png), 0644).ok());
}
