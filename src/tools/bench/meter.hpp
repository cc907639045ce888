#pragma once
// What the clocks and /proc say: the machine is shared, so CPU time stands beside wall time.
// Thread contract: values; the main thread.

#include <sys/types.h>

#include <string>
#include <vector>

namespace showfloor::bench {

[[nodiscard]] double now_ms();
// The value below which a share of `q` lies; 0 of none.
[[nodiscard]] double quantile(std::vector<double> values, double q);

// User and system time used so far, in milliseconds; of a process (ticks of 10 ms), or of this one.
[[nodiscard]] double cpu_ms(pid_t pid);
[[nodiscard]] double own_cpu_ms();
[[nodiscard]] double thread_cpu_ms();  // of the calling thread
// Proportional memory in MB; a file of /proc/PID/smaps_rollup may name several.
[[nodiscard]] double pss_mb(pid_t pid);
[[nodiscard]] double load_average();
// What one commit costs on this disk: the median of files of 4 KB written and fsynced, in ms.
[[nodiscard]] double fsync_ms(const std::string& folder);

// From its making on: wall time, CPU of this process, and CPU of another.
class Meter {
   public:
    explicit Meter(pid_t other);
    [[nodiscard]] double wall_ms() const { return now_ms() - wall_; }
    [[nodiscard]] double own_ms() const { return own_cpu_ms() - own_; }
    [[nodiscard]] double other_ms() const { return cpu_ms(pid_) - other_; }
    // "CPU here 0.21 s, at central 0.44 s"
    [[nodiscard]] std::string cpu() const;

   private:
    pid_t pid_;
    double wall_, own_, other_;
};

}  // namespace showfloor::bench
