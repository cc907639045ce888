#include "central/instalments.hpp"

#include <algorithm>
#include <set>

#include "domain/limits.hpp"

namespace showfloor::central {

namespace {

constexpr std::string_view kMessage = "notification.instalment_overdue";
// So many a round: what is left comes with the next one.
constexpr std::string_view kEnded =
    "SELECT id FROM invoice WHERE bill_to IS NOT NULL AND date_of_purchase <= ?1 LIMIT 1000";
constexpr std::string_view kWithInstalments =
    "SELECT id FROM invoice WHERE status IN ('open', 'partly_paid') AND installments IS NOT NULL "
    "AND installments <> '[]'";

base::Result<std::vector<base::Uuid>> ids(Batch& batch, std::string_view sql,
                                          const std::vector<database::Cell>& values) {
    SHOWFLOOR_ASSIGN(const auto rows, batch.connection().rows(std::string(sql), values));
    std::vector<base::Uuid> found;
    for (const auto& row : rows) {
        const auto* text = std::get_if<std::string>(&row[0]);
        if (text != nullptr) found.push_back(base::Uuid::parse(*text).value_or(base::Uuid{}));
    }
    return found;
}

base::Result<void> tell(Batch& batch, const domain::Invoice& invoice, std::int64_t amount_minor) {
    domain::Notification note;
    note.type = "invoice";
    note.message = kMessage;
    note.values = base::dump_json({{"number", invoice.number},
                                   {"amount_minor", amount_minor},
                                   {"currency", invoice.currency}});
    note.record = domain::describe<domain::Invoice>().name;
    note.record_id = invoice.id;
    note.branch_id = invoice.branch_id;
    domain::Notification own = note;
    note.audience = {"super_admin", "admin"};
    SHOWFLOOR_TRY(batch.notify(std::move(note)));
    if (invoice.seller_id.is_nil()) return {};
    own.user_id = invoice.seller_id;
    return batch.notify(std::move(own));
}

}  // namespace

std::int64_t overdue_minor(const domain::Invoice& invoice, base::UtcMs now) {
    std::int64_t all = 0, due = 0;
    for (const domain::Installment& part : invoice.installments) {
        all += part.amount_minor;
        if (part.due_at < now) due += part.amount_minor;
    }
    // What was paid at once stands before the first instalment.
    const std::int64_t at_once = invoice.total_amount_minor - all;
    const std::int64_t settled = invoice.amount_paid_minor + invoice.credited_minor - at_once;
    return std::clamp<std::int64_t>(due - std::max<std::int64_t>(settled, 0), 0,
                                    std::max<std::int64_t>(invoice.balance_minor, 0));
}

base::Result<void> tell_of_overdue(Batch& batch) {
    SHOWFLOOR_ASSIGN(const auto invoices, ids(batch, kWithInstalments, {}));
    SHOWFLOOR_ASSIGN(const auto told, ids(batch,
                                          "SELECT DISTINCT record_id FROM notification WHERE "
                                          "message = ?1 AND resolved_at IS NULL",
                                          {database::Cell(std::string(kMessage))}));
    const std::set<base::Uuid> open(told.begin(), told.end());
    std::set<base::Uuid> overdue;
    for (const base::Uuid& id : invoices) {
        const auto invoice = batch.world().get<domain::Invoice>(id);
        const std::int64_t amount = invoice ? overdue_minor(*invoice, batch.now()) : 0;
        if (amount == 0) continue;
        overdue.insert(id);
        if (!open.contains(id)) SHOWFLOOR_TRY(tell(batch, *invoice, amount));
    }
    for (const base::Uuid& id : open) {
        if (overdue.contains(id)) continue;
        for (auto& note : batch.world().find<domain::Notification>(
                 {.where = {{"record_id", id.to_string()},
                            {"message", std::string(kMessage)},
                            {"resolved_at", domain::Value{}}}})) {
            note.resolved_at = note.updated_at = batch.now();
            batch.world().put(note);
        }
    }
    if (batch.world().failure()) return *batch.world().failure();
    return {};
}

base::Result<void> close_ended(Batch& batch) {
    SHOWFLOOR_ASSIGN(const auto ended,
                     ids(batch, kEnded, {database::Cell(batch.now() - domain::kTaxTermMs)}));
    for (const base::Uuid& id : ended) {
        domain::Command command;
        command.name = "close_business";
        command.args = {{"invoice_id", id.to_string()}};
        const auto outcome = batch.run(std::move(command), true);
        if (outcome.failure) return *outcome.failure;
    }
    return {};
}

}  // namespace showfloor::central
