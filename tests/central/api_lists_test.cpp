#include <set>

#include "api_fixture.hpp"

using namespace showfloor;
using testing::Dealership;
using testing::Json;

namespace {

struct Lot : Dealership {
    std::string root;
    Lot() {
        user("root", "super_admin", {});
        for (int i = 0; i < 23; ++i)
            car(nbo, {{"make", i % 3 == 0 ? "Toyota" : "Mazda"},
                      {"year", 2000 + i % 7},
                      {"price_minor", 1000 + 10 * (i % 5)},
                      {"trim_level", i % 2 == 0 ? "" : "GT"}});
        root = token("root");
    }
    // Walks from page to page; what it meets, in order.
    std::vector<std::string> walk(const std::string& target, const char* way = "next",
                                  std::string cursor = {},
                                  const std::function<void()>& between = {}) {
        std::vector<std::string> ids;
        while (true) {
            const auto reply =
                send("GET", target + (cursor.empty() ? "" : "&cursor=" + cursor), root);
            INFO(reply.raw.body);
            REQUIRE(reply.status == 200);
            std::vector<std::string> page;
            for (const Json& one : reply.body["data"])
                page.push_back(one["id"]);
            if (std::string(way) == "prev")
                ids.insert(ids.begin(), page.begin(), page.end());
            else
                ids.insert(ids.end(), page.begin(), page.end());
            const Json& go_on = reply.body["cursor"][way];
            if (!go_on.is_string()) return ids;
            cursor = go_on;
            last_cursor = reply.body["cursor"]["prev"].is_string()
                              ? reply.body["cursor"]["prev"].get<std::string>()
                              : "";
            if (between) between();
        }
    }
    std::string last_cursor;
};

}  // namespace

TEST_CASE("lists: pages together are the whole, in any order, forwards and back") {
    Lot lot;
    for (const char* sort : {"id", "-id", "price_minor", "-price_minor", "year", "trim_level",
                             "-trim_level", "-created_at"}) {
        const std::string target = std::string("/api/v1/cars?limit=4&sort=") + sort;
        const auto ids = lot.walk(target);
        INFO(sort);
        CHECK(ids.size() == 23);
        CHECK(std::set<std::string>(ids.begin(), ids.end()).size() == 23);
        const auto whole = lot.walk(std::string("/api/v1/cars?limit=100&sort=") + sort);
        CHECK(ids == whole);
        // From the last page back to the first: the same cars in the same order.
        const auto back = lot.walk(target, "prev", lot.last_cursor);
        REQUIRE(back.size() >= 16);
        CHECK(std::equal(back.begin(), back.end(), ids.begin()));
    }
}

TEST_CASE("lists: a cursor neither skips nor repeats while cars come in") {
    Lot lot;
    const auto before = lot.walk("/api/v1/cars?limit=100&sort=price_minor");
    int added = 0;
    const auto ids = lot.walk("/api/v1/cars?limit=5&sort=price_minor", "next", {}, [&] {
        if (added++ < 4) lot.car(lot.nbo, {{"price_minor", added % 2 == 0 ? 1 : 999'999}});
    });
    CHECK(std::set<std::string>(ids.begin(), ids.end()).size() == ids.size());
    for (const auto& id : before)
        CHECK(std::find(ids.begin(), ids.end(), id) != ids.end());
}

TEST_CASE("lists: an order that an index keeps shows what another order shows, page by page") {
    Lot lot;
    for (const char* filter :
         {"make=Toyota", "year_min=2003&year_max=2010", "availability=in_stock&make=Toyota",
          "price_minor_min=1", "make=Toyota&model=Corolla", "color=none"}) {
        const std::string target = std::string("/api/v1/cars?") + filter + "&limit=3&sort=";
        INFO(target);
        const auto plain = lot.walk(target + "id");
        const std::set<std::string> wanted(plain.begin(), plain.end());
        for (const char* sort : {"price_minor", "-price_minor", "year", "-year", "mileage",
                                 "-mileage", "created_at", "-created_at"}) {
            INFO(sort);
            const auto found = lot.walk(target + sort);
            CHECK(found.size() == wanted.size());
            CHECK(std::set<std::string>(found.begin(), found.end()) == wanted);
        }
    }
}

TEST_CASE("lists: filters by equality, range and words; an unknown one is named") {
    Lot lot;
    const auto count = [&](const std::string& query) {
        const auto reply = lot.send("GET", "/api/v1/cars?total=true&limit=100&" + query, lot.root);
        INFO(query << reply.raw.body);
        REQUIRE(reply.status == 200);
        CHECK(reply.body["total"] == reply.body["data"].size());
        return reply.body["data"].size();
    };
    CHECK(count("make=Toyota") == 8);
    CHECK(count("year_min=2003&year_max=2004") == 6);
    CHECK(count("q=toy cor") == 8);
    CHECK(count("q=%25") == 0);
    CHECK(count("availability=in_stock") == 23);
    CHECK(count("archived=true") == 0);
    const auto wrong = [&](const std::string& query) {
        const auto reply = lot.send("GET", "/api/v1/cars?" + query, lot.root);
        CHECK(reply.status == 400);
        REQUIRE(reply.body.contains("fields"));
        return reply.body["fields"][0]["field"].get<std::string>();
    };
    CHECK(wrong("colour=white") == "colour");
    CHECK(wrong("purchase_cost_minor_min=1") == "purchase_cost_minor_min");
    CHECK(wrong("make_min=A") == "make_min");
    CHECK(wrong("year=abc") == "year");
    CHECK(wrong("availability=maybe") == "availability");
    CHECK(wrong("sort=password") == "sort");
    CHECK(wrong("limit=101") == "limit");
    CHECK(wrong("limit=0") == "limit");
    CHECK(wrong("cursor=@@@") == "cursor");
    CHECK(wrong("branch_id=1%27%20OR%201=1") == "branch_id");
}

TEST_CASE("lists: nobody filters by what nobody may see") {
    Lot lot;
    lot.user("amina", "seller", lot.nbo);
    for (const char* query :
         {"email=amina@example.com", "username=amina", "sort=last_name", "last_sign_in_at_min=1"}) {
        const auto reply = lot.send("GET", std::string("/api/v1/users?") + query);
        CHECK(reply.status == 400);
    }
}

TEST_CASE("reads: ETag and If-None-Match; no-store but for public cars") {
    Lot lot;
    const auto id = lot.car(lot.nbo).to_string();
    const auto first = lot.send("GET", "/api/v1/cars/" + id, lot.root);
    const std::string tag = first.header("ETag");
    CHECK(first.header("Cache-Control") == "no-store");
    REQUIRE(!tag.empty());
    const auto again =
        lot.send("GET", "/api/v1/cars/" + id, lot.root, std::nullopt, {{"If-None-Match", tag}});
    CHECK(again.status == 304);
    CHECK(again.raw.body.empty());
    const auto open = lot.send("GET", "/api/v1/cars/" + id);
    CHECK(open.status == 200);
    CHECK(open.header("Cache-Control") == "public, no-cache");
    CHECK(open.header("Vary") == "Authorization");
    CHECK(open.header("ETag") != tag);

    const std::string path = "/api/v1/cars/" + id;
    const auto changed =
        lot.send("PATCH", path, lot.root, Json{{"color", "red"}}, {{"If-Match", tag}});
    REQUIRE(changed.status == 200);
    CHECK(changed.header("ETag") != tag);
    CHECK(lot.send("PATCH", path, lot.root, Json{{"color", "blue"}}, {{"If-Match", tag}}).status ==
          412);
    CHECK(lot.send("GET", path, lot.root).header("ETag") == changed.header("ETag"));
    const auto list = lot.send("GET", "/api/v1/cars", lot.root);
    CHECK(lot.send("GET", "/api/v1/cars", lot.root, std::nullopt,
                   {{"If-None-Match", list.header("ETag")}})
              .status == 304);
}

TEST_CASE("limits: 120 anonymous reads and 60 writes a minute, over restarts") {
    Lot lot;
    for (int i = 0; i < 120; ++i)
        REQUIRE(lot.send("GET", "/api/v1/cars?limit=1").status == 200);
    const auto blocked = lot.send("GET", "/api/v1/cars?limit=1");
    CHECK(blocked.status == 429);
    CHECK(!blocked.header("Retry-After").empty());
    CHECK(lot.send("GET", "/healthz").status == 200);
    CHECK(lot.send("GET", "/api/v1/cars?limit=1", lot.root).status == 200);
    REQUIRE(lot.api->flush());
    lot.open();
    CHECK(lot.send("GET", "/api/v1/cars?limit=1").status == 429);
    lot.clock.advance(60'000);
    CHECK(lot.send("GET", "/api/v1/cars?limit=1").status == 200);
    for (int i = 0; i < 60; ++i)
        REQUIRE(lot.send("POST", "/api/v1/cars", lot.root, Json::object()).status == 400);
    CHECK(lot.send("POST", "/api/v1/cars", lot.root, Json::object()).status == 429);
}
