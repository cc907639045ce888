// Stock and sums hold whatever is done to tickets, in any order, from one place or two.

#include <rapidcheck.h>

#include "workshop.hpp"

namespace showfloor::domain {

namespace {

// One random step; what is refused changes nothing.
void step(Workshop& shop, const std::vector<Uuid>& tickets, std::vector<Uuid>& parts) {
    const auto one_of = [](const std::vector<Uuid>& ids) {
        return ids.at(*rc::gen::inRange<std::size_t>(0, ids.size()));
    };
    const Uuid ticket = one_of(tickets);
    switch (*rc::gen::inRange(0, 8)) {
        case 0:
        case 1:
        case 2: {
            const auto args = shop.part_args(ticket, *rc::gen::inRange<std::int64_t>(1, 8));
            // Half of them arrive from a terminal that did not know what is left.
            const bool offline = *rc::gen::arbitrary<bool>();
            auto command = shop.d.make("add_part", args, shop.d.mechanic, shop.d.terminal);
            const auto outcome = offline ? shop.d.push(command, shop.d.terminal)
                                         : shop.d.submit(command, shop.d.terminal);
            if (shop.world.get<TicketPart>(*Uuid::parse(args["id"].get<std::string>())))
                parts.push_back(*Uuid::parse(args["id"].get<std::string>()));
            break;
        }
        case 3:
        case 4:
            if (!parts.empty())
                shop.run("remove_part", {{"part_id", one_of(parts).to_string()}}, shop.d.mechanic);
            break;
        case 5:
            shop.run("add_labour",
                     shop.labour_args(ticket, *rc::gen::inRange<std::int64_t>(1, 500)),
                     shop.d.mechanic);
            break;
        case 6:
            shop.set(
                ticket,
                kTicketStatusNames[*rc::gen::inRange<std::size_t>(0, kTicketStatusNames.size())]
                    .data());
            break;
        default:
            shop.receive(*rc::gen::inRange<std::int64_t>(1, 5));
    }
}

std::int64_t received(Workshop& shop) {
    std::int64_t sum = 0;
    for (const auto& movement : shop.world.find<StockMovement>({}))
        if (movement.kind == MovementKind::kReceived) sum += movement.quantity;
    return sum;
}

}  // namespace

TEST_CASE("properties: what came in is in stock or built in; tickets and invoices add up") {
    const bool held = rc::check([] {
        Workshop shop;
        std::vector<Uuid> tickets = {shop.open_ticket(), shop.open_ticket(), shop.open_ticket()};
        std::vector<Uuid> parts;
        const int steps = *rc::gen::inRange(1, 40);
        for (int i = 0; i < steps; ++i)
            step(shop, tickets, parts);
        RC_ASSERT(shop.stock() + shop.built_in() == received(shop));
        for (const Uuid& id : tickets)
            shop.check_sums(id);
        for (const auto& invoice : shop.world.find<Invoice>({}))
            check_invoice(shop.world, invoice);
    });
    CHECK(held);
}

}  // namespace showfloor::domain
