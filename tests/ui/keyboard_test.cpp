#include "ui/keyboard.hpp"

#include <map>

#include "fixture.hpp"
#include "text/format.hpp"
#include "text/utf8.hpp"
#include "ui/touch_source.hpp"

using namespace ui_test;
using namespace showfloor::ui;

namespace {

struct FieldPage {
    std::string value = {};
    FieldKind kind = FieldKind::kText;
    float top = 900;
    int submitted = 0;
    std::string_view currency = {};
    void draw(Context& ui) {
        Area page = ui.screen();
        page.skip(top);
        const Field field{
            .id = "f", .label = "Field", .kind = kind, .hint = "hint", .currency = currency};
        if (text_field(ui, page.cut_top(field_height(field)), field, value).submitted) ++submitted;
    }
};

constexpr FieldKind kKinds[] = {FieldKind::kText,   FieldKind::kEmail, FieldKind::kPhone,
                                FieldKind::kNumber, FieldKind::kMoney, FieldKind::kPassword,
                                FieldKind::kPin};

}  // namespace

TEST_CASE("keyboard: comes with a field and never covers it, wherever the field stands") {
    for (const auto& [width, height] : {std::pair{1920, 1080}, {1080, 1920}, {1280, 800}}) {
        for (const FieldKind kind : kKinds) {
            for (const float part : {0.0F, 0.5F, 1.0F}) {
                TestStage t;
                t.width = width, t.height = height;
                FieldPage page{.kind = kind};
                page.top = part * (static_cast<float>(height) -
                                   field_height({.id = "f", .label = "x", .hint = "x"}));
                t.show([&](Context& ui) { page.draw(ui); });
                CHECK(t.shown().find("key:done") == nullptr);
                REQUIRE(t.hand.tap("field:f"));
                const Item* key = nullptr;
                float panel_top = 1e9F;
                for (const Item& item : t.shown().items())
                    if (item.kind() == "key")
                        key = &item, panel_top = std::min(panel_top, item.rect.y);
                REQUIRE(key != nullptr);
                const Item* field = t.shown().find("field:f");
                CHECK(field->rect.bottom() < panel_top);
                CHECK(field->rect.y >= 0);
                for (const Item& item : t.shown().items()) {
                    if (item.kind() != "key") continue;
                    CHECK(item.rect.bottom() <= static_cast<float>(height));
                    CHECK(item.rect.h >= kTouchSize);
                }
            }
        }
    }
}

TEST_CASE("keyboard: its keys type, shift holds for one letter, backspace takes whole letters") {
    TestStage t;
    FieldPage page;
    t.show([&](Context& ui) { page.draw(ui); });
    t.hand.tap("field:f");
    t.hand.tap("key:shift");
    t.hand.tap("key:a");
    t.hand.tap("key:m");
    CHECK(page.value == "Am");
    t.hand.type("é");
    CHECK(page.value == "Amé");
    t.hand.tap("key:backspace");
    CHECK(page.value == "Am");
    t.hand.tap("key:page");
    t.hand.tap("key:!");
    CHECK(page.value == "Am!");
}

TEST_CASE("keyboard: the last key submits once and puts it away; so does a touch beside") {
    TestStage t;
    FieldPage page;
    t.show([&](Context& ui) { page.draw(ui); });
    t.hand.tap("field:f");
    t.hand.tap("key:done");
    CHECK(page.submitted == 1);
    CHECK(t.shown().find("key:done") == nullptr);
    t.hand.tap("field:f");
    CHECK(t.shown().find("key:done") != nullptr);
    t.hand.tap_at({20, 20});
    CHECK(t.shown().find("key:done") == nullptr);
    CHECK(page.submitted == 1);
}

TEST_CASE("keyboard: a real keyboard works beside it") {
    TestStage t;
    FieldPage page;
    t.show([&](Context& ui) { page.draw(ui); });
    t.hand.tap("field:f");
    t.hand.type("JTNKABA37N");
    t.hand.key(Key::kHome);
    t.hand.type("x");
    t.hand.key(Key::kDelete);
    t.hand.key(Key::kEnd);
    t.hand.key(Key::kBackspace);
    t.hand.key(Key::kLeft);
    t.hand.type("-");
    CHECK(page.value == "xTNKABA3-7");
    t.hand.key(Key::kEnter);
    CHECK(page.submitted == 1);
}

TEST_CASE("fields: each kind takes what belongs into it") {
    const auto typed = [](FieldKind kind, std::string_view what) {
        TestStage t;
        FieldPage page{.kind = kind};
        t.show([&](Context& ui) { page.draw(ui); });
        t.hand.tap("field:f");
        t.hand.type(what);
        return page.value;
    };
    CHECK(typed(FieldKind::kMoney, "1a70,000.5.0") == "170.00050");
    CHECK(typed(FieldKind::kNumber, "12 3x") == "123");
    CHECK(typed(FieldKind::kPhone, "+254 722-x1") == "+254 722-1");
    CHECK(typed(FieldKind::kEmail, "a b@c.d") == "ab@c.d");
}

TEST_CASE("fields: a password is never among the texts shown, until it is revealed") {
    TestStage t;
    FieldPage page{.value = "secret12", .kind = FieldKind::kPassword};
    t.show([&](Context& ui) { page.draw(ui); });
    t.hand.tap("field:f");
    CHECK_FALSE(t.shown().shows_text("secret12"));
    CHECK(t.hand.tap("reveal:f"));
    CHECK(t.shown().shows_text("secret12"));
    CHECK(t.shown().find("key:done") != nullptr);
}

TEST_CASE("fields: money is grouped, and nothing grows past its bound") {
    TestStage t;
    FieldPage page{.value = "170000.5", .kind = FieldKind::kMoney};
    t.show([&](Context& ui) { page.draw(ui); });
    CHECK(t.shown().shows_text("170,000.5"));
    t.hand.tap("field:f");
    for (int i = 0; i < 300; ++i)
        t.stage->input().push({.type = Event::Type::kLetter, .letter = U'1'});
    t.settle();
    CHECK(page.value.size() == 200);
}

TEST_CASE("fields: money is worded as everywhere, its currency where the language puts it") {
    for (const char* locale : {"en", "fr", "ar"}) {
        INFO(locale);
        TestStage t(locale);
        FieldPage page{.value = "170000", .kind = FieldKind::kMoney, .currency = "KES"};
        t.show([&](Context& ui) { page.draw(ui); });
        CHECK(t.shown().shows_text(text::money(t.strings.locale(), 17'000'000, "KES", 2)));
        t.hand.tap("field:f");
        t.hand.type("5");
        CHECK(page.value == "1700005");
    }
}

TEST_CASE(
    "touch: the first finger is the pointer, a second one makes a pinch, others are ignored") {
    Fingers first;
    CHECK(first.follow(TouchPhase::kBegin, 7, {1, 2}, 0)->type == Event::Type::kPress);
    const auto second = first.follow(TouchPhase::kBegin, 8, {101, 2}, 1);
    REQUIRE(second.has_value());
    CHECK(second->type == Event::Type::kPinch);
    CHECK(second->pinch == doctest::Approx(1));
    CHECK_FALSE(first.follow(TouchPhase::kBegin, 9, {50, 50}, 2).has_value());
    CHECK_FALSE(first.follow(TouchPhase::kUpdate, 9, {60, 60}, 2).has_value());
    const auto apart = first.follow(TouchPhase::kUpdate, 8, {201, 2}, 2);
    CHECK(apart->pinch == doctest::Approx(2));
    CHECK(apart->at == Point{101, 2});
    CHECK_FALSE(first.follow(TouchPhase::kEnd, 8, {201, 2}, 4).has_value());
    CHECK(first.follow(TouchPhase::kUpdate, 7, {3, 4}, 4)->at == Point{3, 4});
    CHECK(first.follow(TouchPhase::kEnd, 7, {3, 4}, 5)->type == Event::Type::kRelease);
    CHECK(first.follow(TouchPhase::kBegin, 9, {0, 0}, 6).has_value());
}

TEST_CASE("input queue: full, it drops a move rather than a release") {
    InputQueue queue;
    queue.push({.type = Event::Type::kPress});
    for (int i = 0; i < 3000; ++i)
        queue.push({.type = Event::Type::kMove});
    queue.push({.type = Event::Type::kRelease});
    std::size_t count = 0;
    Event last;
    while (const auto event = queue.pop())
        last = *event, ++count;
    CHECK(count <= 1024);
    CHECK(last.type == Event::Type::kRelease);
}

TEST_CASE("keyboard: begins with the page's language, and its key goes through the others") {
    TestStage t("ar");
    FieldPage page;
    t.show([&](Context& ui) { page.draw(ui); });
    t.hand.tap("field:f");
    CHECK(t.shown().find("key:ض") != nullptr);
    CHECK(t.shown().find("key:shift") == nullptr);
    t.hand.tap("key:ض");
    CHECK(page.value == "ض");
    for (std::size_t i = 0; i < keyboard_languages().size(); ++i) {
        CHECK(t.hand.tap("key:language"));
        for (const Item& item : t.shown().items())
            if (item.kind() == "key") CHECK(item.rect.w >= kTouchSize - 0.5F);
    }
    CHECK(t.shown().find("key:ض") != nullptr);
}

TEST_CASE("keyboard: French has its own places; Swahili is written with the English keys") {
    const auto first = [](std::string_view language) {
        return std::string(key_layout(language, FieldKind::kText, false)[1][0].letters);
    };
    CHECK(first("fr") == "a");
    CHECK(first("sw") == "q");
    CHECK(first("en") == "q");
    // What machines read stays Latin.
    CHECK(std::string(key_layout("ar", FieldKind::kEmail, false)[1][0].letters) == "q");
}

TEST_CASE("keyboard: every letter of Arabic can be typed, each by one key") {
    std::map<std::string, int> places;
    const auto add = [&](std::string_view letters) {
        for (std::size_t at = 0; at < letters.size();) {
            const std::size_t end = text::next_boundary(letters, at);
            ++places[std::string(letters.substr(at, end - at))];
            at = end;
        }
    };
    for (const KeyRow& row : key_layout("ar", FieldKind::kText, false))
        for (const KeyCap& cap : row)
            if (cap.action == KeyAction::kLetter) {
                add(cap.letters);
                add(letters_when_held(cap.letters));
            }
    const std::string_view alphabet = "ابتثجحخدذرزسشصضطظعغفقكلمنهويءأإآؤئىة";
    for (std::size_t at = 0; at < alphabet.size();) {
        const std::size_t end = text::next_boundary(alphabet, at);
        const std::string letter(alphabet.substr(at, end - at));
        CAPTURE(letter);
        CHECK(places[letter] == 1);
        at = end;
    }
}

TEST_CASE("keyboard: the space names the language whose letters stand there") {
    const auto named = [](std::string_view language, FieldKind kind) {
        for (const KeyRow& row : key_layout(language, kind, false))
            for (const KeyCap& cap : row)
                if (cap.action == KeyAction::kSpace) return std::string(cap.letters);
        return std::string();
    };
    CHECK(named("ar", FieldKind::kText) == "العربية");
    CHECK(named("ar", FieldKind::kPassword) == "English");
    CHECK(named("ar", FieldKind::kEmail) == "English");
    CHECK(named("sw", FieldKind::kText) == "Kiswahili");
}

TEST_CASE("keyboard: sums have the decimal sign of the page, and it is typed as one") {
    const auto sign = [](std::string_view language) {
        return std::string(key_layout(language, FieldKind::kMoney, false)[3][0].letters);
    };
    CHECK(sign("en") == ".");
    CHECK(sign("ar") == ".");
    CHECK(sign("fr") == ",");
    TestStage t("fr");
    FieldPage page;
    page.kind = FieldKind::kMoney;
    t.show([&](Context& ui) { page.draw(ui); });
    t.hand.tap("field:f");
    for (const char* key : {"key:1", "key:,", "key:5"})
        t.hand.tap(key);
    CHECK(page.value == "1.5");
}

TEST_CASE("keyboard: a letter held offers its others, also as capitals; a slip still types") {
    TestStage t;
    FieldPage page;
    t.show([&](Context& ui) { page.draw(ui); });
    t.hand.tap("field:f");
    const auto hold = [&](const char* id) {
        const Point at = t.shown().find(id)->rect.centre();
        t.hand.press(at);
        t.settle();
        t.now_ms += 600;
        t.settle();
        t.hand.release(at);
        t.settle();
    };
    hold("key:e");
    CHECK(page.value.empty());
    REQUIRE(t.hand.tap("key:é"));
    CHECK(page.value == "é");
    CHECK(t.shown().find("key:é") == nullptr);
    t.hand.tap("key:shift");
    hold("key:c");
    REQUIRE(t.hand.tap("key:ç"));
    CHECK(page.value == "éÇ");
    hold("key:e");
    t.hand.tap("key:x");  // another key puts them away
    CHECK(t.shown().find("key:é") == nullptr);
    CHECK(page.value == "éÇx");
    const Point at = t.shown().find("key:q")->rect.centre();
    t.hand.drag(at, {at.x + 20, at.y + 6}, 2);
    CHECK(page.value == "éÇxq");
}
