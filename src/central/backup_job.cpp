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
constexpr std::int64_t kHourMs = 3'600'000;
constexpr const char* kCounter = "backup_at";

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

// Names sort by their day.
void rotate(const BackupSettings& settings) {
    std::vector<std::string> files;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(settings.folder, error)) {
        if (is_ours(entry.path().filename().string()))
            files.push_back(entry.path().filename().string());
    }
    std::sort(files.begin(), files.end());
    const auto keep = static_cast<std::size_t>(settings.keep);
    for (std::size_t i = 0; i + keep < files.size(); ++i)
        fs::remove(settings.folder + "/" + files[i], error);
}

// Takes the day for this run; false when it is taken.
base::Result<bool> claim(CommandProcessor& processor, const BackupSettings& settings,
                         base::UtcMs now) {
    SHOWFLOOR_ASSIGN(auto batch, processor.batch(now));
    SHOWFLOOR_ASSIGN(const std::int64_t last, get_counter(batch.connection(), kCounter));
    const base::UtcMs due = now / kDayMs * kDayMs + settings.hour_utc * kHourMs;
    if (now < due || last >= due) return false;
    SHOWFLOOR_TRY(set_counter(batch.connection(), kCounter, now));
    SHOWFLOOR_TRY(batch.commit());
    return true;
}

base::Result<void> give_back(CommandProcessor& processor, base::UtcMs now) {
    SHOWFLOOR_ASSIGN(auto batch, processor.batch(now));
    SHOWFLOOR_TRY(set_counter(batch.connection(), kCounter, 0));
    SHOWFLOOR_TRY(set_counter(batch.connection(), "backup_not_before", now + kHourMs));
    return batch.commit();
}

base::Result<bool> may_try(CommandProcessor& processor, base::UtcMs now) {
    SHOWFLOOR_ASSIGN(auto reader, processor.store().reader());
    SHOWFLOOR_ASSIGN(const std::int64_t not_before,
                     get_counter(reader.connection(), "backup_not_before"));
    return now >= not_before;
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
    SHOWFLOOR_ASSIGN(const bool may, may_try(processor, now));
    if (!may) return false;
    SHOWFLOOR_ASSIGN(const bool mine, claim(processor, settings, now));
    if (!mine) return false;
    auto done = base::make_folders(settings.folder, 0700);
    if (done) done = back_up(processor.store(), settings.folder + "/" + name_of(now));
    if (!done) {
        SHOWFLOOR_TRY(give_back(processor, now));
        return done.error();
    }
    rotate(settings);
    base::log(base::LogLevel::kInfo, "backup_written", {{"file", name_of(now)}});
    return true;
}

}  // namespace showfloor::central
