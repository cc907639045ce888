#pragma once
// Bounds of a document; what is longer goes on a further page or is cut with an ellipsis.

#include <cstddef>

namespace showfloor::documents {

inline constexpr int kMaxPages = 20;                // 100 lines and long terms fit in 6
inline constexpr std::size_t kMaxParagraph = 8000;  // the longest text of a record is 4,000

}  // namespace showfloor::documents
