#pragma once
// The gallery: every part of the toolkit in its states, themes and directions, without a
// dealership.
//   showfloor-terminal run --gallery [--windowed 1600x900] [--locale ar] [--theme night]
//   [--tour DIR writes every page as a PNG, in every theme and language]
// Thread contract: the main thread.

#include <string>

#include "base/result.hpp"
#include "ui/window.hpp"

namespace showfloor::terminal {

// Until the window is closed; with a folder, until every page was written there.
base::Result<void> show_gallery(const ui::Window::Options& options, const std::string& folder,
                                const std::string& locale, const std::string& theme);

}  // namespace showfloor::terminal
