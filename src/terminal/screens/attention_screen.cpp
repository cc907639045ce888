#include "terminal/screens/attention_screen.hpp"

#include <algorithm>
#include <cctype>
#include <utility>

#include "terminal/screens/car_words.hpp"
#include "terminal/screens/receipt_screen.hpp"
#include "terminal/screens/sale_form.hpp"
#include "terminal/screens/seller_frame.hpp"
#include "terminal/screens/seller_words.hpp"
#include "text/bidi.hpp"
#include "ui/scroll.hpp"

namespace showfloor::terminal {

namespace {

constexpr std::size_t kMostCars = 5;
constexpr float kItemHeight = 190;  // of a skeleton

ui::Ink ink_of(const std::string& kind) {
    if (kind == "refused" || kind == "poison") return ui::Ink::kDanger;
    return kind == "review" ? ui::Ink::kInfo : ui::Ink::kWarning;
}

// What names a command over the telephone, as documents are named: where it was made, and the end
// of its id, by which central's copy is found. "NBO-T01-9A8057"
std::string reference_of(const AttentionItem& item, const TerminalFacts& facts) {
    if (!item.invoice_number.empty()) return item.invoice_number;
    constexpr std::size_t kEnd = 6;
    std::string end = item.command_id.to_string();
    end.erase(0, end.size() - kEnd);
    for (char& letter : end)
        letter = static_cast<char>(std::toupper(static_cast<unsigned char>(letter)));
    return facts.branch_code + "-" + facts.terminal_code + "-" + end;
}

// A sign and what it is about; what follows begins where the words do.
void draw_title(ui::Context& ui, ui::Area& inside, char32_t sign, ui::Ink ink,
                const std::string& words) {
    constexpr float kLine = 40;
    ui::Area first = inside;
    ui::icon(ui, first.cut_top(kLine).cut_start(kLine), sign, 32, ink);
    (void)inside.cut_start(kLine, ui::space::k16);
    wrapped_label(ui, inside, words, kLine, ui::Style::kHeading);
    inside.skip(ui::space::k4);
}

}  // namespace

void AttentionScreen::read() {
    if (reading_ || read_version_ == shell_.app.version()) return;
    reading_ = true;
    read_version_ = shell_.app.version();
    shell_.app.attention([this, alive = alive_.token()](std::vector<AttentionItem> items) {
        if (alive.expired()) return;
        reading_ = false;
        if (shell_.app.link().unreadable) return;
        read_once_ = true;
        items_ = std::move(items);
    });
    if (!shell_.app.person()) return;
    auto fresh = std::make_shared<std::vector<SaleLine>>();
    shell_.app.read(
        [fresh, now = shell_.app.now(),
         actor = actor_of(*shell_.app.person())](domain::World& world) {
            *fresh = read_sales(world, actor, now);
            std::erase_if(*fresh, [](const SaleLine& sale) { return sale.overdue_minor == 0; });
        },
        [this, fresh, alive = alive_.token()] {
            if (alive.expired() || shell_.app.link().unreadable) return;
            overdue_ = std::move(*fresh);
        });
}

// Money that should have come: nothing to decide, somebody to call.
void AttentionScreen::draw_overdue(ui::Context& ui, ui::Area& page, const SaleLine& sale) {
    ui::GrowingCard sheet(ui, "overdue_" + sale.sale_id.to_string(), page, ui::space::k24,
                          ui::space::k24);
    ui::Area& inside = sheet.area();
    draw_title(ui, inside, ui::icons::kPayments, ui::Ink::kWarning,
               std::string(ui.tr("attention.kind_overdue")) + " · " + sale.customer_name + " · " +
                   sale.car_title);
    std::string story = ui.tr("attention.story_overdue",
                              {{"amount", money_of(ui, sale.overdue_minor, sale.currency)},
                               {"date", date_of(ui, sale.next_due_at)}});
    if (!sale.customer_phone.empty())
        story += " " + text::isolated(ui.locale(), sale.customer_phone);
    paragraph(ui, inside, sale.invoice_number + ". " + story, ui::Style::kBody, ui::Ink::kQuiet,
              ui::Align::kStart, 3);
    inside.skip(ui::space::k16);
    const ui::Button see{.id = ui.keep("see_sale:" + sale.sale_id.to_string()),
                         .label = ui.tr("attention.see_sale")};
    if (button(ui, inside.cut_top(ui::kButtonHeight).cut_start(button_width(ui, see)), see))
        shell_.to_sale_detail(sale.sale_id);
}

void AttentionScreen::choose(const AttentionItem& item, Decision decision) {
    deciding_ = item;
    decision_ = decision;
    approved_ = item.can_decide;
    picking_car_ = decision == Decision::kOtherCar;
    other_car_ = {};
    car_words_.clear();
    error_.clear();
    if (!picking_car_) ask();
}

// Those who may not decide by themselves ask somebody who may.
void AttentionScreen::ask() {
    if (!approved_)
        approval_.open("approval.decision", [this](const Person&) { approved_ = true; });
}

void AttentionScreen::decide(ui::Context& ui, const base::Uuid& other_car) {
    const text::Strings& strings = ui.strings();
    static constexpr const char* kWords[] = {"give_car", "other_car", "refund"};
    domain::Command draft;
    draft.name = "decide_dispute";
    draft.args = {{"sale_id", deciding_->sale_id.to_string()},
                  {"decision", kWords[static_cast<std::size_t>(decision_)]}};
    if (!other_car.is_nil()) draft.args["other_car_id"] = other_car.to_string();
    const std::int64_t number = deciding_->number;
    deciding_.reset();
    shell_.app.submit(draft, [this, number, &strings, alive = alive_.token()](Submitted answer) {
        if (alive.expired()) return;
        const auto& outcome = answer.outcome;
        if (outcome.applied()) {
            if (number != 0) shell_.app.resolve_attention(number);
            decided_ = true;
            read_version_ = 0;
            return;
        }
        error_ = refusal_of(strings, outcome);
    });
}

// What was refused, as a sale to go over and record anew; its papers and its story stay here until
// somebody has seen them. Opened again, it is the same draft.
void AttentionScreen::open_again(const AttentionItem& item) {
    const auto sale = domain::from_json<domain::RecordSale>(item.args, domain::Intake::kArguments);
    if (!sale) return;
    const CatalogueCar* car = shell_.app.catalogue()->find(sale->car_id);
    const std::string& currency = car != nullptr ? car->car.currency : shell_.app.branch().currency;
    SaleForm form = SaleForm::from_command(*sale, currency);
    form.step = SaleStep::kCustomer;
    form.sale_id = domain::derive_id(item.command_id, "sale_again", 0);
    Draft fresh{form.sale_id, form.to_json()};
    shell_.app.drafts(
        kSaleDraft, [this, fresh, alive = alive_.token()](const std::vector<Draft>& drafts) {
            if (alive.expired()) return;
            const auto kept = std::find_if(drafts.begin(), drafts.end(),
                                           [&](const Draft& one) { return one.id == fresh.id; });
            shell_.to_draft(kept == drafts.end() ? fresh : *kept);
        });
}

void AttentionScreen::save_diagnostics(ui::Context& ui) {
    const text::Strings& strings = ui.strings();
    shell_.app.save_diagnostics(
        [this, &strings, alive = alive_.token()](base::Result<std::string> path) {
            if (alive.expired()) return;
            if (path)
                shell_.notice = strings.get("sync.saved", {{"path", *path}});
            else
                error_ = failure_of(strings, path.error());
        });
}

void AttentionScreen::draw_choices(ui::Context& ui, ui::Area& area, const AttentionItem& item) {
    const std::string tail = ":" + std::to_string(item.number);
    ui::Flow flow(area, ui::space::k12, ui::kButtonHeight);
    bool any = false;
    const auto choice = [&](const char* id, const char* key, ui::ButtonKind kind) {
        const ui::Button spec{.id = ui.keep(id + tail), .label = ui.tr(key), .kind = kind};
        any = true;
        ui::Area at = flow.next(button_width(ui, spec));
        // Alone in its row, its words begin where the story above does.
        const bool mirrored = at.mirrored();
        const float gap = mirrored ? area.rect.right() - at.rect.right() : at.rect.x - area.rect.x;
        if (kind == ui::ButtonKind::kGhost && gap < 1)
            at.rect.x += mirrored ? ui::space::k16 : -ui::space::k16;
        return button(ui, at, spec);
    };
    if (item.kind == "disputed") {
        if (choice("give_car", "attention.give_car", ui::ButtonKind::kPrimary))
            choose(item, Decision::kGiveCar);
        if (choice("other_car", "attention.other_car", ui::ButtonKind::kSecondary))
            choose(item, Decision::kOtherCar);
        if (choice("refund", "attention.refund", ui::ButtonKind::kSecondary))
            choose(item, Decision::kRefund);
    } else if (item.kind == "refused" && item.command == "record_sale" && item.args.is_object() &&
               choice("open_again", "attention.open_again", ui::ButtonKind::kPrimary)) {
        open_again(item);
    }
    if ((item.kind == "poison" || item.kind == "unreadable_row") &&
        choice("diagnostics", "sync.diagnostics", ui::ButtonKind::kSecondary))
        save_diagnostics(ui);
    if (item.kind != "disputed" && item.kind != "in_doubt" &&
        choice("seen", "attention.seen", ui::ButtonKind::kSecondary)) {
        shell_.app.resolve_attention(item.number);
        read_version_ = 0;
    }
    if (!item.sale_id.is_nil() && choice("papers", "attention.papers", ui::ButtonKind::kGhost))
        shell_.navigator.push(std::make_unique<ReceiptScreen>(shell_, item.sale_id));
    if (any) area.skip(flow.used_height());
}

std::string AttentionScreen::story_of(const ui::Context& ui, const AttentionItem& item) const {
    const std::string by_kind = word_or(ui, "attention.story_" + item.kind, item.kind);
    // What central has not answered yet has not happened either way.
    if (item.code.empty() || item.kind == "in_doubt") return by_kind;
    // What was refused did not happen; what was applied all the same has words of its own.
    const std::string refusal = word_or(ui, "refusal." + item.code, by_kind);
    return item.kind == "refused" ? refusal : word_or(ui, "attention.code_" + item.code, refusal);
}

// Both sales of a dispute, or what to tell whoever helps.
void AttentionScreen::draw_more(ui::Context& ui, ui::Area& area, const AttentionItem& item) {
    const auto side = [&](const char* key, const std::optional<SaleSide>& sale) {
        std::string what;
        const auto add = [&](const std::string& part) {
            if (!part.empty()) what += (what.empty() ? "" : " · ") + part;
        };
        if (sale) {
            add(text::isolated(ui.locale(), sale->invoice_number));
            add(sale->branch);
            add(sale->terminal);
            add(moment_of(ui, sale->at, shell_.app.now()));
        } else {
            what = ui.tr("attention.other_unknown");
        }
        paragraph(ui, area, ui.tr(key, {{"what", what}}), ui::Style::kBody, ui::Ink::kInk,
                  ui::Align::kStart, 2);
    };
    if (item.kind == "disputed" && item.own) {
        area.skip(ui::space::k8);
        side("attention.this_sale", item.own);
        side("attention.other_sale", item.other);
    }
    if (item.kind == "poison" && !item.command_id.is_nil()) {
        area.skip(ui::space::k8);
        const std::string number = reference_of(item, shell_.app.facts());
        paragraph(ui, area,
                  ui.tr("attention.whom", {{"number", text::isolated(ui.locale(), number)}}),
                  ui::Style::kBody, ui::Ink::kInk, ui::Align::kStart, 2);
    }
}

void AttentionScreen::draw_item(ui::Context& ui, ui::Area& page, const AttentionItem& item) {
    ui::GrowingCard sheet(ui, "attention_" + std::to_string(item.number) + item.kind, page,
                          ui::space::k24, ui::space::k24);
    ui::Area& inside = sheet.area();
    std::string title = word_or(ui, "attention.kind_" + item.kind, item.kind);
    if (!item.car_title.empty()) title += " · " + item.car_title;
    if (!item.customer_name.empty()) title += " · " + item.customer_name;
    draw_title(ui, inside, item.kind == "review" ? ui::icons::kInfo : ui::icons::kReport,
               ink_of(item.kind), title);
    std::string story = story_of(ui, item);
    if (!item.invoice_number.empty()) story = item.invoice_number + ". " + story;
    if (item.occurred_at != 0) story += " " + age_of(ui, item.occurred_at, shell_.app.now()) + ".";
    paragraph(ui, inside, story, ui::Style::kBody, ui::Ink::kQuiet, ui::Align::kStart, 3);
    draw_more(ui, inside, item);
    inside.skip(ui::space::k16);
    draw_choices(ui, inside, item);
}

void AttentionScreen::draw_other_car(ui::Context& ui) {
    // As high as the most that is shown, also while one looks for fewer.
    constexpr float kHigh =
        2 * ui::space::k32 + ui::kSheetHead + 72 + 2 * ui::space::k8 + kMostCars * ui::kRowHeight;
    ui::Modal sheet(ui, "other_car", std::min(820.F, ui.screen().width() - 64), kHigh);
    const bool left = sheet_head(ui, sheet.area(), "close_cars", ui.tr("attention.pick_car"));
    (void)text_field(ui, sheet.area().cut_top(72, ui::space::k8),
                     {.id = "find_car",
                      .label = {},
                      .kind = ui::FieldKind::kSearch,
                      .placeholder = ui.tr("browse.search")},
                     car_words_);
    const auto catalogue = shell_.app.catalogue();
    const auto found = catalogue->search(car_words_, Catalogue::Sort::kNewest);
    std::size_t shown = 0;
    for (std::size_t i = 0; i < found.size() && shown < kMostCars; ++i) {
        if (catalogue->availability(found[i]) != domain::Availability::kInStock) continue;
        const auto& car = catalogue->cars()[found[i]].car;
        ++shown;
        if (growing_row(
                ui, sheet.area(),
                {.id = ui.keep("car:" + car.id.to_string()),
                 .title = ui.keep(title_of(car)),
                 .subtitle = ui.keep(color_of(ui, car.color, false) + " · " + car.stock_number),
                 .icon = ui::icons::kDirectionsCar,
                 .trailing = ui.keep(money_of(ui, car.price_minor, car.currency)),
                 .divider = shown < kMostCars})) {
            other_car_ = car.id;
            picking_car_ = false;
            ask();
        }
    }
    if (shown == 0)
        paragraph(ui, sheet.area(), ui.tr("browse.none"), ui::Style::kBody, ui::Ink::kQuiet);
    if (left || sheet.dismissed()) deciding_.reset();
}

void AttentionScreen::draw(ui::Context& ui) {
    read();
    if (std::exchange(decided_, false)) ui.toast(ui.tr("attention.decided"), ui::Tone::kGood);
    auto inside = seller_page(ui, shell_, Section::kAttention);
    if (!inside) return;
    ui::Area page = *inside;
    (void)page_title(ui, page, ui.tr("attention.title"));
    if (!error_.empty()) {
        const ui::Banner spec{.id = "refused",
                              .tone = ui::Tone::kDanger,
                              .words = error_,
                              .action = ui.tr("ui.close"),
                              .closes = true};
        if (banner(ui, page.cut_top(banner_height(ui, spec, page.width()), ui::space::k16), spec))
            error_.clear();
    }
    if (items_.empty() && overdue_.empty()) {
        if (read_once_) {
            empty_state(ui, page,
                        {.id = "calm",
                         .icon = ui::icons::kCheckCircle,
                         .title = ui.tr("attention.none"),
                         .words = ui.tr("attention.none_hint")});
        } else if (!says_unreadable(ui, page, shell_.app)) {
            skeleton(ui, page.cut_top(kItemHeight));
        }
        return;
    }
    {
        ui::ScrollView view(ui, "attention", page);
        for (const AttentionItem& item : items_)
            draw_item(ui, view.area(), item);
        for (const SaleLine& sale : overdue_)
            draw_overdue(ui, view.area(), sale);
    }
    if (deciding_ && picking_car_) {
        draw_other_car(ui);
    } else if (deciding_ && approved_) {
        decide(ui, other_car_);
    }
    approval_.draw(ui);
}

}  // namespace showfloor::terminal
