#pragma once
// The one rights table (domain.md section 1): who may do what, where. Screens, commands, REST and
// `show` all ask here; a test walks every cell through every door.
// Thread contract: constant data, pure functions.

#include <optional>
#include <span>
#include <string_view>

#include "base/uuid.hpp"
#include "domain/records.hpp"
#include "domain/world.hpp"

namespace showfloor::domain {

// The rows of the table.
enum class Area {
    kUsers,
    kCars,
    kConfidential,
    kUserPay,
    kCustomers,
    kSales,
    kSaleDecisions,
    kReservations,
    kLeads,
    kCatalogue,
    kStock,
    kIncomingOrders,
    kSuppliers,
    kOutgoingOrders,
    kTickets,
    kDeliveries,
    kNotifications,
    kHistory,
    kDashboard,
    kItems,
    kBranches,
    kTerminals,
};
enum class Action {
    kRead,
    kCreate,
    kChange,
    kDelete,
    kAsk,   // may start it, an approver must sign in for it
    kWork,  // claim and work (leads), update (deliveries)
};
// How far a right reaches.
enum class Reach {
    kNone,
    kSelf,
    kOwn,
    kBranch,
    kScope,  // an admin's own branch, or all when the admin has none
    kAll,
    kPublicFields,  // every record, but only fields anybody may see
};

struct Right {
    Role role;
    Area area;
    Action action;
    Reach reach;
};

[[nodiscard]] std::span<const Right> rights_table();
[[nodiscard]] std::string_view name_of(Area area);
[[nodiscard]] std::string_view name_of(Action action);
[[nodiscard]] std::string_view name_of(Reach reach);

// Which row of the table a record belongs to ("invoice" -> kSales).
[[nodiscard]] Area area_of(const Description& record);

struct Actor {
    Uuid user_id;  // nil for nobody and for the system
    Role role = Role::kNobody;
    Uuid branch_id;       // nil: all branches (admins), or none (nobody)
    bool system = false;  // jobs, importer, init: may do what their command does
};

// kNone when the table has no such cell.
[[nodiscard]] Reach reach_of(const Actor& actor, Area area, Action action);

// What of a record matters for a right.
struct Facts {
    Uuid branch_id;                     // nil when the record belongs to no branch
    Uuid owner_id;                      // seller, assigned person, the user themself
    Role subject_role = Role::kNobody;  // for users: the role of the user acted upon
    Uuid subject_id;      // the login of whom it is about: a user's own, the customer's
    Uuid worker_id = {};  // whom the work is given to: a delivery's person
};
// The facts of a stored row, from its own fields.
[[nodiscard]] Facts facts_of(const Description& record, const Row& row);
// The same, looking up what the row only refers to: the sale's seller, the customer's login, the
// branch of a picture's car.
[[nodiscard]] Facts facts_of(World& world, const Description& record, const Row& row);

[[nodiscard]] bool may(const Actor& actor, Area area, Action action, const Facts& facts);

// Which fields of a record this actor may see; nullopt = not the record at all.
[[nodiscard]] std::optional<View> view_of(const Actor& actor, const Description& record,
                                          const Row& row);
[[nodiscard]] std::optional<View> view_of(const Actor& actor, const Description& record,
                                          const Row& row, World& world);

// Whether a notification is meant for this person: named, or of a role and branch it is for.
[[nodiscard]] bool concerns(const Actor& actor, const Notification& notification);

// A role nobody above it: super_admin > admin > the rest. FIX: nobody raises a role above their
// own.
[[nodiscard]] bool may_grant(Role granting, Role granted);

}  // namespace showfloor::domain
