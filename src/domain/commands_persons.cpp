// Customers made twice are joined, and people are forgotten when they ask for it.

#include <algorithm>

#include "domain/command_parts.hpp"
#include "domain/handlers.hpp"
#include "domain/limits.hpp"
#include "domain/records_deliveries.hpp"
#include "domain/records_leads.hpp"
#include "domain/records_own.hpp"
#include "domain/transitions_workshop.hpp"

namespace showfloor::domain {

namespace {

using Stopped = std::optional<Outcome>;

struct MergeCustomers {
    Uuid customer_id;  // who stays
    Uuid merge_id;     // who goes into it
};
struct ErasePerson {
    Uuid customer_id;
};
struct CloseBusiness {
    Uuid invoice_id;
};

}  // namespace

template <>
const Description& describe<MergeCustomers>() {
    using F = build::Of<MergeCustomers>;
    static const Description d{
        "merge_customers",
        "",
        {
            F::id<&MergeCustomers::customer_id>("customer_id", "customer").require(),
            F::id<&MergeCustomers::merge_id>("merge_id", "customer").require(),
        },
        Synced::kNever,
        {}};
    return d;
}

template <>
const Description& describe<ErasePerson>() {
    using F = build::Of<ErasePerson>;
    static const Description d{
        "erase_person",
        "",
        {F::id<&ErasePerson::customer_id>("customer_id", "customer").require()},
        Synced::kNever,
        {}};
    return d;
}

template <>
const Description& describe<CloseBusiness>() {
    using F = build::Of<CloseBusiness>;
    static const Description d{
        "close_business",
        "",
        {F::id<&CloseBusiness::invoice_id>("invoice_id", "invoice").require()},
        Synced::kNever,
        {}};
    return d;
}

namespace {

template <typename T>
std::vector<T> all_of(World& world, std::string_view field, const Uuid& id) {
    return world.find<T>({.where = {{field, Value{id.to_string()}}}, .limit = kMaxRelatedRows});
}

// ---- merge_customers --------------------------------------------------------------------------

template <typename T>
int hand_over(Handling& handling, const Uuid& from, const Uuid& to) {
    int moved = 0;
    for (T& record : all_of<T>(handling.world, "customer_id", from)) {
        record.customer_id = to;
        handling.put(std::move(record));
        ++moved;
    }
    return moved;
}

// What the one who stays does not say and the other does.
void complete(Customer& kept, const Customer& merged) {
    const auto take = [](std::string& mine, const std::string& theirs) {
        if (mine.empty()) mine = theirs;
    };
    take(kept.company_name, merged.company_name);
    take(kept.tax_number, merged.tax_number);
    if (kept.id_number.empty()) {
        kept.id_kind = merged.id_kind;
        kept.id_number = merged.id_number;
    }
    take(kept.email, merged.email);
    take(kept.phone, merged.phone);
    take(kept.address, merged.address);
    take(kept.image, merged.image);
    take(kept.notes, merged.notes);
    if (kept.user_id.is_nil()) kept.user_id = merged.user_id;
    if (kept.seller_id.is_nil()) kept.seller_id = merged.seller_id;
}

// Everything of the one becomes the other's; the old id goes on working (customer_behind) and says
// who took over.
Outcome merge_customers(Handling& handling) {
    const auto& args = handling.as<MergeCustomers>();
    auto kept = handling.world.get<Customer>(args.customer_id);
    if (!kept) return refuse(Code::kNotFound, "customer_id");
    auto merged = handling.world.get<Customer>(args.merge_id);
    if (!merged) return refuse(Code::kNotFound, "merge_id");
    for (const auto& [customer, field] :
         {std::pair(&*kept, "customer_id"), std::pair(&*merged, "merge_id")}) {
        if (auto stopped = check_right(handling, Area::kCustomers, Action::kDelete,
                                       facts_about(handling, *customer), field))
            return *stopped;
    }
    if (kept->id == merged->id) return refuse(Code::kInvalid, "merge_id");
    if (!merged->merged_into.is_nil()) return refuse(Code::kAlreadyDone, "merge_id");
    if (!kept->merged_into.is_nil() || kept->erased_at != 0)
        return refuse(Code::kWrongState, "customer_id");
    if (merged->erased_at != 0) return refuse(Code::kWrongState, "merge_id");
    // Two logins are two people until one is deactivated and given up.
    if (!kept->user_id.is_nil() && !merged->user_id.is_nil() && kept->user_id != merged->user_id)
        return refuse(Code::kDuplicate, "merge_id", {{"id", merged->user_id.to_string()}});
    int moved = 0;
    for (const Invoice& invoice : all_of<Invoice>(handling.world, "customer_id", merged->id)) {
        for (CreditNote& note : all_of<CreditNote>(handling.world, "invoice_id", invoice.id)) {
            note.customer_id = kept->id;
            handling.put(std::move(note));
            ++moved;
        }
    }
    moved += hand_over<Sale>(handling, merged->id, kept->id);
    moved += hand_over<Invoice>(handling, merged->id, kept->id);
    moved += hand_over<Payment>(handling, merged->id, kept->id);
    moved += hand_over<Receipt>(handling, merged->id, kept->id);
    moved += hand_over<ServiceTicket>(handling, merged->id, kept->id);
    moved += hand_over<Delivery>(handling, merged->id, kept->id);
    complete(*kept, *merged);
    // The chain of old ids stays one hop long.
    for (Customer& older : all_of<Customer>(handling.world, "merged_into", merged->id)) {
        older.merged_into = kept->id;
        handling.put(std::move(older));
    }
    merged->archived = true;
    merged->merged_into = kept->id;
    // Whoever sees the one who stays sees where the other went.
    merged->user_id = kept->user_id;
    merged->seller_id = kept->seller_id;
    base::Json details = {{"customer_id", kept->id.to_string()}, {"records", moved}};
    handling.put(std::move(*merged));
    handling.put(std::move(*kept));
    return done(handling, std::move(details));
}

// ---- erase_person -----------------------------------------------------------------------------

constexpr const char* kForgotten = "-";

// Every field that says who somebody is: nothing, or "-" where something must stand.
template <typename T>
void forget(Handling& handling, T record) {
    const Description& description = describe<T>();
    Row row = to_row(record);
    for (std::size_t i = 0; i < description.fields.size(); ++i) {
        const Field& field = description.fields[i];
        if (!field.personal) continue;
        row[i] = field.required ? Value{std::string(kForgotten)} : Value{};
    }
    auto forgotten = from_row<T>(row);
    SHOWFLOOR_CHECK(forgotten.ok(), "a record without its person is still one");
    handling.put(std::move(*forgotten));
}

std::string bill_to(const Customer& customer) {
    return base::dump_json({{"first_name", customer.first_name},
                            {"last_name", customer.last_name},
                            {"company_name", customer.company_name},
                            {"tax_number", customer.tax_number},
                            {"address", customer.address}});
}

// What goes on between us: it must end before anybody can be forgotten.
Stopped check_nothing_open(Handling& handling, const Customer& customer) {
    int open = 0;
    for (const Invoice& invoice : all_of<Invoice>(handling.world, "customer_id", customer.id))
        open += invoice.balance_minor != 0 ? 1 : 0;
    for (const ServiceTicket& one :
         all_of<ServiceTicket>(handling.world, "customer_id", customer.id))
        open += is_worked_on(one.status) ? 1 : 0;
    if (open == 0) return std::nullopt;
    return refuse(Code::kWrongState, "customer_id", {{"open", open}});
}

void forget_invoices(Handling& handling, const Customer& customer) {
    for (Invoice& invoice : all_of<Invoice>(handling.world, "customer_id", customer.id)) {
        const bool in_term = invoice.date_of_purchase + kTaxTermMs > handling.command.occurred_at;
        invoice.signature.clear();
        invoice.bill_to = in_term ? bill_to(customer) : std::string();
        handling.put(std::move(invoice));
    }
}

void forget_leads(Handling& handling, const Customer& customer) {
    for (const auto& [field, text] :
         {std::pair("phone", customer.phone), std::pair("email", customer.email)}) {
        if (text.empty()) continue;
        for (Lead& lead :
             handling.world.find<Lead>({.where = {{field, Value{text}}}, .limit = kMaxRelatedRows}))
            forget(handling, std::move(lead));
    }
}

// The login, when it is a customer's own.
void forget_login(Handling& handling, const Uuid& user_id) {
    auto user = handling.world.get<User>(user_id);
    if (!user || user->role != Role::kCustomer) return;
    const std::string id = user->id.to_string();
    user->first_name = user->last_name = kForgotten;
    user->username = "erased_" + id.substr(id.size() - 12);
    user->email = id + "@erased.invalid";
    user->contact.clear();
    user->address.clear();
    user->image.clear();
    user->status = UserStatus::kInactive;
    user->archived = true;
    handling.put(std::move(*user));
    for (OwnedItem& item : all_of<OwnedItem>(handling.world, "user_id", user_id)) {
        item.item_name = "---";  // a name has three letters
        item.description.clear();
        item.archived = true;
        handling.put(std::move(item));
    }
}

void forget_one(Handling& handling, Customer customer) {
    forget_invoices(handling, customer);
    for (ServiceTicket& ticket : all_of<ServiceTicket>(handling.world, "customer_id", customer.id))
        forget(handling, std::move(ticket));
    forget_leads(handling, customer);
    forget_login(handling, customer.user_id);
    customer.archived = true;
    customer.erased_at = handling.command.occurred_at;
    forget(handling, std::move(customer));
}

// Who somebody was becomes unreadable, here and (by what central does after it) in history.
// Invoices keep whom they were made out to until the term of tax law is over: close_business.
Outcome erase_person(Handling& handling) {
    auto customer = customer_behind(handling.world, handling.as<ErasePerson>().customer_id);
    if (!customer) return refuse(Code::kNotFound, "customer_id");
    if (auto stopped = check_right(handling, Area::kCustomers, Action::kDelete,
                                   facts_about(handling, *customer)))
        return *stopped;
    if (handling.actor.role == Role::kSeller) return refuse(Code::kNotAllowed, "customer_id");
    if (customer->erased_at != 0) return refuse(Code::kAlreadyDone, "customer_id");
    if (auto stopped = check_nothing_open(handling, *customer)) return *stopped;
    for (Customer& older : all_of<Customer>(handling.world, "merged_into", customer->id))
        forget_one(handling, std::move(older));
    const std::string id = customer->id.to_string();
    forget_one(handling, std::move(*customer));
    return done(handling, {{"customer_id", id}});
}

// The term is over: the last that an erased person left goes too.
Outcome close_business(Handling& handling) {
    auto invoice = handling.world.get<Invoice>(handling.as<CloseBusiness>().invoice_id);
    if (!invoice) return refuse(Code::kNotFound, "invoice_id");
    if (invoice->bill_to.empty()) return refuse(Code::kAlreadyDone, "invoice_id");
    if (invoice->date_of_purchase + kTaxTermMs > handling.command.occurred_at)
        return refuse(Code::kWrongState, "invoice_id");
    invoice->bill_to.clear();
    handling.put(std::move(*invoice));
    return done(handling);
}

}  // namespace

std::vector<CommandSpec> person_commands() {
    using enum Code;
    CommandSpec close = central_command(
        "close_business", Area::kSales, Action::kChange, describe<CloseBusiness>(),
        &run_with<CloseBusiness, &close_business>, {kNotFound, kAlreadyDone, kWrongState});
    close.system_only = true;
    return {
        central_command("merge_customers", Area::kCustomers, Action::kDelete,
                        describe<MergeCustomers>(), &run_with<MergeCustomers, &merge_customers>,
                        {kNotFound, kNotAllowed, kInvalid, kAlreadyDone, kWrongState, kDuplicate}),
        central_command("erase_person", Area::kCustomers, Action::kDelete, describe<ErasePerson>(),
                        &run_with<ErasePerson, &erase_person>,
                        {kNotFound, kNotAllowed, kAlreadyDone, kWrongState}),
        std::move(close)};
}

}  // namespace showfloor::domain
