// Writing deliveries, owned items, pay, and what is done with whole customers.

#include "central/api/answer.hpp"
#include "central/api/goods.hpp"
#include "central/credentials.hpp"
#include "domain/records_deliveries.hpp"
#include "domain/records_own.hpp"

namespace showfloor::central {

namespace {

using domain::describe;

// Two customers are named; one that may not be seen is as absent as an unknown one.
base::Result<std::optional<net::HttpResponse>> check_both_seen(Batch& batch,
                                                               const domain::Command& command) {
    using Stopped = std::optional<net::HttpResponse>;
    domain::World& world = batch.world();
    const auto user = world.get<domain::User>(command.actor_id);
    const domain::Actor actor =
        user ? domain::Actor{user->id, user->role, user->branch_id, false} : domain::Actor{};
    for (const char* name : {"customer_id", "merge_id"}) {
        const auto id = base::Uuid::parse(base::text_member(command.args, name));
        if (!id) continue;  // execute() says what is wrong with it
        const auto row = world.get_row(describe<domain::Customer>(), *id);
        const bool seen = row && domain::view_of(actor, describe<domain::Customer>(), *row, world);
        if (world.failure()) return *world.failure();
        if (seen) continue;
        return Stopped(problem_answer(422, "not_found", "There is no such customer.",
                                      {{name, "not_found", "There is no such customer."}}));
    }
    return Stopped();
}

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
         .path = "customers/merge",
         .operation = "merge_customers",
         .summary = "Join a customer made twice (merge_id) into another (customer_id); the old id "
                    "goes on working.",
         .commands = {{"", "merge_customers"}},
         .answer_record = customer,
         .answer_detail = "customer_id",
         .before = check_both_seen},
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
