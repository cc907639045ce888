// AppImpl: what is read, beside everything else: cars, their pictures, and whatever screens ask.
#include "base/heap.hpp"
#include "base/log.hpp"
#include "storage/sqlite_world.hpp"
#include "sync/sealer.hpp"
#include "terminal/app_impl.hpp"
#include "terminal/best_pictures.hpp"

namespace showfloor::terminal {

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
        if (world.failure()) read_failed_ = true;
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

}  // namespace showfloor::terminal
