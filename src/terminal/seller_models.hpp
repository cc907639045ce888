#pragma once
// What sellers' screens show beyond single records: sales with their invoice, customer and car in
// one line each, and the figures of Home. Put together from the overlaid World, limited to what the
// person may read. Thread contract: the reader's thread; results are plain values.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "domain/rights.hpp"
#include "domain/world.hpp"

namespace showfloor::terminal {

struct SaleLine {
    base::Uuid sale_id, invoice_id, customer_id, car_id, seller_id;
    domain::SaleStatus status = domain::SaleStatus::kCompleted;
    domain::InvoiceStatus invoice_status = domain::InvoiceStatus::kOpen;
    std::string invoice_number, car_title, stock_number, vin, customer_name, customer_phone,
        seller_name, currency;
    std::int64_t total_minor = 0, paid_minor = 0, balance_minor = 0;
    std::int64_t commission_minor = 0;  // of the person who asks; 0 for others' sales
    base::UtcMs sale_date = 0;
    base::UtcMs next_due_at = 0;  // of its instalments; 0 = no plan, or nothing open
    std::int64_t next_due_minor = 0, overdue_minor = 0;
    bool mine = false, reviewed = false;  // a person should look
    std::u32string key;                   // what is searched, folded

    // Made and neither taken back nor waiting for a decision.
    [[nodiscard]] bool stands() const {
        return status == domain::SaleStatus::kCompleted || status == domain::SaleStatus::kDelivered;
    }
};

// Newest first, at most `most`.
[[nodiscard]] std::vector<SaleLine> read_sales(domain::World& world, const domain::Actor& actor,
                                               base::UtcMs now, std::size_t most = 2000);
// What is due of an invoice: the plan's last parts cover what is open.
struct Due {
    base::UtcMs next_at = 0;
    std::int64_t next_minor = 0, overdue_minor = 0;
};
[[nodiscard]] Due due_of(const domain::Invoice& invoice, base::UtcMs now);

// Sales with an instalment that should have come, among those the person may see.
[[nodiscard]] std::int64_t count_overdue(domain::World& world, const domain::Actor& actor,
                                         base::UtcMs now);

using Sums = std::map<std::string, std::int64_t>;  // minor units by currency; never added up

struct SellerFigures {
    std::int64_t sold = 0, sold_before = 0;  // this month, the month before
    Sums revenue, commission, open;
    std::int64_t open_invoices = 0, overdue_invoices = 0;
    std::vector<double> by_week;  // sales of the last 12 weeks, this one last
    std::vector<base::UtcMs> week_begins;
    std::vector<Sums> week_revenue;
    std::vector<SaleLine> due;  // instalments due by tomorrow or overdue, the oldest first
};
// `month_begin` and `week_begins` come from the calendar of whoever shows it.
[[nodiscard]] SellerFigures figures_of(const std::vector<SaleLine>& sales, base::UtcMs month_begin,
                                       base::UtcMs last_month_begin,
                                       std::vector<base::UtcMs> week_begins, base::UtcMs now);

}  // namespace showfloor::terminal
