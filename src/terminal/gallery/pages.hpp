#pragma once
// The pages of the gallery: every part of the toolkit in its states. Words in two languages stand
// here rather than in assets/strings, because no customer reads them. Thread contract: UI thread.

#include <array>
#include <functional>
#include <string>
#include <vector>

#include "ui/controls.hpp"
#include "ui/keyboard.hpp"

namespace showfloor::terminal {

class Pages {
   public:
    static constexpr std::size_t kCount = 13;
    static constexpr std::array<const char*, kCount> kNames = {
        "Parts",    "Controls", "Figures", "Sheets", "Browse", "Home", "Sign in",
        "Messages", "States",   "Fields",  "Over",   "Set",    "Pads"};
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
    // Everything in every state, and what stands over a page (states_pages.cpp).
    void states(ui::Context& ui, ui::Area page);
    void states_of_rows(ui::Context& ui, ui::Area row, std::size_t column);
    void states_set(ui::Context& ui, ui::Area page);
    void states_pads(ui::Context& ui, ui::Area page);
    void states_by_column(ui::Context& ui, ui::Area page,
                          const std::function<void(ui::Area& column, std::size_t number)>& draw);
    void states_of_sliders(ui::Context& ui, ui::Area& page, std::size_t column);
    void states_of_figures(ui::Context& ui, ui::Area& page, std::size_t column);
    void states_of_pads(ui::Context& ui, ui::Area& page, std::size_t column);
    void fields(ui::Context& ui, ui::Area page);
    void words(ui::Context& ui, ui::Area page);
    void over(ui::Context& ui, ui::Area page);
    ui::Picture demo_picture(ui::Context& ui, std::size_t index);

    bool arabic_ = false;
    std::string name_ = "Wanjiru Otieno", money_ = "170000", password_ = "secret12", email_,
                search_, digits_ = "41";
    bool dialog_open_ = false, suv_ = true, menu_open_ = false, sheet_open_ = false,
         side_open_ = false;
    bool speech_ = true, motion_ = false, over_open_ = true, toasted_ = false;
    std::array<std::string, 9> typed_ = {"Wanjiru Otieno",  "awd toyota", "",
                                         "+254 722 000118", "21400",      "170000",
                                         "28/11/2026",      "secret12",   "4174"};
    double deposit_ = 30, low_ = 1.2, high_ = 5.6;
    std::size_t segment_ = 1, shown_page_ = 0, sort_ = 0;
    std::vector<std::vector<ui::Point>> strokes_;
    ui::ZoomState zoom_;
    ui::Keyboard keys_;
    std::string who_ = "amina";
};

}  // namespace showfloor::terminal
