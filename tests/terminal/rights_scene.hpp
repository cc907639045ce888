#pragma once
// A terminal whose branch has one of everything that a command can act upon, its own and another
// branch's, for the test of rights through `do`. Thread contract: belongs to one test.

#include <map>

#include "domain/records_deliveries.hpp"
#include "domain/records_goods.hpp"
#include "domain/records_leads.hpp"
#include "domain/records_orders.hpp"
#include "domain/records_workshop.hpp"
#include "fixture.hpp"

namespace showfloor::test {

using domain::Role;

// kPassword with the least of Argon2id: some hundred sign-ins are made here.
inline constexpr const char* kCheapHash =
    "$argon2id$v=19$m=8,t=1,p=1$MDEyMzQ1Njc4OWFiY2RlZg$gLHIkr1qgP4r3sH1P/"
    "NIg3+PMckaLQ3RkuIiytJhVlY";

struct Person {
    const char* login;  // empty: nobody signed in
    Role role;
};
inline constexpr Person kPeople[] = {
    {"owner", Role::kSuperAdmin}, {"manager", Role::kAdmin},     {"staff", Role::kStaff},
    {"seller", Role::kSeller},    {"mechanic", Role::kMechanic}, {"driver", Role::kDelivery},
    {"", Role::kNobody},
};

// Whose the thing is that a command acts upon.
struct Whose {
    Uuid seller, manager, branch, customer, mechanic, driver;
    Uuid self;  // who will ask; nil for nobody
};

class Scene : public TestTerminal {
   public:
    Scene() {
        auto branch = *world().get<domain::Branch>(shop().nairobi);
        branch.labour_rate_minor = 300'000;
        branch.labour_tax_code = "standard";
        world().put(branch);
        auto far = *world().get<domain::Branch>(shop().mombasa);
        far.labour_rate_minor = 300'000;
        far.labour_tax_code = "standard";
        world().put(far);
        for (const auto& person : {shop().owner, shop().mechanic, shop().driver})
            verify_by_password(person);
        for (auto verifier : world().find<domain::Verifier>({})) {
            const auto key = must(folder.terminal_key());
            verifier.wrapped = base::to_base64(must(crypto::wrap_for(
                key.public_key(), base::as_bytes(std::string_view(kCheapHash)), random)));
            world().put(verifier);
        }
        product = made("create_product",
                       {{"sku", "OF-1"},
                        {"name", "Oil filter"},
                        {"price_minor", 150'000},
                        {"currency", "KES"},
                        {"tax_code", "standard"},
                        {"kind", "part"}},
                       shop().owner);
        supplier = made("create_supplier", {{"name", "Parts Ltd"}}, shop().owner);
        for (const Uuid& at : {shop().nairobi, shop().mombasa})
            batches[at] = delivered(at);
        far_customer_ =
            made("create_customer",
                 {{"first_name", "Far"}, {"last_name", "Away"}, {"phone", next_phone()}},
                 shop().mombasa_seller);
    }

    Dealership& shop() { return central.shop; }
    domain::World& world() { return central.shop.world; }

    Whose ours(const Uuid& self) {
        return {shop().seller,
                shop().manager,
                shop().nairobi,
                shop().customer,
                shop().mechanic,
                shop().driver,
                self};
    }
    Whose theirs(const Uuid& self) {
        return {shop().mombasa_seller,
                shop().mombasa_manager,
                shop().mombasa,
                far_customer_,
                Uuid{},
                Uuid{},
                self};
    }

    // Central's own making of what a command acts upon, as somebody who may.
    Uuid made(std::string_view name, Json args, const Uuid& actor) {
        const Uuid id = shop().next_id();
        args["id"] = id.to_string();
        done(name, std::move(args), actor);
        return id;
    }
    domain::Outcome done(std::string_view name, Json args, const Uuid& actor) {
        auto outcome = shop().run(name, std::move(args), actor);
        INFO(name << ": " << domain::name_of(outcome.code) << " " << outcome.field);
        REQUIRE(outcome.applied());
        return outcome;
    }
    template <typename T>
    Uuid put(T record) {
        record.id = shop().next_id();
        record.created_at = record.updated_at = record.occurred_at = kMorning;
        world().put(record);
        return record.id;
    }

    std::string next_phone() { return "+25471100" + std::to_string(1000 + ++phones_); }
    Uuid car(const Whose& whose) {
        domain::Car record = *world().get<domain::Car>(Dealership::car(1));
        record.vin = "VF1AAAAA0000" + std::to_string(10000 + ++cars_);
        record.stock_number = "X-" + std::to_string(cars_);
        record.branch_id = whose.branch;
        record.availability = domain::Availability::kInStock;
        return put(record);
    }
    Uuid customer(const Whose& whose) {
        return made("create_customer",
                    {{"first_name", "A"}, {"last_name", "B"}, {"phone", next_phone()}},
                    whose.seller);
    }
    Uuid lead(const Whose& whose) {
        domain::Lead record;
        record.kind = domain::LeadKind::kCallback;
        record.name = "Visitor";
        record.phone = next_phone();
        record.consent_version = "1";
        record.consent_at = kMorning;
        record.branch_id = whose.branch;
        return put(record);
    }
    Uuid call(const Whose& whose, const Uuid& terminal) {
        domain::Assistance record;
        record.branch_id = whose.branch;
        record.terminal_id = terminal;
        record.called_at = clock.wall();
        return put(record);
    }
    domain::Sale sale(const Whose& whose, std::int64_t cash_minor = 0, bool disputed = false) {
        Json args = {{"id", shop().next_id().to_string()},
                     {"car_id", car(whose).to_string()},
                     {"customer_id", whose.customer.to_string()}};
        if (cash_minor > 0) args["payments"] = {{{"method", "cash"}, {"amount_minor", cash_minor}}};
        const Uuid id = *Uuid::parse(args["id"].get<std::string>());
        done("record_sale", args, whose.seller);
        auto record = *world().get<domain::Sale>(id);
        if (disputed) {
            record.status = domain::SaleStatus::kDisputed;
            record.dispute_code = "car_sold";
            world().put(record);
        }
        return record;
    }
    Uuid payment(const Whose& whose, const char* method) {
        const auto invoice = sale(whose).invoice_id;
        return made("take_payment",
                    {{"invoice_id", invoice.to_string()},
                     {"amount_minor", 1000},
                     {"method", method},
                     {"reference", "R" + std::to_string(++phones_)}},
                    whose.seller);
    }
    Uuid incoming(const Whose& whose) {
        return made("create_incoming_order", incoming_args(whose), shop().owner);
    }
    Json incoming_args(const Whose& whose) const {
        return {{"supplier_id", supplier.to_string()},
                {"product_id", product.to_string()},
                {"branch_id", whose.branch.to_string()},
                {"quantity", 5},
                {"unit_cost_minor", 900}};
    }
    Uuid reservation(const Whose& whose) {
        return made("reserve_car",
                    {{"car_id", car(whose).to_string()},
                     {"customer_id", whose.customer.to_string()},
                     {"until", shop().now + kDay}},
                    whose.seller);
    }
    Uuid order(const Whose& whose) {
        return made("record_counter_sale", {{"lines", lines()}}, whose.seller);
    }
    Json lines() const { return {{{"product_id", product.to_string()}, {"quantity", 1}}}; }
    Uuid till(const Whose& whose) {
        domain::Terminal record = *world().get<domain::Terminal>(shop().other_terminal);
        record.code = "T" + std::to_string(100 + ++tills_);
        record.branch_id = whose.branch;
        return made("open_till",
                    {{"terminal_id", put(record).to_string()}, {"opening_float_minor", 0}},
                    whose.seller);
    }
    Uuid ticket(const Whose& whose) {
        return made("create_ticket",
                    {{"customer_id", whose.customer.to_string()},
                     {"branch_id", whose.branch.to_string()},
                     {"plate", "KDA 123X"},
                     {"description", "Brakes"}},
                    whose.manager);
    }
    Uuid delivery(const Whose& whose) {
        Json args = {{"sale_id", sale(whose).id.to_string()}};
        if (!whose.driver.is_nil()) args["delivery_person_id"] = whose.driver.to_string();
        return made("create_delivery", args, whose.manager);
    }
    Uuid note(const Whose& whose, bool own) {
        domain::Notification record;
        record.type = "sale";
        record.message = "notification.sale";
        record.values = "{}";
        record.branch_id = whose.branch;
        record.user_id = own && !whose.self.is_nil() ? whose.self : whose.seller;
        return put(record);
    }
    Uuid item(const Uuid& of) {
        return made("create_item", {{"item_name", "Wrench"}, {"currency", "KES"}}, of);
    }
    // Each ask gets goods of its own.
    Uuid delivered(const Uuid& branch) {
        const auto outcome = done("create_incoming_order",
                                  {{"id", shop().next_id().to_string()},
                                   {"supplier_id", supplier.to_string()},
                                   {"product_id", product.to_string()},
                                   {"branch_id", branch.to_string()},
                                   {"quantity", 500},
                                   {"unit_cost_minor", 900},
                                   {"received", true}},
                                  shop().owner);
        const auto found =
            world().find<domain::StockBatch>({.where = {{"branch_id", branch.to_string()}}});
        REQUIRE(found.size() == 1);
        return found.front().id;
    }

    Uuid product, supplier;
    std::map<Uuid, Uuid> batches;  // by branch

   private:
    Uuid far_customer_;
    int phones_ = 0, cars_ = 0, tills_ = 0;
};

}  // namespace showfloor::test
