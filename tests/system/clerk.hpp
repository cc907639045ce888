#pragma once
// Clerk: somebody at a terminal who tries any command, with arguments made from its description:
// ids point at what this terminal knows, all else is chosen at random within its range. Many are
// refused where they are tried; what is not must arrive. Thread contract: one test thread.

#include <optional>
#include <string_view>

#include "base/random.hpp"
#include "dealership.hpp"
#include "domain/command.hpp"
#include "kiosk.hpp"

namespace showfloor::testing {

class Clerk {
   public:
    // Both are borrowed.
    Clerk(Dealership& central, base::Random& random) : central_(central), random_(random) {}

    // Ready to submit; nullopt when this terminal knows nothing that a required id could point at.
    std::optional<domain::Command> try_out(Kiosk& kiosk, const domain::CommandSpec& spec);

   private:
    std::int64_t below(std::int64_t bound);
    const Branch& branch_of(const Kiosk& kiosk) const;
    std::optional<base::Json> value_for(Kiosk& kiosk, const domain::Field& field);
    std::optional<base::Json> known(Kiosk& kiosk, std::string_view record);

    Dealership& central_;
    base::Random& random_;
};

}  // namespace showfloor::testing
