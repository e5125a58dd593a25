#include "render/common_ground_map.h"

#include "domain/markup.h"
#include "render/template.h"
#include "render/words.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace parley {
namespace {

constexpr double width = 360, height = 240, mark_radius = 11, margin = 14;
constexpr size_t label_code_points = 80;

std::string coordinate(double value) { return fmt::format("{:.1f}", value); }

// One path for each camp and level: cells of one density are drawn at once.
std::vector<Fields> areas(ranking::VoterMap const& map)
{
    constexpr double cell_width = (width - 2 * margin) / ranking::map_columns, cell_height = (height - 2 * margin) / ranking::map_rows;
    constexpr double dot_max = std::min(cell_width, cell_height) * 0.62;
    std::vector<Fields> rows;
    for (size_t camp = 0; camp < 2; ++camp) {
        std::string path;
        for (size_t column = 0; column < ranking::map_columns; ++column)
            for (size_t row = 0; row < ranking::map_rows; ++row) {
                double radius = dot_max * std::sqrt(map.level(camp, column, row) / 4.0);
                if (radius == 0)
                    continue;
                double x = margin + (double(column) + 0.5) * cell_width, y = margin + (double(row) + 0.5) * cell_height;
                path += fmt::format("M{:.1f} {:.1f}a{:.1f} {:.1f} 0 1 0 {:.1f} 0a{:.1f} {:.1f} 0 1 0 {:.1f} 0", x - radius, y, radius, radius, 2 * radius,
                    radius, radius, -2 * radius);
            }
        if (!path.empty())
            rows.emplace_back().text("camp", camp == 0 ? "one" : "other").text("path", path);
    }
    return rows;
}

ranking::Point in_drawing(ranking::Point const& place) { return { margin + place[0] * (width - 2 * margin), margin + place[1] * (height - 2 * margin) }; }

}  // namespace

std::vector<ranking::Point> moved_apart(std::vector<ranking::Point> places, double radius, ranking::Point const& size)
{
    constexpr int rounds = 80;
    double const apart = 2 * radius + 2;
    for (int round = 0; round < rounds; ++round) {
        for (size_t first = 0; first < places.size(); ++first)
            for (size_t second = first + 1; second < places.size(); ++second) {
                double x = places[second][0] - places[first][0], y = places[second][1] - places[first][1];
                double distance = std::hypot(x, y);
                if (distance >= apart)
                    continue;
                if (distance < 1e-6) {  // on the same spot: in a direction of their own
                    x = std::cos(double(first + 2 * second));
                    y = std::sin(double(first + 2 * second));
                    distance = 1;
                }
                double push = (apart - std::hypot(places[second][0] - places[first][0], places[second][1] - places[first][1])) / 2 / distance;
                places[first] = { places[first][0] - x * push, places[first][1] - y * push };
                places[second] = { places[second][0] + x * push, places[second][1] + y * push };
            }
        for (ranking::Point& place : places)
            for (size_t axis = 0; axis < 2; ++axis)
                place[axis] = std::clamp(place[axis], radius + 1, size[axis] - radius - 1);
    }
    return places;
}

Html map_of(CommonGroundPage const& page)
{
    std::vector<ranking::Point> places;
    for (ranking::Point const& place : page.places)
        places.push_back(in_drawing(place));
    places = moved_apart(std::move(places), mark_radius, { width, height });
    std::vector<Fields> marks;
    std::pair<std::vector<ShownComment> const*, char const*> const lists[] {
        { &page.both, "both" }, { &page.one_side, "one" }, { &page.other_side, "other" }, { &page.split, "split" }
    };
    for (auto const& [list, kind] : lists)
        for (ShownComment const& each : *list) {
            size_t at = marks.size();
            std::string number = grouped(static_cast<int64_t>(at + 1)), text = excerpt(plain_text(each.comment.html), label_code_points);
            marks.emplace_back()
                .text("url", "#m-" + std::to_string(at + 1))
                .text("number", number)
                .text("kind", kind)
                .text("label", phrase("map.mark", { { "n", number }, { "text", text } }))
                .text("x", coordinate(places[at][0]))
                .text("y", coordinate(places[at][1]))
                .text("text_y", coordinate(places[at][1] + 4));
        }
    ranking::Point own = page.own_place ? in_drawing(*page.own_place) : ranking::Point { 0, 0 };
    Fields fields;
    fields.text("width", coordinate(width))
        .text("height", coordinate(height))
        .list("areas", areas(page.map))
        .flag("has_own_place", page.own_place.has_value())
        .text("own_x", coordinate(own[0]))
        .text("own_y", coordinate(own[1]))
        .list("marks", std::move(marks));
    return render("common_ground/map", fields);
}

}  // namespace parley
