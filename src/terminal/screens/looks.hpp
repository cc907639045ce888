#pragma once
// Looks: the languages and themes of assets/, and how a visitor's settings become the stage's.
// Thread contract: loaded anywhere, then the UI thread's.

#include <iterator>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "terminal/screens/shell.hpp"
#include "text/strings.hpp"
#include "ui/stage.hpp"
#include "ui/theme.hpp"

namespace showfloor::terminal {

// A theme in the branch's own colour, when it has one.
[[nodiscard]] ui::Theme look_of(const ui::Theme& theme, const domain::Branch& branch);

class Looks {
   public:
    // `language` and `theme` are the terminal's own and stand first; the others that are finished
    // follow.
    static base::Result<Looks> load(const std::string& assets, const std::string& language,
                                    const std::string& theme);
    // Tells the shell what may be chosen, and the stage how to begin.
    void begin(Shell& shell, ui::Stage& stage);
    // At the end of a frame: true when the visitor's settings, or the branch, ask for another look,
    // which the next frame has. Text size is the window's: see text_size().
    bool apply(const Shell& shell, ui::Stage& stage);
    [[nodiscard]] float text_size() const { return kTextSizes[applied_.text_size]; }
    // The largest has letters that cover an angle, whatever the display.
    [[nodiscard]] bool largest() const { return applied_.text_size + 1 == std::size(kTextSizes); }

   private:
    void dress(const domain::Branch& branch);

    std::vector<text::Strings> strings_;
    std::vector<ui::Theme> themes_, shown_;  // as they are in their files; in the dealer's colour
    std::string accent_;                     // that of `shown_`
    Settings applied_;
    bool still_ = false;  // the terminal itself was told to reduce motion
};

}  // namespace showfloor::terminal
