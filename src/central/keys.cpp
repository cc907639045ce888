#include "central/keys.hpp"

#include "base/file.hpp"
#include "central/limits.hpp"
#include "central/store.hpp"

namespace showfloor::central {

namespace {

const std::string kAuthorityKey = "ca.key";
const std::string kAuthorityCertificate = "ca.pem";
const std::string kServerKey = "server.key";
const std::string kServerCertificate = "server.pem";
const std::string kHosts = "hosts";
const std::string kTokenKey = "token.key";

constexpr unsigned kSecret = 0600;
// X.509 dates count from a moment before now: clocks of terminals may lag a little.
constexpr std::int64_t kBackdatedMs = 60LL * 60 * 1000;

std::string in(const std::string& folder, const std::string& file) {
    return folder + "/keys/" + file;
}

base::Result<std::string> read_key_file(const std::string& folder, const std::string& file) {
    auto content = base::read_file(in(folder, file), kMaxKeyFileBytes);
    if (content) return content;
    return base::fail(content.error().kind,
                      "keys/" + file + " cannot be read; restore it from a backup.");
}

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::size_t at = 0;
    while (at < text.size()) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        if (end > at) lines.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return lines;
}

base::Result<void> make_server(const std::string& folder, Keys& keys,
                               const std::vector<std::string>& hosts, base::UtcMs now,
                               base::Random& random) {
    const auto key = crypto::PrivateKey::generate(random);
    SHOWFLOOR_ASSIGN(
        const auto certificate,
        crypto::make_server_certificate(keys.authority, key.public_key(), hosts,
                                        {now - kBackdatedMs, now + kServerCertificateMs}, random));
    keys.server_key = key.to_pem();
    keys.server_certificate = certificate.to_pem() + keys.authority.certificate.to_pem();
    SHOWFLOOR_TRY(base::write_file(in(folder, kServerKey), keys.server_key, kSecret));
    return base::write_file(in(folder, kServerCertificate), keys.server_certificate, kSecret);
}

}  // namespace

const std::vector<std::string>& key_files() {
    static const std::vector<std::string> files = {
        kAuthorityKey, kAuthorityCertificate, kServerKey, kServerCertificate, kHosts, kTokenKey};
    return files;
}

base::Result<Keys> make_keys(const std::string& folder, const std::vector<std::string>& hosts,
                             base::UtcMs now, base::Random& random) {
    SHOWFLOOR_ASSIGN(auto authority,
                     crypto::make_authority("Showfloor dealership CA",
                                            {now - kBackdatedMs, now + kAuthorityMs}, random));
    Keys keys{std::move(authority), {}, {}, crypto::Key256::random(random)};
    SHOWFLOOR_TRY(base::make_folders(folder + "/keys", 0700));
    SHOWFLOOR_TRY(
        base::write_file(in(folder, kAuthorityKey), keys.authority.key.to_pem(), kSecret));
    SHOWFLOOR_TRY(base::write_file(in(folder, kAuthorityCertificate),
                                   keys.authority.certificate.to_pem(), kSecret));
    std::string host_lines;
    for (const std::string& host : hosts)
        host_lines += host + "\n";
    SHOWFLOOR_TRY(base::write_file(in(folder, kHosts), host_lines, kSecret));
    SHOWFLOOR_TRY(
        base::write_file(in(folder, kTokenKey), base::to_base64(keys.token_key.bytes()), kSecret));
    SHOWFLOOR_TRY(make_server(folder, keys, hosts, now, random));
    return keys;
}

base::Result<Keys> read_keys(const std::string& folder) {
    SHOWFLOOR_ASSIGN(const std::string key_pem, read_key_file(folder, kAuthorityKey));
    SHOWFLOOR_ASSIGN(auto key, crypto::PrivateKey::from_pem(key_pem));
    SHOWFLOOR_ASSIGN(const std::string pem, read_key_file(folder, kAuthorityCertificate));
    SHOWFLOOR_ASSIGN(auto certificate, crypto::read_certificate(pem));
    Keys keys{{std::move(key), std::move(certificate)}, {}, {}, {}};
    SHOWFLOOR_ASSIGN(keys.server_key, read_key_file(folder, kServerKey));
    SHOWFLOOR_ASSIGN(keys.server_certificate, read_key_file(folder, kServerCertificate));
    SHOWFLOOR_ASSIGN(const std::string token, read_key_file(folder, kTokenKey));
    const auto bytes = base::from_base64(token);
    const auto token_key = bytes ? crypto::Key256::from_bytes(*bytes) : std::nullopt;
    if (!token_key)
        return base::fail(base::ErrorKind::kDamaged,
                          "keys/" + kTokenKey + " is damaged; restore it from a backup.");
    keys.token_key = *token_key;
    return keys;
}

base::Result<bool> renew_server_certificate(const std::string& folder, Keys& keys, base::UtcMs now,
                                            base::Random& random) {
    SHOWFLOOR_ASSIGN(const auto old, crypto::read_certificate(keys.server_certificate));
    if (now < old.validity.not_after - kServerCertificateMs / 2) return false;
    SHOWFLOOR_ASSIGN(const std::string hosts, read_key_file(folder, kHosts));
    SHOWFLOOR_TRY(make_server(folder, keys, lines_of(hosts), now, random));
    return true;
}

}  // namespace showfloor::central
