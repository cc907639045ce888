#pragma once
// The atlas of letters on the graphics side: one byte a pixel, how much ink there is. Dear ImGui's
// own takes four. Thread contract: UI thread, with the window's context.

struct ImTextureData;

namespace showfloor::ui {

// Makes, changes or frees what the atlas asks for.
void update_letters(ImTextureData& letters);

}  // namespace showfloor::ui
