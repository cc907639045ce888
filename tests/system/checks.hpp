#pragma once
// What terminals and central promise each other (protocol.md), checked after everything is quiet.
// Thread contract: one test thread.

#include <string>
#include <vector>

#include "dealership.hpp"
#include "domain/records.hpp"
#include "kiosk.hpp"

namespace showfloor::testing {

// What somebody was told is done.
struct Done {
    base::Uuid command_id;
    std::string name;
    base::Uuid sale_id = {};         // of record_sale, take_payment, reverse_payment
    std::int64_t total_minor = 0;    // as it stood on screen
    std::int64_t paid_minor = 0;     // in cash, by this command; given back: negative
    base::Uuid reservation_id = {};  // whose deposit was paid or given back
    std::int64_t deposit_minor = 0;  // how much of it; given back: negative
    base::Uuid order_id = {};        // of goods over the counter
    bool may_be_refused = false;     // a wish that central may refuse: nothing was handed out
    std::vector<domain::GivenPromotion> promotions = {};  // as they stood on screen
};

// Every command is settled once, and nothing that happened was refused. What may be refused and was
// is taken out.
void check_settled_once(Dealership& central, std::vector<Done>& done);
// Sums and money of every sale are as the customer saw and paid them.
void check_kept_word(Dealership& central, const std::vector<Done>& done);
// What a promotion took off a sale stands as it was shown, in the sale and on its invoice, whatever
// became of the promotion; nothing else takes anything off. Adds up what was seen.
struct Promoted {
    int given = 0;    // promotions of sales
    int changed = 0;  // of those, such as would give something else (or nothing) now
    int flagged = 0;  // sales which central knew to come after their promotion's end
};
void check_promotions(Dealership& central, const std::vector<Done>& done, Promoted& seen);
void check_one_standing_sale_a_car(Dealership& central);
void check_ledgers(Dealership& central);
// Every deposit and every payment of an order is there as it was paid and given back.
void check_deposits_and_orders(Dealership& central, const std::vector<Done>& done);
void check_one_reservation_a_car(Dealership& central);
// What a branch holds and what was handed out is what was received; nothing below zero.
void check_goods(Dealership& central);
void check_tills(Dealership& central);  // expected = float + what was cleared
void check_series(Dealership& central);
// What came in is in stock or built in; tickets say what their lines say.
void check_workshop(Dealership& central);
void check_nothing_waits(Dealership& central);  // what was not known has come
// At any moment: whatever was sold here and not refused can be seen here.
void check_sales_visible(Kiosk& kiosk);
// The replica holds central's view of its scope, and nothing is pending.
void check_replica(Dealership& central, Kiosk& kiosk);

}  // namespace showfloor::testing
