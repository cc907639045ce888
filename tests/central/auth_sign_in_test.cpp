#include "api_fixture.hpp"

using namespace showfloor;
using testing::Dealership;
using testing::Json;

TEST_CASE("sign in: e-mail or user name, whatever the case, gives tokens that work") {
    Dealership shop;
    shop.user("amina", "seller", shop.nbo);
    for (const char* login : {"amina", "AMINA", "amina@example.com", "Amina@Example.com"}) {
        const auto reply = shop.login(login);
        INFO(login << " " << reply.raw.body);
        REQUIRE(reply.status == 200);
        CHECK(reply.body["token_type"] == "Bearer");
        CHECK(reply.body["expires_in"] == 900);
        const auto me =
            shop.send("GET", "/api/v1/auth/me", base::text_member(reply.body, "access_token"));
        REQUIRE(me.status == 200);
        CHECK(me.body["username"] == "amina");
        CHECK(me.body["kind"] == "staff");
    }
}

TEST_CASE("sign in: an unknown person and a wrong password are answered alike") {
    Dealership shop;
    shop.user("amina", "seller", shop.nbo);
    auto wrong = shop.login("amina", "not this one at all");
    auto nobody = shop.login("nobody", "not this one at all");
    CHECK(wrong.status == 401);
    wrong.body.erase("request_id");
    nobody.body.erase("request_id");
    CHECK(wrong.body == nobody.body);
    CHECK(wrong.code() == "wrong_credentials");
}

TEST_CASE("sign in: the sixth wrong try in a minute waits, also after a restart") {
    Dealership shop;
    shop.user("amina", "seller", shop.nbo);
    for (int i = 0; i < 5; ++i)
        CHECK(shop.login("amina", "wrong").status == 401);
    const auto blocked = shop.login("amina");
    CHECK(blocked.status == 429);
    CHECK(blocked.header("Retry-After") == "60");
    shop.open();
    CHECK(shop.login("amina").status == 429);
    shop.peer = "192.0.2.2";  // the account is locked, not only the address
    CHECK(shop.login("amina").status == 429);
    CHECK(shop.login("amina@example.com").status == 429);
    shop.clock.advance(61'000);
    CHECK(shop.login("amina").status == 200);
}

TEST_CASE("sign in: waiting doubles, and fifteen wrong tries end the hour") {
    Dealership shop;
    shop.user("amina", "seller", shop.nbo);
    for (const char* wait : {"60", "120"}) {
        for (int i = 0; i < 5; ++i)
            CHECK(shop.login("amina", "wrong").status == 401);
        const auto blocked = shop.login("amina", "wrong");
        CHECK(blocked.header("Retry-After") == wait);
        shop.clock.advance(std::stoi(wait) * 1000);
    }
    for (int i = 0; i < 5; ++i)
        CHECK(shop.login("amina", "wrong").status == 401);
    CHECK(shop.login("amina").header("Retry-After") == std::to_string(3600 - 180));
    shop.clock.advance(3'420'000);
    CHECK(shop.login("amina").status == 200);
}

TEST_CASE("sign in: right passwords are not counted") {
    Dealership shop;
    shop.user("amina", "seller", shop.nbo);
    for (int i = 0; i < 8; ++i)
        CHECK(shop.login("amina").status == 200);
}

TEST_CASE("sign in: one address trying many names is stopped too") {
    Dealership shop;
    shop.user("amina", "seller", shop.nbo);
    for (int i = 0; i < 5; ++i)
        CHECK(shop.login("name" + std::to_string(i), "wrong").status == 401);
    CHECK(shop.login("amina").status == 429);
    shop.peer = "192.0.2.9";
    CHECK(shop.login("amina").status == 200);
}

TEST_CASE(
    "inactive: refused at sign-in, at refresh and at every request; signing in never activates") {
    Dealership shop;
    const auto admin = shop.user("root", "super_admin", {});
    const auto amina = shop.user("amina", "seller", shop.nbo);
    const auto tokens = shop.login("amina").body;
    const auto access = base::text_member(tokens, "access_token");
    CHECK(shop.send("GET", "/api/v1/cars", access).status == 200);
    shop.run("deactivate_user", {{"user_id", amina.to_string()}}, admin);
    CHECK(shop.send("GET", "/api/v1/cars", access).status == 403);
    CHECK(shop.login("amina").status == 403);
    const auto refreshed = shop.send("POST", "/api/v1/auth/refresh", {},
                                     Json{{"refresh_token", tokens["refresh_token"]}});
    CHECK(refreshed.status == 403);
    CHECK(shop.login("amina").code() == "account_inactive");
}

TEST_CASE("deactivate over the API: sessions end for good, also when the person comes back") {
    Dealership shop;
    shop.user("root", "super_admin", {});
    const auto amina = shop.user("amina", "seller", shop.nbo);
    const auto access = shop.token("amina");
    const auto root = shop.token("root");
    const std::string path = "/api/v1/users/" + amina.to_string();
    CHECK(shop.send("DELETE", path, root).status == 200);
    CHECK(shop.send("POST", path + "/reactivate", root).status == 200);
    CHECK(shop.send("GET", "/api/v1/auth/me", access).code() == "session_ended");
    CHECK(shop.login("amina").status == 200);
}

TEST_CASE("refresh: rotates; using an old token ends the whole family") {
    Dealership shop;
    shop.user("amina", "seller", shop.nbo);
    const auto first = shop.login("amina").body;
    const auto refresh = [&](const Json& token) {
        return shop.send("POST", "/api/v1/auth/refresh", {}, Json{{"refresh_token", token}});
    };
    const auto second = refresh(first["refresh_token"]);
    REQUIRE(second.status == 200);
    CHECK(second.body["refresh_token"] != first["refresh_token"]);
    const auto access = base::text_member(second.body, "access_token");
    CHECK(shop.send("GET", "/api/v1/auth/me", access).status == 200);

    const auto stolen = refresh(first["refresh_token"]);
    CHECK(stolen.status == 401);
    CHECK(stolen.code() == "token_reused");
    CHECK(refresh(second.body["refresh_token"]).status == 401);
    CHECK(shop.send("GET", "/api/v1/auth/me", access).status == 401);
}

TEST_CASE("refresh: over after seven days, and nothing can be made up") {
    Dealership shop;
    shop.user("amina", "seller", shop.nbo);
    const auto tokens = shop.login("amina").body;
    const auto refresh = [&](const std::string& token) {
        return shop.send("POST", "/api/v1/auth/refresh", {}, Json{{"refresh_token", token}});
    };
    std::string forged = base::text_member(tokens, "refresh_token");
    forged[forged.find('.') + 1] = '2';  // the next generation
    CHECK(refresh(forged).code() == "token_invalid");
    CHECK(refresh("nonsense").status == 401);
    shop.clock.advance(7LL * 24 * 3600 * 1000 + 1);
    CHECK(refresh(base::text_member(tokens, "refresh_token")).code() == "token_expired");
}

TEST_CASE("access token: expires, cannot be changed, ends with the session") {
    Dealership shop;
    shop.user("amina", "seller", shop.nbo);
    const auto access = shop.token("amina");
    auto changed = access;
    changed[changed.size() / 2] = changed[changed.size() / 2] == 'A' ? 'B' : 'A';
    CHECK(shop.send("GET", "/api/v1/auth/me", changed).status == 401);
    CHECK(shop.send("GET", "/api/v1/cars", changed).status == 401);
    CHECK(shop.send("POST", "/api/v1/auth/logout", access).status == 204);
    CHECK(shop.send("GET", "/api/v1/auth/me", access).code() == "session_ended");
    const auto later = shop.token("amina");
    shop.clock.advance(15LL * 60 * 1000 + 1000);
    CHECK(shop.send("GET", "/api/v1/auth/me", later).code() == "token_expired");
}

TEST_CASE("password: a new user has a one-time one and can do nothing before changing it") {
    Dealership shop;
    shop.user("root", "super_admin", {});
    const auto root = shop.token("root");
    const auto made = shop.send("POST", "/api/v1/users", root,
                                Json{{"first_name", "Ben"},
                                     {"last_name", "Otieno"},
                                     {"username", "ben"},
                                     {"email", "ben@example.com"},
                                     {"role", "seller"},
                                     {"branch_id", shop.nbo.to_string()}});
    INFO(made.raw.body);
    REQUIRE(made.status == 201);
    const auto once = base::text_member(made.body, "one_time_password");
    const auto signed_in = shop.login("ben", once);
    REQUIRE(signed_in.status == 200);
    CHECK(signed_in.body["must_change_password"] == true);
    const auto access = base::text_member(signed_in.body, "access_token");
    CHECK(shop.send("GET", "/api/v1/sales", access).code() == "password_change_required");
    CHECK(shop.send("GET", "/api/v1/auth/me", access).status == 200);
    const auto change = [&](const std::string& former, const std::string& next) {
        return shop.send("POST", "/api/v1/auth/password", access,
                         Json{{"password", former}, {"new_password", next}});
    };
    CHECK(change(once, "short").code() == "password_too_short");
    CHECK(change(once, "Password123!").code() == "password_common");
    CHECK(change(once, "1234567890").code() == "password_common");
    CHECK(change(once, "ben@example.com").code() == "password_is_name");
    CHECK(change(once, "Ben Otieno 99").code() == "password_is_name");
    CHECK(change("wrong", "a long enough sentence").code() == "wrong_password");
    CHECK(change(once, "a long enough sentence").status == 204);
    CHECK(shop.send("GET", "/api/v1/sales", access).status == 200);
    CHECK(shop.login("ben", once).status == 401);
    CHECK(shop.login("ben", "a long enough sentence").status == 200);
}

TEST_CASE("password: changing it ends the other sessions, resetting it ends all") {
    Dealership shop;
    shop.user("root", "super_admin", {});
    const auto amina = shop.user("amina", "seller", shop.nbo);
    const auto here = shop.token("amina");
    const auto elsewhere = shop.token("amina");
    CHECK(shop.send("POST", "/api/v1/auth/password", here,
                    Json{{"password", Dealership::kPassword},
                         {"new_password", "another good sentence"}})
              .status == 204);
    CHECK(shop.send("GET", "/api/v1/auth/me", here).status == 200);
    CHECK(shop.send("GET", "/api/v1/auth/me", elsewhere).status == 401);
    const auto reset = shop.send("POST", "/api/v1/users/" + amina.to_string() + "/reset-password",
                                 shop.token("root"));
    REQUIRE(reset.status == 200);
    CHECK(shop.send("GET", "/api/v1/auth/me", here).status == 401);
    CHECK(shop.login("amina", base::text_member(reset.body, "one_time_password")).status == 200);
}
