#include "ui/letters_texture.hpp"

#include <GL/gl.h>
#include <imgui.h>

#include "base/check.hpp"

namespace showfloor::ui {

namespace {

// OpenGL's enums of later versions than the system's header.
constexpr GLint kClampToEdge = 0x812F, kOneByte = 0x8229;
constexpr GLenum kSwizzles[] = {0x8E42, 0x8E43, 0x8E44};  // of red, green and blue
constexpr GLenum kSwizzleAlpha = 0x8E45;

void make(ImTextureData& letters) {
    GLuint name = 0;
    glGenTextures(1, &name);
    glBindTexture(GL_TEXTURE_2D, name);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, kClampToEdge);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, kClampToEdge);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_LINEAR);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_LINEAR);
    for (const GLenum swizzle : kSwizzles)
        glTexParameteri(GL_TEXTURE_2D, swizzle, GL_ONE);
    glTexParameteri(GL_TEXTURE_2D, kSwizzleAlpha, GL_RED);
    glTexImage2D(GL_TEXTURE_2D, 0, kOneByte, letters.Width, letters.Height, 0, GL_RED,
                 GL_UNSIGNED_BYTE, letters.Pixels);
    letters.SetTexID(name);
}

void change(ImTextureData& letters) {
    glBindTexture(GL_TEXTURE_2D, static_cast<GLuint>(letters.TexID));
    glPixelStorei(GL_UNPACK_ROW_LENGTH, letters.Width);
    for (const ImTextureRect& part : letters.Updates)
        glTexSubImage2D(GL_TEXTURE_2D, 0, part.x, part.y, part.w, part.h, GL_RED, GL_UNSIGNED_BYTE,
                        letters.GetPixelsAt(part.x, part.y));
    glPixelStorei(GL_UNPACK_ROW_LENGTH, 0);
}

}  // namespace

void update_letters(ImTextureData& letters) {
    if (letters.Status == ImTextureStatus_WantDestroy && letters.UnusedFrames > 0) {
        const auto name = static_cast<GLuint>(letters.TexID);
        glDeleteTextures(1, &name);
        letters.SetTexID(ImTextureID_Invalid);
        letters.SetStatus(ImTextureStatus_Destroyed);
        return;
    }
    const bool fresh = letters.Status == ImTextureStatus_WantCreate;
    if (!fresh && letters.Status != ImTextureStatus_WantUpdates) return;
    SHOWFLOOR_CHECK(letters.Format == ImTextureFormat_Alpha8, "an atlas of one byte a pixel");
    GLint before = 0;
    glGetIntegerv(GL_TEXTURE_BINDING_2D, &before);
    glPixelStorei(GL_UNPACK_ALIGNMENT, 1);
    fresh ? make(letters) : change(letters);
    glBindTexture(GL_TEXTURE_2D, static_cast<GLuint>(before));
    letters.SetStatus(ImTextureStatus_OK);
}

}  // namespace showfloor::ui
