#include "domain/finance.hpp"

#include <algorithm>
#include <cmath>

#include "base/check.hpp"
#include "domain/money.hpp"

namespace showfloor::domain {

namespace {

constexpr std::int64_t kMostPrincipal = 1'000'000'000'000'000;
constexpr std::int64_t kMostMonths = 1200;
constexpr std::int64_t kYearsInBp = 12 * 10'000;  // a month's share of an annual basis point

void check_terms(std::int64_t principal_minor, std::int64_t annual_rate_bp, std::int64_t months) {
    SHOWFLOOR_CHECK(principal_minor >= 0 && principal_minor <= kMostPrincipal, "a sum of money");
    SHOWFLOOR_CHECK(annual_rate_bp >= 0 && annual_rate_bp <= kYearsInBp, "a yearly rate");
    SHOWFLOOR_CHECK(months >= 1 && months <= kMostMonths, "a term in months");
}

}  // namespace

std::int64_t monthly_payment(std::int64_t principal_minor, std::int64_t annual_rate_bp,
                             std::int64_t months) {
    check_terms(principal_minor, annual_rate_bp, months);
    if (annual_rate_bp == 0) return proportion_of(principal_minor, 1, months);
    const long double rate =
        static_cast<long double>(annual_rate_bp) / static_cast<long double>(kYearsInBp);
    // 1 - (1 + r)^-n without losing the small rates.
    const long double part = -std::expm1(-static_cast<long double>(months) * std::log1p(rate));
    const auto payment = static_cast<std::int64_t>(
        std::floor(static_cast<long double>(principal_minor) * rate / part + 0.5L));
    return payment;
}

FinancePlan finance_plan(std::int64_t principal_minor, std::int64_t annual_rate_bp,
                         std::int64_t months) {
    FinancePlan plan;
    plan.principal_minor = principal_minor;
    plan.annual_rate_bp = annual_rate_bp;
    plan.months = months;
    plan.monthly_minor = monthly_payment(principal_minor, annual_rate_bp, months);
    plan.schedule.reserve(static_cast<std::size_t>(months));
    std::int64_t owed = principal_minor;
    for (std::int64_t month = 1; month <= months; ++month) {
        FinanceMonth line;
        line.interest_minor = proportion_of(owed, annual_rate_bp, kYearsInBp);
        // The last month pays what is left; a payment of rounded-up cents may end it earlier.
        line.repaid_minor = month == months ? owed
                                            : std::clamp(plan.monthly_minor - line.interest_minor,
                                                         std::int64_t{0}, owed);
        line.payment_minor = line.interest_minor + line.repaid_minor;
        owed -= line.repaid_minor;
        line.owed_minor = owed;
        plan.total_minor += line.payment_minor;
        plan.interest_minor += line.interest_minor;
        plan.schedule.push_back(line);
    }
    return plan;
}

std::optional<std::int64_t> finance_rate_bp(const std::vector<FinanceRate>& rates,
                                            std::int64_t months) {
    const FinanceRate* best = nullptr;
    for (const FinanceRate& rate : rates)
        if (rate.months >= months && (best == nullptr || rate.months < best->months)) best = &rate;
    if (best == nullptr) return std::nullopt;
    return best->annual_rate_bp;
}

std::int64_t longest_term(const std::vector<FinanceRate>& rates, std::int64_t most) {
    std::int64_t longest = 0, shortest = 0;
    for (const FinanceRate& rate : rates) {
        if (rate.months <= most) longest = std::max(longest, rate.months);
        if (shortest == 0 || rate.months < shortest) shortest = rate.months;
    }
    return longest != 0 ? longest : shortest;
}

}  // namespace showfloor::domain
