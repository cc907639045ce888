#include "domain/rights.hpp"

#include <doctest/doctest.h>

#include <sstream>

#include "dealership.hpp"

namespace showfloor::domain {

namespace {

// domain.md section 1, cell by cell: roles in the order of enum Role; in a cell, letters for
// read, create, change, delete (as R C U D), work W, ask A, then the reach.
struct Line {
    Area area;
    std::string_view cells;
};
constexpr Line kTable[] = {
    {Area::kUsers,
     "RCUD:all | RCUD:scope | - | RU:self | RU:self | RU:self | RU:self | RU:self | R:public"},
    {Area::kCars, "RCUD:all | RCUD:all | R:all | R:all | R:all | - | - | R:public | R:public"},
    {Area::kConfidential, "RCUD:all | RCUD:scope | - | - | - | - | - | - | -"},
    {Area::kUserPay, "RCUD:all | R:scope | - | - | - | - | - | - | -"},
    {Area::kCustomers,
     "RCUD:all | RCUD:scope | RCU:branch | R:branch CUD:own | R:own | R:own | - | RU:self | -"},
    {Area::kSales, "RCUD:all | RCUD:scope | - | RCU:own | - | - | - | R:own | -"},
    {Area::kSaleDecisions, "RCUD:all | RCUD:scope | - | A:own | - | - | - | - | -"},
    {Area::kReservations, "RCUD:all | RCUD:scope | R:branch | RCU:own | - | - | - | R:own | -"},
    {Area::kLeads, "RCUDW:all | RCUDW:scope | R:branch | RW:branch | - | - | - | - | C:all"},
    {Area::kCatalogue, "RCUD:all | RCUD:all | R:all | R:all | R:all | - | - | R:public | R:public"},
    {Area::kStock, "RCUD:all | RCUD:all | RCU:all | R:all | R:all | - | - | - | -"},
    {Area::kIncomingOrders, "RCUD:all | RCUD:all | RCU:all | - | - | - | RW:own | - | -"},
    {Area::kSuppliers, "RCUD:all | RCUD:all | RCU:all | - | - | - | R:self | - | -"},
    {Area::kOutgoingOrders,
     "RCUD:all | RCUD:scope | RC:branch | RCU:own | - | - | - | RCW:own | -"},
    {Area::kTickets,
     "RCUD:all | RCUD:scope | R:branch | C:branch R:own | RCUD:branch | - | - | RC:own | -"},
    {Area::kDeliveries,
     "RCUDW:all | RCUDW:scope | RCUDW:branch | R:own | - | RW:own | - | R:own | -"},
    {Area::kNotifications,
     "RCUD:all | RCUD:scope | RU:own | RU:own | RU:own | RU:own | RU:own | RU:own | -"},
    {Area::kHistory, "RCUD:all | R:scope | R:own | R:own | R:own | R:own | R:own | R:own | -"},
    {Area::kDashboard, "RCUD:all | R:scope | R:branch | R:own | R:own | - | - | - | -"},
    {Area::kItems,
     "RCUD:own | RCUD:own | RCUD:own | RCUD:own | RCUD:own | RCUD:own | RCUD:own | RCUD:own | -"},
    {Area::kBranches,
     "RCUD:all | R:all U:scope | R:all | R:all | R:all | R:all | R:public | R:public | R:public"},
    {Area::kTerminals, "RCUD:all | R:scope | - | - | - | - | - | - | -"},
};

Reach reach_named(std::string_view name) {
    for (const Reach reach :
         {Reach::kSelf, Reach::kOwn, Reach::kBranch, Reach::kScope, Reach::kAll})
        if (name_of(reach) == name) return reach;
    return Reach::kPublicFields;
}

Reach expected(std::string_view cells, Role role, Action action) {
    std::istringstream all{std::string(cells)};
    std::string cell;
    for (int i = 0; i <= static_cast<int>(role); ++i)
        std::getline(all, cell, '|');
    constexpr std::string_view kLetters = "RCUDAW";
    std::istringstream parts(cell);
    for (std::string part; parts >> part;) {
        const auto colon = part.find(':');
        if (colon == std::string::npos) continue;
        const char letter = kLetters[static_cast<std::size_t>(action)];
        if (part.substr(0, colon).find(letter) != std::string::npos)
            return reach_named(part.substr(colon + 1));
    }
    return Reach::kNone;
}

Actor actor(Role role, const Uuid& user, const Uuid& branch) {
    return {.user_id = user, .role = role, .branch_id = branch, .system = false};
}

const Uuid kMe = test::fixed_id(2, 50), kOther = test::fixed_id(2, 51);
const Uuid kHere = test::fixed_id(1, 1), kThere = test::fixed_id(1, 2);

}  // namespace

TEST_CASE("rights table: every cell is as domain.md writes it") {
    int cells = 0;
    for (const Line& line : kTable) {
        for (int role = 0; role <= static_cast<int>(Role::kNobody); ++role) {
            for (int action = 0; action <= static_cast<int>(Action::kWork); ++action) {
                const auto r = static_cast<Role>(role);
                const auto a = static_cast<Action>(action);
                CAPTURE(name_of(line.area));
                CAPTURE(kRoleNames[static_cast<std::size_t>(role)]);
                CAPTURE(name_of(a));
                CHECK(reach_of(actor(r, kMe, kHere), line.area, a) == expected(line.cells, r, a));
                ++cells;
            }
        }
    }
    CHECK(cells == 22 * 9 * 6);
}

TEST_CASE("rights: each reach reaches as far as it says and no farther") {
    const auto reaches = [](const Actor& who, const Facts& facts) {
        return may(who, Area::kSales, Action::kRead, facts);
    };
    const Facts mine{
        .branch_id = kHere, .owner_id = kMe, .subject_role = Role::kNobody, .subject_id = {}};
    const Facts theirs{
        .branch_id = kHere, .owner_id = kOther, .subject_role = Role::kNobody, .subject_id = {}};
    const Facts far{
        .branch_id = kThere, .owner_id = kOther, .subject_role = Role::kNobody, .subject_id = kMe};
    CHECK(reaches(actor(Role::kSeller, kMe, kHere), mine));
    CHECK(!reaches(actor(Role::kSeller, kMe, kHere), theirs));
    CHECK(reaches(actor(Role::kAdmin, kMe, kHere), theirs));
    CHECK(!reaches(actor(Role::kAdmin, kMe, kHere), far));
    CHECK(reaches(actor(Role::kAdmin, kMe, {}), far));
    CHECK(reaches(actor(Role::kSuperAdmin, kMe, {}), far));
    CHECK(reaches(actor(Role::kCustomer, kMe, {}), far));    // it is about them
    CHECK(!reaches(actor(Role::kCustomer, kMe, {}), mine));  // an owner id means nothing here
    CHECK(!reaches(actor(Role::kNobody, {}, {}), Facts{}));
    CHECK(!reaches(actor(Role::kCustomer, {}, {}), Facts{}));  // nil is nobody's
    const Actor staff = actor(Role::kStaff, kMe, kHere);
    CHECK(may(staff, Area::kCustomers, Action::kChange, theirs));
    CHECK(!may(staff, Area::kCustomers, Action::kChange, far));
    CHECK(!may(actor(Role::kStaff, kMe, {}), Area::kCustomers, Action::kChange, Facts{}));
}

TEST_CASE("rights: an admin manages sellers, staff, mechanics and delivery of the own scope only") {
    const Actor admin = actor(Role::kAdmin, kMe, kHere);
    for (int role = 0; role <= static_cast<int>(Role::kNobody); ++role) {
        const auto subject = static_cast<Role>(role);
        const Facts facts{
            .branch_id = kHere, .owner_id = kOther, .subject_role = subject, .subject_id = kOther};
        const bool managed = subject == Role::kSeller || subject == Role::kStaff ||
                             subject == Role::kMechanic || subject == Role::kDelivery;
        CHECK(may(admin, Area::kUsers, Action::kChange, facts) == managed);
        CHECK(may_grant(Role::kAdmin, subject) == managed);
        CHECK(may_grant(Role::kSuperAdmin, subject) == (subject != Role::kNobody));
        CHECK(!may_grant(Role::kSeller, subject));
        CHECK(!may_grant(Role::kCustomer, subject));
    }
    const Facts self{
        .branch_id = kHere, .owner_id = kMe, .subject_role = Role::kAdmin, .subject_id = kMe};
    CHECK(may(admin, Area::kUsers, Action::kRead, self));
    CHECK(may(admin, Area::kUsers, Action::kChange, self));
    CHECK(!may(admin, Area::kUsers, Action::kDelete, self));
}

TEST_CASE("FIX rights: no record and no command without a row in the table") {
    for (const Description* record : all_records())
        static_cast<void>(area_of(*record));
    for (const CommandSpec& spec : command_table()) {
        const bool somebody =
            reach_of(actor(Role::kSuperAdmin, kMe, {}), spec.area, spec.action) != Reach::kNone;
        CHECK_MESSAGE((somebody || spec.system_only), spec.name);
    }
}

TEST_CASE("views: nobody sees public cars and who has show_at_sign_in, and only public fields") {
    MapWorld world;
    test::Dealership d(world);
    const Actor nobody = actor(Role::kNobody, {}, {});
    const auto view = [&](const Actor& who, const auto& record) {
        using T = std::decay_t<decltype(record)>;
        return view_of(who, describe<T>(), to_row(record), world);
    };
    Car car = *world.get<Car>(d.car(1));
    CHECK(view(nobody, car) == View::kPublic);
    car.archived = true;
    CHECK(!view(nobody, car));
    User user = *world.get<User>(d.seller);
    CHECK(!view(nobody, user));
    user.show_at_sign_in = true;
    CHECK(view(nobody, user) == View::kPublic);
    CHECK(!view(nobody, *world.get<Customer>(d.customer)));
    CHECK(!view(nobody, CarCost{}));
}

TEST_CASE("views: costs, reports and history are for admins of the scope; verifiers for nobody") {
    MapWorld world;
    test::Dealership d(world);
    CarCost cost;
    cost.id = test::fixed_id(6, 1);
    cost.car_id = d.car(1);
    Verifier verifier;
    verifier.id = test::fixed_id(6, 2);
    const auto view = [&](Role role, const Uuid& user, const Uuid& branch, const auto& record) {
        using T = std::decay_t<decltype(record)>;
        return view_of(actor(role, user, branch), describe<T>(), to_row(record), world);
    };
    CHECK(view(Role::kSuperAdmin, d.owner, {}, cost) == View::kAll);
    CHECK(view(Role::kAdmin, d.manager, d.nairobi, cost) == View::kAll);
    CHECK(!view(Role::kAdmin, d.mombasa_manager, d.mombasa, cost));
    for (const Role role : {Role::kStaff, Role::kSeller, Role::kMechanic, Role::kCustomer})
        CHECK(!view(role, d.seller, d.nairobi, cost));
    CHECK(!view(Role::kSuperAdmin, d.owner, {}, verifier));
}

TEST_CASE(
    "views: whatever belongs to a deal is seen as the deal is; customers see their own side") {
    MapWorld world;
    test::Dealership d(world);
    const Uuid sale_id = d.sell(1, 5000);
    const auto sale = *world.get<Sale>(sale_id);
    const auto each = [&](const Actor& who) {
        std::vector<std::optional<View>> views = {
            view_of(who, describe<Sale>(), to_row(sale), world)};
        const Where of_invoice{"invoice_id", Value{sale.invoice_id.to_string()}};
        for (const Description* record :
             {&describe<InvoiceLine>(), &describe<Payment>(), &describe<Receipt>()})
            for (const Row& row : world.find_rows(*record, {.where = {of_invoice}}))
                views.push_back(view_of(who, *record, row, world));
        CHECK(views.size() == 5);
        return views;
    };
    for (const auto& view : each(actor(Role::kSeller, d.seller, d.nairobi)))
        CHECK(view == View::kStaff);
    for (const auto& view : each(actor(Role::kSeller, d.other_seller, d.nairobi)))
        CHECK(!view);
    for (const auto& view : each(actor(Role::kStaff, d.staff, d.nairobi)))
        CHECK(!view);
    for (const auto& view : each(actor(Role::kCustomer, d.buyer_login, {})))
        CHECK(view == View::kPublic);
    for (const auto& view : each(actor(Role::kCustomer, kOther, {})))
        CHECK(!view);
    const auto seen = to_json(sale, View::kPublic);
    CHECK(seen.contains("total_minor"));
    CHECK(!seen.contains("commission_minor"));
}

TEST_CASE("notifications: concern the named one, or the named roles of the branch") {
    Notification note;
    note.audience = {"seller", "admin"};
    note.branch_id = kHere;
    CHECK(concerns(actor(Role::kSeller, kMe, kHere), note));
    CHECK(!concerns(actor(Role::kSeller, kMe, kThere), note));
    CHECK(!concerns(actor(Role::kStaff, kMe, kHere), note));
    CHECK(concerns(actor(Role::kAdmin, kMe, {}), note));
    note.user_id = kOther;
    CHECK(!concerns(actor(Role::kSeller, kMe, kHere), note));
    CHECK(concerns(actor(Role::kSeller, kOther, kThere), note));
}

}  // namespace showfloor::domain
