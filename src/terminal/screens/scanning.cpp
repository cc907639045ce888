#include "terminal/screens/scanning.hpp"

#include <algorithm>
#include <cctype>

#include "text/bidi.hpp"
#include "text/utf8.hpp"

namespace showfloor::terminal {

namespace {

constexpr std::size_t kMostCode = 64;   // longer is no VIN and no stock number
constexpr std::size_t kMostShown = 24;  // of a code that nobody knows
constexpr std::size_t kMostAlike = 20;

std::string upper(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](unsigned char c) { return c < 128 ? std::toupper(c) : c; });
    return text;
}

}  // namespace

std::string car_code_of(std::string_view scanned, std::string_view central_address) {
    const std::string ours = std::string(central_address) + "/c/";
    if (!central_address.empty() && scanned.starts_with(ours)) {
        scanned.remove_prefix(ours.size());
        scanned = scanned.substr(0, scanned.find_first_of(",?#/"));
    }
    return std::string(scanned);
}

void find_scanned(Shell& shell, const std::string& scanned,
                  std::function<void(const base::Uuid&)> found) {
    const std::string code = car_code_of(scanned, shell.app.central_address());
    auto car = std::make_shared<base::Uuid>();
    if (code.empty() || code.size() > kMostCode) {
        shell.app.read([](domain::World&) {}, [found, car] { found(*car); });
        return;
    }
    shell.app.read(
        [car, code](domain::World& world) {
            for (const char* field : {"vin", "stock_number"}) {
                for (const std::string& as : {code, upper(code)}) {
                    const auto all =
                        world.find<domain::Car>({.where = {{field, as}}, .limit = kMostAlike});
                    for (const domain::Car& one : all) {
                        if (one.archived) continue;
                        *car = one.id;
                        // Of two with one number, the one that is here to be bought.
                        if (one.availability != domain::Availability::kSold) return;
                    }
                    if (!car->is_nil()) return;
                }
            }
        },
        [found, car] { found(*car); });
}

std::string unknown_scan(const text::Strings& strings, const App& app, const std::string& scanned) {
    if (app.link().unreadable) return strings.get("link.unreadable");
    std::string shown = scanned;
    if (shown.size() > kMostShown) {
        std::size_t end = 0;
        while (text::next_boundary(shown, end) <= kMostShown)
            end = text::next_boundary(shown, end);
        shown = shown.substr(0, end) + "…";
    }
    return strings.get("browse.scan_unknown", {{"code", text::isolated(strings.locale(), shown)}});
}

}  // namespace showfloor::terminal
