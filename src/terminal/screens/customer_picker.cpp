#include "terminal/screens/customer_picker.hpp"

#include <algorithm>

#include "search/fold.hpp"

namespace showfloor::terminal {

namespace {

constexpr std::size_t kPage = 2000;
constexpr std::size_t kMostRead = 100'000;
constexpr std::size_t kMostFound = 4;

std::string name_of(const domain::Customer& customer) {
    return customer.first_name + " " + customer.last_name;
}

}  // namespace

CustomerPicker::CustomerPicker(Shell& shell) : shell_(shell) {
    read();
}

void CustomerPicker::choose(const base::Uuid& id) {
    wanted_ = id;
    for (const auto& customer : all_)
        if (customer.id == wanted_) chosen_ = customer;
}

void CustomerPicker::read() {
    auto fresh = std::make_shared<std::vector<domain::Customer>>();
    shell_.app.read(
        [fresh](domain::World& world) {
            domain::Query query{.where = {}, .limit = kPage};
            while (fresh->size() < kMostRead) {
                auto page = world.find<domain::Customer>(query);
                const std::size_t got = page.size();
                for (auto& customer : page) {
                    if (!customer.archived) fresh->push_back(std::move(customer));
                }
                if (got < kPage) break;
                query.offset += kPage;
            }
        },
        [this, fresh, alive = alive_.token()] {
            if (alive.expired()) return;
            all_ = std::move(*fresh);
            keys_.clear();
            for (const auto& customer : all_) {
                keys_.push_back(search::fold(name_of(customer) + " " + customer.company_name + " " +
                                             customer.phone + " " + customer.email));
                if (customer.id == wanted_) chosen_ = customer;
            }
            found_words_ = "?";
        });
}

void CustomerPicker::find() {
    if (words_ == found_words_) return;
    found_words_ = words_;
    found_.clear();
    const std::u32string wanted = search::fold(words_);
    for (std::size_t i = 0; i < all_.size() && found_.size() < kMostFound; ++i) {
        if (keys_[i].find(wanted) != std::u32string::npos) found_.push_back(i);
    }
}

void CustomerPicker::add(ui::Context& ui) {
    if (waiting_) return;
    domain::Command draft;
    draft.name = "create_customer";
    draft.args = {{"first_name", first_}, {"last_name", last_}};
    const auto set = [&](const char* name, const std::string& value) {
        if (!value.empty()) draft.args[name] = value;
    };
    set("phone", phone_);
    set("email", email_);
    set("company_name", company_);
    set("tax_number", tax_number_);
    waiting_ = true;
    error_.clear();
    error_field_.clear();
    // The words of a refusal are looked up now: the context is only good within this frame.
    const text::Strings& strings = ui.strings();
    shell_.app.submit(draft, [this, &strings, alive = alive_.token()](Submitted answer) {
        if (alive.expired()) return;
        waiting_ = false;
        const auto& outcome = answer.outcome;
        if (outcome.applied()) {
            domain::Customer customer;
            customer.id = base::Uuid::parse(base::text_member(answer.command.args, "id"))
                              .value_or(base::Uuid{});
            customer.first_name = first_;
            customer.last_name = last_;
            customer.phone = phone_;
            customer.email = email_;
            customer.company_name = company_;
            chosen_ = customer;
            just_chosen_ = true;
            adding_ = false;
            read();
            return;
        }
        error_field_ = outcome.field;
        error_ = refusal_of(strings, outcome);
        const std::string said = base::text_member(outcome.details, "message");
        if (!said.empty()) error_ = said;
    });
}

void CustomerPicker::draw_new(ui::Context& ui, ui::Area& area) {
    // An error without a field of its own is said below all of them.
    bool said = error_.empty();
    const auto field = [&](ui::Area at, std::string_view id, const char* key, std::string& value,
                           ui::FieldKind kind = ui::FieldKind::kText) {
        const bool at_fault = !error_.empty() && error_field_ == id;
        said = said || at_fault;
        const ui::Field spec{.id = id,
                             .label = ui.tr(key),
                             .kind = kind,
                             .error = at_fault ? std::string_view(error_) : std::string_view()};
        (void)text_field(ui, at, spec, value);
    };
    const auto height = [&](std::string_view first, std::string_view second) {
        const bool note = !error_.empty() && (error_field_ == first || error_field_ == second);
        return ui::field_height(
            {.id = first, .label = first, .error = note ? std::string_view(error_) : ""});
    };
    auto row =
        area.cut_top(height("first_name", "last_name"), ui::space::k8).columns(2, ui::space::k16);
    field(row[0], "first_name", "customer.first_name", first_);
    field(row[1], "last_name", "customer.last_name", last_);
    row = area.cut_top(height("phone", "email"), ui::space::k8).columns(2, ui::space::k16);
    field(row[0], "phone", "customer.phone", phone_, ui::FieldKind::kPhone);
    field(row[1], "email", "customer.email", email_, ui::FieldKind::kEmail);
    row = area.cut_top(height("company_name", "tax_number"), ui::space::k16)
              .columns(2, ui::space::k16);
    field(row[0], "company_name", "customer.company", company_);
    field(row[1], "tax_number", "customer.tax_number", tax_number_);
    if (!said) {
        paragraph(ui, area, error_, ui::Style::kSmall, ui::Ink::kDanger);
        area.skip(ui::space::k8);
    }
    ui::Area actions = area.cut_top(ui::kButtonHeight);
    if (button(ui, actions.cut_start(280, ui::space::k16),
               {.id = "save_customer",
                .label = ui.tr("customer.save"),
                .kind = ui::ButtonKind::kPrimary,
                .enabled = !waiting_}))
        add(ui);
    if (button(
            ui, actions.cut_start(180),
            {.id = "cancel_customer", .label = ui.tr("ui.cancel"), .kind = ui::ButtonKind::kGhost}))
        adding_ = false;
}

bool CustomerPicker::draw(ui::Context& ui, ui::Area& area) {
    if (section_header(ui, area.cut_top(48, ui::space::k8), ui.tr("sale.customer"),
                       chosen_ && !adding_ ? "change_customer" : std::string_view(),
                       chosen_ && !adding_ ? ui.tr("sale.change") : std::string()))
        chosen_.reset();
    const bool fresh = std::exchange(just_chosen_, false);
    if (adding_) {
        draw_new(ui, area);
        return fresh;
    }
    if (chosen_) {
        std::string line = chosen_->phone;
        if (!chosen_->email.empty()) line += (line.empty() ? "" : " · ") + chosen_->email;
        if (!chosen_->company_name.empty())
            line = chosen_->company_name + (line.empty() ? "" : " · ") + line;
        list_row(ui, area.cut_top(ui::kRowHeight),
                 {.id = "customer",
                  .title = name_of(*chosen_),
                  .subtitle = line,
                  .icon = ui::icons::kPerson,
                  .tappable = false,
                  .divider = false});
        return fresh;
    }
    find();
    ui::Area line = area.cut_top(72, ui::space::k8);
    const ui::Button add_button{
        .id = "new_customer", .label = ui.tr("customer.new"), .icon = ui::icons::kAdd};
    if (button(ui, line.cut_end(button_width(ui, add_button), ui::space::k16), add_button)) {
        adding_ = true;
        focus_field(ui, "first_name");
    }
    (void)text_field(ui, line,
                     {.id = "find_customer",
                      .label = {},
                      .kind = ui::FieldKind::kSearch,
                      .placeholder = ui.tr("customer.find")},
                     words_);
    bool chosen = fresh;
    for (const std::size_t i : found_) {
        const auto& customer = all_[i];
        const std::string id = "customer:" + customer.id.to_string();
        const std::string who = name_of(customer);
        if (list_row(
                ui, area.cut_top(ui::kRowHeight),
                {.id = id, .title = who, .subtitle = customer.phone, .icon = ui::icons::kPerson})) {
            chosen_ = customer;
            chosen = true;
        }
    }
    if (found_.empty())
        paragraph(ui, area, ui.tr("customer.none"), ui::Style::kBody, ui::Ink::kQuiet);
    return chosen;
}

}  // namespace showfloor::terminal
