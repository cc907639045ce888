#include "base/json.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

namespace showfloor::base {

TEST_CASE("parse_json: good text") {
    const auto value = parse_json(R"({"b":[1,2.5,"x"],"a":null})", 100);
    REQUIRE(value);
    CHECK(dump_json(*value) == R"({"a":null,"b":[1,2.5,"x"]})");
}

TEST_CASE("parse_json: bad text names the byte, and throws nothing") {
    const auto broken = parse_json(R"({"a":)", 100);
    REQUIRE_FALSE(broken);
    CHECK(broken.error().kind == ErrorKind::kInvalid);
    CHECK(broken.error().message.find("byte 6") != std::string::npos);
    for (const char* bad :
         {"", "nul", "{,}", "[1,]", "\"\x01\"", "{\"a\":1}x", "1e999", "\"\xFF\""})
        CHECK_FALSE(parse_json(bad, 100));
}

TEST_CASE("parse_json: too long or too deep is refused before it costs anything") {
    CHECK(parse_json("[1]", 3).ok());
    CHECK(parse_json("[1]", 2).error().kind == ErrorKind::kTooLarge);
    CHECK(parse_json(std::string(32, '[') + std::string(32, ']'), 100).ok());
    CHECK_FALSE(parse_json(std::string(33, '[') + std::string(33, ']'), 100));
    const auto bomb = parse_json(std::string(1'000'000, '['), 2'000'000);
    REQUIRE_FALSE(bomb);
    CHECK(bomb.error().message.find("deep") != std::string::npos);
    std::string objects;
    for (int i = 0; i < 100'000; ++i)
        objects += R"({"a":)";
    CHECK_FALSE(parse_json(objects, 2'000'000));
    std::string closed;
    for (int i = 0; i < 40; ++i)
        closed += R"({"a":)";
    closed += "1" + std::string(40, '}');
    CHECK(parse_json(closed, 1000).error().message.find("deep") != std::string::npos);
}

TEST_CASE("parse_json: an integer too large for 64 bits does not silently become another") {
    const auto value = parse_json("92233720368547758079", 100);
    REQUIRE(value);
    CHECK_FALSE(value->is_number_integer());
}

TEST_CASE("dump_json: bytes that are no UTF-8 become U+FFFD") {
    CHECK(dump_json(Json("a\xFFz")) == "\"a\xEF\xBF\xBDz\"");
}

TEST_CASE("parse_json: any text does no harm") {
    CHECK(rc::check("no crash", [](const std::string& text) { (void)parse_json(text, 1000); }));
}

}  // namespace showfloor::base
