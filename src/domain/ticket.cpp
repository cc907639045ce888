#include "domain/ticket.hpp"

#include <algorithm>

#include "domain/code.hpp"
#include "domain/field_builder.hpp"
#include "domain/limits.hpp"
#include "domain/money.hpp"
#include "domain/records_goods.hpp"

namespace showfloor::domain {

namespace {

base::Error invalid(std::string field, std::string sentence) {
    return base::fail(base::ErrorKind::kInvalid, std::move(sentence),
                      std::string(name_of(Code::kInvalid)), std::move(field));
}

base::Result<std::int64_t> rate_of(const Branch& branch, const std::string& tax_code) {
    if (tax_code.empty()) return std::int64_t{0};
    for (const TaxRate& rate : branch.tax_rates) {
        if (rate.code == tax_code) return rate.rate_bp;
    }
    return invalid("tax_code", "The branch has no tax rate of this name.");
}

template <typename T>
std::vector<T> standing(World& world, const Uuid& ticket_id) {
    auto all = world.find<T>(
        {.where = {{"ticket_id", Value{ticket_id.to_string()}}}, .limit = kMaxRelatedRows});
    std::erase_if(all, [](const T& one) { return one.archived; });
    return all;
}

}  // namespace

template <>
const Description& describe<WorkTerms>() {
    using F = build::Of<WorkTerms>;
    static const Description d{"work_terms",
                               "",
                               {
                                   F::text<&WorkTerms::description>("description"),
                                   F::money<&WorkTerms::unit_minor>("unit_minor").require(),
                                   F::text<&WorkTerms::currency>("currency", 3).require(),
                                   F::text<&WorkTerms::tax_code>("tax_code", 20),
                                   F::basis_points<&WorkTerms::tax_rate_bp>("tax_rate_bp"),
                               },
                               Synced::kNever,
                               {}};
    return d;
}

template <>
const Description& describe<TicketLine>() {
    using F = build::Of<TicketLine>;
    static const Description d{"ticket_line",
                               "",
                               {
                                   F::choice<&TicketLine::kind>("kind", kLineKindNames).require(),
                                   F::text<&TicketLine::description>("description", 400),
                                   F::money<&TicketLine::amount_minor>("amount_minor").require(),
                                   F::text<&TicketLine::tax_code>("tax_code", 20),
                                   F::basis_points<&TicketLine::tax_rate_bp>("tax_rate_bp"),
                               },
                               Synced::kNever,
                               {}};
    return d;
}

template <>
const Description& describe<TicketTerms>() {
    using F = build::Of<TicketTerms>;
    static const Description d{
        "ticket_terms",
        "",
        {
            F::text<&TicketTerms::currency>("currency", 3).require(),
            F::boolean<&TicketTerms::prices_include_tax>("prices_include_tax").require(),
            F::list<&TicketTerms::lines>("lines", 2 * kMaxTicketLines),
            F::list<&TicketTerms::taxes>("taxes", 20),
            F::money<&TicketTerms::total_minor>("total_minor").require(),
        },
        Synced::kNever,
        {}};
    return d;
}

base::Result<WorkTerms> part_terms(const Product& product, const Branch& branch) {
    WorkTerms terms;
    terms.description = product.name;
    terms.unit_minor = product.price_minor;
    terms.currency = product.currency;
    terms.tax_code = product.tax_code;
    SHOWFLOOR_ASSIGN(terms.tax_rate_bp, rate_of(branch, product.tax_code));
    return terms;
}

base::Result<WorkTerms> labour_terms(const Branch& branch) {
    WorkTerms terms;
    terms.unit_minor = branch.labour_rate_minor;
    terms.currency = branch.currency;
    terms.tax_code = branch.labour_tax_code;
    SHOWFLOOR_ASSIGN(terms.tax_rate_bp, rate_of(branch, branch.labour_tax_code));
    return terms;
}

std::int64_t labour_amount(std::int64_t rate_minor, std::int64_t minutes) {
    constexpr std::int64_t kMinutesAnHour = 60;
    return proportion_of(rate_minor, minutes, kMinutesAnHour);
}

base::Result<void> add_up(TicketTerms& terms) {
    std::int64_t total = 0;
    const std::vector<InvoiceTax> named = std::exchange(terms.taxes, {});
    for (const TicketLine& line : terms.lines) {
        const auto sum = checked_add(total, line.amount_minor);
        if (!sum || *sum > build::kMoneyMax)
            return invalid("total_minor", "The amounts of this ticket are too large.");
        total = *sum;
        if (line.tax_code.empty()) continue;
        // The same class at two rates (the law changed between two visits) is two classes.
        auto found = std::find_if(terms.taxes.begin(), terms.taxes.end(), [&](const auto& tax) {
            return tax.code == line.tax_code && tax.rate_bp == line.tax_rate_bp;
        });
        if (found == terms.taxes.end()) {
            InvoiceTax tax{line.tax_code, line.tax_code, line.tax_rate_bp, 0, 0};
            for (const InvoiceTax& one : named) {
                if (one.code == tax.code) tax.name = one.name;
            }
            terms.taxes.push_back(std::move(tax));
            found = terms.taxes.end() - 1;
        }
        found->base_minor += line.amount_minor;
    }
    for (InvoiceTax& tax : terms.taxes) {
        tax.tax_minor = terms.prices_include_tax ? tax_inside(tax.base_minor, tax.rate_bp)
                                                 : share_of(tax.base_minor, tax.rate_bp);
        if (!terms.prices_include_tax) total += tax.tax_minor;
    }
    if (total > build::kMoneyMax)
        return invalid("total_minor", "The amounts of this ticket are too large.");
    terms.total_minor = total;
    return {};
}

std::vector<TicketPart> parts_of(World& world, const Uuid& ticket_id) {
    return standing<TicketPart>(world, ticket_id);
}

std::vector<TicketLabour> labour_of(World& world, const Uuid& ticket_id) {
    return standing<TicketLabour>(world, ticket_id);
}

base::Result<TicketTerms> quote_ticket(World& world, const ServiceTicket& ticket) {
    TicketTerms terms;
    terms.currency = ticket.currency;
    terms.prices_include_tax = ticket.prices_include_tax;
    for (const TicketPart& part : parts_of(world, ticket.id)) {
        std::string description = std::to_string(part.quantity) + " x ";
        description += part.description;
        terms.lines.push_back({LineKind::kPart, std::move(description), part.amount_minor,
                               part.tax_code, part.tax_rate_bp});
    }
    for (const TicketLabour& labour : labour_of(world, ticket.id)) {
        std::string description = labour.description;
        if (!description.empty()) description += ", ";
        description += std::to_string(labour.minutes) + " min";
        terms.lines.push_back({LineKind::kLabour, std::move(description), labour.amount_minor,
                               labour.tax_code, labour.tax_rate_bp});
    }
    if (const auto branch = world.get<Branch>(ticket.branch_id)) {
        for (const TaxRate& rate : branch->tax_rates)
            terms.taxes.push_back({rate.code, rate.name, rate.rate_bp, 0, 0});
    }
    SHOWFLOOR_TRY(add_up(terms));
    return terms;
}

}  // namespace showfloor::domain
