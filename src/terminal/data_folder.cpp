#include "terminal/data_folder.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>

#include "base/encoding.hpp"
#include "base/file.hpp"
#include "base/json.hpp"
#include "base/random.hpp"

namespace showfloor::terminal {

namespace {

constexpr std::size_t kSmallFile = 64 * 1024;
constexpr char kIdentity[] = "identity.json";
constexpr char kCertificate[] = "certificate.pem";
constexpr char kAuthority[] = "ca.pem";
constexpr char kTerminalKey[] = "keys/terminal.key";
constexpr char kStorageKey[] = "keys/storage.key";

}  // namespace

base::Result<void> DataFolder::create() const {
    SHOWFLOOR_TRY(base::make_folders(path, 0700));
    SHOWFLOOR_TRY(base::make_folders(file("keys"), 0700));
    SHOWFLOOR_TRY(base::make_folders(blobs(), 0700));
    return base::make_folders(papers(), 0700);
}

bool DataFolder::enrolled() const {
    std::error_code problem;
    return std::filesystem::exists(file(kIdentity), problem);
}

base::Result<Identity> DataFolder::identity() const {
    if (!enrolled()) {
        return base::fail(base::ErrorKind::kNotFound,
                          path + " is not enrolled yet; run showfloor-terminal enroll --data " +
                              path + " with a code from central.",
                          "not_enrolled");
    }
    SHOWFLOOR_ASSIGN(const std::string text, base::read_file(file(kIdentity), kSmallFile));
    const auto json = base::parse_json(text, kSmallFile);
    const auto member = [&](const char* name) {
        return json ? base::text_member(*json, name) : std::string();
    };
    Identity identity;
    const auto terminal_id = base::Uuid::parse(member("terminal_id"));
    const auto branch_id = base::Uuid::parse(member("branch_id"));
    identity.terminal_code = member("terminal_code");
    identity.branch_code = member("branch_code");
    identity.central_url = member("central_url");
    identity.sync_url = member("sync_url");
    if (!terminal_id || !branch_id || identity.terminal_code.empty() || identity.sync_url.empty()) {
        return base::fail(base::ErrorKind::kDamaged,
                          file(kIdentity) +
                              " is damaged; restore it from a copy or enrol a new "
                              "folder. outbox.db is untouched.");
    }
    identity.terminal_id = *terminal_id;
    identity.branch_id = *branch_id;
    return identity;
}

base::Result<void> DataFolder::save_identity(const Identity& identity) const {
    const base::Json json = {{"terminal_id", identity.terminal_id.to_string()},
                             {"terminal_code", identity.terminal_code},
                             {"branch_id", identity.branch_id.to_string()},
                             {"branch_code", identity.branch_code},
                             {"central_url", identity.central_url},
                             {"sync_url", identity.sync_url}};
    return base::write_file(file(kIdentity), json.dump(2) + "\n", 0600);
}

base::Result<crypto::PrivateKey> DataFolder::terminal_key() const {
    SHOWFLOOR_ASSIGN(const std::string pem, base::read_file(file(kTerminalKey), kSmallFile));
    return crypto::PrivateKey::from_pem(pem);
}

base::Result<void> DataFolder::save_terminal_key(const crypto::PrivateKey& key) const {
    return base::write_file(file(kTerminalKey), key.to_pem(), 0600);
}

base::Result<std::string> DataFolder::certificate() const {
    return base::read_file(file(kCertificate), kSmallFile);
}

base::Result<std::string> DataFolder::authority() const {
    return base::read_file(file(kAuthority), kSmallFile);
}

base::Result<void> DataFolder::save_certificates(const std::string& certificate,
                                                 const std::string& authority) const {
    SHOWFLOOR_TRY(base::write_file(file(kAuthority), authority, 0600));
    return base::write_file(file(kCertificate), certificate, 0600);
}

base::Result<crypto::Key256> DataFolder::storage_key() const {
    std::string source = file(kStorageKey);
    if (const char* credentials = std::getenv("CREDENTIALS_DIRECTORY"); credentials != nullptr) {
        const std::string given = std::string(credentials) + "/storage_key";
        std::error_code problem;
        if (std::filesystem::exists(given, problem)) source = given;
    }
    std::error_code problem;
    if (source == file(kStorageKey) && !std::filesystem::exists(source, problem)) {
        base::SystemRandom random;
        const auto key = crypto::Key256::random(random);
        SHOWFLOOR_TRY(base::write_file(source, base::to_hex(key.bytes()) + "\n", 0600));
        return key;
    }
    SHOWFLOOR_ASSIGN(std::string text, base::read_file(source, kSmallFile));
    while (!text.empty() && (text.back() == '\n' || text.back() == ' '))
        text.pop_back();
    const auto bytes = base::from_hex(text);
    const auto key = bytes ? crypto::Key256::from_bytes(*bytes) : std::nullopt;
    crypto::wipe(text);
    if (!key) {
        return base::fail(base::ErrorKind::kDamaged,
                          source +
                              " is not a key of 64 hex digits; personal data here cannot be "
                              "read without it. Restore it from a copy.");
    }
    return *key;
}

base::Result<EngineLock> EngineLock::take(const DataFolder& folder) {
    const int file = ::open(folder.lock().c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (file < 0) {
        return base::fail("Cannot open " + folder.lock() + " (" + std::strerror(errno) +
                          "); check that the folder exists and is yours to write.");
    }
    if (::flock(file, LOCK_EX | LOCK_NB) != 0) {
        ::close(file);
        return base::fail(
            base::ErrorKind::kBusy,
            "Another showfloor-terminal works in " + folder.path + "; close it or ask through it.");
    }
    return EngineLock(file);
}

EngineLock::~EngineLock() {
    if (file_ >= 0) ::close(file_);
}

}  // namespace showfloor::terminal
