#pragma once
// A dealership with a workshop: an hour has its price, one kind of part lies in stock. Shared by
// the tests of tickets. Thread contract: belongs to one thread.

#include "domain/money.hpp"
#include "domain/records_goods.hpp"
#include "domain/records_workshop.hpp"
#include "domain/transitions_workshop.hpp"
#include "judging.hpp"

namespace showfloor::domain {

struct Workshop {
    MapWorld world;
    test::Dealership d{world};
    Uuid product, supplier;

    Workshop() {
        auto branch = *world.get<Branch>(d.nairobi);
        branch.labour_rate_minor = 300'000;
        branch.labour_tax_code = "standard";
        world.put(branch);
        product = make("create_product",
                       {{"sku", "OF-1"},
                        {"name", "Oil filter"},
                        {"price_minor", 150'000},
                        {"currency", "KES"},
                        {"tax_code", "standard"},
                        {"kind", "part"}},
                       d.manager);
        supplier = make("create_supplier", {{"name", "Parts Ltd"}}, d.staff);
        receive(10);
    }
    Outcome run(std::string_view name, base::Json args, const Uuid& actor) {
        static_cast<void>(world.take_changes());
        return d.run(name, std::move(args), actor);
    }
    Uuid make(std::string_view name, base::Json args, const Uuid& actor) {
        const Uuid id = d.next_id();
        args["id"] = id.to_string();
        check_applied(run(name, std::move(args), actor));
        return id;
    }
    void receive(std::int64_t quantity) {
        make("create_incoming_order",
             {{"supplier_id", supplier.to_string()},
              {"product_id", product.to_string()},
              {"branch_id", d.nairobi.to_string()},
              {"quantity", quantity},
              {"unit_cost_minor", 900},
              {"received", true}},
             d.staff);
    }
    base::Json ticket_args() {
        return {{"id", d.next_id().to_string()},
                {"customer_id", d.customer.to_string()},
                {"car_id", test::Dealership::car(1).to_string()},
                {"description", "Brakes squeal"}};
    }
    Uuid open_ticket() { return make("create_ticket", ticket_args(), d.mechanic); }
    static base::Json of(const Uuid& ticket) { return {{"ticket_id", ticket.to_string()}}; }
    base::Json part_args(const Uuid& ticket, std::int64_t quantity) {
        return {{"id", d.next_id().to_string()},
                {"ticket_id", ticket.to_string()},
                {"product_id", product.to_string()},
                {"quantity", quantity}};
    }
    base::Json labour_args(const Uuid& ticket, std::int64_t minutes) {
        return {{"id", d.next_id().to_string()},
                {"ticket_id", ticket.to_string()},
                {"description", "Brakes"},
                {"minutes", minutes}};
    }
    Outcome set(const Uuid& ticket, const char* status, const Uuid& who) {
        auto args = of(ticket);
        args["status"] = status;
        return run("set_ticket_status", args, who);
    }
    Outcome set(const Uuid& ticket, const char* status) { return set(ticket, status, d.mechanic); }
    [[nodiscard]] ServiceTicket ticket(const Uuid& id) { return *world.get<ServiceTicket>(id); }

    // What the books say is there; every batch is the sum of its movements.
    std::int64_t stock() {
        std::int64_t sum = 0;
        for (const auto& batch :
             world.find<StockBatch>({.where = {{"product_id", product.to_string()}}})) {
            std::int64_t moved = 0;
            for (const auto& movement :
                 world.find<StockMovement>({.where = {{"batch_id", batch.id.to_string()}}})) {
                moved += movement.quantity;
                CHECK(movement.new_quantity == movement.old_quantity + movement.quantity);
            }
            CHECK(moved == batch.available_quantity);
            CHECK(batch.available_quantity >= 0);
            sum += batch.available_quantity;
        }
        return sum;
    }
    // What lies in tickets, out of the books: pieces built in that were in stock.
    std::int64_t built_in() {
        std::int64_t sum = 0;
        for (const auto& part :
             world.find<TicketPart>({.where = {{"product_id", product.to_string()}}}))
            if (!part.archived) sum += part.quantity - part.short_quantity;
        return sum;
    }
    // A ticket's sums are those of its standing lines.
    void check_sums(const Uuid& id) {
        const auto one = ticket(id);
        std::int64_t parts = 0, labour = 0, by_class = 0;
        for (const auto& part :
             world.find<TicketPart>({.where = {{"ticket_id", id.to_string()}}})) {
            CHECK(part.amount_minor == part.unit_price_minor * part.quantity);
            if (!part.archived) parts += part.amount_minor;
        }
        for (const auto& line :
             world.find<TicketLabour>({.where = {{"ticket_id", id.to_string()}}}))
            if (!line.archived) labour += line.amount_minor;
        by_class = tax_inside(parts + labour, 1600);  // all lines here are of one class
        CHECK(one.parts_minor == parts);
        CHECK(one.labour_minor == labour);
        CHECK(one.tax_minor == by_class);
        CHECK(one.total_minor == parts + labour);  // prices include tax
    }
};

}  // namespace showfloor::domain
