#include "domain/transitions_goods.hpp"

#include <algorithm>
#include <array>

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
    return std::any_of(kIncoming.begin(), kIncoming.end(),
                       [&](const auto& one) { return one.from == from && one.to == to; });
}

}  // namespace showfloor::domain
