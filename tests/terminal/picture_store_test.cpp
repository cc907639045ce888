#include "terminal/picture_store.hpp"

#include <doctest/doctest.h>

#include <condition_variable>
#include <mutex>

#include "base/encoding.hpp"
#include "crypto/crypto.hpp"
#include "crypto/hash.hpp"
#include "fresh_folder.hpp"
#include "imaging/encode.hpp"
#include "sync/image_cache.hpp"
#include "terminal/limits.hpp"

namespace showfloor::terminal {

namespace {

struct Fixture {
    Fixture() {
        REQUIRE(crypto::initialise().ok());
        cache = sync::ImageCache::open(folder / "blobs").value();
        store.emplace(
            folder / "blobs",
            [this](std::vector<std::string> hashes) { wanted = std::move(hashes); },
            [this] {
                const std::lock_guard lock(mutex);
                ++woken;
                moved.notify_all();
            });
    }
    std::string put(const std::string& bytes) {
        const std::string hash = base::to_hex(crypto::sha256(bytes));
        REQUIRE(cache->put(hash, bytes).ok());
        return hash;
    }
    std::string put_picture(int size) {
        const auto jpeg = imaging::encode_jpeg(imaging::Image(size, size), 80);
        return put(std::string(jpeg.begin(), jpeg.end()));
    }
    // Lets the worker finish one more, then takes it over.
    void await(int times = 1, bool retry = false) {
        std::unique_lock lock(mutex);
        CHECK(moved.wait_for(lock, std::chrono::seconds(20), [&] { return woken >= times; }));
        woken -= times;
        lock.unlock();
        store->collect(retry);
    }

    testing::FreshFolder folder;
    std::unique_ptr<sync::ImageCache> cache;
    std::vector<std::string> wanted;
    std::mutex mutex;
    std::condition_variable moved;
    int woken = 0;
    std::optional<PictureStore> store;
};

}  // namespace

TEST_CASE_FIXTURE(Fixture, "get: null until the worker has it, then the pixels") {
    const std::string hash = put_picture(40);
    const auto before = store->version();
    CHECK(store->get(hash) == nullptr);
    CHECK(store->get(hash) == nullptr);  // asked for once
    await();
    const auto image = store->get(hash);
    REQUIRE(image);
    CHECK(image->width == 40);
    CHECK(store->version() != before);
    CHECK(wanted.empty());
}

TEST_CASE_FIXTURE(Fixture,
                  "collect: pixels that no frame asks for any more go; asked for they stay") {
    const std::string wanted_on = put_picture(40), passed_by = put_picture(41);
    CHECK(store->get(wanted_on) == nullptr);
    CHECK(store->get(passed_by) == nullptr);
    await(2);
    const auto drawn = store->get(wanted_on);
    REQUIRE(drawn);
    for (std::uint64_t round = 0; round < 3 * kPictureRounds; ++round) {
        store->collect(false);
        CHECK(store->get(wanted_on) == drawn);
    }
    CHECK_FALSE(store->busy());
    CHECK(store->get(passed_by) == nullptr);  // and is read anew
    CHECK(store->busy());
    await();
    CHECK(store->get(passed_by) != nullptr);
}

TEST_CASE_FIXTURE(Fixture, "expect: read before it is asked for, or on its way once it is") {
    const std::string before = put_picture(40), meanwhile = put_picture(41);
    store->expect(before);
    await();
    CHECK(store->get(before) != nullptr);
    store->expect(meanwhile);
    CHECK(store->get(meanwhile) == nullptr);
    CHECK(store->busy());
    await();
    CHECK(store->get(meanwhile) != nullptr);
    store->expect("../../etc/passwd");
    store->collect(false);
    CHECK(wanted.empty());
}

TEST_CASE_FIXTURE(Fixture, "get: what is no hash never becomes a path") {
    CHECK(store->get("../../etc/passwd") == nullptr);
    CHECK(store->get("") == nullptr);
    store->collect(false);
    CHECK(wanted.empty());
}

TEST_CASE_FIXTURE(Fixture, "get: a missing blob is asked of central, shown when it came") {
    const auto jpeg = imaging::encode_jpeg(imaging::Image(30, 30), 80);
    const std::string bytes(jpeg.begin(), jpeg.end());
    const std::string hash = base::to_hex(crypto::sha256(bytes));
    CHECK(store->get(hash) == nullptr);
    await();
    CHECK(wanted == std::vector<std::string>{hash});
    REQUIRE(cache->put(hash, bytes).ok());
    store->collect(true);
    await();
    CHECK(store->get(hash) != nullptr);
}

TEST_CASE_FIXTURE(Fixture, "get: a truncated or lying file stays a placeholder, others go on") {
    const auto jpeg = imaging::encode_jpeg(imaging::Image(200, 200), 80);
    const std::string cut = put(std::string(jpeg.begin(), jpeg.begin() + 100));
    const std::string lying = put("PK\x03\x04 this is a ZIP");
    const std::string good = put_picture(20);
    for (const auto& hash : {cut, lying, good})
        CHECK(store->get(hash) == nullptr);
    await(3);
    CHECK(store->get(lying) == nullptr);
    CHECK(store->get(good) != nullptr);
    CHECK(wanted.empty());
}

}  // namespace showfloor::terminal
