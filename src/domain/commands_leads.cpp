// Leads and calls for a seller: made by visitors at a kiosk where nobody is signed in, worked on by
// the branch's people.

#include "domain/handlers.hpp"
#include "domain/limits.hpp"
#include "domain/records_leads.hpp"
#include "domain/transitions.hpp"

namespace showfloor::domain {

namespace {

using Stopped = std::optional<Outcome>;

struct LeadId {
    Uuid lead_id;
};
struct CallAssistance {
    Uuid id, car_id;
};
struct AssistanceId {
    Uuid assistance_id;
};
struct EndAssistance : AssistanceId {
    AssistanceStatus status = AssistanceStatus::kExpired;
};

const Description& update_args() {
    static const Description d =
        args_like("update_lead", describe<Lead>(),
                  {"kind", "car_id", "consent_version", "consent_at", "branch_id"}, true);
    return d;
}

// Consent is judged by the handler: its absence has a code of its own.
struct CreateLead : Lead {};

}  // namespace

template <>
const Description& describe<CreateLead>() {
    static const Description d = [] {
        Description args =
            args_like("create_lead", describe<Lead>(), {"status", "owner_id", "sale_id"}, false);
        for (Field& field : args.fields) {
            if (field.name.starts_with("consent_")) field.required = false;
        }
        return args;
    }();
    return d;
}

template <>
const Description& describe<LeadId>() {
    using F = build::Of<LeadId>;
    static const Description d{"claim_lead",
                               "",
                               {
                                   F::id<&LeadId::lead_id>("lead_id", "lead").require(),
                               },
                               Synced::kNever,
                               {}};
    return d;
}

template <>
const Description& describe<CallAssistance>() {
    using F = build::Of<CallAssistance>;
    static const Description d{"call_assistance",
                               "",
                               {
                                   F::id<&CallAssistance::id>("id").require(),
                                   F::id<&CallAssistance::car_id>("car_id", "car"),
                               },
                               Synced::kNever,
                               {}};
    return d;
}

template <>
const Description& describe<AssistanceId>() {
    using F = build::Of<AssistanceId>;
    static const Description d{
        "answer_assistance",
        "",
        {
            F::id<&AssistanceId::assistance_id>("assistance_id", "assistance").require(),
        },
        Synced::kNever,
        {}};
    return d;
}

template <>
const Description& describe<EndAssistance>() {
    using F = build::Of<EndAssistance>;
    static const Description d{
        "end_assistance",
        "",
        {
            F::id<&EndAssistance::assistance_id>("assistance_id", "assistance").require(),
            F::choice<&EndAssistance::status>("status", kAssistanceStatusNames).require(),
        },
        Synced::kNever,
        {}};
    return d;
}

namespace {

std::string_view text_of(LeadStatus status) {
    return kLeadStatusNames[static_cast<std::size_t>(status)];
}
std::string_view text_of(AssistanceStatus status) {
    return kAssistanceStatusNames[static_cast<std::size_t>(status)];
}

Outcome wrong_state(std::string field, std::string_view from, std::string_view to) {
    return refuse(Code::kWrongState, std::move(field), {{"from", from}, {"to", to}});
}

bool is_manager(const Actor& actor) {
    return actor.system || actor.role == Role::kSuperAdmin || actor.role == Role::kAdmin;
}

// ---- leads ------------------------------------------------------------------------------------

// Whoever is to call back must be able to.
Stopped check_reachable(Lead& lead, const Branch& branch) {
    if (lead.phone.empty() && lead.email.empty()) return refuse(Code::kInvalid, "phone");
    if (!lead.phone.empty()) {
        auto phone = normalise_phone(lead.phone, branch.phone);
        if (!phone) return refuse(Code::kInvalid, "phone");
        lead.phone = std::move(*phone);
    }
    if (!lead.email.empty()) {
        auto email = normalise_email(lead.email);
        if (!email) return refuse(Code::kInvalid, "email");
        lead.email = std::move(*email);
    }
    return std::nullopt;
}

// Against when the visitor stood there, so that a lead pushed days later is judged alike.
bool is_sensible(UtcMs preferred_at, UtcMs occurred_at) {
    return preferred_at == 0 ||
           (preferred_at > occurred_at && preferred_at <= occurred_at + kMaxLeadAheadMs);
}

Outcome create_lead(Handling& handling) {
    Lead lead = handling.as<CreateLead>();
    if (auto stopped = check_new<Lead>(handling, lead.id)) return *stopped;
    const auto car = handling.world.get<Car>(lead.car_id);
    if (!lead.car_id.is_nil() && !car) return refuse(Code::kNotFound, "car_id");
    const auto terminal = handling.world.get<Terminal>(handling.context.terminal_id);
    if (terminal) {
        // The visitor stands in this branch, wherever the car is.
        if (!lead.branch_id.is_nil() && lead.branch_id != terminal->branch_id)
            return refuse(Code::kInvalid, "branch_id");
        lead.branch_id = terminal->branch_id;
        lead.terminal_id = terminal->id;
    } else if (lead.branch_id.is_nil() && car) {
        lead.branch_id = car->branch_id;
    }
    const auto branch = handling.world.get<Branch>(lead.branch_id);
    if (!branch) return refuse(Code::kNotFound, "branch_id");
    if (auto stopped =
            check_right(handling, Area::kLeads, Action::kCreate, facts_about(handling, lead)))
        return *stopped;
    if (lead.consent_version.empty()) return refuse(Code::kConsentMissing, "consent_version");
    if (lead.consent_at == 0) return refuse(Code::kConsentMissing, "consent_at");
    if (auto stopped = check_reachable(lead, *branch)) return *stopped;
    if (!is_sensible(lead.preferred_at, handling.command.occurred_at))
        return refuse(Code::kInvalid, "preferred_at");
    base::Json details = {{"lead_id", lead.id.to_string()}};
    handling.put(std::move(lead));
    return done(handling, std::move(details));
}

Outcome claim_lead(Handling& handling) {
    auto lead = handling.world.get<Lead>(handling.as<LeadId>().lead_id);
    if (!lead) return refuse(Code::kNotFound, "lead_id");
    if (auto stopped =
            check_right(handling, Area::kLeads, Action::kWork, facts_about(handling, *lead)))
        return *stopped;
    if (lead->owner_id == handling.actor.user_id) return refuse(Code::kAlreadyDone, "lead_id");
    if (!lead->owner_id.is_nil())
        return refuse(Code::kAlreadyClaimed, "lead_id", {{"id", lead->owner_id.to_string()}});
    if (!may_become(lead->status, LeadStatus::kClaimed))
        return wrong_state("lead_id", text_of(lead->status), text_of(LeadStatus::kClaimed));
    lead->owner_id = handling.actor.user_id;
    lead->status = LeadStatus::kClaimed;
    handling.put(std::move(*lead));
    return done(handling);
}

// Handing a lead over, and what came of it.
Stopped check_links(Handling& handling, const Lead& before, const Lead& lead) {
    if (lead.owner_id != before.owner_id) {
        if (!is_manager(handling.actor)) return refuse(Code::kNotAllowed, "owner_id");
        const auto owner = handling.world.get<User>(lead.owner_id);
        if (!owner) return refuse(Code::kNotFound, "owner_id");
        if (owner->branch_id != lead.branch_id) return refuse(Code::kInvalid, "owner_id");
    }
    if (lead.sale_id != before.sale_id && !lead.sale_id.is_nil()) {
        const auto sale = handling.world.get<Sale>(lead.sale_id);
        if (!sale) return refuse(Code::kNotFound, "sale_id");
        if (sale->branch_id != lead.branch_id) return refuse(Code::kInvalid, "sale_id");
    }
    return std::nullopt;
}

Outcome update_lead(Handling& handling) {
    const auto before = handling.world.get<Lead>(changed_id(handling));
    const auto branch = before ? handling.world.get<Branch>(before->branch_id) : std::nullopt;
    if (!before || !branch) return refuse(Code::kNotFound, "id");
    if (auto stopped =
            check_right(handling, Area::kLeads, Action::kWork, facts_about(handling, *before)))
        return *stopped;
    Lead lead = *before;
    apply_changes_to(handling, lead);
    if (auto stopped = check_links(handling, *before, lead)) return *stopped;
    // Whom a manager gives a new lead to has it claimed.
    if (before->status == LeadStatus::kNew && lead.owner_id != before->owner_id &&
        lead.status == LeadStatus::kNew)
        lead.status = LeadStatus::kClaimed;
    const bool moves = lead.status != before->status;
    const bool unclaimed = moves && lead.status == LeadStatus::kClaimed && lead.owner_id.is_nil();
    if (unclaimed || (moves && !may_become(before->status, lead.status)))
        return wrong_state("status", text_of(before->status), text_of(lead.status));
    if (!lead.sale_id.is_nil() && lead.status != LeadStatus::kWon)
        return refuse(Code::kInvalid, "sale_id");
    if (auto stopped = check_reachable(lead, *branch)) return *stopped;
    if (lead.preferred_at != before->preferred_at &&
        !is_sensible(lead.preferred_at, handling.command.occurred_at))
        return refuse(Code::kInvalid, "preferred_at");
    if (lead.status == LeadStatus::kContacted && lead.answered_at == 0)
        lead.answered_at = handling.command.occurred_at;
    handling.put(std::move(lead));
    return done(handling);
}

// ---- calls for a seller -----------------------------------------------------------------------

Outcome call_assistance(Handling& handling) {
    const auto& args = handling.as<CallAssistance>();
    if (auto stopped = check_new<Assistance>(handling, args.id)) return *stopped;
    const auto terminal = handling.world.get<Terminal>(handling.context.terminal_id);
    if (!terminal) return refuse(Code::kNotFound, "terminal_id");
    if (!args.car_id.is_nil() && !handling.world.get<Car>(args.car_id))
        return refuse(Code::kNotFound, "car_id");
    Assistance call;
    call.id = args.id;
    call.branch_id = terminal->branch_id;
    call.terminal_id = terminal->id;
    call.car_id = args.car_id;
    call.called_at = handling.command.occurred_at;
    if (auto stopped =
            check_right(handling, Area::kLeads, Action::kCreate, facts_about(handling, call)))
        return *stopped;
    // A visitor who taps again has called once; what the kiosk did not end, ends now.
    const Query earlier{.where = {{"terminal_id", Value{terminal->id.to_string()}},
                                  {"status", Value{std::string(text_of(call.status))}}},
                        .limit = kMaxOpenCalls};
    auto open = handling.world.find<Assistance>(earlier);
    for (const Assistance& one : open) {
        if (call.called_at - one.called_at < kCallWaitsMs)
            return refuse(Code::kDuplicate, "id", {{"id", one.id.to_string()}});
    }
    for (Assistance& one : open) {
        one.status = AssistanceStatus::kExpired;
        handling.put(std::move(one));
    }
    base::Json details = {{"assistance_id", call.id.to_string()}};
    handling.put(std::move(call));
    return done(handling, std::move(details));
}

Outcome answer_assistance(Handling& handling) {
    auto call = handling.world.get<Assistance>(handling.as<AssistanceId>().assistance_id);
    if (!call) return refuse(Code::kNotFound, "assistance_id");
    if (auto stopped =
            check_right(handling, Area::kLeads, Action::kWork, facts_about(handling, *call)))
        return *stopped;
    if (call->status == AssistanceStatus::kAnswered)
        return refuse(Code::kAlreadyAnswered, "assistance_id",
                      {{"id", call->answered_by.to_string()}});
    if (!may_become(call->status, AssistanceStatus::kAnswered))
        return wrong_state("assistance_id", text_of(call->status),
                           text_of(AssistanceStatus::kAnswered));
    call->status = AssistanceStatus::kAnswered;
    call->answered_by = handling.actor.user_id;
    call->answered_at = handling.command.occurred_at;
    handling.put(std::move(*call));
    return done(handling);
}

// The kiosk ends its own call: the visitor changed their mind, or nobody came within the minute.
Outcome end_assistance(Handling& handling) {
    const auto& args = handling.as<EndAssistance>();
    auto call = handling.world.get<Assistance>(args.assistance_id);
    if (!call) return refuse(Code::kNotFound, "assistance_id");
    if (auto stopped =
            check_right(handling, Area::kLeads, Action::kCreate, facts_about(handling, *call)))
        return *stopped;
    const bool own = handling.actor.system || call->terminal_id == handling.context.terminal_id;
    if (!own) return refuse(Code::kNotAllowed, "assistance_id");
    const bool ends =
        args.status == AssistanceStatus::kWithdrawn || args.status == AssistanceStatus::kExpired;
    if (!ends) return refuse(Code::kInvalid, "status");
    // Answered just before, or ended already: that stands, and there is nothing to be told of.
    if (may_become(call->status, args.status)) {
        call->status = args.status;
        handling.put(*call);
    }
    return done(handling, {{"status", text_of(call->status)}});
}

CommandSpec at_terminal(CommandSpec spec) {
    spec.from_terminal = true;
    return spec;
}

}  // namespace

std::vector<CommandSpec> lead_commands() {
    using enum Code;
    CommandSpec update =
        central_command("update_lead", Area::kLeads, Action::kWork, update_args(), &update_lead,
                        {kNotFound, kNotAllowed, kWrongState, kInvalid});
    update.changes = true;
    return {
        at_terminal(
            central_command("create_lead", Area::kLeads, Action::kCreate, describe<CreateLead>(),
                            &run_with<CreateLead, &create_lead>,
                            {kAlreadyDone, kNotFound, kNotAllowed, kConsentMissing, kInvalid})),
        at_terminal(
            central_command("claim_lead", Area::kLeads, Action::kWork, describe<LeadId>(),
                            &run_with<LeadId, &claim_lead>,
                            {kNotFound, kNotAllowed, kAlreadyDone, kAlreadyClaimed, kWrongState})),
        at_terminal(std::move(update)),
        at_terminal(central_command("call_assistance", Area::kLeads, Action::kCreate,
                                    describe<CallAssistance>(),
                                    &run_with<CallAssistance, &call_assistance>,
                                    {kAlreadyDone, kNotFound, kNotAllowed, kDuplicate})),
        at_terminal(central_command("answer_assistance", Area::kLeads, Action::kWork,
                                    describe<AssistanceId>(),
                                    &run_with<AssistanceId, &answer_assistance>,
                                    {kNotFound, kNotAllowed, kAlreadyAnswered, kWrongState})),
        at_terminal(central_command(
            "end_assistance", Area::kLeads, Action::kCreate, describe<EndAssistance>(),
            &run_with<EndAssistance, &end_assistance>, {kNotFound, kNotAllowed, kInvalid})),
    };
}

}  // namespace showfloor::domain
