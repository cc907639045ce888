#pragma once
// The pages of the gallery: every part of the toolkit in its states. Words in two languages stand
// here rather than in assets/strings, because no customer reads them. Thread contract: UI thread.

#include <array>
#include <string>
#include <vector>

#include "ui/controls.hpp"

namespace showfloor::terminal {

class Pages {
   public:
    static constexpr std::size_t kCount = 8;
    static constexpr std::array<const char*, kCount> kNames = {
        "Parts", "Controls", "Figures", "Sheets", "Browse", "Home", "Sign in", "Messages"};
    void draw(ui::Context& ui, ui::Area page, std::size_t number);

   private:
    // The words in the language shown.
    [[nodiscard]] const char* say(const char* english, const char* arabic) const {
        return arabic_ ? arabic : english;
    }
    void parts(ui::Context& ui, ui::Area page);
    void controls(ui::Context& ui, ui::Area page);
    void sliders(ui::Context& ui, ui::Area area);
    void switches(ui::Context& ui, ui::Area area);
    void figures(ui::Context& ui, ui::Area page);
    void moving(ui::Context& ui, ui::Area page);
    void overlays(ui::Context& ui);
    void browse(ui::Context& ui, ui::Area page);
    void home(ui::Context& ui, ui::Area page);
    void sign_in(ui::Context& ui, ui::Area page);
    void messages(ui::Context& ui, ui::Area page);
    ui::Picture demo_picture(ui::Context& ui, std::size_t index);

    bool arabic_ = false;
    std::string name_ = "Wanjiru Otieno", money_ = "170000", password_ = "secret12", email_,
                search_, digits_ = "41";
    bool dialog_open_ = false, suv_ = true, menu_open_ = false, sheet_open_ = false,
         side_open_ = false;
    bool speech_ = true, motion_ = false;
    double deposit_ = 30, low_ = 1.2, high_ = 5.6;
    std::size_t segment_ = 1, tab_ = 0, shown_page_ = 0, sort_ = 0;
    std::int64_t months_ = 36;
    std::vector<std::vector<ui::Point>> strokes_;
    ui::ZoomState zoom_;
    std::string who_ = "amina";
};

}  // namespace showfloor::terminal
