#include "domain/handlers.hpp"

namespace showfloor::domain {

std::vector<CommandSpec> customer_commands() {
    return {};
}

}  // namespace showfloor::domain
