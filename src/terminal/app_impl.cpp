#include "terminal/app_impl.hpp"

#include <algorithm>
#include <filesystem>
#include <tuple>
#include <utility>

namespace showfloor::terminal {

namespace {

// The time of the last contact is shown only while there is none.
bool shows_the_same(const LinkStatus& a, const LinkStatus& b) {
    const auto shown = [](const LinkStatus& link) {
        return std::tuple(link.enrolled, link.online, link.cause, link.pending, link.in_doubt,
                          link.refused, link.disputed, link.attention, link.filling,
                          link.blobs_have, link.blobs_missing, link.car_taken,
                          link.online ? 0 : link.last_contact_at);
    };
    return shown(a) == shown(b);
}

bool may_take_approver(std::string_view command) {
    const auto* spec = domain::find_command(command);
    return spec != nullptr && std::find(spec->refusals.begin(), spec->refusals.end(),
                                        domain::Code::kApproverMissing) != spec->refusals.end();
}

}  // namespace

base::Error stuck() {
    return base::fail(base::ErrorKind::kBusy,
                      "The terminal is busy and did not take this. Nothing was done; try again.",
                      "busy");
}

base::Result<std::unique_ptr<App>> App::open(Options options) {
    auto app = std::make_unique<AppImpl>(std::move(options));
    SHOWFLOOR_TRY(app->start());
    return std::unique_ptr<App>(std::move(app));
}

AppImpl::AppImpl(Options options)
    : options_(std::move(options)),
      folder_{options_.folder},
      catalogue_(std::make_shared<Catalogue>()),
      car_images_(options_.wake) {}

AppImpl::~AppImpl() {
    server_.reset();
    engine_.reset();
    reads_.close();
    ending_ = true;
    errands_.close();
    while (reads_.try_pop()) {
    }
    while (errands_.try_pop()) {
    }
    if (reader_.joinable()) reader_.join();
    if (errand_thread_.joinable()) errand_thread_.join();
}

base::Result<void> AppImpl::start() {
    SHOWFLOOR_ASSIGN(const Identity identity, folder_.identity());
    branch_id_ = identity.branch_id;
    central_address_ = identity.central_url;
    SHOWFLOOR_ASSIGN(auto lock, EngineLock::take(folder_));
    lock_.emplace(std::move(lock));
    std::error_code problem;
    std::filesystem::remove_all(folder_.papers(), problem);  // papers are derived
    const auto on_change = [this] {
        moved_ = true;
        options_.wake();
    };
    SHOWFLOOR_ASSIGN(engine_,
                     EngineThread::start(folder_, on_change, sync::Replica::Check::kLater));
    SHOWFLOOR_ASSIGN(server_, SocketServer::start(folder_, *engine_));
    pictures_ = std::make_unique<PictureStore>(
        folder_.blobs(),
        [this](std::vector<std::string> hashes) {
            on_engine([hashes = std::move(hashes)](Engine& engine) { engine.sync().want(hashes); });
        },
        options_.wake, folder_.media());
    reader_ = std::thread([this] { read_loop(); });
    errand_thread_ = std::thread([this] { errand_loop(); });
    facts_ = {options_.version, identity.terminal_code, identity.branch_code, identity.central_url,
              folder_.path};
    take_status();
    refresh();
    return {};
}

void AppImpl::later(std::function<void()> call) {
    {
        const std::lock_guard lock(mutex_);
        calls_.push_back(std::move(call));
    }
    options_.wake();
}

void AppImpl::on_engine(EngineThread::Task task) {
    if (!engine_->post(std::move(task))) base::log(base::LogLevel::kError, "engine_queue_full");
}

void AppImpl::on_engine(EngineThread::Task task, std::function<void(base::Result<void>)> done) {
    if (!engine_->post(std::move(task))) later([done] { done(stuck()); });
}

bool AppImpl::poll() {
    std::vector<std::function<void()>> calls;
    {
        const std::lock_guard lock(mutex_);
        calls = std::exchange(calls_, {});
    }
    // Before its answer: whoever hears an answer can see whether it could be read.
    bool moved = look_for_failed_reads();
    for (const auto& call : calls)
        call();
    moved = moved || !calls.empty();
    if (moved_.exchange(false)) {
        if (const auto openings = engine_->openings(); openings != openings_seen_) {
            openings_seen_ = openings;
            reader_behind_ = true;
            catalogue_version_ = -1;
        }
        const LinkStatus before = link_;
        const std::int64_t rows = engine_->version();
        take_status();
        refresh();  // newer rows arrive as a call of their own
        if (std::exchange(rows_seen_, rows) != rows || !shows_the_same(before, link_)) {
            ++version_;
            moved = true;
        }
    }
    // All cars take a second of one core: the first frames have it before.
    if (!refreshing_ && frames_before_all_ > 0) {
        if (--frames_before_all_ == 0)
            refresh();
        else
            options_.wake();
    }
    read_wanted_images();
    save_again();
    const auto pictures = pictures_->version();
    pictures_->collect(link_.blobs_have != blobs_seen_);
    blobs_seen_ = link_.blobs_have;
    return moved || pictures != pictures_->version();
}

// It stays said until everything was read again without a failure, so that nothing on a page goes
// to and fro.
bool AppImpl::look_for_failed_reads() {
    if (!link_.unreadable) {
        if (!read_failed_) return false;
        link_.unreadable = true;
    } else if (clock_.boot_ms() >= read_again_at_) {
        link_.unreadable = read_failed_.exchange(false);
        ++version_;
        // Cars that stand there are good until something moves.
        if (!link_.unreadable || catalogue_->on_offer() == 0) refresh();
        if (!link_.unreadable) return true;
    } else {
        return false;
    }
    read_again_at_ = clock_.boot_ms() + kReadAgainMs;
    wake_in(kReadAgainMs);
    return true;
}

void AppImpl::take_status() {
    const sync::SyncStatus now = engine_->status();
    link_.enrolled = true;
    link_.online = now.online;
    link_.cause = now.cause;
    link_.sentence = now.sentence;
    link_.last_contact_at = now.last_contact_at;
    link_.pending = now.counts.pending;
    link_.in_doubt = now.counts.in_doubt;
    link_.refused = now.counts.refused;
    link_.disputed = now.counts.disputed;
    link_.attention = now.counts.attention + now.counts.in_doubt;
    link_.oldest_pending_at = now.counts.oldest_pending_at;
    link_.clock_skew_ms = now.clock_skew_ms;
    link_.filling = !now.filled;
    link_.blobs_have = now.blobs_have;
    link_.car_taken = now.car_taken;
    link_.blobs_missing = now.blobs_missing;
}

void AppImpl::submit(domain::Command draft, std::function<void(Submitted)> done) {
    // An approval waits for the command it was given for: one that may take an approver.
    std::optional<Person> approver;
    if (may_take_approver(draft.name)) approver = std::exchange(approver_, std::nullopt);
    const bool posted =
        engine_->post([this, draft, done, person = person_, approver](Engine& engine) {
            auto result = engine.submit(draft, person, approver);
            Submitted answer;
            if (result) {
                answer.outcome = std::move(result->outcome);
                answer.command = std::move(result->command);
            } else {
                answer.outcome.kind = domain::Outcome::Kind::kFailed;
                answer.outcome.failure = result.error();
            }
            later([this, done, answer = std::move(answer)] {
                ++version_;
                done(answer);
            });
        });
    if (posted) return;
    Submitted answer;
    answer.outcome.kind = domain::Outcome::Kind::kFailed;
    answer.outcome.failure = stuck();
    later([done, answer] { done(answer); });
}

bool AppImpl::post_errand(std::function<void()> errand) {
    return errands_.try_push(std::move(errand));
}

void AppImpl::wake_in(std::int64_t ms) {
    (void)post_errand([this, at = clock_.boot_ms() + ms] { wake_at_ = at; });
}

void AppImpl::errand_loop() {
    for (;;) {
        const std::int64_t left = std::max<std::int64_t>(0, wake_at_ - clock_.boot_ms());
        auto errand = wake_at_ == 0 ? errands_.pop() : errands_.pop_within(left);
        if (errand)
            (*errand)();
        else if (wake_at_ == 0 || ending_)
            return;
        if (wake_at_ != 0 && clock_.boot_ms() >= wake_at_) {
            wake_at_ = 0;
            options_.wake();
        }
    }
}

void AppImpl::sync_now() {
    on_engine([](Engine& engine) { engine.sync().sync_now(); });
}

void AppImpl::hold(base::Uuid car) {
    on_engine([car](Engine& engine) { engine.sync().hold(car); });
}

void AppImpl::set_in_use(bool in_use) {
    on_engine([in_use](Engine& engine) {
        engine.sync().set_pace(in_use ? sync::Pace::kInUse : sync::Pace::kIdle);
    });
}

}  // namespace showfloor::terminal
