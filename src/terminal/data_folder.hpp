#pragma once
// DIR: what a terminal keeps on disk, and who it is.
//
//   identity.json     who this terminal is and where central is (no secrets)
//   ca.pem            the one authority it believes; certificate.pem: its own, renewed by itself
//   keys/terminal.key P-256, 0600, made here, never leaves; keys/storage.key: seals personal data
//   outbox.db         precious: what was done here; replica.db: a cache of central's rows
//   blobs/            pictures by hash; papers/: PDFs somebody asked for
//   engine.lock       held by the one process that writes; engine.sock: how others ask it
//
// Thread contract: plain functions; any thread.

#include <string>

#include "base/result.hpp"
#include "base/uuid.hpp"
#include "crypto/ec.hpp"
#include "crypto/seal.hpp"

namespace showfloor::terminal {

struct Identity {
    base::Uuid terminal_id;
    std::string terminal_code;  // "T03"
    base::Uuid branch_id;
    std::string branch_code;
    std::string central_url;  // https://HOST:8443, for enrolment, renewal and back-office questions
    std::string sync_url;     // https://HOST:8444
};

// The paths below DIR.
struct DataFolder {
    std::string path;

    [[nodiscard]] std::string file(const char* name) const { return path + "/" + name; }
    [[nodiscard]] std::string outbox() const { return file("outbox.db"); }
    [[nodiscard]] std::string replica() const { return file("replica.db"); }
    [[nodiscard]] std::string blobs() const { return file("blobs"); }
    [[nodiscard]] std::string media() const { return file("media"); }
    [[nodiscard]] std::string papers() const { return file("papers"); }
    [[nodiscard]] std::string lock() const { return file("engine.lock"); }
    [[nodiscard]] std::string socket() const { return file("engine.sock"); }

    // Makes DIR (0700) and its folders. Says what to do when it may not.
    [[nodiscard]] base::Result<void> create() const;
    [[nodiscard]] bool enrolled() const;

    // kNotFound, "not enrolled yet", when there is none; kDamaged when it cannot be read.
    [[nodiscard]] base::Result<Identity> identity() const;
    [[nodiscard]] base::Result<void> save_identity(const Identity& identity) const;

    [[nodiscard]] base::Result<crypto::PrivateKey> terminal_key() const;
    [[nodiscard]] base::Result<void> save_terminal_key(const crypto::PrivateKey& key) const;
    [[nodiscard]] base::Result<std::string> certificate() const;  // PEM
    [[nodiscard]] base::Result<std::string> authority() const;    // PEM
    [[nodiscard]] base::Result<void> save_certificates(const std::string& certificate,
                                                       const std::string& authority) const;
    // The key personal data is sealed with: a systemd credential ("storage_key") when the unit
    // gives one, else keys/storage.key, made at the first call.
    [[nodiscard]] base::Result<crypto::Key256> storage_key() const;
};

// The right to write in DIR. Released when it goes out of scope, or the process ends, however.
class EngineLock {
   public:
    // kBusy when another process holds it.
    static base::Result<EngineLock> take(const DataFolder& folder);
    EngineLock(EngineLock&& other) noexcept : file_(other.file_) { other.file_ = -1; }
    EngineLock& operator=(EngineLock&&) = delete;
    ~EngineLock();

   private:
    explicit EngineLock(int file) : file_(file) {}
    int file_;
};

}  // namespace showfloor::terminal
