#include "terminal/screens/service_screen.hpp"

#include <algorithm>
#include <cmath>

#include "terminal/screens/seller_frame.hpp"
#include "terminal/screens/seller_words.hpp"
#include "ui/scroll.hpp"

namespace showfloor::terminal {

namespace {

bool is_admin(domain::Role role) {
    return role == domain::Role::kAdmin || role == domain::Role::kSuperAdmin;
}

}  // namespace

ServiceScreen::ServiceScreen(Shell& shell)
    : shell_(shell),
      panel_(
          shell,
          [&shell](SignIn who, auto done) { shell.app.approve(std::move(who), std::move(done)); },
          [this](const Person& person) {
              // The door is no approval for anything else.
              shell_.app.forget_approval();
              if (is_admin(person.role)) admin_ = person;
              refused_ = !is_admin(person.role);
          },
          [](const SignInTile& tile) { return is_admin(role_of(tile)); }) {}

void ServiceScreen::draw_door(ui::Context& ui, ui::Area page) {
    // The bar says where one is. A little above the middle, as where one signs in.
    constexpr float kHint = 48 + ui::space::k16;
    const float above = std::max(0.F, (page.height() - kHint - panel_.height()) * 0.38F);
    page.skip(std::round(ui.animate("service:above", panel_.types() ? 0 : above)));
    label(ui, page.cut_top(48, ui::space::k16),
          ui.tr(refused_ ? "service.no_admin" : "service.door_hint"), ui::Style::kTitle,
          refused_ ? ui::Ink::kDanger : ui::Ink::kInk, ui::Align::kCentre);
    panel_.draw(ui, page, ui.tr("sign_in.action"));
}

void ServiceScreen::draw_facts(ui::Context& ui, ui::Area& page) {
    const TerminalFacts& facts = shell_.app.facts();
    const LinkStatus& link = shell_.app.link();
    ui::GrowingCard sheet(ui, "service_facts", page);
    ui::Area& area = sheet.area();
    const auto fact = [&](const char* key, std::string_view value) {
        ui::Area row = area.cut_top(44);
        label(ui, row.cut_start(std::min(340.F, row.width() * 0.4F), ui::space::k12), ui.tr(key),
              ui::Style::kBody, ui::Ink::kQuiet);
        label(ui, row, value, ui::Style::kBodyStrong);
    };
    fact("sync.code", ui.keep(facts.branch_code + "-" + facts.terminal_code));
    fact("sync.central", facts.central_url);
    fact("sync.version", facts.version);
    fact("service.folder", facts.folder);
    fact("service.pending", ui.keep(std::to_string(link.pending)));
    fact("service.attention", ui.keep(std::to_string(link.attention)));
    fact("service.pictures", ui.tr("sync.of", {{"have", link.blobs_have},
                                               {"all", link.blobs_have + link.blobs_missing}}));
    fact("service.contact", link.last_contact_at == 0
                                ? ui.tr("sync.never")
                                : ui.keep(moment_of(ui, link.last_contact_at, shell_.app.now())));
}

void ServiceScreen::draw_doings(ui::Context& ui, ui::Area& page) {
    ui::Flow flow(page, ui::space::k12, ui::kButtonHeight);
    const auto doing = [&](const char* id, const char* key, char32_t icon, ui::ButtonKind kind) {
        const ui::Button spec{
            .id = id, .label = ui.tr(key), .icon = icon, .kind = kind, .enabled = !checking_};
        return button(ui, flow.next(button_width(ui, spec)), spec);
    };
    const text::Strings& strings = ui.strings();
    if (doing("check_files", checking_ ? "service.checking" : "service.check",
              ui::icons::kCheckCircle, ui::ButtonKind::kSecondary)) {
        checking_ = true;
        shell_.app.check_files([this, &strings, alive = alive_.token()](base::Result<void> whole) {
            if (alive.expired()) return;
            checking_ = false;
            said_ = whole ? strings.get("service.whole") : std::string();
            error_ = whole ? std::string() : failure_of(strings, whole.error());
        });
    }
    if (doing("diagnostics", "sync.diagnostics", ui::icons::kDownload,
              ui::ButtonKind::kSecondary)) {
        shell_.app.save_diagnostics(
            [this, &strings, alive = alive_.token()](base::Result<std::string> path) {
                if (alive.expired()) return;
                said_ = path ? strings.get("sync.saved", {{"path", *path}}) : std::string();
                error_ = path ? std::string() : failure_of(strings, path.error());
            });
    }
    if (doing("leave_kiosk", "service.leave", ui::icons::kLogout, ui::ButtonKind::kDanger))
        leaving_ = true;
    page.skip(flow.used_height() + ui::space::k16);
    if (!said_.empty()) paragraph(ui, page, said_, ui::Style::kBody, ui::Ink::kGood);
    if (!error_.empty()) paragraph(ui, page, error_, ui::Style::kBody, ui::Ink::kDanger);
}

void ServiceScreen::draw(ui::Context& ui) {
    ui::Area page = ui.screen();
    ui.painter().fill(page.rect, ui.color().ground);
    if (!shell_.app.person()) {
        shell_.to_browse();
        return;
    }
    seller_bar(ui, shell_, page, {.title = ui.tr("service.title"), .back = true});
    page = page.padded(ui.portrait() ? ui::space::k32 + ui::space::k8 : ui::space::k48,
                       ui::space::k32);
    if (!admin_) return draw_door(ui, page);
    {
        ui::ScrollView view(ui, "service", page);
        draw_facts(ui, view.area());
        draw_doings(ui, view.area());
    }
    if (!leaving_) return;
    const auto answer = dialog(ui, {.id = "leave",
                                    .title = ui.tr("service.leave_title"),
                                    .words = ui.tr("service.leave_hint"),
                                    .confirm = ui.tr("service.leave"),
                                    .cancel = ui.tr("ui.cancel"),
                                    .danger = true});
    if (answer == ui::DialogAnswer::kConfirmed) shell_.leave = true;
    if (answer != ui::DialogAnswer::kOpen) leaving_ = false;
}

}  // namespace showfloor::terminal
