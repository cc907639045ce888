// Deliveries: what is brought to a customer, by whom, and how far it got.

#include "domain/command_parts.hpp"
#include "domain/handlers.hpp"
#include "domain/limits.hpp"
#include "domain/records_orders.hpp"
#include "domain/transitions_workshop.hpp"

namespace showfloor::domain {

namespace {

using Stopped = std::optional<Outcome>;

struct CreateDelivery : Delivery {};

const Description& update_args() {
    static const Description d =
        args_like("update_delivery", describe<Delivery>(), {"sale_id", "order_id"}, true);
    return d;
}

}  // namespace

template <>
const Description& describe<CreateDelivery>() {
    static const Description d =
        args_like("create_delivery", describe<Delivery>(), {"status", "delivery_date"}, false);
    return d;
}

namespace {

std::string_view text_of(DeliveryStatus status) {
    return kDeliveryStatusNames[static_cast<std::size_t>(status)];
}

// What is delivered: whose it is and where it comes from.
struct Goods {
    Uuid customer_id, branch_id;
    bool stands = false;
};

std::optional<Goods> goods_of(World& world, const Delivery& delivery) {
    if (!delivery.order_id.is_nil()) {
        const auto order = world.get<OutgoingOrder>(delivery.order_id);
        if (!order) return std::nullopt;
        return Goods{order->customer_id, order->branch_id,
                     order->status != OrderStatus::kCancelled};
    }
    const auto sale = world.get<Sale>(delivery.sale_id);
    if (!sale) return std::nullopt;
    const bool over =
        sale->status == SaleStatus::kRefunded || sale->status == SaleStatus::kCancelled;
    return Goods{sale->customer_id, sale->branch_id, !over};
}

Stopped check_person(Handling& handling, const Delivery& delivery) {
    if (delivery.delivery_person_id.is_nil()) return std::nullopt;
    const auto user = handling.world.get<User>(delivery.delivery_person_id);
    if (!user) return refuse(Code::kNotFound, "delivery_person_id");
    const bool fits = user->role == Role::kDelivery && user->branch_id == delivery.branch_id &&
                      user->status == UserStatus::kActive && !user->archived;
    if (!fits && !handling.tolerate(Code::kInvalid))
        return refuse(Code::kInvalid, "delivery_person_id");
    return std::nullopt;
}

// A tracking number names one delivery, but for cancelled ones.
Stopped check_number(Handling& handling, const Delivery& delivery) {
    const auto same = handling.world.find<Delivery>(
        {.where = {{"tracking_number", Value{delivery.tracking_number}}},
         .limit = kMaxRelatedRows});
    for (const Delivery& other : same) {
        if (other.id == delivery.id || other.status == DeliveryStatus::kCancelled) continue;
        if (handling.tolerate(Code::kDuplicate)) return std::nullopt;
        return refuse(Code::kDuplicate, "tracking_number", {{"id", other.id.to_string()}});
    }
    return std::nullopt;
}

void note_reviews(const Handling& handling, Delivery& delivery) {
    if (handling.contested != Code::kNone) add_review(delivery.reviews, handling.contested);
    for (const Code review : handling.reviews)
        add_review(delivery.reviews, review);
}

// Ours, when the carrier gave none: never the same twice, wherever it is made.
std::string made_number(const Handling& handling) {
    const std::string text = handling.derived_id("tracking_number", 0).to_string();
    return "D-" + text.substr(0, 8) + text.substr(9, 4);
}

Outcome create_delivery(Handling& handling) {
    Delivery delivery = handling.as<CreateDelivery>();
    if (auto stopped = check_new<Delivery>(handling, delivery.id)) return *stopped;
    if (delivery.sale_id.is_nil() == delivery.order_id.is_nil())
        return refuse(Code::kInvalid, "sale_id");
    const std::string deal = delivery.order_id.is_nil() ? "sale_id" : "order_id";
    const auto goods = goods_of(handling.world, delivery);
    const auto branch = goods ? handling.world.get<Branch>(goods->branch_id) : std::nullopt;
    if (!goods || !branch) return refuse(Code::kNotFound, deal);
    delivery.customer_id = goods->customer_id;
    delivery.branch_id = goods->branch_id;
    delivery.currency = branch->currency;
    if (auto stopped = check_right(handling, Area::kDeliveries, Action::kCreate,
                                   facts_about(handling, delivery)))
        return *stopped;
    if (!goods->stands && !handling.tolerate(Code::kWrongState))
        return refuse(Code::kWrongState, deal);
    if (auto stopped = check_person(handling, delivery)) return *stopped;
    if (delivery.tracking_number.empty()) delivery.tracking_number = made_number(handling);
    if (auto stopped = check_number(handling, delivery)) return *stopped;
    note_reviews(handling, delivery);
    base::Json details = {{"delivery_id", delivery.id.to_string()},
                          {"tracking_number", delivery.tracking_number}};
    handling.put(std::move(delivery));
    return done(handling, std::move(details));
}

// Who brings it says how far it is; all else is for those who plan.
Stopped check_planned(Handling& handling, const Facts& facts) {
    for (const char* field : {"tracking_number", "carrier", "estimated_delivery_date",
                              "delivery_person_id", "cost_minor"}) {
        if (!is_changed(handling, field)) continue;
        if (auto stopped = check_right(handling, Area::kDeliveries, Action::kChange, facts, field))
            return stopped;
    }
    return std::nullopt;
}

// What crossed at two terminals: what is in the customer's hands is, whatever was cancelled.
DeliveryStatus settled(DeliveryStatus before, DeliveryStatus wanted) {
    return wanted == DeliveryStatus::kDelivered ? wanted : before;
}

Outcome update_delivery(Handling& handling) {
    const auto before = handling.world.get<Delivery>(changed_id(handling));
    if (!before) return refuse(Code::kNotFound, "id");
    const Facts facts = facts_about(handling, *before);
    if (auto stopped = check_right(handling, Area::kDeliveries, Action::kWork, facts))
        return *stopped;
    if (auto stopped = check_planned(handling, facts)) return *stopped;
    Delivery delivery = *before;
    apply_changes_to(handling, delivery);
    const bool moves = delivery.status != before->status;
    if (moves && !may_become(before->status, delivery.status)) {
        if (!handling.tolerate(Code::kWrongState))
            return refuse(Code::kWrongState, "status",
                          {{"from", text_of(before->status)}, {"to", text_of(delivery.status)}});
        delivery.status = settled(before->status, delivery.status);
    }
    if (delivery.delivery_person_id != before->delivery_person_id) {
        if (auto stopped = check_person(handling, delivery)) return *stopped;
    }
    if (delivery.tracking_number.empty()) delivery.tracking_number = before->tracking_number;
    if (delivery.tracking_number != before->tracking_number) {
        if (auto stopped = check_number(handling, delivery)) return *stopped;
    }
    if (delivery.status == DeliveryStatus::kDelivered && delivery.delivery_date == 0)
        delivery.delivery_date = handling.command.occurred_at;
    note_reviews(handling, delivery);
    base::Json details = {{"status", text_of(delivery.status)}};
    handling.put(std::move(delivery));
    return done(handling, std::move(details));
}

}  // namespace

std::vector<CommandSpec> delivery_commands() {
    using enum Code;
    CommandSpec create =
        central_command("create_delivery", Area::kDeliveries, Action::kCreate,
                        describe<CreateDelivery>(), &run_with<CreateDelivery, &create_delivery>,
                        {kAlreadyDone, kNotFound, kNotAllowed, kWrongState, kInvalid, kDuplicate});
    // How far it got is built on it.
    create.from_terminal = create.others_build_on_it = true;
    CommandSpec update = central_command(
        "update_delivery", Area::kDeliveries, Action::kWork, update_args(), &update_delivery,
        {kNotFound, kNotAllowed, kWrongState, kInvalid, kDuplicate});
    update.from_terminal = update.changes = update.records_what_happened = true;
    create.contested = update.contested = {kActorInactive, kActorRoleChanged};
    return {std::move(create), std::move(update)};
}

}  // namespace showfloor::domain
