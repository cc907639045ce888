#pragma once
// Parts of the command table beside those of handlers.hpp, one a subject. Apart from it, so that a
// new subject does not build all others anew. Thread contract: constant data.

#include <vector>

#include "domain/command.hpp"

namespace showfloor::domain {

[[nodiscard]] std::vector<CommandSpec> importation_commands();
[[nodiscard]] std::vector<CommandSpec> catalogue_commands();
[[nodiscard]] std::vector<CommandSpec> stock_commands();
[[nodiscard]] std::vector<CommandSpec> incoming_order_commands();
[[nodiscard]] std::vector<CommandSpec> workshop_commands();
[[nodiscard]] std::vector<CommandSpec> delivery_commands();
[[nodiscard]] std::vector<CommandSpec> item_commands();
[[nodiscard]] std::vector<CommandSpec> pay_commands();
[[nodiscard]] std::vector<CommandSpec> person_commands();
[[nodiscard]] std::vector<CommandSpec> reservation_commands();
[[nodiscard]] std::vector<CommandSpec> order_commands();
[[nodiscard]] std::vector<CommandSpec> till_commands();

}  // namespace showfloor::domain
