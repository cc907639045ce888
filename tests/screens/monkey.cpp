#include "monkey.hpp"

#include <algorithm>
#include <random>

namespace showfloor::test {

namespace {

class Monkey {
   public:
    Monkey(ScreenStage& stage, std::uint32_t seed) : stage_(stage), random_(seed) {}

    void act() {
        switch (below(12)) {
            case 0:
            case 1:
            case 2:
            case 3:
                return tap_something();
            case 4:
                return stage_.hand.tap_at(anywhere());
            case 5:
            case 6:
                return stage_.hand.drag(anywhere(), anywhere(), 1 + below(4));
            case 7:
                return hold();
            case 8:
                return type();
            case 9:
            case 10:
                return stage_.hand.key(static_cast<ui::Key>(below(12)));
            default:
                return stage_.pass(below(3000));
        }
    }

   private:
    int below(int bound) { return static_cast<int>(random_() % static_cast<std::uint32_t>(bound)); }
    // Also a little outside, as fingers at the edge of a panel are.
    ui::Point anywhere() {
        const float scale = stage_.stage->scale();
        return {static_cast<float>(below(stage_.width + 40) - 20) / scale,
                static_cast<float>(below(stage_.height + 40) - 20) / scale};
    }
    void tap_something() {
        const auto& items = stage_.stage->registry().items();
        if (items.empty()) return stage_.settle();
        const std::string id =
            items[static_cast<std::size_t>(below(static_cast<int>(items.size())))].id;
        (void)stage_.hand.tap(id);
    }
    void hold() {
        const ui::Point at = anywhere();
        stage_.hand.press(at);
        stage_.settle();
        stage_.pass(700);
        stage_.hand.release(at);
        stage_.settle();
    }
    void type() {
        static constexpr const char* kWords[] = {"toyota", "\u0643\u0645", "9999999999", "a@b.co",
                                                 " ",      "\u00e9\u00df", "-1.5",       "'; --"};
        stage_.hand.type(kWords[below(8)]);
    }

    ScreenStage& stage_;
    std::mt19937 random_;
};

}  // namespace

MonkeyReport play(ScreenStage& stage, std::uint32_t seed, int acts) {
    Monkey monkey(stage, seed);
    MonkeyReport report;
    std::string shown;
    int in_vain = 0;
    for (int i = 1; i <= acts; ++i) {
        monkey.act();
        stage.now_ms += 200;  // people are no faster
        report.screens.insert(stage.screen());
        std::string now = stage.what_is_there();
        in_vain = now == shown ? in_vain + 1 : 0;
        shown = std::move(now);
        report.most_in_vain = std::max(report.most_in_vain, in_vain);
        REQUIRE_MESSAGE(!stage.stage->registry().items().empty(),
                        "nothing to touch on " << stage.screen() << " after " << i);
    }
    return report;
}

}  // namespace showfloor::test
