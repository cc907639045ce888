#include "documents/pdf_canvas.hpp"

#include <hpdf.h>

#include <array>
#include <filesystem>
#include <utility>
#include <vector>

#include "documents/limits.hpp"
#include "documents/outlines.hpp"
#include "imaging/resize.hpp"
#include "text/bidi.hpp"
#include "text/utf8.hpp"

namespace showfloor::documents {

namespace {

constexpr double kPointsPerMm = 72.0 / 25.4;
constexpr float kUnitsPerEm = 1000;
// libharu addresses glyphs as UTF-8 through its own encoder, which knows the basic plane only.
constexpr char kEncoding[] = "UTF-8";
constexpr char kFontFolder[] = "/usr/share/fonts/truetype/noto/";
constexpr std::array<const char*, 4> kFontFiles = {"NotoSans-Regular.ttf", "NotoSans-Bold.ttf",
                                                   "NotoSansArabic-Regular.ttf",
                                                   "NotoSansArabic-Bold.ttf"};

// libharu embeds the glyphs that were used and their parts, but not the parts of those parts. A
// letter's isolated form is its plain letter again, which is body and dots: whoever uses one asks
// for all plain letters, or words end in dots alone.
constexpr char32_t kFirstLetter = 0x0621, kLastLetter = 0x06D3;

bool is_arabic(char32_t c) {
    return (c >= 0x0600 && c <= 0x06FF) || (c >= 0xFB50 && c <= 0xFDFF) ||
           (c >= 0xFE70 && c <= 0xFEFF);
}

// libharu reports errors by a callback; its default would end the program.
void HPDF_STDCALL on_error(HPDF_STATUS error, HPDF_STATUS detail, void* user) {
    auto* first = static_cast<std::string*>(user);
    if (first->empty()) *first = "libharu " + std::to_string(error) + "/" + std::to_string(detail);
}

}  // namespace

struct PdfCanvas::Document {
    std::string error;
    HPDF_Doc pdf = nullptr;
    HPDF_Page page = nullptr;
    std::array<HPDF_Font, 4> fonts{};   // regular, bold, Arabic regular, Arabic bold
    std::array<bool, 4> has_letters{};  // the plain letters of an Arabic face are asked for
    std::vector<Outlines> outlines;     // of the faces
    text::Direction direction = text::Direction::kLeftToRight;
    double height_mm = 0;
    int pages = 0;

    struct Run {
        std::string utf8;
        HPDF_Font font = nullptr;
        text::SignPlaces::Shift shift;  // of a sign over a letter, in units of the em
        bool sign = false;
    };
    // Splits visual-order text where the font changes, and at signs over and under letters.
    std::vector<Run> runs(std::string_view utf8, Weight weight) {
        const std::string visual = text::shape(utf8, direction);
        std::vector<Run> result;
        text::SignPlaces signs(kUnitsPerEm);
        char32_t letter = 0;  // that no sign was drawn over yet
        std::size_t face_of_letter = 0;
        for (std::size_t at = 0; at < visual.size();) {
            char32_t c = text::next_code_point(visual, at);
            if (c == 0xA0 || c == 0x202F) c = ' ';  // a wide space where the font has no narrow one
            if (c == 0x2212) c = '-';               // a minus that the font has
            if (c > 0xFFFF || c < 0x20) c = 0xFFFD;
            const std::size_t face = (is_arabic(c) ? 2U : 0U) + (weight == Weight::kBold ? 1U : 0U);
            if (is_arabic(c)) ask_for_letters(face);
            const bool sign = text::is_sign(c);
            if (result.empty() || result.back().font != fonts[face] || sign || result.back().sign)
                result.push_back({.utf8 = {}, .font = fonts[face], .shift = {}, .sign = sign});
            text::append_utf8(result.back().utf8, c);
            if (!sign) {
                letter = c, face_of_letter = face;
                continue;
            }
            if (const char32_t under = std::exchange(letter, 0))
                signs.letter(outlines[face_of_letter].ink(under, true));
            result.back().shift = signs.place(outlines[face].ink(c, false));
        }
        return result;
    }

    void ask_for_letters(std::size_t face) {
        if (std::exchange(has_letters[face], true)) return;
        std::string letters;
        for (char32_t c = kFirstLetter; c <= kLastLetter; ++c)
            text::append_utf8(letters, c);
        HPDF_Font_TextWidth(fonts[face], reinterpret_cast<const HPDF_BYTE*>(letters.data()),
                            static_cast<HPDF_UINT>(letters.size()));
    }

    // In points; asks the font alone, so it works before there is a page. Sets the font where there
    // is one.
    double width(const Run& run, double size) const {
        if (page != nullptr) HPDF_Page_SetFontAndSize(page, run.font, static_cast<HPDF_REAL>(size));
        const HPDF_TextWidth measured =
            HPDF_Font_TextWidth(run.font, reinterpret_cast<const HPDF_BYTE*>(run.utf8.data()),
                                static_cast<HPDF_UINT>(run.utf8.size()));
        return static_cast<double>(measured.width) * size / kUnitsPerEm;
    }
};

PdfCanvas::PdfCanvas(std::unique_ptr<Document> document) : document_(std::move(document)) {}

PdfCanvas::~PdfCanvas() {
    if (document_->pdf != nullptr) HPDF_Free(document_->pdf);
}

base::Result<std::unique_ptr<PdfCanvas>> PdfCanvas::create(const std::string& title,
                                                           text::Direction direction) {
    auto document = std::make_unique<Document>();
    document->direction = direction;
    document->pdf = HPDF_New(&on_error, &document->error);
    if (document->pdf == nullptr) return base::fail("There is no memory to make a PDF.");
    HPDF_UseUTFEncodings(document->pdf);
    HPDF_SetCompressionMode(document->pdf, HPDF_COMP_ALL);
    HPDF_SetInfoAttr(document->pdf, HPDF_INFO_TITLE, title.c_str());
    for (std::size_t i = 0; i < kFontFiles.size(); ++i) {
        const std::string path = std::string(kFontFolder) + kFontFiles[i];
        std::error_code problem;
        if (!std::filesystem::exists(path, problem)) {
            HPDF_Free(document->pdf);
            return base::fail(base::ErrorKind::kNotFound, "The font " + path +
                                                              " is missing; install the package "
                                                              "fonts-noto-core.");
        }
        document->outlines.emplace_back(path);
        const char* name = HPDF_LoadTTFontFromFile(document->pdf, path.c_str(), HPDF_TRUE);
        if (name != nullptr) document->fonts[i] = HPDF_GetFont(document->pdf, name, kEncoding);
    }
    auto canvas = std::unique_ptr<PdfCanvas>(new PdfCanvas(std::move(document)));
    if (!canvas->document_->error.empty())
        return base::fail("A PDF cannot be made: " + canvas->document_->error + ".");
    return canvas;
}

void PdfCanvas::begin_page(double width_mm, double height_mm) {
    SHOWFLOOR_CHECK(++document_->pages <= kMaxPages, "a document without end");
    document_->page = HPDF_AddPage(document_->pdf);
    document_->height_mm = height_mm;
    HPDF_Page_SetWidth(document_->page, static_cast<HPDF_REAL>(width_mm * kPointsPerMm));
    HPDF_Page_SetHeight(document_->page, static_cast<HPDF_REAL>(height_mm * kPointsPerMm));
}

void PdfCanvas::text(double x, double baseline, std::string_view utf8, const TextStyle& style) {
    if (utf8.empty()) return;
    double left = x;
    if (style.align == Align::kRight) left -= text_width(utf8, style);
    if (style.align == Align::kCenter) left -= text_width(utf8, style) / 2;
    const double size = style.size_mm * kPointsPerMm;
    HPDF_Page_SetRGBFill(document_->page, static_cast<HPDF_REAL>(style.color.red) / 255,
                         static_cast<HPDF_REAL>(style.color.green) / 255,
                         static_cast<HPDF_REAL>(style.color.blue) / 255);
    double at = left * kPointsPerMm;
    const double y = (document_->height_mm - baseline) * kPointsPerMm;
    HPDF_Page_BeginText(document_->page);
    for (const auto& run : document_->runs(utf8, style.weight)) {
        const double width = document_->width(run, size), em = size / kUnitsPerEm;
        // libharu leaves out what has no width, as signs over letters have none.
        constexpr HPDF_REAL kHair = 0.01F;
        HPDF_Page_SetCharSpace(document_->page, run.sign ? kHair : 0);
        HPDF_Page_TextOut(document_->page, static_cast<HPDF_REAL>(at + run.shift.x * em),
                          static_cast<HPDF_REAL>(y + run.shift.y * em), run.utf8.c_str());
        at += width;
    }
    HPDF_Page_EndText(document_->page);
}

double PdfCanvas::text_width(std::string_view utf8, const TextStyle& style) {
    double width = 0;
    for (const auto& run : document_->runs(utf8, style.weight))
        width += document_->width(run, style.size_mm * kPointsPerMm);
    return width / kPointsPerMm;
}

void PdfCanvas::line(double x1, double y1, double x2, double y2, double width, Color color) {
    HPDF_Page page = document_->page;
    const auto to_x = [](double x) { return static_cast<HPDF_REAL>(x * kPointsPerMm); };
    const auto to_y = [this](double y) {
        return static_cast<HPDF_REAL>((document_->height_mm - y) * kPointsPerMm);
    };
    HPDF_Page_SetRGBStroke(page, static_cast<HPDF_REAL>(color.red) / 255,
                           static_cast<HPDF_REAL>(color.green) / 255,
                           static_cast<HPDF_REAL>(color.blue) / 255);
    HPDF_Page_SetLineWidth(page, static_cast<HPDF_REAL>(width * kPointsPerMm));
    HPDF_Page_MoveTo(page, to_x(x1), to_y(y1));
    HPDF_Page_LineTo(page, to_x(x2), to_y(y2));
    HPDF_Page_Stroke(page);
}

void PdfCanvas::rect(double x, double y, double width, double height, Color fill) {
    HPDF_Page page = document_->page;
    HPDF_Page_SetRGBFill(page, static_cast<HPDF_REAL>(fill.red) / 255,
                         static_cast<HPDF_REAL>(fill.green) / 255,
                         static_cast<HPDF_REAL>(fill.blue) / 255);
    HPDF_Page_Rectangle(page, static_cast<HPDF_REAL>(x * kPointsPerMm),
                        static_cast<HPDF_REAL>((document_->height_mm - y - height) * kPointsPerMm),
                        static_cast<HPDF_REAL>(width * kPointsPerMm),
                        static_cast<HPDF_REAL>(height * kPointsPerMm));
    HPDF_Page_Fill(page);
}

void PdfCanvas::image(double x, double y, double width, double height, const Picture& picture) {
    imaging::Image small = imaging::fit(*picture.pixels, kLogoPixels);
    imaging::flatten(small, {255, 255, 255});
    std::vector<HPDF_BYTE> rgb;
    rgb.reserve(small.rgba.size() / 4 * 3);
    for (std::size_t i = 0; i < small.rgba.size(); i += 4)
        rgb.insert(rgb.end(), small.rgba.begin() + static_cast<std::ptrdiff_t>(i),
                   small.rgba.begin() + static_cast<std::ptrdiff_t>(i + 3));
    HPDF_Image made = HPDF_LoadRawImageFromMem(
        document_->pdf, rgb.data(), static_cast<HPDF_UINT>(small.width),
        static_cast<HPDF_UINT>(small.height), HPDF_CS_DEVICE_RGB, 8);  // it copies them
    if (made == nullptr) return;                                       // finish() says so
    HPDF_Page_DrawImage(document_->page, made, static_cast<HPDF_REAL>(x * kPointsPerMm),
                        static_cast<HPDF_REAL>((document_->height_mm - y - height) * kPointsPerMm),
                        static_cast<HPDF_REAL>(width * kPointsPerMm),
                        static_cast<HPDF_REAL>(height * kPointsPerMm));
}

base::Result<std::string> PdfCanvas::finish() {
    if (document_->error.empty()) HPDF_SaveToStream(document_->pdf);
    if (!document_->error.empty())
        return base::fail("The PDF could not be made: " + document_->error + ".");
    std::string bytes;
    std::array<HPDF_BYTE, 65536> buffer{};
    HPDF_ResetStream(document_->pdf);
    for (;;) {
        HPDF_UINT32 size = static_cast<HPDF_UINT32>(buffer.size());
        HPDF_ReadFromStream(document_->pdf, buffer.data(), &size);
        if (size == 0) break;
        bytes.append(reinterpret_cast<const char*>(buffer.data()), size);
        if (size < buffer.size()) break;
    }
    return bytes;
}

}  // namespace showfloor::documents
