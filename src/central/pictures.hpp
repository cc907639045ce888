#pragma once
// Pictures of cars as blobs: three sizes saved, described as add_car_image and create_car take
// them. Thread contract: any thread.

#include "base/json.hpp"
#include "base/result.hpp"
#include "central/store.hpp"
#include "imaging/upload.hpp"

namespace showfloor::central {

// Saves the files; {sha256, sha256_medium, sha256_small, width, height, blurhash}.
base::Result<base::Json> keep_picture(const Store& store, const imaging::Prepared& prepared);

// Notes the three blobs of a kept picture, in the transaction that uses it.
base::Result<void> note_picture(database::Connection& connection, const Store& store,
                                const base::Json& picture, base::UtcMs now);

}  // namespace showfloor::central
