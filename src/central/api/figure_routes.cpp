// The dashboard, sellers side by side, one person with their sales, and the search box.

#include "central/api/answer.hpp"
#include "central/api/query.hpp"
#include "central/figures/workshop_figures.hpp"
#include "central/search/central_search.hpp"
#include "storage/sqlite_world.hpp"

namespace showfloor::central {

namespace {

using base::Json;
using net::HttpResponse;

constexpr std::size_t kSearchLimit = 10;  // of each kind
constexpr std::size_t kSearchMost = 50;

// The scope for this person and the branch asked for; an answer when there is none.
std::optional<HttpResponse> scope_of(const Call& call, std::optional<FigureScope>& scope) {
    if (auto stopped = only_parameters(call, {"branch_id", "from", "to"})) return stopped;
    const auto branch = id_asked(call, "branch_id");
    if (!branch) return wrong_parameter("branch_id", "The branch is named by its id.");
    scope = dashboard_scope(call.actor(), *branch);
    if (!scope) return not_found();
    return std::nullopt;
}

// Parameters of a period where there is none.
std::optional<HttpResponse> scope_without_period(const Call& call,
                                                 std::optional<FigureScope>& scope) {
    if (auto stopped = only_parameters(call, {"branch_id"})) return stopped;
    return scope_of(call, scope);
}

HttpResponse read_dashboard(Call& call) {
    std::optional<FigureScope> scope;
    if (auto stopped = scope_without_period(call, scope)) return *std::move(stopped);
    auto reader = call.parts.processor.store().reader();
    if (!reader) return error_answer(reader.error());
    const auto board = dashboard(reader->connection(), *scope, call.now);
    return board ? json_answer(200, *board) : error_answer(board.error());
}

HttpResponse read_mechanics_load(Call& call) {
    std::optional<FigureScope> scope;
    if (auto stopped = scope_without_period(call, scope)) return *std::move(stopped);
    auto reader = call.parts.processor.store().reader();
    if (!reader) return error_answer(reader.error());
    const auto load = mechanics_load(reader->connection(), *scope);
    return load ? json_answer(200, {{"data", *load}}) : error_answer(load.error());
}

HttpResponse read_top_mechanics(Call& call) {
    constexpr base::UtcMs kMonthMs = 30LL * 86'400'000;
    std::optional<FigureScope> scope;
    if (auto stopped = scope_of(call, scope)) return *std::move(stopped);
    const auto to = time_asked(call, "to", call.now + 1);
    const auto from = time_asked(call, "from", to.value_or(0) - kMonthMs);
    if (!to) return wrong_parameter("to", "A time is written as UTC milliseconds.");
    if (!from || *from >= *to)
        return wrong_parameter("from", "The period begins before it ends, in UTC ms.");
    auto reader = call.parts.processor.store().reader();
    if (!reader) return error_answer(reader.error());
    const auto top = top_mechanics(reader->connection(), *scope, *from, *to);
    return top ? json_answer(200, {{"data", *top}}) : error_answer(top.error());
}

HttpResponse read_sellers(Call& call) {
    std::optional<FigureScope> scope;
    if (auto stopped = scope_without_period(call, scope)) return *std::move(stopped);
    auto reader = call.parts.processor.store().reader();
    if (!reader) return error_answer(reader.error());
    const auto sellers = sellers_summary(reader->connection(), *scope);
    return sellers ? json_answer(200, {{"data", *sellers}}) : error_answer(sellers.error());
}

HttpResponse user_with_sales(Call& call) {
    const auto id = base::Uuid::parse(call.id);
    if (!id) return not_found();
    if (auto stopped = only_parameters(call, {})) return *std::move(stopped);
    auto reader = call.parts.processor.store().reader();
    if (!reader) return error_answer(reader.error());
    storage::SqliteWorld world(reader->connection());
    const auto& record = domain::describe<domain::User>();
    const auto row = world.get_row(record, *id);
    const auto view = row ? domain::view_of(call.actor(), record, *row, world) : std::nullopt;
    if (world.failure()) return error_answer(*world.failure());
    if (!view) return not_found();
    Json body = domain::row_to_json(record, *row, *view);
    // Commission is one's own, or a manager's to see.
    const bool own = *id == call.actor().user_id;
    const bool manager = domain::may(call.actor(), domain::Area::kConfidential,
                                     domain::Action::kRead, domain::facts_of(world, record, *row));
    if (own || manager) {
        const auto sales = sales_of_user(reader->connection(), *id);
        if (!sales) return error_answer(sales.error());
        body.update(*sales);
    }
    // The record's own tag, which If-Match takes. The sales are not in it, so no 304 is given here.
    HttpResponse response = json_answer(200, body);
    response.headers["ETag"] = etag_of(call.parts.etag_key, *row, *view);
    return response;
}

HttpResponse search(Call& call) {
    if (auto stopped = only_parameters(call, {"q", "kinds", "limit"})) return *std::move(stopped);
    const std::string words = asked(call, "q");
    if (words.empty()) return wrong_parameter("q", "Say what is looked for.");
    std::size_t limit = kSearchLimit;
    if (const std::string text = asked(call, "limit"); !text.empty()) {
        const bool figures = text.find_first_not_of("0123456789") == std::string::npos;
        limit = figures && text.size() <= 3 ? std::stoul(text) : 0;
        if (limit == 0 || limit > kSearchMost) return wrong_parameter("limit", "limit is 1 to 50.");
    }
    auto reader = call.parts.processor.store().reader();
    if (!reader) return error_answer(reader.error());
    const auto hits = call.parts.search.find(reader->connection(), call.actor(), words,
                                             words_of(asked(call, "kinds")), limit);
    return hits ? json_answer(200, {{"data", *hits}}) : error_answer(hits.error());
}

}  // namespace

HttpResponse read_user(Call& call) {
    return user_with_sales(call);
}

void add_figure_routes(std::vector<Route>& table) {
    const auto add = [&table](const char* path, domain::Area area, auto handler,
                              const char* operation, const char* summary) {
        Route route;
        route.method = "GET";
        route.path = std::string("/api/v1/") + path;
        route.area = area;
        route.action = domain::Action::kRead;
        route.handle = handler;
        route.operation = operation;
        route.summary = summary;
        table.push_back(std::move(route));
    };
    add("dashboard", domain::Area::kDashboard, read_dashboard, "dashboard",
        "Figures of one's scope, per currency; profit for managers alone.");
    add("sellers/summary", domain::Area::kDashboard, read_sellers, "sellers_summary",
        "Customers, sales, cars sold, revenue and commission of each seller in one's scope.");
    add("mechanics/load", domain::Area::kDashboard, read_mechanics_load, "mechanics_load",
        "Open tickets and minutes of each mechanic in one's scope, with their specialty.");
    add("mechanics/top", domain::Area::kDashboard, read_top_mechanics, "top_mechanics",
        "Mechanics by tickets done in a period (from, to: UTC ms; the last 30 days).");
    add("search", domain::Area::kCars, search, "search",
        "One box over cars, customers, invoices, receipts, users, tickets and products one may "
        "see.");
    table.back().rule = Rule::kEachRecord;
}

}  // namespace showfloor::central
