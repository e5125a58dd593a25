// Voters who vote as one: the same votes on the same comments within the same twenty minutes, more often than chance
// allows. Friends do that too, so nobody's vote is taken away for it; but what is called common ground must stand without
// them. After Community Notes' quasi-cliques (communitynotes, post_selection_similarity.py and quasi_clique_detection.py).
#pragma once

#include "domain/ranking/vote_table.h"

#include <cstdint>
#include <span>
#include <vector>

namespace parley::ranking {

struct VoteTime {
    uint32_t voter, comment;
    int64_t at;  // milliseconds
};

inline constexpr int64_t clique_window_ms = 20 * 60 * 1000;
inline constexpr double clique_npmi_min = 0.55;

// log(p(a,b) / (p(a) p(b))) / -log p(a,b), p shares of `events`: 1 when the two always come together, 0 by chance.
// Bouma 2009, "Normalized (pointwise) mutual information in collocation extraction".
double normalised_mutual_information(double together, double of_a, double of_b, double events);

// Groups of at least three voters, each with two others in the group with whom npmi over events (comment, vote, window) is
// at least 0.55 and who share at least five events and half of the votes of the less active of the two. Numbers ascend.
std::vector<std::vector<uint32_t>> find_cliques(VoteTable const&, std::span<VoteTime const>);

}  // namespace parley::ranking
