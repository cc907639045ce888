#include "terminal/screens/access_sheet.hpp"

#include <algorithm>
#include <numeric>
#include <optional>
#include <string>
#include <vector>

#include "ui/controls.hpp"
#include "ui/scroll.hpp"

namespace showfloor::terminal {

namespace {

using ui::Style;

void close(Shell& shell, ui::Context& ui) {
    shell.visit.overlay = Overlay::kNone;
    ui.draw_again();
}

// True when another one was chosen.
bool choose_language(ui::Context& ui, Shell& shell, ui::Area& area) {
    if (shell.languages.size() < 2) return false;
    caption(ui, area, ui.tr("access.language"));
    std::vector<ui::Chip> specs;
    for (std::size_t i = 0; i < shell.languages.size(); ++i)
        specs.push_back({.id = ui.keep("language_" + std::to_string(i)),
                         .label = shell.languages[i],
                         .selected = i == shell.visit.settings.language});
    const int tapped = chips(ui, area, specs);
    area.skip(ui::space::k24);
    if (tapped < 0) return false;
    shell.visit.settings.language = static_cast<std::size_t>(tapped);
    ui.draw_again();
    return true;
}

// Light, dark, then what is made for contrast.
std::size_t theme_place(const std::string& name) {
    return name == "day" ? 0 : name == "night" ? 1 : 2;
}

void choose_size_and_theme(ui::Context& ui, Shell& shell, ui::Area& area) {
    Settings& settings = shell.visit.settings;
    caption(ui, area, ui.tr("access.text_size"));
    const std::vector<std::string> sizes = {ui.tr("access.size_normal"), ui.tr("access.size_large"),
                                            ui.tr("access.size_largest")};
    const int size = segmented(ui, area.cut_top(ui::kSegmentedHeight, ui::space::k24), "text_size",
                               sizes, settings.text_size);
    if (size >= 0) settings.text_size = static_cast<std::size_t>(size);
    caption(ui, area, ui.tr("access.colors"));
    // In one order, whichever the house begins with.
    std::vector<std::size_t> order(shell.themes.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return theme_place(shell.themes[a]) < theme_place(shell.themes[b]);
    });
    std::vector<std::string> themes;
    std::size_t now = 0;
    for (const std::size_t each : order) {
        if (each == settings.theme) now = themes.size();
        themes.push_back(ui.tr("access.theme_" + shell.themes[each]));
    }
    const int theme =
        segmented(ui, area.cut_top(ui::kSegmentedHeight, ui::space::k24), "theme", themes, now);
    if (theme >= 0) settings.theme = order[static_cast<std::size_t>(theme)];
    if (size >= 0 || theme >= 0) ui.draw_again();
}

// How loud, and once more what was said before this sheet came.
void choose_voice(ui::Context& ui, Settings& settings, ui::Area& area) {
    caption(ui, area, ui.tr("access.volume"));
    const std::vector<std::string> volumes = {
        ui.tr("access.volume_low"), ui.tr("access.volume_normal"), ui.tr("access.volume_high")};
    const int volume = segmented(ui, area.cut_top(ui::kSegmentedHeight, ui::space::k16), "volume",
                                 volumes, settings.volume);
    if (volume >= 0) {
        settings.volume = static_cast<std::size_t>(volume);
        ui.draw_again();
    }
    const ui::Button again{
        .id = "say_again", .label = ui.tr("access.say_again"), .icon = ui::icons::kReplay};
    ui::Area row = area.cut_top(ui::kButtonHeight, ui::space::k24);
    if (button(ui, row.cut_start(std::min(row.width(), button_width(ui, again))), again))
        ui.say_again();
}

void choose_ways(ui::Context& ui, Shell& shell, ui::Area& area) {
    Settings& settings = shell.visit.settings;
    const auto choose = [&](const ui::Switch& spec, bool& on) {
        return toggle(ui, area.cut_top(switch_height(ui, spec, area.width())), spec, on);
    };
    bool moved = choose({.id = "reach",
                         .label = ui.tr("access.reach"),
                         .note = ui.tr("access.reach_note"),
                         .divider = true},
                        settings.reach);
    moved |= choose({.id = "reduce_motion",
                     .label = ui.tr("access.motion"),
                     .note = ui.tr("access.motion_note"),
                     .divider = shell.can_speak},
                    settings.reduce_motion);
    if (shell.can_speak)
        moved |= choose(
            {.id = "speech", .label = ui.tr("access.speech"), .note = ui.tr("access.speech_note")},
            settings.speech);
    if (moved) ui.draw_again();
    area.skip(ui::space::k24);
    if (shell.can_speak && settings.speech) choose_voice(ui, settings, area);
}

void explain(ui::Context& ui, ui::Area& area) {
    struct Help {
        char32_t icon;
        const char* key;
    };
    constexpr Help kHelp[] = {
        {ui::icons::kTouchApp, "access.help_touch"},
        {ui::icons::kFavoriteBorder, "access.help_keep"},
        {ui::icons::kSupportAgent, "access.help_call"},
        {ui::icons::kShield, "access.help_privacy"},
    };
    caption(ui, area, ui.tr("access.help"));
    for (const Help& help : kHelp) {
        ui::Area row = area;
        ui::Area sign = row.cut_start(40, ui::space::k16);
        ui::icon(ui, sign.with({sign.rect.x, sign.rect.y, sign.rect.w, 32}), help.icon, 30,
                 ui::Ink::kAccent);
        paragraph(ui, row, ui.tr(help.key), Style::kBody);
        area.skip(std::max(44.F, row.rect.y - area.rect.y + ui::space::k12));
    }
}

// At the foot, in sight however large the letters were made; not there while there is no need.
void draw_reset(ui::Context& ui, Shell& shell, ui::Area& area) {
    if (shell.visit.settings == Settings{}) return;
    const ui::Button reset{
        .id = "reset_access", .label = ui.tr("access.reset"), .icon = ui::icons::kRefresh};
    ui::Area row = area.cut_bottom(ui::kButtonHeight, ui::space::k16);
    if (!button(ui, row.cut_start(std::min(row.width(), button_width(ui, reset))), reset)) return;
    shell.visit.settings = {};
    ui.draw_again();
}

void fill(ui::Context& ui, Shell& shell, ui::Area area, bool dismissed) {
    const bool closes =
        sheet_head(ui, area, "close_access", ui.tr("access.title"), ui::space::k16) || dismissed;
    draw_reset(ui, shell, area);
    ui::ScrollView view(ui, "access", area);
    ui::Area& page = view.area();
    (void)choose_language(ui, shell, page);
    choose_size_and_theme(ui, shell, page);
    choose_ways(ui, shell, page);
    explain(ui, page);
    if (closes) close(shell, ui);
}

void draw_languages(ui::Context& ui, Shell& shell) {
    const float high = 2 * ui::space::k32 + ui::kSheetHead + ui::space::k8 +
                       static_cast<float>(shell.languages.size()) * ui::kRowHeight;
    ui::Modal sheet(ui, "languages", 560, high);
    ui::Area area = sheet.area();
    const bool left = sheet_head(ui, area, "close_languages", ui.tr("access.language"));
    ui::ScrollView view(ui, "languages", area);
    std::optional<std::size_t> chosen;
    for (std::size_t i = 0; i < shell.languages.size(); ++i) {
        const bool now = i == shell.visit.settings.language;
        const std::string& id = ui.keep("language:" + std::to_string(i));
        if (growing_row(ui, view.area(),
                        {.id = id,
                         .title = shell.languages[i],
                         .icon = now ? ui::icons::kCheck : ui::icons::kLanguage,
                         .divider = i + 1 < shell.languages.size()}))
            chosen = i;
    }
    if (chosen) shell.visit.settings.language = *chosen;
    if (chosen || left || sheet.dismissed()) close(shell, ui);
}

}  // namespace

void draw_access_sheet(ui::Context& ui, Shell& shell) {
    const ui::Aside way(ui);
    if (shell.visit.overlay == Overlay::kLanguage) {
        draw_languages(ui, shell);
        return;
    }
    const float high = ui.screen().height();
    if (ui.portrait() || shell.visit.settings.reach) {
        ui::Sheet sheet(ui, "access_sheet", std::min(high * 0.62F, 1240.F));
        fill(ui, shell, sheet.area(), sheet.dismissed());
        return;
    }
    ui::SideSheet sheet(ui, "access_sheet", std::min(680.F, ui.screen().width() * 0.5F));
    fill(ui, shell, sheet.area(), sheet.dismissed());
}

}  // namespace showfloor::terminal
