"""From renderings to files: noise out, layers apart, written as JPEG."""
import bpy
import numpy as np


def load(path):
    image = bpy.data.images.load(path)
    image.colorspace_settings.name = "Raw" if "Raw" in [
        c.name for c in bpy.types.ColorManagedInputColorspaceSettings.bl_rna.properties[
            "name"].enum_items] else "Non-Color"
    w, h = image.size
    pixels = np.empty(w * h * 4, dtype=np.float32)
    image.pixels.foreach_get(pixels)
    bpy.data.images.remove(image)
    return pixels.reshape(h, w, 4)[::-1, :, :3].copy()


def save(path, rgb8, quality=None):
    h, w, _ = rgb8.shape
    image = bpy.data.images.new("out", w, h)
    image.colorspace_settings.name = "Raw"
    full = np.ones((h, w, 4), dtype=np.float32)
    full[:, :, :3] = rgb8[::-1].astype(np.float32) / 255
    image.pixels.foreach_set(full.ravel())
    image.filepath_raw = path
    image.file_format = "JPEG" if path.endswith(".jpg") else "PNG"
    image.save(quality=quality or 90)
    bpy.data.images.remove(image)


def to_srgb(v):
    v = np.clip(v, 0, 1)
    return np.where(v <= 0.0031308, v * 12.92, 1.055 * v ** (1 / 2.4) - 0.055)


def from_srgb(v):
    return np.where(v <= 0.04045, v / 12.92, ((v + 0.055) / 1.055) ** 2.4)


def shoulder(v):
    """Linear to 0.7, then ever closer to 1."""
    return np.where(v < 0.7, v, 1 - 0.3 * np.exp(-(np.maximum(v, 0.7) - 0.7) / 0.3))


def layers(beauty):
    """The picture with black paint, and what white paint would add."""
    r, g, b = (beauty[:, :, i] for i in range(3))
    base = np.stack([g, b, b], 2)
    paint = np.maximum(r - g, 0) / 0.8
    return base, paint


def tinted(base, paint, color):
    rgb = from_srgb(np.array([int(color[i:i + 2], 16) for i in (1, 3, 5)]) / 255)
    return to_srgb(shoulder(base + paint[:, :, None] * rgb))


def preview(files, path, color):
    base, paint = layers(load(files["beauty"]))
    save(path, np.round(tinted(base, paint, color) * 255).astype(np.uint8))
