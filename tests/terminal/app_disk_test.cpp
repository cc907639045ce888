// The real App on a disk that fails: what it did not take is tried again when nobody is there any
// more, what it did not give back is said and read again.

#include <doctest/doctest.h>

#include "app_stage.hpp"
#include "faulty_vfs.hpp"

namespace showfloor::test {

namespace {

using testing::FaultyVfs;

// Stands before the App is opened and until all of its files are closed.
struct FailingDisk {
    FaultyVfs disk{FaultyVfs::Use::kForAll};
};

struct DiskStage : FailingDisk, AppStage {
    // Who looks at the file beside the running App.
    std::vector<sync::Draft> on_disk() {
        const auto key = must(folder.storage_key());
        const sync::KeySealer sealer(key, random);
        database::Options options;
        options.read_only = true;
        const auto outbox = must(sync::Outbox::open(folder.outbox(), sealer, options));
        return must(outbox->drafts(central.shop.seller));
    }
    void save(const base::Uuid& id, const char* car, std::function<void(base::Result<void>)> told) {
        std::optional<base::Result<void>> saved;
        app->save_draft("sale", central.shop.seller, {id, {{"car_title", car}}},
                        [&](base::Result<void> result) { saved = std::move(result); });
        REQUIRE(until([&] { return saved.has_value(); }));
        told(std::move(*saved));
    }
};

}  // namespace

TEST_CASE_FIXTURE(
    DiskStage, "drafts: what a full disk refused is kept when there is room, the page long gone") {
    open();
    sign_in();
    disk.full_after_bytes = 0;
    const auto refused = [](const base::Result<void>& saved) {
        REQUIRE_FALSE(saved.ok());
        CHECK(saved.error().kind == base::ErrorKind::kDiskFull);
    };
    save(fixed_id(9, 1), "typed first", refused);
    save(fixed_id(9, 1), "typed last", refused);
    save(fixed_id(9, 2), "another one", refused);
    CHECK(drafts().size() == 2);  // whoever comes back meanwhile finds them
    app->sign_out();
    CHECK(on_disk().empty());
    disk.calm();
    REQUIRE(until([&] { return on_disk().size() == 2; }));
    app.reset();
    open();
    sign_in();
    const auto found = drafts();
    REQUIRE(found.size() == 2);
    for (const auto& draft : found)
        CHECK(base::text_member(draft.content, "car_title") ==
              (draft.id == fixed_id(9, 1) ? "typed last" : "another one"));
    app.reset();
}

TEST_CASE_FIXTURE(DiskStage, "drafts: one that was dropped is not kept after all") {
    open();
    sign_in();
    disk.full_after_bytes = 0;
    for (const int n : {1, 2})
        save(fixed_id(9, n), "x", [](const base::Result<void>& saved) { CHECK(!saved.ok()); });
    app->drop_draft(fixed_id(9, 1));
    disk.calm();
    REQUIRE(until([&] { return !on_disk().empty(); }));
    REQUIRE(on_disk().size() == 1);
    CHECK(on_disk()[0].id == fixed_id(9, 2));
}

TEST_CASE_FIXTURE(DiskStage,
                  "read: what the disk does not give back is said before its answer, and again "
                  "readable it is read again") {
    open();
    sign_in();
    REQUIRE(until([&] { return app->catalogue()->whole() && app->catalogue()->on_offer() > 0; }));
    std::optional<bool> said;
    bool found = false;
    const auto read = [&] {
        said.reset();
        app->read(
            [&](domain::World& world) {
                found = !world.find<domain::Customer>({.where = {}}).empty();
            },
            [&] { said = app->link().unreadable; });
        REQUIRE(until([&] { return said.has_value(); }));
    };
    read();
    CHECK(found);
    CHECK_FALSE(*said);
    disk.unreadable = true;
    read();
    CHECK_FALSE(found);
    CHECK(*said);
    // It stays said while it lasts, and pages are told to read again.
    const auto before = app->version();
    REQUIRE(until([&] { return app->version() != before; }));
    CHECK(app->link().unreadable);
    read();
    CHECK(*said);
    disk.calm();
    REQUIRE(until([&] { return !app->link().unreadable; }));
    CHECK(app->catalogue()->on_offer() == 6);  // and the cars stood there all the time
    read();
    CHECK(found);
    CHECK_FALSE(*said);
}

TEST_CASE_FIXTURE(DiskStage,
                  "drafts: that they cannot be read is said before there seem to be none") {
    open();
    sign_in();
    // More than SQLite keeps in memory.
    constexpr int kMany = 60;
    const std::string long_words(200 * 1024, 'x');
    for (int n = 1; n <= kMany; ++n)
        save(fixed_id(9, n), long_words.c_str(),
             [](const base::Result<void>& saved) { REQUIRE(saved.ok()); });
    REQUIRE(drafts().size() == kMany);
    disk.unreadable = true;
    CHECK(drafts().empty());
    CHECK(app->link().unreadable);
}

}  // namespace showfloor::test
