#include "terminal/screens/sale_screen.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/random.hpp"
#include "domain/money.hpp"
#include "domain/rights.hpp"
#include "ui/scroll.hpp"

namespace showfloor::terminal {

namespace {

constexpr std::int64_t kKeepAfterMs = 600;  // of quiet; each keeping is a commit to disk
constexpr char kDraft[] = "sale";

constexpr std::array<const char*, 4> kReasons = {"returning", "demo", "price_match", "other"};

// Trade-in is no method to choose: it comes with the car that is taken in.
constexpr std::size_t kMethods = domain::kPaymentMethodNames.size() - 1;

std::int64_t amount_of(const std::string& text, const std::string& currency) {
    if (text.empty()) return 0;
    const auto amount = domain::parse_amount(text, currency);
    return amount ? *amount : -1;
}

}  // namespace

SaleScreen::SaleScreen(Shell& shell, const base::Uuid& car_id)
    : shell_(shell), car_id_(car_id), customer_(shell) {
    base::SystemRandom random;
    sale_id_ = base::Uuid::v7(shell.app.now(), random);
    if (const CatalogueCar* car = shell.app.catalogue()->find(car_id)) car_ = *car;
    read_terms();
    shell.app.load_draft(kDraft, [this, alive = alive_.token()](std::optional<base::Json> draft) {
        if (alive.expired()) return;
        draft_read_ = true;
        kept_ = this->draft();
        if (draft && base::text_member(*draft, "car_id") == car_id_.to_string()) take_draft(*draft);
    });
}

void SaleScreen::read_terms() {
    auto terms = std::make_shared<std::optional<domain::SaleTerms>>();
    const base::Uuid branch_id = shell_.app.person() && !shell_.app.person()->branch_id.is_nil()
                                     ? shell_.app.person()->branch_id
                                     : shell_.app.branch().id;
    shell_.app.read(
        [terms, branch_id, car_id = car_id_](domain::World& world) {
            domain::RecordSale sale;
            sale.car_id = car_id;
            const auto branch = world.get<domain::Branch>(branch_id);
            if (!branch) return;
            if (auto quoted = domain::quote_sale(world, sale, *branch)) *terms = std::move(*quoted);
        },
        [this, terms, alive = alive_.token()] {
            if (alive.expired()) return;
            terms_read_ = true;
            base_terms_ = *terms;
        });
}

std::int64_t SaleScreen::discount_bp() const {
    if (!base_terms_ || base_terms_->price_minor == 0) return 0;
    // Rounded up, so that the share shown is never below what the rule sees.
    return (sale_.discount_minor * 10'000 + base_terms_->price_minor - 1) /
           base_terms_->price_minor;
}

bool SaleScreen::over_limit() const {
    return base_terms_ && sale_.discount_minor > domain::share_of(base_terms_->price_minor,
                                                                  base_terms_->discount_limit_bp);
}

bool SaleScreen::approver_needed() const {
    const auto& person = shell_.app.person();
    if (!over_limit() || !person) return false;
    const domain::Actor actor{person->user_id, person->role, person->branch_id, false};
    const domain::Facts facts{.branch_id = car_->car.branch_id,
                              .owner_id = person->user_id,
                              .subject_role = domain::Role::kNobody,
                              .subject_id = {}};
    return !domain::may(actor, domain::Area::kSaleDecisions, domain::Action::kChange, facts);
}

void SaleScreen::reckon() {
    terms_.reset();
    trouble_.clear();
    trouble_field_.clear();
    if (!base_terms_) return;
    const std::string& currency = base_terms_->currency;
    const auto bad = [&](const char* field, const char* key) {
        if (!trouble_.empty()) return;
        trouble_field_ = field;
        trouble_ = key;
    };
    sale_.id = sale_id_;
    sale_.car_id = car_id_;
    sale_.customer_id = customer_.chosen() ? customer_.chosen()->id : base::Uuid{};
    sale_.discount_minor = amount_of(discount_, currency);
    if (sale_.discount_minor < 0 || sale_.discount_minor > base_terms_->price_minor) {
        bad("discount", "sale.bad_discount");
        sale_.discount_minor = 0;
    }
    sale_.discount_reason = sale_.discount_minor > 0 ? reason_ : std::string();
    sale_.payments.clear();
    domain::SaleTerms terms = *base_terms_;
    if (const auto added = domain::add_up(terms, sale_); !added) {
        bad("discount", "sale.bad_total");
        return;
    }
    const std::int64_t amount = amount_of(amount_, currency);
    if (amount < 0)
        bad("amount", "sale.bad_amount");
    else if (amount > terms.total_minor)
        bad("amount", "sale.over_total");
    else if (amount > 0)
        sale_.payments.push_back({method_, amount, reference_});
    terms_ = std::move(terms);
}

void SaleScreen::draw_customer(ui::Context& ui, ui::Area& page) {
    ui::GrowingCard sheet(ui, "sale_customer", page);
    if (customer_.draw(ui, sheet.area())) trouble_.clear();
}

void SaleScreen::draw_price(ui::Context& ui, ui::Area& page) {
    ui::GrowingCard sheet(ui, "sale_price", page);
    ui::Area& area = sheet.area();
    label(ui, area.cut_top(44, ui::space::k8), ui.tr("sale.price"), ui::Style::kTitle);
    const std::string& currency = base_terms_->currency;
    const std::string& share =
        ui.keep(sale_.discount_minor > 0 ? share_of(ui, discount_bp()) : std::string());
    const std::string& error =
        ui.keep(trouble_field_ == "discount" ? ui.tr(trouble_) : std::string());
    const ui::Field field{.id = "discount",
                          .label = ui.tr("sale.discount"),
                          .kind = ui::FieldKind::kMoney,
                          .error = error,
                          .prefix = currency,
                          .suffix = share};
    auto row = area.cut_top(field_height(field)).columns(2, ui::space::k24);
    std::string list_price = money_of(ui, base_terms_->price_minor, currency);
    (void)text_field(ui, row[0],
                     {.id = "list_price", .label = ui.tr("sale.list_price"), .enabled = false},
                     list_price);
    if (text_field(ui, row[1], field, discount_).changed) approver_.reset();
    if (sale_.discount_minor > 0) draw_discount_rules(ui, area);
}

// Why it is given, and who allows it.
void SaleScreen::draw_discount_rules(ui::Context& ui, ui::Area& area) {
    area.skip(ui::space::k16);
    label(ui, area.cut_top(32, ui::space::k4), ui.tr("sale.reason"), ui::Style::kSmall,
          ui::Ink::kQuiet);
    std::vector<ui::Chip> reasons;
    for (const char* reason : kReasons) {
        const std::string& words = ui.tr(std::string("sale.reason_") + reason);
        reasons.push_back({.id = ui.keep(std::string("reason_") + reason),
                           .label = words,
                           .selected = reason_ == words});
    }
    if (const int tapped = chips(ui, area, reasons); tapped >= 0)
        reason_ = reasons[static_cast<std::size_t>(tapped)].label;
    if (!approver_needed()) return;
    area.skip(ui::space::k16);
    const std::string limit = share_of(ui, base_terms_->discount_limit_bp);
    const std::string share = share_of(ui, discount_bp());
    const ui::Banner spec{
        .id = "approve",
        .tone = approver_ ? ui::Tone::kGood : ui::Tone::kWarning,
        .words = approver_ ? ui.tr("sale.approved", {{"name", approver_->first_name}})
                           : ui.tr("sale.over_limit", {{"limit", limit}, {"share", share}}),
        .action = approver_ ? std::string_view() : ui.tr("sale.ask_now")};
    if (banner(ui, area.cut_top(banner_height(ui, spec, area.width())), spec)) {
        approval_.emplace(
            shell_,
            [this](std::string login, std::string password, auto done) {
                shell_.app.approve(std::move(login), std::move(password), std::move(done));
            },
            [this](Person person) { approver_ = std::move(person); });
    }
}

void SaleScreen::draw_payment(ui::Context& ui, ui::Area& page) {
    ui::GrowingCard sheet(ui, "sale_payment", page);
    ui::Area& area = sheet.area();
    label(ui, area.cut_top(44, ui::space::k8), ui.tr("sale.payment"), ui::Style::kTitle);
    std::vector<ui::Chip> methods;
    for (std::size_t i = 0; i < kMethods; ++i) {
        const std::string method(domain::kPaymentMethodNames[i]);
        methods.push_back({.id = ui.keep("method_" + method),
                           .label = ui.tr("payment.method." + method),
                           .selected = method_ == static_cast<domain::PaymentMethod>(i)});
    }
    if (const int tapped = chips(ui, area, methods); tapped >= 0)
        method_ = static_cast<domain::PaymentMethod>(tapped);
    area.skip(ui::space::k16);
    const std::string& error =
        ui.keep(trouble_field_ == "amount" ? ui.tr(trouble_) : std::string());
    const ui::Field amount{
        .id = "amount",
        .label = ui.tr("sale.amount"),
        .kind = ui::FieldKind::kMoney,
        .hint =
            ui.tr(method_ == domain::PaymentMethod::kCash ? "sale.cash_hint" : "sale.pending_hint"),
        .error = error,
        .prefix = base_terms_->currency};
    auto row = area.cut_top(field_height(amount)).columns(2, ui::space::k24);
    (void)text_field(ui, row[0], amount, amount_);
    (void)text_field(ui, row[1],
                     {.id = "reference", .label = ui.tr("sale.reference"), .max_bytes = 100},
                     reference_);
}

void SaleScreen::draw_totals(ui::Context& ui, ui::Area& page) {
    const ui::Area whole = page;
    ui::GrowingCard sheet(ui, "sale_totals", page);
    ui::Area& inside = sheet.area();
    const float picture = std::min(whole.width() / 2, 460.F);
    shell_.car_picture(ui, whole.with({whole.rect.x, whole.rect.y, whole.rect.w, picture}),
                       car_->images.empty() ? nullptr : &car_->images.front(),
                       ui.theme().radius_card, true);
    inside.skip(picture - ui::space::k16);
    label(ui, inside.cut_top(36), title_of(car_->car), ui::Style::kHeading);
    label(ui, inside.cut_top(30, ui::space::k12), "VIN " + car_->car.vin, ui::Style::kSmall,
          ui::Ink::kQuiet);
    const std::string& currency = base_terms_->currency;
    const auto line = [&](std::string_view what, std::int64_t minor, ui::Style style) {
        ui::Area row = inside.cut_top(line_height(ui, style) + 8);
        const std::string figure = money_of(ui, minor, currency);
        label(ui, row.cut_end(text_width(ui, figure, style) + 2, ui::space::k12), figure, style,
              ui::Ink::kInk, ui::Align::kEnd);
        label(ui, row, what, style, style == ui::Style::kBody ? ui::Ink::kQuiet : ui::Ink::kInk);
    };
    line(ui.tr("sale.car"), base_terms_->price_minor, ui::Style::kBody);
    if (sale_.discount_minor > 0)
        line(ui.tr("sale.discount"), -sale_.discount_minor, ui::Style::kBody);
    for (const auto& fee : base_terms_->fees)
        line(fee.name, fee.amount_minor, ui::Style::kBody);
    if (!terms_) return;
    for (const auto& tax : terms_->taxes) {
        if (tax.tax_minor == 0) continue;
        const char* key =
            terms_->prices_include_tax ? "document.tax_inside" : "document.tax_on_top";
        line(ui.tr(key, {{"name", tax.name}, {"rate", share_of(ui, tax.rate_bp)}}), tax.tax_minor,
             ui::Style::kBody);
    }
    inside.skip(ui::space::k8);
    divider(ui, inside.cut_top(8));
    line(ui.tr("sale.total"), terms_->total_minor, ui::Style::kTitle);
    std::int64_t paid = 0;
    for (const auto& payment : sale_.payments)
        paid += payment.amount_minor;
    if (paid > 0) line(ui.tr("sale.after"), terms_->total_minor - paid, ui::Style::kBodyStrong);
    label(ui, inside.cut_top(28),
          ui.tr("sale.commission", {{"amount", money_of(ui, terms_->commission_minor, currency)}}),
          ui::Style::kSmall, ui::Ink::kQuiet, ui::Align::kEnd);
}

void SaleScreen::draw_approval(ui::Context& ui) {
    if (!approval_) return;
    if (approver_) {
        approval_.reset();
        return;
    }
    ui::Modal sheet(ui, "approval", std::min(920.F, ui.screen().width() - 64), 620);
    label(ui, sheet.area().cut_top(56, ui::space::k16), ui.tr("sale.approver_title"),
          ui::Style::kTitle);
    approval_->draw(ui, sheet.area(), ui.tr("sale.approve"));
    if (sheet.dismissed()) approval_.reset();
}

void SaleScreen::record(ui::Context& ui) {
    const text::Strings& strings = ui.strings();
    if (!customer_.chosen())
        trouble_ = "sale.customer_missing";
    else if (over_limit() && sale_.discount_reason.empty())
        trouble_ = "sale.reason_missing";
    else if (approver_needed() && !approver_)
        trouble_ = "sale.approver_missing";
    if (!trouble_.empty() || !terms_ || recording_) {
        if (!trouble_.empty()) ui.toast(ui.tr(trouble_), ui::Tone::kWarning);
        return;
    }
    domain::Command draft;
    draft.name = "record_sale";
    draft.args = domain::to_json(sale_);
    draft.terms = domain::to_json(*terms_);
    recording_ = true;
    shell_.app.submit(draft, [this, &strings, alive = alive_.token()](Submitted answer) {
        if (alive.expired()) return;
        recording_ = false;
        const auto& outcome = answer.outcome;
        if (outcome.applied()) {
            shell_.app.drop_draft(kDraft);
            shell_.to_receipt(sale_id_);
            return;
        }
        refused_ = refusal_of(strings, outcome);
        approver_.reset();  // an approval counts for one try
        read_terms();       // what changed is shown
    });
}

base::Json SaleScreen::draft() const {
    return {{"car_id", car_id_.to_string()},
            {"customer_id", customer_.chosen() ? customer_.chosen()->id.to_string() : ""},
            {"discount", discount_},
            {"reason", reason_},
            {"method", static_cast<int>(method_)},
            {"amount", amount_},
            {"reference", reference_}};
}

void SaleScreen::take_draft(const base::Json& draft) {
    discount_ = base::text_member(draft, "discount");
    reason_ = base::text_member(draft, "reason");
    amount_ = base::text_member(draft, "amount");
    reference_ = base::text_member(draft, "reference");
    if (const auto id = base::Uuid::parse(base::text_member(draft, "customer_id")))
        customer_.choose(*id);
    if (draft.contains("method") && draft["method"].is_number_integer()) {
        const auto method = draft["method"].get<std::int64_t>();
        if (method >= 0 && method < static_cast<std::int64_t>(kMethods))
            method_ = static_cast<domain::PaymentMethod>(method);
    }
    kept_ = draft;
    on_disk_ = true;
}

void SaleScreen::keep_draft(ui::Context& ui) {
    if (!draft_read_ || recording_) return;
    const base::Json now = draft();
    if (now == kept_) {
        changed_at_ms_ = 0;
        return;
    }
    if (changed_at_ms_ == 0) changed_at_ms_ = ui.now_ms();
    if (ui.now_ms() - changed_at_ms_ < kKeepAfterMs) {
        ui.wake_at(changed_at_ms_ + kKeepAfterMs);
        return;
    }
    shell_.app.save_draft(kDraft, now);
    kept_ = now;
    on_disk_ = true;
    changed_at_ms_ = 0;
}

bool SaleScreen::draw_not_ready(ui::Context& ui, ui::Area page) {
    if (car_ && base_terms_) return false;
    if (!terms_read_) {
        skeleton(ui, page);
    } else if (empty_state(ui, page,
                           {.id = "gone",
                            .icon = ui::icons::kDirectionsCar,
                            .title = ui.tr("sale.not_for_sale"),
                            .words = ui.tr("sale.not_for_sale_hint"),
                            .action = ui.tr("bar.back")})) {
        shell_.navigator.pop();
    }
    return true;
}

void SaleScreen::draw_foot(ui::Context& ui, ui::Area area) {
    const ui::Button go{.id = "record_sale",
                        .label = ui.tr(recording_ ? "sale.recording" : "sale.record"),
                        .icon = ui::icons::kCheck,
                        .kind = ui::ButtonKind::kPrimary,
                        .enabled = !recording_};
    if (button(ui,
               area.cut_end(std::min(area.width(), ui.portrait() ? 420.F : 520.F), ui::space::k24),
               go))
        record(ui);
    if (!on_disk_) return;
    ui::icon(ui, area.cut_start(28, ui::space::k12), ui::icons::kCheckCircle, 24, ui::Ink::kGood);
    label(ui, area, ui.tr("sale.draft_kept"), ui::Style::kBody, ui::Ink::kQuiet);
}

void SaleScreen::draw(ui::Context& ui) {
    ui::Area page = ui.screen();
    ui.painter().fill(page.rect, ui.color().ground);
    shell_.bar(ui, page, true);
    if (!shell_.app.person()) {
        shell_.to_browse();
        return;
    }
    page = page.padded(ui.portrait() ? ui::space::k32 : ui::space::k48, ui::space::k24);
    if (std::exchange(fresh_, false)) scroll_to(ui, "sale", 0);
    if (draw_not_ready(ui, page)) return;
    reckon();
    const ui::Area foot = page.cut_bottom(72, ui::space::k16);
    if (!refused_.empty()) {
        const ui::Banner spec{.id = "refused",
                              .tone = ui::Tone::kDanger,
                              .words = refused_,
                              .action = ui.tr("ui.close")};
        if (banner(ui, page.cut_top(banner_height(ui, spec, page.width()), ui::space::k16), spec))
            refused_.clear();
    }
    if (!ui.portrait()) {
        ui::ScrollView side(ui, "totals", page.cut_end(520, ui::space::k32));
        draw_totals(ui, side.area());
    }
    {
        ui::ScrollView view(ui, "sale", page);
        draw_customer(ui, view.area());
        draw_price(ui, view.area());
        draw_payment(ui, view.area());
        if (ui.portrait()) draw_totals(ui, view.area());
    }
    draw_foot(ui, foot);
    draw_approval(ui);
    keep_draft(ui);
}

}  // namespace showfloor::terminal
