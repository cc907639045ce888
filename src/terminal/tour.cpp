#include "terminal/tour.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <utility>

#include "base/command_line.hpp"
#include "base/encoding.hpp"
#include "base/file.hpp"
#include "base/json.hpp"
#include "domain/money.hpp"
#include "imaging/encode.hpp"
#include "terminal/limits.hpp"
#include "ui/input_driver.hpp"

namespace showfloor::terminal {

namespace {

struct Login {
    std::string login, password;
};

// One visit. The first thing that does not hold ends it; later steps are then skipped.
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
    // ---- waiting and looking
    bool turn(std::int64_t wait_ms);  // one round of the kiosk's loop; true when it drew
    void settle();
    bool until(const std::string& what, const std::function<bool()>& holds);
    bool until_screen(std::string_view name);
    bool until_text(const std::string& words);
    bool until_widget(const std::string& id);
    [[nodiscard]] bool shows(std::string_view words) const;
    [[nodiscard]] bool can_tap(const std::string& id) const;
    void picture(const std::string& name);
    void fail(const std::string& what);

    // ---- hands
    void tap(const std::string& id);
    void bring_up(const std::string& id);
    void type(const std::string& id, std::string_view words);
    void put_keyboard_away() { hand_.key(ui::Key::kEscape); }

    // ---- the visit
    void read_logins();
    void customer_looks_around();
    void seller_signs_in();
    void seller_sells();
    void papers();
    void back_among_the_cars();
    void upright();
    void sign_out();
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

// ---- waiting and looking

bool Tour::turn(std::int64_t wait_ms) {
    if (shell_.app.poll()) window_.draw_again();
    return window_.step(draw_, wait_ms);
}

void Tour::settle() {
    window_.draw_again();
    while (turn(0)) {
    }
}

bool Tour::until(const std::string& what, const std::function<bool()>& holds) {
    if (failed_) return false;
    const std::int64_t deadline = window_.now_ms() + kTourPatienceMs;
    settle();
    while (!holds()) {
        if (window_.now_ms() > deadline) {
            fail(what);
            return false;
        }
        (void)turn(kTourLookMs);
    }
    return true;
}

bool Tour::until_screen(std::string_view name) {
    return until("the screen \"" + std::string(name) + "\" is shown",
                 [&] { return shell_.navigator.top()->name() == name; });
}

bool Tour::until_text(const std::string& words) {
    return until("the words \"" + words + "\" are shown", [&] { return shows(words); });
}

bool Tour::until_widget(const std::string& id) {
    return until("\"" + id + "\" is shown",
                 [&] { return window_.stage().registry().find(id) != nullptr; });
}

bool Tour::shows(std::string_view words) const {
    const auto& texts = window_.stage().registry().texts();
    return std::any_of(texts.begin(), texts.end(), [words](const std::string& text) {
        return text.find(words) != std::string::npos;
    });
}

bool Tour::can_tap(const std::string& id) const {
    const auto& shown = window_.stage().registry();
    const ui::Item* item = shown.find(id);
    if (item == nullptr || item->visible.empty()) return false;
    const ui::Item* hit = shown.hit(item->visible.centre());
    return hit != nullptr && hit->id == id;
}

void Tour::picture(const std::string& name) {
    if (failed_) return;
    // A picture that fades in is finished before it is taken.
    const std::int64_t deadline = window_.now_ms() + kTourPatienceMs;
    while (window_.now_ms() < deadline && turn(kTourStillMs)) {
    }
    const ui::Screenshot shot = window_.screenshot(draw_);
    imaging::Image image(shot.width, shot.height);
    image.rgba = shot.rgba;
    char file[64];
    std::snprintf(file, sizeof file, "%02d_%s.png", ++pictures_, name.c_str());
    const imaging::Bytes png = imaging::encode_png(image);
    if (const auto wrote = base::write_file(folder_ + "/" + file, base::as_text(png), 0644); !wrote)
        return fail(wrote.error().message);
    std::printf("ok   %s\n", file);
    std::fflush(stdout);
}

void Tour::fail(const std::string& what) {
    if (failed_) return;
    std::printf("FAIL waited %lld s, but it does not hold that %s.\n",
                static_cast<long long>(kTourPatienceMs / 1000), what.c_str());
    std::printf("     on screen \"%s\":", std::string(shell_.navigator.top()->name()).c_str());
    for (const std::string& text : window_.stage().registry().texts())
        std::printf(" | %s", text.c_str());
    std::printf("\n");
    picture("failed");
    failed_ = true;
    std::fflush(stdout);
}

// ---- hands

void Tour::tap(const std::string& id) {
    if (!until_widget(id)) return;
    bring_up(id);
    if (!until("\"" + id + "\" can be touched", [&] { return can_tap(id); })) return;
    hand_.tap(id);
}

// Scrolls, as with a wheel, the page the widget stands in until a finger can reach it.
void Tour::bring_up(const std::string& id) {
    constexpr int kMostTurns = 40;
    for (int i = 0; i < kMostTurns && !can_tap(id); ++i) {
        const auto& shown = window_.stage().registry();
        const ui::Item* item = shown.find(id);
        if (item == nullptr) return;
        const auto place =
            std::find_if(shown.scrolls().begin(), shown.scrolls().end(),
                         [&](const ui::ScrollPlace& each) { return each.id == item->scroll_id; });
        if (place == shown.scrolls().end()) return;
        const ui::Point at = place->view.centre();
        ui::Event wheel;
        wheel.type = ui::Event::Type::kWheel;
        wheel.at = {at.x * window_.stage().scale(), at.y * window_.stage().scale()};
        wheel.wheel = item->rect.centre().y > at.y ? 1.0F : -1.0F;
        window_.stage().input().push(wheel);
        settle();
    }
}

void Tour::type(const std::string& id, std::string_view words) {
    tap(id);
    if (!failed_) hand_.type(words);
}

// ---- the visit

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

std::vector<std::string> Tour::cards() const {
    std::vector<std::string> ids;
    for (const ui::Item& item : window_.stage().registry().items())
        if (item.kind() == "card" && !item.visible.empty()) ids.push_back(item.id.substr(5));
    return ids;
}

bool Tour::pictures_are_here() const {
    const auto catalogue = shell_.app.catalogue();
    const auto shown = cards();
    return !shown.empty() && std::all_of(shown.begin(), shown.end(), [&](const std::string& id) {
        const auto uuid = base::Uuid::parse(id);
        const CatalogueCar* car = uuid ? catalogue->find(*uuid) : nullptr;
        if (car == nullptr || car->images.empty()) return true;
        const auto& image = car->images.front();
        // Which size is drawn depends on the card's; one of them must have come.
        auto& store = shell_.app.pictures();
        return store.get(image.sha256_small) != nullptr ||
               store.get(image.sha256_medium) != nullptr;
    });
}

void Tour::customer_looks_around() {
    until("cars have come", [&] { return shell_.app.catalogue()->on_offer() > 0; });
    until_widget("screen:attract");
    picture("attract");
    tap("screen:attract");
    until_screen("browse");
    until("the cards have their pictures", [&] { return pictures_are_here(); });
    picture("browse");
    type("field:search", "awd toyota");
    const auto fits = [&](const std::string& id) {
        const auto uuid = base::Uuid::parse(id);
        const CatalogueCar* car = uuid ? shell_.app.catalogue()->find(*uuid) : nullptr;
        return car != nullptr && car->car.make == "Toyota" &&
               car->car.drive_type == domain::DriveType::kAllWheel;
    };
    until("every card is an all-wheel Toyota", [&] {
        const auto shown = cards();
        return !shown.empty() && std::all_of(shown.begin(), shown.end(), fits);
    });
    picture("search");
    put_keyboard_away();
    until("the cards have their pictures", [&] { return pictures_are_here(); });
    picture("found");
    const auto found = cards();
    if (failed_ || found.empty()) return;
    tap("card:" + found.front());
    until_screen("car");
    picture("car");
    if (window_.stage().registry().find("thumb:1") != nullptr) {
        tap("thumb:1");
        picture("car_picture");
    }
    tap("button:back");
    until_screen("browse");
    until("the same cars are found", [&] { return cards() == found; });
    tap("clear:search");
    until("all cars are back", [&] { return cards() != found; });
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

int Tour::play() {
    if (const auto made = base::make_folders(folder_, 0755); !made) {
        std::printf("FAIL %s\n", made.error().message.c_str());
        return base::kExitFailed;
    }
    window_.stage().reduce_motion(true);
    customer_looks_around();
    seller_signs_in();
    seller_sells();
    papers();
    back_among_the_cars();
    upright();
    sign_out();
    if (!failed_) std::printf("ok   %d pictures in %s\n", pictures_, folder_.c_str());
    return failed_ ? base::kExitFailed : base::kExitDone;
}

}  // namespace

int play_tour(Shell& shell, ui::Window& window, const std::function<void(ui::Context&)>& draw,
              const std::string& folder) {
    return Tour(shell, window, draw, folder).play();
}

}  // namespace showfloor::terminal
