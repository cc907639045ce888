#pragma once
// People and places as the command line and init make them: commands of central itself, with the
// private rows that belong to them.
// Thread contract: inside the caller's batch; nothing is kept before it commits.

#include <string>

#include "base/json.hpp"
#include "base/result.hpp"
#include "central/command_processor.hpp"
#include "crypto/seal.hpp"

namespace showfloor::central {

// Runs one of central's own commands; a refusal is an error in words.
base::Result<domain::Outcome> run_own(Batch& batch, std::string_view name, base::Json args);

// The branch's id. `fields`: create_branch's arguments without id.
// Keeps a picture file as a logo that a branch may be given: scaled down, as PNG (which terminals
// read). The blob's hash; kInvalid or kTooLarge when the bytes are no picture.
base::Result<std::string> add_logo(const Store& store, Batch& batch, std::string_view picture);

base::Result<base::Uuid> add_branch(Batch& batch, base::Json fields);

struct NewUser {
    base::Json fields;        // create_user's arguments without ids
    std::string branch_code;  // empty: all branches
    std::string password;     // empty: a one-time password is made, which must be changed
    // Not null: the one-time password is also written to the new user. Borrowed.
    const crypto::Key256* mail_key = nullptr;
};
struct AddedUser {
    base::Uuid id;
    std::string password;
};
base::Result<AddedUser> add_user(Batch& batch, NewUser user);

// Made up, set, to be changed at the next sign-in, written to its owner; every session ends.
base::Result<std::string> give_one_time_password(Batch& batch, const base::Uuid& user_id,
                                                 const crypto::Key256& mail_key);
// Sessions end, verifiers are withdrawn.
base::Result<void> deactivate_user(Batch& batch, const base::Uuid& user_id);

}  // namespace showfloor::central
