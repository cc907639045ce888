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
