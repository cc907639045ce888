#pragma once
// Numbers: a list of numbers, each in as many bytes as the largest of them needs: a year takes two,
// a price four, one of a hundred makes one. Thread contract: a plain value.

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <utility>
#include <vector>

namespace showfloor::search {

class Numbers {
   public:
    [[nodiscard]] std::size_t size() const { return size_; }
    [[nodiscard]] std::int64_t operator[](std::size_t at) const {
        std::uint64_t code = 0;
        std::memcpy(&code, &bytes_[at * width_], sizeof code);
        return number_of(code & mask_);
    }
    void set(std::size_t at, std::int64_t number) {
        const std::uint64_t code = code_of(number);
        if (code > mask_) widen(code);
        std::memcpy(&bytes_[at * width_], &code, width_);
    }
    void push_back(std::int64_t number) {
        resize(size_ + 1);
        set(size_ - 1, number);
    }
    void resize(std::size_t size) {
        size_ = size;
        bytes_.resize(size * width_ + kBehind);
    }
    void clear() { *this = {}; }
    void shrink_to_fit() { bytes_.shrink_to_fit(); }

   private:
    static_assert(std::endian::native == std::endian::little, "the low bytes stand first");
    // Eight bytes are read wherever a number begins.
    static constexpr std::size_t kBehind = 8;

    // Small numbers of either sign have small codes, and the smallest of all has none: 0.
    static std::uint64_t code_of(std::int64_t number) {
        return (static_cast<std::uint64_t>(number) << 1U ^
                static_cast<std::uint64_t>(number >> 63)) +
               1;
    }
    static std::int64_t number_of(std::uint64_t code) {
        --code;
        return static_cast<std::int64_t>(code >> 1U ^ (~(code & 1U) + 1U));
    }
    void widen(std::uint64_t code) {
        Numbers wide;
        while (code > wide.mask_) {
            ++wide.width_;
            wide.mask_ = wide.mask_ << 8U | 0xFFU;
        }
        wide.resize(size_);
        for (std::size_t at = 0; at < size_; ++at)
            wide.set(at, (*this)[at]);
        *this = std::move(wide);
    }

    std::vector<std::uint8_t> bytes_ = std::vector<std::uint8_t>(kBehind);
    std::size_t size_ = 0, width_ = 1;
    std::uint64_t mask_ = 0xFF;
};

}  // namespace showfloor::search
