#pragma once
// The walk through every screen on a stage without a display, and how a test that goes about there
// leaves no trace for the walk. Thread contract: one test at a time.

#include <map>

#include "screen_stage.hpp"
#include "visit.hpp"

namespace showfloor::test {

inline void visit_every_screen(ScreenStage& stage,
                               std::function<void(const std::string& name)> look) {
    visit_every_screen(
        {stage.app, stage.shell, [&](const std::string& id) { stage.tap(id); },
         [&](const std::string& id, std::string_view words) { stage.type(id, words); },
         [&] { stage.settle(); }, std::move(look),
         [&](const std::string& id) { return stage.find(id) != nullptr; },
         [&](std::int64_t ms) { stage.pass(ms); }, std::string(stage.strings.locale().code)});
}

// Caret, focus and pages stand again as they did when this goes.
class PutBack {
   public:
    explicit PutBack(ScreenStage& stage)
        : stage_(stage), editing_(keys().editing()), focused_(keys().focused()) {
        for (const ui::ScrollPlace& place : stage.stage->registry().scrolls())
            offsets_[place.id] = keys().scroll(place.id).offset;
    }
    PutBack(const PutBack&) = delete;
    PutBack& operator=(const PutBack&) = delete;
    ~PutBack() {
        for (const auto& [id, offset] : offsets_)
            keys().scroll(id).offset = offset;
        keys().focus(focused_);
        if (editing_.empty())
            keys().stop_editing();
        else
            keys().edit(editing_);
        stage_.settle();
    }

   private:
    [[nodiscard]] ui::Interaction& keys() { return stage_.stage->context().interaction(); }

    ScreenStage& stage_;
    std::string editing_, focused_;
    std::map<std::string, double> offsets_;
};

}  // namespace showfloor::test
