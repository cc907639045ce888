// Cars in and out as lists (CSV). The same code as the command line's `import` and `export`.

#include <mutex>

#include "central/api/answer.hpp"
#include "central/api/idempotency.hpp"
#include "central/api/query.hpp"
#include "central/api/reports.hpp"
#include "central/import/car_import.hpp"

namespace showfloor::central {

namespace {

using base::Json;
using net::HttpResponse;

constexpr std::string_view kGoogle = "google-vehicle-listings";

std::string_view media_type_of(const net::HttpRequest& request) {
    std::string_view type = net::header(request.headers, "Content-Type");
    type = type.substr(0, type.find(';'));
    while (type.ends_with(' '))
        type.remove_suffix(1);
    return type;
}

// The list that was sent, as the body or as form field "file".
struct Sent {
    std::string_view text;
    std::optional<HttpResponse> problem;
};

Sent sent_list(const net::HttpRequest& request) {
    Sent sent;
    for (const net::FormPart& part : request.form) {
        if (part.name == "file") sent.text = part.content;
    }
    const auto type = media_type_of(request);
    if (type == "text/csv" || type == "text/tab-separated-values" || type == "text/plain")
        sent.text = request.body;
    if (sent.text.empty())
        sent.problem =
            problem_answer(415, "no_list", "Send the list as text/csv, or as form field \"file\".");
    else if (sent.text.size() > kMaxListBytes)
        sent.problem =
            problem_answer(413, "too_large",
                           "A list has at most 16 MB here; showfloor-central import takes more.");
    return sent;
}

std::optional<HttpResponse> read_format(const Call& call, CarFormat& format) {
    const std::string name = asked(call, "format");
    if (!name.empty() && name != "showfloor" && name != kGoogle)
        return wrong_parameter("format", "format is showfloor or google-vehicle-listings.");
    format = name == kGoogle ? CarFormat::kGoogleVehicleListings : CarFormat::kShowfloor;
    return std::nullopt;
}

// The branch of rows that name none: the one asked for, else the person's own.
base::Result<std::optional<HttpResponse>> read_branch(Call& call, Batch& batch, std::string& code) {
    using Stopped = std::optional<HttpResponse>;
    code = asked(call, "branch");
    if (code.empty()) {
        if (const auto own = batch.world().get<domain::Branch>(call.actor().branch_id))
            code = own->code;
    } else if (!batch.world().find_one<domain::Branch>({{"code", code}})) {
        return Stopped(wrong_parameter("branch", "There is no branch " + code + "."));
    }
    if (batch.world().failure()) return *batch.world().failure();
    return Stopped();
}

base::Result<HttpResponse> import_list(Call& call, std::string_view list, ImportOptions options) {
    {
        SHOWFLOOR_ASSIGN(auto batch, call.parts.processor.batch(call.now));
        SHOWFLOOR_ASSIGN(auto stored, stored_answer(call, batch.connection()));
        if (stored) return *std::move(stored);
        SHOWFLOOR_ASSIGN(auto stopped, read_branch(call, batch, options.branch_code));
        if (stopped) return *std::move(stopped);
    }
    const auto report = import_cars(call.parts.processor, list, options, call.now);
    if (!report && report.error().kind != base::ErrorKind::kInvalid) return report.error();
    HttpResponse response =
        report ? json_answer(200, report->to_json())
               : problem_answer(422, "not_a_list", report.error().message,
                                {{"file", report.error().code, report.error().message}});
    // Rows were settled some hundred at a time; the answer is kept behind them. A crash before it
    // costs nothing: the same file again changes nothing.
    SHOWFLOOR_ASSIGN(auto batch, call.parts.processor.batch(call.now));
    SHOWFLOOR_TRY(store_answer(call, batch, response));
    SHOWFLOOR_TRY(batch.commit());
    return response;
}

HttpResponse import_of_cars(Call& call) {
    if (auto stopped = only_parameters(call, {"format", "branch"})) return *std::move(stopped);
    ImportOptions options;
    if (auto stopped = read_format(call, options.format)) return *std::move(stopped);
    const Sent sent = sent_list(call.request);
    if (sent.problem) return *sent.problem;
    options.actor_id = call.actor().user_id;
    // One at a time: two long ones would only slow each other, and everybody else, down.
    static std::mutex one_at_a_time;
    const std::lock_guard lock(one_at_a_time);
    auto response = import_list(call, sent.text, options);
    return response ? std::move(response).value() : error_answer(response.error());
}

HttpResponse export_of_cars(Call& call) {
    if (auto stopped = only_parameters(call, {"format"})) return *std::move(stopped);
    CarFormat format = CarFormat::kShowfloor;
    if (auto stopped = read_format(call, format)) return *std::move(stopped);
    Store& store = call.parts.processor.store();
    return csv_answer(
        call, format == CarFormat::kShowfloor ? export_cars(store) : export_google_listings(store),
        "car", "cars.csv");
}

}  // namespace

void add_csv_routes(std::vector<Route>& table) {
    const auto add = [&table](std::string_view method, const char* path, domain::Area area,
                              domain::Action action, auto handler, const char* operation,
                              const char* summary, Route::Answer answer) {
        Route route;
        route.method = method;
        route.path = std::string("/api/v1/") + path;
        route.area = area;
        route.action = action;
        route.handle = handler;
        route.operation = operation;
        route.summary = summary;
        route.answer = answer;
        if (method == "POST")
            route.request_schema = {{"type", "string"}, {"contentMediaType", "text/csv"}};
        table.push_back(std::move(route));
    };
    using domain::Action;
    using domain::Area;
    add("POST", "cars/import", Area::kCars, Action::kCreate, import_of_cars, "import_cars",
        "Cars from a list; bad rows are reported by line, the same list twice changes nothing.",
        Route::Answer::kObject);
    // The whole list is for those who may bring one in; the others read page by page.
    add("GET", "cars/export", Area::kCars, Action::kCreate, export_of_cars, "export_cars",
        "All cars as a list; noted in history.", Route::Answer::kFile);
}

}  // namespace showfloor::central
