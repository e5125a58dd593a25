#include "render/line_chart.h"

#include "render/template.h"

#include <algorithm>
#include <fmt/format.h>

namespace parley {
namespace {

constexpr double width = 320, height = 140, left = 34, right = 8, top = 8, bottom = 8, dot_radius = 3;

double x_of(double at) { return left + at * (width - left - right); }
double y_of(double share) { return height - bottom - std::clamp(share, 0.0, 1.0) * (height - top - bottom); }

// A line through what is known, and a dot on each point: one alone has no line.
std::string path_of(std::vector<ChartPoint> const& points, std::optional<double> ChartPoint::*value, bool has_dots)
{
    std::string path, dots;
    bool is_drawing = false;
    for (ChartPoint const& point : points) {
        std::optional<double> const& share = point.*value;
        if (share) {
            path += fmt::format("{}{:.1f} {:.1f}", is_drawing ? "L" : "M", x_of(point.at), y_of(*share));
            dots += fmt::format("M{:.1f} {:.1f}a{} {} 0 1 0 {} 0a{} {} 0 1 0 -{} 0", x_of(point.at) - dot_radius, y_of(*share), dot_radius, dot_radius, 2 * dot_radius, dot_radius, dot_radius, 2 * dot_radius);
        }
        is_drawing = share.has_value();
    }
    return has_dots ? path + dots : path;
}

}  // namespace

Html draw(LineChart const& chart)
{
    std::vector<Fields> marks;
    for (double share : { 0.0, 0.5, 1.0 })
        marks.emplace_back().text("y", fmt::format("{:.1f}", y_of(share))).text("text_y", fmt::format("{:.1f}", y_of(share) + 4)).text("share", fmt::format("{:.0f}", 100 * share));
    Fields fields;
    fields.text("anchor", chart.anchor)
        .text("name", chart.name)
        .text("help", chart.help)
        .text("last", chart.last)
        .list("marks", std::move(marks))
        .text("line", path_of(chart.points, &ChartPoint::value, true))
        .text("chance", path_of(chart.points, &ChartPoint::by_chance, false));
    return render("desk/chart", fields);
}

}  // namespace parley
