// The queue of letters and what is written in them, without a mail server: each is sent once, tried
// again with growing patience, visible when it is stuck, in its reader's language, and nothing
// secret rests behind it. scripts/mail does the same over real SMTP.

#include "central/mail/mail_queue.hpp"

#include <algorithm>
#include <set>

#include "api_fixture.hpp"
#include "base/file.hpp"
#include "central/mail/limits.hpp"
#include "central/mail/mailer.hpp"

using namespace showfloor;
using testing::Dealership;
using testing::Json;

namespace {

constexpr const char* kLanguages[] = {"ar", "en", "fr", "sw"};

base::Result<void> away() {
    return base::fail(base::ErrorKind::kUnreachable, "The mail server is away.", "no_network");
}
base::Result<void> later() {
    return base::fail(base::ErrorKind::kUnreachable, "Not now.", "refused_for_now");
}
base::Result<void> never() {
    return base::fail(base::ErrorKind::kRefused, "No such mailbox.", "mail_refused");
}

struct Post : Dealership {
    Post() {
        user("chief", "admin", nbo);
        user("staff", "staff", nbo);
        user("amina", "seller", nbo);
        user("buyer", "customer", {});
        for (const char* name : {"chief", "staff", "amina", "buyer"})
            tokens[name] = token(name);
        settings.from = "office@dealer.example";
        start_mailer();
        send_all();  // what the sign-ins made
        sent.clear();
    }

    void start_mailer() {
        mailer = std::make_unique<central::Mailer>(
            *processor, central::mail_key(keys->token_key), settings, clock,
            [this](const net::Letter& letter) {
                ++tries;
                auto outcome = answer ? answer(letter) : base::Result<void>();
                if (outcome) sent.push_back(letter);
                return outcome;
            });
    }
    int send_all() {
        const auto done = mailer->run_due();
        REQUIRE(done);
        return *done;
    }
    std::string made(const char* who, const std::string& what, const Json& args) {
        const auto reply = send("POST", "/api/v1/" + what, tokens[who], args);
        INFO(reply.raw.body);
        REQUIRE(reply.status == 201);
        return base::text_member(reply.body, "id");
    }
    Reply patch(const char* who, const std::string& what, const Json& args) {
        const auto reply = send("PATCH", "/api/v1/" + what, tokens[who], args);
        INFO(reply.raw.body);
        REQUIRE(reply.status == 200);
        return reply;
    }
    std::string new_customer(const std::string& email) {
        return made("amina", "customers",
                    {{"first_name", "Zawadi"}, {"last_name", "Buyer"}, {"email", email}});
    }
    std::string new_user(const std::string& name, const char* locale) {
        return made("chief", "users",
                    {{"first_name", "New"},
                     {"last_name", "Seller"},
                     {"username", name},
                     {"email", name + "@People.Example"},
                     {"role", "seller"},
                     {"branch_id", nbo.to_string()},
                     {"locale", locale}});
    }
    std::string product() {
        if (!product_.empty()) return product_;
        product_ = made("chief", "products",
                        {{"sku", "OF-1"},
                         {"name", "Oil filter"},
                         {"price_minor", 150'000},
                         {"currency", "KES"},
                         {"kind", "part"}});
        supplier =
            made("staff", "suppliers", {{"name", "Parts Ltd"}, {"email", "Sales@Parts.Example"}});
        made("staff", "incoming-orders", order_of(20, true));
        return product_;
    }
    Json order_of(int quantity, bool received = false) {
        return {{"supplier_id", supplier},
                {"product_id", product_},
                {"quantity", quantity},
                {"unit_cost_minor", 70'000},
                {"received", received}};
    }
    // The kinds that wait, are stuck, ...
    std::multiset<std::string> kinds(const char* state) {
        auto reader = store->reader();
        const auto list = central::list_mail(reader->connection(), state);
        REQUIRE(list);
        std::multiset<std::string> found;
        for (const Json& mail : *list)
            found.insert(base::text_member(mail, "kind"));
        return found;
    }
    Json only(const char* state) {
        auto reader = store->reader();
        const auto list = central::list_mail(reader->connection(), state);
        REQUIRE(list);
        REQUIRE(list->size() == 1);
        return (*list)[0];
    }
    std::int64_t number(const std::string& sql) {
        auto reader = store->reader();
        const auto value = reader->connection().value(sql);
        REQUIRE(value);
        return std::get<std::int64_t>(*value);
    }

    central::MailSettings settings;
    std::unique_ptr<central::Mailer> mailer;
    std::function<base::Result<void>(const net::Letter&)> answer;
    std::vector<net::Letter> sent;
    int tries = 0;
    int places = 100;
    std::map<std::string, std::string> tokens;
    std::string supplier;

   private:
    std::string product_;
};

}  // namespace

TEST_CASE_FIXTURE(Post,
                  "mail: a sale writes one welcome, one invoice, one receipt, each sent once") {
    const auto buyer = new_customer("zawadi@buyers.example");
    const Json args = {{"car_id", car(nbo).to_string()},
                       {"customer_id", buyer},
                       {"payments", {{{"method", "cash"}, {"amount_minor", 1000}}}}};
    const net::Headers key = {{"Idempotency-Key", "sale-1"}};
    // Sent twice by a careless program: one sale, one set of letters.
    CHECK(send("POST", "/api/v1/sales", tokens["amina"], args, key).status == 201);
    CHECK(send("POST", "/api/v1/sales", tokens["amina"], args, key).status == 201);
    CHECK(kinds("waiting") == std::multiset<std::string>{"customer_welcome", "invoice", "receipt"});
    CHECK(send_all() == 3);
    CHECK(send_all() == 0);
    clock.advance(4 * 24 * 3'600'000LL);
    CHECK(send_all() == 0);
    REQUIRE(sent.size() == 3);
    std::set<std::string> names;
    for (const net::Letter& letter : sent) {
        CHECK(names.insert(letter.message_id).second);
        CHECK(letter.to == "zawadi@buyers.example");
        CHECK(letter.from == "office@dealer.example");
        CHECK(letter.text.find('{') == std::string::npos);
        if (letter.subject.starts_with("Welcome")) continue;
        REQUIRE(letter.attachments.size() == 1);
        CHECK(letter.attachments[0].content.starts_with("%PDF"));
    }
    CHECK(kinds("sent").size() >= 3);
    CHECK(kinds("").empty());
}

TEST_CASE_FIXTURE(Post,
                  "mail: what is refused for now is tried again, later and later, then stuck") {
    new_customer("zawadi@buyers.example");
    answer = [](const net::Letter&) { return later(); };
    tries = 0;
    for (std::size_t i = 0; i < central::kMailRetryMs.size(); ++i) {
        CHECK(send_all() == 0);
        CHECK(tries == static_cast<int>(i) + 1);
        clock.advance(central::kMailRetryMs[i] - 1000);
        send_all();
        CHECK(tries == static_cast<int>(i) + 1);  // not before its time
        clock.advance(1000);
    }
    CHECK(only("waiting")["last_error"] == "refused_for_now");
    CHECK(only("waiting")["attempts"] == tries);
    // Three days later a person has to look at it, and nobody tries any more.
    clock.advance(central::kMailTriedForMs);
    send_all();
    CHECK(only("stuck")["kind"] == "customer_welcome");
    const int until_then = tries;
    clock.advance(central::kMailTriedForMs);
    send_all();
    CHECK(tries == until_then);
    CHECK(send("GET", "/healthz").body["mail"]["stuck"] == 1);
    // The person says "again".
    answer = nullptr;
    {
        const std::string which = base::text_member(only("stuck"), "id");
        auto batch = processor->batch(clock.wall());
        REQUIRE(batch);
        const auto due = central::retry_mail(batch->connection(), which, clock.wall());
        REQUIRE(due);
        CHECK(*due == 1);
        REQUIRE(batch->commit());
    }
    CHECK(send_all() == 1);
    CHECK(send("GET", "/healthz").body["mail"]["stuck"] == 0);
}

TEST_CASE_FIXTURE(Post, "mail: an address that is refused is stuck at once, the others go on") {
    new_customer("gone@buyers.example");
    new_customer("here@buyers.example");
    answer = [](const net::Letter& letter) {
        return letter.to.starts_with("gone") ? never() : base::Result<void>();
    };
    CHECK(send_all() == 1);
    CHECK(only("stuck")["attempts"] == 1);
    CHECK(sent.back().to == "here@buyers.example");
}

TEST_CASE_FIXTURE(Post, "mail: when the server is away one letter finds out for all") {
    for (int i = 0; i < 5; ++i)
        new_customer("c" + std::to_string(i) + "@buyers.example");
    answer = [](const net::Letter&) { return away(); };
    tries = 0;
    CHECK(send_all() == 0);
    CHECK(tries == 1);
    CHECK(kinds("waiting").size() == 5);
    answer = nullptr;
    CHECK(send_all() == 4);  // the one that was tried waits its minute
    clock.advance(central::kMailRetryMs[0]);
    CHECK(send_all() == 1);
    std::set<std::string> readers;
    for (const net::Letter& letter : sent)
        CHECK(readers.insert(letter.to).second);
}

TEST_CASE_FIXTURE(Post, "mail: without a mail server letters wait, where everybody can see it") {
    mailer.reset();
    new_customer("zawadi@buyers.example");
    new_user("zoe", "en");
    clock.advance(3'600'000);
    const auto health = send("GET", "/healthz").body["mail"];
    CHECK(health["waiting"] == 2);
    CHECK(health["stuck"] == 0);
    CHECK(health["oldest_at"].get<std::int64_t>() <= clock.wall() - 3'600'000);
    // What is shown names no address and no secret.
    auto reader = store->reader();
    const auto list = central::list_mail(reader->connection(), "");
    REQUIRE(list);
    CHECK(base::dump_json(*list).find('@') == std::string::npos);
    CHECK_FALSE((*list)[0].contains("sealed"));
}

TEST_CASE_FIXTURE(Post,
                  "mail: killed between sending and noting it, the letter has the same name") {
    new_customer("zawadi@buyers.example");
    // The process dies in the middle of it.
    struct Dies {};
    std::string first;
    answer = [&](const net::Letter& letter) -> base::Result<void> {
        first = letter.message_id;
        throw Dies();
    };
    CHECK_THROWS_AS(static_cast<void>(mailer->run_due()), Dies);
    answer = nullptr;
    // Nobody takes what another sender has.
    CHECK(send_all() == 0);
    start_mailer();
    REQUIRE(mailer->release_claims());
    CHECK(send_all() == 1);
    CHECK(sent.back().message_id == first);
    CHECK(send_all() == 0);
}

TEST_CASE_FIXTURE(Post, "mail: each reader's own language, a customer's that of the branch") {
    std::map<std::string, std::string> subjects;
    for (const char* language : kLanguages) {
        sent.clear();
        new_user(std::string("person_") + language, language);
        CHECK(send_all() == 1);
        subjects[language] = sent.back().subject;
        const auto words = base::read_file(
            std::string(SHOWFLOOR_SOURCE_DIR) + "/assets/emails/" + language + ".json", 1 << 20);
        REQUIRE(words);
        const auto known = base::parse_json(*words, 1 << 20);
        REQUIRE(known);
        std::string expected = base::text_member(*known, "new_user.subject");
        expected.replace(expected.find("{dealer}"), 8, "Branch NBO");
        CHECK(sent.back().subject == expected);
    }
    std::set<std::string> different;
    for (const auto& [language, subject] : subjects)
        CHECK(different.insert(subject).second);
    run("update_branch", {{"id", nbo.to_string()}, {"locale", "fr"}});
    sent.clear();
    new_customer("zawadi@buyers.example");
    CHECK(send_all() == 1);
    CHECK(sent.back().text.starts_with("Bonjour"));
}

TEST_CASE_FIXTURE(Post,
                  "mail: times are those of the reader's branch, else of the dealer's first") {
    user("boss", "admin", {});
    user("ben", "seller", mba);
    for (const char* name : {"boss", "ben"})
        token(name);  // the first place is no news
    const auto told = [&](const char* who) {
        peer = "192.0.2." + std::to_string(++places);  // nobody signed in from there yet
        token(who);
        sent.clear();
        REQUIRE(send_all() == 1);
        return sent.back().text;
    };
    const auto in = [](const std::string& text, const char* words) {
        INFO(text);
        return text.find(words) != std::string::npos;
    };
    CHECK(in(told("amina"), "15 Jun 2025 15:06 (UTC)"));  // nobody said where they are
    run("update_branch", {{"id", nbo.to_string()}, {"time_zone", "Africa/Nairobi"}});
    {
        auto batch = processor->batch(clock.wall());
        REQUIRE(batch);
        auto first = batch->world().get<domain::Branch>(nbo);
        first->created_at -= 1000;
        batch->world().put(*first);
        REQUIRE(batch->commit());
    }
    CHECK(in(told("amina"), "15 Jun 2025 18:06 (UTC+3)"));
    CHECK(in(told("boss"), "15 Jun 2025 18:06 (UTC+3)"));
    CHECK(in(told("ben"), "15 Jun 2025 18:06 (UTC+3)"));
    run("update_branch", {{"id", mba.to_string()}, {"time_zone", "America/St_Johns"}});
    CHECK(in(told("ben"), "15 Jun 2025 12:36 (UTC−2:30)"));
    run("update_branch", {{"id", nbo.to_string()}, {"time_zone", "Pacific/Auckland"}});
    CHECK(in(told("amina"), "16 Jun 2025 03:06 (UTC+12)"));
    CHECK(in(told("boss"), "16 Jun 2025 03:06 (UTC+12)"));
}

TEST_CASE_FIXTURE(Post, "mail: the day goods are wanted on is that of the branch that orders") {
    product();
    send_all();
    sent.clear();
    Json order = order_of(7);
    order["supply_date"] = 1'750'458'600'000;  // 2025-06-20 22:30 UTC
    run("update_branch", {{"id", nbo.to_string()}, {"time_zone", "Africa/Nairobi"}});
    made("staff", "incoming-orders", order);
    REQUIRE(send_all() == 1);
    INFO(sent.back().text);
    CHECK(sent.back().text.find("21 Jun 2025") != std::string::npos);
}

TEST_CASE_FIXTURE(Post, "mail: addresses are lower case, whatever somebody typed") {
    const auto id = new_customer("Zawadi.Buyer@Buyers.EXAMPLE");
    new_user("zoe", "en");
    CHECK(send("GET", "/api/v1/customers/" + id, tokens["amina"]).body["email"] ==
          "zawadi.buyer@buyers.example");
    send_all();
    REQUIRE(sent.size() == 2);
    for (const net::Letter& letter : sent)
        CHECK(std::none_of(letter.to.begin(), letter.to.end(),
                           [](char c) { return c >= 'A' && c <= 'Z'; }));
}

TEST_CASE_FIXTURE(Post, "mail: a secret rests sealed, and not at all once the letter is gone") {
    const auto reply = send("POST", "/api/v1/users", tokens["chief"],
                            Json{{"first_name", "New"},
                                 {"last_name", "Seller"},
                                 {"username", "zoe"},
                                 {"email", "zoe@people.example"},
                                 {"role", "seller"},
                                 {"branch_id", nbo.to_string()}});
    REQUIRE(reply.status == 201);
    const std::string password = base::text_member(reply.body, "one_time_password");
    REQUIRE(password.size() >= 10);
    const std::string sealed = "SELECT COUNT(*) FROM mail WHERE sealed IS NOT NULL";
    CHECK(number(sealed) == 1);
    const auto on_disk = [&] {
        for (const char* file : {"/central.db", "/central.db-wal"}) {
            const auto bytes = base::read_file(store->folder() + file, 256UL << 20);
            if (bytes && bytes->find(password) != std::string::npos) return true;
        }
        return false;
    };
    CHECK_FALSE(on_disk());
    // A newer one makes the older letter worthless.
    const std::string id = base::text_member(reply.body, "id");
    CHECK(send("POST", "/api/v1/users/" + id + "/reset-password", tokens["chief"]).status == 200);
    CHECK(send("POST", "/api/v1/users/" + id + "/reset-password", tokens["chief"]).status == 200);
    CHECK(number(sealed) == 2);  // new_user, and the last new_password
    CHECK(send_all() == 2);
    CHECK(std::any_of(sent.begin(), sent.end(), [&](const net::Letter& letter) {
        return letter.text.find(password) != std::string::npos;
    }));
    CHECK(number(sealed) == 0);
    // A code that nobody could be told in time is not told later.
    CHECK(send("POST", "/api/v1/auth/password-reset", {}, Json{{"email", "zoe@people.example"}})
              .status == 202);
    CHECK(number(sealed) == 1);
    clock.advance(11 * 60'000);
    sent.clear();
    CHECK(send_all() == 0);
    CHECK(sent.empty());
    CHECK(number(sealed) == 0);
    CHECK(kinds("dropped").contains("reset_code"));
}

TEST_CASE_FIXTURE(Post, "mail: nobody is written to who is not there any more") {
    const auto id = new_customer("zawadi@buyers.example");
    CHECK(send("POST", "/api/v1/customers/" + id + "/erase", tokens["chief"]).status == 200);
    const auto user_id = new_user("zoe", "en");
    CHECK(send("DELETE", "/api/v1/users/" + user_id, tokens["chief"]).status == 200);
    // Without an address there is nobody to write to.
    made("amina", "customers",
         {{"first_name", "No"}, {"last_name", "Mail"}, {"phone", "+254711000111"}});
    CHECK(send_all() == 0);
    CHECK(sent.empty());
    CHECK(kinds("").empty());
}

TEST_CASE_FIXTURE(Post, "mail: what comes in by lists is told nobody") {
    run("create_customer", {{"id", id().to_string()},
                            {"first_name", "From"},
                            {"last_name", "List"},
                            {"email", "list@buyers.example"},
                            {"branch_id", nbo.to_string()}});
    CHECK(kinds("").empty());
}

TEST_CASE_FIXTURE(Post,
                  "mail: a supplier hears of an order and of its end, in words they can act on") {
    product();
    CHECK(kinds("").empty());  // goods at the door are no news
    const auto order = made("staff", "incoming-orders", order_of(7));
    CHECK(send_all() == 1);
    const net::Letter first = sent.back();
    CHECK(first.to == "sales@parts.example");
    CHECK(first.subject == "An order from Branch NBO");
    CHECK(first.text.find("7 x Oil filter (OF-1)") != std::string::npos);
    CHECK(first.text.find("4,900.00") != std::string::npos);
    patch("staff", "incoming-orders/" + order + "/status", {{"status", "cancelled"}});
    CHECK(send_all() == 1);
    CHECK(sent.back().subject == "An order from Branch NBO is called off");
    CHECK(sent.back().text.find("7 x Oil filter") != std::string::npos);
    // Who calls it off themselves knows.
    user("parts", "supplier", {});
    patch("staff", "suppliers/" + supplier, {{"user_id", people["parts"].to_string()}});
    const auto second = made("staff", "incoming-orders", order_of(3));
    CHECK(send_all() == 1);
    tokens["parts"] = token("parts");
    send_all();
    patch("parts", "incoming-orders/" + second + "/status", {{"status", "cancelled"}});
    CHECK(send_all() == 0);
}

TEST_CASE_FIXTURE(Post,
                  "mail: a customer hears of an order when it is noted, handed out, called off") {
    product();
    const auto mine = customer("Achieng", people["amina"]);
    join(mine, people["buyer"]);
    const Json lines = {{{"product_id", product()}, {"quantity", 2}}};
    const auto order = made("buyer", "me/orders", {{"lines", lines}});
    CHECK(send_all() == 1);
    CHECK(sent.back().to == "achieng@buyers.example");
    CHECK(sent.back().subject == "Your order at Branch NBO");
    CHECK(sent.back().text.find("2 x Oil filter") != std::string::npos);
    CHECK(sent.back().attachments.empty());
    sent.clear();
    const auto done =
        send("POST", "/api/v1/outgoing-orders/" + order + "/complete", tokens["chief"],
             Json{{"payments", {{{"method", "cash"}, {"amount_minor", 1000}}}}});
    INFO(done.raw.body);
    REQUIRE(done.status == 200);
    CHECK(kinds("waiting") == std::multiset<std::string>{"order", "receipt"});
    CHECK(send_all() == 2);
    const auto letter = std::find_if(sent.begin(), sent.end(), [](const net::Letter& one) {
        return one.subject.starts_with("Your order, invoice ");
    });
    REQUIRE(letter != sent.end());
    CHECK(letter->text.find("2 x Oil filter") != std::string::npos);
    CHECK(letter->text.find("2,000.00") == std::string::npos);
    REQUIRE(letter->attachments.size() == 1);
    const auto second = made("buyer", "me/orders", {{"lines", lines}});
    send_all();
    patch("buyer", "outgoing-orders/" + second + "/status", {{"status", "cancelled"}});
    CHECK(send_all() == 1);
    CHECK(sent.back().subject == "Your order was called off");
}

TEST_CASE("mail: every kind has its words in every language, and no others are there") {
    for (const char* language : kLanguages) {
        const auto file = base::read_file(
            std::string(SHOWFLOOR_SOURCE_DIR) + "/assets/emails/" + language + ".json", 1 << 20);
        REQUIRE(file);
        const auto words = base::parse_json(*file, 1 << 20);
        REQUIRE(words);
        std::set<std::string> kinds;
        for (const auto& [key, text] : words->items()) {
            INFO(language << " " << key);
            CHECK_FALSE(text.get<std::string>().empty());
            const auto point = key.find('.');
            const std::string part = point == std::string::npos ? "" : key.substr(point + 1);
            if (part == "subject" || part == "body") kinds.insert(key.substr(0, point));
        }
        const std::set<std::string> known(central::kMailKinds.begin(), central::kMailKinds.end());
        INFO(language);
        CHECK(kinds == known);
        for (const std::string_view kind : central::kMailKinds) {
            const std::string name(kind);
            CHECK(words->contains(name + ".subject"));
            CHECK(words->contains(name + ".body"));
        }
    }
}
