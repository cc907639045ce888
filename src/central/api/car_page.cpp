#include "central/api/car_page.hpp"

#include "base/json.hpp"
#include "domain/money.hpp"

namespace showfloor::central {

namespace {

using base::Json;

constexpr std::string_view kHead =
    R"(<meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">)"
    R"(<style>body{margin:0;background:#f5f4f1;color:#15181c;font:17px/1.5 system-ui,sans-serif})"
    R"(main{max-width:40rem;margin:0 auto;padding:1rem}article{background:#fff;border-radius:20px;)"
    R"(overflow:hidden;margin:0 0 1.5rem}img{display:block;width:100%;aspect-ratio:16/10;)"
    R"(object-fit:cover}section{padding:1rem 1.25rem 1.25rem}h1{font-size:1.4rem;margin:0}p{margin:)"
    R"(.25rem 0;color:#5b6470}b{font-size:1.5rem;color:#15181c}dl{display:grid;grid-template-)"
    R"(columns:auto 1fr;gap:.3rem 1rem;margin:1rem 0}dt{color:#5b6470}dd{margin:0}a{color:#0f766e})"
    R"(footer{color:#5b6470;padding:0 0 2rem}</style>)";

template <typename Names, typename Enum>
std::string_view word(const Names& names, Enum value) {
    return names[static_cast<std::size_t>(value)];
}

// "4,250,000" with minor digits when there are any.
std::string plain_amount(std::int64_t minor, int digits, bool grouped) {
    std::int64_t unit = 1;
    for (int i = 0; i < digits; ++i)
        unit *= 10;
    std::string whole = std::to_string(minor / unit);
    if (grouped)
        for (int at = static_cast<int>(whole.size()) - 3; at > 0; at -= 3)
            whole.insert(static_cast<std::size_t>(at), ",");
    const std::int64_t rest = minor % unit;
    if (rest == 0) return whole;
    std::string part = std::to_string(rest);
    return whole + "." + std::string(static_cast<std::size_t>(digits) - part.size(), '0') + part;
}

std::string title(const domain::Car& car) {
    return std::to_string(car.year) + " " + car.make + " " + car.model;
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
          {"price", plain_amount(car.price_minor, digits, false)},
          {"priceCurrency", car.currency},
          {"availability",
           in_stock ? "https://schema.org/InStock" : "https://schema.org/LimitedAvailability"},
          {"seller", {{"@type", "AutoDealer"}, {"name", entry.branch.legal_name}}}}},
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

void add_fact(std::string& html, std::string_view what, std::string_view value) {
    if (value.empty() || value == "unknown") return;
    html += "<dt>" + std::string(what) + "</dt><dd>" + html_escaped(value) + "</dd>";
}

std::string article(const PageCar& entry, std::string_view host) {
    const domain::Car& car = entry.car;
    const int digits = domain::minor_digits(car.currency).value_or(2);
    const std::string name = html_escaped(title(car));
    std::string html = "<article>";
    if (!entry.picture.empty())
        html += "<img src=\"/blobs/" + html_escaped(entry.picture) + "\" alt=\"" + name + "\">";
    html += "<section><h1>" + name + "</h1><p>" + html_escaped(car.trim_level) + "</p><b>" +
            html_escaped(car.currency) + " " + plain_amount(car.price_minor, digits, true) +
            "</b><dl>";
    const bool miles = car.mileage_unit == domain::MileageUnit::kMi;
    add_fact(html, "Mileage", plain_amount(car.mileage, 0, true) + (miles ? " mi" : " km"));
    add_fact(html, "Fuel", word(domain::kFuelTypeNames, car.fuel_type));
    add_fact(html, "Gearbox", word(domain::kTransmissionNames, car.transmission));
    add_fact(html, "Drive", word(domain::kDriveTypeNames, car.drive_type));
    add_fact(html, "Colour", car.color);
    add_fact(html, "Stock number", car.stock_number);
    html += "</dl><p>" + html_escaped(car.description) + "</p></section><footer><section>" +
            html_escaped(entry.branch.legal_name) + "<br>" + html_escaped(entry.branch.address);
    if (!entry.branch.phone.empty())
        html += "<br><a href=\"tel:" + html_escaped(entry.branch.phone) + "\">" +
                html_escaped(entry.branch.phone) + "</a>";
    html += "</section></footer></article>";
    html += "<script type=\"application/ld+json\">" +
            script_safe(base::dump_json(described(entry, host))) + "</script>";
    return html;
}

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

std::string car_page(const std::vector<PageCar>& cars, std::string_view host) {
    std::string html = "<!doctype html><html lang=\"en\">";
    html += kHead;
    html += "<title>" + html_escaped(cars.empty() ? "Cars" : title(cars.front().car)) +
            "</title><main>";
    for (const PageCar& car : cars)
        html += article(car, host);
    return html + "</main></html>\n";
}

}  // namespace showfloor::central
