#include "domain/taxes.hpp"

#include <algorithm>

#include "domain/code.hpp"
#include "domain/field_builder.hpp"
#include "domain/money.hpp"

namespace showfloor::domain {

namespace {

base::Error too_large() {
    return sum_error("total_minor", "The amounts of this sale are too large.");
}

bool fits(const std::optional<std::int64_t>& sum) {
    return sum && *sum <= build::kMoneyMax && *sum >= -build::kMoneyMax;
}

}  // namespace

base::Error sum_error(std::string field, std::string sentence) {
    return base::fail(base::ErrorKind::kInvalid, std::move(sentence),
                      std::string(name_of(Code::kInvalid)), std::move(field));
}

const TaxRate* rate_named(const std::vector<TaxRate>& rates, std::string_view code) {
    const auto found = std::find_if(rates.begin(), rates.end(),
                                    [&](const TaxRate& rate) { return rate.code == code; });
    return found == rates.end() ? nullptr : &*found;
}

std::int64_t rate_bp_of(const std::vector<TaxRate>& rates, std::string_view code) {
    const TaxRate* rate = rate_named(rates, code);
    return rate == nullptr ? 0 : rate->rate_bp;
}

base::Result<TaxedSum> sum_up(const std::vector<TaxRate>& rates, bool prices_include_tax,
                              const std::vector<TaxedAmount>& amounts) {
    for (const TaxRate& rate : rates) {
        if (rate_named(rates, rate.code) != &rate)
            return sum_error("tax_rates", "A tax rate stands there twice.");
    }
    TaxedSum result;
    for (const TaxedAmount& one : amounts) {
        if (!one.tax_code.empty() && rate_named(rates, one.tax_code) == nullptr) {
            std::string sentence = "The branch has no tax rate \"";
            sentence += one.tax_code;
            sentence += "\".";
            return sum_error("tax_code", std::move(sentence));
        }
        const auto sum = checked_add(result.total_minor, one.amount_minor);
        if (!fits(sum)) return too_large();
        result.total_minor = *sum;
    }
    for (const TaxRate& rate : rates) {
        InvoiceTax tax{rate.code, rate.name, rate.rate_bp, 0, 0};
        bool used = false;
        for (const TaxedAmount& one : amounts) {
            if (one.tax_code != rate.code) continue;
            used = true;
            const auto sum = checked_add(tax.base_minor, one.amount_minor);
            if (!fits(sum)) return too_large();
            tax.base_minor = *sum;
        }
        if (!used) continue;
        tax.tax_minor = prices_include_tax ? tax_inside(tax.base_minor, rate.rate_bp)
                                           : share_of(tax.base_minor, rate.rate_bp);
        if (!prices_include_tax) result.total_minor += tax.tax_minor;
        result.taxes.push_back(std::move(tax));
    }
    if (result.total_minor < 0 || result.total_minor > build::kMoneyMax) return too_large();
    return result;
}

}  // namespace showfloor::domain
