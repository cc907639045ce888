#pragma once
// Outbox: sole writer of outbox.db, the precious file of a terminal. What it has committed is on
// the disk (synchronous=FULL). Holds the commands on their way and those answered within 35 days,
// number series, drafts, the upload queue, sign-in locks, and the inbox: what a person has to see.
//
// An entry's life, by two numbers: seq > acknowledged: waits for central's answer (pushed again
// until it comes); seq > confirmed: still replayed into the replica's pending layer. Only a pull
// moves `confirmed`, never beyond `acknowledged`: a push reply is the proof that central's entry
// of that seq is ours, by its hash.
//
// Bodies, effects, drafts and what the inbox quotes are sealed.
// Thread contract: the engine's thread. The sealer is borrowed.

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/result.hpp"
#include "base/uuid.hpp"
#include "database/connection.hpp"
#include "domain/command.hpp"
#include "protocol/messages.hpp"
#include "storage/sealer.hpp"

namespace showfloor::sync {

// Who this terminal is, as enrolment said.
struct Identity {
    base::Uuid terminal_id;
    std::string terminal_code;  // "T03"
    base::Uuid branch_id;
    std::string branch_code;  // "NBO"
};

enum class EntryState {
    kPending,  // not answered
    kSent,     // answered, but the replica does not show central's rows yet
    kAnswered,
};
[[nodiscard]] std::string_view name_of(EntryState state);

struct Entry {
    std::int64_t generation = 0, seq = 0;
    base::Uuid id;     // the command's
    std::string name;  // "record_sale"
    std::string body;  // empty when the stored bytes are damaged: `damaged` is then set
    bool damaged = false;
    std::vector<domain::Number> numbers, was_numbers;
    std::string hash;
    base::UtcMs occurred_at = 0;
    EntryState state = EntryState::kPending;
    std::string doubt;  // the code of the rule that refused it in the last rebase; empty = none
    std::optional<protocol::PushResult> answer;
    base::UtcMs answered_at = 0;
};

enum class InboxKind { kRefused, kDisputed, kReview, kPoison, kUnreadableRow };
[[nodiscard]] std::string_view name_of(InboxKind kind);

struct InboxItem {
    std::int64_t number = 0;
    InboxKind kind = InboxKind::kRefused;
    base::Uuid command_id;  // nil for unreadable rows
    std::string command;
    base::Uuid actor_id;
    std::string code;  // domain::Code's name; empty for reviews (they stand in details)
    base::Json args = base::Json::object();     // what the person had chosen
    base::Json details = base::Json::object();  // central's; for rows: {record, id, reason}
    std::vector<domain::Number> numbers;
    base::UtcMs occurred_at = 0, noted_at = 0;
    bool resolved = false;
};

struct Draft {
    base::Uuid id;
    base::Uuid owner_id;  // who may see it
    std::string kind;     // "sale"
    std::string body;     // the screen's own JSON
    base::UtcMs updated_at = 0;
};

struct SignInLock {
    int failures = 0;
    base::UtcMs locked_until = 0;  // by trusted time; 0 = not locked
};

struct OutboxState {
    Identity identity;
    std::int64_t tail = 0;          // the last seq given out
    std::int64_t acknowledged = 0;  // all up to it are answered
    std::int64_t confirmed = 0;     // all up to it show in the replica's confirmed rows
    std::string epoch;              // central's life that those answers belong to
    std::string halted;             // "fork", "lost_history": nothing is pushed; empty = none
    base::UtcMs trusted_at = 0, last_contact_at = 0;  // as saved
};

struct OutboxCounts {
    std::int64_t pending = 0, in_doubt = 0;
    std::int64_t refused = 0, disputed = 0;  // in the inbox, not resolved
    std::int64_t attention = 0;              // all of the inbox, not resolved
    base::UtcMs oldest_pending_at = 0;
};

class Outbox {
   public:
    // Opens or makes the file and migrates it. kDamaged: rescue by export-outbox. A file without
    // identity waits for enrol().
    static base::Result<std::unique_ptr<Outbox>> open(const std::string& path,
                                                      const storage::Sealer& sealer,
                                                      const database::Options& options = {});

    [[nodiscard]] const OutboxState& state() const { return state_; }
    [[nodiscard]] bool enrolled() const { return !state_.identity.terminal_id.is_nil(); }
    base::Result<OutboxCounts> counts();
    base::Result<void> check_integrity();  // and the hash chain of what is kept

    // ---- identity
    // The first enrolment. Refused when there is an identity already.
    base::Result<void> enrol(const Identity& identity);
    // After a fork: what central has not answered becomes seq 1.. of a new chain with numbers of
    // the new series (the old ones stay in was_numbers), to be resubmitted by command id. With it
    // goes what is still kept and was answered in another life of central's than `epoch` (empty:
    // the one known): a restored database may lack it, and a clone may have taken its place there.
    base::Result<void> adopt(const Identity& identity, const std::string& epoch = {});

    // ---- commands
    // Judges, takes numbers, stores: one transaction. `judge` runs execute() with the command and
    // numbers given; on kApplied the entry stands on the disk when this returns, on anything else
    // nothing is stored. `judge` answers the rows the command created, as JSON, for "in doubt".
    struct Judged {
        domain::Outcome outcome;
        base::Json created = base::Json::array();  // [{record, row}]
    };
    using Judge = std::function<Judged(std::int64_t seq, domain::NumberSource& numbers)>;
    base::Result<domain::Outcome> submit(domain::Command& command, const Judge& judge);

    // Those in doubt among what is not confirmed, however much waits before them.
    base::Result<std::vector<Entry>> doubted(std::size_t limit);
    // Entries from `from_seq` on, at most `limit` and about `most_bytes` of bodies.
    base::Result<std::vector<Entry>> entries(std::int64_t from_seq, std::size_t limit,
                                             std::size_t most_bytes = SIZE_MAX);
    base::Result<std::optional<Entry>> entry(const base::Uuid& command_id);
    // The rows an entry created, as recorded at submit.
    base::Result<base::Json> created_by(std::int64_t seq);
    // What the last rebase said about entries: {seq, code}; an empty code = no doubt.
    base::Result<void> set_doubts(const std::vector<std::pair<std::int64_t, std::string>>& doubts);

    // ---- what central says
    // Stores answers, raises `acknowledged`, fills the inbox. Results of unknown seq are ignored.
    // `now` is central's time, here and in forget_old().
    base::Result<void> take_answers(const std::vector<protocol::PushResult>& results,
                                    base::UtcMs now);
    // Central has settled no more than `last_seq` (gap, or an older backup): answers above it are
    // forgotten, so that those commands are sent again. Sets `halted` to "lost_history" when what
    // central lacks is no longer kept.
    base::Result<void> rewind_to(std::int64_t last_seq);
    // Another life of central's database: what it holds is only known after the next pull.
    base::Result<void> enter_epoch(const std::string& epoch);
    // The confirmed rows are replaced by a snapshot, which may be older than the last pull: until
    // the next one tells what they hold, everything kept is shown from here.
    base::Result<void> unconfirm();
    base::Result<void> confirm_up_to(std::int64_t seq);
    base::Result<void> halt(std::string_view cause);
    // Entries whose stored bytes are damaged can never be proved: they, and what follows them, are
    // chained anew with an empty body, which central keeps as poison. Told in the inbox.
    base::Result<void> give_up_damaged(base::UtcMs now);
    base::Result<void> save_clock(base::UtcMs trusted, base::UtcMs last_contact);
    // Deletes what was answered and confirmed more than 35 days ago.
    base::Result<void> forget_old(base::UtcMs now);

    // ---- inbox, newest first
    base::Result<std::vector<InboxItem>> inbox(bool with_resolved, std::size_t limit = 100);
    base::Result<void> resolve(std::int64_t number);
    base::Result<void> note_unreadable_row(std::string_view record, std::string_view id,
                                           std::string_view reason, base::UtcMs now);

    // ---- drafts, newest first
    base::Result<void> save_draft(const Draft& draft);  // kTooLarge, kRefused when there are 200
    base::Result<std::vector<Draft>> drafts(const base::Uuid& owner_id);
    base::Result<void> remove_draft(const base::Uuid& id);

    // ---- uploads: hashes of files that stand in ImageCache's own folder
    base::Result<void> queue_upload(std::string_view sha256, base::UtcMs now);
    base::Result<std::vector<std::string>> uploads(std::size_t limit);
    base::Result<void> uploaded(std::string_view sha256);

    // ---- sign-in: five wrong tries lock 1, 5, 15, 60 minutes by trusted time
    base::Result<SignInLock> sign_in_lock(std::string_view login);
    base::Result<SignInLock> sign_in_failed(std::string_view login, base::UtcMs trusted_now);
    // Opens the lock, and remembers who was here.
    base::Result<void> sign_in_succeeded(std::string_view login, const base::Uuid& user_id,
                                         base::UtcMs trusted_now);
    base::Result<bool> signed_in_before(const base::Uuid& user_id);

    // ---- PINs: what is kept of one is the caller's; sealed here. At most kMostPins, oldest go.
    base::Result<void> save_pin(const base::Uuid& user_id, std::string_view body, base::UtcMs now);
    base::Result<std::optional<std::string>> pin(const base::Uuid& user_id);  // absent: none
    base::Result<void> remove_pin(const base::Uuid& user_id);

   private:
    struct State : OutboxState {
        std::int64_t generation = 0;  // counts identities; seq is unique within one
        std::string head_hash;        // of the entry at the tail
    };
    Outbox(database::Connection connection, const storage::Sealer& sealer);
    base::Result<void> load_state();
    // Writes the row; the caller keeps `state` once its transaction is committed.
    base::Result<void> write_state(const State& state);
    base::Result<void> change_state(const State& state);  // a transaction of its own
    base::Result<void> insert_entry(const domain::Command& command, std::int64_t seq,
                                    std::string_view body, std::string_view hash,
                                    const base::Json& created);
    base::Result<std::vector<Entry>> read_entries(std::string_view rest,
                                                  const std::vector<database::Cell>& values,
                                                  std::size_t limit, std::size_t most_bytes);
    base::Result<void> store_answers(const std::vector<protocol::PushResult>& results,
                                     base::UtcMs now);
    base::Result<void> take_answer(const protocol::PushResult& result, base::UtcMs now);
    base::Result<void> chain_anew(State& state, std::vector<Entry>& entries);
    base::Result<void> put_in_inbox(const InboxItem& item, std::string_view subject);
    base::Result<void> note_answer(const Entry& entry, const protocol::PushResult& result,
                                   base::UtcMs now);

    database::Connection connection_;
    const storage::Sealer& sealer_;
    State state_;
    bool durable_ = false;  // each commit is synced; not in tests that would wait for the disk
};

}  // namespace showfloor::sync
