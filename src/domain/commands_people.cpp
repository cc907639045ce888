// Branches, users, terminals and the verifiers that let people sign in while central is away.
// All of it is made at central; no password is ever part of a command.

#include <algorithm>

#include "domain/handlers.hpp"
#include "domain/limits.hpp"
#include "domain/money.hpp"

namespace showfloor::domain {

namespace {

using Stopped = std::optional<Outcome>;

struct CreateBranch : Branch {};
struct CreateUser : User {};
struct CreateTerminal : Terminal {};
struct UserId {
    Uuid user_id;
};
struct SetMustChangePassword {
    Uuid user_id;
    bool value = true;
};
struct TerminalId {
    Uuid terminal_id;
};
struct RenewTerminal {
    Uuid terminal_id;
    std::string certificate_serial;
    UtcMs certificate_expires_at = 0;
};
struct IssueVerifier {
    Uuid user_id, terminal_id;
    std::string wrapped;
};
struct WithdrawVerifier {
    Uuid user_id, terminal_id;
};

Value id_value(const Uuid& id) {
    return Value{id.to_string()};
}

}  // namespace

template <>
const Description& describe<CreateBranch>() {
    static const Description d = args_like("create_branch", describe<Branch>(), {}, false);
    return d;
}

template <>
const Description& describe<CreateUser>() {
    static const Description d = args_like("create_user", describe<User>(), {"status"}, false);
    return d;
}

template <>
const Description& describe<CreateTerminal>() {
    static const Description d = [] {
        Description args = args_like("create_terminal", describe<Terminal>(), {"status"}, false);
        for (Field& field : args.fields) {
            if (field.name == "code") field.required = false;  // the branch's next when empty
        }
        return args;
    }();
    return d;
}

template <>
const Description& describe<UserId>() {
    using F = build::Of<UserId>;
    static const Description d{"user_id",
                               "",
                               {
                                   F::id<&UserId::user_id>("user_id", "user").require(),
                               },
                               Synced::kNever,
                               {}};
    return d;
}

template <>
const Description& describe<SetMustChangePassword>() {
    using F = build::Of<SetMustChangePassword>;
    static const Description d{
        "set_must_change_password",
        "",
        {
            F::id<&SetMustChangePassword::user_id>("user_id", "user").require(),
            F::boolean<&SetMustChangePassword::value>("value").require(),
        },
        Synced::kNever,
        {}};
    return d;
}

template <>
const Description& describe<TerminalId>() {
    using F = build::Of<TerminalId>;
    static const Description d{
        "terminal_id",
        "",
        {
            F::id<&TerminalId::terminal_id>("terminal_id", "terminal").require(),
        },
        Synced::kNever,
        {}};
    return d;
}

template <>
const Description& describe<RenewTerminal>() {
    using F = build::Of<RenewTerminal>;
    static const Description d{
        "renew_terminal",
        "",
        {
            F::id<&RenewTerminal::terminal_id>("terminal_id", "terminal").require(),
            F::text<&RenewTerminal::certificate_serial>("certificate_serial", 80).require(),
            F::time<&RenewTerminal::certificate_expires_at>("certificate_expires_at").require(),
        },
        Synced::kNever,
        {}};
    return d;
}

template <>
const Description& describe<IssueVerifier>() {
    using F = build::Of<IssueVerifier>;
    static const Description d{
        "issue_verifier",
        "",
        {
            F::id<&IssueVerifier::user_id>("user_id", "user").require(),
            F::id<&IssueVerifier::terminal_id>("terminal_id", "terminal").require(),
            F::text<&IssueVerifier::wrapped>("wrapped", 2000).require(),
        },
        Synced::kNever,
        {}};
    return d;
}

template <>
const Description& describe<WithdrawVerifier>() {
    using F = build::Of<WithdrawVerifier>;
    static const Description d{
        "withdraw_verifier",
        "",
        {
            F::id<&WithdrawVerifier::user_id>("user_id", "user").require(),
            F::id<&WithdrawVerifier::terminal_id>("terminal_id", "terminal").require(),
        },
        Synced::kNever,
        {}};
    return d;
}

namespace {

// ---- branches ---------------------------------------------------------------------------------

bool is_branch_code(std::string_view code) {
    const bool allowed = std::all_of(code.begin(), code.end(), [](char c) {
        return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    });
    return allowed && code.size() >= 2 && code.size() <= 5;
}

Stopped check_branch(Branch& branch) {
    if (!is_branch_code(branch.code)) return refuse(Code::kInvalid, "code");
    if (!minor_digits(branch.currency)) return refuse(Code::kInvalid, "currency");
    const auto& rates = branch.tax_rates;
    const auto count = [&](std::string_view code) {
        return std::count_if(rates.begin(), rates.end(),
                             [&](const TaxRate& rate) { return rate.code == code; });
    };
    for (const TaxRate& rate : rates) {
        if (count(rate.code) != 1) return refuse(Code::kInvalid, "tax_rates");
    }
    for (const Fee& fee : branch.fees) {
        if (!fee.tax_code.empty() && count(fee.tax_code) == 0)
            return refuse(Code::kInvalid, "fees");
        if (!fee.currency.empty() && !minor_digits(fee.currency))
            return refuse(Code::kInvalid, "fees");
    }
    if (!branch.email.empty()) {
        auto email = normalise_email(branch.email);
        if (!email) return refuse(Code::kInvalid, "email");
        branch.email = std::move(*email);
    }
    if (!branch.phone.empty()) {
        auto phone = normalise_phone(branch.phone, "");
        if (!phone) return refuse(Code::kInvalid, "phone");
        branch.phone = std::move(*phone);
    }
    return std::nullopt;
}

Outcome create_branch(Handling& handling) {
    Branch branch = handling.as<CreateBranch>();
    if (auto stopped = check_new<Branch>(handling, branch.id)) return *stopped;
    if (auto stopped = check_branch(branch)) return *stopped;
    if (const auto other = handling.world.find_one<Branch>({{"code", Value{branch.code}}}))
        return refuse(Code::kBranchCodeTaken, "code", {{"id", other->id.to_string()}});
    base::Json details = {{"branch_id", branch.id.to_string()}};
    handling.put(std::move(branch));
    return done(handling, std::move(details));
}

// The code stands in document numbers, so it never changes.
const Description& update_branch_args() {
    static const Description d = args_like("update_branch", describe<Branch>(), {"code"}, true);
    return d;
}

Outcome update_branch(Handling& handling) {
    auto branch = handling.world.get<Branch>(changed_id(handling));
    if (!branch) return refuse(Code::kNotFound, "id");
    if (auto stopped =
            check_right(handling, Area::kBranches, Action::kChange, facts_about(handling, *branch)))
        return *stopped;
    apply_changes_to(handling, *branch);
    if (auto stopped = check_branch(*branch)) return *stopped;
    handling.put(std::move(*branch));
    return done(handling);
}

// ---- users ------------------------------------------------------------------------------------

bool works_in_a_branch(Role role) {
    return role == Role::kStaff || role == Role::kSeller || role == Role::kMechanic ||
           role == Role::kDelivery;
}

bool is_username(std::string_view name) {
    const bool allowed = std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    });
    return allowed && name.size() >= 3 && name.size() <= 30;
}

bool is_taken(Handling& handling, const User& user, std::string_view field,
              const std::string& text) {
    if (text.empty()) return false;
    const auto found = handling.world.find<User>({.where = {{field, Value{text}}}});
    return std::any_of(found.begin(), found.end(),
                       [&](const User& other) { return other.id != user.id; });
}

// FIX: unique whatever the case: they are kept in lower case, so one comparison settles it.
Stopped check_user(Handling& handling, User& user) {
    for (char& c : user.username) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    if (!is_username(user.username)) return refuse(Code::kInvalid, "username");
    auto email = normalise_email(user.email);
    if (!email) return refuse(Code::kInvalid, "email");
    user.email = std::move(*email);
    const auto branch = handling.world.get<Branch>(user.branch_id);
    if (!user.branch_id.is_nil() && !branch) return refuse(Code::kNotFound, "branch_id");
    if (works_in_a_branch(user.role) && !branch) return refuse(Code::kInvalid, "branch_id");
    if (!user.contact.empty()) {
        auto contact = normalise_phone(user.contact, branch ? branch->phone : "");
        if (!contact) return refuse(Code::kInvalid, "contact");
        user.contact = std::move(*contact);
    }
    if (is_taken(handling, user, "username", user.username))
        return refuse(Code::kUsernameTaken, "username");
    if (is_taken(handling, user, "email", user.email)) return refuse(Code::kEmailTaken, "email");
    if (is_taken(handling, user, "contact", user.contact))
        return refuse(Code::kContactTaken, "contact");
    return std::nullopt;
}

Outcome create_user(Handling& handling) {
    User user = handling.as<CreateUser>();
    if (auto stopped = check_new<User>(handling, user.id)) return *stopped;
    if (user.role == Role::kNobody) return refuse(Code::kInvalid, "role");
    // FIX: nobody raises somebody to a role they may not give.
    if (!handling.actor.system && !may_grant(handling.actor.role, user.role))
        return refuse(Code::kRoleNotGrantable, "role");
    if (auto stopped = check_right(handling, Area::kUsers, Action::kCreate,
                                   facts_about(handling, user), "branch_id"))
        return *stopped;
    if (auto stopped = check_user(handling, user)) return *stopped;
    user.must_change_password = true;  // the first one was made up and mailed
    base::Json details = {{"user_id", user.id.to_string()}};
    handling.put(std::move(user));
    return done(handling, std::move(details));
}

const Description& update_user_args() {
    static const Description d = args_like("update_user", describe<User>(), {"status"}, true);
    return d;
}

Outcome update_user(Handling& handling) {
    const auto before = handling.world.get<User>(changed_id(handling));
    if (!before) return refuse(Code::kNotFound, "id");
    const Facts facts = facts_about(handling, *before);
    if (auto stopped = check_right(handling, Area::kUsers, Action::kChange, facts)) return *stopped;
    User user = *before;
    apply_changes_to(handling, user);
    if (user.role != before->role) return refuse(Code::kRoleFixed, "role");
    if (user.branch_id != before->branch_id) {
        const bool self = handling.actor.user_id == before->id && !handling.actor.system;
        if (self && handling.actor.role != Role::kSuperAdmin)
            return refuse(Code::kNotAllowed, "branch_id");
        if (auto stopped = check_right(handling, Area::kUsers, Action::kChange,
                                       facts_about(handling, user), "branch_id"))
            return *stopped;
    }
    if (auto stopped = check_user(handling, user)) return *stopped;
    if (user.email != before->email) user.email_verified_at = 0;  // the new one is unproved
    handling.put(std::move(user));
    return done(handling);
}

bool is_last_super_admin(Handling& handling, const User& user) {
    if (user.role != Role::kSuperAdmin) return false;
    const auto all = handling.world.find<User>(
        {.where = {{"role", Value{std::string("super_admin")}}}, .limit = kMaxRelatedRows});
    return std::none_of(all.begin(), all.end(), [&](const User& other) {
        return other.id != user.id && other.status == UserStatus::kActive && !other.archived;
    });
}

void withdraw_verifiers(Handling& handling, std::string_view field, const Uuid& id) {
    for (Verifier& verifier : handling.world.find<Verifier>(
             {.where = {{field, id_value(id)}}, .limit = kMaxRelatedRows})) {
        if (verifier.archived) continue;
        verifier.archived = true;
        verifier.wrapped.clear();
        handling.put(std::move(verifier));
    }
}

Outcome set_status(Handling& handling, UserStatus status) {
    auto user = handling.world.get<User>(handling.as<UserId>().user_id);
    if (!user) return refuse(Code::kNotFound, "user_id");
    if (auto stopped =
            check_right(handling, Area::kUsers, Action::kDelete, facts_about(handling, *user)))
        return *stopped;
    const bool self = user->id == handling.actor.user_id;
    if (self || (status == UserStatus::kInactive && is_last_super_admin(handling, *user)))
        return refuse(Code::kNotAllowed, "user_id");
    if (user->status == status) return refuse(Code::kAlreadyDone, "user_id");
    user->status = status;
    if (status == UserStatus::kInactive) withdraw_verifiers(handling, "user_id", user->id);
    handling.put(std::move(*user));
    return done(handling);
}

Outcome deactivate_user(Handling& handling) {
    return set_status(handling, UserStatus::kInactive);
}
Outcome reactivate_user(Handling& handling) {
    return set_status(handling, UserStatus::kActive);
}

// FIX: signing in never activates anybody.
Outcome note_sign_in(Handling& handling) {
    auto user = handling.world.get<User>(handling.as<UserId>().user_id);
    if (!user) return refuse(Code::kNotFound, "user_id");
    if (user->status != UserStatus::kActive || user->archived)
        return refuse(Code::kActorInactive, "user_id");
    user->last_sign_in_at = handling.command.occurred_at;
    handling.put(std::move(*user));
    return done(handling);
}

// The records that branches keep of this person become theirs to see, now that the address is
// proved; one that belongs to another login stays where it is.
void join_customers(Handling& handling, const User& user) {
    for (Customer& customer : handling.world.find<Customer>(
             {.where = {{"email", Value{user.email}}}, .limit = kMaxRelatedRows})) {
        if (customer.archived || !customer.user_id.is_nil()) continue;
        customer.user_id = user.id;
        handling.put(std::move(customer));
    }
}

Outcome note_email_verified(Handling& handling) {
    auto user = handling.world.get<User>(handling.as<UserId>().user_id);
    if (!user) return refuse(Code::kNotFound, "user_id");
    user->email_verified_at = handling.command.occurred_at;
    if (user->role == Role::kCustomer) join_customers(handling, *user);
    handling.put(std::move(*user));
    return done(handling);
}

Outcome set_must_change_password(Handling& handling) {
    const auto& args = handling.as<SetMustChangePassword>();
    auto user = handling.world.get<User>(args.user_id);
    if (!user) return refuse(Code::kNotFound, "user_id");
    user->must_change_password = args.value;
    handling.put(std::move(*user));
    return done(handling);
}

// ---- terminals and verifiers ------------------------------------------------------------------

// "T01", "T02", ...: above every one the branch ever had, so that no series is begun twice.
std::string next_terminal_code(const std::vector<Terminal>& siblings) {
    int next = 1;
    for (const Terminal& sibling : siblings) {
        const std::string& code = sibling.code;
        const bool ours = code.size() >= 2 && code.size() <= 6 && code.front() == 'T' &&
                          code.find_first_not_of("0123456789", 1) == std::string::npos;
        if (ours) next = std::max(next, std::stoi(code.substr(1)) + 1);
    }
    const std::string figures = std::to_string(next);
    return (figures.size() < 2 ? "T0" : "T") + figures;
}

Outcome create_terminal(Handling& handling) {
    Terminal terminal = handling.as<CreateTerminal>();
    if (auto stopped = check_new<Terminal>(handling, terminal.id)) return *stopped;
    if (!handling.world.get<Branch>(terminal.branch_id))
        return refuse(Code::kNotFound, "branch_id");
    const auto siblings = handling.world.find<Terminal>(
        {.where = {{"branch_id", id_value(terminal.branch_id)}}, .limit = kMaxRelatedRows});
    if (terminal.code.empty()) terminal.code = next_terminal_code(siblings);
    // "C" is central's own origin in document numbers.
    const bool readable = is_branch_code(terminal.code) && terminal.code != "C";
    if (!readable) return refuse(Code::kInvalid, "code");
    for (const Terminal& sibling : siblings) {
        if (sibling.code == terminal.code)
            return refuse(Code::kDuplicate, "code", {{"id", sibling.id.to_string()}});
    }
    base::Json details = {{"terminal_id", terminal.id.to_string()}, {"code", terminal.code}};
    handling.put(std::move(terminal));
    return done(handling, std::move(details));
}

Outcome revoke_terminal(Handling& handling) {
    auto terminal = handling.world.get<Terminal>(handling.as<TerminalId>().terminal_id);
    if (!terminal) return refuse(Code::kNotFound, "terminal_id");
    if (terminal->status == TerminalStatus::kRevoked)
        return refuse(Code::kAlreadyDone, "terminal_id");
    terminal->status = TerminalStatus::kRevoked;
    withdraw_verifiers(handling, "terminal_id", terminal->id);
    handling.put(std::move(*terminal));
    return done(handling);
}

Outcome renew_terminal(Handling& handling) {
    const auto& args = handling.as<RenewTerminal>();
    auto terminal = handling.world.get<Terminal>(args.terminal_id);
    if (!terminal) return refuse(Code::kNotFound, "terminal_id");
    if (terminal->status == TerminalStatus::kRevoked)
        return refuse(Code::kTerminalRevoked, "terminal_id");
    terminal->certificate_serial = args.certificate_serial;
    terminal->certificate_expires_at = args.certificate_expires_at;
    handling.put(std::move(*terminal));
    return done(handling);
}

std::optional<Verifier> verifier_of(Handling& handling, const Uuid& user, const Uuid& terminal) {
    return handling.world.find_one<Verifier>(
        {{"user_id", id_value(user)}, {"terminal_id", id_value(terminal)}});
}

Outcome issue_verifier(Handling& handling) {
    const auto& args = handling.as<IssueVerifier>();
    const auto user = handling.world.get<User>(args.user_id);
    if (!user) return refuse(Code::kNotFound, "user_id");
    const auto terminal = handling.world.get<Terminal>(args.terminal_id);
    if (!terminal) return refuse(Code::kNotFound, "terminal_id");
    if (user->status != UserStatus::kActive || user->archived)
        return refuse(Code::kActorInactive, "user_id");
    if (terminal->status == TerminalStatus::kRevoked)
        return refuse(Code::kTerminalRevoked, "terminal_id");
    // Customers and suppliers use central's API only.
    if (user->role == Role::kCustomer || user->role == Role::kSupplier)
        return refuse(Code::kNotAllowed, "user_id");
    auto verifier = verifier_of(handling, args.user_id, args.terminal_id);
    if (!verifier) {
        verifier.emplace();
        verifier->id = handling.derived_id("verifier", 0);
        verifier->user_id = args.user_id;
        verifier->terminal_id = args.terminal_id;
    }
    verifier->archived = false;
    verifier->wrapped = args.wrapped;
    handling.put(std::move(*verifier));
    return done(handling);
}

Outcome withdraw_verifier(Handling& handling) {
    const auto& args = handling.as<WithdrawVerifier>();
    auto verifier = verifier_of(handling, args.user_id, args.terminal_id);
    if (!verifier) return refuse(Code::kNotFound, "user_id");
    if (verifier->archived) return refuse(Code::kAlreadyDone, "user_id");
    verifier->archived = true;
    verifier->wrapped.clear();
    handling.put(std::move(*verifier));
    return done(handling);
}

CommandSpec for_system(CommandSpec made) {
    made.system_only = true;
    return made;
}

CommandSpec changing(CommandSpec made) {
    made.changes = true;
    return made;
}

std::vector<CommandSpec> branch_and_user_commands() {
    using enum Code;
    const std::vector<Code> of_user = {kInvalid, kNotFound, kUsernameTaken, kEmailTaken,
                                       kContactTaken};
    std::vector<Code> create = {kAlreadyDone, kInvalid, kRoleNotGrantable, kNotAllowed};
    std::vector<Code> update = {kNotFound, kNotAllowed, kRoleFixed};
    create.insert(create.end(), of_user.begin(), of_user.end());
    update.insert(update.end(), of_user.begin(), of_user.end());
    return {
        central_command("create_branch", Area::kBranches, Action::kCreate, describe<CreateBranch>(),
                        &run_with<CreateBranch, &create_branch>,
                        {kAlreadyDone, kInvalid, kBranchCodeTaken}),
        changing(central_command("update_branch", Area::kBranches, Action::kChange,
                                 update_branch_args(), &update_branch,
                                 {kNotFound, kNotAllowed, kInvalid})),
        central_command("create_user", Area::kUsers, Action::kCreate, describe<CreateUser>(),
                        &run_with<CreateUser, &create_user>, create),
        changing(central_command("update_user", Area::kUsers, Action::kChange, update_user_args(),
                                 &update_user, update)),
        central_command("deactivate_user", Area::kUsers, Action::kDelete, describe<UserId>(),
                        &run_with<UserId, &deactivate_user>,
                        {kNotFound, kNotAllowed, kAlreadyDone}),
        central_command("reactivate_user", Area::kUsers, Action::kDelete, describe<UserId>(),
                        &run_with<UserId, &reactivate_user>,
                        {kNotFound, kNotAllowed, kAlreadyDone}),
        for_system(central_command("note_sign_in", Area::kUsers, Action::kChange,
                                   describe<UserId>(), &run_with<UserId, &note_sign_in>,
                                   {kNotFound, kActorInactive})),
        for_system(central_command("note_email_verified", Area::kUsers, Action::kChange,
                                   describe<UserId>(), &run_with<UserId, &note_email_verified>,
                                   {kNotFound})),
        for_system(central_command("set_must_change_password", Area::kUsers, Action::kChange,
                                   describe<SetMustChangePassword>(),
                                   &run_with<SetMustChangePassword, &set_must_change_password>,
                                   {kNotFound})),
    };
}

}  // namespace

std::vector<CommandSpec> people_commands() {
    using enum Code;
    std::vector<CommandSpec> all = branch_and_user_commands();
    for (CommandSpec& one : std::vector<CommandSpec>{
             central_command("create_terminal", Area::kTerminals, Action::kCreate,
                             describe<CreateTerminal>(),
                             &run_with<CreateTerminal, &create_terminal>,
                             {kAlreadyDone, kNotFound, kInvalid, kDuplicate}),
             central_command("revoke_terminal", Area::kTerminals, Action::kDelete,
                             describe<TerminalId>(), &run_with<TerminalId, &revoke_terminal>,
                             {kNotFound, kAlreadyDone}),
             for_system(central_command(
                 "renew_terminal", Area::kTerminals, Action::kChange, describe<RenewTerminal>(),
                 &run_with<RenewTerminal, &renew_terminal>, {kNotFound, kTerminalRevoked})),
             for_system(central_command(
                 "issue_verifier", Area::kTerminals, Action::kChange, describe<IssueVerifier>(),
                 &run_with<IssueVerifier, &issue_verifier>,
                 {kNotFound, kActorInactive, kTerminalRevoked, kNotAllowed})),
             for_system(central_command("withdraw_verifier", Area::kTerminals, Action::kChange,
                                        describe<WithdrawVerifier>(),
                                        &run_with<WithdrawVerifier, &withdraw_verifier>,
                                        {kNotFound, kAlreadyDone})),
         })
        all.push_back(one);
    return all;
}

}  // namespace showfloor::domain
