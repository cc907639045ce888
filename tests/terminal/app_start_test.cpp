// A start of the real App over a terminal's files: the newest cars first, then all of them; damage
// is looked for afterwards. Nothing waits for time: the App says when to look again.

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <set>

#include "app_stage.hpp"

namespace showfloor::test {

namespace {

// Of all pages on which the words stand.
void damage(const std::string& replica, const std::string& words) {
    constexpr std::size_t kPage = 4096;
    std::string bytes = must(base::read_file(replica, 64U << 20U));
    REQUIRE(bytes.find(words) != std::string::npos);
    for (std::size_t at = bytes.find(words); at != std::string::npos; at = bytes.find(words))
        bytes.replace(at / kPage * kPage, kPage, kPage, '\xA5');
    std::ofstream(replica, std::ios::binary | std::ios::trunc) << bytes;
}

}  // namespace

TEST_CASE_FIXTURE(AppStage, "start: the newest cars come first, and all of them by themselves") {
    open();
    bool first = false;
    REQUIRE(until([&] {
        const auto cars = app->catalogue();
        first = first || (!cars->whole() && cars->on_offer() == 6 &&
                          cars->find(Dealership::car(1)) != nullptr);
        return cars->whole() && cars->on_offer() > 0;
    }));
    CHECK(first);
    CHECK(app->catalogue()->on_offer() == 6);
    CHECK(app->catalogue()->search("model 3", terminal::Catalogue::Sort::kNewest).size() == 1);
    CHECK_FALSE(app->branch().name.empty());
}

TEST_CASE_FIXTURE(AppStage, "sign in: what is forgotten before its answer signs nobody in") {
    open();
    std::vector<std::string> answers;
    const auto hear = [&](const base::Result<terminal::Person>& person) {
        answers.push_back(person ? "in" : person.error().code);
    };
    app->sign_in({"seller", kPassword, false}, hear);
    app->forget_sign_in();
    REQUIRE(until([&] { return answers.size() == 1; }));
    app->approve({"seller", kPassword, false}, hear);
    app->forget_approval();
    REQUIRE(until([&] { return answers.size() == 2; }));
    app->sign_in({"seller", kPassword, false}, hear);
    app->sign_out();
    REQUIRE(until([&] { return answers.size() == 3; }));
    CHECK(answers == std::vector<std::string>{"gone", "gone", "gone"});
    CHECK_FALSE(app->person().has_value());
    bool told = false;
    app->change_password("a", "b", [&](const base::Result<void>& changed) {
        told = true;
        CHECK(changed.error().code == "gone");
    });
    CHECK(until([&] { return told; }));
}

TEST_CASE_FIXTURE(AppStage, "sign out: papers made for somebody go with them") {
    open();
    REQUIRE(base::make_folders(folder.papers(), 0700).ok());
    const std::string paper = folder.papers() + "/NBO-T01-I000001.pdf";
    const std::string other = folder.papers() + "/diagnostics-NBO-T01.json";
    for (const std::string& path : {paper, other})
        REQUIRE(base::write_file(path, "x", 0600).ok());
    app->sign_out();
    bool checked = false;  // errands are done one after the other
    app->check_files([&](const base::Result<void>&) { checked = true; });
    REQUIRE(until([&] { return checked; }));
    CHECK_FALSE(std::filesystem::exists(paper));
    CHECK(std::filesystem::exists(other));
}

TEST_CASE_FIXTURE(AppStage, "drafts: several of a person, over a restart, newest first; one goes") {
    const base::Uuid seller = central.shop.seller;
    const auto save = [&](const base::Uuid& id, const base::Uuid& owner, const char* car) {
        bool saved = false;
        app->save_draft("sale", owner, {id, {{"car_title", car}}}, [&](base::Result<void> done) {
            REQUIRE(done.ok());
            saved = true;
        });
        REQUIRE(until([&] { return saved; }));
    };
    open();
    CHECK(drafts().empty());  // nobody is signed in
    sign_in();
    // As an earlier version kept it: one id for all.
    save(domain::derive_id(seller, "draft_sale", 0), seller, "old");
    save(fixed_id(9, 1), seller, "first");
    save(fixed_id(9, 2), central.shop.other_seller, "somebody else's");
    app->sign_out();
    save(fixed_id(9, 3), seller, "typed as the terminal locked");
    app.reset();
    open();
    sign_in();
    auto found = drafts();
    REQUIRE(found.size() == 3);
    std::set<std::string> titles;
    for (const auto& draft : found)
        titles.insert(base::text_member(draft.content, "car_title"));
    CHECK(titles == std::set<std::string>{"old", "first", "typed as the terminal locked"});
    CHECK(found[2].saved_at > 0);
    CHECK(found[0].saved_at >= found[1].saved_at);
    CHECK(found[1].saved_at >= found[2].saved_at);
    app->drop_draft(fixed_id(9, 1));
    found = drafts();
    REQUIRE(found.size() == 2);
    for (const auto& draft : found)
        CHECK(draft.id != fixed_id(9, 1));
}

TEST_CASE_FIXTURE(AppStage, "start: which pictures a car has is known to whoever asks") {
    open();
    const auto known = [&](const base::Uuid& car) { return app->car_images().of(car); };
    REQUIRE(until([&] { return known(Dealership::car(1)) != nullptr; }));
    CHECK(known(Dealership::car(1))->size() == 1);
    REQUIRE(until([&] { return app->catalogue()->whole() && app->catalogue()->on_offer() > 0; }));
    REQUIRE(until([&] { return known(Dealership::car(2)) != nullptr; }));
    CHECK(known(Dealership::car(2))->empty());
    // Of no car at all, as a stale code would ask.
    CHECK(until([&] { return known(fixed_id(99, 1)) != nullptr; }));
}

TEST_CASE_FIXTURE(AppStage, "start: a damaged replica is found afterwards and given up") {
    damage(folder.replica(), central.shop.world.get<domain::Car>(Dealership::car(1))->vin);
    open();  // whoever only shows cars does not notice
    CHECK(until([&] { return app->link().filling && app->catalogue()->on_offer() == 0; }));
}

}  // namespace showfloor::test
