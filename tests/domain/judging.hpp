#pragma once
// Short ways to say what an outcome must be; shared by the tests of the commands.

#include <doctest/doctest.h>

#include <algorithm>

#include "dealership.hpp"

namespace showfloor::domain {

// Refused (or, where it was submitted, contested) with this code, at this field; nothing changed.
inline void check_refused(World& world, const Outcome& outcome, Code code,
                          std::string_view field = "") {
    CHECK(!outcome.applied());
    CHECK(name_of(outcome.code) == name_of(code));
    if (!field.empty()) CHECK(outcome.field == field);
    CHECK(world.changes().empty());
}

inline void check_applied(const Outcome& outcome) {
    CAPTURE(name_of(outcome.code));
    CAPTURE(outcome.field);
    CAPTURE(outcome.details.dump());
    REQUIRE(outcome.applied());
}

inline bool has_review(const Outcome& outcome, Code code) {
    return std::find(outcome.reviews.begin(), outcome.reviews.end(), code) != outcome.reviews.end();
}

// What must hold of every invoice, whatever was done.
inline void check_invoice(World& world, const Invoice& invoice) {
    const Where of{"invoice_id", Value{invoice.id.to_string()}};
    std::int64_t lines = 0, paid = 0, taxes = 0, credited = 0;
    for (const auto& line : world.find<InvoiceLine>({.where = {of}}))
        lines += line.amount_minor;
    for (const auto& payment : world.find<Payment>({.where = {of}})) {
        if (payment.status == PaymentStatus::kCleared) paid += payment.amount_minor;
        CHECK(payment.currency == invoice.currency);
    }
    for (const auto& note : world.find<CreditNote>({.where = {of}}))
        credited += note.total_minor;
    for (const auto& tax : invoice.taxes)
        taxes += tax.tax_minor;
    CHECK(invoice.total_amount_minor == lines + (invoice.prices_include_tax ? 0 : taxes));
    CHECK(invoice.amount_paid_minor == paid);
    CHECK(invoice.credited_minor == credited);
    CHECK(invoice.balance_minor == invoice.total_amount_minor - paid - credited);
}

// Promise (4): no car has two standing sales; and a car that has one is not on offer.
inline void check_cars(World& world) {
    for (const auto& car : world.find<Car>({})) {
        int standing = 0;
        for (const auto& sale :
             world.find<Sale>({.where = {{"car_id", Value{car.id.to_string()}}}})) {
            const bool stands = sale.status == SaleStatus::kReserved ||
                                sale.status == SaleStatus::kCompleted ||
                                sale.status == SaleStatus::kDelivered;
            standing += stands ? 1 : 0;
        }
        CHECK(standing <= 1);
        if (standing == 1) CHECK(car.availability != Availability::kInStock);
    }
}

}  // namespace showfloor::domain
