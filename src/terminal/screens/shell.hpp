#pragma once
// Shell: what every screen of the terminal shares: the App, the way between screens, and the parts
// drawn on several of them. A screen draws and reports taps; it owns no data of the dealership.
// Thread contract: UI thread.

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "terminal/app.hpp"
#include "terminal/limits.hpp"
#include "terminal/screens/visit.hpp"
#include "ui/bell.hpp"
#include "ui/context.hpp"
#include "ui/navigator.hpp"
#include "ui/widgets.hpp"

namespace showfloor::terminal {

struct Shell {
    App& app;
    ui::Navigator& navigator;
    // The names of the languages that may be chosen, each in its own words; the first is the
    // terminal's own. Whoever draws looks at `visit.settings`.
    std::vector<std::string> languages = {};
    std::vector<std::string> themes = {"day", "night", "contrast"};
    // Without a touch for so long a visitor is asked whether they are still there.
    std::int64_t idle_ms = kAttractAfterMs;
    // The machine has a voice: "Read out loud" can be chosen.
    bool can_speak = false;
    // Speaks to whoever is there, also when nobody asked to be read to; may be empty.
    std::function<void(const std::string& words)> say = {};
    // Rings at whoever is near; may be empty.
    std::function<void(ui::Signal signal)> ring = {};
    // The visitor who is here. Rest forgets them by assigning a fresh one.
    Visit visit = {};

    // What waits for the signed-in person, for the rail; kept by whoever watches the records.
    std::int64_t unread_notifications = 0, new_leads = 0, overdue = 0;
    // All that stands on "Needs attention".
    [[nodiscard]] std::int64_t needs_attention() const { return app.link().attention + overdue; }
    std::string notice = {};  // a toast for the next frame
    bool leave = false;       // the service corner asks the program to end
    float line_above = 0;     // dp above the page that Alerts has a line in

    // One frame: the screen on top and what stands over it.
    void draw(ui::Context& ui);

    // ---- ways
    void to_attract();
    void to_browse();
    void to_car(const base::Uuid& car_id);
    void to_compare();
    void to_picks();
    void to_finance(const base::Uuid& car_id);
    void to_gallery(const base::Uuid& car_id, std::size_t picture);
    void to_lead(const base::Uuid& car_id, bool test_drive);
    // ---- ways of those who are signed in (seller_ways.cpp)
    void to_sign_in();
    void after_sign_in();  // to the car somebody was shown, else home
    void to_home();
    void to_sale(const base::Uuid& car_id);  // its draft, or a new one; nil: a new one without car
    void to_draft(const Draft& draft);
    void to_receipt(const base::Uuid& sale_id);  // instead of the sale just recorded
    void to_sales();
    void to_invoices();
    void to_sale_detail(const base::Uuid& sale_id);  // over the page one is on
    void to_customers();
    void to_customer(const base::Uuid& customer_id);
    void to_leads();
    void to_notifications();
    void to_attention();
    void to_sync();
    void to_profile();
    void to_service();
    void sign_out();  // and back to the cars

    // ---- parts
    // The bar of every page: the dealer's name (or back), link state in words, time, who is signed
    // in; for visitors the languages. Returns what is left between both ends.
    ui::Area bar(ui::Context& ui, ui::Area& page, bool with_back);
    // The dealer: its logo, at most as large as the area, else its name in words; at the area's
    // start, or in its middle. A logo lies on a white card, as it does on paper: nobody knows which
    // other ground it can be seen on.
    void dealer(ui::Context& ui, ui::Area area, const ui::TextStyle& style, ui::Color ink,
                ui::Align align = ui::Align::kStart);
    // As wide as that will be.
    [[nodiscard]] float dealer_width(ui::Context& ui, float high, const ui::TextStyle& style);
    // The ground of a page: all of the screen, or in reach mode its lower part.
    static ui::Area page(ui::Context& ui);
    // The way to Help & access, cut off the end of a bar: of visitors, and of the staff.
    void access_chip(ui::Context& ui, ui::Area& bar);
    enum class AccessLook { kDisc, kPlain, kOnPicture };
    void access_button(ui::Context& ui, ui::Area at, AccessLook look = AccessLook::kDisc);
    // Over the page of a visitor, at its lower end: "Call a seller", and "Compare" when cars wait.
    void float_call(ui::Context& ui, ui::Area page);
    // "Call a seller" alone, and what it needs.
    void call_button(ui::Context& ui, ui::Area area);
    [[nodiscard]] static float call_button_width(ui::Context& ui);
    // Both, cut off the lower end of a column.
    void fixed_call(ui::Context& ui, ui::Area& column);
    // A car's picture in the size the area needs, cut to it; blurred until it is here.
    void car_picture(ui::Context& ui, ui::Area area, const domain::CarImage& image, float radius,
                     bool only_top = false);
    // Its first one: plain ground until that is known, the sign of a car where it has none.
    void main_picture(ui::Context& ui, ui::Area area, const base::Uuid& car, float radius,
                      bool only_top = false);
    // The largest there is of a picture, for the gallery; smaller or blurred until it is here.
    ui::Picture large_picture(ui::Context& ui, const domain::CarImage& image);
    // The picture's own soft colours going on around `shown_in`, where the picture itself is drawn.
    void car_surroundings(ui::Context& ui, ui::Area area, ui::Rect shown_in,
                          const domain::CarImage& image, float shown);
    // Full bleed and partly seen through, for one fading into the next: a car's largest picture,
    // or one of the dealer's own.
    // `soft` dp of its upper and lower edge fade into what lies below.
    void faded_picture(ui::Context& ui, ui::Area area, const domain::CarImage& image, float shown,
                       float soft = 0);
    void own_picture(ui::Context& ui, ui::Area area, const std::string& name, float shown);

   private:
    [[nodiscard]] ui::Picture logo(ui::Context& ui);
    void open_scanned(ui::Context& ui);
    void stand_low(ui::Context& ui);
    void stand_below_line(ui::Context& ui);
    void bar_of_visitor(ui::Context& ui, ui::Area& bar);
    [[nodiscard]] bool may_compare() const;
    void compare_button(ui::Context& ui, ui::Area area);
};

inline constexpr float kLogoInBar = 52;  // with its card

// ---- words of records
[[nodiscard]] std::string title_of(const domain::Car& car);  // "2022 Toyota Corolla Cross"
[[nodiscard]] std::string money_of(const ui::Context& ui, std::int64_t minor,
                                   std::string_view currency);
// Large money, with even figures: sums under each other stand digit under digit.
void money_label(ui::Context& ui, ui::Area area, std::string_view words, ui::Style style,
                 ui::Ink ink = ui::Ink::kInk, ui::Align align = ui::Align::kStart);
[[nodiscard]] float money_width(ui::Context& ui, std::string_view words, ui::Style style);
[[nodiscard]] std::string mileage_of(const ui::Context& ui, const domain::Car& car);
// "option.fuel_type.petrol" in the shown language; empty for unknown.
[[nodiscard]] std::string option_of(const ui::Context& ui, std::string_view field,
                                    std::string_view option);
// What an outcome says to a person: the translated reason. `strings`
// outlives the frame, so an answer that comes later can be put into words.
[[nodiscard]] std::string refusal_of(const text::Strings& strings, const domain::Outcome& outcome);
// The same of what went wrong elsewhere: by its code, else by its kind. The English sentence is for
// logs alone.
[[nodiscard]] std::string failure_of(const text::Strings& strings, const base::Error& error);
// "3 %", "2.5 %": hundredths of a percent without idle zeros.
[[nodiscard]] std::string share_of(const ui::Context& ui, std::int64_t bp);
// "Amina H."
[[nodiscard]] std::string short_name_of(std::string_view first, std::string_view last);
// The id of a person's face, which tells its colour: the same wherever they are shown.
[[nodiscard]] std::string face_of(std::string_view username);
// The dealer as the people know it.
[[nodiscard]] const std::string& dealer_of(const App& app);
// "10:42" where the branch is, whatever zone this machine is set to.
[[nodiscard]] std::string clock_of(const domain::Branch& branch, base::UtcMs at);
// A translated word when there is one, the key's last part otherwise.
[[nodiscard]] std::string word_or(const ui::Context& ui, const std::string& key,
                                  std::string_view otherwise);

// Where something is not here because the records cannot be read: says that, and true. A reading
// that ends meanwhile counts for nothing: what stood there stays, and it is read again.
[[nodiscard]] bool says_unreadable(ui::Context& ui, const ui::Area& area, const App& app);

// Lets callbacks find out that their screen has gone.
class Alive {
   public:
    [[nodiscard]] std::weak_ptr<int> token() const { return token_; }

   private:
    std::shared_ptr<int> token_ = std::make_shared<int>(0);
};

}  // namespace showfloor::terminal
