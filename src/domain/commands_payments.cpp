#include "domain/handlers.hpp"

namespace showfloor::domain {

std::vector<CommandSpec> payment_commands() {
    return {};
}

}  // namespace showfloor::domain
