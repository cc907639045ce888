#pragma once
// Who works at this terminal. Thread contract: plain values.

#include <string>

#include "base/uuid.hpp"
#include "domain/records.hpp"

namespace showfloor::terminal {

// What somebody types to sign in: their password, or the PIN they set at this terminal today.
struct SignIn {
    std::string login, secret;
    bool pin = false;
};

// Who is signed in here.
struct Person {
    base::Uuid user_id, branch_id;
    domain::Role role = domain::Role::kNobody;
    std::string first_name, last_name, username, branch_name;
    std::int64_t offline_days = 0;  // without central
    bool offline_warning = false;   // more than 3 days: said after sign-in
    bool offline_too_long = false;  // past the branch's limit: only because they are known here
    bool by_pin = false;            // a PIN is set only after the password was typed
};

// A tile on the sign-in screen: those who chose to be shown.
struct SignInTile {
    std::string login, first_name, last_name, role, image;
    bool has_pin = false;  // a good one of today
};

}  // namespace showfloor::terminal
