#pragma once
// Screens and the stack they stand on. A screen draws and reports taps; it owns no data.
// Thread contract: UI thread. Changes asked for while a screen draws happen after it has drawn.

#include <functional>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "ui/context.hpp"

namespace showfloor::ui {

class Screen {
   public:
    virtual ~Screen() = default;
    [[nodiscard]] virtual std::string_view name() const = 0;  // "browse", for the tour and logs
    virtual void draw(Context& ui) = 0;
    // It is on top now / no longer. Called once each time.
    virtual void on_enter() {}
    virtual void on_leave() {}
};

class Navigator {
   public:
    void push(std::unique_ptr<Screen> screen);  // over the one shown; the oldest goes at the bound
    void pop();                                 // back; the last screen stays
    void replace(std::unique_ptr<Screen> screen);  // instead of the one shown
    void reset(std::unique_ptr<Screen> screen);    // instead of all

    [[nodiscard]] Screen* top() const { return stack_.empty() ? nullptr : stack_.back().get(); }
    [[nodiscard]] std::size_t depth() const { return stack_.size(); }
    void draw(Context& ui);

   private:
    void change(Passage passage, std::function<void()> how);

    std::vector<std::unique_ptr<Screen>> stack_;
    struct Change {
        Passage passage;
        std::function<void()> how;
    };
    std::vector<Change> waiting_;
    std::optional<Passage> passage_;  // not shown yet
    bool drawing_ = false;
    bool went_on_ = false;  // to another page, not back
};

}  // namespace showfloor::ui
