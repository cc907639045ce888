#include "workshop.hpp"

namespace showfloor::domain {

namespace {

std::vector<Invoice> invoices_of(World& world, const Uuid& ticket) {
    return world.find<Invoice>({.where = {{"ticket_id", Value{ticket.to_string()}}}});
}

}  // namespace

// ---- create_ticket ----------------------------------------------------------------------------

TEST_CASE_FIXTURE(Workshop, "create_ticket: who may, and for whom") {
    for (const Uuid& who : {d.owner, d.manager, d.seller, d.mechanic, d.buyer_login})
        check_applied(run("create_ticket", ticket_args(), who));
    for (const Uuid& who : {d.staff, d.driver, d.supplier, d.mombasa_manager, Uuid{}}) {
        auto args = ticket_args();
        args["branch_id"] = d.nairobi.to_string();
        check_refused(world, run("create_ticket", args, who), Code::kNotAllowed);
    }
    // A customer speaks for themself alone.
    auto args = ticket_args();
    args["customer_id"] = d.other_customer.to_string();
    check_refused(world, run("create_ticket", args, d.buyer_login), Code::kNotAllowed);
    args = ticket_args();
    args["promised_at"] = d.now;
    check_refused(world, run("create_ticket", args, d.buyer_login), Code::kNotAllowed,
                  "promised_at");
    check_applied(run("create_ticket", args, d.mechanic));
}

TEST_CASE_FIXTURE(Workshop, "create_ticket: refused for each of its rules") {
    auto args = ticket_args();
    check_applied(run("create_ticket", args, d.mechanic));
    check_refused(world, run("create_ticket", args, d.mechanic), Code::kAlreadyDone, "id");
    args = ticket_args();
    args["customer_id"] = d.next_id().to_string();
    check_refused(world, run("create_ticket", args, d.mechanic), Code::kNotFound, "customer_id");
    args = ticket_args();
    args["car_id"] = d.next_id().to_string();
    check_refused(world, run("create_ticket", args, d.mechanic), Code::kNotFound, "car_id");
    // Central that was set back does not know the car: the ticket is kept without it.
    const auto unknown = d.push(d.make("create_ticket", args, d.mechanic, d.terminal), d.terminal);
    check_applied(unknown);
    CHECK(has_review(unknown, Code::kNotKnown));
    CHECK(ticket(*Uuid::parse(args["id"].get<std::string>())).vehicle == "?");
    args = ticket_args();
    args["branch_id"] = d.next_id().to_string();
    check_refused(world, run("create_ticket", args, d.owner), Code::kNotFound, "branch_id");
    args = ticket_args();
    args["vin"] = "JTDBR32E720123452";  // another car's
    check_refused(world, run("create_ticket", args, d.mechanic), Code::kInvalid, "vin");
    args.erase("car_id");
    args["vin"] = "NOT A VIN";
    check_refused(world, run("create_ticket", args, d.mechanic), Code::kVinInvalid, "vin");
    args.erase("vin");
    check_refused(world, run("create_ticket", args, d.mechanic), Code::kInvalid, "vin");
    args["plate"] = "KDA 123X";
    check_applied(run("create_ticket", args, d.mechanic));
    for (const char* field : {"total_minor", "status", "invoice_id", "currency"}) {
        args = ticket_args();
        args[field] = 1;
        check_refused(world, run("create_ticket", args, d.mechanic), Code::kInvalid, field);
    }
    auto customer = *world.get<Customer>(d.customer);
    customer.archived = true;
    world.put(customer);
    check_refused(world, run("create_ticket", ticket_args(), d.mechanic), Code::kCustomerArchived);
    const auto late = d.make("create_ticket", ticket_args(), d.mechanic, d.terminal);
    const auto kept = d.push(late, d.terminal);
    CHECK(kept.kind == Outcome::Kind::kContested);
    CHECK(world.get<ServiceTicket>(*Uuid::parse(late.args["id"].get<std::string>())));
}

TEST_CASE_FIXTURE(Workshop, "FIX create_ticket: many tickets per VIN over time") {
    const Uuid first = open_ticket();
    check_applied(set(first, "in_progress"));
    check_applied(set(first, "done"));
    check_applied(set(first, "collected"));
    const Uuid second = open_ticket();
    const Uuid third = open_ticket();
    auto by_vin = ticket_args();
    by_vin.erase("car_id");
    by_vin["vin"] = "jtdbr32e720123451";
    const Uuid fourth = make("create_ticket", by_vin, d.mechanic);
    const auto history =
        world.find<ServiceTicket>({.where = {{"vin", Value{std::string("JTDBR32E720123451")}}}});
    CHECK(history.size() == 4);
    CHECK(ticket(fourth).car_id == test::Dealership::car(1));
    CHECK(ticket(second).status == TicketStatus::kOpen);
    CHECK(ticket(third).status == TicketStatus::kOpen);
}

TEST_CASE_FIXTURE(Workshop, "update_ticket: refused for each of its rules") {
    const Uuid id = open_ticket();
    const auto change = [&](base::Json args, const Uuid& who) {
        args["id"] = id.to_string();
        return run("update_ticket", std::move(args), who);
    };
    check_refused(world, run("update_ticket", {{"id", d.next_id().to_string()}}, d.mechanic),
                  Code::kNotFound, "id");
    for (const Uuid& who : {d.staff, d.seller, d.driver, d.buyer_login, d.mombasa_manager})
        check_refused(world, change({{"bay", "2"}}, who), Code::kNotAllowed);
    check_refused(world, change({{"customer_id", d.other_customer.to_string()}}, d.mechanic),
                  Code::kInvalid, "customer_id");
    check_refused(world, change({{"vin", "SHORT"}}, d.mechanic), Code::kVinInvalid, "vin");
    check_applied(change({{"bay", "2"}, {"promised_at", d.now}, {"odometer", 90'000}}, d.mechanic));
    CHECK(ticket(id).bay == "2");
    CHECK(ticket(id).odometer == 90'000);
    check_applied(change({{"vin", "JTDBR32E720123452"}}, d.mechanic));
    CHECK(ticket(id).car_id == test::Dealership::car(2));
    check_applied(change({{"car_id", test::Dealership::car(3).to_string()}}, d.manager));
    CHECK(ticket(id).vin == "JTDBR32E720123453");
    check_applied(set(id, "cancelled"));
    check_refused(world, change({{"bay", "3"}}, d.mechanic), Code::kWrongState);
}

// ---- parts ------------------------------------------------------------------------------------

TEST_CASE_FIXTURE(Workshop, "FIX add_part: takes stock, and remove_part gives it back") {
    const Uuid id = open_ticket();
    const Uuid part = make("add_part", part_args(id, 4), d.mechanic);
    CHECK(stock() == 6);
    CHECK(ticket(id).parts_minor == 600'000);
    check_sums(id);
    const auto movements =
        world.find<StockMovement>({.where = {{"record_id", Value{part.to_string()}}}});
    REQUIRE(movements.size() == 1);
    CHECK(movements[0].kind == MovementKind::kUsed);
    check_applied(run("remove_part", {{"part_id", part.to_string()}}, d.mechanic));
    CHECK(stock() == 10);
    CHECK(world.get<TicketPart>(part)->archived);
    CHECK(ticket(id).parts_minor == 0);
    check_sums(id);
}

TEST_CASE_FIXTURE(Workshop, "add_part: refused for each of its rules") {
    const Uuid id = open_ticket();
    auto args = part_args(id, 1);
    check_applied(run("add_part", args, d.mechanic));
    check_refused(world, run("add_part", args, d.mechanic), Code::kAlreadyDone, "id");
    check_refused(world, run("add_part", part_args(d.next_id(), 1), d.mechanic), Code::kNotFound,
                  "ticket_id");
    args = part_args(id, 1);
    args["product_id"] = d.next_id().to_string();
    check_refused(world, run("add_part", args, d.mechanic), Code::kNotFound, "product_id");
    args = part_args(id, 1);
    args["batch_id"] = d.next_id().to_string();
    check_refused(world, run("add_part", args, d.mechanic), Code::kNotFound, "batch_id");
    for (const Uuid& who : {d.staff, d.seller, d.driver, d.supplier, d.buyer_login, Uuid{}})
        check_refused(world, run("add_part", part_args(id, 1), who), Code::kNotAllowed);
    check_refused(world, run("add_part", part_args(id, 0), d.mechanic), Code::kInvalid, "quantity");
    // FIX: prices never come from the client.
    args = part_args(id, 1);
    args["unit_price_minor"] = 1;
    check_refused(world, run("add_part", args, d.mechanic), Code::kInvalid, "unit_price_minor");
    const auto over = run("add_part", part_args(id, 12), d.mechanic);
    check_refused(world, over, Code::kOversold, "quantity");
    CHECK(over.kind == Outcome::Kind::kContested);
    CHECK(over.details["message"] == "Insufficient stock. Available: 9, requested: 12");
    auto euro = *world.get<Product>(product);
    euro.currency = "EUR";
    world.put(euro);
    check_refused(world, run("add_part", part_args(id, 1), d.mechanic), Code::kCurrencyMismatch);
    euro.currency = "KES";
    euro.price_minor = 1'000'000'000'000'000;
    world.put(euro);
    check_refused(world, run("add_part", part_args(id, 2), d.mechanic), Code::kInvalid, "quantity");
    check_refused(world, run("add_part", part_args(id, 1), d.mechanic), Code::kInvalid, "quantity");
    euro.price_minor = 150'000;
    euro.tax_code = "unheard of";
    world.put(euro);
    check_refused(world, run("add_part", part_args(id, 1), d.mechanic), Code::kInvalid, "tax_code");
    euro.tax_code = "standard";
    euro.archived = true;
    world.put(euro);
    check_refused(world, run("add_part", part_args(id, 1), d.mechanic), Code::kNotFound,
                  "product_id");
    euro.archived = false;
    world.put(euro);
    check_applied(set(id, "cancelled"));
    check_refused(world, run("add_part", part_args(id, 1), d.mechanic), Code::kWrongState);
    CHECK(stock() == 10);
}

TEST_CASE_FIXTURE(Workshop, "add_part: a named batch gives, the others stay") {
    receive(5);
    const auto batches =
        world.find<StockBatch>({.where = {{"product_id", Value{product.to_string()}}}});
    REQUIRE(batches.size() == 2);
    const Uuid id = open_ticket();
    auto args = part_args(id, 3);
    args["batch_id"] = batches[1].id.to_string();
    check_applied(run("add_part", args, d.mechanic));
    CHECK(world.get<StockBatch>(batches[1].id)->available_quantity ==
          batches[1].available_quantity - 3);
    CHECK(world.get<StockBatch>(batches[0].id)->available_quantity ==
          batches[0].available_quantity);
    args = part_args(id, 11);
    args["batch_id"] = batches[1].id.to_string();
    check_refused(world, run("add_part", args, d.mechanic), Code::kOversold);
}

TEST_CASE_FIXTURE(Workshop, "add_part: what was built in offline is kept, short and looked at") {
    const Uuid id = open_ticket();
    const auto here = d.make("add_part", part_args(id, 7), d.mechanic, d.terminal);
    const auto there = d.make("add_part", part_args(id, 7), d.mechanic, d.other_terminal);
    check_applied(d.push(here, d.terminal));
    // At the other terminal's rebase it is in doubt; at central it is kept.
    const auto doubt = d.rebase(there, d.other_terminal);
    CHECK(doubt.kind == Outcome::Kind::kContested);
    CHECK(doubt.code == Code::kOversold);
    const auto kept = d.push(there, d.other_terminal);
    CHECK(kept.kind == Outcome::Kind::kContested);
    CHECK(kept.code == Code::kOversold);
    CHECK(stock() == 0);
    const auto part = world.get<TicketPart>(*Uuid::parse(there.args["id"].get<std::string>()));
    REQUIRE(part);
    CHECK(part->short_quantity == 4);
    CHECK(ticket(id).reviews == std::vector<std::string>{"oversold"});
    check_sums(id);
    // Taken out again, only what came out of the books goes back into them.
    check_applied(run("remove_part", {{"part_id", part->id.to_string()}}, d.mechanic));
    CHECK(stock() == 3);
}

TEST_CASE_FIXTURE(Workshop, "add_part: the price on screen stands, changed ones are looked at") {
    const Uuid id = open_ticket();
    const auto late = d.make("add_part", part_args(id, 2), d.mechanic, d.terminal);
    auto dearer = *world.get<Product>(product);
    dearer.price_minor = 200'000;
    world.put(dearer);
    auto shown = late;
    check_refused(world, (static_cast<void>(world.take_changes()), d.submit(shown, d.terminal)),
                  Code::kTermsChanged);
    const auto kept = d.push(late, d.terminal);
    check_applied(kept);
    CHECK(has_review(kept, Code::kTermsChanged));
    CHECK(ticket(id).parts_minor == 300'000);
    auto forged = d.make("add_part", part_args(id, 1), d.mechanic, d.terminal);
    forged.terms["currency"] = "EUR";
    static_cast<void>(world.take_changes());
    check_refused(world, d.push(forged, d.terminal), Code::kCurrencyMismatch);
    forged.terms = base::Json{{"unit_minor", -5}};
    check_refused(world, d.push(forged, d.terminal), Code::kForged);
}

TEST_CASE_FIXTURE(Workshop, "add_part: built in after the ticket was closed elsewhere is kept") {
    const Uuid id = open_ticket();
    const auto late = d.make("add_part", part_args(id, 2), d.mechanic, d.terminal);
    check_applied(set(id, "cancelled"));
    const auto kept = d.push(late, d.terminal);
    check_applied(kept);
    CHECK(has_review(kept, Code::kWrongState));
    CHECK(stock() == 8);
}

TEST_CASE_FIXTURE(Workshop, "remove_part: refused for each of its rules, twice offline once") {
    const Uuid id = open_ticket();
    const Uuid part = make("add_part", part_args(id, 3), d.mechanic);
    const base::Json args = {{"part_id", part.to_string()}};
    check_refused(world, run("remove_part", {{"part_id", d.next_id().to_string()}}, d.mechanic),
                  Code::kNotFound, "part_id");
    for (const Uuid& who : {d.staff, d.seller, d.buyer_login, d.mombasa_manager})
        check_refused(world, run("remove_part", args, who), Code::kNotAllowed);
    const auto twice = d.make("remove_part", args, d.mechanic, d.terminal);
    check_applied(run("remove_part", args, d.mechanic));
    check_refused(world, run("remove_part", args, d.mechanic), Code::kAlreadyDone, "part_id");
    const auto kept = d.push(twice, d.terminal);
    check_applied(kept);
    CHECK(has_review(kept, Code::kAlreadyDone));
    CHECK(stock() == 10);
    const Uuid other = make("add_part", part_args(id, 3), d.mechanic);
    check_applied(set(id, "in_progress"));
    check_applied(set(id, "done"));
    check_refused(world, run("remove_part", {{"part_id", other.to_string()}}, d.mechanic),
                  Code::kWrongState);
}

// ---- labour and mechanics ---------------------------------------------------------------------

TEST_CASE_FIXTURE(Workshop,
                  "add_labour: minutes at the branch's hour, half up; never the client's") {
    const Uuid id = open_ticket();
    const Uuid line = make("add_labour", labour_args(id, 50), d.mechanic);
    CHECK(world.get<TicketLabour>(line)->amount_minor == 250'000);
    CHECK(world.get<TicketLabour>(line)->mechanic_id == d.mechanic);
    auto args = labour_args(id, 1);
    CHECK(run("add_labour", args, d.manager).details["amount_minor"] == 5'000);
    check_sums(id);
    check_refused(world, run("add_labour", args, d.mechanic), Code::kAlreadyDone, "id");
    args = labour_args(id, 10);
    args["rate_minor"] = 1;
    check_refused(world, run("add_labour", args, d.mechanic), Code::kInvalid, "rate_minor");
    check_refused(world, run("add_labour", labour_args(id, 0), d.mechanic), Code::kInvalid,
                  "minutes");
    check_refused(world, run("add_labour", labour_args(d.next_id(), 5), d.mechanic),
                  Code::kNotFound, "ticket_id");
    for (const Uuid& who : {d.staff, d.seller, d.driver, d.buyer_login})
        check_refused(world, run("add_labour", labour_args(id, 5), who), Code::kNotAllowed);
    args = labour_args(id, 5);
    args["mechanic_id"] = d.seller.to_string();
    check_refused(world, run("add_labour", args, d.manager), Code::kInvalid, "mechanic_id");
    args["mechanic_id"] = d.next_id().to_string();
    check_refused(world, run("add_labour", args, d.manager), Code::kNotFound, "mechanic_id");
    check_applied(run("remove_labour", {{"labour_id", line.to_string()}}, d.mechanic));
    check_sums(id);
    check_refused(world, run("remove_labour", {{"labour_id", line.to_string()}}, d.mechanic),
                  Code::kAlreadyDone, "labour_id");
    check_refused(world, run("remove_labour", {{"labour_id", d.next_id().to_string()}}, d.mechanic),
                  Code::kNotFound, "labour_id");
    check_refused(world, run("remove_labour", {{"labour_id", line.to_string()}}, d.staff),
                  Code::kNotAllowed);
    check_applied(set(id, "cancelled"));
    check_refused(world, run("add_labour", labour_args(id, 5), d.mechanic), Code::kWrongState);
}

TEST_CASE_FIXTURE(Workshop, "assign_mechanic, remove_mechanic: idempotent, and who may") {
    const Uuid id = open_ticket();
    auto args = of(id);
    args["mechanic_id"] = d.mechanic.to_string();
    const auto rows = [&] {
        return world.find<TicketMechanic>({.where = {{"ticket_id", Value{id.to_string()}}}});
    };
    CHECK(run("assign_mechanic", args, d.manager).details["changed"] == true);
    CHECK(run("assign_mechanic", args, d.mechanic).details["changed"] == false);
    CHECK(world.changes().empty());
    REQUIRE(rows().size() == 1);
    CHECK(!rows()[0].archived);
    CHECK(run("remove_mechanic", args, d.mechanic).details["changed"] == true);
    CHECK(run("remove_mechanic", args, d.mechanic).details["changed"] == false);
    CHECK(world.changes().empty());
    CHECK(rows()[0].archived);
    check_applied(run("assign_mechanic", args, d.mechanic));
    CHECK(rows().size() == 1);
    for (const Uuid& who : {d.staff, d.seller, d.driver, d.buyer_login, d.mombasa_manager}) {
        check_refused(world, run("assign_mechanic", args, who), Code::kNotAllowed);
        check_refused(world, run("remove_mechanic", args, who), Code::kNotAllowed);
    }
    args["mechanic_id"] = d.seller.to_string();
    check_refused(world, run("assign_mechanic", args, d.manager), Code::kInvalid, "mechanic_id");
    args["mechanic_id"] = d.next_id().to_string();
    check_refused(world, run("assign_mechanic", args, d.manager), Code::kNotFound, "mechanic_id");
    auto nowhere = of(d.next_id());
    nowhere["mechanic_id"] = d.mechanic.to_string();
    check_refused(world, run("assign_mechanic", nowhere, d.manager), Code::kNotFound, "ticket_id");
    check_refused(world, run("remove_mechanic", nowhere, d.manager), Code::kNotFound, "ticket_id");
    args["mechanic_id"] = d.mechanic.to_string();
    check_applied(set(id, "cancelled"));
    check_refused(world, run("assign_mechanic", args, d.manager), Code::kWrongState);
    check_refused(world, run("remove_mechanic", args, d.manager), Code::kWrongState);
}

TEST_CASE_FIXTURE(Workshop, "edit_mechanics: several come and go, all or nothing") {
    auto second = *world.get<User>(d.mechanic);
    second.id = d.next_id();
    second.username = second.email = "second";
    world.put(second);
    const Uuid id = open_ticket();
    const auto edit = [&](std::vector<std::string> add, std::vector<std::string> remove,
                          const Uuid& who) {
        auto args = of(id);
        args["add_ids"] = add;
        args["remove_ids"] = remove;
        return run("edit_mechanics", args, who);
    };
    const std::string one = d.mechanic.to_string(), two = second.id.to_string();
    CHECK(edit({one, two}, {}, d.manager).details["changed"] == 2);
    CHECK(edit({one}, {two}, d.mechanic).details["changed"] == 1);
    check_refused(world, edit({two, d.seller.to_string()}, {}, d.manager), Code::kInvalid,
                  "add_ids");
    check_refused(world, edit({two}, {two}, d.manager), Code::kInvalid, "remove_ids");
    check_refused(world, edit({"x"}, {}, d.manager), Code::kInvalid, "add_ids");
    check_refused(world, edit({d.next_id().to_string()}, {}, d.manager), Code::kNotFound,
                  "add_ids");
    check_refused(world, edit({two}, {}, d.staff), Code::kNotAllowed);
    auto nowhere = of(d.next_id());
    check_refused(world, run("edit_mechanics", nowhere, d.manager), Code::kNotFound, "ticket_id");
    check_applied(set(id, "cancelled"));
    check_refused(world, edit({two}, {}, d.manager), Code::kWrongState);
}

// ---- status and invoice -----------------------------------------------------------------------

TEST_CASE_FIXTURE(Workshop, "set_ticket_status: the transition table and no other step") {
    const auto reach = [&](TicketStatus status) {
        const Uuid id = open_ticket();
        using S = TicketStatus;
        const bool works = status != S::kOpen && status != S::kCancelled;
        if (works) check_applied(set(id, "in_progress"));
        if (status == S::kWaitingParts) check_applied(set(id, "waiting_parts"));
        if (status == S::kDone || status == S::kCollected) check_applied(set(id, "done"));
        if (status == S::kCollected) check_applied(set(id, "collected"));
        if (status == S::kCancelled) check_applied(set(id, "cancelled"));
        return id;
    };
    for (std::size_t from = 0; from < kTicketStatusNames.size(); ++from) {
        for (std::size_t to = 0; to < kTicketStatusNames.size(); ++to) {
            const Uuid id = reach(static_cast<TicketStatus>(from));
            CAPTURE(kTicketStatusNames[from]);
            CAPTURE(kTicketStatusNames[to]);
            const auto outcome = set(id, kTicketStatusNames[to].data());
            if (may_become(static_cast<TicketStatus>(from), static_cast<TicketStatus>(to))) {
                check_applied(outcome);
                CHECK(ticket(id).status == static_cast<TicketStatus>(to));
            } else {
                check_refused(world, outcome, Code::kWrongState, "ticket_id");
            }
        }
    }
    CHECK(ticket_transitions().size() == 9);
    const Uuid id = open_ticket();
    for (const Uuid& who : {d.staff, d.seller, d.driver, d.buyer_login, d.mombasa_manager})
        check_refused(world, set(id, "in_progress", who), Code::kNotAllowed);
    check_refused(world, set(d.next_id(), "in_progress"), Code::kNotFound, "ticket_id");
}

TEST_CASE_FIXTURE(Workshop, "set_ticket_status: a done ticket becomes an invoice with its number") {
    const Uuid id = open_ticket();
    make("add_part", part_args(id, 2), d.mechanic);
    make("add_labour", labour_args(id, 90), d.mechanic);
    check_applied(set(id, "in_progress"));
    const auto outcome = set(id, "done");
    check_applied(outcome);
    CHECK(outcome.details["invoice_number"] == "NBO-C-I000001");
    const auto invoices = invoices_of(world, id);
    REQUIRE(invoices.size() == 1);
    const Invoice& invoice = invoices[0];
    CHECK(ticket(id).invoice_id == invoice.id);
    CHECK(ticket(id).done_at != 0);
    CHECK(invoice.total_amount_minor == 750'000);
    CHECK(invoice.customer_id == d.customer);
    CHECK(invoice.seller_id == d.seller);
    CHECK(invoice.status == InvoiceStatus::kOpen);
    CHECK(invoice.sale_id.is_nil());
    REQUIRE(invoice.taxes.size() == 1);
    CHECK(invoice.taxes[0].name == "VAT");
    check_invoice(world, invoice);
    // Paid as any invoice is.
    check_applied(run("take_payment",
                      {{"id", d.next_id().to_string()},
                       {"invoice_id", invoice.id.to_string()},
                       {"amount_minor", 750'000},
                       {"method", "cash"}},
                      d.seller));
    CHECK(world.get<Invoice>(invoice.id)->status == InvoiceStatus::kPaid);
    check_invoice(world, *world.get<Invoice>(invoice.id));
}

TEST_CASE_FIXTURE(Workshop, "set_ticket_status: nothing to pay, nothing to invoice") {
    const Uuid id = open_ticket();
    check_applied(set(id, "in_progress"));
    check_applied(set(id, "done"));
    CHECK(invoices_of(world, id).empty());
    CHECK(ticket(id).invoice_id.is_nil());
}

TEST_CASE_FIXTURE(Workshop, "set_ticket_status: taxes on top, each class once") {
    auto branch = *world.get<Branch>(d.nairobi);
    branch.prices_include_tax = false;
    branch.labour_tax_code = "zero";
    world.put(branch);
    const Uuid id = open_ticket();
    make("add_part", part_args(id, 1), d.mechanic);
    make("add_labour", labour_args(id, 20), d.mechanic);
    check_applied(set(id, "in_progress"));
    check_applied(set(id, "done"));
    const auto invoice = invoices_of(world, id).at(0);
    CHECK(invoice.total_amount_minor == 150'000 + 24'000 + 100'000);
    CHECK(ticket(id).total_minor == invoice.total_amount_minor);
    CHECK(invoice.taxes.size() == 2);
    check_invoice(world, invoice);
}

TEST_CASE_FIXTURE(Workshop, "set_ticket_status: what was handed out offline stands at central") {
    const Uuid id = open_ticket();
    make("add_part", part_args(id, 2), d.mechanic);
    check_applied(set(id, "in_progress"));
    // Written at the terminal, but not pushed yet.
    auto args = of(id);
    args["status"] = "done";
    auto late = d.make("set_ticket_status", args, d.mechanic, d.terminal);
    late.numbers = {{"NBO-T01-I", 1}};
    make("add_part", part_args(id, 1), d.mechanic);
    const auto kept = d.push(late, d.terminal);
    check_applied(kept);
    CHECK(has_review(kept, Code::kTermsChanged));
    const auto first = invoices_of(world, id).at(0);
    CHECK(first.number == "NBO-T01-I000001");
    CHECK(first.total_amount_minor == 300'000);
    CHECK(ticket(id).reviews == std::vector<std::string>{"terms_changed"});
    check_invoice(world, first);
    // Set done at another terminal too: that paper stands beside, and somebody looks at both.
    auto again = late;
    again.id = d.next_id();
    again.numbers = {{"NBO-T02-I", 1}};
    const auto second = d.push(again, d.other_terminal);
    check_applied(second);
    CHECK(has_review(second, Code::kAlreadyDone));
    CHECK(invoices_of(world, id).size() == 2);
    CHECK(ticket(id).invoice_id == first.id);
    // What contradicts itself is not taken.
    again.id = d.next_id();
    again.terms["total_minor"] = 1;
    static_cast<void>(world.take_changes());
    check_refused(world, d.push(again, d.other_terminal), Code::kTermsDoNotAddUp);
    again.terms = base::Json::object();
    check_refused(world, d.push(again, d.other_terminal), Code::kInvalid, "terms");
    again = late;
    again.id = d.next_id();
    again.numbers.clear();
    check_refused(world, d.push(again, d.terminal), Code::kForged, "numbers");
    // Another step that crossed it is simply refused.
    args["status"] = "cancelled";
    check_refused(world,
                  d.push(d.make("set_ticket_status", args, d.mechanic, d.terminal), d.terminal),
                  Code::kWrongState);
}

TEST_CASE_FIXTURE(Workshop, "set_ticket_status: cancelling gives every part back") {
    const Uuid id = open_ticket();
    make("add_part", part_args(id, 2), d.mechanic);
    make("add_part", part_args(id, 3), d.mechanic);
    CHECK(stock() == 5);
    check_applied(set(id, "cancelled", d.manager));
    CHECK(stock() == 10);
    CHECK(ticket(id).total_minor == 0);
    check_sums(id);
}

TEST_CASE_FIXTURE(Workshop, "rights: whose tickets, and whose customers") {
    const Uuid id = open_ticket();
    const auto sees = [&](const Uuid& who, const Description& record, const Uuid& record_id) {
        const auto user = world.get<User>(who);
        const Actor actor{user->id, user->role, user->branch_id, false};
        return view_of(actor, record, *world.get_row(record, record_id), world);
    };
    const auto& tickets = describe<ServiceTicket>();
    for (const Uuid& who : {d.owner, d.manager, d.staff, d.seller, d.mechanic})
        CHECK(sees(who, tickets, id) == View::kStaff);
    CHECK(sees(d.buyer_login, tickets, id) == View::kPublic);
    for (const Uuid& who : {d.other_seller, d.driver, d.supplier, d.mombasa_manager})
        CHECK(!sees(who, tickets, id));
    // A mechanic sees the customers of the tickets they are on, while they are on them.
    const auto& customers = describe<Customer>();
    CHECK(!sees(d.mechanic, customers, d.customer));
    auto args = of(id);
    args["mechanic_id"] = d.mechanic.to_string();
    check_applied(run("assign_mechanic", args, d.manager));
    CHECK(sees(d.mechanic, customers, d.customer));
    CHECK(!sees(d.mechanic, customers, d.other_customer));
    check_applied(run("remove_mechanic", args, d.manager));
    CHECK(!sees(d.mechanic, customers, d.customer));
}

}  // namespace showfloor::domain
