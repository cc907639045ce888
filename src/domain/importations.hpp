#pragma once
// What create_car shares with the commands of importations; nothing outside src/domain includes it.
// Thread contract: pure functions.

#include <optional>

#include "domain/handlers.hpp"
#include "domain/records_imports.hpp"

namespace showfloor::domain {

// The rules of its own fields; fills the rate where there is nothing to change into and says
// whether the paper is missing. `paper_later`: it came without its paper, which may follow.
[[nodiscard]] std::optional<Outcome> check_importation(Importation& importation,
                                                       const Branch& branch, bool paper_later);

}  // namespace showfloor::domain
