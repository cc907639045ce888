#include "central/enrolment.hpp"

#include "base/encoding.hpp"
#include "central/credentials.hpp"
#include "central/limits.hpp"
#include "crypto/hash.hpp"
#include "crypto/password.hpp"
#include "protocol/limits.hpp"

namespace showfloor::central {

namespace {

constexpr std::int64_t kHourMs = 3600LL * 1000;
constexpr std::string_view kTriesBucket = "enroll";

// As stored: people type codes with and without the dash, in either case.
std::string hash_of_code(std::string_view code) {
    std::string plain;
    for (const char c : code) {
        if (c == '-' || c == ' ') continue;
        plain += c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
    }
    return base::to_hex(crypto::sha256(std::string_view(plain)));
}

struct KnownCode {
    base::Uuid branch_id;
    std::string name;
    base::UtcMs expires_at = 0;
    base::UtcMs used_at = 0;
};

base::Result<std::optional<KnownCode>> find_code(Batch& batch, const std::string& hash) {
    SHOWFLOOR_ASSIGN(auto statement,
                     batch.connection().prepare("SELECT branch_id, name, expires_at, used_at FROM "
                                                "enroll_code WHERE code_hash = ?1"));
    statement.bind(1, hash);
    SHOWFLOOR_ASSIGN(const bool found, statement.step());
    if (!found) return std::optional<KnownCode>();
    return std::optional(KnownCode{base::Uuid::parse(statement.text(0)).value_or(base::Uuid{}),
                                   statement.text(1), statement.integer(2), statement.integer(3)});
}

// Whether the code opens the door; counted before it is looked at.
base::Result<KnownCode> judge_code(Batch& batch, const std::string& hash) {
    const auto refused = [](std::string_view code, std::string_view sentence) {
        return base::fail(base::ErrorKind::kRefused, std::string(sentence), std::string(code),
                          "code");
    };
    SHOWFLOOR_ASSIGN(const bool allowed,
                     take_from_bucket(batch.connection(), kTriesBucket, kEnrollTriesPerHour,
                                      kHourMs, batch.now()));
    if (!allowed) return refused("too_many_tries", "Too many codes were tried; wait an hour.");
    SHOWFLOOR_ASSIGN(const auto known, find_code(batch, hash));
    if (!known) return refused("code_unknown", "Central does not know this code; check it.");
    if (known->used_at != 0)
        return refused("code_used", "This code was used already; ask for a new one.");
    if (known->expires_at <= batch.now())
        return refused("code_expired", "This code is older than 15 minutes; ask for a new one.");
    return *known;
}

base::Result<domain::Outcome> apply(Batch& batch, std::string_view name, base::Json args,
                                    const base::Uuid& actor = {}) {
    domain::Command command;
    command.name = name;
    command.args = std::move(args);
    command.actor_id = actor;
    domain::Outcome outcome = batch.run(std::move(command), true);
    if (outcome.kind == domain::Outcome::Kind::kFailed) return *outcome.failure;
    if (outcome.applied()) return outcome;
    const auto kind = outcome.code == domain::Code::kNotFound ? base::ErrorKind::kNotFound
                                                              : base::ErrorKind::kRefused;
    return base::fail(kind, std::string(domain::sentence_of(outcome.code)),
                      std::string(domain::name_of(outcome.code)), outcome.field);
}

base::Result<crypto::Certificate> certificate_for(const Keys& keys, const std::string& csr,
                                                  const base::Uuid& terminal_id, Batch& batch) {
    const crypto::Validity validity{batch.now() - kHourMs, batch.now() + kTerminalCertificateMs};
    return crypto::sign_request(keys.authority, csr, terminal_id.to_string(), validity,
                                batch.random());
}

std::string url_of(std::string_view host, int port) {
    const bool v6 = host.find(':') != std::string_view::npos && !host.starts_with('[');
    const std::string name = v6 ? "[" + std::string(host) + "]" : std::string(host);
    return "https://" + name + ":" + std::to_string(port);
}

}  // namespace

base::Result<EnrollCode> Enrolment::make_code(std::string_view branch_code, std::string_view name,
                                              const base::Uuid& made_by, base::UtcMs now) {
    SHOWFLOOR_ASSIGN(auto batch, processor_.batch(now));
    const auto branch =
        batch.world().find_one<domain::Branch>({{"code", std::string(branch_code)}});
    if (!branch || branch->archived)
        return base::fail(base::ErrorKind::kNotFound,
                          "There is no branch with this code; see branches list.", "not_found",
                          "branch");
    if (name.empty() || name.size() > 100)
        return base::fail(base::ErrorKind::kInvalid, "A terminal's name has 1 to 100 characters.",
                          "invalid", "name");
    EnrollCode made{crypto::random_code(batch.random()), now + kEnrollCodeMs};
    SHOWFLOOR_TRY(
        batch.connection().run("DELETE FROM enroll_code WHERE expires_at < ?1", {now - kDayMs}));
    SHOWFLOOR_TRY(batch.connection().run(
        "INSERT INTO enroll_code (code_hash, branch_id, name, made_by, expires_at) VALUES "
        "(?1, ?2, ?3, ?4, ?5)",
        {hash_of_code(made.code), branch->id.to_string(), std::string(name), made_by.to_string(),
         made.expires_at}));
    SHOWFLOOR_TRY(batch.commit());
    return made;
}

base::Result<protocol::EnrollReply> Enrolment::enroll(const protocol::EnrollRequest& request,
                                                      std::string_view host, int sync_port,
                                                      base::UtcMs now) {
    SHOWFLOOR_ASSIGN(auto batch, processor_.batch(now));
    const std::string hash = hash_of_code(request.code);
    const auto code = judge_code(batch, hash);
    if (!code) {
        // The try counts although it failed.
        if (code.error().kind == base::ErrorKind::kRefused) SHOWFLOOR_TRY(batch.commit());
        return code.error();
    }
    const auto branch = batch.world().get<domain::Branch>(code->branch_id);
    if (!branch) return base::fail(base::ErrorKind::kNotFound, "The branch is gone.", "not_found");

    protocol::EnrollReply reply;
    reply.terminal_id = base::Uuid::v7(now, batch.random());
    SHOWFLOOR_ASSIGN(const auto certificate,
                     certificate_for(keys_, request.csr, reply.terminal_id, batch));
    SHOWFLOOR_ASSIGN(const auto made,
                     apply(batch, "create_terminal",
                           {{"id", reply.terminal_id.to_string()},
                            {"name", code->name},
                            {"branch_id", code->branch_id.to_string()},
                            {"public_key", certificate.public_key.to_pem()},
                            {"certificate_serial", certificate.serial},
                            {"certificate_expires_at", certificate.validity.not_after}}));
    SHOWFLOOR_TRY(sync_verifiers_of_terminal(batch, reply.terminal_id));
    SHOWFLOOR_TRY(batch.connection().run(
        "UPDATE enroll_code SET used_at = ?2, terminal_id = ?3 WHERE code_hash = ?1",
        {hash, now, reply.terminal_id.to_string()}));
    SHOWFLOOR_TRY(batch.commit());
    reply.terminal_code = made.details.value("code", "");
    reply.branch_id = branch->id.to_string();
    reply.branch_code = branch->code;
    reply.certificate = certificate.to_pem();
    reply.ca = keys_.authority.certificate.to_pem();
    reply.sync_url = url_of(host, sync_port);
    reply.epoch = processor_.store().epoch();
    reply.server_time = now;
    return reply;
}

base::Result<std::string> Enrolment::renew(const protocol::RenewRequest& request, base::UtcMs now) {
    const auto refused = [](std::string_view code, std::string_view sentence) {
        return base::fail(base::ErrorKind::kRefused, std::string(sentence), std::string(code));
    };
    SHOWFLOOR_ASSIGN(auto batch, processor_.batch(now));
    const auto terminal = batch.world().get<domain::Terminal>(request.terminal_id);
    if (!terminal) return refused("unknown_terminal", "Central does not know this terminal.");
    if (terminal->status == domain::TerminalStatus::kRevoked || terminal->archived)
        return refused("terminal_revoked", "This terminal was revoked; enrol it anew.");
    if (request.at < now - kRenewSkewMs || request.at > now + kRenewSkewMs)
        return refused("clock_wrong", "The terminal's clock is more than 10 minutes off.");
    SHOWFLOOR_ASSIGN(const auto key, crypto::PublicKey::from_pem(terminal->public_key));
    const auto signature = base::from_base64(request.signature);
    const std::string text = protocol::renew_to_sign(request.terminal_id, request.at, request.csr);
    if (!signature || !key.verify(base::as_bytes(text), *signature))
        return refused("bad_signature", "The request is not signed by this terminal's key.");
    SHOWFLOOR_ASSIGN(const auto certificate,
                     certificate_for(keys_, request.csr, terminal->id, batch));
    if (!(certificate.public_key == key))
        return refused("other_key", "Another key needs a new enrolment.");
    SHOWFLOOR_TRY(apply(batch, "renew_terminal",
                        {{"terminal_id", terminal->id.to_string()},
                         {"certificate_serial", certificate.serial},
                         {"certificate_expires_at", certificate.validity.not_after}}));
    SHOWFLOOR_TRY(batch.commit());
    return certificate.to_pem();
}

base::Result<void> Enrolment::revoke(const base::Uuid& terminal_id, const base::Uuid& by,
                                     base::UtcMs now) {
    SHOWFLOOR_ASSIGN(auto batch, processor_.batch(now));
    SHOWFLOOR_TRY(apply(batch, "revoke_terminal", {{"terminal_id", terminal_id.to_string()}}, by));
    return batch.commit();
}

base::Result<domain::Terminal> terminal_of(database::Connection& connection,
                                           const crypto::Certificate& certificate) {
    storage::SqliteWorld world(connection);
    // Ours are named by the terminal's id; whatever the name, the key decides.
    std::optional<domain::Terminal> terminal;
    if (const auto id = base::Uuid::parse(certificate.common_name))
        terminal = world.get<domain::Terminal>(*id);
    else
        terminal = world.find_one<domain::Terminal>({{"certificate_serial", certificate.serial}});
    if (world.failure()) return *world.failure();
    const auto key = terminal ? crypto::PublicKey::from_pem(terminal->public_key)
                              : base::Result<crypto::PublicKey>(crypto::PublicKey{});
    if (!terminal || !key || !(*key == certificate.public_key))
        return base::fail(base::ErrorKind::kRefused, "Central does not know this certificate.",
                          "unknown_certificate");
    if (terminal->status == domain::TerminalStatus::kRevoked || terminal->archived)
        return base::fail(base::ErrorKind::kRefused,
                          "This terminal was revoked; ask an administrator to enrol it anew.",
                          "terminal_revoked");
    return *terminal;
}

base::Result<bool> take_from_bucket(database::Connection& connection, std::string_view name,
                                    int most, std::int64_t window_ms, base::UtcMs now) {
    SHOWFLOOR_ASSIGN(
        auto statement,
        connection.prepare("INSERT INTO rate_bucket (name, window_start, count) VALUES (?1, ?2, 1) "
                           "ON CONFLICT (name) DO UPDATE SET "
                           "count = CASE WHEN window_start > ?2 - ?3 THEN count + 1 ELSE 1 END, "
                           "window_start = CASE WHEN window_start > ?2 - ?3 THEN window_start "
                           "ELSE ?2 END RETURNING count"));
    statement.bind(1, std::string(name)).bind(2, now).bind(3, window_ms);
    SHOWFLOOR_ASSIGN(const bool found, statement.step());
    const std::int64_t count = found ? statement.integer(0) : 0;
    SHOWFLOOR_TRY(statement.run());
    return count <= most;
}

}  // namespace showfloor::central
