#include "terminal/screens/sign_in_screen.hpp"

#include <algorithm>
#include <charconv>
#include <iterator>

#include "ui/scroll.hpp"

namespace showfloor::terminal {

namespace {

constexpr std::size_t kMostTiles = 24;  // scrolled across; more people use their name

// Accounts' codes are keys of words; whatever else failed says so itself.
std::string words_of(const ui::Context& ui, const base::Error& error) {
    static constexpr std::string_view kCodes[] = {
        "wrong_password", "locked", "other_branch", "not_filled", "no_central", "offline_too_long"};
    if (std::find(std::begin(kCodes), std::end(kCodes), error.code) == std::end(kCodes))
        return error.message;
    std::int64_t count = 0;
    std::from_chars(error.field.data(), error.field.data() + error.field.size(), count);
    return ui.tr("sign_in.refused_" + error.code, {{"count", count}});
}

}  // namespace

SignInPanel::SignInPanel(Shell& shell, Ask ask, std::function<void(Person)> done)
    : shell_(shell), ask_(std::move(ask)), done_(std::move(done)) {
    shell_.app.sign_in_tiles([this, alive = alive_.token()](std::vector<SignInTile> tiles) {
        if (alive.expired()) return;
        tiles_ = std::move(tiles);
        if (tiles_.size() > kMostTiles) tiles_.resize(kMostTiles);
        someone_else_ = tiles_.empty();
    });
}

void SignInPanel::send(ui::Context& ui) {
    if (waiting_) return;
    if (login_.empty() || password_.empty()) {
        error_ = ui.tr(login_.empty() ? "sign_in.who_missing" : "sign_in.password_missing");
        return;
    }
    waiting_ = true;
    error_.clear();
    refused_.reset();
    ask_(login_, password_, [this, alive = alive_.token()](base::Result<Person> person) {
        if (alive.expired()) return;
        waiting_ = false;
        password_.clear();
        if (person)
            done_(std::move(*person));
        else
            refused_ = person.error();
    });
}

void SignInPanel::draw(ui::Context& ui, ui::Area area, std::string_view action) {
    if (!tiles_.empty()) {
        const float room = static_cast<float>(tiles_.size() + 1) * (ui::kAvatarWidth + 8);
        ui::ScrollView people(
            ui, "people",
            area.cut_top(ui::kAvatarHeight, ui::space::k16)
                .aligned(std::min(room, area.width()), ui::kAvatarHeight, ui::Align::kCentre),
            ui::ScrollAxis::kAcross);
        for (const SignInTile& tile : tiles_) {
            const std::string id = "person:" + tile.login;
            const std::string who = short_name_of(tile.first_name, tile.last_name);
            const std::string role = option_of(ui, "role", tile.role);
            if (avatar(ui, people.area().cut_start(ui::kAvatarWidth, ui::space::k8),
                       {.id = id,
                        .name = who,
                        .caption = role,
                        .selected = !someone_else_ && login_ == tile.login,
                        .faded = !login_.empty() && login_ != tile.login})) {
                login_ = tile.login;
                someone_else_ = false;
                error_.clear();
                refused_.reset();
                focus_field(ui, "password");
            }
        }
        const std::string other = ui.tr("sign_in.someone_else");
        if (avatar(ui, people.area().cut_start(ui::kAvatarWidth, ui::space::k8),
                   {.id = "someone_else",
                    .name = other,
                    .selected = someone_else_,
                    .faded = !login_.empty() && !someone_else_,
                    .icon = ui::icons::kPerson})) {
            someone_else_ = true;
            login_.clear();
            focus_field(ui, "login");
        }
    }
    ui::Area form = area.aligned(std::min(560.F, area.width()), area.height(), ui::Align::kCentre);
    if (someone_else_) {
        const ui::Field login{
            .id = "login", .label = ui.tr("sign_in.login"), .kind = ui::FieldKind::kEmail};
        text_field(ui, form.cut_top(field_height(login), ui::space::k12), login, login_);
    }
    const std::string words(action);
    if (refused_) error_ = words_of(ui, *refused_);
    const std::string hint = waiting_ ? ui.tr("sign_in.checking") : std::string();
    const ui::Field password{.id = "password",
                             .label = ui.tr("sign_in.password"),
                             .kind = ui::FieldKind::kPassword,
                             .hint = hint,
                             .error = error_,
                             .note_lines = 2,
                             .done = words};
    const auto typed =
        text_field(ui, form.cut_top(field_height(password), ui::space::k16), password, password_);
    const ui::Button go{
        .id = "sign_in", .label = words, .kind = ui::ButtonKind::kPrimary, .enabled = !waiting_};
    if (button(ui, form.cut_top(ui::kButtonHeight), go) || typed.submitted) send(ui);
}

SignInScreen::SignInScreen(Shell& shell)
    : shell_(shell),
      panel_(
          shell,
          [&shell](std::string login, std::string password, auto done) {
              shell.app.sign_in(std::move(login), std::move(password), std::move(done));
          },
          [this](const Person& person) { welcome_ = person; }) {}

void SignInScreen::draw(ui::Context& ui) {
    ui::Area page = ui.screen();
    ui.painter().fill(page.rect, ui.color().ground);
    shell_.bar(ui, page, true);
    page = page.padded(ui::space::k48, ui::space::k24);
    label(ui, page.cut_top(80, ui::space::k16), ui.tr("sign_in.title"), ui::Style::kDisplay,
          ui::Ink::kInk, ui::Align::kCentre);
    if (!shell_.app.link().online)
        label(ui, page.cut_top(32, ui::space::k16), ui.tr("sign_in.offline_hint"),
              ui::Style::kBodyLarge, ui::Ink::kOffline, ui::Align::kCentre);
    panel_.draw(ui, page, ui.tr("sign_in.action"));
    if (!welcome_) return;
    if (welcome_->offline_warning)
        ui.toast(
            ui.tr(welcome_->offline_too_long ? "sign_in.offline_too_long" : "sign_in.offline_days",
                  {{"count", welcome_->offline_days}}),
            ui::Tone::kWarning);
    shell_.navigator.pop();
}

}  // namespace showfloor::terminal
