#include "domain/transitions_goods.hpp"

#include <array>

#include "domain/transition_table.hpp"

namespace showfloor::domain {

namespace {

using I = IncomingStatus;
constexpr std::array kIncoming = {
    IncomingTransition{I::kPending, I::kShipped},
    IncomingTransition{I::kPending, I::kCompleted},
    IncomingTransition{I::kPending, I::kCancelled},
    IncomingTransition{I::kShipped, I::kCompleted},
    IncomingTransition{I::kShipped, I::kCancelled},
    IncomingTransition{I::kCompleted, I::kCancelled},
};

}  // namespace

std::span<const IncomingTransition> incoming_transitions() {
    return kIncoming;
}
bool may_become(IncomingStatus from, IncomingStatus to) {
    return has_step(kIncoming, from, to);
}

}  // namespace showfloor::domain
