"""Materials. Everything is grey but for a code in the channels: red sees white paint and white red
lamps, green sees black paint, blue sees black paint and black red lamps. One rendering then gives
the picture for any paint (see README)."""
import bpy


class Nodes:
    def __init__(self, name):
        self.material = bpy.data.materials.new(name)
        self.material.use_nodes = True
        self.tree = self.material.node_tree
        self.tree.nodes.clear()

    def node(self, kind, inputs=None, **settings):
        n = self.tree.nodes.new(kind)
        for key, value in settings.items():
            setattr(n, key, value)
        for key, value in (inputs or {}).items():
            self.set(n.inputs[key], value)
        return n

    def set(self, socket, value):
        if hasattr(value, "is_output"):
            self.tree.links.new(value, socket)
        else:
            socket.default_value = value

    def mark(self, name):
        return self.node("ShaderNodeAttribute", attribute_name=name).outputs["Fac"]

    def math(self, operation, a, b=0.0, c=0.0):
        n = self.node("ShaderNodeMath", operation=operation)
        for socket, value in zip(n.inputs, (a, b, c)):
            self.set(socket, value)
        return n.outputs[0]

    def below(self, value, limit):
        return self.math("LESS_THAN", value, limit)

    def mix(self, factor, a, b):
        n = self.node("ShaderNodeMixShader")
        self.set(n.inputs[0], factor)
        self.set(n.inputs[1], a)
        self.set(n.inputs[2], b)
        return n.outputs[0]

    def principled(self, color, roughness, **more):
        n = self.node("ShaderNodeBsdfPrincipled")
        self.set(n.inputs["Base Color"], color)
        n.inputs["Roughness"].default_value = roughness
        for key, value in more.items():
            self.set(n.inputs[key.replace("_", " ")], value)
        return n.outputs[0]

    def glass(self, through, ior=1.45, normal=None):
        """Thin and clear: reflects at grazing angles, lets `through` pass."""
        clear = self.node("ShaderNodeBsdfTransparent", {"Color": through}).outputs[0]
        gloss = self.node("ShaderNodeBsdfGlossy", {"Color": grey(1), "Roughness": 0.0})
        fresnel = self.node("ShaderNodeFresnel", {"IOR": ior})
        if normal is not None:
            self.set(gloss.inputs["Normal"], normal)
        return self.mix(fresnel.outputs[0], clear, gloss.outputs[0])

    def finish(self, shader):
        out = self.node("ShaderNodeOutputMaterial")
        self.set(out.inputs["Surface"], shader)
        return self.material


def grey(v):
    return (v, v, v, 1)


PAINT = 0.8


def paint_shader(n, normal=None):
    """Colour with some metal in it under a clear coat."""
    more = {} if normal is None else {"Normal": normal}
    base = n.principled((PAINT, 0, 0, 1), 0.36, Metallic=0.40, Specular=0.0, **more)
    coat = n.node("ShaderNodeBsdfGlossy", {"Color": grey(1), "Roughness": 0.01, **more})
    fresnel = n.node("ShaderNodeFresnel", {"IOR": 1.6, **more})
    return n.mix(fresnel.outputs[0], base, coat.outputs[0])


def plain(name, value, roughness, metallic=0.0, specular=0.5, clearcoat=0.0):
    n = Nodes(name)
    color = grey(value) if not isinstance(value, tuple) else value
    return n.finish(n.principled(color, roughness, Metallic=metallic, Specular=specular,
                                 Clearcoat=clearcoat))


def light(name, color, strength):
    n = Nodes(name)
    e = n.node("ShaderNodeEmission", {"Color": color, "Strength": strength})
    return n.finish(e.outputs[0])


def opaque_skin():
    """Where the skin is paint or black plastic with joints, which is most of it: kept apart from
    skin() because light passes through none of it, which renders much faster."""
    n = Nodes("opaque skin")
    joints = nearest(n, ("joint_a", "joint_b", "joint_c", "joint_d"))
    normal = rounded(n, n.math("MINIMUM", joints, n.math("ABSOLUTE", n.mark("black"))))
    black = n.principled(grey(0.012), 0.42, Specular=0.4)
    shader = n.mix(n.below(n.mark("black"), 0.0), paint_shader(n, normal), black)
    gap = n.node("ShaderNodeBsdfDiffuse", {"Color": grey(0.004)}).outputs[0]
    return n.finish(n.mix(n.below(joints, 0.0030), shader, gap))


def nearest(n, names):
    joints = None
    for name in names:
        d = n.math("ABSOLUTE", n.mark(name))
        joints = d if joints is None else n.math("MINIMUM", joints, d)
    return joints


def rounded(n, near):
    """The normal where edges at distance `near` bend inwards."""
    height = n.node("ShaderNodeMapRange", {"Value": near, "From Min": 0.001, "From Max": 0.007,
                                           "To Min": -0.003, "To Max": 0.0},
                    interpolation_type="SMOOTHSTEP")
    return n.node("ShaderNodeBump", {"Height": height.outputs[0], "Strength": 0.9,
                                     "Distance": 1.0}).outputs[0]


def skin(chrome, side=0.20, end=0.42):
    """The car's outer surface; which stuff it is comes from the marks of its points."""
    n = Nodes("skin")
    joints = nearest(n, ("joint_a", "joint_b", "joint_c", "joint_d"))
    window = n.math("MINIMUM", n.mark("window_side"), n.mark("window_end"))
    lamps = n.math("MINIMUM", n.mark("lamp"), n.mark("tail"))
    # Edges of glass and joints are rounded inwards.
    edges = n.math("MINIMUM", n.math("ABSOLUTE", lamps),
                   n.math("ABSOLUTE", n.math("SUBTRACT", window, 0.013)))
    edges = n.math("MINIMUM", edges, n.math("ABSOLUTE", n.mark("black")))
    normal = rounded(n, n.math("MINIMUM", joints, edges))
    shader = paint_shader(n, normal)
    black = n.principled(grey(0.012), 0.42, Specular=0.4)
    gloss = n.principled(grey(0.006), 0.05, Specular=0.6)
    hole = n.node("ShaderNodeBsdfTransparent", {"Color": grey(1)}).outputs[0]
    gap = n.node("ShaderNodeBsdfDiffuse", {"Color": grey(0.004)}).outputs[0]
    shader = n.mix(n.below(n.mark("black"), 0.0), shader, black)
    shader = n.mix(n.below(joints, 0.0030), shader, gap)
    shader = n.mix(n.below(window, 0.013), shader, black)
    if chrome:
        trim = n.principled(grey(0.8), 0.10, Metallic=1.0)
        band = n.math("MULTIPLY", n.below(n.mark("window_side"), 0.013),
                      n.below(n.math("MULTIPLY", n.mark("window_side"), -1.0), -0.006))
        shader = n.mix(band, shader, trim)
    # Side windows are darker than those at the ends.
    through = n.math("ADD", side, n.math("MULTIPLY", end - side, n.below(n.mark("window_end"), 0.0)))
    pane = n.glass(n.node("ShaderNodeCombineColor", {"Red": through, "Green": through,
                                                     "Blue": through}).outputs[0], 1.5)
    pane = n.mix(n.below(n.mark("pillar"), 0.0), pane, gloss)
    end = n.mark("window_end")
    frit = n.math("MULTIPLY", n.below(n.math("MULTIPLY", end, -1.0), 0.03), n.below(end, 0.013))
    pane = n.mix(frit, pane, gloss)
    shader = n.mix(n.below(window, 0.0), shader, pane)
    shader = n.mix(n.below(n.mark("tail"), 0.004), shader, gap)
    red = n.glass((0.75, 0.75, 0.004, 1), 1.5)
    shader = n.mix(n.below(n.mark("tail"), 0.0), shader, red)
    shader = n.mix(n.below(n.mark("lamp"), 0.004), shader, gap)
    shader = n.mix(n.below(n.mark("lamp"), 0.0), shader, n.glass(grey(0.95), 1.4))
    shader = n.mix(n.below(n.mark("grille"), 0.006), shader, gloss)
    shader = n.mix(n.below(n.mark("grille"), 0.0), shader, hole)
    # From inside: lining, and glass lets everything through.
    back = n.node("ShaderNodeNewGeometry").outputs["Backfacing"]
    lining = n.node("ShaderNodeBsdfDiffuse", {"Color": grey(0.02)}).outputs[0]
    clear = n.node("ShaderNodeBsdfTransparent", {"Color": grey(0.9)}).outputs[0]
    panes = n.math("MINIMUM", window, n.math("MINIMUM", lamps, n.mark("grille")))
    panes = n.math("MULTIPLY", n.below(panes, 0.0), n.math("SUBTRACT", 1.0,
                                                          n.below(n.mark("pillar"), 0.0)))
    inner = n.mix(panes, lining, clear)
    n.node("ShaderNodeOutputAOV", {"Value": n.below(n.math("MINIMUM", window, lamps), 0.0)}
           ).name = "glass"
    return n.finish(n.mix(back, shader, inner))


def painted():
    n = Nodes("paint")
    return n.finish(paint_shader(n))


def floor(value, gloss):
    """Matt with a thin polish: reflections fade with distance from the car by roughness."""
    n = Nodes("floor")
    matt = n.node("ShaderNodeBsdfDiffuse", {"Color": grey(value)}).outputs[0]
    shine = n.node("ShaderNodeBsdfGlossy", {"Color": grey(1), "Roughness": 0.12}).outputs[0]
    weight = n.node("ShaderNodeLayerWeight", {"Blend": 0.25}).outputs["Fresnel"]
    up = n.node("ShaderNodeNewGeometry").outputs["Normal"]
    z = n.node("ShaderNodeSeparateXYZ", {"Vector": up}).outputs["Z"]
    level = n.math("GREATER_THAN", z, 0.995)
    n.node("ShaderNodeOutputAOV", {"Value": 1.0}).name = "room"
    return n.finish(n.mix(n.math("MULTIPLY", n.math("MULTIPLY", weight, gloss), level), matt,
                          shine))


def softbox(data, strength, falloff):
    """Makes an area light a panel that is brightest in the middle."""
    data.use_nodes = True
    n = Nodes.__new__(Nodes)
    n.tree = data.node_tree
    n.tree.nodes.clear()
    uv = n.node("ShaderNodeNewGeometry").outputs["Parametric"]
    xyz = n.node("ShaderNodeSeparateXYZ", {"Vector": uv})
    fade = None
    for axis in ("X", "Y"):
        d = n.math("ABSOLUTE", n.math("SUBTRACT", xyz.outputs[axis], 0.5))
        edge = n.node("ShaderNodeMapRange", {"Value": d, "From Min": 0.5, "From Max": 0.5 - falloff,
                                             "To Min": 0.0, "To Max": 1.0},
                      interpolation_type="SMOOTHSTEP").outputs[0]
        fade = edge if fade is None else n.math("MULTIPLY", fade, edge)
    e = n.node("ShaderNodeEmission", {"Color": grey(1),
                                      "Strength": n.math("MULTIPLY", fade, strength)})
    out = n.node("ShaderNodeOutputLight")
    n.set(out.inputs["Surface"], e.outputs[0])
