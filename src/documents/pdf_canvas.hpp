#pragma once
// PdfCanvas: Canvas over libharu, fonts embedded (Noto Sans; Noto Sans Arabic where needed), so
// that the text can be read back and searched. Thread contract: belongs to one thread.

#include <memory>
#include <string>

#include "base/result.hpp"
#include "documents/canvas.hpp"
#include "text/locale.hpp"

namespace showfloor::documents {

class PdfCanvas final : public Canvas {
   public:
    // `direction`: that of the paper's language, in which a line of mixed words is ordered.
    // kNotFound when the fonts are not installed (Debian: fonts-noto-core).
    static base::Result<std::unique_ptr<PdfCanvas>> create(const std::string& title,
                                                           text::Direction direction);
    ~PdfCanvas() override;

    void begin_page(double width_mm, double height_mm) override;
    void text(double x, double baseline, std::string_view utf8, const TextStyle& style) override;
    double text_width(std::string_view utf8, const TextStyle& style) override;
    void line(double x1, double y1, double x2, double y2, double width, Color color) override;
    void rect(double x, double y, double width, double height, Color fill) override;
    void image(double x, double y, double width, double height, const Picture& picture) override;

    // The file's bytes. kFailed when anything went wrong while drawing.
    base::Result<std::string> finish();

   private:
    struct Document;
    explicit PdfCanvas(std::unique_ptr<Document> document);
    std::unique_ptr<Document> document_;
};

}  // namespace showfloor::documents
