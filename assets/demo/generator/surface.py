"""Implicit surfaces in numpy: smooth curves, rounded unions and cuts, and a mesh of where they are 0.

Lengths in metres: x from the front bumper to the rear, y from the middle outwards, z up.
"""
import numpy as np


class Curve:
    """A natural cubic spline through points, straight beyond its ends."""

    def __init__(self, points):
        self.x, self.y = (np.array(v, dtype=np.float64) for v in zip(*points))
        n = len(self.x)
        if n < 3:
            self.m = np.zeros(n)
            return
        h = np.diff(self.x)
        a = np.zeros((n, n))
        b = np.zeros(n)
        a[0, 0] = a[-1, -1] = 1
        for i in range(1, n - 1):
            a[i, i - 1], a[i, i], a[i, i + 1] = h[i - 1], 2 * (h[i - 1] + h[i]), h[i]
            b[i] = 6 * ((self.y[i + 1] - self.y[i]) / h[i] - (self.y[i] - self.y[i - 1]) / h[i - 1])
        self.m = np.linalg.solve(a, b)

    def __call__(self, at):
        at = np.asarray(at, dtype=np.float32)
        x, y, m = self.x, self.y, self.m
        inside = np.clip(at, x[0], x[-1])
        i = np.clip(np.searchsorted(x, inside) - 1, 0, len(x) - 2)
        h = x[i + 1] - x[i]
        a, b = (x[i + 1] - inside) / h, (inside - x[i]) / h
        value = a * y[i] + b * y[i + 1] + ((a**3 - a) * m[i] + (b**3 - b) * m[i + 1]) * h * h / 6
        first = (y[1] - y[0]) / (x[1] - x[0]) - (2 * m[0] + m[1]) * (x[1] - x[0]) / 6
        last = (y[-1] - y[-2]) / (x[-1] - x[-2]) + (m[-2] + 2 * m[-1]) * (x[-1] - x[-2]) / 6
        value = value + np.minimum(at - x[0], 0) * first + np.maximum(at - x[-1], 0) * last
        return value.astype(np.float32)


def smax(a, b, k):
    """The larger of two, their edge rounded over about k."""
    h = np.maximum(k - np.abs(a - b), 0) / k
    return np.maximum(a, b) + h * h * h * (k / 6)


def smin(a, b, k):
    return -smax(-a, -b, k)


def fillet(points, radius=0.03):
    """A closed polygon with each corner rounded, its edges straight."""
    pts = np.array(points, dtype=np.float64)
    out = []
    for before, at, after in zip(np.roll(pts, 1, axis=0), pts, np.roll(pts, -1, axis=0)):
        ends = []
        for other in (before, after):
            far = np.hypot(*(other - at))
            ends.append(at + (other - at) * (min(radius, 0.45 * far) / far))
        for t in np.linspace(0, 1, 6):
            out.append(ends[0] * (1 - t) ** 2 + at * 2 * t * (1 - t) + ends[1] * t**2)
    return [tuple(p) for p in out]


def polygon(points, px, py, rounded=0):
    """Signed distance to a closed polygon, below 0 inside; corners are cut `rounded` times."""
    pts = np.array(points, dtype=np.float64)
    for _ in range(rounded):
        nxt = np.roll(pts, -1, axis=0)
        pts = np.stack([pts * 0.75 + nxt * 0.25, pts * 0.25 + nxt * 0.75], 1).reshape(-1, 2)
    px, py = np.broadcast_arrays(px, py)
    best = np.full(px.shape, 1e9, dtype=np.float32)
    inside = np.zeros(px.shape, dtype=bool)
    for (ax, ay), (bx, by) in zip(pts, np.roll(pts, -1, axis=0)):
        ex, ey = bx - ax, by - ay
        wx, wy = px - ax, py - ay
        t = np.clip((wx * ex + wy * ey) / (ex * ex + ey * ey + 1e-12), 0, 1)
        best = np.minimum(best, (wx - ex * t) ** 2 + (wy - ey * t) ** 2)
        if abs(ey) > 1e-9:
            cross = ((ay > py) != (by > py)) & (px < ex * (py - ay) / ey + ax)
            inside ^= cross
    distance = np.sqrt(best)
    return np.where(inside, -distance, distance).astype(np.float32)


def gradient(f, p, e=0.002):
    x, y, z = p[:, 0], p[:, 1], p[:, 2]
    return np.stack([(f(x + e, y, z) - f(x - e, y, z)) / (2 * e),
                     (f(x, y + e, z) - f(x, y - e, z)) / (2 * e),
                     (f(x, y, z + e) - f(x, y, z - e)) / (2 * e)], 1)


def mesh_half(f, low, high, step):
    """Surface nets of f = 0 for y >= 0; f is even in y. Gives vertices, normals and quads; vertices
    are moved onto the surface and those of the middle plane have y = 0."""
    nx = int((high[0] - low[0]) / step) + 2
    ny = int(high[1] / step) + 3
    nz = int((high[2] - low[2]) / step) + 2
    gx = (low[0] + step * np.arange(nx)).astype(np.float32)
    gy = (step * (np.arange(ny) - 0.5)).astype(np.float32)
    gz = (low[2] + step * np.arange(nz)).astype(np.float32)
    value = np.empty((nx, ny, nz), dtype=np.float32)
    for start in range(0, nx, 64):
        part = gx[start:start + 64]
        value[start:start + 64] = f(part[:, None, None], gy[None, :, None], gz[None, None, :])
    sign = value < 0
    corners = [sign[i:nx - 1 + i, j:ny - 1 + j, k:nz - 1 + k]
               for i in (0, 1) for j in (0, 1) for k in (0, 1)]
    some, every = corners[0].copy(), corners[0].copy()
    for c in corners[1:]:
        some |= c
        every &= c
    active = some & ~every
    del corners, some, every
    index = np.full(active.shape, -1, dtype=np.int64)
    cells = np.argwhere(active)
    index[active] = np.arange(len(cells))
    total = np.zeros((len(cells), 3))
    count = np.zeros(len(cells))
    ci, cj, ck = cells.T
    for axis in range(3):
        others = [a for a in range(3) if a != axis]
        for da in (0, 1):
            for db in (0, 1):
                o = [0, 0, 0]
                o[others[0]], o[others[1]] = da, db
                v0 = value[ci + o[0], cj + o[1], ck + o[2]]
                o[axis] = 1
                v1 = value[ci + o[0], cj + o[1], ck + o[2]]
                hit = (v0 < 0) != (v1 < 0)
                t = np.where(hit, v0 / np.where(hit, v0 - v1, 1), 0)
                point = np.zeros((len(cells), 3))
                point[:, others[0]], point[:, others[1]], point[:, axis] = da, db, t
                total += point * hit[:, None]
                count += hit
    verts = cells + total / count[:, None]
    verts = np.stack([low[0] + step * verts[:, 0], step * (verts[:, 1] - 0.5),
                      low[2] + step * verts[:, 2]], 1)
    quads = []
    for axis in range(3):
        a, b = [(1, 2), (2, 0), (0, 1)][axis]
        lo = [slice(None)] * 3
        hi = [slice(None)] * 3
        lo[axis], hi[axis] = slice(0, -1), slice(1, None)
        for s in (a, b):
            lo[s] = slice(1, -1)
            hi[s] = slice(1, -1)
        s0, s1 = sign[tuple(lo)], sign[tuple(hi)]
        for flip, where in ((False, s0 & ~s1), (True, s1 & ~s0)):
            at = np.argwhere(where)
            if len(at) == 0:
                continue
            at[:, a] += 1
            at[:, b] += 1
            ring = []
            for da, db in ((-1, -1), (0, -1), (0, 0), (-1, 0)):
                c = at.copy()
                c[:, a] += da
                c[:, b] += db
                ring.append(index[c[:, 0], c[:, 1], c[:, 2]])
            quad = np.stack(ring, 1)
            quads.append(quad[:, ::-1] if flip else quad)
    quads = np.concatenate(quads)
    quads = quads[(quads >= 0).all(1)]
    middle = cells[:, 1] == 0
    verts[middle, 1] = 0
    for _ in range(4):
        g = gradient(f, verts)
        size = np.maximum((g * g).sum(1), 0.05)
        move = -(f(verts[:, 0], verts[:, 1], verts[:, 2]) / size)[:, None] * g
        verts += np.clip(move, -0.5 * step, 0.5 * step)
        verts[middle, 1] = 0
    normals = gradient(f, verts)
    normals[middle, 1] = 0
    normals /= np.maximum(np.linalg.norm(normals, axis=1), 1e-6)[:, None]
    return verts, normals, quads
