#include "next_question.h"

#include "discussion.h"
#include "domain/ranking/next_question.h"
#include "quality.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

namespace parley::simulation {

namespace {

constexpr int64_t minute_ms = 60'000;  // a visit is as long, on average

constexpr double questions_per_visit = 7;       // on average; Polis' voters answer more, a newspaper's readers fewer
constexpr double written_at_start = 0.4;        // of all comments; the rest come while the first ones are voted on
constexpr double votes_per_comment_until_all_written = 20;
constexpr size_t checkpoints = 100;             // refits: after each vote per comment, on average
constexpr double stable_correlation = 0.9;

struct Checkpoint {
    double votes_per_comment, correlation, overlap, worst_side;
};

struct Run {
    std::vector<Checkpoint> checkpoints;
    // Votes per comment after which the order stays like the last one; all where it never does.
    double stable_from() const
    {
        double from = checkpoints.back().votes_per_comment;
        for (size_t at = checkpoints.size(); at-- > 0 && checkpoints[at].correlation >= stable_correlation;)
            from = checkpoints[at].votes_per_comment;
        return from;
    }
};

double extremity_of(Discussion const& discussion, uint32_t comment)
{
    uint32_t const number = discussion.number_of(comment);
    if (!discussion.is_fitted() || number >= discussion.answer().comment_positions.size())
        return 0;
    Tally const& tally = discussion.tally(comment);
    double const mean = tally.seen ? (double(tally.agree) - double(tally.disagree)) / tally.seen : 0;
    ranking::Point const& place = discussion.answer().comment_positions[number];
    return std::abs(1 - mean) * std::hypot(place[0], place[1]);
}

double weight_of(Asking asking, Discussion const& discussion, uint32_t comment, int8_t camp)
{
    if (asking == Asking::Random)
        return 1;
    Tally const& tally = discussion.tally(comment);
    if (asking == Asking::Fewest)
        return std::pow(1 + (camp == ranking::no_camp ? tally.seen / 2.0 : discussion.seen_by_camp(comment, camp)), -4);
    double const weight = ranking::question_priority(tally.agree, tally.seen - tally.agree - tally.disagree, tally.seen, extremity_of(discussion, comment));
    if (asking == Asking::Routing || camp == ranking::no_camp)
        return weight;
    // As ranking::question_weights, with the votes that came since the last refit.
    double const want = 1 + 8 * std::exp2(-double(discussion.seen_by_camp(comment, camp)) / 5);
    return weight * want * want;
}

std::optional<uint32_t> ask(Asking asking, Discussion const& discussion, World const& world, uint32_t reader, Dice& dice)
{
    std::vector<uint32_t> open;
    for (uint32_t comment : discussion.order())
        if (!discussion.has_voted(reader, comment) && world.of(reader, comment).is_known)
            open.push_back(comment);
    if (open.empty())
        return {};
    if (asking == Asking::TopFirst)
        return open.front();
    std::vector<double> weights;
    for (uint32_t comment : open)
        weights.push_back(weight_of(asking, discussion, comment, discussion.camp_of(reader)));
    return open[dice.weighted(weights)];
}

// Each reader comes as often as it takes to say all they have to say, all in any order.
std::vector<uint32_t> visits_of(World const& world, Dice& dice)
{
    std::vector<uint32_t> visits;
    for (uint32_t reader = 0; reader < world.readers(); ++reader) {
        uint32_t known = 0;
        for (uint32_t comment = 0; comment < world.comments(); ++comment)
            known += world.of(reader, comment).is_known;
        visits.insert(visits.end(), size_t(std::ceil(known / questions_per_visit)), reader);
    }
    dice.shuffle(visits);
    return visits;
}

Run run(Asking asking, World const& world, std::span<uint32_t const> order_of_all, std::span<Approval const> approvals, uint64_t seed)
{
    Dice crowd(seed), asked(seed + 1);  // the same crowd comes in the same order whatever it is asked
    std::vector<uint32_t> numbering(world.comments());
    std::iota(numbering.begin(), numbering.end(), 0u);
    crowd.shuffle(numbering);
    std::vector<uint32_t> const visits = visits_of(world, crowd);
    Discussion discussion(world.readers(), numbering, std::max<uint32_t>(2, static_cast<uint32_t>(written_at_start * world.comments())));

    Run result;
    for (size_t visit = 0; visit < visits.size(); ++visit) {
        double const written = written_at_start + (1 - written_at_start) * double(discussion.votes()) / (votes_per_comment_until_all_written * world.comments());
        while (discussion.written() < std::min<double>(world.comments(), written * world.comments()))
            discussion.write_next_comment();
        uint32_t const questions = crowd.geometric(questions_per_visit);
        for (uint32_t question = 0; question < questions; ++question) {
            std::optional<uint32_t> comment = ask(asking, discussion, world, visits[visit], asked);
            if (!comment)
                break;
            discussion.vote(visits[visit], *comment, world.of(visits[visit], *comment), int64_t(visit) * minute_ms);
        }
        if (discussion.votes() < world.comments() * (result.checkpoints.size() + 1))
            continue;
        discussion.refit();
        std::vector<uint32_t> const order = discussion.order();
        std::vector<uint32_t> truth;  // of what is there to be ordered
        std::ranges::copy_if(order_of_all, std::back_inserter(truth), [&](uint32_t comment) { return discussion.is_written(comment); });
        result.checkpoints.push_back({ double(discussion.votes()) / world.comments(), rank_correlation(order, truth), top_overlap(order, truth), worst_side_of_top(order, approvals) });
        if (result.checkpoints.size() == checkpoints)
            break;
    }
    return result;
}

}  // namespace

std::string name_of(Asking asking)
{
    switch (asking) {
    case Asking::Random: return "random";
    case Asking::TopFirst: return "top first";
    case Asking::Routing: return "routing";
    case Asking::Fewest: return "fewest votes";
    default: return "routing by camp";
    }
}

NextQuestionResult try_next_question(NextQuestionOptions const& options)
{
    std::vector<World> worlds;
    Dice dice(options.seed);
    worlds.push_back(invented_world("invented", invented_readers(options.readers, dice), options.comments, dice));
    if (options.with_real)
        for (char const* name : { "brexit-consensus", "scoop-hivemind.biodiversity", "vtaiwan.uberx" })
            worlds.push_back(real_world(name));

    NextQuestionResult result { { { "world", "asking", "votes_per_comment_until_stable", "standard_error", "share_of_random", "correlation_at_5", "correlation_at_20", "top10_overlap_at_5", "top10_overlap_at_20", "top10_worst_side_at_5", "top10_worst_side_at_20" }, {} },
        { "How soon the order is known", "Rank correlation with the order that all votes give, by votes per comment, for each way of asking", "votes per comment", "rank correlation with the order of all votes", 0, 1, stable_correlation, {} }, {} };
    constexpr size_t ways = std::size(ways_of_asking), random_way = 3;
    std::vector<std::vector<Mean>> curve(ways, std::vector<Mean>(checkpoints));
    std::vector<Mean> share(ways);
    for (World const& world : worlds) {
        std::vector<uint32_t> const truth = world.answer().by_common_ground;
        std::vector<Approval> const approvals = world.approvals();
        std::vector<std::vector<Run>> runs(ways);
        for (size_t way = 0; way < ways; ++way)
            for (int at = 0; at < options.runs; ++at) {
                runs[way].push_back(run(ways_of_asking[way], world, truth, approvals, options.seed + 100 * uint64_t(at + 1)));
                for (size_t point = 0; point < checkpoints && point < runs[way].back().checkpoints.size(); ++point)
                    curve[way][point].add(runs[way].back().checkpoints[point].correlation);
            }
        for (size_t way = 0; way < ways; ++way) {
            Mean stable, of_random, at[6];
            for (int number = 0; number < options.runs; ++number) {
                Run const& one = runs[way][size_t(number)];
                stable.add(one.stable_from());
                of_random.add(one.stable_from() / runs[random_way][size_t(number)].stable_from());
                share[way].add(one.stable_from() / runs[random_way][size_t(number)].stable_from());
                Checkpoint const &early = one.checkpoints[4], &later = one.checkpoints[19];
                double const values[] = { early.correlation, later.correlation, early.overlap, later.overlap, early.worst_side, later.worst_side };
                for (size_t column = 0; column < 6; ++column)
                    at[column].add(values[column]);
            }
            std::vector<std::string> row { world.name, name_of(ways_of_asking[way]), number(stable.value(), 1), number(stable.standard_error(), 1), number(of_random.value(), 2) };
            for (Mean const& mean : at)
                row.push_back(number(mean.value()));
            result.table.rows.push_back(row);
        }
    }
    for (size_t way = 0; way < ways; ++way) {
        Curve line { name_of(ways_of_asking[way]), {} };
        for (size_t point = 0; point < checkpoints; ++point)
            line.points.push_back({ double(point + 1), curve[way][point].value() });
        result.picture.curves.push_back(line);
        result.share_of_random.push_back(share[way].value());
    }
    return result;
}

}  // namespace parley::simulation
