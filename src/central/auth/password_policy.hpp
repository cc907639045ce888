#pragma once
// What a good password is: at least 10 characters, nothing of the person's own names, none of those
// everybody tries first. Thread contract: pure functions.

#include <string_view>

#include "base/result.hpp"
#include "domain/records.hpp"

namespace showfloor::central {

// kInvalid with field "new_password" and a code: "password_too_short", "password_too_long",
// "password_is_name", "password_common".
base::Result<void> check_new_password(std::string_view password, const domain::User& user);

}  // namespace showfloor::central
