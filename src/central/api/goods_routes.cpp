// Writing what is sold beside cars, and what bringing a car here cost.

#include "central/api/answer.hpp"
#include "central/api/goods.hpp"
#include "central/blobs.hpp"
#include "domain/records_goods.hpp"
#include "domain/records_imports.hpp"

namespace showfloor::central {

namespace {

using domain::describe;
WriteRoute creating(std::string path, const char* command, const domain::Description& record,
                    const char* summary) {
    return {.method = "POST",
            .path = std::move(path),
            .operation = command,
            .summary = summary,
            .commands = {{"", command}},
            .answer_record = &record,
            .creates = true};
}

WriteRoute changing(const char* method, std::string path, const char* command,
                    std::string_view argument, const domain::Description& record,
                    const char* summary) {
    return {.method = method,
            .path = std::move(path),
            .operation = command,
            .summary = summary,
            .commands = {{"", command}},
            .path_argument = argument,
            .path_record = &record,
            .answer_record = &record};
}

}  // namespace

base::Result<std::optional<net::HttpResponse>> check_documents(Batch& batch,
                                                               const domain::Command& command) {
    using Stopped = std::optional<net::HttpResponse>;
    std::vector<std::pair<std::string, std::string>> named = {
        {"document", base::text_member(command.args, "document")}};
    if (const auto list = command.args.find("importations");
        list != command.args.end() && list->is_array()) {
        std::size_t i = 0;
        for (const base::Json& one : *list)
            named.emplace_back("importations[" + std::to_string(i++) + "].document",
                               base::text_member(one, "document"));
    }
    for (const auto& [field, hash] : named) {
        if (hash.empty()) continue;
        std::optional<BlobInfo> info;
        if (is_blob_name(hash)) {
            SHOWFLOOR_ASSIGN(info, find_blob(batch.connection(), hash));
        }
        if (!info)
            return Stopped(problem_answer(
                422, "unknown_document", "Upload the document first: POST documents.",
                {{field, "unknown_document", "No such document was uploaded."}}));
    }
    return Stopped();
}

std::vector<WriteRoute> goods_routes() {
    const auto& category = describe<domain::Category>();
    const auto& product = describe<domain::Product>();
    const auto& supplier = describe<domain::Supplier>();
    const auto& batch = describe<domain::StockBatch>();
    const auto& order = describe<domain::IncomingOrder>();
    const auto& importation = describe<domain::Importation>();
    std::vector<WriteRoute> all = {
        creating("categories", "create_category", category, "A new category."),
        changing("PATCH", "categories/{id}", "update_category", "id", category,
                 "Change a category."),
        changing("DELETE", "categories/{id}", "archive_category", "id", category,
                 "Archive a category."),
        creating("products", "create_product", product, "A new product."),
        changing("PATCH", "products/{id}", "update_product", "id", product, "Change a product."),
        changing("DELETE", "products/{id}", "archive_product", "id", product, "Archive a product."),
        creating("suppliers", "create_supplier", supplier, "A new supplier."),
        changing("PATCH", "suppliers/{id}", "update_supplier", "id", supplier,
                 "Change a supplier."),
        changing("DELETE", "suppliers/{id}", "archive_supplier", "id", supplier,
                 "Archive a supplier."),
        changing("POST", "stocks/{id}/adjust", "adjust_stock", "batch_id", batch,
                 "Correct a batch by what was counted more or less, with a reason."),
        creating("incoming-orders", "create_incoming_order", order,
                 "Order from a supplier, or book in at once what stands at the door."),
        changing("POST", "incoming-orders/{id}/receive", "receive_incoming_order", "order_id",
                 order, "Book in what came of an order, all or a part."),
        {.method = "PATCH",
         .path = "incoming-orders/{id}/status",
         .operation = "set_incoming_order_status",
         .summary = "Shipped, or cancelled: what was received is then taken out of stock again.",
         .commands = {{"shipped", "ship_incoming_order"}, {"cancelled", "cancel_incoming_order"}},
         .selector = "status",
         .path_argument = "order_id",
         .path_record = &order,
         .answer_record = &order},
        creating("importations", "add_importation", importation,
                 "What bringing a car into the country cost (confidential)."),
        changing("PATCH", "importations/{id}", "update_importation", "id", importation,
                 "Correct an importation."),
        changing("DELETE", "importations/{id}", "remove_importation", "importation_id", importation,
                 "Take an importation out; profits follow."),
    };
    for (WriteRoute& route : all) {
        if (route.answer_record == &importation) route.before = check_documents;
    }
    return all;
}

}  // namespace showfloor::central
