"""The skin of a car from a few dozen numbers: one implicit surface, and for each point of it how far
it is from the glass, the lamps, the grille, the joints."""
import numpy as np

from surface import Curve, fillet, polygon, smax, smin

FAR = np.float32(1.0)


class Body:
    def __init__(self, spec):
        self.__dict__.update(DEFAULTS)
        self.__dict__.update(spec)
        hw, length = self.half_width, self.length
        self.front_axle = self.front_overhang
        self.rear_axle = self.front_overhang + self.wheelbase
        self.arch = self.wheel_radius + self.arch_gap
        nose, tail = self.taper_front, self.taper_rear
        self.plan = Curve([(0, hw - nose), (0.35, hw - 0.47 * nose), (0.8, hw - 0.13 * nose),
                           (1.4, hw - 0.01), (length * 0.5, hw), (length - 1.5, hw - 0.008),
                           (length - 0.8, hw - 0.2 * tail), (length - 0.3, hw - 0.6 * tail),
                           (length, hw - tail)])
        self.crease = Curve(self.crease_line)
        self.belt = Curve(self.belt_line)
        self.top_mid = Curve(self.top_middle)
        self.top_edge = Curve(self.top_side)
        self.roof = Curve(self.roof_line)
        self.nose = Curve(self.nose_profile)
        self.tail = Curve(self.tail_profile)
        self.lower = Curve([(-0.15, -0.115), (0.0, -0.075), (0.12, -0.045), (0.3, -0.018),
                            (0.5, -0.002), (0.68, -0.001), (0.86, -self.scallop), (1.05, 0.008),
                            (1.3, 0.05)])
        self.green = Curve(self.green_plan)
        self.sill = Curve(self.sill_line)
        self.openings = [fillet(shape) for shape in self.openings]
        self.front_black = [fillet(shape) for shape in self.front_black]

    # Half widths, heights and ends of the parts.
    def side(self, x, z):
        crease = self.crease(x)
        t = (z - self.clearance) / (crease - self.clearance)
        below = self.lower(np.clip(t, -0.3, 1.4))
        above = -(z - crease) * self.shoulder_lean - 0.35 * (z - crease) * np.abs(z - crease)
        y = self.plan(x) + smin(below, above, self.crease_round)
        for axle in (self.front_axle, self.rear_axle):
            d = np.sqrt((x - axle) ** 2 + (z - self.wheel_radius) ** 2)
            y = y + self.flare * np.exp(-(((d - self.arch) / self.flare_width) ** 2))
        return y

    def top(self, x, y):
        w = np.clip(np.abs(y) / self.plan(x), 0, 1.2)
        mid, edge = self.top_mid(x), self.top_edge(x)
        z = edge + (mid - edge) * (1 - w**self.top_power)
        if self.bonnet_ridge:
            line = self.half_width * (0.46 + 0.10 * np.clip(x, 0, 1.4))
            rise = 0.5 * (1 + np.tanh((line - np.abs(y)) / 0.02))
            fade = np.clip((x - 0.1) / 0.5, 0, 1) * (x < self.middle)
            z = z + self.bonnet_ridge * rise * fade
        return z

    def front(self, y, z):
        w = np.abs(y) / self.half_width
        return self.nose(z) + self.bow_front * w**2.4

    def rear(self, y, z):
        w = np.abs(y) / self.half_width
        return self.length - self.tail(z) - self.bow_rear * w**2.6

    def glass_side(self, x, z):
        h = np.maximum(z - self.belt(x), -0.3)
        return self.green(x) - self.tumble * h - self.barrel * h * h

    def windscreen(self, y, z):
        t = z - self.screen[1]
        x = self.screen[0] + self.screen[2] * t + self.screen[3] * t * np.abs(t)
        return x + self.screen_bow * (np.abs(y) / 0.7) ** 2

    def backlight(self, y, z):
        t = z - self.back[1]
        return self.back[0] - self.back[2] * t - self.back[3] * t * np.abs(t) \
            - self.back_bow * (np.abs(y) / 0.7) ** 2

    def __call__(self, x, y, z):
        y = np.abs(y)
        side = y - self.side(x, z)
        over = (z - self.top(x, y)) * self.top_scale
        f = smax(over, side, self.edge_round)
        f = smax(f, (self.front(y, z) - x) * 0.9, self.nose_round)
        f = smax(f, (x - self.rear(y, z)) * 0.95, self.tail_round)
        f = smax(f, self.clearance + self.rise(x) - z, 0.08)
        if self.bed:
            x0, x1, wall, floor = self.bed
            cut = smax(smax(x0 - x, x - x1, 0.02), y - (self.half_width - wall), 0.05)
            cut = smax(cut, floor - z, 0.05)
            f = smax(f, -cut, 0.03)
        g = smax(z - self.roof(x) + self.crown * (y / 0.6) ** 2,
                 (self.windscreen(y, z) - x) / np.hypot(1, self.screen[2]), self.header_round)
        g = smax(g, (x - self.backlight(y, z)) / np.hypot(1, self.back[2]), self.back_round)
        g = smax(g, y - self.glass_side(x, z), self.rail_round)
        g = smax(g, self.belt(x) - 0.07 - z, 0.02)
        g = smax(g, x - self.rear(y, z) + 0.004, 0.02)
        f = smin(f, g, self.waist_round)
        well = np.float32(1e3)
        for axle in (self.front_axle, self.rear_axle):
            d = np.sqrt((x - axle) ** 2 + (z - self.wheel_radius) ** 2)
            well = np.minimum(well, smax(d - self.arch, self.half_width - 0.36 - y, 0.05))
        return smax(f, -well, 0.022)

    def rise(self, x):
        """The underside climbs at both ends."""
        return 0.14 * np.clip(1 - x / 0.7, 0, 1) ** 2 + \
            self.rear_rise * np.clip(1 - (self.length - x) / 0.8, 0, 1) ** 2

    # Distances on the skin, below 0 inside.
    def marks(self, p):
        x, y, z = p[:, 0].astype(np.float32), np.abs(p[:, 1]).astype(np.float32), \
            p[:, 2].astype(np.float32)
        m = {}
        front, rear = x < self.middle, x > self.length - self.middle_rear
        wrap_f, wrap_r = y + np.maximum(x, 0), y + np.maximum(self.length - x, 0)
        belt = self.belt(x)
        upper = z > belt - 0.02
        on_side = y > self.glass_side(x, z) - 0.05
        # side windows
        head = self.windscreen(np.float32(0.62), z) + self.pillar_a
        d = smax(belt + self.sill_glass - z, z - (self.roof(x) - self.rail_drop), 0.05)
        d = smax(d, (head - x) * 0.6, 0.05)
        (ax, az), (bx, bz) = self.rear_edge
        slope = (bx - ax) / (bz - az)
        d = smax(d, (x - (ax + slope * (z - az))) / np.hypot(1, slope), self.rear_edge_round)
        side = np.where(on_side & upper, d, FAR)
        m["window_side"] = side
        # pillars between them, black
        pillars = np.full(x.shape, FAR)
        for px, lean, width in self.pillars:
            pillars = np.minimum(pillars, np.abs(x - px - lean * (z - 1.0)) - width / 2)
        m["pillar"] = np.where(side < 0.02, pillars, FAR)
        # windscreen and rear window
        limit = self.glass_side(x, z) - y
        arc = z + self.crown * (y / 0.6) ** 2  # as the roof bends down to the sides
        d = smax(self.screen_side - limit, arc - (self.roof(self.screen_top) - self.screen_drop),
                 0.05)
        d = np.maximum(d, x - self.screen_top - 0.25)
        d = np.maximum(d, 0.035 - (z - self.top(x, y)))
        screen = np.where(front, d, FAR)
        d = smax(self.back_side - limit, arc - (self.roof(self.back_top) - self.back_drop), 0.05)
        d = smax(d, self.back_low - z, 0.04)
        back = np.where(rear, np.maximum(d, self.back_top - 0.3 - x), FAR)
        m["window_end"] = np.minimum(screen, back)
        # lamps and openings, in coordinates that wrap round the corner
        lamp = polygon(self.head_lamp, wrap_f, z, 2)
        m["lamp"] = np.where(front, lamp, FAR)
        m["tail"] = np.where(rear, polygon(self.tail_lamp, wrap_r, z, 2), FAR)
        grille = np.full(x.shape, FAR)
        for shape in self.openings:
            grille = np.minimum(grille, polygon(shape, wrap_f, z))
        m["grille"] = np.where(front & (x < 0.9), grille, FAR)
        # black plastic below
        arch = np.full(x.shape, FAR)
        for axle in (self.front_axle, self.rear_axle):
            arch = np.minimum(arch, np.hypot(x - axle, z - self.wheel_radius) - self.arch)
        black = np.minimum(z - self.sill(x), arch - self.arch_trim)
        for shape in self.rear_black:
            black = np.minimum(black, np.where(rear, polygon(shape, wrap_r, z, 2), FAR))
        for shape in self.front_black:
            black = np.minimum(black, np.where(front, polygon(shape, wrap_f, z), FAR))
        if self.bed:
            x0, x1, wall, _ = self.bed
            inner = np.maximum(np.maximum(x0 - x, x - x1), y - (self.half_width - wall + 0.012))
            black = np.minimum(black, np.maximum(inner, z - self.top_edge(x) + 0.004))
            m["tail"] = np.where(inner < 0, FAR, m["tail"])
        m["black"] = black
        # joints
        lower = z < belt + 0.5
        door = [polygon(shape, x, z, 1) for shape in self.doors]
        outside = y > self.half_width * 0.55
        m["joint_a"] = np.where(outside & lower & (np.minimum(side, pillars) > 0.0), door[0], FAR)
        m["joint_b"] = np.where(outside & lower & (side > 0.0),
                                door[1] if len(door) > 1 else FAR, FAR)
        shut = self.plan(x) - self.bonnet_inset
        bonnet = np.maximum(np.maximum(y - shut, self.bonnet_low - z), x - self.middle)
        low, high, half = self.boot
        boot = smax(np.maximum(y - half, low - z), z - high, 0.06)
        boot = np.maximum(boot, self.length - self.boot_from - x)
        m["joint_c"] = np.where(front, bonnet, np.where(rear, boot, FAR))
        bumper = np.maximum(z - self.bumper_front, x - self.front_axle)
        bumper = np.where(front & (lamp > 0.0), bumper, FAR)
        tail = np.maximum(z - self.bumper_rear, self.rear_axle - x)
        m["joint_d"] = np.where(rear, tail, bumper)
        return m

    def on_front(self, y, z, depth=0.0):
        """The x of the skin seen from ahead, `depth` below it; numbers or arrays."""
        # Below the wheel arches' tops not so far that the ray comes out in one.
        low = np.asarray(z) < self.wheel_radius + self.arch + 0.02
        inside = np.where(low, self.front_axle - self.arch - 0.02, 1.3)
        return self._meet(lambda t: (t, y, z), -0.1, inside, depth, y)

    def on_rear(self, y, z, depth=0.0):
        return self._meet(lambda t: (self.length - t, y, z), -0.1, 1.0, depth, y, self.length)

    def on_side(self, x, z, depth=0.0):
        return self._meet(lambda t: (x, 1.2 - t, z), 0.0, 0.9, depth, x, 1.2)

    def on_top(self, x, y, depth=0.0):
        high = self.height + 0.2
        return self._meet(lambda t: (x, y, high - t), 0.0, high - 0.55, depth, x, high)

    def _meet(self, point, outside, inside, depth, like, origin=None):
        like = np.asarray(like, dtype=np.float32)
        low = np.full(like.shape, outside, dtype=np.float32)
        high = np.full(like.shape, inside, dtype=np.float32)
        for _ in range(13):
            mid = (low + high) / 2
            hit = self(*[np.asarray(v, dtype=np.float32) for v in point(mid)]) + depth < 0
            high = np.where(hit, mid, high)
            low = np.where(hit, low, mid)
        return high if origin is None else origin - high

    def wrapped(self, u, z, depth=0.0, rear=False):
        """Points of the skin with wrapped coordinate u: |y| + distance from the end."""
        u, z = np.broadcast_arrays(np.asarray(u, np.float32), np.asarray(z, np.float32))
        meet = self.on_rear if rear else self.on_front
        low = np.zeros(u.shape, np.float32)
        high = np.minimum(np.abs(u), self.half_width)
        for _ in range(11):
            y = (low + high) / 2
            x = meet(y, z, depth)
            short = y + np.maximum(self.length - x if rear else x, 0) < np.abs(u)
            low = np.where(short, y, low)
            high = np.where(short, high, y)
        y = (low + high) / 2
        return np.stack([meet(y, z, depth), np.sign(u) * y, z], -1)


DEFAULTS = dict(
    arch_gap=0.05, taper_front=0.17, taper_rear=0.12, scallop=0.022, crease_round=0.02,
    shoulder_lean=0.40, flare=0.012, flare_width=0.09, top_power=2.6, bonnet_ridge=0.012,
    bow_front=0.30, bow_rear=0.20, tumble=0.40, barrel=0.18, screen_bow=0.16, back_bow=0.10,
    top_scale=0.95, edge_round=0.10, nose_round=0.10, tail_round=0.09, crown=0.035,
    header_round=0.16, back_round=0.14, rail_round=0.10, waist_round=0.03, rear_rise=0.10,
    bed=None, pillar_a=0.085, sill_glass=0.025, rail_drop=0.085, rear_edge_round=0.10,
    screen_side=0.065, screen_drop=0.035, back_side=0.10, back_drop=0.05, arch_trim=0.006,
    rear_black=[], front_black=[], bonnet_inset=0.115, middle_rear=1.6,
)
