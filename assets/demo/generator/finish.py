"""From renderings to files: noise out, layers apart, brought to size, written as JPEG."""
import bpy
import numpy as np

SIZE = (1600, 1000)
RANGE = 1.5    # linear value that 255 stands for
GAIN = 1.45    # exposure


def load(path):
    image = bpy.data.images.load(path)
    image.colorspace_settings.name = "Raw"
    w, h = image.size
    pixels = np.empty(w * h * 4, dtype=np.float32)
    image.pixels.foreach_get(pixels)
    bpy.data.images.remove(image)
    return pixels.reshape(h, w, 4)[::-1, :, :3].copy()


def save(path, values, quality=90):
    """`values` 0 to 1 as they shall stand in the file; one or three channels."""
    if values.ndim == 2:
        values = np.repeat(values[:, :, None], 3, 2)
    h, w, _ = values.shape
    image = bpy.data.images.new("out", w, h)
    image.colorspace_settings.name = "Raw"
    full = np.ones((h, w, 4), dtype=np.float32)
    full[:, :, :3] = np.round(np.clip(values[::-1], 0, 1) * 255) / 255
    image.pixels.foreach_set(full.ravel())
    image.filepath_raw = path
    image.file_format = "JPEG" if path.endswith(".jpg") else "PNG"
    bpy.context.scene.render.image_settings.file_format = image.file_format
    bpy.context.scene.render.image_settings.quality = quality
    image.save()
    bpy.data.images.remove(image)


def to_srgb(v):
    v = np.clip(v, 0, 1)
    return np.where(v <= 0.0031308, v * 12.92, 1.055 * v ** (1 / 2.4) - 0.055)


def from_srgb(v):
    return np.where(v <= 0.04045, v / 12.92, ((v + 0.055) / 1.055) ** 2.4)


def shoulder(v):
    """Linear to 0.7, then ever closer to 1."""
    return np.where(v < 0.7, v, 1 - 0.3 * np.exp(-(np.maximum(v, 0.7) - 0.7) / 0.3))


def shifted(a, dx, dy):
    """The neighbour at that distance; edges repeat."""
    h, w = a.shape[:2]
    return a[np.clip(np.arange(h) + dy, 0, h - 1)][:, np.clip(np.arange(w) + dx, 0, w - 1)]


def quiet(beauty, albedo, normal, room, glass, strength):
    """Noise out: an edge-stopping a-trous filter. Neighbours count as far as their surface faces
    the same way, is of the same stuff and is about as bright; on the room's walls more."""
    c = np.sqrt(np.clip(beauty, 0, 8)).astype(np.float32)
    # What glass shows and mirrors by turns would lead the filter astray.
    solid = 1 - glass[:, :, None]
    n = normal * solid
    a = np.concatenate([albedo * solid, room[:, :, None], glass[:, :, None]], 2)
    wall = np.where(room > 0.98, 2.5, 1.0).astype(np.float32)
    # Lone sparks first: no point is brighter than its second brightest neighbour allows.
    near = np.stack([shifted(c, dx, dy).mean(2) for dx in (-1, 0, 1) for dy in (-1, 0, 1)
                     if dx or dy])
    limit = np.sort(near, 0)[-2] * 1.15 + 0.02
    c *= np.minimum(1, limit / np.maximum(c.mean(2), 1e-4))[:, :, None]
    c = c.transpose(2, 0, 1)
    guides = [g / 0.11 for g in n.transpose(2, 0, 1)] + [g / 0.077 for g in a.transpose(2, 0, 1)]
    h, w = c.shape[1:]
    for level in range(5):
        step = 1 << level
        sharp = (1 / (strength * wall * (1.0 if level == 0 else 0.55**level * 1.4))) ** 2
        if level == 0:
            p = np.pad(c, ((0, 0), (1, 1), (1, 1)), "edge")
            guide = (c + p[:, 1:-1, 2:] + p[:, 1:-1, :-2] + p[:, 2:, 1:-1] + p[:, :-2, 1:-1]) / 5
        else:
            guide = c
        wide = [np.pad(g, step, "edge") for g in guides]
        wide_c = [np.pad(g, step, "edge") for g in c]
        wide_guide = [np.pad(g, step, "edge") for g in guide]
        total = np.zeros_like(c)
        weight = np.zeros((h, w), np.float32)
        for ky in (-1, 0, 1):
            for kx in (-1, 0, 1):
                at = (slice(step + ky * step, step + ky * step + h),
                      slice(step + kx * step, step + kx * step + w))
                d = np.zeros((h, w), np.float32)
                for g, far in zip(guide, wide_guide):
                    d += np.square(g - far[at])
                d *= sharp
                for g, far in zip(guides, wide):
                    d += np.square(g - far[at])
                k = np.exp(-d)
                if level == 0:  # a little across edges too, or they stay ragged
                    k = np.maximum(k, np.float32(0.06))
                k *= np.float32((0.5, 0.25)[abs(kx)] * (0.5, 0.25)[abs(ky)])
                for t, far in zip(total, wide_c):
                    t += far[at] * k
                weight += k
        c = total / weight
    c = combed(c.transpose(1, 2, 0), np.concatenate([n * 0.3, a * 0.3], 2))
    return c * c


def blurred(a, times):
    for _ in range(times):
        a = (a + shifted(a, 1, 0) * 0.5 + shifted(a, -1, 0) * 0.5) / 2
        a = (a + shifted(a, 0, 1) * 0.5 + shifted(a, 0, -1) * 0.5) / 2
    return a


def combed(c, guides):
    """Edges made even: where colours and surfaces say that there is an edge, each point becomes the
    mean of its neighbours along it."""
    xx = xy = yy = 0
    for plane in np.concatenate([c, guides], 2).transpose(2, 0, 1):
        smooth = blurred(plane, 2)
        gx = shifted(smooth, 1, 0) - shifted(smooth, -1, 0)
        gy = shifted(smooth, 0, 1) - shifted(smooth, 0, -1)
        xx, xy, yy = xx + gx * gx, xy + gx * gy, yy + gy * gy
    xx, xy, yy = (blurred(v, 4) for v in (xx, xy, yy))
    spread = np.sqrt((xx - yy) ** 2 + 4 * xy**2)
    coherent = spread / (xx + yy + 1e-4)
    share = (np.clip(coherent * 1.6 - 0.4, 0, 1) * np.clip((xx + yy) / 0.004, 0, 1))[:, :, None]
    angle = 0.5 * np.arctan2(2 * xy, xx - yy) + np.pi / 2
    h, w = angle.shape
    y, x = np.mgrid[0:h, 0:w].astype(np.float32)
    total, weight = c * 3.0, 3.0
    for step, k in ((1, 2.6), (2, 1.8), (3, 0.9)):
        for sign in (-1, 1):
            px = np.clip(x + sign * step * np.cos(angle), 0, w - 1.001)
            py = np.clip(y + sign * step * np.sin(angle), 0, h - 1.001)
            ix, iy = px.astype(np.int32), py.astype(np.int32)
            fx, fy = (px - ix)[:, :, None], (py - iy)[:, :, None]
            total = total + k * ((c[iy, ix] * (1 - fx) + c[iy, ix + 1] * fx) * (1 - fy)
                                 + (c[iy + 1, ix] * (1 - fx) + c[iy + 1, ix + 1] * fx) * fy)
            weight += k
    return c + share * (total / weight - c)


def resized(a, width, height):
    """Cubic, separable, growing only."""
    def along(a, count):
        n = a.shape[0]
        at = (np.arange(count) + 0.5) * n / count - 0.5
        i = np.floor(at).astype(int)
        t = (at - i).astype(np.float32)
        out = 0
        for k, w in ((-1, -0.5 * t**3 + t**2 - 0.5 * t), (0, 1.5 * t**3 - 2.5 * t**2 + 1),
                     (1, -1.5 * t**3 + 2 * t**2 + 0.5 * t), (2, 0.5 * t**3 - 0.5 * t**2)):
            out = out + a[np.clip(i + k, 0, n - 1)] * w.reshape((-1,) + (1,) * (a.ndim - 1))
        return out

    if a.shape[0] == height and a.shape[1] == width:
        return a
    return along(along(a, height).swapaxes(0, 1), width).swapaxes(0, 1)


def parts(files, strength, size):
    """Picture with black paint, what white paint adds, and how much is the room's."""
    beauty, albedo, normal = (load(files[k]) for k in ("beauty", "albedo", "normal"))
    room, glass = (np.clip(load(files[k])[:, :, 0], 0, 1) for k in ("room", "glass"))
    # The albedo of paint is coded too; its own brightness must not count twice.
    clean = quiet(beauty, np.clip(albedo, 0, 1), normal, room, glass, strength)
    coded = np.sqrt(clean * GAIN)
    coded = np.clip(resized(coded, *size), 0, None) ** 2
    r, g, b = (coded[:, :, i] for i in range(3))
    return np.stack([g, b, b], 2), np.maximum(r - g, 0) / 0.8, np.clip(resized(room, *size), 0, 1)


def filtering(samples):
    """The noise that so many samples leave."""
    return 0.30 * (8 / samples) ** 0.5


def layers(files, out, name, samples):
    base, paint, room = parts(files, filtering(samples), SIZE)
    save(f"{out}/{name}_base.jpg", to_srgb(base / RANGE))
    save(f"{out}/{name}_paint.jpg", to_srgb(paint / RANGE))
    save(f"{out}/{name}_room.jpg", room, 85)
