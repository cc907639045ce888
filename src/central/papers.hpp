#pragma once
// Papers as PDF, drawn out of the records whenever they are wanted: the REST API answers them,
// letters carry those of a sale. Reports are confidential and go by no letter.
// Thread contract: belongs to the thread of the World handed in.

#include <string>

#include "base/result.hpp"
#include "central/figures/report_csv.hpp"
#include "central/store.hpp"
#include "documents/sale_documents.hpp"
#include "domain/records.hpp"
#include "domain/records_workshop.hpp"
#include "domain/world.hpp"

namespace showfloor::central {

// A file's bytes, in the branch's language; its logo comes from `store`'s blobs, and a paper whose
// logo is missing, damaged or too large is made without it. kFailed or kNotFound when fonts or
// words are missing.
base::Result<std::string> invoice_paper(const Store& store, domain::World& world,
                                        const domain::Invoice& invoice);
// kNotFound when the receipt's invoice is not there.
base::Result<std::string> receipt_paper(const Store& store, domain::World& world,
                                        const domain::Receipt& receipt, documents::Paper paper);
base::Result<std::string> credit_note_paper(const Store& store, domain::World& world,
                                            const domain::CreditNote& note);

// What one sale earned. kNotFound when its invoice is not there.
base::Result<std::string> report_paper(const Store& store, domain::World& world,
                                       const domain::Report& report);
// What the sales of a range earned, in the words of its branch; of all branches, in those of who
// asks. kRefused "too_many_sales" when a paper cannot take them. `world` is over `connection`.
base::Result<std::string> reports_paper(const Store& store, database::Connection& connection,
                                        domain::World& world, const ReportRange& range,
                                        const base::Uuid& asked_by, base::UtcMs now);

// The ticket's car, or for a vehicle that is not ours one that bears its name alone (year 0).
[[nodiscard]] domain::Car car_of_ticket(domain::World& world, const domain::ServiceTicket& ticket);

}  // namespace showfloor::central
