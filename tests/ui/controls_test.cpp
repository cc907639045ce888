#include "ui/controls.hpp"

#include <cmath>

#include "fixture.hpp"
#include "ui/scroll.hpp"

using namespace ui_test;
using namespace showfloor::ui;

namespace {

Point centre_of(const TestStage& t, const char* id) {
    const Item* item = t.shown().find(id);
    REQUIRE(item != nullptr);
    return item->rect.centre();
}

}  // namespace

TEST_CASE("slider: a drag sets the value in steps, to where the finger was let go") {
    TestStage t;
    double value = 0;
    t.show([&](Context& ui) {
        slider(ui, ui.screen().padded(100).cut_top(kSliderHeight),
               {.id = "s", .label = "Deposit", .least = 0, .most = 100, .step = 10}, value);
    });
    const Rect r = t.shown().find("slider:s")->rect;
    t.hand.drag({r.x + 20, r.centre().y}, {r.centre().x + 3, r.centre().y}, 1);
    CHECK(value == 50);
    t.hand.drag({r.centre().x, r.centre().y}, {r.right() + 500, r.centre().y}, 3);
    CHECK(value == 100);
}

TEST_CASE("slider: keys change it in reading order, and go on from it") {
    for (const char* locale : {"en", "ar"}) {
        TestStage t(locale);
        double value = 50;
        t.show([&](Context& ui) {
            Area page = ui.screen().padded(100);
            slider(ui, page.cut_top(kSliderHeight, 24),
                   {.id = "s", .label = "x", .least = 0, .most = 100, .step = 10}, value);
            (void)button(ui, page.cut_top(64), {.id = "below", .label = "Below"});
        });
        t.hand.key(Key::kTab);
        CHECK(t.stage->context().interaction().focused() == "slider:s");
        t.hand.key(std::string(locale) == "ar" ? Key::kLeft : Key::kRight);
        CHECK(value == 60);
        t.hand.key(Key::kDown);
        CHECK(t.stage->context().interaction().focused() == "button:below");
    }
}

TEST_CASE("slider: on a page that scrolls down, a drag down scrolls and does not set") {
    TestStage t;
    double value = 0;
    t.show([&](Context& ui) {
        ScrollView page(ui, "page", ui.screen());
        slider(ui, page.area().cut_top(kSliderHeight),
               {.id = "s", .label = "x", .least = 0, .most = 100}, value);
        page.area().skip(3000);
    });
    const Point at = centre_of(t, "slider:s");
    t.hand.drag(at, {at.x, at.y - 300}, 5);
    CHECK(value == 0);
    CHECK(scroll_offset(t.stage->context(), "page") > 200);
}

TEST_CASE("range slider: thumbs never pass each other") {
    TestStage t;
    double low = 0, high = 100;
    const double heights[] = {1, 4, 2};
    t.show([&](Context& ui) {
        const RangeSlider spec{
            .id = "r", .label = "Price", .least = 0, .most = 100, .step = 1, .histogram = heights};
        range_slider(ui, ui.screen().padded(100).cut_top(range_slider_height(spec)), spec, low,
                     high);
    });
    const Rect low_rect = t.shown().find("slider:r/low")->rect;
    const Rect high_rect = t.shown().find("slider:r/high")->rect;
    const float y = low_rect.centre().y;
    t.hand.drag({high_rect.right() - 10, y}, {low_rect.x + low_rect.w, y}, 4);
    CHECK(high == doctest::Approx(50).epsilon(0.05));
    t.hand.drag({low_rect.x + 10, y}, {high_rect.right(), y}, 4);
    CHECK(low == high);
}

TEST_CASE("segmented: reports the place tapped") {
    TestStage t;
    const std::string names[] = {"One", "Two", "Three"};
    int segment = -1;
    t.show([&](Context& ui) {
        Area page = ui.screen().padded(48);
        if (const int i = segmented(ui, page.cut_top(kSegmentedHeight, 24), "a", names, 0); i >= 0)
            segment = i;
    });
    CHECK(t.hand.tap("segment:a/2"));
    CHECK(segment == 2);
    CHECK_FALSE(t.shown().find("segment:a/0")->state.empty());
}

TEST_CASE("toggle: the whole line turns it, and says how it stands") {
    TestStage t;
    bool on = false;
    t.show([&](Context& ui) {
        toggle(ui, ui.screen().cut_top(kSwitchHeight), {.id = "x", .label = "Speech"}, on);
    });
    CHECK(t.shown().find("switch:x")->state == t.strings.get("ui.off"));
    t.hand.tap("switch:x");
    CHECK(on);
    CHECK(t.shown().find("switch:x")->state == t.strings.get("ui.on"));
}

TEST_CASE("menu: chooses, closes beside it, keeps the keys, and lies over a dialog") {
    TestStage t;
    bool open = true;
    int chosen = -1;
    const std::vector<MenuOption> options = {{"a", "First"}, {"b", "Second"}};
    t.show([&](Context& ui) {
        const Area anchor = ui.screen().centred(200, 48);
        Modal sheet(ui, "under", 800, 600);
        (void)button(ui, sheet.area().cut_top(64), {.id = "in_sheet", .label = "In sheet"});
        if (const int i = menu(ui, "m", anchor, options, open); i >= 0) chosen = i;
    });
    CHECK_FALSE(t.hand.tap("button:in_sheet"));
    t.hand.key(Key::kTab);
    CHECK(t.stage->context().interaction().focused() == "option:m/a");
    t.hand.key(Key::kTab);
    t.hand.key(Key::kTab);
    CHECK(t.stage->context().interaction().focused() == "option:m/a");
    CHECK(t.hand.tap("option:m/b"));
    CHECK(chosen == 1);
    CHECK_FALSE(open);
    open = true;
    t.settle();
    t.hand.tap_at({10, 10});
    CHECK_FALSE(open);
    open = true;
    t.settle();
    t.hand.key(Key::kEscape);
    CHECK_FALSE(open);
}

TEST_CASE("dialog over a sheet: keys stay in the dialog") {
    TestStage t;
    t.show([&](Context& ui) {
        Sheet sheet(ui, "filters", 700);
        (void)button(ui, sheet.area().cut_top(64), {.id = "in_sheet", .label = "In sheet"});
        (void)dialog(ui, {.id = "sure", .title = "Sure?", .words = "Really.", .confirm = "Yes"});
    });
    for (int i = 0; i < 4; ++i) {
        t.hand.key(Key::kTab);
        CHECK(t.stage->context().interaction().focused() == "button:sure/confirm");
    }
}

TEST_CASE("sheet: goes when pulled down by its handle, and stays after a short pull") {
    TestStage t;
    bool open = true;
    t.show([&](Context& ui) {
        if (!open) return;
        Sheet sheet(ui, "filters", 700);
        if (sheet.dismissed()) open = false;
    });
    const Point handle = centre_of(t, "handle:filters");
    t.hand.drag(handle, {handle.x, handle.y + 60}, 8);
    CHECK(open);
    t.hand.drag(handle, {handle.x, handle.y + 300}, 6);
    CHECK_FALSE(open);
}

TEST_CASE("side sheet: stands at the end side and is swept out over it") {
    for (const char* locale : {"en", "ar"}) {
        TestStage t(locale);
        bool open = true;
        t.show([&](Context& ui) {
            if (!open) return;
            SideSheet sheet(ui, "more", 500);
            if (sheet.dismissed()) open = false;
        });
        const bool left = std::string(locale) == "ar";
        const Point at = centre_of(t, "sheet:more");
        CHECK((at.x < 960) == left);
        t.hand.drag(at, {at.x + (left ? 200.0F : -200.0F), at.y}, 6);
        CHECK(open);
        t.hand.drag(at, {at.x + (left ? -200.0F : 200.0F), at.y}, 6);
        CHECK_FALSE(open);
    }
}

TEST_CASE("pager: a swipe goes one page on, in reading order; edges resist; taps pass through") {
    for (const char* locale : {"en", "ar"}) {
        TestStage t(locale);
        std::size_t page = 0;
        int taps = 0;
        t.show([&](Context& ui) {
            pager(ui, ui.screen(), {.id = "p", .count = 3, .label = "Pictures"}, page,
                  [&](std::size_t i, Area area) {
                      const std::string id = "page" + std::to_string(i);
                      if (button(ui, area.centred(400, 400), {.id = id, .label = id})) ++taps;
                  });
        });
        const float way = std::string(locale) == "ar" ? 1.0F : -1.0F;
        const auto swipe = [&](float by) { t.hand.drag({960, 540}, {960 + way * by, 540}, 5); };
        swipe(400);
        CHECK(page == 1);
        CHECK(taps == 0);
        swipe(400);
        swipe(400);
        CHECK(page == 2);
        swipe(-400);
        CHECK(page == 1);
        CHECK(t.hand.tap("button:page1"));
        CHECK(taps == 1);
        page = 0;  // from outside
        t.settle();
        CHECK(t.shown().find("button:page0") != nullptr);
        CHECK(t.shown().find("button:page1") == nullptr);
    }
}

TEST_CASE("pager: in a page that scrolls down, each takes its own direction") {
    TestStage t;
    std::size_t page = 0;
    t.show([&](Context& ui) {
        ScrollView down(ui, "page", ui.screen());
        pager(ui, down.area().cut_top(600), {.id = "p", .count = 3}, page,
              [&](std::size_t, Area) {});
        down.area().skip(3000);
    });
    t.hand.drag({900, 300}, {500, 310}, 5);
    CHECK(page == 1);
    CHECK(scroll_offset(t.stage->context(), "page") == 0);
    t.hand.drag({900, 500}, {910, 200}, 5);
    CHECK(page == 1);
    CHECK(scroll_offset(t.stage->context(), "page") > 200);
}

TEST_CASE("zoom: double tap goes in at the finger and out again; a drag pans inside the edges") {
    TestStage t;
    ZoomState state;
    const Picture picture{1, 1600, 900};
    t.show([&](Context& ui) { zoom_picture(ui, ui.screen(), "car", picture, state); });
    const Point at{400, 300};
    const auto tap_twice = [&] {
        for (int i = 0; i < 2; ++i)
            t.hand.press(at), t.hand.release(at);
        t.settle();
    };
    tap_twice();
    CHECK(state.zoom == 2.5F);
    t.hand.drag({900, 500}, {5000, 500}, 4);
    CHECK(state.centre.x == doctest::Approx(0.2));
    tap_twice();
    CHECK(state.zoom == 1);
}

TEST_CASE("zoom: two fingers go in around the place between them, and their first was no tap") {
    TestStage t;
    const Picture picture{1, 1920, 1080};
    ZoomState state;
    bool tapped = false;
    t.show([&](Context& ui) {
        Area screen = ui.screen();
        tapped |= button(ui, screen.cut_top(80).cut_start(200), {.id = "b", .label = "B"});
        zoom_picture(ui, screen, "car", picture, state);
    });
    const auto pinch = [&](Point at, float factor) {
        Event event;
        event.type = Event::Type::kPinch;
        const float scale = t.stage->scale();
        event.at = {at.x * scale, at.y * scale};
        event.pinch = factor;
        t.stage->input().push(event);
        t.settle();
    };
    t.hand.press({600, 600});
    pinch({600, 600}, 1);
    pinch({600, 600}, 2);
    CHECK(state.zoom == doctest::Approx(2));
    t.hand.release({600, 600});
    CHECK(state.zoom == doctest::Approx(2));
    pinch({600, 600}, 0.1F);
    CHECK(state.zoom == doctest::Approx(1));
    pinch({600, 600}, 100);
    CHECK(state.zoom == doctest::Approx(kMostZoom));
    // A second finger elsewhere takes nothing from the first.
    t.hand.press({100, 40});
    pinch({100, 40}, 1.5F);
    t.hand.release({100, 40});
    t.settle();
    CHECK(tapped);
}

TEST_CASE("signature: keeps every point of the way, in thousandths of the pad") {
    TestStage t;
    std::vector<std::vector<Point>> strokes;
    t.show([&](Context& ui) {
        signature_pad(ui, ui.screen().with({100, 100, 1000, 400}), "sign", "Sign here", strokes);
    });
    t.hand.drag({200, 300}, {900, 300}, 20);
    t.hand.drag({200, 200}, {200, 5000}, 3);
    REQUIRE(strokes.size() == 2);
    CHECK(strokes[0].size() >= 20);
    CHECK(strokes[0].front() == Point{100, 500});
    CHECK(strokes[0].back() == Point{800, 500});
    CHECK(strokes[1].back().y == 1000);
}

TEST_CASE("pin pad: touches and a real keyboard type; complete once") {
    TestStage t;
    std::string digits;
    int complete = 0;
    t.show([&](Context& ui) {
        if (pin_pad(ui, ui.screen().centred(kPinPadWidth, kPinPadHeight), "pin", digits, 4))
            ++complete;
    });
    t.hand.tap("pin:pin/7");
    t.hand.type("12x");
    CHECK(digits == "712");
    t.hand.tap("pin:pin/erase");
    CHECK(digits == "71");
    CHECK(complete == 0);
    t.hand.type("34");
    CHECK(digits == "7134");
    CHECK(complete == 1);
    t.hand.tap("pin:pin/9");
    CHECK(digits == "7134");
    CHECK(complete == 1);
}

TEST_CASE("charts: a touch asks a value, keys go on from it, in reading order") {
    for (const char* locale : {"en", "ar"}) {
        TestStage t(locale);
        const double values[] = {1, 2, 3, 4};
        const std::string words[] = {"one", "two", "three", "four"};
        int bar = -1, point = -1;
        t.show([&](Context& ui) {
            Area page = ui.screen();
            bar = bar_chart(ui, page.cut_top(400, 40),
                            {.values = values, .id = "b", .label = "Sales", .read_outs = words});
            point = line_chart(ui, page.cut_top(400),
                               {.id = "l", .label = "Owed", .values = values, .read_outs = words});
        });
        CHECK(bar == -1);
        const bool mirrored = std::string(locale) == "ar";
        t.hand.tap_at({mirrored ? 1900.0F : 20.0F, 200});
        CHECK(bar == 0);
        CHECK(t.shown().shows_text("one"));
        t.hand.key(mirrored ? Key::kLeft : Key::kRight);
        CHECK(bar == 1);
        t.hand.drag({mirrored ? 1900.0F : 20.0F, 600}, {mirrored ? 20.0F : 1900.0F, 600}, 5);
        CHECK(point == 3);
        CHECK(t.shown().find("chart:l")->state == "four");
    }
}

TEST_CASE("line chart: names stand at their points, wherever the curve ends") {
    for (const std::size_t months : {18U, 30U, 60U}) {
        CAPTURE(months);
        const std::vector<double> owed(months + 1, 1.0);
        const std::vector<std::string> years(months / 12 + 1, "1 yr");
        const LineChart spec{
            .id = {}, .label = {}, .values = owed, .names = years, .name_every = 12};
        for (std::size_t year = 0; year < years.size(); ++year)
            CHECK(name_share(spec, year) ==
                  doctest::Approx(static_cast<double>(year * 12) / static_cast<double>(months)));
    }
    const std::string ends[] = {"begin", "end"};
    const double values[] = {1, 2, 3};
    CHECK(name_share({.id = {}, .label = {}, .values = values, .names = ends}, 1) == 1);
}

TEST_CASE("button: long words take a second line before they are cut") {
    TestStage t;
    t.show([&](Context& ui) {
        Area page = ui.screen();
        (void)button(ui, page.cut_top(64).cut_start(230),
                     {.id = "drive", .label = "Book a test drive today", .icon = icons::kDone});
    });
    CHECK(t.shown().cut_texts().empty());
}

TEST_CASE("long press: acts once while the finger rests; letting go is no tap") {
    TestStage t;
    int held = 0, taps = 0;
    t.show([&](Context& ui) {
        const Area area = ui.screen().cut_top(64);
        if (button(ui, area, {.id = "b", .label = "B"})) ++taps;
        if (ui.long_pressed("button:b")) ++held;
    });
    t.hand.press({500, 30});
    t.settle();
    CHECK(held == 0);
    t.now_ms += 600;
    t.settle();
    CHECK(held == 1);
    t.hand.release({500, 30});
    t.settle();
    CHECK(held == 1);
    CHECK(taps == 0);
}
