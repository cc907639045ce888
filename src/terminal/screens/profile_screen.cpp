#include "terminal/screens/profile_screen.hpp"

#include <algorithm>

#include "terminal/screens/seller_frame.hpp"
#include "terminal/screens/seller_words.hpp"
#include "ui/controls.hpp"
#include "ui/scroll.hpp"

namespace showfloor::terminal {

namespace {

constexpr std::size_t kPinDigits = 6;
constexpr std::size_t kLeastPassword = 10;
constexpr std::int64_t kServiceHoldMs = 5'000;

// The words of a refusal here when there are some, the general ones otherwise.
std::string words_for(const text::Strings& strings, const base::Error& error) {
    const std::string key = "profile.error_" + error.code;
    return strings.has(key) ? strings.get(key) : failure_of(strings, error);
}

}  // namespace

void ProfileScreen::draw_person(ui::Context& ui, ui::Area& page) {
    const Person& person = *shell_.app.person();
    ui::GrowingCard sheet(ui, "profile_person", page);
    ui::Area& area = sheet.area();
    const std::string name = person.first_name + " " + person.last_name;
    const auto role = domain::kRoleNames[static_cast<std::size_t>(person.role)];
    const std::string place = option_of(ui, "role", role) + " · " + person.branch_name;
    const ui::Button out{.id = "lock", .label = ui.tr("profile.lock"), .icon = ui::icons::kLock};
    constexpr float kHigh = ui::kAvatarHeight - 60;
    ui::Area row = area;
    // Level with the words of the other cards.
    constexpr float kFace = 112;
    ui::Area disc = row.cut_start(kFace, ui::space::k24);
    ui::face(ui, disc.cut_top(kHigh).rect.centre(), kFace / 2, face_of(person.username), name);
    // Beside the words where they have room on a line each, below them otherwise.
    const float wide = button_width(ui, out);
    const bool beside =
        std::max(text_width(ui, name, ui::Style::kTitle),
                 text_width(ui, place, ui::Style::kBody)) <= row.width() - wide - ui::space::k24;
    ui::Area end;
    if (beside)
        end = row.cut_end(wide, ui::space::k24).cut_top(kHigh).centred(wide, ui::kButtonHeight);
    row.skip(ui::space::k12);
    wrapped_label(ui, row, name, 44, ui::Style::kTitle);
    wrapped_label(ui, row, place, 32, ui::Style::kBody, ui::Ink::kQuiet);
    wrapped_label(ui, row, "@" + person.username, 32, ui::Style::kSmall, ui::Ink::kQuiet);
    if (!beside) {
        row.skip(ui::space::k12);
        end = row.cut_top(ui::kButtonHeight).cut_start(wide);
    }
    area.skip(std::max(kHigh, row.rect.y - area.rect.y));
    const bool leaves = button(ui, end, out);
    if (leaves) shell_.sign_out();  // last: nobody is there afterwards
}

void ProfileScreen::draw_language(ui::Context& ui, ui::Area& page) {
    if (shell_.languages.size() < 2) return;
    ui::GrowingCard sheet(ui, "profile_language", page);
    ui::Area& area = sheet.area();
    label(ui, area.cut_top(40, ui::space::k8), ui.tr("profile.language"), ui::Style::kTitle);
    std::vector<ui::Chip> languages;
    for (std::size_t i = 0; i < shell_.languages.size(); ++i)
        languages.push_back({.id = ui.keep("language_" + std::to_string(i)),
                             .label = shell_.languages[i],
                             .selected = i == shell_.visit.settings.language});
    if (const int tapped = chips(ui, area, languages); tapped >= 0)
        shell_.visit.settings.language = static_cast<std::size_t>(tapped);
}

void ProfileScreen::draw_pin(ui::Context& ui, ui::Area& page) {
    ui::GrowingCard sheet(ui, "profile_pin", page);
    ui::Area& area = sheet.area();
    label(ui, area.cut_top(40, ui::space::k8), ui.tr("profile.pin"), ui::Style::kTitle);
    const bool by_pin = shell_.app.person()->by_pin;
    paragraph(ui, area, ui.tr(by_pin ? "profile.error_by_pin" : "profile.pin_hint"),
              ui::Style::kBody, ui::Ink::kQuiet);
    if (!pin_done_.empty()) {
        area.skip(ui::space::k8);
        note(ui, area, pin_done_, ui::Tone::kGood);
    }
    if (by_pin) return;
    area.skip(ui::space::k16);
    const ui::Button set{
        .id = "set_pin", .label = ui.tr("profile.set_pin"), .icon = ui::icons::kPin};
    if (!button(ui, area.cut_top(ui::kButtonHeight).cut_start(button_width(ui, set)), set)) return;
    pin_open_ = true;
    pin_.clear();
    first_pin_.clear();
    pin_error_.clear();
    pin_done_.clear();
}

void ProfileScreen::set_pin(ui::Context& ui) {
    const text::Strings& strings = ui.strings();
    if (first_pin_.empty()) {
        first_pin_ = std::exchange(pin_, {});
        pin_error_.clear();
        return;
    }
    if (pin_ != first_pin_) {
        pin_.clear();
        first_pin_.clear();
        pin_error_ = strings.get("profile.pin_differs");
        return;
    }
    waiting_ = true;
    shell_.app.set_pin(std::exchange(pin_, {}),
                       [this, &strings, alive = alive_.token()](base::Result<void> done) {
                           if (alive.expired()) return;
                           waiting_ = false;
                           first_pin_.clear();
                           if (done) {
                               pin_open_ = false;
                               pin_done_ = strings.get("profile.pin_set");
                           } else {
                               pin_error_ = words_for(strings, done.error());
                           }
                       });
}

void ProfileScreen::draw_pin_sheet(ui::Context& ui) {
    if (!pin_open_) return;
    ui::Modal sheet(ui, "pin_sheet", 560, 636 + ui::kSheetHead);
    ui::Area& area = sheet.area();
    const bool left =
        sheet_head(ui, area, "close_pin",
                   ui.tr(first_pin_.empty() ? "profile.pin_first" : "profile.pin_again"));
    label(ui, area.cut_top(36, ui::space::k8),
          pin_error_.empty() ? ui.tr("profile.pin_rule") : pin_error_, ui::Style::kBody,
          pin_error_.empty() ? ui::Ink::kQuiet : ui::Ink::kDanger);
    const float height = std::min(ui::kPinPadHeight, area.height());
    const ui::Area pad = area.cut_top(height).aligned(ui::kPinPadWidth, height, ui::Align::kCentre);
    if (pin_pad(ui, pad, "new_pin", pin_, kPinDigits) && !waiting_) set_pin(ui);
    if ((left || sheet.dismissed()) && !waiting_) pin_open_ = false;
}

void ProfileScreen::change_password(ui::Context& ui) {
    password_done_.clear();
    password_error_.clear();
    password_field_ = former_.empty()                  ? "former"
                      : fresh_.size() < kLeastPassword ? "fresh"
                                                       : "again";
    if (former_.empty())
        password_error_ = ui.tr("sign_in.password_missing");
    else if (fresh_.size() < kLeastPassword)
        password_error_ = ui.tr("profile.password_short");
    else if (fresh_ != again_)
        password_error_ = ui.tr("profile.password_differs");
    if (!password_error_.empty() || changing_) return;
    changing_ = true;
    const text::Strings& strings = ui.strings();
    shell_.app.change_password(std::exchange(former_, {}), fresh_,
                               [this, &strings, alive = alive_.token()](base::Result<void> done) {
                                   if (alive.expired()) return;
                                   changing_ = false;
                                   if (done) {
                                       fresh_.clear();
                                       again_.clear();
                                       password_done_ = strings.get("profile.password_changed");
                                       return;
                                   }
                                   password_field_ =
                                       done.error().code == "wrong_password" ? "former" : "fresh";
                                   password_error_ = words_for(strings, done.error());
                               });
}

void ProfileScreen::draw_password(ui::Context& ui, ui::Area& page) {
    ui::GrowingCard sheet(ui, "profile_password", page);
    ui::Area& area = sheet.area();
    label(ui, area.cut_top(40, ui::space::k8), ui.tr("profile.password"), ui::Style::kTitle);
    const bool online = shell_.app.link().online;
    paragraph(ui, area, ui.tr(online ? "profile.password_hint" : "profile.error_offline"),
              ui::Style::kBody, online ? ui::Ink::kQuiet : ui::Ink::kOffline);
    if (!online) return;
    area.skip(ui::space::k16);
    const auto field = [&](const char* id, const char* key, std::string& value) {
        const bool wrong = !password_error_.empty() && password_field_ == id;
        const ui::Field spec{
            .id = id,
            .label = ui.tr(key),
            .kind = ui::FieldKind::kPassword,
            .error = wrong ? std::string_view(password_error_) : std::string_view(),
            .note_lines = 2};
        (void)text_field(ui,
                         area.cut_top(field_height(spec), ui::space::k12)
                             .cut_start(std::min(560.F, area.width())),
                         spec, value);
    };
    field("former", "profile.former", former_);
    field("fresh", "profile.fresh", fresh_);
    field("again", "profile.again", again_);
    if (!password_done_.empty()) {
        note(ui, area, password_done_, ui::Tone::kGood);
        area.skip(ui::space::k8);
    }
    area.skip(ui::space::k12);
    const ui::Button go{.id = "change_password",
                        .label = ui.tr("profile.change"),
                        .kind = ui::ButtonKind::kPrimary,
                        .enabled = !changing_};
    if (button(ui, area.cut_top(ui::kButtonHeight).cut_start(button_width(ui, go)), go))
        change_password(ui);
}

// Where one is; held for five seconds it is the door to the service corner.
void ProfileScreen::draw_terminal(ui::Context& ui, ui::Area& page) {
    const TerminalFacts& facts = shell_.app.facts();
    ui::Area row = page.cut_top(64);
    const std::string words =
        ui.tr("profile.terminal", {{"code", facts.branch_code + "-" + facts.terminal_code}});
    const ui::Touch touch = ui.touch("service:hold", words, row.rect);
    if (touch.held_ms >= kServiceHoldMs)
        shell_.to_service();
    else if (touch.held_ms > 0)
        ui.wake_at(ui.now_ms() + kServiceHoldMs - touch.held_ms);
    label(ui, row, ui.keep(words), ui::Style::kSmall, ui::Ink::kQuiet, ui::Align::kCentre);
    focus_ring(ui, touch, row.rect, 12);
}

void ProfileScreen::draw(ui::Context& ui) {
    auto page = seller_page(ui, shell_, Section::kProfile);
    if (!page) return;
    (void)page_title(ui, *page, ui.tr("section.profile"));
    {
        ui::ScrollView view(ui, "profile", *page);
        draw_person(ui, view.area());
        if (!shell_.app.person()) return;
        draw_language(ui, view.area());
        draw_pin(ui, view.area());
        draw_password(ui, view.area());
        draw_terminal(ui, view.area());
    }
    draw_pin_sheet(ui);
}

}  // namespace showfloor::terminal
