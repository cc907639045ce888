// The seller's part of the tour: signs in, sells with an approval, looks at the papers.

#include <cstdlib>

#include "base/file.hpp"
#include "base/json.hpp"
#include "terminal/limits.hpp"
#include "terminal/screens/sale_form.hpp"
#include "terminal/tour/tour.hpp"

namespace showfloor::terminal {

void Tour::read_logins() {
    const char* path = std::getenv("SHOWFLOOR_TOUR_LOGINS");
    const auto text = base::read_file(path == nullptr ? "" : path, kMaxSocketMessage);
    const auto json = text ? base::parse_json(*text, kMaxSocketMessage)
                           : base::Result<base::Json>(base::fail("no file"));
    const std::string branch = shell_.app.branch().code;
    if (json && json->contains("logins") && (*json)["logins"].is_array()) {
        for (const auto& each : (*json)["logins"]) {
            if (base::text_member(each, "branch") != branch) continue;
            const std::string role = base::text_member(each, "role");
            Login* login = role == "seller" ? &seller_ : role == "admin" ? &admin_ : nullptr;
            if (login == nullptr || !login->login.empty()) continue;
            *login = {base::text_member(each, "login"), base::text_member(each, "password")};
        }
    }
    if (seller_.login.empty() || admin_.login.empty())
        fail("SHOWFLOOR_TOUR_LOGINS names a file with a seller and an admin of branch " + branch);
}

// By the tile, or by name when there is none.
void Tour::choose_person(const Login& who) {
    const std::string tile = "avatar:person:" + who.login;
    until_widget("avatar:someone_else");
    if (window_.stage().registry().find(tile) != nullptr) {
        tap(tile);
        return;
    }
    tap("avatar:someone_else");
    type("field:login", who.login);
}

void Tour::seller_signs_in() {
    read_logins();
    tap("button:staff");
    until_screen("sign_in");
    picture("sign_in");
    choose_person(seller_);
    type("field:password", "not-the-password");
    hand_.key(ui::Key::kEnter);
    until_text("Wrong");
    until("nobody is signed in", [&] { return !shell_.app.person(); });
    picture("wrong_password");
    type("field:password", seller_.password);
    hand_.key(ui::Key::kEnter);
    until("the seller is signed in", [&] { return shell_.app.person().has_value(); });
    until_screen("home");
    picture("home");
}

// The first one shown that is in stock at this branch and priced as its fees are.
const CatalogueCar* Tour::first_car_to_sell() const {
    const auto catalogue = shell_.app.catalogue();
    for (const std::uint32_t at : catalogue->search("", Catalogue::Sort::kNewest)) {
        const CatalogueCar& car = catalogue->cars()[at];
        if (car.car.availability == domain::Availability::kInStock &&
            car.car.branch_id == shell_.app.branch().id &&
            car.car.currency == shell_.app.branch().currency)
            return &car;
    }
    return nullptr;
}

void Tour::seller_sells() {
    if (failed_) return;
    const CatalogueCar* car = first_car_to_sell();
    if (car == nullptr) return fail("this branch has a car in stock");
    car_ = car->car.id;
    price_minor_ = car->car.price_minor;
    const std::string currency = car->car.currency;
    const std::string stock_number = car->car.stock_number;
    tap("button:new_sale");
    until_screen("sale");
    until_widget("field:find_car");
    type("field:find_car", stock_number);
    put_keyboard_away();
    tap("card:car:" + car_.to_string());
    picture("sale_car");
    tap("button:continue");
    customer_is_written_down();
    discount_is_approved(currency);
    money_is_taken(currency);
    until_widget("pad:signature");
    sign_pad();
    picture("sale_review");
    tap("button:record_sale");
    until_screen("receipt");
    until_widget("button:save_pdf");
    picture("receipt");
}

void Tour::customer_is_written_down() {
    until_widget("field:find_customer");
    tap("button:new_customer");
    const std::string at = std::to_string(shell_.app.now() % 100'000'000);
    type("field:first_name", "Wanjiru");
    type("field:last_name", "Otieno");
    type("field:phone", "+2547" + at);
    type("field:email", "wanjiru." + at + "@example.com");
    put_keyboard_away();
    tap("chip:id_national_id");
    picture("new_customer");
    tap("button:save_customer");
    until_widget("button:change_customer");
    picture("customer_chosen");
    tap("button:continue");
}

void Tour::discount_is_approved(const std::string& currency) {
    until_widget("field:discount");
    // Four percent: more than sellers may give by themselves.
    type("field:discount", typed_amount(price_minor_ / 100 * 4, currency));
    put_keyboard_away();
    tap("chip:reason_returning");
    until_widget("button:approve");
    picture("discount_over_limit");
    tap("button:approve");
    choose_person(admin_);
    type("field:password", admin_.password);
    picture("approver");
    hand_.key(ui::Key::kEnter);
    until("the approver was accepted",
          [&] { return window_.stage().registry().find("button:approve") == nullptr; });
    tap("button:add_accessory");
    type("field:accessory:0", "Tow bar");
    type("field:accessory_amount:0", typed_amount(price_minor_ / 100, currency));
    put_keyboard_away();
    picture("approved");
    tap("button:continue");
}

void Tour::money_is_taken(const std::string& currency) {
    until_widget("field:amount");
    type("field:amount", typed_amount(price_minor_ / 2, currency));
    put_keyboard_away();
    tap("chip:method_cash");
    tap("chip:plan_6");
    until_text("6.");
    picture("payment");
    tap("button:continue");
}

void Tour::sign_pad() {
    if (failed_) return;
    bring_up("pad:signature");
    const ui::Item* pad = window_.stage().registry().find("pad:signature");
    if (pad == nullptr) return fail("there is a place to sign");
    const ui::Rect r = pad->visible;
    drag({r.x + r.w * 0.2F, r.y + r.h * 0.7F}, {r.x + r.w * 0.35F, r.y + r.h * 0.25F});
    drag({r.x + r.w * 0.3F, r.y + r.h * 0.3F}, {r.x + r.w * 0.6F, r.y + r.h * 0.6F});
    until_widget("button:clear_signature");
}

void Tour::papers() {
    tap("chip:paper_1");
    picture("invoice");
    tap("button:save_pdf");
    std::string path;
    until("a PDF was saved", [&] {
        for (const std::string& text : window_.stage().registry().texts()) {
            const auto begin = text.find('/');
            if (begin != std::string::npos && text.ends_with(".pdf")) path = text.substr(begin);
        }
        return !path.empty();
    });
    if (failed_) return;
    constexpr std::size_t kMostPdf = 8u << 20;
    const auto pdf = base::read_file(path, kMostPdf);
    if (!pdf || !pdf->starts_with("%PDF")) return fail("the saved file " + path + " is a PDF");
    picture("pdf_saved");
    tap("button:done");
    until_screen("home");
    picture("home_after_sale");
}

// What a seller comes back to later: the sale, its money, the people, the state of things.
void Tour::seller_looks_after() {
    until("the car is sold and no longer on offer", [&] {
        const CatalogueCar* car = shell_.app.catalogue()->find(car_);
        return car == nullptr || car->car.availability == domain::Availability::kSold;
    });
    tap("rail:sales");
    until_screen("sales");
    until_text("Wanjiru Otieno");
    picture("sales");
    if (failed_) return;
    std::string row;
    for (const ui::Item& item : window_.stage().registry().items())
        if (row.empty() && item.id.starts_with("row:sale:")) row = item.id;
    tap(row);
    until_screen("sale_detail");
    until_widget("button:take_payment");
    picture("sale_detail");
    tap("button:take_payment");
    until_widget("button:action_do");
    picture("take_payment");
    tap("button:action_do");
    until("the sheet is gone",
          [&] { return window_.stage().registry().find("button:action_do") == nullptr; });
    tap("button:deliver");
    tap("button:action_do");
    until("the car is handed over",
          [&] { return window_.stage().registry().find("button:deliver") == nullptr; });
    picture("delivered");
    tap("button:back");
    tap("rail:invoices");
    until_screen("invoices");
    picture("invoices");
    tap("rail:customers");
    until_screen("customers");
    picture("customers");
    type("field:find_customer", "otieno");
    until_text("Wanjiru Otieno");
    put_keyboard_away();
    picture("customer_found");
    for (const char* section : {"leads", "notifications", "attention", "sync", "profile"}) {
        tap(std::string("rail:") + section);
        until_screen(section);
        picture(section);
    }
}

// A PIN for today, the screen locked, and back by it.
void Tour::seller_returns_by_pin() {
    constexpr char kPin[] = "271828";
    tap("button:set_pin");
    until_widget("pin:new_pin/1");
    hand_.type(kPin);
    settle();
    hand_.type(kPin);
    until("the PIN is set",
          [&] { return window_.stage().registry().find("pin:new_pin/1") == nullptr; });
    picture("pin_set");
    tap("button:lock");
    until("nobody is signed in", [&] { return !shell_.app.person(); });
    tap("button:staff");
    until_screen("sign_in");
    choose_person(seller_);
    settle();
    if (window_.stage().registry().find("pin:pin/1") != nullptr) {
        picture("pin");
        hand_.type(kPin);
    } else {
        type("field:password", seller_.password);  // somebody without a tile types it
        hand_.key(ui::Key::kEnter);
    }
    until("the seller is back", [&] { return shell_.app.person().has_value(); });
    until_screen("home");
}

void Tour::upright() {
    if (failed_ || !window_.resize(1080, 1920)) return;
    until("the window stands upright",
          [&] { return window_.width_px() == 1080 && window_.height_px() == 1920; });
    picture("upright_home");
    const CatalogueCar* car = first_car_to_sell();
    if (failed_ || car == nullptr) return;
    const base::Uuid id = car->car.id;
    const std::string stock_number = car->car.stock_number;
    tap("button:new_sale");
    type("field:find_car", stock_number);
    put_keyboard_away();
    tap("card:car:" + id.to_string());
    picture("upright_sale_car");
    tap("button:continue");
    type("field:find_customer", "wanjiru");
    put_keyboard_away();
    until_text("Wanjiru Otieno");
    if (failed_) return;
    std::string row;
    for (const ui::Item& item : window_.stage().registry().items())
        if (row.empty() && item.id.starts_with("row:customer:")) row = item.id;
    tap(row);
    picture("upright_sale_customer");
    tap("button:continue");
    until_widget("field:discount");
    picture("upright_sale_price");
    tap("button:continue");
    until_widget("field:amount");
    picture("upright_sale_payment");
    tap("button:continue");
    until_widget("pad:signature");
    picture("upright_sale_review");
    tap("button:save_for_later");
    until_screen("home");
    until("the draft is shown", [&] {
        const auto& items = window_.stage().registry().items();
        return std::any_of(items.begin(), items.end(),
                           [](const ui::Item& item) { return item.id.starts_with("row:draft:"); });
    });
    picture("upright_draft");
    tap("rail:sales");
    until_screen("sales");
    picture("upright_sales");
    if (window_.resize(1920, 1080))
        until("the window lies again", [&] { return window_.width_px() == 1920; });
}

void Tour::sign_out() {
    until("central has the sale", [&] {
        const LinkStatus& link = shell_.app.link();
        return link.online && link.pending == 0;
    });
    picture("safe_at_central");
    tap("chip:sign_out");
    until("nobody is signed in", [&] { return !shell_.app.person(); });
    until_widget("button:staff");
    picture("signed_out");
}

}  // namespace showfloor::terminal
