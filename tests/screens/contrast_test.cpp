// Contrast: every text that is drawn on the walk over all screens, and in the gallery of the
// toolkit, against the ground it really stands on, in every theme.

#include <set>
#include <tuple>

#include "stage_visit.hpp"
#include "terminal/gallery/pages.hpp"

using namespace showfloor;
using test::ScreenStage;

namespace {

// A paper is shown as it is printed, in no theme, with grounds and an ink of its own for what is
// quiet.
constexpr ui::Color kPaperQuiet{0x5B, 0x63, 0x70, 255}, kPaperHead{0xF5, 0xF4, 0xF1, 255};

bool is_paper(const std::string& where, const ui::DrawnText& text) {
    const bool shows_papers = where.starts_with("receipt") || where.starts_with("invoice");
    const bool stands_on_one = text.ground == ui::kWhite || text.ground == kPaperHead;
    return shows_papers && stands_on_one && text.ink == kPaperQuiet;
}

// "contrast" promises 7 for every text, also of what is disabled; the others 4.5, and 3 for words
// of something disabled, which WCAG leaves free.
double least_of(const ui::Theme& theme, const std::string& where, const ui::DrawnText& text) {
    if (is_paper(where, text)) return 4.5;
    if (theme.name == "contrast") return 7.0;
    return text.ink == theme.color.on_disabled ? 3.0 : 4.5;
}

class Looker {
   public:
    explicit Looker(const ui::Theme& theme) : theme_(theme) {}

    void look(const std::string& where, const std::vector<ui::DrawnText>& texts) {
        CHECK_FALSE(texts.empty());
        for (const ui::DrawnText& text : texts) {
            const auto key = [](ui::Color c) { return std::tuple(c.r, c.g, c.b, c.a); };
            // Judged once for each pair, but on a paper and elsewhere by other rules.
            const bool paper = is_paper(where, text);
            if (!seen_.insert({paper, key(text.ink), key(text.ground)}).second) continue;
            const double has = ui::contrast(text.ink, text.ground);
            const auto hex = [](ui::Color c) {
                char words[16];
                std::snprintf(words, sizeof words, "#%02x%02x%02x%02x", c.r, c.g, c.b, c.a);
                return std::string(words);
            };
            CHECK_MESSAGE(has >= least_of(theme_, where, text),
                          theme_.name << ", " << where << ": \"" << text.words << "\" "
                                      << hex(text.ink) << " on " << hex(text.ground) << " has "
                                      << has);
        }
    }
    [[nodiscard]] std::size_t pairs() const { return seen_.size(); }

   private:
    using Key = std::tuple<std::uint8_t, std::uint8_t, std::uint8_t, std::uint8_t>;
    const ui::Theme& theme_;
    std::set<std::tuple<bool, Key, Key>> seen_;
};

void walk(ScreenStage& stage, Looker& looker) {
    std::vector<ui::DrawnText> texts;
    test::visit_every_screen(stage, [&](const std::string& name) {
        texts.clear();
        stage.stage->context().painter().keep_texts(&texts);
        stage.frame();
        stage.stage->context().painter().keep_texts(nullptr);
        looker.look(name, texts);
    });
    CHECK(looker.pairs() > 15);
}

}  // namespace

// Each theme in three languages and shapes; all four languages come up.
TEST_CASE("contrast: every text drawn on a walk over all screens, in every theme") {
    struct Walk {
        const char *theme, *locale;
        int width, height;
    };
    constexpr Walk kWalks[] = {{"day", "en", 1920, 1080},     {"day", "ar", 1080, 1920},
                               {"day", "sw", 1280, 800},      {"night", "sw", 1080, 1920},
                               {"night", "en", 1280, 800},    {"night", "ar", 1920, 1080},
                               {"contrast", "ar", 1280, 800}, {"contrast", "sw", 1920, 1080},
                               {"contrast", "fr", 1080, 1920}};
    for (const Walk& each : kWalks) {
        INFO(std::string(each.theme), " ", std::string(each.locale), " ", each.width, "x",
             each.height);
        ScreenStage stage(each.locale, each.theme, each.width, each.height);
        Looker looker(stage.theme);
        walk(stage, looker);
    }
}

TEST_CASE("contrast: every text drawn on that walk in a dealer's own colour") {
    const std::pair<const char*, const char*> looks[] = {
        {"day", "#FFFF00"}, {"night", "#8B1E2D"}, {"contrast", "#FF0000"}};
    for (const auto& [theme, accent] : looks) {
        ScreenStage stage("en", theme);
        stage.offer_looks();
        auto branch = stage.app.branch();
        branch.accent_color = accent;
        stage.app.world.put(branch);
        stage.app.refresh();
        stage.settle();
        Looker looker(stage.theme);
        walk(stage, looker);
    }
}

TEST_CASE("contrast: every text of the toolkit's gallery, in every theme") {
    for (const char* theme : {"day", "night", "contrast"}) {
        ScreenStage stage("en", theme);
        Looker looker(stage.theme);
        terminal::Pages pages;
        std::vector<ui::DrawnText> texts;
        for (std::size_t page = 0; page < terminal::Pages::kCount; ++page) {
            const auto draw = [&](ui::Context& ui) { pages.draw(ui, ui.screen(), page); };
            for (int i = 0; i < 3; ++i)
                stage.stage->frame(stage.width, stage.height, stage.now_ms += 16, draw);
            texts.clear();
            stage.stage->context().painter().keep_texts(&texts);
            stage.stage->frame(stage.width, stage.height, stage.now_ms += 16, draw);
            stage.stage->context().painter().keep_texts(nullptr);
            looker.look(terminal::Pages::kNames.at(page), texts);
        }
    }
}
