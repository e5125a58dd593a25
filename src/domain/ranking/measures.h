// What an editor can measure a discussion by: whether what one side values is valued by the other, how many voices it has,
// and whether the sides answer each other. Numbers in, numbers out; each is shown beside what chance alone would give.
#pragma once

#include "domain/ranking/consensus.h"

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace parley::ranking {

// How likely a comment that a reader of one side values is valued by a reader of the other too:
//
//     index = mean over camps g of  sum_c A_gc p_hc / sum_c A_gc,   p_hc = (A_hc + 1) / (A_hc + D_hc + 2), h the other camp.
//
// A share of votes on comments that pass a bar in both camps would jump with single votes; this does not, and it gives
// the smaller camp as much say as the larger. It is the cross term of Simpson's probability that two draws agree (Simpson
// 1949, "Measurement of diversity") with Laplace's rule of succession for p.
struct CommonGroundIndex {
    double across = 0;     // the index
    double within = 0;     // the same with the reader's own camp in the place of the other
    double by_chance = 0;  // the index were what the camps value unrelated: mean over camps of sum_c p_hc S_hc / sum_c S_hc, S those rated
    bool is_known = false; // both camps value something
};
CommonGroundIndex common_ground_index(CampTable const&);

// How a discussion is shared among those who write in it.
struct VoiceShares {
    size_t voices = 0;
    size_t comments = 0;
    double most_active_tenth = 0;  // share of comments by the tenth of voices (rounded up) who wrote most
    double effective_voices = 0;   // 1 / sum of squared shares: as many equal voices would be as mixed. Laakso and Taagepera 1979
};
VoiceShares voice_shares(std::span<uint32_t const> comments_of_each);

// Replies between people who are in a camp. counts[g][h]: by camp g to camp h.
struct ReplyCounts {
    std::array<std::array<uint64_t, 2>, 2> counts {};

    uint64_t total() const { return counts[0][0] + counts[0][1] + counts[1][0] + counts[1][1]; }
};
struct RepliesAcross {
    uint64_t replies = 0;
    double across = 0;         // share of replies to the other camp
    double by_chance = 0;      // the same if who replies and who is replied to were drawn independently
    double assortativity = 0;  // (sum e_gg - sum a_g b_g) / (1 - sum a_g b_g): 1 only within, 0 chance, below 0 across. Newman 2003, "Mixing patterns in networks"
};
RepliesAcross replies_across(ReplyCounts const&);

}  // namespace parley::ranking
