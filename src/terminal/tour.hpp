#pragma once
// The tour: a scripted visit with the same events a finger and a keyboard make, one picture a step,
// and after each step what must hold by then. Nothing in it sleeps for a fixed time: it waits until
// something holds, or says in one line what did not. Thread contract: the main thread.

#include <functional>
#include <string>

#include "terminal/screens/shell.hpp"
#include "ui/window.hpp"

namespace showfloor::terminal {

// Plays the visit and writes NN_name.png into `folder`. The logins come from the JSON file that
// SHOWFLOOR_TOUR_LOGINS names (as `init --demo --json` prints it). The exit code: 0 when all held.
int play_tour(Shell& shell, ui::Window& window, const std::function<void(ui::Context&)>& draw,
              const std::string& folder);

}  // namespace showfloor::terminal
