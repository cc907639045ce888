#pragma once
// A paper as a reader has it: its text as pdftotext reads it, its pages as pdftoppm shows them.
// Thread contract: belongs to one test.

#include <doctest/doctest.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <sstream>
#include <string>
#include <vector>

#include "base/file.hpp"
#include "base/paths.hpp"
#include "documents/pdf_canvas.hpp"
#include "text/strings.hpp"

namespace showfloor::testing {

inline text::Strings words(const char* code) {
    auto assets = base::asset_folder();
    REQUIRE(assets.ok());
    auto strings = text::Strings::load(*assets + "/strings", code);
    REQUIRE(strings.ok());
    return std::move(*strings);
}

inline bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

// Shows nothing; its letters are half as wide as they are high. For tests of where things stand.
class SilentCanvas : public documents::Canvas {
   public:
    void begin_page(double, double) override {}
    double text_width(std::string_view utf8, const documents::TextStyle& style) override {
        return static_cast<double>(utf8.size()) * style.size_mm / 2;
    }
    void line(double, double, double, double, double, documents::Color) override {}
    void rect(double, double, double, double, documents::Color) override {}
    void image(double, double, double, double, const documents::Picture&) override {}
};

using Rgb = std::array<unsigned char, 3>;
// Points of this colour, as far as drawing and scaling leave it.
inline auto colored(Rgb color) {
    return [color](Rgb seen) {
        constexpr int kNear = 24;
        for (std::size_t i = 0; i < seen.size(); ++i)
            if (std::abs(static_cast<int>(seen[i]) - static_cast<int>(color[i])) > kNear)
                return false;
        return true;
    };
}

// Where ink stands on a page, in mm from its top left corner.
struct Ink {
    double width = 0, height = 0;  // the page
    double left = 0, top = 0, right = 0, bottom = 0;
    double share = 0;  // of the page that is not white
};

// A PDF in a folder of its own, which goes with the object (SHOWFLOOR_KEEP=1 keeps it).
class PaperFile {
   public:
    PaperFile(const std::string& name, const std::string& bytes) {
        CHECK(bytes.starts_with("%PDF"));
        folder_ = std::filesystem::temp_directory_path() /
                  ("showfloor-documents-" + std::to_string(::getpid()));
        REQUIRE(base::make_folders(folder_).ok());
        path_ = folder_ / (name + ".pdf");
        REQUIRE(base::write_file(path_, bytes).ok());
    }
    PaperFile(const PaperFile&) = delete;
    PaperFile& operator=(const PaperFile&) = delete;
    ~PaperFile() {
        if (std::getenv("SHOWFLOOR_KEEP") == nullptr) std::filesystem::remove_all(folder_);
    }

    [[nodiscard]] std::string text(const std::string& how = "-layout") const {
        std::string text;
        std::FILE* pipe =
            ::popen(("pdftotext " + how + " '" + path_ + "' - 2>/dev/null").c_str(), "r");
        REQUIRE(pipe != nullptr);
        char buffer[4096];
        while (const auto got = std::fread(buffer, 1, sizeof buffer, pipe))
            text.append(buffer, got);
        CHECK(::pclose(pipe) == 0);
        return text;
    }

    // How far from the page's left edge this word begins, in points; -1: it is not there.
    [[nodiscard]] double left_of(const std::string& word) const {
        const std::string boxes = text("-bbox");
        const auto end = boxes.find(">" + word + "</word>");
        if (end == std::string::npos) return -1;
        const std::string mark = "xMin=\"";
        return std::stod(boxes.substr(boxes.rfind(mark, end) + mark.size()));
    }

    // Ink is what is not white, or what `counts` says.
    [[nodiscard]] std::vector<Ink> pages(const std::function<bool(Rgb)>& counts = [](Rgb seen) {
        constexpr unsigned char kWhite = 252;
        return *std::min_element(seen.begin(), seen.end()) < kWhite;
    }) const {
        const std::string prefix = path_ + ".page";
        const std::string command =
            "pdftoppm -r " + std::to_string(kDpi) + " '" + path_ + "' '" + prefix + "' 2>/dev/null";
        REQUIRE(std::system(command.c_str()) == 0);
        std::vector<std::filesystem::path> pictures;
        for (const auto& entry : std::filesystem::directory_iterator(folder_)) {
            if (entry.path().string().starts_with(prefix)) pictures.push_back(entry.path());
        }
        std::sort(pictures.begin(), pictures.end());
        std::vector<Ink> pages;
        for (const auto& picture : pictures)
            pages.push_back(ink_of(picture, counts));
        return pages;
    }

   private:
    static constexpr int kDpi = 75;

    // "P6 width height 255" and three bytes a point.
    static Ink ink_of(const std::filesystem::path& path, const std::function<bool(Rgb)>& counts) {
        constexpr std::size_t kMostBytes = 16UL << 20;
        const auto bytes = base::read_file(path, kMostBytes);
        REQUIRE(bytes.ok());
        std::istringstream header(bytes->substr(0, 64));
        std::string kind;
        std::size_t width = 0, height = 0, depth = 0;
        header >> kind >> width >> height >> depth;
        REQUIRE(kind == "P6");
        const auto start = static_cast<std::size_t>(header.tellg()) + 1;
        REQUIRE(bytes->size() == start + 3 * width * height);
        std::size_t left = width, top = height, right = 0, bottom = 0, dark = 0;
        for (std::size_t y = 0; y < height; ++y) {
            for (std::size_t x = 0; x < width; ++x) {
                const auto* at = reinterpret_cast<const unsigned char*>(bytes->data()) + start +
                                 3 * (y * width + x);
                if (!counts({at[0], at[1], at[2]})) continue;
                ++dark;
                left = std::min(left, x);
                right = std::max(right, x + 1);
                top = std::min(top, y);
                bottom = std::max(bottom, y + 1);
            }
        }
        const auto mm = [](std::size_t pixels) {
            return static_cast<double>(pixels) * 25.4 / kDpi;
        };
        return {mm(width),
                mm(height),
                mm(left),
                mm(top),
                mm(right),
                mm(bottom),
                static_cast<double>(dark) / static_cast<double>(width * height)};
    }

    std::filesystem::path folder_;
    std::string path_;
};

// Every page has something on it, and none of that where a printer does not reach.
inline void check_pages(const std::vector<Ink>& pages) {
    CHECK(!pages.empty());
    for (std::size_t i = 0; i < pages.size(); ++i) {
        const Ink& page = pages[i];
        const bool roll = page.width < 100;
        const double margin = roll ? 3 : 8;
        CAPTURE(i);
        CHECK(page.share > 0.002);
        CHECK(page.share < 0.5);
        CHECK(page.left >= margin);
        CHECK(page.top >= margin);
        CHECK(page.right <= page.width - margin);
        CHECK(page.bottom <= page.height - margin);
    }
}

template <typename Draw>
std::string drawn(const text::Strings& strings, Draw draw) {
    auto canvas = documents::PdfCanvas::create("Test", strings.locale().direction);
    REQUIRE(canvas.ok());
    draw(**canvas);
    auto bytes = (*canvas)->finish();
    REQUIRE(bytes.ok());
    return std::move(bytes).value();
}

// The paper's text; its pages were looked at too.
template <typename Draw>
std::string read_back(const char* name, const text::Strings& strings, Draw draw) {
    const PaperFile paper(name, drawn(strings, draw));
    check_pages(paper.pages());
    return paper.text();
}

}  // namespace showfloor::testing
