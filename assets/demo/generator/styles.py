"""The eight body styles in numbers, metres. make() draws what all cars share from the few measures
that tell them apart; each style then changes what is its own."""


def moved(shape, du, dz, tall=1.0, wide=1.0):
    mid = sum(z for _, z in shape) / len(shape)
    return [(u * wide + du, mid + (z - mid) * tall + dz) for u, z in shape]


def mouth(low, high, foot, widest, top, at=0.5):
    """A grille's outline: heights, and half widths at its foot, where it is widest (`at` of its
    height), and at its top."""
    return [(-0.5, low), (foot, low), (widest, low + (high - low) * at), (top, high), (-0.5, high)]


# A headlamp for cars with high noses: (wrapped width, height).
BLOCK = [(0.52, 0.655), (0.84, 0.640), (1.06, 0.655), (1.24, 0.705), (1.22, 0.748), (0.95, 0.755),
         (0.60, 0.735)]


def make(length, half_width, height, wheelbase, overhang, wheel, clearance, nose, cowl, belt,
         screen, roof, back, b_pillar, door_end, rear_edge, deck=None, crease_drop=0.12,
         lamp_tall=1.0, tail_u=0.0, tail_z=None):
    """nose: height of the bonnet's front edge; cowl: (x, z) of the windscreen's foot; belt: heights
    at its front and rear; screen: (lean, bend, top x); roof: the middle line; back: (x, z, lean,
    bend, top x, low) of the rear window; deck: (x, z, end z) of a boot lid, for saloons."""
    L, hw, fo = length, half_width, overhang
    ra = fo + wheelbase
    arch = wheel + 0.04
    b0, b1 = belt
    cx, cz = cowl
    rise = (b1 - b0) / (L - cx)
    end = deck[2] if deck else b1 + 0.02
    top_mid = [(0, nose), (0.22, nose + 0.30 * (cz - nose)), (0.22 + 0.4 * (cx - 0.22),
               nose + 0.62 * (cz - nose)), (cx, cz - 0.012), (cx + 0.5, cz + 0.01)]
    top_side = [(0, nose - 0.05), (0.3, nose - 0.05 + 0.3 * (b0 - nose)),
                (0.3 + 0.5 * (cx - 0.3), b0 - 0.075), (cx, b0 - 0.02), (cx + 0.6, b0 + 0.01),
                (L * 0.6, b0 + rise * (L * 0.6 - cx)), (L - 0.75, b1)]
    if deck:
        dx, dz, dend = deck
        top_mid += [(dx - 0.5, dz - 0.02), (dx, dz), (L - 0.28, (dz + dend) / 2 + 0.008), (L, dend)]
        top_side += [(L - 0.3, b1 + 0.005), (L, b1 - 0.02)]
    else:
        top_mid += [(L * 0.6, b1), (L - 0.5, b1 + 0.02), (L, b1 + 0.02)]
        top_side += [(L - 0.3, b1 + 0.01), (L, b1)]
    lean, bend, screen_top = screen
    bx, bz, blean, bbend, back_top, back_low = back
    sill = clearance + 0.075
    head = [(0.50, 0.635), (0.80, 0.618), (1.08, 0.660), (1.45, 0.752), (1.36, 0.778),
            (0.98, 0.742), (0.62, 0.695)]
    tail = [(0.42, 0.895), (0.75, 0.835), (0.98, 0.820), (1.24, 0.895), (1.19, 0.965),
            (0.9, 0.955), (0.44, 0.940)]
    dz = nose - 0.725
    lamp = moved(head, (hw - 0.915), dz, 1.25 * lamp_tall)
    tail = moved(tail, (hw - 0.915) + tail_u, (tail_z or b1 - 0.10) - 0.90)
    fd = max(fo + arch + 0.10, cx + 0.02)
    gz = 0.59 + dz
    return dict(
        length=L, half_width=hw, height=height, wheelbase=wheelbase, front_overhang=fo,
        wheel_radius=wheel, clearance=clearance, arch_gap=0.04, middle=screen_top + 0.3,
        crease_line=[(0, nose - 0.06), (0.6, nose + 0.01), (cx + 0.2, b0 - crease_drop),
                     (L * 0.65, b0 - crease_drop + 0.045), (L - 0.5, b1 - crease_drop + 0.005),
                     (L, b1 - crease_drop + 0.015)],
        belt_line=[(cx - 0.4, b0 - 0.02), (cx + 0.3, b0), (L * 0.6, (b0 + b1) / 2), (L - 0.4, b1)],
        top_middle=top_mid, top_side=top_side, roof_line=roof,
        nose_profile=[(0.0, 0.17), (0.2, 0.075), (0.36, 0.018), (0.52, 0.0),
                      (nose - 0.09, 0.012), (nose + 0.03, 0.07), (nose + 0.2, 0.2)],
        tail_profile=[(0.1, 0.2), (0.27, 0.08), (0.42, 0.012), (0.56, 0.0), (0.72, 0.035),
                      (0.88, 0.055), (end, 0.05 if deck else 0.075), (end + 0.1, 0.03 if deck else 0.1)],
        screen=(cx - 0.14, cz - 0.02, lean, bend), back=(bx, bz, blean, bbend),
        screen_top=screen_top, back_top=back_top, back_low=back_low,
        green_plan=[(cx - 0.3, hw - 0.10), (cx + 0.4, hw - 0.075), (L * 0.53, hw - 0.065),
                    (L * 0.7, hw - 0.085), (L - 0.6, hw - 0.14), (L, hw - 0.20)],
        sill_line=[(0, sill + 0.02), (0.5, sill - 0.02), (L / 2, sill), (L - 0.6, sill),
                   (L, sill + 0.08)],
        rear_edge=rear_edge, pillars=[(b_pillar - 0.015, 0.03, 0.085)],
        head_lamp=lamp, tail_lamp=tail,
        openings=[mouth(gz - 0.165, gz + 0.11, 0.36, 0.49, 0.45, 0.62),
                  [(-0.60, clearance + 0.10), (0.64, clearance + 0.10), (0.56, clearance + 0.20),
                   (-0.56, clearance + 0.20)]],
        # Recesses at the bumper's corners, a bright blade in each.
        front_black=[[(u + hw - 0.915, clearance + z) for u, z in (
            (0.73, 0.105), (1.00, 0.115), (1.13, 0.18), (1.17, 0.30), (1.05, 0.25),
            (0.82, 0.205))]],
        blade=[(u + hw - 0.915, clearance + z) for u, z in ((0.80, 0.155), (1.0, 0.17),
                                                            (1.09, 0.21), (1.14, 0.275))],
        doors=[[(fd + 0.05, sill + 0.03), (fd - 0.02, wheel + 0.25), (fd, b0 - 0.04),
                (fd + 0.25, b0 + 0.12), (b_pillar - 0.3, 2.0), (b_pillar, 2.0),
                (b_pillar, sill + 0.06), (b_pillar - 0.02, sill + 0.03)],
               [(b_pillar - 0.02, sill + 0.03), (b_pillar, sill + 0.06), (b_pillar, 2.0),
                (door_end - 0.2, 2.0), (door_end, b1 + 0.02), (door_end - 0.02, b1 - 0.12),
                (ra - arch * 0.80, wheel + arch * 0.66), (ra - arch - 0.05, sill + 0.03)]],
        handles=[(b_pillar - 0.17, (b0 + b1) / 2 - 0.125), (door_end - 0.20, b1 - 0.125)],
        bonnet_low=nose - 0.01,
        boot=(0.62, 1.2, hw - 0.25) if deck else (0.62, 2.0, hw - 0.17),
        boot_from=0.62 if deck else 0.9, bumper_front=nose - 0.085, bumper_rear=0.66,
        mirror=(cx + 0.27, b0 + 0.045), plate_rear=0.74 if deck else 0.80,
        plate_front=clearance + 0.275,
        rear_black=[[(-0.7, 0.1), (0.78, 0.1), (0.70, clearance + 0.17), (-0.7, clearance + 0.17)]],
        cabin_end=min(bx - 0.35, L - 0.7), slats=5, spokes=("double", 5),
        chrome=True, fin=back_top - 0.12, slat=0.012, bars=0,
    )


def sedan():
    s = make(4.76, 0.915, 1.45, 2.83, 0.93, 0.345, 0.155, nose=0.770, cowl=(1.36, 0.965),
             belt=(0.915, 0.995), screen=(1.75, 0.25, 2.02),
             roof=[(1.2, 1.33), (2.0, 1.408), (2.5, 1.445), (2.95, 1.442), (3.4, 1.40),
                   (3.9, 1.32)],
             back=(4.12, 1.05, 2.0, -0.4, 3.40, 1.075), b_pillar=2.62, door_end=3.62,
             rear_edge=((3.98, 1.02), (3.52, 1.36)), deck=(4.15, 1.06, 1.055))
    s["pillars"] += [(3.55, -0.12, 0.05)]
    return s


def wagon():
    s = make(4.80, 0.915, 1.48, 2.83, 0.93, 0.345, 0.165, nose=0.780, cowl=(1.36, 0.975),
             belt=(0.925, 1.0), screen=(1.70, 0.25, 2.02),
             roof=[(1.2, 1.35), (2.0, 1.435), (2.5, 1.472), (3.2, 1.478), (3.9, 1.452),
                   (4.5, 1.405), (4.9, 1.36)],
             back=(4.72, 1.05, 0.95, -0.2, 4.35, 1.06), b_pillar=2.62, door_end=3.64,
             rear_edge=((4.46, 1.03), (4.16, 1.38)))
    s["pillars"] += [(3.62, -0.05, 0.07)]
    s["rails"] = [([(1.98 + i * 0.1, 0.535 - 0.0012 * i, 0.024 if 0 < i < 22 else 0.0)
                    for i in range(23)], 0.014, False)]
    s["spokes"] = ("split", 5)
    s["openings"][0] = mouth(0.48, 0.755, 0.40, 0.47, 0.47, 0.6)
    s["slats"], s["bars"] = 0, 19
    return s


def hatchback():
    s = make(4.28, 0.90, 1.475, 2.64, 0.86, 0.335, 0.155, nose=0.800, cowl=(1.16, 0.995),
             belt=(0.94, 1.03), screen=(1.55, 0.25, 1.75),
             roof=[(1.0, 1.35), (1.75, 1.44), (2.2, 1.472), (2.7, 1.468), (3.3, 1.428),
                   (3.8, 1.37), (4.2, 1.31)],
             back=(4.17, 1.05, 0.72, -0.2, 3.80, 1.085), b_pillar=2.37, door_end=3.28,
             rear_edge=((3.50, 1.06), (3.30, 1.38)), tail_u=-0.04, tail_z=0.93)
    s["pillars"] += [(3.22, -0.10, 0.05)]
    s["tail_lamp"] = [(0.50, 0.92), (0.80, 0.84), (1.06, 0.83), (1.20, 0.93), (1.12, 1.00),
                      (0.88, 1.005), (0.52, 0.97)]
    s["spokes"] = ("single", 7)
    s["chrome"] = False
    s["openings"] = [mouth(0.632, 0.722, 0.50, 0.52, 0.50, 0.6),
                     mouth(0.245, 0.445, 0.56, 0.64, 0.50, 0.4)]
    s["plate_front"] = 0.53
    s["slats"], s["slat"] = 1, 0.02
    return s


def off_road(s, cladding=0.055):
    """Black plastic round the arches and along the sills."""
    cl, L = s["clearance"], s["length"]
    s["arch_trim"] = cladding
    s["flare"] = 0.022
    s["sill_line"] = [(0, cl + 0.17), (0.5, cl + 0.13), (L / 2, cl + 0.14), (L - 0.6, cl + 0.15),
                      (L, cl + 0.2)]
    s["tumble"] = 0.32
    s["wheel_inset"] = 0.0
    s["tyre_width"] = 0.245
    return s


def suv():
    s = make(4.74, 0.95, 1.73, 2.80, 0.92, 0.375, 0.215, nose=0.965, cowl=(1.27, 1.115),
             belt=(1.065, 1.135), screen=(1.30, 0.2, 1.80),
             roof=[(1.1, 1.58), (1.85, 1.69), (2.4, 1.725), (3.0, 1.725), (3.7, 1.695),
                   (4.3, 1.65), (4.7, 1.60)],
             back=(4.68, 1.17, 0.50, -0.1, 4.42, 1.20), b_pillar=2.55, door_end=3.55,
             rear_edge=((4.33, 1.17), (4.14, 1.60)), lamp_tall=1.1, tail_z=1.06)
    off_road(s)
    s["pillars"] += [(3.53, -0.05, 0.08)]
    s["rails"] = [([(1.86 + i * 0.11, 0.565 - 0.0012 * i, 0.026 if 0 < i < 22 else 0.0)
                    for i in range(23)], 0.014, False)]
    s["openings"][0] = mouth(0.60, 0.935, 0.42, 0.55, 0.52, 0.6)
    s["slats"], s["slat"] = 4, 0.028
    s["head_lamp"] = moved(BLOCK, 0.035, 0.18, 1.3)
    s["seat_height"] = 0.62
    s["spokes"] = ("double", 6)
    s["tail_lamp"] = [(0.58, 1.02), (0.85, 0.97), (1.08, 0.94), (1.30, 1.02), (1.24, 1.12),
                      (1.0, 1.125), (0.60, 1.085)]
    return s


def compact_suv():
    s = make(4.38, 0.92, 1.625, 2.64, 0.88, 0.355, 0.195, nose=0.885, cowl=(1.20, 1.055),
             belt=(1.005, 1.10), screen=(1.38, 0.2, 1.75),
             roof=[(1.0, 1.48), (1.75, 1.585), (2.25, 1.62), (2.8, 1.615), (3.4, 1.575),
                   (3.9, 1.52), (4.3, 1.46)],
             back=(4.30, 1.13, 0.68, -0.1, 3.98, 1.16), b_pillar=2.42, door_end=3.32,
             rear_edge=((3.76, 1.13), (3.48, 1.50)), lamp_tall=0.85, tail_z=1.01)
    off_road(s, 0.05)
    s["pillars"] += [(3.30, -0.08, 0.06)]
    s["openings"] = [mouth(0.54, 0.845, 0.36, 0.53, 0.47, 0.7),
                     mouth(0.285, 0.425, 0.60, 0.66, 0.55, 0.4)]
    s["chrome"] = False
    s["slats"], s["slat"], s["bars"] = 8, 0.007, 27
    s["plate_front"] = 0.49
    s["spokes"] = ("split", 5)
    s["tail_lamp"] = [(0.46, 1.00), (0.80, 0.95), (1.04, 0.91), (1.26, 0.99), (1.18, 1.075),
                      (0.92, 1.07), (0.48, 1.045)]
    return s


def van():
    s = make(5.10, 0.975, 1.76, 3.05, 0.97, 0.355, 0.165, nose=0.870, cowl=(1.10, 1.10),
             belt=(1.02, 1.08), screen=(1.62, 0.25, 1.95),
             roof=[(0.9, 1.55), (1.7, 1.70), (2.4, 1.755), (3.2, 1.765), (4.0, 1.745),
                   (4.7, 1.71), (5.1, 1.67)],
             back=(5.06, 1.13, 0.32, -0.1, 4.86, 1.17), b_pillar=2.50, door_end=3.78,
             rear_edge=((4.78, 1.11), (4.66, 1.62)), tail_z=1.0)
    s["pillars"] += [(3.76, 0.0, 0.09)]
    s["tumble"] = 0.26
    s["pillar_a"] = 0.10
    s["seat_rows"] = 3
    s["seat_height"] = 0.64
    s["cabin_end"] = 4.6
    s["handles"] = [(2.33, 0.93), (2.72, 0.93)]
    s["openings"] = [mouth(0.70, 0.82, 0.48, 0.52, 0.50, 0.6),
                     mouth(0.265, 0.47, 0.58, 0.66, 0.52, 0.4)]
    s["plate_front"] = 0.575
    s["slats"], s["slat"] = 2, 0.02
    s["spokes"] = ("single", 9)
    s["tail_lamp"] = [(0.74, 0.94), (0.95, 0.92), (1.14, 0.95), (1.20, 1.10), (1.14, 1.28),
                      (0.98, 1.28), (0.92, 1.05)]
    return s


def coupe():
    s = make(4.58, 0.93, 1.325, 2.72, 0.92, 0.350, 0.130, nose=0.695, cowl=(1.48, 0.915),
             belt=(0.865, 0.95), screen=(1.85, 0.3, 2.12),
             roof=[(1.3, 1.22), (2.05, 1.29), (2.5, 1.322), (2.85, 1.316), (3.3, 1.265),
                   (3.8, 1.16), (4.2, 1.05)],
             back=(4.18, 0.98, 2.6, -0.4, 3.22, 1.005), b_pillar=2.98, door_end=3.6,
             rear_edge=((3.52, 0.955), (3.10, 1.24)), deck=(4.1, 1.0, 0.995), crease_drop=0.11,
             lamp_tall=0.85)
    s["doors"] = s["doors"][:1]
    s["pillars"] = [(2.99, -0.12, 0.05)]
    s["handles"] = s["handles"][:1]
    s["tumble"] = 0.50
    s["flare"] = 0.03
    s["tyre_width"] = 0.265
    s["rim_share"] = 0.75
    s["seat_rows"] = 1
    s["seat_from"] = 1.22
    s["seat_height"] = 0.52
    s["chrome"] = False
    s["slats"], s["slat"], s["bars"] = 9, 0.007, 29
    s["fin"] = 0
    s["spokes"] = ("double", 5)
    s["openings"] = [mouth(0.255, 0.595, 0.50, 0.62, 0.43, 0.25)]
    s["plate_front"] = 0.37
    return s


def pickup():
    s = make(5.35, 0.945, 1.80, 3.22, 0.93, 0.395, 0.245, nose=1.060, cowl=(1.32, 1.165),
             belt=(1.115, 1.15), screen=(1.22, 0.2, 1.85),
             roof=[(1.1, 1.66), (1.85, 1.755), (2.4, 1.795), (2.9, 1.79), (3.4, 1.76)],
             back=(3.62, 1.18, 0.18, 0.0, 3.50, 1.24), b_pillar=2.50, door_end=3.42,
             rear_edge=((3.34, 1.15), (3.28, 1.62)), lamp_tall=1.25, tail_z=0.98)
    off_road(s, 0.065)
    s["pillars"] += []
    s["bed"] = (3.72, 5.22, 0.085, 0.89)
    s["middle_rear"] = 2.0
    s["seat_height"] = 0.6
    s["cabin_end"] = 3.45
    s["fin"] = 0
    s["taper_rear"] = 0.03
    s["bow_rear"] = 0.05
    s["tail_round"] = 0.06
    s["edge_round"] = 0.075
    s["tail_profile"] = [(0.1, 0.12), (0.35, 0.07), (0.5, 0.05), (0.7, 0.055), (0.9, 0.06),
                         (1.1, 0.06), (1.3, 0.06)]
    s["tail_lamp"] = [(0.76, 0.80), (0.86, 0.79), (1.05, 0.80), (1.07, 1.06), (0.88, 1.08),
                      (0.77, 1.07)]
    s["boot"] = (0.66, 1.3, 0.74)
    s["boot_from"] = 0.4
    s["plate_rear"] = 0.55
    s["openings"][0] = mouth(0.655, 1.015, 0.55, 0.63, 0.60, 0.5)
    s["slats"], s["slat"], s["bars"] = 2, 0.055, 23
    s["head_lamp"] = moved(BLOCK, 0.09, 0.235, 1.6)
    s["nose_round"] = 0.10
    s["bow_front"] = 0.24
    s["spokes"] = ("single", 6)
    s["green_plan"] = [(1.0, 0.85), (1.7, 0.875), (2.6, 0.88), (3.4, 0.87), (4.0, 0.86)]
    return s


STYLES = {"sedan": sedan, "hatchback": hatchback, "suv": suv, "compact_suv": compact_suv,
          "pickup": pickup, "van": van, "coupe": coupe, "wagon": wagon}

COMMON = dict(tyre_width=0.225, rim_share=0.72, wheel_inset=0.010, projectors=(0.30, 0.52),
              projector_radius=0.030, drl_share=0.12, seat_from=1.10, seat_pitch=0.88, seat_rows=2,
              seat_height=0.58)


def common(spec):
    return {**COMMON, **spec}
