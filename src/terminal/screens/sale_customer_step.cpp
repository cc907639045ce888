#include "terminal/screens/sale_customer_step.hpp"

#include <algorithm>

#include "terminal/screens/car_words.hpp"
#include "terminal/screens/seller_words.hpp"
#include "ui/scroll.hpp"

namespace showfloor::terminal {

namespace {

constexpr std::size_t kMostFound = 30;
constexpr float kCard = 316, kLeastCard = 270;  // of a car, with its picture

bool draw_car(ui::Context& ui, SaleDesk& desk, ui::Area area, const CatalogueCar& entry) {
    const auto& car = entry.car;
    const bool chosen = desk.form.car_id == car.id;
    const std::string title = title_of(car);
    const ui::Touch touch = tap_card(ui, area, "car:" + car.id.to_string(), title);
    ui::Area inside = area;
    desk.shell.main_picture(ui, inside.cut_top(area.height() - 124), car.id, ui.theme().radius_card,
                            true);
    if (chosen) {
        ui.painter().outline(area.rect, ui.color().accent, 4, ui.theme().radius_card);
        const ui::Rect corner{area.mirrored() ? area.rect.x + 16 : area.rect.right() - 56,
                              area.rect.y + 16, 40, 40};
        ui.painter().disc(corner.centre(), 20, ui.color().accent);
        ui.painter().icon(corner.centre(), ui::icons::kCheck, 26, ui.color().on_accent);
    }
    inside = inside.padded(20, 14);
    label(ui, inside.cut_top(32), ui.keep(title), ui::Style::kBodyStrong);
    label(ui, inside.cut_top(28),
          ui.keep(color_of(ui, car.color, false) + " · " + car.stock_number), ui::Style::kSmall,
          ui::Ink::kQuiet);
    label(ui, inside.cut_top(36), ui.keep(money_of(ui, car.price_minor, car.currency)),
          ui::Style::kLabel);
    return touch.tapped;
}

}  // namespace

base::Uuid CarStep::draw(ui::Context& ui, SaleDesk& desk, ui::Area view) {
    if (text_field(ui, view.cut_top(72, ui::space::k24),
                   {.id = "find_car",
                    .label = {},
                    .kind = ui::FieldKind::kSearch,
                    .placeholder = ui.tr("browse.search")},
                   words_)
            .changed)
        scroll_to(ui, "sale_cars", 0);
    const auto catalogue = desk.shell.app.catalogue();
    std::vector<std::uint32_t> fit;
    for (const std::uint32_t at : catalogue->search(words_, Catalogue::Sort::kNewest)) {
        if (catalogue->availability(at) == domain::Availability::kInStock ||
            catalogue->id(at) == desk.form.car_id)
            fit.push_back(at);
    }
    base::Uuid chosen;
    if (catalogue->on_offer() == 0 && says_unreadable(ui, view, desk.shell.app)) return chosen;
    if (fit.empty()) {
        const bool searched = !words_.empty();
        if (empty_state(ui, view,
                        {.id = "no_car",
                         .icon = ui::icons::kDirectionsCar,
                         .title = ui.tr(searched ? "browse.none" : "sale.no_car"),
                         .words = searched ? ui.tr("browse.none_hint") : std::string_view(),
                         .action = searched ? ui.tr("browse.clear") : std::string_view()})) {
            words_.clear();
            ui.draw_again();
        }
        return chosen;
    }
    grid(ui, view,
         {.id = "sale_cars",
          .count = fit.size(),
          .least_width = 300,
          .item_height = ui::height_of_whole_rows(view.height(), kCard, kLeastCard, ui::space::k24),
          .padding_bottom = ui::space::k24},
         [&](std::size_t i, ui::Area area) {
             const auto& entry = catalogue->cars()[fit[i]];
             if (draw_car(ui, desk, area, entry)) chosen = entry.car.id;
         });
    return chosen;
}

void CustomerStep::choose(SaleDesk& desk, const domain::Customer& customer) {
    desk.customer = customer;
    desk.form.customer_id = customer.id;
    form_.reset();
    words_.clear();
}

void CustomerStep::draw_find(ui::Context& ui, SaleDesk& desk, ui::Area& area) {
    ui::Area line = area.cut_top(72, ui::space::k8);
    const ui::Button add{
        .id = "new_customer", .label = ui.tr("customer.new"), .icon = ui::icons::kAdd};
    const float wide = button_width(ui, add);
    // Below the search where that would not say whole what it finds.
    constexpr float kSearchSigns = 90, kHardlyLess = 0.8F;
    const float search =
        text_width(ui, ui.tr("customer.find"), ui::Style::kBodyLarge) * kHardlyLess + kSearchSigns;
    const bool beside = search <= line.width() - wide - ui::space::k16;
    ui::Area below = line;
    if (!beside) below = area.cut_top(72, ui::space::k8).cut_start(wide);
    if (button(ui, (beside ? line.cut_end(wide, ui::space::k16) : below).centred(wide, 68), add)) {
        form_.emplace(shell_, book_);
        form_->begin_with(words_);
        focus_field(ui, "first_name");
    }
    (void)text_field(ui, line,
                     {.id = "find_customer",
                      .label = {},
                      .kind = ui::FieldKind::kSearch,
                      .placeholder = ui.tr("customer.find")},
                     words_);
    if (!book_.ready()) {
        if (says_unreadable(ui, area, desk.shell.app)) return;
        for (int i = 0; i < 4; ++i)
            skeleton(ui, area.cut_top(64, ui::space::k16));
        return;
    }
    const auto& found = book_.find(words_);
    for (std::size_t i = 0; i < found.size() && i < kMostFound; ++i) {
        const auto& customer = book_.all()[found[i]];
        if (growing_row(ui, area,
                        {.id = ui.keep("customer:" + customer.id.to_string()),
                         .title = ui.keep(full_name_of(customer)),
                         .subtitle = ui.keep(contact_of(customer)),
                         .icon = ui::icons::kPerson,
                         .chevron = true,
                         .divider = i + 1 < found.size()})) {
            choose(desk, customer);
            return;
        }
    }
    if (found.size() > kMostFound)
        label(ui, area.cut_top(40),
              ui.tr("customer.more",
                    {{"count", static_cast<std::int64_t>(found.size() - kMostFound)}}),
              ui::Style::kSmall, ui::Ink::kQuiet);
    if (found.empty()) {
        area.skip(ui::space::k16);
        paragraph(ui, area, ui.tr(book_.all().empty() ? "customer.none_yet" : "customer.none"),
                  ui::Style::kBody, ui::Ink::kQuiet);
    }
}

void CustomerStep::draw_foot(ui::Context& ui, ui::Area row) {
    if (form_->draw_foot(ui, row) == CustomerForm::Answer::kCancelled) form_.reset();
}

void CustomerStep::recall(SaleDesk& desk) {
    if (!form_ && desk.form.new_customer.is_object()) {
        form_.emplace(shell_, book_);
        form_->begin_with(desk.form.new_customer);
    }
    if (desk.customer || desk.form.customer_id.is_nil() || !book_.ready()) return;
    if (const auto* known = book_.by_id(desk.form.customer_id)) {
        desk.customer = *known;
    } else if (book_.outdated()) {
        book_.read();  // rows that are still on their way may bring them
    } else if (!shell_.app.link().filling) {
        desk.form.customer_id = {};
    }
}

void CustomerStep::keep(SaleForm& form) const {
    form.new_customer = form_ ? form_->typed() : base::Json();
}

void CustomerStep::draw(ui::Context& ui, SaleDesk& desk, ui::Area& page) {
    ui::GrowingCard sheet(ui, "sale_customer", page);
    ui::Area& area = sheet.area();
    const bool change = desk.customer && !form_;
    if (section_header(ui, area.cut_top(48, ui::space::k16),
                       ui.tr(form_ ? "customer.new" : "sale.customer"),
                       change ? "change_customer" : std::string_view(),
                       change ? ui.tr("sale.change") : std::string())) {
        desk.customer.reset();
        desk.form.customer_id = {};
        return;
    }
    if (form_) {
        if (form_->draw(ui, area) != CustomerForm::Answer::kOpen) {
            const domain::Customer customer = form_->customer();
            choose(desk, customer);
        }
        return;
    }
    if (!desk.customer) {
        const std::string_view error = desk.error_of(ui, "customer");
        if (!error.empty()) {
            note(ui, area, error, ui::Tone::kDanger);
            area.skip(ui::space::k8);
        }
        draw_find(ui, desk, area);
        return;
    }
    const auto& customer = *desk.customer;
    growing_row(ui, area,
                {.id = "customer",
                 .title = ui.keep(full_name_of(customer)),
                 .subtitle = ui.keep(contact_of(customer)),
                 .icon = ui::icons::kPerson,
                 .tappable = false,
                 .divider = false});
    const auto fact = [&](const char* key, const std::string& value) {
        if (value.empty()) return;
        ui::Area row = area.cut_top(40);
        label(ui, row.cut_start(260), ui.tr(key), ui::Style::kBody, ui::Ink::kQuiet);
        label(ui, row, ui.keep(value), ui::Style::kBody);
    };
    area.skip(ui::space::k8);
    fact("customer.tax_number", customer.tax_number);
    if (!customer.id_number.empty())
        fact(customer.id_kind.empty() ? "customer.id_number" : "customer.id_number",
             customer.id_number);
    fact("customer.address", customer.address);
}

}  // namespace showfloor::terminal
