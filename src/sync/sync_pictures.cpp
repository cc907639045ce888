// The engine's pictures: fetched one screen ahead of all others, and those made here on their way
// up. They have lanes of their own, so that no picture ever delays a command.
#include <algorithm>

#include "base/log.hpp"
#include "sync/sync_engine.hpp"

namespace showfloor::sync {

namespace {

constexpr int kOk = 200;
constexpr int kCreated = 201;
constexpr int kNotFound = 404;
constexpr int kUnprocessable = 422;
constexpr int kForbidden = 403;

}  // namespace

void SyncEngine::want(std::vector<std::string> sha256s) {
    if (sha256s.size() > kMostWanted) sha256s.resize(kMostWanted);
    wanted_.clear();
    for (std::string& sha256 : sha256s) {
        parts_.images.shown(sha256);
        if (!parts_.images.has(sha256)) wanted_.push_back(std::move(sha256));
    }
}

void SyncEngine::list_pictures() {
    pictures_listed_ = true;
    prefetch_.clear();
    auto hashes = parts_.replica.picture_hashes();
    if (!hashes) {
        base::log(base::LogLevel::kWarning, "pictures", {{"why", hashes.error().message}});
        return;
    }
    for (std::string& sha256 : *hashes) {
        if (!parts_.images.has(sha256)) prefetch_.push_back(std::move(sha256));
    }
}

// The next one that is worth asking for; empty when there is none.
std::string SyncEngine::next_picture() {
    for (auto* queue : {&wanted_, &prefetch_}) {
        while (!queue->empty()) {
            std::string sha256 = std::move(queue->front());
            queue->pop_front();
            const auto gone = absent_.find(sha256);
            const bool asked = std::any_of(pictures_.begin(), pictures_.end(),
                                           [&](const auto& p) { return p.second == sha256; });
            if (asked || !ImageCache::is_hash(sha256) || parts_.images.has(sha256) ||
                (gone != absent_.end() && gone->second > now())) {
                continue;
            }
            return sha256;
        }
    }
    return {};
}

void SyncEngine::start_pictures() {
    if (!pictures_listed_ && parts_.replica.filled()) list_pictures();
    while (pictures_.size() < kBlobsAtOnce) {
        std::string sha256 = next_picture();
        if (sha256.empty()) return;
        Request request;
        request.path = "/sync/v1/blobs/" + sha256;
        request.timeout_ms = kRequestTimeoutMs;
        request.most_bytes = protocol::kMaxBlobBytes;
        const Ticket ticket = parts_.exchange.start(std::move(request));
        pictures_.emplace(ticket, std::move(sha256));
    }
}

void SyncEngine::on_picture(const std::string& sha256, const Completion& completion) {
    const auto* reply = std::get_if<Reply>(&completion.result);
    if (reply != nullptr && (reply->status == kNotFound || reply->status == kForbidden)) {
        if (absent_.size() >= kMostWanted * kMostWanted) absent_.clear();
        absent_[sha256] = now() + kBlobRetryMs;
        return;
    }
    if (reply != nullptr && reply->status == kOk) {
        const auto put = parts_.images.put(sha256, reply->body);
        if (put) {
            went_well(picture_);
            return;
        }
        fail(picture_, put.error());
    } else if (reply != nullptr) {
        fail(picture_, *reply);
    } else {
        fail(picture_, std::get<Failure>(completion.result));
    }
    wanted_.push_back(sha256);
    if (wanted_.size() > kMostWanted) {
        prefetch_.push_back(std::move(wanted_.back()));
        wanted_.pop_back();
    }
}

void SyncEngine::start_upload() {
    const auto waiting = parts_.outbox.uploads(1);
    if (!waiting || waiting->empty()) return;
    uploading_ = waiting->front();
    auto bytes = parts_.images.read_own(uploading_);
    if (!bytes) {
        // Nothing to send: either central has it already, or the file is lost and said so.
        base::log(base::LogLevel::kWarning, "upload_lost", {{"why", bytes.error().message}});
        const auto dropped = parts_.outbox.uploaded(uploading_);
        if (!dropped) fail(upload_, dropped.error());
        return;
    }
    Request request;
    request.method = "PUT";
    request.path = "/sync/v1/blobs/" + uploading_;
    request.headers.emplace_back("Content-Type", "application/octet-stream");
    request.body = std::move(*bytes);
    request.most_bytes = protocol::kMaxBlobBytes;
    send(upload_, std::move(request));
}

void SyncEngine::on_upload(const Completion& completion) {
    const auto* reply = std::get_if<Reply>(&completion.result);
    if (reply == nullptr) return fail(upload_, std::get<Failure>(completion.result));
    const bool there = reply->status == kOk || reply->status == kCreated;
    if (!there && reply->status != kUnprocessable) return fail(upload_, *reply);
    if (there) {
        const auto kept = parts_.images.sent_own(uploading_);
        if (!kept) return fail(upload_, kept.error());
    } else {
        base::log(base::LogLevel::kError, "upload_refused", {{"sha256", uploading_}});
    }
    const auto dropped = parts_.outbox.uploaded(uploading_);
    if (!dropped) return fail(upload_, dropped.error());
    went_well(upload_);
}

}  // namespace showfloor::sync
