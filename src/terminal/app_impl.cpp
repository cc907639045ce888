#include "terminal/app_impl.hpp"

#include <algorithm>
#include <filesystem>
#include <tuple>
#include <utility>

#include "base/file.hpp"
#include "base/heap.hpp"
#include "base/log.hpp"
#include "base/paths.hpp"
#include "documents/pdf_canvas.hpp"
#include "storage/sqlite_world.hpp"
#include "sync/sealer.hpp"
#include "terminal/best_pictures.hpp"
#include "terminal/drives.hpp"
#include "terminal/printer.hpp"
#include "terminal/read_models.hpp"

namespace showfloor::terminal {

namespace {

constexpr std::size_t kMostInbox = 100;

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

base::Error stuck() {
    return base::fail(base::ErrorKind::kBusy,
                      "The terminal is busy and did not take this. Nothing was done; try again.",
                      "busy");
}

// Screens say it in the reader's language; what exactly it was stands in the log.
template <typename Value>
base::Result<Value> logged(std::string_view what, base::Result<Value> result) {
    if (!result)
        base::log(base::LogLevel::kError, what,
                  {{"error", result.error().message}, {"code", result.error().code}});
    return result;
}

bool may_take_approver(std::string_view command) {
    const auto* spec = domain::find_command(command);
    return spec != nullptr && std::find(spec->refusals.begin(), spec->refusals.end(),
                                        domain::Code::kApproverMissing) != spec->refusals.end();
}

// Both databases and the chain of the journal, opened beside the running engine.
base::Result<void> check_data(const DataFolder& folder) {
    SHOWFLOOR_ASSIGN(const auto key, folder.storage_key());
    base::SystemRandom random;
    const sync::KeySealer sealer(key, random);
    database::Options options;
    options.read_only = true;
    SHOWFLOOR_ASSIGN(const auto outbox, sync::Outbox::open(folder.outbox(), sealer, options));
    SHOWFLOOR_TRY(outbox->check_integrity());
    SHOWFLOOR_ASSIGN(auto replica, database::Connection::open(folder.replica(), options));
    return replica.check_integrity();
}

Draft draft_of(const sync::Draft& row) {
    auto content = base::parse_json(row.body, row.body.size());
    return {row.id, content ? std::move(*content) : base::Json(), row.updated_at};
}

// Time or room may help; a draft that is too large, or one too many, stays so.
bool can_be_tried_again(const base::Error& error) {
    return error.kind != base::ErrorKind::kTooLarge && error.kind != base::ErrorKind::kRefused;
}

base::Result<std::string> paper_bytes(const documents::SaleFile& file, App::PaperKind kind,
                                      std::size_t index, const text::Strings& strings,
                                      std::string& number) {
    using Kind = App::PaperKind;
    const bool receipt = kind == Kind::kReceiptA4 || kind == Kind::kReceiptRoll;
    if ((receipt && index >= file.receipts.size()) ||
        (kind == Kind::kCreditNote && index >= file.credit_notes.size()))
        return base::fail(base::ErrorKind::kNotFound, "There is no such paper for this sale.");
    number = receipt                     ? file.receipts[index].number
             : kind == Kind::kCreditNote ? file.credit_notes[index].number
                                         : file.invoice.number;
    SHOWFLOOR_ASSIGN(const auto canvas,
                     documents::PdfCanvas::create(number, strings.locale().direction));
    if (receipt) {
        documents::draw_receipt(
            *canvas, file, file.receipts[index],
            kind == Kind::kReceiptA4 ? documents::Paper::kA4 : documents::Paper::kRoll80, strings);
    } else if (kind == Kind::kCreditNote) {
        documents::draw_credit_note(*canvas, file, file.credit_notes[index], strings);
    } else {
        documents::draw_invoice(*canvas, file, strings);
    }
    return canvas->finish();
}

}  // namespace

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
    errand_thread_ = std::thread([this] {
        while (auto errand = errands_.pop())
            (*errand)();
    });
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

bool AppImpl::poll() {
    std::vector<std::function<void()>> calls;
    {
        const std::lock_guard lock(mutex_);
        calls = std::exchange(calls_, {});
    }
    for (const auto& call : calls)
        call();
    bool moved = !calls.empty();
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
    // What could not be read is read again after a while; until then the bar says so.
    if (read_failed_.exchange(false)) {
        link_.unreadable = true;
        read_again_at_ = clock_.boot_ms() + kReadAgainMs;
        moved = true;
    } else if (link_.unreadable && clock_.boot_ms() >= read_again_at_) {
        link_.unreadable = false;
        ++version_;
        moved = true;
    }
    const auto pictures = pictures_->version();
    pictures_->collect(link_.blobs_have != blobs_seen_);
    blobs_seen_ = link_.blobs_have;
    return moved || pictures != pictures_->version();
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

void AppImpl::refresh() {
    const std::int64_t version = engine_->goods_version();
    if (refreshing_ || version == catalogue_version_) return;
    if (shows_first_ && frames_before_all_ > 0) return;  // poll() asks again
    refreshing_ = true;
    const bool first = !std::exchange(shows_first_, true);
    if (!first) {
        catalogue_version_ = version;
        car_images_.outdate();
    }
    const bool posted = post_read([this, first](domain::World& world) {
        auto fresh =
            first ? Catalogue::read_first(world) : Catalogue::read(world, read_what_waits_);
        auto branch = world.get<domain::Branch>(branch_id_);
        // Half of the cars is worse than those that stand there; what is damaged is found out.
        if (world.failure()) fresh.reset();
        if (first && fresh) expect_images(*fresh, world);
        if (!first) base::give_back_heap();  // of the one before this, too
        later([this, fresh = std::move(fresh), branch = std::move(branch)] {
            take_catalogue(fresh, branch);
        });
    });
    if (!posted) refreshing_ = false;
}

void AppImpl::expect_images(const Catalogue& cars, domain::World& world) {
    std::vector<std::pair<base::Uuid, CarImages::Images>> read;
    for (const CatalogueCar& each : cars.cars())
        read.emplace_back(each.car.id, CarImages::read(world, each.car.id));
    const auto shown = best_pictured(read, kMostShownCars);
    for (const auto& [car, images] : read)
        if (!shown.empty() && car == shown.front()) pictures_->expect(images.front().sha256);
    later([this, read = std::move(read)] {
        for (const auto& [car, images] : read)
            car_images_.expect(car, images);
    });
}

void AppImpl::read_wanted_images() {
    auto wanted = car_images_.take_wanted();
    if (wanted.empty()) return;
    const bool posted = post_read([this, wanted = std::move(wanted)](domain::World& world) {
        std::vector<std::pair<base::Uuid, CarImages::Images>> read;
        for (const base::Uuid& car : wanted)
            read.emplace_back(car, CarImages::read(world, car));
        if (world.failure()) return;
        later([this, read = std::move(read)] {
            for (const auto& [car, images] : read)
                car_images_.put(car, images);
        });
    });
    if (!posted) car_images_.outdate();  // asked for again, by what shows them
}

void AppImpl::take_catalogue(std::shared_ptr<Catalogue> fresh,
                             std::optional<domain::Branch> branch) {
    refreshing_ = false;
    const bool failed = fresh == nullptr;
    if (fresh && (fresh->whole() || fresh->on_offer() > 0)) catalogue_ = std::move(fresh);
    if (branch) branch_ = *branch;
    ++version_;  // rows moved
    refresh();
    if (failed) {
        if (!refreshing_) catalogue_version_ = -1;  // again when something has moved
        looked_for_damage_ = false;
    }
    if (!refreshing_ && frames_before_all_ == 0 && !std::exchange(looked_for_damage_, true))
        look_for_damage();
}

void AppImpl::look_for_damage() {
    (void)post_errand([this] {
        if (!sync::Replica::is_damaged(folder_.replica())) return;
        base::log(base::LogLevel::kError, "replica_damaged");
        later([this] { on_engine([](Engine& engine) { engine.give_up_replica(); }); });
    });
}

bool AppImpl::post_read(ReadTask task) {
    return reads_.try_push(std::move(task));
}

void AppImpl::read_loop() {
    base::SystemRandom random;
    const auto key = folder_.storage_key();
    if (!key) {
        base::log(base::LogLevel::kError, "reader", {{"error", key.error().message}});
        return;
    }
    const sync::KeySealer sealer(*key, random);
    database::Options options;
    options.read_only = true;
    options.cache_kib = kReaderCacheKib;
    const auto open = [&] {
        auto connection = database::Connection::open(folder_.replica(), options);
        if (!connection)
            base::log(base::LogLevel::kError, "reader", {{"error", connection.error().message}});
        return connection;
    };
    auto connection = open();
    if (!connection) return;
    const auto run = [&](const ReadTask& task) {
        // A World of its own for each task: a failure must not stick to the next.
        storage::SqliteWorld world(*connection, sealer);
        task(world);
        if (!world.failure()) return;
        base::log(base::LogLevel::kError, "read", {{"error", world.failure()->message}});
        read_failed_ = true;
        options_.wake();
    };
    read_what_waits_ = [&] {
        while (auto task = reads_.try_pop())
            run(*task);
    };
    while (auto task = reads_.pop()) {
        if (reader_behind_.exchange(false))
            if (auto anew = open()) connection = std::move(anew);
        run(*task);
        (void)connection->run("PRAGMA shrink_memory");  // the next read is other pages' anyway
    }
}

void AppImpl::read(WorldWork work, std::function<void()> done) {
    const bool posted = post_read([this, work = std::move(work), done](domain::World& world) {
        work(world);
        later(done);
    });
    if (posted) return;
    read_failed_ = true;
    later(done);
}

void AppImpl::attract_media(std::function<void(std::vector<Media>)> done) {
    const bool posted = post_read([this, done](domain::World&) {
        later([done, media = list_media(folder_.media())] { done(media); });
    });
    if (!posted) later([done] { done({}); });
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

void AppImpl::on_engine(EngineThread::Task task, std::function<void(base::Result<void>)> done) {
    if (!engine_->post(std::move(task))) later([done] { done(stuck()); });
}

void AppImpl::check(SignIn who, std::function<void(base::Result<Person>)> done) {
    const std::uint64_t mine = ++checks_;
    const auto told = [this, mine, done](base::Result<Person> person) {
        later([this, mine, done, person = std::move(person)]() mutable {
            if (mine != checks_)
                person = base::fail(base::ErrorKind::kRefused, "Nobody waits for it.", "gone");
            done(std::move(person));
        });
    };
    const bool posted = engine_->post([who = std::move(who), told](Engine& engine) {
        if (who.pin)
            engine.sign_in_by_pin(who.login, who.secret, told);
        else
            engine.sign_in(who.login, who.secret, told);
    });
    if (!posted) later([done] { done(stuck()); });
}

void AppImpl::sign_in(SignIn who, std::function<void(base::Result<Person>)> done) {
    check(std::move(who), [this, done](base::Result<Person> person) {
        approver_.reset();
        if (person) person_ = *person;
        ++version_;
        done(std::move(person));
    });
}

void AppImpl::sign_out() {
    person_.reset();
    // Papers name people: what was made for this person goes with them.
    (void)post_errand([folder = folder_.papers()] {
        std::error_code problem;
        std::vector<std::filesystem::path> papers;
        for (std::filesystem::directory_iterator at(folder, problem), end; !problem && at != end;
             at.increment(problem))
            if (at->path().extension() == ".pdf") papers.push_back(at->path());
        for (const auto& paper : papers)
            std::filesystem::remove(paper, problem);
    });
    forget_approval();
    ++version_;
}

void AppImpl::approve(SignIn who, std::function<void(base::Result<Person>)> done) {
    check(std::move(who), [this, done](base::Result<Person> person) {
        if (person) approver_ = *person;
        done(std::move(person));
    });
}

void AppImpl::set_pin(std::string pin, std::function<void(base::Result<void>)> done) {
    if (!person_ || person_->by_pin) {
        later([done] {
            done(base::fail(base::ErrorKind::kRefused,
                            "Sign in with the password first; then a PIN can be set.", "by_pin"));
        });
        return;
    }
    on_engine(
        [this, pin = std::move(pin), done, user = person_->user_id](Engine& engine) {
            auto set = pin.empty() ? engine.accounts().drop_pin(user) : engine.set_pin(user, pin);
            later([done, set] { done(set); });
        },
        done);
}

void AppImpl::change_password(std::string former, std::string fresh,
                              std::function<void(base::Result<void>)> done) {
    if (!person_) {
        later([done] {
            done(base::fail(base::ErrorKind::kRefused, "Nobody is signed in.", "gone"));
        });
        return;
    }
    on_engine(
        [this, former = std::move(former), fresh = std::move(fresh), done,
         person = *person_](Engine& engine) {
            engine.change_password(person, former, fresh, [this, done](base::Result<void> changed) {
                later([done, changed] { done(changed); });
            });
        },
        done);
}

void AppImpl::sign_in_tiles(std::function<void(std::vector<SignInTile>)> done) {
    on_engine([this, done](Engine& engine) {
        later([done, tiles = engine.accounts().tiles(engine.trusted_now())] { done(tiles); });
    });
}

void AppImpl::save_draft(std::string kind, base::Uuid owner, Draft draft,
                         std::function<void(base::Result<void>)> done) {
    sync::Draft row{draft.id, owner, std::move(kind), base::dump_json(draft.content),
                    draft.saved_at != 0 ? draft.saved_at : now()};
    // Whoever typed it may have gone by now: what the disk does not take is tried again here.
    const auto told = [this, row, done](base::Result<void> saved) {
        std::erase_if(unsaved_, [&](const sync::Draft& each) { return each.id == row.id; });
        if (!saved && can_be_tried_again(saved.error())) {
            unsaved_.push_back(row);
            save_again_at_ = clock_.boot_ms() + kSaveAgainMs;
        }
        done(std::move(saved));
    };
    on_engine(
        [this, row, told](Engine& engine) {
            const auto saved = logged("draft", engine.outbox().save_draft(row));
            later([told, saved] { told(saved); });
        },
        told);
}

void AppImpl::save_again() {
    if (unsaved_.empty() || clock_.boot_ms() < save_again_at_) return;
    save_again_at_ = clock_.boot_ms() + kSaveAgainMs;
    for (const sync::Draft& row : unsaved_)
        save_draft(row.kind, row.owner_id, draft_of(row), [](const base::Result<void>&) {});
}

void AppImpl::drafts(std::string kind, std::function<void(std::vector<Draft>)> done) {
    if (!person_) {
        later([done] { done({}); });
        return;
    }
    on_engine([this, kind, done, owner = person_->user_id](Engine& engine) {
        std::vector<sync::Draft> rows;
        if (auto found = engine.outbox().drafts(owner)) rows = std::move(*found);
        later([this, kind, done, owner, rows = std::move(rows)]() mutable {
            for (const sync::Draft& each : unsaved_) {
                if (each.owner_id != owner) continue;
                std::erase_if(rows, [&](const sync::Draft& row) { return row.id == each.id; });
                rows.insert(rows.begin(), each);
            }
            std::vector<Draft> found;
            for (const sync::Draft& row : rows)
                if (row.kind == kind) found.push_back(draft_of(row));
            std::erase_if(found, [](const Draft& each) { return each.content.is_null(); });
            done(std::move(found));
        });
    });
}

void AppImpl::drop_draft(base::Uuid id) {
    std::erase_if(unsaved_, [&](const sync::Draft& each) { return each.id == id; });
    on_engine([id](Engine& engine) { (void)logged("draft", engine.outbox().remove_draft(id)); });
}

void AppImpl::attention(std::function<void(std::vector<AttentionItem>)> done) {
    on_engine([this, done, person = person_](Engine& engine) {
        std::vector<AttentionItem> items;
        if (const auto entries = engine.outbox().doubted(kMostInbox))
            for (const auto& entry : *entries)
                items.push_back(tell_doubt(engine.world(), entry));
        if (const auto inbox = engine.outbox().inbox(false, kMostInbox)) {
            for (const auto& item : *inbox)
                items.push_back(tell(engine.world(), item, person));
        }
        later([done, items = std::move(items)] { done(items); });
    });
}

void AppImpl::resolve_attention(std::int64_t number) {
    on_engine([number](Engine& engine) { (void)logged("inbox", engine.outbox().resolve(number)); });
}

void AppImpl::sale_file(base::Uuid sale_id,
                        std::function<void(std::optional<documents::SaleFile>)> done) {
    auto file = std::make_shared<std::optional<documents::SaleFile>>();
    read([file, sale_id](domain::World& world) { *file = read_sale_file(world, sale_id); },
         [file, done] { done(*file); });
}

base::Result<AppImpl::MadePaper> AppImpl::make_paper(const documents::SaleFile& file,
                                                     PaperKind kind, std::size_t index) const {
    SHOWFLOOR_ASSIGN(const std::string assets, base::asset_folder());
    SHOWFLOOR_ASSIGN(const auto strings, text::Strings::load(assets + "/strings", options_.locale));
    MadePaper made;
    SHOWFLOOR_ASSIGN(made.pdf, paper_bytes(file, kind, index, strings, made.number));
    return made;
}

bool AppImpl::post_errand(std::function<void()> errand) {
    return errands_.try_push(std::move(errand));
}

void AppImpl::save_pdf(documents::SaleFile file, PaperKind kind, std::size_t index,
                       std::function<void(base::Result<std::string>)> done) {
    // Drawing a PDF takes tens of milliseconds, and no sale waits for it.
    const bool posted = post_errand([this, file = std::move(file), kind, index, done] {
        const auto save = [&]() -> base::Result<std::string> {
            SHOWFLOOR_ASSIGN(const MadePaper made, make_paper(file, kind, index));
            const auto drive = removable_drive();
            if (!drive) SHOWFLOOR_TRY(base::make_folders(folder_.papers(), 0700));
            const std::string path = drive.value_or(folder_.papers()) + "/" + made.number + ".pdf";
            SHOWFLOOR_TRY(base::write_file(path, made.pdf, 0600));
            return path;
        };
        later([done, result = logged("paper", save())] { done(result); });
    });
    if (!posted) later([done] { done(stuck()); });
}

void AppImpl::print(documents::SaleFile file, PaperKind kind, std::size_t index,
                    std::function<void(base::Result<void>)> done) {
    const bool posted = post_errand([this, file = std::move(file), kind, index, done] {
        const auto made = make_paper(file, kind, index);
        const auto printed =
            made ? print_paper(made->pdf, made->number) : base::Result<void>(made.error());
        later([done, printed = logged("print", printed)] { done(printed); });
    });
    if (!posted) later([done] { done(stuck()); });
}

void AppImpl::waiting(std::function<void(std::vector<WaitingCommand>)> done) {
    on_engine([this, done](Engine& engine) {
        std::vector<WaitingCommand> waiting;
        const auto entries =
            engine.outbox().entries(engine.outbox().state().confirmed + 1, kMaxWaitingShown);
        for (std::size_t i = 0; entries && i < entries->size(); ++i) {
            const sync::Entry& entry = (*entries)[i];
            waiting.push_back(
                {entry.seq, entry.name,
                 entry.numbers.empty() ? std::string() : entry.numbers.front().text(),
                 entry.doubt.empty() ? std::string(sync::name_of(entry.state)) : "in_doubt",
                 entry.occurred_at});
        }
        later([done, waiting = std::move(waiting)] { done(waiting); });
    });
}

void AppImpl::save_diagnostics(std::function<void(base::Result<std::string>)> done) {
    on_engine([this, done](Engine& engine) {
        const auto write = [&]() -> base::Result<std::string> {
            SHOWFLOOR_ASSIGN(base::Json status, engine.status());
            status["version"] = facts_.version;
            status["written_at"] = engine.now();
            status["halted"] = engine.outbox().state().halted;
            base::Json waiting = base::Json::array();
            SHOWFLOOR_ASSIGN(
                const auto entries,
                engine.outbox().entries(engine.outbox().state().confirmed + 1, kMaxWaitingShown));
            for (const auto& entry : entries)
                waiting.push_back({{"seq", entry.seq},
                                   {"id", entry.id.to_string()},
                                   {"command", entry.name},
                                   {"state", sync::name_of(entry.state)},
                                   {"doubt", entry.doubt},
                                   {"occurred_at", entry.occurred_at}});
            status["waiting"] = std::move(waiting);
            base::Json attention = base::Json::array();
            SHOWFLOOR_ASSIGN(const auto inbox, engine.outbox().inbox(false, kMostInbox));
            for (const auto& item : inbox)
                attention.push_back({{"number", item.number},
                                     {"id", item.command_id.to_string()},
                                     {"command", item.command},
                                     {"kind", sync::name_of(item.kind)},
                                     {"code", item.code},
                                     {"occurred_at", item.occurred_at}});
            status["attention_items"] = std::move(attention);
            SHOWFLOOR_TRY(base::make_folders(folder_.papers(), 0700));
            const std::string path = folder_.papers() + "/diagnostics-" + facts_.branch_code + "-" +
                                     facts_.terminal_code + ".json";
            SHOWFLOOR_TRY(base::write_file(path, status.dump(2) + "\n", 0600));
            return path;
        };
        later([done, written = logged("diagnostics", write())] { done(written); });
    });
}

void AppImpl::check_files(std::function<void(base::Result<void>)> done) {
    const bool posted = post_errand([this, done] {
        later([done, whole = logged("check_files", check_data(folder_))] { done(whole); });
    });
    if (!posted) later([done] { done(stuck()); });
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
