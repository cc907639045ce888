#include "central/backup_job.hpp"

#include "base/file.hpp"
#include "central/backup.hpp"
#include "central/keys.hpp"
#include "central/limits.hpp"
#include "fixture.hpp"

namespace showfloor::test {

namespace {

namespace fs = std::filesystem;

std::vector<std::string> files_in(const std::string& folder) {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(folder))
        names.push_back(entry.path().filename().string());
    std::sort(names.begin(), names.end());
    return names;
}

struct Scene {
    Scene() {
        must(central::make_keys(central.folder / "data", {"localhost"}, central.now,
                                central.random));
    }
    Central central;
};

}  // namespace

TEST_CASE_FIXTURE(Scene, "run_backup: once a night however many ask, and the oldest goes") {
    const central::BackupSettings settings{
        .folder = central.folder / "backups", .keep = 2, .hour_utc = 1};
    const base::UtcMs midnight = central.now / central::kDayMs * central::kDayMs;
    const auto at = [&](int day, int hour) {
        return must(central::run_backup(*central.processor, settings,
                                        midnight + day * central::kDayMs + hour * 3'600'000LL));
    };
    CHECK_FALSE(at(1, 0));
    CHECK(at(1, 1));
    CHECK_FALSE(at(1, 1));
    CHECK_FALSE(at(1, 23));
    CHECK_FALSE(at(2, 0));
    CHECK(at(2, 2));
    CHECK(at(3, 1));
    const auto names = files_in(settings.folder);
    REQUIRE(names.size() == 2);
    CHECK(names[0].starts_with("showfloor-"));
    // What it wrote can be restored.
    must(central::restore(settings.folder + "/" + names[1], central.folder / "again",
                          central.random, central.now));
    CHECK(fs::exists(central.folder / "again/central.db"));
}

TEST_CASE_FIXTURE(Scene, "run_backup: one that fails is tried again an hour later") {
    const std::string blocked = central.folder / "blocked";
    must(base::write_file(blocked, "a file where a folder should be"));
    const central::BackupSettings settings{.folder = blocked, .keep = 2, .hour_utc = 0};
    const base::UtcMs night = (central.now / central::kDayMs + 1) * central::kDayMs;
    CHECK_FALSE(central::run_backup(*central.processor, settings, night).ok());
    CHECK_FALSE(must(central::run_backup(*central.processor, settings, night + 1000)));
    fs::remove(blocked);
    CHECK(must(central::run_backup(*central.processor, settings, night + 3'600'000)));
}

TEST_CASE("read_backup_settings: what is not understood is an error that names it") {
    const auto read = [](base::Json config) { return central::read_backup_settings(config); };
    CHECK(must(read({{"to", "/var/backups"}})).keep == 7);
    CHECK(must(read({{"to", "/b"}, {"keep", 3}, {"hour", 22}})).hour_utc == 22);
    for (const base::Json& bad : {base::Json{{"keep", 3}}, base::Json{{"to", "/b"}, {"keep", 0}},
                                  base::Json{{"to", "/b"}, {"hour", 24}}, base::Json{{"to", 5}},
                                  base::Json{{"to", "/b"}, {"x", 1}}, base::Json("text")})
        CHECK_FALSE(read(bad).ok());
}

}  // namespace showfloor::test
