#include "domain/handlers.hpp"

namespace showfloor::domain {

std::vector<CommandSpec> people_commands() {
    return {};
}

}  // namespace showfloor::domain
