#pragma once
// A small dealership in any World, and the few lines it takes to submit commands to it: two
// branches, people of every role, two terminals, cars and customers. Ids are fixed, so that every
// test can name them. Thread contract: belongs to one thread.

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "domain/command.hpp"
#include "domain/records.hpp"
#include "domain/world.hpp"

namespace showfloor::test {

using base::Json;
using base::Uuid;

// Uuids told apart by a kind and a number: "00000000-0000-7000-8kkk-00000000000n".
inline Uuid fixed_id(int kind, int n) {
    Uuid id;
    id.bytes[6] = 0x70;
    id.bytes[8] = 0x80;
    id.bytes[9] = static_cast<std::uint8_t>(kind);
    id.bytes[12] = static_cast<std::uint8_t>(n >> 24);
    id.bytes[13] = static_cast<std::uint8_t>(n >> 16);
    id.bytes[14] = static_cast<std::uint8_t>(n >> 8);
    id.bytes[15] = static_cast<std::uint8_t>(n);
    return id;
}

inline constexpr base::UtcMs kDay = 86'400'000;
inline constexpr base::UtcMs kMorning = 1'750'000'000'000;

// The next number of every series, as a terminal hands them out at submit.
class LiveNumbers final : public domain::NumberSource {
   public:
    std::optional<domain::Number> take(std::string_view prefix, domain::SeriesKind kind) override {
        const std::string series = std::string(prefix) + std::string(domain::letter_of(kind));
        taken_.push_back({series, ++last_[series]});
        return taken_.back();
    }
    std::vector<domain::Number> take_taken() { return std::exchange(taken_, {}); }

   private:
    std::map<std::string, std::int64_t> last_;
    std::vector<domain::Number> taken_;
};

class Dealership {
   public:
    // Writes the records straight into the borrowed world and forgets the changes.
    explicit Dealership(domain::World& borrowed) : world(borrowed) { fill(); }

    domain::World& world;
    LiveNumbers numbers;
    base::UtcMs now = kMorning;

    Uuid nairobi = fixed_id(1, 1), mombasa = fixed_id(1, 2);
    Uuid owner = fixed_id(2, 1), manager = fixed_id(2, 2), seller = fixed_id(2, 3),
         other_seller = fixed_id(2, 4), staff = fixed_id(2, 5), mechanic = fixed_id(2, 6),
         driver = fixed_id(2, 7), supplier = fixed_id(2, 8), buyer_login = fixed_id(2, 9),
         mombasa_manager = fixed_id(2, 10), mombasa_seller = fixed_id(2, 11);
    Uuid terminal = fixed_id(3, 1), other_terminal = fixed_id(3, 2),
         mombasa_terminal = fixed_id(3, 3);
    Uuid customer = fixed_id(4, 1), other_customer = fixed_id(4, 2);
    [[nodiscard]] static Uuid car(int n) { return fixed_id(5, n); }  // 1 .. 6, price n million KES
    [[nodiscard]] Uuid next_id() { return fixed_id(9, ++made_); }

    // ---- commands -----------------------------------------------------------------------------

    // A command as a screen would make it: actor's role, time and frozen terms filled in.
    [[nodiscard]] domain::Command make(std::string_view name, Json args, const Uuid& actor,
                                       const Uuid& at_terminal = {}, const Uuid& co_actor = {}) {
        domain::Command command;
        command.id = next_id();
        command.name = std::string(name);
        command.args = std::move(args);
        command.actor_id = actor;
        command.co_actor_id = co_actor;
        if (const auto user = world.get<domain::User>(actor))
            command.actor_role = domain::kRoleNames[static_cast<std::size_t>(user->role)];
        command.occurred_at = now += 1000;
        const domain::Context context = context_at(at_terminal);
        if (auto terms = domain::quote_terms(world, command, context)) command.terms = *terms;
        return command;
    }

    [[nodiscard]] domain::Context context_at(const Uuid& at_terminal) {
        domain::Context context;
        context.terminal_id = at_terminal;
        if (const auto found = world.get<domain::Terminal>(at_terminal))
            context.origin = found->code;
        context.received_at = now;
        context.numbers = &numbers;
        return context;
    }

    // As at a terminal (or REST when `at_terminal` is nil): judged against World, numbers live.
    domain::Outcome submit(domain::Command& command, const Uuid& at_terminal = {}) {
        domain::Context context = context_at(at_terminal);
        static_cast<void>(numbers.take_taken());
        auto outcome = domain::execute(command, context, world);
        command.numbers = numbers.take_taken();
        return outcome;
    }

    // As central takes what a terminal pushed: frozen terms, carried numbers, contested = marked.
    domain::Outcome push(const domain::Command& command, const Uuid& from_terminal) {
        domain::Context context = context_at(from_terminal);
        context.terms = domain::Context::Terms::kAddUp;
        context.contest = domain::Context::Contest::kMark;
        domain::CarriedNumbers carried(command.numbers);
        context.numbers = &carried;
        return domain::execute(command, context, world);
    }

    // As a terminal replays its outbox after a pull.
    domain::Outcome rebase(const domain::Command& command, const Uuid& at_terminal) {
        domain::Context context = context_at(at_terminal);
        context.terms = domain::Context::Terms::kAddUp;
        domain::CarriedNumbers carried(command.numbers);
        context.numbers = &carried;
        return domain::execute(command, context, world);
    }

    // make + submit at the branch's first terminal (or as given).
    domain::Outcome run(std::string_view name, Json args, const Uuid& actor,
                        const Uuid& co_actor = {}) {
        auto command = make(name, std::move(args), actor, {}, co_actor);
        return submit(command);
    }
    // Central's own doing.
    domain::Outcome run_system(std::string_view name, Json args) {
        auto command = make(name, std::move(args), {});
        domain::Context context = context_at({});
        context.system = true;
        return domain::execute(command, context, world);
    }

    // ---- arguments ----------------------------------------------------------------------------

    [[nodiscard]] Json sale_args(const Uuid& car_id, std::int64_t cash_minor = 0) {
        Json args = {{"id", next_id().to_string()},
                     {"car_id", car_id.to_string()},
                     {"customer_id", customer.to_string()},
                     {"payments", Json::array()}};
        if (cash_minor > 0)
            args["payments"].push_back({{"method", "cash"}, {"amount_minor", cash_minor}});
        return args;
    }
    [[nodiscard]] static Uuid id_in(const domain::Outcome& outcome, const char* key) {
        const auto found = outcome.details.find(key);
        if (found == outcome.details.end() || !found->is_string()) return {};
        return Uuid::parse(found->get<std::string>()).value_or(Uuid{});
    }

    // A sale as plain as can be; its id.
    Uuid sell(int car_number, std::int64_t cash_minor = 0) {
        auto outcome = run("record_sale", sale_args(car(car_number), cash_minor), seller);
        return id_in(outcome, "sale_id");
    }

   private:
    void fill() {
        add_branch(nairobi, "NBO", "Nairobi");
        add_branch(mombasa, "MBA", "Mombasa");
        using domain::Role;
        add_user(owner, "owner", Role::kSuperAdmin, {});
        add_user(manager, "manager", Role::kAdmin, nairobi);
        add_user(seller, "seller", Role::kSeller, nairobi);
        add_user(other_seller, "other_seller", Role::kSeller, nairobi);
        add_user(staff, "staff", Role::kStaff, nairobi);
        add_user(mechanic, "mechanic", Role::kMechanic, nairobi);
        add_user(driver, "driver", Role::kDelivery, nairobi);
        add_user(supplier, "supplier", Role::kSupplier, {});
        add_user(buyer_login, "buyer", Role::kCustomer, {});
        add_user(mombasa_manager, "mombasa_manager", Role::kAdmin, mombasa);
        add_user(mombasa_seller, "mombasa_seller", Role::kSeller, mombasa);
        add_terminal(terminal, "T01", nairobi);
        add_terminal(other_terminal, "T02", nairobi);
        add_terminal(mombasa_terminal, "T01", mombasa);
        add_customer(customer, "Amina", "+254712345678", buyer_login);
        add_customer(other_customer, "Brian", "+254712345679", {});
        for (int n = 1; n <= 6; ++n)
            add_car(n);
        static_cast<void>(world.take_changes());
    }
    template <typename T>
    void put(T record, const Uuid& id) {
        record.id = id;
        record.created_at = record.updated_at = record.occurred_at = kMorning;
        world.put(record);
    }
    void add_branch(const Uuid& id, std::string code, std::string name) {
        domain::Branch branch;
        branch.code = std::move(code);
        branch.name = std::move(name);
        branch.phone = "+254201234567";
        branch.currency = "KES";
        branch.tax_rates = {{"standard", "VAT", 1600}, {"zero", "Exempt", 0}};
        branch.fees = {{"Registration", 1'000'000, ""}};
        put(std::move(branch), id);
    }
    void add_user(const Uuid& id, std::string name, domain::Role role, const Uuid& branch) {
        domain::User user;
        user.first_name = name;
        user.last_name = "Test";
        user.username = name;
        user.email = name + "@example.com";
        user.role = role;
        user.branch_id = branch;
        put(std::move(user), id);
    }
    void add_terminal(const Uuid& id, std::string code, const Uuid& branch) {
        domain::Terminal record;
        record.code = std::move(code);
        record.name = "Kiosk";
        record.branch_id = branch;
        put(std::move(record), id);
    }
    void add_customer(const Uuid& id, std::string name, std::string phone, const Uuid& login) {
        domain::Customer record;
        record.first_name = std::move(name);
        record.last_name = "Test";
        record.phone = std::move(phone);
        record.seller_id = seller;
        record.branch_id = nairobi;
        record.user_id = login;
        put(std::move(record), id);
    }
    void add_car(int n) {
        domain::Car record;
        record.make = "Toyota";
        record.model = "Model " + std::to_string(n);
        record.year = 2015 + n;
        record.vin = "JTDBR32E72012345" + std::to_string(n);
        record.color = "white";
        record.mileage = 1000 * n;
        record.stock_number = "NBO-00000" + std::to_string(n);
        record.price_minor = 100'000'000LL * n;
        record.currency = "KES";
        record.tax_code = "standard";
        record.branch_id = n <= 4 ? nairobi : mombasa;
        put(std::move(record), car(n));
    }

    int made_ = 0;
};

}  // namespace showfloor::test
