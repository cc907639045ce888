// The dashboard, sellers side by side, one person with their sales, and the search box.

#include <algorithm>

#include "central/api/answer.hpp"
#include "central/figures/figures.hpp"
#include "central/search/central_search.hpp"
#include "storage/sqlite_world.hpp"

namespace showfloor::central {

namespace {

using base::Json;
using net::HttpResponse;

constexpr std::size_t kSearchLimit = 10;  // of each kind
constexpr std::size_t kSearchMost = 50;

// The one parameter `name` and nothing else; a problem answer otherwise.
std::optional<HttpResponse> only_parameters(const Call& call,
                                            std::initializer_list<std::string_view> names) {
    for (const auto& [name, value] : call.request.query) {
        if (std::find(names.begin(), names.end(), name) != names.end()) continue;
        return problem_answer(400, "unknown_filter", "There is no parameter " + name + " here.",
                              {{name, "unknown_filter", "There is no such parameter here."}});
    }
    return std::nullopt;
}

std::string asked(const Call& call, const char* name) {
    const auto found = call.request.query.find(name);
    return found == call.request.query.end() ? std::string() : found->second;
}

HttpResponse wrong(const char* name, const std::string& message) {
    return problem_answer(400, "invalid", message, {{name, "invalid", message}});
}

// The scope for this person and the branch asked for; an answer when there is none.
std::optional<HttpResponse> scope_of(const Call& call, std::optional<FigureScope>& scope) {
    if (auto stopped = only_parameters(call, {"branch_id"})) return stopped;
    base::Uuid branch;
    if (const std::string text = asked(call, "branch_id"); !text.empty()) {
        const auto id = base::Uuid::parse(text);
        if (!id) return wrong("branch_id", "The branch is named by its id.");
        branch = *id;
    }
    scope = dashboard_scope(call.actor(), branch);
    if (!scope) return not_found();
    return std::nullopt;
}

HttpResponse read_dashboard(Call& call) {
    std::optional<FigureScope> scope;
    if (auto stopped = scope_of(call, scope)) return *std::move(stopped);
    auto reader = call.parts.processor.store().reader();
    if (!reader) return error_answer(reader.error());
    const auto board = dashboard(reader->connection(), *scope, call.now);
    return board ? json_answer(200, *board) : error_answer(board.error());
}

HttpResponse read_sellers(Call& call) {
    std::optional<FigureScope> scope;
    if (auto stopped = scope_of(call, scope)) return *std::move(stopped);
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

std::vector<std::string> words_of(const std::string& list) {
    std::vector<std::string> words;
    for (std::size_t at = 0; at <= list.size();) {
        const auto end = std::min(list.find(',', at), list.size());
        if (end > at) words.push_back(list.substr(at, end - at));
        at = end + 1;
    }
    return words;
}

HttpResponse search(Call& call) {
    if (auto stopped = only_parameters(call, {"q", "kinds", "limit"})) return *std::move(stopped);
    const std::string words = asked(call, "q");
    if (words.empty()) return wrong("q", "Say what is looked for.");
    std::size_t limit = kSearchLimit;
    if (const std::string text = asked(call, "limit"); !text.empty()) {
        const bool figures = text.find_first_not_of("0123456789") == std::string::npos;
        limit = figures && text.size() <= 3 ? std::stoul(text) : 0;
        if (limit == 0 || limit > kSearchMost) return wrong("limit", "limit is 1 to 50.");
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
    add("search", domain::Area::kUsers, search, "search",
        "One box over cars, customers, invoices, receipts and users one may see.");
}

}  // namespace showfloor::central
