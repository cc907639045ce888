#pragma once
// Float4: red, green, blue and alpha of one point, worked on at once. Thread contract: plain
// values.

namespace showfloor::imaging {

// A compiler's vector (g++ and clang): one instruction where four floats would be four.
struct Float4 {
    using Lanes = float __attribute__((vector_size(16)));
    Lanes lanes = {};

    static Float4 all(float value) { return {Lanes{value, value, value, value}}; }
    [[nodiscard]] float r() const { return lanes[0]; }
    [[nodiscard]] float g() const { return lanes[1]; }
    [[nodiscard]] float b() const { return lanes[2]; }
    [[nodiscard]] float a() const { return lanes[3]; }

    friend Float4 operator+(Float4 x, Float4 y) { return {x.lanes + y.lanes}; }
    friend Float4 operator-(Float4 x, Float4 y) { return {x.lanes - y.lanes}; }
    friend Float4 operator*(Float4 x, float by) { return {x.lanes * by}; }
    Float4& operator+=(Float4 other) {
        lanes += other.lanes;
        return *this;
    }
};

}  // namespace showfloor::imaging
