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
#include "domain/records.hpp"
#include "net/http_client.hpp"
#include "terminal/data_folder.hpp"

namespace showfloor::bench {

// A real program as a child; killed when it goes.
class Program {
   public:
    Program() = default;
    // What it says on stderr goes to `log`, anew.
    base::Result<void> start(const std::string& name, const std::vector<std::string>& words,
                             const std::string& log = "/dev/null");
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
    // The first 2,000 cars come as an importer's commands, the rest as rows; each has a picture.
    static base::Result<std::unique_ptr<Stage>> make(int cars);
    ~Stage();

    // Of the importer, by CPU time.
    [[nodiscard]] double import_per_second() const { return import_per_second_; }
    // Central goes away, and comes back on the same ports.
    void go_away() { server_.stop(); }
    base::Result<void> serve();
    // Central's database gets more, as rows, until there are so many cars, customers and sales,
    // each with its invoice and report. Central is away meanwhile; terminals hear nothing of it.
    base::Result<void> grow(int each);
    // A car like central's, of that branch.
    [[nodiscard]] domain::Car car(int i, const base::Uuid& branch_id);

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
    base::Result<void> put_cars(int from, int to);
    base::Result<void> hang_pictures();
    static constexpr int kMostImported = 2'000;

    std::string folder_, authority_, fingerprint_;
    int rest_port_ = 0, sync_port_ = 0;
    double import_per_second_ = 0;
    base::SystemClock clock_;
    base::SystemRandom random_;
    Program server_;
};

}  // namespace showfloor::bench
