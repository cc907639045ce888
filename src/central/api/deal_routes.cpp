// Writing what is agreed and sold beside cars: reservations, goods over the counter, tills.

#include "central/api/goods.hpp"
#include "domain/records_orders.hpp"

namespace showfloor::central {

std::vector<WriteRoute> deal_routes() {
    using domain::describe;
    const auto* reservation = &describe<domain::Reservation>();
    const auto* order = &describe<domain::OutgoingOrder>();
    const auto* till = &describe<domain::Till>();
    return {
        {.method = "POST",
         .path = "reservations",
         .operation = "reserve_car",
         .summary = "Keep a car for a customer or a walk-in, with a deposit when wanted.",
         .commands = {{"", "reserve_car"}},
         .answer_record = reservation,
         .creates = true},
        {.method = "PATCH",
         .path = "reservations/{id}/status",
         .operation = "set_reservation_status",
         .summary = "Cancel a reservation; its deposit is given back or kept, as its rule says.",
         .commands = {{"cancelled", "cancel_reservation"}},
         .selector = "status",
         .path_argument = "reservation_id",
         .path_record = reservation,
         .answer_record = reservation},
        {.method = "POST",
         .path = "outgoing-orders",
         .operation = "record_counter_sale",
         .summary = "Sell goods: order, invoice, payments, receipts and stock in one. Prices, "
                    "taxes and sums are central's.",
         .commands = {{"", "record_counter_sale"}},
         .answer_record = order,
         .creates = true},
        {.method = "POST",
         .path = "me/orders",
         .operation = "create_outgoing_order",
         .summary = "A customer orders goods; they are kept and paid for when it is completed.",
         .commands = {{"", "create_outgoing_order"}},
         .answer_record = order,
         .creates = true},
        {.method = "POST",
         .path = "outgoing-orders/{id}/complete",
         .operation = "complete_outgoing_order",
         .summary = "Hand out what a customer ordered: invoice, payments, receipts and stock.",
         .commands = {{"", "complete_outgoing_order"}},
         .path_argument = "order_id",
         .path_record = order,
         .answer_record = order},
        {.method = "PATCH",
         .path = "outgoing-orders/{id}/status",
         .operation = "set_outgoing_order_status",
         .summary = "Cancel an order: goods and money go back.",
         .commands = {{"cancelled", "cancel_outgoing_order"}},
         .selector = "status",
         .path_argument = "order_id",
         .path_record = order,
         .answer_record = order},
        {.method = "POST",
         .path = "outgoing-orders/{id}/decision",
         .operation = "decide_order_dispute",
         .summary = "Decide an order that was sold beyond the stock: hand out what came since, or "
                    "give the money back.",
         .commands = {{"", "decide_dispute"}},
         .path_argument = "order_id",
         .path_record = order,
         .answer_record = order},
        {.method = "POST",
         .path = "tills",
         .operation = "open_till",
         .summary = "Open a terminal's till with a float.",
         .commands = {{"", "open_till"}},
         .answer_record = till,
         .creates = true},
        {.method = "POST",
         .path = "tills/{id}/close",
         .operation = "close_till",
         .summary = "Close a till with what was counted; a difference needs a reason.",
         .commands = {{"", "close_till"}},
         .path_argument = "till_id",
         .path_record = till,
         .answer_record = till},
    };
}

}  // namespace showfloor::central
