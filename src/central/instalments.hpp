#pragma once
// Parts of the daily round that look at invoices: instalments that are overdue, and what erased
// people left when the term of tax law is over.
// Thread contract: belongs to the batch handed in.

#include "central/command_processor.hpp"
#include "domain/records.hpp"

namespace showfloor::central {

// What of an invoice's instalments is due before `now` and not paid.
[[nodiscard]] std::int64_t overdue_minor(const domain::Invoice& invoice, base::UtcMs now);

// One open notification for the seller and one for the admins per invoice, until it is paid.
base::Result<void> tell_of_overdue(Batch& batch);

// close_business on every invoice whose term is over.
base::Result<void> close_ended(Batch& batch);

}  // namespace showfloor::central
