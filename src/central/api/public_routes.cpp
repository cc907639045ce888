// What needs no sign-in: health, the authority's certificate, public pictures, the description of
// this API; and the two steps of a terminal's life that it takes without a client certificate.

#include "central/api/answer.hpp"
#include "central/api/car_page.hpp"
#include "central/api/openapi.hpp"
#include "central/api/query.hpp"
#include "central/api/schema.hpp"
#include "central/blobs.hpp"
#include "central/mail/mail_queue.hpp"
#include "central/words.hpp"
#include "protocol/messages.hpp"
#include "storage/sqlite_world.hpp"

namespace showfloor::central {

namespace {

using base::Json;
using net::HttpResponse;

HttpResponse text_answer(std::string_view type, std::string body) {
    HttpResponse response;
    response.headers["Content-Type"] = std::string(type);
    response.body = std::move(body);
    return response;
}

HttpResponse health(Call& call) {
    auto reader = call.parts.processor.store().reader();
    if (!reader) return error_answer(reader.error());
    const auto alive = reader->connection().value("SELECT 1");
    if (!alive) return error_answer(alive.error());
    const auto mail = mail_figures(reader->connection());
    if (!mail) return error_answer(mail.error());
    return json_answer(
        200,
        {{"status", "ok"},
         {"mail",
          {{"waiting", mail->waiting}, {"stuck", mail->stuck}, {"oldest_at", mail->oldest_at}}},
         {"epoch", call.parts.processor.store().epoch()},
         {"server_time", call.now}});
}

HttpResponse authority(Call& call) {
    return text_answer("application/x-pem-file", call.parts.keys.authority.certificate.to_pem());
}

HttpResponse blob(Call& call) {
    if (!is_blob_name(call.id)) return not_found();
    auto reader = call.parts.processor.store().reader();
    if (!reader) return error_answer(reader.error());
    const auto info = find_blob(reader->connection(), call.id);
    if (!info) return error_answer(info.error());
    // A private one is as absent as an unknown one: nobody learns that it exists.
    if (!*info || !(*info)->is_public) return not_found();
    HttpResponse response;
    response.headers["Content-Type"] = (*info)->media_type;
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable";
    const std::string tag = "\"" + call.id + "\"";
    if (const auto known = call.header("If-None-Match"); !known.empty() && names_tag(known, tag))
        return with_etag(call, std::move(response), tag);
    response.headers["ETag"] = tag;
    response.file = blob_path(call.parts.processor.store(), call.id);
    return response;
}

HttpResponse openapi(Call& call) {
    static const std::string document = base::dump_json(openapi_document());
    HttpResponse response = text_answer("application/json", document);
    response.headers["Cache-Control"] = "no-cache";
    return with_etag(call, std::move(response), etag_of(call.parts.etag_key, document));
}

HttpResponse docs(Call&) {
    HttpResponse response = text_answer("text/html; charset=utf-8", openapi_page());
    response.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'";
    return response;
}

// The language that was asked for (a kiosk's code carries the one its screen showed), else the
// browser's, else the dealer's.
base::Result<const text::Strings*> page_words(const Call& call, const domain::Branch& branch) {
    const std::string chosen = asked(call, "l");
    if (auto words = words_in("strings", chosen)) return words;
    for (const std::string_view language : accepted_languages(call.header("Accept-Language")))
        if (auto words = words_in("strings", language)) return words;
    return words_or_english("strings", branch.locale);
}

constexpr std::size_t kMostPageCars = 20;  // a kiosk's picks; a page people read to its end

// The page behind a kiosk's QR code: one stock number, or several with commas between them. What is
// not public, sold or unknown is left out; nothing left is 404.
HttpResponse public_cars(Call& call) {
    auto reader = call.parts.processor.store().reader();
    if (!reader) return error_answer(reader.error());
    storage::SqliteWorld world(reader->connection());
    std::vector<PageCar> cars;
    std::string_view rest = call.id;
    for (std::size_t n = 0; n < kMostPageCars && !rest.empty(); ++n) {
        const auto comma = rest.find(',');
        const std::string number(rest.substr(0, comma));
        rest = comma == std::string_view::npos ? std::string_view() : rest.substr(comma + 1);
        const auto car = world.find_one<domain::Car>({{"stock_number", number}});
        using domain::Availability;
        if (!car || car->archived || car->availability == Availability::kArchived ||
            car->availability == Availability::kSold)
            continue;
        PageCar entry{
            *car, world.get<domain::Branch>(car->branch_id).value_or(domain::Branch{}), {}};
        const auto images = world.find<domain::CarImage>(
            {.where = {{"car_id", car->id.to_string()}}, .order_by = "position", .limit = 1});
        if (!images.empty()) entry.picture = images.front().sha256_medium;
        cars.push_back(std::move(entry));
    }
    if (world.failure()) return error_answer(*world.failure());
    if (cars.empty()) return not_found();
    const auto words = page_words(call, cars.front().branch);
    if (!words) return error_answer(words.error());
    HttpResponse response =
        text_answer("text/html; charset=utf-8", car_page(cars, call.header("Host"), **words));
    response.headers["Content-Language"] = std::string((*words)->locale().code);
    response.headers["Vary"] = "Accept-Language";
    response.headers["Content-Security-Policy"] =
        "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'";
    response.headers["Cache-Control"] = "no-cache";
    return response;
}

// "central.example:8443" -> "central.example"; "[::1]:8443" -> "[::1]".
std::string host_of(const Call& call) {
    std::string_view host = call.header("Host");
    const auto bracket = host.rfind(']');
    const auto colon = host.rfind(':');
    if (colon != std::string_view::npos && (bracket == std::string_view::npos || colon > bracket))
        host = host.substr(0, colon);
    return host.empty() ? "localhost" : std::string(host);
}

HttpResponse enroll(Call& call) {
    if (call.request.body.size() > kMaxJsonBodyBytes)
        return problem_answer(413, "too_large", "The body is larger than 256 kB.");
    const auto request = protocol::decode_enroll_request(call.request.body);
    if (!request) return error_answer(request.error());
    const auto reply =
        call.parts.enrolment.enroll(*request, host_of(call), call.parts.sync_port, call.now);
    if (!reply) {
        if (reply.error().code == "too_many_tries") return error_answer(reply.error(), 3600);
        return error_answer(reply.error());
    }
    return text_answer("application/json", protocol::encode(*reply));
}

HttpResponse renew(Call& call) {
    if (call.request.body.size() > kMaxJsonBodyBytes)
        return problem_answer(413, "too_large", "The body is larger than 256 kB.");
    const auto request = protocol::decode_renew_request(call.request.body);
    if (!request) return error_answer(request.error());
    const auto certificate = call.parts.enrolment.renew(*request, call.now);
    if (!certificate) {
        const auto& code = certificate.error().code;
        if (code == "unknown_terminal" || code == "terminal_revoked" || code == "bad_signature")
            return problem_answer(401, code, certificate.error().message);
        return error_answer(certificate.error());
    }
    return json_answer(200, {{"certificate", *certificate}});
}

}  // namespace

void add_public_routes(std::vector<Route>& table) {
    const auto add = [&table](std::string_view method, std::string path, auto handler,
                              const char* operation, const char* summary, Route::Answer answer,
                              Json schema = {}) {
        Route route;
        route.method = method;
        route.path = std::move(path);
        route.rule = Rule::kAnybody;
        route.handle = handler;
        route.operation = operation;
        route.summary = summary;
        route.answer = answer;
        route.request_schema = std::move(schema);
        table.push_back(std::move(route));
    };
    using enum Route::Answer;
    add("GET", "/healthz", health, "health", "Whether central works.", kObject);
    add("GET", "/ca.pem", authority, "authority", "The certificate of central's own authority.",
        kFile);
    add("GET", "/blobs/{sha256}", blob, "read_blob", "A public picture; never changes.", kFile);
    add("GET", "/c/{stock_number}", public_cars, "public_car",
        "A small page of one car, or several (numbers with commas), for a kiosk's QR code.", kFile);
    add("GET", "/openapi.json", openapi, "openapi", "This description.", kObject);
    add("GET", "/docs", docs, "docs", "This description, to be read by people.", kFile);
    add("POST", "/api/v1/enroll", enroll, "enroll",
        "Make a terminal out of a one-time code and a certificate request.", kObject,
        texts_schema({"code", "csr", "name"}));
    Json renewal = texts_schema({"terminal_id", "csr", "signature"});
    renewal["properties"]["at"] = {{"type", "integer"}};
    renewal["required"].push_back("at");
    add("POST", "/api/v1/renew", renew, "renew",
        "A new certificate for an enrolled terminal's key.", kObject, std::move(renewal));
}

}  // namespace showfloor::central
