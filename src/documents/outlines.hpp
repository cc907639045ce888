#pragma once
// The boxes of ink of a font's letters, which libharu does not tell: signs over Arabic letters are
// placed by them. The file is read when the first is asked for.
// Thread contract: belongs to one canvas.

#include <memory>
#include <string>

#include "text/signs.hpp"

namespace showfloor::documents {

class Outlines {
   public:
    explicit Outlines(std::string path);
    Outlines(Outlines&&) noexcept;
    ~Outlines();

    // In units of 1/1000 em. `behind`: seen from the pen behind the letter, not before it. Empty
    // for what the font has no letter for.
    [[nodiscard]] text::Ink ink(char32_t letter, bool behind);

   private:
    struct Font;
    std::string path_;
    std::unique_ptr<Font> font_;
};

}  // namespace showfloor::documents
