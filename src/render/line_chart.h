// A small chart of shares over time, as SVG that needs no script: one line for what was measured, a dashed one for what
// chance alone would give. Its figures stand in a table beside it; who cannot see it hears its name and its last value.
#pragma once

#include "base/html.h"

#include <optional>
#include <string>
#include <vector>

namespace parley {

struct ChartPoint {
    double at = 0;  // 0 to 1, along the time that the chart covers
    std::optional<double> value {}, by_chance {};  // 0 to 1; nothing where it is not known: the line breaks
};

struct LineChart {
    std::string anchor;  // ids of the chart begin with it
    std::string name, help;
    std::string last;    // the last value in words
    std::vector<ChartPoint> points;
};

Html draw(LineChart const&);

}  // namespace parley
