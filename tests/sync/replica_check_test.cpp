// A damaged replica.db: found at once, or afterwards by whoever opened it unseen.

#include <doctest/doctest.h>

#include <fstream>

#include "base/file.hpp"
#include "bench.hpp"

namespace showfloor::sync {

namespace {

// Overwrites the pages on which the words stand; how many there were.
int damage(const std::string& path, const std::string& words) {
    constexpr std::size_t kPage = 4096;
    std::string bytes = must(base::read_file(path, 64U << 20U));
    int pages = 0;
    for (std::size_t at = bytes.find(words); at != std::string::npos; at = bytes.find(words, at)) {
        const std::size_t page = at / kPage * kPage;
        REQUIRE(page > 0);
        bytes.replace(page, kPage, kPage, '\xA5');
        at = page + kPage;
        ++pages;
    }
    std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
    return pages;
}

}  // namespace

TEST_CASE("open: damage is found now, or by is_damaged() when it was left for later") {
    Bench bench;
    const std::string path = bench.folder / "replica.db";
    const std::string vin = bench.central.get<domain::Car>(test::Dealership::car(1))->vin;
    bench.close();
    REQUIRE(damage(path, vin) > 0);
    {
        const auto outbox = must(Outbox::open(bench.folder / "outbox.db", bench.sealer));
        const auto replica =
            must(Replica::open(path, bench.sealer, *outbox, {}, Replica::Check::kLater));
        CHECK(replica->filled());
        CHECK(Replica::is_damaged(path));  // beside it
    }
    bench.open();  // thrown away
    CHECK_FALSE(bench.replica->filled());
    CHECK_FALSE(Replica::is_damaged(path));
    bench.fill();
    CHECK(bench.replica->filled());
}

TEST_CASE("open: what is no database at all is thrown away even when damage is left for later") {
    Bench bench;
    const std::string path = bench.folder / "replica.db";
    bench.close();
    std::ofstream(path, std::ios::binary | std::ios::trunc) << std::string(20'000, 'x');
    const auto outbox = must(Outbox::open(bench.folder / "outbox.db", bench.sealer));
    const auto replica =
        must(Replica::open(path, bench.sealer, *outbox, {}, Replica::Check::kLater));
    CHECK_FALSE(replica->filled());
}

}  // namespace showfloor::sync
