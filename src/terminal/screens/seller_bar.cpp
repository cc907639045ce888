// The white bar on top of a signed-in person's screens.

#include "terminal/screens/seller_frame.hpp"
#include "terminal/screens/seller_words.hpp"

namespace showfloor::terminal {

namespace {

constexpr float kBarButton = 56;

struct LinkWords {
    char32_t icon = ui::icons::kNone;
    std::string words;
    ui::Ink ink = ui::Ink::kQuiet;
};

// `in_short` leaves out how much is safe here, for bars without the room.
LinkWords link_words(const ui::Context& ui, const App& app, bool in_short = false) {
    const LinkStatus& link = app.link();
    using ui::Ink;
    if (link.unreadable) return {ui::icons::kReport, ui.tr("link.unreadable"), Ink::kDanger};
    if (!link.online) {
        const std::string since = since_of(ui, link.last_contact_at, app.now(), true);
        std::string words =
            link.last_contact_at == 0 ? ui.tr("link.never")
            : link.pending > 0 && !in_short
                ? ui.tr("link.offline_safe", {{"time", since}, {"count", link.pending}})
                : ui.tr("link.offline", {{"time", since}});
        return {ui::icons::kCloudOff, std::move(words), Ink::kOffline};
    }
    if (link.filling) return {ui::icons::kSync, ui.tr("link.filling"), Ink::kQuiet};
    if (link.pending > 0)
        return {ui::icons::kSync, ui.tr("link.sending", {{"count", link.pending}}), Ink::kQuiet};
    return {ui::icons::kCloudDone, ui.tr("link.safe"), Ink::kGood};
}

// Who is signed in; a touch locks the screen behind them. `others` is what else stands in the bar.
void person_chip(ui::Context& ui, Shell& shell, ui::Area& bar, float others) {
    const Person& person = *shell.app.person();
    // The branch is said where it can be said whole; a name is cut only when it is very long, or
    // where the network's state would not be said whole.
    constexpr float kLeast = 70, kRest = 130;
    const float room = bar.width() - others - status_width(ui, link_words(ui, shell.app).words) -
                       ui::space::k24 - kRest;
    const float most = std::clamp(room, kLeast, ui.portrait() ? 170.F : 240.F);
    ui::Chip out{.id = "sign_out", .label = {}, .icon_end = ui::icons::kLockOpen};
    const std::string& who = ui.keep(short_name_of(
        ui.painter().cut_to(person.first_name, ui.text(ui::Style::kBody), most), person.last_name));
    out.label = who;
    if (!ui.portrait() && !person.branch_name.empty()) {
        ui::Chip whole = out;
        whole.label = ui.keep(who + " · " + person.branch_name);
        constexpr float kClock = 96;
        if (chip_width(ui, whole) <= std::min(bar.width() * 0.36F, room + kRest - kClock))
            out.label = whole.label;
    }
    ui::Area at = bar.cut_end(chip_width(ui, out), ui::space::k16);
    if (chip(ui, at.centred(at.width(), ui::kChipHeight), out)) shell.sign_out();
}

void access_at_end(ui::Context& ui, Shell& shell, ui::Area& bar) {
    shell.access_button(ui, bar.cut_end(kBarButton, ui::space::k8).centred(kBarButton, kBarButton));
}

void round_button(ui::Context& ui, ui::Area& bar, const ui::IconButton& spec, std::int64_t count,
                  const std::function<void()>& act) {
    const ui::Area at = bar.cut_end(kBarButton, ui::space::k8).centred(kBarButton, kBarButton);
    const bool open = icon_button(ui, at, spec);
    if (count > 0) {
        const ui::Rect r = at.rect;
        // On the sign's upper corner.
        constexpr float kWide = 60, kAbove = 6, kBeyond = 4;
        const float x = at.mirrored() ? r.x - kBeyond : r.right() + kBeyond - kWide;
        count_badge(ui, at.with({x, r.y - kAbove, kWide, 28}), count);
    }
    if (open) act();
}

// On one line, or two small ones; a piece of it would say nothing, except of what went wrong.
void draw_note(ui::Context& ui, ui::Area bar, const SellerBar& spec) {
    if (spec.note.empty()) return;
    const ui::Ink with = spec.warn ? ui::Ink::kDanger : ui::Ink::kQuiet;
    constexpr float kLeast = 0.9F, kLeastRoom = 64;
    for (const ui::Style style : {ui::Style::kBody, ui::Style::kSmall})
        if (text_width(ui, spec.note, style) * kLeast <= bar.width())
            return label_fitted(ui, bar, spec.note, style, with);
    const bool fits = !ui.portrait() && bar.width() >= kLeastRoom &&
                      lines_of(ui, spec.note, ui::Style::kSmall, bar.width()) <= 2 &&
                      text_width(ui, spec.note, ui::Style::kSmall) <= 1.8F * bar.width();
    if (!fits && !spec.warn) return;
    ui::Area two = bar.centred(bar.width(), 2 * line_height(ui, ui::Style::kSmall));
    paragraph(ui, two, spec.note, ui::Style::kSmall, with, ui::Align::kStart, 2);
}

}  // namespace

std::string place_words(const Shell& shell) {
    const auto& person = shell.app.person();
    const std::string& branch =
        person && !person->branch_name.empty() ? person->branch_name : shell.app.branch().name;
    return branch + " · " + clock_of(shell.app.branch(), shell.app.now());
}

void place_and_time(ui::Context& ui, const Shell& shell, ui::Area& bar) {
    const std::string whole = place_words(shell);
    const std::string clock = clock_of(shell.app.branch(), shell.app.now());
    for (const std::string& words : {whole, clock}) {
        const float width = text_width(ui, words, ui::Style::kSmall) + 2;
        if (width > bar.width()) continue;
        label(ui, bar.cut_start(width), ui.keep(words), ui::Style::kSmall, ui::Ink::kQuiet);
        return;
    }
}

void network_words(ui::Context& ui, const Shell& shell, ui::Area& bar, float least_left) {
    constexpr float kSign = 28;
    const float room = bar.width() - least_left;
    if (room < kSign) return;
    LinkWords words = link_words(ui, shell.app);
    if (status_width(ui, words.words) > room) words = link_words(ui, shell.app, true);
    const float whole = status_width(ui, words.words);
    // Less than half of the words would say less than the sign alone.
    if (room < whole / 2) {
        ui::icon(ui, bar.cut_end(kSign, ui::space::k24), words.icon, kSign, words.ink);
        return;
    }
    ui::Area at = bar.cut_end(std::min(whole, room), ui::space::k24);
    if (room >= whole) return status_words(ui, at, words.icon, words.words, words.ink);
    // Two small lines say it whole where one has no room.
    ui::icon(ui, at.cut_start(kSign, ui::space::k12), words.icon, kSign, words.ink);
    at = at.centred(at.width(), 2 * line_height(ui, ui::Style::kSmall));
    paragraph(ui, at, words.words, ui::Style::kSmall, words.ink, ui::Align::kStart, 2);
}

void seller_bar_end(ui::Context& ui, Shell& shell, ui::Area& bar, float least_left) {
    person_chip(ui, shell, bar, 3 * (kBarButton + ui::space::k8) + least_left);
    if (!shell.app.person()) return;
    access_at_end(ui, shell, bar);
    round_button(ui, bar,
                 {.id = "attention", .label = ui.tr("bar.attention"), .icon = ui::icons::kReport},
                 shell.needs_attention(), [&] { shell.to_attention(); });
    round_button(ui, bar, {.id = "home", .label = ui.tr("section.home"), .icon = ui::icons::kHome},
                 0, [&] { shell.to_home(); });
}

void seller_bar(ui::Context& ui, Shell& shell, ui::Area& page, const SellerBar& spec) {
    ui::Area bar = ui::top_bar(ui, page);
    if (spec.back) {
        const ui::IconButton back{
            .id = "back", .label = ui.tr("bar.back"), .icon = arrow_back(ui), .plain = true};
        const ui::Area at =
            bar.cut_start(kBarButton, ui::space::k12).centred(kBarButton, kBarButton);
        if (icon_button(ui, at, back) || ui.back_pressed()) shell.navigator.pop();
    }
    const ui::TextStyle style = ui.text(ui::Style::kTitle);
    const float most = ui.portrait() ? bar.width() * 0.45F : 620.F;
    const float whole = spec.title.empty() ? shell.dealer_width(ui, kLogoInBar, style)
                                           : ui.painter().measure(spec.title, style) + 4;
    const float width = std::min(whole, most);
    person_chip(ui, shell, bar, width + ui::space::k24 + kBarButton + ui::space::k16);
    if (!shell.app.person()) return;
    access_at_end(ui, shell, bar);
    if (!ui.portrait())
        label(ui, bar.cut_end(72, ui::space::k24),
              ui.keep(clock_of(shell.app.branch(), shell.app.now())), ui::Style::kBody,
              ui::Ink::kQuiet, ui::Align::kEnd);
    ui.wake_at(ui.now_ms() + 60'000 - shell.app.now() % 60'000);  // the clock
    ui::Area title_at = bar.cut_start(width, ui::space::k24);
    network_words(ui, shell, bar);
    // Upright the bar has no room beside its title and the note, but below them.
    if (ui.portrait()) {
        constexpr float kUpper = 44, kLower = 28;
        ui::Area below = title_at;
        below.rect.x = std::min(title_at.rect.x, bar.rect.x);
        below.rect.w = std::max(title_at.rect.right(), bar.rect.right()) - below.rect.x;
        below = below.centred(below.width(), kUpper + kLower).cut_bottom(kLower);
        place_and_time(ui, shell, below);
        title_at = title_at.centred(title_at.width(), kUpper + kLower).cut_top(kUpper);
        bar = bar.centred(bar.width(), kUpper + kLower).cut_top(kUpper);
    }
    if (spec.title.empty())
        shell.dealer(
            ui, title_at.aligned(width, std::min(title_at.height(), kLogoInBar), ui::Align::kStart),
            style, ui.color().ink);
    else
        label_fitted(ui, title_at, spec.title, ui::Style::kTitle);
    draw_note(ui, bar, spec);
}

}  // namespace showfloor::terminal
