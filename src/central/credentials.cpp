#include "central/credentials.hpp"

#include <algorithm>
#include <vector>

#include "base/encoding.hpp"
#include "base/log.hpp"
#include "central/limits.hpp"
#include "crypto/ec.hpp"
#include "domain/records.hpp"

namespace showfloor::central {

namespace {

using domain::Terminal;
using domain::User;
using domain::Verifier;

base::Result<void> run_system(Batch& batch, std::string_view name, base::Json args) {
    domain::Command command;
    command.name = name;
    command.args = std::move(args);
    const domain::Outcome outcome = batch.run(std::move(command), true);
    if (outcome.kind == domain::Outcome::Kind::kFailed) return *outcome.failure;
    if (outcome.applied()) return {};
    return base::fail(base::ErrorKind::kRefused, std::string(domain::sentence_of(outcome.code)),
                      std::string(domain::name_of(outcome.code)), outcome.field);
}

// Whether terminals may hold this person's verifier at all. Somebody with a one-time password must
// choose one at central first.
bool may_be_held(const User& user, base::UtcMs now) {
    const bool at_terminals = user.role != domain::Role::kSuperAdmin &&
                              user.role != domain::Role::kSupplier &&
                              user.role != domain::Role::kCustomer;
    return at_terminals && user.status == domain::UserStatus::kActive && !user.archived &&
           !user.must_change_password && user.last_sign_in_at > now - kVerifierKeptMs;
}

bool works_at(const User& user, const Terminal& terminal) {
    const bool everywhere = user.role == domain::Role::kAdmin && user.branch_id.is_nil();
    return everywhere || user.branch_id == terminal.branch_id;
}

base::Result<void> issue(Batch& batch, const User& user, const Terminal& terminal,
                         const std::string& phc) {
    const auto key = crypto::PublicKey::from_pem(terminal.public_key);
    const auto wrapped = key ? crypto::wrap_for(*key, base::as_bytes(phc), batch.random())
                             : base::Result<base::Bytes>(key.error());
    if (!wrapped) {
        // A terminal without a readable key holds nobody's verifier; nobody's sign-in may fail for
        // it.
        base::log(base::LogLevel::kWarning, "terminal_without_key",
                  {{"terminal", terminal.id.to_string()}});
        return {};
    }
    return run_system(batch, "issue_verifier",
                      {{"user_id", user.id.to_string()},
                       {"terminal_id", terminal.id.to_string()},
                       {"wrapped", base::to_base64(*wrapped)}});
}

base::Result<void> withdraw(Batch& batch, const Verifier& verifier) {
    return run_system(batch, "withdraw_verifier",
                      {{"user_id", verifier.user_id.to_string()},
                       {"terminal_id", verifier.terminal_id.to_string()}});
}

std::vector<Verifier> held_of(Batch& batch, std::string_view field, const base::Uuid& id) {
    return batch.world().find<Verifier>(
        {.where = {{field, id.to_string()}, {"archived", domain::Value{std::int64_t{0}}}},
         .limit = kMaxTerminals});
}

std::vector<Terminal> terminals_for(Batch& batch, const User& user) {
    domain::Query query{.limit = kMaxTerminals};
    if (!user.branch_id.is_nil()) query.where = {{"branch_id", user.branch_id.to_string()}};
    std::vector<Terminal> found = batch.world().find<Terminal>(query);
    std::erase_if(found, [&](const Terminal& terminal) {
        return terminal.status == domain::TerminalStatus::kRevoked || terminal.archived ||
               !works_at(user, terminal);
    });
    return found;
}

}  // namespace

base::Result<std::optional<std::string>> password_hash_of(database::Connection& connection,
                                                          const base::Uuid& user_id) {
    SHOWFLOOR_ASSIGN(auto statement,
                     connection.prepare("SELECT phc FROM credential WHERE user_id = ?1"));
    statement.bind(1, user_id.to_string());
    SHOWFLOOR_ASSIGN(const bool found, statement.step());
    return found ? std::optional(statement.text(0)) : std::nullopt;
}

base::Result<void> set_password_hash(Batch& batch, const base::Uuid& user_id,
                                     std::string_view phc) {
    SHOWFLOOR_TRY(batch.connection().run(
        "INSERT INTO credential (user_id, phc, changed_at) VALUES (?1, ?2, ?3) ON CONFLICT "
        "(user_id) DO UPDATE SET phc = excluded.phc, changed_at = excluded.changed_at",
        {user_id.to_string(), std::string(phc), batch.now()}));
    return sync_verifiers_of_user(batch, user_id, true);
}

base::Result<void> sync_verifiers_of_user(Batch& batch, const base::Uuid& user_id, bool renew) {
    const auto user = batch.world().get<User>(user_id);
    if (!user) {
        if (batch.world().failure()) return *batch.world().failure();
        return base::fail(base::ErrorKind::kNotFound, "There is no such user.");
    }
    SHOWFLOOR_ASSIGN(const auto phc, password_hash_of(batch.connection(), user_id));
    std::vector<Terminal> wanted;
    if (phc && may_be_held(*user, batch.now())) wanted = terminals_for(batch, *user);
    std::vector<base::Uuid> held;
    for (const Verifier& verifier : held_of(batch, "user_id", user_id)) {
        const bool stays = std::any_of(wanted.begin(), wanted.end(), [&](const Terminal& terminal) {
            return terminal.id == verifier.terminal_id;
        });
        if (!stays) SHOWFLOOR_TRY(withdraw(batch, verifier));
        held.push_back(verifier.terminal_id);
    }
    for (const Terminal& terminal : wanted) {
        const bool has = std::find(held.begin(), held.end(), terminal.id) != held.end();
        if (!has || renew) SHOWFLOOR_TRY(issue(batch, *user, terminal, *phc));
    }
    if (batch.world().failure()) return *batch.world().failure();
    return {};
}

base::Result<void> sync_verifiers_of_terminal(Batch& batch, const base::Uuid& terminal_id) {
    const auto terminal = batch.world().get<Terminal>(terminal_id);
    if (!terminal) return base::fail(base::ErrorKind::kNotFound, "There is no such terminal.");
    for (const domain::Value& branch :
         {domain::Value{terminal->branch_id.to_string()}, domain::Value{}}) {
        for (const User& user : batch.world().find<User>(
                 {.where = {{"branch_id", branch}}, .limit = kMaxStaffPerBranch})) {
            if (!works_at(user, *terminal) || !may_be_held(user, batch.now())) continue;
            SHOWFLOOR_ASSIGN(const auto phc, password_hash_of(batch.connection(), user.id));
            if (phc) SHOWFLOOR_TRY(issue(batch, user, *terminal, *phc));
        }
    }
    if (batch.world().failure()) return *batch.world().failure();
    return {};
}

base::Result<void> withdraw_stale_verifiers(Batch& batch) {
    const auto held =
        batch.world().find<Verifier>({.where = {{"archived", domain::Value{std::int64_t{0}}}},
                                      .limit = kMaxTerminals * kMaxStaffPerBranch});
    for (const Verifier& verifier : held) {
        const auto user = batch.world().get<User>(verifier.user_id);
        if (!user || !may_be_held(*user, batch.now())) SHOWFLOOR_TRY(withdraw(batch, verifier));
    }
    if (batch.world().failure()) return *batch.world().failure();
    return {};
}

base::Result<void> note_sign_in(Batch& batch, const base::Uuid& user_id) {
    SHOWFLOOR_TRY(run_system(batch, "note_sign_in", {{"user_id", user_id.to_string()}}));
    return sync_verifiers_of_user(batch, user_id, false);
}

}  // namespace showfloor::central
