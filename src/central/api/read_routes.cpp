// Lists and single records of everything described, and what hangs below one record.

#include "central/api/answer.hpp"
#include "central/api/listing.hpp"
#include "domain/records_deliveries.hpp"
#include "domain/records_goods.hpp"
#include "domain/records_imports.hpp"
#include "domain/records_orders.hpp"
#include "domain/records_workshop.hpp"
#include "domain/row_text.hpp"
#include "storage/sqlite_world.hpp"

namespace showfloor::central {

namespace {

using base::Json;
using domain::Description;
using net::HttpResponse;

// What nobody has to sign in for may be kept by whoever asked, and is asked about by its ETag.
void allow_caching(const Call& call, HttpResponse& response) {
    const bool is_public = call.route.area == domain::Area::kCars && !call.principal;
    if (!is_public) return;
    response.headers["Cache-Control"] = "public, no-cache";
    response.headers["Vary"] = "Authorization";
}

HttpResponse page_answer(const Call& call, const Page& page) {
    const auto or_null = [](const std::optional<std::string>& cursor) {
        return cursor ? Json(*cursor) : Json();
    };
    const Json cursor = {{"next", or_null(page.next)}, {"prev", or_null(page.prev)}};
    HttpResponse response = json_text_answer(
        200, R"({"cursor":)" + base::dump_json(cursor) + R"(,"data":)" + page.data +
                 (page.total ? R"(,"total":)" + std::to_string(*page.total) : "") + "}");
    allow_caching(call, response);
    const std::string tag = etag_of(call.parts.etag_key, response.body);
    return with_etag(call, std::move(response), tag);
}

HttpResponse read_list(Call& call, const Description& record) {
    auto reader = call.parts.processor.store().reader();
    if (!reader) return error_answer(reader.error());
    const auto page = list_records(reader->connection(), call.actor(), record, call.request.query);
    return page ? page_answer(call, *page) : error_answer(page.error());
}

HttpResponse read_one(Call& call, const Description& record) {
    const auto id = base::Uuid::parse(call.id);
    if (!id) return not_found();
    if (!call.request.query.empty())
        return problem_answer(400, "unknown_filter", "A single record has no filters.",
                              {{call.request.query.begin()->first, "unknown_filter",
                                "A single record has no filters."}});
    auto reader = call.parts.processor.store().reader();
    if (!reader) return error_answer(reader.error());
    storage::SqliteWorld world(reader->connection());
    const auto row = world.get_row(record, *id);
    const auto view = row ? domain::view_of(call.actor(), record, *row, world) : std::nullopt;
    if (world.failure()) return error_answer(*world.failure());
    // What one may not see does not exist.
    if (!view) return not_found();
    const std::string tag = etag_of(call.parts.etag_key, *row, *view);
    HttpResponse response = json_text_answer(200, std::string());
    allow_caching(call, response);
    if (const auto known = call.header("If-None-Match"); !known.empty() && names_tag(known, tag))
        return with_etag(call, std::move(response), tag);
    domain::RowText(record, *view).append(*row, response.body);
    response.headers["ETag"] = tag;
    return response;
}

// The children of a record that this person may see: a car's pictures, an invoice's lines.
HttpResponse read_below(Call& call, const Description& parent, const Description& child,
                        std::string_view link) {
    const auto id = base::Uuid::parse(call.id);
    if (!id) return not_found();
    auto reader = call.parts.processor.store().reader();
    if (!reader) return error_answer(reader.error());
    storage::SqliteWorld world(reader->connection());
    const auto row = world.get_row(parent, *id);
    const bool seen = row && domain::view_of(call.actor(), parent, *row, world);
    if (world.failure()) return error_answer(*world.failure());
    if (!seen) return not_found();
    const auto page = list_records(reader->connection(), call.actor(), child, call.request.query,
                                   {{link, id->to_string()}});
    return page ? page_answer(call, *page) : error_answer(page.error());
}

// One's own as a customer of the house, whatever else one is.
HttpResponse read_mine(Call& call, const Description& record) {
    auto reader = call.parts.processor.store().reader();
    if (!reader) return error_answer(reader.error());
    std::vector<std::pair<std::string_view, std::string>> fixed;
    // A customer's reach is the own ones already, also under several branches.
    if (call.actor().role != domain::Role::kCustomer) {
        storage::SqliteWorld world(reader->connection());
        const auto me =
            world.find_one<domain::Customer>({{"user_id", call.actor().user_id.to_string()}});
        if (world.failure()) return error_answer(*world.failure());
        fixed.emplace_back("customer_id", (me ? me->id : base::Uuid{}).to_string());
    }
    const auto page =
        list_records(reader->connection(), call.actor(), record, call.request.query, fixed);
    return page ? page_answer(call, *page) : error_answer(page.error());
}

std::string underscored(std::string_view plural) {
    std::string name(plural);
    for (char& c : name) {
        if (c == '-') c = '_';
    }
    return name;
}

Route reading(const Description& record, std::string path) {
    Route route;
    route.method = "GET";
    route.path = std::move(path);
    route.area = domain::area_of(record);
    route.action = domain::Action::kRead;
    route.record = &record;
    return route;
}

void add_record(std::vector<Route>& table, const Description& record) {
    const std::string base = "/api/v1/" + std::string(record.plural);
    Route list = reading(record, base);
    list.handle = [&record](Call& call) { return read_list(call, record); };
    list.operation = "list_" + underscored(record.plural);
    list.summary = "List " + underscored(record.plural) + " within one's own rights.";
    list.answer = Route::Answer::kList;
    table.push_back(std::move(list));
    Route one = reading(record, base + "/{id}");
    one.handle = [&record](Call& call) { return read_one(call, record); };
    if (&record == &domain::describe<domain::User>()) one.handle = read_user;
    one.operation = "read_" + std::string(record.name);
    one.summary = "One " + std::string(record.name) + ".";
    one.answer = Route::Answer::kRecord;
    table.push_back(std::move(one));
}

struct Below {
    const Description* parent;
    const char* name;
    const Description* child;
    std::string_view link;
};

}  // namespace

void add_read_routes(std::vector<Route>& table) {
    for (const Description* record : domain::all_records()) {
        if (!record->plural.empty()) add_record(table, *record);
    }
    using domain::describe;
    for (const auto& [name, record] :
         {std::pair<const char*, const Description*>{"orders", &describe<domain::OutgoingOrder>()},
          {"tickets", &describe<domain::ServiceTicket>()}}) {
        Route route = reading(*record, std::string("/api/v1/me/") + name);
        route.handle = [record = record](Call& call) { return read_mine(call, *record); };
        route.operation = std::string("my_") + name;
        route.summary = std::string("One's own ") + name + " as a customer of the house.";
        route.answer = Route::Answer::kList;
        table.push_back(std::move(route));
    }
    for (const Below& below : {
             Below{&describe<domain::Car>(), "images", &describe<domain::CarImage>(), "car_id"},
             Below{&describe<domain::Car>(), "price-history", &describe<domain::PriceChange>(),
                   "car_id"},
             Below{&describe<domain::StockBatch>(), "movements", &describe<domain::StockMovement>(),
                   "batch_id"},
             Below{&describe<domain::Car>(), "reservations", &describe<domain::Reservation>(),
                   "car_id"},
             Below{&describe<domain::Reservation>(), "payments", &describe<domain::Payment>(),
                   "reservation_id"},
             Below{&describe<domain::Till>(), "payments", &describe<domain::Payment>(), "till_id"},
             Below{&describe<domain::Sale>(), "payments", &describe<domain::Payment>(), "sale_id"},
             Below{&describe<domain::Invoice>(), "lines", &describe<domain::InvoiceLine>(),
                   "invoice_id"},
             Below{&describe<domain::Invoice>(), "payments", &describe<domain::Payment>(),
                   "invoice_id"},
             Below{&describe<domain::Invoice>(), "receipts", &describe<domain::Receipt>(),
                   "invoice_id"},
             Below{&describe<domain::Customer>(), "sales", &describe<domain::Sale>(),
                   "customer_id"},
             Below{&describe<domain::Customer>(), "service-tickets",
                   &describe<domain::ServiceTicket>(), "customer_id"},
             Below{&describe<domain::Car>(), "service-tickets", &describe<domain::ServiceTicket>(),
                   "car_id"},
             Below{&describe<domain::ServiceTicket>(), "parts", &describe<domain::TicketPart>(),
                   "ticket_id"},
             Below{&describe<domain::ServiceTicket>(), "labour", &describe<domain::TicketLabour>(),
                   "ticket_id"},
             Below{&describe<domain::ServiceTicket>(), "mechanics",
                   &describe<domain::TicketMechanic>(), "ticket_id"},
             Below{&describe<domain::Sale>(), "deliveries", &describe<domain::Delivery>(),
                   "sale_id"},
             Below{&describe<domain::OutgoingOrder>(), "deliveries", &describe<domain::Delivery>(),
                   "order_id"},
         }) {
        Route route = reading(
            *below.child, "/api/v1/" + std::string(below.parent->plural) + "/{id}/" + below.name);
        route.handle = [below](Call& call) {
            return read_below(call, *below.parent, *below.child, below.link);
        };
        route.operation = underscored(below.name) + "_of_" + std::string(below.parent->name);
        route.summary =
            "The " + std::string(below.name) + " of one " + std::string(below.parent->name) + ".";
        route.answer = Route::Answer::kList;
        table.push_back(std::move(route));
    }
}

}  // namespace showfloor::central
