// A branch's logo from the upload to the papers: REST, the command line's way, letters' papers.

#include "central/blobs.hpp"
#include "central/people.hpp"
#include "documents/limits.hpp"
#include "imaging/decode.hpp"
#include "imaging/encode.hpp"
#include "office.hpp"
#include "papers.hpp"
#include "rose.hpp"
#include "storage/sqlite_world.hpp"

using namespace showfloor;
using testing::Json;
using testing::rose;

namespace {

struct Sold : testing::Office {
    Sold()
        : invoice(base::text_member(
              sell(tokens["amina"], car(nbo), customer("Zawadi", people["amina"]), 100'000),
              "invoice_id")) {}

    // As a dealer's system does it; the blob's hash.
    std::string upload(const imaging::Image& image) {
        net::HttpRequest request;
        request.method = "POST";
        request.path = "/api/v1/blobs";
        request.peer = peer;
        request.headers["Authorization"] = "Bearer " + tokens["root"];
        request.headers["Content-Type"] = "image/png";
        request.body = base::as_text(imaging::encode_png(image));
        const auto reply = api->handle(request);
        REQUIRE(reply.status == 201);
        return base::text_member(*base::parse_json(reply.body, 1UL << 20), "sha256");
    }
    void give(const std::string& logo) {
        const auto reply = send("PATCH", "/api/v1/branches/" + nbo.to_string(), tokens["root"],
                                Json{{"logo", logo}});
        INFO(reply.raw.body);
        REQUIRE(reply.status == 200);
    }
    // Where the rose stands on this paper.
    testing::Ink seen(const std::string& paper) {
        const auto reply = send("GET", "/api/v1/" + paper, tokens["root"]);
        INFO(reply.raw.body);
        REQUIRE(reply.status == 200);
        return testing::PaperFile("logo", reply.raw.body)
            .pages(testing::colored(testing::kRose))
            .front();
    }
    testing::Ink on_invoice() { return seen("invoices/" + invoice + "/pdf"); }
    std::string path_of(const std::string& hash) { return central::blob_path(*store, hash); }

    std::string invoice;
};

}  // namespace

TEST_CASE_FIXTURE(Sold, "logo: uploaded, given to a branch, and on every paper of it") {
    CHECK(on_invoice().share == 0);
    give(upload(rose(300, 100)));
    const auto ink = on_invoice();
    CHECK(ink.left == doctest::Approx(18).epsilon(0.05));
    CHECK(ink.top == doctest::Approx(18).epsilon(0.05));
    CHECK(ink.right == doctest::Approx(18 + 45).epsilon(0.02));
    const auto receipts = send("GET", "/api/v1/invoices/" + invoice + "/receipts", tokens["root"]);
    REQUIRE(receipts.status == 200);
    const std::string receipt =
        "receipts/" + base::text_member(receipts.body["data"][0], "id") + "/pdf?paper=";
    CHECK(seen(receipt + "a4").share > 0);
    CHECK(seen(receipt + "roll80").share > 0);
    CHECK(seen("reports/pdf?branch_id=" + nbo.to_string()).share > 0);
    CHECK(seen("reports/pdf").share == 0);  // of all branches: nobody's letterhead
    give("");
    CHECK(on_invoice().share == 0);
}

TEST_CASE_FIXTURE(Sold, "logo: one that nobody uploaded is refused; sellers give none") {
    const std::string branch = "/api/v1/branches/" + nbo.to_string();
    const auto unknown =
        send("PATCH", branch, tokens["root"], Json{{"logo", std::string(64, 'a')}});
    CHECK(unknown.status == 422);
    CHECK(base::text_member(unknown.body, "code") == "unknown_picture");
    const std::string logo = upload(rose(300, 100));
    CHECK(send("PATCH", branch, tokens["amina"], Json{{"logo", logo}}).status == 403);
    CHECK(on_invoice().share == 0);
}

TEST_CASE_FIXTURE(
    Sold, "accent: a manager gives the branch a colour; nonsense is named, sellers give none") {
    const std::string branch = "/api/v1/branches/" + nbo.to_string();
    const auto give = [&](const std::string& color, const char* who) {
        return send("PATCH", branch, tokens[who], Json{{"accent_color", color}});
    };
    const auto given = give("#8B1E2D", "root");
    REQUIRE(given.status == 200);
    CHECK(base::text_member(given.body, "accent_color") == "#8B1E2D");
    const auto wrong = give("dark red", "root");
    CHECK(wrong.status == 400);
    CHECK(wrong.raw.body.find("accent_color") != std::string::npos);
    CHECK(give("#000000", "amina").status == 403);
    const auto seen = send("GET", branch, tokens["root"]);
    CHECK(base::text_member(seen.body, "accent_color") == "#8B1E2D");
    CHECK(give("", "root").status == 200);
}

TEST_CASE_FIXTURE(Sold, "logo: one that is damaged, lost or endless keeps no paper back") {
    const std::string logo = upload(rose(300, 100));
    give(logo);
    REQUIRE(base::write_file(path_of(logo), "\x89PNG\r\n\x1a\n and then nonsense").ok());
    CHECK(on_invoice().share == 0);
    const auto whole = imaging::encode_png(rose(300, 100));
    REQUIRE(base::write_file(path_of(logo), base::as_text(whole).substr(0, 60)).ok());
    CHECK(on_invoice().share == 0);
    REQUIRE(base::write_file(path_of(logo),
                             base::as_text(imaging::encode_png(imaging::Image(5000, 1000))))
                .ok());
    CHECK(on_invoice().share == 0);
    std::filesystem::remove(path_of(logo));
    CHECK(on_invoice().share == 0);
    CHECK(testing::has(
        testing::PaperFile(
            "text", send("GET", "/api/v1/invoices/" + invoice + "/pdf", tokens["root"]).raw.body)
            .text(),
        "Zawadi"));
}

TEST_CASE_FIXTURE(Sold, "logo: from a file of the dealer's, made small, and public") {
    auto batch = processor->batch(clock.wall());
    REQUIRE(batch);
    for (const char* bad : {"", "PK\x03\x04 a ZIP", "\x89PNG\r\n\x1a\n cut"})
        CHECK_FALSE(central::add_logo(*store, *batch, bad).ok());
    const auto png = imaging::encode_png(rose(3000, 1500));
    const auto logo = central::add_logo(*store, *batch, base::as_text(png));
    REQUIRE(logo);
    const auto info = central::find_blob(batch->connection(), *logo);
    REQUIRE(info);
    REQUIRE(*info);
    CHECK((*info)->is_public);
    REQUIRE(central::run_own(*batch, "update_branch", {{"id", nbo.to_string()}, {"logo", *logo}}));
    REQUIRE(batch->commit());
    const auto kept = base::read_file(path_of(*logo), 1UL << 20);
    REQUIRE(kept);
    const auto image = imaging::decode(base::as_bytes(*kept));
    REQUIRE(image);
    CHECK(image->width == documents::kLogoPixels);
    CHECK(image->height == documents::kLogoPixels / 2);
    CHECK(on_invoice().share > 0);
}
