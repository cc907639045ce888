#include "checks.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <set>

#include "central/feed.hpp"
#include "domain/promotions.hpp"
#include "domain/records.hpp"
#include "domain/records_goods.hpp"
#include "domain/records_orders.hpp"
#include "domain/records_workshop.hpp"
#include "domain/transitions.hpp"
#include "storage/schema.hpp"
#include "storage/sqlite_world.hpp"

namespace showfloor::testing {

namespace {

using domain::Description;

template <typename T>
T must(base::Result<T> result) {
    if (!result) FAIL(result.error().message);
    return std::move(result).value();
}

std::int64_t number(const database::Cell& cell) {
    const auto* value = std::get_if<std::int64_t>(&cell);
    return value == nullptr ? 0 : *value;
}

template <typename T>
std::vector<T> all(database::Connection& connection) {
    storage::SqliteWorld world(connection);
    auto rows = world.find<T>({.limit = 100'000});
    REQUIRE_FALSE(world.failure().has_value());
    return rows;
}

}  // namespace

void check_settled_once(Dealership& central, std::vector<Done>& done) {
    auto reader = must(central.store().reader());
    std::erase_if(done, [&](const Done& one) {
        const auto rows = must(
            reader.connection().rows("SELECT outcome, code FROM command_log WHERE command_id = ?1",
                                     {one.command_id.to_string()}));
        INFO(one.name << " " << one.command_id.to_string());
        REQUIRE(rows.size() == 1);
        const auto& outcome = std::get<std::string>(rows[0][0]);
        INFO("settled as " << outcome << " " << std::get<std::string>(rows[0][1]));
        const bool refused = one.may_be_refused && outcome == "refused";
        CHECK((outcome == "applied" || outcome == "disputed" || refused));
        return refused;
    });
}

void check_kept_word(Dealership& central, const std::vector<Done>& done) {
    auto reader = must(central.store().reader());
    storage::SqliteWorld world(reader.connection());
    std::map<base::Uuid, std::int64_t> paid;
    for (const Done& one : done) {
        if (one.sale_id.is_nil()) continue;
        paid[one.sale_id] += one.paid_minor;
        if (one.name != "record_sale") continue;
        const auto sale = world.get<domain::Sale>(one.sale_id);
        REQUIRE(sale.has_value());
        CHECK(sale->total_minor == one.total_minor);
        const auto invoice = world.get<domain::Invoice>(sale->invoice_id);
        REQUIRE(invoice.has_value());
        CHECK(invoice->total_amount_minor == one.total_minor);
        // Papers made anew for another car leave the credited ones behind.
        const auto invoices =
            world.find<domain::Invoice>({.where = {{"sale_id", one.sale_id.to_string()}}});
        const auto stand = std::count_if(invoices.begin(), invoices.end(), [](const auto& each) {
            return each.credited_minor < each.total_amount_minor;
        });
        CHECK(stand <= 1);
        CHECK((stand == 1 || invoice->credited_minor >= invoice->total_amount_minor));
    }
    for (const auto& [sale_id, minor] : paid) {
        std::int64_t there = 0;
        for (const auto& payment : world.find<domain::Payment>(
                 {.where = {{"sale_id", sale_id.to_string()}}, .limit = 1000})) {
            // A credited deposit was paid for the reservation.
            if (payment.reservation_id.is_nil()) there += payment.amount_minor;
        }
        INFO("sale " << sale_id.to_string());
        CHECK(there == minor);
    }
}

void check_promotions(Dealership& central, const std::vector<Done>& done, Promoted& seen) {
    auto reader = must(central.store().reader());
    storage::SqliteWorld world(reader.connection());
    for (const Done& one : done) {
        if (one.name != "record_sale") continue;
        const auto sale = world.get<domain::Sale>(one.sale_id);
        REQUIRE(sale.has_value());
        INFO("sale " << one.sale_id.to_string());
        std::multiset<std::int64_t> lines, shown;
        for (const auto& line : world.find<domain::InvoiceLine>(
                 {.where = {{"invoice_id", sale->invoice_id.to_string()}}})) {
            if (line.kind == domain::LineKind::kDiscount) lines.insert(-line.amount_minor);
        }
        REQUIRE(sale->promotions.size() == one.promotions.size());
        for (std::size_t i = 0; i < one.promotions.size(); ++i) {
            const domain::GivenPromotion& given = sale->promotions[i];
            CHECK(given.promotion_id == one.promotions[i].promotion_id);
            CHECK(given.name == one.promotions[i].name);
            CHECK(given.amount_minor == one.promotions[i].amount_minor);
            shown.insert(one.promotions[i].amount_minor);
            ++seen.given;
            // One that a restore lost is nowhere now.
            const auto now = world.get<domain::Promotion>(given.promotion_id);
            if (!now || now->archived || !now->active ||
                domain::amount_of(*now, sale->price_minor) != given.amount_minor)
                ++seen.changed;
        }
        CHECK(lines == shown);
        const auto& reviews = sale->reviews;
        if (std::find(reviews.begin(), reviews.end(), "promotion_not_applicable") != reviews.end())
            ++seen.flagged;
    }
}

void check_deposits_and_orders(Dealership& central, const std::vector<Done>& done) {
    auto reader = must(central.store().reader());
    storage::SqliteWorld world(reader.connection());
    std::map<base::Uuid, std::int64_t> deposits, of_orders;
    for (const Done& one : done) {
        if (!one.reservation_id.is_nil()) deposits[one.reservation_id] += one.deposit_minor;
        if (!one.order_id.is_nil()) of_orders[one.order_id] += one.paid_minor;
        if (one.name != "record_counter_sale") continue;
        const auto order = world.get<domain::OutgoingOrder>(one.order_id);
        REQUIRE(order.has_value());
        CHECK(order->total_minor == one.total_minor);
        CHECK(
            world.find<domain::Invoice>({.where = {{"order_id", order->id.to_string()}}}).size() ==
            1);
    }
    const auto sum_of = [&](std::string_view link, const base::Uuid& id) {
        std::int64_t sum = 0;
        for (const auto& payment :
             world.find<domain::Payment>({.where = {{link, id.to_string()}}, .limit = 1000}))
            sum += payment.amount_minor;
        return sum;
    };
    for (const auto& [id, minor] : deposits) {
        INFO("reservation " << id.to_string());
        REQUIRE(world.get<domain::Reservation>(id).has_value());
        CHECK(sum_of("reservation_id", id) == minor);
    }
    for (const auto& [id, minor] : of_orders) {
        INFO("order " << id.to_string());
        const auto order = world.get<domain::OutgoingOrder>(id);
        REQUIRE(order.has_value());
        CHECK(sum_of("invoice_id", order->invoice_id) == minor);
    }
}

void check_one_reservation_a_car(Dealership& central) {
    auto reader = must(central.store().reader());
    storage::SqliteWorld world(reader.connection());
    std::set<base::Uuid> kept;
    for (const auto& one : all<domain::Reservation>(reader.connection())) {
        INFO("reservation " << one.id.to_string());
        if (one.status == domain::ReservationStatus::kActive) CHECK(kept.insert(one.car_id).second);
        const bool fulfilled = one.status == domain::ReservationStatus::kFulfilled;
        CHECK(fulfilled == !one.sale_id.is_nil());
    }
    for (const auto& car : all<domain::Car>(reader.connection())) {
        INFO("car " << car.id.to_string());
        CHECK(kept.contains(car.id) == (car.availability == domain::Availability::kReserved));
    }
}

void check_goods(Dealership& central) {
    auto reader = must(central.store().reader());
    std::map<base::Uuid, std::int64_t> moved, out;  // by batch; by branch
    std::map<base::Uuid, std::int64_t> came, here;  // received, counted; in stock
    for (const auto& movement : all<domain::StockMovement>(reader.connection())) {
        moved[movement.batch_id] += movement.quantity;
        const bool sold_or_used = movement.kind == domain::MovementKind::kUsed ||
                                  movement.kind == domain::MovementKind::kGivenBack;
        if (!sold_or_used) came[movement.branch_id] += movement.quantity;
    }
    for (const auto& batch : all<domain::StockBatch>(reader.connection())) {
        INFO("batch " << batch.id.to_string());
        CHECK(batch.available_quantity >= 0);
        CHECK(batch.available_quantity == moved[batch.id]);
        here[batch.branch_id] += batch.available_quantity;
    }
    for (const auto& order : all<domain::OutgoingOrder>(reader.connection())) {
        INFO("order " << order.id.to_string());
        std::int64_t missing = 0;
        for (const auto& line : order.lines) {
            missing += line.missing_quantity;
            if (order.status != domain::OrderStatus::kCancelled)
                out[order.branch_id] += line.quantity - line.missing_quantity;
        }
        if (missing > 0) CHECK(order.status != domain::OrderStatus::kCompleted);
    }
    for (const auto& part : all<domain::TicketPart>(reader.connection())) {
        if (!part.archived) out[part.branch_id] += part.quantity - part.short_quantity;
    }
    for (const auto& [branch, quantity] : came) {
        INFO("branch " << branch.to_string());
        CHECK(here[branch] + out[branch] == quantity);
    }
}

void check_tills(Dealership& central) {
    auto reader = must(central.store().reader());
    // Cash is cleared when it is taken; other ways may be after the till was closed.
    std::map<base::Uuid, std::int64_t> cash;
    for (const auto& payment : all<domain::Payment>(reader.connection())) {
        if (payment.method == domain::PaymentMethod::kCash)
            cash[payment.till_id] += payment.amount_minor;
    }
    for (const auto& till : all<domain::Till>(reader.connection())) {
        if (till.status != domain::TillStatus::kClosed) continue;
        INFO("till " << till.id.to_string());
        std::int64_t difference_minor = 0;
        for (const auto& count : till.counts) {
            difference_minor += count.counted_minor - count.expected_minor;
            if (count.method == domain::PaymentMethod::kCash)
                CHECK(count.expected_minor == till.opening_float_minor + cash[till.id]);
        }
        CHECK(till.difference_minor == difference_minor);
    }
}

void check_one_standing_sale_a_car(Dealership& central) {
    auto reader = must(central.store().reader());
    std::map<base::Uuid, int> standing;
    for (const auto& sale : all<domain::Sale>(reader.connection())) {
        if (domain::is_standing(sale.status)) ++standing[sale.car_id];
    }
    for (const auto& [car, count] : standing) {
        INFO("car " << car.to_string());
        CHECK(count == 1);
    }
}

void check_ledgers(Dealership& central) {
    auto reader = must(central.store().reader());
    std::map<base::Uuid, std::int64_t> cleared;
    for (const auto& payment : all<domain::Payment>(reader.connection())) {
        if (payment.status == domain::PaymentStatus::kCleared) {
            cleared[payment.invoice_id] += payment.amount_minor;
        }
    }
    for (const auto& invoice : all<domain::Invoice>(reader.connection())) {
        INFO(invoice.number);
        CHECK(invoice.amount_paid_minor == cleared[invoice.id]);
        CHECK(invoice.balance_minor ==
              invoice.total_amount_minor - invoice.amount_paid_minor - invoice.credited_minor);
    }
}

void check_workshop(Dealership& central) {
    auto reader = must(central.store().reader());
    auto& connection = reader.connection();
    std::map<base::Uuid, std::int64_t> parts, labour;
    for (const auto& part : all<domain::TicketPart>(connection)) {
        if (part.archived) continue;
        parts[part.ticket_id] += part.amount_minor;
    }
    for (const auto& line : all<domain::TicketLabour>(connection)) {
        if (!line.archived) labour[line.ticket_id] += line.amount_minor;
    }
    for (const auto& ticket : all<domain::ServiceTicket>(connection)) {
        INFO("ticket " << ticket.id.to_string());
        CHECK(ticket.parts_minor == parts[ticket.id]);
        CHECK(ticket.labour_minor == labour[ticket.id]);
        CHECK(ticket.total_minor == ticket.parts_minor + ticket.labour_minor);
    }
}

void check_series(Dealership& central) {
    auto reader = must(central.store().reader());
    auto& connection = reader.connection();
    std::map<std::string, int> used;
    for (const auto& invoice : all<domain::Invoice>(connection))
        ++used[invoice.number];
    for (const auto& receipt : all<domain::Receipt>(connection))
        ++used[receipt.number];
    for (const auto& note : all<domain::CreditNote>(connection))
        ++used[note.number];
    for (const auto& row : must(connection.rows("SELECT series, n FROM number_void"))) {
        ++used[domain::Number{std::get<std::string>(row[0]), number(row[1])}.text()];
    }
    for (const auto& row : must(connection.rows("SELECT series, last FROM number_series"))) {
        for (std::int64_t n = 1; n <= number(row[1]); ++n) {
            const std::string text = domain::Number{std::get<std::string>(row[0]), n}.text();
            INFO(text);
            CHECK(used[text] == 1);
            used.erase(text);
        }
    }
    for (const auto& [text, count] : used) {
        INFO(text << " is beyond its series, " << count);
        CHECK(false);
    }
}

void check_nothing_waits(Dealership& central) {
    auto reader = must(central.store().reader());
    CHECK(must(reader.connection().rows("SELECT command_id, body FROM push_waiting")).empty());
    CHECK(all<domain::Customer>(reader.connection()).size() > 0);
    for (const auto& customer : all<domain::Customer>(reader.connection())) {
        INFO("customer " << customer.id.to_string());
        CHECK_FALSE(customer.placeholder);
        CHECK(customer.first_name == "Wanjiru");
    }
}

void check_sales_visible(Kiosk& kiosk) {
    if (!kiosk.replica().filled()) return;
    for (const sync::Entry& entry : must(kiosk.outbox().entries(1, 10'000))) {
        const bool refused =
            entry.answer && entry.answer->outcome == protocol::PushOutcome::kRefused;
        if (entry.name != "record_sale" || refused) continue;
        const auto command = must(domain::command_from_body(entry.body));
        const auto id = base::Uuid::parse(command.args.value("id", std::string()));
        INFO("terminal " << kiosk.who().identity.terminal_code << " seq " << entry.seq << " of "
                         << kiosk.outbox().state().tail << ", confirmed "
                         << kiosk.outbox().state().confirmed);
        CHECK(kiosk.replica().world().get<domain::Sale>(*id).has_value());
    }
}

void check_replica(Dealership& central, Kiosk& kiosk) {
    const auto& identity = kiosk.who().identity;
    auto reader = must(central.store().reader());
    storage::SqliteWorld world(reader.connection());
    std::map<std::string, std::set<std::string>> scope;
    for (const auto& name : central::scopes_of_terminal(identity.terminal_id, identity.branch_id)) {
        for (const auto& row : must(reader.connection().rows(
                 "SELECT record, id FROM feed WHERE scope = ?1 AND gone = 0", {name}))) {
            scope[std::get<std::string>(row[0])].insert(std::get<std::string>(row[1]));
        }
    }
    INFO("terminal " << identity.terminal_code);
    auto counts = must(kiosk.replica().store().counts());
    for (const auto& [name, count] : counts) {
        const Description& record = *domain::find_record(name);
        INFO(name);
        CHECK(count == static_cast<std::int64_t>(scope[std::string(name)].size()));
        CHECK(must(kiosk.replica().store().pending_rows(record)).empty());
        for (const std::string& text : scope[std::string(name)]) {
            const auto id = *base::Uuid::parse(text);
            INFO(text);
            const auto theirs = world.get_row(record, id);
            const auto ours = must(kiosk.replica().store().confirmed(record, id));
            REQUIRE(theirs.has_value());
            REQUIRE(ours.has_value());
            CHECK(domain::row_to_json(record, *ours, domain::View::kTerminal) ==
                  domain::row_to_json(record, *theirs, domain::View::kTerminal));
        }
    }
    const auto left = must(kiosk.outbox().counts());
    CHECK(left.pending == 0);
    CHECK(left.in_doubt == 0);
    CHECK(kiosk.outbox().check_integrity().ok());
}

}  // namespace showfloor::testing
