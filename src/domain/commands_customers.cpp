// Customers: made and corrected at any terminal, archived at central.

#include "domain/handlers.hpp"

namespace showfloor::domain {

namespace {

using Stopped = std::optional<Outcome>;

struct CreateCustomer : Customer {
    bool despite_duplicate = false;  // the person saw who is there already, and goes on
};
struct CustomerId {
    Uuid customer_id;
};

Description create_args() {
    using F = build::Of<CreateCustomer>;
    Description args = args_like("create_customer", describe<Customer>(), {"image"}, false);
    args.fields.push_back(F::boolean<&CreateCustomer::despite_duplicate>("despite_duplicate"));
    return args;
}

const Description& update_args() {
    static const Description d = [] {
        using F = build::Of<CreateCustomer>;
        Description args =
            args_like("update_customer", describe<Customer>(), {"image", "branch_id"}, true);
        args.fields.push_back(F::boolean<&CreateCustomer::despite_duplicate>("despite_duplicate"));
        return args;
    }();
    return d;
}

}  // namespace

template <>
const Description& describe<CreateCustomer>() {
    static const Description d = create_args();
    return d;
}

template <>
const Description& describe<CustomerId>() {
    using F = build::Of<CustomerId>;
    static const Description d{
        "archive_customer",
        "",
        {
            F::id<&CustomerId::customer_id>("customer_id", "customer").require(),
        },
        Synced::kNever,
        {}};
    return d;
}

namespace {

// The branch a new customer belongs to: as given, else the owner's, the actor's, the terminal's.
Uuid home_of(Handling& handling, const Customer& customer) {
    if (!customer.branch_id.is_nil()) return customer.branch_id;
    const auto seller = handling.world.get<User>(customer.seller_id);
    if (seller && !seller->branch_id.is_nil()) return seller->branch_id;
    if (!handling.actor.branch_id.is_nil()) return handling.actor.branch_id;
    const auto terminal = handling.world.get<Terminal>(handling.context.terminal_id);
    return terminal ? terminal->branch_id : Uuid{};
}

Stopped normalise(Customer& customer, const Branch& branch) {
    if (!customer.phone.empty()) {
        auto phone = normalise_phone(customer.phone, branch.phone);
        if (!phone) return refuse(Code::kInvalid, "phone");
        customer.phone = std::move(*phone);
    }
    if (!customer.email.empty()) {
        auto email = normalise_email(customer.email);
        if (!email) return refuse(Code::kInvalid, "email");
        customer.email = std::move(*email);
    }
    return std::nullopt;
}

// FIX: the same phone or e-mail in a branch is offered as "already there". A customer made offline
// meanwhile is kept and flagged, because sales already speak of it.
Stopped check_duplicate(Handling& handling, const Customer& customer, bool despite) {
    if (despite) return std::nullopt;
    for (const auto& [field, text] :
         {std::pair<std::string_view, const std::string&>{"phone", customer.phone},
          std::pair<std::string_view, const std::string&>{"email", customer.email}}) {
        if (text.empty()) continue;
        const auto found = handling.world.find<Customer>(
            {.where = {{field, Value{text}},
                       {"branch_id", Value{customer.branch_id.to_string()}}}});
        for (const Customer& other : found) {
            if (other.id == customer.id || other.archived || !other.merged_into.is_nil()) continue;
            if (handling.tolerate(Code::kDuplicate)) return std::nullopt;
            return refuse(Code::kDuplicate, std::string(field), {{"id", other.id.to_string()}});
        }
    }
    return std::nullopt;
}

Outcome create_customer(Handling& handling) {
    const auto& args = handling.as<CreateCustomer>();
    Customer customer = args;
    // A sale that arrived before it left a placeholder, which this fills in.
    const auto before = handling.world.get<Customer>(customer.id);
    if (before && before->placeholder && handling.must_apply()) {
        customer.created_at = before->created_at;
        customer.archived = before->archived;
        customer.merged_into = before->merged_into;
    } else if (auto stopped = check_new<Customer>(handling, customer.id)) {
        return *stopped;
    }
    const bool own = handling.actor.role == Role::kSeller && !handling.actor.system;
    if (own && customer.seller_id.is_nil()) customer.seller_id = handling.actor.user_id;
    customer.branch_id = home_of(handling, customer);
    const auto branch = handling.world.get<Branch>(customer.branch_id);
    if (!branch) return refuse(Code::kNotFound, "branch_id");
    if (!customer.seller_id.is_nil() && !handling.world.get<User>(customer.seller_id))
        return refuse(Code::kNotFound, "seller_id");
    if (auto stopped = check_right(handling, Area::kCustomers, Action::kCreate,
                                   facts_about(handling, customer)))
        return *stopped;
    // A seller's own customer belongs to the seller's own branch.
    if (own && customer.branch_id != handling.actor.branch_id &&
        !handling.tolerate(Code::kNotAllowed))
        return refuse(Code::kNotAllowed, "branch_id");
    if (auto stopped = normalise(customer, *branch)) return *stopped;
    if (auto stopped = check_duplicate(handling, customer, args.despite_duplicate)) return *stopped;
    const std::string id = customer.id.to_string();
    handling.put(std::move(customer));
    return done(handling, {{"customer_id", id}});
}

Outcome update_customer(Handling& handling) {
    const auto before = customer_behind(handling.world, changed_id(handling));
    const auto branch = before ? handling.world.get<Branch>(before->branch_id) : std::nullopt;
    if (!before || !branch) return refuse(Code::kNotFound, "id");
    if (auto stopped = check_right(handling, Area::kCustomers, Action::kChange,
                                   facts_about(handling, *before)))
        return *stopped;
    if (before->archived) return refuse(Code::kWrongState, "id");
    Customer customer = *before;
    apply_changes_to(handling, customer);
    customer.id = before->id;  // the args may name one that was merged into this
    const bool handed_over = customer.seller_id != before->seller_id;
    if (handed_over) {
        const bool manager = handling.actor.system || handling.actor.role == Role::kSuperAdmin ||
                             handling.actor.role == Role::kAdmin;
        if (!manager) return refuse(Code::kNotAllowed, "seller_id");
        if (!customer.seller_id.is_nil() && !handling.world.get<User>(customer.seller_id))
            return refuse(Code::kNotFound, "seller_id");
    }
    if (auto stopped = normalise(customer, *branch)) return *stopped;
    const bool reachable_otherwise =
        customer.phone != before->phone || customer.email != before->email;
    const Value& despite = handling.args_row[handling.spec.args->index_of("despite_duplicate")];
    if (reachable_otherwise) {
        if (auto stopped = check_duplicate(handling, customer, despite == Value{std::int64_t{1}}))
            return *stopped;
    }
    handling.put(std::move(customer));
    return done(handling);
}

Outcome archive_customer(Handling& handling) {
    auto customer = handling.world.get<Customer>(handling.as<CustomerId>().customer_id);
    if (!customer) return refuse(Code::kNotFound, "customer_id");
    if (auto stopped = check_right(handling, Area::kCustomers, Action::kDelete,
                                   facts_about(handling, *customer)))
        return *stopped;
    if (customer->archived) return refuse(Code::kAlreadyDone, "customer_id");
    customer->archived = true;
    handling.put(std::move(*customer));
    return done(handling);
}

}  // namespace

std::vector<CommandSpec> customer_commands() {
    CommandSpec create{.name = "create_customer",
                       .from_terminal = true,
                       .others_build_on_it = true,
                       .area = Area::kCustomers,
                       .action = Action::kCreate,
                       .args = &describe<CreateCustomer>(),
                       .run = &run_with<CreateCustomer, &create_customer>,
                       .refusals = {Code::kAlreadyDone, Code::kNotFound, Code::kNotAllowed,
                                    Code::kInvalid, Code::kDuplicate},
                       .contested = {Code::kActorInactive, Code::kActorRoleChanged},
                       .documents = {}};
    CommandSpec update{.name = "update_customer",
                       .from_terminal = true,
                       .changes = true,
                       .area = Area::kCustomers,
                       .action = Action::kChange,
                       .args = &update_args(),
                       .run = &update_customer,
                       .refusals = {Code::kNotFound, Code::kNotAllowed, Code::kWrongState,
                                    Code::kInvalid, Code::kDuplicate},
                       .contested = {},
                       .documents = {}};
    CommandSpec archive{.name = "archive_customer",
                        .area = Area::kCustomers,
                        .action = Action::kDelete,
                        .args = &describe<CustomerId>(),
                        .run = &run_with<CustomerId, &archive_customer>,
                        .refusals = {Code::kNotFound, Code::kNotAllowed, Code::kAlreadyDone},
                        .contested = {},
                        .documents = {}};
    return {std::move(create), std::move(update), std::move(archive)};
}

}  // namespace showfloor::domain
