#pragma once
// What a visitor leaves or asks for at a kiosk: a lead, a call for a seller. Described in
// records_leads.cpp. Thread contract: plain values.

#include "domain/records.hpp"
#include "domain/world.hpp"

namespace showfloor::domain {

enum class LeadKind { kTestDrive, kCallback, kOffer };
inline constexpr std::array<std::string_view, 3> kLeadKindNames = {"test_drive", "callback",
                                                                   "offer"};

enum class LeadStatus { kNew, kClaimed, kContacted, kAppointment, kWon, kLost };
inline constexpr std::array<std::string_view, 6> kLeadStatusNames = {
    "new", "claimed", "contacted", "appointment", "won", "lost"};

struct Lead : RecordBase {
    LeadKind kind = LeadKind::kCallback;
    Uuid car_id;  // nil: about no car in particular
    std::string name, phone, email;
    UtcMs preferred_at = 0;
    std::string notes;
    std::string consent_version;  // which text the visitor agreed to
    UtcMs consent_at = 0;
    LeadStatus status = LeadStatus::kNew;
    Uuid owner_id;          // who claimed it
    UtcMs answered_at = 0;  // when the visitor first heard from us
    Uuid sale_id;           // what came of it
    Uuid branch_id, terminal_id;
};

enum class AssistanceStatus { kCalling, kAnswered, kWithdrawn, kExpired };
inline constexpr std::array<std::string_view, 4> kAssistanceStatusNames = {"calling", "answered",
                                                                           "withdrawn", "expired"};

// A visitor at a kiosk asks for a seller. It says nothing of who the visitor is.
struct Assistance : RecordBase {
    Uuid branch_id, terminal_id, car_id;
    AssistanceStatus status = AssistanceStatus::kCalling;
    UtcMs called_at = 0;
    Uuid answered_by;
    UtcMs answered_at = 0;
};

SHOWFLOOR_DESCRIBED(Lead);
SHOWFLOOR_DESCRIBED(Assistance);

// The call that a visitor of this branch still waits on at `now` (central's time as best known);
// the youngest when there are several. Older than kCallWaitsMs it is nobody's any more: the kiosk
// has said "please ask at the desk".
[[nodiscard]] std::optional<Assistance> open_call(World& world, const Uuid& branch_id, UtcMs now);

}  // namespace showfloor::domain
