#include "central/auth/accounts.hpp"

#include "base/encoding.hpp"
#include "central/auth/auth.hpp"
#include "central/auth/limits.hpp"
#include "central/auth/password_policy.hpp"
#include "central/credentials.hpp"
#include "central/mail/mail_queue.hpp"
#include "central/people.hpp"
#include "crypto/hash.hpp"
#include "crypto/password.hpp"

namespace showfloor::central {

namespace {

using base::ErrorKind;
using base::fail;
using database::Cell;

constexpr RateLimits::Rule kTries{kLoginTriesPerMinute, kLoginTriesPerHour, true};

base::Error code_wrong() {
    return fail(ErrorKind::kInvalid, "This code is not right, or no longer; ask for a new one.",
                "code_wrong", "code");
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

// "04711815": even for each of its hundred million values but for a part in a trillion.
std::string eight_figures(base::Random& random) {
    std::array<std::uint8_t, 8> bytes{};
    random.fill(bytes);
    std::uint64_t value = 0;
    for (const std::uint8_t byte : bytes)
        value = value << 8U | byte;
    std::string figures = std::to_string(value % 100'000'000);
    return std::string(8 - figures.size(), '0') + figures;
}

std::string figures_of(std::string_view typed) {
    std::string figures;
    for (const char c : typed) {
        if (c != ' ' && c != '-') figures += c;
    }
    return figures;
}

// By e-mail address alone: a user name is no secret and no mailbox.
std::optional<domain::User> active_user_of(domain::World& world, std::string_view email) {
    if (email.empty() || email.size() > kLongestLogin) return std::nullopt;
    auto user = world.find_one<domain::User>({{"email", domain::Value{lower(email)}}});
    if (!user || !is_active(*user)) return std::nullopt;
    return user;
}

base::Result<void> set_password(Batch& batch, const base::Uuid& user_id,
                                std::string_view password) {
    SHOWFLOOR_ASSIGN(const std::string phc, crypto::hash_password(password, batch.random()));
    SHOWFLOOR_TRY(run_own(batch, "set_must_change_password",
                          {{"user_id", user_id.to_string()}, {"value", false}}));
    return set_password_hash(batch, user_id, phc);
}

base::Result<void> note(Batch& batch, const char* event_name, const domain::User& user) {
    domain::History event;
    event.command = event_name;
    event.actor_id = event.record_id = user.id;
    event.record = "user";
    event.branch_id = user.branch_id;
    return batch.note_event(std::move(event));
}

}  // namespace

Accounts::Accounts(CommandProcessor& processor, RateLimits& limits, const crypto::Key256& token_key,
                   const base::Clock& clock)
    : processor_(processor),
      limits_(limits),
      name_key_(crypto::derive_key(token_key.bytes(), {}, "counter name")),
      code_key_(crypto::derive_key(token_key.bytes(), {}, "e-mail code")),
      mail_key_(mail_key(token_key)),
      clock_(clock) {}

std::string Accounts::counter(std::string_view what, std::string_view value) const {
    const auto hash = crypto::hmac_sha256(name_key_.bytes(), base::as_bytes(value));
    return std::string(what) + base::to_hex(std::span(hash).first(16));
}

base::Result<void> Accounts::count(std::string_view what, std::string_view account,
                                   std::string_view address, std::int64_t& retry_after_s) {
    const base::UtcMs now = clock_.wall();
    const std::string by_address = counter(std::string(what) + "-address:", address);
    const std::string by_account = counter(std::string(what) + "-account:", account);
    retry_after_s = limits_.take(by_address, kTries, now);
    if (retry_after_s == 0) {
        retry_after_s = limits_.take(by_account, kTries, now);
        if (retry_after_s != 0) limits_.give_back(by_address, kTries);
    }
    if (retry_after_s != 0)
        return fail(ErrorKind::kRefused, "Too many tries; wait, then try again.", "too_many_tries");
    SHOWFLOOR_ASSIGN(auto batch, processor_.batch(now));
    SHOWFLOOR_TRY(limits_.save(batch.connection(), by_address));
    SHOWFLOOR_TRY(limits_.save(batch.connection(), by_account));
    return batch.commit();
}

std::string Accounts::code_hash(const base::Uuid& user_id, std::string_view purpose,
                                std::string_view code) const {
    const std::string text =
        user_id.to_string() + "/" + std::string(purpose) + "/" + figures_of(code);
    return base::to_hex(crypto::hmac_sha256(code_key_.bytes(), base::as_bytes(text)));
}

base::Result<void> Accounts::make_code(Batch& batch, const base::Uuid& user_id,
                                       std::string_view purpose) {
    const std::string code = eight_figures(batch.random());
    const base::UtcMs expires_at = batch.now() + kEmailCodeMs;
    SHOWFLOOR_TRY(batch.connection().run(
        "INSERT OR REPLACE INTO auth_code (user_id, purpose, code_hash, expires_at, tries) "
        "VALUES (?1, ?2, ?3, ?4, 0)",
        {Cell(user_id.to_string()), Cell(std::string(purpose)),
         Cell(code_hash(user_id, purpose, code)), Cell(expires_at)}));
    return queue_mail(batch.connection(),
                      {.kind = purpose == "reset" ? "reset_code" : "verify_code",
                       .recipient_id = user_id,
                       .expires_at = expires_at,
                       .secret = {{"secret", code}}},
                      batch.now(), batch.random(), &mail_key_);
}

base::Result<bool> Accounts::try_code(Batch& batch, const base::Uuid& user_id,
                                      std::string_view purpose, std::string_view code) {
    const std::vector<Cell> key = {Cell(user_id.to_string()), Cell(std::string(purpose))};
    SHOWFLOOR_ASSIGN(const auto rows,
                     batch.connection().rows("SELECT code_hash, expires_at, tries FROM auth_code "
                                             "WHERE user_id = ?1 AND purpose = ?2",
                                             key));
    const std::string given = code_hash(user_id, purpose, code);
    if (rows.empty()) return false;
    const auto& stored = std::get<std::string>(rows[0][0]);
    if (std::get<std::int64_t>(rows[0][1]) <= batch.now() ||
        std::get<std::int64_t>(rows[0][2]) >= kTriesPerEmailCode)
        return false;
    if (crypto::equal_constant_time(base::as_bytes(stored), base::as_bytes(given))) return true;
    SHOWFLOOR_TRY(batch.connection().run(
        "UPDATE auth_code SET tries = tries + 1 WHERE user_id = ?1 AND purpose = ?2", key));
    return false;
}

base::Result<void> Accounts::drop_code(Batch& batch, const base::Uuid& user_id,
                                       std::string_view purpose) {
    return batch.connection().run("DELETE FROM auth_code WHERE user_id = ?1 AND purpose = ?2",
                                  {Cell(user_id.to_string()), Cell(std::string(purpose))});
}

base::Result<base::Uuid> Accounts::register_customer(base::Json fields, std::string_view password,
                                                     std::string_view address,
                                                     std::int64_t& retry_after_s) {
    SHOWFLOOR_TRY(
        count("register", lower(base::text_member(fields, "email")), address, retry_after_s));
    domain::User named;
    named.username = base::text_member(fields, "username");
    named.email = base::text_member(fields, "email");
    named.first_name = base::text_member(fields, "first_name");
    named.last_name = base::text_member(fields, "last_name");
    auto good = check_new_password(password, named);
    if (!good) {
        base::Error error = good.error();
        error.field = "password";
        return error;
    }
    SHOWFLOOR_ASSIGN(auto batch, processor_.batch(clock_.wall()));
    const base::Uuid id = base::Uuid::v7(batch.now(), batch.random());
    fields["id"] = id.to_string();
    fields["role"] = "customer";
    SHOWFLOOR_TRY(run_own(batch, "create_user", std::move(fields)));
    SHOWFLOOR_TRY(set_password(batch, id, password));
    SHOWFLOOR_TRY(make_code(batch, id, "verify"));
    SHOWFLOOR_TRY(batch.commit());
    return id;
}

base::Result<void> Accounts::send_reset_code(std::string_view email, std::string_view address,
                                             std::int64_t& retry_after_s) {
    SHOWFLOOR_TRY(count("reset", lower(email), address, retry_after_s));
    SHOWFLOOR_ASSIGN(auto batch, processor_.batch(clock_.wall()));
    const auto user = active_user_of(batch.world(), email);
    const base::Uuid nobody;
    SHOWFLOOR_TRY(make_code(batch, user ? user->id : nobody, "reset"));
    if (!user) {
        // The same work as for somebody, then taken back: the time says nothing.
        SHOWFLOOR_TRY(drop_code(batch, nobody, "reset"));
        SHOWFLOOR_TRY(batch.connection().run("DELETE FROM mail WHERE recipient_id = ?1",
                                             {Cell(nobody.to_string())}));
    }
    return batch.commit();
}

base::Result<void> Accounts::reset_password(std::string_view email, std::string_view code,
                                            std::string_view next, std::string_view address,
                                            std::int64_t& retry_after_s) {
    SHOWFLOOR_TRY(count("code", lower(email), address, retry_after_s));
    SHOWFLOOR_ASSIGN(auto batch, processor_.batch(clock_.wall()));
    const auto user = active_user_of(batch.world(), email);
    SHOWFLOOR_ASSIGN(const bool right,
                     try_code(batch, user ? user->id : base::Uuid{}, "reset", code));
    if (!user || !right) {
        SHOWFLOOR_TRY(batch.commit());  // the try counts
        return code_wrong();
    }
    SHOWFLOOR_TRY(check_new_password(next, *user));
    SHOWFLOOR_TRY(drop_code(batch, user->id, "reset"));
    SHOWFLOOR_TRY(set_password(batch, user->id, next));
    // Who reads this mailbox has just proved it.
    if (user->email_verified_at == 0)
        SHOWFLOOR_TRY(run_own(batch, "note_email_verified", {{"user_id", user->id.to_string()}}));
    SHOWFLOOR_TRY(end_sessions_of(batch.connection(), user->id, "password", batch.now()));
    SHOWFLOOR_TRY(note(batch, "password_reset", *user));
    SHOWFLOOR_TRY(queue_mail(batch.connection(),
                             {.kind = "password_changed", .recipient_id = user->id}, batch.now(),
                             batch.random()));
    return batch.commit();
}

base::Result<void> Accounts::send_verify_code(const base::Uuid& user_id, std::string_view address,
                                              std::int64_t& retry_after_s) {
    SHOWFLOOR_TRY(count("verify", user_id.to_string(), address, retry_after_s));
    SHOWFLOOR_ASSIGN(auto batch, processor_.batch(clock_.wall()));
    SHOWFLOOR_TRY(make_code(batch, user_id, "verify"));
    return batch.commit();
}

base::Result<void> Accounts::verify_email(const base::Uuid& user_id, std::string_view code,
                                          std::string_view address, std::int64_t& retry_after_s) {
    SHOWFLOOR_TRY(count("code", user_id.to_string(), address, retry_after_s));
    SHOWFLOOR_ASSIGN(auto batch, processor_.batch(clock_.wall()));
    SHOWFLOOR_ASSIGN(const bool right, try_code(batch, user_id, "verify", code));
    if (right) {
        SHOWFLOOR_TRY(drop_code(batch, user_id, "verify"));
        SHOWFLOOR_TRY(run_own(batch, "note_email_verified", {{"user_id", user_id.to_string()}}));
    }
    SHOWFLOOR_TRY(batch.commit());
    if (!right) return code_wrong();
    return {};
}

base::Result<void> forget_old_codes(database::Connection& connection, base::UtcMs now) {
    return connection.run("DELETE FROM auth_code WHERE expires_at < ?1", {Cell(now)});
}

}  // namespace showfloor::central
