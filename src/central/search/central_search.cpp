#include "central/search/central_search.hpp"

#include <algorithm>
#include <array>

#include "central/api/limits.hpp"
#include "domain/money.hpp"
#include "domain/records.hpp"
#include "domain/records_goods.hpp"
#include "domain/records_workshop.hpp"
#include "search/synonyms.hpp"
#include "storage/sqlite_world.hpp"

namespace showfloor::central {

namespace {

using base::Json;
using database::Cell;
using domain::Reach;

enum Facet : std::size_t { kBranch, kOwner, kSubject, kFacets };

// id, created_at, branch, owner, the login it is about, then words. Archived ones are left out.
struct Source {
    const char* sql;
    const char* id;  // the column `WHERE ... = ?` compares
};
// In the order of kinds(); joined here once, not at every look.
constexpr std::array<Source, 7> kSources = {
    Source{"SELECT id, created_at, branch_id, NULL, NULL, make, model, trim_level, year, color, "
           "stock_number, vin, body_style, fuel_type, transmission, drive_type, condition FROM car "
           "WHERE archived = 0",
           "id"},
    Source{"SELECT id, created_at, branch_id, seller_id, user_id, first_name, last_name, "
           "company_name, email, phone FROM customer WHERE archived = 0 AND merged_into IS NULL",
           "id"},
    Source{"SELECT i.id, i.created_at, i.branch_id, i.seller_id, c.user_id, i.number, "
           "c.first_name, c.last_name, c.company_name, a.make, a.model FROM invoice i LEFT JOIN "
           "customer c ON c.id = i.customer_id LEFT JOIN sale s ON s.id = i.sale_id LEFT JOIN car "
           "a ON a.id = s.car_id WHERE i.archived = 0",
           "i.id"},
    Source{"SELECT r.id, r.created_at, r.branch_id, COALESCE(i.seller_id, v.seller_id), c.user_id, "
           "r.number, i.number, c.first_name, c.last_name, r.amount_paid_minor, r.currency FROM "
           "receipt r LEFT JOIN invoice i ON i.id = r.invoice_id LEFT JOIN reservation v ON v.id = "
           "r.reservation_id LEFT JOIN customer c ON c.id = r.customer_id WHERE r.archived = 0",
           "r.id"},
    Source{"SELECT id, created_at, branch_id, id, id, first_name, last_name, username, email, "
           "role FROM user WHERE archived = 0",
           "id"},
    Source{"SELECT t.id, t.created_at, t.branch_id, c.seller_id, c.user_id, t.vin, t.plate, "
           "t.vehicle, c.first_name, c.last_name, c.company_name, a.make, a.model FROM "
           "service_ticket t LEFT JOIN customer c ON c.id = t.customer_id LEFT JOIN car a ON a.id "
           "= t.car_id WHERE t.archived = 0",
           "t.id"},
    Source{"SELECT id, created_at, NULL, NULL, NULL, sku, name FROM product WHERE archived = 0",
           "id"},
};
constexpr std::size_t kWords = 5;
constexpr std::size_t kReceipts = 3;
constexpr std::size_t kTickets = 5;

std::string text_of(const Cell& cell) {
    if (const auto* text = std::get_if<std::string>(&cell)) return *text;
    if (const auto* number = std::get_if<std::int64_t>(&cell)) return std::to_string(*number);
    return {};
}

// "500000" and "500000.00": an amount as it stands on paper, without marks between thousands.
void add_amount(std::int64_t minor, const std::string& currency, std::vector<std::string>& texts) {
    std::int64_t unit = 1;
    for (int i = 0; i < domain::minor_digits(currency).value_or(2); ++i)
        unit *= 10;
    texts.push_back(std::to_string(minor / unit));
}

search::Document document_of(const std::vector<Cell>& row, std::size_t kind) {
    search::Document document;
    document.id = base::Uuid::parse(text_of(row[0])).value_or(base::Uuid{});
    document.kind = static_cast<std::uint8_t>(kind);
    const auto* created = std::get_if<std::int64_t>(&row[1]);
    document.numbers = {created != nullptr ? *created : 0};
    document.facets = {text_of(row[2]), text_of(row[3]), text_of(row[4])};
    for (std::size_t i = kWords; i < row.size(); ++i) {
        std::string text = text_of(row[i]);
        if (!text.empty()) document.texts.push_back(std::move(text));
    }
    if (kind == kReceipts) {
        if (const auto* amount = std::get_if<std::int64_t>(&row[kWords + 4]))
            add_amount(*amount, text_of(row[kWords + 5]), document.texts);
    }
    return document;
}

// Cuts the index to what the right reaches; view_of judges every hit again. False: nothing at all.
bool limit_to(const domain::Actor& actor, const domain::Description& record, search::Query& query) {
    const domain::Area area = domain::area_of(record);
    const auto only = [&query](Facet facet, const base::Uuid& id) {
        if (id.is_nil()) return false;
        query.facets[facet] = {id.to_string()};
        return true;
    };
    switch (domain::reach_of(actor, area, domain::Action::kRead)) {
        case Reach::kNone:
            return false;
        case Reach::kAll:
        case Reach::kPublicFields:
            return true;
        case Reach::kScope:
            if (area == domain::Area::kUsers) return true;  // an admin also sees themself
            return actor.branch_id.is_nil() || only(kBranch, actor.branch_id);
        case Reach::kBranch:
            return only(kBranch, actor.branch_id);
        case Reach::kSelf:
            return only(kSubject, actor.user_id);
        case Reach::kOwn:
            return only(actor.role == domain::Role::kCustomer ? kSubject : kOwner, actor.user_id);
    }
    return false;
}

}  // namespace

const std::vector<CentralSearch::Kind>& CentralSearch::kinds() {
    using domain::describe;
    static const std::vector<Kind> all = {
        {"cars", &describe<domain::Car>()},         {"customers", &describe<domain::Customer>()},
        {"invoices", &describe<domain::Invoice>()}, {"receipts", &describe<domain::Receipt>()},
        {"users", &describe<domain::User>()},       {"tickets", &describe<domain::ServiceTicket>()},
        {"products", &describe<domain::Product>()}};
    return all;
}

CentralSearch::CentralSearch() : index_(kFacets, 1, search::search_words()) {}

base::Result<void> CentralSearch::load(database::Connection& connection, std::size_t kind,
                                       std::string_view where, const std::string& id) {
    std::string sql = kSources[kind].sql;
    if (!where.empty()) sql += " AND " + std::string(where) + " = ?1";
    SHOWFLOOR_ASSIGN(auto statement, connection.prepare(sql));
    if (!where.empty()) statement.bind(1, id);
    for (;;) {
        SHOWFLOOR_ASSIGN(const bool found, statement.step());
        if (!found) return {};
        std::vector<Cell> row;
        for (int column = 0; column < statement.column_count(); ++column)
            row.push_back(statement.cell(column));
        index_.put(document_of(row, kind));
    }
}

// One record changed: its own entry, and those that speak of it.
base::Result<void> CentralSearch::follow(database::Connection& connection,
                                         const std::string& record, const std::string& id,
                                         std::set<std::pair<std::string, std::string>>& done) {
    if (!done.emplace(record, id).second) return {};
    for (std::size_t kind = 0; kind < kinds().size(); ++kind) {
        if (kinds()[kind].record->name != record) continue;
        if (const auto uuid = base::Uuid::parse(id)) index_.remove(*uuid);
        SHOWFLOOR_TRY(load(connection, kind, kSources[kind].id, id));
    }
    if (record == "customer") {
        SHOWFLOOR_TRY(load(connection, 2, "i.customer_id", id));
        SHOWFLOOR_TRY(load(connection, kReceipts, "r.customer_id", id));
        SHOWFLOOR_TRY(load(connection, kTickets, "t.customer_id", id));
    } else if (record == "car") {
        SHOWFLOOR_TRY(load(connection, 2, "s.car_id", id));
        SHOWFLOOR_TRY(load(connection, kTickets, "t.car_id", id));
    } else if (record == "sale") {
        SHOWFLOOR_TRY(load(connection, 2, "i.sale_id", id));
    }
    return {};
}

base::Result<void> CentralSearch::refresh(database::Connection& connection) {
    SHOWFLOOR_ASSIGN(const Cell head, connection.value("SELECT MAX(number) FROM history"));
    const auto* number = std::get_if<std::int64_t>(&head);
    const std::int64_t newest = number != nullptr ? *number : 0;
    if (!loaded_) {
        index_.clear();
        for (std::size_t kind = 0; kind < kinds().size(); ++kind)
            SHOWFLOOR_TRY(load(connection, kind, {}, {}));
        loaded_ = true;
        history_number_ = newest;
        return {};
    }
    if (newest == history_number_) return {};
    SHOWFLOOR_ASSIGN(auto statement,
                     connection.prepare("SELECT record, record_id FROM history WHERE number > ?1 "
                                        "AND number <= ?2 AND record_id IS NOT NULL"));
    statement.bind(1, history_number_).bind(2, newest);
    std::set<std::pair<std::string, std::string>> done;
    std::vector<std::pair<std::string, std::string>> changed;
    for (;;) {
        SHOWFLOOR_ASSIGN(const bool found, statement.step());
        if (!found) break;
        changed.emplace_back(statement.text(0), statement.text(1));
    }
    for (const auto& [record, id] : changed)
        SHOWFLOOR_TRY(follow(connection, record, id, done));
    history_number_ = newest;
    return {};
}

base::Result<std::vector<Json>> CentralSearch::find(database::Connection& connection,
                                                    const domain::Actor& actor,
                                                    std::string_view words,
                                                    const std::vector<std::string>& wanted,
                                                    std::size_t limit) {
    for (const std::string& name : wanted) {
        const bool known = std::any_of(kinds().begin(), kinds().end(),
                                       [&](const Kind& kind) { return kind.name == name; });
        if (!known)
            return base::fail(base::ErrorKind::kInvalid, "There is no kind " + name + ".",
                              "invalid", "kinds");
    }
    const std::lock_guard lock(mutex_);
    if (const auto fresh = refresh(connection); !fresh) {
        loaded_ = false;  // half taken in: anew at the next look
        return fresh.error();
    }
    storage::SqliteWorld world(connection);
    std::vector<Json> hits;
    for (std::size_t kind = 0; kind < kinds().size(); ++kind) {
        const auto& [name, record] = kinds()[kind];
        if (!wanted.empty() && std::find(wanted.begin(), wanted.end(), name) == wanted.end())
            continue;
        search::Query query;
        query.text = words;
        query.kinds = {static_cast<std::uint8_t>(kind)};
        query.sort = {search::Sort::By::kNumber, 0, true};
        query.most = kMaxRowsScanned;
        query.counts = false;
        if (!limit_to(actor, *record, query)) continue;
        std::size_t found = 0, looked = 0;
        for (const auto slot : index_.query(query).slots) {
            if (found >= limit || ++looked > kMaxRowsScanned) break;
            const base::Uuid id = index_.id(slot);
            const auto row = world.get_row(*record, id);
            const auto view = row ? domain::view_of(actor, *record, *row, world) : std::nullopt;
            if (!view) continue;
            hits.push_back({{"kind", name},
                            {"id", id.to_string()},
                            {"record", domain::row_to_json(*record, *row, *view)}});
            ++found;
        }
        if (world.failure()) return *world.failure();
    }
    return hits;
}

}  // namespace showfloor::central
