// The seller's part of the tour: signs in, sells with an approval, looks at the papers.

#include <cstdlib>

#include "base/file.hpp"
#include "base/json.hpp"
#include "terminal/data_folder.hpp"
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
    if (stands(tile)) {
        tap(tile);
        return;
    }
    tap("avatar:someone_else");
    type("field:login", who.login);
}

void Tour::seller_signs_in() {
    if (seller_.login.empty()) read_logins();
    tap("button:staff");
    until_screen("sign_in");
    picture("sign_in");
    choose_person(seller_);
    if (stands("button:use_password")) tap("button:use_password");  // the PIN of the lying part
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

void Tour::car_is_chosen() {
    if (failed_) return;
    const CatalogueCar* car = first_car_to_sell();
    if (car == nullptr) return fail("this branch has a car in stock");
    car_ = car->car.id;
    price_minor_ = car->car.price_minor;
    const std::string stock_number = car->car.stock_number;
    tap("button:new_sale");
    until_screen("sale");
    until_widget("field:find_car");
    type("field:find_car", stock_number);
    put_keyboard_away();
    tap("card:car:" + car_.to_string());
    picture("sale_car");
    tap("button:continue");
}

void Tour::seller_sells() {
    const std::string currency = shell_.app.branch().currency;
    car_is_chosen();
    customer_is_written_down();
    discount_is_approved(currency);
    cash_is_taken(currency);
    sale_is_signed();
}

// The customer of the sale before; put away when all but the signature is there, and gone on with.
void Tour::seller_sells_later() {
    const std::string currency = shell_.app.branch().currency;
    car_is_chosen();
    customer_is_found();
    until_widget("field:discount");
    picture("sale_price");
    tap("button:continue");
    transfer_is_noted(currency);
    until_widget("pad:signature");
    tap("button:save_for_later");
    until_screen("home");
    picture("draft");
    tap(first_of("row:draft:"));
    until_screen("sale");
    sale_is_signed();
}

void Tour::customer_is_found() {
    until_widget("field:find_customer");
    type("field:find_customer", "wanjiru");
    put_keyboard_away();
    until_text("Wanjiru Otieno");
    tap(first_of("row:customer:"));
    picture("sale_customer");
    tap("button:continue");
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
    until("the approver was accepted", [&] { return !stands("button:approve"); });
    tap("button:add_accessory");
    type("field:accessory:0", "Tow bar");
    type("field:accessory_amount:0", typed_amount(price_minor_ / 100, currency));
    put_keyboard_away();
    picture("approved");
    tap("button:continue");
}

void Tour::transfer_is_noted(const std::string& currency) {
    until_widget("field:amount");
    type("field:amount", typed_amount(price_minor_ / 4, currency));
    put_keyboard_away();
    tap("chip:method_bank_transfer");
    picture("payment");
    tap("button:continue");
}

void Tour::cash_is_taken(const std::string& currency) {
    until_widget("field:amount");
    type("field:amount", typed_amount(price_minor_ / 2, currency));
    put_keyboard_away();
    tap("chip:method_cash");
    tap("chip:plan_6");
    until_text("Together ");  // what the plan adds up to
    picture("payment");
    tap("button:continue");
}

void Tour::sale_is_signed() {
    until_widget("pad:signature");
    sign_pad();
    picture("sale_review");
    tap("button:record_sale");
    until_screen("receipt");
    until_widget("button:save_pdf");
    picture("receipt");
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
            if (!text.ends_with(".pdf")) continue;
            path = DataFolder{shell_.app.facts().folder}.papers() + "/" +
                   text.substr(text.find_last_of(" /") + 1);
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

// Upright some stand at the foot, the others behind "More".
void Tour::to_section(const std::string& name) {
    until_widget("rail:sales");
    if (stands("rail:" + name)) {
        tap("rail:" + name);
    } else {
        tap("rail:more");
        tap("option:more/" + name);
    }
    until_screen(name);
}

void Tour::sale_is_opened() {
    until("the car is sold and no longer on offer", [&] {
        const CatalogueCar* car = shell_.app.catalogue()->find(car_);
        return car == nullptr || car->car.availability == domain::Availability::kSold;
    });
    to_section("sales");
    until_text("Wanjiru Otieno");
    picture("sales");
    tap(first_of("row:sale:"));
    until_screen("sale_detail");
    until_widget("button:take_payment");
    picture("sale_detail");
}

// Does what the open sheet says; somebody who may is asked where the seller may not.
void Tour::decide() {
    tap("button:action_do");
    until("it is done, or somebody is asked",
          [&] { return !stands("button:action_do") || stands("avatar:someone_else"); });
    if (stands("avatar:someone_else")) {
        choose_person(admin_);
        type("field:password", admin_.password);
        hand_.key(ui::Key::kEnter);
    }
    until("the sheet is gone",
          [&] { return !stands("button:action_do") && !stands("avatar:someone_else"); });
}

// What comes after a sale: the next payment, the car handed over.
void Tour::seller_looks_after() {
    sale_is_opened();
    tap("button:take_payment");
    until_widget("button:action_do");
    picture("take_payment");
    decide();
    tap("button:deliver");
    decide();
    until("the car is handed over", [&] { return !stands("button:deliver"); });
    picture("delivered");
}

// A transfer that has come, money given back, and the whole sale undone.
void Tour::seller_takes_back() {
    sale_is_opened();
    tap(first_of("button:clear:"));
    picture("clear");
    decide();
    tap(first_of("button:reverse:"));
    type("field:reason", "Paid from the wrong account");
    put_keyboard_away();
    picture("reverse");
    decide();
    picture("reversed");
    tap("button:refund");
    type("field:reason", "The customer moves abroad");
    put_keyboard_away();
    picture("refund");
    decide();
    until("the sale is undone", [&] { return !stands("button:refund"); });
    picture("refunded");
}

void Tour::seller_looks_at_all_sections() {
    if (stands("button:back")) tap("button:back");
    to_section("invoices");
    picture("invoices");
    to_section("customers");
    picture("customers");
    type("field:find_customer", "otieno");
    until_text("Wanjiru Otieno");
    put_keyboard_away();
    picture("customer_found");
    for (const char* section : {"leads", "notifications", "attention", "sync", "profile"}) {
        to_section(section);
        picture(section);
    }
}

// A PIN for today, the screen locked, and back by it.
void Tour::seller_returns_by_pin() {
    constexpr char kPin[] = "271828";
    tap("button:back");
    to_section("profile");
    tap("button:set_pin");
    until_widget("pin:new_pin/1");
    hand_.type(kPin);
    settle();
    hand_.type(kPin);
    until("the PIN is set", [&] { return !stands("pin:new_pin/1"); });
    picture("pin_set");
    tap("button:lock");
    until("nobody is signed in", [&] { return !shell_.app.person(); });
    tap("button:staff");
    until_screen("sign_in");
    choose_person(seller_);
    settle();
    if (stands("pin:pin/1")) {
        picture("pin");
        hand_.type(kPin);
    } else {
        type("field:password", seller_.password);  // somebody without a tile types it
        hand_.key(ui::Key::kEnter);
    }
    until("the seller is back", [&] { return shell_.app.person().has_value(); });
    until_screen("home");
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
