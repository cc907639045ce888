#include "terminal/enrolment.hpp"

#include <algorithm>
#include <cctype>
#include <filesystem>

#include "base/encoding.hpp"
#include "base/json.hpp"
#include "crypto/x509.hpp"
#include "net/http_client.hpp"
#include "protocol/messages.hpp"
#include "sync/outbox.hpp"
#include "sync/replica.hpp"
#include "sync/sealer.hpp"
#include "sync/sync_engine.hpp"

namespace showfloor::terminal {

namespace {

constexpr std::size_t kAnswerBytes = 64 * 1024;

std::string only_hex(std::string_view text) {
    std::string result;
    for (const char c : text) {
        if (std::isxdigit(static_cast<unsigned char>(c)) != 0)
            result += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    }
    return result;
}

std::string without_slash(std::string url) {
    while (!url.empty() && url.back() == '/')
        url.pop_back();
    return url;
}

// Central's refusal in its own words (RFC 9457), or a general one.
base::Error refusal(const net::HttpResponse& response, const std::string& what) {
    const auto problem = base::parse_json(response.body, kAnswerBytes);
    std::string code;
    std::string detail = what + " (central answered " + std::to_string(response.status) + ").";
    if (problem) {
        code = base::text_member(*problem, "code");
        const std::string said = base::text_member(*problem, "detail");
        if (!said.empty()) detail = said;
    }
    const auto kind =
        response.status >= 500 ? base::ErrorKind::kUnreachable : base::ErrorKind::kRefused;
    return base::fail(kind, detail, code);
}

base::Result<std::string> post(net::HttpClient& client, const std::string& url, std::string body,
                               const std::string& what) {
    net::ClientRequest request;
    request.method = "POST";
    request.url = url;
    request.headers["Content-Type"] = "application/json";
    request.body = std::move(body);
    request.max_answer_bytes = kAnswerBytes;
    auto response = client.perform(std::move(request));
    if (!response) {
        base::Error error = response.error();
        error.kind = base::ErrorKind::kUnreachable;
        return error;
    }
    if (response->status != 200 && response->status != 201) return refusal(*response, what);
    return std::move(response->body);
}

// What an earlier identity left waiting goes over to the new one.
base::Result<void> hand_over(const DataFolder& folder, const Identity& identity,
                             const std::string& epoch, base::Random& random) {
    std::error_code problem;
    if (!std::filesystem::exists(folder.outbox(), problem)) return {};
    SHOWFLOOR_ASSIGN(const crypto::Key256 storage_key, folder.storage_key());
    const sync::KeySealer sealer(storage_key, random);
    SHOWFLOOR_ASSIGN(auto outbox, sync::Outbox::open(folder.outbox(), sealer));
    if (!outbox->enrolled()) return {};
    SHOWFLOOR_ASSIGN(auto replica, sync::Replica::open(folder.replica(), sealer, *outbox));
    return sync::SyncEngine::adopt_new_identity(
        *outbox, *replica,
        {identity.terminal_id, identity.terminal_code, identity.branch_id, identity.branch_code},
        epoch);
}

}  // namespace

base::Result<Identity> enrol(const DataFolder& folder, const EnrolmentOrder& order,
                             base::Random& random) {
    const std::string url = without_slash(order.central_url);
    if (!url.starts_with("https://")) {
        return base::fail(base::ErrorKind::kInvalid,
                          "--central must begin with https://, for example "
                          "https://central.example:8443.");
    }
    SHOWFLOOR_TRY(folder.create());
    SHOWFLOOR_ASSIGN(const EngineLock lock, EngineLock::take(folder));
    auto fetched = net::fetch_ca_unverified(url + "/ca.pem");
    if (!fetched) {
        base::Error error = fetched.error();
        error.kind = base::ErrorKind::kUnreachable;
        return error;
    }
    const auto authority = crypto::read_certificate(*fetched);
    const std::string wanted = only_hex(order.ca_fingerprint);
    if (!authority || authority->fingerprint != wanted) {
        return base::fail(base::ErrorKind::kRefused,
                          "The certificate authority at " + url +
                              " is not the one of the fingerprint: nothing was sent. Compare the "
                              "address and the fingerprint with what central printed.",
                          "wrong_ca");
    }
    const auto key = crypto::PrivateKey::generate(random);
    SHOWFLOOR_ASSIGN(std::string csr, crypto::make_request(key, "showfloor-terminal"));
    net::HttpClient client({*fetched, {}, {}});
    SHOWFLOOR_ASSIGN(const std::string body,
                     post(client, url + "/api/v1/enroll",
                          protocol::encode(protocol::EnrollRequest{order.code, csr, order.name}),
                          "Central did not accept this terminal"));
    SHOWFLOOR_ASSIGN(const protocol::EnrollReply reply, protocol::decode_enroll_reply(body));
    Identity identity;
    identity.terminal_id = reply.terminal_id;
    identity.terminal_code = reply.terminal_code;
    identity.branch_id = base::Uuid::parse(reply.branch_id).value_or(base::Uuid{});
    identity.branch_code = reply.branch_code;
    identity.central_url = url;
    identity.sync_url = without_slash(reply.sync_url);
    // identity.json is written last: until it stands, the folder is not enrolled.
    SHOWFLOOR_TRY(hand_over(folder, identity, reply.epoch, random));
    SHOWFLOOR_TRY(folder.save_terminal_key(key));
    SHOWFLOOR_TRY(folder.save_certificates(reply.certificate, *fetched));
    SHOWFLOOR_TRY(folder.save_identity(identity));
    return identity;
}

base::Result<std::optional<std::string>> renewal_due(const DataFolder& folder, base::UtcMs now) {
    SHOWFLOOR_ASSIGN(const Identity identity, folder.identity());
    SHOWFLOOR_ASSIGN(const std::string pem, folder.certificate());
    SHOWFLOOR_ASSIGN(const crypto::Certificate certificate, crypto::read_certificate(pem));
    const auto& validity = certificate.validity;
    if (now < validity.not_before + (validity.not_after - validity.not_before) / 2)
        return std::optional<std::string>();
    SHOWFLOOR_ASSIGN(const crypto::PrivateKey key, folder.terminal_key());
    protocol::RenewRequest request;
    request.terminal_id = identity.terminal_id;
    SHOWFLOOR_ASSIGN(request.csr, crypto::make_request(key, identity.terminal_code));
    request.at = now;
    request.signature = base::to_base64(
        key.sign(base::as_bytes(protocol::renew_to_sign(identity.terminal_id, now, request.csr))));
    return std::optional<std::string>(protocol::encode(request));
}

base::Result<void> store_renewed(const DataFolder& folder, const std::string& answer) {
    const auto json = base::parse_json(answer, kAnswerBytes);
    const std::string pem = json ? base::text_member(*json, "certificate") : std::string();
    if (!crypto::read_certificate(pem)) {
        return base::fail(base::ErrorKind::kUnreachable,
                          "Central's answer to the renewal cannot be read; it is tried again.");
    }
    SHOWFLOOR_ASSIGN(const std::string authority, folder.authority());
    return folder.save_certificates(pem, authority);
}

}  // namespace showfloor::terminal
