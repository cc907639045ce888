#include "terminal/gallery/gallery.hpp"

#include <array>
#include <vector>

#include "base/encoding.hpp"
#include "base/file.hpp"
#include "base/paths.hpp"
#include "imaging/encode.hpp"
#include "terminal/gallery/pages.hpp"

namespace showfloor::terminal {

namespace {

constexpr std::array<const char*, 3> kThemes = {"day", "night", "contrast"};
constexpr std::array<const char*, 4> kLanguages = {"en", "ar", "sw", "fr"};

// The place of a name among those there are.
template <std::size_t N>
base::Result<std::size_t> place_of(const std::array<const char*, N>& names, const std::string& name,
                                   const char* what) {
    for (std::size_t i = 0; i < N; ++i)
        if (name == names.at(i)) return i;
    return base::fail(base::ErrorKind::kInvalid,
                      "The gallery has no " + std::string(what) + " \"" + name + "\".", "usage");
}

class Gallery {
   public:
    base::Result<void> load() {
        SHOWFLOOR_ASSIGN(const std::string assets, base::asset_folder());
        for (const char* name : kThemes) {
            SHOWFLOOR_ASSIGN(ui::Theme loaded, ui::load_theme(assets + "/themes", name));
            themes_.push_back(std::move(loaded));
        }
        for (const char* code : kLanguages) {
            SHOWFLOOR_ASSIGN(text::Strings strings, text::Strings::load(assets + "/strings", code));
            strings_.push_back(std::move(strings));
        }
        return {};
    }

    void show(ui::Stage& stage) const {
        stage.use_theme(themes_[theme]);
        stage.use_strings(strings_[language]);
    }

    // True when another look was asked for: the next frame has it.
    bool draw(ui::Context& ui) {
        ui::Area page = ui.screen();
        ui::Area bar = page.cut_bottom(80);
        pages_.draw(ui, page, shown);
        ui.painter().fill(bar.rect, ui.color().card);
        ui::divider(ui, bar);
        bar = bar.padded(ui::space::k24, 12);
        const auto one_of = [&](ui::Area area, std::string_view id, auto& names,
                                std::size_t& chosen) {
            const std::vector<std::string> options(names.begin(), names.end());
            const int tapped = ui::segmented(ui, area, id, options, chosen);
            if (tapped >= 0) chosen = static_cast<std::size_t>(tapped), ui.draw_again();
            return tapped >= 0;
        };
        bool other = one_of(bar.cut_end(210, ui::space::k16), "language", kLanguages, language);
        other = one_of(bar.cut_end(300, ui::space::k16), "theme", kThemes, theme) || other;
        one_of(bar, "page", Pages::kNames, shown);
        return other;
    }

    std::size_t shown = 0, theme = 0, language = 0;

   private:
    std::vector<ui::Theme> themes_;
    std::vector<text::Strings> strings_;
    Pages pages_;
};

base::Result<void> write_all(ui::Window& window, Gallery& gallery, const std::string& folder) {
    const auto draw = [&](ui::Context& ui) { (void)gallery.draw(ui); };
    window.stage().reduce_motion(true);
    for (gallery.theme = 0; gallery.theme < kThemes.size(); ++gallery.theme)
        for (gallery.language = 0; gallery.language < kLanguages.size(); ++gallery.language)
            for (gallery.shown = 0; gallery.shown < Pages::kCount; ++gallery.shown) {
                gallery.show(window.stage());
                window.draw_again();
                while (window.step(draw, 0)) {
                }
                const ui::Screenshot shot = window.screenshot(draw);
                imaging::Image image(shot.width, shot.height);
                image.rgba = shot.rgba;
                const std::string path = folder + "/gallery_" + std::to_string(gallery.shown) +
                                         "_" + kThemes.at(gallery.theme) + "_" +
                                         kLanguages.at(gallery.language) + ".png";
                SHOWFLOOR_TRY(
                    base::write_file(path, base::as_text(imaging::encode_png(image)), 0644));
            }
    return {};
}

}  // namespace

base::Result<void> show_gallery(const ui::Window::Options& options, const std::string& folder,
                                const std::string& locale, const std::string& theme) {
    Gallery gallery;
    SHOWFLOOR_ASSIGN(gallery.language, place_of(kLanguages, locale, "language"));
    SHOWFLOOR_ASSIGN(gallery.theme, place_of(kThemes, theme, "theme"));
    SHOWFLOOR_TRY(gallery.load());
    SHOWFLOOR_ASSIGN(const auto window, ui::Window::open(options));
    if (!folder.empty()) return write_all(*window, gallery, folder);
    gallery.show(window->stage());
    window->run([&](ui::Context& ui) {
        if (!gallery.draw(ui)) return;
        gallery.show(window->stage());
        ui.draw_again();
    });
    return {};
}

}  // namespace showfloor::terminal
