#include "app/commands/rank.h"

#include "base/html.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace parley::app {

using namespace ranking;

namespace {

constexpr double width = 720, height = 480, margin = 28;
constexpr size_t voters_max = 4'000;  // drawn, evenly picked; more only make a cloud denser and the file larger
constexpr size_t labels_max = 12;

// Both axes at one scale, the middle of all in the middle of the picture; the outermost hundredth may lie on the rim.
class Plane {
public:
    explicit Plane(std::vector<Point> const& points)
    {
        std::array<std::vector<double>, 2> distances;
        for (Point const& point : points)
            for (size_t axis : { 0, 1 })
                distances[axis].push_back(std::abs(point[axis]));
        auto reach = [](std::vector<double>& values) {
            if (values.empty())
                return 1.0;
            std::sort(values.begin(), values.end());
            return std::max(1e-9, values[(values.size() - 1) * 99 / 100]);
        };
        scale_ = std::min((width / 2 - margin) / reach(distances[0]), (height / 2 - margin) / reach(distances[1]));
    }
    Point place(Point const& point) const
    {
        return { std::clamp(width / 2 + scale_ * point[0], margin / 2, width - margin / 2), std::clamp(height / 2 - scale_ * point[1], margin / 2, height - margin / 2) };
    }

private:
    double scale_ = 1;
};

void append_voters(std::string& out, RankedVotes const& ranked, Plane const& plane)
{
    std::vector<int8_t> const& camps = ranked.found.camps.of_voter;
    size_t const step = std::max<size_t>(1, (camps.size() + voters_max - 1) / voters_max);
    for (int8_t camp : { int8_t(0), int8_t(1) }) {
        out += fmt::format("<g class=\"camp{}\">\n", camp);
        for (size_t voter = 0; voter < camps.size(); voter += step) {
            if (camps[voter] != camp)
                continue;
            Point const at = plane.place(ranked.found.positions[voter]);
            // A shape for each camp, because not everybody tells the colours apart.
            if (camp == 0)
                out += fmt::format("<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"3\"/>\n", at[0], at[1]);
            else
                out += fmt::format("<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"5.4\" height=\"5.4\" transform=\"rotate(45 {:.1f} {:.1f})\"/>\n", at[0] - 2.7, at[1] - 2.7, at[0], at[1]);
        }
        out += "</g>\n";
    }
}

void append_comments(std::string& out, RankedVotes const& ranked)
{
    std::vector<Point> const& points = ranked.found.comment_positions;
    Plane const plane(points);
    std::vector<std::pair<uint32_t, char const*>> shown;
    auto take = [&](std::vector<uint32_t> const& order, char const* kind) {
        for (size_t at = 0; at < std::min(labels_max / 2, order.size()); ++at)
            if (std::none_of(shown.begin(), shown.end(), [&](auto const& one) { return one.first == order[at]; }))
                shown.push_back({ order[at], kind });
    };
    take(ranked.found.by_common_ground, "common");
    take(ranked.found.by_split, "split");
    std::vector<Point> labelled;
    for (auto const& [comment, kind] : shown) {
        Point const at = plane.place(points[comment]);
        // A name that would stand on another's goes to the left of its cross.
        bool const is_crowded = std::any_of(labelled.begin(), labelled.end(), [&](Point const& other) { return std::abs(other[0] - at[0]) < 40 && std::abs(other[1] - at[1]) < 14; });
        labelled.push_back(at);
        out += fmt::format("<g class=\"{}\"><path d=\"M{:.1f} {:.1f}h8m-4-4v8\"/><text x=\"{:.1f}\" y=\"{:.1f}\"{}>", kind, at[0] - 4, at[1], at[0] + (is_crowded ? -7 : 7), at[1] + 4,
            is_crowded ? " text-anchor=\"end\"" : "");
        append_escaped(out, ranked.file.comments[comment]);
        out += "</text></g>\n";
    }
}

}  // namespace

std::string map_of(RankedVotes const& ranked)
{
    CommonGround const& found = ranked.found;
    std::string const title = fmt::format("{} votes by {} voters on {} comments. Camp 0 (circles): {} voters; camp 1 (diamonds): {} voters. {}", ranked.table.votes(), ranked.table.voters(),
        ranked.table.comments(), found.camps.sizes.empty() ? 0 : found.camps.sizes[0], found.camps.sizes.size() < 2 ? 0 : found.camps.sizes[1],
        found.divide.is_real ? "The divide is real." : "There is no clear divide.");
    std::string out = fmt::format("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0} {1}\" width=\"{0}\" height=\"{1}\" role=\"img\" aria-labelledby=\"title\">\n"
                                  "<title id=\"title\">{2}</title>\n",
        width, height, title);
    out += "<style>\n"
           "svg { background: #fff; font: 12px system-ui, sans-serif }\n"
           ".camp0 { fill: #1f6feb; fill-opacity: .45 } .camp1 { fill: #b35900; fill-opacity: .5 }\n"
           ".axis { stroke: #bbb; stroke-dasharray: 3 4 }\n"
           "path { stroke: #111; stroke-width: 2; fill: none } text { fill: #111; paint-order: stroke; stroke: #fff; stroke-width: 3 }\n"
           ".common text { font-weight: bold } .split text { font-style: italic }\n"
           "@media (prefers-color-scheme: dark) { svg { background: #14171a } .camp0 { fill: #6cb0ff } .camp1 { fill: #f0a35c } .axis { stroke: #444 }\n"
           "  path { stroke: #eee } text { fill: #eee; stroke: #14171a } }\n"
           "</style>\n";
    out += fmt::format("<path class=\"axis\" style=\"stroke-width:1\" d=\"M{0} {2}H{1}M{3} {0}V{4}\"/>\n", margin / 2, width - margin / 2, height / 2, width / 2, height - margin / 2);
    append_voters(out, ranked, Plane(found.positions));
    append_comments(out, ranked);
    return out + "</svg>\n";
}

}  // namespace parley::app
