#pragma once
// The bounds of this folder, each with its reason. Thread contract: constants.

#include <cstddef>

namespace showfloor::search {

// Ten times the largest group of dealers we plan for; more is a fault, and slots are 32 bits.
inline constexpr std::size_t kMaxDocuments = 1'000'000;
// What one person types; the rest of a pasted text is ignored.
inline constexpr std::size_t kMaxQueryBytes = 200;
inline constexpr std::size_t kMaxQueryWords = 12;
// A word of one document (a VIN has 17 letters); the rest of a longer one is not searched.
inline constexpr std::size_t kMaxWordLetters = 40;
inline constexpr std::size_t kMaxDocumentWords = 400;
// Removed documents kept among half as many living ones before the lists are cleaned, which takes
// tens of milliseconds for 100,000.
inline constexpr std::size_t kDeadKept = 1000;
// Words shorter than this are taken as typed: one change makes almost any of them another word.
inline constexpr std::size_t kFuzzyLetters = 4;
// Letters tried when a word is mistyped: Latin, digits and one more script.
inline constexpr std::size_t kMaxAlphabet = 128;
// A list longer than this is kept as bits: 100,000 documents are 12.5 KB, as much as 3,125 numbers.
inline constexpr std::size_t kDenseFrom = 4096;
// A language's words are about 100 KB, of which the names of options are searched by.
inline constexpr std::size_t kMaxStringsBytes = 4UL * 1024 * 1024;

}  // namespace showfloor::search
