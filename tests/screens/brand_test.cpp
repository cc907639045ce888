// A dealer's own brand: colour and logo of the branch, on the screens as soon as its row is here.

#include "base/file.hpp"
#include "base/paths.hpp"
#include "screen_stage.hpp"

using namespace showfloor;
using test::ScreenStage;

namespace {

// What a pull does that brought the branch's row.
void give_accent(ScreenStage& stage, const std::string& color) {
    auto branch = stage.app.branch();
    branch.accent_color = color;
    stage.app.world.put(branch);
    stage.app.refresh();
    stage.settle();
}

const ui::Colors& colors(const ScreenStage& stage) {
    return stage.stage->context().theme().color;
}

void await_pictures(ScreenStage& stage) {
    do
        stage.settle();
    while (stage.app.pictures().busy());
    stage.settle();
}

}  // namespace

TEST_CASE("brand: the branch's colour is the accent at once, in every theme, and goes again") {
    ScreenStage stage;
    stage.offer_looks();
    const ui::Color teal = colors(stage).accent;
    give_accent(stage, "#8B1E2D");
    CHECK(colors(stage).accent == ui::Color{0x8B, 0x1E, 0x2D, 255});
    CHECK(colors(stage).ink == stage.theme.color.ink);
    for (std::size_t theme = 1; theme < 3; ++theme) {
        stage.shell.visit.settings.theme = theme;
        stage.settle();
        const ui::Theme& shown = stage.stage->context().theme();
        CHECK(shown.name == stage.shell.themes[theme]);
        CHECK(shown.color.accent.r > shown.color.accent.g);
        for (const ui::ContrastPair& pair : ui::contrast_pairs(shown))
            CHECK_MESSAGE(ui::contrast(pair.text, pair.ground) >= pair.least, pair.name);
    }
    stage.shell.visit.settings.theme = 0;
    give_accent(stage, "");
    CHECK(colors(stage).accent == teal);
    // A newer central may write what this terminal does not know as a colour.
    give_accent(stage, "teal");
    CHECK(colors(stage).accent == teal);
}

TEST_CASE("brand: the logo stands where the name does, which stays until the picture is here") {
    ScreenStage stage;
    const std::string name = terminal::dealer_of(stage.app);
    CHECK(stage.shows(name));
    const std::string logo =
        base::read_file(base::asset_folder().value() + "/demo/logo.png", 1 << 20).value();
    stage.app.show_logo(logo);
    await_pictures(stage);
    CHECK_FALSE(stage.shows(name));
    stage.shell.to_attract();
    stage.settle();
    CHECK_FALSE(stage.shows(name));

    auto branch = stage.app.branch();
    branch.logo = std::string(64, 'a');  // no file of that name is here
    stage.app.world.put(branch);
    stage.app.refresh();
    stage.shell.to_browse();
    await_pictures(stage);
    CHECK(stage.shows(name));
}
