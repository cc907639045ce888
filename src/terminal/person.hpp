#pragma once
// Who works at this terminal. Thread contract: plain values.

#include <string>

#include "base/uuid.hpp"
#include "domain/records.hpp"

namespace showfloor::terminal {

// Who is signed in here.
struct Person {
    base::Uuid user_id, branch_id;
    domain::Role role = domain::Role::kNobody;
    std::string first_name, last_name, username, branch_name;
    bool offline_warning = false;  // more than 3 days without central: said after sign-in
};

// A tile on the sign-in screen: those who chose to be shown.
struct SignInTile {
    std::string login, first_name, last_name, role, image;
};

}  // namespace showfloor::terminal
