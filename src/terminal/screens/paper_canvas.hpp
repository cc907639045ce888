#pragma once
// PaperCanvas: documents' Canvas over the painter, so that a paper on screen is the paper in the
// PDF. Pages stand below each other. Thread contract: UI thread, during a frame.

#include "documents/canvas.hpp"
#include "ui/context.hpp"

namespace showfloor::terminal {

class PaperCanvas final : public documents::Canvas {
   public:
    // Pages begin at `top_left` and are `width` dp wide, which is `width_mm` of the paper.
    PaperCanvas(ui::Context& ui, ui::Point top_left, float width, float width_mm)
        : ui_(ui),
          origin_(top_left),
          width_(width),
          scale_(width / width_mm),
          bottom_(top_left.y) {}

    void begin_page(double width_mm, double height_mm) override;
    void text(double x, double baseline, std::string_view utf8,
              const documents::TextStyle& style) override;
    double text_width(std::string_view utf8, const documents::TextStyle& style) override;
    void line(double x1, double y1, double x2, double y2, double width,
              documents::Color color) override;
    void rect(double x, double y, double width, double height, documents::Color fill) override;
    void image(double x, double y, double width, double height,
               const documents::Picture& picture) override;

    [[nodiscard]] float bottom() const { return bottom_; }  // of the last page

   private:
    [[nodiscard]] float dp(double mm) const { return static_cast<float>(mm) * scale_; }
    [[nodiscard]] ui::TextStyle style_of(const documents::TextStyle& style) const;

    ui::Context& ui_;
    ui::Point origin_;
    float width_;
    float scale_;  // dp of a millimetre
    float bottom_;
};

}  // namespace showfloor::terminal
