// Writing deliveries, owned items, pay, and what is done with whole customers.

#include "central/api/goods.hpp"
#include "central/credentials.hpp"
#include "domain/records_deliveries.hpp"
#include "domain/records_own.hpp"

namespace showfloor::central {

namespace {

using domain::describe;

// The login of an erased customer is no longer one.
base::Result<void> end_login(Call&, Batch& batch, const domain::Command& command,
                             const std::string&, base::Json&) {
    const auto id = base::Uuid::parse(base::text_member(command.args, "customer_id"));
    const auto customer =
        id ? batch.world().get<domain::Customer>(*id) : std::optional<domain::Customer>();
    if (!customer || customer->user_id.is_nil()) return {};
    const auto user = batch.world().get<domain::User>(customer->user_id);
    if (!user || user->status == domain::UserStatus::kActive) return {};
    return end_sessions_of(batch.connection(), user->id, "deactivated", batch.now());
}

}  // namespace

std::vector<WriteRoute> person_routes() {
    const auto* customer = &describe<domain::Customer>();
    const auto* delivery = &describe<domain::Delivery>();
    const auto* item = &describe<domain::OwnedItem>();
    return {
        {.method = "POST",
         .path = "customers/{id}/merge",
         .operation = "merge_customers",
         .summary = "Join a customer made twice into this one; the other id goes on working.",
         .commands = {{"", "merge_customers"}},
         .path_argument = "customer_id",
         .path_record = customer,
         .answer_record = customer},
        {.method = "POST",
         .path = "customers/{id}/erase",
         .operation = "erase_person",
         .summary = "Forget who somebody is; invoices keep what tax law needs until its term ends.",
         .commands = {{"", "erase_person"}},
         .path_argument = "customer_id",
         .path_record = customer,
         .answer_record = customer,
         .after = end_login},
        {.method = "PUT",
         .path = "users/{id}/pay",
         .operation = "set_user_pay",
         .summary = "Salary and own commission rate of a person (confidential).",
         .commands = {{"", "set_user_pay"}},
         .path_argument = "user_id",
         .path_record = &describe<domain::User>(),
         .answer_record = &describe<domain::UserPay>(),
         .answer_detail = "user_pay_id"},
        {.method = "POST",
         .path = "deliveries",
         .operation = "create_delivery",
         .summary = "What is to be brought to a customer.",
         .commands = {{"", "create_delivery"}},
         .answer_record = delivery,
         .creates = true},
        {.method = "PATCH",
         .path = "deliveries/{id}",
         .operation = "update_delivery",
         .summary = "How far a delivery is; who brings it says so, others plan it.",
         .commands = {{"", "update_delivery"}},
         .path_argument = "id",
         .path_record = delivery,
         .answer_record = delivery},
        {.method = "POST",
         .path = "items",
         .operation = "create_item",
         .summary = "Something of one's own; its id is answered.",
         .commands = {{"", "create_item"}},
         .answer_record = item,
         .creates = true},
        {.method = "PATCH",
         .path = "items/{id}",
         .operation = "update_item",
         .summary = "Change an item of one's own.",
         .commands = {{"", "update_item"}},
         .path_argument = "id",
         .path_record = item,
         .answer_record = item},
        {.method = "DELETE",
         .path = "items/{id}",
         .operation = "archive_item",
         .summary = "Archive an item of one's own.",
         .commands = {{"", "archive_item"}},
         .path_argument = "item_id",
         .path_record = item,
         .answer_record = item},
    };
}

}  // namespace showfloor::central
