// Tills: opened with a float, closed with a count. What lies between is every payment that was
// booked at it; which one that is was said when the payment was made, so that a clock that jumped
// moves no money from one day to another.

#include <algorithm>

#include "domain/command_parts.hpp"
#include "domain/limits.hpp"
#include "domain/money.hpp"
#include "domain/tills.hpp"
#include "domain/transitions_orders.hpp"

namespace showfloor::domain {

namespace {

struct OpenTill {
    Uuid id, terminal_id;
    std::int64_t opening_float_minor = 0;
    std::string currency;
};
struct Counted {
    PaymentMethod method = PaymentMethod::kCash;
    std::int64_t counted_minor = 0;
};
struct CloseTill {
    Uuid till_id;
    std::vector<Counted> counted;
    std::string reason;
};
// What stood on screen beside the count.
struct CloseTerms {
    std::vector<TillCount> counts;
};

}  // namespace

template <>
const Description& describe<OpenTill>() {
    using F = build::Of<OpenTill>;
    static const Description d{
        "open_till",
        "",
        {
            F::id<&OpenTill::id>("id").require(),
            F::id<&OpenTill::terminal_id>("terminal_id", "terminal"),
            F::money<&OpenTill::opening_float_minor>("opening_float_minor").require(),
            F::text<&OpenTill::currency>("currency", 3),
        },
        Synced::kNever,
        {}};
    return d;
}

template <>
const Description& describe<Counted>() {
    using F = build::Of<Counted>;
    static const Description d{
        "counted",
        "",
        {
            F::choice<&Counted::method>("method", kPaymentMethodNames).require(),
            F::money<&Counted::counted_minor>("counted_minor").require(),
        },
        Synced::kNever,
        {}};
    return d;
}

template <>
const Description& describe<CloseTill>() {
    using F = build::Of<CloseTill>;
    static const Description d{"close_till",
                               "",
                               {
                                   F::id<&CloseTill::till_id>("till_id", "till").require(),
                                   F::list<&CloseTill::counted>("counted", 10),
                                   F::text<&CloseTill::reason>("reason", 400),
                               },
                               Synced::kNever,
                               {}};
    return d;
}

template <>
const Description& describe<CloseTerms>() {
    using F = build::Of<CloseTerms>;
    static const Description d{
        "close_terms", "", {F::list<&CloseTerms::counts>("counts", 10)}, Synced::kNever, {}};
    return d;
}

std::optional<Till> open_till(World& world, const Uuid& terminal_id) {
    if (terminal_id.is_nil()) return std::nullopt;
    std::optional<Till> last;
    for (Till& one : world.find<Till>({.where = {{"terminal_id", Value{terminal_id.to_string()}},
                                                 {"status", Value{std::string("open")}}},
                     .limit = kMaxRelatedRows})) {
        if (!last || one.opened_at >= last->opened_at) last = std::move(one);
    }
    return last;
}

void book_at_till(Handling& handling, Payment& payment) {
    payment.terminal_id = handling.context.terminal_id;
    payment.till_id = {};
    if (const auto till = open_till(handling.world, payment.terminal_id))
        payment.till_id = till->id;
}

namespace {

Outcome open(Handling& handling) {
    const auto& args = handling.as<OpenTill>();
    if (auto stopped = check_new<Till>(handling, args.id)) return *stopped;
    const Uuid here = handling.context.terminal_id;
    const bool elsewhere = !here.is_nil() && !args.terminal_id.is_nil() && args.terminal_id != here;
    if (elsewhere) return refuse(Code::kInvalid, "terminal_id");
    const auto terminal = handling.world.get<Terminal>(here.is_nil() ? args.terminal_id : here);
    if (!terminal) return refuse(Code::kNotFound, "terminal_id");
    const auto branch = handling.world.get<Branch>(terminal->branch_id);
    if (!branch || handling.actor.user_id.is_nil()) return refuse(Code::kNotAllowed);
    const Facts own{.branch_id = branch->id,
                    .owner_id = handling.actor.user_id,
                    .subject_role = Role::kNobody,
                    .subject_id = {}};
    if (auto stopped = check_right(handling, Area::kSales, Action::kCreate, own)) return *stopped;
    Till till;
    till.currency = args.currency.empty() ? branch->currency : args.currency;
    if (!minor_digits(till.currency)) return refuse(Code::kInvalid, "currency");
    if (const auto other = open_till(handling.world, terminal->id)) {
        if (!handling.tolerate(Code::kDuplicate))
            return refuse(Code::kDuplicate, "terminal_id", {{"id", other->id.to_string()}});
        add_review(till.reviews, Code::kDuplicate);
    }
    till.id = args.id;
    till.branch_id = branch->id;
    till.terminal_id = terminal->id;
    till.opened_by = handling.actor.user_id;
    till.opened_at = handling.command.occurred_at;
    till.opening_float_minor = args.opening_float_minor;
    handling.put(std::move(till));
    return done(handling, {{"till_id", args.id.to_string()}});
}

std::vector<Payment> payments_at(World& world, const Till& till) {
    auto payments = world.find<Payment>(
        {.where = {{"till_id", Value{till.id.to_string()}}}, .limit = kMaxRelatedRows});
    std::erase_if(payments,
                  [](const Payment& one) { return one.status == PaymentStatus::kFailed; });
    return payments;
}

// Per method, in the till's currency; cash is always there.
std::vector<TillCount> expected_of(World& world, const Till& till) {
    std::vector<TillCount> counts(kPaymentMethodNames.size());
    std::vector<bool> used(counts.size(), false);
    for (std::size_t i = 0; i < counts.size(); ++i)
        counts[i].method = static_cast<PaymentMethod>(i);
    const auto cash = static_cast<std::size_t>(PaymentMethod::kCash);
    counts[cash].expected_minor = till.opening_float_minor;
    used[cash] = true;
    for (const Payment& one : payments_at(world, till)) {
        if (one.currency != till.currency) continue;
        const auto i = static_cast<std::size_t>(one.method);
        used[i] = true;
        if (one.status == PaymentStatus::kCleared)
            counts[i].expected_minor += one.amount_minor;
        else
            counts[i].pending_minor += one.amount_minor;
    }
    std::vector<TillCount> kept;
    for (std::size_t i = 0; i < counts.size(); ++i)
        if (used[i]) kept.push_back(counts[i]);
    return kept;
}

std::vector<TillTaking> takings_of(World& world, const Till& till) {
    std::vector<TillTaking> takings;
    for (const Payment& one : payments_at(world, till)) {
        const auto same = [&](const TillTaking& taking) {
            return taking.user_id == one.received_by && taking.method == one.method &&
                   taking.currency == one.currency;
        };
        auto at = std::find_if(takings.begin(), takings.end(), same);
        if (at == takings.end()) {
            takings.push_back({one.received_by, one.method, one.currency, 0, 0, 0});
            at = std::prev(takings.end());
        }
        ++at->payments;
        auto& sum = one.status == PaymentStatus::kCleared ? at->cleared_minor : at->pending_minor;
        sum += one.amount_minor;
    }
    std::sort(takings.begin(), takings.end(), [](const TillTaking& a, const TillTaking& b) {
        return std::tie(a.user_id, a.method, a.currency) <
               std::tie(b.user_id, b.method, b.currency);
    });
    return takings;
}

base::Result<base::Json> quote_close(World& world, const Command&, const Context&, const Row& row) {
    SHOWFLOOR_ASSIGN(const auto args, from_row<CloseTill>(row));
    const auto till = world.get<Till>(args.till_id);
    if (!till)
        return base::fail(base::ErrorKind::kNotFound, "This till is not there.",
                          std::string(name_of(Code::kNotFound)), "till_id");
    return to_json(CloseTerms{expected_of(world, *till)});
}

const Counted* counted_by(const CloseTill& args, PaymentMethod method) {
    const auto found = std::find_if(args.counted.begin(), args.counted.end(),
                                    [&](const Counted& one) { return one.method == method; });
    return found == args.counted.end() ? nullptr : &*found;
}

// A method that nobody counted is taken as it should be; cash is always counted.
void add_counts(Till& till, std::vector<TillCount> expected, const CloseTill& args) {
    for (const Counted& one : args.counted) {
        const bool there = std::any_of(expected.begin(), expected.end(), [&](const auto& count) {
            return count.method == one.method;
        });
        if (!there) expected.push_back({one.method, 0, 0, 0});
    }
    till.difference_minor = 0;
    for (TillCount& count : expected) {
        const Counted* counted = counted_by(args, count.method);
        count.counted_minor = counted == nullptr ? count.expected_minor : counted->counted_minor;
        till.difference_minor += count.counted_minor - count.expected_minor;
    }
    till.counts = std::move(expected);
}

bool has_difference(const Till& till) {
    return std::any_of(till.counts.begin(), till.counts.end(), [](const TillCount& count) {
        return count.counted_minor != count.expected_minor;
    });
}

std::optional<Outcome> check_counted(const CloseTill& args) {
    if (counted_by(args, PaymentMethod::kCash) == nullptr) return refuse(Code::kInvalid, "counted");
    for (const Counted& one : args.counted) {
        if (counted_by(args, one.method) != &one) return refuse(Code::kInvalid, "counted");
    }
    return std::nullopt;
}

Outcome close(Handling& handling) {
    const auto& args = handling.as<CloseTill>();
    auto till = handling.world.get<Till>(args.till_id);
    if (!till) return refuse(Code::kNotFound, "till_id");
    // Whoever works at the terminal closes its till, although somebody else opened it.
    const bool here = till->terminal_id == handling.context.terminal_id;
    const Facts facts{.branch_id = till->branch_id,
                      .owner_id = here ? handling.actor.user_id : till->opened_by,
                      .subject_role = Role::kNobody,
                      .subject_id = {}};
    if (auto stopped = check_right(handling, Area::kSales, Action::kChange, facts)) return *stopped;
    if (auto stopped = check_counted(args)) return *stopped;
    if (!may_become(till->status, TillStatus::kClosed)) {
        if (!handling.tolerate(Code::kWrongState))
            return refuse(Code::kWrongState, "till_id", {{"from", "closed"}, {"to", "closed"}});
        add_review(till->reviews, Code::kWrongState);
        handling.put(std::move(*till));
        return done(handling);
    }
    auto expected = expected_of(handling.world, *till);
    if (to_json(CloseTerms{expected}) != handling.command.terms) {
        if (handling.context.terms == Context::Terms::kAgainstWorld)
            return refuse(Code::kTermsChanged, {}, {{"terms", to_json(CloseTerms{expected})}});
        handling.flag(Code::kTermsChanged);
    }
    add_counts(*till, std::move(expected), args);
    till->takings = takings_of(handling.world, *till);
    if (has_difference(*till) && args.reason.empty() && !handling.tolerate(Code::kReasonMissing))
        return refuse(Code::kReasonMissing, "reason",
                      {{"difference_minor", till->difference_minor}});
    till->status = TillStatus::kClosed;
    till->closed_by = handling.actor.user_id;
    till->closed_at = handling.command.occurred_at;
    till->reason = args.reason;
    for (const Code review : handling.reviews)
        add_review(till->reviews, review);
    base::Json details = {{"till_id", till->id.to_string()},
                          {"difference_minor", till->difference_minor}};
    details["counts"] = to_json(*till)["counts"];
    handling.put(std::move(*till));
    return done(handling, std::move(details));
}

}  // namespace

std::vector<CommandSpec> till_commands() {
    using enum Code;
    CommandSpec opening = central_command(
        "open_till", Area::kSales, Action::kCreate, describe<OpenTill>(),
        &run_with<OpenTill, &open>, {kAlreadyDone, kInvalid, kNotFound, kNotAllowed, kDuplicate});
    CommandSpec closing = central_command(
        "close_till", Area::kSales, Action::kChange, describe<CloseTill>(),
        &run_with<CloseTill, &close>,
        {kNotFound, kNotAllowed, kInvalid, kWrongState, kTermsChanged, kReasonMissing});
    closing.quote = &quote_close;
    for (CommandSpec* spec : {&opening, &closing}) {
        spec->from_terminal = spec->records_what_happened = true;
        spec->contested = {kActorInactive, kActorRoleChanged};
    }
    return {std::move(opening), std::move(closing)};
}

}  // namespace showfloor::domain
