// Leads over the REST API: visitors make them without signing in, sellers work on them.

#include "api_fixture.hpp"
#include "domain/records_leads.hpp"
#include "storage/sqlite_world.hpp"

using namespace showfloor;
using testing::Dealership;
using testing::Json;

namespace {

struct Shop : Dealership {
    Shop() {
        user("amina", "seller", nbo);
        user("ben", "seller", mba);
        amina = token("amina");
        car_id = car(nbo);
    }
    Json lead_args() {
        return {{"kind", "offer"},        {"car_id", car_id.to_string()},
                {"name", "Visitor"},      {"email", "v@example.com"},
                {"consent_version", "1"}, {"consent_at", clock.wall()}};
    }
    std::vector<domain::Notification> notes_about(const base::Uuid& record) {
        auto reader = store->reader();
        storage::SqliteWorld world(reader->connection());
        return world.find<domain::Notification>({.where = {{"record_id", record.to_string()}}});
    }
    std::string amina;
    base::Uuid car_id;
};

}  // namespace

TEST_CASE_FIXTURE(Shop, "leads: from nobody's hand to won; who made it sees nothing of it") {
    const auto made = send("POST", "/api/v1/leads", {}, lead_args());
    INFO(made.raw.body);
    REQUIRE(made.status == 201);
    CHECK(!made.body.contains("name"));
    const std::string id = base::text_member(made.body, "id");
    const auto record = *base::Uuid::parse(id);
    CHECK(send("GET", "/api/v1/leads/" + id).status == 401);
    CHECK(send("GET", "/api/v1/leads/" + id, token("ben")).status == 404);
    // The branch follows from the car; its people are told, without a word of who it is.
    const auto notes = notes_about(record);
    REQUIRE(notes.size() == 1);
    CHECK(notes[0].type == "lead");
    CHECK(notes[0].branch_id == nbo);
    CHECK(notes[0].values.find("Visitor") == std::string::npos);
    CHECK(notes[0].resolved_at == 0);

    const auto claimed = send("POST", "/api/v1/leads/" + id + "/claim", amina);
    REQUIRE(claimed.status == 200);
    CHECK(claimed.body["owner_id"] == people["amina"].to_string());
    CHECK(notes_about(record)[0].resolved_at != 0);
    CHECK(send("POST", "/api/v1/leads/" + id + "/claim", token("ben")).status == 404);
    for (const char* status : {"contacted", "won"})
        CHECK(send("PATCH", "/api/v1/leads/" + id, amina, Json{{"status", status}}).status == 200);
    const auto back = send("PATCH", "/api/v1/leads/" + id, amina, Json{{"status", "lost"}});
    CHECK(back.status == 409);
    CHECK(back.code() == "wrong_state");
}

TEST_CASE_FIXTURE(Shop, "leads: without consent, or with a field that is not asked for, refused") {
    auto args = lead_args();
    args.erase("consent_at");
    const auto refused = send("POST", "/api/v1/leads", {}, args);
    CHECK(refused.status == 422);
    CHECK(refused.code() == "consent_missing");
    args = lead_args();
    args["status"] = "won";
    CHECK(send("POST", "/api/v1/leads", {}, args).status == 400);
}

TEST_CASE_FIXTURE(Shop, "leads: five a minute from one address, whatever the restart") {
    for (int i = 0; i < 5; ++i)
        CHECK(send("POST", "/api/v1/leads", {}, lead_args()).status == 201);
    const auto sixth = send("POST", "/api/v1/leads", {}, lead_args());
    CHECK(sixth.status == 429);
    CHECK(!sixth.header("Retry-After").empty());
    REQUIRE(api->flush());
    open();
    CHECK(send("POST", "/api/v1/leads", {}, lead_args()).status == 429);
    peer = "192.0.2.99";
    CHECK(send("POST", "/api/v1/leads", {}, lead_args()).status == 201);
}
