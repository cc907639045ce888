#include "domain/handlers.hpp"

namespace showfloor::domain {

std::vector<CommandSpec> car_commands() {
    return {};
}

}  // namespace showfloor::domain
