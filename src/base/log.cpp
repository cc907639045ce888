#include "base/log.hpp"

#include <cstdio>
#include <ctime>
#include <mutex>

#include "base/clock.hpp"
#include "base/json.hpp"

namespace showfloor::base {

namespace {

constexpr long kRotateBytes = 10L * 1024 * 1024;
constexpr int kKeptFiles = 5;

struct Sink {
    std::mutex mutex;
    std::string path;
    std::FILE* file = nullptr;
    LogLevel least = LogLevel::kInfo;
};

Sink& sink() {
    static Sink the_sink;
    return the_sink;
}

void rotate(Sink& to) {
    std::fclose(to.file);
    for (int i = kKeptFiles - 1; i >= 1; --i) {
        const std::string from = i == 1 ? to.path : to.path + "." + std::to_string(i - 1);
        std::rename(from.c_str(), (to.path + "." + std::to_string(i)).c_str());
    }
    to.file = std::fopen(to.path.c_str(), "ae");
}

std::string iso_time(UtcMs now) {
    const std::time_t seconds = now / 1000;
    std::tm parts{};
    gmtime_r(&seconds, &parts);
    char text[80];
    std::snprintf(text, sizeof text, "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ", parts.tm_year + 1900,
                  parts.tm_mon + 1, parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec,
                  static_cast<int>(now % 1000));
    return text;
}

}  // namespace

void log_to(const std::string& path, LogLevel least) {
    Sink& to = sink();
    const std::lock_guard lock(to.mutex);
    to.least = least;
    to.path = path;
    if (to.file != nullptr) std::fclose(to.file);
    to.file = path.empty() ? nullptr : std::fopen(path.c_str(), "ae");
}

void log(LogLevel level, std::string_view event,
         std::initializer_list<std::pair<std::string_view, std::string>> fields) {
    static constexpr const char* kNames[] = {"debug", "info", "warning", "error"};
    Sink& to = sink();
    const std::lock_guard lock(to.mutex);
    if (level < to.least) return;
    Json line = {{"at", iso_time(SystemClock().wall())},
                 {"level", kNames[static_cast<int>(level)]},
                 {"event", event}};
    for (const auto& [name, value] : fields)
        line[std::string(name)] = value;
    const std::string text = dump_json(line) + "\n";
    std::FILE* out = to.file != nullptr ? to.file : stderr;
    std::fwrite(text.data(), 1, text.size(), out);
    std::fflush(out);
    if (to.file != nullptr && std::ftell(to.file) > kRotateBytes) rotate(to);
}

}  // namespace showfloor::base
