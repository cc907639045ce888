"""Makes the demo's pictures. Run inside Blender: see README.md here."""
import math
import os
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)

import bpy  # noqa: E402
import numpy as np  # noqa: E402

import finish  # noqa: E402
import studio  # noqa: E402
from parts import Car  # noqa: E402
from styles import STYLES, common  # noqa: E402

VIEWS = ("front", "side", "rear", "detail")


def place_camera(b, view, width, height):
    """Turns about the car's middle; the angle is from straight ahead."""
    mid = (b.length / 2, 0, b.height * 0.44)
    reach = b.length / 4.72
    if view == "side":
        turn, far, high, lens, aim = 90, 13.0, 1.05, 84, (0, 0, 0.02)
    elif view == "rear":
        turn, far, high, lens, aim = 180 - 36, 10.5, 1.45, 70, (0.2, 0, 0)
    elif view == "detail":
        at = (-1.55, 2.75, 0.95)
        studio.camera(at, (0.62, 0.55, 0.60), 50, width, height, focus=(0.35, 0.75, 0.65),
                      fstop=4.0)
        return 180 + 55
    else:
        turn, far, high, lens, aim = 37, 10.5, 1.25, 70, (-0.22, 0, 0)
    a = math.radians(turn)
    far *= reach
    at = (mid[0] - far * math.cos(a), far * math.sin(a), high)
    studio.camera(at, [m + d for m, d in zip(mid, aim)], lens, width, height)
    return turn


def light_studio(b, turn):
    """Softboxes stand round the camera's direction, so that every view has its highlights."""
    a = math.radians(turn)
    ahead = np.array([-math.cos(a), math.sin(a), 0])   # from the car to the camera
    left = np.array([-ahead[1], ahead[0], 0])
    mid = np.array([b.length / 2, 0, 0])
    studio.sweep(0.66, 0.34, math.atan2(-ahead[1], -ahead[0]))

    def strip(size, d_ahead, d_left, high, strength, aim=0.7, falloff=0.25):
        at = mid + ahead * d_ahead + left * d_left
        studio.panel(size, (at[0], at[1], high), (mid[0], 0, aim), strength, falloff)

    # Overhead, along the car; a long strip beside the camera draws the line of the shoulder.
    studio.panel((6.4, 2.3), (mid[0], 0, 4.3), (mid[0], 0.01, 0), 6.0, 0.28)
    strip((7.5, 0.8), 6.5, 0, 3.4, 8.0)
    strip((2.0, 3.4), 2.5, 6.5, 2.2, 5.0)
    strip((2.0, 3.4), 1.0, -6.5, 2.2, 3.6)
    strip((9.0, 1.6), -3.2, 0, 4.6, 4.5, 0.0)
    studio.world(0.25)


def setup(style, step):
    studio.reset()
    car = Car(common(STYLES[style]()), step)
    car.build()
    return car


def stage(car, view, size):
    """Camera and lights for a view; those of the view before go."""
    for thing in list(bpy.data.objects):
        if thing.type in ("LIGHT", "CAMERA") or thing.name.startswith("sweep"):
            bpy.data.objects.remove(thing)
    light_studio(car.body, place_camera(car.body, view, *size))


def main():
    words = sys.argv[sys.argv.index("--") + 1:]
    args = dict(w.split("=", 1) for w in words if "=" in w)
    out = args.get("out", "/tmp/demo_pictures")
    os.makedirs(out, exist_ok=True)
    styles = args["styles"].split(",") if "styles" in args else list(STYLES)
    views = args["views"].split(",") if "views" in args else VIEWS
    size = tuple(int(v) for v in args.get("size", "1600x1000").split("x"))
    for style in styles:
        wanted = [v for v in views if not os.path.exists(f"{out}/{style}_{v}.done")]
        if not wanted:
            continue
        started = time.process_time()
        car = setup(style, float(args.get("step", 0.008)))
        print(f"{style}: modelled in {time.process_time() - started:.1f} s", flush=True)
        for view in wanted:
            started = time.process_time()
            stage(car, view, size)
            studio.settings(int(args.get("samples", 64)), int(args.get("threads", 2)))
            files = studio.passes(out, f"{style}_{view}")
            bpy.ops.render.render()
            finish.layers(files, out, f"{style}_{view}")
            open(f"{out}/{style}_{view}.done", "w").close()
            print(f"{style} {view}: {time.process_time() - started:.1f} s of CPU", flush=True)


main()
