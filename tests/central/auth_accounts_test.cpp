// Registering, choosing a new password and proving an address, each with a code by e-mail.

#include <chrono>

#include "api_fixture.hpp"
#include "central/mail/mail_queue.hpp"
#include "central/mail/mailer.hpp"

using namespace showfloor;
using testing::Dealership;
using testing::Json;

namespace {

struct Desk : Dealership {
    // Delivers all letters; the code in the last one to this address, empty when there is none.
    std::string code_for(const std::string& address) {
        central::MailSettings settings;
        settings.from = "office@dealer.example";
        std::string code;
        central::Mailer mailer(*processor, central::mail_key(keys->token_key), settings, clock,
                               [&](const net::Letter& letter) -> base::Result<void> {
                                   ++letters;
                                   const auto colon = letter.subject.find(": ");
                                   if (letter.to == address && colon != std::string::npos)
                                       code = letter.subject.substr(colon + 2);
                                   return {};
                               });
        REQUIRE(mailer.run_due());
        return code;
    }
    Reply post(const std::string& what, Json body, const std::string& token = {}) {
        return send("POST", "/api/v1/auth/" + what, token, std::move(body));
    }
    Json registration(Json more = Json::object()) {
        Json body = {{"first_name", "Zawadi"},
                     {"last_name", "Buyer"},
                     {"username", "zawadi"},
                     {"email", "zawadi@buyers.example"},
                     {"password", "a long one it is"}};
        body.update(more);
        return body;
    }
    int letters = 0;
};

}  // namespace

TEST_CASE_FIXTURE(Desk,
                  "register: a customer signs in at once and proves the address with the code") {
    user("amina", "seller", nbo);
    const auto known = customer("zawadi", people["amina"]).to_string();
    const auto made = post("register", registration());
    INFO(made.raw.body);
    REQUIRE(made.status == 201);
    const std::string mine =
        base::text_member(login("zawadi", "a long one it is").body, "access_token");
    REQUIRE(!mine.empty());
    CHECK(send("GET", "/api/v1/auth/me", mine).body["role"] == "customer");
    // Not theirs before the address is proved: anybody can type an address.
    CHECK(send("GET", "/api/v1/customers/" + known, mine).status == 404);
    const std::string code = code_for("zawadi@buyers.example");
    REQUIRE(code.size() == 8);
    CHECK(post("verify-email/confirm", {{"code", code == "00000000" ? "1" : "00000000"}}, mine)
              .code() == "code_wrong");
    CHECK(post("verify-email/confirm", {{"code", code}}, mine).status == 204);
    CHECK(send("GET", "/api/v1/auth/me", mine).body["email_verified_at"] == clock.wall());
    CHECK(send("GET", "/api/v1/customers/" + known, mine).status == 200);
    CHECK(post("verify-email/confirm", {{"code", code}}, mine).code() == "code_wrong");  // once
}

TEST_CASE_FIXTURE(Desk, "FIX register: nobody registers as admin, or as anything but a customer") {
    for (const char* role : {"admin", "super_admin", "seller", "customer"}) {
        const auto made = post("register", registration({{"role", role}}));
        CHECK(made.status == 400);
        CHECK(made.code() == "unknown_field");
        CHECK(made.body["fields"][0]["field"] == "role");
    }
    CHECK(login("zawadi", "a long one it is").status == 401);
}

TEST_CASE_FIXTURE(Desk, "FIX users: nobody raises a role above their own, nor anybody's at all") {
    user("boss", "admin", nbo);
    user("root", "super_admin", {});
    const auto boss = token("boss");
    const auto made = send("POST", "/api/v1/users", boss,
                           Json{{"first_name", "A"},
                                {"last_name", "B"},
                                {"username", "another"},
                                {"email", "another@example.com"},
                                {"role", "super_admin"}});
    CHECK(made.code() == "role_not_grantable");
    user("amina", "seller", nbo);
    const auto raised = send("PATCH", "/api/v1/users/" + people["amina"].to_string(), token("root"),
                             Json{{"role", "admin"}});
    CHECK(raised.status >= 400);
    CHECK(send("PATCH", "/api/v1/users/" + people["boss"].to_string(), boss,
               Json{{"role", "super_admin"}})
              .status >= 400);
}

TEST_CASE_FIXTURE(Desk, "FIX sign in: logging in never activates") {
    user("amina", "seller", nbo);
    run("deactivate_user", {{"user_id", people["amina"].to_string()}});
    CHECK(login("amina").code() == "account_inactive");
    CHECK(post("password-reset", {{"email", "amina@example.com"}}).status == 202);
    CHECK(code_for("amina@example.com").empty());
    CHECK(login("amina").code() == "account_inactive");
}

TEST_CASE_FIXTURE(Desk,
                  "register: taken names, weak passwords and bad addresses are said by field") {
    user("amina", "seller", nbo);
    const auto taken = post("register", registration({{"username", "AMINA"}}));
    CHECK(taken.status == 409);
    CHECK(taken.body["fields"][0]["field"] == "username");
    CHECK(post("register", registration({{"password", "zawadibuyer"}})).code() ==
          "password_is_name");
    CHECK(post("register", registration({{"email", "nothing"}})).status == 422);
    CHECK(post("register", {{"email", "x@example.com"}}).status == 400);
}

TEST_CASE_FIXTURE(Desk,
                  "password-reset: the code gives a new password once and ends all sessions") {
    user("amina", "seller", nbo);
    const auto before = token("amina");
    CHECK(post("password-reset", {{"email", "Amina@Example.com"}}).status == 202);
    const std::string code = code_for("amina@example.com");
    REQUIRE(code.size() == 8);
    const auto confirm = [&](const std::string& with, const char* password) {
        return post("password-reset/confirm",
                    {{"email", "amina@example.com"}, {"code", with}, {"new_password", password}});
    };
    CHECK(confirm(code, "firstamina").code() == "password_is_name");  // the code stays good
    CHECK(confirm(code.substr(0, 4) + " " + code.substr(4), "something quite new").status == 204);
    CHECK(send("GET", "/api/v1/auth/me", before).status == 401);
    CHECK(login("amina", "something quite new").status == 200);
    CHECK(login("amina").status == 401);
    CHECK(confirm(code, "something else new").code() == "code_wrong");
    CHECK(code_for("amina@example.com").empty());
    CHECK(letters == 2);  // the second tells of the change
}

TEST_CASE_FIXTURE(Desk, "password-reset: a code is good for ten minutes and five tries") {
    user("amina", "seller", nbo);
    const auto confirm = [&](const std::string& code) {
        peer = "192.0.2." + std::to_string(++letters % 200);
        return post("password-reset/confirm", {{"email", "amina@example.com"},
                                               {"code", code},
                                               {"new_password", "something quite new"}});
    };
    post("password-reset", {{"email", "amina@example.com"}});
    const std::string late = code_for("amina@example.com");
    clock.advance(10 * 60'000);
    CHECK(confirm(late).code() == "code_wrong");
    clock.advance(3600'000);
    post("password-reset", {{"email", "amina@example.com"}});
    const std::string code = code_for("amina@example.com");
    for (int i = 0; i < 4; ++i)
        CHECK(confirm("x").code() == "code_wrong");
    CHECK(confirm("x").code() == "code_wrong");
    clock.advance(61'000);
    CHECK(confirm(code).code() == "code_wrong");  // tried too often
}

TEST_CASE_FIXTURE(
    Desk, "FIX password-reset: an unknown e-mail gets the same answer, in about the same time") {
    user("amina", "seller", nbo);
    const auto timed = [&](const std::string& email) {
        clock.advance(3600'000);
        const auto began = std::chrono::steady_clock::now();
        auto reply = post("password-reset", {{"email", email}});
        reply.body["took_us"] = std::chrono::duration_cast<std::chrono::microseconds>(
                                    std::chrono::steady_clock::now() - began)
                                    .count();
        CHECK(reply.status == 202);
        return reply.body;
    };
    std::vector<std::int64_t> known, unknown;
    for (int i = 0; i < 21; ++i) {
        Json one = timed("amina@example.com");
        Json other = timed("nobody" + std::to_string(i) + "@example.com");
        known.push_back(one["took_us"].get<std::int64_t>());
        unknown.push_back(other["took_us"].get<std::int64_t>());
        one.erase("took_us");
        other.erase("took_us");
        CHECK(one == other);
    }
    std::sort(known.begin(), known.end());
    std::sort(unknown.begin(), unknown.end());
    // Both are two commits; a machine under load blurs more than this.
    CHECK(known[10] < unknown[10] * 3);
    CHECK(unknown[10] < known[10] * 3);
    const auto wrong = post("password-reset/confirm", {{"email", "nobody@example.com"},
                                                       {"code", "12345678"},
                                                       {"new_password", "something quite new"}});
    CHECK(wrong.code() == "code_wrong");
    auto reader = store->reader();
    REQUIRE(reader);
    const auto left =
        reader->connection().value("SELECT COUNT(*) FROM mail WHERE state = 'waiting'");
    REQUIRE(left);
    CHECK(std::get<std::int64_t>(*left) == 1);  // the newest code of the one who is known
}

TEST_CASE_FIXTURE(
    Desk, "rate: register, reset and verify wait after five a minute, also after a restart") {
    user("amina", "seller", nbo);
    for (int i = 0; i < 5; ++i)
        CHECK(post("password-reset", {{"email", "amina@example.com"}}).status == 202);
    const auto blocked = post("password-reset", {{"email", "amina@example.com"}});
    CHECK(blocked.status == 429);
    CHECK(!blocked.header("Retry-After").empty());
    open();
    CHECK(post("password-reset", {{"email", "amina@example.com"}}).status == 429);
    peer = "192.0.2.9";  // the account is counted too
    CHECK(post("password-reset", {{"email", "amina@example.com"}}).status == 429);
    for (int i = 0; i < 5; ++i)
        CHECK(post("register",
                   registration({{"password", "x"}, {"email", std::to_string(i) + "@example.com"}}))
                  .status == 422);
    CHECK(post("register", registration()).status == 429);
    const auto mine = token("amina");
    for (int i = 0; i < 5; ++i)
        CHECK(send("POST", "/api/v1/auth/verify-email", mine).status == 202);
    CHECK(send("POST", "/api/v1/auth/verify-email", mine).status == 429);
}
