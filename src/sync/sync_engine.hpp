#pragma once
// SyncEngine: drives push, pull, snapshot, pictures and uploads through the Exchange. Passive: it
// has no thread and never sleeps; whoever owns it calls tick() after a submit, when the exchange
// has something, and when the time it asked for has come. The one place for retries.
//
// Thread contract: the engine's thread. Everything in Parts is borrowed and outlives it.

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/clock.hpp"
#include "base/random.hpp"
#include "crypto/ec.hpp"
#include "protocol/limits.hpp"
#include "protocol/messages.hpp"
#include "sync/back_off.hpp"
#include "sync/exchange.hpp"
#include "sync/image_cache.hpp"
#include "sync/outbox.hpp"
#include "sync/replica.hpp"

namespace showfloor::sync {

// Whatever the pace, while a visitor of this branch waits for a seller it is every second.
enum class Pace {
    kIdle,   // pull every 20 s
    kInUse,  // every 15 s: somebody touches the screen
};

enum class Phase { kIdle, kPushing, kPulling, kFetchingSnapshot };
[[nodiscard]] std::string_view name_of(Phase phase);

struct SyncStatus {
    bool online = false;   // central answered, and nothing has failed since
    std::string cause;     // why not, or what else is wrong: Failure's name, "clock_wrong",
                           // "revoked", "fork", "lost_history", "bad_chain", "bad_signature",
                           // "central_error", "busy", "update_needed", "storage", "connecting";
                           // empty = all is well
    std::string sentence;  // the same in words
    Phase phase = Phase::kIdle;
    std::string epoch;
    std::int64_t cursor = 0;
    OutboxCounts counts;
    base::UtcMs last_contact_at = 0;  // by trusted time
    std::int64_t clock_skew_ms = 0;
    std::int64_t blobs_have = 0, blobs_missing = 0, blobs_bytes = 0;
    bool filled = false;   // the first fill is done
    base::Uuid car_taken;  // the held car, when another terminal works on it; else nil
};

class SyncEngine {
   public:
    struct Parts {
        Outbox& outbox;
        Replica& replica;
        ImageCache& images;
        Exchange& exchange;
        const base::Clock& clock;
        base::Random& random;
        const crypto::PrivateKey& key;  // the enrolled one; signs pushes
        std::string folder;             // for the snapshot being fetched
        int pull_limit = protocol::kDefaultPullLimit;
    };
    explicit SyncEngine(Parts parts);
    ~SyncEngine();  // cancels what is on its way
    SyncEngine(const SyncEngine&) = delete;
    SyncEngine& operator=(const SyncEngine&) = delete;

    // Takes what has come, starts what is due. Answers when it must be called again at the latest,
    // by the clock's boot_ms(). Call it also after a submit and whenever the exchange completes.
    std::int64_t tick();

    void sync_now();       // a person asked: at once, back-off forgotten
    void link_returned();  // the network came back: the same
    void set_pace(Pace pace);
    // Whether a visitor of this terminal's branch waits for an answer (domain::open_call).
    [[nodiscard]] bool call_is_open();
    // Pictures on the screen now: fetched before all others. Replaces the earlier wish.
    void want(std::vector<std::string> sha256s);

    // The car a seller works on now, nil for none: leased at central and renewed while it can be.
    // Nothing waits for it; SyncStatus::car_taken says when somebody else was first.
    void hold(const base::Uuid& car);

    // After a fork or lost history and a new enrolment. Make the engine anew with the new key
    // afterwards. The replica starts from a snapshot; what central lacks is sent again.
    // `epoch` is central's as it enrolled this terminal.
    static base::Result<void> adopt_new_identity(Outbox& outbox, Replica& replica,
                                                 const Identity& identity,
                                                 const std::string& epoch = {});

    // Everything here is answered and everything there was pulled, since the last sync_now().
    [[nodiscard]] bool settled() const;
    [[nodiscard]] SyncStatus status();
    // Time that nobody can turn back; for lock-outs and the offline window.
    [[nodiscard]] const base::TrustedClock& trusted() const { return trusted_; }
    // Saves trusted time and last contact; before the program ends.
    void save_clock();

   private:
    // One kind of request: at most one on its way (pictures: several), retried on its own, so that
    // what central will not take never keeps the rest from coming.
    struct Lane {
        Ticket ticket = 0;  // 0 = none on its way
        std::int64_t started = 0;
        std::int64_t not_before = 0;
        BackOff back_off;
        std::string cause, sentence;  // of the last failure; empty after a success

        [[nodiscard]] bool busy() const { return ticket != 0; }
    };

    // ---- answers
    void collect();
    void take(const Completion& completion);
    void on_push(const Reply& reply);
    base::Result<void> take_push_reply(const protocol::PushReply& reply);
    void on_pull(const Reply& reply);
    base::Result<void> take_pull_reply(const protocol::PullReply& reply, std::string_view body);
    void on_snapshot(const Reply& reply);
    base::Result<void> install_snapshot(const Reply& reply);
    void on_picture(const std::string& sha256, const Completion& completion);
    void on_upload(const Completion& completion);
    void on_lease(const Completion& completion);
    base::Result<void> note_epoch(const std::string& epoch);
    void heard(base::UtcMs server_time);

    // ---- requests
    void start_due();
    [[nodiscard]] bool push_wanted() const;
    void start_push();
    base::Result<protocol::PushRequest> next_push();
    void start_pull();
    void start_snapshot();
    void start_pictures();
    [[nodiscard]] std::string next_picture();
    void start_upload();
    [[nodiscard]] bool lease_wanted() const;
    void start_lease();
    void list_pictures();
    void send(Lane& lane, Request request);

    // ---- how it went
    void fail(Lane& lane, std::string_view cause, std::string_view sentence);
    void fail(Lane& lane, const Failure& failure);
    void fail(Lane& lane, const base::Error& error);
    void fail(Lane& lane, const Reply& reply);  // a status that is no good answer
    static void went_well(Lane& lane);
    void housekeeping();
    [[nodiscard]] std::int64_t pull_interval();
    void hurry_for_call();
    [[nodiscard]] std::int64_t next_tick() const;
    [[nodiscard]] std::int64_t now() const { return parts_.clock.boot_ms(); }
    [[nodiscard]] std::string snapshot_path() const;

    Parts parts_;
    base::TrustedClock trusted_;
    base::UtcMs last_contact_at_ = 0, clock_saved_at_ = 0;
    base::UtcMs server_time_ = 0;  // central's, as last heard
    bool heard_central_ = false;
    Pace pace_ = Pace::kInUse;

    Lane push_, read_, picture_, upload_, lease_;
    struct {
        base::Uuid wished, asked, leased, taken;  // cars; nil = none
        std::int64_t ask_at = 0;
    } hold_;
    std::int64_t push_started_tail_ = 0;  // a later submit may try once in spite of back-off
    bool reading_snapshot_ = false;
    bool snapshot_due_ = false;
    std::int64_t next_pull_ = 0;
    std::int64_t looked_at_version_ = -1;  // of the replica, for open calls
    std::int64_t acknowledged_at_pull_ = 0;
    // What must be pulled, what the pull on its way covers, what has come.
    std::int64_t pull_wish_ = 1, pull_covers_ = 0, pull_done_ = 0;

    std::deque<std::string> wanted_, prefetch_;
    bool pictures_listed_ = false;
    std::unordered_map<Ticket, std::string> pictures_;      // on their way
    std::unordered_map<std::string, std::int64_t> absent_;  // not at central; asked again later
    std::string uploading_;
};

}  // namespace showfloor::sync
