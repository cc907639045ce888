#pragma once
// Short signals beside what the screen says: a visitor calls, a time runs out. The sounds are those
// of the machine's own theme (freedesktop.org's Sound Naming Specification), played by libcanberra.
// Thread contract: every call on the UI thread, which never waits; a signal is begun on a thread of
// its own that ends with it.

#include <future>
#include <memory>

namespace showfloor::ui {

enum class Signal {
    kCall,     // somebody asks for a colleague
    kWarning,  // a time runs out
};

class Bell {
   public:
    virtual ~Bell() = default;
    virtual void ring(Signal signal) = 0;
    // How loud from now on: 1 is the machine's own, 0 to 2; 0 is silent.
    virtual void use_volume(float part) = 0;
};

// A machine that cannot make sounds stays silent, which is logged once.
class SystemBell final : public Bell {
   public:
    SystemBell();
    ~SystemBell() override;
    // While a signal is still being begun another one is left out.
    void ring(Signal signal) override;
    void use_volume(float part) override { volume_ = part; }

   private:
    struct Player;  // what only the thread of a signal touches; one at a time

    std::unique_ptr<Player> player_;
    float volume_ = 1;
    std::future<void> beginning_;
};

}  // namespace showfloor::ui
