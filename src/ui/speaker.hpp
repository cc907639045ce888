#pragma once
// Spoken output: what the keys have reached, and what happens, said aloud in the shown language.
// The interface only says what; the system's own voice (speech-dispatcher, or espeak-ng) speaks.
// Thread contract: say() and stop() on the UI thread, which never waits; the voice has a worker.

#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>

#include "text/strings.hpp"
#include "ui/registry.hpp"

namespace showfloor::ui {

class Speaker {
   public:
    virtual ~Speaker() = default;
    // Says it now; what is being said stops. `language` is the locale's code.
    virtual void say(const std::string& words, std::string_view language) = 0;
    virtual void stop() = 0;
    // How loud it speaks from now on: 1 is the machine's own, 0 to 2.
    virtual void use_volume(float part) = 0;
};

// "Search, text field, toyota": what it is called, what it is, how it stands. Never what is in a
// masked field: widgets do not put that into an item. Empty for what is no stop for keys.
[[nodiscard]] std::string spoken(const text::Strings& strings, const Item& item);

// The voice of the machine.
class SystemSpeaker final : public Speaker {
   public:
    // Nothing when neither program is installed (package speech-dispatcher, or espeak-ng).
    static std::unique_ptr<SystemSpeaker> find();
    // `program` takes the arguments of spd-say or of espeak-ng, told by its name.
    explicit SystemSpeaker(std::string program);
    ~SystemSpeaker() override;
    void say(const std::string& words, std::string_view language) override;
    void stop() override;
    void use_volume(float part) override;

   private:
    struct Wish {
        std::string words, language;
        float volume = 1;
    };
    void work();
    void begin(const Wish& wish);
    void hush();

    std::string program_;
    bool dispatcher_;  // spd-say: a service speaks, the program only hands over
    int child_ = -1;   // the worker's
    std::mutex mutex_;
    std::condition_variable changed_;
    float volume_ = 1;
    std::optional<Wish> wish_;  // the latest; those before were not worth hearing any more
    bool quit_ = false;
    std::thread thread_;
};

}  // namespace showfloor::ui
