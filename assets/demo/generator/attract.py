"""Makes the attract screen's wide and upright pictures from those in ../studio: the same cars in a
room gone dark. Run inside Blender, which reads and writes the JPEGs; see README.md."""
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)

import numpy as np  # noqa: E402

import finish  # noqa: E402

# style, view, paint, light of the room
PICTURES = (
    ("suv", "front", "#B9C0C6", (0.085, 0.105, 0.135)),
    ("sedan", "front", "#244B78", (0.120, 0.115, 0.112)),
    ("coupe", "front", "#9E1220", (0.100, 0.102, 0.115)),
    ("pickup", "front", "#C2571A", (0.110, 0.105, 0.100)),
    ("coupe", "rear", "#D9A90F", (0.090, 0.095, 0.105)),
)


def edge(row):
    """A line of the border, smooth enough to be drawn out."""
    wide = 120
    p = np.pad(row, ((wide, wide), (0, 0)), "edge")
    s = np.cumsum(np.concatenate([p[:1] * 0, p]), 0)
    return (s[2 * wide:] - s[:-2 * wide])[: len(row)] / (2 * wide)


def framed(layers, width, height, share, middle):
    """The car's picture scaled so that its width is `share` of the frame, the middle of its height
    at `middle`, room drawn out above and below."""
    h0, w0, _ = layers.shape
    w = int(width * share)
    h = w * h0 // w0
    a = finish.resized(layers, w, h)
    x = (w - width) // 2
    a = a[:, x:x + width]
    top = int(height * middle - h * 0.5)
    rows = [a]
    if top > 0:
        ramp = np.linspace(0, 1, 160)[:, None, None]
        a[:160] = np.broadcast_to(edge(a[0]), a[:160].shape) * (1 - ramp) + a[:160] * ramp
        rows.insert(0, np.broadcast_to(edge(a[0]), (top, width, a.shape[2])))
    else:
        rows[0] = a[-top:]
    below = height - sum(len(r) for r in rows)
    if below > 0:
        ramp = np.linspace(0, 1, 120)[::-1, None, None]
        a[-120:] = np.broadcast_to(edge(a[-1]), a[-120:].shape) * (1 - ramp) + a[-120:] * ramp
        rows.append(np.broadcast_to(edge(a[-1]), (below, width, a.shape[2])))
    return np.concatenate(rows)[:height]


def main():
    source, target = (os.path.join(HERE, "..", f) for f in ("studio", "attract"))
    os.makedirs(target, exist_ok=True)
    for number, (style, view, paint, dark) in enumerate(PICTURES, 1):
        base, added, room = (finish.load(f"{source}/{style}_{view}_{k}.jpg")
                             for k in ("base", "paint", "room"))
        layers = np.concatenate([finish.from_srgb(base) * finish.RANGE,
                                 finish.from_srgb(added[:, :, :1]) * finish.RANGE,
                                 room[:, :, :1]], 2).astype(np.float32)
        for name, w, h, share, middle in (("landscape", 1920, 1080, 1.06, 0.50),
                                          ("portrait", 1080, 1920, 1.19, 0.54)):
            f = np.clip(framed(layers, w, h, share, middle), 0, None)
            y, x = np.mgrid[0:h, 0:w].astype(np.float32)
            across, down = (x / w - 0.5) * 2, (y - h * middle) / (0.62 * w)
            glow = np.exp(-(across**2) * 1.1 - np.where(down < 0, 1.6, 2.4) * down**2)
            light = np.array(dark, np.float32) * (0.25 + 1.75 * glow[:, :, None])
            share_of_room = f[:, :, 4:5]
            picture = f[:, :, :3] + f[:, :, 3:4] * finish.from_srgb(
                np.array([int(paint[i:i + 2], 16) for i in (1, 3, 5)]) / 255)
            picture = picture * (0.82 + share_of_room * (light - 0.82))
            noise = np.random.default_rng(number).normal(0, 0.7 / 255, (h, w, 1))  # no bands
            finish.save(f"{target}/attract_{number}_{name}.jpg",
                        finish.to_srgb(finish.shoulder(picture)) + noise, 84)


main()
