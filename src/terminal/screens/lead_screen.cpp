#include "terminal/screens/lead_screen.hpp"

#include <algorithm>
#include <array>

#include "terminal/screens/seller_words.hpp"
#include "text/format.hpp"
#include "ui/controls.hpp"
#include "ui/scroll.hpp"

namespace showfloor::terminal {

namespace {

using ui::Style;

constexpr const char* kConsentVersion = "kiosk-1";  // of the words "lead.consent"
constexpr std::size_t kDays = 6;                    // today and the next ones
struct Hour {
    int hour;
    const char* key;
};
constexpr std::array<Hour, 4> kHours = {
    {{9, "lead.morning"}, {12, "lead.noon"}, {15, "lead.afternoon"}, {17, "lead.evening"}}};
constexpr int kNoon = 12;

// `hour` o'clock so many days after `now`, on the branch's clock.
base::UtcMs moment(base::UtcMs now, std::size_t days, int hour) {
    return at_hour(now, static_cast<int>(days), hour);
}

std::string day_words(const ui::Context& ui, base::UtcMs now, std::size_t days) {
    if (days == 0) return ui.tr("lead.today");
    if (days == 1) return ui.tr("lead.tomorrow");
    const text::CivilTime day = civil_of(moment(now, days, kNoon));
    std::string name(ui.locale().weekdays[static_cast<std::size_t>(day.weekday)]);
    // Alone on its chip, beside "Today", a day begins with a capital in every language.
    if (name.front() >= 'a' && name.front() <= 'z')
        name.front() = static_cast<char>(name.front() - 'a' + 'A');
    return name;
}

bool looks_like_email(std::string_view words) {
    const auto at = words.find('@');
    return at != std::string_view::npos && at > 0 &&
           words.find('.', at) != std::string_view::npos && words.back() != '.';
}

std::string trimmed(std::string_view words) {
    const auto first = words.find_first_not_of(' ');
    if (first == std::string_view::npos) return {};
    return std::string(words.substr(first, words.find_last_not_of(' ') - first + 1));
}

}  // namespace

// 0 when any time will do; never in the past.
base::UtcMs LeadScreen::preferred_at() const {
    const LeadForm& form = shell_.visit.lead;
    const base::UtcMs now = shell_.app.now();
    if (form.day == 0 && form.hour == 0) return 0;
    if (form.hour == 0) return any_time_of(now, static_cast<int>(form.day) - 1);
    const int hour = kHours[form.hour - 1].hour;
    // "Any day" at an hour is the next day that has it.
    const std::size_t days = form.day == 0 ? 0 : form.day - 1;
    const base::UtcMs at = moment(now, days, hour);
    if (at > now) return at;
    return form.day == 0 ? moment(now, 1, hour) : 0;
}

void LeadScreen::check(const ui::Context& ui) {
    const LeadForm& form = shell_.visit.lead;
    name_error_ = trimmed(form.name).empty() ? ui.tr("lead.name_missing") : std::string();
    const bool reachable = !trimmed(form.phone).empty() || !trimmed(form.email).empty();
    reach_error_ = reachable ? std::string() : ui.tr("lead.reach_missing");
    const std::string email = trimmed(form.email);
    email_error_ =
        email.empty() || looks_like_email(email) ? std::string() : ui.tr("lead.email_wrong");
    consent_error_ = form.consent ? std::string() : ui.tr("lead.consent_missing");
}

void LeadScreen::send(ui::Context& ui) {
    asked_ = true;
    check(ui);
    if (!name_error_.empty() || !reach_error_.empty() || !email_error_.empty() ||
        !consent_error_.empty()) {
        ui.draw_again();
        return;
    }
    const LeadForm& form = shell_.visit.lead;
    domain::Command command;
    command.name = "create_lead";
    command.args = {{"kind", form.test_drive ? "test_drive" : "callback"},
                    {"name", trimmed(form.name)},
                    {"consent_version", kConsentVersion},
                    {"consent_at", shell_.app.now()}};
    if (!car_id_.is_nil()) command.args["car_id"] = car_id_.to_string();
    if (const auto phone = trimmed(form.phone); !phone.empty()) command.args["phone"] = phone;
    if (const auto email = trimmed(form.email); !email.empty()) command.args["email"] = email;
    if (const auto note = trimmed(form.note); !note.empty()) command.args["notes"] = note;
    if (const auto at = preferred_at(); at != 0) command.args["preferred_at"] = at;
    state_ = State::kSending;
    refusal_.clear();
    ui.interaction().stop_editing();
    shell_.app.submit(std::move(command),
                      [this, alive = alive_.token(), &strings = ui.strings()](Submitted answer) {
                          if (alive.expired()) return;
                          take(answer.outcome, strings);
                      });
    ui.draw_again();
}

void LeadScreen::take(const domain::Outcome& outcome, const text::Strings& strings) {
    if (!outcome.applied()) {
        state_ = State::kForm;
        if (outcome.field == "phone")
            reach_error_ = strings.get("lead.phone_wrong");
        else if (outcome.field == "email")
            email_error_ = strings.get("lead.email_wrong");
        else
            refusal_ = refusal_of(strings, outcome);
        return;
    }
    state_ = State::kSent;
    ++shell_.visit.leads_sent;
    // It is sent: the screen need not remember it. Name and number stay for the next one.
    shell_.visit.lead.note.clear();
    shell_.visit.lead.day = shell_.visit.lead.hour = 0;
    shell_.visit.lead.consent = false;
}

void LeadScreen::draw_who(ui::Context& ui, ui::Area& area) {
    LeadForm& form = shell_.visit.lead;
    bool moved = false;
    const auto field = [&](ui::Area at, const ui::Field& spec, std::string& value) {
        moved |= text_field(ui, at, spec, value).changed;
    };
    const bool wide = area.width() > 760;
    const ui::Field name{.id = "name", .label = ui.tr("lead.name"), .error = name_error_};
    const ui::Field phone{.id = "phone",
                          .label = ui.tr("lead.phone"),
                          .kind = ui::FieldKind::kPhone,
                          .error = reach_error_,
                          .note_lines = 2};
    const ui::Field email{.id = "email",
                          .label = ui.tr("lead.email"),
                          .kind = ui::FieldKind::kEmail,
                          .error = email_error_,
                          .note_lines = 2};
    const ui::Field note{.id = "note", .label = ui.tr("lead.note"), .max_bytes = 500};
    // Two beside each other where there is room: one sends it without scrolling, whatever is amiss.
    const auto pair = [&](const ui::Field& first, std::string& its, const ui::Field& second,
                          std::string& others, float gap) {
        if (!wide) {
            field(area.cut_top(field_height(first), ui::space::k16), first, its);
            field(area.cut_top(field_height(second), gap), second, others);
            return;
        }
        const float high = std::max(field_height(first), field_height(second));
        const auto halves = area.cut_top(high, gap).columns(2, ui::space::k24);
        field(halves[0], first, its);
        field(halves[1], second, others);
    };
    pair(name, form.name, phone, form.phone, ui::space::k16);
    pair(email, form.email, note, form.note, ui::space::k24);
    if (moved && asked_) check(ui);
}

void LeadScreen::draw_when(ui::Context& ui, ui::Area& area) {
    LeadForm& form = shell_.visit.lead;
    const base::UtcMs now = shell_.app.now();
    caption(ui, area, ui.tr("lead.when"));
    std::vector<ui::Chip> days = {
        {.id = "day_0", .label = ui.tr("lead.any_day"), .selected = form.day == 0}};
    for (std::size_t day = 0; day < kDays; ++day)
        days.push_back({.id = ui.keep("day_" + std::to_string(day + 1)),
                        .label = ui.keep(day_words(ui, now, day)),
                        .selected = form.day == day + 1});
    if (const int tapped = chips(ui, area, days); tapped >= 0) {
        form.day = static_cast<std::size_t>(tapped);
        ui.draw_again();
    }
    area.skip(ui::space::k16);
    std::vector<ui::Chip> hours = {
        {.id = "hour_0", .label = ui.tr("lead.any_hour"), .selected = form.hour == 0}};
    for (std::size_t i = 0; i < kHours.size(); ++i) {
        // What is over today cannot be chosen for today.
        const bool over = form.day == 1 && moment(now, 0, kHours[i].hour) <= now;
        if (over && form.hour == i + 1) form.hour = 0;
        hours.push_back({.id = ui.keep("hour_" + std::to_string(i + 1)),
                         .label = ui.tr(kHours[i].key),
                         .selected = form.hour == i + 1,
                         .enabled = !over});
    }
    if (const int tapped = chips(ui, area, hours); tapped >= 0) {
        form.hour = static_cast<std::size_t>(tapped);
        ui.draw_again();
    }
    area.skip(ui::space::k24);
}

void LeadScreen::draw_consent(ui::Context& ui, ui::Area& area) {
    LeadForm& form = shell_.visit.lead;
    const std::string& dealer = dealer_of(shell_.app);
    paragraph(ui, area, ui.tr("lead.consent", {{"dealer", dealer}}), Style::kSmall,
              ui::Ink::kQuiet);
    area.skip(ui::space::k8);
    if (toggle(ui, area.cut_top(ui::kSwitchHeight), {.id = "consent", .label = ui.tr("lead.agree")},
               form.consent)) {
        if (asked_) check(ui);
        ui.draw_again();
    }
    if (!consent_error_.empty() && status_width(ui, consent_error_) > area.width()) {
        note(ui, area, consent_error_, ui::Tone::kDanger);
    } else if (!consent_error_.empty()) {
        ui::Area line = area.cut_top(36);
        status_words(ui, line, ui::icons::kError, consent_error_, ui::Ink::kDanger,
                     ui::Align::kStart);
    }
    if (!refusal_.empty()) {
        const ui::Banner problem{
            .id = "lead_refused", .tone = ui::Tone::kDanger, .words = refusal_};
        banner(ui, area.cut_top(banner_height(ui, problem, area.width()), ui::space::k16), problem);
    }
    area.skip(ui::space::k16);
    const bool sending = state_ == State::kSending;
    if (button(ui, area.cut_top(72),
               {.id = "send",
                .label = ui.tr(sending ? "lead.sending" : "lead.send"),
                .kind = ui::ButtonKind::kPrimary,
                .enabled = !sending}))
        send(ui);
}

// The car it is about: in a line above the form, or large beside it.
void LeadScreen::draw_about(ui::Context& ui, ui::Area& area, const CatalogueCar* car, bool beside) {
    label(ui, area.cut_top(64, ui::space::k8),
          ui.tr(shell_.visit.lead.test_drive ? "lead.title_drive" : "lead.title_call"),
          beside ? Style::kDisplay : Style::kTitle);
    if (car == nullptr) return;
    if (beside) {
        area.skip(ui::space::k8);
        shell_.main_picture(ui, area.cut_top(area.width() * 10 / 16, ui::space::k24), car->car.id,
                            ui.theme().radius_card);
        paragraph(ui, area, title_of(car->car), Style::kTitle, ui::Ink::kInk, ui::Align::kStart, 3);
        area.skip(ui::space::k4);
        label(ui, area.cut_top(36), money_of(ui, car->car.price_minor, car->car.currency),
              Style::kBodyLarge, ui::Ink::kQuiet);
        return;
    }
    ui::Area head = area.cut_top(100, ui::space::k24);
    shell_.main_picture(ui, head.cut_start(160, ui::space::k24), car->car.id,
                        ui.theme().radius_control);
    head = head.centred(head.width(), 72);
    label(ui, head.cut_top(36), title_of(car->car), Style::kHeading);
    label(ui, head.cut_top(36), money_of(ui, car->car.price_minor, car->car.currency), Style::kBody,
          ui::Ink::kQuiet);
}

void LeadScreen::draw_form(ui::Context& ui, ui::Area page, const CatalogueCar* car) {
    LeadForm& form = shell_.visit.lead;
    ui::ScrollView view(ui, "lead", page);
    ui::Area& all = view.area();
    all.skip(ui::space::k8);
    // Beside each other where there is room, so that one sees all that is asked without scrolling.
    constexpr float kForm = 1080, kLeastAbout = 480, kMostAbout = 560;
    const bool beside = car != nullptr && all.width() >= kForm + ui::space::k48 + kLeastAbout;
    const float width = std::min(all.width(), beside ? kForm + ui::space::k48 + kMostAbout : kForm);
    ui::Area column = all.with({all.rect.x + (all.width() - width) / 2, all.rect.y, width, 1});
    column.rect.h = all.rect.h;
    if (beside) {
        ui::Area about = column.cut_start(width - kForm - ui::space::k48, ui::space::k48);
        draw_about(ui, about, car, true);
    } else {
        draw_about(ui, column, car, false);
    }
    const std::vector<std::string> kinds = {ui.tr("lead.kind_drive"), ui.tr("lead.kind_call")};
    const int kind = segmented(ui, column.cut_top(ui::kSegmentedHeight, ui::space::k24),
                               "lead_kind", kinds, form.test_drive ? 0 : 1);
    if (kind >= 0) {
        form.test_drive = kind == 0;
        ui.draw_again();
    }
    {
        ui::GrowingCard sheet(ui, "lead_form", column);
        draw_who(ui, sheet.area());
        draw_when(ui, sheet.area());
        draw_consent(ui, sheet.area());
    }
    all.skip(column.rect.y - all.rect.y);
}

// Honest in both states: what is safe, and who knows of it.
void LeadScreen::draw_sent(ui::Context& ui, ui::Area page) {
    const LinkStatus& link = shell_.app.link();
    const bool told = link.online && link.pending == 0;
    const char* words = told ? "lead.sent_told" : link.online ? "lead.sent_soon" : "lead.sent_here";
    const ui::EmptyState done{.id = "to_cars",
                              .icon = ui::icons::kCheckCircle,
                              .title = ui.tr("lead.sent"),
                              .words = ui.tr(words),
                              .action = ui.tr("lead.more_cars")};
    if (empty_state(ui, page, done)) shell_.to_browse();
}

void LeadScreen::draw(ui::Context& ui) {
    ui::Area page = shell_.page(ui);
    shell_.bar(ui, page, true);
    page = page.padded(ui.portrait() ? ui::space::k32 + ui::space::k8 : ui::space::k48, 0);
    if (state_ == State::kSent) {
        draw_sent(ui, page);
        return;
    }
    if (shell_.visit.leads_sent >= kMostLeads) {
        if (empty_state(ui, page,
                        {.id = "call",
                         .icon = ui::icons::kSupportAgent,
                         .title = ui.tr("lead.enough"),
                         .words = ui.tr("lead.enough_hint"),
                         .action = ui.tr("bar.call")}))
            shell_.visit.overlay = Overlay::kCall;
        return;
    }
    const auto newest = shell_.app.catalogue();
    if (newest->find(car_id_) != nullptr || !catalogue_) catalogue_ = newest;
    draw_form(ui, page, catalogue_->find(car_id_));
}

}  // namespace showfloor::terminal
