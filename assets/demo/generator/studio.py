"""The room: floor and wall in one sweep, softboxes, camera, and how it is rendered."""
import math

import bpy
from mathutils import Vector

import materials as mat
from parts import add


PASSES = {"Image": "beauty", "Denoising Albedo": "albedo", "Denoising Normal": "normal",
          "room": "room", "glass": "glass"}


def reset():
    bpy.ops.wm.read_factory_settings(use_empty=True)


def sweep(value, gloss, middle, angle, radius=2.6, front=14.0, back=5.4, half=22.0, height=9.0):
    """Turned about the car's middle so that the wall stands behind it as the camera sees it."""
    profile = [(-front, 0.0), (back - radius, 0.0)]
    for i in range(1, 25):
        a = math.pi / 2 * i / 24
        profile.append((back - radius + radius * math.sin(a), radius - radius * math.cos(a)))
    profile.append((back, height))
    verts, faces = [], []
    for d, z in profile:
        verts += [(d, -half, z), (d, half, z)]
    for i in range(len(profile) - 1):
        faces.append((2 * i, 2 * i + 1, 2 * i + 3, 2 * i + 2))
    thing = add("sweep", verts, faces, mat.floor(value, gloss))
    thing.location = (middle, 0, 0)
    thing.rotation_euler = (0, 0, angle)
    return thing


def panel(size, at, towards, strength, falloff=0.35):
    """A softbox of that radiance."""
    data = bpy.data.lights.new("softbox", "AREA")
    data.shape = "RECTANGLE"
    data.size, data.size_y = size
    data.energy = math.pi * size[0] * size[1]
    mat.softbox(data, strength, falloff)
    thing = bpy.data.objects.new("softbox", data)
    bpy.context.collection.objects.link(thing)
    thing.location = at
    thing.rotation_euler = (Vector(towards) - Vector(at)).to_track_quat("-Z", "Y").to_euler()
    thing.visible_camera = False
    return thing


def camera(at, look, lens, width, height, shift_y=0.0, focus=None, fstop=0.0):
    data = bpy.data.cameras.new("camera")
    data.lens = lens
    data.sensor_width = 36
    data.sensor_fit = "HORIZONTAL"
    data.shift_y = shift_y
    data.clip_end = 200
    thing = bpy.data.objects.new("camera", data)
    bpy.context.collection.objects.link(thing)
    thing.location = at
    thing.rotation_euler = (Vector(look) - Vector(at)).to_track_quat("-Z", "Y").to_euler()
    if fstop:
        data.dof.use_dof = True
        data.dof.focus_distance = (Vector(focus) - Vector(at)).length
        data.dof.aperture_fstop = fstop
    scene = bpy.context.scene
    scene.camera = thing
    scene.render.resolution_x, scene.render.resolution_y = width, height
    scene.render.resolution_percentage = 100


def world(value):
    w = bpy.data.worlds.new("world")
    w.use_nodes = True
    bg = w.node_tree.nodes["Background"]
    bg.inputs["Color"].default_value = (1, 1, 1, 1)
    bg.inputs["Strength"].default_value = value
    bpy.context.scene.world = w


def settings(samples, threads):
    s = bpy.context.scene
    s.render.engine = "CYCLES"
    c = s.cycles
    c.device = "CPU"
    c.samples = samples
    c.use_adaptive_sampling = True
    c.adaptive_threshold = 0.06  # walls are soon done, their noise is easily filtered
    c.adaptive_min_samples = 6
    c.use_denoising = False
    c.max_bounces = 8
    c.diffuse_bounces = 1
    c.glossy_bounces = 3
    c.transmission_bounces = 2
    c.transparent_max_bounces = 12
    c.sample_clamp_indirect = 1.5
    c.sample_clamp_direct = 1.5  # or edges of mirrored lamps stay jagged
    c.blur_glossy = 1.0
    c.caustics_reflective = False
    c.caustics_refractive = False
    s.render.threads_mode = "FIXED"
    s.render.threads = threads
    s.view_settings.view_transform = "Raw"
    s.render.use_persistent_data = True


def passes(folder, prefix):
    """Has the picture and what the noise filter needs written as EXR files."""
    s = bpy.context.scene
    s.view_layers[0].cycles.denoising_store_passes = True
    for name in ("room", "glass"):
        if name not in s.view_layers[0].aovs:
            aov = s.view_layers[0].aovs.add()
            aov.name, aov.type = name, "VALUE"
    s.use_nodes = True
    tree = s.node_tree
    tree.nodes.clear()
    layers = tree.nodes.new("CompositorNodeRLayers")
    out = tree.nodes.new("CompositorNodeOutputFile")
    out.base_path = folder
    out.format.file_format = "OPEN_EXR"
    out.format.color_depth = "32"
    out.format.color_mode = "RGB"
    out.file_slots.clear()
    for source, name in PASSES.items():
        out.file_slots.new(f"{prefix}_{name}_")
        tree.links.new(layers.outputs[source], out.inputs[-1])
