#include "net/gzip.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

namespace showfloor::net {

TEST_CASE("gzip: any text comes back") {
    CHECK(rc::check("round trip", [](const std::string& text) {
        RC_ASSERT(*gunzip(gzip(text), text.size()) == text);
    }));
}

TEST_CASE("gunzip: a bomb stops at the bound") {
    const std::string bomb = gzip(std::string(50'000'000, 'a'));
    CHECK(bomb.size() < 300'000);
    CHECK(gunzip(bomb, 1'000'000).error().kind == base::ErrorKind::kTooLarge);
}

TEST_CASE("gunzip: cut, extended or foreign bytes are refused") {
    const std::string packed = gzip("a text that is long enough to be cut somewhere");
    for (std::size_t size = 0; size < packed.size(); ++size)
        CHECK(gunzip(packed.substr(0, size), 1000).error().kind == base::ErrorKind::kInvalid);
    CHECK_FALSE(gunzip(packed + "x", 1000));
    CHECK_FALSE(gunzip("plain", 1000));
    std::string changed = packed;
    changed[packed.size() - 6] ^= 1;  // the checksum
    CHECK_FALSE(gunzip(changed, 1000));
}

}  // namespace showfloor::net
