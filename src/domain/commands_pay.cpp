// What people earn: central's alone, seen by few.

#include "domain/command_parts.hpp"
#include "domain/handlers.hpp"
#include "domain/money.hpp"
#include "domain/records_own.hpp"

namespace showfloor::domain {

namespace {

struct SetUserPay : UserPay {};

const Description& set_args() {
    static const Description d = [] {
        Description args = args_like("set_user_pay", describe<UserPay>(), {"id"}, false);
        return args;
    }();
    return d;
}

}  // namespace

template <>
const Description& describe<SetUserPay>() {
    return set_args();
}

namespace {

// One record a person; set anew, it says what holds from now on.
Outcome set_user_pay(Handling& handling) {
    UserPay pay = handling.as<SetUserPay>();
    const auto user = handling.world.get<User>(pay.user_id);
    if (!user) return refuse(Code::kNotFound, "user_id");
    if (auto stopped =
            check_right(handling, Area::kUserPay, Action::kChange, facts_about(handling, pay)))
        return *stopped;
    const bool earns = user->role != Role::kCustomer && user->role != Role::kSupplier;
    if (!earns || user->archived) return refuse(Code::kWrongState, "user_id");
    if (pay.currency.empty()) {
        if (const auto branch = handling.world.get<Branch>(user->branch_id))
            pay.currency = branch->currency;
    }
    if (!minor_digits(pay.currency)) return refuse(Code::kInvalid, "currency");
    pay.id = handling.derived_id("user_pay", 0);
    if (const auto before =
            handling.world.find_one<UserPay>({{"user_id", Value{pay.user_id.to_string()}}}))
        static_cast<RecordBase&>(pay) = *before;
    base::Json details = {{"user_pay_id", pay.id.to_string()}};
    handling.put(std::move(pay));
    return done(handling, std::move(details));
}

}  // namespace

std::vector<CommandSpec> pay_commands() {
    using enum Code;
    return {central_command("set_user_pay", Area::kUserPay, Action::kChange, describe<SetUserPay>(),
                            &run_with<SetUserPay, &set_user_pay>,
                            {kNotFound, kNotAllowed, kWrongState, kInvalid})};
}

}  // namespace showfloor::domain
