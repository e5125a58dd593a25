// The map of a discussion as SVG: where the voters of both sides stand, densely or thinly, the comments as numbered marks
// that lead to their words, and the viewer's own place. Pure; any thread.
#pragma once

#include "base/html.h"
#include "domain/discussion.h"

#include <vector>

namespace parley {

Html map_of(CommonGroundPage const&);

// Moves marks of this radius apart where they would cover each other; all stay within the frame. Places and answer are in
// the units of the drawing.
std::vector<ranking::Point> moved_apart(std::vector<ranking::Point> places, double radius, ranking::Point const& size);

}  // namespace parley
