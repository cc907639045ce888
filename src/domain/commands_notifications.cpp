#include "domain/handlers.hpp"

namespace showfloor::domain {

std::vector<CommandSpec> notification_commands() {
    return {};
}

}  // namespace showfloor::domain
