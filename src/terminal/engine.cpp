#include "terminal/engine.hpp"

#include "base/log.hpp"
#include "terminal/enrolment.hpp"
#include "terminal/limits.hpp"

namespace showfloor::terminal {

namespace {

constexpr std::int64_t kLoginTimeoutMs = 8'000;  // a seller waits with a customer beside them
constexpr std::size_t kLoginAnswerBytes = 64 * 1024;

// Whom central let in; nil when its answer cannot be read.
base::Uuid user_of(const std::string& login_answer) {
    const auto answer = base::parse_json(login_answer, kLoginAnswerBytes);
    const std::string id = answer ? base::text_member(*answer, "user_id") : std::string();
    return base::Uuid::parse(id).value_or(base::Uuid{});
}

sync::Request rest_request(const char* path, const base::Json& body) {
    sync::Request request;
    request.method = "POST";
    request.path = path;
    request.headers = {{"Content-Type", "application/json"}};
    request.body = base::dump_json(body);
    request.timeout_ms = kLoginTimeoutMs;
    request.most_bytes = kLoginAnswerBytes;
    return request;
}

// Why a password was not changed, for a person.
base::Error password_problem(const sync::Completion& completion) {
    const auto* reply = std::get_if<sync::Reply>(&completion.result);
    if (reply == nullptr) {
        return base::fail(base::ErrorKind::kUnreachable,
                          "A password is changed at central, and central is not reachable now.",
                          "offline");
    }
    const auto problem = base::parse_json(reply->body, kLoginAnswerBytes);
    const std::string code = problem ? base::text_member(*problem, "code") : std::string();
    const std::string detail = problem ? base::text_member(*problem, "detail") : std::string();
    if (reply->status == 401 || code == "wrong_password")
        return base::fail(base::ErrorKind::kRefused, "The former password is not right.",
                          "wrong_password");
    if (reply->status == 429)
        return base::fail(base::ErrorKind::kRefused, "Too many tries. Wait a minute.", "locked");
    if (reply->status == 422)
        return base::fail(base::ErrorKind::kInvalid,
                          detail.empty() ? "The new password is too weak." : detail,
                          code.empty() ? "weak_password" : code);
    return base::fail(base::ErrorKind::kUnreachable,
                      "Central could not change the password; try again in a moment.",
                      "central_error");
}

}  // namespace

Engine::Engine(Parts parts) : parts_(std::move(parts)) {}

Engine::~Engine() {
    if (sync_) sync_->save_clock();
}

base::Result<std::unique_ptr<Engine>> Engine::open(Parts parts) {
    auto engine = std::unique_ptr<Engine>(new Engine(std::move(parts)));
    SHOWFLOOR_TRY(engine->start());
    return engine;
}

base::Result<void> Engine::start() {
    const DataFolder& folder = parts_.folder;
    SHOWFLOOR_ASSIGN(identity_, folder.identity());
    SHOWFLOOR_TRY(folder.create());
    SHOWFLOOR_ASSIGN(key_, folder.terminal_key());
    SHOWFLOOR_ASSIGN(const crypto::Key256 storage_key, folder.storage_key());
    sealer_ = std::make_unique<sync::KeySealer>(storage_key, parts_.random);
    SHOWFLOOR_ASSIGN(outbox_, sync::Outbox::open(folder.outbox(), *sealer_));
    const sync::Identity who{identity_.terminal_id, identity_.terminal_code, identity_.branch_id,
                             identity_.branch_code};
    if (!outbox_->enrolled()) SHOWFLOOR_TRY(outbox_->enrol(who));
    if (outbox_->state().identity.terminal_id != identity_.terminal_id) {
        return base::fail(base::ErrorKind::kDamaged,
                          "The enrolment of " + folder.path +
                              " was cut off halfway; enrol it again with a new code. What waits "
                              "in it stays and is sent then.",
                          "enrolled_halfway");
    }
    database::Options cache;
    cache.cache_kib = kEngineCacheKib;
    cache.synchronous = database::Synchronous::kNormal;  // replica.db may be lost at any time
    SHOWFLOOR_ASSIGN(
        replica_, sync::Replica::open(folder.replica(), *sealer_, *outbox_, cache, parts_.check));
    SHOWFLOOR_ASSIGN(images_, sync::ImageCache::open(folder.blobs()));
    sync_ = std::make_unique<sync::SyncEngine>(
        sync::SyncEngine::Parts{*outbox_, *replica_, *images_, *parts_.sync, parts_.clock,
                                parts_.random, *key_, folder.path, parts_.pull_limit});
    accounts_ = std::make_unique<Accounts>(*outbox_, *replica_, *key_);
    return {};
}

std::int64_t Engine::tick() {
    for (const auto& completion : parts_.rest->poll()) {
        const auto found = asked_.find(completion.ticket);
        if (found == asked_.end()) continue;
        const auto answer = std::move(found->second);
        asked_.erase(found);
        answer(completion);
    }
    renew_when_due();
    return sync_->tick();
}

void Engine::ask(sync::Request request, std::function<void(const sync::Completion&)> answer) {
    asked_.emplace(parts_.rest->start(std::move(request)), std::move(answer));
}

void Engine::renew_when_due() {
    if (parts_.clock.boot_ms() < next_renewal_check_) return;
    next_renewal_check_ = parts_.clock.boot_ms() + kRenewalCheckMs;
    auto due = renewal_due(parts_.folder, trusted_now());
    if (!due || !*due) {
        if (!due) base::log(base::LogLevel::kWarning, "renewal", {{"error", due.error().message}});
        return;
    }
    sync::Request request;
    request.method = "POST";
    request.path = "/api/v1/renew";
    request.headers = {{"Content-Type", "application/json"}};
    request.body = std::move(**due);
    request.timeout_ms = kLoginTimeoutMs;
    request.most_bytes = kLoginAnswerBytes;
    renewing_ = true;
    ask(std::move(request), [this](const sync::Completion& completion) {
        renewing_ = false;
        const auto* reply = std::get_if<sync::Reply>(&completion.result);
        if (reply == nullptr || reply->status != 200) return;  // asked again at the next check
        const auto stored = store_renewed(parts_.folder, reply->body);
        if (!stored)
            base::log(base::LogLevel::kWarning, "renewal", {{"error", stored.error().message}});
        renewed_ = stored.ok();
    });
}

base::Result<sync::Submitted> Engine::submit(domain::Command draft,
                                             const std::optional<Person>& actor,
                                             const std::optional<Person>& approver) {
    draft.actor_id = actor ? actor->user_id : base::Uuid{};
    draft.actor_role =
        domain::kRoleNames[static_cast<std::size_t>(actor ? actor->role : domain::Role::kNobody)];
    draft.co_actor_id = approver ? approver->user_id : base::Uuid{};
    const auto* spec = domain::find_command(draft.name);
    if (spec != nullptr && spec->args->find("id") != nullptr && draft.args.is_object() &&
        !draft.args.contains("id"))
        draft.args["id"] = base::Uuid::v7(now(), parts_.random).to_string();
    if (draft.occurred_at == 0) draft.occurred_at = now();  // prices depend on the day
    if (draft.terms.empty()) {
        // A draft that cannot be priced goes on without terms, and execute() says why not.
        domain::Context context;
        context.terminal_id = identity_.terminal_id;
        context.origin = identity_.terminal_code;
        if (auto terms = domain::quote_terms(world(), draft, context))
            draft.terms = std::move(*terms);
    }
    SHOWFLOOR_ASSIGN(auto submitted, replica_->submit(std::move(draft), now(), parts_.random));
    if (submitted.outcome.applied()) sync_->tick();  // pushed at once
    return submitted;
}

void Engine::sign_in(const std::string& login, const std::string& password, SignedIn done) {
    auto here = accounts_->check(login, password, account_time());
    if (here || here.error().code != "unknown_here") {
        done(std::move(here));
        return;
    }
    sync::Request request =
        rest_request("/api/v1/auth/login", {{"login", login}, {"password", password}});
    ask(std::move(request), [this, login, done = std::move(done)](const auto& completion) {
        answer_sign_in(login, done, completion);
    });
}

void Engine::sign_in_by_pin(const std::string& login, const std::string& pin,
                            const SignedIn& done) {
    done(accounts_->check_pin(login, pin, account_time()));
}

base::Result<void> Engine::set_pin(const base::Uuid& user_id, std::string_view pin) {
    return accounts_->set_pin(user_id, pin, parts_.random, trusted_now());
}

void Engine::change_password(const Person& person, const std::string& former,
                             const std::string& fresh,
                             std::function<void(base::Result<void>)> done) {
    // A session of its own, made with the former password and ended with the change.
    sync::Request login =
        rest_request("/api/v1/auth/login", {{"login", person.username}, {"password", former}});
    ask(std::move(login),
        [this, person, former, fresh, done = std::move(done)](const sync::Completion& completion) {
            const auto* reply = std::get_if<sync::Reply>(&completion.result);
            if (reply == nullptr || reply->status != 200) {
                done(password_problem(completion));
                return;
            }
            const auto answer = base::parse_json(reply->body, kLoginAnswerBytes);
            sync::Request change = rest_request("/api/v1/auth/password",
                                                {{"password", former}, {"new_password", fresh}});
            change.headers.emplace_back(
                "Authorization",
                "Bearer " + (answer ? base::text_member(*answer, "access_token") : std::string()));
            ask(std::move(change), [this, person, done](const sync::Completion& changed) {
                const auto* said = std::get_if<sync::Reply>(&changed.result);
                if (said == nullptr || said->status != 204) {
                    done(password_problem(changed));
                    return;
                }
                (void)accounts_->drop_pin(person.user_id);
                sync_->sync_now();  // brings the new verifier
                done({});
            });
        });
}

void Engine::answer_sign_in(const std::string& login, const SignedIn& done,
                            const sync::Completion& completion) {
    if (std::holds_alternative<sync::Failure>(completion.result)) {
        // Without central an unknown name must not be told from a wrong password.
        done(accounts_->count_wrong_try(login, trusted_now()));
        return;
    }
    const auto& reply = std::get<sync::Reply>(completion.result);
    if (reply.status == 200) {
        sync_->sync_now();  // brings the verifier
        done(accounts_->accept(login, user_of(reply.body), account_time()));
    } else if (reply.status == 401 || reply.status == 403) {
        done(accounts_->count_wrong_try(login, trusted_now()));
    } else if (reply.status == 429) {
        done(base::fail(base::ErrorKind::kRefused,
                        "Too many tries for this name. Wait a minute, then try again.", "locked",
                        "1"));
    } else {
        done(base::fail(base::ErrorKind::kUnreachable,
                        "Central could not check this sign-in; try again in a moment.",
                        "no_central"));
    }
}

Accounts::Now Engine::account_time() const {
    return {trusted_now(), sync_->status().last_contact_at};
}

base::Result<base::Json> Engine::status() {
    const auto sync = sync_->status();
    base::Json rows = base::Json::object();
    SHOWFLOOR_ASSIGN(const auto counts, replica_->store().counts());
    for (const auto& [record, count] : counts)
        rows[std::string(record)] = count;
    return base::Json{
        {"enrolled", true},
        {"terminal", identity_.terminal_code},
        {"branch", identity_.branch_code},
        {"central", identity_.sync_url},
        {"online", sync.online},
        {"settled", sync_->settled()},
        {"cause", sync.cause},
        {"message", sync.sentence},
        {"epoch", sync.epoch},
        {"cursor", sync.cursor},
        {"pending", sync.counts.pending},
        {"in_doubt", sync.counts.in_doubt},
        {"refused", sync.counts.refused},
        {"disputed", sync.counts.disputed},
        {"oldest_pending_at", sync.counts.oldest_pending_at},
        {"last_contact_at", sync.last_contact_at},
        {"clock_skew_ms", sync.clock_skew_ms},
        {"rows", rows},
        {"blobs",
         {{"have", sync.blobs_have}, {"missing", sync.blobs_missing}, {"bytes", sync.blobs_bytes}}},
    };
}

}  // namespace showfloor::terminal
