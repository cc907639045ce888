#pragma once
// What the command handlers share; nothing outside src/domain includes it.
// Thread contract: pure functions over the Handling handed in.

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "domain/command.hpp"
#include "domain/field_builder.hpp"

namespace showfloor::domain {

// One table part per subject, in the order they are printed.
[[nodiscard]] std::vector<CommandSpec> sale_commands();
[[nodiscard]] std::vector<CommandSpec> decision_commands();
[[nodiscard]] std::vector<CommandSpec> payment_commands();
[[nodiscard]] std::vector<CommandSpec> customer_commands();
[[nodiscard]] std::vector<CommandSpec> car_commands();
[[nodiscard]] std::vector<CommandSpec> people_commands();
[[nodiscard]] std::vector<CommandSpec> notification_commands();
[[nodiscard]] std::vector<CommandSpec> lead_commands();

// ---- arguments --------------------------------------------------------------------------------

// Fills Args from the row and hands it to the handler.
template <typename Args, Outcome (*Handler)(Handling&)>
Outcome run_with(Handling& handling) {
    Args args;
    if (const auto filled = fill_from_row(*handling.spec.args, handling.args_row, &args); !filled)
        return refuse(Code::kInvalid, filled.error().field);
    handling.args = &args;
    return Handler(handling);
}

// A record's fields as arguments: those a person may give, but for the ones in `without`.
// With `only_id_required`, the description of a change to the record.
[[nodiscard]] Description args_like(std::string_view command, const Description& record,
                                    std::initializer_list<std::string_view> without,
                                    bool only_id_required);

// A command that only central knows; the caller sets what differs.
[[nodiscard]] CommandSpec central_command(std::string_view name, Area area, Action action,
                                          const Description& args, Outcome (*run)(Handling&),
                                          std::vector<Code> refusals);

// The id a change names; nil when missing.
[[nodiscard]] Uuid changed_id(const Handling& handling);
// Whether the change names this field at all.
[[nodiscard]] bool is_changed(const Handling& handling, std::string_view field);

template <typename T>
void apply_changes_to(const Handling& handling, T& record) {
    apply_changes(*handling.spec.args, handling.args_row, describe<T>(), &record);
}

// ---- rights -----------------------------------------------------------------------------------

// Judges one cell of the table; nullopt = go on. Where the table says "ask", the approver who
// signed in for this command must have the right. What happened already is applied and contested
// when the role could do it but no longer reaches this record.
[[nodiscard]] std::optional<Outcome> check_right(Handling& handling, Area area, Action action,
                                                 const Facts& facts, std::string_view field = {});
// The approver alone: for what needs one whatever the actor's own reach.
[[nodiscard]] std::optional<Outcome> check_approver(Handling& handling, Area area, Action action,
                                                    const Facts& facts);

template <typename T>
[[nodiscard]] Facts facts_about(Handling& handling, const T& record) {
    return facts_of(handling.world, describe<T>(), to_row(record));
}

// ---- small rules used by several subjects -----------------------------------------------------

// kAlreadyDone when a record of this id is there, whoever made it.
template <typename T>
[[nodiscard]] std::optional<Outcome> check_new(Handling& handling, const Uuid& id) {
    if (id.is_nil()) return refuse(Code::kInvalid, "id");
    if (handling.world.get_row(describe<T>(), id)) return refuse(Code::kAlreadyDone, "id");
    return std::nullopt;
}

// Takes the next number of a kind; nullopt = the command carries none that fits (forged).
[[nodiscard]] std::optional<std::string> take_number(Handling& handling, const Branch& branch,
                                                     SeriesKind kind);

// The customer, or who took over when it was merged; absent when unknown.
[[nodiscard]] std::optional<Customer> customer_behind(World& world, const Uuid& id);

// Whether a sale has its car: it stands, or is disputed for a reason other than the car itself.
[[nodiscard]] bool holds_car(const Sale& sale);
// The sale that has the car, another than `except`.
[[nodiscard]] std::optional<Sale> holder_of(World& world, const Uuid& car_id, const Uuid& except);

// "+254 712 345 678" -> "+254712345678"; a leading 0 takes the country of `branch_phone`.
// nullopt = no telephone number.
[[nodiscard]] std::optional<std::string> normalise_phone(std::string_view text,
                                                         std::string_view branch_phone);
// Lower case, one @, a point in the domain; nullopt = no e-mail address.
[[nodiscard]] std::optional<std::string> normalise_email(std::string_view text);

// Appends each code once.
void add_review(std::vector<std::string>& reviews, Code code);

// What the domain answers for a Result of its own arithmetic: the error's code and field.
[[nodiscard]] Outcome refuse_for(const base::Error& error);

// Applied (or contested and marked) with values to tell.
[[nodiscard]] Outcome done(const Handling& handling, base::Json details = base::Json::object());

}  // namespace showfloor::domain
