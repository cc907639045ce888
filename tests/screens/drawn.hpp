#pragma once
// Which pictures the last frame of a stage really drew, and where: from what it would hand to the
// graphics card. Thread contract: one test at a time.

#include <imgui.h>

#include <algorithm>
#include <map>
#include <optional>
#include <vector>

#include "screen_stage.hpp"

namespace showfloor::test {

struct DrawnPicture {
    NoTextures::Made made;
    ui::Rect rect;  // dp, also what of it lies outside of the screen
};

// Each picture once, whatever pieces of it were drawn; in no order.
inline std::vector<DrawnPicture> drawn_pictures(const ScreenStage& stage) {
    std::map<ui::TextureId, ImVec4> places;  // least x and y, most x and y
    const ImDrawData* data = ImGui::GetDrawData();
    REQUIRE(data != nullptr);
    for (const ImDrawList* list : data->CmdLists)
        for (const ImDrawCmd& command : list->CmdBuffer) {
            const auto texture = static_cast<ui::TextureId>(command.GetTexID());
            if (!stage.maker.made(texture)) continue;
            for (unsigned i = 0; i < command.ElemCount; ++i) {
                const ImDrawIdx index = list->IdxBuffer[static_cast<int>(command.IdxOffset + i)];
                const ImVec2 at = list->VtxBuffer[static_cast<int>(command.VtxOffset + index)].pos;
                const auto [found, fresh] = places.try_emplace(texture, at.x, at.y, at.x, at.y);
                ImVec4& place = found->second;
                place = {std::min(place.x, at.x), std::min(place.y, at.y), std::max(place.z, at.x),
                         std::max(place.w, at.y)};
            }
        }
    std::vector<DrawnPicture> drawn;
    const float scale = stage.stage->scale();
    for (const auto& [texture, place] : places)
        drawn.push_back({*stage.maker.made(texture),
                         {place.x / scale, place.y / scale, (place.z - place.x) / scale,
                          (place.w - place.y) / scale}});
    return drawn;
}

// The one of this colour, which JPEG may have moved a little.
inline std::optional<ui::Rect> place_of_picture(const ScreenStage& stage, imaging::Rgb color) {
    const auto near = [](int a, int b) { return std::abs(a - b) <= 12; };
    for (const DrawnPicture& each : drawn_pictures(stage))
        if (near(each.made.color.r, color.r) && near(each.made.color.g, color.g) &&
            near(each.made.color.b, color.b))
            return each.rect;
    return std::nullopt;
}

}  // namespace showfloor::test
