// The reach of a right as SQL.

#include "central/api/listing.hpp"
#include "database/connection.hpp"

namespace showfloor::central {

namespace {

using database::Cell;
using database::sql_name;
using domain::Area;
using domain::Description;
using domain::Reach;
using domain::Role;

bool has(const Description& record, std::string_view field) {
    return record.find(field) != nullptr;
}

Condition nothing() {
    return {"0", {}, true};
}

Condition id_is(std::string_view column, const base::Uuid& id) {
    return {sql_name(column) + " = ?", {Cell(id.to_string())}, true};
}

// What belongs to a deal follows its sale or, without one, its invoice; a deposit that no invoice
// was credited with follows its reservation. `of_deal` is a condition on columns that sale, invoice
// and reservation share.
Condition through_invoice(const Description& record, Condition of_deal) {
    const std::string key = record.name == "invoice" ? "id" : "invoice_id";
    std::string sql = sql_name(key);
    sql += " IN (SELECT id FROM invoice WHERE " + of_deal.sql + ")";
    if (has(record, "reservation_id")) {
        sql = "(" + sql;
        sql += " OR (invoice_id IS NULL AND reservation_id IN (SELECT id FROM reservation WHERE ";
        sql += of_deal.sql + ")))";
        const auto once = of_deal.values;
        of_deal.values.insert(of_deal.values.end(), once.begin(), once.end());
    }
    of_deal.sql = std::move(sql);
    return of_deal;
}

// A ticket's lines and mechanics follow the ticket.
Condition through_ticket(const Description& record, Condition of_ticket) {
    if (record.name == "service_ticket") return of_ticket;
    of_ticket.sql = "ticket_id IN (SELECT id FROM service_ticket WHERE " + of_ticket.sql + ")";
    return of_ticket;
}

Condition through_customer(std::string_view column, const base::Uuid& id) {
    Condition condition = id_is(column, id);
    condition.sql = "customer_id IN (SELECT id FROM customer WHERE " + condition.sql + ")";
    return condition;
}

// The customers somebody works for, beside those they look after: on a ticket, with a delivery.
Condition customers_of_worker(const domain::Actor& actor) {
    Condition condition = id_is("seller_id", actor.user_id);
    condition.sql +=
        actor.role == Role::kMechanic
            ? " OR id IN (SELECT t.customer_id FROM service_ticket t JOIN ticket_mechanic m ON "
              "m.ticket_id = t.id WHERE m.user_id = ? AND m.archived = 0)"
            : " OR id IN (SELECT customer_id FROM delivery WHERE delivery_person_id = ?)";
    condition.sql = "(" + condition.sql + ")";
    condition.values.emplace_back(actor.user_id.to_string());
    return condition;
}

bool is_part_of_deal(const Description& record) {
    return domain::area_of(record) == Area::kSales && record.name != "sale" &&
           record.name != "till";
}

bool is_about_a_customer(Area area) {
    return area == Area::kSales || area == Area::kReservations || area == Area::kOutgoingOrders;
}

Condition of_branch(const domain::Actor& actor, const Description& record) {
    if (actor.branch_id.is_nil()) return nothing();
    if (domain::area_of(record) == Area::kTickets)
        return through_ticket(record, id_is("branch_id", actor.branch_id));
    if (record.name == "branch") return id_is("id", actor.branch_id);
    if (is_part_of_deal(record))
        return through_invoice(record, id_is("branch_id", actor.branch_id));
    if (!has(record, "branch_id") && has(record, "car_id")) {
        Condition condition = id_is("branch_id", actor.branch_id);
        condition.sql = "car_id IN (SELECT id FROM car WHERE " + condition.sql + ")";
        return condition;
    }
    return id_is("branch_id", actor.branch_id);
}

// Admins manage some roles of their scope, and see themselves.
Condition users_in_scope(const domain::Actor& actor) {
    Condition condition = id_is("id", actor.user_id);
    condition.sql += " OR (role IN ('staff', 'seller', 'mechanic', 'delivery')";
    if (!actor.branch_id.is_nil()) {
        condition.sql += " AND branch_id = ?";
        condition.values.emplace_back(actor.branch_id.to_string());
    }
    condition.sql = "(" + condition.sql + "))";
    return condition;
}

Condition own(const domain::Actor& actor, const Description& record) {
    if (actor.user_id.is_nil()) return nothing();
    const bool is_customer = actor.role == Role::kCustomer;
    if (record.name == "till" && is_customer) return nothing();
    if (domain::area_of(record) == Area::kTickets)
        return through_ticket(
            record, through_customer(is_customer ? "user_id" : "seller_id", actor.user_id));
    if (record.name == "delivery") {
        if (actor.role == Role::kDelivery) return id_is("delivery_person_id", actor.user_id);
        if (is_customer) return through_customer("user_id", actor.user_id);
        Condition condition = id_is("seller_id", actor.user_id);
        const Condition order = condition;
        condition.sql = "(sale_id IN (SELECT id FROM sale WHERE " + condition.sql +
                        ") OR order_id IN (SELECT id FROM outgoing_order WHERE " + order.sql + "))";
        condition.values.insert(condition.values.end(), order.values.begin(), order.values.end());
        return condition;
    }
    if (record.name == "customer" &&
        (actor.role == Role::kMechanic || actor.role == Role::kDelivery))
        return customers_of_worker(actor);
    if (is_customer && is_about_a_customer(domain::area_of(record))) {
        Condition condition = through_customer("user_id", actor.user_id);
        return is_part_of_deal(record) ? through_invoice(record, std::move(condition)) : condition;
    }
    if (is_part_of_deal(record)) return through_invoice(record, id_is("seller_id", actor.user_id));
    if (record.name == "history") return id_is("actor_id", actor.user_id);
    if (has(record, "opened_by")) return id_is("opened_by", actor.user_id);
    if (has(record, "seller_id")) return id_is("seller_id", actor.user_id);
    if (has(record, "user_id")) return id_is("user_id", actor.user_id);
    if (has(record, "supplier_id")) {
        Condition condition = id_is("user_id", actor.user_id);
        condition.sql = "supplier_id IN (SELECT id FROM supplier WHERE " + condition.sql + ")";
        return condition;
    }
    return nothing();
}

// Those meant for a person: named, or for a role of the branch; who exactly is judged row by row.
Condition notifications_for(const domain::Actor& actor) {
    if (actor.branch_id.is_nil() && (actor.role == Role::kAdmin || actor.role == Role::kSuperAdmin))
        return {"1", {}, false};
    return {"(user_id = ? OR branch_id = ?)",
            {Cell(actor.user_id.to_string()), Cell(actor.branch_id.to_string())},
            false};
}

}  // namespace

Condition scope_condition(const domain::Actor& actor, const Description& record) {
    const Area area = domain::area_of(record);
    if (area == Area::kNotifications) return notifications_for(actor);
    const Reach reach = domain::reach_of(actor, area, domain::Action::kRead);
    if (area == Area::kUsers && actor.role == Role::kAdmin) return users_in_scope(actor);
    if (area == Area::kUserPay && actor.role == Role::kAdmin) {
        Condition condition = users_in_scope(actor);
        condition.sql = "user_id IN (SELECT id FROM user WHERE " + condition.sql + ")";
        return condition;
    }
    switch (reach) {
        case Reach::kNone:
            return nothing();
        case Reach::kAll:
            return {"1", {}, true};
        case Reach::kPublicFields:
            return area == Area::kUsers
                       ? Condition{"archived = 0 AND show_at_sign_in = 1", {}, true}
                       : Condition{"archived = 0", {}, true};
        case Reach::kScope:
            if (actor.branch_id.is_nil()) return {"1", {}, true};
            return of_branch(actor, record);
        case Reach::kBranch:
            return of_branch(actor, record);
        case Reach::kSelf:
            return id_is(area == Area::kUsers ? "id" : "user_id", actor.user_id);
        case Reach::kOwn:
            return own(actor, record);
    }
    return nothing();
}

domain::View filter_view(const domain::Actor& actor, const Description& record) {
    const Area area = domain::area_of(record);
    const bool manager = actor.role == Role::kSuperAdmin || actor.role == Role::kAdmin;
    if (manager && (area == Area::kConfidential || area == Area::kHistory ||
                    area == Area::kUserPay || area == Area::kStock))
        return domain::View::kAll;
    const bool outside = actor.role == Role::kCustomer || actor.role == Role::kSupplier;
    const bool shown_only =
        domain::reach_of(actor, area, domain::Action::kRead) == Reach::kPublicFields ||
        (outside && area != Area::kUsers && area != Area::kNotifications);
    return shown_only ? domain::View::kPublic : domain::View::kStaff;
}

}  // namespace showfloor::central
