// Printing through another program: there, not there, refusing.

#include "terminal/printer.hpp"

#include <doctest/doctest.h>

#include "base/file.hpp"
#include "support/fresh_folder.hpp"

using namespace showfloor;

TEST_CASE("print: a missing program is said in words, with what to do instead") {
    const auto printed = terminal::print_paper("%PDF-", "I1", "no-such-program-here");
    REQUIRE_FALSE(printed.ok());
    CHECK(printed.error().code == "no_printing");
    CHECK(printed.error().message.find("PDF") != std::string::npos);
}

TEST_CASE("print: a program that takes the paper, and one that does not") {
    CHECK(terminal::print_paper("%PDF-", "I1", "true").ok());
    const auto printed = terminal::print_paper("%PDF-", "I1", "false");
    REQUIRE_FALSE(printed.ok());
    CHECK(printed.error().code == "print_failed");
}

TEST_CASE("print: the program reads the paper itself; its own first line is what a person reads") {
    const testing::FreshFolder folder;
    const std::string program = folder / "lp";
    REQUIRE(base::write_file(program,
                             "#!/bin/sh\necho \"paper is out: $2 $(cat | wc -c)\" >&2\necho more\n"
                             "exit 1\n",
                             0755)
                .ok());
    const auto printed = terminal::print_paper(std::string(200'000, 'x'), "I7", program);
    REQUIRE_FALSE(printed.ok());
    CHECK(printed.error().message == "paper is out: I7 200000");
}
