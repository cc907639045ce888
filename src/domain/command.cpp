#include "domain/command.hpp"

#include <algorithm>
#include <array>

#include "base/check.hpp"
#include "base/encoding.hpp"
#include "crypto/hash.hpp"
#include "domain/command_parts.hpp"
#include "domain/handlers.hpp"
#include "domain/limits.hpp"
#include "domain/refund_terms.hpp"
#include "domain/sale_terms.hpp"

namespace showfloor::domain {

namespace {

using base::Json;

Actor actor_of(const User& user) {
    return {.user_id = user.id, .role = user.role, .branch_id = user.branch_id, .system = false};
}

bool is_active(const User& user) {
    return user.status == UserStatus::kActive && !user.archived;
}

// Who stands behind the command, judged as it stood at submit. nullopt = go on.
std::optional<Outcome> identify(Handling& handling) {
    const Command& command = handling.command;
    if (handling.context.system) {
        if (const auto user = handling.world.get<User>(command.actor_id))
            handling.actor = actor_of(*user);
        handling.actor.system = true;
        return std::nullopt;
    }
    if (command.actor_id.is_nil()) return std::nullopt;  // the kiosk: nobody
    const auto user = handling.world.get<User>(command.actor_id);
    if (!user) return refuse(handling.must_apply() ? Code::kForged : Code::kNotFound, "actor_id");
    handling.actor = actor_of(*user);
    if (!is_active(*user) && !handling.contest(Code::kActorInactive))
        return handling.contested_outcome();
    if (!command.actor_role.empty()) {
        const auto claimed = parse_role(command.actor_role);
        if (!claimed || *claimed == Role::kNobody) return refuse(Code::kForged, "actor_role");
        if (*claimed != user->role && !handling.contest(Code::kActorRoleChanged))
            return handling.contested_outcome();
        handling.actor.role = *claimed;
    }
    if (const auto approver = handling.world.get<User>(command.co_actor_id);
        approver && is_active(*approver) && approver->id != user->id)
        handling.co_actor = actor_of(*approver);
    return std::nullopt;
}

// Whether the role has any cell for what this command does; the handler judges the record itself.
bool has_cell(const Handling& handling) {
    const CommandSpec& spec = handling.spec;
    return reach_of(handling.actor, spec.area, spec.action) != Reach::kNone ||
           reach_of(handling.actor, spec.area, Action::kAsk) != Reach::kNone;
}

Outcome judge(Handling& handling) {
    if (auto stopped = identify(handling)) return *stopped;
    if (handling.spec.system_only && !handling.actor.system) return refuse(Code::kNotAllowed);
    if (!has_cell(handling)) return refuse(Code::kNotAllowed);
    return handling.spec.run(handling);
}

// A terminal may send what terminals may do, while it is one of ours.
std::optional<Outcome> check_terminal(const CommandSpec& spec, const Context& context,
                                      World& world) {
    if (context.terminal_id.is_nil()) return std::nullopt;
    if (!spec.from_terminal) return refuse(Code::kNotFromTerminal);
    const auto terminal = world.get<Terminal>(context.terminal_id);
    const bool revoked = terminal && terminal->status == TerminalStatus::kRevoked;
    // At central the connection decides; what a terminal recorded before is kept.
    if (revoked && context.contest == Context::Contest::kRefuse)
        return refuse(Code::kTerminalRevoked);
    return std::nullopt;
}

base::Result<Uuid> id_from(const Json& body, const char* key, bool required) {
    const auto found = body.find(key);
    if (found == body.end() && !required) return Uuid{};
    const auto id = found != body.end() && found->is_string()
                        ? base::Uuid::parse(found->get_ref<const std::string&>())
                        : std::nullopt;
    if (!id)
        return base::fail(base::ErrorKind::kInvalid, "A command's id cannot be read.", "invalid",
                          key);
    return *id;
}

base::Result<std::int64_t> integer_from(const Json& body, const char* key) {
    const auto found = body.find(key);
    if (found == body.end() || !found->is_number_integer() ||
        (found->is_number_unsigned() && found->get<std::uint64_t>() > std::uint64_t{INT64_MAX}))
        return base::fail(base::ErrorKind::kInvalid, "A command's number cannot be read.",
                          "invalid", key);
    return found->get<std::int64_t>();
}

base::Result<std::string> text_from(const Json& body, const char* key) {
    const auto found = body.find(key);
    if (found == body.end() || !found->is_string())
        return base::fail(base::ErrorKind::kInvalid, "A command's text cannot be read.", "invalid",
                          key);
    return found->get<std::string>();
}

base::Result<Json> object_from(const Json& body, const char* key) {
    const auto found = body.find(key);
    if (found == body.end() || !found->is_object())
        return base::fail(base::ErrorKind::kInvalid, "A command's part cannot be read.", "invalid",
                          key);
    return *found;
}

}  // namespace

std::string Number::text() const {
    constexpr std::size_t kWidth = 6;
    const std::string figures = std::to_string(n);
    const std::size_t zeros = figures.size() < kWidth ? kWidth - figures.size() : 0;
    return series + std::string(zeros, '0') + figures;
}

std::string_view letter_of(SeriesKind kind) {
    constexpr std::array<std::string_view, 3> kLetters = {"I", "R", "C"};
    return kLetters[static_cast<std::size_t>(kind)];
}

std::optional<Number> CarriedNumbers::take(std::string_view prefix, SeriesKind kind) {
    if (left_.empty()) return std::nullopt;
    const Number& next = left_.front();
    if (next.n <= 0 || next.series != std::string(prefix) + std::string(letter_of(kind)))
        return std::nullopt;
    left_ = left_.subspan(1);
    return next;
}

Outcome refuse(Code code, std::string field, base::Json details) {
    Outcome outcome;
    outcome.kind = Outcome::Kind::kRefused;
    outcome.code = code;
    outcome.field = std::move(field);
    outcome.details = std::move(details);
    return outcome;
}

bool Handling::must_apply() const {
    return context.contest == Context::Contest::kMark &&
           (spec.records_what_happened || spec.others_build_on_it);
}

bool Handling::contest(Code code) {
    if (contested == Code::kNone) {
        contested = code;
    } else if (contested != code) {
        flag(code);
    }
    return must_apply();
}

Outcome Handling::contested_outcome() const {
    Outcome outcome;
    // A command that records nothing that happened is simply refused at central.
    outcome.kind = context.contest == Context::Contest::kMark ? Outcome::Kind::kRefused
                                                              : Outcome::Kind::kContested;
    outcome.code = contested;
    return outcome;
}

bool Handling::tolerate(Code code) {
    if (!must_apply()) return false;
    flag(code);
    return true;
}

void Handling::flag(Code code) {
    if (std::find(reviews.begin(), reviews.end(), code) == reviews.end()) reviews.push_back(code);
}

Uuid Handling::derived_id(std::string_view record, int ordinal) const {
    return derive_id(command.id, record, ordinal);
}

void Handling::stamp(RecordBase& record) const {
    const UtcMs now = context.received_at != 0 ? context.received_at : command.occurred_at;
    if (record.created_at == 0) record.created_at = now;
    record.updated_at = now;
    record.occurred_at = command.occurred_at;
}

Uuid derive_id(const Uuid& command_id, std::string_view record, int ordinal) {
    const std::string text =
        command_id.to_string() + "/" + std::string(record) + "/" + std::to_string(ordinal);
    const auto hash = crypto::sha256(std::string_view(text));
    Uuid id;
    std::copy_n(hash.begin(), id.bytes.size(), id.bytes.begin());
    id.bytes[6] = static_cast<std::uint8_t>((id.bytes[6] & 0x0FU) | 0x80U);  // version 8
    id.bytes[8] = static_cast<std::uint8_t>((id.bytes[8] & 0x3FU) | 0x80U);  // variant
    return id;
}

std::span<const Code> general_refusals() {
    static constexpr std::array kCodes = {
        Code::kUnknownCommand, Code::kNotFromTerminal,  Code::kTerminalRevoked,
        Code::kInvalid,        Code::kNotFound,         Code::kForged,
        Code::kActorInactive,  Code::kActorRoleChanged, Code::kNotAllowed};
    return kCodes;
}

const std::vector<CommandSpec>& command_table() {
    static const std::vector<CommandSpec> table = [] {
        std::vector<CommandSpec> all;
        for (auto part :
             {customer_commands(),    lead_commands(),         sale_commands(),
              payment_commands(),     decision_commands(),     car_commands(),
              people_commands(),      notification_commands(), importation_commands(),
              catalogue_commands(),   stock_commands(),        incoming_order_commands(),
              reservation_commands(), order_commands(),        till_commands(),
              workshop_commands(),    delivery_commands(),     item_commands(),
              pay_commands(),         person_commands()}) {
            all.insert(all.end(), part.begin(), part.end());
        }
        return all;
    }();
    return table;
}

const CommandSpec* find_command(std::string_view name) {
    for (const CommandSpec& spec : command_table()) {
        if (spec.name == name) return &spec;
    }
    return nullptr;
}

Outcome execute(const Command& command, Context& context, World& world) {
    const CommandSpec* spec = find_command(command.name);
    if (spec == nullptr || command.version < 1 || command.version > spec->version)
        return refuse(Code::kUnknownCommand, "name");
    auto outcome = check_terminal(*spec, context, world);
    if (!outcome) {
        const auto row = row_from_json(*spec->args, command.args,
                                       spec->changes ? Intake::kChanges : Intake::kArguments);
        if (!row) {
            outcome = refuse(Code::kInvalid, row.error().field, {{"message", row.error().message}});
        } else {
            Handling handling{.spec = *spec,
                              .command = command,
                              .args_row = *row,
                              .args = nullptr,
                              .context = context,
                              .world = world,
                              .actor = {},
                              .co_actor = {},
                              .reviews = {},
                              .contested = Code::kNone};
            outcome = judge(handling);
        }
    }
    if (!world.failure()) return *outcome;
    Outcome failed;
    failed.kind = Outcome::Kind::kFailed;
    failed.failure = world.failure();
    return failed;
}

base::Result<Json> quote_terms(World& world, const Command& command, const Context& context) {
    const CommandSpec* spec = find_command(command.name);
    if (spec == nullptr || spec->quote == nullptr) return Json::object();
    SHOWFLOOR_ASSIGN(const Row row, row_from_json(*spec->args, command.args, Intake::kArguments));
    return spec->quote(world, command, context, row);
}

std::string command_to_body(const Command& command) {
    // base::Json keeps its keys sorted, so the order is fixed.
    Json body = {{"id", command.id.to_string()},
                 {"name", command.name},
                 {"version", command.version},
                 {"args", command.args},
                 {"terms", command.terms},
                 {"actor_role", command.actor_role},
                 {"occurred_at", command.occurred_at},
                 {"base_cursor", command.base_cursor}};
    if (!command.actor_id.is_nil()) body["actor_id"] = command.actor_id.to_string();
    if (!command.co_actor_id.is_nil()) body["co_actor_id"] = command.co_actor_id.to_string();
    return base::dump_json(body);
}

base::Result<Command> command_from_body(std::string_view text) {
    SHOWFLOOR_ASSIGN(const Json body, base::parse_json(text, kMaxCommandBytes));
    if (!body.is_object())
        return base::fail(base::ErrorKind::kInvalid, "A command must be an object.", "invalid");
    Command command;
    SHOWFLOOR_ASSIGN(command.id, id_from(body, "id", true));
    SHOWFLOOR_ASSIGN(command.name, text_from(body, "name"));
    SHOWFLOOR_ASSIGN(const std::int64_t version, integer_from(body, "version"));
    if (version < 1 || version > 1000)
        return base::fail(base::ErrorKind::kInvalid, "A command's version cannot be read.",
                          "invalid", "version");
    command.version = static_cast<int>(version);
    SHOWFLOOR_ASSIGN(command.args, object_from(body, "args"));
    SHOWFLOOR_ASSIGN(command.terms, object_from(body, "terms"));
    SHOWFLOOR_ASSIGN(command.actor_id, id_from(body, "actor_id", false));
    SHOWFLOOR_ASSIGN(command.co_actor_id, id_from(body, "co_actor_id", false));
    SHOWFLOOR_ASSIGN(command.actor_role, text_from(body, "actor_role"));
    SHOWFLOOR_ASSIGN(command.occurred_at, integer_from(body, "occurred_at"));
    SHOWFLOOR_ASSIGN(command.base_cursor, integer_from(body, "base_cursor"));
    return command;
}

}  // namespace showfloor::domain
