"""A quick look at the shapes without Blender: look.py OUT.ppm STYLE... (points, no rendering)."""
import sys

import numpy as np

from body import Body
from styles import STYLES, common
from surface import mesh_half

SIZE = (520, 230)


def project(b, v, n, m, turn, tilt, scale):
    c, s = np.cos(turn), np.sin(turn)
    p = v - [b.length / 2, 0, 0.7]
    e = np.array([[s, c, 0], [c * np.sin(tilt), -s * np.sin(tilt), np.cos(tilt)],
                  [c * np.cos(tilt), -s * np.cos(tilt), -np.sin(tilt)]])
    q, k = p @ e.T, n @ e.T
    w, h = SIZE
    px = (w / 2 + q[:, 0] * scale).astype(int)
    py = (h / 2 - q[:, 1] * scale).astype(int)
    near = k[:, 2] < 0
    ok = near & (px >= 0) & (px < w - 1) & (py >= 0) & (py < h - 1)
    light = np.clip(0.25 + 0.5 * k[:, 1] - 0.35 * k[:, 2], 0, 1)
    # strip light
    light += 0.5 * np.exp(-(((k[:, 1] - 0.35) / 0.06) ** 2))
    color = np.stack([light * 200, light * 60, light * 60], 1)
    for mark, rgb, limit in (("black", (30, 30, 30), 0), ("window_side", (90, 110, 130), 0),
                             ("window_end", (90, 110, 130), 0), ("lamp", (255, 255, 230), 0),
                             ("tail", (255, 40, 40), 0), ("grille", (0, 0, 0), 0)):
        color[m[mark] < limit] = rgb
    for j in "abcd":
        color[np.abs(m["joint_" + j]) < 0.007] = (10, 10, 10)
    color[(m["pillar"] < 0) & (m["window_side"] < 0)] = (10, 10, 10)
    image = np.full((h, w, 3), 200, np.uint8)
    order = np.argsort(-q[:, 2])
    order = order[ok[order]]
    for dx in (0, 1):
        for dy in (0, 1):
            image[py[order] + dy, px[order] + dx] = np.clip(color[order], 0, 255)
    return image


rows = []
for name in sys.argv[2:] or STYLES:
    b = Body(common(STYLES[name]()))
    v, n, _ = mesh_half(b, (-0.08, 0, b.clearance - 0.08),
                        (b.length + 0.08, b.half_width + 0.06, b.height + 0.06), 0.02)
    m = b.marks(v)
    v = np.concatenate([v, v * [1, -1, 1]])
    n = np.concatenate([n, n * [1, -1, 1]])
    m = {k: np.concatenate([a, a]) for k, a in m.items()}
    rows.append(np.concatenate([project(b, v, n, m, *w) for w in (
        (np.radians(90), 0.0, 95), (np.radians(40), 0.12, 95),
        (np.radians(140), 0.12, 95))], 1))
image = np.concatenate(rows)
with open(sys.argv[1], "wb") as f:
    f.write(b"P6 %d %d 255\n" % (image.shape[1], image.shape[0]))
    f.write(image.tobytes())
