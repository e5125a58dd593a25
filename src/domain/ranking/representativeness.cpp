#include "domain/ranking/representativeness.h"

#include "domain/ranking/proportions.h"

#include <algorithm>

namespace parley::ranking {

namespace {

double wanted_votes(CampCount const& count, Stance stance) { return stance == Stance::Agree ? count.agree : count.disagree; }

Representativeness of_all(std::span<CampCount const> counts, Stance stance)
{
    double votes = 0, seen = 0;
    for (CampCount const& count : counts) {
        votes += wanted_votes(count, stance);
        seen += count.seen;
    }
    return { (votes + 1) / (seen + 2), one_proportion_z(votes, seen) };
}

void keep_heaviest(std::vector<RepresentativeComment>& found, size_t wanted, auto const& weight)
{
    std::stable_sort(found.begin(), found.end(), [&](auto const& a, auto const& b) { return weight(a.evidence) > weight(b.evidence); });
    if (found.size() > wanted)
        found.resize(wanted);
}

}  // namespace

Representativeness representativeness(std::span<CampCount const> counts, size_t camp, Stance stance)
{
    double const votes = wanted_votes(counts[camp], stance), seen = counts[camp].seen;
    double votes_rest = 0, seen_rest = 0;
    for (size_t other = 0; other < counts.size(); ++other)
        if (other != camp) {
            votes_rest += wanted_votes(counts[other], stance);
            seen_rest += counts[other].seen;
        }
    double const share = (votes + 1) / (seen + 2);
    return { share, one_proportion_z(votes, seen), share / ((votes_rest + 1) / (seen_rest + 2)), two_proportion_z(votes, seen, votes_rest, seen_rest) };
}

std::vector<RepresentativeComment> representative_comments(CampTable const& table, size_t camp, size_t wanted)
{
    std::vector<RepresentativeComment> found;
    for (uint32_t comment = 0; comment < table.comments(); ++comment) {
        Representativeness const agree = representativeness(table.of_comment(comment), camp, Stance::Agree);
        Representativeness const disagree = representativeness(table.of_comment(comment), camp, Stance::Disagree);
        bool takes_agree = agree.is_significant() && (!disagree.is_significant() || agree.weight() >= disagree.weight());
        if (takes_agree)
            found.push_back({ comment, Stance::Agree, agree });
        else if (disagree.is_significant())
            found.push_back({ comment, Stance::Disagree, disagree });
    }
    keep_heaviest(found, wanted, [](Representativeness const& evidence) { return evidence.weight(); });
    auto best_agreed = std::find_if(found.begin(), found.end(), [](auto const& comment) { return comment.stance == Stance::Agree; });
    if (best_agreed != found.end())
        std::rotate(found.begin(), best_agreed, best_agreed + 1);
    return found;
}

std::vector<RepresentativeComment> majority_comments(CampTable const& table, Stance stance, size_t wanted)
{
    std::vector<RepresentativeComment> found;
    for (uint32_t comment = 0; comment < table.comments(); ++comment) {
        Representativeness const all = of_all(table.of_comment(comment), stance);
        if (all.share > 0.5 && all.share_z > representative_z_min)
            found.push_back({ comment, stance, all });
    }
    keep_heaviest(found, wanted, [](Representativeness const& evidence) { return evidence.share * evidence.share_z; });
    return found;
}

}  // namespace parley::ranking
