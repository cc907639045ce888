// Letters: what is queued with what, how they are written, tried again, and kept secret. The real
// server is in tests/scripts/mail.sh.

#include <set>

#include "api_fixture.hpp"
#include "central/mail/limits.hpp"
#include "central/mail/mail_queue.hpp"
#include "central/mail/mailer.hpp"
#include "text/strings.hpp"

using namespace showfloor;
using testing::Dealership;
using testing::Json;

namespace {

struct Office : Dealership {
    Office() {
        settings.from = "office@dealer.example";
        settings.from_name = "The Dealer";
    }
    // What the mail server answers; letters it took.
    std::optional<base::Error> mood;
    std::vector<net::Letter> taken;
    central::MailSettings settings;
    int tries = 0;

    int deliver() {
        central::Mailer mailer(*processor, central::mail_key(keys->token_key), settings, clock,
                               [this](const net::Letter& letter) -> base::Result<void> {
                                   ++tries;
                                   if (mood) return *mood;
                                   taken.push_back(letter);
                                   return {};
                               });
        const auto sent = mailer.run_due();
        REQUIRE(sent);
        return *sent;
    }
    Json queue(const char* state = "") {
        auto reader = store->reader();
        REQUIRE(reader);
        auto list = central::list_mail(reader->connection(), state);
        REQUIRE(list);
        return *list;
    }
    std::multiset<std::string> kinds() {
        std::multiset<std::string> found;
        for (const Json& mail : queue())
            found.insert(base::text_member(mail, "kind"));
        return found;
    }
    void retry() {
        auto batch = processor->batch(clock.wall());
        REQUIRE(batch);
        REQUIRE(central::retry_mail(batch->connection(), "", clock.wall()));
        REQUIRE(batch->commit());
    }
    const net::Letter& letter(const std::string& part_of_subject) {
        for (const net::Letter& one : taken) {
            if (one.subject.find(part_of_subject) != std::string::npos) return one;
        }
        FAIL("no letter about " << part_of_subject);
        return taken.front();
    }
};

base::Error away(const char* code = "no_network") {
    return base::fail(base::ErrorKind::kUnreachable, "away", code);
}

}  // namespace

TEST_CASE_FIXTURE(Office, "mail: a sale welcomes the customer and sends invoice and receipt") {
    user("amina", "seller", nbo);
    const auto seller = token("amina");
    const auto buyer = customer("Zawadi", people["amina"]);
    sell(seller, car(nbo), buyer);
    CHECK(kinds() == std::multiset<std::string>{"customer_welcome", "invoice", "receipt"});
    CHECK(deliver() == 3);
    CHECK(deliver() == 0);  // once
    const net::Letter& invoice = letter("Invoice NBO-C-I000001");
    CHECK(invoice.to == "Zawadi@buyers.example");
    CHECK(invoice.text.find("2020 Toyota Corolla") != std::string::npos);
    REQUIRE(invoice.attachments.size() == 1);
    CHECK(invoice.attachments[0].file_name == "NBO-C-I000001.pdf");
    CHECK(invoice.attachments[0].content.starts_with("%PDF"));
    const net::Letter& receipt = letter("Receipt NBO-C-R000001");
    CHECK(receipt.attachments.size() == 1);
    CHECK(receipt.text.find("500,000") != std::string::npos);
    CHECK(letter("Welcome").text.find("Firstamina Last") != std::string::npos);
    CHECK(send("GET", "/healthz").body["mail"]["waiting"] == 0);
}

TEST_CASE_FIXTURE(Office, "mail: a payment that is not there yet is told of, and when it fails") {
    user("amina", "seller", nbo);
    user("boss", "admin", nbo);
    const auto seller = token("amina");
    const Json sale = sell(seller, car(nbo), customer("Zawadi", people["amina"]));
    deliver();
    taken.clear();
    const std::string invoice = base::text_member(sale, "invoice_id");
    const auto paid =
        send("POST", "/api/v1/invoices/" + invoice + "/payments", seller,
             Json{{"method", "cheque"}, {"amount_minor", 100'00}, {"reference", "7"}});
    INFO(paid.raw.body);
    REQUIRE(paid.status == 201);
    CHECK(kinds() == std::multiset<std::string>{"payment_noted"});
    const auto failed =
        send("PATCH", "/api/v1/payments/" + base::text_member(paid.body, "id") + "/status",
             token("boss"), Json{{"status", "failed"}, {"reason", "bounced"}});
    INFO(failed.raw.body);
    REQUIRE(failed.status == 200);
    CHECK(deliver() == 2);
    CHECK(letter("did not arrive").text.find("by cheque") != std::string::npos);
}

TEST_CASE_FIXTURE(Office, "mail: a new user's password is written to them and readable nowhere") {
    user("boss", "super_admin", {});
    const auto made = send("POST", "/api/v1/users", token("boss"),
                           Json{{"first_name", "New"},
                                {"last_name", "Person"},
                                {"username", "newp"},
                                {"email", "newp@example.com"},
                                {"role", "seller"},
                                {"branch_id", nbo.to_string()}});
    INFO(made.raw.body);
    REQUIRE(made.status == 201);
    const std::string password = base::text_member(made.body, "one_time_password");
    {
        auto reader = store->reader();
        REQUIRE(reader);
        const auto rows = reader->connection().rows("SELECT sealed FROM mail");
        REQUIRE(rows);
        REQUIRE(rows->size() == 1);
        CHECK(base::as_text(std::get<base::Bytes>((*rows)[0][0])).find(password) ==
              std::string::npos);
    }
    CHECK(deliver() == 1);
    CHECK(taken[0].text.find(password) != std::string::npos);
    auto reader = store->reader();
    REQUIRE(reader);
    const auto left = reader->connection().value("SELECT COUNT(*) FROM mail WHERE sealed NOTNULL");
    REQUIRE(left);
    CHECK(std::get<std::int64_t>(*left) == 0);
}

TEST_CASE_FIXTURE(Office,
                  "mail: a refused letter is tried later and later, then stuck, then by hand") {
    user("amina", "seller", nbo);
    customer("Zawadi", people["amina"]);
    mood = away();
    for (const std::int64_t wait : central::kMailRetryMs) {
        const int before = tries;
        deliver();
        CHECK(tries == before + 1);
        CHECK(queue()[0]["last_error"] == "no_network");
        clock.advance(wait - 1000);
        deliver();
        CHECK(tries == before + 1);  // not yet
        clock.advance(1000);
    }
    clock.advance(central::kMailTriedForMs);
    deliver();
    CHECK(queue("stuck").size() == 1);
    clock.advance(central::kMailTriedForMs);
    deliver();
    CHECK(queue("stuck").size() == 1);
    CHECK(send("GET", "/healthz").body["mail"]["stuck"] == 1);
    mood.reset();
    retry();
    CHECK(deliver() == 1);
    CHECK(queue().empty());
}

TEST_CASE_FIXTURE(Office, "mail: refused for good is stuck at once; the others go on") {
    user("amina", "seller", nbo);
    customer("Zawadi", people["amina"]);
    mood = base::fail(base::ErrorKind::kRefused, "no such mailbox", "mail_refused");
    deliver();
    CHECK(queue("stuck").size() == 1);
    mood.reset();
    customer("Baraka", people["amina"]);
    CHECK(deliver() == 1);
}

TEST_CASE_FIXTURE(Office, "mail: who died while sending sends again with the same Message-ID") {
    user("amina", "seller", nbo);
    customer("Zawadi", people["amina"]);
    std::string first;
    {
        // It never comes back from sending: the claim stays.
        central::Mailer mailer(*processor, central::mail_key(keys->token_key), settings, clock,
                               [&](const net::Letter& letter) -> base::Result<void> {
                                   first = letter.message_id;
                                   throw 1;
                               });
        CHECK_THROWS(std::ignore = mailer.run_due());
    }
    CHECK(deliver() == 0);
    retry();  // no second sender for what somebody is sending
    CHECK(deliver() == 0);
    open();
    central::Mailer mailer(*processor, central::mail_key(keys->token_key), settings, clock,
                           [this](const net::Letter& letter) -> base::Result<void> {
                               taken.push_back(letter);
                               return {};
                           });
    REQUIRE(mailer.release_claims());
    REQUIRE(mailer.run_due());
    REQUIRE(taken.size() == 1);
    CHECK(taken[0].message_id == first);
}

TEST_CASE_FIXTURE(Office,
                  "mail: nobody without an address, and nobody who is gone, is written to") {
    user("amina", "seller", nbo);
    const auto gone = customer("Zawadi", people["amina"]);
    user("boss", "admin", nbo);
    REQUIRE(send("DELETE", "/api/v1/customers/" + gone.to_string(), token("boss")).status == 200);
    CHECK(deliver() == 0);
    CHECK(queue("dropped").size() == 1);
    CHECK(queue().empty());
}

TEST_CASE_FIXTURE(Office, "mail: changing a password and signing in from elsewhere are told") {
    user("amina", "seller", nbo);
    const auto first = token("amina");
    CHECK(kinds().empty());
    peer = "192.0.2.77";
    token("amina");
    CHECK(kinds() == std::multiset<std::string>{"login"});
    token("amina");
    CHECK(kinds().size() == 1);
    const auto changed =
        send("POST", "/api/v1/auth/password", first,
             Json{{"password", kPassword}, {"new_password", "a quite different one"}});
    CHECK(changed.status == 204);
    CHECK(deliver() == 2);
    CHECK(letter("A sign-in").text.find("192.0.2.77") != std::string::npos);
    CHECK(letter("was changed").to == "amina@example.com");
}

TEST_CASE("mail: every language has the words of every kind, with the same values in them") {
    const std::string folder = std::string(SHOWFLOOR_SOURCE_DIR) + "/assets/emails";
    const auto english = text::Strings::load(folder, "en");
    REQUIRE(english);
    for (const std::string_view kind : central::kMailKinds) {
        CHECK(english->has(std::string(kind) + ".subject"));
        CHECK(english->has(std::string(kind) + ".body"));
    }
    for (const std::string_view method : domain::kPaymentMethodNames)
        CHECK(english->has("method." + std::string(method)));
    const auto holes = [](const std::string& pattern) {
        std::multiset<std::string> found;
        for (std::size_t at = 0; (at = pattern.find('{', at)) != std::string::npos; ++at)
            found.insert(pattern.substr(at, pattern.find('}', at) - at));
        return found;
    };
    for (const char* language : {"ar", "fr", "sw"}) {
        INFO(language);
        const auto words = text::Strings::load(folder, language);
        REQUIRE(words);
        CHECK(words->all().size() == english->all().size());
        for (const auto& [key, pattern] : english->all()) {
            INFO(key);
            REQUIRE(words->has(key));
            CHECK(holes(words->all().at(key)) == holes(pattern));
            CHECK((key == "closing" || words->all().at(key) != pattern));
        }
    }
}
