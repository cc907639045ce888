// What is said while keys walk through the main screens, against a transcript that is kept
// (tests/screens/spoken.txt). SHOWFLOOR_WRITE_SPOKEN=1 writes it anew; read it before it is
// committed. And that nothing masked is ever said.

#include <cstdlib>
#include <set>

#include "base/file.hpp"
#include "stage_visit.hpp"
#include "ui/speaker.hpp"

using namespace showfloor;
using test::Dealership;
using test::ScreenStage;

namespace {

struct Recorder final : ui::Speaker {
    void say(const std::string& words, std::string_view) override { said.push_back(words); }
    void stop() override {}
    void use_volume(float) override {}
    std::vector<std::string> said;
};

const std::set<std::string> kHeard = {
    "attract",      "browse",      "filters",       "car",    "finance",       "lead",
    "lead_missing", "picks",       "compare",       "access", "languages",     "call_ringing",
    "idle_warning", "sign_in",     "sign_in_wrong", "home",   "sale_customer", "sale_price",
    "sale_payment", "sale_review", "sync",          "profile"};

// Tab once round, and the keys and pages put back as they were.
std::vector<std::string> walk_round(ScreenStage& stage) {
    Recorder voice;
    ui::Interaction& keys = stage.stage->context().interaction();
    const test::PutBack put_back(stage);
    keys.focus("");
    stage.stage->use_speaker(&voice);
    stage.hand.key(ui::Key::kTab);
    const std::string first = keys.focused();
    for (int i = 0; i < 400; ++i) {
        stage.hand.key(ui::Key::kTab);
        if (keys.focused() == first) break;
    }
    stage.stage->use_speaker(nullptr);
    if (voice.said.size() > 1) voice.said.pop_back();  // the first again
    return voice.said;
}

bool any_has(const std::vector<std::string>& said, std::string_view words) {
    return std::any_of(said.begin(), said.end(), [&](const std::string& each) {
        return each.find(words) != std::string::npos;
    });
}

}  // namespace

TEST_CASE("spoken: Tab through the main screens says what was last read and found good") {
    std::string all;
    ScreenStage stage;
    test::visit_every_screen(stage, [&](const std::string& name) {
        if (!kHeard.contains(name)) return;
        all += "[" + name + "]\n";
        for (const std::string& words : walk_round(stage))
            all += words + "\n";
    });
    const std::string path = SHOWFLOOR_SOURCE_DIR "/tests/screens/spoken.txt";
    if (std::getenv("SHOWFLOOR_WRITE_SPOKEN") != nullptr) {
        REQUIRE(base::write_file(path, all, 0644).ok());
        return;
    }
    const auto kept = base::read_file(path, 1u << 20);
    REQUIRE(kept.ok());
    CHECK(all == *kept);
}

TEST_CASE("spoken: a password that stands in its field is never said, shown or not") {
    constexpr const char* kSecret = "hunter2";
    ScreenStage stage;
    stage.tap("button:staff");
    stage.tap("avatar:person:seller");
    Recorder voice;
    stage.stage->use_speaker(&voice);
    stage.tap("field:password");
    stage.hand.type(kSecret);
    stage.hand.key(ui::Key::kSayAgain);
    REQUIRE_FALSE(voice.said.empty());
    CHECK_FALSE(any_has(voice.said, kSecret));
    CHECK_FALSE(any_has(walk_round(stage), kSecret));
    stage.tap("reveal:password");
    CHECK(stage.shows(kSecret));
    CHECK_FALSE(any_has(walk_round(stage), kSecret));
    stage.stage->use_speaker(&voice);
    stage.tap("button:sign_in");  // it is a wrong one
    CHECK_FALSE(any_has(voice.said, kSecret));
    stage.tap("field:password");
    stage.hand.type(kSecret);
    CHECK(any_has(walk_round(stage), "Password"));
    CHECK_FALSE(any_has(walk_round(stage), kSecret));
}

TEST_CASE("spoken: a PIN entered by a finger is not said figure by figure") {
    ScreenStage stage;
    stage.app.tiles[0].has_pin = true;
    stage.tap("button:staff");
    stage.tap("avatar:person:seller");
    Recorder voice;
    stage.stage->use_speaker(&voice);
    for (const char* key : {"pin:pin/2", "pin:pin/5", "pin:pin/8"})
        stage.tap(key);
    for (const char* figure : {"2", "5", "8"})
        CHECK_FALSE(any_has(voice.said, figure));
    stage.hand.key(ui::Key::kTab);  // who walks by keys has to hear where they are
    CHECK(any_has(voice.said, "9"));
}

TEST_CASE("spoken: said again by F2, and from Help & access what was said before it") {
    ScreenStage stage;
    stage.offer_looks();
    Recorder voice;
    stage.shell.visit.settings.speech = true;
    stage.stage->use_speaker(&voice);
    stage.tap("card:" + Dealership::car(100).to_string());
    stage.tap("chip:keep");
    REQUIRE_FALSE(voice.said.empty());
    const std::string kept = voice.said.back();
    stage.hand.key(ui::Key::kSayAgain);
    CHECK(voice.said.back() == kept);
    stage.tap("chip:access");
    CHECK(voice.said.back() != kept);
    stage.tap("segment:volume/2");
    CHECK(stage.shell.visit.settings.volume == 2);
    stage.tap("button:say_again");
    CHECK(voice.said.back() == kept);
    stage.hand.key(ui::Key::kEnter);  // by keys too
    CHECK(voice.said.back() == kept);
    stage.tap("switch:speech");
    CHECK(stage.find("button:say_again") == nullptr);
}
