#include "fixture.hpp"
#include "text/bidi.hpp"

using ui_test::TestStage;
using namespace showfloor;

namespace {

float width_of(TestStage& t, const std::string& words) {
    float width = 0;
    t.show([&](ui::Context& ui) { width = ui.painter().measure(words, {.size = 20}); });
    return width;
}

}  // namespace

TEST_CASE("painter: vowel signs and isolates take no room") {
    TestStage t("ar");
    const float bare = width_of(t, "بيت");
    CHECK(bare > 0);
    CHECK(width_of(t, "بَيْتٌ") == bare);
    CHECK(width_of(t, "\u2068بيت\u2069") == bare);
    CHECK(width_of(t, "\u2068Otieno\u2069") == width_of(t, "Otieno"));
}

TEST_CASE("painter: groups of a figure stand apart, also beside a 1; a sign keeps its thin space") {
    TestStage t("fr");
    const float space = width_of(t, "a\u202f:") - width_of(t, "a:");
    CHECK(space < 0.2F * 20);
    const float group = width_of(t, "2\u202f129") - width_of(t, "2129");
    CHECK(group == doctest::Approx(0.26F * 20).epsilon(0.01));
}

TEST_CASE("painter: what is heard and found has no isolates") {
    TestStage t("ar");
    t.show([&](ui::Context& ui) {
        const std::string words = ui.tr("home.due", {{"name", "J. M. Otieno Ltd."}});
        CHECK(words.find("\u2068") != std::string::npos);
        ui.painter().text({0, 0, 800, 40}, words, {.size = 20}, {0, 0, 0, 255});
        (void)ui.touch("row:due", words, {0, 0, 800, 40});
    });
    const std::string words = "قسط مستحق: J. M. Otieno Ltd.";
    CHECK(t.shown().shows_text(words));
    REQUIRE(t.shown().find("row:due") != nullptr);
    CHECK(t.shown().find("row:due")->label == words);
}

TEST_CASE("painter: an isolate that is broken over lines keeps its order in each") {
    TestStage t("ar");
    t.show([&](ui::Context& ui) {
        const std::string words =
            "بيت " + text::isolated(ui.locale(), "Otieno and Sons (Westlands) Ltd.");
        const auto lines = ui.painter().wrap(words, {.size = 20}, 160);
        REQUIRE(lines.size() > 1);
        const std::string last = text::shape(lines.back(), text::Direction::kRightToLeft);
        CHECK(last.ends_with("Ltd."));
        // A limit of lines changes nothing about it.
        const auto cut = ui.painter().wrap(words, {.size = 20}, 160, 2);
        REQUIRE(cut.size() == 2);
        CHECK(cut.back().starts_with("\u2068"));
        CHECK(cut.back().ends_with("…"));
    });
}
