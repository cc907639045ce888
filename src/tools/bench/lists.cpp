// What people at a desk wait for: lists, the dashboard and the search box, asked over REST on one
// kept-alive connection, as a browser would, with 100,000 of each kind at central.

#include <algorithm>

#include "base/json.hpp"
#include "tools/bench/meter.hpp"
#include "tools/bench/sections.hpp"

namespace showfloor::bench {

namespace {

using Kind = Figure::Kind;

// One connection with a token; every answer is looked at, so that nothing empty counts as quick.
class Asker {
   public:
    Asker(Stage& stage, std::string bearer)
        : stage_(stage), bearer_(std::move(bearer)), client_({stage.authority(), {}, {}}) {}

    // The milliseconds the answer took; fails unless its `member` has something in it.
    base::Result<double> ask(const std::string& path, const char* member) {
        net::ClientRequest request;
        request.url = stage_.rest_url() + "/api/v1/" + path;
        request.headers["Authorization"] = bearer_;
        const double begun = now_ms();
        const auto answer = client_.perform(std::move(request));
        const double took = now_ms() - begun;
        if (!answer) return answer.error();
        if (answer->status != 200)
            return base::fail("GET " + path + " answered " + std::to_string(answer->status) + ".");
        constexpr std::size_t kMostBytes = 4UL << 20;
        SHOWFLOOR_ASSIGN(last_, base::parse_json(answer->body, kMostBytes));
        if (last_.value(member, base::Json::array()).empty())
            return base::fail("GET " + path + " found nothing.");
        return took;
    }
    [[nodiscard]] const base::Json& last() const { return last_; }

   private:
    Stage& stage_;
    std::string bearer_;
    net::HttpClient client_;
    base::Json last_;
};

base::Result<void> measure_list(Asker& asker, Stage& stage, const Tell& tell) {
    const char* const filters[] = {"",
                                   "&make=Toyota",
                                   "&availability=in_stock&transmission=manual",
                                   "&body_style=suv&fuel_type=petrol",
                                   "&price_minor_min=100000000&price_minor_max=150000000",
                                   "&make=BMW&color=red&year_min=2015",
                                   "&make=Toyota&model=Hilux&color=blue",
                                   "&fuel_type=diesel&mileage_max=40000",
                                   "&color=green&drive_type=awd&transmission=automatic"};
    const char* const sorts[] = {"price_minor", "-price_minor", "-year", "mileage", "-created_at"};
    std::vector<double> times;
    std::string slowest;
    double most = 0;
    const Meter meter(stage.server().pid());
    constexpr int kRounds = 4;
    for (int round = 0; round < kRounds; ++round) {
        for (const std::string filter : filters) {
            for (const std::string sort : sorts) {
                std::string path = "cars?limit=100&sort=" + sort + filter;
                // A page, and the page behind it.
                for (int page = 0; page < 2; ++page) {
                    SHOWFLOOR_ASSIGN(const double took, asker.ask(path, "data"));
                    times.push_back(took);
                    if (took > most) most = took, slowest = path.substr(0, 90);
                    const base::Json cursor = asker.last().value("cursor", base::Json::object());
                    const std::string next = base::text_member(cursor, "next");
                    if (next.empty()) break;
                    path = "cars?limit=100&sort=" + sort + filter + "&cursor=" + next;
                }
            }
        }
    }
    const auto count = static_cast<double>(times.size());
    tell({"list: 100 of 100,000 cars, p99", quantile(times, 0.99), "ms", 10, Kind::kAtMost,
          std::to_string(times.size()) + " pages with filters and an order; median " +
              std::to_string(quantile(times, 0.5)) + " ms, central's CPU " +
              std::to_string(meter.other_ms() / count) + " ms each; slowest " + slowest});
    return {};
}

base::Result<void> measure_dashboard(Asker& asker, Stage& stage, const Tell& tell) {
    std::vector<double> times;
    constexpr int kTimes = 20;
    const Meter meter(stage.server().pid());
    for (int i = 0; i < kTimes; ++i) {
        SHOWFLOOR_ASSIGN(const double took, asker.ask("dashboard", "sales_by_month"));
        times.push_back(took);
    }
    tell({"dashboard: p50", quantile(times, 0.5), "ms", 100, Kind::kAtMost,
          "100,000 sales, cars, invoices and reports; nothing cached; central's CPU " +
              std::to_string(meter.other_ms() / kTimes) + " ms each, slowest " +
              std::to_string(quantile(times, 1)) + " ms"});
    return {};
}

base::Result<void> measure_box(Asker& asker, Stage& stage, const Tell& tell) {
    SHOWFLOOR_ASSIGN(const double first, asker.ask("search?q=toyota", "data"));
    std::vector<double> times;
    const Meter meter(stage.server().pid());
    for (const std::string words : {"toyota hilux", "volkswagen", "amina otieno", "nbo-b1-inv",
                                    "mercedes", "grace wanjiru 4726", "subaru", "peter mwangi"}) {
        for (std::size_t length = 1; length <= words.size(); ++length) {
            if (words[length - 1] == ' ') continue;
            std::string path = "search?q=";
            for (const char c : words.substr(0, length))
                path += c == ' ' ? std::string("%20") : std::string(1, c);
            SHOWFLOOR_ASSIGN(const double took, asker.ask(path, "data"));
            times.push_back(took);
        }
    }
    tell({"search box: p99", quantile(times, 0.99), "ms", 20, Kind::kAtMost,
          "every prefix, over 100,000 cars, customers and invoices; median " +
              std::to_string(quantile(times, 0.5)) + " ms, central's CPU " +
              std::to_string(meter.other_ms() / static_cast<double>(times.size())) +
              " ms each; the first look, which reads all words, took " +
              std::to_string(static_cast<int>(first)) + " ms"});
    return {};
}

}  // namespace

base::Result<void> measure_lists(Stage& stage, int each, const Tell& tell) {
    stage.go_away();
    SHOWFLOOR_TRY(stage.grow(each));
    SHOWFLOOR_TRY(stage.serve());
    SHOWFLOOR_ASSIGN(std::string bearer, bearer_of_admin(stage));
    Asker asker(stage, std::move(bearer));
    SHOWFLOOR_TRY(measure_list(asker, stage, tell));
    SHOWFLOOR_TRY(measure_dashboard(asker, stage, tell));
    return measure_box(asker, stage, tell);
}

}  // namespace showfloor::bench
