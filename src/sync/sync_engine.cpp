#include "sync/sync_engine.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <utility>

#include "base/encoding.hpp"
#include "base/log.hpp"
#include "domain/records_leads.hpp"
#include "storage/schema.hpp"
#include "sync/sealer.hpp"
#include "sync/unpack.hpp"

namespace showfloor::sync {

namespace {

using base::ErrorKind;
using base::Json;

constexpr int kOk = 200;
constexpr int kUnauthorized = 401;
constexpr int kForbidden = 403;
constexpr int kConflict = 409;
constexpr int kGone = 410;
constexpr int kUnprocessable = 422;
constexpr int kUpgradeRequired = 426;
constexpr int kTooManyRequests = 429;
constexpr int kUnavailable = 503;
constexpr std::int64_t kLargestSnapshot = 4LL * 1024 * 1024 * 1024;
constexpr std::size_t kLargestPackedSnapshot = 1024UL * 1024 * 1024;

// The "code" of a problem document; empty when there is none.
std::string problem_code(const Reply& reply) {
    const auto json = base::parse_json(reply.body, kMostProblemBytes);
    if (!json || !json->is_object()) return {};
    const auto code = json->find("code");
    return code != json->end() && code->is_string() ? code->get<std::string>() : std::string();
}

std::string_view sentence_of(Failure::Code code) {
    switch (code) {
        case Failure::Code::kNoNetwork:
            return "There is no network; check the cable or the Wi-Fi.";
        case Failure::Code::kNameNotFound:
            return "Central's name is not known here; check the network's DNS.";
        case Failure::Code::kRefusedConnection:
            return "Central's machine answers but central does not run there.";
        case Failure::Code::kTimeout:
            return "Central does not answer in time.";
        case Failure::Code::kTlsIdentity:
            return "Whoever answers is not our central; nothing was sent.";
        case Failure::Code::kCertificateExpired:
            return "A certificate has expired; check this terminal's date.";
        case Failure::Code::kClientCertificateRefused:
            return "Central does not accept this terminal's certificate.";
        case Failure::Code::kBadAnswer:
            return "Central's answer cannot be understood.";
        case Failure::Code::kDiskFull:
            return "The disk is full; free some space.";
    }
    return "";
}

std::string_view sentence_of_halt(std::string_view cause) {
    if (cause == "fork") {
        return "This terminal was copied or set back to an earlier state: enrol it anew; nothing "
               "is lost.";
    }
    if (cause == "lost_history") {
        return "Central lacks commands that are no longer kept here: enrol this terminal anew.";
    }
    return "Central cannot prove this terminal's journal: enrol it anew; nothing is lost.";
}

}  // namespace

std::string_view name_of(Phase phase) {
    switch (phase) {
        case Phase::kIdle:
            return "idle";
        case Phase::kPushing:
            return "pushing";
        case Phase::kPulling:
            return "pulling";
        case Phase::kFetchingSnapshot:
            return "fetching_snapshot";
    }
    return "idle";
}

SyncEngine::SyncEngine(Parts parts)
    : parts_(std::move(parts)),
      trusted_(parts_.clock, {parts_.outbox.state().trusted_at}),
      last_contact_at_(parts_.outbox.state().last_contact_at),
      clock_saved_at_(parts_.outbox.state().trusted_at) {
    std::remove(snapshot_path().c_str());
}

SyncEngine::~SyncEngine() {
    for (const Lane* lane : {&push_, &read_, &upload_, &lease_}) {
        if (lane->busy()) parts_.exchange.cancel(lane->ticket);
    }
    for (const auto& [ticket, sha256] : pictures_)
        parts_.exchange.cancel(ticket);
}

std::string SyncEngine::snapshot_path() const {
    return parts_.folder + "/snapshot.download";
}

std::int64_t SyncEngine::tick() {
    collect();
    hurry_for_call();
    start_due();
    housekeeping();
    return next_tick();
}

void SyncEngine::sync_now() {
    for (Lane* lane : {&push_, &read_, &picture_, &upload_, &lease_}) {
        lane->not_before = 0;
        lane->back_off.reset();
    }
    next_pull_ = 0;
    ++pull_wish_;
}

void SyncEngine::link_returned() {
    sync_now();
}

void SyncEngine::set_pace(Pace pace) {
    if (pace == pace_) return;
    pace_ = pace;
    next_pull_ = std::min(next_pull_, now() + pull_interval());
}

base::Result<void> SyncEngine::adopt_new_identity(Outbox& outbox, Replica& replica,
                                                  const Identity& identity,
                                                  const std::string& epoch) {
    // The cache first: should the power fail in between, it is rebuilt under the old identity.
    SHOWFLOOR_TRY(replica.reset());
    SHOWFLOOR_TRY(outbox.adopt(identity, epoch));
    return replica.rebuild();
}

// ---- answers ------------------------------------------------------------------------------------

void SyncEngine::collect() {
    for (const Completion& completion : parts_.exchange.poll())
        take(completion);
}

void SyncEngine::take(const Completion& completion) {
    const auto picture = pictures_.find(completion.ticket);
    if (picture != pictures_.end()) {
        const std::string sha256 = std::move(picture->second);
        pictures_.erase(picture);
        return on_picture(sha256, completion);
    }
    if (completion.ticket == upload_.ticket) {
        upload_.ticket = 0;
        return on_upload(completion);
    }
    if (completion.ticket == lease_.ticket) {
        lease_.ticket = 0;
        return on_lease(completion);
    }
    const bool is_push = completion.ticket == push_.ticket;
    if (!is_push && completion.ticket != read_.ticket) return;  // given up long ago
    Lane& lane = is_push ? push_ : read_;
    lane.ticket = 0;
    if (const auto* failure = std::get_if<Failure>(&completion.result)) {
        return fail(lane, *failure);
    }
    const auto& reply = std::get<Reply>(completion.result);
    if (is_push) return on_push(reply);
    if (reading_snapshot_) return on_snapshot(reply);
    on_pull(reply);
}

void SyncEngine::on_push(const Reply& reply) {
    if (reply.status == kUnprocessable) {
        const std::string code = problem_code(reply);
        if (code == "bad_chain" || code == "bad_signature") {
            const auto halted = parts_.outbox.halt(code);
            if (!halted) return fail(push_, halted.error());
        }
        return fail(push_, reply);
    }
    if (reply.status != kOk && reply.status != kConflict) return fail(push_, reply);
    const auto message = protocol::decode_push_reply(reply.body);
    if (!message) return fail(push_, "bad_answer", message.error().message);
    const auto taken = take_push_reply(*message);
    if (!taken) return fail(push_, taken.error());
    went_well(push_);
    heard(message->server_time);
    next_pull_ = 0;
    ++pull_wish_;
}

base::Result<void> SyncEngine::take_push_reply(const protocol::PushReply& reply) {
    Outbox& outbox = parts_.outbox;
    SHOWFLOOR_TRY(note_epoch(reply.epoch));
    const std::int64_t before = outbox.state().acknowledged;
    switch (reply.status) {
        case protocol::PushStatus::kFork:
            SHOWFLOOR_TRY(outbox.halt("fork"));
            return parts_.replica.rebuild();
        case protocol::PushStatus::kGap:
            if (reply.last_seq >= before) break;
            SHOWFLOOR_TRY(outbox.rewind_to(reply.last_seq));
            return parts_.replica.rebuild();
        case protocol::PushStatus::kOk:
            SHOWFLOOR_TRY(outbox.take_answers(reply.results, reply.server_time));
            if (outbox.state().acknowledged > before) return {};
            break;
    }
    return base::fail(ErrorKind::kInvalid, "Central's answer does not fit what it was asked.",
                      "bad_answer");
}

void SyncEngine::on_pull(const Reply& reply) {
    if (reply.status == kGone) {
        snapshot_due_ = true;
        return;
    }
    if (reply.status != kOk) return fail(read_, reply);
    const auto message = protocol::decode_pull_reply(reply.body);
    if (!message) return fail(read_, "bad_answer", message.error().message);
    heard(message->server_time);
    const auto taken = take_pull_reply(*message, reply.body);
    if (taken) return went_well(read_);
    if (taken.error().code == "take_snapshot") {
        snapshot_due_ = true;
        return;
    }
    fail(read_, taken.error());
}

base::Result<void> SyncEngine::take_pull_reply(const protocol::PullReply& reply,
                                               std::string_view body) {
    Outbox& outbox = parts_.outbox;
    if (reply.epoch != parts_.replica.meta().epoch) {
        snapshot_due_ = true;
        return {};
    }
    // Somebody else has spoken with our identity.
    if (reply.last_seq > outbox.state().tail && outbox.state().halted.empty()) {
        SHOWFLOOR_TRY(outbox.halt("fork"));
    }
    // Asked after an answer and yet central does not know it any more: it was set back.
    const bool lost = !reply.more && reply.last_seq < acknowledged_at_pull_;
    if (lost && outbox.state().halted.empty()) {
        SHOWFLOOR_TRY(outbox.rewind_to(reply.last_seq));
        SHOWFLOOR_TRY(parts_.replica.rebuild());
    }
    SHOWFLOOR_ASSIGN(const Replica::Taken taken,
                     parts_.replica.take_page(reply, body, trusted_.now()));
    if (!taken.complete) {
        next_pull_ = 0;
        return {};
    }
    pull_done_ = pull_covers_;
    // A wish that came while this pull was on its way is not answered by it.
    next_pull_ = pull_done_ < pull_wish_ ? 0 : now() + pull_interval();
    for (const std::string& sha256 : taken.pictures) {
        if (prefetch_.size() < kMostPrefetch) prefetch_.push_back(sha256);
    }
    return {};
}

void SyncEngine::on_snapshot(const Reply& reply) {
    reading_snapshot_ = false;
    if (reply.status != kOk) return fail(read_, reply);
    const auto installed = install_snapshot(reply);
    std::remove(snapshot_path().c_str());
    if (!installed) return fail(read_, installed.error());
    snapshot_due_ = false;
    pictures_listed_ = false;
    next_pull_ = 0;
    went_well(read_);
}

base::Result<void> SyncEngine::install_snapshot(const Reply& reply) {
    if (reply.header(protocol::kSnapshotSchemaHeader) != storage::schema_fingerprint()) {
        return base::fail(ErrorKind::kRefused,
                          "Central's program and this terminal's are of different versions; "
                          "update the older of the two.",
                          "update_needed");
    }
    const auto bytes = base::from_base64(reply.header(protocol::kSnapshotKeyHeader));
    const auto key = bytes ? crypto::Key256::from_bytes(*bytes) : std::nullopt;
    if (!key) {
        return base::fail(ErrorKind::kInvalid, "Central sent a snapshot without its key.",
                          "bad_answer");
    }
    const std::string unpacked = snapshot_path() + ".db";
    SHOWFLOOR_TRY(unpack_file(snapshot_path(), unpacked,
                              reply.header(protocol::kSnapshotHashHeader), kLargestSnapshot));
    SHOWFLOOR_TRY(note_epoch(reply.header(protocol::kEpochHeader)));
    const KeySealer from(*key, parts_.random);
    return parts_.replica.install(unpacked, from);
}

// Another epoch is another life of central's database: what we know of it is void.
base::Result<void> SyncEngine::note_epoch(const std::string& epoch) {
    if (epoch.empty()) return {};
    if (parts_.replica.filled() && parts_.replica.meta().epoch != epoch) snapshot_due_ = true;
    if (parts_.outbox.state().epoch == epoch) return {};
    return parts_.outbox.enter_epoch(epoch);
}

void SyncEngine::heard(base::UtcMs server_time) {
    trusted_.heard_central(server_time);
    last_contact_at_ = trusted_.now();
    server_time_ = server_time;
    heard_central_ = true;
}

// ---- requests -----------------------------------------------------------------------------------

void SyncEngine::start_due() {
    if (!parts_.outbox.enrolled()) return;
    const std::int64_t at = now();
    if (!push_.busy() && push_wanted()) start_push();
    // A pull right after the push brings what it did; but a push that fails holds nothing up.
    const bool after_push = push_.busy() && push_.cause.empty();
    if (!read_.busy() && at >= read_.not_before) {
        if (snapshot_due_ || !parts_.replica.filled()) {
            start_snapshot();
        } else if (at >= next_pull_ && !after_push) {
            start_pull();
        }
    }
    if (lease_wanted()) start_lease();
    if (reading_snapshot_ || !heard_central_) return;
    if (at >= picture_.not_before) start_pictures();
    if (!upload_.busy() && at >= upload_.not_before) start_upload();
}

// After a failure the lane waits. What is submitted meanwhile may try in spite of it, but no more
// often than once in the shortest wait: who sells offline all day must not read and sign the whole
// journal at every sale.
bool SyncEngine::push_wanted() const {
    const OutboxState& outbox = parts_.outbox.state();
    return outbox.halted.empty() && outbox.tail > outbox.acknowledged &&
           (now() >= push_.not_before ||
            (outbox.tail > push_started_tail_ && now() >= push_.started + kBackOffFirstMs));
}

void SyncEngine::send(Lane& lane, Request request) {
    if (request.timeout_ms == 0) request.timeout_ms = kRequestTimeoutMs;
    request.headers.emplace_back(protocol::kVersionHeader,
                                 std::to_string(protocol::kProtocolVersion));
    lane.ticket = parts_.exchange.start(std::move(request));
    lane.started = now();
}

void SyncEngine::start_push() {
    push_started_tail_ = parts_.outbox.state().tail;
    const auto message = next_push();
    if (!message) return fail(push_, message.error());
    Request request;
    request.method = "POST";
    request.path = "/sync/v1/push";
    request.headers.emplace_back("Content-Type", "application/json");
    request.body = protocol::encode(*message);
    request.most_bytes = protocol::kMaxPushBytes;
    send(push_, std::move(request));
}

base::Result<protocol::PushRequest> SyncEngine::next_push() {
    Outbox& outbox = parts_.outbox;
    const std::int64_t from = outbox.state().acknowledged + 1;
    SHOWFLOOR_ASSIGN(auto entries,
                     outbox.entries(from, protocol::kMaxCommandsPerPush, kMostPushBodyBytes));
    if (std::any_of(entries.begin(), entries.end(), [](const Entry& e) { return e.damaged; })) {
        SHOWFLOOR_TRY(outbox.give_up_damaged(trusted_.now()));
        SHOWFLOOR_ASSIGN(entries,
                         outbox.entries(from, protocol::kMaxCommandsPerPush, kMostPushBodyBytes));
    }
    if (entries.empty() || entries.front().seq != from) {
        return base::fail(ErrorKind::kDamaged,
                          "The outbox lacks commands that it counts; export it and call support.");
    }
    protocol::PushRequest message;
    message.epoch = outbox.state().epoch;
    message.from_seq = from;
    for (Entry& entry : entries) {
        message.commands.push_back({entry.seq, entry.id, std::move(entry.numbers),
                                    std::move(entry.was_numbers), std::move(entry.body),
                                    std::move(entry.hash)});
    }
    message.head_hash = message.commands.back().hash;
    const std::string text =
        protocol::push_to_sign(outbox.state().identity.terminal_id, message.head_hash);
    message.signature = base::to_base64(parts_.key.sign(base::as_bytes(text)));
    return message;
}

void SyncEngine::start_pull() {
    pull_covers_ = pull_wish_;
    acknowledged_at_pull_ = parts_.outbox.state().acknowledged;
    Request request;
    request.path = "/sync/v1/pull?cursor=" + std::to_string(parts_.replica.next_cursor()) +
                   "&limit=" + std::to_string(parts_.pull_limit);
    request.headers.emplace_back(protocol::kEpochHeader, parts_.replica.meta().epoch);
    request.most_bytes = protocol::kMaxPullBytes;
    send(read_, std::move(request));
}

void SyncEngine::start_snapshot() {
    reading_snapshot_ = true;
    Request request;
    request.path = "/sync/v1/snapshot";
    request.to_file = snapshot_path();
    request.timeout_ms = kSnapshotTimeoutMs;
    request.most_bytes = kLargestPackedSnapshot;
    send(read_, std::move(request));
}

// ---- how it went --------------------------------------------------------------------------------

void SyncEngine::fail(Lane& lane, std::string_view cause, std::string_view sentence) {
    lane.cause = cause;
    lane.sentence = sentence;
    lane.not_before = now() + lane.back_off.next_ms(parts_.random);
    if (&lane == &read_) reading_snapshot_ = false;
    base::log(base::LogLevel::kInfo, "sync_failed", {{"cause", lane.cause}});
}

void SyncEngine::fail(Lane& lane, const Failure& failure) {
    fail(lane, name_of(failure.code),
         failure.sentence.empty() ? sentence_of(failure.code) : failure.sentence);
}

void SyncEngine::fail(Lane& lane, const base::Error& error) {
    fail(lane, error.code.empty() ? "storage" : std::string_view(error.code), error.message);
}

void SyncEngine::fail(Lane& lane, const Reply& reply) {
    const int status = reply.status;
    if (status == kUnauthorized || status == kForbidden) {
        return fail(lane, "revoked",
                    "Central does not accept this terminal any more; an admin can enrol it anew.");
    }
    if (status == kUpgradeRequired) {
        return fail(lane, "update_needed", "This terminal's program is too old; update it.");
    }
    if (status == kTooManyRequests || status == kUnavailable) {
        return fail(lane, "busy", "Central is busy; this terminal tries again by itself.");
    }
    fail(lane, "central_error",
         "Central could not answer (" + std::to_string(status) + "); tell an admin if it stays.");
}

void SyncEngine::went_well(Lane& lane) {
    lane.cause.clear();
    lane.sentence.clear();
    lane.not_before = 0;
    lane.back_off.reset();
}

std::int64_t SyncEngine::pull_interval() {
    const std::int64_t base = call_is_open()          ? kPullCallOpenMs
                              : pace_ == Pace::kInUse ? kPullInUseMs
                                                      : kPullIdleMs;
    const std::int64_t swing = base * kPullJitterPercent / 100;
    return base - swing +
           static_cast<std::int64_t>(
               parts_.random.below(static_cast<std::uint64_t>(2 * swing + 1)));
}

bool SyncEngine::call_is_open() {
    if (!parts_.replica.filled()) return false;
    const base::Uuid& branch = parts_.outbox.state().identity.branch_id;
    return domain::open_call(parts_.replica.world(), branch, trusted_.now()).has_value();
}

// Rows moved: when a visitor's call is among them, the pull planned for later comes sooner.
void SyncEngine::hurry_for_call() {
    if (parts_.replica.version() == looked_at_version_) return;
    looked_at_version_ = parts_.replica.version();
    if (call_is_open()) next_pull_ = std::min(next_pull_, now() + pull_interval());
}

// An idle pull writes nothing: times are written down once an hour. Answers age by central's time
// alone: a wall clock set years ahead must not make this terminal forget what it may have to send
// again.
void SyncEngine::housekeeping() {
    if (!heard_central_ || trusted_.now() - clock_saved_at_ < kSaveClockEveryMs) return;
    save_clock();
    const auto forgotten = parts_.outbox.forget_old(server_time_);
    if (!forgotten) {
        base::log(base::LogLevel::kWarning, "outbox_tidy", {{"why", forgotten.error().message}});
    }
}

void SyncEngine::save_clock() {
    clock_saved_at_ = trusted_.now();
    const auto saved = parts_.outbox.save_clock(clock_saved_at_, last_contact_at_);
    if (!saved) {
        base::log(base::LogLevel::kWarning, "clock_not_saved", {{"why", saved.error().message}});
    }
}

std::int64_t SyncEngine::next_tick() const {
    const std::int64_t at = now();
    std::int64_t next = at + kPullIdleMs;
    const auto at_latest = [&next](std::int64_t time) { next = std::min(next, time); };
    const OutboxState& outbox = parts_.outbox.state();
    if (outbox.identity.terminal_id.is_nil()) return next;
    for (const Lane* lane : {&push_, &read_}) {
        if (lane->busy()) at_latest(std::max(at + 1, lane->started + kNameCauseAfterMs));
    }
    if (!push_.busy() && outbox.halted.empty() && outbox.tail > outbox.acknowledged) {
        const bool newer = outbox.tail > push_started_tail_;
        at_latest(newer ? std::min(push_.not_before, push_.started + kBackOffFirstMs)
                        : push_.not_before);
    }
    if (!read_.busy() && !push_.busy()) {
        const bool fill = snapshot_due_ || !parts_.replica.filled();
        at_latest(std::max(read_.not_before, fill ? at : next_pull_));
    }
    if (heard_central_ && pictures_.empty() && !(wanted_.empty() && prefetch_.empty())) {
        at_latest(picture_.not_before);
    }
    if (upload_.not_before > at) at_latest(upload_.not_before);
    if (!lease_.busy() && heard_central_) {
        const bool gives_back = !hold_.leased.is_nil() && hold_.leased != hold_.wished;
        if (gives_back || !hold_.wished.is_nil())
            at_latest(std::max(lease_.not_before, gives_back ? at : hold_.ask_at));
    }
    return std::max(next, at);
}

bool SyncEngine::settled() const {
    const OutboxState& outbox = parts_.outbox.state();
    return !push_.busy() && !read_.busy() && parts_.replica.filled() && !snapshot_due_ &&
           pull_done_ == pull_wish_ &&
           (outbox.tail == outbox.acknowledged || !outbox.halted.empty());
}

SyncStatus SyncEngine::status() {
    SyncStatus status;
    const OutboxState& outbox = parts_.outbox.state();
    const std::int64_t at = now();
    if (auto counts = parts_.outbox.counts()) status.counts = *counts;
    status.epoch = parts_.replica.meta().epoch;
    status.cursor = parts_.replica.next_cursor();
    status.filled = parts_.replica.filled();
    status.car_taken = hold_.taken;
    status.last_contact_at = last_contact_at_;
    status.clock_skew_ms = heard_central_ ? trusted_.wall_skew_ms() : 0;
    status.blobs_have = parts_.images.count();
    status.blobs_bytes = parts_.images.bytes();
    status.blobs_missing = static_cast<std::int64_t>(prefetch_.size() + pictures_.size());
    status.phase = push_.busy()        ? Phase::kPushing
                   : reading_snapshot_ ? Phase::kFetchingSnapshot
                   : read_.busy()      ? Phase::kPulling
                                       : Phase::kIdle;
    const auto say = [&status](std::string_view cause, std::string_view sentence) {
        if (!status.cause.empty()) return;
        status.cause = cause;
        status.sentence = sentence;
    };
    for (const Lane* lane : {&read_, &push_})
        say(lane->cause, lane->sentence);
    for (const Lane* lane : {&read_, &push_}) {
        if (lane->busy() && !reading_snapshot_ && at - lane->started >= kNameCauseAfterMs) {
            say("timeout", "Central has not answered yet; this terminal goes on trying.");
        }
    }
    status.online = heard_central_ && status.cause.empty();
    if (!heard_central_) say("connecting", "Central is being asked.");
    if (!outbox.halted.empty()) {
        status.cause = outbox.halted;
        status.sentence = sentence_of_halt(outbox.halted);
    }
    if (std::abs(status.clock_skew_ms) > kClockWrongMs) {
        say("clock_wrong", "This terminal's clock is wrong by " +
                               std::to_string(std::abs(status.clock_skew_ms) / kMinute) +
                               " minutes; set its date and time.");
    }
    return status;
}

}  // namespace showfloor::sync
