#include "central/api/car_page.hpp"

#include "base/json.hpp"
#include "domain/money.hpp"
#include "text/format.hpp"

namespace showfloor::central {

namespace {

using base::Json;

constexpr std::string_view kHead =
    R"(<meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">)"
    R"(<style>body{margin:0;background:#f5f4f1;color:#15181c;font:17px/1.5 system-ui,sans-serif;)"
    R"(overflow-wrap:anywhere}main{max-width:40rem;margin:0 auto;padding:1rem}article{background:)"
    R"(#fff;border-radius:20px;overflow:hidden;margin:0 0 1.5rem}img{display:block;width:100%;)"
    R"(aspect-ratio:16/10;object-fit:cover}section,footer{padding:1rem 1.25rem 1.25rem}h1{font-)"
    R"(size:1.4rem;line-height:1.3;margin:0}p,footer{color:#5b6470;white-space:pre-line}p{margin:)"
    R"(.25rem 0}b{display:block;font-size:1.5rem;margin:.25rem 0 0}dl{display:grid;grid-template-)"
    R"(columns:auto 1fr;gap:.3rem 1.25rem;margin:1rem 0}dt{color:#5b6470}dd{margin:0}a{color:)"
    R"(#0f766e}footer{border-top:1px solid #e5e3de}</style>)";

template <typename Names, typename Enum>
std::string_view word(const Names& names, Enum value) {
    return names[static_cast<std::size_t>(value)];
}

// "4250000", with minor digits when there are any: as machines read it.
std::string plain_amount(std::int64_t minor, int digits) {
    std::int64_t unit = 1;
    for (int i = 0; i < digits; ++i)
        unit *= 10;
    const std::string whole = std::to_string(minor / unit);
    const std::int64_t rest = minor % unit;
    if (rest == 0) return whole;
    std::string part = std::to_string(rest);
    return whole + "." + std::string(static_cast<std::size_t>(digits) - part.size(), '0') + part;
}

std::string title(const domain::Car& car) {
    return std::to_string(car.year) + " " + car.make + " " + car.model;
}

// The dealer as people know it.
const std::string& dealer_name(const domain::Branch& branch) {
    return branch.legal_name.empty() ? branch.name : branch.legal_name;
}

// A telephone number as a link has it: without the spaces people read it by.
std::string dialled(std::string phone) {
    std::erase_if(phone, [](char c) { return c == ' '; });
    return phone;
}

// A script may hold no "</": JSON writes it as "<\/".
std::string script_safe(std::string json) {
    for (std::size_t at = 0; (at = json.find('<', at)) != std::string::npos;)
        json.replace(at, 1, "\\u003c");
    return json;
}

Json described(const PageCar& entry, std::string_view host) {
    const domain::Car& car = entry.car;
    const int digits = domain::minor_digits(car.currency).value_or(2);
    using domain::Availability;
    const bool in_stock = car.availability == Availability::kInStock;
    Json json = {
        {"@context", "https://schema.org"},
        {"@type", "Car"},
        {"name", title(car)},
        {"brand", {{"@type", "Brand"}, {"name", car.make}}},
        {"model", car.model},
        {"vehicleModelDate", std::to_string(car.year)},
        {"sku", car.stock_number},
        {"mileageFromOdometer",
         {{"@type", "QuantitativeValue"},
          {"value", car.mileage},
          {"unitCode", car.mileage_unit == domain::MileageUnit::kMi ? "SMI" : "KMT"}}},
        {"itemCondition", car.condition == domain::Condition::kNew
                              ? "https://schema.org/NewCondition"
                              : "https://schema.org/UsedCondition"},
        {"offers",
         {{"@type", "Offer"},
          {"price", plain_amount(car.price_minor, digits)},
          {"priceCurrency", car.currency},
          {"availability",
           in_stock ? "https://schema.org/InStock" : "https://schema.org/LimitedAvailability"},
          {"seller", {{"@type", "AutoDealer"}, {"name", dealer_name(entry.branch)}}}}},
    };
    if (!car.vin.empty()) json["vehicleIdentificationNumber"] = car.vin;
    if (!car.color.empty()) json["color"] = car.color;
    if (const auto fuel = word(domain::kFuelTypeNames, car.fuel_type); fuel != "unknown")
        json["fuelType"] = fuel;
    if (const auto gear = word(domain::kTransmissionNames, car.transmission); gear != "unknown")
        json["vehicleTransmission"] = gear;
    if (!entry.picture.empty())
        json["image"] = "https://" + std::string(host) + "/blobs/" + entry.picture;
    return json;
}

// What people typed or figures say, in its own direction whatever stands around it.
std::string apart(std::string_view words) {
    return "<bdi>" + html_escaped(words) + "</bdi>";
}

class Article {
   public:
    Article(const PageCar& entry, const text::Strings& strings)
        : entry_(entry), strings_(strings) {}

    [[nodiscard]] std::string html(std::string_view host) const {
        const domain::Car& car = entry_.car;
        const std::string name = title(car);
        std::string html = "<article>";
        if (!entry_.picture.empty())
            html += "<img src=\"/blobs/" + html_escaped(entry_.picture) + "\" alt=\"" +
                    html_escaped(name) + "\">";
        html += "<section><h1>" + apart(name) + "</h1>";
        if (!car.trim_level.empty()) html += "<p>" + apart(car.trim_level) + "</p>";
        html += "<b>" +
                apart(text::money(strings_.locale(), car.price_minor, car.currency,
                                  domain::minor_digits(car.currency).value_or(2))) +
                "</b>" + facts();
        if (!car.description.empty())
            html += "<p dir=\"auto\">" + html_escaped(car.description) + "</p>";
        return html + "</section>" + dealer() + "</article><script type=\"application/ld+json\">" +
               script_safe(base::dump_json(described(entry_, host))) + "</script>";
    }

   private:
    [[nodiscard]] std::string facts() const {
        const domain::Car& car = entry_.car;
        const auto unit = car.mileage_unit == domain::MileageUnit::kMi ? text::DistanceUnit::kMi
                                                                       : text::DistanceUnit::kKm;
        const auto option = [&](const std::string& field, std::string_view name) {
            return option_word("option." + field + "." + std::string(name), name);
        };
        return "<dl>" + fact("car.mileage", text::mileage(strings_.locale(), car.mileage, unit)) +
               fact("car.fuel", option("fuel_type", word(domain::kFuelTypeNames, car.fuel_type))) +
               fact("car.gearbox",
                    option("transmission", word(domain::kTransmissionNames, car.transmission))) +
               fact("car.drive",
                    option("drive_type", word(domain::kDriveTypeNames, car.drive_type))) +
               fact("car.color", car.color) + fact("car.stock_number", car.stock_number) + "</dl>";
    }
    // The language's name for it; empty for what nobody knows.
    [[nodiscard]] std::string option_word(const std::string& key, std::string_view name) const {
        if (strings_.has(key)) return strings_.get(key);
        return name == "unknown" ? std::string() : std::string(name);
    }
    [[nodiscard]] std::string fact(std::string_view key, const std::string& value) const {
        if (value.empty()) return {};
        return "<dt>" + html_escaped(strings_.get(key)) + "</dt><dd>" + apart(value) + "</dd>";
    }
    [[nodiscard]] std::string dealer() const {
        const domain::Branch& branch = entry_.branch;
        std::string html;
        for (const std::string& line : {dealer_name(branch), branch.address})
            if (!line.empty()) html += (html.empty() ? "" : "<br>") + apart(line);
        if (!branch.phone.empty())
            html += std::string(html.empty() ? "" : "<br>") +
                    "<a dir=\"ltr\" href=\"tel:" + html_escaped(dialled(branch.phone)) + "\">" +
                    html_escaped(branch.phone) + "</a>";
        return html.empty() ? html : "<footer>" + html + "</footer>";
    }

    const PageCar& entry_;
    const text::Strings& strings_;
};

}  // namespace

std::string html_escaped(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (const char c : text) {
        switch (c) {
            case '&':
                out += "&amp;";
                break;
            case '<':
                out += "&lt;";
                break;
            case '>':
                out += "&gt;";
                break;
            case '"':
                out += "&quot;";
                break;
            case '\'':
                out += "&#39;";
                break;
            default:
                out += c;
        }
    }
    return out;
}

std::string car_page(const std::vector<PageCar>& cars, std::string_view host,
                     const text::Strings& strings) {
    const text::Locale& locale = strings.locale();
    const bool rtl = locale.direction == text::Direction::kRightToLeft;
    std::string html = "<!doctype html><html lang=\"" + std::string(locale.code) + "\" dir=\"" +
                       (rtl ? "rtl" : "ltr") + "\">";
    html += kHead;
    if (!cars.empty()) html += "<title>" + html_escaped(title(cars.front().car)) + "</title>";
    html += "<main>";
    for (const PageCar& car : cars)
        html += Article(car, strings).html(host);
    return html + "</main></html>\n";
}

}  // namespace showfloor::central
