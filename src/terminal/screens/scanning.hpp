#pragma once
// What a barcode scanner reads on a car: its VIN, its stock number, or the code that My picks hands
// out (the address of central's public page). Thread contract: UI thread.

#include <functional>
#include <string>
#include <string_view>

#include "terminal/screens/shell.hpp"

namespace showfloor::terminal {

// The VIN or stock number in what was read: of an address of this house the first car's.
[[nodiscard]] std::string car_code_of(std::string_view scanned, std::string_view central_address);
// Which car bears it; `found` hears nil when none does. Sold ones are found too.
void find_scanned(Shell& shell, const std::string& scanned,
                  std::function<void(const base::Uuid&)> found);
// That no car bears what was read; or that nobody can tell just now.
[[nodiscard]] std::string unknown_scan(const text::Strings& strings, const App& app,
                                       const std::string& scanned);

}  // namespace showfloor::terminal
