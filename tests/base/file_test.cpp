#include "base/file.hpp"

#include <doctest/doctest.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <thread>

namespace showfloor::base {

namespace {

struct TempDir {
    TempDir() {
        std::string pattern = std::filesystem::temp_directory_path() / "showfloor-base-XXXXXX";
        path = ::mkdtemp(pattern.data());
    }
    ~TempDir() { std::filesystem::remove_all(path); }
    std::string operator/(const std::string& name) const { return path + "/" + name; }
    std::string path;
};

mode_t mode_of(const std::string& path) {
    struct stat facts {};
    REQUIRE(::stat(path.c_str(), &facts) == 0);
    return facts.st_mode & 0777;
}

std::size_t files_in(const std::string& folder) {
    return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(folder), {}));
}

}  // namespace

TEST_CASE("write_file: content, mode, and nothing left beside it") {
    const TempDir dir;
    const std::string path = dir / "key.pem";
    REQUIRE(write_file(path, std::string("a\0b", 3), 0600).ok());
    CHECK(*read_file(path, 10) == std::string("a\0b", 3));
    CHECK(mode_of(path) == 0600);
    REQUIRE(write_file(path, "new", 0600).ok());
    CHECK(*read_file(path, 10) == "new");
    CHECK(files_in(dir.path) == 1);
}

TEST_CASE("write_file: a key's mode replaces that of the file before") {
    const TempDir dir;
    const std::string path = dir / "key.pem";
    REQUIRE(write_file(path, "public", 0644).ok());
    CHECK(mode_of(path) == 0644);
    REQUIRE(write_file(path, "secret", 0600).ok());
    CHECK(mode_of(path) == 0600);
}

TEST_CASE("write_file: a symbolic link is replaced, not followed") {
    const TempDir dir;
    REQUIRE(write_file(dir / "victim", "untouched").ok());
    std::filesystem::create_symlink(dir / "victim", dir / "key.pem");
    REQUIRE(write_file(dir / "key.pem", "secret", 0600).ok());
    CHECK(*read_file(dir / "victim", 100) == "untouched");
}

TEST_CASE("write_file: two threads at once leave the whole content of one of them") {
    const TempDir dir;
    const auto write = [&](char letter) {
        for (int i = 0; i < 20; ++i) {
            if (!write_file(dir / "file", std::string(50'000, letter))) std::abort();
        }
    };
    std::thread other(write, 'a');
    write('b');
    other.join();
    const std::string content = *read_file(dir / "file", 100'000);
    CHECK(content == std::string(50'000, content[0]));
    CHECK(files_in(dir.path) == 1);
}

TEST_CASE("write_file: a folder that is not there is a sentence, not a crash") {
    const TempDir dir;
    const auto failed = write_file(dir / "no/such/file", "x");
    REQUIRE_FALSE(failed);
    CHECK(failed.error().message.find("No such file") != std::string::npos);
}

TEST_CASE("write_file: cut off in the middle: the old content stays and nothing is left beside") {
    const TempDir dir;
    const std::string path = dir / "file";
    REQUIRE(write_file(path, "old").ok());
    // A file size limit fails a write half-way, as a full disk does.
    rlimit before{};
    REQUIRE(::getrlimit(RLIMIT_FSIZE, &before) == 0);
    const auto handler = std::signal(SIGXFSZ, SIG_IGN);
    const rlimit small{4096, before.rlim_max};
    REQUIRE(::setrlimit(RLIMIT_FSIZE, &small) == 0);
    const auto failed = write_file(path, std::string(10'000, 'x'));
    REQUIRE(::setrlimit(RLIMIT_FSIZE, &before) == 0);
    std::signal(SIGXFSZ, handler);
    REQUIRE_FALSE(failed);
    CHECK(failed.error().message.find("too large") != std::string::npos);
    CHECK(*read_file(path, 10) == "old");
    CHECK(files_in(dir.path) == 1);
}

TEST_CASE("read_file: missing, a folder, and too large") {
    const TempDir dir;
    CHECK(read_file(dir / "none", 10).error().kind == ErrorKind::kNotFound);
    CHECK(read_file(dir.path, 10).error().kind == ErrorKind::kNotFound);
    REQUIRE(write_file(dir / "ten", "0123456789").ok());
    CHECK(read_file(dir / "ten", 10)->size() == 10);
    CHECK(read_file(dir / "ten", 9).error().kind == ErrorKind::kTooLarge);
    REQUIRE(write_file(dir / "empty", "").ok());
    CHECK(read_file(dir / "empty", 10)->empty());
    const std::string large(200'000, 'x');
    REQUIRE(write_file(dir / "large", large).ok());
    CHECK(*read_file(dir / "large", 200'000) == large);
}

TEST_CASE("make_folders: parents too; existing is fine; a file in the way is not") {
    const TempDir dir;
    REQUIRE(make_folders(dir / "a/b/c", 0700).ok());
    CHECK(mode_of(dir / "a/b/c") == 0700);
    CHECK(make_folders(dir / "a/b/c", 0700).ok());
    REQUIRE(write_file(dir / "plain", "x").ok());
    CHECK_FALSE(make_folders(dir / "plain", 0700).ok());
    CHECK_FALSE(make_folders(dir / "plain/below", 0700).ok());
}

}  // namespace showfloor::base
