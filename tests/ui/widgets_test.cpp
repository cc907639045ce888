#include "ui/widgets.hpp"

#include <set>

#include "fixture.hpp"
#include "ui/limits.hpp"
#include "ui/navigator.hpp"
#include "ui/scroll.hpp"

using namespace ui_test;
using namespace showfloor::ui;

namespace {

void two_buttons(Context& ui, int& first, int& second) {
    Area page = ui.screen().padded(48);
    if (button(ui, page.cut_top(64, 24), {.id = "first", .label = "First"})) ++first;
    if (button(ui, page.cut_top(64, 24), {.id = "second", .label = "Second"})) ++second;
}

}  // namespace

TEST_CASE("registry: finds widgets and texts of the last frame") {
    TestStage t;
    int first = 0, second = 0;
    t.show([&](Context& ui) { two_buttons(ui, first, second); });
    const Item* item = t.shown().find("button:first");
    REQUIRE(item != nullptr);
    CHECK(item->label == "First");
    CHECK(item->kind() == "button");
    CHECK(t.shown().shows_text("Second"));
    CHECK(t.shown().find("button:third") == nullptr);
}

TEST_CASE("tap: acts once, on the widget under the finger") {
    TestStage t;
    int first = 0, second = 0;
    t.show([&](Context& ui) { two_buttons(ui, first, second); });
    CHECK(t.hand.tap("button:second"));
    CHECK(first == 0);
    CHECK(second == 1);
}

TEST_CASE("tap: two taps in one frame's time act one after the other") {
    TestStage t;
    int first = 0, second = 0;
    t.show([&](Context& ui) { two_buttons(ui, first, second); });
    const Point at = t.shown().find("button:first")->rect.centre();
    for (int i = 0; i < 2; ++i)
        t.hand.press(at), t.hand.release(at);
    t.settle();
    CHECK(first == 2);
}

TEST_CASE("tap: a finger that leaves the button does not mean it") {
    TestStage t;
    int first = 0, second = 0;
    t.show([&](Context& ui) { two_buttons(ui, first, second); });
    const Point at = t.shown().find("button:first")->rect.centre();
    t.hand.drag(at, {at.x, at.y + 300}, 4);
    CHECK(first == 0);
    CHECK(second == 0);
}

TEST_CASE("tap: a disabled button cannot be tapped") {
    TestStage t;
    int taps = 0;
    t.show([&](Context& ui) {
        if (button(ui, ui.screen().cut_top(64), {.id = "off", .label = "Off", .enabled = false}))
            ++taps;
    });
    CHECK_FALSE(t.hand.tap("button:off"));
    t.hand.tap_at({200, 30});
    CHECK(taps == 0);
}

TEST_CASE("targets: a small area is still a finger wide") {
    TestStage t;
    t.show([&](Context& ui) {
        (void)icon_button(ui, ui.screen().centred(20, 20), {.id = "x", .label = "Close"});
    });
    CHECK(t.shown().find("button:x")->rect.w >= kTouchSize);
    CHECK(t.shown().find("button:x")->rect.h >= kTouchSize);
}

TEST_CASE("scroll: a drag moves the page and never taps; a tap does not scroll") {
    TestStage t;
    int taps = 0;
    double offset = 0;
    t.show([&](Context& ui) {
        ScrollView page(ui, "list", ui.screen());
        for (int i = 0; i < 40; ++i)
            if (list_row(ui, page.area().cut_top(84), {.id = std::to_string(i), .title = "Row"}))
                ++taps;
        offset = scroll_offset(ui, "list");
    });
    t.hand.drag({600, 800}, {600, 500}, 6);
    CHECK(taps == 0);
    CHECK(offset > 200);
    const double before = offset;
    CHECK(t.hand.tap(t.shown().hit({600, 500})->id));
    CHECK(taps == 1);
    CHECK(offset == doctest::Approx(before));
}

TEST_CASE("scroll: the edge resists and the page comes back to it") {
    TestStage t;
    double offset = 0, deepest = 0;
    t.show([&](Context& ui) {
        ScrollView page(ui, "list", ui.screen());
        page.area().skip(3000);
        const Scroll& scroll = ui.interaction().scroll("list");
        offset = scroll.shown();
        deepest = std::min(deepest, offset);
    });
    t.hand.drag({600, 200}, {600, 900}, 6);
    CHECK(deepest < -50);
    CHECK(deepest > -500);
    CHECK(offset == doctest::Approx(0));
}

TEST_CASE("grid: 100,000 items cost what can be seen") {
    TestStage t;
    std::set<std::size_t> asked;
    const auto draw = [&](Context& ui) {
        grid(ui, ui.screen(),
             {.id = "cars", .count = 100'000, .least_width = 400, .item_height = 400},
             [&](std::size_t index, Area area) {
                 asked.insert(index);
                 (void)tap_card(ui, area, std::to_string(index), "car");
             });
    };
    t.show(draw);
    CHECK(asked.size() <= 4 * 5);
    CHECK(asked.contains(0));
    // At the far end rows still stand apart by whole dp.
    scroll_to(t.stage->context(), "cars", 424.0 * 25'000 - 1080);
    t.settle();
    asked.clear();
    t.frame();
    CHECK(asked.size() <= 4 * 6);
    CHECK(asked.contains(99'999));
    const Item* last = t.shown().find("card:99999");
    const Item* above = t.shown().find("card:99995");
    REQUIRE(last != nullptr);
    REQUIRE(above != nullptr);
    CHECK(last->rect.y - above->rect.y == doctest::Approx(424));
}

TEST_CASE("focus: Tab walks every widget once and comes round") {
    TestStage t;
    std::string name;
    t.show([&](Context& ui) {
        Area page = ui.screen().padded(48);
        (void)button(ui, page.cut_top(64, 24), {.id = "a", .label = "A"});
        const Field field{.id = "name", .label = "Name"};
        (void)text_field(ui, page.cut_top(field_height(field), 24), field, name);
        (void)chip(ui, page.cut_top(48, 24), {.id = "b", .label = "B"});
        (void)list_row(ui, page.cut_top(84, 24), {.id = "c", .title = "C"});
        (void)button(ui, page.cut_top(64, 24), {.id = "off", .label = "Off", .enabled = false});
    });
    std::vector<std::string> walked;
    for (int i = 0; i < 5; ++i) {
        t.hand.key(Key::kTab);
        walked.push_back(t.stage->context().interaction().focused());
    }
    CHECK(walked ==
          std::vector<std::string>{"button:a", "field:name", "chip:b", "row:c", "button:a"});
}

TEST_CASE("focus: arrows go where they point, Enter taps") {
    TestStage t;
    int tapped = 0;
    t.show([&](Context& ui) {
        const auto cells = ui.screen().padded(48).columns(2, 24);
        Area left = cells[0], right = cells[1];
        (void)button(ui, left.cut_top(64, 400), {.id = "a", .label = "A"});
        (void)button(ui, left.cut_top(64), {.id = "c", .label = "C"});
        if (button(ui, right.cut_top(64), {.id = "b", .label = "B"})) ++tapped;
    });
    const auto focused = [&] { return t.stage->context().interaction().focused(); };
    t.hand.key(Key::kDown);
    CHECK(focused() == "button:a");
    t.hand.key(Key::kDown);
    CHECK(focused() == "button:c");
    t.hand.key(Key::kUp);
    t.hand.key(Key::kRight);
    CHECK(focused() == "button:b");
    t.hand.key(Key::kEnter);
    CHECK(tapped == 1);
}

TEST_CASE("focus: walking down a long page brings the row into view") {
    TestStage t;
    t.show([&](Context& ui) {
        ScrollView page(ui, "list", ui.screen());
        for (int i = 0; i < 40; ++i)
            (void)list_row(ui, page.area().cut_top(84), {.id = std::to_string(i), .title = "Row"});
    });
    for (int i = 0; i < 30; ++i)
        t.hand.key(Key::kDown);
    const Item* item = t.shown().find(t.stage->context().interaction().focused());
    REQUIRE(item != nullptr);
    CHECK(item->id == "row:29");
    CHECK(item->visible.h == doctest::Approx(item->rect.h));
}

TEST_CASE("dialog: keeps touches and keys away from what lies below") {
    TestStage t;
    int below = 0;
    DialogAnswer answer = DialogAnswer::kOpen;
    bool open = true;
    t.show([&](Context& ui) {
        if (button(ui, ui.screen().cut_top(64), {.id = "below", .label = "Below"})) ++below;
        if (!open) return;
        answer = dialog(
            ui,
            {.id = "sure", .title = "Sure?", .words = "Words.", .confirm = "Yes", .cancel = "No"});
        if (answer != DialogAnswer::kOpen) open = false;
    });
    CHECK_FALSE(t.hand.tap("button:below"));
    t.hand.key(Key::kTab);
    CHECK(t.stage->context().interaction().focused() != "button:below");
    CHECK(t.hand.tap("button:sure/confirm"));
    CHECK(answer == DialogAnswer::kConfirmed);
    CHECK(below == 0);
    CHECK(t.hand.tap("button:below"));
    CHECK(below == 1);
}

TEST_CASE("mirroring: start is right in Arabic") {
    TestStage t("ar");
    t.show([&](Context& ui) {
        Area row = ui.screen().cut_top(64);
        (void)button(ui, row.cut_start(200), {.id = "start", .label = "بدء"});
        (void)button(ui, row.cut_end(200), {.id = "end", .label = "نهاية"});
    });
    CHECK(t.shown().find("button:start")->rect.x == doctest::Approx(1720));
    CHECK(t.shown().find("button:end")->rect.x == doctest::Approx(0));
}

TEST_CASE("toast: goes by itself") {
    TestStage t;
    bool said = false;
    t.show([&](Context& ui) {
        if (!said) ui.toast("Receipt printed");
        said = true;
    });
    CHECK(t.shown().shows_text("Receipt printed"));
    REQUIRE(t.stage->next_wake().has_value());
    t.now_ms = *t.stage->next_wake();
    t.settle();
    CHECK_FALSE(t.shown().shows_text("Receipt printed"));
    CHECK_FALSE(t.stage->next_wake().has_value());
}

TEST_CASE("toast: hides nothing that can be touched, and touches go through it") {
    for (const bool upright : {false, true}) {
        TestStage t;
        if (upright) std::swap(t.width, t.height);
        int sent = 0;
        bool said = false;
        t.show([&](Context& ui) {
            Area page = ui.screen().padded(48);
            if (button(ui, page.cut_bottom(64), {.id = "send", .label = "Send"})) ++sent;
            if (!std::exchange(said, true)) ui.toast("Chosen for comparing");
        });
        const Rect words = t.shown().place_of_text("Chosen for comparing");
        REQUIRE_FALSE(words.empty());
        CHECK_FALSE(words.inflated(16).overlaps(t.shown().find("button:send")->rect));
        CHECK(words.y > static_cast<float>(t.height) / 2);  // still low, where eyes expect it
        // Where no place is free it lies over something, and a finger does not feel it.
        t.show([&](Context& ui) {
            if (button(ui, ui.screen(), {.id = "all", .label = "All"})) ++sent;
        });
        REQUIRE(t.shown().shows_text("Chosen for comparing"));
        const Point at = t.shown().place_of_text("Chosen for comparing").centre();
        REQUIRE(t.shown().hit(at) != nullptr);
        CHECK(t.shown().hit(at)->id == "button:all");
    }
}

TEST_CASE("toast: comes down to where nothing is in its way, and stays while it is read") {
    TestStage t;
    bool said = false, busy = false;
    t.show([&](Context& ui) {
        Area foot = ui.screen().padded(0, 36);
        if (busy)
            (void)button(ui, foot.cut_bottom(88).centred(480, 88), {.id = "foot", .label = "Foot"});
        if (!std::exchange(said, true)) ui.toast("Kept");
    });
    const Rect free = t.shown().place_of_text("Kept");
    busy = true;
    t.settle();
    const Rect moved = t.shown().place_of_text("Kept");
    CHECK_FALSE(moved.inflated(16).overlaps(t.shown().find("button:foot")->rect));
    busy = false;
    t.settle();
    CHECK(t.shown().place_of_text("Kept") == moved);
    CHECK_FALSE(free == moved);
}

TEST_CASE("toast: the same words twice are one message, shown longer") {
    TestStage t;
    int say = 2;
    t.show([&](Context& ui) {
        if (say > 0) ui.toast("Choose a car first.");
        if (--say == 1) ui.draw_again();
    });
    const auto& texts = t.shown().texts();
    CHECK(std::count(texts.begin(), texts.end(), "Choose a car first.") == 1);
    t.now_ms += 3000;
    say = 1;
    t.settle();
    t.now_ms += 3000;
    t.settle();
    CHECK(t.shown().shows_text("Choose a car first."));
}

TEST_CASE("field: an empty amount says its currency, and typing goes on after it") {
    TestStage t;
    std::string amount;
    const Field spec{
        .id = "amount", .label = "Amount", .kind = FieldKind::kMoney, .currency = "KES"};
    t.show([&](Context& ui) {
        (void)text_field(ui, ui.screen().padded(48).cut_top(field_height(spec)), spec, amount);
    });
    const Rect quiet = t.shown().place_of_text("KES");
    REQUIRE_FALSE(quiet.empty());
    t.hand.tap("field:amount");
    CHECK(t.shown().place_of_text("KES") == quiet);  // it does not jump under the caret
    t.hand.type("1500");
    CHECK(amount == "1500");
    CHECK(t.shown().shows_text("KES\u00a01,500"));
    CHECK(t.shown().place_of_text("KES\u00a01,500").x == doctest::Approx(quiet.x).epsilon(0.01));
}

TEST_CASE("text: what is too long is cut with an ellipsis, paragraphs break between words") {
    TestStage t;
    t.show([&](Context& ui) {
        Painter& paint = ui.painter();
        const TextStyle style = ui.text(Style::kBody);
        const std::string cut = paint.cut_to("A very long name of a very long car", style, 150);
        CHECK(cut.ends_with("…"));
        CHECK(paint.measure(cut, style) <= 150.5F);
        CHECK(paint.cut_to("Short", style, 150) == "Short");
        const auto lines = paint.wrap("one two three four five six seven eight", style, 120);
        CHECK(lines.size() > 2);
        for (const auto& line : lines)
            CHECK(paint.measure(line, style) <= 121);
        CHECK(paint.wrap("one two three four five six", style, 80, 2).size() == 2);
        CHECK(paint.wrap("", style, 80).empty());
    });
}

TEST_CASE("text: a paragraph without orphans is as high as its wrapped lines") {
    TestStage t;
    t.show([&](Context& ui) {
        Painter& paint = ui.painter();
        const TextStyle style = ui.text(Style::kBody);
        const std::string words =
            "The discount is more than is yours to give. A manager signs in; you stay signed in.";
        for (int width = 90; width < 900; width += 7) {
            const auto wide = static_cast<float>(width);
            for (const std::size_t most : {0U, 2U}) {
                INFO("width ", width, " at most ", most);
                const float lines = static_cast<float>(paint.wrap(words, style, wide, most).size());
                CHECK(paint.paragraph({0, 0, wide, 900}, words, style, ui.color().ink,
                                      Align::kStart, most) ==
                      doctest::Approx(lines * Painter::line_height(style)));
            }
        }
    });
}

TEST_CASE("field: a tap beside Latin text in Arabic goes on at its end") {
    TestStage t("ar");
    std::string value = "toyota";
    t.show([&](Context& ui) {
        const Field field{.id = "find", .label = {}, .kind = FieldKind::kText};
        (void)text_field(ui, ui.screen().cut_top(field_height(field)), field, value);
    });
    CHECK(t.hand.tap("field:find"));
    CHECK(t.hand.tap("field:find"));  // in its middle, left of the word
    t.hand.type("x");
    CHECK(value == "toyotax");
}

TEST_CASE("figures: money stands in columns") {
    TestStage t;
    t.show([&](Context& ui) {
        TextStyle style = ui.text(Style::kBody);
        style.tabular = true;
        CHECK(ui.painter().measure("1,111", style) ==
              doctest::Approx(ui.painter().measure("8,888", style)));
    });
}

TEST_CASE("sums: of a column end at one edge, in a mirrored page too") {
    for (const char* locale : {"en", "ar"}) {
        TestStage t(locale);
        t.show([&](Context& ui) {
            Area page = ui.screen().padded(48).cut_start(600);
            for (const char* figure : {"KES 4,250,000", "KES 10,000"}) {
                Area row = page.cut_top(40);
                sum(ui, row, "sale", figure);
            }
        });
        const Rect large = t.shown().place_of_text("KES 4,250,000");
        const Rect small = t.shown().place_of_text("KES 10,000");
        CHECK(large.right() == doctest::Approx(small.right()).epsilon(0.001));
        CHECK(large.w > small.w + 20);
    }
}

TEST_CASE("initials: first and last name, letters of any script") {
    CHECK(initials("Amina Wanjiru") == "AW");
    CHECK(initials("amina") == "A");
    CHECK(initials("Jean-Luc de Picard") == "JP");
    CHECK(initials("") == "");
}

namespace {

class Named final : public Screen {
   public:
    Named(std::string_view name, std::string& story) : name_(name), story_(story) {}
    std::string_view name() const override { return name_; }
    void draw(Context&) override {
        if (on_draw) on_draw();
    }
    void on_enter() override { story_ += "+" + std::string(name_); }
    void on_leave() override { story_ += "-" + std::string(name_); }
    std::function<void()> on_draw;

   private:
    std::string_view name_;
    std::string& story_;
};

}  // namespace

TEST_CASE("navigator: changes asked for while drawing happen after it; the last screen stays") {
    TestStage t;
    Navigator navigator;
    std::string story;
    auto browse = std::make_unique<Named>("browse", story);
    browse->on_draw = [&] {
        if (navigator.depth() == 1 && story == "+browse")
            navigator.push(std::make_unique<Named>("car", story));
    };
    navigator.push(std::move(browse));
    t.show([&](Context& ui) { navigator.draw(ui); });
    CHECK(story == "+browse-browse+car");
    CHECK(navigator.top()->name() == "car");
    navigator.pop();
    navigator.pop();
    CHECK(navigator.top()->name() == "browse");
    CHECK(navigator.depth() == 1);
}

TEST_CASE("textures: the budget of a frame holds, and what was shown longest ago goes first") {
    CountingTextures maker;
    const std::size_t one = 100 * 100 * 4 + 100 * 100 * 4 / 3;
    Textures textures(maker, one * 2, one);
    const std::vector<std::uint8_t> pixels(100 * 100 * 4);
    textures.begin_frame();
    CHECK(textures.upload(1, 100, 100, pixels).ready());
    CHECK_FALSE(textures.upload(2, 100, 100, pixels).ready());
    textures.begin_frame();
    CHECK(textures.upload(2, 100, 100, pixels).ready());
    textures.begin_frame();
    (void)textures.find(1);
    CHECK(textures.upload(3, 100, 100, pixels).ready());
    CHECK(textures.find(1).ready());
    CHECK_FALSE(textures.find(2).ready());
    CHECK(textures.bytes() == one * 2);
    textures.begin_frame();
    CHECK_FALSE(textures.upload(4, 100, 99, pixels).ready());
}

TEST_CASE("textures: a large picture goes some frames after it was shown last, a small one stays") {
    CountingTextures maker;
    constexpr int kSide = 800;
    Textures textures(maker, 64 * kLargeTextureBytes, 64 * kLargeTextureBytes);
    textures.begin_frame();
    CHECK(textures.upload(1, kSide, kSide, std::vector<std::uint8_t>(kSide * kSide * 4)).ready());
    CHECK(textures.upload(2, 8, 8, std::vector<std::uint8_t>(8 * 8 * 4)).ready());
    for (std::uint64_t frame = 0; frame < 3 * kLargeTextureFrames; ++frame) {
        textures.begin_frame();
        CHECK(textures.find(1).ready());
    }
    for (std::uint64_t frame = 0; frame <= kLargeTextureFrames; ++frame)
        textures.begin_frame();
    CHECK_FALSE(textures.find(1).ready());
    CHECK(textures.find(2).ready());
    CHECK(textures.bytes() < kLargeTextureBytes);
}

TEST_CASE("list row: money at its end is never cut, whatever its figures") {
    for (const char* money : {"KES 1,111,111", "KES 11,111.11", "KES 8,888,888"}) {
        INFO(money);
        TestStage t;
        t.show([&](Context& ui) {
            Area page = ui.screen();
            (void)list_row(ui, page.cut_top(kRowHeight),
                           {.id = "sale", .title = "Sale", .trailing = money});
        });
        CHECK(t.shown().cut_texts().empty());
    }
}

TEST_CASE("label: too long it is smaller first, and cut only when that is not enough") {
    TestStage t;
    const std::string name = "2024 Land Rover Range Rover Sport";
    float part = 0.9F;
    t.show([&](Context& ui) {
        const float room = text_width(ui, name, Style::kHeading) * part;
        label_fitted(ui, ui.screen().cut_top(40).cut_start(room), name, Style::kHeading);
    });
    CHECK(t.shown().cut_texts().empty());
    part = 0.5F;
    t.settle();
    CHECK(t.shown().cut_texts().size() == 1);
}

TEST_CASE("rows in a card: the card is as high as its rows, and scrolls when it has no more room") {
    TestStage t;
    std::size_t count = 2;
    t.show([&](Context& ui) {
        rows_in_card(ui, ui.screen(), {.id = "rows", .count = count, .item_height = 84},
                     [&](std::size_t i, Area row) {
                         (void)list_row(ui, row, {.id = ui.keep(std::to_string(i)), .title = "R"});
                     });
    });
    REQUIRE(t.shown().scrolls().size() == 1);
    CHECK(t.shown().scrolls().front().view.h == doctest::Approx(2 * 84 + 8));
    count = 100'000;
    t.settle();
    CHECK(t.shown().items().size() < 40);
    CHECK(t.shown().scrolls().front().view.h > 400);
}
