#include "terminal/screens/sale_screen.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/random.hpp"
#include "domain/promotions.hpp"
#include "terminal/screens/scanning.hpp"
#include "terminal/screens/seller_frame.hpp"
#include "terminal/screens/seller_words.hpp"
#include "ui/scroll.hpp"

namespace showfloor::terminal {

namespace {

constexpr std::int64_t kKeepAfterMs = 600;    // of quiet; each keeping is a commit to disk
constexpr std::int64_t kKeepAgainMs = 3'000;  // after it could not be kept
constexpr std::int64_t kAgeStepMs = 5'000;    // how often "saved 5 s ago" is written anew

constexpr std::array<const char*, kSaleSteps> kStepNames = {"sale.step_car", "sale.step_customer",
                                                            "sale.step_price", "sale.step_payment",
                                                            "sale.step_review"};
// On the button that leads on from each step.
constexpr std::array<const char*, kSaleSteps> kNextNames = {
    "sale.to_customer", "sale.to_price", "sale.to_payment", "sale.to_review", "sale.record"};

std::size_t place_of(SaleStep step) {
    return static_cast<std::size_t>(step);
}

}  // namespace

SaleScreen::SaleScreen(Shell& shell, const base::Uuid& car_id)
    : shell_(shell), desk_(shell), customer_step_(shell) {
    desk_.form = SaleForm::from_json(nullptr);
    if (shell.app.person()) owner_ = shell.app.person()->user_id;
    if (car_id.is_nil()) {
        begin(car_id);
        return;
    }
    wanted_car_ = car_id;
    find_draft();
}

void SaleScreen::find_draft() {
    read_version_ = shell_.app.version();
    shell_.app.drafts(kSaleDraft, [this, car_id = wanted_car_,
                                   alive = alive_.token()](const std::vector<Draft>& drafts) {
        if (alive.expired() || ready_ || shell_.app.link().unreadable) return;
        const auto of_car = std::find_if(drafts.begin(), drafts.end(), [&](const Draft& draft) {
            return base::text_member(draft.content, "car_id") == car_id.to_string();
        });
        if (of_car == drafts.end())
            begin(car_id);
        else
            take_draft(*of_car);
    });
}

SaleScreen::SaleScreen(Shell& shell, const Draft& draft)
    : shell_(shell), desk_(shell), customer_step_(shell) {
    if (shell.app.person()) owner_ = shell.app.person()->user_id;
    take_draft(draft);
}

void SaleScreen::begin(const base::Uuid& car_id) {
    ready_ = true;
    base::SystemRandom random;
    desk_.form.sale_id = draft_id_ = base::Uuid::v7(shell_.app.now(), random);
    if (!car_id.is_nil()) desk_.form.step = SaleStep::kCustomer;
    desk_.form.car_id = car_id;
    kept_ = desk_.form.to_json();
    if (!car_id.is_nil()) choose_car(car_id);
}

void SaleScreen::take_draft(const Draft& draft) {
    ready_ = true;
    desk_.form = SaleForm::from_json(draft.content);
    draft_id_ = draft.id;
    saved_at_ = draft.saved_at;
    if (desk_.form.sale_id.is_nil()) desk_.form.sale_id = draft_id_;
    // What is not on disk yet is kept at once.
    if (saved_at_ != 0) kept_ = desk_.form.to_json();
    if (!desk_.form.car_id.is_nil()) choose_car(desk_.form.car_id);
}

void SaleScreen::choose_car(const base::Uuid& car_id) {
    desk_.form.car_id = car_id;
    desk_.forget_approver();
    shell_.app.hold(car_id);
    desk_.car.reset();
    desk_.base_terms.reset();
    terms_read_ = false;
    if (const CatalogueCar* car = shell_.app.catalogue()->find(car_id)) desk_.car = *car;
    read_terms();
}

// What could not be read when it was wanted.
void SaleScreen::read_again() {
    if (read_version_ == shell_.app.version()) return;
    if (!ready_)
        find_draft();
    else if (!terms_read_ && desk_.car)
        read_terms();
}

void SaleScreen::read_terms() {
    read_version_ = shell_.app.version();
    struct Found {
        std::optional<domain::SaleTerms> terms;
        std::vector<domain::GivenPromotion> offered;
        bool fees_left_out = false;
    };
    auto found = std::make_shared<Found>();
    const base::Uuid branch_id = shell_.app.person() && !shell_.app.person()->branch_id.is_nil()
                                     ? shell_.app.person()->branch_id
                                     : shell_.app.branch().id;
    const base::Uuid car_id = desk_.form.car_id;
    shell_.app.read(
        [found, branch_id, car_id, now = shell_.app.now()](domain::World& world) {
            domain::RecordSale sale;
            sale.car_id = car_id;
            const auto branch = world.get<domain::Branch>(branch_id);
            const auto car = world.get<domain::Car>(car_id);
            if (!branch || !car) return;
            if (auto quoted = domain::quote_sale(world, sale, *branch, now))
                found->terms = std::move(*quoted);
            found->offered = domain::promotions_for(world, *car, branch->id, now);
            found->fees_left_out =
                std::any_of(branch->fees.begin(), branch->fees.end(), [&](const domain::Fee& fee) {
                    return !domain::is_charged(fee, *branch, car->currency);
                });
        },
        [this, found, car_id, alive = alive_.token()] {
            if (alive.expired() || car_id != desk_.form.car_id) return;
            if (shell_.app.link().unreadable) return;
            terms_read_ = true;
            desk_.base_terms = std::move(found->terms);
            desk_.offered = std::move(found->offered);
            desk_.fees_left_out = found->fees_left_out;
        });
}

void SaleScreen::go_to(SaleStep step) {
    desk_.form.step = step;
    desk_.show_troubles = false;
    to_top_ = true;
}

void SaleScreen::go_back() {
    if (desk_.form.step == SaleStep::kCar) {
        shell_.navigator.pop();
        return;
    }
    go_to(static_cast<SaleStep>(place_of(desk_.form.step) - 1));
}

// To the next step when this one is whole; otherwise every field says what it lacks.
void SaleScreen::go_on(ui::Context& ui) {
    const SaleStep here = desk_.form.step;
    std::string trouble;
    if (here == SaleStep::kCar && desk_.form.car_id.is_nil())
        trouble = "sale.car_missing";
    else if (const auto* found = desk_.sums.trouble_at(here))
        trouble = found->key;
    else if (here == SaleStep::kPrice && desk_.approver_needed() && !desk_.approver)
        trouble = "sale.approver_missing";
    if (trouble.empty()) return go_to(static_cast<SaleStep>(place_of(here) + 1));
    desk_.show_troubles = true;
    ui.toast(ui.tr(trouble), ui::Tone::kWarning);
}

void SaleScreen::record(ui::Context& ui) {
    if (recording_) return;
    // What a draft brought back may lack what a step had asked for.
    for (int i = 0; i < kSaleSteps; ++i) {
        const auto step = static_cast<SaleStep>(i);
        const auto* found = desk_.sums.trouble_at(step);
        const bool unapproved =
            step == SaleStep::kPrice && desk_.approver_needed() && !desk_.approver;
        if (found == nullptr && !unapproved) continue;
        go_to(step);
        desk_.show_troubles = true;
        ui.toast(ui.tr(found != nullptr ? found->key : "sale.approver_missing"),
                 ui::Tone::kWarning);
        return;
    }
    if (!desk_.sums.terms) return;
    desk_.sums.sale.discount_reason =
        desk_.sums.sale.discount_minor > 0 ? reason_words(ui.strings(), desk_.form) : std::string();
    domain::Command draft;
    draft.name = "record_sale";
    draft.args = domain::to_json(desk_.sums.sale);
    draft.terms = domain::to_json(*desk_.sums.terms);
    refused_.clear();
    keep_now();  // the signature too, before anything else can happen
    recording_ = true;
    const text::Strings& strings = ui.strings();
    shell_.app.submit(draft, [this, &strings, alive = alive_.token()](Submitted answer) {
        if (!alive.expired()) take_answer(answer, strings);
    });
}

void SaleScreen::take_answer(const Submitted& answer, const text::Strings& strings) {
    recording_ = false;
    const auto& outcome = answer.outcome;
    // A sale that was recorded before the power went is not recorded twice: here are its papers.
    if (outcome.applied() || outcome.code == domain::Code::kAlreadyDone) {
        kept_ = desk_.form.to_json();
        leaving_ = false;
        shell_.app.drop_draft(draft_id_);
        shell_.to_receipt(desk_.form.sale_id);
        return;
    }
    refused_ = refusal_of(strings, outcome);
    to_top_ = true;           // where it is told
    desk_.forget_approver();  // an approval counts for one try
    read_terms();             // what changed is shown
}

void SaleScreen::on_leave() {
    keep_now();
    desk_.forget_approver();
    shell_.app.hold({});
}

void SaleScreen::keep_now() {
    if (!ready_ || recording_ || owner_.is_nil()) return;
    const base::Json now = desk_.form.to_json();
    if (now == kept_ || now == keeping_) return;
    keeping_ = now;
    changed_at_ms_ = 0;
    Draft draft{draft_id_, now, shell_.app.now()};
    if (desk_.car) draft.content["car_title"] = title_of(desk_.car->car);
    if (desk_.customer) draft.content["customer_name"] = full_name_of(*desk_.customer);
    const base::UtcMs at = draft.saved_at;
    shell_.app.save_draft(kSaleDraft, owner_, std::move(draft),
                          [this, at, now, alive = alive_.token()](base::Result<void> saved) {
                              if (alive.expired()) return;
                              if (saved) {
                                  saved_at_ = at;
                                  kept_ = now;
                              }
                              if (keeping_ == now) keeping_ = nullptr;
                              save_error_ = saved ? std::nullopt : std::optional(saved.error());
                          });
}

void SaleScreen::watch_draft(ui::Context& ui) {
    if (!ready_ || recording_) return;
    const base::Json now = desk_.form.to_json();
    if (now == kept_ || now == keeping_) {
        changed_at_ms_ = 0;
        return;
    }
    if (changed_at_ms_ == 0) changed_at_ms_ = ui.now_ms();
    const std::int64_t keep_at = changed_at_ms_ + (save_error_ ? kKeepAgainMs : kKeepAfterMs);
    if (ui.now_ms() < keep_at)
        ui.wake_at(keep_at);
    else
        keep_now();
}

// Away from here once it is on disk; what cannot be kept stays in sight.
void SaleScreen::leave_when_kept(ui::Context& ui) {
    if (!leaving_ || !keeping_.is_null()) return;
    leaving_ = false;
    if (save_error_)
        ui.toast(failure_of(ui.strings(), *save_error_), ui::Tone::kDanger);
    else
        shell_.to_home();
}

void SaleScreen::draw_bar(ui::Context& ui, ui::Area& page) {
    std::string note;
    if (save_error_) {
        note = failure_of(ui.strings(), *save_error_);
    } else if (saved_at_ != 0) {
        const std::int64_t age = std::max<std::int64_t>(0, shell_.app.now() - saved_at_);
        note = ui.tr("sale.draft_saved", {{"age", age_of(ui, saved_at_, shell_.app.now())}});
        const std::int64_t step = age < 60'000 ? kAgeStepMs : 60'000;
        ui.wake_at(ui.now_ms() + step - age % step);
    }
    seller_bar(ui, shell_, page,
               {.title = ui.tr("sale.title"),
                .note = ui.keep(std::move(note)),
                .warn = save_error_.has_value()});
}

void SaleScreen::draw_stepper(ui::Context& ui, ui::Area area) {
    std::vector<std::string> names;
    for (const char* key : kStepNames)
        names.push_back(ui.tr(key));
    const std::size_t here = place_of(desk_.form.step);
    const auto places = stepper_places(ui, area, names, here);
    // What lies behind can be gone back to by touching it.
    for (std::size_t i = 0; i < here; ++i)
        if (ui.touch("step:" + std::to_string(i), names[i], places[i].padded(0, -6).rect).tapped)
            go_to(static_cast<SaleStep>(i));
    stepper(ui, area, names, here);
}

void SaleScreen::draw_not_ready(ui::Context& ui, ui::Area page) {
    if (says_unreadable(ui, page, shell_.app)) return;
    if (!ready_ || (!terms_read_ && desk_.car)) {
        skeleton(ui, page, ui.theme().radius_card);
    } else if (empty_state(ui, page,
                           {.id = "gone",
                            .icon = ui::icons::kDirectionsCar,
                            .title = ui.tr("sale.not_for_sale"),
                            .words = ui.tr("sale.not_for_sale_hint"),
                            .action = ui.tr("sale.choose_other")})) {
        desk_.form.car_id = {};
        go_to(SaleStep::kCar);
    }
}

void SaleScreen::draw_refused(ui::Context& ui, ui::Area& page) {
    if (refused_.empty()) return;
    const ui::Banner spec{.id = "refused",
                          .tone = ui::Tone::kDanger,
                          .words = refused_,
                          .action = ui.tr("ui.close"),
                          .closes = true};
    if (banner(ui, page.cut_top(banner_height(ui, spec, page.width()), ui::space::k16), spec))
        refused_.clear();
}

// Said, not forbidden: the two sellers talk, and what both sold a person decides.
void SaleScreen::draw_taken(ui::Context& ui, ui::Area& page) {
    const base::Uuid& taken = shell_.app.link().car_taken;
    if (taken.is_nil() || taken != desk_.form.car_id) return;
    const ui::Banner spec{
        .id = "taken", .tone = ui::Tone::kWarning, .words = ui.tr("sale.car_taken")};
    (void)banner(ui, page.cut_top(banner_height(ui, spec, page.width()), ui::space::k16), spec);
}

void SaleScreen::draw_news(ui::Context& ui, ui::Area& area) {
    draw_refused(ui, area);
    draw_taken(ui, area);
}

void SaleScreen::draw_step(ui::Context& ui, ui::Area page) {
    if (desk_.form.step == SaleStep::kCar) {
        const base::Uuid chosen = car_step_.draw(ui, desk_, page);
        if (!chosen.is_nil() && chosen != desk_.form.car_id) choose_car(chosen);
        take_scanned(ui);
        return;
    }
    if (std::exchange(to_top_, false)) scroll_to(ui, "sale", 0);
    // The shadow of the cards has room inside the view.
    ui::ScrollView view(ui, "sale", page);
    switch (desk_.form.step) {
        case SaleStep::kCar:
            break;
        case SaleStep::kCustomer:
            customer_step_.draw(ui, desk_, view.area());
            break;
        case SaleStep::kPrice:
            draw_price_step(ui, desk_, view.area());
            break;
        case SaleStep::kPayment:
            draw_payment_step(ui, desk_, view.area());
            break;
        case SaleStep::kReview:
            draw_review_step(ui, desk_, view.area(), page.height(),
                             [&](ui::Area& at) { draw_news(ui, at); });
            break;
    }
}

// The code on a car chooses it.
void SaleScreen::take_scanned(ui::Context& ui) {
    const std::string& scanned = ui.scanned();
    if (scanned.empty()) return;
    const text::Strings& strings = ui.strings();
    find_scanned(shell_, scanned,
                 [this, scanned, &strings, alive = alive_.token()](const base::Uuid& car) {
                     if (alive.expired() || desk_.form.step != SaleStep::kCar) return;
                     const CatalogueCar* known = shell_.app.catalogue()->find(car);
                     if (known == nullptr) {
                         shell_.notice = unknown_scan(strings, shell_.app, scanned);
                         return;
                     }
                     if (known->car.availability != domain::Availability::kInStock) {
                         shell_.notice = strings.get("sale.not_for_sale");
                         return;
                     }
                     if (car != desk_.form.car_id) choose_car(car);
                 });
}

void SaleScreen::draw_foot(ui::Context& ui, ui::Area area) {
    if (desk_.form.step == SaleStep::kCustomer && customer_step_.has_foot())
        return customer_step_.draw_foot(ui, area);
    const bool last = desk_.form.step == SaleStep::kReview;
    const ui::Button back{.id = "step_back", .label = ui.tr("bar.back")};
    if (button(ui, area.cut_start(button_width(ui, back), ui::space::k16), back) ||
        ui.back_pressed())
        go_back();
    const char* next_words =
        last && recording_ ? "sale.recording" : kNextNames[place_of(desk_.form.step)];
    const ui::Button go{.id = last ? "record_sale" : "continue",
                        .label = ui.tr(next_words),
                        .icon = last ? ui::icons::kCheck : ui::icons::kNone,
                        .kind = ui::ButtonKind::kPrimary,
                        .enabled = !recording_ && ready_};
    const float width = std::max(button_width(ui, go) + (ui.portrait() ? 0.F : 64.F), 240.F);
    const bool on = button(ui, area.cut_end(std::min(width, area.width()), ui::space::k16), go);
    const ui::Button later{.id = "save_for_later",
                           .label = ui.tr("sale.save_for_later"),
                           .kind = ui::ButtonKind::kGhost};
    const float room = button_width(ui, later);
    if (room <= area.width() && button(ui, area.cut_end(room), later)) {
        keep_now();
        leaving_ = true;
        return;
    }
    if (!on) return;
    if (last)
        record(ui);
    else
        go_on(ui);
}

void SaleScreen::draw(ui::Context& ui) {
    ui::Area page = ui.screen();
    ui.painter().fill(page.rect, ui.color().ground);
    if (!shell_.app.person()) {
        shell_.to_browse();
        return;
    }
    read_again();
    draw_bar(ui, page);
    customer_step_.recall(desk_);
    if (desk_.base_terms)
        desk_.sums = reckon(desk_.form, *desk_.base_terms, desk_.offered, shell_.app.now());
    page = page.padded(ui.portrait() ? ui::space::k32 + ui::space::k8 : ui::space::k48,
                       ui::space::k24);
    draw_stepper(ui, page.cut_top(48, ui::space::k24));
    const ui::Area foot = page.cut_bottom(ui::kButtonHeight, ui::space::k16);
    const bool whole =
        ready_ && (desk_.form.step == SaleStep::kCar || (desk_.car && desk_.base_terms));
    if (!whole) {
        draw_news(ui, page);
        draw_not_ready(ui, page);
    } else {
        if (ui.portrait()) {
            draw_sale_summary(ui, desk_, page, false);
        } else {
            ui::ScrollView side(ui, "totals",
                                page.cut_end(std::min(520.F, page.width() * 0.36F), 36));
            draw_sale_summary(ui, desk_, side.area(), true, page.height());
        }
        // Over the step alone: the sums beside it stay where they are. The last step puts it over
        // the signature, whose field has room to give.
        if (desk_.form.step != SaleStep::kReview) draw_news(ui, page);
        draw_step(ui, page);
    }
    draw_foot(ui, foot);
    desk_.approval.draw(ui);
    customer_step_.keep(desk_.form);
    watch_draft(ui);
    leave_when_kept(ui);
}

}  // namespace showfloor::terminal
