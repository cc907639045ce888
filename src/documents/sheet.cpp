#include "documents/sheet.hpp"

#include <algorithm>

#include "base/json.hpp"
#include "documents/limits.hpp"
#include "domain/money.hpp"
#include "text/bidi.hpp"
#include "text/format.hpp"
#include "text/utf8.hpp"
#include "text/zone.hpp"

namespace showfloor::documents {

namespace {

constexpr std::size_t kMaxSignature = 64 * 1024;

}  // namespace

Sheet::Sheet(Canvas& canvas, const text::Strings& strings, std::string_view currency,
             std::string zone, PageFormat format, Foot foot)
    : canvas_(canvas),
      strings_(strings),
      zone_(std::move(zone)),
      format_(format),
      foot_(std::move(foot)) {
    use_currency(currency);
    new_page();
}

void Sheet::use_currency(std::string_view currency) {
    currency_ = currency;
    digits_ = domain::minor_digits(currency_).value_or(2);
}

std::string Sheet::money(std::int64_t minor) const {
    return text::money(strings_.locale(), minor, currency_, digits_, text::MinorDigits::kAlways);
}

std::string Sheet::figure(std::int64_t minor) const {
    return text::decimal(strings_.locale(), minor, digits_);
}

std::string Sheet::date(domain::UtcMs at) const {
    return text::date(strings_.locale(), text::civil_time(at, text::utc_offset_minutes(zone_, at)));
}

bool Sheet::fits(double mm) const {
    return format_.roll || y_ + mm <= format_.height - format_.margin;
}

void Sheet::new_page() {
    canvas_.begin_page(format_.width, format_.height);
    ++page_;
    if (foot_.pages > 0) {
        TextStyle style = quiet(*this);
        style.size_mm = 2.6;
        y_ = format_.height - format_.margin + 2.5;
        const std::string page = word("document.page", {{"page", page_}, {"pages", foot_.pages}});
        TextStyle end = style;
        end.align = Align::kRight;
        put(0, fitted(foot_.label, style, inner() - canvas_.text_width(page, style) - 5), style);
        put(inner(), page, end);
    }
    y_ = format_.margin;
}

void Sheet::put(double from_start, std::string_view utf8, TextStyle style) {
    double x = left() + from_start;
    if (mirrored()) {
        x = right() - from_start;
        if (style.align == Align::kLeft)
            style.align = Align::kRight;
        else if (style.align == Align::kRight)
            style.align = Align::kLeft;
    }
    canvas_.text(x, y_ + style.size_mm, utf8, style);
}

TextStyle Sheet::shrunk(std::string_view utf8, TextStyle style, double room) {
    const double wide = canvas_.text_width(utf8, style);
    if (wide > room) style.size_mm *= room / wide;
    return style;
}

void Sheet::put_whole(double from_start, double width, std::string_view utf8, TextStyle style) {
    const double top = y_;
    const TextStyle small = shrunk(utf8, style, width);
    y_ += style.size_mm - small.size_mm;  // on the line of its neighbours
    put(from_start, utf8, small);
    y_ = top;
}

void Sheet::put_figure(double from_start, double width, std::string_view utf8, TextStyle style) {
    const double baseline = y_ + style.size_mm;
    style = shrunk(utf8, style, width);
    style.align = Align::kRight;
    const double edge = mirrored() ? right() - from_start : left() + from_start + width;
    canvas_.text(edge, baseline, utf8, style);
}

void Sheet::pair(std::string_view label, std::string_view value, TextStyle style, double from) {
    const double row = style.size_mm * 1.55;
    need(row);
    TextStyle end = style;
    end.align = Align::kRight;
    const double room = inner() - from - canvas_.text_width(value, style) - 3;
    put(from, fitted(label, style, room), style);
    put(inner(), value, end);
    y_ += row;
}

double Sheet::amounts_edge(double least) const {
    return mirrored() ? left() + std::max(amounts_, least) : right();
}

void Sheet::amount(std::string_view label, std::int64_t minor, TextStyle style, double from) {
    const std::string value = money(minor);
    const double row = style.size_mm * 1.55;
    need(row);
    const double wide = canvas_.text_width(value, style);
    const double room = inner() - from - (mirrored() ? std::max(amounts_, wide) : wide) - 3;
    put(from, fitted(label, style, room), style);
    style.align = Align::kRight;
    canvas_.text(amounts_edge(wide), y_ + style.size_mm, value, style);
    y_ += row;
}

void Sheet::amount_title(std::string_view utf8, TextStyle style, double pad) {
    style.align = Align::kRight;
    const double wide = canvas_.text_width(utf8, style) + pad;
    canvas_.text(amounts_edge(wide) - (mirrored() ? 0 : pad), y_ + style.size_mm, utf8, style);
}

void Sheet::widen(std::int64_t minor, const TextStyle& style) {
    amounts_ = std::max(amounts_, canvas_.text_width(money(minor), style));
}

void Sheet::paragraph(std::string_view utf8, TextStyle style, double from, double width) {
    if (utf8.empty()) return;
    const double room = width > 0 ? width : inner() - from;
    for (const std::string& row : wrapped(utf8.substr(0, kMaxParagraph), style, room)) {
        need(style.size_mm * 1.4);
        put(from, row, style);
        y_ += style.size_mm * 1.4;
    }
}

void Sheet::rule(double after) {
    canvas_.line(left(), y_, right(), y_, 0.25, kLine);
    y_ += after;
}

void Sheet::logo(const Picture& logo) {
    if (!logo.pixels || logo.pixels->empty()) return;
    const double wide = logo.pixels->width, high = logo.pixels->height;
    const double scale = std::min(kLogoWidth / wide, kLogoHeight / high);
    const double width = wide * scale, height = high * scale;
    const double start = mirrored() ? right() - width : left();
    canvas_.image(roll() ? left() + (inner() - width) / 2 : start, y_, width, height, logo);
    y_ += height + 3;
}

void Sheet::signature(std::string_view strokes_json, double from, double width, double height) {
    const auto strokes = base::parse_json(strokes_json, kMaxSignature);
    if (!strokes || !strokes->is_array()) return;
    const double origin = mirrored() ? right() - from - width : left() + from;
    for (const auto& stroke : *strokes) {
        for (std::size_t i = 1; stroke.is_array() && i < stroke.size(); ++i) {
            const auto& a = stroke[i - 1];
            const auto& b = stroke[i];
            if (!a.is_array() || !b.is_array() || a.size() != 2 || b.size() != 2) continue;
            if (!a[0].is_number() || !a[1].is_number() || !b[0].is_number() || !b[1].is_number())
                continue;
            canvas_.line(origin + a[0].get<double>() * width / 1000,
                         y_ + a[1].get<double>() * height / 1000,
                         origin + b[0].get<double>() * width / 1000,
                         y_ + b[1].get<double>() * height / 1000, 0.4, kInk);
        }
    }
    canvas_.line(origin, y_ + height, origin + width, y_ + height, 0.25, kQuiet);
    y_ += height + 1;
}

std::string Sheet::fitted(std::string_view utf8, const TextStyle& style, double room) {
    if (canvas_.text_width(utf8, style) <= room) return std::string(utf8);
    std::string cut(utf8);
    while (!cut.empty() && canvas_.text_width(cut + "…", style) > room)
        cut.resize(text::previous_boundary(cut, cut.size()));
    return cut + "…";
}

std::vector<std::string> Sheet::wrapped(std::string_view utf8, const TextStyle& style,
                                        double room) {
    std::vector<std::string> rows(1);
    std::string word;
    const auto flush = [&] {
        if (word.empty()) return;
        const std::string longer = rows.back().empty() ? word : rows.back() + " " + word;
        if (canvas_.text_width(longer, style) <= room || rows.back().empty())
            rows.back() = fitted(longer, style, room);
        else
            rows.push_back(fitted(word, style, room));
        word.clear();
    };
    for (const char c : utf8) {
        if (c != ' ' && c != '\n') {
            word += c;
            continue;
        }
        flush();
        if (c == '\n') rows.emplace_back();
    }
    flush();
    text::carry_isolates(rows);
    return rows;
}

TextStyle body(const Sheet& sheet) {
    return {.size_mm = sheet.roll() ? 3.0 : 3.4, .weight = Weight::kRegular, .color = kInk};
}
TextStyle quiet(const Sheet& sheet) {
    TextStyle style = body(sheet);
    style.color = kQuiet;
    return style;
}
TextStyle strong(const Sheet& sheet, double size) {
    TextStyle style = body(sheet);
    style.weight = Weight::kBold;
    if (size > 0) style.size_mm = size;
    return style;
}

std::string car_title(const domain::Car& car) {
    if (car.year == 0) return car.model;  // a vehicle that is not ours: as it is called
    return std::to_string(car.year) + " " + car.make + " " + car.model +
           (car.trim_level.empty() ? "" : " " + car.trim_level);
}

void heading(Sheet& sheet, const domain::Branch& branch, const Picture& logo,
             std::string_view title, std::string_view number, domain::UtcMs at) {
    const std::string& seller = branch.legal_name.empty() ? branch.name : branch.legal_name;
    if (sheet.roll()) {
        sheet.logo(logo);
        sheet.paragraph(seller, strong(sheet, 4.2));
        sheet.paragraph(branch.address, quiet(sheet));
        sheet.paragraph(branch.phone, quiet(sheet));
        if (!branch.tax_number.empty())
            sheet.paragraph(sheet.word("document.tax_number", {{"number", branch.tax_number}}),
                            quiet(sheet));
        sheet.gap(2);
        sheet.rule();
        sheet.paragraph(title, strong(sheet, 4.2));
        sheet.pair(number, sheet.date(at), body(sheet));
        sheet.gap(1);
        return;
    }
    const double top = sheet.y();
    sheet.logo(logo);
    sheet.paragraph(seller, strong(sheet, 5.4), 0, 100);
    sheet.paragraph(branch.address, quiet(sheet), 0, 100);
    std::string contact = branch.phone;
    if (!branch.email.empty()) contact += (contact.empty() ? "" : " · ") + branch.email;
    sheet.paragraph(contact, quiet(sheet), 0, 100);
    if (!branch.tax_number.empty())
        sheet.paragraph(sheet.word("document.tax_number", {{"number", branch.tax_number}}),
                        quiet(sheet), 0, 100);
    const double bottom = sheet.y();
    sheet.set_y(top);
    TextStyle end = strong(sheet, 8);
    end.align = Align::kRight;
    sheet.put(sheet.inner(), title, end);
    sheet.gap(12);
    end = strong(sheet, 4);
    end.align = Align::kRight;
    sheet.put(sheet.inner(), number, end);
    sheet.gap(6.5);
    end = quiet(sheet);
    end.align = Align::kRight;
    sheet.put(sheet.inner(), sheet.date(at), end);
    sheet.set_y(std::max(bottom, sheet.y() + 6) + 6);
    sheet.rule();
    sheet.gap(3);
}

}  // namespace showfloor::documents
