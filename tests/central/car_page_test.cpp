// The public page behind a kiosk's QR code: what it shows, what it hides, in whose language, and
// that nothing a dealer types becomes markup.

#include "central/api/car_page.hpp"
#include <rapidcheck.h>

#include "api_fixture.hpp"
#include "central/words.hpp"
#include "storage/sqlite_world.hpp"

using namespace showfloor;
using testing::Dealership;
using testing::Json;

namespace {

std::string stock_of(Dealership& shop, const base::Uuid& car_id) {
    auto reader = shop.store->reader();
    storage::SqliteWorld world(reader->connection());
    return world.get<domain::Car>(car_id)->stock_number;
}

}  // namespace

TEST_CASE_FIXTURE(Dealership, "car page: one car with its description for machines, for anybody") {
    const std::string number = stock_of(*this, car(nbo));
    const auto page = send("GET", "/c/" + number);
    INFO(page.raw.body);
    REQUIRE(page.status == 200);
    CHECK(page.raw.body.find("application/ld+json") != std::string::npos);
    CHECK(page.raw.body.find("\"@type\":\"Car\"") != std::string::npos);
    CHECK(page.raw.body.find(number) != std::string::npos);
    CHECK(page.raw.body.find("cost") == std::string::npos);
    CHECK(page.raw.body.find("http://") == std::string::npos);  // nothing from elsewhere
}

TEST_CASE_FIXTURE(Dealership, "car page: several numbers, unknown ones left out, none is 404") {
    const std::string a = stock_of(*this, car(nbo)), b = stock_of(*this, car(nbo));
    const auto page = send("GET", "/c/" + a + ",NONE-1," + b);
    REQUIRE(page.status == 200);
    CHECK(page.raw.body.find(a) != std::string::npos);
    CHECK(page.raw.body.find(b) != std::string::npos);
    CHECK(send("GET", "/c/NONE-1").status == 404);
}

TEST_CASE("car page: what people type is never markup") {
    central::PageCar entry;
    entry.car.make = "<script>alert(1)</script>";
    entry.car.model = "\"'&";
    entry.car.description = "</script><b>bold</b>";
    entry.car.currency = "KES";
    entry.car.price_minor = 425'000'000;
    const auto words = central::words_in("strings", "en");
    REQUIRE(words);
    const std::string page = central::car_page({entry}, "cars.example", **words);
    CHECK(page.find("<script>alert") == std::string::npos);
    CHECK(page.find("<b>bold") == std::string::npos);
    CHECK(page.find("KES\u00a04,250,000") != std::string::npos);
    CHECK(central::html_escaped("<&>\"'") == "&lt;&amp;&gt;&quot;&#39;");
}

namespace {

// What a reader of that language finds on the page.
struct Reading {
    const char* language;
    const char* direction;
    std::vector<const char*> words;
};

const std::vector<Reading>& readings() {
    static const std::vector<Reading> all = {
        {"en",
         "ltr",
         {"<dt>Mileage</dt><dd><bdi>21,400\u00a0km</bdi>", "KES\u00a02,000,000.50",
          "<dt>Fuel</dt><dd><bdi>Hybrid<", "<dt>Gearbox</dt><dd><bdi>Automatic<",
          "<dt>Drive</dt><dd><bdi>All-wheel<", "<dt>Colour<", "<dt>Stock number<"}},
        {"sw",
         "ltr",
         {"<dt>Kilomita</dt><dd><bdi>21,400\u00a0km</bdi>", "KES\u00a02,000,000.50",
          "<dt>Mafuta</dt><dd><bdi>Haibridi<", "<dt>Gia</dt><dd><bdi>Otomatiki<",
          "<dt>Kiendeshi</dt><dd><bdi>AWD<", "<dt>Rangi<", "<dt>Namba ya ghala<"}},
        {"fr",
         "ltr",
         {"<dt>Kilométrage</dt><dd><bdi>21\u202f400\u00a0km</bdi>",
          "2\u202f000\u202f000,50\u00a0KES", "<dt>Énergie</dt><dd><bdi>Hybride<",
          "<dt>Boîte</dt><dd><bdi>Automatique<", "<dt>Transmission</dt><dd><bdi>Intégrale<",
          "<dt>Couleur<", "<dt>N°\u00a0de stock<"}},
        {"ar",
         "rtl",
         {"<dt>المسافة المقطوعة</dt><dd><bdi>21,400\u00a0كم</bdi>", "KES\u00a02,000,000.50",
          "<dt>الوقود</dt><dd><bdi>هجين<", "<dt>ناقل الحركة</dt><dd><bdi>أوتوماتيك<",
          "<dt>نظام الدفع</dt><dd><bdi>دفع كلي<", "<dt>اللون<", "<dt>رقم المخزون<"}}};
    return all;
}

struct Page : Dealership {
    Page()
        : path("/c/" + stock_of(*this, car(nbo, {{"mileage", 21'400},
                                                 {"price_minor", 2'000'000'50},
                                                 {"fuel_type", "hybrid"},
                                                 {"transmission", "automatic"},
                                                 {"drive_type", "awd"}}))) {
        run("update_branch", {{"id", nbo.to_string()}, {"locale", "sw"}});
    }
    // The language of the answer; its words were looked at too.
    std::string language(const std::string& query, const std::string& accepted) {
        net::Headers headers;
        if (!accepted.empty()) headers["Accept-Language"] = accepted;
        const auto page = send("GET", path + query, {}, {}, headers);
        CAPTURE(query);
        CAPTURE(accepted);
        INFO(page.raw.body);
        REQUIRE(page.status == 200);
        CHECK(page.header("Vary") == "Accept-Language");
        for (const Reading& reading : readings()) {
            const std::string root = "<html lang=\"" + std::string(reading.language) + "\" dir=\"" +
                                     reading.direction + "\">";
            if (page.raw.body.find(root) == std::string::npos) continue;
            CHECK(page.header("Content-Language") == reading.language);
            for (const char* words : reading.words) {
                CAPTURE(words);
                CHECK(page.raw.body.find(words) != std::string::npos);
            }
            return reading.language;
        }
        return {};
    }
    std::string path;
};

}  // namespace

TEST_CASE_FIXTURE(Page, "car page: every language's words, figures and direction") {
    for (const Reading& reading : readings())
        CHECK(language(std::string("?l=") + reading.language, "") == reading.language);
}

TEST_CASE_FIXTURE(Page, "car page: the screen's language, else the browser's, else the dealer's") {
    CHECK(language("", "") == "sw");
    CHECK(language("", "fr") == "fr");
    CHECK(language("?l=ar", "fr") == "ar");
    CHECK(language("?l=AR-eg", "fr") == "ar");
    CHECK(language("?l=de", "fr") == "fr");  // nobody wrote its words yet
    CHECK(language("?l=", "fr") == "fr");
    CHECK(language("?l=../emails/en", "fr") == "fr");
    CHECK(language("?l=klingon", "") == "sw");
    CHECK(language("", "en-GB,en;q=0.9") == "en");
    CHECK(language("", "de-CH, de;q=0.9, en;q=0.3, ar;q=0.7") == "ar");
    CHECK(language("", "*") == "sw");
    CHECK(language("", "fr;q=0, *;q=0.5") == "sw");
    CHECK(language("", ";;q=, ,fr;q=2,@@,ar;q=x,en;q=-1,\xff\xfe") == "sw");
    run("update_branch", {{"id", nbo.to_string()}, {"locale", "de"}});
    CHECK(language("", "zh") == "en");
}

TEST_CASE("accepted languages: by weight, then as they stand; what is none is left out") {
    using Tags = std::vector<std::string_view>;
    const auto tags = [](std::string_view header) { return central::accepted_languages(header); };
    CHECK(tags("").empty());
    CHECK(tags("fr-CA, fr;q=0.8, en;q=0.5") == Tags{"fr-CA", "fr", "en"});
    CHECK(tags("en;q=0.5, ar;q=0.51, sw;q=1.000, fr") == Tags{"sw", "fr", "ar", "en"});
    CHECK(tags(" en ;q=0.5 ,\tfr ; Q=0.6") == Tags{"fr", "en"});
    CHECK(tags("en;q=0, fr;q=0.0, ar;q=0.000").empty());
    for (const char* nonsense :
         {"*", "e", "english", "en1", "en;q=1.001", "en;q=1.5", "en;q=0.1234", "en;q=.5",
          "en;q=", "en;level=1", "en;q=0.5;q=0.5", "../en", "العربية", "-", ";", ",,,", "en fr"}) {
        CAPTURE(nonsense);
        CHECK(tags(nonsense).empty());
    }
    CHECK(tags("nonsense;;;, sw") == Tags{"sw"});
    std::string many;
    for (int i = 0; i < 1000; ++i)
        many += "en,";
    CHECK(tags(many).size() == central::kMostLanguages);
}

TEST_CASE("accepted languages: whatever somebody sends") {
    CHECK(rc::check([] {
        const auto header = *rc::gen::container<std::string>(rc::gen::oneOf(
            rc::gen::elementOf(std::string("enfrq=;,. 01-*")), rc::gen::arbitrary<char>()));
        const auto tags = central::accepted_languages(header);
        RC_ASSERT(tags.size() <= central::kMostLanguages);
        for (const auto tag : tags)
            RC_ASSERT(header.find(tag) != std::string::npos);
    }));
}
