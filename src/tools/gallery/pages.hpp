#pragma once
// The pages of the gallery: words in two languages, figures made up. Thread contract: UI thread.

#include <string>

#include "ui/window.hpp"

namespace gallery {

class Pages {
   public:
    Pages(bool arabic, int page) : arabic_(arabic), page_(page) {}
    void draw(showfloor::ui::Context& ui);

   private:
    // The words in the language shown.
    [[nodiscard]] const char* say(const char* english, const char* arabic) const {
        return arabic_ ? arabic : english;
    }
    void parts(showfloor::ui::Context& ui, showfloor::ui::Area page);
    void browse(showfloor::ui::Context& ui, showfloor::ui::Area page);
    void home(showfloor::ui::Context& ui, showfloor::ui::Area page);
    void sign_in(showfloor::ui::Context& ui, showfloor::ui::Area page);
    void messages(showfloor::ui::Context& ui, showfloor::ui::Area page);
    showfloor::ui::Picture demo_picture(showfloor::ui::Context& ui, std::size_t index);

    bool arabic_;
    int page_;
    std::string name_ = "Wanjiru Otieno", money_ = "170000", password_ = "secret12", email_,
                search_;
    bool dialog_open_ = false, suv_ = true;
    std::string who_ = "amina";
};

}  // namespace gallery
