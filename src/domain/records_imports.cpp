#include "domain/records_imports.hpp"

#include "domain/record_builder.hpp"

namespace showfloor::domain {

using build::kCurrency;
using build::kHash;
using build::Of;
using build::with_base;

template <>
const Description& describe<PriceChange>() {
    using F = Of<PriceChange>;
    static const Description d{"price_change",
                               "price-changes",
                               with_base<PriceChange>({
                                   F::id<&PriceChange::car_id>("car_id", "car").require(),
                                   F::money<&PriceChange::old_price_minor>("old_price_minor"),
                                   F::money<&PriceChange::new_price_minor>("new_price_minor"),
                                   F::text<&PriceChange::currency>("currency", kCurrency),
                                   F::id<&PriceChange::changed_by>("changed_by", "user"),
                                   F::time<&PriceChange::at>("at"),
                               }),
                               Synced::kNever,
                               {{"car_id", "at"}}};
    return d;
}

template <>
const Description& describe<Importation>() {
    using F = Of<Importation>;
    static const Description d{
        "importation",
        "importations",
        with_base<Importation>({
            F::id<&Importation::car_id>("car_id", "car").require().secret(),
            F::text<&Importation::country_of_origin>("country_of_origin", 2).require().secret(),
            F::money<&Importation::transport_fee_minor>("transport_fee_minor").require().secret(),
            F::money<&Importation::import_duty_minor>("import_duty_minor").require().secret(),
            F::text<&Importation::currency>("currency", kCurrency).require().secret(),
            F::integer<&Importation::rate_micro>("rate_micro", 0, 1'000'000'000'000).secret(),
            F::time<&Importation::rate_at>("rate_at").secret(),
            F::time<&Importation::import_date>("import_date").require().secret(),
            F::text<&Importation::document>("document", kHash).secret(),
            F::boolean<&Importation::document_missing>("document_missing")
                .set_by_handler()
                .secret(),
        }),
        Synced::kNever,
        {{"car_id"}}};
    return d;
}

}  // namespace showfloor::domain
