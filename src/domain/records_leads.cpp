#include "domain/records_leads.hpp"

#include "domain/limits.hpp"
#include "domain/record_builder.hpp"

namespace showfloor::domain {

using build::kEmail;
using build::kLongText;
using build::kPhone;
using build::Of;
using build::with_base;

template <>
const Description& describe<Lead>() {
    using F = Of<Lead>;
    static const Description d{
        "lead",
        "leads",
        with_base<Lead>({
            F::choice<&Lead::kind>("kind", kLeadKindNames).require(),
            F::id<&Lead::car_id>("car_id", "car"),
            F::text<&Lead::name>("name").require().person(),
            F::text<&Lead::phone>("phone", kPhone).person().look_up(),
            F::text<&Lead::email>("email", kEmail).person().look_up(),
            F::time<&Lead::preferred_at>("preferred_at"),
            F::text<&Lead::notes>("notes", kLongText).person(),
            F::text<&Lead::consent_version>("consent_version", 40).require(),
            F::time<&Lead::consent_at>("consent_at").require(),
            F::choice<&Lead::status>("status", kLeadStatusNames),
            F::id<&Lead::owner_id>("owner_id", "user"),
            F::time<&Lead::answered_at>("answered_at").set_by_handler(),
            F::id<&Lead::sale_id>("sale_id", "sale"),
            F::id<&Lead::branch_id>("branch_id", "branch"),
            F::id<&Lead::terminal_id>("terminal_id", "terminal").set_by_handler(),
        }),
        Synced::kBranch,
        {{"branch_id", "status"}, {"owner_id"}, {"car_id"}, {"phone"}, {"email"}}};
    return d;
}

template <>
const Description& describe<Assistance>() {
    using F = Of<Assistance>;
    static const Description d{"assistance",
                               "assistance",
                               with_base<Assistance>({
                                   F::id<&Assistance::branch_id>("branch_id", "branch"),
                                   F::id<&Assistance::terminal_id>("terminal_id", "terminal"),
                                   F::id<&Assistance::car_id>("car_id", "car"),
                                   F::choice<&Assistance::status>("status", kAssistanceStatusNames),
                                   F::time<&Assistance::called_at>("called_at"),
                                   F::id<&Assistance::answered_by>("answered_by", "user"),
                                   F::time<&Assistance::answered_at>("answered_at"),
                               }),
                               Synced::kBranch,
                               {{"branch_id", "status"}, {"terminal_id", "status"}}};
    return d;
}

std::optional<Assistance> open_call(World& world, const Uuid& branch_id, UtcMs now) {
    const auto calling =
        std::string(kAssistanceStatusNames[static_cast<std::size_t>(AssistanceStatus::kCalling)]);
    const auto found = world.find<Assistance>(
        {.where = {{"branch_id", Value{branch_id.to_string()}}, {"status", Value{calling}}},
         .limit = kMaxOpenCalls});
    std::optional<Assistance> open;
    for (const Assistance& call : found) {
        // created_at is central's time once it has heard of the call; a clock that runs ahead must
        // not keep a call open for ever.
        const bool waits = call.created_at > now - kCallWaitsMs &&
                           call.created_at <= now + kCallWaitsMs && !call.archived;
        if (waits && (!open || call.created_at > open->created_at)) open = call;
    }
    return open;
}

}  // namespace showfloor::domain
