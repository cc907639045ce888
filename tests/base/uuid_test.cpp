#include "base/uuid.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <set>

namespace showfloor::base {

TEST_CASE("Uuid::v7: carries the time, the version and the variant of RFC 9562") {
    SeededRandom random(1);
    const Uuid id = Uuid::v7(0x017F22E279B0, random);  // the example of RFC 9562, appendix A.6
    const std::string text = id.to_string();
    CHECK(text.substr(0, 13) == "017f22e2-79b0");
    CHECK(text[14] == '7');
    CHECK(std::string("89ab").find(text[19]) != std::string::npos);
}

TEST_CASE("Uuid::v7: later times sort later, as bytes and as text") {
    SeededRandom random(2);
    Uuid before = Uuid::v7(1, random);
    for (UtcMs now = 2; now < 4'000'000'000'000; now *= 3) {
        const Uuid id = Uuid::v7(now, random);
        CHECK(before < id);
        CHECK(before.to_string() < id.to_string());
        before = id;
    }
}

TEST_CASE("Uuid::v7: two made in the same millisecond differ") {
    SystemRandom random;
    std::set<Uuid> seen;
    for (int i = 0; i < 1000; ++i)
        seen.insert(Uuid::v7(1'750'000'000'000, random));
    CHECK(seen.size() == 1000);
}

TEST_CASE("Uuid::parse: either case, and nothing that is no UUID") {
    const auto id = Uuid::parse("017F22E2-79B0-7CC3-98C4-DC0C0C07398F");
    REQUIRE(id);
    CHECK(id->to_string() == "017f22e2-79b0-7cc3-98c4-dc0c0c07398f");
    for (const char* bad :
         {"", "017f22e2-79b0-7cc3-98c4-dc0c0c07398", "017f22e2-79b0-7cc3-98c4-dc0c0c07398f0",
          "017f22e279b07cc398c4dc0c0c07398f0000", "g17f22e2-79b0-7cc3-98c4-dc0c0c07398f",
          "{17f22e2-79b0-7cc3-98c4-dc0c0c07398}", "017f22e2-79b0-7cc3-98c4+dc0c0c07398f"})
        CHECK_FALSE(Uuid::parse(bad));
    CHECK(Uuid{}.is_nil());
    CHECK_FALSE(id->is_nil());
}

TEST_CASE("Uuid: text and back") {
    CHECK(rc::check("round trip", [](const std::array<std::uint8_t, 16>& bytes) {
        RC_ASSERT(Uuid::parse(Uuid{bytes}.to_string()) == Uuid{bytes});
    }));
    CHECK(rc::check("parsing any text does no harm",
                    [](const std::string& text) { (void)Uuid::parse(text); }));
}

TEST_CASE("Random::below: stays below and reaches every value") {
    SeededRandom random(3);
    std::set<std::uint64_t> seen;
    for (int i = 0; i < 1000; ++i)
        seen.insert(random.below(7));
    CHECK(seen == std::set<std::uint64_t>{0, 1, 2, 3, 4, 5, 6});
    CHECK(random.below(1) == 0);
}

TEST_CASE("SeededRandom: the same seed gives the same bytes") {
    SeededRandom a(42);
    SeededRandom b(42);
    SeededRandom c(43);
    CHECK(a.next() == b.next());
    CHECK(a.next() != c.next());
}

}  // namespace showfloor::base
