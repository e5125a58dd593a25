#include "domain/ranking/map.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <fmt/format.h>

namespace parley::ranking {
namespace {

constexpr double share_within = 0.97;  // of voters; those further out stand at the edge
constexpr double height_of_width = double(map_rows) / map_columns;

Point centre_of(std::span<Point const> positions, std::span<int8_t const> camps, int8_t camp)
{
    Point sum { 0, 0 };
    double count = 0;
    for (size_t voter = 0; voter < positions.size(); ++voter)
        if (camps[voter] == camp) {
            sum[0] += positions[voter][0];
            sum[1] += positions[voter][1];
            ++count;
        }
    return count > 0 ? Point { sum[0] / count, sum[1] / count } : sum;
}

uint8_t level_of(uint32_t voters, uint32_t most)
{
    if (voters < voters_in_cell_min)
        return 0;
    return static_cast<uint8_t>(1 + std::min(3.0, std::floor(4.0 * voters / (most + 1.0))));
}

}  // namespace

VoterMap::VoterMap(std::span<Point const> positions, std::span<int8_t const> camps)
{
    Point const first = centre_of(positions, camps, 0), second = centre_of(positions, camps, 1);
    middle_ = { (first[0] + second[0]) / 2, (first[1] + second[1]) / 2 };
    double const apart = std::hypot(second[0] - first[0], second[1] - first[1]);
    if (apart > 0)
        direction_ = { (second[0] - first[0]) / apart, (second[1] - first[1]) / apart };
    std::vector<double> distances;
    for (size_t voter = 0; voter < positions.size(); ++voter)
        if (camps[voter] != no_camp) {
            double x = positions[voter][0] - middle_[0], y = positions[voter][1] - middle_[1];
            distances.push_back(std::max(std::abs(x * direction_[0] + y * direction_[1]),
                std::abs(y * direction_[0] - x * direction_[1]) / height_of_width));
        }
    if (distances.empty())
        return;
    std::ranges::sort(distances);
    reach_ = std::max(1e-9, distances[std::min(distances.size() - 1, size_t(share_within * double(distances.size())))] * 1.05);
    std::array<std::array<uint32_t, map_columns * map_rows>, 2> counts {};
    uint32_t most = 0;
    for (size_t voter = 0; voter < positions.size(); ++voter) {
        if (camps[voter] == no_camp)
            continue;
        Point const place = place_of(positions[voter]);
        size_t column = std::min(map_columns - 1, size_t(place[0] * map_columns)), row = std::min(map_rows - 1, size_t(place[1] * map_rows));
        most = std::max(most, ++counts[size_t(camps[voter])][row * map_columns + column]);
    }
    for (size_t camp = 0; camp < 2; ++camp)
        for (size_t cell = 0; cell < counts[camp].size(); ++cell)
            levels_[camp][cell] = level_of(counts[camp][cell], most);
}

bool VoterMap::is_empty() const
{
    return std::ranges::all_of(levels_, [](auto const& camp) { return std::ranges::all_of(camp, [](uint8_t level) { return level == 0; }); });
}

Point VoterMap::place_of(Point const& position) const
{
    double x = position[0] - middle_[0], y = position[1] - middle_[1];
    double along = (x * direction_[0] + y * direction_[1]) / reach_, across = (y * direction_[0] - x * direction_[1]) / (reach_ * height_of_width);
    return { std::clamp((along + 1) / 2, 0.0, 1.0), std::clamp((1 - across) / 2, 0.0, 1.0) };
}

std::vector<Point> VoterMap::places_of_comments(std::span<Point const> positions) const
{
    constexpr double edge = 0.42;  // of the width, from the middle
    std::vector<Point> turned;
    double farthest = 0;
    for (Point const& position : positions) {
        Point const place { position[0] * direction_[0] + position[1] * direction_[1], position[1] * direction_[0] - position[0] * direction_[1] };
        turned.push_back(place);
        farthest = std::max({ farthest, std::abs(place[0]), std::abs(place[1]) });
    }
    for (Point& place : turned)
        place = farthest > 0 ? Point { 0.5 + edge * place[0] / farthest, 0.5 - edge * place[1] / farthest } : Point { 0.5, 0.5 };
    return turned;
}

std::string VoterMap::written() const
{
    std::string text = fmt::format("1 {} {} {} {} {} ", middle_[0], middle_[1], direction_[0], direction_[1], reach_);
    for (auto const& camp : levels_)
        for (uint8_t level : camp)
            text += static_cast<char>('0' + level);
    return text;
}

std::optional<VoterMap> VoterMap::read(std::string_view text)
{
    VoterMap map;
    std::string const copy(text);
    int version = 0, length = 0;
    if (std::sscanf(copy.c_str(), "%d %lf %lf %lf %lf %lf %n", &version, &map.middle_[0], &map.middle_[1], &map.direction_[0], &map.direction_[1],
            &map.reach_, &length) != 6
        || version != 1 || copy.size() != size_t(length) + 2 * map_columns * map_rows || !(map.reach_ > 0))
        return {};
    size_t at = size_t(length);
    for (auto& camp : map.levels_)
        for (uint8_t& level : camp) {
            if (copy[at] < '0' || copy[at] > '4')
                return {};
            level = static_cast<uint8_t>(copy[at++] - '0');
        }
    return map;
}

}  // namespace parley::ranking
