// A map of a discussion: how densely the voters of each camp stand where, the camps side by side. It holds counts of cells
// and no voter: a cell in which fewer than three stand is empty, and of the others it says how full they are in four steps.
#pragma once

#include "domain/ranking/camps.h"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace parley::ranking {

inline constexpr size_t map_columns = 24, map_rows = 16;
inline constexpr uint32_t voters_in_cell_min = 3;

class VoterMap {
public:
    VoterMap() = default;
    // Positions and camps of voters; who is in no camp is left out.
    VoterMap(std::span<Point const> positions, std::span<int8_t const> camp_of_voter);

    // 0 (nobody to be told of) to 4.
    uint8_t level(size_t camp, size_t column, size_t row) const { return levels_[camp][row * map_columns + column]; }
    bool is_empty() const;

    // Where comments lie, whose positions are directions: nearer to the camp that agrees with them, between the camps where
    // neither does more than the other. The farthest of them stands near the edge.
    std::vector<Point> places_of_comments(std::span<Point const> positions) const;

    // Where a voter's position lies: x and y from 0 to 1, y downwards; what lies outside is drawn at the edge.
    Point place_of(Point const& position) const;

    std::string written() const;
    static std::optional<VoterMap> read(std::string_view);  // nothing for what written() has not written

private:
    Point middle_ { 0, 0 };
    Point direction_ { 1, 0 };  // from camp 0 to camp 1, of length 1
    double reach_ = 1;          // half the width, in units of positions
    std::array<std::array<uint8_t, map_columns * map_rows>, 2> levels_ {};
};

}  // namespace parley::ranking
