#include "search/fold.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace showfloor::search;

namespace {

std::string joined(std::string_view text, bool whole = false) {
    std::string out;
    for (const auto& word : words(text, whole))
        out += (out.empty() ? "" : "|") + to_utf8(word);
    return out;
}

}  // namespace

TEST_CASE("words: lower case, without accents, cut at what is no letter") {
    CHECK(joined("Škoda Octavia, RS") == "skoda|octavia|rs");
    CHECK(joined("Großmann Ångström Łukasz Þór Œuvre") == "grossmann|angstrom|lukasz|thor|oeuvre");
    CHECK(joined("Nguyễn Thị Hương") == "nguyen|thi|huong");
    CHECK(joined("e\xCC\x81t\xC3\xA9") == "ete");
    CHECK(joined("O’Connor O'Connor") == "oconnor|oconnor");
    CHECK(joined("ДВИГАТЕЛЬ Ἀ ΑΒΓ").starts_with("двигатель"));
    CHECK(joined("أحمد") == joined("احمد"));
    CHECK(joined("  \t\n ,.;").empty());
}

TEST_CASE("words: what is written together is also one word when wanted") {
    CHECK(joined("Mazda CX-5", true) == "mazda|cx|5|cx5");
    CHECK(joined("Mazda CX-5", false) == "mazda|cx|5");
    CHECK(joined("F-150 4x4", true) == "f|150|f150|4x4");
}

TEST_CASE("words: broken UTF-8 cuts and never crashes") {
    CHECK(joined("ab\xFF"
                 "cd") == "ab|cd");
    CHECK(joined("ab\xE2\x82") == "ab");
    CHECK(joined("\xC3") == "");
    CHECK(joined("\xF4\xBF") == "");
}

TEST_CASE("ascii_words: the same words as the slower way, and only for ASCII") {
    CHECK(rc::check([](const std::vector<std::uint8_t>& bytes) {
        // Letters, digits and what cuts words, far more often than the rest.
        static constexpr std::string_view kUsual = "aZ09 \t-'.,xY";
        std::string text;
        for (const std::uint8_t byte : bytes)
            text += byte < 0x80 && byte % 3 != 0 ? kUsual[byte % kUsual.size()]
                                                 : static_cast<char>(byte & 0x7FU);
        if (bytes.size() % 5 == 0) text += std::string(50, 'w');
        std::vector<std::string> quick;
        RC_ASSERT(ascii_words(text, quick));
        std::vector<std::string> slow;
        for (const auto& word : words(text, true))
            slow.push_back(to_utf8(word));
        RC_ASSERT(quick == slow);
        RC_ASSERT(!ascii_words(text + "é", quick));
    }));
}
