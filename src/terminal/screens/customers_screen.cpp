#include "terminal/screens/customers_screen.hpp"

#include "terminal/screens/sales_screen.hpp"
#include "terminal/screens/seller_frame.hpp"
#include "terminal/screens/seller_words.hpp"
#include "ui/scroll.hpp"

namespace showfloor::terminal {

// ---- all of them

bool CustomersScreen::draw_form(ui::Context& ui, ui::Area area) {
    const ui::Area foot = area.cut_bottom(ui::kButtonHeight, ui::space::k16);
    auto answer = CustomerForm::Answer::kOpen;
    {
        ui::ScrollView view(ui, "customer_form", area);
        ui::GrowingCard sheet(ui, "customer_new", view.area());
        label(ui, sheet.area().cut_top(48, ui::space::k16), ui.tr("customer.new"),
              ui::Style::kTitle);
        answer = form_->draw(ui, sheet.area());
    }
    if (answer == CustomerForm::Answer::kOpen) answer = form_->draw_foot(ui, foot);
    if (answer == CustomerForm::Answer::kOpen) return true;
    if (answer != CustomerForm::Answer::kCancelled) {
        if (answer == CustomerForm::Answer::kSaved)
            ui.toast(ui.tr("customer.saved"), ui::Tone::kGood);
        shell_.to_customer(form_->customer().id);
    }
    form_.reset();
    return true;
}

void CustomersScreen::draw_list(ui::Context& ui, ui::Area area) {
    if (!book_.ready()) {
        if (book_.outdated()) book_.read();
        if (says_unreadable(ui, area, shell_.app)) return;
        for (int i = 0; i < 6; ++i)
            skeleton(ui, area.cut_top(72, ui::space::k16));
        return;
    }
    const auto& found = book_.find(words_);
    if (found.empty()) {
        const bool none = book_.all().empty();
        if (empty_state(ui, area,
                        {.id = "first_customer",
                         .icon = ui::icons::kPeople,
                         .title = ui.tr(none ? "customer.empty" : "customer.no_match"),
                         .words = ui.tr(none ? "customer.none_yet" : "customer.none"),
                         .action = ui.tr("customer.new")})) {
            form_.emplace(shell_, book_);
            form_->begin_with(words_);
        }
        return;
    }
    rows_in_card(
        ui, area, {.id = "customers", .count = found.size(), .item_height = ui::kRowHeight},
        [&](std::size_t i, ui::Area row) {
            const auto& customer = book_.all()[found[i]];
            if (list_row(
                    ui, row,
                    {.id = ui.keep("customer:" + customer.id.to_string()),
                     .title = ui.keep(full_name_of(customer)),
                     .subtitle = ui.keep(contact_of(customer)),
                     .icon = customer.company_name.empty() ? ui::icons::kPerson : ui::icons::kStore,
                     .chevron = true,
                     .divider = i + 1 < found.size(),
                     .list = "customers"}))
                shell_.to_customer(customer.id);
        });
}

void CustomersScreen::draw(ui::Context& ui) {
    auto page = seller_page(ui, shell_, Section::kCustomers);
    if (!page) return;
    const bool may_add = domain::reach_of(actor_of(*shell_.app.person()), domain::Area::kCustomers,
                                          domain::Action::kCreate) != domain::Reach::kNone;
    ui::Button add{};
    if (may_add && !form_)
        add = {.id = "new_customer",
               .label = ui.tr("customer.new"),
               .icon = ui::icons::kAdd,
               .kind = ui::ButtonKind::kPrimary};
    if (page_title(ui, *page, ui.tr("section.customers"), add)) {
        form_.emplace(shell_, book_);
        form_->begin_with(words_);
        focus_field(ui, "first_name");
    }
    if (form_) {
        (void)draw_form(ui, *page);
        return;
    }
    if (text_field(ui, page->cut_top(72, ui::space::k16),
                   {.id = "find_customer",
                    .label = {},
                    .kind = ui::FieldKind::kSearch,
                    .placeholder = ui.tr("customer.find")},
                   words_)
            .changed)
        scroll_to(ui, "customers", 0);
    draw_list(ui, *page);
}

// ---- one of them

CustomerScreen::CustomerScreen(Shell& shell, const base::Uuid& id)
    : shell_(shell), id_(id), book_(shell) {}

void CustomerScreen::read() {
    if (reading_ || read_version_ == shell_.app.version() || !shell_.app.person()) return;
    reading_ = true;
    read_version_ = shell_.app.version();
    struct Fresh {
        std::optional<domain::Customer> customer;
        std::vector<SaleLine> sales;
    };
    auto fresh = std::make_shared<Fresh>();
    shell_.app.read(
        [fresh, id = id_, now = shell_.app.now(),
         actor = actor_of(*shell_.app.person())](domain::World& world) {
            fresh->customer = world.get<domain::Customer>(id);
            for (auto& sale : read_sales(world, actor, now))
                if (sale.customer_id == id) fresh->sales.push_back(std::move(sale));
        },
        [this, fresh, alive = alive_.token()] {
            if (alive.expired()) return;
            reading_ = false;
            if (shell_.app.link().unreadable) return;
            read_once_ = true;
            customer_ = std::move(fresh->customer);
            sales_ = std::move(fresh->sales);
        });
}

bool CustomerScreen::may_change() const {
    const domain::Facts facts{.branch_id = customer_->branch_id,
                              .owner_id = customer_->seller_id,
                              .subject_role = domain::Role::kNobody,
                              .subject_id = customer_->user_id};
    return domain::may(actor_of(*shell_.app.person()), domain::Area::kCustomers,
                       domain::Action::kChange, facts);
}

void CustomerScreen::draw_person(ui::Context& ui, ui::Area& page) {
    ui::GrowingCard sheet(ui, "customer_card", page);
    ui::Area& area = sheet.area();
    if (form_) {
        label(ui, area.cut_top(48, ui::space::k4), ui.tr("customer.edit"), ui::Style::kTitle);
        paragraph(ui, area, ui.tr("customer.kept_at_central"), ui::Style::kSmall, ui::Ink::kQuiet);
        area.skip(ui::space::k12);
        const auto answer = form_->draw(ui, area);
        if (answer == CustomerForm::Answer::kOpen) return;
        if (answer == CustomerForm::Answer::kSaved) {
            ui.toast(ui.tr("customer.saved"), ui::Tone::kGood);
            read_version_ = 0;
        } else if (answer == CustomerForm::Answer::kOther) {
            const base::Uuid other = form_->customer().id;
            shell_.navigator.pop();
            shell_.to_customer(other);
        }
        form_.reset();
        return;
    }
    const bool edit = may_change();
    // This is where a long name is read whole.
    constexpr float kHead = 52;
    const std::string name = full_name_of(*customer_);
    const std::string& action = edit ? ui.tr("customer.edit") : ui.keep({});
    const float beside =
        edit ? button_width(ui, {.id = {}, .label = action, .kind = ui::ButtonKind::kGhost}) +
                   ui::space::k16
             : 0;
    const bool fits = text_width(ui, name, ui::Style::kTitle) <= area.width() - beside;
    if (!fits) wrapped_label(ui, area, name, kHead, ui::Style::kTitle);
    if ((fits || edit) &&
        section_header(ui, area.cut_top(kHead, ui::space::k8), fits ? ui.keep(name) : ui.keep({}),
                       edit ? "edit_customer" : std::string_view(), action))
        form_.emplace(shell_, book_, *customer_);
    const auto fact = [&](const char* key, const std::string& value) {
        if (value.empty()) return;
        ui::Area row = area.cut_top(44);
        label(ui, row.cut_start(std::min(280.F, row.width() * 0.4F)), ui.tr(key), ui::Style::kBody,
              ui::Ink::kQuiet);
        label(ui, row, value, ui::Style::kBodyStrong);
    };
    fact("customer.company", customer_->company_name);
    fact("customer.phone", customer_->phone);
    fact("customer.email", customer_->email);
    fact("customer.tax_number", customer_->tax_number);
    fact("customer.id_number", customer_->id_number);
    fact("customer.address", customer_->address);
    fact("customer.notes", customer_->notes);
}

void CustomerScreen::draw_sales(ui::Context& ui, ui::Area& page) {
    ui::GrowingCard sheet(ui, "customer_sales", page);
    ui::Area& area = sheet.area();
    label(ui, area.cut_top(44, ui::space::k8), ui.tr("customer.sales"), ui::Style::kTitle);
    if (sales_.empty())
        label(ui, area.cut_top(40), ui.tr("customer.no_sales"), ui::Style::kBody, ui::Ink::kQuiet);
    for (std::size_t i = 0; i < sales_.size(); ++i) {
        const SaleLine& sale = sales_[i];
        const StateWords balance = balance_state(ui, sale);
        if (growing_row(
                ui, area,
                {.id = ui.keep("sale:" + sale.sale_id.to_string()),
                 .title = sale.car_title,
                 .subtitle = ui.keep(sale.invoice_number + " · " + date_of(ui, sale.sale_date)),
                 .icon = ui::icons::kSell,
                 .trailing = ui.keep(money_of(ui, sale.total_minor, sale.currency)),
                 .trailing_note = ui.keep(balance.words),
                 .chevron = true,
                 .divider = i + 1 < sales_.size()}))
            shell_.to_sale_detail(sale.sale_id);
    }
}

void CustomerScreen::draw(ui::Context& ui) {
    read();
    auto page = seller_page(ui, shell_, Section::kCustomers,
                            {.title = ui.tr("section.customers"), .back = true});
    if (!page) return;
    if (!customer_) {
        if (!read_once_) {
            if (says_unreadable(ui, *page, shell_.app)) return;
            skeleton(ui, page->cut_top(300), ui.theme().radius_card);
        } else if (empty_state(ui, *page,
                               {.id = "gone",
                                .icon = ui::icons::kPerson,
                                .title = ui.tr("customer.gone"),
                                .words = ui.tr("customer.gone_hint"),
                                .action = ui.tr("bar.back")})) {
            shell_.navigator.pop();
        }
        return;
    }
    if (form_ && form_->draw_foot(ui, page->cut_bottom(ui::kButtonHeight, ui::space::k16)) ==
                     CustomerForm::Answer::kCancelled)
        form_.reset();
    ui::ScrollView view(ui, "customer", *page);
    draw_person(ui, view.area());
    draw_sales(ui, view.area());
}

}  // namespace showfloor::terminal
