#include "central/sync_api.hpp"

#include <charconv>

#include "base/encoding.hpp"
#include "base/log.hpp"
#include "central/blobs.hpp"
#include "central/enrolment.hpp"
#include "central/feed.hpp"
#include "protocol/limits.hpp"
#include "storage/schema.hpp"

namespace showfloor::central {

namespace {

constexpr std::string_view kRoot = "/sync/v1/";

net::HttpResponse json_answer(int status, std::string body) {
    net::HttpResponse response;
    response.status = status;
    response.headers["Content-Type"] = "application/json";
    response.body = std::move(body);
    return response;
}

// What failed at central, in words a terminal can show; nothing of how we store things.
net::HttpResponse failure(const base::Error& error) {
    using base::ErrorKind;
    switch (error.kind) {
        case ErrorKind::kInvalid:
            return net::problem(422, error.code, error.message);
        case ErrorKind::kTooLarge:
            return net::problem(413, error.code, error.message);
        case ErrorKind::kNotFound:
            return net::problem(404, error.code, error.message);
        case ErrorKind::kRefused:
            return net::problem(401, error.code, error.message);
        case ErrorKind::kBusy:
        case ErrorKind::kDiskFull:
            return net::problem(503, "try_later", "Central cannot write just now; send it again.");
        default:
            break;
    }
    base::log(base::LogLevel::kError, "sync_failed", {{"reason", error.message}});
    return net::problem(500, "failed", "Central could not do this; an administrator should look.");
}

std::int64_t number_in(const std::map<std::string, std::string>& query, const std::string& name,
                       std::int64_t fallback) {
    const auto found = query.find(name);
    if (found == query.end()) return fallback;
    std::int64_t number = -1;
    const char* end = found->second.data() + found->second.size();
    const auto [stop, error] = std::from_chars(found->second.data(), end, number);
    return error == std::errc() && stop == end ? number : -1;
}

}  // namespace

net::HttpResponse SyncApi::handle(const net::HttpRequest& request) {
    net::HttpResponse response = answer(request);
    response.headers[std::string(protocol::kEpochHeader)] = processor_.store().epoch();
    response.headers[std::string(protocol::kVersionHeader)] =
        std::to_string(protocol::kProtocolVersion);
    if (response.headers.find("Cache-Control") == response.headers.end())
        response.headers["Cache-Control"] = "no-store";
    return response;
}

net::HttpResponse SyncApi::answer(const net::HttpRequest& request) {
    if (!request.peer_certificate)
        return net::problem(401, "no_certificate", "Only enrolled terminals may speak here.");
    if (!request.peer_certificate_in_date)
        return net::problem(401, "certificate_expired",
                            "This terminal's certificate is out of date; renew it.");
    domain::Terminal terminal;
    {
        auto reader = processor_.store().reader();
        if (!reader) return failure(reader.error());
        auto known = terminal_of(reader->connection(), *request.peer_certificate);
        if (!known) return failure(known.error());
        terminal = std::move(known).value();
    }
    {
        const std::lock_guard lock(contacts_mutex_);
        contacts_[terminal.id] = clock_.wall();
    }
    std::string_view path = request.path;
    if (!path.starts_with(kRoot)) return net::problem(404, "not_found", "There is nothing here.");
    path.remove_prefix(kRoot.size());
    const bool get = request.method == "GET" || request.method == "HEAD";
    if (path == "push" && request.method == "POST") return push(terminal, request);
    if (path == "pull" && get) return pull(terminal, request);
    if (path == "snapshot" && get) return snapshot(terminal);
    if (path == "leases" && request.method == "POST") return lease(terminal, request);
    if (path.starts_with("blobs/")) {
        const std::string_view name = path.substr(6);
        if (!is_blob_name(name))
            return net::problem(404, "not_found", "A file is named by its SHA-256.");
        if (get) return get_blob(terminal, name);
        if (request.method == "PUT") return put_blob(terminal, name, request);
    }
    return net::problem(404, "not_found", "There is nothing here.");
}

net::HttpResponse SyncApi::push(const domain::Terminal& terminal, const net::HttpRequest& request) {
    const auto message = protocol::decode_push_request(request.body);
    if (!message) return net::problem(400, "unreadable", message.error().message);
    const auto reply = processor_.push(terminal.id, *message, clock_.wall());
    if (!reply) return failure(reply.error());
    const int status = reply->status == protocol::PushStatus::kOk ? 200 : 409;
    return json_answer(status, protocol::encode(*reply));
}

net::HttpResponse SyncApi::pull(const domain::Terminal& terminal, const net::HttpRequest& request) {
    const std::int64_t cursor = number_in(request.query, "cursor", 0);
    const std::int64_t limit =
        number_in(request.query, "limit", std::int64_t{protocol::kDefaultPullLimit});
    if (cursor < 0 || limit < 1)
        return net::problem(400, "invalid", "cursor and limit are whole numbers.");
    const std::string_view epoch = net::header(request.headers, protocol::kEpochHeader);
    if (!epoch.empty() && epoch != processor_.store().epoch())
        return net::problem(410, "epoch_changed", "Central was restored since; take a snapshot.");
    auto reader = processor_.store().reader();
    if (!reader) return failure(reader.error());
    auto reply =
        pull_page(reader->connection(), terminal.id, terminal.branch_id, cursor,
                  static_cast<int>(std::min<std::int64_t>(limit, protocol::kMaxPullLimit)));
    if (!reply) {
        if (reply.error().code == "cursor_gone")
            return net::problem(410, "cursor_gone", reply.error().message);
        return failure(reply.error());
    }
    reply->epoch = processor_.store().epoch();
    reply->server_time = clock_.wall();
    return json_answer(200, protocol::encode(*reply));
}

net::HttpResponse SyncApi::snapshot(const domain::Terminal& terminal) {
    const auto made = snapshots_.get(terminal.id, terminal.branch_id, clock_.wall());
    if (!made) return failure(made.error());
    net::HttpResponse response;
    response.file = made->path;
    response.headers["Content-Type"] = "application/gzip";
    response.headers["ETag"] = "\"" + made->packed_hash + "\"";
    response.headers[std::string(protocol::kSnapshotCursorHeader)] = std::to_string(made->cursor);
    response.headers[std::string(protocol::kSnapshotHashHeader)] = made->sha256;
    response.headers[std::string(protocol::kSnapshotSchemaHeader)] = storage::schema_fingerprint();
    response.headers[std::string(protocol::kSnapshotKeyHeader)] =
        base::to_base64(made->key.bytes());
    return response;
}

net::HttpResponse SyncApi::get_blob(const domain::Terminal& terminal, std::string_view sha256) {
    auto reader = processor_.store().reader();
    if (!reader) return failure(reader.error());
    const auto info = find_blob(reader->connection(), sha256);
    if (!info) return failure(info.error());
    if (!*info || (!(*info)->is_public && (*info)->branch_id != terminal.branch_id))
        return net::problem(404, "not_found", "There is no such file.");
    net::HttpResponse response;
    response.file = blob_path(processor_.store(), sha256);
    response.headers["Content-Type"] = (*info)->media_type;
    response.headers["ETag"] = "\"" + std::string(sha256) + "\"";
    response.headers["Cache-Control"] = "private, immutable, max-age=31536000";
    return response;
}

net::HttpResponse SyncApi::put_blob(const domain::Terminal& terminal, std::string_view sha256,
                                    const net::HttpRequest& request) {
    if (request.body.size() > protocol::kMaxBlobBytes)
        return net::problem(413, "too_large", "The file is larger than 12 MB.");
    const std::string_view type = media_type_of(request.body);
    if (type == "application/octet-stream")
        return net::problem(415, "not_accepted", "Only pictures and PDF files are kept.");
    {
        auto reader = processor_.store().reader();
        if (!reader) return failure(reader.error());
        const auto known = find_blob(reader->connection(), sha256);
        if (!known) return failure(known.error());
        if (*known) return json_answer(200, "{}");
    }
    const auto name = save_blob(processor_.store(), request.body);
    if (!name) return failure(name.error());
    if (*name != sha256)
        return net::problem(422, "blob_mismatch", "The content is not what its name says.");
    auto batch = processor_.batch(clock_.wall());
    if (!batch) return failure(batch.error());
    BlobInfo info{*name, static_cast<std::int64_t>(request.body.size()), std::string(type), false,
                  terminal.branch_id};
    if (const auto noted = note_blob(batch->connection(), info, clock_.wall()); !noted)
        return failure(noted.error());
    if (const auto committed = batch->commit(); !committed) return failure(committed.error());
    return json_answer(201, "{}");
}

net::HttpResponse SyncApi::lease(const domain::Terminal& terminal,
                                 const net::HttpRequest& request) {
    const auto body = base::parse_json(request.body, 1000);
    const bool shaped = body && body->is_object() && body->contains("car") &&
                        body->at("car").is_string() && body->contains("minutes") &&
                        body->at("minutes").is_number_integer();
    const auto car = shaped ? base::Uuid::parse(body->at("car").get<std::string>()) : std::nullopt;
    const std::int64_t minutes = shaped ? body->at("minutes").get<std::int64_t>() : 0;
    if (!car || minutes < 0 || minutes > protocol::kMaxLeaseMinutes)
        return net::problem(422, "invalid", "A lease names a car and 0 to 15 minutes.");
    const base::UtcMs now = clock_.wall();
    auto batch = processor_.batch(now);
    if (!batch) return failure(batch.error());
    if (!batch->world().get<domain::Car>(*car))
        return net::problem(404, "not_found", "There is no such car.");
    const auto held = batch->connection().value(
        "SELECT expires_at FROM lease WHERE car_id = ?1 AND terminal_id != ?2 AND expires_at > ?3",
        {car->to_string(), terminal.id.to_string(), now});
    if (!held) return failure(held.error());
    if (!std::holds_alternative<std::monostate>(*held))
        return net::problem(409, "car_leased", "Somebody else is working on this car just now.");
    const base::UtcMs expires_at = now + minutes * 60'000;
    const auto stored = batch->connection().run(
        "INSERT INTO lease (car_id, terminal_id, expires_at) VALUES (?1, ?2, ?3) ON CONFLICT "
        "(car_id) DO UPDATE SET terminal_id = excluded.terminal_id, expires_at = "
        "excluded.expires_at",
        {car->to_string(), terminal.id.to_string(), expires_at});
    if (!stored) return failure(stored.error());
    if (const auto committed = batch->commit(); !committed) return failure(committed.error());
    return json_answer(200, base::dump_json({{"expires_at", expires_at}}));
}

base::Result<void> SyncApi::flush_contacts() {
    std::map<base::Uuid, base::UtcMs> heard;
    {
        const std::lock_guard lock(contacts_mutex_);
        heard.swap(contacts_);
    }
    if (heard.empty()) return {};
    SHOWFLOOR_ASSIGN(auto batch, processor_.batch(clock_.wall()));
    for (const auto& [terminal, at] : heard) {
        SHOWFLOOR_TRY(batch.connection().run(
            "INSERT INTO terminal_state (terminal_id, head_hash, last_contact_at) VALUES "
            "(?1, ?2, ?3) ON CONFLICT (terminal_id) DO UPDATE SET "
            "last_contact_at = max(last_contact_at, excluded.last_contact_at)",
            {terminal.to_string(), protocol::chain_start(terminal), at}));
    }
    return batch.commit();
}

}  // namespace showfloor::central
