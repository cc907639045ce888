#include "central/backup.hpp"

#include "base/file.hpp"
#include "central/blobs.hpp"
#include "central/enrolment.hpp"
#include "central/keys.hpp"
#include "central/verify.hpp"
#include "fixture.hpp"

namespace showfloor::test {

namespace {

struct Scene {
    Scene() {
        must(central::make_keys(central.folder / "data", {"localhost"}, central.now,
                                central.random));
        central.enrol(kiosk, {kiosk.shop.seller});
        auto batch = must(central.processor->batch(central.now));
        blob = must(central::save_blob(*central.store, "\xFF\xD8\xFF picture"));
        must(central::note_blob(batch.connection(), {blob, 11, "image/jpeg", true, {}},
                                central.now));
        must(batch.commit());
    }
    protocol::PushedCommand sale(int car) {
        return kiosk.journal("record_sale", kiosk.shop.sale_args(Dealership::car(car), 5'000'000),
                             kiosk.shop.seller);
    }
    Central central;
    Kiosk kiosk{fixed_id(3, 1), 7, 0};
    std::string blob;
};

TEST_CASE_FIXTURE(Scene, "restore: a new epoch, the same keys, and the journal fills the gap") {
    const auto first = sale(1);
    const auto second = sale(2);
    std::ignore = central.push(kiosk, {first});
    must(central::back_up(*central.store, central.folder / "night.bak"));
    std::ignore = central.push(kiosk, {second});
    const std::string epoch = central.store->epoch();

    const std::string folder = central.folder / "restored";
    must(central::restore(central.folder / "night.bak", folder, central.random, central.now));
    central.processor.reset();
    central.store = must(central::Store::open(folder));
    central.processor = std::make_unique<central::CommandProcessor>(*central.store, central.random);
    CHECK(central.store->epoch() != epoch);
    CHECK(central.all<domain::Sale>().size() == 1);
    CHECK(must(central::read_keys(folder)).authority.certificate.fingerprint ==
          must(central::read_keys(central.folder / "data")).authority.certificate.fingerprint);
    CHECK(must(central::verify_store(*central.store)).empty());

    const auto reply = central.push(kiosk, {second});
    CHECK(reply.last_seq == 2);
    CHECK(reply.epoch == central.store->epoch());
    CHECK(central.all<domain::Sale>().size() == 2);
    CHECK(must(central::verify_store(*central.store)).empty());
}

TEST_CASE_FIXTURE(Scene, "restore: over a dealership or from something else is refused") {
    must(central::back_up(*central.store, central.folder / "night.bak"));
    const auto over = central::restore(central.folder / "night.bak", central.folder / "data",
                                       central.random, central.now);
    REQUIRE_FALSE(over);
    CHECK(over.error().code == "data_used");
    must(base::write_file(central.folder / "text", "no database"));
    CHECK_FALSE(central::restore(central.folder / "text", central.folder / "new", central.random,
                                 central.now)
                    .ok());
    CHECK_FALSE(central::Store::open(central.folder / "new").ok());
}

TEST_CASE_FIXTURE(Scene, "verify: finds holes in series, wrong sums and missing files") {
    std::ignore = central.push(kiosk, {sale(1), sale(2)});
    CHECK(must(central::verify_store(*central.store)).empty());
    const auto spoiled = [&](const std::string& sql) {
        must(central.store->writer().connection().run(sql));
        return must(central::verify_store(*central.store)).size();
    };
    CHECK(spoiled("UPDATE number_series SET last = 9 WHERE series = 'NBO-T01-I'") == 1);
    CHECK(spoiled("UPDATE invoice SET amount_paid_minor = 1 WHERE number = 'NBO-T01-I000001'") ==
          2);
    must(base::write_file(central::blob_path(*central.store, blob), "other"));
    CHECK(must(central::verify_store(*central.store)).size() == 3);
}

TEST_CASE_FIXTURE(Scene, "store: a used folder is not made anew, a newer database is refused") {
    const std::string folder = central.folder / "data";
    const auto again = central::Store::create(folder, central.random);
    REQUIRE_FALSE(again);
    CHECK(again.error().code == "data_used");
    must(central.store->writer().connection().run(
        "INSERT INTO schema_version VALUES (999, '0999_future', 1)"));
    central.processor.reset();
    central.store.reset();
    const auto newer = central::Store::open(folder);
    REQUIRE_FALSE(newer);
    CHECK(newer.error().code == "newer_database");
}

TEST_CASE_FIXTURE(Scene, "serve lock: one central a folder") {
    const std::string folder = central.folder / "data";
    {
        const auto held = must(central::ServeLock::take(folder));
        const auto second = central::ServeLock::take(folder);
        REQUIRE_FALSE(second);
        CHECK(second.error().kind == base::ErrorKind::kBusy);
    }
    CHECK(central::ServeLock::take(folder).ok());
}

}  // namespace

}  // namespace showfloor::test
