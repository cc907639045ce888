#include "protocol/messages.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "base/encoding.hpp"
#include "crypto/ec.hpp"
#include "crypto/hash.hpp"
#include "protocol/limits.hpp"
#include "protocol/sealing.hpp"

namespace showfloor::protocol {

namespace {

using base::Json;

std::string text() {
    std::string made;
    for (const char c : *rc::gen::arbitrary<std::string>()) {
        made += static_cast<char>(0x20 + (static_cast<unsigned char>(c) % 0x5f));
    }
    return made + "é\"\\\n";
}

base::Uuid id() {
    base::SeededRandom random(*rc::gen::arbitrary<std::uint64_t>());
    return base::Uuid::v7(1'750'000'000'000, random);
}

std::vector<domain::Number> numbers() {
    std::vector<domain::Number> made;
    for (int i = *rc::gen::inRange(0, 4); i > 0; --i) {
        made.push_back({"NBO-T03-I", *rc::gen::inRange<std::int64_t>(1, 1'000'000)});
    }
    return made;
}

PushRequest some_push() {
    PushRequest push;
    push.epoch = text();
    push.from_seq = *rc::gen::inRange<std::int64_t>(1, 1'000'000);
    for (std::int64_t i = 0; i < *rc::gen::inRange<std::int64_t>(0, 5); ++i) {
        push.commands.push_back(
            {push.from_seq + i, id(), numbers(), numbers(), text(), std::string(64, 'a')});
    }
    push.head_hash = std::string(64, 'b');
    push.signature = "c2ln";
    return push;
}

std::vector<PushResult> some_results() {
    std::vector<PushResult> results;
    for (int i = *rc::gen::inRange(0, 5); i > 0; --i) {
        results.push_back({*rc::gen::inRange<std::int64_t>(1, 1'000'000),
                           static_cast<PushOutcome>(*rc::gen::inRange(0, 4)), "car_sold",
                           Json{{"reviews", {"terms_changed"}}}});
    }
    return results;
}

bool same(const std::vector<PushResult>& a, const std::vector<PushResult>& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const auto& x, const auto& y) {
        return x.seq == y.seq && x.outcome == y.outcome && x.code == y.code &&
               x.details == y.details;
    });
}

Json push_json() {
    const PushRequest push{
        "e",
        1,
        {{1, base::Uuid::parse("0190a7c8-7b2e-7000-8000-000000000001").value(), {}, {}, "{}", "h"}},
        "h",
        "s"};
    return Json::parse(encode(push));
}

}  // namespace

TEST_CASE("push request: what is encoded is what is decoded") {
    const bool ok = rc::check([] {
        const PushRequest push = some_push();
        const auto again = decode_push_request(encode(push));
        RC_ASSERT(again.ok());
        RC_ASSERT(encode(*again) == encode(push));
        RC_ASSERT(again->commands.size() == push.commands.size());
        for (std::size_t i = 0; i < push.commands.size(); ++i) {
            RC_ASSERT(again->commands[i].body == push.commands[i].body);
            RC_ASSERT(again->commands[i].id == push.commands[i].id);
            RC_ASSERT(again->commands[i].numbers == push.commands[i].numbers);
            RC_ASSERT(again->commands[i].was_numbers == push.commands[i].was_numbers);
        }
    });
    CHECK(ok);
}

TEST_CASE("push reply: what is encoded is what is decoded") {
    const bool ok = rc::check([] {
        PushReply reply{static_cast<PushStatus>(*rc::gen::inRange(0, 3)), some_results(), 7, text(),
                        1'750'000'000'000};
        const auto again = decode_push_reply(encode(reply));
        RC_ASSERT(again.ok());
        RC_ASSERT(again->status == reply.status);
        RC_ASSERT(again->last_seq == reply.last_seq);
        RC_ASSERT(again->epoch == reply.epoch);
        RC_ASSERT(again->server_time == reply.server_time);
        RC_ASSERT(same(again->results, reply.results));
    });
    CHECK(ok);
}

TEST_CASE("pull reply: what is encoded is what is decoded") {
    const bool ok = rc::check([] {
        PullReply reply;
        reply.rows["car"] = {Json{{"id", id().to_string()}, {"make", text()}}};
        reply.removed["customer"] = {id(), id()};
        reply.cursor = *rc::gen::inRange<std::int64_t>(0, INT64_MAX);
        reply.last_seq = *rc::gen::inRange<std::int64_t>(0, 1000);
        reply.results = some_results();
        reply.more = *rc::gen::arbitrary<bool>();
        reply.epoch = text();
        reply.server_time = 1;
        const auto again = decode_pull_reply(encode(reply));
        RC_ASSERT(again.ok());
        RC_ASSERT(again->rows == reply.rows);
        RC_ASSERT(again->removed == reply.removed);
        RC_ASSERT(again->cursor == reply.cursor);
        RC_ASSERT(again->last_seq == reply.last_seq);
        RC_ASSERT(again->more == reply.more);
        RC_ASSERT(again->epoch == reply.epoch);
        RC_ASSERT(same(again->results, reply.results));
    });
    CHECK(ok);
}

TEST_CASE("enrolment and renewal: what is encoded is what is decoded") {
    base::SeededRandom random(1);
    const auto terminal = base::Uuid::v7(1'750'000'000'000, random);
    const auto enroll = decode_enroll_request(encode(EnrollRequest{"CODE", "csr", "kiosk"}));
    REQUIRE(enroll.ok());
    CHECK(enroll->code == "CODE");
    CHECK(enroll->name == "kiosk");
    const EnrollReply sent{terminal, "T03", "b", "NBO", "cert", "ca", "https://x:8444", "e", 5};
    const auto reply = decode_enroll_reply(encode(sent));
    REQUIRE(reply.ok());
    CHECK(reply->terminal_id == terminal);
    CHECK(reply->terminal_code == "T03");
    CHECK(reply->sync_url == "https://x:8444");
    CHECK(reply->server_time == 5);
    const auto renew = decode_renew_request(encode(RenewRequest{terminal, "csr", 9, "sig"}));
    REQUIRE(renew.ok());
    CHECK(renew->at == 9);
    CHECK(renew->signature == "sig");
}

TEST_CASE("an idle pull reply: under 300 bytes") {
    PullReply reply;
    reply.cursor = INT64_MAX;
    reply.last_seq = INT64_MAX;
    reply.epoch = std::string(36, 'e');
    reply.server_time = INT64_MAX;
    CHECK(encode(reply).size() < 300);
}

TEST_CASE("decoding: garbage is an error with a sentence, whatever the bytes are") {
    const bool ok = rc::check([](const std::string& bytes) {
        for (const auto& error :
             {decode_push_request(bytes).error(), decode_push_reply(bytes).error(),
              decode_pull_reply(bytes).error(), decode_enroll_request(bytes).error(),
              decode_enroll_reply(bytes).error(), decode_renew_request(bytes).error()}) {
            RC_ASSERT(error.kind == base::ErrorKind::kInvalid);
            RC_ASSERT(!error.message.empty());
        }
    });
    CHECK(ok);
}

TEST_CASE("decoding: a good message with any one value replaced decodes or says why") {
    const std::vector<Json> odd = {
        nullptr,       true,           -1,         1.5,       "x",
        Json::array(), Json::object(), UINT64_MAX, INT64_MIN, Json::array({nullptr})};
    const Json push = push_json();
    for (const auto& [name, value] : push.items()) {
        for (const Json& other : odd) {
            Json changed = push;
            changed[name] = other;
            const auto decoded = decode_push_request(changed.dump());
            if (!decoded) CHECK_FALSE(decoded.error().message.empty());
        }
    }
    for (const auto& [name, value] : push["commands"][0].items()) {
        for (const Json& other : odd) {
            Json changed = push;
            changed["commands"][0][name] = other;
            const auto decoded = decode_push_request(changed.dump());
            if (!decoded) CHECK_FALSE(decoded.error().message.empty());
        }
    }
}

TEST_CASE("push request: commands out of order are refused") {
    Json push = push_json();
    push["commands"].push_back(push["commands"][0]);
    CHECK(decode_push_request(push.dump()).error().field == "commands");
    push["commands"][1]["seq"] = 3;
    CHECK_FALSE(decode_push_request(push.dump()).ok());
    push["commands"][1]["seq"] = 2;
    CHECK(decode_push_request(push.dump()).ok());
    push["from_seq"] = 2;
    CHECK_FALSE(decode_push_request(push.dump()).ok());
}

TEST_CASE("push request: bounds hold") {
    Json push = push_json();
    push["commands"][0]["body"] = std::string(kMaxBodyBytes, 'x');
    CHECK(decode_push_request(push.dump()).ok());
    push["commands"][0]["body"] = std::string(kMaxBodyBytes + 1, 'x');
    CHECK(decode_push_request(push.dump()).error().field == "body");
    push = push_json();
    for (std::size_t i = 1; i <= kMaxCommandsPerPush; ++i) {
        Json more = push["commands"][0];
        more["seq"] = i + 1;
        push["commands"].push_back(more);
    }
    CHECK(decode_push_request(push.dump()).error().field == "commands");
    push["commands"].erase(kMaxCommandsPerPush);
    CHECK(decode_push_request(push.dump()).ok());
    CHECK_FALSE(decode_push_request(std::string(kMaxPushBytes + 1, ' ')).ok());
}

TEST_CASE("pull reply: members of a newer central are ignored, a bad row is left to the replica") {
    PullReply reply;
    reply.rows["car"] = {Json("no row at all")};
    Json json = Json::parse(encode(reply));
    json["new_in_2030"] = {{"x", 1}};
    const auto decoded = decode_pull_reply(json.dump());
    REQUIRE(decoded.ok());
    CHECK(decoded->rows.at("car").size() == 1);
    json["removed"] = {{"car", {"no id"}}};
    CHECK_FALSE(decode_pull_reply(json.dump()).ok());
}

TEST_CASE("chain: every part of an entry counts, and the words that are signed differ") {
    const std::vector<domain::Number> one = {{"NBO-T03-I", 1}};
    const std::string hash = chain_hash("p", 1, one, "body");
    CHECK(hash.size() == 64);
    CHECK(hash == base::to_hex(crypto::sha256("p\n1\n[{\"n\":1,\"series\":\"NBO-T03-I\"}]\nbody")));
    CHECK(hash != chain_hash("q", 1, one, "body"));
    CHECK(hash != chain_hash("p", 2, one, "body"));
    CHECK(hash != chain_hash("p", 1, {}, "body"));
    CHECK(hash != chain_hash("p", 1, one, "bodY"));
    base::SeededRandom random(1);
    const auto terminal = base::Uuid::v7(1'750'000'000'000, random);
    CHECK(push_to_sign(terminal, "x") != renew_to_sign(terminal, 0, "x"));
    CHECK(chain_start(terminal) == base::to_hex(crypto::sha256(terminal.to_string())));
}

TEST_CASE("sealing: opens in its place alone, and equal values have equal lookup keys") {
    base::SeededRandom random(1);
    const auto key = crypto::Key256::random(random);
    const auto sealed = seal_value(key, "customer", "id1", "Wanjiru", random);
    REQUIRE(sealed.ok());
    CHECK(*open_value(key, "customer", "id1", *sealed) == "Wanjiru");
    CHECK(open_value(key, "customer", "id2", *sealed).error().kind == base::ErrorKind::kDamaged);
    CHECK_FALSE(open_value(key, "sale", "id1", *sealed).ok());
    CHECK_FALSE(open_value(crypto::Key256::random(random), "customer", "id1", *sealed).ok());
    CHECK(lookup_key(key, "customer.phone", "1") == lookup_key(key, "customer.phone", "1"));
    CHECK(lookup_key(key, "customer.phone", "1") != lookup_key(key, "customer.email", "1"));
}

}  // namespace showfloor::protocol
