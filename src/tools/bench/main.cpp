// showfloor-bench: measures the rows of the design's quality page over real processes and
// loopback TLS, prints figure | goal | stored baseline | ratio, and writes JSON.
//
//   showfloor-bench [--cars 50000] [--sales 1000] [--only fill,sales,...] [--full]
//                   [--json FILE] [--baselines FILE]
//
// The dealership is made by central's own library; `serve` and `run` are the real programs.

#include <GLFW/glfw3.h>
#include <unistd.h>

#include <cstdio>
#include <fstream>

#include "base/command_line.hpp"
#include "base/file.hpp"
#include "base/json.hpp"
#include "base/log.hpp"
#include "crypto/crypto.hpp"
#include "tools/bench/bench.hpp"
#include "tools/bench/meter.hpp"

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
    const bool told = figure.kind == bench::Figure::Kind::kTold;
    char goal[48] = "";
    if (!told)
        std::snprintf(goal, sizeof goal, "%s %.4g",
                      figure.kind == bench::Figure::Kind::kAtLeast ? ">=" : "<=", figure.goal);
    std::printf("%-46s %12.4g %-8s %-12s %-8s %10s %8s\n", figure.name.c_str(), figure.value,
                figure.unit.c_str(), goal,
                told           ? ""
                : figure.met() ? "met"
                               : "NOT MET",
                against, ratio);
    if (!figure.note.empty()) std::printf("    %s\n", figure.note.c_str());
    std::fflush(stdout);
}

base::Json to_json(const bench::Figure& figure) {
    return {{"name", figure.name},
            {"value", figure.value},
            {"unit", figure.unit},
            {"goal", figure.goal},
            {"met", figure.met()},
            {"at_least", figure.kind == bench::Figure::Kind::kAtLeast},
            {"has_goal", figure.kind != bench::Figure::Kind::kTold},
            {"note", figure.note}};
}

// What a window costs by itself, to be taken off ours.
int empty_window() {
    if (glfwInit() == GLFW_FALSE) return base::kExitFailed;
    glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, 3);
    glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, 3);
    GLFWwindow* window = glfwCreateWindow(1920, 1080, "empty", nullptr, nullptr);
    if (window == nullptr) return base::kExitFailed;
    glfwMakeContextCurrent(window);
    for (int i = 0; i < 3; ++i) {
        glClearColor(1, 1, 1, 1);
        glClear(GL_COLOR_BUFFER_BIT);
        glfwSwapBuffers(window);
    }
    while (glfwWindowShouldClose(window) == GLFW_FALSE)
        glfwWaitEvents();
    return base::kExitDone;
}

}  // namespace

int main(int count, char** words) {
    const base::CallSpec spec{"bench",
                              "",
                              0,
                              {"cars", "sales", "minutes", "only", "json", "baselines"},
                              {},
                              {"full", "empty-window", "help"},
                              "measures ours against the goals"};
    const auto arguments = base::Arguments::parse(spec, {words + 1, words + count});
    if (!arguments || arguments->has("help")) {
        std::fputs(base::help_of("showfloor-bench", {spec}).c_str(), stdout);
        return arguments ? base::kExitDone : base::kExitUsage;
    }
    const auto cars =
        arguments->number("cars", arguments->has("full") ? 200'000 : 50'000, 100, 500'000);
    const auto sales = arguments->number("sales", 1'000, 10, 50'000);
    const auto minutes = arguments->number("minutes", arguments->has("full") ? 10 : 1, 0, 24 * 60);
    if (!cars || !sales || !minutes || *sales > *cars) {
        std::fputs(
            "showfloor-bench: --cars, --sales and --minutes are numbers, not more sales than "
            "cars.\n",
            stderr);
        return base::kExitUsage;
    }
    if (arguments->has("empty-window")) return empty_window();
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
    bench::Size size{static_cast<int>(*cars), static_cast<int>(*sales)};
    size.minutes = static_cast<int>(*minutes);
    for (std::string rest = arguments->get("only"); !rest.empty();) {
        const auto comma = rest.find(',');
        size.only.insert(rest.substr(0, comma));
        rest = comma == std::string::npos ? "" : rest.substr(comma + 1);
    }
    base::log_to("/dev/null", base::LogLevel::kError);  // tries while central is away are no news
    std::printf("%ld cores, load average %.1f: what else runs here slows every figure\n",
                ::sysconf(_SC_NPROCESSORS_ONLN), bench::load_average());
    std::printf("%-46s %12s %-8s %-12s %-8s %10s %8s\n", "figure", "measured", "unit", "goal", "",
                "baseline", "ratio");
    base::Json figures = base::Json::array();
    const auto measured = bench::measure(size, [&](const bench::Figure& figure) {
        print(figure, baselines);
        figures.push_back(to_json(figure));
    });
    std::printf("load average at the end %.1f\n", bench::load_average());
    if (arguments->has("json")) {
        std::ofstream(arguments->get("json")) << base::Json{{"figures", figures}}.dump(2) << "\n";
    }
    if (measured) return base::kExitDone;
    std::fprintf(stderr, "showfloor-bench: %s\n", measured.error().message.c_str());
    return base::kExitFailed;
}
