// showfloor-bench: measures the first rows of the design's quality page over real processes and
// loopback TLS, prints figure | goal | stored baseline | ratio, and writes JSON.
//
//   showfloor-bench [--cars 50000] [--sales 1000] [--json FILE] [--baselines FILE] [--no-window]
//
// The dealership is made by central's own library; `serve` and `run` are the real programs.

#include <cstdio>
#include <fstream>

#include "base/command_line.hpp"
#include "base/file.hpp"
#include "base/json.hpp"
#include "crypto/crypto.hpp"
#include "tools/bench/bench.hpp"

namespace {

using namespace showfloor;

constexpr std::size_t kMostBaselines = 64 * 1024;

void print(const bench::Figure& figure, const base::Json& baselines) {
    const auto baseline = baselines.find(figure.name);
    const bool known = baseline != baselines.end() && baseline->is_number();
    char against[48] = "-", ratio[48] = "-";
    if (known) {
        const double stored = baseline->get<double>();
        std::snprintf(against, sizeof against, "%.4g", stored);
        if (stored != 0) std::snprintf(ratio, sizeof ratio, "%.2f", figure.value / stored);
    }
    std::printf("%-46s %12.4g %-8s %s %-10.4g %-8s %12s %8s\n", figure.name.c_str(), figure.value,
                figure.unit.c_str(), figure.at_least ? ">=" : "<=", figure.goal,
                figure.met() ? "met" : "NOT MET", against, ratio);
    std::fflush(stdout);
}

base::Json to_json(const bench::Figure& figure) {
    return {{"name", figure.name}, {"value", figure.value}, {"unit", figure.unit},
            {"goal", figure.goal}, {"met", figure.met()},   {"at_least", figure.at_least},
            {"note", figure.note}};
}

}  // namespace

int main(int count, char** words) {
    const base::CallSpec spec{"bench",
                              "",
                              0,
                              {"cars", "sales", "json", "baselines"},
                              {},
                              {"no-window", "help"},
                              "measures ours against the goals"};
    const auto arguments = base::Arguments::parse(spec, {words + 1, words + count});
    if (!arguments || arguments->has("help")) {
        std::fputs(base::help_of("showfloor-bench", {spec}).c_str(), stdout);
        return arguments ? base::kExitDone : base::kExitUsage;
    }
    const auto cars = arguments->number("cars", 50'000, 100, 500'000);
    const auto sales = arguments->number("sales", 1'000, 10, 50'000);
    if (!cars || !sales || *sales > *cars) {
        std::fputs("showfloor-bench: --cars and --sales are numbers, not more sales than cars.\n",
                   stderr);
        return base::kExitUsage;
    }
    base::Json baselines = base::Json::object();
    if (arguments->has("baselines")) {
        const auto text = base::read_file(arguments->get("baselines"), kMostBaselines);
        const auto json =
            text ? base::parse_json(*text, kMostBaselines) : base::Result<base::Json>(text.error());
        if (!json) {
            std::fprintf(stderr, "showfloor-bench: %s\n", json.error().message.c_str());
            return base::kExitUsage;
        }
        baselines = *json;
    }
    if (const auto ready = crypto::initialise(); !ready) return base::kExitFailed;
    std::printf("%-46s %12s %-8s    %-10s %-8s %12s %8s\n", "figure", "measured", "unit", "goal",
                "", "baseline", "ratio");
    base::Json figures = base::Json::array();
    const auto measured = bench::measure(
        {static_cast<int>(*cars), static_cast<int>(*sales), !arguments->has("no-window")},
        [&](const bench::Figure& figure) {
            print(figure, baselines);
            figures.push_back(to_json(figure));
        });
    if (arguments->has("json")) {
        std::ofstream(arguments->get("json")) << base::Json{{"figures", figures}}.dump(2) << "\n";
    }
    if (measured) return base::kExitDone;
    std::fprintf(stderr, "showfloor-bench: %s\n", measured.error().message.c_str());
    return base::kExitFailed;
}
