#pragma once
// Credentials: the Argon2id hashes of passwords, and the verifiers made of them: the hash wrapped
// for one terminal's key, so that its people can sign in while central is away.
// Thread contract: plain functions inside the batch or on the connection handed in.

#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "base/uuid.hpp"
#include "central/command_processor.hpp"

namespace showfloor::central {

// nullopt when the user has no password.
base::Result<std::optional<std::string>> password_hash_of(database::Connection& connection,
                                                          const base::Uuid& user_id);
// Stores the hash and gives every terminal that may hold the user's verifier the new one. What a
// good password is, is the caller's matter.
base::Result<void> set_password_hash(Batch& batch, const base::Uuid& user_id, std::string_view phc);

// Issues what is missing and withdraws what must not be there any more, for one user: active, no
// super_admin, not a supplier or customer, signed in within kVerifierKeptMs; terminals of the
// user's branch, all of them for an admin without one. `renew`: existing ones are made anew.
base::Result<void> sync_verifiers_of_user(Batch& batch, const base::Uuid& user_id, bool renew);
// The same for a terminal that was just enrolled.
base::Result<void> sync_verifiers_of_terminal(Batch& batch, const base::Uuid& terminal_id);
// The daily job: withdraws those of people who did not sign in for too long.
base::Result<void> withdraw_stale_verifiers(Batch& batch);

// Notes a successful sign-in at central and, when terminals lost or never had the user's verifier,
// issues it.
base::Result<void> note_sign_in(Batch& batch, const base::Uuid& user_id);

}  // namespace showfloor::central
