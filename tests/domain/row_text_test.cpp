#include "domain/row_text.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "dealership.hpp"
#include "world_contract.hpp"

namespace showfloor::domain {

TEST_CASE("row text: says byte for byte what the tree says, for every record and view") {
    CHECK(rc::check("values of any kind, also damaged ones", [] {
        const auto& records = all_records();
        const Description& record = *records[*rc::gen::inRange<std::size_t>(0, records.size())];
        Row row = test::sample_row(record, test::fixed_id(7, 1));
        for (Value& value : row) {
            switch (*rc::gen::inRange(0, 6)) {
                case 0:
                    value = {};
                    break;
                case 1:
                    value = *rc::gen::arbitrary<std::int64_t>();
                    break;
                case 2:
                    value = *rc::gen::arbitrary<std::string>();
                    break;
                case 3:
                    value = *rc::gen::element<std::string>("", "\"", "back\\slash", "ü, ع, 車",
                                                           "line\nend\x7F", "\xC3", "[1,{\"a\":");
                    break;
                default:
                    break;
            }
        }
        const View view =
            *rc::gen::element(View::kAll, View::kStaff, View::kPublic, View::kTerminal);
        std::string text = "before ";
        RowText(record, view).append(row, text);
        RC_ASSERT(text == "before " + base::dump_json(row_to_json(record, row, view)));
    }));
    std::string whole;
    const Row car = test::sample_row(describe<Car>(), test::fixed_id(7, 1));
    RowText(describe<Car>(), View::kAll).append(car, whole);
    const auto parsed = base::parse_json(whole, whole.size());
    REQUIRE(parsed);
    CHECK(*row_from_json(describe<Car>(), *parsed, Intake::kRow) == car);
}

}  // namespace showfloor::domain
