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
from body import Body  # noqa: E402
from parts import Car  # noqa: E402
from styles import STYLES, common  # noqa: E402

VIEWS = ("front", "side", "detail", "rear")


def place_camera(b, view, width, height):
    """Turns about the car's middle; the angle is from straight ahead."""
    if view == "detail":  # the corner with lamp and wheel, near, little in focus
        turn, far = 52, 3.7
        a = math.radians(turn)
        aim = (0.50 * b.front_axle + 0.10, b.half_width * 0.86, b.wheel_radius + 0.20)
        at = (aim[0] - far * math.cos(a), aim[1] + far * math.sin(a), 1.02)
        studio.camera(at, aim, 82, width, height, focus=(b.front_axle * 0.55, b.half_width, 0.6),
                      fstop=1.8)
        return turn
    mid = (b.length / 2, 0, b.height * 0.44)
    reach = b.length / 4.72
    if view == "side":
        turn, far, high, lens, aim = 90, 13.0, 1.05, 86, (0, 0, 0.02)
    elif view == "rear":
        turn, far, high, lens, aim = 180 - 36, 10.5, 1.45, 74, (0.2, 0, 0)
    else:
        turn, far, high, lens, aim = 37, 10.5, 1.25, 74, (-0.22, 0, 0)
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
    studio.sweep(0.66, 0.34, b.length / 2, math.atan2(-ahead[1], -ahead[0]))

    def strip(size, d_ahead, d_left, high, strength, aim=0.7, falloff=0.25):
        at = mid + ahead * d_ahead + left * d_left
        studio.panel(size, (at[0], at[1], high), (mid[0], 0, aim), strength * more, falloff)

    more = 1.22 if turn == 90 else 1.0  # the side has no bonnet to catch the light from above
    # Overhead, along the car; a long strip beside the camera draws the line of the shoulder.
    studio.panel((6.4, 2.3), (mid[0], 0, 4.3), (mid[0], 0.01, 0), 6.0 * more, 0.28)
    strip((7.5, 0.8), 6.5, 0, 3.4, 8.0)
    strip((2.0, 3.4), 2.5, 6.5, 2.2, 5.0)
    strip((2.0, 3.4), 1.0, -6.5, 2.2, 3.6)
    if turn != 90:  # mirrored by the doors
        at = mid + 7.5 * np.array([-ahead[0], ahead[1], 0])
        studio.panel((5.5, 0.9), (at[0], at[1], 2.7), (mid[0], 0, 0.7), 5.0, 0.3)
    strip((9.0, 1.6), -3.2, 0, 4.6, 4.5, 0.0)
    studio.world(0.20)


def setup(style, step, out):
    """Puts the car into an empty scene; gives its body. Modelled once, then read from `out`."""
    spec, model = common(STYLES[style]()), f"{out}/{style}.blend"
    if os.path.exists(model):
        bpy.ops.wm.open_mainfile(filepath=model)
        return Body(spec)
    studio.reset()
    started = time.process_time()
    car = Car(spec, step)
    car.build()
    bpy.ops.wm.save_as_mainfile(filepath=model, compress=True)
    print(f"{style}: modelled, {time.process_time() - started:.0f} s of CPU", flush=True)
    return car.body


def stage(body, view, size):
    """Camera and lights for a view; those of the view before go."""
    for thing in list(bpy.data.objects):
        if thing.type in ("LIGHT", "CAMERA") or thing.name.startswith("sweep"):
            bpy.data.objects.remove(thing)
    light_studio(body, place_camera(body, view, *size))


def shoot(style, view, size, args):
    """Renders one view; gives the paths of its passes. What was rendered before is not again."""
    out = args["out"]
    files = {p: f"{out}/{style}_{view}_{p}_0001.exr" for p in studio.PASSES.values()}
    done = f"{out}/{style}_{view}.done"
    if not os.path.exists(done):
        stage(setup(style, float(args["step"]), out), view, size)
        started = time.process_time()
        studio.settings(int(args["samples"]), int(args["threads"]))
        studio.passes(out, f"{style}_{view}")
        bpy.ops.render.render()
        open(done, "w").close()
        print(f"{style} {view}: {time.process_time() - started:.0f} s of CPU", flush=True)
    return files


def main():
    """Words of the form key=value; see README.md."""
    args = dict(styles="", views="", size="1600x1000", samples="64", threads="2", step="0.007",
                out="/tmp/demo_pictures", to=os.path.join(HERE, "..", "studio"))
    args.update(w.split("=", 1) for w in sys.argv[sys.argv.index("--") + 1:])
    os.makedirs(args["out"], exist_ok=True)
    os.makedirs(args["to"], exist_ok=True)
    size = tuple(int(v) for v in args["size"].split("x"))
    for view in args["views"].split(",") if args["views"] else VIEWS:
        for style in args["styles"].split(",") if args["styles"] else STYLES:
            files = shoot(style, view, size, args)
            finish.layers(files, args["to"], f"{style}_{view}", int(args["samples"]))


main()
