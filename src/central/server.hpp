#pragma once
// Server: central as it runs: the REST port, the sync port, and the jobs between them.
// Thread contract: start and stop from one thread.

#include <memory>
#include <optional>
#include <string>

#include "base/clock.hpp"
#include "base/random.hpp"
#include "base/result.hpp"
#include "central/backup_job.hpp"
#include "central/mail/mail_settings.hpp"

namespace showfloor::central {

struct ServerOptions {
    std::string folder;
    std::string host = "127.0.0.1";
    int port = 8443;
    std::string sync_host = "127.0.0.1";
    int sync_port = 8444;
    std::string log_file;                  // empty: stderr
    std::optional<MailSettings> mail;      // absent: letters wait
    std::optional<BackupSettings> backup;  // absent: no nightly backup
};

// From a JSON file {"listen", "sync_listen", "log", "mail": see mail_settings.hpp, "backup": see
// backup_job.hpp} (may be empty =
// none) and the command line, which wins. Addresses are "HOST:PORT", "[::1]:PORT" or "PORT".
base::Result<ServerOptions> read_server_options(const std::string& config_file,
                                                const std::string& listen,
                                                const std::string& sync_listen);

class Server {
   public:
    // Clock and random are borrowed. kBusy when another one serves this folder or a port is taken.
    static base::Result<std::unique_ptr<Server>> start(const ServerOptions& options,
                                                       const base::Clock& clock,
                                                       base::Random& random);
    ~Server();
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    [[nodiscard]] std::string rest_address() const;  // "https://127.0.0.1:8443"
    [[nodiscard]] std::string sync_address() const;
    // Lets running requests finish and writes down what only memory holds.
    base::Result<void> stop();

   private:
    struct Parts;
    explicit Server(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> parts_;
};

}  // namespace showfloor::central
