#include "domain/records_goods.hpp"

#include "domain/record_builder.hpp"

namespace showfloor::domain {

using build::kCurrency;
using build::kEmail;
using build::kHash;
using build::kLongText;
using build::kPhone;
using build::Of;
using build::with_base;

namespace {

constexpr std::int64_t kMostPieces = 1'000'000'000;

}  // namespace

template <>
const Description& describe<Category>() {
    using F = Of<Category>;
    static const Description d{
        "category",
        "categories",
        with_base<Category>({
            F::text<&Category::name>("name").require().shown(),
            F::text<&Category::description>("description", kLongText).shown(),
        }),
        Synced::kPublic,
        {{"name"}}};
    return d;
}

template <>
const Description& describe<Product>() {
    using F = Of<Product>;
    static const Description d{
        "product",
        "products",
        with_base<Product>({
            F::text<&Product::sku>("sku", 40).require().shown(),
            F::text<&Product::name>("name").require().shown(),
            F::text<&Product::description>("description", kLongText).shown(),
            F::money<&Product::price_minor>("price_minor").require().shown(),
            F::text<&Product::currency>("currency", kCurrency).require().shown(),
            F::text<&Product::tax_code>("tax_code", 20).shown(),
            F::id<&Product::category_id>("category_id", "category").shown(),
            F::choice<&Product::kind>("kind", kProductKindNames).require().shown(),
            F::integer<&Product::low_stock_threshold>("low_stock_threshold", 0, kMostPieces),
            F::boolean<&Product::active>("active").shown(),
            F::text<&Product::image>("image", kHash).shown(),
        }),
        Synced::kPublic,
        {{"sku"}, {"name"}, {"category_id"}}};
    return d;
}

template <>
const Description& describe<Supplier>() {
    using F = Of<Supplier>;
    static const Description d{"supplier",
                               "suppliers",
                               with_base<Supplier>({
                                   F::text<&Supplier::name>("name").require().shown(),
                                   F::text<&Supplier::phone>("phone", kPhone).person().shown(),
                                   F::text<&Supplier::email>("email", kEmail).person().shown(),
                                   F::text<&Supplier::address>("address", 400).person().shown(),
                                   F::id<&Supplier::user_id>("user_id", "user").shown(),
                               }),
                               Synced::kPublic,
                               {{"name"}, {"user_id"}}};
    return d;
}

template <>
const Description& describe<StockBatch>() {
    using F = Of<StockBatch>;
    static const Description d{
        "stock_batch",
        "stocks",
        with_base<StockBatch>({
            F::id<&StockBatch::product_id>("product_id", "product").require(),
            F::id<&StockBatch::branch_id>("branch_id", "branch").require(),
            F::text<&StockBatch::batch_number>("batch_number", 40),
            F::integer<&StockBatch::available_quantity>("available_quantity", 0, kMostPieces),
            F::time<&StockBatch::expiry_date>("expiry_date"),
            F::money<&StockBatch::unit_cost_minor>("unit_cost_minor").secret(),
            F::text<&StockBatch::currency>("currency", kCurrency).secret(),
            F::id<&StockBatch::incoming_order_id>("incoming_order_id", "incoming_order"),
        }),
        Synced::kBranch,
        {{"product_id", "branch_id"}, {"branch_id"}, {"incoming_order_id"}}};
    return d;
}

template <>
const Description& describe<StockMovement>() {
    using F = Of<StockMovement>;
    static const Description d{
        "stock_movement",
        "stock-movements",
        with_base<StockMovement>({
            F::id<&StockMovement::batch_id>("batch_id", "stock_batch").require(),
            F::id<&StockMovement::product_id>("product_id", "product").require(),
            F::id<&StockMovement::branch_id>("branch_id", "branch").require(),
            F::choice<&StockMovement::kind>("kind", kMovementKindNames),
            F::integer<&StockMovement::quantity>("quantity", -kMostPieces, kMostPieces),
            F::integer<&StockMovement::old_quantity>("old_quantity", 0, kMostPieces),
            F::integer<&StockMovement::new_quantity>("new_quantity", 0, kMostPieces),
            F::text<&StockMovement::reason>("reason", 400),
            F::text<&StockMovement::record>("record", 40),
            F::id<&StockMovement::record_id>("record_id"),
            F::id<&StockMovement::user_id>("user_id", "user"),
            F::time<&StockMovement::at>("at"),
        }),
        Synced::kBranch,
        {{"batch_id"}, {"record_id"}, {"branch_id", "at"}}};
    return d;
}

template <>
const Description& describe<IncomingOrder>() {
    using F = Of<IncomingOrder>;
    static const Description d{
        "incoming_order",
        "incoming-orders",
        with_base<IncomingOrder>({
            F::id<&IncomingOrder::supplier_id>("supplier_id", "supplier").require().shown(),
            F::id<&IncomingOrder::product_id>("product_id", "product").require().shown(),
            F::id<&IncomingOrder::branch_id>("branch_id", "branch").shown(),
            F::text<&IncomingOrder::batch_number>("batch_number", 40).shown(),
            F::integer<&IncomingOrder::quantity>("quantity", 1, kMostPieces).require().shown(),
            F::integer<&IncomingOrder::received_quantity>("received_quantity", 0, kMostPieces)
                .set_by_handler()
                .shown(),
            // What goods cost stays at central; the supplier knows its own prices.
            F::integer<&IncomingOrder::unit_cost_minor>("unit_cost_minor", 0, 1'000'000'000)
                .require()
                .central_only()
                .shown(),
            F::money<&IncomingOrder::total_cost_minor>("total_cost_minor")
                .set_by_handler()
                .central_only()
                .range(0, INT64_MAX)
                .shown(),
            F::text<&IncomingOrder::currency>("currency", kCurrency).shown(),
            F::time<&IncomingOrder::supply_date>("supply_date").shown(),
            F::time<&IncomingOrder::expiry_date>("expiry_date").shown(),
            F::choice<&IncomingOrder::status>("status", kIncomingStatusNames)
                .set_by_handler()
                .shown(),
            F::id<&IncomingOrder::ordered_by>("ordered_by", "user").set_by_handler(),
            F::texts<&IncomingOrder::reviews>("reviews", 20).set_by_handler(),
        }),
        Synced::kBranch,
        {{"supplier_id"}, {"product_id"}, {"branch_id", "status"}}};
    return d;
}

}  // namespace showfloor::domain
