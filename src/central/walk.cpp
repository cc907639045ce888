#include "central/walk.hpp"

#include <string>

namespace showfloor::central {

base::Result<void> walk_rows(domain::World& world, const domain::Description& record,
                             const std::function<base::Result<void>(const domain::Row&)>& use) {
    constexpr std::size_t kPage = 1000;
    std::string after;
    for (;;) {
        const auto page = world.find_rows(
            record,
            {.where = {{"id", domain::Value{after}, domain::Compare::kGreater}}, .limit = kPage});
        if (world.failure()) return *world.failure();
        for (const domain::Row& row : page)
            SHOWFLOOR_TRY(use(row));
        if (page.size() < kPage) return {};
        after = domain::row_id(page.back()).to_string();
    }
}

}  // namespace showfloor::central
