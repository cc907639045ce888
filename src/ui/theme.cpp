#include "ui/theme.hpp"

#include <array>
#include <cmath>
#include <optional>
#include <utility>

#include "base/encoding.hpp"
#include "base/file.hpp"
#include "base/json.hpp"
#include "ui/limits.hpp"

namespace showfloor::ui {

namespace {

using ColorField = std::pair<const char*, Color Colors::*>;
constexpr std::array<ColorField, 40> kColorFields = {{
    {"ground", &Colors::ground},
    {"card", &Colors::card},
    {"ink", &Colors::ink},
    {"quiet", &Colors::quiet},
    {"line", &Colors::line},
    {"outline", &Colors::outline},
    {"accent", &Colors::accent},
    {"on_accent", &Colors::on_accent},
    {"accent_soft", &Colors::accent_soft},
    {"accent_tint", &Colors::accent_tint},
    {"inverse", &Colors::inverse},
    {"on_inverse", &Colors::on_inverse},
    {"sunken", &Colors::sunken},
    {"track", &Colors::track},
    {"thumb", &Colors::thumb},
    {"on_thumb", &Colors::on_thumb},
    {"switch_off", &Colors::switch_off},
    {"keyboard", &Colors::keyboard},
    {"key", &Colors::key},
    {"key_soft", &Colors::key_soft},
    {"good", &Colors::good},
    {"good_soft", &Colors::good_soft},
    {"warning", &Colors::warning},
    {"warning_soft", &Colors::warning_soft},
    {"danger", &Colors::danger},
    {"danger_soft", &Colors::danger_soft},
    {"on_danger", &Colors::on_danger},
    {"info", &Colors::info},
    {"info_soft", &Colors::info_soft},
    {"alert", &Colors::alert},
    {"on_alert", &Colors::on_alert},
    {"offline", &Colors::offline},
    {"focus", &Colors::focus},
    {"shadow", &Colors::shadow},
    {"shade", &Colors::shade},
    {"badge", &Colors::badge},
    {"on_badge", &Colors::on_badge},
    {"placeholder", &Colors::placeholder},
    {"disabled", &Colors::disabled},
    {"on_disabled", &Colors::on_disabled},
}};

using SizeField = std::pair<const char*, float Theme::*>;
constexpr std::array<SizeField, 10> kSizeFields = {{
    {"/radius/control", &Theme::radius_control},
    {"/radius/card", &Theme::radius_card},
    {"/radius/chip", &Theme::radius_chip},
    {"/type/caption", &Theme::size_caption},
    {"/type/small", &Theme::size_small},
    {"/type/body", &Theme::size_body},
    {"/type/body_large", &Theme::size_body_large},
    {"/type/title", &Theme::size_title},
    {"/type/figure", &Theme::size_figure},
    {"/type/display", &Theme::size_display},
}};

double luminance(Color c) {
    return 0.2126 * linear(c.r) + 0.7152 * linear(c.g) + 0.0722 * linear(c.b);
}

}  // namespace

TextStyle Theme::text(Style style) const {
    switch (style) {
        case Style::kCaption:
            return {size_caption, Weight::kRegular, 0, false};
        case Style::kSmall:
            return {size_small, Weight::kRegular, 0, false};
        case Style::kBody:
            return {size_body, Weight::kRegular, 0, false};
        case Style::kBodyStrong:
            return {size_body, Weight::kSemiBold, 0, false};
        case Style::kBodyLarge:
            return {size_body_large, Weight::kRegular, 0, false};
        case Style::kLabel:
            return {size_body_large, Weight::kSemiBold, -0.005F, false};
        case Style::kHeading:
            return {size_body_large + 2, Weight::kSemiBold, -0.01F, false};
        case Style::kTitle:
            return {size_title, Weight::kBold, -0.015F, false};
        case Style::kFigure:
            return {size_figure, Weight::kBold, -0.02F, true};
        case Style::kDisplay:
            return {size_display, Weight::kBold, -0.025F, false};
    }
    return {};
}

std::optional<Color> parse_color(std::string_view text) {
    if ((text.size() != 7 && text.size() != 9) || text[0] != '#') return std::nullopt;
    const auto bytes = base::from_hex(text.substr(1));
    if (!bytes) return std::nullopt;
    const auto& b = *bytes;
    return Color{b[0], b[1], b[2], b.size() == 4 ? b[3] : std::uint8_t{255}};
}

base::Result<Theme> load_theme(const std::string& folder, std::string_view name) {
    const std::string path = folder + "/" + std::string(name) + ".json";
    SHOWFLOOR_ASSIGN(const std::string json, base::read_file(path, kMaxThemeBytes));
    return parse_theme(json);
}

base::Result<Theme> parse_theme(std::string_view json) {
    SHOWFLOOR_ASSIGN(const base::Json value, base::parse_json(json, kMaxThemeBytes));
    const auto invalid = [](const std::string& token) {
        return base::fail(base::ErrorKind::kInvalid,
                          "The theme has no usable value for " + token + "; put one in its file.");
    };
    const auto at = [&](const std::string& pointer) -> const base::Json* {
        const base::Json::json_pointer where(pointer);
        return value.contains(where) ? &value.at(where) : nullptr;
    };
    Theme theme;
    const base::Json* name = at("/name");
    if (name == nullptr || !name->is_string()) return invalid("name");
    theme.name = name->get<std::string>();
    for (const auto& [token, member] : kColorFields) {
        const base::Json* found = at(std::string("/colours/") + token);
        const auto color = found != nullptr && found->is_string()
                               ? parse_color(found->get_ref<const std::string&>())
                               : std::nullopt;
        if (!color) return invalid(std::string("colours.") + token);
        theme.color.*member = *color;
    }
    for (const auto& [pointer, member] : kSizeFields) {
        const base::Json* found = at(pointer);
        if (found == nullptr || !found->is_number()) return invalid(pointer);
        theme.*member = found->get<float>();
        if (theme.*member < 0 || theme.*member > 200) return invalid(pointer);
    }
    const base::Json* motion = at("/motion_ms");
    if (motion == nullptr || !motion->is_number_integer()) return invalid("motion_ms");
    theme.motion_ms = std::clamp(motion->get<int>(), 0, 1000);
    return theme;
}

double linear(std::uint8_t channel) {
    const double c = channel / 255.0;
    return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
}

double contrast(Color text, Color ground) {
    const double a = luminance(over(text, ground)) + 0.05, b = luminance(ground) + 0.05;
    return a > b ? a / b : b / a;
}

Color over(Color top, Color under) {
    Color opaque = top;
    opaque.a = 255;
    under.a = 255;
    return under.towards(opaque, static_cast<float>(top.a) / 255.0F);
}

std::vector<ContrastPair> contrast_pairs(const Theme& theme) {
    const Colors& c = theme.color;
    const bool strong = theme.name == "contrast";
    const double text = strong ? 7.0 : 4.5, disabled = strong ? 7.0 : 3.0;
    return {
        {"ink on ground", c.ink, c.ground, text},
        {"ink on card", c.ink, c.card, text},
        {"ink on sunken", c.ink, c.sunken, text},
        {"ink on key", c.ink, c.key, text},
        {"ink on key_soft", c.ink, c.key_soft, text},
        {"ink on track", c.ink, c.track, text},
        {"on_thumb on thumb", c.on_thumb, c.thumb, text},
        {"ink on accent_soft", c.ink, c.accent_soft, text},
        {"quiet on ground", c.quiet, c.ground, text},
        {"quiet on card", c.quiet, c.card, text},
        {"quiet on key", c.quiet, c.key, text},
        {"quiet on sunken", c.quiet, c.sunken, text},
        {"accent on ground", c.accent, c.ground, text},
        {"accent on card", c.accent, c.card, text},
        {"accent on accent_soft", c.accent, c.accent_soft, text},
        {"on_accent on accent", c.on_accent, c.accent, text},
        {"on_inverse on inverse", c.on_inverse, c.inverse, text},
        {"good on ground", c.good, c.ground, text},
        {"good on card", c.good, c.card, text},
        {"good on good_soft", c.good, c.good_soft, text},
        {"warning on warning_soft", c.warning, c.warning_soft, text},
        {"danger on danger_soft", c.danger, c.danger_soft, text},
        {"danger on card", c.danger, c.card, text},
        {"danger on ground", c.danger, c.ground, text},
        {"on_danger on danger", c.on_danger, c.danger, text},
        {"info on info_soft", c.info, c.info_soft, text},
        {"on_alert on alert", c.on_alert, c.alert, text},
        {"offline on ground", c.offline, c.ground, text},
        {"offline on card", c.offline, c.card, text},
        {"on_badge on badge over a white picture", c.on_badge, over(c.badge, kWhite), text},
        {"on_disabled on disabled", c.on_disabled, c.disabled, disabled},
        // What is no text but has to be seen: WCAG 1.4.11.
        {"focus on ground", c.focus, c.ground, 3.0},
        {"accent on track", c.accent, c.track, 3.0},
        {"switch_off on card", c.switch_off, c.card, 3.0},
        {"on_accent on switch_off", c.on_accent, c.switch_off, 3.0},
        {"focus on card", c.focus, c.card, 3.0},
    };
}

}  // namespace showfloor::ui
