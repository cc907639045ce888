// Promotions: made, changed and taken out. Read like every other record.

#include "central/api/goods.hpp"
#include "domain/records_promotions.hpp"

namespace showfloor::central {

std::vector<WriteRoute> promotion_routes() {
    const auto* promotion = &domain::describe<domain::Promotion>();
    return {
        {.method = "POST",
         .path = "promotions",
         .operation = "create_promotion",
         .summary = "A new promotion: a share of the list price or an amount, for cars that fit.",
         .commands = {{"", "create_promotion"}},
         .answer_record = promotion,
         .creates = true},
        {.method = "PATCH",
         .path = "promotions/{id}",
         .operation = "update_promotion",
         .summary = "Change a promotion; what was sold with it stays as it was.",
         .commands = {{"", "update_promotion"}},
         .path_argument = "id",
         .path_record = promotion,
         .answer_record = promotion},
        {.method = "DELETE",
         .path = "promotions/{id}",
         .operation = "archive_promotion",
         .summary = "Archive a promotion.",
         .commands = {{"", "archive_promotion"}},
         .path_argument = "id",
         .path_record = promotion,
         .answer_record = promotion},
    };
}

}  // namespace showfloor::central
