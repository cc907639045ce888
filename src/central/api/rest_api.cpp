#include "central/api/rest_api.hpp"

#include "base/encoding.hpp"
#include "base/log.hpp"
#include "central/api/answer.hpp"
#include "central/api/idempotency.hpp"
#include "crypto/hash.hpp"

namespace showfloor::central {

namespace {

bool is_read(std::string_view method) {
    return method == "GET" || method == "HEAD";
}

// /api/v1 counts; files that never change and health checks do not.
bool is_counted(const Route& route) {
    return route.path.starts_with("/api/");
}

std::string minutes_later(std::int64_t seconds) {
    return "Too many requests; wait " + std::to_string(seconds) + " seconds.";
}

net::HttpResponse too_many(std::int64_t seconds) {
    auto response = problem_answer(429, "too_many_requests", minutes_later(seconds));
    response.headers["Retry-After"] = std::to_string(seconds);
    return response;
}

}  // namespace

RestApi::RestApi(CommandProcessor& processor, const Keys& keys, const base::Clock& clock)
    : auth_(processor, limits_, keys.token_key, clock),
      accounts_(processor, limits_, keys.token_key, clock),
      enrolment_(processor, keys),
      metrics_(clock),
      parts_{processor,
             keys,
             clock,
             limits_,
             auth_,
             accounts_,
             search_,
             enrolment_,
             metrics_,
             8444,
             crypto::derive_key(keys.token_key.bytes(), {}, "etag"),
             crypto::derive_key(keys.token_key.bytes(), {}, "idempotent answer")} {
    base::Bytes name(4);
    processor.random().fill(name);
    boot_name_ = base::to_hex(name);
    // Counters that cannot be read are no reason not to serve: they begin anew, and it is logged.
    base::Result<void> loaded;
    if (auto reader = processor.store().reader())
        loaded = limits_.load(reader->connection(), clock.wall());
    else
        loaded = reader.error();
    if (!loaded)
        base::log(base::LogLevel::kError, "rate_limits", {{"error", loaded.error().message}});
    std::ignore = routes();  // built before the first request
}

net::HttpResponse RestApi::handle(const net::HttpRequest& request) {
    const std::int64_t began = parts_.clock.boot_ms();
    const std::string id = boot_name_ + "-" + std::to_string(++requests_);
    Match match = find_route(request.method == "HEAD" ? "GET" : request.method, request.path);
    std::optional<Principal> principal;
    net::HttpResponse response = answer(request, match, principal);
    if (response.status >= 400 && response.headers["Content-Type"] == "application/problem+json") {
        // One more member: the body is an object that does not end here.
        response.body.back() = ',';
        response.body += "\"request_id\":\"" + id + "\"}";
    }
    const std::int64_t took_ms = parts_.clock.boot_ms() - began;
    metrics_.note(match.route, response.status, took_ms);
    response.headers["X-Request-Id"] = id;
    response.headers["X-Content-Type-Options"] = "nosniff";
    response.headers.emplace("Cache-Control", "no-store");
    const bool worth_a_line = !is_read(request.method) || response.status >= 400;
    if (worth_a_line) {
        base::log(response.status >= 500 ? base::LogLevel::kError : base::LogLevel::kInfo,
                  "request",
                  {{"id", id},
                   {"route", match.route != nullptr
                                 ? std::string(match.route->method) + " " + match.route->path
                                 : "none"},
                   {"status", std::to_string(response.status)},
                   {"ms", std::to_string(took_ms)},
                   {"role", std::string(domain::kRoleNames[static_cast<std::size_t>(
                                principal ? principal->actor.role : domain::Role::kNobody)])}});
    }
    return response;
}

net::HttpResponse RestApi::answer(const net::HttpRequest& request, Match& match,
                                  std::optional<Principal>& principal) {
    if (match.route == nullptr)
        return match.allowed.empty() ? not_found() : method_not_allowed(match.allowed);
    const Route& route = *match.route;
    if (auto stopped = identify(request, route, principal)) return *std::move(stopped);
    if (auto stopped = check_rate(request, route, principal)) return *std::move(stopped);
    if (auto stopped = check_door(route, principal)) return *std::move(stopped);
    Call call{parts_, request, route, std::move(match.id), principal, parts_.clock.wall()};
    return route.handle(call);
}

std::optional<net::HttpResponse> RestApi::identify(const net::HttpRequest& request,
                                                   const Route& route,
                                                   std::optional<Principal>& principal) {
    if (route.rule == Rule::kAnybody) return std::nullopt;
    const std::string_view given = net::header(request.headers, "Authorization");
    if (given.empty()) return std::nullopt;
    constexpr std::string_view kScheme = "Bearer ";
    if (!given.starts_with(kScheme) || given.size() > kMaxHeaderToken)
        return error_answer(base::fail(base::ErrorKind::kRefused,
                                       "Authorization must be a bearer token.", "token_invalid"));
    auto reader = parts_.processor.store().reader();
    if (!reader) return error_answer(reader.error());
    auto found = auth_.authenticate(reader->connection(), given.substr(kScheme.size()));
    if (!found) {
        auto response = error_answer(found.error());
        response.headers["WWW-Authenticate"] = "Bearer error=\"invalid_token\"";
        return response;
    }
    principal = std::move(found).value();
    return std::nullopt;
}

std::optional<net::HttpResponse> RestApi::check_door(const Route& route,
                                                     const std::optional<Principal>& principal) {
    if (route.rule == Rule::kAnybody) return std::nullopt;
    if (principal && principal->must_change_password && route.rule != Rule::kSignedIn)
        return problem_answer(403, "password_change_required",
                              "Change the one-time password first: POST /api/v1/auth/password.");
    bool open = principal.has_value() || route.rule == Rule::kEachRecord;
    if (route.rule == Rule::kRightsTable) {
        const domain::Actor actor = principal ? principal->actor : domain::Actor{};
        open = domain::reach_of(actor, route.area, route.action) != domain::Reach::kNone ||
               (route.action != domain::Action::kRead &&
                domain::reach_of(actor, route.area, domain::Action::kAsk) != domain::Reach::kNone);
    }
    if (open) return std::nullopt;
    if (principal)
        return problem_answer(403, "not_allowed", domain::sentence_of(domain::Code::kNotAllowed));
    return error_answer(base::fail(base::ErrorKind::kRefused, "Sign in first.", "token_missing"));
}

std::optional<net::HttpResponse> RestApi::check_rate(const net::HttpRequest& request,
                                                     const Route& route,
                                                     const std::optional<Principal>& principal) {
    if (!is_counted(route)) return std::nullopt;
    std::int64_t wait = 0;
    if (principal) {
        if (is_read(request.method)) return std::nullopt;
        constexpr RateLimits::Rule kWrites{kWritesPerMinute, 0, false};
        wait = limits_.take("write:" + principal->actor.user_id.to_string(), kWrites,
                            parts_.clock.wall());
    } else {
        constexpr RateLimits::Rule kReads{kAnonymousReadsPerMinute, 0, false};
        constexpr RateLimits::Rule kLeads{kAnonymousWritesPerMinute, kAnonymousWritesPerHour,
                                          false};
        const bool reads = is_read(request.method);
        // Signing in and enrolling count themselves.
        if (!reads && route.rule != Rule::kRightsTable) return std::nullopt;
        const auto hash =
            crypto::hmac_sha256(parts_.etag_key.bytes(), base::as_bytes(request.peer));
        const std::string address = base::to_hex(std::span(hash).first(16));
        wait = limits_.take((reads ? "read:" : "lead:") + address, reads ? kReads : kLeads,
                            parts_.clock.wall());
    }
    if (wait == 0) return std::nullopt;
    return too_many(wait);
}

base::Result<void> RestApi::flush() {
    const base::UtcMs now = parts_.clock.wall();
    SHOWFLOOR_ASSIGN(auto batch, parts_.processor.batch(now));
    SHOWFLOOR_TRY(limits_.save_all(batch.connection(), now));
    SHOWFLOOR_TRY(forget_old_sessions(batch.connection(), now));
    SHOWFLOOR_TRY(forget_old_answers(batch.connection(), now));
    return batch.commit();
}

}  // namespace showfloor::central
