#include "central/demo/demo_workshop.hpp"

#include <map>

#include "central/limits.hpp"
#include "domain/records.hpp"

namespace showfloor::central {

namespace {

using base::Json;

constexpr std::int64_t kMinor = 100;  // the demo's money has two minor digits
constexpr std::int64_t kStepMs = 60'000;

class DemoWorkshop {
   public:
    DemoWorkshop(CommandProcessor& processor, base::UtcMs now) : processor_(processor), at_(now) {}

    base::Result<void> find_mechanic();
    base::Result<void> stock(const Json& products);
    base::Result<void> ticket(const Json& json, const base::Uuid& customer, base::UtcMs at);

    void go_to(base::UtcMs at) { at_ = at; }

   private:
    base::Uuid new_id(Batch& batch) const { return base::Uuid::v7(at_, batch.random()); }
    // As the mechanic, or as central itself, a minute after what was before.
    base::Result<std::string> run(std::string_view name, Json args, bool own);

    CommandProcessor& processor_;
    base::UtcMs at_;
    base::Uuid mechanic_, branch_;
    std::string currency_;
    std::map<std::string, std::string> products_;  // id by sku
};

base::Result<void> DemoWorkshop::find_mechanic() {
    SHOWFLOOR_ASSIGN(auto batch, processor_.batch(at_));
    const auto mechanic = batch.world().find_one<domain::User>({{"role", std::string("mechanic")}});
    const auto branch = mechanic ? batch.world().get<domain::Branch>(mechanic->branch_id)
                                 : std::optional<domain::Branch>();
    if (!branch)
        return base::fail(base::ErrorKind::kInvalid,
                          "users.json has no mechanic for the workshop.");
    mechanic_ = mechanic->id;
    branch_ = branch->id;
    currency_ = branch->currency;
    return {};
}

base::Result<std::string> DemoWorkshop::run(std::string_view name, Json args, bool own) {
    at_ += kStepMs;
    SHOWFLOOR_ASSIGN(auto batch, processor_.batch(at_));
    if (!args.contains("id") && domain::find_command(name)->args->find("id") != nullptr)
        args["id"] = new_id(batch).to_string();
    const std::string id = base::text_member(args, "id");
    domain::Command command;
    command.name = name;
    command.args = std::move(args);
    command.occurred_at = at_;
    if (!own) {
        command.actor_id = mechanic_;
        command.actor_role = "mechanic";
    }
    domain::Context context;
    context.received_at = at_;
    SHOWFLOOR_ASSIGN(command.terms, domain::quote_terms(batch.world(), command, context));
    const auto outcome = batch.run(std::move(command), own);
    if (outcome.failure) return *outcome.failure;
    if (!outcome.applied()) {
        std::string sentence(name);
        sentence += " in workshop.json: ";
        sentence += domain::sentence_of(outcome.code);
        return base::fail(base::ErrorKind::kRefused, std::move(sentence), {}, outcome.field);
    }
    SHOWFLOOR_TRY(batch.commit());
    return id;
}

base::Result<void> DemoWorkshop::stock(const Json& products) {
    SHOWFLOOR_ASSIGN(const std::string supplier,
                     run("create_supplier", {{"name", "Rift Valley Parts"}}, true));
    for (const Json& product : products) {
        const std::string sku = product.at("sku").get<std::string>();
        SHOWFLOOR_ASSIGN(products_[sku],
                         run("create_product",
                             {{"sku", sku},
                              {"name", product.at("name")},
                              {"kind", product.at("kind")},
                              {"price_minor", product.at("price").get<std::int64_t>() * kMinor},
                              {"currency", currency_},
                              {"tax_code", "VAT"}},
                             true));
        SHOWFLOOR_TRY(
            run("create_incoming_order",
                {{"supplier_id", supplier},
                 {"product_id", products_[sku]},
                 {"branch_id", branch_.to_string()},
                 {"quantity", product.at("quantity")},
                 {"unit_cost_minor", product.at("unit_cost").get<std::int64_t>() * kMinor},
                 {"received", true}},
                true));
    }
    return {};
}

base::Result<void> DemoWorkshop::ticket(const Json& json, const base::Uuid& customer,
                                        base::UtcMs at) {
    go_to(at);
    Json args = {{"customer_id", customer.to_string()}, {"branch_id", branch_.to_string()}};
    for (const char* name : {"vehicle", "plate", "odometer", "description"})
        args[name] = json.at(name);
    SHOWFLOOR_ASSIGN(const std::string id, run("create_ticket", std::move(args), false));
    const Json of = {{"ticket_id", id}};
    const auto with = [&of](const char* name, Json value) {
        Json more = of;
        more[name] = std::move(value);
        return more;
    };
    SHOWFLOOR_TRY(run("assign_mechanic", with("mechanic_id", mechanic_.to_string()), false));
    for (const auto& [sku, quantity] : json.at("parts").items()) {
        Json part = with("product_id", products_[sku]);
        part["quantity"] = quantity;
        SHOWFLOOR_TRY(run("add_part", std::move(part), false));
    }
    if (json.at("minutes").get<std::int64_t>() > 0)
        SHOWFLOOR_TRY(run("add_labour", with("minutes", json.at("minutes")), false));
    for (const Json& step : json.at("steps"))
        SHOWFLOOR_TRY(run("set_ticket_status", with("status", step), false));
    return {};
}

}  // namespace

base::Result<void> make_demo_workshop(CommandProcessor& processor, const base::Json& workshop,
                                      const std::vector<base::Uuid>& customers, base::UtcMs now) {
    constexpr std::int64_t kStockedDaysAgo = 20;
    DemoWorkshop demo(processor, now - kStockedDaysAgo * kDayMs);
    SHOWFLOOR_TRY(demo.find_mechanic());
    SHOWFLOOR_TRY(demo.stock(workshop.at("products")));
    for (const Json& ticket : workshop.at("tickets")) {
        const auto customer = ticket.at("customer").get<std::size_t>();
        if (customer >= customers.size())
            return base::fail(base::ErrorKind::kInvalid, "workshop.json names no known customer.");
        const std::int64_t days = ticket.at("days_ago").get<std::int64_t>();
        // Today's came an hour ago.
        const base::UtcMs at = now - days * kDayMs - 3'600'000;
        SHOWFLOOR_TRY(demo.ticket(ticket, customers[customer], at));
    }
    return {};
}

}  // namespace showfloor::central
