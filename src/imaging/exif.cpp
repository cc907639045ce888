#include "imaging/exif.hpp"

#include "imaging/limits.hpp"

namespace showfloor::imaging {
namespace {

// Reads of either byte order that answer 0 outside the block instead of touching memory.
class TiffReader {
   public:
    explicit TiffReader(ByteSpan block)
        : block_(block), little_(!block.empty() && block[0] == 'I') {}

    [[nodiscard]] unsigned u16(std::size_t at) const {
        if (at + 2 > block_.size()) return 0;
        return little_ ? block_[at] | block_[at + 1] << 8U : block_[at] << 8U | block_[at + 1];
    }
    [[nodiscard]] std::size_t u32(std::size_t at) const {
        const std::size_t first = u16(at);
        const std::size_t second = u16(at + 2);
        return little_ ? second << 16U | first : first << 16U | second;
    }

   private:
    ByteSpan block_;
    bool little_;
};

}  // namespace

int exif_orientation(ByteSpan tiff) {
    constexpr unsigned kOrientation = 0x0112;
    constexpr unsigned kShort = 3;
    constexpr std::size_t kEntryBytes = 12;
    if (tiff.size() < 8) return 1;
    const bool little = tiff[0] == 'I' && tiff[1] == 'I';
    const bool big = tiff[0] == 'M' && tiff[1] == 'M';
    const TiffReader reader(tiff);
    if ((!little && !big) || reader.u16(2) != 42) return 1;
    const std::size_t directory = reader.u32(4);
    if (directory >= tiff.size()) return 1;
    const unsigned entries = reader.u16(directory);
    if (entries > kMaxExifEntries) return 1;
    for (unsigned i = 0; i < entries; ++i) {
        const std::size_t entry = directory + 2 + i * kEntryBytes;
        if (entry + kEntryBytes > tiff.size()) return 1;
        if (reader.u16(entry) != kOrientation) continue;
        if (reader.u16(entry + 2) != kShort || reader.u32(entry + 4) != 1) return 1;
        const unsigned value = reader.u16(entry + 8);
        return value >= 1 && value <= 8 ? static_cast<int>(value) : 1;
    }
    return 1;
}

}  // namespace showfloor::imaging
