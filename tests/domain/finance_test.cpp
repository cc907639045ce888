// Paying by the month: the annuity against figures worked out by hand, and sums that are exact
// whatever the loan.

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "domain/finance.hpp"

using namespace showfloor::domain;

TEST_CASE("monthly_payment: the annuity of known loans") {
    // 100,000.00 at 12 % over 12 months: 8,884.88, the figure of every textbook.
    CHECK(monthly_payment(10'000'000, 1200, 12) == 888'488);
    // 250,000.00 at 6.5 % over 360 months: 1,580.17.
    CHECK(monthly_payment(25'000'000, 650, 360) == 158'017);
    // 4,250,000.00 at 9.8 % over 60 months.
    CHECK(monthly_payment(425'000'000, 980, 60) == 8'988'227);
    CHECK(monthly_payment(120'000, 0, 12) == 10'000);  // without interest: equal parts
    CHECK(monthly_payment(0, 1200, 12) == 0);
}

TEST_CASE("finance_plan: the last month settles what rounding left") {
    const FinancePlan plan = finance_plan(100'000, 0, 3);
    REQUIRE(plan.schedule.size() == 3);
    CHECK(plan.schedule[0].payment_minor == 33'333);
    CHECK(plan.schedule[2].payment_minor == 33'334);
    CHECK(plan.total_minor == 100'000);
}

TEST_CASE("finance_plan: of any loan, every sum is exact") {
    CHECK(rc::check("sums of the schedule", [] {
        const auto principal = *rc::gen::inRange<std::int64_t>(0, 1'000'000'000'000);
        const auto rate = *rc::gen::inRange<std::int64_t>(0, 6000);
        const auto months = *rc::gen::inRange<std::int64_t>(1, 121);
        const FinancePlan plan = finance_plan(principal, rate, months);
        RC_ASSERT(plan.schedule.size() == static_cast<std::size_t>(months));
        std::int64_t repaid = 0, paid = 0, interest = 0, owed = principal;
        for (const FinanceMonth& month : plan.schedule) {
            RC_ASSERT(month.payment_minor == month.interest_minor + month.repaid_minor);
            RC_ASSERT(month.repaid_minor >= 0);
            RC_ASSERT(month.interest_minor >= 0);
            RC_ASSERT(month.owed_minor == owed - month.repaid_minor);
            owed = month.owed_minor;
            repaid += month.repaid_minor, paid += month.payment_minor;
            interest += month.interest_minor;
        }
        RC_ASSERT(owed == 0);
        RC_ASSERT(repaid == principal);
        RC_ASSERT(paid == plan.total_minor);
        RC_ASSERT(interest == plan.interest_minor);
        RC_ASSERT(plan.total_minor == principal + plan.interest_minor);
    }));
}

TEST_CASE("finance_rate_bp: a term has the rate of the shortest listed one that is as long") {
    const std::vector<FinanceRate> rates = {{60, 1450}, {24, 1200}, {36, 1300}};
    CHECK(finance_rate_bp(rates, 12) == 1200);
    CHECK(finance_rate_bp(rates, 24) == 1200);
    CHECK(finance_rate_bp(rates, 25) == 1300);
    CHECK(finance_rate_bp(rates, 60) == 1450);
    CHECK_FALSE(finance_rate_bp(rates, 61).has_value());
    CHECK_FALSE(finance_rate_bp({}, 12).has_value());
    CHECK(longest_term(rates, 60) == 60);
    CHECK(longest_term(rates, 40) == 36);
    CHECK(longest_term(rates, 12) == 24);
    CHECK(longest_term({}, 60) == 0);
}
