#include "central/mail/mailer.hpp"

#include <algorithm>
#include <cstdlib>

#include "base/log.hpp"
#include "central/mail/limits.hpp"
#include "central/mail/mail_queue.hpp"
#include "central/papers.hpp"
#include "central/words.hpp"
#include "domain/money.hpp"
#include "domain/records.hpp"
#include "domain/records_goods.hpp"
#include "domain/records_orders.hpp"
#include "domain/records_workshop.hpp"
#include "storage/sqlite_world.hpp"
#include "text/bidi.hpp"
#include "text/format.hpp"
#include "text/zone.hpp"

namespace showfloor::central {

namespace {

using base::ErrorKind;
using database::Cell;

constexpr std::size_t kMaxSecretBytes = 4096;

base::Error nobody() {
    return base::fail(ErrorKind::kNotFound, "There is nobody to write to.", "no_recipient");
}

// All that the words of a letter may name; what a kind has no use for stays empty.
struct Facts {
    std::string name, address, locale;
    domain::Branch branch;
    std::string login, secret, when, from_where, number, car, amount, balance, method, seller;
    std::string items, delivery, file_name;
    std::optional<std::string> pdf;
};

std::string amount_text(const text::Locale& locale, std::int64_t minor,
                        const std::string& currency) {
    return text::money(locale, minor, currency, domain::minor_digits(currency).value_or(2),
                       text::MinorDigits::kAlways);
}

// "UTC+3", "UTC−3:30": what everybody can reckon with, wherever the letter is read.
std::string zone_name(int offset_minutes) {
    constexpr int kHour = 60;
    if (offset_minutes == 0) return "UTC";
    const int away = std::abs(offset_minutes);
    std::string name = offset_minutes < 0 ? "UTC−" : "UTC+";
    name += std::to_string(away / kHour);
    const int rest = away % kHour;
    if (rest != 0) name += (rest < 10 ? ":0" : ":") + std::to_string(rest);
    return name;
}

std::string moment(const text::Locale& locale, base::UtcMs at, const std::string& zone) {
    const int offset = text::utc_offset_minutes(zone, at);
    const auto time = text::civil_time(at, offset);
    return text::date(locale, time) + " " + text::time_of_day(time) + " (" + zone_name(offset) +
           ")";
}

// The branch's; the dealer's, which is its first branch's, for who belongs to none.
std::string zone_of(domain::World& world, const domain::Branch& branch) {
    if (!branch.time_zone.empty()) return branch.time_zone;
    const auto first = world.find<domain::Branch>(
        {.where = {{"archived", std::int64_t{0}}}, .order_by = "created_at", .limit = 1});
    return first.empty() ? std::string() : first.front().time_zone;
}

Recipient recipient_named(std::string_view name) {
    const auto found = std::find(kRecipientNames.begin(), kRecipientNames.end(), name);
    return found == kRecipientNames.end() ? Recipient::kUser
                                          : static_cast<Recipient>(found - kRecipientNames.begin());
}

// A supplier belongs to no branch: the one that orders writes, in the language of the supplier's
// login or else its own.
base::Result<void> read_supplier(domain::World& world, const base::Uuid& id,
                                 const base::Uuid& order_id, Facts& facts) {
    const auto supplier = world.get<domain::Supplier>(id);
    const auto order = world.get<domain::IncomingOrder>(order_id);
    if (!supplier || supplier->archived || supplier->email.empty() || !order) return nobody();
    facts.name = supplier->name;
    facts.address = supplier->email;
    if (const auto user = world.get<domain::User>(supplier->user_id)) facts.locale = user->locale;
    if (auto branch = world.get<domain::Branch>(order->branch_id))
        facts.branch = *std::move(branch);
    if (facts.locale.empty()) facts.locale = facts.branch.locale;
    return {};
}

base::Result<void> read_recipient(domain::World& world, Recipient recipient, const base::Uuid& id,
                                  const base::Uuid& record_id, Facts& facts) {
    if (recipient == Recipient::kSupplier) return read_supplier(world, id, record_id, facts);
    base::Uuid branch_id;
    if (recipient == Recipient::kCustomer) {
        auto customer = world.get<domain::Customer>(id);
        if (!customer || customer->archived) return nobody();
        facts.name = customer->first_name.empty() && customer->last_name.empty()
                         ? customer->company_name
                         : customer->first_name + " " + customer->last_name;
        facts.address = customer->email;
        branch_id = customer->branch_id;
        if (const auto seller = world.get<domain::User>(customer->seller_id))
            facts.seller = seller->first_name + " " + seller->last_name;
    } else {
        auto user = world.get<domain::User>(id);
        if (!user || user->archived || user->status != domain::UserStatus::kActive) return nobody();
        facts.name = user->first_name + " " + user->last_name;
        facts.address = user->email;
        facts.login = user->username;
        facts.locale = user->locale;
        branch_id = user->branch_id;
    }
    if (facts.address.empty()) return nobody();
    if (auto branch = world.get<domain::Branch>(branch_id)) facts.branch = *std::move(branch);
    if (facts.locale.empty()) facts.locale = facts.branch.locale;
    return {};
}

base::Result<void> read_invoice(domain::World& world, const domain::Invoice& invoice,
                                const text::Locale& locale, Facts& facts) {
    facts.number = invoice.number;
    facts.amount = amount_text(locale, invoice.total_amount_minor, invoice.currency);
    facts.balance = amount_text(locale, invoice.balance_minor, invoice.currency);
    if (const auto sale = world.get<domain::Sale>(invoice.sale_id)) {
        if (const auto car = world.get<domain::Car>(sale->car_id))
            facts.car = std::to_string(car->year) + " " + car->make + " " + car->model;
    }
    return {};
}

base::Result<void> read_ticket(const Store& store, domain::World& world, const base::Uuid& id,
                               const text::Locale& locale, Facts& facts) {
    const auto ticket = world.get<domain::ServiceTicket>(id);
    if (!ticket) return nobody();
    facts.amount = facts.balance = amount_text(locale, 0, ticket->currency);
    if (const auto invoice = world.get<domain::Invoice>(ticket->invoice_id)) {
        SHOWFLOOR_TRY(read_invoice(world, *invoice, locale, facts));
        SHOWFLOOR_ASSIGN(facts.pdf, invoice_paper(store, world, *invoice));
    }
    const domain::Car car = car_of_ticket(world, *ticket);
    facts.car =
        car.year == 0 ? car.model : std::to_string(car.year) + " " + car.make + " " + car.model;
    return {};
}

// "2 x Oil filter", line by line.
std::string items_of(const std::vector<domain::OrderLine>& lines) {
    std::string items;
    for (const auto& line : lines)
        items +=
            (items.empty() ? "" : "\n") + std::to_string(line.quantity) + " x " + line.description;
    return items;
}

base::Result<void> read_outgoing(domain::World& world, const base::Uuid& id,
                                 const text::Locale& locale, Facts& facts) {
    const auto order = world.get<domain::OutgoingOrder>(id);
    if (!order) return nobody();
    facts.items = items_of(order->lines);
    facts.amount = amount_text(locale, order->total_minor, order->currency);
    return {};
}

base::Result<void> read_order_invoice(const Store& store, domain::World& world,
                                      const base::Uuid& id, const text::Locale& locale,
                                      Facts& facts) {
    const auto invoice = world.get<domain::Invoice>(id);
    if (!invoice) return nobody();
    SHOWFLOOR_TRY(read_outgoing(world, invoice->order_id, locale, facts));
    SHOWFLOOR_TRY(read_invoice(world, *invoice, locale, facts));
    SHOWFLOOR_ASSIGN(facts.pdf, invoice_paper(store, world, *invoice));
    return {};
}

base::Result<void> read_incoming(domain::World& world, const base::Uuid& id,
                                 const text::Locale& locale, Facts& facts) {
    const auto order = world.get<domain::IncomingOrder>(id);
    const auto product =
        order ? world.get<domain::Product>(order->product_id) : std::optional<domain::Product>();
    if (!product) return nobody();
    facts.items =
        std::to_string(order->quantity) + " x " + product->name + " (" + product->sku + ")";
    if (!order->batch_number.empty()) facts.items += "\n" + order->batch_number;
    facts.amount = amount_text(locale, order->total_cost_minor, order->currency);
    const int offset = text::utc_offset_minutes(zone_of(world, facts.branch), order->supply_date);
    facts.delivery = order->supply_date == 0
                         ? "-"
                         : text::date(locale, text::civil_time(order->supply_date, offset));
    return {};
}

// What the letter is about; kNotFound when that is gone.
base::Result<void> read_subject(const Store& store, domain::World& world, const std::string& kind,
                                const base::Uuid& id, const text::Strings& words, Facts& facts) {
    const text::Locale& locale = words.locale();
    if (kind == "invoice") {
        const auto invoice = world.get<domain::Invoice>(id);
        if (!invoice) return nobody();
        SHOWFLOOR_TRY(read_invoice(world, *invoice, locale, facts));
        SHOWFLOOR_ASSIGN(facts.pdf, invoice_paper(store, world, *invoice));
    } else if (kind == "receipt") {
        const auto receipt = world.get<domain::Receipt>(id);
        if (!receipt) return nobody();
        facts.number = receipt->number;
        facts.amount = amount_text(locale, receipt->amount_paid_minor, receipt->currency);
        facts.balance = amount_text(locale, receipt->balance_after_minor, receipt->currency);
        SHOWFLOOR_ASSIGN(facts.pdf, receipt_paper(store, world, *receipt, documents::Paper::kA4));
    } else if (kind == "order") {
        SHOWFLOOR_TRY(read_order_invoice(store, world, id, locale, facts));
    } else if (kind == "order_noted" || kind == "order_cancelled") {
        SHOWFLOOR_TRY(read_outgoing(world, id, locale, facts));
    } else if (kind == "supplier_order" || kind == "supplier_order_cancelled") {
        SHOWFLOOR_TRY(read_incoming(world, id, locale, facts));
    } else if (kind == "ticket_done") {
        SHOWFLOOR_TRY(read_ticket(store, world, id, locale, facts));
    } else if (kind == "payment_noted" || kind == "payment_failed") {
        const auto payment = world.get<domain::Payment>(id);
        if (!payment) return nobody();
        if (const auto invoice = world.get<domain::Invoice>(payment->invoice_id))
            SHOWFLOOR_TRY(read_invoice(world, *invoice, locale, facts));
        facts.amount = amount_text(locale, payment->amount_minor, payment->currency);
        facts.method = words.get(
            "method." +
            std::string(domain::kPaymentMethodNames[static_cast<std::size_t>(payment->method)]));
    }
    if (facts.pdf) facts.file_name = facts.number + ".pdf";
    return {};
}

std::string domain_of(const std::string& address) {
    return address.substr(address.find('@') + 1);
}

}  // namespace

Mailer::Mailer(CommandProcessor& processor, const crypto::Key256& key, const MailSettings& settings,
               const base::Clock& clock, Send send)
    : processor_(processor),
      key_(key),
      settings_(settings),
      clock_(clock),
      send_(std::move(send)) {}

base::Result<void> Mailer::release_claims() {
    SHOWFLOOR_ASSIGN(auto batch, processor_.batch(clock_.wall()));
    SHOWFLOOR_TRY(
        batch.connection().run("UPDATE mail SET claimed = 0, next_at = ?1 "
                               "WHERE state = 'waiting' AND claimed = 1",
                               {Cell(batch.now())}));
    return batch.commit();
}

base::Result<std::optional<Mailer::Claimed>> Mailer::claim() {
    const base::UtcMs now = clock_.wall();
    constexpr std::string_view kDue =
        "SELECT id, kind, recipient, recipient_id, record_id, sealed, queued_at, attempts, "
        "expires_at FROM mail WHERE state = 'waiting' AND next_at <= ?1 ORDER BY next_at LIMIT 1";
    {
        // Most looks find nothing: they must not take the writer.
        SHOWFLOOR_ASSIGN(auto reader, processor_.store().reader());
        SHOWFLOOR_ASSIGN(const auto due, reader.connection().rows(kDue, {Cell(now)}));
        if (due.empty()) return std::optional<Claimed>();
    }
    SHOWFLOOR_ASSIGN(auto batch, processor_.batch(now));
    SHOWFLOOR_ASSIGN(auto statement, batch.connection().prepare(kDue));
    statement.bind(1, now);
    SHOWFLOOR_ASSIGN(const bool found, statement.step());
    if (!found) return std::optional<Claimed>();
    Claimed mail;
    mail.id = base::Uuid::parse(statement.text(0)).value_or(base::Uuid{});
    mail.kind = statement.text(1);
    mail.recipient = recipient_named(statement.text(2));
    mail.recipient_id = base::Uuid::parse(statement.text(3)).value_or(base::Uuid{});
    mail.record_id = base::Uuid::parse(statement.text(4)).value_or(base::Uuid{});
    if (!statement.is_null(5)) {
        auto plain = crypto::open(key_, statement.bytes(5), base::as_bytes(mail_place(mail.id)));
        if (plain) {
            SHOWFLOOR_ASSIGN(mail.secret, base::parse_json(base::as_text(*plain), kMaxSecretBytes));
            crypto::wipe(*plain);
        }
    }
    mail.queued_at = statement.integer(6);
    mail.attempts = statement.integer(7) + 1;
    const std::int64_t expires_at = statement.integer(8);
    statement.reset();
    if (expires_at != 0 && expires_at <= now) {
        SHOWFLOOR_TRY(batch.connection().run(
            "UPDATE mail SET state = 'dropped', sealed = NULL, last_error = 'expired' "
            "WHERE id = ?1",
            {Cell(mail.id.to_string())}));
        mail.id = {};
    } else {
        SHOWFLOOR_TRY(batch.connection().run(
            "UPDATE mail SET claimed = 1, attempts = ?2, next_at = ?3 WHERE id = ?1",
            {Cell(mail.id.to_string()), Cell(mail.attempts), Cell(now + kMailClaimMs)}));
    }
    SHOWFLOOR_TRY(batch.commit());
    return std::optional(std::move(mail));
}

base::Result<void> Mailer::settle(const Claimed& mail, const base::Result<void>& outcome) {
    const base::UtcMs now = clock_.wall();
    SHOWFLOOR_ASSIGN(auto batch, processor_.batch(now));
    const Cell id(mail.id.to_string());
    if (outcome) {
        SHOWFLOOR_TRY(batch.connection().run(
            "UPDATE mail SET state = 'sent', claimed = 0, sealed = NULL, sent_at = ?2, "
            "last_error = '' WHERE id = ?1",
            {id, Cell(now)}));
        return batch.commit();
    }
    const base::Error& error = outcome.error();
    std::string state = "waiting";
    if (error.kind == ErrorKind::kNotFound && error.code == "no_recipient")
        state = "dropped";
    else if (error.kind == ErrorKind::kRefused || error.kind == ErrorKind::kInvalid ||
             now - mail.queued_at > kMailTriedForMs)
        state = "stuck";
    const auto step = std::min<std::size_t>(
        static_cast<std::size_t>(std::max<std::int64_t>(mail.attempts - 1, 0)),
        kMailRetryMs.size() - 1);
    const std::int64_t wait = error.code == "stopped" ? 0 : kMailRetryMs[step];
    SHOWFLOOR_TRY(batch.connection().run(
        "UPDATE mail SET state = ?2, claimed = 0, next_at = ?3, last_error = ?4, "
        "sealed = CASE ?2 WHEN 'dropped' THEN NULL ELSE sealed END WHERE id = ?1",
        {id, Cell(state), Cell(now + wait),
         Cell(error.code.empty() ? std::string("not_written") : error.code)}));
    base::log(state == "stuck" ? base::LogLevel::kError : base::LogLevel::kWarning, "mail",
              {{"id", mail.id.to_string()},
               {"kind", mail.kind},
               {"state", state},
               {"reason", error.message}});
    return batch.commit();
}

base::Result<net::Letter> Mailer::write(const Claimed& mail) {
    SHOWFLOOR_ASSIGN(auto reader, processor_.store().reader());
    storage::SqliteWorld world(reader.connection());
    Facts facts;
    SHOWFLOOR_TRY(read_recipient(world, mail.recipient, mail.recipient_id, mail.record_id, facts));
    SHOWFLOOR_ASSIGN(const text::Strings* words, words_or_english("emails", facts.locale));
    SHOWFLOOR_TRY(
        read_subject(processor_.store(), world, mail.kind, mail.record_id, *words, facts));
    const std::string when = moment(words->locale(), mail.queued_at, zone_of(world, facts.branch));
    if (world.failure()) return *world.failure();
    const std::string dealer = facts.branch.name.empty() ? settings_.from_name : facts.branch.name;
    const std::string secret = base::text_member(mail.secret, "secret");
    const std::string place = base::text_member(mail.secret, "address");
    const std::string phone = facts.branch.phone;
    const auto fill = [&](const std::string& key) {
        return words->get(key, {{"name", facts.name},
                                {"dealer", dealer},
                                {"phone", phone},
                                {"login", facts.login},
                                {"secret", secret},
                                {"when", when},
                                {"address", place},
                                {"number", facts.number},
                                {"car", facts.car},
                                {"amount", facts.amount},
                                {"balance", facts.balance},
                                {"method", facts.method},
                                {"items", facts.items},
                                {"delivery", facts.delivery},
                                {"seller", facts.seller}});
    };
    net::Letter letter;
    letter.message_id = mail.id.to_string() + "@" + domain_of(settings_.from);
    letter.from = settings_.from;
    letter.from_name = settings_.from_name.empty() ? dealer : settings_.from_name;
    letter.to = facts.address;
    // Without isolates: codes, names to sign in with and numbers are copied out of letters, and
    // what nobody sees would be copied with them.
    letter.subject = text::without_isolates(fill(mail.kind + ".subject"));
    letter.text =
        text::without_isolates(fill("greeting") + "\n\n" + fill(mail.kind + ".body") + "\n\n" +
                               fill(phone.empty() ? "closing" : "closing.phone") + "\n");
    letter.date_ms = mail.queued_at;
    if (facts.pdf)
        letter.attachments.push_back({facts.file_name, "application/pdf", *std::move(facts.pdf)});
    return letter;
}

base::Result<int> Mailer::run_due(const std::function<bool()>& go_on) {
    int sent = 0;
    for (int i = 0; i < kMailAtOnce && go_on(); ++i) {
        SHOWFLOOR_ASSIGN(const auto mail, claim());
        if (!mail) break;
        if (mail->id.is_nil()) continue;
        auto letter = write(*mail);
        const base::Result<void> outcome =
            letter ? send_(*letter) : base::Result<void>(letter.error());
        SHOWFLOOR_TRY(settle(*mail, outcome));
        if (outcome) ++sent;
        // The server is away: the others wait for their own turn, this round is over.
        else if (letter && outcome.error().kind == ErrorKind::kUnreachable &&
                 outcome.error().code != "refused_for_now")
            break;
    }
    return sent;
}

}  // namespace showfloor::central
