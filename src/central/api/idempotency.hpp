#pragma once
// Idempotency-Key: a POST repeated with the same key gets the answer it got the first time, from
// the same transaction that did the work. Thread contract: belongs to the writing transaction.

#include <optional>
#include <string>

#include "base/result.hpp"
#include "central/api/route.hpp"
#include "database/connection.hpp"
#include "net/http.hpp"

namespace showfloor::central {

// The stored answer; nullopt when the key is new (or there is none). Same key with another request:
// a 422 problem "idempotency_key_reused"; a key that is too long: 400.
base::Result<std::optional<net::HttpResponse>> stored_answer(const Call& call,
                                                             database::Connection& connection);
// Keeps it when the request has a key.
base::Result<void> store_answer(const Call& call, Batch& batch, const net::HttpResponse& response);
base::Result<void> forget_old_answers(database::Connection& connection, base::UtcMs now);

}  // namespace showfloor::central
