// Stock: counted and corrected, ordered and received.

#include "domain/command_parts.hpp"
#include "domain/limits.hpp"
#include "domain/money.hpp"
#include "domain/stock.hpp"
#include "domain/transitions_goods.hpp"

namespace showfloor::domain {

namespace {

using Stopped = std::optional<Outcome>;

struct AdjustStock {
    Uuid batch_id;
    std::int64_t change = 0;
    std::string reason;
};
struct CreateIncoming : IncomingOrder {
    bool received = false;  // the goods stand at the door already
};
struct OrderId {
    Uuid order_id;
};
struct ReceiveOrder : OrderId {
    std::int64_t quantity = 0;  // 0 = all that is outstanding
    std::string batch_number;
    UtcMs expiry_date = 0;
};

constexpr std::int64_t kMostPieces = 1'000'000'000;

}  // namespace

template <>
const Description& describe<AdjustStock>() {
    using F = build::Of<AdjustStock>;
    static const Description d{
        "adjust_stock",
        "",
        {
            F::id<&AdjustStock::batch_id>("batch_id", "stock_batch").require(),
            F::integer<&AdjustStock::change>("change", -kMostPieces, kMostPieces).require(),
            F::text<&AdjustStock::reason>("reason", 400),
        },
        Synced::kNever,
        {}};
    return d;
}

template <>
const Description& describe<CreateIncoming>() {
    static const Description d = [] {
        using F = build::Of<CreateIncoming>;
        Description args = args_like("create_incoming_order", describe<IncomingOrder>(), {}, false);
        args.fields.push_back(F::boolean<&CreateIncoming::received>("received"));
        return args;
    }();
    return d;
}

template <>
const Description& describe<OrderId>() {
    using F = build::Of<OrderId>;
    static const Description d{
        "order_id",
        "",
        {
            F::id<&OrderId::order_id>("order_id", "incoming_order").require(),
        },
        Synced::kNever,
        {}};
    return d;
}

template <>
const Description& describe<ReceiveOrder>() {
    using F = build::Of<ReceiveOrder>;
    static const Description d{
        "receive_incoming_order",
        "",
        {
            F::id<&ReceiveOrder::order_id>("order_id", "incoming_order").require(),
            F::integer<&ReceiveOrder::quantity>("quantity", 0, kMostPieces),
            F::text<&ReceiveOrder::batch_number>("batch_number", 40),
            F::time<&ReceiveOrder::expiry_date>("expiry_date"),
        },
        Synced::kNever,
        {}};
    return d;
}

namespace {

std::string_view text_of(IncomingStatus status) {
    return kIncomingStatusNames[static_cast<std::size_t>(status)];
}

Outcome wrong_state(IncomingStatus from, IncomingStatus to) {
    return refuse(Code::kWrongState, "order_id", {{"from", text_of(from)}, {"to", text_of(to)}});
}

// A count found more or less than the books. Offline counts are booked as they come; what would
// fall below nothing meanwhile is booked down to nothing, and a person looks at it.
Outcome adjust_stock(Handling& handling) {
    const auto& args = handling.as<AdjustStock>();
    auto batch = handling.world.get<StockBatch>(args.batch_id);
    if (!batch) return refuse(Code::kNotFound, "batch_id");
    if (auto stopped =
            check_right(handling, Area::kStock, Action::kChange, facts_about(handling, *batch)))
        return *stopped;
    if (args.reason.empty()) return refuse(Code::kReasonMissing, "reason");
    std::int64_t change = args.change;
    if (change == 0) return refuse(Code::kInvalid, "change");
    if (batch->available_quantity + change < 0) {
        if (!handling.tolerate(Code::kOversold))
            return oversold("change", batch->available_quantity, -change);
        change = -batch->available_quantity;
    }
    if (batch->available_quantity + change > kMostPieces) return refuse(Code::kInvalid, "change");
    int ordinal = 0;
    move_stock(handling, *batch, change,
               {.kind = MovementKind::kAdjusted,
                .record = "stock_batch",
                .record_id = batch->id,
                .reason = args.reason},
               ordinal);
    return done(handling, {{"available", batch->available_quantity}});
}

// ---- incoming orders --------------------------------------------------------------------------

// Puts what came into the order's batch, which its first part makes.
void book_in(Handling& handling, IncomingOrder& order, std::int64_t quantity,
             const std::string& batch_number, UtcMs expiry_date) {
    const std::string number = batch_number.empty() ? order.batch_number : batch_number;
    const UtcMs expiry = expiry_date == 0 ? order.expiry_date : expiry_date;
    auto known = handling.world.find<StockBatch>(
        {.where = {{"incoming_order_id", order.id.to_string()}}, .limit = kMaxRelatedRows});
    std::erase_if(known, [&](const StockBatch& one) {
        return one.batch_number != number || one.expiry_date != expiry;
    });
    StockBatch batch;
    if (!known.empty()) {
        batch = known.front();
    } else {
        batch.id = handling.derived_id("stock_batch", 0);
        batch.product_id = order.product_id;
        batch.branch_id = order.branch_id;
        batch.batch_number = number;
        batch.expiry_date = expiry;
        batch.unit_cost_minor = order.unit_cost_minor;
        batch.currency = order.currency;
        batch.incoming_order_id = order.id;
    }
    int ordinal = 0;
    move_stock(handling, batch, quantity,
               {.kind = MovementKind::kReceived, .record = "incoming_order", .record_id = order.id},
               ordinal);
    order.received_quantity += quantity;
    if (order.received_quantity >= order.quantity) order.status = IncomingStatus::kCompleted;
}

Outcome create_incoming_order(Handling& handling) {
    const auto& args = handling.as<CreateIncoming>();
    IncomingOrder order = args;
    if (auto stopped = check_new<IncomingOrder>(handling, order.id)) return *stopped;
    if (order.branch_id.is_nil()) order.branch_id = handling.actor.branch_id;
    const auto branch = handling.world.get<Branch>(order.branch_id);
    if (!branch) return refuse(Code::kNotFound, "branch_id");
    const auto supplier = handling.world.get<Supplier>(order.supplier_id);
    if (!supplier || supplier->archived) return refuse(Code::kNotFound, "supplier_id");
    const auto product = handling.world.get<Product>(order.product_id);
    if (!product || product->archived) return refuse(Code::kNotFound, "product_id");
    if (auto stopped = check_right(handling, Area::kIncomingOrders, Action::kCreate,
                                   facts_about(handling, order)))
        return *stopped;
    if (order.currency.empty()) order.currency = branch->currency;
    if (!minor_digits(order.currency)) return refuse(Code::kInvalid, "currency");
    // FIX: the sum is never the client's.
    order.total_cost_minor = order.quantity * order.unit_cost_minor;
    order.ordered_by = handling.actor.user_id;
    if (args.received) book_in(handling, order, order.quantity, "", 0);
    base::Json details = {{"order_id", order.id.to_string()}, {"status", text_of(order.status)}};
    handling.put(std::move(order));
    return done(handling, std::move(details));
}

// Whether our own people may change it; the supplier has a say of its own.
bool is_ours(Handling& handling, const IncomingOrder& order) {
    return may(handling.actor, Area::kIncomingOrders, Action::kChange,
               facts_about(handling, order));
}

Outcome ship_incoming_order(Handling& handling) {
    auto order = handling.world.get<IncomingOrder>(handling.as<OrderId>().order_id);
    if (!order) return refuse(Code::kNotFound, "order_id");
    if (!is_ours(handling, *order)) {
        if (auto stopped = check_right(handling, Area::kIncomingOrders, Action::kWork,
                                       facts_about(handling, *order)))
            return *stopped;
    }
    if (!may_become(order->status, IncomingStatus::kShipped))
        return wrong_state(order->status, IncomingStatus::kShipped);
    order->status = IncomingStatus::kShipped;
    handling.put(std::move(*order));
    return done(handling);
}

// The goods are here, whatever the order says by now.
Outcome receive_incoming_order(Handling& handling) {
    const auto& args = handling.as<ReceiveOrder>();
    auto order = handling.world.get<IncomingOrder>(args.order_id);
    if (!order) return refuse(Code::kNotFound, "order_id");
    if (auto stopped = check_right(handling, Area::kIncomingOrders, Action::kChange,
                                   facts_about(handling, *order)))
        return *stopped;
    if (!may_become(order->status, IncomingStatus::kCompleted)) {
        if (!handling.tolerate(Code::kWrongState))
            return wrong_state(order->status, IncomingStatus::kCompleted);
        add_review(order->reviews, Code::kWrongState);
    }
    const std::int64_t outstanding =
        std::max<std::int64_t>(0, order->quantity - order->received_quantity);
    std::int64_t quantity = args.quantity > 0 ? args.quantity : outstanding;
    if (quantity == 0) quantity = order->quantity;  // received twice: both stand in the hall
    if (quantity > outstanding) {
        if (!handling.tolerate(Code::kInvalid))
            return refuse(Code::kInvalid, "quantity", {{"outstanding", outstanding}});
        add_review(order->reviews, Code::kInvalid);
    }
    book_in(handling, *order, quantity, args.batch_number, args.expiry_date);
    base::Json details = {{"received_quantity", order->received_quantity},
                          {"status", text_of(order->status)}};
    handling.put(std::move(*order));
    return done(handling, std::move(details));
}

// FIX: cancelling what was received takes the stock back, or says why it cannot.
Outcome cancel_incoming_order(Handling& handling) {
    auto order = handling.world.get<IncomingOrder>(handling.as<OrderId>().order_id);
    if (!order) return refuse(Code::kNotFound, "order_id");
    if (!is_ours(handling, *order)) {
        if (auto stopped = check_right(handling, Area::kIncomingOrders, Action::kWork,
                                       facts_about(handling, *order)))
            return *stopped;
        if (order->status != IncomingStatus::kPending || order->received_quantity != 0)
            return wrong_state(order->status, IncomingStatus::kCancelled);
    }
    if (!may_become(order->status, IncomingStatus::kCancelled))
        return wrong_state(order->status, IncomingStatus::kCancelled);
    auto batches = handling.world.find<StockBatch>(
        {.where = {{"incoming_order_id", order->id.to_string()}}, .limit = kMaxRelatedRows});
    std::int64_t here = 0;
    for (const StockBatch& batch : batches)
        here += batch.available_quantity;
    if (here < order->received_quantity)
        return oversold("order_id", here, order->received_quantity);
    int ordinal = 0;
    std::int64_t left = order->received_quantity;
    for (StockBatch& batch : batches) {
        const std::int64_t part = std::min(left, batch.available_quantity);
        if (part == 0) continue;
        move_stock(
            handling, batch, -part,
            {.kind = MovementKind::kTakenBack, .record = "incoming_order", .record_id = order->id},
            ordinal);
        left -= part;
    }
    order->received_quantity = 0;
    order->status = IncomingStatus::kCancelled;
    handling.put(std::move(*order));
    return done(handling);
}

}  // namespace

std::vector<CommandSpec> stock_commands() {
    using enum Code;
    CommandSpec adjust =
        central_command("adjust_stock", Area::kStock, Action::kChange, describe<AdjustStock>(),
                        &run_with<AdjustStock, &adjust_stock>,
                        {kNotFound, kNotAllowed, kReasonMissing, kInvalid, kOversold});
    adjust.from_terminal = adjust.records_what_happened = true;
    adjust.contested = {kActorInactive, kActorRoleChanged};
    return {std::move(adjust)};
}

std::vector<CommandSpec> incoming_order_commands() {
    using enum Code;
    using A = Area;
    CommandSpec create = central_command("create_incoming_order", A::kIncomingOrders,
                                         Action::kCreate, describe<CreateIncoming>(),
                                         &run_with<CreateIncoming, &create_incoming_order>,
                                         {kAlreadyDone, kNotFound, kNotAllowed, kInvalid});
    // Its door is reading: our people change orders, a supplier works on its own.
    CommandSpec ship = central_command(
        "ship_incoming_order", A::kIncomingOrders, Action::kRead, describe<OrderId>(),
        &run_with<OrderId, &ship_incoming_order>, {kNotFound, kNotAllowed, kWrongState});
    CommandSpec receive =
        central_command("receive_incoming_order", A::kIncomingOrders, Action::kChange,
                        describe<ReceiveOrder>(), &run_with<ReceiveOrder, &receive_incoming_order>,
                        {kNotFound, kNotAllowed, kWrongState, kInvalid});
    CommandSpec cancel =
        central_command("cancel_incoming_order", A::kIncomingOrders, Action::kRead,
                        describe<OrderId>(), &run_with<OrderId, &cancel_incoming_order>,
                        {kNotFound, kNotAllowed, kWrongState, kOversold});
    create.from_terminal = receive.from_terminal = cancel.from_terminal = true;
    // Receiving is built on it.
    create.others_build_on_it = true;
    receive.records_what_happened = true;
    create.contested = receive.contested = {kActorInactive, kActorRoleChanged};
    return {std::move(create), std::move(ship), std::move(receive), std::move(cancel)};
}

}  // namespace showfloor::domain
