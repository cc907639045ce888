// The seller's part of the tour: signs in, sells with an approval, looks at the papers.

#include <algorithm>
#include <cstdlib>

#include "base/file.hpp"
#include "base/json.hpp"
#include "domain/money.hpp"
#include "terminal/limits.hpp"
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

void Tour::seller_signs_in() {
    read_logins();
    tap("button:staff");
    until_screen("sign_in");
    until_widget("field:password");
    settle();
    const std::string tile = "avatar:person:" + seller_.login;
    if (window_.stage().registry().find(tile) != nullptr) {
        tap(tile);
    } else {
        if (window_.stage().registry().find("avatar:someone_else") != nullptr)
            tap("avatar:someone_else");
        type("field:login", seller_.login);
        put_keyboard_away();
    }
    picture("sign_in");
    type("field:password", "not-the-password");
    hand_.key(ui::Key::kEnter);
    until_text("Wrong");
    until("nobody is signed in", [&] { return !shell_.app.person(); });
    picture("wrong_password");
    type("field:password", seller_.password);
    hand_.key(ui::Key::kEnter);
    until("the seller is signed in", [&] { return shell_.app.person().has_value(); });
    until_screen("browse");
    picture("signed_in");
}

// The first one shown that is in stock at this branch.
const CatalogueCar* Tour::first_car_to_sell() const {
    const auto catalogue = shell_.app.catalogue();
    for (const std::uint32_t at : catalogue->search("", Catalogue::Sort::kNewest)) {
        const CatalogueCar& car = catalogue->cars()[at];
        if (car.car.availability == domain::Availability::kInStock &&
            car.car.branch_id == shell_.app.branch().id)
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
    type("field:search", car->car.stock_number);
    until_widget("card:" + car_.to_string());
    put_keyboard_away();
    tap("card:" + car_.to_string());
    until_widget("button:sell");
    picture("car_to_sell");
    tap("button:sell");
    until_screen("sale");
    until_widget("field:discount");
    picture("sale");

    tap("button:new_customer");
    const std::string at = std::to_string(shell_.app.now() % 100'000'000);
    type("field:first_name", "Wanjiru");
    type("field:last_name", "Otieno");
    type("field:phone", "+2547" + at);
    type("field:email", "wanjiru." + at + "@example.com");
    put_keyboard_away();
    picture("new_customer");
    tap("button:save_customer");
    until_widget("button:change_customer");
    picture("customer_chosen");

    // Four percent: more than sellers may give by themselves.
    const int digits = domain::minor_digits(currency).value_or(2);
    std::int64_t unit = 1;
    for (int i = 0; i < digits; ++i)
        unit *= 10;
    type("field:discount", std::to_string(price_minor_ / unit * 4 / 100));
    put_keyboard_away();
    tap("chip:reason_returning");
    until_widget("button:approve");
    picture("discount_over_limit");
    tap("button:approve");
    until_widget("button:sign_in");
    const std::string tile = "avatar:person:" + admin_.login;
    if (window_.stage().registry().find(tile) != nullptr) {
        tap(tile);
    } else {
        tap("avatar:someone_else");
        type("field:login", admin_.login);
    }
    type("field:password", admin_.password);
    picture("approver");
    hand_.key(ui::Key::kEnter);
    until("the approver was accepted",
          [&] { return window_.stage().registry().find("button:approve") == nullptr; });
    picture("approved");

    type("field:amount", std::to_string(price_minor_ / unit / 2));
    put_keyboard_away();
    tap("chip:method_cash");
    picture("payment");
    tap("button:record_sale");
    until_screen("receipt");
    until_widget("button:save_pdf");
    picture("receipt");
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
    until_screen("browse");
}

void Tour::back_among_the_cars() {
    until("the car is sold and no longer on offer", [&] {
        const auto catalogue = shell_.app.catalogue();
        const CatalogueCar* car = catalogue->find(car_);
        if (car != nullptr && car->car.availability != domain::Availability::kSold) return false;
        const auto shown = cards();
        return std::find(shown.begin(), shown.end(), car_.to_string()) == shown.end();
    });
    picture("sold_and_gone");
    tap("button:attention");
    until_screen("attention");
    until_text(window_.stage().context().strings().get("attention.none"));
    picture("attention_calm");
    tap("button:back");
    until_screen("browse");
}

void Tour::upright() {
    if (failed_ || !window_.resize(1080, 1920)) return;
    until("the window stands upright",
          [&] { return window_.width_px() == 1080 && window_.height_px() == 1920; });
    until("the cards have their pictures", [&] { return pictures_are_here(); });
    picture("portrait_browse");
    const CatalogueCar* car = first_car_to_sell();
    if (failed_ || car == nullptr) return;
    const base::Uuid id = car->car.id;
    type("field:search", car->car.stock_number);
    put_keyboard_away();
    tap("card:" + id.to_string());
    until_widget("button:sell");
    picture("portrait_car");
    tap("button:sell");
    until_widget("field:discount");
    picture("portrait_sale");
    tap("button:back");
    until_screen("car");
    tap("button:back");
    until_screen("browse");
    if (window_.resize(1920, 1080))
        until("the window lies again", [&] { return window_.width_px() == 1920; });
}

void Tour::sign_out() {
    until("central has the sale", [&] {
        const LinkStatus& link = shell_.app.link();
        return link.online && link.pending == 0;
    });
    until_text(window_.stage().context().strings().get("link.safe"));
    picture("safe_at_central");
    tap("button:sign_out");
    until("nobody is signed in", [&] { return !shell_.app.person(); });
    until_widget("button:staff");
    picture("signed_out");
}

}  // namespace showfloor::terminal
