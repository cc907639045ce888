#include "terminal/data_folder.hpp"

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>

#include "fixture.hpp"

namespace showfloor::terminal {

namespace {

using test::must;

unsigned mode_of(const std::string& path) {
    struct stat found {};
    REQUIRE(::stat(path.c_str(), &found) == 0);
    return found.st_mode & 0777U;
}

struct Fixture {
    testing::FreshFolder place;
    DataFolder folder{place / "kiosk"};
    base::SystemRandom random;
    Identity identity{base::Uuid::v7(1, random), "T03",
                      base::Uuid::v7(2, random), "NBO",
                      "https://localhost:1",     "https://localhost:2"};
    Fixture() {
        must(crypto::initialise());
        must(folder.create());
    }
};

}  // namespace

TEST_CASE_FIXTURE(Fixture, "create: nobody else may look into the folder, its keys or its files") {
    must(folder.save_terminal_key(crypto::PrivateKey::generate(random)));
    (void)must(folder.storage_key());
    must(folder.save_identity(identity));
    const auto lock = EngineLock::take(folder);
    REQUIRE(lock.ok());
    for (const char* name : {"", "keys", "blobs", "papers"})
        CHECK(mode_of(folder.file(name)) == 0700);
    for (const char* name :
         {"keys/terminal.key", "keys/storage.key", "identity.json", "engine.lock"})
        CHECK(mode_of(folder.file(name)) == 0600);
}

TEST_CASE_FIXTURE(Fixture, "identity: kept as saved; before that, what to do is said") {
    CHECK_FALSE(folder.enrolled());
    const auto none = folder.identity();
    REQUIRE_FALSE(none.ok());
    CHECK(none.error().kind == base::ErrorKind::kNotFound);
    CHECK(none.error().message.find("showfloor-terminal enroll") != std::string::npos);
    must(folder.save_identity(identity));
    const auto found = must(folder.identity());
    CHECK(found.terminal_id == identity.terminal_id);
    CHECK(found.branch_id == identity.branch_id);
    CHECK(found.terminal_code == "T03");
    CHECK(found.branch_code == "NBO");
    CHECK(found.sync_url == "https://localhost:2");
}

TEST_CASE_FIXTURE(Fixture, "identity: damaged in any way is damaged, never half an identity") {
    must(folder.save_identity(identity));
    const std::string whole = must(base::read_file(folder.file("identity.json"), 10'000));
    for (const std::string& broken :
         {std::string(), std::string("{}"), std::string("\xff\xfe\0\x01", 4), std::string("[1,2]"),
          whole.substr(0, whole.size() / 2), std::string("{\"terminal_id\": 7}")}) {
        must(base::write_file(folder.file("identity.json"), broken, 0600));
        const auto found = folder.identity();
        REQUIRE_FALSE(found.ok());
        CHECK(found.error().kind == base::ErrorKind::kDamaged);
    }
}

TEST_CASE_FIXTURE(Fixture,
                  "storage_key: made once, the same ever after; damaged is said, not made anew") {
    const auto first = must(folder.storage_key());
    const auto second = must(folder.storage_key());
    CHECK(std::equal(first.bytes().begin(), first.bytes().end(), second.bytes().begin()));
    must(base::write_file(folder.file("keys/storage.key"), "not a key", 0600));
    const auto damaged = folder.storage_key();
    REQUIRE_FALSE(damaged.ok());
    CHECK(damaged.error().kind == base::ErrorKind::kDamaged);
}

TEST_CASE_FIXTURE(Fixture, "storage_key: systemd's credential wins over the file") {
    const std::string hex(64, 'a');
    must(base::write_file(place / "storage_key", hex, 0600));
    (void)must(folder.storage_key());
    ::setenv("CREDENTIALS_DIRECTORY", place.path().c_str(), 1);
    const auto given = folder.storage_key();
    ::unsetenv("CREDENTIALS_DIRECTORY");
    CHECK(base::to_hex(must(std::move(given)).bytes()) == hex);
}

TEST_CASE_FIXTURE(Fixture, "EngineLock: one at a time, given back at the end") {
    {
        const auto first = EngineLock::take(folder);
        REQUIRE(first.ok());
        const auto second = EngineLock::take(folder);
        REQUIRE_FALSE(second.ok());
        CHECK(second.error().kind == base::ErrorKind::kBusy);
    }
    CHECK(EngineLock::take(folder).ok());
}

TEST_CASE_FIXTURE(Fixture, "rights: a folder that is not ours says so, and whose it must be") {
    if (::geteuid() != 0) return;  // only root can become somebody else
    REQUIRE(::chmod(place.path().c_str(), 0755) == 0);
    REQUIRE(::chmod(folder.path.c_str(), 0500) == 0);
    int said[2];
    REQUIRE(::pipe(said) == 0);
    const pid_t child = ::fork();
    if (child == 0) {
        constexpr uid_t kNobody = 65534;
        std::string words = "setuid failed";
        if (::setuid(kNobody) == 0) {
            const auto lock = EngineLock::take(folder);
            words = lock ? "taken" : lock.error().message;
        }
        const auto ignored = ::write(said[1], words.data(), words.size());
        ::_exit(ignored < 0 ? 1 : 0);
    }
    ::close(said[1]);
    char words[512] = {};
    CHECK(::read(said[0], words, sizeof words - 1) > 0);
    ::close(said[0]);
    ::waitpid(child, nullptr, 0);
    CHECK(std::string(words).find("Permission denied") != std::string::npos);
    CHECK(std::string(words).find("yours to write") != std::string::npos);
    ::chmod(folder.path.c_str(), 0700);
}

}  // namespace showfloor::terminal
