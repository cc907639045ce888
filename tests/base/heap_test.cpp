#include "base/heap.hpp"

#include <doctest/doctest.h>

#include <fstream>
#include <string>

using namespace showfloor;

namespace {

// Of the code of the C++ library: where it lies and what of it is in memory.
struct Code {
    std::size_t from = 0, to = 0, resident_kb = 0;
};

Code code_of_the_library() {
    std::ifstream in("/proc/self/smaps");
    Code code;
    for (std::string line; std::getline(in, line);) {
        if (line.find("libstdc++") != std::string::npos && line.find("r-xp") != std::string::npos) {
            code.from = std::stoul(line, nullptr, 16);
            code.to = std::stoul(line.substr(line.find('-') + 1), nullptr, 16);
        } else if (code.from != 0 && line.starts_with("Rss:")) {
            code.resident_kb = std::stoul(line.substr(4));
            break;
        }
    }
    return code;
}

}  // namespace

TEST_CASE("give_back_code: the pages leave memory and come back when they run") {
    const Code code = code_of_the_library();
    REQUIRE(code.from != 0);
    int sum = 0;
    for (std::size_t at = code.from; at < code.to; at += 4096)
        sum += *reinterpret_cast<const volatile char*>(at);
    const Code all = code_of_the_library();
    CHECK(all.resident_kb == (code.to - code.from) / 1024);
    CHECK(base::give_back_code("libstdc++") == code.to - code.from);
    const Code left = code_of_the_library();
    CHECK(left.resident_kb < all.resident_kb);
    int again = 0;
    for (std::size_t at = code.from; at < code.to; at += 4096)
        again += *reinterpret_cast<const volatile char*>(at);
    CHECK(again == sum);
}

TEST_CASE("give_back_code: a library nobody loaded is nothing") {
    CHECK(base::give_back_code("libnobody") == 0);
}
