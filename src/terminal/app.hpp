#pragma once
// App: the only object that screens talk to. It owns the engine thread (outbox, replica, sync), a
// reader thread (its own read-only connection, read models, the search index), and the image
// worker; values cross bounded queues, and the UI thread never touches disk or network.
//
// Thread contract: every call on the UI thread. Callbacks run on the UI thread too, inside poll().
// A callback whose screen has gone must not touch it: screens hold a ui-side guard (weak_ptr).

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.hpp"
#include "base/result.hpp"
#include "base/uuid.hpp"
#include "documents/sale_documents.hpp"
#include "domain/command.hpp"
#include "domain/sale_terms.hpp"
#include "domain/world.hpp"
#include "terminal/car_images.hpp"
#include "terminal/catalogue.hpp"
#include "terminal/media.hpp"
#include "terminal/person.hpp"
#include "terminal/picture_store.hpp"

namespace showfloor::terminal {

// What the top bar says; copied whenever the engine's state moves.
struct LinkStatus {
    bool enrolled = false;
    bool online = false;
    std::string cause;     // translation key part: "no_network", "tls_identity", ...; empty online
    std::string sentence;  // English detail for logs and diagnostics, never for a screen
    base::UtcMs last_contact_at = 0;
    std::int64_t pending = 0, in_doubt = 0, refused = 0, disputed = 0;
    std::int64_t attention = 0;  // everything a person should look at
    base::UtcMs oldest_pending_at = 0;
    std::int64_t clock_skew_ms = 0;
    bool unreadable = false;  // something could not be read just now; it is tried again
    bool filling = false;     // the first snapshot is on its way
    std::int64_t blobs_have = 0, blobs_missing = 0;
    base::Uuid car_taken;  // the held car, when another terminal works on it; else nil
};

// The answer to a submit, for screens and `do` alike.
struct Submitted {
    domain::Outcome outcome;  // kApplied = pending: durable here, on its way
    domain::Command command;  // with ids, numbers and terms as they were made
};

// One of two sales of the same car, as far as it is known here.
struct SaleSide {
    base::Uuid sale_id;
    std::string invoice_number, branch, terminal;
    base::UtcMs at = 0;
};

// One entry of "Needs attention": its story and what can be done.
struct AttentionItem {
    base::Uuid command_id;
    std::int64_t number = 0;  // for resolve_attention
    std::string kind;         // refused, disputed, poison, review, in_doubt
    std::string command;      // "record_sale"
    std::string code;         // translation key part
    base::Json args;          // what the person had chosen; null when it is not known
    base::Json details;
    base::UtcMs occurred_at = 0;
    base::Uuid sale_id, car_id, customer_id;  // nil when it is about none
    std::string invoice_number, car_title, customer_name;
    bool can_decide = false;             // the signed-in person may decide it now
    std::optional<SaleSide> own, other;  // of a dispute
};

// What somebody left unfinished.
struct Draft {
    base::Uuid id;
    base::Json content;  // the screen's own
    base::UtcMs saved_at = 0;
};

// One command that central does not have yet, or has not shown back.
struct WaitingCommand {
    std::int64_t seq = 0;
    std::string command;  // "record_sale"
    std::string about;    // the first document number it took; empty for none
    std::string state;    // pending, sent, in_doubt
    base::UtcMs occurred_at = 0;
};

// What this terminal is; constant while it runs.
struct TerminalFacts {
    std::string version, terminal_code, branch_code, central_url, folder;
};

class App {
   public:
    struct Options {
        std::string folder;          // DIR, enrolled
        std::function<void()> wake;  // called from any thread when poll() has something
        std::string locale = "en";
        std::string version = {};  // of the program, for the Sync page and diagnostics
    };
    // kNotFound when DIR is not enrolled; kBusy when another engine runs on it; kDamaged,
    // kDiskFull.
    static base::Result<std::unique_ptr<App>> open(Options options);
    virtual ~App() = default;

    // First thing each frame: delivers what finished. True when anything moved (draw again).
    virtual bool poll() = 0;

    // ---- known without asking
    // Moves whenever rows, status or session did; what was read before may then be another. An
    // answer to a reading does not move it: else two readers would set each other off for ever.
    [[nodiscard]] virtual std::uint64_t version() const = 0;
    [[nodiscard]] virtual const LinkStatus& link() const = 0;
    [[nodiscard]] virtual const std::optional<Person>& person() const = 0;
    // Never null; empty until the first rows are here. A newer one replaces it whole.
    [[nodiscard]] virtual std::shared_ptr<Catalogue> catalogue() const = 0;
    [[nodiscard]] virtual const domain::Branch& branch() const = 0;  // this terminal's
    [[nodiscard]] virtual CarImages& car_images() = 0;
    [[nodiscard]] virtual PictureStore& pictures() = 0;
    // Where central's public pages are, "https://host:8443"; empty when it is not known.
    [[nodiscard]] virtual std::string central_address() const = 0;
    // For showing ages and clocks: this machine's time, put right by what central said of it.
    [[nodiscard]] virtual base::UtcMs now() const = 0;
    [[nodiscard]] virtual const TerminalFacts& facts() const = 0;

    // ---- asked; answered in a later poll()
    using WorldWork = std::function<void(domain::World&)>;
    // Runs `work` on the reader thread with the overlaid World, then `done` here.
    virtual void read(WorldWork work, std::function<void()> done) = 0;

    // Executes and stores. The draft carries name, args, terms; ids of new records in args ("id")
    // when absent, command id, actor, times and numbers are made inside. The answer arrives when it
    // is durable (or refused, with nothing stored).
    virtual void submit(domain::Command draft, std::function<void(Submitted)> done) = 0;

    // Offline first: the verifier here; when there is none and central is reachable, central is
    // asked. Wrong person and wrong password answer alike. A refusal's code is part of a
    // translation key ("sign_in.error_..."), its field the figure in it: "wrong_password" (tries
    // left), "locked" (minutes), "no_pin", "other_branch", "central_error".
    virtual void sign_in(SignIn who, std::function<void(base::Result<Person>)> done) = 0;
    virtual void sign_out() = 0;
    // Whoever asked (to sign in or to approve) has gone: what is being checked counts no more, and
    // its `done` hears kRefused "gone". Signing out and forgetting an approval do the same.
    virtual void forget_sign_in() = 0;
    // The same check for the approver who signs in for one command alone; changes no session. It
    // is used up by the next submitted command that may take an approver.
    virtual void approve(SignIn who, std::function<void(base::Result<Person>)> done) = 0;
    virtual void forget_approval() = 0;
    // A PIN for the signed-in person at this terminal until the day ends; empty takes it away.
    // kRefused "by_pin" when they came in by one: the password first. kInvalid "weak_pin".
    virtual void set_pin(std::string pin, std::function<void(base::Result<void>)> done) = 0;
    // At central, so online only. kRefused "wrong_password"; kInvalid: the new one is too weak;
    // kUnreachable. Takes the PIN away.
    virtual void change_password(std::string former, std::string fresh,
                                 std::function<void(base::Result<void>)> done) = 0;
    virtual void sign_in_tiles(std::function<void(std::vector<SignInTile>)> done) = 0;

    // A draft survives everything; sealed on disk. Of its owner, who may have gone by the time it
    // is saved (a lock does not lose what was typed). `done` hears when it is durable, or why it
    // is not: kTooLarge, kRefused "too_many_drafts".
    virtual void save_draft(std::string kind, base::Uuid owner, Draft draft,
                            std::function<void(base::Result<void>)> done) = 0;
    // The signed-in person's of one kind ("sale"), newest first.
    virtual void drafts(std::string kind, std::function<void(std::vector<Draft>)> done) = 0;
    virtual void drop_draft(base::Uuid id) = 0;

    // The dealer's own pictures for Attract.
    virtual void attract_media(std::function<void(std::vector<Media>)> done) = 0;

    virtual void attention(std::function<void(std::vector<AttentionItem>)> done) = 0;
    virtual void resolve_attention(std::int64_t number) = 0;  // seen and settled

    // Everything the papers of a sale name; and one paper as a PDF named by its number, when a
    // person asks for it: on the removable drive that is put in, else in DIR/papers until they sign
    // out or the terminal starts again (papers are derived).
    virtual void sale_file(base::Uuid sale_id,
                           std::function<void(std::optional<documents::SaleFile>)> done) = 0;
    enum class PaperKind { kInvoice, kReceiptA4, kReceiptRoll, kCreditNote };
    virtual void save_pdf(documents::SaleFile file, PaperKind kind, std::size_t index,
                          std::function<void(base::Result<std::string>)> done) = 0;  // the path

    // The same paper through CUPS' `lp`, to its default printer, beside everything else.
    // kNotFound "no_printing" when there is no lp; kFailed "print_failed" with what it said.
    virtual void print(documents::SaleFile file, PaperKind kind, std::size_t index,
                       std::function<void(base::Result<void>)> done) = 0;

    // Commands on their way, oldest first, at most 200.
    virtual void waiting(std::function<void(std::vector<WaitingCommand>)> done) = 0;
    // Everything that helps somebody far away and nothing personal, written to DIR/papers; the
    // path.
    virtual void save_diagnostics(std::function<void(base::Result<std::string>)> done) = 0;
    // Both databases and the journal's chain: whole, or what is wrong.
    virtual void check_files(std::function<void(base::Result<void>)> done) = 0;

    virtual void sync_now() = 0;
    // The car of the deal on screen, nil when there is none: central keeps it from other terminals
    // while the network is there. Nothing waits for it; link().car_taken says who was late.
    virtual void hold(base::Uuid car) = 0;
    // Somebody is using the terminal (poll every 15 s) or nobody is (20 s).
    virtual void set_in_use(bool in_use) = 0;
};

}  // namespace showfloor::terminal
