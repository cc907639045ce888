#include "terminal/accounts.hpp"

#include <algorithm>
#include <cctype>

#include "base/encoding.hpp"
#include "crypto/password.hpp"
#include "crypto/seal.hpp"
#include "terminal/limits.hpp"

namespace showfloor::terminal {

namespace {

constexpr std::int64_t kMinuteMs = 60'000;
constexpr std::int64_t kDayMs = 24 * 60 * kMinuteMs;
constexpr std::size_t kMaxLogin = 254;

std::string lower(std::string_view text) {
    std::string result(text.substr(0, kMaxLogin));
    std::transform(result.begin(), result.end(), result.begin(), [](char c) {
        return static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    });
    return result;
}

std::string minutes(std::int64_t ms) {
    const std::int64_t count = (ms + kMinuteMs - 1) / kMinuteMs;
    return std::to_string(count) + (count == 1 ? " minute" : " minutes");
}

}  // namespace

std::optional<base::Error> Accounts::locked(std::string_view key, base::UtcMs trusted_now) {
    const auto lock = outbox_.sign_in_lock(key);
    if (!lock) return lock.error();
    if (lock->locked_until <= trusted_now) return std::nullopt;
    return base::fail(base::ErrorKind::kRefused,
                      "Too many wrong tries. Wait " + minutes(lock->locked_until - trusted_now) +
                          ", then try again.",
                      "locked");
}

base::Result<Person> Accounts::check(std::string_view login, std::string_view password,
                                     const Now& now) {
    const std::string key = lower(login);
    if (auto refusal = locked(key, now.trusted)) return *refusal;
    const auto user = find(login);
    std::optional<domain::Verifier> verifier;
    if (user) {
        verifier = replica_.world().find_one<domain::Verifier>({{"user_id", user->id.to_string()}});
        if (verifier && verifier->archived) verifier.reset();
    }
    if (!verifier) {
        return base::fail(base::ErrorKind::kRefused, "Only central can tell.", "unknown_here");
    }
    const auto wrapped = base::from_base64(verifier->wrapped);
    auto hash = wrapped ? crypto::unwrap(key_, *wrapped)
                        : base::Result<base::Bytes>(base::fail("not base64"));
    if (!hash) {
        return base::fail(base::ErrorKind::kDamaged,
                          "What is stored for this person here cannot be read; sign in while "
                          "the network is there, or ask an administrator.",
                          "unknown_here");
    }
    std::string phc = base::as_text(*hash);
    const bool right = crypto::verify_password(password, phc);
    crypto::wipe(phc);
    crypto::wipe(*hash);
    if (!right) return count_wrong_try(login, now.trusted);
    SHOWFLOOR_TRY(outbox_.sign_in_succeeded(key));
    return person_of(*user, now);
}

base::Error Accounts::count_wrong_try(std::string_view login, base::UtcMs trusted_now) {
    const auto lock = outbox_.sign_in_failed(lower(login), trusted_now);
    if (!lock) return lock.error();
    if (lock->locked_until > trusted_now) {
        return base::fail(base::ErrorKind::kRefused,
                          "Wrong name or password. Too many tries: wait " +
                              minutes(lock->locked_until - trusted_now) + ".",
                          "locked");
    }
    const int left = kTriesBeforeLock - lock->failures % kTriesBeforeLock;
    return base::fail(base::ErrorKind::kRefused,
                      "Wrong name or password. " + std::to_string(left) +
                          (left == 1 ? " try left, then a wait." : " tries left, then a wait.") +
                          " The first sign-in at a branch needs the network.",
                      "wrong_password");
}

base::Result<Person> Accounts::accept(std::string_view login, const base::Uuid& user_id,
                                      const Now& now) {
    SHOWFLOOR_TRY(outbox_.sign_in_succeeded(lower(login)));
    const auto user = replica_.world().get<domain::User>(user_id);
    if (!user || user->archived || user->status != domain::UserStatus::kActive) {
        return base::fail(base::ErrorKind::kRefused,
                          "You may sign in, but not at this branch's terminals.", "other_branch");
    }
    return person_of(*user, now);
}

std::vector<SignInTile> Accounts::tiles() {
    std::vector<SignInTile> tiles;
    for (const auto& user : replica_.world().find<domain::User>({.order_by = "first_name"})) {
        if (user.archived || !user.show_at_sign_in || user.status != domain::UserStatus::kActive)
            continue;
        tiles.push_back({user.username, user.first_name, user.last_name,
                         std::string(domain::kRoleNames[static_cast<std::size_t>(user.role)]),
                         user.image});
    }
    return tiles;
}

std::optional<domain::User> Accounts::find(std::string_view login) {
    const std::string wanted = lower(login);
    // A branch has tens of people: reading them all costs less than an index that ignores case.
    for (auto& user : replica_.world().find<domain::User>({})) {
        if (lower(user.username) == wanted && !user.archived &&
            user.status == domain::UserStatus::kActive)
            return std::move(user);
    }
    return std::nullopt;
}

Person Accounts::person_of(const domain::User& user, const Now& now) {
    Person person;
    person.user_id = user.id;
    person.branch_id = user.branch_id;
    person.role = user.role;
    person.first_name = user.first_name;
    person.last_name = user.last_name;
    person.username = user.username;
    if (const auto branch = replica_.world().get<domain::Branch>(user.branch_id))
        person.branch_name = branch->name;
    person.offline_warning =
        now.last_contact != 0 && now.trusted - now.last_contact > kOfflineWarnDays * kDayMs;
    return person;
}

}  // namespace showfloor::terminal
