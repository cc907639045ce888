#include "terminal/screens/looks.hpp"

#include <array>
#include <filesystem>

#include "text/locale.hpp"

namespace showfloor::terminal {

namespace {

constexpr std::array<std::string_view, 3> kThemes = {"day", "night", "contrast"};

template <typename Names>
std::vector<std::string> first_and_others(const std::string& first, const Names& names) {
    std::vector<std::string> all = {first};
    for (const std::string_view name : names)
        if (first != name) all.emplace_back(name);
    return all;
}

// Those whose words are there, in the order of the locales; a test holds every file whole.
std::vector<std::string_view> languages_in(const std::string& folder) {
    std::vector<std::string_view> found;
    for (const text::Locale& locale : text::all_locales()) {
        std::error_code ignored;
        if (std::filesystem::exists(folder + "/" + std::string(locale.code) + ".json", ignored))
            found.push_back(locale.code);
    }
    return found;
}

}  // namespace

ui::Theme look_of(const ui::Theme& theme, const domain::Branch& branch) {
    const auto accent = ui::parse_color(branch.accent_color);
    return accent ? ui::with_accent(theme, *accent) : theme;
}

base::Result<Looks> Looks::load(const std::string& assets, const std::string& language,
                                const std::string& theme) {
    Looks looks;
    const std::string words = assets + "/strings";
    for (const std::string& code : first_and_others(language, languages_in(words))) {
        SHOWFLOOR_ASSIGN(text::Strings strings, text::Strings::load(words, code));
        looks.strings_.push_back(std::move(strings));
    }
    for (const std::string& name : first_and_others(theme, kThemes)) {
        SHOWFLOOR_ASSIGN(ui::Theme loaded, ui::load_theme(assets + "/themes", name));
        looks.themes_.push_back(std::move(loaded));
    }
    return looks;
}

void Looks::dress(const domain::Branch& branch) {
    accent_ = branch.accent_color;
    shown_.clear();
    for (const ui::Theme& theme : themes_)
        shown_.push_back(look_of(theme, branch));
}

void Looks::begin(Shell& shell, ui::Stage& stage) {
    shell.languages.clear();
    for (const text::Strings& strings : strings_)
        shell.languages.push_back(strings.get("ui.language"));
    shell.themes.clear();
    for (const ui::Theme& theme : themes_)
        shell.themes.push_back(theme.name);
    still_ = stage.context().reduce_motion();
    applied_ = {};
    dress(shell.app.branch());
    stage.use_strings(strings_.front());
    stage.use_theme(shown_.front());
}

bool Looks::apply(const Shell& shell, ui::Stage& stage) {
    const Settings& settings = shell.visit.settings;
    const bool rebranded = shell.app.branch().accent_color != accent_;
    if (settings == applied_ && !rebranded) return false;
    applied_ = settings;
    if (rebranded) dress(shell.app.branch());
    stage.use_strings(strings_[std::min(settings.language, strings_.size() - 1)]);
    stage.use_theme(shown_[std::min(settings.theme, shown_.size() - 1)]);
    stage.reduce_motion(still_ || settings.reduce_motion);
    return true;
}

}  // namespace showfloor::terminal
