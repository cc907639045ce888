#include "fixture.hpp"

namespace showfloor::test {

namespace {

constexpr std::int64_t kMinute = 60'000;

struct Fixture : TestTerminal {
    Fixture() {
        settle();
        central.away = true;
    }
    // The message of a refusal.
    std::string refused(const std::string& login, const std::string& password) {
        const auto person = sign_in(login, password);
        REQUIRE_FALSE(person.ok());
        return person.error().message;
    }
    std::string code(const std::string& login, const std::string& password) {
        const auto person = sign_in(login, password);
        return person ? "" : person.error().code;
    }
};

}  // namespace

TEST_CASE_FIXTURE(Fixture, "sign_in: the right password, offline, whatever the name's case") {
    const auto person = sign_in("SeLLer", kPassword);
    REQUIRE(person.ok());
    CHECK(person->user_id == central.shop.seller);
    CHECK(person->role == domain::Role::kSeller);
    CHECK(person->branch_name == "Nairobi");
    CHECK_FALSE(person->offline_warning);
}

TEST_CASE_FIXTURE(Fixture, "FIX sign_in: wrong user and wrong password answer alike, try by try") {
    for (int i = 0; i < 6; ++i) {
        const std::string wrong_password = refused("seller", "not this one");
        const std::string wrong_user = refused("nobody.of.that.name", "not this one");
        INFO(i);
        CHECK(wrong_password == wrong_user);
        CHECK(code("manager", "nor this") == code("stranger", "nor this"));
    }
}

TEST_CASE_FIXTURE(Fixture, "FIX sign_in: alike online too, where central says no") {
    central.away = false;
    CHECK(refused("seller", "not this one") == refused("stranger", "not this one"));
}

TEST_CASE_FIXTURE(Fixture, "sign_in: five wrong tries lock 1, 5, 15, 60, 60 minutes") {
    for (const std::int64_t minutes : {1, 5, 15, 60, 60}) {
        INFO(minutes);
        for (int i = 0; i < 4; ++i)
            CHECK(code("seller", "wrong again") == "wrong_password");
        CHECK(code("seller", "wrong again") == "locked");
        CHECK(code("seller", kPassword) == "locked");  // the right one does not open it either
        clock.advance(minutes * kMinute - 1000);
        CHECK(code("seller", kPassword) == "locked");
        clock.advance(1000);
    }
    CHECK(sign_in("seller", kPassword).ok());
    CHECK(code("seller", "wrong again") == "wrong_password");  // counted from one again
}

TEST_CASE_FIXTURE(Fixture, "sign_in: the lock is one person's") {
    for (int i = 0; i < 5; ++i)
        (void)sign_in("seller", "wrong again");
    CHECK(sign_in("manager", kPassword).ok());
}

TEST_CASE_FIXTURE(Fixture, "sign_in: neither a restart nor a turned-on clock opens the lock") {
    for (int i = 0; i < 5; ++i)
        (void)sign_in("seller", "wrong again");
    restart();
    CHECK(code("seller", kPassword) == "locked");
    clock.jump_wall(365LL * 24 * 60 * kMinute);  // somebody sets the date while it runs
    CHECK(code("seller", kPassword) == "locked");
    clock.jump_wall(-730LL * 24 * 60 * kMinute);
    restart();
    CHECK(code("seller", kPassword) == "locked");
    clock.advance(kMinute);
    CHECK(sign_in("seller", kPassword).ok());
}

TEST_CASE_FIXTURE(Fixture, "sign_in: three days without central are said") {
    clock.advance(3LL * 24 * 60 * kMinute - kMinute);
    CHECK_FALSE(must(sign_in("seller", kPassword)).offline_warning);
    clock.advance(2 * kMinute);
    CHECK(must(sign_in("seller", kPassword)).offline_warning);
}

TEST_CASE_FIXTURE(
    Fixture,
    "sign_in: after 30 days without central only those known here go on, and are told; "
    "a turned-back clock does not help") {
    REQUIRE(sign_in("seller", kPassword).ok());  // was here
    clock.advance(30LL * 24 * 60 * kMinute - kMinute);
    CHECK_FALSE(must(sign_in("seller", kPassword)).offline_too_long);
    CHECK(code("staff", "not this one") == "wrong_password");
    clock.advance(2 * kMinute);
    restart();
    clock.jump_wall(-60LL * 24 * 60 * kMinute);
    const auto known = must(sign_in("seller", kPassword));
    CHECK(known.offline_too_long);
    CHECK(known.offline_days == 30);
    const auto stranger = sign_in("manager", kPassword);
    REQUIRE_FALSE(stranger.ok());
    CHECK(stranger.error().code == "offline_too_long");
    CHECK(stranger.error().field == "30");
    CHECK(code("manager", "not this one") == "wrong_password");  // says nothing to who guesses
    central.away = false;
    engine().sync().sync_now();
    settle();
    CHECK_FALSE(must(sign_in("manager", kPassword)).offline_too_long);
}

TEST_CASE("sign_in: the branch says how many days") {
    TestTerminal terminal;
    auto branch = *terminal.central.shop.world.get<domain::Branch>(terminal.central.shop.nairobi);
    branch.offline_sign_in_days = 5;
    terminal.central.shop.world.put(branch);
    terminal.settle();
    terminal.central.away = true;
    terminal.clock.advance(6LL * 24 * 60 * kMinute);
    CHECK(terminal.sign_in("seller", TestTerminal::kPassword).error().code == "offline_too_long");
}

TEST_CASE("sign_in: a right one before the first fill is told so") {
    TestTerminal terminal;
    terminal.central.sync_away = true;
    terminal.central.rest = [&](const sync::Request&) -> FakeCentral::Answer {
        return sync::Reply{
            200, {}, base::dump_json({{"user_id", terminal.central.shop.seller.to_string()}})};
    };
    CHECK(terminal.sign_in("seller", "known to central").error().code == "not_filled");
}

TEST_CASE_FIXTURE(Fixture, "sign_in: who is inactive or archived is refused like a stranger") {
    central.away = false;
    auto user = *central.shop.world.get<domain::User>(central.shop.staff);
    user.status = domain::UserStatus::kInactive;
    central.shop.world.put(user);
    TestTerminal fresh;
    fresh.central.shop.world.put(user);
    fresh.settle();
    CHECK(fresh.sign_in("staff", kPassword).error().code == "wrong_password");
}

TEST_CASE_FIXTURE(Fixture, "sign_in: a person unknown here is central's to judge, by e-mail too") {
    central.away = false;
    central.rest = [&](const sync::Request& request) -> FakeCentral::Answer {
        CHECK(request.path == "/api/v1/auth/login");
        const auto body = must(base::parse_json(request.body, 10'000));
        if (base::text_member(body, "password") != "known to central")
            return sync::Reply{401, {}, ""};
        return sync::Reply{
            200, {}, base::dump_json({{"user_id", central.shop.mechanic.to_string()}})};
    };
    for (const char* login : {"mechanic", "mechanic@example.com"}) {
        const auto person = sign_in(login, "known to central");
        REQUIRE(person.ok());
        CHECK(person->user_id == central.shop.mechanic);
    }
    CHECK(code("mechanic", "wrong") == "wrong_password");
}

TEST_CASE_FIXTURE(Fixture, "sign_in: a person of no record here may not work at this terminal") {
    central.away = false;
    central.rest = [&](const sync::Request&) -> FakeCentral::Answer {
        return sync::Reply{
            200, {}, base::dump_json({{"user_id", base::Uuid::v7(1, random).to_string()}})};
    };
    CHECK(code("elsewhere", "known to central") == "other_branch");
    central.rest = [](const sync::Request&) -> FakeCentral::Answer {
        return sync::Reply{200, {}, "garbage"};
    };
    CHECK(code("elsewhere", "known to central") == "other_branch");
}

TEST_CASE_FIXTURE(Fixture, "tiles: those who chose to be shown, while they are active") {
    CHECK(engine().accounts().tiles().empty());
    auto user = *central.shop.world.get<domain::User>(central.shop.seller);
    user.show_at_sign_in = true;
    TestTerminal fresh;
    fresh.central.shop.world.put(user);
    fresh.settle();
    const auto tiles = fresh.engine().accounts().tiles();
    REQUIRE(tiles.size() == 1);
    CHECK(tiles[0].login == "seller");
    CHECK(tiles[0].role == "seller");
}

}  // namespace showfloor::test
