#include "central/backup_job.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>

#include "base/file.hpp"
#include "base/log.hpp"
#include "central/backup.hpp"
#include "central/limits.hpp"

namespace showfloor::central {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view kPrefix = "showfloor-";
constexpr std::string_view kSuffix = ".backup";
constexpr std::string_view kUnfinished = ".backup.by-";
constexpr std::int64_t kHourMs = 3'600'000;
constexpr const char* kWrittenAt = "backup_at";
// Until then the night is somebody's who has begun; after it, whoever comes first takes over.
constexpr const char* kLease = "backup_not_before";

// "showfloor-2026-11-27.backup".
std::string name_of(base::UtcMs now) {
    const auto day = std::chrono::year_month_day(std::chrono::floor<std::chrono::days>(
        std::chrono::sys_time<std::chrono::milliseconds>(std::chrono::milliseconds(now))));
    char text[16];
    std::snprintf(text, sizeof text, "%04d-%02u-%02u", static_cast<int>(day.year()),
                  static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
    std::string name(kPrefix);
    name += text;
    name += kSuffix;
    return name;
}

bool is_ours(const std::string& name) {
    constexpr std::size_t kDate = 10;
    return name.size() == kPrefix.size() + kDate + kSuffix.size() && name.starts_with(kPrefix) &&
           name.ends_with(kSuffix);
}

// Names sort by their day. Whoever rotates holds the night: what others left unfinished is dead.
void rotate(const BackupSettings& settings) {
    std::vector<std::string> files;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(settings.folder, error)) {
        const std::string name = entry.path().filename().string();
        if (is_ours(name)) {
            files.push_back(name);
        } else if (name.starts_with(kPrefix) && name.find(kUnfinished) != std::string::npos) {
            fs::remove(entry.path(), error);
        }
    }
    std::sort(files.begin(), files.end());
    const auto keep = static_cast<std::size_t>(settings.keep);
    for (std::size_t i = 0; i + keep < files.size(); ++i)
        fs::remove(settings.folder + "/" + files[i], error);
}

// Takes the night for an hour; the lease, or 0 when it is done or somebody's.
base::Result<base::UtcMs> claim(CommandProcessor& processor, const BackupSettings& settings,
                                base::UtcMs now) {
    SHOWFLOOR_ASSIGN(auto batch, processor.batch(now));
    SHOWFLOOR_ASSIGN(const std::int64_t last, get_counter(batch.connection(), kWrittenAt));
    SHOWFLOOR_ASSIGN(const std::int64_t taken_until, get_counter(batch.connection(), kLease));
    const base::UtcMs due = now / kDayMs * kDayMs + settings.hour_utc * kHourMs;
    if (now < due || last >= due || now < taken_until) return 0;
    SHOWFLOOR_TRY(set_counter(batch.connection(), kLease, now + kHourMs));
    SHOWFLOOR_TRY(batch.commit());
    return now + kHourMs;
}

// Puts the file in its place; false when it took so long that somebody else took over.
base::Result<bool> finish(CommandProcessor& processor, base::UtcMs lease,
                          const std::string& written, const std::string& to, base::UtcMs now) {
    SHOWFLOOR_ASSIGN(auto batch, processor.batch(now));
    SHOWFLOOR_ASSIGN(const std::int64_t taken_until, get_counter(batch.connection(), kLease));
    std::error_code error;
    if (taken_until != lease) {
        fs::remove(written, error);
        return false;
    }
    fs::rename(written, to, error);
    if (error) return base::fail("The backup cannot be put in its place; check the folder.");
    SHOWFLOOR_TRY(set_counter(batch.connection(), kWrittenAt, now));
    SHOWFLOOR_TRY(batch.commit());
    return true;
}

base::Error not_understood(const std::string& name) {
    return base::fail(base::ErrorKind::kInvalid,
                      "The configuration's \"backup\" is not understood at \"" + name + "\".",
                      "usage");
}

base::Result<int> number_in(const base::Json& value, const std::string& name, int low, int high) {
    if (!value.is_number_integer()) return not_understood(name);
    const auto number = value.get<std::int64_t>();
    if (number < low || number > high) return not_understood(name);
    return static_cast<int>(number);
}

}  // namespace

base::Result<BackupSettings> read_backup_settings(const base::Json& config) {
    BackupSettings settings;
    if (!config.is_object()) return not_understood("backup");
    for (const auto& [name, value] : config.items()) {
        if (name == "to" && value.is_string()) {
            settings.folder = value.get<std::string>();
        } else if (name == "keep") {
            SHOWFLOOR_ASSIGN(settings.keep, number_in(value, name, 1, 366));
        } else if (name == "hour") {
            SHOWFLOOR_ASSIGN(settings.hour_utc, number_in(value, name, 0, 23));
        } else {
            return not_understood(name);
        }
    }
    if (settings.folder.empty()) return not_understood("to");
    return settings;
}

base::Result<bool> run_backup(CommandProcessor& processor, const BackupSettings& settings,
                              base::UtcMs now) {
    SHOWFLOOR_ASSIGN(const base::UtcMs lease, claim(processor, settings, now));
    if (lease == 0) return false;
    const std::string file = settings.folder + "/" + name_of(now);
    const std::string written = file + ".by-" + std::to_string(lease);
    SHOWFLOOR_TRY(base::make_folders(settings.folder, 0700));
    SHOWFLOOR_TRY(back_up(processor.store(), written));
    SHOWFLOOR_ASSIGN(const bool ours, finish(processor, lease, written, file, now));
    if (!ours) return false;
    rotate(settings);
    base::log(base::LogLevel::kInfo, "backup_written", {{"file", name_of(now)}});
    return true;
}

}  // namespace showfloor::central
