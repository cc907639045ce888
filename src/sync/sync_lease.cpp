// The engine's lease: while a seller works on a deal and central is there, central keeps the car
// for this terminal, so that a colleague elsewhere hears of it before both have shaken hands. It is
// advice: nothing here waits for it, and without a network the deal goes on as a wish.
#include "base/json.hpp"
#include "sync/sync_engine.hpp"

namespace showfloor::sync {

namespace {

constexpr int kOk = 200;
constexpr int kConflict = 409;
constexpr std::int64_t kAskAgainMs = 20 * kSecond;  // somebody else has it: they may let go
constexpr std::int64_t kRenewAfterMs = protocol::kMaxLeaseMinutes * kMinute / 2;

}  // namespace

void SyncEngine::hold(const base::Uuid& car) {
    if (car == hold_.wished) return;
    hold_.wished = car;
    hold_.taken = {};
    hold_.ask_at = 0;
    lease_.not_before = 0;
}

bool SyncEngine::lease_wanted() const {
    if (lease_.busy() || !heard_central_ || now() < lease_.not_before) return false;
    if (!hold_.leased.is_nil() && hold_.leased != hold_.wished) return true;
    return !hold_.wished.is_nil() && now() >= hold_.ask_at;
}

// One question at a time: what is held and no longer wished is given back first.
void SyncEngine::start_lease() {
    const bool gives_back = !hold_.leased.is_nil() && hold_.leased != hold_.wished;
    hold_.asked = gives_back ? hold_.leased : hold_.wished;
    if (gives_back) hold_.leased = {};  // should the answer be lost, it ends by itself
    Request request;
    request.method = "POST";
    request.path = "/sync/v1/leases";
    request.headers.emplace_back("Content-Type", "application/json");
    request.body = base::dump_json({{"car", hold_.asked.to_string()},
                                    {"minutes", gives_back ? 0 : protocol::kMaxLeaseMinutes}});
    request.most_bytes = kMostProblemBytes;
    send(lease_, std::move(request));
}

void SyncEngine::on_lease(const Completion& completion) {
    if (const auto* failure = std::get_if<Failure>(&completion.result))
        return fail(lease_, *failure);
    const auto& reply = std::get<Reply>(completion.result);
    if (reply.status != kOk && reply.status != kConflict) return fail(lease_, reply);
    went_well(lease_);
    if (hold_.asked != hold_.wished) return;  // about a car that nobody works on any more
    const bool ours = reply.status == kOk;
    hold_.leased = ours ? hold_.asked : base::Uuid();
    hold_.taken = ours ? base::Uuid() : hold_.asked;
    hold_.ask_at = now() + (ours ? kRenewAfterMs : kAskAgainMs);
}

}  // namespace showfloor::sync
