#include "terminal/screens/signature.hpp"

#include <cmath>
#include <vector>

#include "base/json.hpp"
#include "ui/controls.hpp"

namespace showfloor::terminal {

namespace {

// The longest an invoice keeps; a hand that goes on writing is not heard any more.
constexpr std::size_t kMostBytes = 60'000;

using Strokes = std::vector<std::vector<ui::Point>>;

Strokes strokes_of(const std::string& json) {
    Strokes strokes;
    if (json.empty()) return strokes;
    const auto parsed = base::parse_json(json, kMostBytes);
    if (!parsed || !parsed->is_array()) return strokes;
    for (const auto& line : *parsed) {
        if (!line.is_array()) return {};
        auto& stroke = strokes.emplace_back();
        for (const auto& point : line) {
            if (!point.is_array() || point.size() != 2 || !point[0].is_number() ||
                !point[1].is_number())
                return {};
            stroke.push_back({point[0].get<float>(), point[1].get<float>()});
        }
    }
    return strokes;
}

std::string json_of(const Strokes& strokes) {
    base::Json json = base::Json::array();
    for (const auto& stroke : strokes) {
        base::Json line = base::Json::array();
        for (const ui::Point p : stroke)
            line.push_back({std::lround(p.x), std::lround(p.y)});
        json.push_back(std::move(line));
    }
    return base::dump_json(json);
}

}  // namespace

bool signature_box(ui::Context& ui, ui::Area area, std::string_view id, std::string_view invite,
                   std::string& strokes) {
    Strokes drawn = strokes_of(strokes);
    if (!signature_pad(ui, area, id, invite, drawn)) return false;
    std::string json = json_of(drawn);
    if (json.size() > kMostBytes) return false;
    strokes = std::move(json);
    return true;
}

}  // namespace showfloor::terminal
