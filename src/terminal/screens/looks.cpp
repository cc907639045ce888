#include "terminal/screens/looks.hpp"

#include <array>

namespace showfloor::terminal {

namespace {

// A language is finished when a test says so; these are.
constexpr std::array<const char*, 2> kLanguages = {"en", "ar"};
constexpr std::array<const char*, 3> kThemes = {"day", "night", "contrast"};

template <typename Names>
std::vector<std::string> first_and_others(const std::string& first, const Names& names) {
    std::vector<std::string> all = {first};
    for (const char* name : names)
        if (first != name) all.emplace_back(name);
    return all;
}

}  // namespace

base::Result<Looks> Looks::load(const std::string& assets, const std::string& language,
                                const std::string& theme) {
    Looks looks;
    for (const std::string& code : first_and_others(language, kLanguages)) {
        SHOWFLOOR_ASSIGN(text::Strings strings, text::Strings::load(assets + "/strings", code));
        looks.strings_.push_back(std::move(strings));
    }
    for (const std::string& name : first_and_others(theme, kThemes)) {
        SHOWFLOOR_ASSIGN(ui::Theme loaded, ui::load_theme(assets + "/themes", name));
        looks.themes_.push_back(std::move(loaded));
    }
    return looks;
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
    stage.use_strings(strings_.front());
    stage.use_theme(themes_.front());
}

bool Looks::apply(const Settings& settings, ui::Stage& stage) {
    if (settings == applied_) return false;
    applied_ = settings;
    stage.use_strings(strings_[std::min(settings.language, strings_.size() - 1)]);
    stage.use_theme(themes_[std::min(settings.theme, themes_.size() - 1)]);
    stage.reduce_motion(still_ || settings.reduce_motion);
    return true;
}

}  // namespace showfloor::terminal
