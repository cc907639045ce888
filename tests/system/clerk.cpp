#include "clerk.hpp"

#include <algorithm>
#include <array>

namespace showfloor::testing {

namespace {

using base::Json;
using domain::Field;
using domain::FieldType;

constexpr std::int64_t kDayMs = 24LL * 3600 * 1000;

// The record that update_... changes.
std::string_view changed_by(std::string_view command) {
    if (command == "update_ticket") return "service_ticket";
    if (command == "update_item") return "owned_item";
    return command.substr(command.find('_') + 1);
}

}  // namespace

std::int64_t Clerk::below(std::int64_t bound) {
    return static_cast<std::int64_t>(random_.below(static_cast<std::uint64_t>(bound)));
}

const Branch& Clerk::branch_of(const Kiosk& kiosk) const {
    const auto& branches = central_.branches();
    const auto found = std::find_if(branches.begin(), branches.end(), [&](const Branch& branch) {
        return branch.id == kiosk.who().identity.branch_id;
    });
    return found == branches.end() ? branches.front() : *found;
}

std::optional<Json> Clerk::known(Kiosk& kiosk, std::string_view record) {
    const domain::Description& description = *domain::find_record(record);
    const auto rows = kiosk.replica().world().find_rows(description, {.limit = 100});
    if (rows.empty()) return std::nullopt;
    const auto& row = rows[static_cast<std::size_t>(below(static_cast<std::int64_t>(rows.size())))];
    return domain::row_to_json(description, row, domain::View::kAll).at("id");
}

std::optional<Json> Clerk::value_for(Kiosk& kiosk, const Field& field) {
    switch (field.type) {
        case FieldType::kId:
            if (field.refers_to.empty()) return kiosk.new_id().to_string();
            return known(kiosk, field.refers_to);
        case FieldType::kText:
            if (field.name == "currency") return "KES";
            if (field.name == "phone")
                return "+25471" + std::to_string(1'000'000 + below(9'000'000));
            if (field.name == "email") return "v" + std::to_string(below(1000)) + "@example.org";
            return "Text " + std::to_string(below(1000));
        case FieldType::kInteger: {
            const std::int64_t least = std::max<std::int64_t>(field.min, -3);
            const std::int64_t most = std::min<std::int64_t>(field.max, 20);
            return least + below(std::max<std::int64_t>(most - least + 1, 1));
        }
        case FieldType::kBoolean:
            return below(2) == 0;
        case FieldType::kTime:
            return kiosk.clock().wall() + below(30) * kDayMs;
        case FieldType::kEnum:
            return field.options[static_cast<std::size_t>(
                below(static_cast<std::int64_t>(field.options.size())))];
        case FieldType::kTexts:
            if (!field.name.ends_with("_ids")) return std::nullopt;
            return Json::array({branch_of(kiosk).mechanic_id.to_string()});
        case FieldType::kList:
        case FieldType::kJson:
            return std::nullopt;
    }
    return std::nullopt;
}

std::optional<domain::Command> Clerk::try_out(Kiosk& kiosk, const domain::CommandSpec& spec) {
    Json args = Json::object();
    for (const Field& field : spec.args->fields) {
        // A VIN at random is none; the tests of VINs are elsewhere.
        if (field.name == "vin" || (!field.required && below(spec.changes ? 4 : 2) > 0)) continue;
        // What is changed must be there already.
        const bool changed = spec.changes && field.name == "id";
        auto value = changed ? known(kiosk, changed_by(spec.name)) : value_for(kiosk, field);
        if (value) {
            args[std::string(field.name)] = std::move(*value);
        } else if (field.required) {
            return std::nullopt;
        }
    }
    const Branch& branch = branch_of(kiosk);
    struct Person {
        base::Uuid id;
        std::string_view role;
    };
    const bool by_visitor = spec.name == "create_lead" || spec.name == "call_assistance" ||
                            spec.name == "end_assistance";
    const Person admin = {branch.admin_id, "admin"};
    const std::array<Person, 4> staff = {
        {admin, admin, {branch.seller_id, "seller"}, {branch.mechanic_id, "mechanic"}}};
    const Person who = by_visitor ? Person{{}, ""} : staff[static_cast<std::size_t>(below(4))];
    auto command = kiosk.command_of(who.id, who.role, spec.name, std::move(args));
    if (!who.id.is_nil() && who.id != branch.admin_id) command.co_actor_id = branch.admin_id;
    return command;
}

}  // namespace showfloor::testing
