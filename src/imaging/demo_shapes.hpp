#pragma once
// What the demo cars look like from the side, in millimetres: x from the front bumper, y up from
// the ground. Thread contract: constant data.

#include <vector>

#include "imaging/demo_cars.hpp"
#include "imaging/draw.hpp"

namespace showfloor::imaging::demo {

using Outline = std::vector<draw::Vertex>;

struct Shape {
    double length = 0;
    double front_axle = 0;
    double rear_axle = 0;
    double wheel_radius = 0;
    double sill = 0;  // height of the body's lower edge between the wheels
    Outline body;     // from the front's lower corner over the roof to the rear's lower corner
    Outline glass;    // all side windows as one; pillars are laid over it
    std::vector<Outline> pillars;  // centre lines
    double pillar_width = 70;
    std::vector<Outline> gaps;         // door and panel joints
    std::vector<draw::Point> handles;  // front end of each
    Outline shoulder;                  // the crease below the windows
    Outline head_lamp;
    Outline tail_lamp;
    draw::Point mirror;
    int spokes = 5;
    bool twin_spokes = false;
    bool cladding = false;  // unpainted lower edge and arches
    bool rails = false;     // on the roof
    Outline rail;
};

[[nodiscard]] const Shape& shape_of(BodyStyle style);

}  // namespace showfloor::imaging::demo
