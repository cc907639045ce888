#pragma once
// The transition tables of goods; apart from transitions.hpp, which sales include.
// Thread contract: constant data.

#include <span>

#include "domain/records_goods.hpp"

namespace showfloor::domain {

struct IncomingTransition {
    IncomingStatus from, to;
};
[[nodiscard]] std::span<const IncomingTransition> incoming_transitions();
[[nodiscard]] bool may_become(IncomingStatus from, IncomingStatus to);

}  // namespace showfloor::domain
