#include "terminal/packed_rows.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <limits>

namespace showfloor::terminal {

namespace {

using Keep = PackedRows::Keep;

rc::Gen<domain::Value> any_value() {
    const auto text = rc::gen::oneOf(
        rc::gen::arbitrary<std::string>(),
        rc::gen::element<std::string>(
            "", "0198c2a4-7d3e-7000-8000-00000000000a", "0198C2A4-7D3E-7000-8000-00000000000A",
            "00000000-0000-0000-0000-000000000000", std::string(64, 'a'), std::string(64, 'A'),
            std::string(64, 'z'), std::string(300'000, 'x')));
    return rc::gen::oneOf(rc::gen::just(domain::Value()),
                          rc::gen::map(rc::gen::arbitrary<std::int64_t>(),
                                       [](std::int64_t n) { return domain::Value(n); }),
                          rc::gen::map(text, [](std::string t) { return domain::Value(t); }));
}

}  // namespace

TEST_CASE("pack: what is unpacked is what was packed, whatever it is and however it is kept") {
    CHECK(rc::check([] {
        const auto rows = *rc::gen::container<std::vector<domain::Row>>(
            rc::gen::container<domain::Row>(3, any_value()));
        const auto keeps = *rc::gen::container<std::vector<Keep>>(
            3, rc::gen::element(Keep::kShared, Keep::kOwn, Keep::kNot));
        PackedRows packed;
        std::vector<const char*> entries;
        for (const auto& row : rows) {
            packed.pack(row, keeps);
            entries.push_back(packed.finish());
        }
        for (std::size_t i = 0; i < rows.size(); ++i) {
            domain::Row back(3);
            packed.unpack(entries[i], back);
            for (std::size_t f = 0; f < 3; ++f)
                RC_ASSERT(back[f] == (keeps[f] == Keep::kNot ? domain::Value() : rows[i][f]));
        }
    }));
}

TEST_CASE("pack: numbers at their ends; several rows of one entry, one behind the other") {
    using Limits = std::numeric_limits<std::int64_t>;
    const domain::Row one = {Limits::min(), Limits::max(), std::int64_t{0}, std::int64_t{-1}};
    const domain::Row two = {"a", "b", "a", domain::Value()};
    const std::vector<Keep> keeps(4, Keep::kShared);
    PackedRows packed;
    packed.pack(one, keeps);
    packed.pack(two, keeps);
    domain::Row back(4);
    const char* const behind = packed.unpack(packed.finish(), back);
    CHECK(back == one);
    packed.unpack(behind, back);
    CHECK(back == two);
}

TEST_CASE("pack: of a thousand shared texts each comes back, the late ones too") {
    const std::vector<Keep> keeps(2, Keep::kShared);
    PackedRows packed;
    std::vector<const char*> entries;
    const auto row_of = [](int i) -> domain::Row {
        return {"text " + std::to_string(i), "text " + std::to_string(i / 2)};
    };
    for (int i = 0; i < 1000; ++i) {
        packed.pack(row_of(i), keeps);
        entries.push_back(packed.finish());
    }
    domain::Row back(2);
    for (int i = 0; i < 1000; ++i) {
        packed.unpack(entries[static_cast<std::size_t>(i)], back);
        CHECK(back == row_of(i));
    }
}

TEST_CASE("id_at: the id in front; nil when it is kept in another way") {
    const std::string id = "0198c2a4-7d3e-7000-8000-00000000000a";
    PackedRows packed;
    packed.pack({id}, {Keep::kOwn});
    CHECK(PackedRows::id_at(packed.finish()).to_string() == id);
    packed.pack({id}, {Keep::kShared});
    CHECK(PackedRows::id_at(packed.finish()).is_nil());
}

}  // namespace showfloor::terminal
