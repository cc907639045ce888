#pragma once
// Clocks. Handlers of commands never read one: times are made once, at submit, and travel.
// Thread contract: SystemClock is callable from any thread; FakeClock and TrustedClock belong to
// one.

#include <cstdint>

namespace showfloor::base {

// Milliseconds since 1970-01-01T00:00:00Z.
using UtcMs = std::int64_t;

class Clock {
   public:
    virtual ~Clock() = default;
    // What the machine believes the time is. May jump by years.
    [[nodiscard]] virtual UtcMs wall() const = 0;
    // Milliseconds since the machine booted, counting sleep; never goes back while it is up.
    [[nodiscard]] virtual std::int64_t boot_ms() const = 0;
};

class SystemClock final : public Clock {
   public:
    [[nodiscard]] UtcMs wall() const override;
    [[nodiscard]] std::int64_t boot_ms() const override;
};

// For tests and the simulator: moves only when told.
class FakeClock final : public Clock {
   public:
    explicit FakeClock(UtcMs start = 1'750'000'000'000) : wall_(start) {}
    [[nodiscard]] UtcMs wall() const override { return wall_; }
    [[nodiscard]] std::int64_t boot_ms() const override { return boot_; }
    void advance(std::int64_t ms) {
        wall_ += ms;
        boot_ += ms;
    }
    void jump_wall(std::int64_t ms) { wall_ += ms; }  // a person or a flat battery set the clock
    void reboot() { boot_ = 0; }

   private:
    UtcMs wall_;
    std::int64_t boot_ = 1000;
};

// Time that nobody at the terminal can turn back: the last time central told, plus what the boot
// clock counted since; across a restart, the saved value or the wall clock, whichever is later.
// Lock-outs and the offline window use it. Nothing refuses a sale for the clock.
class TrustedClock {
   public:
    struct Saved {
        UtcMs trusted = 0;  // as it stood when saved; 0 = never
    };
    TrustedClock(const Clock& clock, Saved saved);

    [[nodiscard]] UtcMs now() const;        // never less than any value returned before
    void heard_central(UtcMs server_time);  // central's time replaces the estimate, never backwards
    [[nodiscard]] Saved saved() const { return {now()}; }
    // How far the wall clock is from trusted time, for "clock wrong by N minutes"; 0 until central
    // was heard.
    [[nodiscard]] std::int64_t wall_skew_ms() const;

   private:
    const Clock& clock_;
    UtcMs base_trusted_;
    std::int64_t base_boot_;
    bool heard_ = false;
    mutable UtcMs highest_ = 0;
};

}  // namespace showfloor::base
