// Reservations end when their time is over; what becomes of the deposit is the command's to say.

#include "central/jobs.hpp"
#include "domain/records_orders.hpp"
#include "storage/sqlite_world.hpp"

namespace showfloor::central {

namespace {

// More than fall due between two rounds; the next round takes the rest.
constexpr std::size_t kMostAtOnce = 200;

}  // namespace

base::Result<int> expire_reservations(CommandProcessor& processor, base::UtcMs now) {
    std::vector<domain::Reservation> due;
    {
        SHOWFLOOR_ASSIGN(auto reader, processor.store().reader());
        storage::SqliteWorld world(reader.connection());
        due =
            world.find<domain::Reservation>({.where = {{"status", std::string("active")},
                                                       {"until", now, domain::Compare::kLessEqual}},
                                             .limit = kMostAtOnce});
        if (world.failure()) return *world.failure();
    }
    int expired = 0;
    for (const auto& one : due) {
        domain::Command command;
        command.name = "expire_reservation";
        command.args = {{"reservation_id", one.id.to_string()}};
        SHOWFLOOR_ASSIGN(const auto outcome, processor.run(std::move(command), now, true));
        // Refused: it was fulfilled or cancelled just now.
        if (outcome.applied()) ++expired;
    }
    return expired;
}

}  // namespace showfloor::central
