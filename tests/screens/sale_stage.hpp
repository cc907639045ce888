#pragma once
// A seller at a sale, for the tests of its steps. Thread contract: one test at a time.

#include "screen_stage.hpp"

namespace showfloor::test {

// Signed in, on the sale of the Corolla Cross (KES 4,250,000).
struct SaleStage : ScreenStage {
    explicit SaleStage(const std::string& locale = "en", int wide = 1920, int high = 1080)
        : ScreenStage(locale, "day", wide, high) {
        sign_in_as(app.house.seller);
        open();
    }
    void open() {
        shell.to_sale(Dealership::car(100));
        settle();
    }
    void go_on() { tap("button:continue"); }
    void choose_customer() { tap("row:customer:" + app.house.customer.to_string()); }
    void to_price() {
        choose_customer();
        go_on();
    }
    void to_payment() {
        to_price();
        go_on();
    }
    void to_review() {
        to_payment();
        go_on();
    }
    // On the price step: more off than a seller may give, and why.
    void discount_over_limit() {
        type("field:discount", "170000");
        tap("chip:reason_returning");
    }
    // On the customer step: a form with this name in it.
    void write_customer(std::string_view first, std::string_view last = {}) {
        tap("button:new_customer");
        hand.key(ui::Key::kEscape);
        type("field:first_name", first);
        if (!last.empty()) type("field:last_name", last);
    }
    // On the price step; the first accessory.
    void add_accessory(std::string_view what, std::string_view amount) {
        tap("button:add_accessory");
        hand.type(what);
        type("field:accessory_amount:0", amount);
    }
    void add_trade_in(std::string_view what, std::string_view value) {
        tap("button:add_trade_in");
        hand.type(what);
        type("field:trade_in_value", value);
    }
    void approve_as(const std::string& login, const std::string& password) {
        tap("button:approve");
        tap("avatar:person:" + login);
        hand.type(password);
        hand.key(ui::Key::kEnter);
    }
    void sign(int steps = 12) {
        bring_up("pad:signature");
        const ui::Rect pad = find("pad:signature")->visible;
        hand.drag({pad.x + 40, pad.y + pad.h * 0.3F}, {pad.x + 300, pad.y + pad.h * 0.7F}, steps);
    }
    [[nodiscard]] const base::Json& args() const { return app.submitted.back().args; }
};

}  // namespace showfloor::test
