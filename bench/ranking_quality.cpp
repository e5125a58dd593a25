// bench_ranking_quality [quick] [public|parts|made-up|guard…]: how well each method of domain/ranking/methods.h predicts votes
// it has not seen, finds comments that both camps approve of, and withstands brigades, on the public conversations of
// tests/data/polis, on parts of them that are small and sparse, and on made-up ones; and how many honest votes the guard
// holds back. Prints the tables of bench/results/ranking.md, all without a name. Nothing is timed.
#include "ranking_samples.h"

#include "domain/ranking/methods.h"
#include "domain/ranking/order.h"

#include <cstdio>
#include <functional>

using namespace parley::ranking;

namespace {

struct Sum {
    double sum = 0, count = 0;
    void add(double value)
    {
        if (std::isfinite(value))
            sum += value, count += 1;
    }
    double mean() const { return count > 0 ? sum / count : NAN; }
};

double area_under_curve(std::vector<std::pair<double, bool>>& given)
{
    std::sort(given.begin(), given.end());
    double agree = 0, disagree = 0, area = 0;
    for (size_t first = 0, last = 0; first < given.size(); first = last) {
        double yes = 0, no = 0;
        for (; last < given.size() && given[last].first == given[first].first; ++last)
            (given[last].second ? yes : no) += 1;
        area += yes * (disagree + no / 2);
        agree += yes, disagree += no;
    }
    return agree > 0 && disagree > 0 ? area / agree / disagree : NAN;
}

struct Quality {
    double auc = NAN, brier = NAN, top = NAN, correlation = NAN;
};

using Scorer = std::function<std::vector<double>(Votes const&)>;
using Predictor = std::function<std::optional<std::vector<double>>(Votes const&, std::span<VoterAndComment const>)>;

struct Entrant {
    std::string name;
    Scorer scores;
    Predictor predictions;
};

Quality measure_predictions(Sample const& sample, Predictor const& predictor)
{
    std::vector<VoterAndComment> pairs;
    std::vector<bool> agrees;
    for (CastVote const& vote : sample.test)
        if (vote.value != 0) {
            pairs.push_back({ vote.voter, vote.comment });
            agrees.push_back(vote.value == 1);
        }
    auto const found = predictor(sample.seen(), pairs);
    if (!found)
        return {};
    Quality quality;
    std::vector<std::pair<double, bool>> given;
    double brier = 0;
    for (size_t at = 0; at < pairs.size(); ++at) {
        given.emplace_back((*found)[at], agrees[at]);
        brier += std::pow((*found)[at] - agrees[at], 2) / double(pairs.size());
    }
    quality.auc = area_under_curve(given);
    quality.brier = brier;
    return quality;
}

double correlation(std::vector<double> const& a, std::vector<double> const& b)
{
    std::vector<double> const x = rank_shares(a), y = rank_shares(b);
    double xy = 0, xx = 0, yy = 0;
    for (size_t at = 0; at < x.size(); ++at)
        xy += (x[at] - .5) * (y[at] - .5), xx += (x[at] - .5) * (x[at] - .5), yy += (y[at] - .5) * (y[at] - .5);
    return xy / std::sqrt(xx * yy);
}

void measure_order(Sample const& sample, std::vector<double> const& scores, Quality& quality)
{
    Talk const& talk = *sample.talk;
    CampTable const held_out = count_by_camp(VoteTable(talk.voters, talk.comments, sample.test), talk.camp_of, 2);
    std::vector<double> given, truth;
    for (uint32_t comment = 0; comment < talk.comments; ++comment) {
        auto const both = held_out.of_comment(comment);
        if (std::min(both[0].rated(), both[1].rated()) < 5)
            continue;
        given.push_back(scores[comment]);
        truth.push_back(std::min(double(both[0].agree) / both[0].rated(), double(both[1].agree) / both[1].rated()));
    }
    if (given.size() < 12)
        return;
    std::vector<uint32_t> const order = order_by(given);
    double top = 0;
    for (size_t at = 0; at < 10; ++at)
        top += truth[order[at]] / 10;
    quality.top = top;
    quality.correlation = correlation(given, truth);
}

struct Split {
    char const* name;
    std::function<std::vector<Sample>(Talk const&)> samples;
};

std::vector<Split> splits()
{
    auto random = [](int percent) {
        return [percent](Talk const& talk) {
            std::vector<Sample> samples;
            for (int replicate = 0; replicate < 3; ++replicate)
                samples.push_back(random_split(talk, percent, replicate));
            return samples;
        };
    };
    return { { "random 80 %", random(80) }, { "random 50 %", random(50) }, { "random 20 %", random(20) },
        { "first half", [](Talk const& talk) { std::vector<Sample> one; one.push_back(time_split(talk)); return one; } },
        { "skew", [](Talk const& talk) {
             std::vector<Sample> samples;
             for (int replicate = 0; replicate < 3; ++replicate)
                 samples.push_back(skewed_split(talk, replicate));
             return samples;
         } } };
}

// Means over conversations of means over replicates.
void tables(char const* title, std::vector<Talk> const& talks, std::vector<Entrant> const& entrants)
{
    std::printf("\n%s: %zu conversations\n| method |", title, talks.size());
    for (Split const& split : splits())
        std::printf(" %s AUC / Brier / top ten / rank |", split.name);
    std::printf("\n");
    std::vector<std::vector<std::vector<Sample>>> samples;
    for (Split const& split : splits()) {
        samples.emplace_back();
        for (Talk const& talk : talks)
            samples.back().push_back(split.samples(talk));
    }
    for (Entrant const& entrant : entrants) {
        std::printf("| %-26s |", entrant.name.c_str());
        for (auto const& of_split : samples) {
            Sum auc, brier, top, rank;
            for (auto const& of_talk : of_split) {
                Sum auc_here, brier_here, top_here, rank_here;
                for (Sample const& sample : of_talk) {
                    Quality quality = entrant.predictions ? measure_predictions(sample, entrant.predictions) : Quality {};
                    if (entrant.scores)
                        measure_order(sample, entrant.scores(sample.seen()), quality);
                    auc_here.add(quality.auc), brier_here.add(quality.brier), top_here.add(quality.top), rank_here.add(quality.correlation);
                }
                auc.add(auc_here.mean()), brier.add(brier_here.mean()), top.add(top_here.mean()), rank.add(rank_here.mean());
            }
            std::printf(" %.3f / %.4f / %.3f / %.3f |", auc.mean(), brier.mean(), top.mean(), rank.mean());
        }
        std::printf("\n");
        std::fflush(stdout);
    }
}

std::vector<Brigade> brigades()
{
    return { { .attack = Attack::Naive, .name = "naive" }, { .attack = Attack::SameCamp, .name = "same camp" }, { .attack = Attack::SyntheticConsensus, .name = "synthetic" },
        { .attack = Attack::SyntheticConsensus, .is_aged = true, .name = "aged" }, { .attack = Attack::SyntheticConsensus, .is_aged = true, .is_patient = true, .name = "aged, patient" },
        { .attack = Attack::SyntheticConsensus, .takes_part = 0.5, .name = "half take part" } };
}

// Rise of the targets' place in percentile points, and their share of the top ten.
void attack_table(char const* title, std::vector<Talk> const& talks, std::vector<Entrant> const& entrants)
{
    std::printf("\n%s, brigades: rise in percentile points / share of the top ten\n| method |", title);
    for (Brigade const& brigade : brigades())
        std::printf(" %s |", brigade.name);
    std::printf("\n");
    for (Entrant const& entrant : entrants) {
        if (!entrant.scores)
            continue;
        std::printf("| %-26s |", entrant.name.c_str());
        for (Brigade const& brigade : brigades()) {
            Sum rise, share;
            for (Talk const& talk : talks) {
                Sample const quiet = attacked(talk, { Attack::None }, {});
                std::vector<uint32_t> const targets = one_sided(talk, quiet.train);
                if (targets.size() < 3)
                    continue;
                Sample const loud = attacked(talk, brigade, targets);
                std::vector<double> const before = entrant.scores(quiet.seen()), after = entrant.scores(loud.seen());
                std::vector<double> const shares_before = rank_shares(before), shares_after = rank_shares(after);
                std::vector<uint32_t> const order = order_by(after);
                double in_top = 0;
                for (uint32_t target : targets) {
                    rise.add(100 * (shares_after[target] - shares_before[target]));
                    in_top += std::find(order.begin(), order.begin() + std::min<ptrdiff_t>(10, ptrdiff_t(order.size())), target) < order.begin() + std::min<ptrdiff_t>(10, ptrdiff_t(order.size()));
                }
                share.add(in_top / std::min(10.0, double(order.size())));
            }
            std::printf(" %.1f / %.3f |", rise.mean(), share.mean());
        }
        std::printf("\n");
        std::fflush(stdout);
    }
}

// What the guard holds back of conversations that nobody attacked, in per cent of cells (a comment and a camp, with votes) and
// of votes.
void guard_table(std::vector<Talk> const& talks)
{
    struct Kind {
        Suspicion suspicion;
        char const* name;
    };
    constexpr Kind kinds[] = { { Suspicion::Newcomers, "newcomers" }, { Suspicion::LatestVotes, "late votes" }, { Suspicion::Drift, "drift" } };
    std::printf("\nHonest votes held back, all votes seen: %% of cells / %% of votes\n| conversation | cells | votes |");
    for (Kind const& kind : kinds)
        std::printf(" %s |", kind.name);
    std::printf(" all |\n");
    for (Talk const& talk : talks) {
        Sample sample { &talk };
        finish(sample, talk.votes);
        CommonGround const found = find_common_ground(sample.seen());
        std::set<std::pair<uint32_t, int8_t>> cells;
        for (uint32_t comment = 0; comment < talk.comments; ++comment)
            VoteTable::for_each(sample.train.of_comment(comment), [&](uint32_t voter, int8_t) { cells.emplace(comment, found.camps.of_voter[voter]); });
        double const cell_percent = 100 / double(cells.size()), vote_percent = 100 / double(sample.train.votes());
        double held_cells = 0, held_votes = 0;
        std::printf("| %s | %zu | %zu |", talk.name.c_str(), cells.size(), size_t(sample.train.votes()));
        for (Kind const& kind : kinds) {
            double of_kind = 0, votes_of_kind = 0;
            for (HeldVotes const& held : found.held)
                if (held.suspicion == kind.suspicion)
                    of_kind += cell_percent, votes_of_kind += vote_percent * double(held.voters.size());
            held_cells += of_kind, held_votes += votes_of_kind;
            std::printf(" %.2f / %.2f |", of_kind, votes_of_kind);
        }
        std::printf(" %.2f / %.2f |\n", held_cells, held_votes);
    }
}

}  // namespace

int main(int argc, char** argv)
{
    std::set<std::string> wanted(argv + 1, argv + argc);
    bool const is_quick = wanted.erase("quick") > 0;
    auto wants = [&](char const* name) { return wanted.empty() || wanted.contains(name); };
    std::vector<Talk> real, parts, invented;
    for (char const* name : { "brexit-consensus", "scoop-hivemind.biodiversity", "vtaiwan.uberx" })
        real.push_back(talk_of(conversation(name)));
    for (uint64_t seed = 1; seed <= (is_quick ? 1 : 3); ++seed) {
        parts.push_back(part_of(real[0], 0.8, 0.8, 0.6, seed));
        parts.push_back(part_of(real[1], 0.4, 0.4, 0.7, seed));
        parts.push_back(part_of(real[1], 0.7, 0.6, 0.3, seed));
        parts.push_back(part_of(real[2], 0.3, 0.5, 0.6, seed));
        parts.push_back(part_of(real[2], 0.6, 0.6, 0.3, seed));
    }
    for (MadeUp const& shape : { MadeUp { 120, 60, 25, 1.2, 0.4, 0.4, 0.9, 0.15, 1 }, MadeUp { 400, 120, 20, 0.8, 0.3, 0.6, 0.8, 0.2, 2 }, MadeUp { 900, 200, 25, 0.5, 0.5, 0.8, 0.7, 0.2, 3 },
             MadeUp { 300, 60, 30, 0, 0.5, 0.7, 1.0, 0.2, 4 }, MadeUp { 1500, 300, 20, 1.5, 0.25, 0.3, 0.8, 0.1, 5 } })
        invented.push_back(made_up(shape));
    std::vector<Entrant> entrants;
    for (Method method : all_methods())
        entrants.push_back({ std::string(name_of(method)), [method](Votes const& votes) { return scores(method, votes); },
            [method](Votes const& votes, std::span<VoterAndComment const> pairs) { return predictions(method, votes, pairs); } });
    if (wants("public")) {
        tables("The public conversations", real, entrants);
        attack_table("The public conversations", real, entrants);
    }
    if (wants("parts")) {
        tables("Parts of them", parts, entrants);
        attack_table("Parts of them", parts, entrants);
    }
    if (wants("made-up"))
        tables("Made up", invented, entrants);
    if (wants("guard"))
        guard_table(real);
}
