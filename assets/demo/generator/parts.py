"""What is put on and into the skin: wheels, lamps, grille, mirrors, cabin."""
import math

import bmesh
import bpy
import numpy as np

import materials as mat
from body import Body
from surface import mesh_half

MARKS = ["window_side", "window_end", "pillar", "lamp", "tail", "grille", "black", "joint_a",
         "joint_b", "joint_c", "joint_d"]


def add(name, verts, faces, material, smooth=True):
    mesh = bpy.data.meshes.new(name)
    mesh.from_pydata([tuple(v) for v in verts], [], [tuple(int(i) for i in f) for f in faces])
    mesh.materials.append(material)
    if smooth:
        mesh.polygons.foreach_set("use_smooth", [True] * len(mesh.polygons))
    thing = bpy.data.objects.new(name, mesh)
    bpy.context.collection.objects.link(thing)
    return thing


def tube(points, radius, material, cyclic=False, flat=None):
    curve = bpy.data.curves.new("tube", "CURVE")
    curve.dimensions = "3D"
    curve.bevel_depth = radius
    curve.bevel_resolution = 3
    curve.use_fill_caps = True
    spline = curve.splines.new("POLY")
    spline.points.add(len(points) - 1)
    for p, at in zip(spline.points, points):
        p.co = (*[float(v) for v in at], 1)
    spline.use_cyclic_u = cyclic
    curve.materials.append(material)
    thing = bpy.data.objects.new("tube", curve)
    bpy.context.collection.objects.link(thing)
    return thing


def box(size, at, material, bevel=0.02, turn=(0, 0, 0), segments=3):
    bpy.ops.mesh.primitive_cube_add(size=1, location=at, rotation=turn)
    thing = bpy.context.object
    thing.scale = size
    bpy.ops.object.transform_apply(location=False, rotation=False, scale=True)
    m = thing.modifiers.new("bevel", "BEVEL")
    m.width, m.segments, m.limit_method = bevel, segments, "NONE"
    thing.data.materials.append(material)
    for p in thing.data.polygons:
        p.use_smooth = True
    thing.data.use_auto_smooth = True
    thing.data.auto_smooth_angle = math.radians(40)
    return thing


def ball(size, at, material, turn=(0, 0, 0), power=2.0):
    bpy.ops.mesh.primitive_uv_sphere_add(segments=48, ring_count=24, radius=1, location=at,
                                         rotation=turn)
    thing = bpy.context.object
    for v in thing.data.vertices:
        c = [math.copysign(abs(k) ** (2 / power), k) for k in v.co]
        v.co = [a * s for a, s in zip(c, size)]
    thing.data.materials.append(material)
    for p in thing.data.polygons:
        p.use_smooth = True
    return thing


def lathe(profile, material, segments=96, smooth_angle=35):
    """Turns (radius, y) pairs round the y axis."""
    verts, faces = [], []
    n = len(profile)
    for s in range(segments):
        a = 2 * math.pi * s / segments
        for r, y in profile:
            verts.append((r * math.cos(a), y, r * math.sin(a)))
    for s in range(segments):
        t = (s + 1) % segments
        for i in range(n - 1):
            faces.append((s * n + i, s * n + i + 1, t * n + i + 1, t * n + i))
    thing = add("lathe", verts, faces, material)
    thing.data.use_auto_smooth = True
    thing.data.auto_smooth_angle = math.radians(smooth_angle)
    return thing


def skin_mesh(body, step, offset=0.0, keep=None, material=None, name="skin", marks=True,
              opaque=None, ends=None):
    f = body if offset == 0 else (lambda x, y, z: body(x, y, z) + np.float32(offset))
    low, high = (-0.08, 0, body.clearance - 0.08), \
        (body.length + 0.08, body.half_width + 0.06, body.height + 0.06)
    if ends is not None:  # only that part of the car
        low, high = (ends[0], 0, low[2] + 0.05), (ends[1], high[1], 1.35)
    verts, normals, quads = mesh_half(f, low, high, step)
    if keep is not None:
        wanted = keep(verts)
        quads = quads[wanted[quads].all(1)]
        used = np.unique(quads)
        index = np.full(len(verts), -1)
        index[used] = np.arange(len(used))
        verts, normals, quads = verts[used], normals[used], index[quads]
    centre = np.cross(verts[quads[:, 2]] - verts[quads[:, 0]],
                      verts[quads[:, 3]] - verts[quads[:, 1]])
    wrong = (centre * normals[quads].mean(1)).sum(1) < 0
    quads[wrong] = quads[wrong][:, ::-1]
    n = len(verts)
    other = np.arange(n) + n
    middle = verts[:, 1] < 1e-6
    other[middle] = np.arange(n)[middle]
    index = np.full(2 * n, -1)
    both = np.concatenate([verts, verts * [1, -1, 1]])
    bothn = np.concatenate([normals, normals * [1, -1, 1]])
    quads = np.concatenate([quads, other[quads][:, ::-1]])
    used = np.unique(quads)
    index[used] = np.arange(len(used))
    verts, normals, quads = both[used], bothn[used], index[quads]
    mesh = bpy.data.meshes.new(name)
    mesh.vertices.add(len(verts))
    mesh.vertices.foreach_set("co", verts.astype(np.float32).ravel())
    mesh.loops.add(quads.size)
    mesh.loops.foreach_set("vertex_index", quads.astype(np.int32).ravel())
    mesh.polygons.add(len(quads))
    mesh.polygons.foreach_set("loop_start", np.arange(0, quads.size, 4, dtype=np.int32))
    mesh.polygons.foreach_set("loop_total", np.full(len(quads), 4, dtype=np.int32))
    mesh.polygons.foreach_set("use_smooth", np.ones(len(quads), dtype=bool))
    mesh.update(calc_edges=True)
    if marks:
        for key, value in body.marks(verts).items():
            layer = mesh.attributes.new(key, "FLOAT", "POINT")
            layer.data.foreach_set("value", np.ascontiguousarray(value, dtype=np.float32))
    mesh.use_auto_smooth = True
    mesh.auto_smooth_angle = math.pi
    mesh.normals_split_custom_set_from_vertices(normals.tolist())
    mesh.materials.append(material)
    if opaque is not None:
        mesh.materials.append(opaque)
        m = body.marks(verts)
        clear = np.minimum.reduce([m[k] for k in ("window_side", "window_end", "lamp", "tail",
                                                  "grille")]) > 0.03
        mesh.polygons.foreach_set("material_index", clear[quads].all(1).astype(np.int32))
    thing = bpy.data.objects.new(name, mesh)
    bpy.context.collection.objects.link(thing)
    return thing


def both_sides(points):
    yield points
    yield [(x, -y, z) for x, y, z in points]


class Car:
    def __init__(self, spec, step=0.01):
        self.body = Body(spec)
        self.step = step
        self.black = mat.plain("black", 0.012, 0.45)
        self.gloss = mat.plain("gloss", 0.008, 0.06)
        self.rubber = mat.plain("rubber", 0.014, 0.62, specular=0.3)
        self.chrome = mat.plain("chrome", 0.82, 0.06, 1.0)
        self.alloy = mat.plain("alloy", 0.55, 0.22, 0.9, clearcoat=0.6)
        self.steel = mat.plain("steel", 0.35, 0.35, 1.0)
        self.paint = mat.painted()
        self.cloth = mat.plain("cloth", 0.035, 0.7, specular=0.25)
        self.trim = mat.plain("trim", 0.02, 0.5, specular=0.3)
        self.led = mat.light("led", mat.grey(1), 4.0)
        self.red_led = mat.light("red led", (1, 1, 0.02, 1), 1.6)

    def build(self):
        b = self.body
        skin_mesh(b, self.step, material=mat.skin(self.body.chrome), opaque=mat.opaque_skin())
        self.buckets()
        self.wheels()
        self.grille()
        self.lamps()
        self.mirrors()
        self.handles()
        self.cabin()
        self.small_things()

    def buckets(self):
        b = self.body

        def near(mark, margin):
            return lambda v: b.marks(v)[mark] < margin

        step = 0.014
        nose, tail = (-0.02, 1.0), (b.length - 0.95, b.length + 0.02)
        skin_mesh(b, step, 0.075, near("lamp", 0.03), mat.plain("bowl", 0.10, 0.18, 0.8),
                  "lamp bowl", False, ends=nose)
        skin_mesh(b, step, 0.04, near("tail", 0.03), mat.plain("tail bowl", 0.5, 0.25, 0.5),
                  "tail bowl", False, ends=tail)
        skin_mesh(b, step, 0.07, near("grille", 0.05), mat.plain("pit", 0.004, 0.7), "pit", False,
                  ends=nose)

    def wheels(self):
        b = self.body
        parts = self.wheel()
        for axle in (b.front_axle, b.rear_axle):
            outer = float(b.plan(axle)) - b.wheel_inset
            for sign in (1, -1):
                for part in parts:
                    copy = bpy.data.objects.new(part.name, part.data)
                    for m in part.modifiers:
                        c = copy.modifiers.new(m.name, m.type)
                        c.width, c.segments = m.width, m.segments
                        c.limit_method = m.limit_method
                    bpy.context.collection.objects.link(copy)
                    copy.location = (axle, sign * outer, b.wheel_radius)
                    copy.rotation_euler = (0, 0.31 * axle, 0 if sign > 0 else math.pi)
        for part in parts:
            bpy.data.objects.remove(part)

    def wheel(self):
        """At the origin, its outer face at y = 0, looking along +y."""
        b = self.body
        R, w = b.wheel_radius, b.tyre_width
        r = R * b.rim_share
        tyre = [(r - 0.004, -0.018), (r + 0.006, -0.008), (r + 0.012, -0.010),
                (r + (R - r) * 0.35, 0.002), (r + (R - r) * 0.38, 0.005),
                (r + (R - r) * 0.60, 0.004), (r + (R - r) * 0.63, 0.000),
                (R - 0.030, -0.006), (R - 0.014, -0.016), (R - 0.005, -0.028)]
        ys = np.linspace(-0.034, -w + 0.034, 9)
        for i, y in enumerate(ys):  # tread with grooves round it
            tyre += [(R, y), (R, y - 0.014), (R - 0.009, y - 0.0155), (R - 0.009, y - 0.0185)] \
                if i < 8 else [(R, y)]
        tyre += [(R - 0.005, -w + 0.028), (R - 0.03, -w + 0.006), (r, -w + 0.02)]
        parts = [lathe(tyre, self.rubber, 128, 30)]
        lip = [(r + 0.006, -0.012), (r + 0.006, -0.004), (r - 0.004, -0.001), (r - 0.012, -0.004),
               (r - 0.016, -0.014), (r - 0.022, -0.05), (r - 0.035, -0.09), (r - 0.035, -w)]
        parts.append(lathe(lip, self.alloy, 128, 30))
        disc = [(0.05, -0.088), (0.088, -0.088), (0.09, -0.096), (r * 0.76, -0.096),
                (r * 0.76, -0.12), (0.05, -0.12)]
        parts.append(lathe(disc, self.steel, 96, 20))
        back = [(0.0, -0.15), (r, -0.15)]
        parts.append(lathe(back, self.black, 48))
        hub = [(0.0, -0.022), (0.028, -0.023), (0.031, -0.027), (0.034, -0.034), (0.062, -0.038),
               (0.075, -0.048), (0.078, -0.085)]
        parts.append(lathe(hub, self.alloy, 64, 40))
        parts.append(lathe([(0.0, -0.0205), (0.025, -0.0215), (0.027, -0.026)], self.gloss, 32, 40))
        kind, count = b.spokes
        finish = self.alloy if not getattr(b, "dark_rims", False) else self.gloss
        for i in range(count):
            a = 2 * math.pi * i / count
            if kind == "double":
                parts += [self.spoke(a - 0.10, -0.10, r, 0.030, 0.026, finish),
                          self.spoke(a + 0.10, 0.10, r, 0.030, 0.026, finish)]
            elif kind == "split":
                parts += [self.spoke(a, -0.17, r, 0.036, 0.024, finish),
                          self.spoke(a, 0.17, r, 0.036, 0.024, finish)]
            else:
                parts.append(self.spoke(a, 0.0, r, 0.066, 0.052, finish))
            bolt = a + math.pi / count
            bpy.ops.mesh.primitive_cylinder_add(
                radius=0.0085, depth=0.02, vertices=12,
                location=(0.052 * math.cos(bolt), -0.036, 0.052 * math.sin(bolt)),
                rotation=(math.pi / 2, 0, 0))
            bpy.context.object.data.materials.append(self.steel)
            bpy.ops.object.transform_apply(location=True, rotation=True)
            parts.append(bpy.context.object)
        # caliper
        parts.append(self.arc(r * 0.60, r * 0.80, -0.075, -0.13, 0.3, 1.15, self.black))
        return parts

    def spoke(self, angle, spread, r, inner, outer, material):
        verts, faces = [], []
        steps = 9
        for i in range(steps):
            t = i / (steps - 1)
            radius = 0.048 + (r - 0.014 - 0.048) * t
            a = angle + spread * t
            half = (inner + (outer - inner) * t) / 2
            if t > 0.85:
                half *= 1 + (t - 0.85) * 2.2
            face = -0.040 + 0.030 * t**1.6
            deep = face - 0.045 + 0.012 * t
            c, s = math.cos(a), math.sin(a)
            for side, y in ((half * 0.86, face), (half, face - 0.004), (half * 0.8, deep),
                            (-half * 0.8, deep), (-half, face - 0.004), (-half * 0.86, face)):
                verts.append((radius * c - side * s, y, radius * s + side * c))
        for i in range(steps - 1):
            for j in range(6):
                k = (j + 1) % 6
                faces.append((i * 6 + j, i * 6 + k, i * 6 + 6 + k, i * 6 + 6 + j))
        thing = add("spoke", verts, faces, material)
        bm = bmesh.new()
        bm.from_mesh(thing.data)
        bmesh.ops.recalc_face_normals(bm, faces=bm.faces)
        bm.to_mesh(thing.data)
        bm.free()
        thing.data.use_auto_smooth = True
        thing.data.auto_smooth_angle = math.radians(32)
        return thing

    def arc(self, r0, r1, y0, y1, a0, a1, material):
        verts, faces = [], []
        steps = 12
        for i in range(steps + 1):
            a = a0 + (a1 - a0) * i / steps
            c, s = math.cos(a), math.sin(a)
            verts += [(r * c, y, r * s) for r, y in ((r0, y0), (r1, y0), (r1, y1), (r0, y1))]
        for i in range(steps):
            for j in range(4):
                k = (j + 1) % 4
                faces.append((i * 4 + j, i * 4 + k, i * 4 + 4 + k, i * 4 + 4 + j))
        faces += [(0, 1, 2, 3), tuple(steps * 4 + i for i in (3, 2, 1, 0))]
        return add("arc", verts, faces, material, smooth=False)

    def outline(self, shape, depth):
        """A closed line on the nose along a shape in wrapped coordinates."""
        pts = np.array([p for p in shape if p[0] >= 0], dtype=float)
        # Across the middle and back on the other side.
        pts = np.concatenate([pts, (pts * [-1, 1])[::-1]])
        fine = []
        for a, b in zip(pts, np.roll(pts, -1, axis=0)):
            for t in np.linspace(0, 1, max(2, int(np.hypot(*(b - a)) / 0.03) + 1))[:-1]:
                fine.append(a + (b - a) * t)
        fine = np.array(fine)
        return self.body.wrapped(fine[:, 0], fine[:, 1], depth)

    def grille(self):
        b = self.body
        shape = np.array(b.openings[0], dtype=float)
        z0, z1 = shape[:, 1].min(), shape[:, 1].max()
        wide = abs(shape[:, 0]).max() + 0.03
        if b.slats:
            for i in range(b.slats):
                z = z0 + (z1 - z0) * (i + 0.5) / b.slats
                ys = np.linspace(-wide, wide, 33)
                self.slat(self.across(ys, z, 0.022), b.slat, 0.02,
                          self.alloy if b.chrome and b.slats < 7 else self.gloss)
        for i in range(b.bars):
            y = wide * (2 * (i + 0.5) / b.bars - 1)
            zs = np.linspace(z0 - 0.02, z1 + 0.02, 13)
            xs = b.on_front(np.full(13, abs(y)), zs, 0.030 if b.slats else 0.016)
            self.bar(np.stack([xs, np.full(13, y), zs], 1), 0.004 if b.slats else 0.007,
                     self.alloy if b.chrome and not b.slats else self.gloss)
        tube(self.outline(b.openings[0], 0.001), 0.008 if b.chrome else 0.006,
             self.chrome if b.chrome else self.gloss, True)
        us, zs = np.array(b.blade).T
        fine = np.linspace(0, 1, 24)
        at = np.linspace(0, 1, len(us))
        for side in both_sides(b.wrapped(np.interp(fine, at, us), np.interp(fine, at, zs), 0.0)):
            tube(side, 0.0065, self.chrome if b.chrome else self.led)
        for k, shape in enumerate(b.openings[1:]):
            zs = [p[1] for p in shape]
            us = [p[0] for p in shape]
            low, high = min(zs), max(zs)
            if min(us) < 0:  # the middle one: a mesh
                for z in np.arange(low + 0.015, high, 0.028):
                    ys = np.linspace(-max(us), max(us), 25)
                    self.slat(self.across(ys, z, 0.035), 0.005, 0.01, self.gloss)

    def across(self, ys, z, depth):
        zs = np.full(len(ys), z)
        return np.stack([self.body.on_front(np.abs(ys), zs, depth), ys, zs], 1)

    def bar(self, points, half, material):
        """Upright, as wide as 2 `half`."""
        verts, faces = [], []
        for x, y, z in points:
            verts += [(x + 0.02, y - half, z), (x, y - half * 0.6, z), (x, y + half * 0.6, z),
                      (x + 0.02, y + half, z)]
        for i in range(len(points) - 1):
            for j in range(3):
                faces.append((i * 4 + j, i * 4 + j + 1, i * 4 + 5 + j, i * 4 + 4 + j))
        add("bar", verts, faces, material, smooth=False)

    def slat(self, points, high, deep, material):
        verts, faces = [], []
        for x, y, z in points:
            verts += [(x, y, z - high / 2), (x - 0.003, y, z), (x, y, z + high / 2),
                      (x + deep, y, z + high / 3), (x + deep, y, z - high / 3)]
        for i in range(len(points) - 1):
            for j in range(5):
                k = (j + 1) % 5
                faces.append((i * 5 + j, i * 5 + k, i * 5 + 5 + k, i * 5 + 5 + j))
        add("slat", verts, faces, material)

    def lamps(self):
        b = self.body
        shape = np.array(b.head_lamp, dtype=float)
        low, high = shape[:, 0].min(), shape[:, 0].max()

        def middle(u, share):  # height of the lamp at u
            zs = []
            for (u0, za), (u1, zb) in zip(shape, np.roll(shape, -1, axis=0)):
                if min(u0, u1) <= u <= max(u0, u1) and abs(u1 - u0) > 1e-6:
                    zs.append(za + (zb - za) * (u - u0) / (u1 - u0))
            return min(zs) + (max(zs) - min(zs)) * share

        for share in b.projectors:
            u = low + (high - low) * share
            z = middle(u, 0.5)
            x, y, z = b.wrapped(u, z, 0.035)
            r = b.projector_radius
            for sign in (1, -1):
                lens = mat.plain("lens", 0.55, 0.02, 0.6, clearcoat=1)
                ball((r * 0.7, r, r), (x + 0.01, sign * y, z), lens)
                bpy.ops.mesh.primitive_torus_add(
                    major_radius=r * 1.18, minor_radius=r * 0.22, major_segments=48,
                    location=(x + 0.008, sign * y, z), rotation=(0, math.pi / 2, 0))
                bpy.context.object.data.materials.append(self.chrome)
                for p in bpy.context.object.data.polygons:
                    p.use_smooth = True
        us = np.linspace(low + 0.05, high - 0.08, 24)
        line = b.wrapped(us, [middle(u, b.drl_share) for u in us], 0.018)
        for side in both_sides(line):
            tube(side, 0.0055, self.led)
        for share in (0.42, 0.72):  # bright fins in the lamp's outer half
            us = np.linspace(low + (high - low) * 0.60, high - 0.07, 14)
            line = b.wrapped(us, [middle(u, share) for u in us], 0.03)
            for side in both_sides(line):
                self.slat(side, 0.005, 0.03, self.chrome)
        shape = np.array(b.tail_lamp, dtype=float)
        low, high = shape[:, 0].min(), shape[:, 0].max()
        for share in (0.3, 0.68):
            us = np.linspace(low + 0.04, high - 0.05, 20)
            line = b.wrapped(us, [middle(u, share) for u in us], 0.015, True)
            for side in both_sides(line):
                tube(side, 0.008, self.red_led)

    def mirrors(self):
        b = self.body
        x, z = b.mirror
        y = float(b.on_side(x, z)) + 0.005
        for sign in (1, -1):
            ball((0.062, 0.115, 0.075), (x + 0.02, sign * (y + 0.135), z + 0.055), self.paint,
                 (0, 0, sign * -0.12), 2.7)
            ball((0.055, 0.105, 0.066), (x + 0.034, sign * (y + 0.136), z + 0.053), self.gloss,
                 (0, 0, sign * -0.12), 2.9)
            box((0.05, 0.12, 0.022), (x + 0.02, sign * (y + 0.03), z + 0.0), self.gloss, 0.008,
                (sign * 0.18, 0, 0))

    def handles(self):
        b = self.body
        for x, z in b.handles:
            y = float(b.on_side(x, z))
            ya = float(b.on_side(x - 0.1, z))
            turn = math.atan2(y - ya, 0.1)
            for sign in (1, -1):
                ball((0.105, 0.017, 0.016), (x, sign * (y + 0.017), z), self.paint,
                     (0, 0, sign * turn), 3.2)
                ball((0.075, 0.02, 0.026), (x - 0.01, sign * (y - 0.006), z - 0.003), self.black,
                     (0, 0, sign * turn), 2.4)

    def cabin(self):
        b = self.body
        floor = b.clearance + 0.12
        x0 = b.screen[0] + 0.1
        x1 = b.cabin_end
        wide = float(b.green(2.5)) * 2 - 0.10
        belt = float(b.belt(2.4))
        # Below the windows: dark walls.
        box((x1 - x0, wide, belt - floor - 0.10), ((x0 + x1) / 2, 0, (belt + floor - 0.16) / 2),
            self.trim, 0.05)
        box((0.55, wide - 0.04, 0.16), (x0 + 0.36, 0, belt - 0.06), self.trim, 0.06)
        seat = x0 + b.seat_from
        rows = [seat + i * b.seat_pitch for i in range(b.seat_rows)]
        for i, x in enumerate(rows):
            places = (-0.36, 0.36) if i == 0 else (-0.38, 0.0, 0.38)
            for y in places:
                h = b.seat_height
                width = 0.48 if i == 0 else 0.42
                box((0.13, width, h), (x + 0.10, y, belt - 0.27 + h / 2), self.cloth, 0.05,
                    (0, 0.22, 0), 4)
                box((0.09, 0.26, 0.15), (x + 0.10 + 0.22 * h * 0.75, y,
                                         belt - 0.27 + h + 0.045), self.cloth, 0.04, (0, 0.2, 0), 4)
        bpy.ops.mesh.primitive_torus_add(major_radius=0.18, minor_radius=0.015,
                                         location=(x0 + 0.68, 0.36, belt + 0.01),
                                         rotation=(0, math.radians(-62), 0))
        bpy.context.object.data.materials.append(self.trim)
        box((0.03, 0.24, 0.07), (x0 + 0.55 + 0.1, 0, self.body.height - 0.19), self.trim, 0.012)

    def small_things(self):
        b = self.body
        white = mat.plain("plate", 0.72, 0.4)
        for rear in (False, True):
            z = b.plate_rear if rear else b.plate_front
            x = float(b.on_rear(0, z) if rear else b.on_front(0, z))
            out = 0.008 if rear else -0.012
            box((0.012, 0.53, 0.125), (x + out, 0, z), self.black, 0.004)
            box((0.012, 0.505, 0.105), (x + out * 1.3, 0, z), white, 0.004)
        for line, radius, material in getattr(b, "rails", []):
            pts = [(x, y, float(b.on_top(x, y)) + lift) for x, y, lift in line]
            for side in both_sides(pts):
                tube(side, radius, material and self.chrome or self.gloss)
        # wipers
        for start, end in ((0.55, -0.10), (0.0, -0.62)):
            pts = []
            for t in np.linspace(0, 1, 12):
                y = start + (end - start) * t
                z = b.screen[1] + 0.045 + 0.03 * t
                pts.append((float(b.windscreen(np.float32(y), np.float32(z))) - 0.03, y, z))
            tube(pts, 0.008, self.black)
        if b.fin:
            z = float(b.on_top(b.fin, 0))
            ball((0.085, 0.018, 0.06), (b.fin, 0, z), self.paint, (0, 0.25, 0), 2.2)
