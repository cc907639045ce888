#include "central/api/idempotency.hpp"

#include "base/encoding.hpp"
#include "base/json.hpp"
#include "central/api/answer.hpp"
#include "crypto/hash.hpp"

namespace showfloor::central {

namespace {

using database::Cell;

constexpr std::size_t kMaxStoredAnswer = 4UL * 1024 * 1024;
constexpr std::array<std::string_view, 4> kKeptHeaders = {"Content-Type", "ETag", "Location",
                                                          "Retry-After"};

std::string_view key_of(const Call& call) {
    return call.header("Idempotency-Key");
}

std::string actor_of(const Call& call) {
    return call.actor().user_id.to_string();
}

std::string hash_of(const Call& call) {
    const std::string content =
        call.request.method + "\n" + call.request.path + "\n" + call.request.body;
    return base::to_hex(
        crypto::hmac_sha256(call.parts.answer_key.bytes(), base::as_bytes(content)));
}

std::string place_of(const Call& call) {
    return actor_of(call) + "/" + std::string(key_of(call));
}

}  // namespace

base::Result<std::optional<net::HttpResponse>> stored_answer(const Call& call,
                                                             database::Connection& connection) {
    using Found = std::optional<net::HttpResponse>;
    const std::string_view key = key_of(call);
    if (key.empty()) return Found();
    if (key.size() > kMaxIdempotencyKey)
        return Found(problem_answer(400, "idempotency_key_too_long",
                                    "An Idempotency-Key has at most 255 characters."));
    SHOWFLOOR_ASSIGN(auto statement,
                     connection.prepare("SELECT request_hash, sealed FROM idempotent_answer "
                                        "WHERE actor_id = ?1 AND key = ?2 AND answered_at > ?3"));
    statement.bind(1, actor_of(call)).bind(2, std::string(key));
    statement.bind(3, call.now - kIdempotentAnswerMs);
    SHOWFLOOR_ASSIGN(const bool found, statement.step());
    if (!found) return Found();
    if (statement.text(0) != hash_of(call))
        return Found(problem_answer(422, "idempotency_key_reused",
                                    "This Idempotency-Key came with another request before; take "
                                    "a new one."));
    SHOWFLOOR_ASSIGN(const auto plain, crypto::open(call.parts.answer_key, statement.bytes(1),
                                                    base::as_bytes(place_of(call))));
    SHOWFLOOR_ASSIGN(const auto json, base::parse_json(base::as_text(plain), kMaxStoredAnswer));
    net::HttpResponse response;
    response.status = json.value("status", 500);
    for (const auto& [name, value] : json["headers"].items())
        response.headers[name] = value.get<std::string>();
    response.headers["Idempotency-Replayed"] = "true";
    response.body = base::text_member(json, "body");
    return Found(std::move(response));
}

base::Result<void> store_answer(const Call& call, Batch& batch, const net::HttpResponse& response) {
    if (key_of(call).empty()) return {};
    base::Json headers = base::Json::object();
    for (const std::string_view name : kKeptHeaders) {
        const auto value = net::header(response.headers, name);
        if (!value.empty()) headers[std::string(name)] = value;
    }
    const std::string plain = base::dump_json(
        {{"status", response.status}, {"headers", std::move(headers)}, {"body", response.body}});
    SHOWFLOOR_ASSIGN(auto sealed, crypto::seal(call.parts.answer_key, base::as_bytes(plain),
                                               base::as_bytes(place_of(call)), batch.random()));
    // An older answer under the same key is past its 48 hours, or it would have been found.
    return batch.connection().run(
        "INSERT OR REPLACE INTO idempotent_answer (actor_id, key, request_hash, sealed, "
        "answered_at) VALUES (?1, ?2, ?3, ?4, ?5)",
        {Cell(actor_of(call)), Cell(std::string(key_of(call))), Cell(hash_of(call)),
         Cell(std::move(sealed)), Cell(call.now)});
}

base::Result<void> forget_old_answers(database::Connection& connection, base::UtcMs now) {
    return connection.run("DELETE FROM idempotent_answer WHERE answered_at < ?1",
                          {Cell(now - kIdempotentAnswerMs)});
}

}  // namespace showfloor::central
