#include "central/verify.hpp"

#include <map>
#include <set>

#include "base/encoding.hpp"
#include "base/file.hpp"
#include "central/blobs.hpp"
#include "central/history.hpp"
#include "crypto/hash.hpp"
#include "database/transaction.hpp"
#include "domain/records.hpp"
#include "domain/records_goods.hpp"
#include "domain/records_orders.hpp"
#include "domain/transitions.hpp"
#include "protocol/limits.hpp"
#include "storage/sqlite_world.hpp"

namespace showfloor::central {

namespace {

constexpr std::size_t kMaxProblems = 1000;  // more of them say nothing more
constexpr std::size_t kPage = 1000;

class Verifier {
   public:
    Verifier(Store& store, database::Connection& connection)
        : store_(store), connection_(connection), world_(connection) {}

    base::Result<std::vector<std::string>> run();

   private:
    void wrong(std::string sentence) {
        if (problems_.size() < kMaxProblems) problems_.push_back(std::move(sentence));
    }
    base::Result<void> check_file();
    base::Result<void> check_series();
    base::Result<void> check_invoices();
    void check_invoice(const domain::Invoice& invoice);
    base::Result<void> check_cars();
    base::Result<void> check_stock();
    base::Result<void> check_reservations();
    base::Result<void> check_orders();
    base::Result<void> check_tills();
    base::Result<void> check_blobs();
    template <typename T, typename Look>
    base::Result<void> each(const Look& look);

    Store& store_;
    database::Connection& connection_;
    storage::SqliteWorld world_;
    std::vector<std::string> problems_;
};

template <typename T, typename Look>
base::Result<void> Verifier::each(const Look& look) {
    base::Uuid after;
    for (;;) {
        const auto page = world_.find<T>(
            {.where = {{"id", after.to_string(), domain::Compare::kGreater}}, .limit = kPage});
        for (const T& record : page)
            look(record);
        if (world_.failure()) return *world_.failure();
        if (page.size() < kPage) return {};
        after = page.back().id;
    }
}

base::Result<void> Verifier::check_file() {
    if (const auto whole = connection_.check_integrity(); !whole) wrong(whole.error().message);
    SHOWFLOOR_ASSIGN(const auto broken, connection_.rows("PRAGMA foreign_key_check"));
    for (const auto& row : broken) {
        const auto* table = std::get_if<std::string>(&row[0]);
        wrong("A row of " + (table == nullptr ? std::string("a table") : *table) +
              " refers to something that is not there.");
    }
    if (const auto chain = verify_history(connection_); !chain) {
        if (chain.error().kind != base::ErrorKind::kDamaged) return chain.error();
        wrong(chain.error().message);
    }
    return {};
}

// "NBO-T03-I000123" -> series and number.
std::pair<std::string, std::int64_t> parted(const std::string& number) {
    const auto at = number.find_last_not_of("0123456789");
    if (at == std::string::npos || at + 1 >= number.size() || number.size() - at > 18) return {};
    return {number.substr(0, at + 1), std::stoll(number.substr(at + 1))};
}

base::Result<void> Verifier::check_series() {
    std::map<std::string, std::set<std::int64_t>> used;
    const auto book = [&](const std::string& number) {
        const auto [series, n] = parted(number);
        if (series.empty())
            wrong("\"" + number + "\" is no document number.");
        else if (!used[series].insert(n).second)
            wrong(number + " names two documents.");
    };
    SHOWFLOOR_TRY(each<domain::Invoice>([&](const auto& document) { book(document.number); }));
    SHOWFLOOR_TRY(each<domain::Receipt>([&](const auto& document) { book(document.number); }));
    SHOWFLOOR_TRY(each<domain::CreditNote>([&](const auto& document) { book(document.number); }));
    SHOWFLOOR_ASSIGN(const auto voids, connection_.rows("SELECT series, n FROM number_void"));
    for (const auto& row : voids) {
        const auto& series = std::get<std::string>(row[0]);
        if (!used[series].insert(std::get<std::int64_t>(row[1])).second)
            wrong(series + std::to_string(std::get<std::int64_t>(row[1])) +
                  " names a document and is booked as void.");
    }
    SHOWFLOOR_ASSIGN(const auto all, connection_.rows("SELECT series, last FROM number_series"));
    std::map<std::string, std::int64_t> lasts;
    for (const auto& row : all)
        lasts[std::get<std::string>(row[0])] = std::get<std::int64_t>(row[1]);
    for (const auto& [series, numbers] : used) {
        if (numbers.empty()) continue;
        if (*numbers.rbegin() != lasts[series])
            wrong("Series " + series + " ends elsewhere than central noted.");
        if (*numbers.begin() != 1 || static_cast<std::int64_t>(numbers.size()) != *numbers.rbegin())
            wrong("Series " + series + " has holes.");
    }
    return {};
}

void Verifier::check_invoice(const domain::Invoice& invoice) {
    const domain::Value id{invoice.id.to_string()};
    std::int64_t total = 0;
    for (const auto& line : world_.find<domain::InvoiceLine>({.where = {{"invoice_id", id}}}))
        total += line.amount_minor;
    for (const auto& tax : invoice.taxes) {
        if (!invoice.prices_include_tax) total += tax.tax_minor;
    }
    std::int64_t paid = 0;
    for (const auto& payment : world_.find<domain::Payment>({.where = {{"invoice_id", id}}})) {
        if (payment.status == domain::PaymentStatus::kCleared) paid += payment.amount_minor;
    }
    std::int64_t credited = 0;
    for (const auto& note : world_.find<domain::CreditNote>({.where = {{"invoice_id", id}}}))
        credited += note.total_minor;
    if (total != invoice.total_amount_minor)
        wrong("Invoice " + invoice.number + " is not the sum of its lines and taxes.");
    if (paid != invoice.amount_paid_minor)
        wrong("Invoice " + invoice.number + " says another sum was paid than its payments.");
    if (credited != invoice.credited_minor)
        wrong("Invoice " + invoice.number + " says another sum was credited than its notes.");
    if (invoice.total_amount_minor - paid - credited != invoice.balance_minor)
        wrong("Invoice " + invoice.number + " has a balance that does not add up.");
}

base::Result<void> Verifier::check_invoices() {
    return each<domain::Invoice>([&](const domain::Invoice& invoice) { check_invoice(invoice); });
}

base::Result<void> Verifier::check_cars() {
    std::set<base::Uuid> standing;
    return each<domain::Sale>([&](const domain::Sale& sale) {
        if (domain::is_standing(sale.status) && !standing.insert(sale.car_id).second)
            wrong("Car " + sale.car_id.to_string() + " has two standing sales.");
    });
}

// The ledger: what a batch holds is the sum of its movements, each of which says so.
base::Result<void> Verifier::check_stock() {
    return each<domain::StockBatch>([&](const domain::StockBatch& batch) {
        std::int64_t sum = 0;
        base::Uuid after;
        for (bool more = true; more;) {
            const auto page = world_.find<domain::StockMovement>(
                {.where = {{"batch_id", batch.id.to_string()},
                           {"id", after.to_string(), domain::Compare::kGreater}},
                 .limit = kPage});
            for (const auto& movement : page) {
                sum += movement.quantity;
                if (movement.new_quantity != movement.old_quantity + movement.quantity)
                    wrong("A movement of batch " + batch.id.to_string() + " does not add up.");
            }
            more = page.size() == kPage;
            if (more) after = page.back().id;
        }
        if (sum != batch.available_quantity || sum < 0)
            wrong("Batch " + batch.id.to_string() + " holds another number than its movements.");
    });
}

// An active one keeps its car, alone; a deposit is in one place.
base::Result<void> Verifier::check_reservations() {
    std::set<base::Uuid> kept;
    return each<domain::Reservation>([&](const domain::Reservation& one) {
        if (one.status == domain::ReservationStatus::kActive) {
            if (!kept.insert(one.car_id).second)
                wrong("Car " + one.car_id.to_string() + " is kept by two reservations.");
            const auto car = world_.get<domain::Car>(one.car_id);
            if (!car || car->availability != domain::Availability::kReserved)
                wrong("Reservation " + one.id.to_string() + " keeps a car that is not reserved.");
        }
        std::int64_t standing = 0;
        for (const auto& payment :
             world_.find<domain::Payment>({.where = {{"reservation_id", one.id.to_string()}}})) {
            const bool counts =
                payment.invoice_id.is_nil() && payment.status != domain::PaymentStatus::kFailed;
            if (counts) standing += payment.amount_minor;
        }
        const bool holds = one.deposit_state == domain::DepositState::kHeld ||
                           one.deposit_state == domain::DepositState::kOwed ||
                           one.deposit_state == domain::DepositState::kForfeited;
        if (standing > 0 && !holds)
            wrong("Reservation " + one.id.to_string() + " says its deposit is gone, and has one.");
    });
}

base::Result<void> Verifier::check_orders() {
    return each<domain::OutgoingOrder>([&](const domain::OutgoingOrder& order) {
        std::int64_t sum = 0, missing = 0;
        for (const domain::OrderLine& line : order.lines) {
            sum += line.amount_minor;
            missing += line.missing_quantity;
            if (line.amount_minor != line.quantity * line.unit_price_minor)
                wrong("A line of order " + order.id.to_string() + " does not add up.");
        }
        if (missing > 0 && order.status == domain::OrderStatus::kCompleted)
            wrong("Order " + order.id.to_string() + " is completed and lacks goods.");
        const auto invoice = world_.get<domain::Invoice>(order.invoice_id);
        if (!invoice) {
            if (!order.invoice_id.is_nil())
                wrong("Order " + order.id.to_string() + " names an invoice that is not there.");
            return;
        }
        std::int64_t on_top = 0;
        for (const auto& tax : invoice->taxes)
            on_top += invoice->prices_include_tax ? 0 : tax.tax_minor;
        if (invoice->total_amount_minor != order.total_minor || sum + on_top != order.total_minor)
            wrong("Order " + order.id.to_string() + " is not the sum of its lines.");
    });
}

// What a closed till expected is what was cleared at it, and may have been cleared since.
base::Result<void> Verifier::check_tills() {
    return each<domain::Till>([&](const domain::Till& till) {
        std::int64_t difference = 0;
        for (const domain::TillCount& count : till.counts)
            difference += count.counted_minor - count.expected_minor;
        if (difference != till.difference_minor)
            wrong("Till " + till.id.to_string() + " has a difference that does not add up.");
    });
}

base::Result<void> Verifier::check_blobs() {
    SHOWFLOOR_ASSIGN(const auto all, connection_.rows("SELECT sha256 FROM blob"));
    for (const auto& row : all) {
        const auto& name = std::get<std::string>(row[0]);
        if (!is_blob_name(name)) {
            wrong("A file is listed under a name that is no hash.");
            continue;
        }
        const auto content = base::read_file(blob_path(store_, name), protocol::kMaxBlobBytes);
        if (!content)
            wrong("File " + name + " is missing.");
        else if (base::to_hex(crypto::sha256(std::string_view(*content))) != name)
            wrong("File " + name + " is damaged.");
    }
    return {};
}

base::Result<std::vector<std::string>> Verifier::run() {
    SHOWFLOOR_TRY(check_file());
    SHOWFLOOR_TRY(check_series());
    SHOWFLOOR_TRY(check_invoices());
    SHOWFLOOR_TRY(check_cars());
    SHOWFLOOR_TRY(check_stock());
    SHOWFLOOR_TRY(check_reservations());
    SHOWFLOOR_TRY(check_orders());
    SHOWFLOOR_TRY(check_tills());
    SHOWFLOOR_TRY(check_blobs());
    return std::move(problems_);
}

}  // namespace

base::Result<std::vector<std::string>> verify_store(Store& store) {
    SHOWFLOOR_ASSIGN(auto reader, store.reader());
    // One view over all of it, however much is written meanwhile.
    SHOWFLOOR_ASSIGN(auto reading, database::Transaction::begin(
                                       reader.connection(), database::Transaction::Kind::kRead));
    return Verifier(store, reader.connection()).run();
}

}  // namespace showfloor::central
