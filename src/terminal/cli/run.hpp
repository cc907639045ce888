#pragma once
// What the call "run" makes of its options. Thread contract: the main thread.

#include "base/command_line.hpp"
#include "base/result.hpp"
#include "ui/window.hpp"

namespace showfloor::terminal::cli {

// kInvalid names the option that is wrong, and what it takes.
base::Result<ui::Window::Options> window_options(const base::Arguments& arguments);

}  // namespace showfloor::terminal::cli
