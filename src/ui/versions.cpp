#include "ui/versions.hpp"

#include <GLFW/glfw3.h>
#include <ft2build.h>
#include <imgui.h>
#include FT_FREETYPE_H

namespace showfloor::ui {

std::string library_versions() {
    const auto dotted = [](int a, int b, int c) {
        return std::to_string(a) + "." + std::to_string(b) + "." + std::to_string(c);
    };
    int major = 0, minor = 0, patch = 0;
    glfwGetVersion(&major, &minor, &patch);
    std::string versions = "Dear ImGui " IMGUI_VERSION ", GLFW ";
    versions += dotted(major, minor, patch);
    versions += ", FreeType ";
    versions += dotted(FREETYPE_MAJOR, FREETYPE_MINOR, FREETYPE_PATCH);
    return versions;
}

}  // namespace showfloor::ui
