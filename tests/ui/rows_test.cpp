// Words that need more room than one line: rows, labels, paragraphs.

#include "fixture.hpp"
#include "ui/scroll.hpp"
#include "ui/widgets.hpp"

using ui_test::TestStage;
using namespace showfloor::ui;

namespace {

const char* const kLong =
    "2022 Toyota Corolla Cross was sold twice while offline; a decision is needed.";

}  // namespace

TEST_CASE("growing row: long words go on on further lines, short ones keep the usual height") {
    for (const char* locale : {"en", "ar"}) {
        TestStage t(locale);
        float high = 0, usual = 0;
        t.show([&](Context& ui) {
            Area page = ui.screen().cut_start(560);
            const Row row{.id = "note:1",
                          .title = kLong,
                          .subtitle = "10 min ago",
                          .icon = icons::kReport,
                          .trailing = "KES 1,000,000",
                          .trailing_note = "KES 1,000,000 overdue since 12 Jun 2025"};
            high = row_height(ui, page, row);
            (void)growing_row(ui, page, row);
            usual = row_height(ui, page, {.id = "note:2", .title = "Sale", .subtitle = "now"});
        });
        CHECK(t.shown().cut_texts().empty());
        CHECK(high > kRowHeight);
        CHECK(usual == kRowHeight);
        CHECK(t.shown().find("row:note:1")->rect.h == high);
    }
}

TEST_CASE("rows in a card: all are as high as the tallest of them") {
    TestStage t;
    t.show([&](Context& ui) {
        rows_in_card(ui, ui.screen().cut_start(480),
                     {.id = "notes", .count = 3, .item_height = kRowHeight},
                     [&](std::size_t i, Area row) {
                         (void)list_row(ui, row,
                                        {.id = ui.keep(std::to_string(i)),
                                         .title = i == 1 ? kLong : "Short",
                                         .list = "notes"});
                     });
    });
    CHECK(t.shown().cut_texts().empty());
    const float high = t.shown().find("row:1")->rect.h;
    CHECK(high > kRowHeight);
    CHECK(t.shown().find("row:0")->rect.h == high);
}

TEST_CASE("wrapped label: one line stands as a label does, more take their height") {
    TestStage t;
    float one = 0, more = 0;
    t.show([&](Context& ui) {
        Area page = ui.screen().cut_start(300);
        const float top = page.rect.y;
        wrapped_label(ui, page, "Short", 40);
        one = page.rect.y - top;
        wrapped_label(ui, page, kLong, 40);
        more = page.rect.y - top - one;
    });
    CHECK(one == 40);
    CHECK(more > 40);
    CHECK(t.shown().cut_texts().empty());
}

TEST_CASE("paragraph: a word wider than a line is broken, a button's is not") {
    TestStage t;
    t.show([&](Context& ui) {
        const TextStyle style = ui.text(Style::kBody);
        const std::string word(60, 'W');
        const auto lines = ui.painter().wrap(word, style, 200);
        CHECK(lines.size() > 2);
        std::string all;
        for (const std::string& line : lines) {
            CHECK(ui.painter().measure(line, style) <= 200.5F);
            all += line;
        }
        CHECK(all == word);
        CHECK(ui.painter().wrap(word, style, 200, 0, false).size() == 1);
    });
}

TEST_CASE("paragraph: no dot between two things ends or begins a line") {
    TestStage t;
    t.show([&](Context& ui) {
        const TextStyle style = ui.text(Style::kBody);
        for (int width = 60; width < 500; ++width)
            for (const std::string& line : ui.painter().wrap(
                     "Westlands showroom · T01 · today 16:06", style, static_cast<float>(width))) {
                CHECK_FALSE(line.ends_with("·"));
                CHECK_FALSE(line.starts_with("·"));
            }
    });
}

TEST_CASE("banner: with little room its button stands below the words") {
    TestStage t;
    t.show([&](Context& ui) {
        Area page = ui.screen().cut_start(420);
        const Banner spec{.id = "same", .words = kLong, .action = "Use this customer"};
        const Area at = page.cut_top(banner_height(ui, spec, page.width()));
        (void)banner(ui, at, spec);
    });
    const Rect words = t.shown().place_of_text(kLong);
    const Item* action = t.shown().find("button:same");
    REQUIRE(action != nullptr);
    CHECK(action->rect.y >= words.bottom());
    CHECK(t.shown().cut_texts().empty());
}
