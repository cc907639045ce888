#!/usr/bin/env python3
"""Draws ../logo.png, the made-up dealer's logo: a road into a rising sun, and the name in strokes of
our own (no font). Python 3 alone; the same bytes every time."""
import math
import os
import struct
import sys
import zlib

WIDTH, HEIGHT = 600, 200
GREEN, AMBER, INK = (18, 84, 74), (240, 160, 48), (21, 24, 28)


def segment(ax, ay, bx, by):
    def distance(x, y):
        dx, dy = bx - ax, by - ay
        t = max(0.0, min(1.0, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy)))
        return math.hypot(x - ax - t * dx, y - ay - t * dy)
    return distance


def arc(cx, cy, r, start, sweep):
    """From angle `start` on over `sweep` (degrees, clockwise on screen)."""
    ends = [(cx + r * math.cos(math.radians(a)), cy + r * math.sin(math.radians(a)))
            for a in (start, start + sweep)]

    def distance(x, y):
        angle = (math.degrees(math.atan2(y - cy, x - cx)) - start) % 360
        if angle <= sweep:
            return abs(math.hypot(x - cx, y - cy) - r)
        return min(math.hypot(x - ex, y - ey) for ex, ey in ends)
    return distance


# Letters in a box `w` wide and 1 high: strokes as ("l", x1, y1, x2, y2) or ("a", x, y, r, from, sweep).
LETTERS = {
    "U": (0.70, [("l", 0, 0, 0, 0.65), ("l", 0.70, 0, 0.70, 0.65), ("a", 0.35, 0.65, 0.35, 0, 180)]),
    "H": (0.70, [("l", 0, 0, 0, 1), ("l", 0.70, 0, 0.70, 1), ("l", 0, 0.5, 0.70, 0.5)]),
    "R": (0.66, [("l", 0, 0, 0, 1), ("l", 0, 0, 0.38, 0), ("l", 0, 0.54, 0.38, 0.54),
                 ("a", 0.38, 0.27, 0.27, 270, 180), ("l", 0.34, 0.54, 0.66, 1)]),
    "M": (0.86, [("l", 0, 0, 0, 1), ("l", 0.86, 0, 0.86, 1), ("l", 0, 0, 0.43, 0.62),
                 ("l", 0.86, 0, 0.43, 0.62)]),
    "O": (1.00, [("a", 0.5, 0.5, 0.5, 0, 360)]),
    "T": (0.70, [("l", 0, 0, 0.70, 0), ("l", 0.35, 0, 0.35, 1)]),
    "S": (0.58, [("a", 0.31, 0.25, 0.25, 135, 190), ("a", 0.27, 0.75, 0.25, 315, 190),
                 ("l", 0.133, 0.427, 0.447, 0.573)]),
}


def word(letters, left, top, size, gap):
    """Every letter's bounds and strokes, and where the word ends."""
    made, at = [], left
    for letter in letters:
        width, strokes = LETTERS[letter]
        shapes = []
        for kind, *n in strokes:
            if kind == "l":
                shapes.append(segment(at + n[0] * size, top + n[1] * size,
                                      at + n[2] * size, top + n[3] * size))
            else:
                shapes.append(arc(at + n[0] * size, top + n[1] * size, n[2] * size, n[3], n[4]))
        made.append((at, at + width * size, shapes))
        at += width * size + gap
    return made, at - gap


def mark(x, y):
    """The round sign: colour and how far inside its edge (negative outside) at a point."""
    cx, cy, r = 100, 100, 92
    inside = r - math.hypot(x - cx, y - cy)
    horizon = 108
    if y < horizon:
        sun = 44 - math.hypot(x - cx, y - horizon)
        return inside, [(GREEN, 9e9), (AMBER, min(sun, horizon - y))]
    half = 6 + (y - horizon) * 0.62
    road = (half - abs(x - cx)) * 0.8
    dash = 1.2 + (y - horizon) * 0.05 - abs(x - cx)
    gap = 1 if int((y - horizon) / 15) % 2 else -1
    return inside, [(GREEN, 9e9), ((255, 255, 255), min(road, y - horizon - 3)),
                    (GREEN, min(dash, gap))]


def over(below, colour, share):
    """`colour` over the straight-alpha point `below`."""
    share = max(0.0, min(1.0, share))
    alpha = share + below[3] * (1 - share)
    if alpha == 0:
        return below
    rgb = [(c * share + b * below[3] * (1 - share)) / alpha for c, b in zip(colour, below)]
    return (*rgb, alpha)


def draw():
    upper, _ = word("UHURU", 222, 34, 68, 30)
    lower, _ = word("MOTORS", 220, 132, 36, 38)
    words = [(upper, 20, 116, 7.5, INK), (lower, 122, 178, 3.8, GREEN)]
    rows = bytearray()
    for row in range(HEIGHT):
        rows.append(0)  # PNG: this row is not filtered
        for column in range(WIDTH):
            x, y = column + 0.5, row + 0.5
            point = (0.0, 0.0, 0.0, 0.0)
            if x < 200:
                inside, layers = mark(x, y)
                for colour, depth in layers:
                    point = over(point, colour, min(inside, depth) + 0.5)
            for letters, top, bottom, thick, colour in words:
                if not top <= y <= bottom:
                    continue
                for left, right, strokes in letters:
                    if left - 10 <= x <= right + 10:
                        near = min(stroke(x, y) for stroke in strokes)
                        point = over(point, colour, thick - near + 0.5)
            rows += bytes(round(c) for c in point[:3]) + bytes([round(point[3] * 255)])
    return bytes(rows)


def chunk(kind, content):
    return (struct.pack(">I", len(content)) + kind + content +
            struct.pack(">I", zlib.crc32(kind + content)))


def main():
    here = os.path.dirname(os.path.abspath(__file__))
    path = sys.argv[1] if len(sys.argv) > 1 else os.path.join(here, "..", "logo.png")
    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 6, 0, 0, 0)
    with open(path, "wb") as file:
        file.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) +
                   chunk(b"IDAT", zlib.compress(draw(), 9)) + chunk(b"IEND", b""))


if __name__ == "__main__":
    main()
