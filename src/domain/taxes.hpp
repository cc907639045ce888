#pragma once
// The taxes of a paper: per class on the sum of its lines, rounded once. Thread contract: pure
// functions.

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "domain/records.hpp"

namespace showfloor::domain {

struct TaxedAmount {
    std::int64_t amount_minor = 0;
    std::string_view tax_code;  // empty = untaxed
};
struct TaxedSum {
    std::vector<InvoiceTax> taxes;  // classes that are used, in the order of the rates
    std::int64_t total_minor = 0;   // the amounts, and the taxes that are not inside them
};

[[nodiscard]] const TaxRate* rate_named(const std::vector<TaxRate>& rates, std::string_view code);
[[nodiscard]] std::int64_t rate_bp_of(const std::vector<TaxRate>& rates, std::string_view code);

// kInvalid: a rate stands there twice, an amount names none of them, or a sum is too large.
[[nodiscard]] base::Result<TaxedSum> sum_up(const std::vector<TaxRate>& rates,
                                            bool prices_include_tax,
                                            const std::vector<TaxedAmount>& amounts);

// An error of the domain's arithmetic: refuse_for() makes a refusal of it.
[[nodiscard]] base::Error sum_error(std::string field, std::string sentence);

}  // namespace showfloor::domain
