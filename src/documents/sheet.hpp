#pragma once
// Sheet: a page being filled from the top, one cursor and one way to write each kind of thing; what
// all papers share. Private to this folder. Thread contract: belongs to the thread that draws.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "documents/canvas.hpp"
#include "domain/records.hpp"
#include "text/strings.hpp"

namespace showfloor::documents {

inline constexpr Color kInk{0x15, 0x18, 0x1C};
inline constexpr Color kQuiet{0x5B, 0x63, 0x70};
inline constexpr Color kLine{0xD6, 0xD3, 0xCC};
inline constexpr Color kGround{0xF5, 0xF4, 0xF1};

struct PageFormat {
    double width, height, margin;
    bool roll = false;  // printed on a roll: never a second page
};
inline constexpr PageFormat kA4Portrait{210, 297, 18};
inline constexpr PageFormat kA4Landscape{297, 210, 14};

// What stands at the foot of every page; nothing when `pages` is 0.
struct Foot {
    std::string label;
    int pages = 0;  // of the whole paper, as a run over Measuring counted them
};

class Sheet {
   public:
    // Dates are those of `zone`, "" = UTC.
    Sheet(Canvas& canvas, const text::Strings& strings, std::string_view currency, std::string zone,
          PageFormat format, Foot foot = {});

    [[nodiscard]] bool mirrored() const {
        return strings_.locale().direction == text::Direction::kRightToLeft;
    }
    [[nodiscard]] double left() const { return format_.margin; }
    [[nodiscard]] double right() const { return format_.width - format_.margin; }
    [[nodiscard]] double inner() const { return right() - left(); }
    [[nodiscard]] double y() const { return y_; }
    void set_y(double y) { y_ = y; }
    void gap(double mm) { y_ += mm; }
    [[nodiscard]] bool roll() const { return format_.roll; }
    [[nodiscard]] const text::Strings& strings() const { return strings_; }

    [[nodiscard]] std::string word(std::string_view key, text::Values values = {}) const {
        return strings_.get(key, values);
    }
    void use_currency(std::string_view currency);
    [[nodiscard]] std::string money(std::int64_t minor) const;
    // The amount alone, where the currency is said elsewhere.
    [[nodiscard]] std::string figure(std::int64_t minor) const;
    [[nodiscard]] std::string date(domain::UtcMs at) const;

    // True when that much still fits on this page.
    [[nodiscard]] bool fits(double mm) const;
    void need(double mm) {
        if (!fits(mm)) new_page();
    }
    void new_page();

    // x counts from the reading side, so that right-to-left papers mirror.
    void put(double from_start, std::string_view utf8, TextStyle style);
    // Numbers of papers and cars are never cut: one that is too long gets smaller.
    void put_whole(double from_start, double width, std::string_view utf8, TextStyle style);
    // Nor are figures. Those of a column stand unit under unit in every language, so they end at
    // the cell's right edge in both directions.
    void put_figure(double from_start, double width, std::string_view utf8, TextStyle style);
    // A line of label and value at both ends. The value is kept whole, the label is cut.
    void pair(std::string_view label, std::string_view value, TextStyle style, double from = 0);
    // The same with an amount. In every language all of a paper end at one edge, unit under unit:
    // the page's, or where reading ends at the left that of the widest, which `widen` is told.
    void amount(std::string_view label, std::int64_t minor, TextStyle style, double from = 0);
    void amount_title(std::string_view utf8, TextStyle style, double pad);
    void widen(std::int64_t minor, const TextStyle& style);
    // Wrapped text; each paragraph line in its own reading order.
    void paragraph(std::string_view utf8, TextStyle style, double from = 0, double width = 0);
    void rule(double after = 2);
    void band(double height) { canvas_.rect(left(), y_, inner(), height, kGround); }
    // At the reading side, on a roll in the middle; nothing without pixels.
    void logo(const Picture& logo);
    // Strokes of a finger, 0..1000 in both directions, scaled into the box.
    void signature(std::string_view strokes_json, double from, double width, double height);

    [[nodiscard]] std::string fitted(std::string_view utf8, const TextStyle& style, double room);
    [[nodiscard]] std::vector<std::string> wrapped(std::string_view utf8, const TextStyle& style,
                                                   double room);

   private:
    [[nodiscard]] double amounts_edge(double least) const;
    [[nodiscard]] TextStyle shrunk(std::string_view utf8, TextStyle style, double room);

    Canvas& canvas_;
    const text::Strings& strings_;
    std::string currency_;
    int digits_ = 2;
    std::string zone_;
    PageFormat format_;
    Foot foot_;
    int page_ = 0;
    double y_ = 0;
    double amounts_ = 0;  // how wide the widest is
};

[[nodiscard]] TextStyle body(const Sheet& sheet);
[[nodiscard]] TextStyle quiet(const Sheet& sheet);
[[nodiscard]] TextStyle strong(const Sheet& sheet, double size = 0);

// "2022 Toyota Corolla Cross GLi"; a vehicle that is not ours as it is called.
[[nodiscard]] std::string car_title(const domain::Car& car);

// Who speaks, and what paper this is.
void heading(Sheet& sheet, const domain::Branch& branch, const Picture& logo,
             std::string_view title, std::string_view number, domain::UtcMs at);

// Draws nothing: how wide words are is asked of the real canvas, pages are counted.
class Measuring final : public Canvas {
   public:
    explicit Measuring(Canvas& real) : real_(real) {}
    [[nodiscard]] int pages() const { return pages_; }

    void begin_page(double, double) override { ++pages_; }
    void text(double, double, std::string_view, const TextStyle&) override {}
    double text_width(std::string_view utf8, const TextStyle& style) override {
        return real_.text_width(utf8, style);
    }
    void line(double, double, double, double, double, Color) override {}
    void rect(double, double, double, double, Color) override {}
    void image(double, double, double, double, const Picture&) override {}

   private:
    Canvas& real_;
    int pages_ = 0;
};

}  // namespace showfloor::documents
