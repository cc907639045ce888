#include "central/auth/auth.hpp"

#include <charconv>
#include <chrono>

#include "base/encoding.hpp"
#include "base/json.hpp"
#include "central/auth/password_policy.hpp"
#include "central/credentials.hpp"
#include "central/mail/mail_queue.hpp"
#include "crypto/hash.hpp"
#include "crypto/jwt.hpp"
#include "crypto/password.hpp"
#include "storage/sqlite_world.hpp"

namespace showfloor::central {

namespace {

using base::ErrorKind;
using base::fail;
using database::Cell;

constexpr RateLimits::Rule kTries{kLoginTriesPerMinute, kLoginTriesPerHour, true};

base::Error wrong_credentials() {
    return fail(ErrorKind::kRefused, "The name or the password is not right.", "wrong_credentials");
}
base::Error inactive() {
    return fail(ErrorKind::kRefused, "This account is not active; ask an administrator.",
                "account_inactive");
}
base::Error token_invalid() {
    return fail(ErrorKind::kRefused, "This token cannot be used; sign in.", "token_invalid");
}
base::Error session_ended() {
    return fail(ErrorKind::kRefused, "This session has ended; sign in again.", "session_ended");
}

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return out;
}

bool is_active(const domain::User& user) {
    return user.status == domain::UserStatus::kActive && !user.archived;
}

std::string text_claim(const base::Json& claims, const char* name) {
    const auto found = claims.find(name);
    return found != claims.end() && found->is_string() ? found->get<std::string>() : std::string();
}

struct RefreshClaim {
    base::Uuid family;
    std::int64_t generation = 0;
};
// The parts a refresh token names; whether it is genuine is another question.
std::optional<RefreshClaim> read_refresh_token(std::string_view token) {
    const auto first = token.find('.');
    const auto second = first == std::string_view::npos ? first : token.find('.', first + 1);
    if (second == std::string_view::npos || token.size() > 200) return std::nullopt;
    const auto family = base::Uuid::parse(token.substr(0, first));
    const std::string_view number = token.substr(first + 1, second - first - 1);
    RefreshClaim claim;
    const auto read =
        std::from_chars(number.data(), number.data() + number.size(), claim.generation);
    if (!family || read.ec != std::errc() || read.ptr != number.data() + number.size())
        return std::nullopt;
    claim.family = *family;
    return claim;
}

}  // namespace

std::string_view principal_kind(domain::Role role) {
    if (role == domain::Role::kCustomer) return "customer";
    if (role == domain::Role::kSupplier) return "supplier";
    return "staff";
}

// One try, counted before the password is looked at.
struct Auth::Attempt {
    std::string account_name, address_name;  // of the counters
    std::optional<domain::User> user;
    bool right = false;
};

Auth::Auth(CommandProcessor& processor, RateLimits& limits, const crypto::Key256& token_key,
           const base::Clock& clock)
    : processor_(processor),
      limits_(limits),
      access_key_(crypto::derive_key(token_key.bytes(), {}, "access token")),
      refresh_key_(crypto::derive_key(token_key.bytes(), {}, "refresh token")),
      name_key_(crypto::derive_key(token_key.bytes(), {}, "counter name")),
      mail_key_(mail_key(token_key)),
      clock_(clock) {
    auto hash =
        crypto::hash_password(crypto::random_password(processor.random()), processor.random());
    SHOWFLOOR_CHECK(hash.ok(), "a short password can be hashed");
    nobodys_hash_ = std::move(hash).value();
}

std::optional<domain::User> user_by_login(database::Connection& connection,
                                          std::string_view login) {
    storage::SqliteWorld world(connection);
    const std::string folded = lower(login);
    for (const auto& [field, value] :
         {std::pair<std::string_view, std::string>{"username", std::string(login)},
          {"username", folded},
          {"email", folded},
          {"email", std::string(login)}}) {
        if (auto user = world.find_one<domain::User>({{field, domain::Value{value}}})) return user;
    }
    return std::nullopt;
}

base::Result<bool> Auth::verify(std::string_view password, std::string_view phc) {
    if (!checks_.try_acquire_for(std::chrono::milliseconds(kPasswordCheckWaitMs)))
        return fail(ErrorKind::kBusy, "Too many people sign in at once; try again in a moment.",
                    "busy");
    const bool right = crypto::verify_password(password, phc);
    checks_.release();
    return right;
}

base::Result<Auth::Attempt> Auth::attempt(std::string_view login, std::string_view password,
                                          std::string_view address, std::int64_t& retry_after_s) {
    const auto counter = [this](std::string_view kind, std::string_view value) {
        const auto hash = crypto::hmac_sha256(name_key_.bytes(), base::as_bytes(value));
        return std::string(kind) + base::to_hex(std::span(hash).first(16));
    };
    const base::UtcMs now = clock_.wall();
    Attempt attempt;
    std::string phc;
    {
        SHOWFLOOR_ASSIGN(auto reader, processor_.store().reader());
        if (login.size() <= kLongestLogin) attempt.user = user_by_login(reader.connection(), login);
        if (attempt.user) {
            SHOWFLOOR_ASSIGN(auto stored, password_hash_of(reader.connection(), attempt.user->id));
            phc = stored.value_or("");
        }
    }
    // One counter an account, whether the person types the e-mail address or the user name.
    const std::string account = attempt.user ? attempt.user->id.to_string() : lower(login);
    attempt.account_name = counter("login-account:", account);
    attempt.address_name = counter("login-address:", address);
    retry_after_s = limits_.take(attempt.address_name, kTries, now);
    if (retry_after_s == 0) {
        retry_after_s = limits_.take(attempt.account_name, kTries, now);
        if (retry_after_s != 0) limits_.give_back(attempt.address_name, kTries);
    }
    if (retry_after_s != 0)
        return fail(ErrorKind::kRefused, "Too many tries; wait, then try again.", "too_many_tries");
    auto right = verify(password, phc.empty() ? nobodys_hash_ : phc);
    if (!right) {
        forgive(attempt);
        return right.error();
    }
    attempt.right = *right && !phc.empty();
    if (attempt.right) {
        forgive(attempt);
    } else {
        SHOWFLOOR_TRY(note_failure(attempt));
    }
    return attempt;
}

void Auth::forgive(const Attempt& attempt) {
    limits_.give_back(attempt.account_name, kTries);
    limits_.give_back(attempt.address_name, kTries);
}

base::Result<void> Auth::note_failure(const Attempt& attempt) {
    SHOWFLOOR_ASSIGN(auto batch, processor_.batch(clock_.wall()));
    SHOWFLOOR_TRY(limits_.save(batch.connection(), attempt.account_name));
    SHOWFLOOR_TRY(limits_.save(batch.connection(), attempt.address_name));
    domain::History event;
    event.command = "sign_in_failed";
    if (attempt.user) {
        event.record = "user";
        event.record_id = attempt.user->id;
        event.branch_id = attempt.user->branch_id;
    }
    SHOWFLOOR_TRY(batch.note_event(std::move(event)));
    return batch.commit();
}

base::Result<domain::User> Auth::check_password(std::string_view login, std::string_view password,
                                                std::string_view address,
                                                std::int64_t& retry_after_s) {
    SHOWFLOOR_ASSIGN(Attempt tried, attempt(login, password, address, retry_after_s));
    if (!tried.right) return wrong_credentials();
    if (!is_active(*tried.user)) return inactive();
    return *std::move(tried.user);
}

base::Result<Tokens> Auth::login(std::string_view login, std::string_view password,
                                 std::string_view address, std::int64_t& retry_after_s) {
    SHOWFLOOR_ASSIGN(const domain::User user,
                     check_password(login, password, address, retry_after_s));
    const base::UtcMs now = clock_.wall();
    SHOWFLOOR_ASSIGN(auto batch, processor_.batch(now));
    SHOWFLOOR_TRY(note_sign_in(batch, user.id));
    const base::Uuid family = base::Uuid::v7(now, batch.random());
    // Room for one more: the sessions unused for longest end.
    SHOWFLOOR_TRY(batch.connection().run(
        "UPDATE auth_session SET ended_at = ?2, ended_why = 'too_many' WHERE family_id IN "
        "(SELECT family_id FROM auth_session WHERE user_id = ?1 AND ended_at = 0 "
        "ORDER BY refreshed_at DESC LIMIT -1 OFFSET ?3)",
        {Cell(user.id.to_string()), Cell(now), Cell(std::int64_t{kMaxSessionsPerUser - 1})}));
    SHOWFLOOR_TRY(batch.connection().run(
        "INSERT INTO auth_session (family_id, user_id, generation, signed_in_at, refreshed_at, "
        "expires_at) VALUES (?1, ?2, 1, ?3, ?3, ?4)",
        {Cell(family.to_string()), Cell(user.id.to_string()), Cell(now),
         Cell(now + kRefreshTokenMs)}));
    domain::History event;
    event.command = "sign_in";
    event.actor_id = event.record_id = user.id;
    event.record = "user";
    event.branch_id = user.branch_id;
    SHOWFLOOR_TRY(batch.note_event(std::move(event)));
    SHOWFLOOR_TRY(tell_of_sign_in(batch, user.id, address));
    SHOWFLOOR_TRY(batch.commit());
    return tokens_for(user, family, 1);
}

base::Result<void> Auth::tell_of_sign_in(Batch& batch, const base::Uuid& user_id,
                                         std::string_view address) {
    database::Connection& connection = batch.connection();
    const auto hash = crypto::hmac_sha256(name_key_.bytes(), base::as_bytes(address));
    const Cell user(user_id.to_string());
    const Cell hashed(base::to_hex(std::span(hash).first(16)));
    SHOWFLOOR_ASSIGN(
        const auto known,
        connection.rows("SELECT COUNT(*), COALESCE(SUM(address_hash = ?2), 0) FROM known_address "
                        "WHERE user_id = ?1",
                        {user, hashed}));
    const bool first = std::get<std::int64_t>(known[0][0]) == 0;
    const bool seen = std::get<std::int64_t>(known[0][1]) != 0;
    SHOWFLOOR_TRY(connection.run("INSERT OR REPLACE INTO known_address VALUES (?1, ?2, ?3)",
                                 {user, hashed, Cell(batch.now())}));
    SHOWFLOOR_TRY(connection.run(
        "DELETE FROM known_address WHERE user_id = ?1 AND address_hash NOT IN (SELECT address_hash "
        "FROM known_address WHERE user_id = ?1 ORDER BY seen_at DESC LIMIT ?2)",
        {user, Cell(std::int64_t{kMaxKnownAddresses})}));
    SHOWFLOOR_ASSIGN(const std::string notice, get_value(connection, "login_notice"));
    // The very first sign-in answers a letter of ours: it needs none.
    if (notice == "never" || (notice != "every" && (first || seen))) return {};
    return queue_mail(
        connection,
        {.kind = "login", .recipient_id = user_id, .secret = {{"address", std::string(address)}}},
        batch.now(), batch.random(), &mail_key_);
}

Tokens Auth::tokens_for(const domain::User& user, const base::Uuid& family,
                        std::int64_t generation) const {
    const base::UtcMs now = clock_.wall();
    const base::Json claims = {{"sub", user.id.to_string()},
                               {"kind", principal_kind(user.role)},
                               {"role", domain::kRoleNames[static_cast<std::size_t>(user.role)]},
                               {"sid", family.to_string()},
                               {"iat", now / 1000},
                               {"exp", (now + kAccessTokenMs) / 1000}};
    return {crypto::sign_token(claims, access_key_), refresh_token_of(family, generation),
            kAccessTokenMs / 1000, user.must_change_password, user.id};
}

std::string Auth::refresh_token_of(const base::Uuid& family, std::int64_t generation) const {
    const std::string name = family.to_string() + "." + std::to_string(generation);
    return name + "." +
           base::to_base64url(crypto::hmac_sha256(refresh_key_.bytes(), base::as_bytes(name)));
}

base::Result<Tokens> Auth::refresh(std::string_view refresh_token) {
    const auto claim = read_refresh_token(refresh_token);
    if (!claim) return token_invalid();
    const std::string genuine = refresh_token_of(claim->family, claim->generation);
    if (!crypto::equal_constant_time(base::as_bytes(genuine), base::as_bytes(refresh_token)))
        return token_invalid();
    const base::UtcMs now = clock_.wall();
    SHOWFLOOR_ASSIGN(auto batch, processor_.batch(now));
    const std::string family = claim->family.to_string();
    SHOWFLOOR_ASSIGN(const auto rows,
                     batch.connection().rows("SELECT user_id, generation, expires_at, ended_at "
                                             "FROM auth_session WHERE family_id = ?1",
                                             {Cell(family)}));
    if (rows.empty()) return session_ended();
    const auto& row = rows.front();
    if (std::get<std::int64_t>(row[3]) != 0) return session_ended();
    if (std::get<std::int64_t>(row[1]) != claim->generation) {
        // Two hold this family's tokens, and one of them is a thief: nobody goes on with it.
        SHOWFLOOR_TRY(batch.connection().run(
            "UPDATE auth_session SET ended_at = ?2, ended_why = 'reuse' WHERE family_id = ?1",
            {Cell(family), Cell(now)}));
        domain::History event;
        event.command = "token_reused";
        event.record = "user";
        event.record_id = base::Uuid::parse(std::get<std::string>(row[0])).value_or(base::Uuid{});
        SHOWFLOOR_TRY(batch.note_event(std::move(event)));
        SHOWFLOOR_TRY(batch.commit());
        return fail(ErrorKind::kRefused,
                    "This token was used before, so the session was ended; sign in again.",
                    "token_reused");
    }
    if (std::get<std::int64_t>(row[2]) <= now)
        return fail(ErrorKind::kRefused, "This session is over; sign in again.", "token_expired");
    const auto user = batch.world().get<domain::User>(
        base::Uuid::parse(std::get<std::string>(row[0])).value_or(base::Uuid{}));
    if (!user || !is_active(*user)) return inactive();
    SHOWFLOOR_TRY(batch.connection().run(
        "UPDATE auth_session SET generation = ?2, refreshed_at = ?3, expires_at = ?4 "
        "WHERE family_id = ?1",
        {Cell(family), Cell(claim->generation + 1), Cell(now), Cell(now + kRefreshTokenMs)}));
    SHOWFLOOR_TRY(batch.commit());
    return tokens_for(*user, claim->family, claim->generation + 1);
}

base::Result<void> Auth::logout(const Principal& principal) {
    const base::UtcMs now = clock_.wall();
    SHOWFLOOR_ASSIGN(auto batch, processor_.batch(now));
    SHOWFLOOR_TRY(batch.connection().run(
        "UPDATE auth_session SET ended_at = ?2, ended_why = 'logout' WHERE family_id = ?1",
        {Cell(principal.session.to_string()), Cell(now)}));
    domain::History event;
    event.command = "sign_out";
    event.actor_id = event.record_id = principal.actor.user_id;
    event.record = "user";
    event.branch_id = principal.actor.branch_id;
    SHOWFLOOR_TRY(batch.note_event(std::move(event)));
    return batch.commit();
}

base::Result<void> Auth::change_password(const Principal& principal, std::string_view former,
                                         std::string_view next, std::string_view address,
                                         std::int64_t& retry_after_s) {
    domain::User user;
    {
        SHOWFLOOR_ASSIGN(auto reader, processor_.store().reader());
        storage::SqliteWorld world(reader.connection());
        auto found = world.get<domain::User>(principal.actor.user_id);
        if (!found) return session_ended();
        user = *std::move(found);
    }
    SHOWFLOOR_TRY(check_new_password(next, user));
    if (former == next)
        return fail(ErrorKind::kInvalid, "The new password is the former one.",
                    "password_unchanged", "new_password");
    SHOWFLOOR_ASSIGN(const Attempt tried, attempt(user.username, former, address, retry_after_s));
    if (!tried.right) return wrong_credentials();
    SHOWFLOOR_ASSIGN(const std::string phc, crypto::hash_password(next, processor_.random()));
    SHOWFLOOR_ASSIGN(auto batch, processor_.batch(clock_.wall()));
    domain::Command noted;
    noted.name = "set_must_change_password";
    noted.args = {{"user_id", user.id.to_string()}, {"value", false}};
    const auto outcome = batch.run(std::move(noted), true);
    if (outcome.failure) return *outcome.failure;
    // After that: whoever still has a one-time password gets no verifier.
    SHOWFLOOR_TRY(set_password_hash(batch, user.id, phc));
    SHOWFLOOR_TRY(
        end_sessions_of(batch.connection(), user.id, "password", batch.now(), principal.session));
    SHOWFLOOR_TRY(queue_mail(batch.connection(),
                             {.kind = "password_changed", .recipient_id = user.id}, batch.now(),
                             batch.random()));
    return batch.commit();
}

base::Result<Auth::Claims> Auth::claims_of(std::string_view access_token) const {
    const base::UtcMs now = clock_.wall();
    std::string token(access_token);
    {
        const std::shared_lock lock(claims_mutex_);
        const auto known = claims_.find(token);
        if (known != claims_.end() && known->second.expires_at > now) return known->second;
    }
    SHOWFLOOR_ASSIGN(const base::Json json, crypto::verify_token(token, access_key_, now));
    const auto user_id = base::Uuid::parse(text_claim(json, "sub"));
    const auto family = base::Uuid::parse(text_claim(json, "sid"));
    if (!user_id || !family) return token_invalid();
    Claims claims{*user_id, *family, text_claim(json, "kind"),
                  json["exp"].get<std::int64_t>() * 1000};
    const std::lock_guard lock(claims_mutex_);
    if (claims_.size() >= kMaxKnownTokens) claims_.clear();
    claims_[std::move(token)] = claims;
    return claims;
}

base::Result<Principal> Auth::authenticate(database::Connection& connection,
                                           std::string_view access_token) const {
    SHOWFLOOR_ASSIGN(const Claims claims, claims_of(access_token));
    Principal principal;
    SHOWFLOOR_ASSIGN(
        auto statement,
        connection.prepare("SELECT s.ended_at, u.status, u.archived, u.role, u.branch_id, "
                           "u.must_change_password FROM auth_session s JOIN user u "
                           "ON u.id = s.user_id WHERE s.family_id = ?1 AND s.user_id = ?2"));
    statement.bind(1, claims.session.to_string()).bind(2, claims.user_id.to_string());
    SHOWFLOOR_ASSIGN(const bool found, statement.step());
    if (!found || statement.integer(0) != 0) return session_ended();
    if (statement.text(1) != "active" || statement.integer(2) != 0) return inactive();
    const auto role = domain::parse_role(statement.text(3));
    // A customer's token never works as staff, whatever became of the account since.
    if (!role || claims.kind != principal_kind(*role)) return token_invalid();
    principal.actor.user_id = claims.user_id;
    principal.actor.role = *role;
    principal.actor.branch_id = base::Uuid::parse(statement.text(4)).value_or(base::Uuid{});
    principal.session = claims.session;
    principal.must_change_password = statement.integer(5) != 0;
    return principal;
}

base::Result<void> end_sessions_of(database::Connection& connection, const base::Uuid& user_id,
                                   std::string_view why, base::UtcMs now,
                                   const base::Uuid& except) {
    return connection.run(
        "UPDATE auth_session SET ended_at = ?2, ended_why = ?3 "
        "WHERE user_id = ?1 AND ended_at = 0 AND family_id <> ?4",
        {Cell(user_id.to_string()), Cell(now), Cell(std::string(why)), Cell(except.to_string())});
}

base::Result<void> forget_old_sessions(database::Connection& connection, base::UtcMs now) {
    return connection.run("DELETE FROM auth_session WHERE expires_at < ?1",
                          {Cell(now - kEndedSessionKeptMs)});
}

}  // namespace showfloor::central
