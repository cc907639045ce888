#include "terminal/screens/customer_form.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "terminal/screens/seller_words.hpp"

namespace showfloor::terminal {

namespace {

constexpr std::array<const char*, 4> kIdKinds = {"national_id", "passport", "driving_licence",
                                                 "company_registration"};

struct TextField {
    const char* name;
    std::string domain::Customer::*value;
};
constexpr std::array<TextField, 10> kFields = {{
    {"first_name", &domain::Customer::first_name},
    {"last_name", &domain::Customer::last_name},
    {"phone", &domain::Customer::phone},
    {"email", &domain::Customer::email},
    {"company_name", &domain::Customer::company_name},
    {"tax_number", &domain::Customer::tax_number},
    {"id_kind", &domain::Customer::id_kind},
    {"id_number", &domain::Customer::id_number},
    {"address", &domain::Customer::address},
    {"notes", &domain::Customer::notes},
}};

}  // namespace

CustomerForm::CustomerForm(Shell& shell, CustomerBook& book, std::optional<domain::Customer> edited)
    : shell_(shell), book_(book), edited_(std::move(edited)) {
    if (edited_) customer_ = *edited_;
}

void CustomerForm::begin_with(const std::string& words) {
    if (words.find('@') != std::string::npos) {
        customer_.email = words;
    } else if (words.find_first_of("0123456789") != std::string::npos) {
        customer_.phone = words;
    } else {
        const auto space = words.find(' ');
        customer_.first_name = words.substr(0, space);
        if (space != std::string::npos) customer_.last_name = words.substr(space + 1);
    }
}

base::Json CustomerForm::typed() const {
    base::Json json = base::Json::object();
    for (const TextField& each : kFields)
        if (const std::string& value = customer_.*each.value; !value.empty())
            json[each.name] = value;
    return json;
}

void CustomerForm::begin_with(const base::Json& typed) {
    for (const TextField& each : kFields)
        customer_.*each.value = base::text_member(typed, each.name);
}

// A new one says what there is; a corrected one only what is different now.
base::Json CustomerForm::args() const {
    base::Json json = base::Json::object();
    for (const TextField& each : kFields) {
        const std::string& value = customer_.*each.value;
        if (edited_ ? value != (*edited_).*each.value : !value.empty()) json[each.name] = value;
    }
    if (edited_) json["id"] = edited_->id.to_string();
    if (!duplicate_.is_nil()) json["despite_duplicate"] = true;
    return json;
}

void CustomerForm::save(ui::Context& ui) {
    if (waiting_) return;
    error_.clear();
    error_field_.clear();
    if (customer_.first_name.empty() || customer_.last_name.empty()) {
        error_field_ = customer_.first_name.empty() ? "first_name" : "last_name";
        error_ = ui.tr("customer.name_missing");
        return;
    }
    domain::Command draft;
    draft.name = edited_ ? "update_customer" : "create_customer";
    draft.args = args();
    waiting_ = true;
    // The words of a refusal are looked up now: the context is only good within this frame.
    const text::Strings& strings = ui.strings();
    shell_.app.submit(draft, [this, &strings, alive = alive_.token()](Submitted answer) {
        if (!alive.expired()) take(answer, strings);
    });
}

void CustomerForm::take(const Submitted& answer, const text::Strings& strings) {
    waiting_ = false;
    const auto& outcome = answer.outcome;
    if (outcome.applied()) {
        customer_.id =
            base::Uuid::parse(base::text_member(answer.command.args, "id")).value_or(customer_.id);
        saved_ = true;
        book_.read();
        return;
    }
    if (outcome.code == domain::Code::kDuplicate) {
        duplicate_ =
            base::Uuid::parse(base::text_member(outcome.details, "id")).value_or(base::Uuid{});
        if (book_.by_id(duplicate_) != nullptr) return;  // offered by name instead
    }
    error_field_ = outcome.field;
    error_ = refusal_of(strings, outcome);
    const std::string said = base::text_member(outcome.details, "message");
    if (!said.empty()) error_ = said;
}

void CustomerForm::field(ui::Context& ui, ui::Area at, std::string_view id, const char* key,
                         std::string& value, ui::FieldKind kind) {
    const bool at_fault = !error_.empty() && error_field_ == id;
    said_ = said_ || at_fault;
    const ui::Field spec{.id = id,
                         .label = ui.tr(key),
                         .kind = kind,
                         .error = at_fault ? std::string_view(error_) : std::string_view(),
                         .note_lines = 2};
    if (text_field(ui, at, spec, value).changed && at_fault) error_.clear();
}

// Room for two fields beside each other, with a line for what is wrong with one of them.
ui::Area CustomerForm::pair(ui::Area& area, std::string_view first, std::string_view second) {
    const bool note = !error_.empty() && (error_field_ == first || error_field_ == second);
    return area.cut_top(ui::field_height({.id = first,
                                          .label = first,
                                          .error = note ? std::string_view(error_) : "",
                                          .note_lines = 2}),
                        ui::space::k12);
}

void CustomerForm::draw_id(ui::Context& ui, ui::Area& area) {
    caption(ui, area, ui.tr("customer.id_kind"));
    std::vector<ui::Chip> kinds;
    for (const char* kind : kIdKinds)
        kinds.push_back({.id = ui.keep(std::string("id_") + kind),
                         .label = ui.tr(std::string("customer.id_") + kind),
                         .selected = customer_.id_kind == kind});
    if (const int tapped = chips(ui, area, kinds); tapped >= 0) {
        const char* kind = kIdKinds[static_cast<std::size_t>(tapped)];
        customer_.id_kind = customer_.id_kind == kind ? "" : kind;
    }
    area.skip(ui::space::k16);
}

// Somebody with this phone or e-mail is here already. True when they are to be used.
bool CustomerForm::draw_duplicate(ui::Context& ui, ui::Area& area) {
    const domain::Customer* other =
        !duplicate_.is_nil()
            ? book_.by_id(duplicate_)
            : book_.like(customer_.phone, customer_.email, edited_ ? edited_->id : base::Uuid{});
    if (other == nullptr) return false;
    const ui::Banner spec{.id = "use_other",
                          .tone = ui::Tone::kWarning,
                          .title = ui.tr("customer.already", {{"name", full_name_of(*other)}}),
                          .words = ui.keep(contact_of(*other)),
                          .action = ui.tr("customer.use_other")};
    const bool use =
        banner(ui, area.cut_top(banner_height(ui, spec, area.width()), ui::space::k12), spec);
    if (use) customer_ = *other;
    return use;
}

CustomerForm::Answer CustomerForm::draw(ui::Context& ui, ui::Area& area) {
    if (saved_) return Answer::kSaved;
    said_ = error_.empty();  // an error without a field of its own is said at the foot
    ui::Area row = pair(area, "first_name", "last_name");
    auto two = row.columns(2, ui::space::k24);
    field(ui, two[0], "first_name", "customer.first_name", customer_.first_name);
    field(ui, two[1], "last_name", "customer.last_name", customer_.last_name);
    two = pair(area, "phone", "email").columns(2, ui::space::k24);
    field(ui, two[0], "phone", "customer.phone", customer_.phone, ui::FieldKind::kPhone);
    field(ui, two[1], "email", "customer.email", customer_.email, ui::FieldKind::kEmail);
    if (draw_duplicate(ui, area)) return Answer::kOther;
    two = pair(area, "company_name", "tax_number").columns(2, ui::space::k24);
    field(ui, two[0], "company_name", "customer.company", customer_.company_name);
    field(ui, two[1], "tax_number", "customer.tax_number", customer_.tax_number);
    draw_id(ui, area);
    two = pair(area, "id_number", "address").columns(2, ui::space::k24);
    field(ui, two[0], "id_number", "customer.id_number", customer_.id_number);
    field(ui, two[1], "address", "customer.address", customer_.address);
    if (edited_)
        field(ui, pair(area, "notes", "notes"), "notes", "customer.notes", customer_.notes);
    return Answer::kOpen;
}

CustomerForm::Answer CustomerForm::draw_foot(ui::Context& ui, ui::Area row) {
    const bool despite = !duplicate_.is_nil();
    const ui::Button save_it{.id = "save_customer",
                             .label = ui.tr(despite ? "customer.save_despite" : "customer.save"),
                             .kind = ui::ButtonKind::kPrimary,
                             .enabled = !waiting_};
    const ui::Button leave{.id = "cancel_customer", .label = ui.tr("ui.cancel")};
    const bool left = button(ui, row.cut_start(button_width(ui, leave), ui::space::k16), leave) ||
                      ui.back_pressed();
    const float width = std::max(button_width(ui, save_it), 240.F);
    if (button(ui, row.cut_end(std::min(width, row.width()), ui::space::k24), save_it)) save(ui);
    if (!said_) {
        const auto lines =
            ui.painter().wrap(error_, ui.text(ui::Style::kSmall), row.width() - 32, 2);
        ui::Area words = row.centred(
            row.width(), static_cast<float>(lines.size()) * line_height(ui, ui::Style::kSmall));
        note(ui, words, error_, ui::Tone::kDanger, 2);
    }
    return left ? Answer::kCancelled : Answer::kOpen;
}

}  // namespace showfloor::terminal
