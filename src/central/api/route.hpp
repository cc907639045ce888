#pragma once
// Route: one operation of the REST API, and Call: what its handler works with. routes() is THE
// table: routing, the rights at the door, the OpenAPI document and the tests all come from it.
// Thread contract: the table is constant once built; a Call belongs to one thread.

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.hpp"
#include "central/api/limits.hpp"
#include "central/auth/auth.hpp"
#include "central/enrolment.hpp"
#include "central/keys.hpp"
#include "domain/command.hpp"
#include "net/http.hpp"

namespace showfloor::central {

class Accounts;
class CentralSearch;
class Metrics;

// What all handlers share; lives as long as RestApi.
struct ApiParts {
    CommandProcessor& processor;
    const Keys& keys;
    const base::Clock& clock;
    RateLimits& limits;
    Auth& auth;
    Accounts& accounts;
    CentralSearch& search;
    Enrolment& enrolment;
    Metrics& metrics;
    int sync_port;
    crypto::Key256 etag_key;    // so that an ETag tells nothing about fields it covers
    crypto::Key256 answer_key;  // idempotent answers rest sealed
};

struct Route;

struct Call {
    ApiParts& parts;
    const net::HttpRequest& request;
    const Route& route;
    std::string id;                      // what {id} stood for; empty when the path has none
    std::optional<Principal> principal;  // nullopt = nobody
    base::UtcMs now = 0;

    [[nodiscard]] domain::Actor actor() const {
        return principal ? principal->actor : domain::Actor{};
    }
    [[nodiscard]] std::string_view header(std::string_view name) const {
        return net::header(request.headers, name);
    }
};

// Why somebody may pass the door.
enum class Rule {
    kAnybody,     // signing in, health, what is public anyway: no cell of the rights table
    kSignedIn,    // oneself: whoever is signed in, also before a forced change of password
    kEachRecord,  // anybody, and each record of the answer is judged by the rights table
    kRightsTable  // the cell of `area` and `action`; each record is judged again behind the door
};

struct Route {
    std::string_view method;
    std::string path;  // "/api/v1/cars/{id}/images"
    Rule rule = Rule::kRightsTable;
    domain::Area area = domain::Area::kCars;
    domain::Action action = domain::Action::kRead;
    std::function<net::HttpResponse(Call&)> handle;

    // What the OpenAPI document says.
    std::string operation;  // "list_cars"
    std::string summary;
    enum class Answer { kRecord, kList, kObject, kFile, kNothing } answer = Answer::kObject;
    const domain::Description* record = nullptr;  // of kRecord and kList
    base::Json request_schema;                    // null = no body
    std::vector<std::string_view> commands = {};  // those it runs
    bool creates = false;                         // answers 201
};

// Every operation, built once.
[[nodiscard]] const std::vector<Route>& routes();

// The route of a method and a path, and what {id} stands for. When only the method does not fit,
// `allowed` names those that would ("GET, PATCH").
struct Match {
    const Route* route = nullptr;
    std::string id;
    std::string allowed;
};
[[nodiscard]] Match find_route(std::string_view method, std::string_view path);

// Parts of the table, one a subject.
void add_public_routes(std::vector<Route>& table);
void add_auth_routes(std::vector<Route>& table);
void add_read_routes(std::vector<Route>& table);
void add_write_routes(std::vector<Route>& table);
void add_paper_routes(std::vector<Route>& table);
void add_vin_routes(std::vector<Route>& table);
void add_figure_routes(std::vector<Route>& table);
void add_csv_routes(std::vector<Route>& table);
void add_system_routes(std::vector<Route>& table);

// GET users/{id}: the user with their sales and commission, where one may see those.
[[nodiscard]] net::HttpResponse read_user(Call& call);

}  // namespace showfloor::central
