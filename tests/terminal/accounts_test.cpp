#include <ctime>
#include <filesystem>

#include "base/file.hpp"
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
    CHECK(engine().accounts().tiles(kMorning).empty());
    auto user = *central.shop.world.get<domain::User>(central.shop.seller);
    user.show_at_sign_in = true;
    TestTerminal fresh;
    fresh.central.shop.world.put(user);
    fresh.settle();
    const auto tiles = fresh.engine().accounts().tiles(kMorning);
    REQUIRE(tiles.size() == 1);
    CHECK(tiles[0].login == "seller");
    CHECK(tiles[0].role == "seller");
}

// ---- PIN

namespace {

constexpr char kPin[] = "271828";

struct PinFixture : Fixture {
    PinFixture() { CHECK(engine().set_pin(central.shop.seller, kPin).ok()); }
    base::Result<terminal::Person> by_pin(const std::string& login, const std::string& pin) {
        std::optional<base::Result<terminal::Person>> answer;
        engine().sign_in_by_pin(
            login, pin, [&](base::Result<terminal::Person> person) { answer = std::move(person); });
        REQUIRE(answer);
        return std::move(*answer);
    }
    std::string pin_code(const std::string& pin) {
        const auto person = by_pin("seller", pin);
        return person ? "" : person.error().code;
    }
    // What central has now, as a terminal gets it whose cache was lost.
    void fill_anew() {
        restart();
        std::filesystem::remove(folder.replica());
        central.away = false;
        settle();
    }
    // To just after the next midnight on this terminal's calendar.
    void to_tomorrow() {
        const std::time_t seconds = clock.wall() / 1000;
        std::tm day{};
        localtime_r(&seconds, &day);
        const std::int64_t passed = (day.tm_hour * 60 + day.tm_min) * 60 + day.tm_sec;
        clock.advance((24 * 3600 - passed + 1) * 1000);
    }
};

}  // namespace

TEST_CASE_FIXTURE(PinFixture, "pin: it lets its person in again, and says how they came in") {
    const auto person = by_pin("SeLLer", kPin);
    REQUIRE(person.ok());
    CHECK(person->user_id == central.shop.seller);
    CHECK(person->by_pin);
    CHECK_FALSE(must(sign_in("seller", kPassword)).by_pin);
    CHECK(by_pin("manager", kPin).error().code == "no_pin");
}

TEST_CASE_FIXTURE(PinFixture, "pin: it survives a restart and ends with the day") {
    restart();
    CHECK(pin_code(kPin).empty());
    to_tomorrow();
    CHECK(pin_code(kPin) == "no_pin");
    CHECK(pin_code("000000") == "no_pin");  // and is no try: there is nothing to guess
    CHECK(sign_in("seller", kPassword).ok());
}

TEST_CASE_FIXTURE(PinFixture, "pin: wrong ones count into the same lock, which survives restarts") {
    for (int i = 0; i < 2; ++i)
        CHECK(code("seller", "wrong password") == "wrong_password");
    CHECK(pin_code("111112") == "wrong_password");
    CHECK(by_pin("seller", "111112").error().field == "1");  // tries left
    CHECK(pin_code("111112") == "locked");
    CHECK(pin_code(kPin) == "locked");
    CHECK(code("seller", kPassword) == "locked");
    restart();
    CHECK(pin_code(kPin) == "locked");
    clock.advance(kMinute);
    CHECK(pin_code(kPin).empty());
}

TEST_CASE_FIXTURE(PinFixture, "pin: plain ones and what is no six digits are refused") {
    for (const char* pin : {"", "12345", "1234567", "12a456", "111111", "123456", "987654"}) {
        INFO(pin);
        CHECK(engine().set_pin(central.shop.seller, pin).error().code == "weak_pin");
    }
    CHECK(pin_code(kPin).empty());  // the one that was set stands
    CHECK(engine().set_pin(central.shop.mechanic, kPin).error().code == "no_verifier");
}

TEST_CASE_FIXTURE(PinFixture, "pin: another password takes it away") {
    auto verifier = *central.shop.world.find_one<domain::Verifier>(
        {{"user_id", central.shop.seller.to_string()}});
    const auto phc = must(crypto::hash_password("quite another one", random));
    const auto key = must(folder.terminal_key());
    verifier.wrapped =
        base::to_base64(must(crypto::wrap_for(key.public_key(), base::as_bytes(phc), random)));
    central.shop.world.put(verifier);
    fill_anew();
    CHECK(pin_code(kPin) == "no_pin");
    CHECK(sign_in("seller", "quite another one").ok());
    CHECK(pin_code(kPin) == "no_pin");  // and stays away
}

TEST_CASE_FIXTURE(PinFixture, "pin: a deactivation takes it away for good") {
    auto user = *central.shop.world.get<domain::User>(central.shop.seller);
    user.status = domain::UserStatus::kInactive;
    central.shop.world.put(user);
    fill_anew();
    CHECK(pin_code(kPin) == "no_pin");
    user.status = domain::UserStatus::kActive;
    central.shop.world.put(user);
    fill_anew();
    CHECK(pin_code(kPin) == "no_pin");
    CHECK(sign_in("seller", kPassword).ok());
}

TEST_CASE_FIXTURE(PinFixture, "pin: a tile knows whether a PIN of today is here") {
    auto user = *central.shop.world.get<domain::User>(central.shop.seller);
    user.show_at_sign_in = true;
    TestTerminal fresh;
    fresh.central.shop.world.put(user);
    fresh.settle();
    CHECK_FALSE(fresh.engine().accounts().tiles(kMorning).at(0).has_pin);
    CHECK(fresh.engine().set_pin(fresh.central.shop.seller, kPin).ok());
    CHECK(fresh.engine().accounts().tiles(fresh.engine().trusted_now()).at(0).has_pin);
}

TEST_CASE_FIXTURE(PinFixture, "pin: it does not lie readable on the disk") {
    const auto bytes = base::read_file(folder.outbox(), 64u << 20);
    REQUIRE(bytes.ok());
    CHECK(bytes->find(kPin) == std::string::npos);
    CHECK(bytes->find("argon2id") == std::string::npos);
}

TEST_CASE_FIXTURE(PinFixture,
                  "change_password: central is asked with the former one; the PIN goes") {
    central.away = false;
    int asked = 0;
    central.rest = [&](const sync::Request& request) -> FakeCentral::Answer {
        ++asked;
        if (request.path == "/api/v1/auth/login")
            return sync::Reply{200, {}, R"({"access_token":"t0ken"})"};
        CHECK(request.path == "/api/v1/auth/password");
        bool bearer = false;
        for (const auto& [name, value] : request.headers)
            bearer = bearer || (name == "Authorization" && value == "Bearer t0ken");
        CHECK(bearer);
        return sync::Reply{204, {}, ""};
    };
    const auto person = must(sign_in("seller", kPassword));
    std::optional<base::Result<void>> done;
    engine().change_password(person, kPassword, "quite another one",
                             [&](base::Result<void> changed) { done = changed; });
    for (int i = 0; i < 5 && !done; ++i)
        engine().tick();
    REQUIRE(done);
    CHECK(done->ok());
    CHECK(asked == 2);
    CHECK(pin_code(kPin) == "no_pin");
}

TEST_CASE_FIXTURE(PinFixture, "change_password: offline it is said, and nothing changes") {
    const auto person = must(sign_in("seller", kPassword));
    std::optional<base::Result<void>> done;
    engine().change_password(person, kPassword, "quite another one",
                             [&](base::Result<void> changed) { done = changed; });
    for (int i = 0; i < 5 && !done; ++i)
        engine().tick();
    REQUIRE(done);
    CHECK(done->error().code == "offline");
    CHECK(pin_code(kPin).empty());
}

}  // namespace showfloor::test
