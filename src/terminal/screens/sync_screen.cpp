#include "terminal/screens/sync_screen.hpp"

#include <algorithm>
#include <cstdlib>

#include "terminal/screens/seller_frame.hpp"
#include "terminal/screens/seller_words.hpp"
#include "text/format.hpp"
#include "ui/controls.hpp"
#include "ui/scroll.hpp"

namespace showfloor::terminal {

namespace {

constexpr std::int64_t kAskedShownMs = 5'000;  // by then there is progress or a named cause
constexpr std::int64_t kAgeStepMs = 15'000;
constexpr std::size_t kMostShown = 50;

void fact(ui::Context& ui, ui::Area& area, std::string_view what, std::string_view value) {
    ui::Area row = area.cut_top(44);
    label(ui, row.cut_start(std::min(300.F, row.width() * 0.42F), ui::space::k12), what,
          ui::Style::kBody, ui::Ink::kQuiet);
    label(ui, row, value, ui::Style::kBodyStrong);
}

}  // namespace

void SyncScreen::read() {
    if (reading_ || read_version_ == shell_.app.version()) return;
    reading_ = true;
    read_version_ = shell_.app.version();
    shell_.app.waiting([this, alive = alive_.token()](std::vector<WaitingCommand> waiting) {
        if (alive.expired()) return;
        reading_ = false;
        if (shell_.app.link().unreadable) return;
        read_once_ = true;
        waiting_ = std::move(waiting);
    });
}

void SyncScreen::draw_state(ui::Context& ui, ui::Area& page) {
    const LinkStatus& link = shell_.app.link();
    const base::UtcMs now = shell_.app.now();
    ui::GrowingCard sheet(ui, "sync_state", page);
    ui::Area& area = sheet.area();
    const std::string& title =
        link.online ? ui.tr("sync.connected")
                    : ui.tr(link.last_contact_at == 0 ? "sync.never" : "sync.offline",
                            {{"time", since_of(ui, link.last_contact_at, now)}});
    const bool asked = asked_at_ms_ >= 0 && ui.now_ms() - asked_at_ms_ < kAskedShownMs;
    const std::string& detail =
        asked         ? ui.tr("sync.trying")
        : link.online ? ui.tr("sync.contact", {{"age", age_of(ui, link.last_contact_at, now)}})
                      : ui.keep(word_or(ui, "sync.cause_" + link.cause, ui.tr("sync.cause_other")));
    constexpr float kSign = 76, kTitleLine = 42, kDetailLine = 34;
    ui::Area head = area;
    ui::Area sign = head.cut_start(kSign, ui::space::k24);
    sign = sign.cut_top(kSign);
    const bool good = link.online && link.pending == 0;
    ui.painter().disc(sign.rect.centre(), 38,
                      link.online ? ui.color().good_soft : ui.color().warning_soft);
    ui::icon(ui, sign,
             good          ? ui::icons::kCloudDone
             : link.online ? ui::icons::kSync
                           : ui::icons::kCloudOff,
             40, link.online ? ui::Ink::kGood : ui::Ink::kOffline);
    const ui::Button now_button{.id = "sync_now",
                                .label = ui.tr("sync.now"),
                                .icon = ui::icons::kSync,
                                .kind = ui::ButtonKind::kPrimary};
    // Beside the words where they have room on a line each, below them otherwise.
    const float wide = button_width(ui, now_button);
    const bool beside =
        std::max(text_width(ui, title, ui::Style::kTitle),
                 text_width(ui, detail, ui::Style::kBody)) <= head.width() - wide - ui::space::k16;
    ui::Area end;
    if (beside)
        end = head.cut_end(wide, ui::space::k16).cut_top(kSign).centred(wide, ui::kButtonHeight);
    wrapped_label(ui, head, title, kTitleLine, ui::Style::kTitle);
    wrapped_label(ui, head, detail, kDetailLine, ui::Style::kBody, ui::Ink::kQuiet);
    if (!beside) {
        head.skip(ui::space::k12);
        end = head.cut_top(ui::kButtonHeight).cut_start(wide);
    }
    area.skip(std::max(kSign, head.rect.y - area.rect.y) + ui::space::k8);
    if (button(ui, end, now_button)) {
        shell_.app.sync_now();
        asked_at_ms_ = ui.now_ms();
        ui.draw_again();
    }
    if (asked) ui.wake_at(asked_at_ms_ + kAskedShownMs);
    ui.wake_at(ui.now_ms() + kAgeStepMs);
    if (!link.online) {
        area.skip(ui::space::k12);
        const ui::Banner safe{
            .id = "safe", .tone = ui::Tone::kInfo, .words = ui.tr("sync.safe_offline")};
        banner(ui, area.cut_top(banner_height(ui, safe, area.width())), safe);
    }
    if (link.clock_skew_ms > 60'000 || link.clock_skew_ms < -60'000) {
        area.skip(ui::space::k12);
        const ui::Banner clock{
            .id = "clock",
            .tone = ui::Tone::kWarning,
            .words = ui.tr("sync.clock", {{"count", std::abs(link.clock_skew_ms) / 60'000}})};
        banner(ui, area.cut_top(banner_height(ui, clock, area.width())), clock);
    }
    const std::int64_t blobs = link.blobs_have + link.blobs_missing;
    if (link.blobs_missing > 0 && blobs > 0) {
        area.skip(ui::space::k16);
        label(ui, area.cut_top(32), ui.tr("sync.pictures"), ui::Style::kSmall, ui::Ink::kQuiet);
        progress_bar(ui, area.cut_top(ui::kProgressHeight),
                     static_cast<double>(link.blobs_have) / static_cast<double>(blobs),
                     ui.tr("sync.of", {{"have", link.blobs_have}, {"all", blobs}}));
    }
}

void SyncScreen::draw_waiting(ui::Context& ui, ui::Area& page) {
    ui::GrowingCard sheet(ui, "sync_waiting", page);
    ui::Area& area = sheet.area();
    if (!read_once_ && shell_.app.link().unreadable) {
        paragraph(ui, area, ui.tr("link.unreadable"), ui::Style::kBody, ui::Ink::kDanger);
        return;
    }
    // The list may be a moment behind the figure in the bar: it never says less.
    const std::int64_t pending = shell_.app.link().pending;
    const std::int64_t listed = std::max(static_cast<std::int64_t>(waiting_.size()), pending);
    label(ui, area.cut_top(44, ui::space::k8), ui.tr("sync.waiting", {{"count", listed}}),
          ui::Style::kTitle);
    if (!read_once_ || (waiting_.empty() && pending > 0)) {
        skeleton(ui, area.cut_top(72));
        return;
    }
    if (waiting_.empty()) {
        paragraph(ui, area, ui.tr("sync.none_waiting"), ui::Style::kBody, ui::Ink::kQuiet);
        return;
    }
    const base::UtcMs now = shell_.app.now();
    for (std::size_t i = 0; i < waiting_.size() && i < kMostShown; ++i) {
        const WaitingCommand& entry = waiting_[i];
        const std::string what = word_or(ui, "sync.command_" + entry.command, entry.command);
        growing_row(
            ui, area,
            {.id = ui.keep("waiting:" + std::to_string(entry.seq)),
             .title = ui.keep(what),
             .subtitle = entry.about,
             .icon = entry.state == "in_doubt" ? ui::icons::kSyncProblem : ui::icons::kSchedule,
             .trailing = ui.keep(age_of(ui, entry.occurred_at, now)),
             .trailing_note = ui.tr("sync.state_" + entry.state),
             .tappable = false,
             .divider = i + 1 < waiting_.size()});
    }
}

void SyncScreen::draw_terminal(ui::Context& ui, ui::Area& page) {
    const TerminalFacts& facts = shell_.app.facts();
    ui::GrowingCard sheet(ui, "sync_terminal", page);
    ui::Area& area = sheet.area();
    label(ui, area.cut_top(44, ui::space::k8), ui.tr("sync.terminal"), ui::Style::kTitle);
    fact(ui, area, ui.tr("sync.code"), ui.keep(facts.branch_code + "-" + facts.terminal_code));
    fact(ui, area, ui.tr("sync.central"), facts.central_url);
    if (!facts.version.empty()) fact(ui, area, ui.tr("sync.version"), facts.version);
    area.skip(ui::space::k8);
    const ui::Button save{
        .id = "diagnostics", .label = ui.tr("sync.diagnostics"), .icon = ui::icons::kDownload};
    if (button(ui, area.cut_top(ui::kButtonHeight, ui::space::k8).cut_start(button_width(ui, save)),
               save)) {
        const text::Strings& strings = ui.strings();
        shell_.app.save_diagnostics(
            [this, &strings, alive = alive_.token()](base::Result<std::string> path) {
                if (alive.expired()) return;
                diagnostics_ = path ? *path : std::string();
                error_ = path ? std::string() : failure_of(strings, path.error());
            });
    }
    if (!diagnostics_.empty())
        paragraph(ui, area, ui.tr("sync.saved", {{"path", diagnostics_}}), ui::Style::kSmall,
                  ui::Ink::kGood);
    else if (!error_.empty())
        paragraph(ui, area, error_, ui::Style::kSmall, ui::Ink::kDanger);
    else
        paragraph(ui, area, ui.tr("sync.diagnostics_hint"), ui::Style::kSmall, ui::Ink::kQuiet);
}

void SyncScreen::draw(ui::Context& ui) {
    read();
    auto page = seller_page(ui, shell_, Section::kSync);
    if (!page) return;
    (void)page_title(ui, *page, ui.tr("section.sync"));
    ui::ScrollView view(ui, "sync", *page);
    draw_state(ui, view.area());
    draw_waiting(ui, view.area());
    draw_terminal(ui, view.area());
}

}  // namespace showfloor::terminal
