#include "domain/ranking/next_question.h"

#include <algorithm>
#include <cmath>

namespace parley::ranking {

namespace {

double want(double seen) { return 1 + 8 * std::exp2(-seen / 5); }

bool has(std::span<uint32_t const> ascending, uint32_t number) { return std::binary_search(ascending.begin(), ascending.end(), number); }

}  // namespace

double question_priority(double agree, double passes, double seen, double extremity)
{
    double const root = (1 - (passes + 1) / (seen + 2)) * (extremity + 1) * (agree + 1) / (seen + 2) * want(seen);
    return root * root;
}

std::vector<double> question_weights(VoteTable const& values, std::span<int8_t const> camp_of, std::span<double const> extremity, int8_t reader_camp)
{
    CampTable const counts = count_by_camp(values, camp_of, 2);
    std::vector<double> weights(values.comments());
    for (uint32_t comment = 0; comment < values.comments(); ++comment) {
        VoteRow const row = values.of_comment(comment);
        weights[comment] = question_priority(double(row.agree.size()), double(row.pass.size()), double(row.seen()), extremity[comment]);
        if (reader_camp != no_camp)
            weights[comment] *= std::pow(want(counts.of_comment(comment)[size_t(reader_camp)].seen), 2);
    }
    return weights;
}

std::vector<double> question_weights(Votes const& votes, CommonGround const& known, int8_t reader_camp)
{
    std::vector<double> far(votes.values.comments());
    for (uint32_t comment = 0; comment < far.size() && comment < known.comment_positions.size(); ++comment) {
        VoteRow const row = votes.stances.of_comment(comment);
        double const mean = row.seen() == 0 ? 0 : (double(row.agree.size()) - double(row.disagree.size())) / double(row.seen());
        Point const& place = known.comment_positions[comment];
        far[comment] = std::abs(1 - mean) * std::hypot(place[0], place[1]);
    }
    return question_weights(votes.values, known.camps.of_voter, far, reader_camp);
}

std::optional<uint32_t> next_question(std::span<double const> weights, std::span<uint32_t const> seen, double fraction)
{
    double total = 0;
    for (uint32_t comment = 0; comment < weights.size(); ++comment)
        if (!has(seen, comment))
            total += weights[comment];
    double left = fraction * total;
    std::optional<uint32_t> last;
    for (uint32_t comment = 0; comment < weights.size(); ++comment) {
        if (has(seen, comment) || !(weights[comment] > 0))
            continue;
        last = comment;
        if ((left -= weights[comment]) < 0)
            break;
    }
    return last;
}

std::optional<uint32_t> heaviest_question(std::span<double const> weights, std::span<uint32_t const> seen)
{
    std::optional<uint32_t> best;
    for (uint32_t comment = 0; comment < weights.size(); ++comment)
        if (!has(seen, comment) && weights[comment] > 0 && (!best || weights[comment] > weights[*best]))
            best = comment;
    return best;
}

}  // namespace parley::ranking
