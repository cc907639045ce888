#pragma once
// The test dealership with somebody of every role, signed in. Thread contract: belongs to one test.

#include <map>
#include <string>
#include <utility>

#include "api_fixture.hpp"

namespace showfloor::testing {

struct Office : Dealership {
    Office() {
        user("root", "super_admin", {});
        user("boss", "admin", {});
        user("chief", "admin", nbo);
        user("amina", "seller", nbo);
        user("ben", "seller", mba);
        for (const auto& [name, role] :
             {std::pair{"staff", "staff"}, {"mech", "mechanic"}, {"driver", "delivery"}})
            user(name, role, nbo);
        user("parts", "supplier", {});
        user("buyer", "customer", {});
        for (const auto& [name, who] : people)
            tokens[name] = token(name);
    }

    // `who` may be "": nobody.
    Reply get(const std::string& who, const std::string& what) {
        return send("GET", "/api/v1/" + what, tokens[who]);
    }

    std::map<std::string, std::string> tokens;
};

}  // namespace showfloor::testing
