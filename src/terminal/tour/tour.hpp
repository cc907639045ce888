#pragma once
// One scripted visit with real input events, a picture of every step and what must hold after each.
// The first thing that does not hold ends it; later steps are then skipped. Private to tour/.
// Thread contract: UI thread.

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "terminal/screens/shell.hpp"
#include "ui/input_driver.hpp"
#include "ui/window.hpp"

namespace showfloor::terminal {

struct Login {
    std::string login, password;
};

class Tour {
   public:
    Tour(Shell& shell, ui::Window& window, std::function<void(ui::Context&)> draw,
         std::string folder)
        : shell_(shell),
          window_(window),
          draw_(std::move(draw)),
          folder_(std::move(folder)),
          hand_(
              window.stage(), [this] { return window_.now_ms(); }, [this] { settle(); }) {}

    int play();

   private:
    static constexpr std::int64_t kHourMs = 3'600'000;

    // ---- the two journeys, each in both orientations
    void customer();
    void seller();
    [[nodiscard]] bool upright() const { return window_.height_px() > window_.width_px(); }
    void stand_up();

    // ---- waiting and looking
    bool turn(std::int64_t wait_ms);  // one round of the kiosk's loop; true when it drew
    void settle();
    bool until(const std::string& what, const std::function<bool()>& holds);
    bool until_screen(std::string_view name);
    bool until_text(const std::string& words);
    bool until_widget(const std::string& id);
    [[nodiscard]] bool shows(std::string_view words) const;
    [[nodiscard]] bool stands(const std::string& id) const;
    // The first widget whose id begins so; empty, and the tour has failed, when there is none.
    std::string first_of(std::string_view begins);
    [[nodiscard]] bool can_tap(const std::string& id) const;
    void picture(const std::string& name);
    void fail(const std::string& what);

    // ---- hands
    void tap(const std::string& id);
    void bring_up(const std::string& id);
    void type(const std::string& id, std::string_view words);
    void drag(ui::Point from, ui::Point to);
    void put_keyboard_away() { hand_.key(ui::Key::kEscape); }

    // ---- the visit
    // visitor_part.cpp
    void customer_looks_around();
    void customer_keeps_and_compares();
    void customer_works_out_the_month();
    void customer_leaves_a_lead();
    void customer_calls();
    void customer_sets_access();
    void customer_goes_away();
    // seller_part.cpp
    void read_logins();
    void seller_signs_in();
    void seller_sells();
    void seller_sells_later();
    void car_is_chosen();
    void customer_is_written_down();
    void customer_is_found();
    void discount_is_approved(const std::string& currency);
    void cash_is_taken(const std::string& currency);
    void transfer_is_noted(const std::string& currency);
    void papers();
    void to_section(const std::string& name);
    void sale_is_opened();
    void seller_looks_after();
    void seller_takes_back();
    void decide();
    void seller_looks_at_all_sections();
    void seller_returns_by_pin();
    void sign_out();
    void choose_person(const Login& who);
    void sale_is_signed();
    void sign_pad();
    [[nodiscard]] const CatalogueCar* first_car_to_sell() const;
    [[nodiscard]] std::vector<std::string> cards() const;
    [[nodiscard]] bool pictures_are_here() const;

    Shell& shell_;
    ui::Window& window_;
    std::function<void(ui::Context&)> draw_;
    std::string folder_;
    ui::InputDriver hand_;
    Login seller_, admin_;
    base::Uuid car_;
    std::int64_t price_minor_ = 0;
    int pictures_ = 0;
    bool failed_ = false;
};

}  // namespace showfloor::terminal
