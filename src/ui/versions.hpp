#pragma once
// What the window stands on, for --version. Thread contract: any thread.

#include <string>

namespace showfloor::ui {

// "Dear ImGui 1.92.2b, GLFW 3.3.8, FreeType 2.12.1"
[[nodiscard]] std::string library_versions();

}  // namespace showfloor::ui
