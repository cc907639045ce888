#pragma once
// Bounds of a document; what is longer goes on a further page or is cut with an ellipsis.

#include <cstddef>

namespace showfloor::documents {

// The sales of a report: more than a large group sells in a year. Some 30 stand on a page.
inline constexpr std::size_t kMaxReportSales = 5000;
// A paper without end is a mistake of ours. That many sales take 170 pages, their sums as many more
// when each has a seller of its own; an invoice of 100 lines and long terms takes 6.
inline constexpr int kMaxPages = 800;
inline constexpr std::size_t kMaxParagraph = 8000;  // the longest text of a record is 4,000
inline constexpr std::size_t kMaxFontBytes = std::size_t{16} << 20;

// A letterhead's logo, in mm. Its pixels in a PDF: 300 to the inch and a little more, so that a
// dealer's large file does not go with every letter.
inline constexpr double kLogoWidth = 45, kLogoHeight = 18;
inline constexpr int kLogoPixels = 600;

}  // namespace showfloor::documents
