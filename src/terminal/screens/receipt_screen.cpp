#include "terminal/screens/receipt_screen.hpp"

#include "terminal/screens/paper_canvas.hpp"
#include "terminal/screens/seller_frame.hpp"
#include "ui/controls.hpp"
#include "ui/scroll.hpp"

namespace showfloor::terminal {

using Kind = App::PaperKind;

namespace {

constexpr float kA4Wide = 210, kA4High = 297;  // millimetres

std::string file_name_of(const std::string& path) {
    return path.substr(path.rfind('/') + 1);
}

}  // namespace

void ReceiptScreen::read() {
    if (reading_ || read_version_ == shell_.app.version()) return;
    reading_ = true;
    read_version_ = shell_.app.version();
    shell_.app.sale_file(sale_id_,
                         [this, alive = alive_.token()](std::optional<documents::SaleFile> file) {
                             if (alive.expired()) return;
                             reading_ = false;
                             if (shell_.app.link().unreadable) return;
                             read_once_ = true;
                             if (!file) return;
                             if (file_ && file_->branch.logo == file->branch.logo)
                                 file->logo = std::move(file_->logo);
                             if (!file_ && file->receipts.empty()) kind_ = Kind::kInvoice;
                             file_ = std::move(file);
                         });
}

// The paper stands at once, its logo as soon as the picture is read.
void ReceiptScreen::find_logo() {
    if (file_->logo.pixels || file_->branch.logo.empty()) return;
    file_->logo = {file_->branch.logo, shell_.app.pictures().get(file_->branch.logo)};
}

// Back to where one came from; after a sale that is home.
void ReceiptScreen::leave() {
    if (after_sale_)
        shell_.to_home();
    else
        shell_.navigator.pop();
}

void ReceiptScreen::draw_paper(ui::Context& ui, ui::Area area) {
    const bool roll = kind_ == Kind::kReceiptRoll;
    ui::ScrollView view(ui, "paper", area);
    // Upright there is a page of room for the narrow one as well.
    const float roll_width = ui.portrait() ? 620.F : 460.F;
    // Its head stands level with the words beside it.
    const float above = ui.portrait() ? ui::space::k32 : ui::space::k48;
    // The whole page with its margin, or as wide as can be to be read.
    const float most = std::min(area.width() - ui::space::k32, roll ? roll_width : 860.F);
    const float whole = (area.height() - 2 * above) * kA4Wide / kA4High;
    const float width = roll || large_ ? most : std::min(most, whole);
    const ui::Rect page = view.area().rect;
    PaperCanvas canvas(ui, {page.x + (page.w - width) / 2, page.y + above}, width,
                       roll ? 80.F : kA4Wide);
    if (kind_ == Kind::kInvoice) {
        documents::draw_invoice(canvas, *file_, ui.strings());
    } else if (kind_ == Kind::kCreditNote && index_ < file_->credit_notes.size()) {
        documents::draw_credit_note(canvas, *file_, file_->credit_notes[index_], ui.strings());
    } else if (index_ < file_->receipts.size()) {
        documents::draw_receipt(canvas, *file_, file_->receipts[index_],
                                roll ? documents::Paper::kRoll80 : documents::Paper::kA4,
                                ui.strings());
    }
    const ui::Rect paper{page.x + (page.w - width) / 2, page.y + above, width,
                         canvas.bottom() - page.y - above};
    if (!roll && whole < most) draw_size(ui, area.rect, paper);
    view.area().skip(canvas.bottom() - page.y + above);
}

// A touch on the page makes it as large as can be, another one whole again.
void ReceiptScreen::draw_size(ui::Context& ui, ui::Rect seen, ui::Rect paper) {
    constexpr float kSign = 56;
    const ui::Touch touch =
        ui.touch("paper:size", ui.tr(large_ ? "gallery.smaller" : "gallery.larger"), paper);
    ui::Area part{paper.common(seen), ui.direction()};
    part = part.padded(ui::space::k16);
    const ui::Point sign = part.cut_bottom(kSign).cut_end(kSign).rect.centre();
    ui.painter().disc(sign, kSign / 2, ui.color().badge);
    ui.painter().icon(sign, large_ ? ui::icons::kZoomOut : ui::icons::kZoomIn, 28,
                      ui.color().on_badge);
    focus_ring(ui, touch, paper, 4);
    if (!touch.tapped) return;
    large_ = !large_;
    scroll_to(ui, "paper", 0);
}

void ReceiptScreen::choose(ui::Context& ui, Kind kind, std::size_t index) {
    kind_ = kind;
    index_ = index;
    done_words_.clear();
    error_.clear();
    scroll_to(ui, "paper", 0);
}

// Which paper, and a receipt on which width.
void ReceiptScreen::draw_papers(ui::Context& ui, ui::Area& area) {
    const bool roll = kind_ == Kind::kReceiptRoll, receipt = roll || kind_ == Kind::kReceiptA4;
    std::vector<ui::Chip> papers;
    std::vector<std::pair<Kind, std::size_t>> kinds;
    const auto add = [&](Kind kind, std::size_t index, std::string words) {
        kinds.emplace_back(kind, index);
        const bool here =
            index == index_ && (kind == kind_ || (receipt && kind == Kind::kReceiptRoll));
        papers.push_back({.id = ui.keep("paper_" + std::to_string(papers.size())),
                          .label = ui.keep(std::move(words)),
                          .selected = here});
    };
    for (std::size_t i = 0; i < file_->receipts.size(); ++i)
        add(Kind::kReceiptRoll, i,
            ui.tr("document.receipt") +
                (file_->receipts.size() > 1 ? " " + std::to_string(i + 1) : std::string()));
    add(Kind::kInvoice, 0, ui.tr("document.invoice"));
    for (std::size_t i = 0; i < file_->credit_notes.size(); ++i)
        add(Kind::kCreditNote, i,
            ui.tr("document.credit_note") +
                (file_->credit_notes.size() > 1 ? " " + std::to_string(i + 1) : std::string()));
    if (const int tapped = chips(ui, area, papers); tapped >= 0) {
        const auto [kind, index] = kinds[static_cast<std::size_t>(tapped)];
        choose(ui, kind, index);
        return;
    }
    if (!receipt) return;
    area.skip(ui::space::k16);
    const std::string sizes[] = {ui.tr("receipt.roll"), ui.tr("receipt.a4")};
    const int size =
        segmented(ui, area.cut_top(ui::kSegmentedHeight), "paper_size", sizes, roll ? 0 : 1);
    if (size >= 0) choose(ui, size == 0 ? Kind::kReceiptRoll : Kind::kReceiptA4, index_);
}

void ReceiptScreen::print(ui::Context& ui) {
    printing_ = true;
    done_words_.clear();
    error_.clear();
    const text::Strings& strings = ui.strings();
    shell_.app.print(*file_, kind_, index_,
                     [this, &strings, alive = alive_.token()](base::Result<void> done) {
                         if (alive.expired()) return;
                         printing_ = false;
                         if (done)
                             done_words_ = strings.get("receipt.printed");
                         else
                             error_ = failure_of(strings, done.error());
                     });
}

void ReceiptScreen::save(ui::Context& ui) {
    const text::Strings& strings = ui.strings();
    shell_.app.save_pdf(*file_, kind_, index_,
                        [this, &strings, alive = alive_.token()](base::Result<std::string> path) {
                            if (alive.expired()) return;
                            done_words_ = path ? *path : std::string();
                            error_ = path ? std::string() : failure_of(strings, path.error());
                        });
}

void ReceiptScreen::draw_actions(ui::Context& ui, ui::Area& area) {
    auto two = area.cut_top(ui::kButtonHeight, ui::space::k12).columns(2, ui::space::k12);
    if (button(ui, two[0],
               {.id = "print",
                .label = ui.tr(printing_ ? "receipt.printing" : "receipt.print"),
                .icon = ui::icons::kPrint,
                .enabled = !printing_}))
        print(ui);
    if (button(ui, two[1],
               {.id = "save_pdf", .label = ui.tr("receipt.save"), .icon = ui::icons::kDownload}))
        save(ui);
    if (!done_words_.empty()) {
        const bool path = done_words_.starts_with("/");
        const bool here = done_words_.starts_with(shell_.app.facts().folder);
        note(ui, area,
             // Where a terminal keeps its files is nothing for a seller.
             path && here ? ui.tr("receipt.saved", {{"file", file_name_of(done_words_)}})
             : path       ? ui.tr("receipt.saved_drive", {{"path", done_words_}})
                          : done_words_,
             ui::Tone::kGood);
    } else if (!error_.empty()) {
        note(ui, area, error_, ui::Tone::kDanger);
    }
    area.skip(done_words_.empty() && error_.empty() ? ui::space::k12 : ui::space::k16);
    if (button(ui, area.cut_top(ui::kButtonHeight),
               {.id = "done", .label = ui.tr("receipt.done"), .kind = ui::ButtonKind::kPrimary}))
        leave();
}

void ReceiptScreen::draw_side(ui::Context& ui, ui::Area& area) {
    const bool disputed = file_->sale.status == domain::SaleStatus::kDisputed;
    const auto& link = shell_.app.link();
    if (after_sale_) {
        constexpr float kSign = 96;
        const ui::Area sign = area.cut_top(kSign, ui::space::k24).cut_start(kSign);
        const bool good = !disputed;
        ui.painter().disc(sign.rect.centre(), kSign / 2,
                          good ? ui.color().good_soft : ui.color().warning_soft);
        ui::icon(ui, sign, good ? ui::icons::kCheck : ui::icons::kWarning, 52,
                 good ? ui::Ink::kGood : ui::Ink::kWarning);
    }
    paragraph(ui, area, ui.tr(after_sale_ ? "receipt.title" : "receipt.papers"),
              ui::Style::kDisplay);
    area.skip(ui::space::k8);
    paragraph(ui, area, title_of(file_->car), ui::Style::kHeading);
    paragraph(ui, area, file_->invoice.number, ui::Style::kBodyLarge, ui::Ink::kQuiet);
    area.skip(ui::space::k16);
    const std::string& state_words = ui.tr(disputed           ? "receipt.disputed"
                                           : link.pending > 0 ? "receipt.safe_here"
                                                              : "receipt.at_central");
    const ui::Banner state{.id = "state",
                           .tone = disputed           ? ui::Tone::kWarning
                                   : link.pending > 0 ? ui::Tone::kInfo
                                                      : ui::Tone::kGood,
                           .words = state_words};
    banner(ui, area.cut_top(banner_height(ui, state, area.width()), ui::space::k24), state);
    draw_papers(ui, area);
    area.skip(ui::space::k24);
    draw_actions(ui, area);
}

void ReceiptScreen::draw(ui::Context& ui) {
    read();
    ui::Area page = ui.screen();
    ui.painter().fill(page.rect, ui.color().ground);
    if (!shell_.app.person()) {
        shell_.to_browse();
        return;
    }
    seller_bar(ui, shell_, page, {.title = ui.tr("receipt.papers"), .back = !after_sale_});
    if (!file_) {
        if (!read_once_) {
            if (says_unreadable(ui, page, shell_.app)) return;
            skeleton(ui, page.padded(ui::space::k48));
        } else if (empty_state(ui, page,
                               {.id = "gone",
                                .icon = ui::icons::kReceipt,
                                .title = ui.tr("receipt.gone"),
                                .words = ui.tr("receipt.gone_hint"),
                                .action = ui.tr("bar.back")})) {
            leave();
        }
        return;
    }
    find_logo();
    if (ui.portrait()) {
        ui::Area side = page.cut_bottom(after_sale_ ? 780 : 660)
                            .padded(ui::space::k32 + ui::space::k8, ui::space::k16);
        draw_side(ui, side);
        draw_paper(ui, page);
    } else {
        const ui::Area beside = page.cut_end(640);
        draw_paper(ui, page.padded(ui::space::k24, 0));
        ui::ScrollView side(ui, "paper_side", beside);
        side.area().skip(ui::space::k48);
        ui::Area inside = side.area().padded(ui::space::k48, 0);
        draw_side(ui, inside);
        side.area().skip(inside.rect.y - side.area().rect.y + ui::space::k48);
    }
}

}  // namespace showfloor::terminal
