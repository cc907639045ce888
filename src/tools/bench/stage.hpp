#pragma once
// Stage: the dealership that is measured: made by central's library in a fresh folder, served by
// the real showfloor-central, with terminals enrolled. Thread contract: the main thread.

#include <sys/types.h>

#include <memory>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/random.hpp"
#include "base/result.hpp"
#include "net/http_client.hpp"
#include "terminal/data_folder.hpp"

namespace showfloor::bench {

[[nodiscard]] double now_ms();

// A real program as a child; killed when it goes.
class Program {
   public:
    Program() = default;
    base::Result<void> start(const std::string& name, const std::vector<std::string>& words);
    ~Program() { stop(); }
    Program(const Program&) = delete;
    Program& operator=(const Program&) = delete;
    void stop();
    [[nodiscard]] pid_t pid() const { return pid_; }
    [[nodiscard]] bool running();

   private:
    pid_t pid_ = -1;
};

class Stage {
   public:
    static base::Result<std::unique_ptr<Stage>> make(int cars);
    ~Stage();

    // A new folder enrolled here.
    base::Result<terminal::DataFolder> enrol(const std::string& name);
    [[nodiscard]] std::string rest_url() const;
    [[nodiscard]] std::string sync_url() const;
    [[nodiscard]] const std::string& authority() const { return authority_; }
    [[nodiscard]] const Program& server() const { return server_; }
    static constexpr char kLogin[] = "seller";
    static constexpr char kAdmin[] = "manager";
    static constexpr char kPassword[] = "a quiet morning in the workshop";

   private:
    Stage() = default;
    base::Result<void> make_people();
    base::Result<void> import(int cars);
    base::Result<void> serve();

    std::string folder_, authority_, fingerprint_;
    int rest_port_ = 0, sync_port_ = 0;
    base::SystemClock clock_;
    base::SystemRandom random_;
    Program server_;
};

}  // namespace showfloor::bench
