// The order in which readers see the comments of a divided discussion: by common ground, and each camp gets its places, so
// that what everybody finds harmless does not drown what one camp finds best.
//
// Every fifth place goes to the camp that the places before it served least, for the best comment of its own; a camp is
// served by a comment as far as it approves of it. After justified representation, where a group of a size deserves its
// share of the places whatever the others prefer: Halpern et al., "Representation with Incomplete Votes", AAAI 2023; Revel
// et al., "Representative Ranking for Deliberation in the Public Sphere", ICML 2025.
#pragma once

#include "domain/ranking/common_ground.h"

#include <cstdint>
#include <span>
#include <vector>

namespace parley::ranking {

inline constexpr size_t places_in_window = 5;

// (agree + 1) / (seen + 2)
double approval(CampCount const&);

// Positions in `best_first`, which stands by common ground, in the order of their places. A camp's own best is what more
// than half of it approves of; where it has none left, the place goes to whatever comes next.
std::vector<uint32_t> give_places(std::span<CampCounts const> best_first);

}  // namespace parley::ranking
