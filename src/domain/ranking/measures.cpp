#include "domain/ranking/measures.h"

#include <algorithm>
#include <functional>

namespace parley::ranking {

CommonGroundIndex common_ground_index(CampTable const& table)
{
    auto approval = [](CampCount const& count) { return (count.agree + 1.0) / (count.rated() + 2.0); };
    CommonGroundIndex index { 0, 0, 0, true };
    for (size_t camp : { size_t { 0 }, size_t { 1 } }) {
        double valued = 0, across = 0, within = 0, rated_by_other = 0, chance = 0;
        for (uint32_t comment = 0; comment < table.comments(); ++comment) {
            CampCount const &own = table.of_comment(comment)[camp], &other = table.of_comment(comment)[1 - camp];
            valued += own.agree;
            across += own.agree * approval(other);
            within += own.agree * approval(own);
            rated_by_other += other.rated();
            chance += other.rated() * approval(other);
        }
        if (valued == 0 || rated_by_other == 0)
            return {};
        index.across += across / valued / 2;
        index.within += within / valued / 2;
        index.by_chance += chance / rated_by_other / 2;
    }
    return index;
}

VoiceShares voice_shares(std::span<uint32_t const> comments_of_each)
{
    std::vector<uint32_t> most_first;
    std::ranges::copy_if(comments_of_each, std::back_inserter(most_first), [](uint32_t comments) { return comments > 0; });
    std::ranges::sort(most_first, std::greater {});
    VoiceShares shares { .voices = most_first.size() };
    double squares = 0, by_most_active = 0;
    size_t const tenth = (most_first.size() + 9) / 10;
    for (size_t voice = 0; voice < most_first.size(); ++voice) {
        double const comments = most_first[voice];
        shares.comments += most_first[voice];
        squares += comments * comments;
        by_most_active += voice < tenth ? comments : 0;
    }
    if (shares.comments == 0)
        return shares;
    double const all = double(shares.comments);
    shares.most_active_tenth = by_most_active / all;
    shares.effective_voices = all * all / squares;
    return shares;
}

RepliesAcross replies_across(ReplyCounts const& replies)
{
    RepliesAcross result { .replies = replies.total() };
    if (result.replies == 0)
        return result;
    double const all = double(result.replies);
    double within_by_chance = 0;
    for (size_t camp : { size_t { 0 }, size_t { 1 } }) {
        double const by = double(replies.counts[camp][0] + replies.counts[camp][1]) / all;
        double const to = double(replies.counts[0][camp] + replies.counts[1][camp]) / all;
        within_by_chance += by * to;
    }
    result.across = double(replies.counts[0][1] + replies.counts[1][0]) / all;
    result.by_chance = 1 - within_by_chance;
    if (within_by_chance < 1)
        result.assortativity = (1 - result.across - within_by_chance) / (1 - within_by_chance);
    return result;
}

}  // namespace parley::ranking
