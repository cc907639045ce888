#pragma once
// A lead as a visitor left it at this terminal an hour ago, with consent; not stored yet.

#include "domain/records_leads.hpp"
#include "screen_stage.hpp"

namespace showfloor::test {

inline domain::Lead lead_of(ScreenStage& stage) {
    constexpr base::UtcMs kHourMs = 3'600'000;
    domain::Lead lead;
    lead.id = stage.app.house.next_id();
    lead.created_at = lead.updated_at = lead.occurred_at = stage.app.now() - kHourMs;
    lead.kind = domain::LeadKind::kTestDrive;
    lead.name = "Peter Kamau";
    lead.phone = "+254722000118";
    lead.consent_version = "1";
    lead.consent_at = stage.app.now();
    lead.branch_id = stage.app.house.nairobi;
    lead.terminal_id = stage.app.house.terminal;
    return lead;
}

}  // namespace showfloor::test
