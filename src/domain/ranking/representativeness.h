// What is typical of one camp: comments that it agrees (or disagrees) with more than the others do, and what a majority of
// all agrees with. Polis, math/src/polismath/math/repness.clj.
#pragma once

#include "domain/ranking/consensus.h"

#include <vector>

namespace parley::ranking {

inline constexpr double representative_z_min = 1.2816;

// One comment as one camp sees it, of agreement (A) or of disagreement (D in its place); S counts passes.
struct Representativeness {
    double share = 0;          // pa = (A + 1) / (S + 2)
    double share_z = 0;        // pat = 2 sqrt(S + 1) ((A + 1) / (S + 1) - 1/2)
    double ratio = 0;          // ra = pa / ((A_rest + 1) / (S_rest + 2)), rest: the other camps together
    double ratio_z = 0;        // rat: two proportions, one added to all four counts

    bool is_significant() const { return share_z > representative_z_min && ratio_z > representative_z_min; }
    double weight() const { return ratio * ratio_z * share * share_z; }
};

enum class Stance { Agree, Disagree };

Representativeness representativeness(std::span<CampCount const> counts, size_t camp, Stance);

struct RepresentativeComment {
    uint32_t comment;
    Stance stance;
    Representativeness evidence;
};

// Up to `wanted` comments that are significant for the camp, by ratio * ratio_z * share * share_z, the best that the camp
// agrees with first. Where a comment is significant both ways the heavier counts.
std::vector<RepresentativeComment> representative_comments(CampTable const&, size_t camp, size_t wanted = 5);

// Comments that more than half of all voters surely agree (disagree) with: share > 1/2 and share_z > 1.2816 over all camps
// together, by share * share_z, heaviest first.
std::vector<RepresentativeComment> majority_comments(CampTable const&, Stance, size_t wanted = 5);

}  // namespace parley::ranking
