// What bringing a car into the country cost. Confidential: central alone, never at a terminal.

#include "domain/command_parts.hpp"
#include "domain/importations.hpp"
#include "domain/money.hpp"

namespace showfloor::domain {

namespace {

using Stopped = std::optional<Outcome>;

struct AddImportation : Importation {};
struct ImportationId {
    Uuid importation_id;
};

constexpr std::int64_t kSameCurrency = 1'000'000;  // rate_micro of 1

const Description& update_args() {
    static const Description d =
        args_like("update_importation", describe<Importation>(), {"car_id"}, true);
    return d;
}

}  // namespace

template <>
const Description& describe<AddImportation>() {
    static const Description d = args_like("add_importation", describe<Importation>(), {}, false);
    return d;
}

template <>
const Description& describe<ImportationId>() {
    using F = build::Of<ImportationId>;
    static const Description d{
        "remove_importation",
        "",
        {
            F::id<&ImportationId::importation_id>("importation_id", "importation").require(),
        },
        Synced::kNever,
        {}};
    return d;
}

std::optional<Outcome> check_importation(Importation& importation, const Branch& branch,
                                         bool paper_later) {
    const auto capital = [](char c) { return c >= 'A' && c <= 'Z'; };
    const std::string& country = importation.country_of_origin;
    if (country.size() != 2 || !capital(country[0]) || !capital(country[1]))
        return refuse(Code::kInvalid, "country_of_origin");
    if (!minor_digits(importation.currency)) return refuse(Code::kInvalid, "currency");
    if (importation.currency == branch.currency) importation.rate_micro = kSameCurrency;
    // Only the importer may bring one without its paper; it is flagged until that is there.
    importation.document_missing = importation.document.empty();
    if (importation.document_missing && !paper_later) return refuse(Code::kInvalid, "document");
    return std::nullopt;
}

namespace {

Stopped check_branch_right(Handling& handling, const Uuid& branch_id, Action action) {
    return check_right(handling, Area::kConfidential, action,
                       Facts{.branch_id = branch_id,
                             .owner_id = {},
                             .subject_role = Role::kNobody,
                             .subject_id = {}});
}

Outcome add_importation(Handling& handling) {
    Importation importation = handling.as<AddImportation>();
    if (auto stopped = check_new<Importation>(handling, importation.id)) return *stopped;
    const auto car = handling.world.get<Car>(importation.car_id);
    const auto branch = car ? handling.world.get<Branch>(car->branch_id) : std::nullopt;
    if (!car || !branch) return refuse(Code::kNotFound, "car_id");
    if (auto stopped = check_branch_right(handling, branch->id, Action::kCreate)) return *stopped;
    if (auto stopped = check_importation(importation, *branch, handling.actor.system))
        return *stopped;
    base::Json details = {{"importation_id", importation.id.to_string()}};
    handling.put(std::move(importation));
    return done(handling, std::move(details));
}

Outcome update_importation(Handling& handling) {
    const auto before = handling.world.get<Importation>(changed_id(handling));
    const auto car = before ? handling.world.get<Car>(before->car_id) : std::nullopt;
    const auto branch = car ? handling.world.get<Branch>(car->branch_id) : std::nullopt;
    if (!before || !branch) return refuse(Code::kNotFound, "id");
    if (auto stopped = check_branch_right(handling, branch->id, Action::kChange)) return *stopped;
    if (before->archived) return refuse(Code::kWrongState, "id");
    Importation importation = *before;
    apply_changes_to(handling, importation);
    // What came without its paper may be corrected before that is found.
    const bool paper_later = before->document_missing || handling.actor.system;
    if (auto stopped = check_importation(importation, *branch, paper_later)) return *stopped;
    handling.put(std::move(importation));
    return done(handling);
}

Outcome remove_importation(Handling& handling) {
    auto importation = handling.world.get<Importation>(handling.as<ImportationId>().importation_id);
    const auto car = importation ? handling.world.get<Car>(importation->car_id) : std::nullopt;
    if (!importation || !car) return refuse(Code::kNotFound, "importation_id");
    if (auto stopped = check_branch_right(handling, car->branch_id, Action::kDelete))
        return *stopped;
    if (importation->archived) return refuse(Code::kAlreadyDone, "importation_id");
    importation->archived = true;
    handling.put(std::move(*importation));
    return done(handling);
}

}  // namespace

std::vector<CommandSpec> importation_commands() {
    using enum Code;
    std::vector<CommandSpec> all = {
        central_command("add_importation", Area::kConfidential, Action::kCreate,
                        describe<AddImportation>(), &run_with<AddImportation, &add_importation>,
                        {kAlreadyDone, kNotFound, kNotAllowed, kInvalid}),
        central_command("update_importation", Area::kConfidential, Action::kChange, update_args(),
                        &update_importation, {kNotFound, kNotAllowed, kWrongState, kInvalid}),
        central_command("remove_importation", Area::kConfidential, Action::kDelete,
                        describe<ImportationId>(), &run_with<ImportationId, &remove_importation>,
                        {kNotFound, kNotAllowed, kAlreadyDone}),
    };
    all[1].changes = true;
    return all;
}

}  // namespace showfloor::domain
