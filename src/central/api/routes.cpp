#include <algorithm>

#include "base/check.hpp"
#include "central/api/goods.hpp"
#include "central/api/reports.hpp"

namespace showfloor::central {

namespace {

constexpr std::size_t kMostSegments = 8;  // our longest path has five

// "/api/v1/cars" -> {"api", "v1", "cars"}; nullopt when it has more than any of ours.
std::optional<std::vector<std::string_view>> segments_of(std::string_view path) {
    std::vector<std::string_view> segments;
    if (!path.starts_with('/')) return std::nullopt;
    path.remove_prefix(1);
    while (true) {
        const auto slash = path.find('/');
        segments.push_back(path.substr(0, slash));
        if (segments.size() > kMostSegments) return std::nullopt;
        if (slash == std::string_view::npos) return segments;
        path.remove_prefix(slash + 1);
    }
}

bool is_parameter(std::string_view segment) {
    return segment.starts_with('{');
}

struct Compiled {
    const Route* route;
    std::vector<std::string_view> segments;
};

const std::vector<Compiled>& compiled() {
    static const std::vector<Compiled> table = [] {
        std::vector<Compiled> made;
        for (const Route& route : routes())
            made.push_back({&route, *segments_of(route.path)});
        // What is spelled out goes before what stands for anything: /cars/export before /cars/{id}.
        std::stable_sort(made.begin(), made.end(), [](const Compiled& a, const Compiled& b) {
            const auto open = [](const Compiled& one) {
                return std::count_if(one.segments.begin(), one.segments.end(), is_parameter);
            };
            return open(a) < open(b);
        });
        return made;
    }();
    return table;
}

bool fits(const Compiled& entry, const std::vector<std::string_view>& path, std::string& id) {
    if (entry.segments.size() != path.size()) return false;
    for (std::size_t i = 0; i < path.size(); ++i) {
        if (is_parameter(entry.segments[i])) {
            if (path[i].empty()) return false;
            continue;
        }
        if (entry.segments[i] != path[i]) return false;
    }
    for (std::size_t i = 0; i < path.size(); ++i) {
        if (is_parameter(entry.segments[i])) id = std::string(path[i]);
    }
    return true;
}

}  // namespace

const std::vector<Route>& routes() {
    static const std::vector<Route> table = [] {
        std::vector<Route> all;
        add_public_routes(all);
        add_auth_routes(all);
        add_read_routes(all);
        add_write_routes(all);
        add_paper_routes(all);
        add_document_routes(all);
        add_vin_routes(all);
        add_figure_routes(all);
        add_csv_routes(all);
        add_report_routes(all);
        add_system_routes(all);
        return all;
    }();
    return table;
}

Match find_route(std::string_view method, std::string_view path) {
    Match match;
    const auto segments = segments_of(path);
    if (!segments) return match;
    for (const Compiled& entry : compiled()) {
        std::string id;
        if (!fits(entry, *segments, id)) continue;
        if (entry.route->method == method) {
            match.route = entry.route;
            match.id = std::move(id);
            return match;
        }
        match.allowed += (match.allowed.empty() ? "" : ", ") + std::string(entry.route->method);
    }
    return match;
}

}  // namespace showfloor::central
