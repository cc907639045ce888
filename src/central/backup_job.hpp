#pragma once
// The nightly backup: one file a night in a folder, the oldest of more than `keep` goes.
// Thread contract: the jobs' thread; tests call it with the time they like.

#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/json.hpp"
#include "base/result.hpp"
#include "central/command_processor.hpp"

namespace showfloor::central {

struct BackupSettings {
    std::string folder;
    int keep = 7;      // files
    int hour_utc = 1;  // not before it
};

// {"to": FOLDER, "keep": 1-366, "hour": 0-23 (UTC)}; what is not understood is an error.
base::Result<BackupSettings> read_backup_settings(const base::Json& config);

// True when one was due and was written. Once a day however many ask, in however many processes;
// one that fails, or dies over it, is followed by the next that asks an hour later.
base::Result<bool> run_backup(CommandProcessor& processor, const BackupSettings& settings,
                              base::UtcMs now);

}  // namespace showfloor::central
