#include "terminal/screens/sign_in_panel.hpp"

#include <algorithm>
#include <charconv>

#include "ui/controls.hpp"
#include "ui/scroll.hpp"

namespace showfloor::terminal {

namespace {

constexpr std::size_t kMostTiles = 24;  // scrolled across; more people use their name
constexpr std::size_t kPinDigits = 6;
constexpr float kBesideWidth = 960;

}  // namespace

domain::Role role_of(const SignInTile& tile) {
    const auto& names = domain::kRoleNames;
    const auto found = std::find(names.begin(), names.end(), tile.role);
    return found == names.end() ? domain::Role::kNobody
                                : static_cast<domain::Role>(found - names.begin());
}

SignInPanel::SignInPanel(Shell& shell, Ask ask, std::function<void(Person)> done, Offered offered)
    : shell_(shell), ask_(std::move(ask)), done_(std::move(done)), for_once_(offered != nullptr) {
    shell_.app.sign_in_tiles([this, offered = std::move(offered),
                              alive = alive_.token()](std::vector<SignInTile> tiles) {
        if (alive.expired()) return;
        tiles_ = std::move(tiles);
        if (offered) std::erase_if(tiles_, [&](const SignInTile& tile) { return !offered(tile); });
        if (tiles_.size() > kMostTiles) tiles_.resize(kMostTiles);
        someone_else_ = tiles_.empty();
    });
}

SignInPanel::~SignInPanel() {
    if (waiting_) shell_.app.forget_sign_in();
}

std::string SignInPanel::words_of(const text::Strings& strings, const base::Error& error) const {
    std::string key = "sign_in.refused_" + error.code;
    // Whoever touched their own name has not mistyped it.
    if (error.code == "wrong_password" && !someone_else_)
        key = by_pin_ ? "sign_in.refused_wrong_password_pin" : "sign_in.refused_wrong_password_own";
    if (!strings.has(key)) return failure_of(strings, error);
    std::int64_t count = 0;
    std::from_chars(error.field.data(), error.field.data() + error.field.size(), count);
    return strings.get(key, {{"count", count}});
}

void SignInPanel::choose(ui::Context& ui, const SignInTile* tile) {
    login_ = tile == nullptr ? std::string() : tile->login;
    someone_else_ = tile == nullptr;
    by_pin_ = tile != nullptr && tile->has_pin;
    error_.clear();
    secret_.clear();
    if (!by_pin_) focus_field(ui, someone_else_ ? "login" : "password");
}

void SignInPanel::send(ui::Context& ui) {
    if (waiting_) return;
    if (login_.empty() || secret_.empty()) {
        error_ = ui.tr(login_.empty() ? "sign_in.who_missing" : "sign_in.password_missing");
        return;
    }
    waiting_ = true;
    error_.clear();
    const text::Strings& strings = ui.strings();
    ask_({login_, secret_, by_pin_},
         [this, &strings, alive = alive_.token()](base::Result<Person> person) {
             if (alive.expired()) return;
             waiting_ = false;
             secret_.clear();
             if (person) {
                 done_(std::move(*person));
                 return;
             }
             error_ = words_of(strings, person.error());
             // The day is over, or the password is another: it is asked for again.
             if (person.error().code == "no_pin") by_pin_ = false;
             again_ = !by_pin_;
         });
}

void SignInPanel::draw_people(ui::Context& ui, ui::Area area) {
    const float room = static_cast<float>(tiles_.size() + 1) * (ui::kAvatarWidth + 8);
    ui::ScrollView people(
        ui, "people",
        area.aligned(std::min(room, area.width()), ui::kAvatarHeight, ui::Align::kCentre),
        ui::ScrollAxis::kAcross);
    const bool chosen = !login_.empty() || someone_else_;
    for (const SignInTile& tile : tiles_) {
        const bool me = !someone_else_ && login_ == tile.login;
        if (avatar(ui, people.area().cut_start(ui::kAvatarWidth, ui::space::k8),
                   {.id = ui.keep(face_of(tile.login)),
                    .name = ui.keep(short_name_of(tile.first_name, tile.last_name)),
                    .caption = ui.keep(option_of(ui, "role", tile.role)),
                    .selected = me,
                    .faded = chosen && !me}))
            choose(ui, &tile);
    }
    if (avatar(ui, people.area().cut_start(ui::kAvatarWidth, ui::space::k8),
               {.id = "someone_else",
                .name = ui.tr("sign_in.someone_else"),
                .selected = someone_else_,
                .faded = chosen && !someone_else_,
                .icon = ui::icons::kPerson}))
        choose(ui, nullptr);
}

void SignInPanel::draw_password(ui::Context& ui, ui::Area& form, std::string_view action) {
    // Name and password stand beside each other where there is room: the keyboard leaves little.
    const bool beside = someone_else_ && form.width() >= kBesideWidth;
    ui::Area name_at = form, password_at = form;
    if (beside) {
        const auto columns = form.columns(2, ui::space::k24);
        name_at = columns[0];
        password_at = columns[1];
    }
    if (someone_else_) {
        const ui::Field login{
            .id = "login", .label = ui.tr("sign_in.login"), .kind = ui::FieldKind::kEmail};
        const ui::Area at = name_at.cut_top(field_height(login), ui::space::k12);
        if (text_field(ui, at, login, login_).submitted) focus_field(ui, "password");
        if (!beside) password_at = name_at;
    }
    if (std::exchange(again_, false)) focus_field(ui, "password");
    const float begins = password_at.rect.y;
    std::string_view hint;
    if (waiting_)
        hint = ui.tr("sign_in.checking");
    else if (!for_once_)
        hint = ui.tr("sign_in.once_a_day");
    const ui::Field password{.id = "password",
                             .label = ui.tr("sign_in.password"),
                             .kind = ui::FieldKind::kPassword,
                             .hint = hint,
                             .error = error_,
                             .note_lines = 2,
                             .done = action};
    const auto typed = text_field(ui, password_at.cut_top(field_height(password), ui::space::k16),
                                  password, secret_);
    form.skip(password_at.rect.y - form.rect.y);
    const ui::Button go{
        .id = "sign_in", .label = action, .kind = ui::ButtonKind::kPrimary, .enabled = !waiting_};
    const ui::Area at = form.cut_top(ui::kButtonHeight);
    if (button(ui, at, go) || typed.submitted) send(ui);
    // The keyboard leaves the whole form to be seen, not its field alone.
    if (auto edited = ui.edited()) {
        edited->rect = {at.rect.x, begins, at.rect.w, at.rect.bottom() - begins};
        ui.edited_field(*std::move(edited));
    }
}

void SignInPanel::draw_pin(ui::Context& ui, ui::Area& area) {
    const std::string& words =
        !error_.empty() ? error_ : ui.tr(waiting_ ? "sign_in.checking" : "sign_in.pin_hint");
    label(ui, area.cut_top(36), words, ui::Style::kBody,
          error_.empty() ? ui::Ink::kQuiet : ui::Ink::kDanger, ui::Align::kCentre);
    const float height = std::min(ui::kPinPadHeight, area.height() - 64);
    ui::Area pad =
        area.cut_top(height, ui::space::k8).aligned(ui::kPinPadWidth, height, ui::Align::kCentre);
    if (pin_pad(ui, pad, "pin", secret_, kPinDigits)) send(ui);
    const ui::Button instead{.id = "use_password",
                             .label = ui.tr("sign_in.use_password"),
                             .kind = ui::ButtonKind::kGhost};
    const float width = button_width(ui, instead);
    if (button(ui, area.cut_top(56).aligned(width, 56, ui::Align::kCentre), instead)) {
        by_pin_ = false;
        error_.clear();
        secret_.clear();
        focus_field(ui, "password");
    }
}

float SignInPanel::height() const {
    const float people = tiles_.empty() ? 0 : ui::kAvatarHeight + ui::space::k16;
    if (login_.empty() && !someone_else_) return people + 64;
    if (by_pin_) return people + 36 + ui::kPinPadHeight + 64;
    constexpr float kPassword = 172, kName = 124;
    return people + kPassword + (someone_else_ ? kName : 0) + ui::kButtonHeight + ui::space::k16;
}

void SignInPanel::draw(ui::Context& ui, ui::Area area, std::string_view action) {
    // On a low page people stand beside the figures, whose keys stay large enough for a finger.
    constexpr float kLeastPad = 372;
    if (by_pin_ && !tiles_.empty() && area.width() >= kBesideWidth &&
        area.height() < ui::kAvatarHeight + ui::space::k16 + kLeastPad) {
        auto halves = area.columns(2, ui::space::k24);
        draw_people(ui, halves[0].centred(halves[0].width(), ui::kAvatarHeight));
        return draw_pin(ui, halves[1]);
    }
    if (!tiles_.empty())
        draw_people(ui, area.cut_top(ui::kAvatarHeight, types() ? ui::space::k4 : ui::space::k16));
    if (login_.empty() && !someone_else_) {
        paragraph(ui, area, ui.tr("sign_in.choose"), ui::Style::kBodyLarge, ui::Ink::kQuiet,
                  ui::Align::kCentre);
        return;
    }
    if (by_pin_) return draw_pin(ui, area);
    const float wide = someone_else_ && area.width() >= kBesideWidth ? kBesideWidth : 560.F;
    ui::Area form = area.aligned(std::min(wide, area.width()), area.height(), ui::Align::kCentre);
    draw_password(ui, form, action);
}

}  // namespace showfloor::terminal
