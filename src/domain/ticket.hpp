#pragma once
// The arithmetic of a service ticket, in one place: what its lines cost, what they add up to, and
// what the invoice of a done ticket says. Nothing outside src/domain includes it.
// Thread contract: pure functions.

#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "domain/records_goods.hpp"
#include "domain/records_workshop.hpp"
#include "domain/world.hpp"

namespace showfloor::domain {

// What one piece or one hour costs, as it stood on screen when the line was added.
struct WorkTerms {
    std::string description;
    std::int64_t unit_minor = 0;  // a piece; an hour
    std::string currency, tax_code;
    std::int64_t tax_rate_bp = 0;
};

// One line of the invoice to be.
struct TicketLine {
    LineKind kind = LineKind::kPart;
    std::string description;
    std::int64_t amount_minor = 0;
    std::string tax_code;
    std::int64_t tax_rate_bp = 0;
};

// What was handed out when the ticket was set done.
struct TicketTerms {
    std::string currency;
    bool prices_include_tax = true;
    std::vector<TicketLine> lines;
    std::vector<InvoiceTax> taxes;
    std::int64_t total_minor = 0;
};

SHOWFLOOR_DESCRIBED(WorkTerms);
SHOWFLOOR_DESCRIBED(TicketLine);
SHOWFLOOR_DESCRIBED(TicketTerms);

// kInvalid names the field when the branch has no such tax rate.
[[nodiscard]] base::Result<WorkTerms> part_terms(const Product& product, const Branch& branch);
[[nodiscard]] base::Result<WorkTerms> labour_terms(const Branch& branch);

// An hour's rate for so many minutes, half up once.
[[nodiscard]] std::int64_t labour_amount(std::int64_t rate_minor, std::int64_t minutes);

// Tax per class on the sum of its lines (half up once) and the total; kInvalid when too large.
[[nodiscard]] base::Result<void> add_up(TicketTerms& terms);

// The standing parts and labour of a ticket, in the order they were added.
[[nodiscard]] std::vector<TicketPart> parts_of(World& world, const Uuid& ticket_id);
[[nodiscard]] std::vector<TicketLabour> labour_of(World& world, const Uuid& ticket_id);

// The invoice of these lines at the branch's present rates' names.
[[nodiscard]] base::Result<TicketTerms> quote_ticket(World& world, const ServiceTicket& ticket);

}  // namespace showfloor::domain
