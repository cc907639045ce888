#include <imgui.h>

#include <map>

#include "fixture.hpp"

using ui_test::TestStage;
using namespace showfloor;

namespace {

float width_of(TestStage& t, const char* words, float size) {
    float width = 0;
    t.draw = [&](ui::Context& ui) { width = ui.painter().measure(words, {.size = size}); };
    t.frame();
    return width;
}

}  // namespace

TEST_CASE("fonts: letters keep their size when sizes nobody uses are thrown away") {
    constexpr int kSizes = 8, kGone = 2;
    const auto size = [](int i) { return 10.F + 3 * static_cast<float>(i); };
    std::map<int, float> right;
    {
        TestStage fresh;
        for (int i = kGone; i < kSizes; ++i)
            right[i] = width_of(fresh, "Wu", size(i));
    }
    // Whichever was active when the first ones go and the others move together, and whichever is
    // drawn next.
    for (int active = kGone; active < kSizes; ++active) {
        for (int next = kGone; next < kSizes; ++next) {
            TestStage t;
            for (int i = 0; i < kSizes; ++i)
                (void)width_of(t, "a", size(i));
            t.draw = [&](ui::Context& ui) {
                for (int i = kGone; i < kSizes; ++i)
                    (void)ui.painter().measure("a", {.size = size(i)});
                (void)ui.painter().measure("b", {.size = size(active)});
            };
            t.frame();
            ImGui::GetIO().Fonts->CompactCache();
            CAPTURE(size(active));
            CAPTURE(size(next));
            CHECK(width_of(t, "Wu", size(next)) == doctest::Approx(right[next]));
        }
    }
}
