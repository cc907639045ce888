#include <fstream>
#include <sstream>

#include "fixture.hpp"
#include "support/fresh_folder.hpp"
#include "ui/controls.hpp"
#include "ui/navigator.hpp"

using namespace ui_test;
using namespace showfloor::ui;

namespace {

struct Recorder final : Speaker {
    void say(const std::string& words, std::string_view) override { said.push_back(words); }
    void stop() override { said.emplace_back(""); }
    void use_volume(float) override {}
    std::vector<std::string> said;
};

}  // namespace

TEST_CASE("speech: says what the keys reached, what it is and how it stands, once") {
    TestStage t;
    Recorder voice;
    bool on = false;
    std::string name = "Amina", secret = "hunter2";
    t.show([&](Context& ui) {
        Area page = ui.screen();
        toggle(ui, page.cut_top(kSwitchHeight), {.id = "s", .label = "Speech"}, on);
        text_field(ui, page.cut_top(120), {.id = "n", .label = "Name"}, name);
        text_field(ui, page.cut_top(120),
                   {.id = "p", .label = "Password", .kind = FieldKind::kPassword}, secret);
    });
    t.hand.key(Key::kTab);
    CHECK(voice.said.empty());  // silent until somebody asks for it
    t.stage->use_speaker(&voice);
    t.settle();
    REQUIRE(voice.said.size() == 1);
    CHECK(voice.said[0] == "Speech, switch, off");
    t.hand.key(Key::kEnter);
    REQUIRE(voice.said.size() == 2);
    CHECK(voice.said[1] == "Speech, switch, on");
    t.hand.key(Key::kTab);
    CHECK(voice.said.back() == "Name, text field, Amina");
    t.hand.key(Key::kTab);
    CHECK(voice.said.back() == "Password, text field");
    t.hand.key(Key::kSayAgain);
    CHECK(voice.said.size() == 5);
    CHECK(voice.said.back() == "Password, text field");
    for (const std::string& words : voice.said)
        CHECK(words.find("hunter2") == std::string::npos);
    t.stage->use_speaker(nullptr);
    CHECK(voice.said.back().empty());
}

TEST_CASE("speech: a dialog and a toast are said when they come, once") {
    TestStage t;
    Recorder voice;
    t.stage->use_speaker(&voice);
    bool open = false;
    t.show([&](Context& ui) {
        if (open)
            (void)dialog(ui,
                         {.id = "d", .title = "Still there?", .words = "Touch.", .confirm = "Yes"});
    });
    open = true;
    t.settle();
    CHECK(voice.said == std::vector<std::string>{"Still there?. Touch."});
    open = false;
    t.settle();
    open = true;
    t.settle();
    CHECK(voice.said.size() == 2);
    t.stage->context().toast("Saved");
    t.settle();
    CHECK(voice.said.back() == "Saved");
}

TEST_CASE("speech: the machine's voice gets words and language, and ends what it was saying") {
    const testing::FreshFolder folder;
    const std::string heard = folder / "heard", program = folder / "espeak-ng";
    {
        std::ofstream script(program);
        script << "#!/bin/sh\necho \"$@\" >> " << heard << "\nexec sleep 60\n";
    }
    REQUIRE(std::system(("chmod +x " + program).c_str()) == 0);
    const auto lines = [&] {
        std::ifstream file(heard);
        std::stringstream all;
        all << file.rdbuf();
        return all.str();
    };
    {
        SystemSpeaker voice(program);
        voice.say("Toyota", "en");
        while (lines().find("Toyota\n") == std::string::npos)
            std::this_thread::yield();
        // The first would sleep for a minute; the second does not wait for it.
        voice.use_volume(0.5F);
        voice.say("-rf", "ar");
        while (lines().find("-rf\n") == std::string::npos)
            std::this_thread::yield();
    }
    CHECK(lines() == "-v en -- Toyota\n-v ar -a 50 -- -rf\n");
}

TEST_CASE("scanner: a code typed in one go is read when no field takes letters") {
    TestStage t;
    std::string field, code;
    int taps = 0;
    t.show([&](Context& ui) {
        Area page = ui.screen();
        text_field(ui, page.cut_top(120), {.id = "f", .label = "F"}, field);
        if (button(ui, page.cut_top(64), {.id = "b", .label = "B"})) ++taps;
        if (!ui.scanned().empty()) code = ui.scanned();
    });
    t.hand.tap("button:b");
    taps = 0;
    const auto scan = [&](const std::string& words) {
        for (const char letter : words) {
            Event event;
            event.type = Event::Type::kLetter;
            event.letter = static_cast<char32_t>(letter);
            event.time_ms = t.now_ms;
            t.stage->input().push(event);
        }
        Event enter;
        enter.type = Event::Type::kKey;
        enter.key = Key::kEnter;
        enter.time_ms = t.now_ms;
        t.stage->input().push(enter);
        t.settle();
    };
    scan("JTNKABA37N0000417");
    CHECK(code == "JTNKABA37N0000417");
    CHECK(taps == 0);  // its Enter is no tap of what has the focus
    t.now_ms += 1000;
    t.hand.key(Key::kEnter);
    CHECK(taps == 1);
    // A space within a code presses nothing; one by itself does.
    scan("LOT 7 B");
    CHECK(code == "LOT 7 B");
    CHECK(taps == 1);
    t.now_ms += 1000;
    t.hand.type(" ");
    CHECK(taps == 2);
    // Fingers are slower.
    code.clear();
    for (const char* letter : {"1", "2", "3", "4", "5"}) {
        t.now_ms += 120;
        t.hand.type(letter);
    }
    t.hand.key(Key::kEnter);
    CHECK(code.empty());
    // In a field it is text.
    t.hand.tap("field:f");
    scan("SKU-0042");
    CHECK(field == "SKU-0042");
    CHECK(code.empty());
}

namespace {

struct Plain final : Screen {
    Plain(std::string id, std::function<void()> act) : id_(std::move(id)), act_(std::move(act)) {}
    std::string_view name() const override { return id_; }
    void draw(Context& ui) override {
        if (button(ui, ui.screen().cut_top(64), {.id = id_, .label = id_})) act_();
    }
    std::string id_;
    std::function<void()> act_;
};

}  // namespace

TEST_CASE("passage: glides for a while, takes touches meanwhile, and then rests") {
    TestStage t;
    t.stage->reduce_motion(false);
    Navigator navigator;
    int taps = 0;
    navigator.push(std::make_unique<Plain>(
        "one", [&] { navigator.push(std::make_unique<Plain>("two", [&] { ++taps; })); }));
    t.show([&](Context& ui) { navigator.draw(ui); });
    const Point at = t.shown().find("button:one")->rect.centre();
    t.hand.press(at);
    t.hand.release(at);
    for (int i = 0; i < 3; ++i)
        t.frame();
    REQUIRE(t.shown().find("button:two") != nullptr);
    CHECK(t.stage->next_wake().has_value());
    t.hand.press(at);  // in the middle of it
    t.hand.release(at);
    for (int i = 0; i < 2; ++i)
        t.frame();
    CHECK(taps == 1);
    for (int i = 0; i < 30; ++i)
        t.frame();
    CHECK_FALSE(t.stage->next_wake().has_value());
}
