#pragma once
// Paying a car by the month: the annuity of a loan and its schedule, in whole minor units. What it
// says is an estimate for people who look, never an offer; nothing of it is stored.
// Thread contract: plain values, pure functions.

#include <cstdint>
#include <optional>
#include <vector>

#include "domain/records.hpp"

namespace showfloor::domain {

// One month of a loan: payment = interest + repaid, and `owed` is what is left after it.
struct FinanceMonth {
    std::int64_t payment_minor = 0, interest_minor = 0, repaid_minor = 0, owed_minor = 0;
};

struct FinancePlan {
    std::int64_t principal_minor = 0, annual_rate_bp = 0, months = 0;
    std::int64_t monthly_minor = 0;  // every payment but the last, which settles what rounding left
    std::int64_t total_minor = 0;    // of all payments
    std::int64_t interest_minor = 0;  // total - principal
    std::vector<FinanceMonth> schedule;
};

// The annuity payment P r / (1 - (1 + r)^-n) with r = annual rate / 12, half up to the minor unit;
// P / n without interest. `principal_minor` is 0 .. 10^15, `months` 1 .. 1200.
[[nodiscard]] std::int64_t monthly_payment(std::int64_t principal_minor,
                                           std::int64_t annual_rate_bp, std::int64_t months);

// The same with every month: what is repaid adds up to the principal exactly.
[[nodiscard]] FinancePlan finance_plan(std::int64_t principal_minor, std::int64_t annual_rate_bp,
                                       std::int64_t months);

// The branch's rate for a term: that of the shortest listed term that is as long; nothing when
// the branch offers none.
[[nodiscard]] std::optional<std::int64_t> finance_rate_bp(const std::vector<FinanceRate>& rates,
                                                          std::int64_t months);
// The longest term the branch offers up to `most` months (the shortest one when all are longer);
// 0 when it offers none.
[[nodiscard]] std::int64_t longest_term(const std::vector<FinanceRate>& rates, std::int64_t most);

}  // namespace showfloor::domain
