#include "tools/bench/meter.hpp"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>

namespace showfloor::bench {

namespace {

double number_in(const std::string& path, const std::string& name) {
    std::ifstream in(path);
    for (std::string line; std::getline(in, line);) {
        if (line.starts_with(name)) return std::strtod(line.c_str() + name.size(), nullptr);
    }
    return 0;
}

}  // namespace

double now_ms() {
    using namespace std::chrono;
    return duration<double, std::milli>(steady_clock::now().time_since_epoch()).count();
}

double quantile(std::vector<double> values, double q) {
    if (values.empty()) return 0;
    std::sort(values.begin(), values.end());
    return values[static_cast<std::size_t>(q * static_cast<double>(values.size() - 1))];
}

double cpu_ms(pid_t pid) {
    clockid_t clock{};
    timespec used{};
    if (::clock_getcpuclockid(pid, &clock) != 0 || ::clock_gettime(clock, &used) != 0) return 0;
    return static_cast<double>(used.tv_sec) * 1000 + static_cast<double>(used.tv_nsec) / 1e6;
}

double own_cpu_ms() {
    rusage used{};
    ::getrusage(RUSAGE_SELF, &used);
    const auto ms = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) * 1000 + static_cast<double>(time.tv_usec) / 1000;
    };
    return ms(used.ru_utime) + ms(used.ru_stime);
}

double thread_cpu_ms() {
    timespec used{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used);
    return static_cast<double>(used.tv_sec) * 1000 + static_cast<double>(used.tv_nsec) / 1e6;
}

double pss_mb(pid_t pid) {
    return number_in("/proc/" + std::to_string(pid) + "/smaps_rollup", "Pss:") / 1024;
}

double load_average() {
    double loads[1] = {0};
    return ::getloadavg(loads, 1) == 1 ? loads[0] : 0;
}

double fsync_ms(const std::string& folder) {
    const std::string path = folder + "/fsync.probe";
    std::vector<double> times;
    const std::string page(4096, 'x');
    std::FILE* file = std::fopen(path.c_str(), "w");
    if (file == nullptr) return 0;
    constexpr int kTries = 30;
    for (int i = 0; i < kTries; ++i) {
        const double begun = now_ms();
        std::fwrite(page.data(), 1, page.size(), file);
        std::fflush(file);
        ::fdatasync(::fileno(file));
        times.push_back(now_ms() - begun);
    }
    std::fclose(file);
    std::remove(path.c_str());
    return quantile(times, 0.5);
}

Meter::Meter(pid_t other)
    : pid_(other), wall_(now_ms()), own_(own_cpu_ms()), other_(cpu_ms(other)) {}

std::string Meter::cpu() const {
    char text[80];
    std::snprintf(text, sizeof text, "CPU here %.2f s, at central %.2f s", own_ms() / 1000,
                  other_ms() / 1000);
    return text;
}

}  // namespace showfloor::bench
