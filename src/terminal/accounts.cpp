#include "terminal/accounts.hpp"

#include <algorithm>
#include <cctype>

#include "base/encoding.hpp"
#include "base/json.hpp"
#include "base/log.hpp"
#include "crypto/hash.hpp"
#include "crypto/password.hpp"
#include "crypto/seal.hpp"
#include "terminal/limits.hpp"
#include "text/format.hpp"
#include "text/zone.hpp"

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

constexpr std::size_t kPinDigits = 6;
constexpr std::size_t kMostPinBytes = 2'000;

std::int64_t whole_minutes(std::int64_t ms) {
    return (ms + kMinuteMs - 1) / kMinuteMs;
}

std::string counted(std::int64_t count, std::string_view noun) {
    return std::to_string(count) + " " + std::string(noun) + (count == 1 ? "" : "s");
}

// 000000, 123456, 654321 are the first ones tried by a stranger.
bool is_weak(std::string_view pin) {
    bool same = true, up = true, down = true;
    for (std::size_t i = 1; i < pin.size(); ++i) {
        same = same && pin[i] == pin[i - 1];
        up = up && pin[i] == pin[i - 1] + 1;
        down = down && pin[i] == pin[i - 1] - 1;
    }
    return same || up || down;
}

// Suppliers and customers use central's API only, also when their login belongs to this branch.
bool works_here(const domain::User& user) {
    return !user.archived && user.status == domain::UserStatus::kActive &&
           user.role != domain::Role::kSupplier && user.role != domain::Role::kCustomer;
}

base::Error no_pin() {
    return base::fail(base::ErrorKind::kRefused,
                      "There is no PIN for today here; sign in with the password.", "no_pin");
}

}  // namespace

std::int64_t Accounts::day_here(base::UtcMs at) {
    const auto here = replica_.world().get<domain::Branch>(outbox_.state().identity.branch_id);
    const text::CivilTime day =
        text::civil_time(at, text::utc_offset_minutes(here ? here->time_zone : std::string(), at));
    return day.year * 10'000L + day.month * 100L + day.day;
}

std::optional<base::Error> Accounts::locked(std::string_view key, base::UtcMs trusted_now) {
    const auto lock = outbox_.sign_in_lock(key);
    if (!lock) return lock.error();
    if (lock->locked_until <= trusted_now) return std::nullopt;
    const std::int64_t wait = whole_minutes(lock->locked_until - trusted_now);
    return base::fail(base::ErrorKind::kRefused,
                      "Too many wrong tries. Wait " + counted(wait, "minute") + ", then try again.",
                      "locked", std::to_string(wait));
}

base::Result<std::string> Accounts::password_hash(const domain::User& user) {
    auto verifier = replica_.world().find_one<domain::Verifier>({{"user_id", user.id.to_string()}});
    if (!verifier || verifier->archived) {
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
    crypto::wipe(*hash);
    return phc;
}

base::Result<Person> Accounts::check(std::string_view login, std::string_view password,
                                     const Now& now) {
    const std::string key = lower(login);
    if (auto refusal = locked(key, now.trusted)) return *refusal;
    const auto user = find(login);
    if (!user)
        return base::fail(base::ErrorKind::kRefused, "Only central can tell.", "unknown_here");
    SHOWFLOOR_ASSIGN(std::string phc, password_hash(*user));
    const bool right = crypto::verify_password(password, phc);
    crypto::wipe(phc);
    if (!right) return count_wrong_try(login, now.trusted);
    Person person = person_of(*user, now);
    if (person.offline_too_long) {
        SHOWFLOOR_ASSIGN(const bool known, outbox_.signed_in_before(user->id));
        if (!known)
            return base::fail(base::ErrorKind::kRefused,
                              "This terminal has not reached central for " +
                                  counted(person.offline_days, "day") +
                                  ": only people who signed in here before may go on. Connect the "
                                  "network, then sign in.",
                              "offline_too_long", std::to_string(person.offline_days));
        base::log(base::LogLevel::kWarning, "offline_too_long",
                  {{"days", std::to_string(person.offline_days)}});
    }
    SHOWFLOOR_TRY(outbox_.sign_in_succeeded(key, user->id, now.trusted));
    return person;
}

// ---- PIN

base::Result<void> Accounts::set_pin(const base::Uuid& user_id, std::string_view pin,
                                     base::Random& random, base::UtcMs trusted_now) {
    const bool digits = pin.size() == kPinDigits && std::all_of(pin.begin(), pin.end(), [](char c) {
                            return c >= '0' && c <= '9';
                        });
    if (!digits || is_weak(pin)) {
        return base::fail(base::ErrorKind::kInvalid,
                          "A PIN has six digits, not all alike and not in a row.", "weak_pin");
    }
    const auto user = replica_.world().get<domain::User>(user_id);
    if (!user)
        return base::fail(base::ErrorKind::kNotFound, "This person is not here.", "no_verifier");
    auto password = password_hash(*user);
    if (!password) {
        return base::fail(base::ErrorKind::kRefused,
                          "A PIN can be set once this terminal knows you; try again after the "
                          "next sync.",
                          "no_verifier");
    }
    SHOWFLOOR_ASSIGN(const std::string hash, crypto::hash_password(pin, random));
    const base::Json body = {{"hash", hash},
                             {"day", day_here(trusted_now)},
                             {"password", base::to_hex(crypto::sha256(*password))}};
    crypto::wipe(*password);
    return outbox_.save_pin(user_id, base::dump_json(body), trusted_now);
}

base::Result<std::string> Accounts::pin_hash(const domain::User& user, base::UtcMs trusted_now) {
    SHOWFLOOR_ASSIGN(const auto body, outbox_.pin(user.id));
    if (!body) return no_pin();
    auto password = password_hash(user);
    const auto json = base::parse_json(*body, kMostPinBytes);
    const bool good =
        password && json && json->contains("day") && (*json)["day"].is_number_integer() &&
        (*json)["day"].get<std::int64_t>() == day_here(trusted_now) &&
        base::text_member(*json, "password") == base::to_hex(crypto::sha256(*password));
    if (password) crypto::wipe(*password);
    if (good) return base::text_member(*json, "hash");
    SHOWFLOOR_TRY(outbox_.remove_pin(user.id));
    return no_pin();
}

base::Result<Person> Accounts::check_pin(std::string_view login, std::string_view pin,
                                         const Now& now) {
    const std::string key = lower(login);
    if (auto refusal = locked(key, now.trusted)) return *refusal;
    const auto user = find(login);
    if (!user) {
        // Deactivated meanwhile: whoever comes back types the password first.
        for (const auto& gone : replica_.world().find<domain::User>({}))
            if (lower(gone.username) == key) SHOWFLOOR_TRY(outbox_.remove_pin(gone.id));
        return no_pin();
    }
    SHOWFLOOR_ASSIGN(const std::string hash, pin_hash(*user, now.trusted));
    if (!crypto::verify_password(pin, hash)) return count_wrong_try(login, now.trusted);
    SHOWFLOOR_TRY(outbox_.sign_in_succeeded(key, user->id, now.trusted));
    Person person = person_of(*user, now);
    person.by_pin = true;
    return person;
}

base::Error Accounts::count_wrong_try(std::string_view login, base::UtcMs trusted_now) {
    const auto lock = outbox_.sign_in_failed(lower(login), trusted_now);
    if (!lock) return lock.error();
    if (lock->locked_until > trusted_now) {
        const std::int64_t wait = whole_minutes(lock->locked_until - trusted_now);
        return base::fail(
            base::ErrorKind::kRefused,
            "Wrong name or password. Too many tries: wait " + counted(wait, "minute") + ".",
            "locked", std::to_string(wait));
    }
    const int left = kTriesBeforeLock - lock->failures % kTriesBeforeLock;
    return base::fail(base::ErrorKind::kRefused,
                      "Wrong name or password. " + std::to_string(left) +
                          (left == 1 ? " try left, then a wait." : " tries left, then a wait.") +
                          " The first sign-in at a branch needs the network.",
                      "wrong_password", std::to_string(left));
}

base::Result<Person> Accounts::accept(std::string_view login, const base::Uuid& user_id,
                                      const Now& now) {
    if (!replica_.filled())
        return base::fail(base::ErrorKind::kRefused,
                          "Your sign-in is right, but this terminal is still fetching the branch's "
                          "data; try again in a moment.",
                          "not_filled");
    const auto user = replica_.world().get<domain::User>(user_id);
    if (!user || !works_here(*user)) {
        return base::fail(base::ErrorKind::kRefused,
                          "You may sign in, but not at this branch's terminals.", "other_branch");
    }
    SHOWFLOOR_TRY(outbox_.sign_in_succeeded(lower(login), user_id, now.trusted));
    return person_of(*user, now);
}

std::vector<SignInTile> Accounts::tiles(base::UtcMs trusted_now) {
    std::vector<SignInTile> tiles;
    for (const auto& user : replica_.world().find<domain::User>({.order_by = "first_name"})) {
        if (user.archived || !user.show_at_sign_in || user.status != domain::UserStatus::kActive)
            continue;
        tiles.push_back({user.username, user.first_name, user.last_name,
                         std::string(domain::kRoleNames[static_cast<std::size_t>(user.role)]),
                         user.image, pin_hash(user, trusted_now).ok()});
    }
    return tiles;
}

std::optional<domain::User> Accounts::find(std::string_view login) {
    const std::string wanted = lower(login);
    // A branch has tens of people: reading them all costs less than an index that ignores case.
    for (auto& user : replica_.world().find<domain::User>({})) {
        if (lower(user.username) == wanted && works_here(user)) return std::move(user);
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
    if (now.last_contact == 0) return person;
    const std::int64_t away = now.trusted - now.last_contact;
    const auto here = replica_.world().get<domain::Branch>(outbox_.state().identity.branch_id);
    const std::int64_t limit =
        here ? here->offline_sign_in_days : domain::Branch{}.offline_sign_in_days;
    person.offline_days = away / kDayMs;
    person.offline_warning = away > kOfflineWarnDays * kDayMs;
    person.offline_too_long = away > limit * kDayMs;
    return person;
}

}  // namespace showfloor::terminal
