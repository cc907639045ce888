#pragma once
// How cars are told to visitors: their facts in a line, the six facts and the whole specification
// by group, the badge on their picture, what they cost by the month. Thread contract: UI thread.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "domain/finance.hpp"
#include "domain/records.hpp"
#include "terminal/screens/shell.hpp"

namespace showfloor::terminal {

// "Hybrid · Automatic · 21,400 km"; what drives all wheels says so instead of its gearbox.
[[nodiscard]] std::string facts_line(const ui::Context& ui, const domain::Car& car);

struct Fact {
    char32_t icon;
    std::string value, what;
};
// A colour in the shown language; a maker's own name for it is said behind it where `whole`:
// "رمادي (Graphite Grey)". As the record has it when nobody knows it.
[[nodiscard]] std::string color_of(const ui::Context& ui, const std::string& color, bool whole);
// A feature in the shown language, as far as it is one of those most cars have ("feature.*"); as
// the record has it otherwise.
[[nodiscard]] std::string feature_of(const ui::Context& ui, const std::string& feature);
// At most six, the ones people ask for first.
[[nodiscard]] std::vector<Fact> six_facts(const ui::Context& ui, const domain::Car& car);

struct SpecLine {
    std::string what, value;
};
struct SpecGroup {
    std::string title;
    std::vector<SpecLine> lines;
};
// What is known of the car, by group; what is not known is left out.
[[nodiscard]] std::vector<SpecGroup> specification(const ui::Context& ui,
                                                   const Catalogue& catalogue,
                                                   const domain::Car& car);

// "Reserved", "New", "Just in", "Electric"; empty when there is nothing to shout.
[[nodiscard]] std::string badge_of(const ui::Context& ui, const domain::Car& car, base::UtcMs now);

// Paying by the month as the visitor chose it; nothing when the branch offers none.
struct Monthly {
    std::int64_t deposit_minor = 0, months = 0, annual_rate_bp = 0, monthly_minor = 0;
};
[[nodiscard]] std::optional<Monthly> monthly_of(const Shell& shell, const domain::Car& car);
// An estimate in whole units of its currency: cents would promise too much.
[[nodiscard]] std::string estimate_of(const ui::Context& ui, std::int64_t minor,
                                      std::string_view currency);

// An enum's value in the shown language; empty for unknown.
template <typename Names, typename Enum>
[[nodiscard]] std::string option_word(const ui::Context& ui, std::string_view field,
                                      const Names& names, Enum value) {
    return option_of(ui, field, names[static_cast<std::size_t>(value)]);
}

}  // namespace showfloor::terminal
