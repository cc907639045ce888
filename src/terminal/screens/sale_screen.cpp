#include "terminal/screens/sale_screen.hpp"

#include <array>

#include "base/random.hpp"
#include "domain/money.hpp"
#include "text/format.hpp"
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
        if (draft && base::text_member(*draft, "car_id") == car_id_.to_string())
            take_draft(*draft);
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
            if (!alive.expired()) base_terms_ = *terms;
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
    if (amount < 0) bad("amount", "sale.bad_amount");
    else if (amount > terms.total_minor) bad("amount", "sale.over_total");
    else if (amount > 0) sale_.payments.push_back({method_, amount, reference_});
    terms_ = std::move(terms);
}

void SaleScreen::draw_price(ui::Context& ui, ui::Area area) {
    label(ui, area.cut_top(48, ui::space::k8), ui.tr("sale.price"), ui::Style::kTitle);
    const std::string currency = base_terms_->currency;
    const std::string share =
        sale_.discount_minor > 0 ? text::percent(ui.locale(), discount_bp(), 2) : std::string();
    const std::string error = trouble_field_ == "discount" ? ui.tr(trouble_) : std::string();
    const ui::Field field{.id = "discount", .label = ui.tr("sale.discount"),
                          .kind = ui::FieldKind::kMoney, .error = error, .prefix = currency,
                          .suffix = share};
    auto row = area.cut_top(field_height(field), ui::space::k16).columns(2, ui::space::k24);
    std::string list_price = money_of(ui, base_terms_->price_minor, currency);
    text_field(ui, row[0],
               {.id = "list_price", .label = ui.tr("sale.list_price"), .enabled = false},
               list_price);
    if (text_field(ui, row[1], field, discount_).changed) approver_.reset();
    if (sale_.discount_minor == 0) return;
    label(ui, area.cut_top(32, ui::space::k4), ui.tr("sale.reason"), ui::Style::kSmall,
          ui::Ink::kQuiet);
    std::vector<std::string> words, ids;
    std::vector<ui::Chip> reasons;
    for (const char* reason : kReasons) {
        words.push_back(ui.tr(std::string("sale.reason_") + reason));
        ids.push_back(std::string("reason_") + reason);
    }
    for (std::size_t i = 0; i < kReasons.size(); ++i)
        reasons.push_back({.id = ids[i], .label = words[i], .selected = reason_ == words[i]});
    if (const int tapped = chips(ui, area, reasons); tapped >= 0)
        reason_ = words[static_cast<std::size_t>(tapped)];
    if (!over_limit()) return;
    area.skip(ui::space::k12);
    const std::string limit = text::percent(ui.locale(), base_terms_->discount_limit_bp, 2);
    const std::string said =
        approver_ ? ui.tr("sale.approved", {{"name", approver_->first_name}})
                  : ui.tr("sale.over_limit", {{"limit", limit}, {"share", share}});
    const std::string ask = approver_ ? std::string() : ui.tr("sale.ask_now");
    const ui::Banner spec{.id = "approve",
                          .tone = approver_ ? ui::Tone::kGood : ui::Tone::kWarning,
                          .words = said, .action = ask};
    if (banner(ui, area.cut_top(banner_height(ui, spec, area.width())), spec)) {
        approval_.emplace(
            shell_,
            [this](std::string login, std::string password, auto done) {
                shell_.app.approve(std::move(login), std::move(password), std::move(done));
            },
            [this](Person person) { approver_ = std::move(person); });
    }
}

void SaleScreen::draw_payment(ui::Context& ui, ui::Area area) {
    label(ui, area.cut_top(48, ui::space::k8), ui.tr("sale.payment"), ui::Style::kTitle);
    std::vector<std::string> words, ids;
    std::vector<ui::Chip> methods;
    for (std::size_t i = 0; i < kMethods; ++i) {
        const std::string method(domain::kPaymentMethodNames[i]);
        words.push_back(ui.tr("payment.method." + method));
        ids.push_back("method_" + method);
    }
    for (std::size_t i = 0; i < kMethods; ++i) {
        methods.push_back({.id = ids[i], .label = words[i],
                           .selected = method_ == static_cast<domain::PaymentMethod>(i)});
    }
    if (const int tapped = chips(ui, area, methods); tapped >= 0)
        method_ = static_cast<domain::PaymentMethod>(tapped);
    area.skip(ui::space::k16);
    const std::string error = trouble_field_ == "amount" ? ui.tr(trouble_) : std::string();
    const std::string hint = method_ == domain::PaymentMethod::kCash
                                 ? ui.tr("sale.cash_hint") : ui.tr("sale.pending_hint");
    const ui::Field amount{.id = "amount", .label = ui.tr("sale.amount"),
                           .kind = ui::FieldKind::kMoney, .hint = hint, .error = error,
                           .prefix = base_terms_->currency};
    auto row = area.cut_top(field_height(amount)).columns(2, ui::space::k24);
    text_field(ui, row[0], amount, amount_);
    text_field(ui, row[1], {.id = "reference", .label = ui.tr("sale.reference"), .max_bytes = 100},
               reference_);
}

void SaleScreen::draw_totals(ui::Context& ui, ui::Area area) {
    const ui::Area top = area.cut_top(std::min(area.width() * 10 / 16, 320.F));
    shell_.car_picture(ui, top, car_->images.empty() ? nullptr : &car_->images.front(), false,
                       ui.theme().radius_card, true);
    ui::Area inside = area.padded(ui::space::k32, ui::space::k24);
    label(ui, inside.cut_top(36), title_of(car_->car), ui::Style::kHeading);
    label(ui, inside.cut_top(30, ui::space::k12), "VIN " + car_->car.vin, ui::Style::kSmall,
          ui::Ink::kQuiet);
    const std::string& currency = base_terms_->currency;
    const auto line = [&](std::string_view what, std::int64_t minor, ui::Style style) {
        ui::Area row = inside.cut_top(line_height(ui, style) + 12);
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
        const char* key =
            terms_->prices_include_tax ? "document.tax_inside" : "document.tax_on_top";
        line(ui.tr(key, {{"name", tax.name},
                         {"rate", text::percent(ui.locale(), tax.rate_bp, 2)}}),
             tax.tax_minor, ui::Style::kBody);
    }
    inside.skip(ui::space::k8);
    divider(ui, inside.cut_top(8));
    line(ui.tr("sale.total"), terms_->total_minor, ui::Style::kTitle);
    std::int64_t paid = 0;
    for (const auto& payment : sale_.payments) paid += payment.amount_minor;
    if (paid > 0) line(ui.tr("sale.after"), terms_->total_minor - paid, ui::Style::kBodyStrong);
    label(ui, inside.cut_top(32),
          ui.tr("sale.commission",
                {{"amount", money_of(ui, terms_->commission_minor, currency)}}),
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
    if (!customer_.chosen()) trouble_ = "sale.customer_missing";
    else if (over_limit() && sale_.discount_reason.empty()) trouble_ = "sale.reason_missing";
    else if (over_limit() && !approver_) trouble_ = "sale.approver_missing";
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
        const std::string key = "refusal." + std::string(domain::name_of(outcome.code));
        refused_ = outcome.failure     ? outcome.failure->message
                   : strings.has(key) ? strings.get(key)
                                      : std::string(domain::sentence_of(outcome.code));
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
    changed_at_ms_ = 0;
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
    if (!car_ || !base_terms_) {
        skeleton(ui, page);
        return;
    }
    reckon();
    ui::Area foot = page.cut_bottom(72, ui::space::k16);
    if (!refused_.empty()) {
        const ui::Banner spec{.id = "refused", .tone = ui::Tone::kDanger, .words = refused_,
                              .action = ui.tr("ui.close")};
        if (banner(ui, page.cut_top(banner_height(ui, spec, page.width()), ui::space::k16), spec))
            refused_.clear();
    }
    {
        ui::Area side = page;
        if (!ui.portrait()) side = page.cut_end(520, ui::space::k32);
        ui::ScrollView view(ui, "sale", page);
        ui::Area& body = view.area();
        customer_.draw(ui, card(ui, body.cut_top(customer_.chosen() ? 190.F : 480.F,
                                                 ui::space::k24), ui::space::k32));
        draw_price(ui, card(ui, body.cut_top(over_limit()               ? 440.F
                                             : sale_.discount_minor > 0 ? 350.F : 250.F,
                                             ui::space::k24), ui::space::k32));
        draw_payment(ui, card(ui, body.cut_top(380, ui::space::k24), ui::space::k32));
        if (ui.portrait()) side = body.cut_top(820, ui::space::k24);
        card(ui, side, 0);
        draw_totals(ui, side);
    }
    const ui::Button go{.id = "record_sale", .label = ui.tr("sale.record"),
                        .icon = ui::icons::kCheck, .kind = ui::ButtonKind::kPrimary,
                        .enabled = !recording_};
    if (button(ui, foot.cut_end(std::min(foot.width(), 420.F), ui::space::k24), go)) record(ui);
    const std::string draft_words = kept_.empty() ? std::string() : ui.tr("sale.draft_kept");
    label(ui, foot, draft_words, ui::Style::kBody, ui::Ink::kQuiet);
    draw_approval(ui);
    keep_draft(ui);
}

}  // namespace showfloor::terminal
