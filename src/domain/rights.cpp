#include "domain/rights.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <vector>

#include "base/check.hpp"
#include "domain/limits.hpp"
#include "domain/records_deliveries.hpp"
#include "domain/records_goods.hpp"
#include "domain/records_imports.hpp"
#include "domain/records_leads.hpp"
#include "domain/records_orders.hpp"
#include "domain/records_own.hpp"
#include "domain/records_promotions.hpp"
#include "domain/records_workshop.hpp"

namespace showfloor::domain {

namespace {

using A = Area;
using R = Role;
using enum Action;

// Builds the table one cell at a time, as domain.md section 1 writes it.
class Table {
   public:
    Table& row(Area area) {
        area_ = area;
        return cell(R::kSuperAdmin, Reach::kAll, {kRead, kCreate, kChange, kDelete});
    }
    Table& cell(Role role, Reach reach, std::initializer_list<Action> actions) {
        for (const Action action : actions)
            rights_.push_back({role, area_, action, reach});
        return *this;
    }
    std::vector<Right> take() { return std::move(rights_); }

   private:
    Area area_ = A::kUsers;
    std::vector<Right> rights_;
};

void people_and_places(Table& table) {
    table.row(A::kUsers)
        .cell(R::kAdmin, Reach::kScope, {kRead, kCreate, kChange, kDelete})
        .cell(R::kSeller, Reach::kSelf, {kRead, kChange})
        .cell(R::kMechanic, Reach::kSelf, {kRead, kChange})
        .cell(R::kDelivery, Reach::kSelf, {kRead, kChange})
        .cell(R::kSupplier, Reach::kSelf, {kRead, kChange})
        .cell(R::kCustomer, Reach::kSelf, {kRead, kChange})
        .cell(R::kNobody, Reach::kPublicFields, {kRead});
    table.row(A::kUserPay).cell(R::kAdmin, Reach::kScope, {kRead});
    table.row(A::kBranches)
        .cell(R::kAdmin, Reach::kAll, {kRead})
        .cell(R::kAdmin, Reach::kScope, {kChange})
        .cell(R::kStaff, Reach::kAll, {kRead})
        .cell(R::kSeller, Reach::kAll, {kRead})
        .cell(R::kMechanic, Reach::kAll, {kRead})
        .cell(R::kDelivery, Reach::kAll, {kRead})
        .cell(R::kSupplier, Reach::kPublicFields, {kRead})
        .cell(R::kCustomer, Reach::kPublicFields, {kRead})
        .cell(R::kNobody, Reach::kPublicFields, {kRead});
    table.row(A::kTerminals).cell(R::kAdmin, Reach::kScope, {kRead});
}

void cars_and_sales(Table& table) {
    table.row(A::kCars)
        .cell(R::kAdmin, Reach::kAll, {kRead, kCreate, kChange, kDelete})
        .cell(R::kStaff, Reach::kAll, {kRead})
        .cell(R::kSeller, Reach::kAll, {kRead})
        .cell(R::kMechanic, Reach::kAll, {kRead})
        .cell(R::kCustomer, Reach::kPublicFields, {kRead})
        .cell(R::kNobody, Reach::kPublicFields, {kRead});
    // A seller's own commission stands on the seller's own sales; costs and profit stay closed.
    table.row(A::kConfidential).cell(R::kAdmin, Reach::kScope, {kRead, kCreate, kChange, kDelete});
    table.row(A::kCustomers)
        .cell(R::kAdmin, Reach::kScope, {kRead, kCreate, kChange, kDelete})
        .cell(R::kStaff, Reach::kBranch, {kRead, kCreate, kChange})
        .cell(R::kSeller, Reach::kBranch, {kRead})
        .cell(R::kSeller, Reach::kOwn, {kCreate, kChange, kDelete})
        .cell(R::kMechanic, Reach::kOwn, {kRead})
        .cell(R::kDelivery, Reach::kOwn, {kRead})
        .cell(R::kCustomer, Reach::kSelf, {kRead, kChange});
    table.row(A::kSales)
        .cell(R::kAdmin, Reach::kScope, {kRead, kCreate, kChange, kDelete})
        .cell(R::kSeller, Reach::kOwn, {kRead, kCreate, kChange})
        .cell(R::kCustomer, Reach::kOwn, {kRead});
    table.row(A::kSaleDecisions)
        .cell(R::kAdmin, Reach::kScope, {kRead, kCreate, kChange, kDelete})
        .cell(R::kSeller, Reach::kOwn, {kAsk});
    table.row(A::kReservations)
        .cell(R::kAdmin, Reach::kScope, {kRead, kCreate, kChange, kDelete})
        .cell(R::kStaff, Reach::kBranch, {kRead})
        .cell(R::kSeller, Reach::kOwn, {kRead, kCreate, kChange})
        .cell(R::kCustomer, Reach::kOwn, {kRead});
    table.row(A::kLeads)
        .cell(R::kSuperAdmin, Reach::kAll, {kWork})
        .cell(R::kAdmin, Reach::kScope, {kRead, kCreate, kChange, kDelete, kWork})
        .cell(R::kStaff, Reach::kBranch, {kRead})
        .cell(R::kSeller, Reach::kBranch, {kRead, kWork})
        .cell(R::kNobody, Reach::kAll, {kCreate});
}

void goods_and_workshop(Table& table) {
    table.row(A::kCatalogue)
        .cell(R::kAdmin, Reach::kAll, {kRead, kCreate, kChange, kDelete})
        .cell(R::kStaff, Reach::kAll, {kRead})
        .cell(R::kSeller, Reach::kAll, {kRead})
        .cell(R::kMechanic, Reach::kAll, {kRead})
        .cell(R::kCustomer, Reach::kPublicFields, {kRead})
        .cell(R::kNobody, Reach::kPublicFields, {kRead});
    table.row(A::kStock)
        .cell(R::kAdmin, Reach::kAll, {kRead, kCreate, kChange, kDelete})
        .cell(R::kStaff, Reach::kAll, {kRead, kCreate, kChange})
        .cell(R::kSeller, Reach::kAll, {kRead})
        .cell(R::kMechanic, Reach::kAll, {kRead});
    table.row(A::kIncomingOrders)
        .cell(R::kAdmin, Reach::kAll, {kRead, kCreate, kChange, kDelete})
        .cell(R::kStaff, Reach::kAll, {kRead, kCreate, kChange})
        .cell(R::kSupplier, Reach::kOwn, {kRead, kWork});
    table.row(A::kSuppliers)
        .cell(R::kAdmin, Reach::kAll, {kRead, kCreate, kChange, kDelete})
        .cell(R::kStaff, Reach::kAll, {kRead, kCreate, kChange})
        .cell(R::kSupplier, Reach::kSelf, {kRead});
    table.row(A::kOutgoingOrders)
        .cell(R::kAdmin, Reach::kScope, {kRead, kCreate, kChange, kDelete})
        .cell(R::kStaff, Reach::kBranch, {kRead, kCreate})
        .cell(R::kSeller, Reach::kOwn, {kRead, kCreate, kChange})
        .cell(R::kCustomer, Reach::kOwn, {kRead, kCreate, kWork});
    table.row(A::kTickets)
        .cell(R::kAdmin, Reach::kScope, {kRead, kCreate, kChange, kDelete})
        .cell(R::kStaff, Reach::kBranch, {kRead})
        .cell(R::kSeller, Reach::kBranch, {kCreate})
        .cell(R::kSeller, Reach::kOwn, {kRead})
        .cell(R::kMechanic, Reach::kBranch, {kRead, kCreate, kChange, kDelete})
        .cell(R::kCustomer, Reach::kOwn, {kRead, kCreate});
    table.row(A::kDeliveries)
        .cell(R::kSuperAdmin, Reach::kAll, {kWork})
        .cell(R::kAdmin, Reach::kScope, {kRead, kCreate, kChange, kDelete, kWork})
        .cell(R::kStaff, Reach::kBranch, {kRead, kCreate, kChange, kDelete, kWork})
        .cell(R::kSeller, Reach::kOwn, {kRead})
        .cell(R::kDelivery, Reach::kOwn, {kRead, kWork})
        .cell(R::kCustomer, Reach::kOwn, {kRead});
}

void what_informs(Table& table) {
    table.row(A::kNotifications).cell(R::kAdmin, Reach::kScope, {kRead, kCreate, kChange, kDelete});
    for (const Role role :
         {R::kStaff, R::kSeller, R::kMechanic, R::kDelivery, R::kSupplier, R::kCustomer})
        table.cell(role, Reach::kOwn, {kRead, kChange});
    table.row(A::kHistory).cell(R::kAdmin, Reach::kScope, {kRead});
    for (const Role role :
         {R::kStaff, R::kSeller, R::kMechanic, R::kDelivery, R::kSupplier, R::kCustomer})
        table.cell(role, Reach::kOwn, {kRead});
    table.row(A::kDashboard)
        .cell(R::kAdmin, Reach::kScope, {kRead})
        .cell(R::kStaff, Reach::kBranch, {kRead})
        .cell(R::kSeller, Reach::kOwn, {kRead})
        .cell(R::kMechanic, Reach::kOwn, {kRead});
}

std::vector<Right> all_rights() {
    Table table;
    people_and_places(table);
    cars_and_sales(table);
    goods_and_workshop(table);
    what_informs(table);
    std::vector<Right> rights = table.take();
    // Owned items are the owner's alone, whoever it is.
    for (const Role role : {R::kSuperAdmin, R::kAdmin, R::kStaff, R::kSeller, R::kMechanic,
                            R::kDelivery, R::kSupplier, R::kCustomer}) {
        for (const Action action : {kRead, kCreate, kChange, kDelete})
            rights.push_back({role, A::kItems, action, Reach::kOwn});
    }
    return rights;
}

bool same(const Uuid& a, const Uuid& b) {
    return !a.is_nil() && a == b;
}

// Whom an admin manages; themselves only to look at and to correct.
bool admin_manages(const Actor& actor, Action action, const Facts& facts) {
    if (same(actor.user_id, facts.subject_id)) return action == kRead || action == kChange;
    return facts.subject_role == R::kStaff || facts.subject_role == R::kSeller ||
           facts.subject_role == R::kMechanic || facts.subject_role == R::kDelivery;
}

Uuid id_in(const Description& record, const Row& row, std::string_view name) {
    if (record.find(name) == nullptr) return {};
    const auto* text = std::get_if<std::string>(&row[record.index_of(name)]);
    return text != nullptr ? base::Uuid::parse(*text).value_or(Uuid{}) : Uuid{};
}

bool flag_in(const Description& record, const Row& row, std::string_view name) {
    const auto* number = std::get_if<std::int64_t>(&row[record.index_of(name)]);
    return number != nullptr && *number != 0;
}

std::optional<View> view_with(const Actor& actor, const Description& record, const Row& row,
                              const Facts& facts) {
    if (&record == &describe<Verifier>()) return std::nullopt;  // for sign-in alone
    if (actor.system) return View::kAll;
    const Area area = area_of(record);
    if (&record == &describe<Notification>()) {
        const auto notification = from_row<Notification>(row);
        const bool meant = notification && concerns(actor, *notification);
        if (meant || may(actor, area, kRead, facts)) return View::kStaff;
        return std::nullopt;
    }
    if (!may(actor, area, kRead, facts)) return std::nullopt;
    const Reach reach = reach_of(actor, area, kRead);
    if (reach == Reach::kPublicFields) {
        if (flag_in(record, row, "archived")) return std::nullopt;
        if (area == A::kUsers && !flag_in(record, row, "show_at_sign_in")) return std::nullopt;
        return View::kPublic;
    }
    // Somebody from outside sees of their own what a customer may see, not our workings.
    const bool outside = actor.role == R::kCustomer || actor.role == R::kSupplier;
    if (outside && area != A::kUsers) return View::kPublic;
    const bool confidential = area == A::kConfidential || area == A::kHistory ||
                              area == A::kUserPay || area == A::kStock;  // what goods cost
    const bool manager = actor.role == R::kSuperAdmin || actor.role == R::kAdmin;
    return confidential && manager ? View::kAll : View::kStaff;
}

template <typename T>
std::optional<T> referred(World& world, const Description& record, const Row& row,
                          std::string_view field) {
    return world.get<T>(id_in(record, row, field));
}

// A ticket is its customer's; of the customers, each seller sees the own ones'.
void add_ticket_facts(World& world, const Description& record, const Row& row, Facts& facts) {
    Uuid customer_id = id_in(record, row, "customer_id");
    if (const auto ticket = referred<ServiceTicket>(world, record, row, "ticket_id")) {
        customer_id = ticket->customer_id;
        facts.branch_id = ticket->branch_id;
    }
    if (const auto customer = world.get<Customer>(customer_id)) {
        facts.owner_id = customer->seller_id;
        facts.subject_id = customer->user_id;
    }
}

// Whether this person works for the customer: on a ticket of theirs, or brings them something.
bool works_for(World& world, const Actor& actor, const Uuid& customer_id) {
    const Value me{actor.user_id.to_string()};
    const Value of{customer_id.to_string()};
    if (actor.role == R::kDelivery) {
        const auto brought = world.find<Delivery>(
            {.where = {{"customer_id", of}, {"delivery_person_id", me}}, .limit = 1});
        return !brought.empty();
    }
    if (actor.role != R::kMechanic) return false;
    // A customer has few tickets; a mechanic has been on many.
    for (const auto& ticket :
         world.find<ServiceTicket>({.where = {{"customer_id", of}}, .limit = kMaxRelatedRows})) {
        const auto mine =
            world.find<TicketMechanic>({.where = {{"ticket_id", Value{ticket.id.to_string()}},
                                                  {"user_id", me},
                                                  {"archived", std::int64_t{0}}},
                                        .limit = 1});
        if (!mine.empty()) return true;
    }
    return false;
}

}  // namespace

std::span<const Right> rights_table() {
    static const std::vector<Right> rights = all_rights();
    return rights;
}

std::string_view name_of(Area area) {
    static constexpr std::array<std::string_view, 22> kNames = {"users",          "cars",
                                                                "confidential",   "user_pay",
                                                                "customers",      "sales",
                                                                "sale_decisions", "reservations",
                                                                "leads",          "catalogue",
                                                                "stock",          "incoming_orders",
                                                                "suppliers",      "outgoing_orders",
                                                                "tickets",        "deliveries",
                                                                "notifications",  "history",
                                                                "dashboard",      "items",
                                                                "branches",       "terminals"};
    static_assert(kNames.size() == static_cast<std::size_t>(Area::kTerminals) + 1);
    return kNames[static_cast<std::size_t>(area)];
}

std::string_view name_of(Action action) {
    static constexpr std::array<std::string_view, 6> kNames = {"read",   "create", "change",
                                                               "delete", "ask",    "work"};
    return kNames[static_cast<std::size_t>(action)];
}

std::string_view name_of(Reach reach) {
    static constexpr std::array<std::string_view, 7> kNames = {
        "none", "self", "own", "branch", "scope", "all", "public fields"};
    return kNames[static_cast<std::size_t>(reach)];
}

Area area_of(const Description& record) {
    static const std::vector<std::pair<const Description*, Area>> areas = {
        {&describe<Branch>(), A::kBranches},
        {&describe<User>(), A::kUsers},
        {&describe<Terminal>(), A::kTerminals},
        {&describe<Verifier>(), A::kTerminals},
        {&describe<Car>(), A::kCars},
        {&describe<CarCost>(), A::kConfidential},
        {&describe<CarImage>(), A::kCars},
        {&describe<Customer>(), A::kCustomers},
        {&describe<Sale>(), A::kSales},
        {&describe<Invoice>(), A::kSales},
        {&describe<InvoiceLine>(), A::kSales},
        {&describe<Payment>(), A::kSales},
        {&describe<Receipt>(), A::kSales},
        {&describe<CreditNote>(), A::kSales},
        {&describe<Report>(), A::kConfidential},
        {&describe<PriceChange>(), A::kStock},
        {&describe<Importation>(), A::kConfidential},
        {&describe<Category>(), A::kCatalogue},
        {&describe<Product>(), A::kCatalogue},
        {&describe<Promotion>(), A::kCatalogue},
        {&describe<Supplier>(), A::kSuppliers},
        {&describe<StockBatch>(), A::kStock},
        {&describe<StockMovement>(), A::kStock},
        {&describe<IncomingOrder>(), A::kIncomingOrders},
        {&describe<Reservation>(), A::kReservations},
        {&describe<OutgoingOrder>(), A::kOutgoingOrders},
        {&describe<Till>(), A::kSales},
        {&describe<Lead>(), A::kLeads},
        {&describe<Assistance>(), A::kLeads},
        {&describe<ServiceTicket>(), A::kTickets},
        {&describe<TicketPart>(), A::kTickets},
        {&describe<TicketLabour>(), A::kTickets},
        {&describe<TicketMechanic>(), A::kTickets},
        {&describe<Delivery>(), A::kDeliveries},
        {&describe<OwnedItem>(), A::kItems},
        {&describe<UserPay>(), A::kUserPay},
        {&describe<Notification>(), A::kNotifications},
        {&describe<History>(), A::kHistory},
    };
    for (const auto& [description, area] : areas) {
        if (description == &record) return area;
    }
    SHOWFLOOR_CHECK(false, "a record without a row in the rights table");
    return A::kTerminals;
}

Reach reach_of(const Actor& actor, Area area, Action action) {
    if (actor.system) return Reach::kAll;
    for (const Right& right : rights_table()) {
        if (right.role == actor.role && right.area == area && right.action == action)
            return right.reach;
    }
    return Reach::kNone;
}

Facts facts_of(const Description& record, const Row& row) {
    Facts facts;
    facts.branch_id = id_in(record, row, "branch_id");
    for (const std::string_view owner : {"seller_id", "issued_by", "actor_id", "opened_by"}) {
        if (facts.owner_id.is_nil()) facts.owner_id = id_in(record, row, owner);
    }
    if (facts.owner_id.is_nil()) facts.owner_id = id_in(record, row, "user_id");
    if (&record == &describe<User>()) {
        facts.owner_id = facts.subject_id = row_id(row);
        if (const auto user = from_row<User>(row)) facts.subject_role = user->role;
    } else if (&record == &describe<Customer>()) {
        facts.owner_id = id_in(record, row, "seller_id");
        facts.subject_id = id_in(record, row, "user_id");
    } else if (&record == &describe<Supplier>()) {
        facts.subject_id = facts.owner_id;
    } else if (&record == &describe<Branch>()) {
        facts.branch_id = row_id(row);
    } else if (&record == &describe<Delivery>()) {
        facts.worker_id = id_in(record, row, "delivery_person_id");
    } else if (area_of(record) == A::kTickets) {
        facts.owner_id = {};  // the customer's seller, who is looked up
    }
    return facts;
}

Facts facts_of(World& world, const Description& record, const Row& row) {
    Facts facts = facts_of(record, row);
    if (&record == &describe<IncomingOrder>()) {
        if (const auto supplier = referred<Supplier>(world, record, row, "supplier_id"))
            facts.owner_id = supplier->user_id;
    }
    const auto invoice = referred<Invoice>(world, record, row, "invoice_id");
    if (area_of(record) == A::kSales && &record != &describe<Sale>()) {
        // What belongs to a deal belongs to whose deal it is, whoever booked it.
        const auto sale = referred<Sale>(world, record, row, "sale_id");
        if (invoice) facts.owner_id = invoice->seller_id, facts.branch_id = invoice->branch_id;
        // A deposit that no invoice was credited with.
        if (const auto kept = referred<Reservation>(world, record, row, "reservation_id");
            kept && !invoice)
            facts.owner_id = kept->seller_id, facts.branch_id = kept->branch_id;
        if (sale) facts.owner_id = sale->seller_id, facts.branch_id = sale->branch_id;
    }
    const Area area = area_of(record);
    if (area == A::kSales || area == A::kReservations || area == A::kOutgoingOrders) {
        auto customer = referred<Customer>(world, record, row, "customer_id");
        if (!customer && invoice) customer = world.get<Customer>(invoice->customer_id);
        if (customer) facts.subject_id = customer->user_id;
    }
    if (area_of(record) == A::kTickets) add_ticket_facts(world, record, row, facts);
    if (&record == &describe<Delivery>()) {
        if (const auto sale = referred<Sale>(world, record, row, "sale_id"))
            facts.owner_id = sale->seller_id;
        if (const auto order = referred<OutgoingOrder>(world, record, row, "order_id"))
            facts.owner_id = order->seller_id;
        if (const auto customer = referred<Customer>(world, record, row, "customer_id"))
            facts.subject_id = customer->user_id;
    }
    if (&record == &describe<UserPay>()) {
        if (const auto user = referred<User>(world, record, row, "user_id")) {
            facts.branch_id = user->branch_id;
            facts.subject_id = user->id;
            facts.subject_role = user->role;
        }
    }
    if (facts.branch_id.is_nil()) {
        if (const auto car = referred<Car>(world, record, row, "car_id"))
            facts.branch_id = car->branch_id;
    }
    return facts;
}

bool may(const Actor& actor, Area area, Action action, const Facts& facts) {
    if (actor.system) return true;
    // Whose account an admin does not manage, their pay is none of the admin's business either.
    if ((area == A::kUsers || area == A::kUserPay) && actor.role == R::kAdmin &&
        !admin_manages(actor, action, facts))
        return false;
    switch (reach_of(actor, area, action)) {
        case Reach::kNone:
            return false;
        case Reach::kAll:
        case Reach::kPublicFields:
            return true;
        case Reach::kSelf:
            return same(actor.user_id, facts.subject_id);
        case Reach::kOwn:
            if (area == A::kDeliveries && actor.role == R::kDelivery)
                return same(actor.user_id, facts.worker_id);
            return same(actor.user_id, actor.role == R::kCustomer && area != A::kItems
                                           ? facts.subject_id
                                           : facts.owner_id);
        case Reach::kBranch:
            return same(actor.branch_id, facts.branch_id);
        case Reach::kScope:
            return actor.branch_id.is_nil() || actor.branch_id == facts.branch_id ||
                   (area == A::kUsers && same(actor.user_id, facts.subject_id));
    }
    return false;
}

std::optional<View> view_of(const Actor& actor, const Description& record, const Row& row) {
    return view_with(actor, record, row, facts_of(record, row));
}

std::optional<View> view_of(const Actor& actor, const Description& record, const Row& row,
                            World& world) {
    Facts facts = facts_of(world, record, row);
    if (&record == &describe<Customer>() && works_for(world, actor, row_id(row)))
        facts.owner_id = actor.user_id;
    return view_with(actor, record, row, facts);
}

bool concerns(const Actor& actor, const Notification& notification) {
    if (!notification.user_id.is_nil()) return notification.user_id == actor.user_id;
    const bool manager = actor.role == R::kSuperAdmin || actor.role == R::kAdmin;
    const auto role = kRoleNames[static_cast<std::size_t>(actor.role)];
    const auto& audience = notification.audience;
    if (std::find(audience.begin(), audience.end(), role) == audience.end()) return false;
    if (manager && actor.branch_id.is_nil()) return true;
    return same(actor.branch_id, notification.branch_id);
}

bool may_grant(Role granting, Role granted) {
    if (granted == R::kNobody) return false;
    if (granting == R::kSuperAdmin) return true;
    return granting == R::kAdmin && (granted == R::kStaff || granted == R::kSeller ||
                                     granted == R::kMechanic || granted == R::kDelivery);
}

}  // namespace showfloor::domain
