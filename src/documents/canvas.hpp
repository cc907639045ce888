#pragma once
// Canvas: what a document is drawn on. The same drawing code makes the PDF (PdfCanvas) and the
// picture on the terminal's screen (over ImDrawList), so neither needs a viewer.
// Units: millimetres from the page's top left corner; text by its baseline.
// Thread contract: belongs to the thread that draws.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "imaging/image.hpp"

namespace showfloor::documents {

struct Color {
    std::uint8_t red = 0, green = 0, blue = 0;
};

enum class Weight { kRegular, kBold };
enum class Align { kLeft, kRight, kCenter };

struct TextStyle {
    double size_mm = 3.5;  // font size, em
    Weight weight = Weight::kRegular;
    Color color{};
    Align align = Align::kLeft;  // x is the left end, the right end or the middle
};

// Pixels, shared with whoever decoded them, under the name that tells them from all others (their
// blob's hash). Without pixels there is no picture.
struct Picture {
    std::string name;
    std::shared_ptr<const imaging::Image> pixels;
};

class Canvas {
   public:
    virtual ~Canvas() = default;
    // The first call comes before everything that is drawn.
    virtual void begin_page(double width_mm, double height_mm) = 0;
    // One line of logical-order UTF-8; the canvas orders and joins it for display.
    virtual void text(double x, double baseline, std::string_view utf8, const TextStyle& style) = 0;
    // May be asked before the first page begins.
    virtual double text_width(std::string_view utf8, const TextStyle& style) = 0;
    virtual void line(double x1, double y1, double x2, double y2, double width, Color color) = 0;
    virtual void rect(double x, double y, double width, double height, Color fill) = 0;
    // Fills the box; where the picture is transparent, white paper shows. Its pixels are there.
    virtual void image(double x, double y, double width, double height, const Picture& picture) = 0;
};

}  // namespace showfloor::documents
