#pragma once
// A change is a named command, and execute() is the only way to make one. The same function judges
// at the terminal (initial), there again after each pull (rebase) and at central (authoritative);
// what differs comes in through World, Context and what the caller does with the Outcome.
// Thread contract: pure functions over the World handed in; the command table is constant.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.hpp"
#include "domain/code.hpp"
#include "domain/records.hpp"
#include "domain/rights.hpp"
#include "domain/world.hpp"

namespace showfloor::domain {

// A document number out of a gapless series: series "NBO-T03-I", n 123 -> "NBO-T03-I000123".
struct Number {
    std::string series;
    std::int64_t n = 0;
    [[nodiscard]] std::string text() const;
    friend bool operator==(const Number&, const Number&) = default;
};
enum class SeriesKind { kInvoice, kReceipt, kCreditNote };
[[nodiscard]] std::string_view letter_of(SeriesKind kind);  // "I", "R", "C"

// As it stands when it is stored, hashed and sent. Made once, at submit; never changed after.
struct Command {
    Uuid id;           // UUIDv7; unique in central's database
    std::string name;  // "record_sale"
    int version = 1;
    base::Json args = base::Json::object();  // what the person chose; args.id = the new record's id
    base::Json terms = base::Json::object();  // prices, rates, totals as they stood on screen
    Uuid actor_id;           // from the session, never from a form; nil = kiosk or system
    Uuid co_actor_id;        // the approver who signed in for this one command
    std::string actor_role;  // as it stood at submit
    UtcMs occurred_at = 0;
    std::int64_t base_cursor = 0;  // the replica's cursor the person looked at
    std::vector<Number> numbers;   // taken by the handler, after the rules have passed
};

// Hands out document numbers. At submit: the next of the series, inside the submitting
// transaction. At rebase and central: those the command carries, in order.
class NumberSource {
   public:
    virtual ~NumberSource() = default;
    // `prefix` is "<branch>-<origin>-"; nullopt when the command carries none that fits (forged).
    virtual std::optional<Number> take(std::string_view prefix, SeriesKind kind) = 0;
};
// Replays the numbers a command carries.
class CarriedNumbers final : public NumberSource {
   public:
    explicit CarriedNumbers(std::span<const Number> numbers) : left_(numbers) {}
    std::optional<Number> take(std::string_view prefix, SeriesKind kind) override;
    [[nodiscard]] bool all_used() const { return left_.empty(); }

   private:
    std::span<const Number> left_;
};

struct Context {
    // Initial checks frozen terms against World; rebase and authoritative only that they add up,
    // and flag "review" where World differs by now.
    enum class Terms { kAgainstWorld, kAddUp } terms = Terms::kAgainstWorld;
    // Refuse: a contested command changes nothing. Mark: it is applied, marked disputed / review.
    enum class Contest { kRefuse, kMark } contest = Contest::kRefuse;
    bool system = false;       // jobs, importer, init, enrolment: no user stands behind it
    Uuid terminal_id;          // where it was submitted; nil at central
    std::string origin = "C";  // terminal code, or C for central's own documents
    UtcMs received_at = 0;     // central's receive time; at a terminal the command's occurred_at
    NumberSource* numbers = nullptr;  // borrowed; never null when the command takes numbers
};

struct Outcome {
    enum class Kind {
        kApplied,
        kRefused,
        kContested,  // Contest::kRefuse: nothing changed. Contest::kMark: applied and marked
        kFailed,     // storage failed; nothing may be kept; `failure` says why
    } kind = Kind::kApplied;
    Code code = Code::kNone;
    std::string field;                          // the argument at fault
    base::Json details = base::Json::object();  // values for the sentence; answers (ids, numbers)
    std::vector<Code> reviews;                  // applied, but a person should look
    std::optional<base::Error> failure;

    [[nodiscard]] bool applied() const { return kind == Kind::kApplied; }
};

[[nodiscard]] Outcome refuse(Code code, std::string field = {},
                             base::Json details = base::Json::object());

struct CommandSpec;

// What a handler works with.
struct Handling {
    const CommandSpec& spec;
    const Command& command;
    const Row& args_row;  // as the spec's description says
    const void* args;     // the parsed argument struct; for changes, null: use args_row
    Context& context;
    World& world;
    Actor actor;
    std::optional<Actor> co_actor;
    std::vector<Code> reviews;  // appended to by flag()
    Code contested = Code::kNone;

    template <typename T>
    [[nodiscard]] const T& as() const {
        return *static_cast<const T*>(args);
    }
    // True at central for what has happened already (or what other commands build on): it is
    // applied and marked, whatever World says by now.
    [[nodiscard]] bool must_apply() const;
    // A contested finding. True = go on and apply it marked; false = return contested_outcome().
    [[nodiscard]] bool contest(Code code);
    [[nodiscard]] Outcome contested_outcome() const;
    // A finding that refuses anywhere else. True = go on, flagged for review; false = refuse.
    [[nodiscard]] bool tolerate(Code code);
    void flag(Code code);  // each code once
    // The ids of secondary rows: UUIDv8 of SHA-256(command id, record name, ordinal).
    [[nodiscard]] Uuid derived_id(std::string_view record, int ordinal) const;
    // Stamps created/updated/occurred and puts the record.
    template <typename T>
    void put(T record) {
        stamp(record);
        world.put(record);
    }
    void stamp(RecordBase& record) const;
};

[[nodiscard]] Uuid derive_id(const Uuid& command_id, std::string_view record, int ordinal);

struct CommandSpec {
    std::string_view name;
    int version = 1;
    bool from_terminal = false;          // may come from a terminal, offline
    bool records_what_happened = false;  // the filled circle of domain.md section 7
    // Refusing it at central would take along what was built on it (create_customer), so there it
    // is applied like what happened, with flags instead of refusals.
    bool others_build_on_it = false;
    bool system_only = false;  // jobs and central's own doing; no person, no REST
    bool changes = false;      // args name what changes; absent fields stay (kChanges)
    Area area = Area::kSales;
    Action action = Action::kCreate;
    const Description* args = nullptr;
    // Makes the argument struct out of args_row and runs the handler over it.
    Outcome (*run)(Handling& handling) = nullptr;
    // What to freeze into the terms; nullptr = nothing.
    base::Result<base::Json> (*quote)(World& world, const Command& command, const Context& context,
                                      const Row& args_row) = nullptr;
    std::vector<Code> refusals;  // in the order they are judged
    std::vector<Code> contested;
    std::vector<SeriesKind> documents;
};

// What execute() may refuse any command for, before its handler is asked.
[[nodiscard]] std::span<const Code> general_refusals();

// Every command, in the order of domain.md section 7. Names are append-only.
[[nodiscard]] const std::vector<CommandSpec>& command_table();
[[nodiscard]] const CommandSpec* find_command(std::string_view name);  // nullptr when unknown

// Freezes what the person is shown, for `command.terms`: call it before submitting, with args set.
// record_sale: SaleTerms; refund_sale, cancel_sale and decide_dispute (refund): RefundTerms; an
// empty object for all others. kInvalid or kNotFound when there is nothing to quote.
[[nodiscard]] base::Result<base::Json> quote_terms(World& world, const Command& command,
                                                   const Context& context);

// Judges and applies. Order: known command; arguments readable; actor known, active, of the role
// claimed (else contested); the rights table; the handler's own rules. Nothing is written unless
// the outcome is applied (or contested under Contest::kMark); the caller rolls back otherwise
// (world changes of a refused command are none).
[[nodiscard]] Outcome execute(const Command& command, Context& context, World& world);

// The body as it is stored, hashed and sent: serialise once, never again. The numbers are not in
// it: they travel beside it (protocol::PushedCommand) and are hashed with it.
[[nodiscard]] std::string command_to_body(const Command& command);
[[nodiscard]] base::Result<Command> command_from_body(std::string_view body);

}  // namespace showfloor::domain
