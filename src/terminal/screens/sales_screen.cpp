#include "terminal/screens/sales_screen.hpp"

#include <algorithm>
#include <cstdint>

#include "search/fold.hpp"
#include "terminal/screens/seller_frame.hpp"
#include "terminal/screens/seller_words.hpp"
#include "ui/scroll.hpp"

namespace showfloor::terminal {

namespace {

using domain::SaleStatus;

bool any(const SaleLine&) {
    return true;
}
template <SaleStatus kStatus>
bool is(const SaleLine& line) {
    return line.status == kStatus;
}
bool is_open(const SaleLine& line) {
    return line.balance_minor > 0 && line.invoice_status != domain::InvoiceStatus::kVoid;
}
bool is_overdue(const SaleLine& line) {
    return line.overdue_minor > 0;
}
bool is_planned(const SaleLine& line) {
    return is_open(line) && line.next_due_at != 0;
}
bool is_paid(const SaleLine& line) {
    return line.invoice_status == domain::InvoiceStatus::kPaid;
}
bool is_given_back(const SaleLine& line) {
    return line.status == SaleStatus::kRefunded || line.status == SaleStatus::kCancelled;
}

}  // namespace

StateWords sale_state(const ui::Context& ui, SaleStatus status) {
    const auto name = domain::kSaleStatusNames[static_cast<std::size_t>(status)];
    StateWords state{ui.tr("sales.status_" + std::string(name)), ui::Ink::kQuiet};
    if (status == SaleStatus::kDelivered) state.ink = ui::Ink::kGood;
    if (status == SaleStatus::kCompleted) state.ink = ui::Ink::kAccent;
    if (status == SaleStatus::kDisputed) state.ink = ui::Ink::kDanger;
    return state;
}

StateWords balance_state(const ui::Context& ui, const SaleLine& line) {
    if (line.overdue_minor > 0)
        return {ui.tr("sales.overdue", {{"amount", money_of(ui, line.overdue_minor, line.currency)},
                                        {"date", date_of(ui, line.next_due_at)}}),
                ui::Ink::kDanger};
    if (is_planned(line))
        return {
            ui.tr("sales.next_due", {{"amount", money_of(ui, line.next_due_minor, line.currency)},
                                     {"date", date_of(ui, line.next_due_at)}}),
            ui::Ink::kWarning};
    const auto name = domain::kInvoiceStatusNames[static_cast<std::size_t>(line.invoice_status)];
    return {ui.tr("sales.invoice_" + std::string(name)), is_paid(line)   ? ui::Ink::kGood
                                                         : is_open(line) ? ui::Ink::kWarning
                                                                         : ui::Ink::kQuiet};
}

const std::vector<SalesScreen::Filter>& SalesScreen::filters(View view) {
    static const std::vector<Filter> sales = {{"all", any},
                                              {"completed", is<SaleStatus::kCompleted>},
                                              {"delivered", is<SaleStatus::kDelivered>},
                                              {"open", is_open},
                                              {"disputed", is<SaleStatus::kDisputed>},
                                              {"given_back", is_given_back}};
    static const std::vector<Filter> invoices = {{"open", is_open},
                                                 {"overdue", is_overdue},
                                                 {"planned", is_planned},
                                                 {"paid", is_paid},
                                                 {"all", any}};
    return view == View::kSales ? sales : invoices;
}

void SalesScreen::read() {
    if (reading_ || read_version_ == shell_.app.version() || !shell_.app.person()) return;
    reading_ = true;
    read_version_ = shell_.app.version();
    auto fresh = std::make_shared<std::vector<SaleLine>>();
    shell_.app.read([fresh, now = shell_.app.now(), actor = actor_of(*shell_.app.person())](
                        domain::World& world) { *fresh = read_sales(world, actor, now); },
                    [this, fresh, alive = alive_.token()] {
                        if (alive.expired()) return;
                        reading_ = false;
                        if (shell_.app.link().unreadable) return;
                        ready_ = true;
                        all_ = std::move(*fresh);
                        if (view_ == View::kInvoices)
                            std::stable_sort(
                                all_.begin(), all_.end(), [](const auto& a, const auto& b) {
                                    // What falls due first stands first; what has no plan after it.
                                    const auto due = [](const SaleLine& line) {
                                        return line.next_due_at == 0 ? INT64_MAX : line.next_due_at;
                                    };
                                    return due(a) < due(b);
                                });
                    });
}

void SalesScreen::find() {
    found_.clear();
    const std::u32string wanted = search::fold(words_);
    const Filter& filter = filters(view_)[filter_];
    for (std::size_t i = 0; i < all_.size(); ++i)
        if (filter.fits(all_[i]) && all_[i].key.find(wanted) != std::u32string::npos)
            found_.push_back(i);
}

void SalesScreen::draw_filters(ui::Context& ui, ui::Area& page) {
    if (text_field(ui, page.cut_top(72, ui::space::k16),
                   {.id = "find_sale",
                    .label = {},
                    .kind = ui::FieldKind::kSearch,
                    .placeholder = ui.tr("sales.find")},
                   words_)
            .changed)
        scroll_to(ui, "sales", 0);
    const bool known = ready_ || !shell_.app.link().unreadable;  // how many there are
    std::vector<ui::Chip> chips_shown;
    const auto& all = filters(view_);
    for (std::size_t i = 0; i < all.size(); ++i) {
        const std::int64_t count = std::count_if(all_.begin(), all_.end(), all[i].fits);
        chips_shown.push_back({.id = ui.keep(std::string("filter_") + all[i].id),
                               .label = ui.tr(std::string("sales.filter_") + all[i].id),
                               .count = known ? std::optional(count) : std::nullopt,
                               .selected = i == filter_});
    }
    if (const int tapped = chips(ui, page, chips_shown); tapped >= 0) {
        filter_ = static_cast<std::size_t>(tapped);
        scroll_to(ui, "sales", 0);
    }
    page.skip(ui::space::k16);
}

void SalesScreen::draw_line(ui::Context& ui, ui::Area area, const SaleLine& line, bool last) {
    const bool invoices = view_ == View::kInvoices;
    const StateWords balance = balance_state(ui, line);
    const StateWords state = invoices ? balance : sale_state(ui, line.status);
    std::string under = line.invoice_number + " · " + date_of(ui, line.sale_date);
    if (!line.mine && !line.seller_name.empty()) under += " · " + line.seller_name;
    if (!invoices && is_open(line)) under += " · " + balance.words;
    const std::int64_t figure = invoices && is_open(line) ? line.balance_minor : line.total_minor;
    if (list_row(ui, area,
                 {.id = ui.keep("sale:" + line.sale_id.to_string()),
                  .title = ui.keep(line.customer_name + " · " + line.car_title),
                  .subtitle = ui.keep(std::move(under)),
                  .icon = invoices                                ? ui::icons::kReceiptLong
                          : line.status == SaleStatus::kDelivered ? ui::icons::kLocalShipping
                          : line.status == SaleStatus::kDisputed  ? ui::icons::kReport
                                                                  : ui::icons::kSell,
                  .trailing = ui.keep(money_of(ui, figure, line.currency)),
                  .trailing_note = ui.keep(state.words),
                  .chevron = true,
                  .divider = !last,
                  .list = "sales"}))
        shell_.to_sale_detail(line.sale_id);
}

void SalesScreen::draw_list(ui::Context& ui, ui::Area area) {
    if (!ready_) {
        if (says_unreadable(ui, area, shell_.app)) return;
        for (int i = 0; i < 6; ++i)
            skeleton(ui, area.cut_top(72, ui::space::k16));
        return;
    }
    if (found_.empty()) {
        const bool none = all_.empty();
        if (empty_state(ui, area,
                        {.id = none ? "first_sale" : "show_all",
                         .icon = view_ == View::kSales ? ui::icons::kSell : ui::icons::kReceiptLong,
                         .title = ui.tr(none ? "sales.none" : "sales.no_match"),
                         .words = ui.tr(none ? "sales.none_hint" : "sales.no_match_hint"),
                         .action = ui.tr(none ? "home.new_sale" : "sales.show_all")})) {
            if (none) {
                shell_.to_sale({});
            } else {
                words_.clear();
                filter_ = view_ == View::kSales ? 0 : filters(view_).size() - 1;
            }
        }
        return;
    }
    rows_in_card(ui, area,
                 {.id = "sales", .count = found_.size(), .item_height = ui::kRowHeight + 4},
                 [&](std::size_t i, ui::Area row) {
                     draw_line(ui, row, all_[found_[i]], i + 1 == found_.size());
                 });
}

void SalesScreen::draw(ui::Context& ui) {
    read();
    const bool sales = view_ == View::kSales;
    auto page = seller_page(ui, shell_, sales ? Section::kSales : Section::kInvoices);
    if (!page) return;
    if (page_title(ui, *page, ui.tr(sales ? "section.sales" : "section.invoices"),
                   {.id = "new_sale",
                    .label = ui.tr("home.new_sale"),
                    .icon = ui::icons::kAdd,
                    .kind = ui::ButtonKind::kPrimary})) {
        shell_.to_sale({});
        return;
    }
    draw_filters(ui, *page);
    find();
    draw_list(ui, *page);
}

}  // namespace showfloor::terminal
