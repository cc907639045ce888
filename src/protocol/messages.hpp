#pragma once
// What crosses the wire between terminal and central, as structs and JSON (protocol.md, "Sync").
// Both sides use these and nothing else. Thread contract: plain values, pure functions.
//
//   POST /sync/v1/push                 PushRequest  -> PushReply      (200; 409 for gap and fork)
//   GET  /sync/v1/pull?cursor=C&limit=N             -> PullReply      (200; 410 Gone -> snapshot)
//   GET  /sync/v1/snapshot                          -> SQLite file, headers below
//   GET  /sync/v1/blobs/{sha256}, PUT the same      -> bytes
//   POST /sync/v1/leases               {car, minutes} -> {expires_at}
//   POST /api/v1/enroll                EnrollRequest -> EnrollReply   (REST port, no certificate)
//   POST /api/v1/renew                 RenewRequest -> {certificate}  (REST port, proof by key)

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/json.hpp"
#include "base/result.hpp"
#include "base/uuid.hpp"
#include "domain/command.hpp"

namespace showfloor::protocol {

// Carried by every answer of the sync port.
inline constexpr std::string_view kEpochHeader = "X-Showfloor-Epoch";
inline constexpr std::string_view kVersionHeader = "X-Showfloor-Protocol";
// On a snapshot: its cursor, SHA-256 of the (uncompressed) file, schema fingerprint, and the key
// (base64, 32 bytes) that personal fields in it are sealed with; the key is never written to disk.
inline constexpr std::string_view kSnapshotCursorHeader = "X-Showfloor-Cursor";
inline constexpr std::string_view kSnapshotHashHeader = "X-Showfloor-Sha256";
inline constexpr std::string_view kSnapshotSchemaHeader = "X-Showfloor-Schema";
inline constexpr std::string_view kSnapshotKeyHeader = "X-Showfloor-Key";

struct PushedCommand {
    std::int64_t seq = 0;
    base::Uuid id;
    std::vector<domain::Number> numbers;      // what the command took, from this terminal's series
    std::vector<domain::Number> was_numbers;  // after a re-enrolment: what the paper says
    std::string body;                         // domain::command_to_body, byte for byte as stored
    std::string hash;                         // chain_hash below, hex
};

struct PushRequest {
    std::string epoch;  // the epoch the terminal knows; empty before its first answer
    std::int64_t from_seq = 0;
    std::vector<PushedCommand> commands;  // ascending, without gaps
    std::string head_hash;                // hash of the last one
    std::string signature;                // base64, P-256 over push_to_sign(terminal, head_hash)
};

enum class PushOutcome { kApplied, kRefused, kDisputed, kPoison };
struct PushResult {
    std::int64_t seq = 0;
    PushOutcome outcome = PushOutcome::kApplied;
    std::string code;  // domain::Code's name; empty when plainly applied
    base::Json details = base::Json::object();
};

enum class PushStatus {
    kOk,
    kGap,   // from_seq is above last_seq + 1: send again from last_seq + 1
    kFork,  // a seq at or below last_seq with another hash: stop pushing, enrol anew
};
struct PushReply {
    PushStatus status = PushStatus::kOk;
    std::vector<PushResult> results;
    std::int64_t last_seq = 0;  // the highest seq central has settled
    std::string epoch;
    base::UtcMs server_time = 0;
};

struct PullReply {
    std::map<std::string, std::vector<base::Json>> rows;     // record name -> rows (kTerminal)
    std::map<std::string, std::vector<base::Uuid>> removed;  // left the scope
    std::int64_t cursor = 0;
    std::int64_t last_seq = 0;  // all this terminal's commands up to it show in rows up to cursor
    std::vector<PushResult> results;  // answers up to last_seq that the terminal may have missed
    bool more = false;
    std::string epoch;
    base::UtcMs server_time = 0;
};

struct EnrollRequest {
    std::string code;
    std::string csr;   // PEM; only its key is used, central names the terminal
    std::string name;  // what the machine calls itself, for the list of terminals
};
struct EnrollReply {
    base::Uuid terminal_id;
    std::string terminal_code;  // "T03"
    std::string branch_id, branch_code;
    std::string certificate, ca;  // PEM
    std::string sync_url;         // https://HOST:8444
    std::string epoch;
    base::UtcMs server_time = 0;
};

struct RenewRequest {
    base::Uuid terminal_id;
    std::string csr;
    base::UtcMs at = 0;     // refused when more than 10 minutes from central's time
    std::string signature;  // base64, by the enrolled key, over renew_to_sign(terminal_id, at, csr)
};

// hash of entry n = SHA-256(previous hash in hex, "\n", seq, "\n", numbers as JSON, "\n", body);
// the first entry's previous hash is that of the terminal's id.
[[nodiscard]] std::string chain_hash(std::string_view previous_hash, std::int64_t seq,
                                     const std::vector<domain::Number>& numbers,
                                     std::string_view body);
[[nodiscard]] std::string chain_start(const base::Uuid& terminal_id);
[[nodiscard]] std::string push_to_sign(const base::Uuid& terminal_id, std::string_view head_hash);
[[nodiscard]] std::string renew_to_sign(const base::Uuid& terminal_id, base::UtcMs at,
                                        std::string_view csr);

[[nodiscard]] std::string_view name_of(PushOutcome outcome);
[[nodiscard]] std::string_view name_of(PushStatus status);

[[nodiscard]] base::Json numbers_to_json(const std::vector<domain::Number>& numbers);
[[nodiscard]] base::Result<std::vector<domain::Number>> numbers_from_json(const base::Json& json);

// Encoding never fails; decoding answers kInvalid with a sentence, whatever the bytes are.
[[nodiscard]] std::string encode(const PushRequest& message);
[[nodiscard]] std::string encode(const PushReply& message);
[[nodiscard]] std::string encode(const PullReply& message);
[[nodiscard]] std::string encode(const EnrollRequest& message);
[[nodiscard]] std::string encode(const EnrollReply& message);
[[nodiscard]] std::string encode(const RenewRequest& message);
[[nodiscard]] base::Result<PushRequest> decode_push_request(std::string_view text);
[[nodiscard]] base::Result<PushReply> decode_push_reply(std::string_view text);
[[nodiscard]] base::Result<PullReply> decode_pull_reply(std::string_view text);
[[nodiscard]] base::Result<EnrollRequest> decode_enroll_request(std::string_view text);
[[nodiscard]] base::Result<EnrollReply> decode_enroll_reply(std::string_view text);
[[nodiscard]] base::Result<RenewRequest> decode_renew_request(std::string_view text);

}  // namespace showfloor::protocol
