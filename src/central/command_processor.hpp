#pragma once
// CommandProcessor: the only door through which anything changes at central. Terminals push their
// journals; REST, importer, jobs and init run single commands. Each command is settled exactly
// once, with its consequences (report, notifications, history, feed) in the same transaction.
//
// Thread contract: every call from any thread; writers take turns.

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/random.hpp"
#include "base/result.hpp"
#include "central/store.hpp"
#include "domain/command.hpp"
#include "protocol/messages.hpp"

namespace showfloor::central {

// Batch: one writing transaction of central: commands run at central (kAgainstWorld, contests are
// refused), what follows from them, and private rows beside them. Not committed = never happened.
// Thread contract: belongs to one thread; holds the writer until it goes.
class Batch {
   public:
    static base::Result<Batch> begin(Store& store, base::Random& random, base::UtcMs now);
    Batch(Batch&&) noexcept;
    Batch& operator=(Batch&&) = delete;
    ~Batch();

    // Judges and applies one command with all that follows; a refused one changes nothing. Its id
    // is made when nil, occurred_at is now when 0; numbers come from "<branch>-C". `system`: no
    // user stands behind it. The same id again answers what was answered. kFailed: storage failed,
    // and the batch can only be given up.
    domain::Outcome run(domain::Command command, bool system = false);

    // For reads, and for rows of the private tables that belong to the same transaction.
    [[nodiscard]] domain::World& world();
    [[nodiscard]] database::Connection& connection();
    [[nodiscard]] base::UtcMs now() const;
    [[nodiscard]] base::Random& random();

    // Tells people outside any command ("sync" alarms, terminals that are offline).
    base::Result<void> notify(domain::Notification notification);
    // Notes an event that is no command: sign_in, sign_in_failed, lock, export, print, enrol.
    base::Result<void> note_event(domain::History event);

    base::Result<void> commit();

    struct State;  // batch_state.hpp, for push.cpp alone

   private:
    friend class CommandProcessor;
    explicit Batch(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

class CommandProcessor {
   public:
    // Both are borrowed.
    CommandProcessor(Store& store, base::Random& random) : store_(store), random_(random) {}

    // A terminal's journal, in order: one transaction, a savepoint a command. The terminal was
    // recognised by its certificate; kRefused "terminal_revoked" or "unknown_terminal" when it may
    // no longer speak, "bad_chain" or "bad_signature" when the journal is not whole (kept for an
    // admin, nobody's command applied). kGap and kFork are good answers. Another failure (disk,
    // busy): nothing was applied, sending again is safe.
    base::Result<protocol::PushReply> push(const base::Uuid& terminal_id,
                                           const protocol::PushRequest& request, base::UtcMs now);

    // One command with its own transaction. `beside` runs in it after the outcome is known (an
    // idempotent answer, a session row), whatever the outcome; when it fails nothing is kept.
    using Beside = std::function<base::Result<void>(Batch&, const domain::Outcome&)>;
    base::Result<domain::Outcome> run(domain::Command command, base::UtcMs now, bool system = false,
                                      const Beside& beside = {});

    base::Result<Batch> batch(base::UtcMs now) { return Batch::begin(store_, random_, now); }
    [[nodiscard]] Store& store() { return store_; }
    [[nodiscard]] base::Random& random() { return random_; }

   private:
    Store& store_;
    base::Random& random_;
};

}  // namespace showfloor::central
