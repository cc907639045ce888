// The sales somebody left unfinished, on Home.

#include <algorithm>

#include "terminal/screens/home_screen.hpp"
#include "terminal/screens/sale_form.hpp"
#include "terminal/screens/seller_words.hpp"

namespace showfloor::terminal {

namespace {

constexpr std::size_t kMostDrafts = 2;  // the others by touch
constexpr float kBin = ui::kTouchSize + ui::space::k8;
constexpr float kHowMany = 190, kLeastBeside = 1300;  // two of them beside how many there are

std::string car_of(const ui::Context& ui, const Draft& draft) {
    std::string car = base::text_member(draft.content, "car_title");
    return car.empty() ? ui.tr("home.draft_empty") : car;
}

// Car and customer, as far as they are chosen.
std::string words_of(const ui::Context& ui, const Draft& draft) {
    const std::string customer = base::text_member(draft.content, "customer_name");
    return customer.empty() ? car_of(ui, draft) : car_of(ui, draft) + " · " + customer;
}

}  // namespace

void HomeScreen::read_drafts() {
    shell_.app.drafts(kSaleDraft, [this, alive = alive_.token()](std::vector<Draft> drafts) {
        if (alive.expired() || shell_.app.link().unreadable) return;
        drafts_ = std::move(drafts);
    });
}

// Goes on by touch; the bin asks first. True when it was touched.
bool HomeScreen::draw_draft(ui::Context& ui, ui::Area area, const Draft& draft, ui::Row row) {
    const std::string id = draft.id.to_string();
    const ui::Area bin = area.cut_end(kBin, ui::space::k8);
    if (icon_button(ui, bin.centred(kBin, kBin),
                    {.id = ui.keep("discard:" + id),
                     .label = ui.tr("home.discard_this", {{"what", words_of(ui, draft)}}),
                     .icon = ui::icons::kDelete,
                     .plain = true}))
        discarding_ = draft;
    row.id = ui.keep("draft:" + id);
    if (!list_row(ui, area, row)) return false;
    shell_.to_draft(draft);
    return true;
}

// One line for the newest ones: the day's figures stay in sight below it.
void HomeScreen::draw_drafts_beside(ui::Context& ui, ui::Area& page) {
    const std::size_t shown = std::min(drafts_.size(), kMostDrafts);
    ui::Area line = card(ui, page.cut_top(ui::kRowHeight + ui::space::k24, ui::space::k24), 0)
                        .padded(ui::space::k32, ui::space::k12);
    const std::string& words =
        ui.tr("home.drafts", {{"count", static_cast<std::int64_t>(drafts_.size())}});
    ui::Area start = line.cut_start(kHowMany, ui::space::k24);
    const float high =
        ui::line_height(ui, ui::Style::kBodyStrong) *
        static_cast<float>(std::min(2, lines_of(ui, words, ui::Style::kBodyStrong, start.width())));
    start = start.centred(start.width(), high);
    paragraph(ui, start, words, ui::Style::kBodyStrong, ui::Ink::kInk, ui::Align::kStart, 2);
    if (shown < drafts_.size()) draw_all_drafts(ui, line);
    // One alone has the line for itself; between two stands a hairline.
    auto places = line.columns(static_cast<int>(shown), 2 * ui::space::k24);
    if (shown > 1) {
        const ui::Rect r = line.rect;
        ui.painter().fill({r.centre().x, r.y + ui::space::k8, 1, r.h - 2 * ui::space::k8},
                          ui.color().line, 0);
    }
    for (std::size_t i = 0; i < shown; ++i) {
        const Draft& draft = drafts_[i];
        const std::string age = age_of(ui, draft.saved_at, shell_.app.now());
        const std::string customer = base::text_member(draft.content, "customer_name");
        if (draw_draft(ui, places[i], draft,
                       {.id = {},
                        .title = ui.keep(car_of(ui, draft)),
                        .subtitle = customer.empty() ? ui.tr("home.draft_saved", {{"age", age}})
                                                     : ui.keep(customer + " · " + age),
                        .icon = ui::icons::kEdit,
                        .trailing = shown == 1 ? std::string_view(ui.tr("home.continue"))
                                               : std::string_view(),
                        .trailing_ink = ui::Ink::kAccent,
                        .divider = false}))
            return;
    }
}

void HomeScreen::draw_all_drafts(ui::Context& ui, ui::Area& line) {
    const ui::Button more{
        .id = "all_drafts",
        .label = ui.tr("home.draft_all", {{"count", static_cast<std::int64_t>(drafts_.size())}}),
        .kind = ui::ButtonKind::kGhost};
    const float width = button_width(ui, more);
    if (!button(ui, line.cut_end(width, ui::space::k16).centred(width, ui::kTouchSize), more))
        return;
    all_drafts_ = true;
    ui.draw_again();
}

void HomeScreen::draw_drafts(ui::Context& ui, ui::Area& page) {
    if (drafts_.empty()) return;
    if (!all_drafts_ && page.width() >= kLeastBeside) return draw_drafts_beside(ui, page);
    const std::size_t shown = all_drafts_ ? drafts_.size() : std::min(drafts_.size(), kMostDrafts);
    ui::GrowingCard sheet(ui, "drafts", page);
    ui::Area& area = sheet.area();
    ui::Area head = area.cut_top(44, ui::space::k8);
    if (shown < drafts_.size()) draw_all_drafts(ui, head);
    label_fitted(ui, head,
                 ui.tr("home.drafts", {{"count", static_cast<std::int64_t>(drafts_.size())}}),
                 ui::Style::kTitle);
    for (std::size_t i = 0; i < shown; ++i) {
        const std::string& age = age_of(ui, drafts_[i].saved_at, shell_.app.now());
        const ui::Row row{.id = {},
                          .title = ui.keep(words_of(ui, drafts_[i])),
                          .subtitle = ui.tr("home.draft_saved", {{"age", age}}),
                          .icon = ui::icons::kEdit,
                          .trailing = ui.tr("home.continue"),
                          .trailing_ink = ui::Ink::kAccent,
                          .divider = i + 1 < shown};
        ui::Area beside_bin = area;
        (void)beside_bin.cut_end(kBin, ui::space::k8);
        if (draw_draft(ui, area.cut_top(row_height(ui, beside_bin, row)), drafts_[i], row)) return;
    }
}

void HomeScreen::draw_discarding(ui::Context& ui) {
    if (!discarding_) return;
    const auto answer =
        dialog(ui, {.id = "discard",
                    .title = ui.tr("home.discard_title"),
                    .words = ui.tr("home.discard_words", {{"what", words_of(ui, *discarding_)}}),
                    .confirm = ui.tr("home.discard"),
                    .cancel = ui.tr("ui.cancel"),
                    .danger = true});
    if (answer == ui::DialogAnswer::kOpen) return;
    if (answer == ui::DialogAnswer::kConfirmed) {
        shell_.app.drop_draft(discarding_->id);
        read_drafts();
    }
    discarding_.reset();
    ui.draw_again();
}

}  // namespace showfloor::terminal
