// bench_rank [VOTES] [THREADS] [ROUNDS]: how fast the ranking is on made-up votes (rank_votes.h), beside a plain
// implementation of the same arithmetic, in turns within one run: building the table, a cold fit, a warm one after 1 %
// new votes, one vote, group-informed consensus, all that is found in the votes and the Bayesian fit in it, reading the votes
// from CSV, and what a sweep reads beside what the machine can read. Medians.
#include "rank_plain.h"
#include "rank_votes.h"
#include "archives/votes_csv.h"
#include "domain/ranking/bayesian_factorisation.h"
#include "domain/ranking/camps.h"
#include "domain/ranking/common_ground.h"
#include "domain/ranking/consensus.h"
#include "domain/ranking/factorisation.h"

#include <chrono>
#include <cstdio>
#include <fmt/format.h>
#include <functional>

using namespace parley::ranking;

namespace {

double seconds(std::function<void()> const& work)
{
    auto const begin = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

double median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

// Bytes a second that `threads` threads read of memory no cache holds.
double read_bandwidth(Crew& crew, unsigned threads)
{
    std::vector<uint64_t> words(size_t(32) << 20, 1);  // 256 MB
    std::vector<double> rounds;
    std::vector<uint64_t> sums(threads);
    for (int round = 0; round < 5; ++round)
        rounds.push_back(seconds([&] {
            crew.run(threads, [&](size_t part) {
                size_t const each = words.size() / threads;
                uint64_t a = 0, b = 0, c = 0, d = 0;
                for (uint64_t const *at = words.data() + part * each, *end = at + each; at < end; at += 4)
                    a += at[0], b += at[1], c += at[2], d += at[3];
                sums[part] = a + b + c + d;
            });
        }));
    if (std::accumulate(sums.begin(), sums.end(), uint64_t(0)) != words.size())
        std::abort();
    return double(words.size() * sizeof(uint64_t)) / median(rounds);
}

// Seconds that a sweep's reads take and nothing else: every number of both orders, and at each eight bytes of who it names.
double bare_reads(VoteTable const& votes, Crew& crew, unsigned threads)
{
    std::vector<uint64_t> of_voters(votes.voters(), 1), of_comments(votes.comments(), 1), sums(threads);
    auto read = [&](std::vector<uint64_t> const& others, uint32_t rows, auto const& row) {
        crew.run(threads, [&](size_t part) {
            uint32_t const *at = row(uint32_t(uint64_t(rows) * part / threads)).all().data(), *const end = part + 1 == threads ? row(rows - 1).all().data() + row(rows - 1).seen() : row(uint32_t(uint64_t(rows) * (part + 1) / threads)).all().data();
            uint64_t a = 0, b = 0;
            for (; end - at >= 2; at += 2)
                a += others[at[0]], b += others[at[1]];
            sums[part] += a + b + (at != end ? others[*at] : 0);
        });
    };
    std::vector<double> rounds;
    for (int round = 0; round < 5; ++round)
        rounds.push_back(seconds([&] {
            read(of_comments, votes.voters(), [&](uint32_t number) { return votes.of_voter(number); });
            read(of_voters, votes.comments(), [&](uint32_t number) { return votes.of_comment(number); });
        }));
    if (std::accumulate(sums.begin(), sums.end(), uint64_t(0)) != 10 * votes.votes())
        std::abort();
    return median(rounds);
}

// Of comments' intercepts.
double largest_error(Factorisation const& model, Factorisation const& exact)
{
    double largest = 0;
    for (size_t comment = 0; comment < exact.comments.size(); ++comment)
        largest = std::max(largest, std::abs(model.comments[comment].intercept - exact.comments[comment].intercept));
    return largest;
}

}  // namespace

int main(int count, char** arguments)
{
    size_t const wanted = count > 1 ? std::strtoull(arguments[1], nullptr, 10) : 1'000'000;
    unsigned const threads = count > 2 ? unsigned(std::strtoul(arguments[2], nullptr, 10)) : 1;
    int const rounds = count > 3 ? std::atoi(arguments[3]) : 5;
    MadeUpVotes const made = make_votes(wanted);
    Crew crew(threads);
    std::printf("%zu votes by %u voters on %u comments, %u thread%s, %d rounds\n", made.cast.size(), made.voters, made.comments, threads, threads > 1 ? "s" : "", rounds);

    std::vector<double> building, plain_building;
    VoteTable votes;
    PlainVotes plain;
    for (int round = 0; round < rounds; ++round) {
        building.push_back(seconds([&] { votes = VoteTable(made.voters, made.comments, made.cast); }));
        plain_building.push_back(seconds([&] { plain = PlainVotes(made.voters, made.comments, made.cast); }));
    }
    std::printf("table: %.3f s, plain %.3f s, ratio %.2f; %.2f bytes a vote, with the fitted model %.2f\n", median(building), median(plain_building),
        median(building) / median(plain_building), double(votes.bytes()) / double(votes.votes()),
        (double(votes.bytes()) + double(sizeof(Place)) * (made.voters + made.comments)) / double(votes.votes()));

    Factorisation const exact = fit(votes, parley_penalties, { .tolerance = 1e-9, .sweeps_max = 4000 }, &crew).model;
    double const bandwidth = read_bandwidth(crew, threads), reads = bare_reads(votes, crew, threads);
    for (double tolerance : { 1e-4, 1e-5 }) {
        std::vector<double> cold, plain_cold;
        Fit fitted;
        PlainFit plain_fitted;
        for (int round = 0; round < rounds; ++round) {
            cold.push_back(seconds([&] { fitted = fit(votes, parley_penalties, { .tolerance = tolerance }, &crew); }));
            plain_cold.push_back(seconds([&] { plain_fitted = plain_fit(plain, tolerance); }));
        }
        double const sweep = median(cold) / fitted.sweeps, limit = double(2 * sizeof(uint32_t) * votes.ratings()) / bandwidth;
        std::printf("cold fit to %.0e: %.4f s in %d sweeps (error %.1e); plain on one thread %.4f s in %d (%.1e); ratio %.2f\n", tolerance, median(cold), fitted.sweeps,
            largest_error(fitted.model, exact), median(plain_cold), plain_fitted.sweeps, largest_error(plain_fitted.model, exact), median(cold) / median(plain_cold));
        std::printf("  a sweep %.2f ms; memory-bound limit %.2f ms at %.1f GB/s, fraction %.2f; its reads alone, out of order as they are, %.2f ms, fraction %.2f; plain %.2f ms\n",
            1e3 * sweep, 1e3 * limit, bandwidth / 1e9, limit / sweep, 1e3 * reads, reads / sweep, 1e3 * median(plain_cold) / plain_fitted.sweeps);
    }

    std::span<CastVote const> const cast = made.cast;
    Fit const before = fit(VoteTable(made.voters, made.comments, cast.first(cast.size() / 100 * 99)), parley_penalties, {}, &crew);
    for (double tolerance : { 1e-4, 1e-5 }) {
        std::vector<double> warm;
        Fit fitted;
        for (int round = 0; round < rounds; ++round)
            warm.push_back(seconds([&] { fitted = fit(votes, parley_penalties, { .tolerance = tolerance, .warm = &before.model }, &crew); }));
        std::printf("warm fit to %.0e after 1 %% new votes: %.4f s in %d sweeps (error %.1e)\n", tolerance, median(warm), fitted.sweeps, largest_error(fitted.model, exact));
    }

    // One vote: the sums of its comment and the comment's new place.
    std::vector<RatingSums> sums(made.comments);
    std::vector<double> streaming;
    double kept = 0;
    for (int round = 0; round < rounds; ++round)
        streaming.push_back(seconds([&] {
            for (CastVote const& vote : cast) {
                Place const& voter = exact.voters[vote.voter];
                sums[vote.comment].add(voter.factor, (vote.value == 1) - exact.mean - voter.intercept);
                kept += sums[vote.comment].solve(parley_penalties.comment_intercept, parley_penalties.comment_factor).intercept;
            }
        }));
    std::printf("one vote, its comment placed anew: %.1f ns (%.0f)\n", 1e9 * median(streaming) / double(cast.size()), kept / double(rounds) / double(cast.size()));

    // Group-informed consensus of all comments over two camps. Plain: the votes as they came, one after another.
    std::vector<int8_t> camp_of_voter(made.voters);
    for (uint32_t voter = 0; voter < made.voters; ++voter)
        camp_of_voter[voter] = exact.voters[voter].factor > 0 ? 1 : 0;
    std::vector<double> counting, plain_counting;
    double difference = 0;
    for (int round = 0; round < rounds; ++round) {
        std::vector<double> values(made.comments), plain_values(made.comments);
        counting.push_back(seconds([&] {
            CampTable const counts = count_by_camp(votes, camp_of_voter, 2);
            for (uint32_t comment = 0; comment < made.comments; ++comment)
                values[comment] = consensus(counts.of_comment(comment));
        }));
        plain_counting.push_back(seconds([&] {
            std::vector<std::array<double, 4>> counts(made.comments);
            for (CastVote const& vote : cast) {
                counts[vote.comment][2 * size_t(camp_of_voter[vote.voter])] += vote.value == 1;
                counts[vote.comment][2 * size_t(camp_of_voter[vote.voter]) + 1] += 1;
            }
            for (uint32_t comment = 0; comment < made.comments; ++comment)
                plain_values[comment] = (counts[comment][0] + 1) / (counts[comment][1] + 2) * ((counts[comment][2] + 1) / (counts[comment][3] + 2));
        }));
        for (uint32_t comment = 0; comment < made.comments; ++comment)
            difference = std::max(difference, std::abs(values[comment] - plain_values[comment]));
    }
    std::printf("consensus of all comments: %.2f ms, plain %.2f ms, ratio %.2f (difference %.0e)\n", 1e3 * median(counting), 1e3 * median(plain_counting),
        median(counting) / median(plain_counting), difference);

    // All that is found in them, with the guard: votes come in one after the other within thirty days.
    std::vector<VoteTime> times;
    std::vector<int64_t> first_vote_at(made.voters, INT64_MAX);
    for (size_t at = 0; at < cast.size(); ++at) {
        int64_t const cast_at = 1'700'000'000'000 + int64_t(double(at) / double(cast.size()) * 30 * 24 * 3'600'000);
        times.push_back({ cast[at].voter, cast[at].comment, cast_at });
        first_vote_at[cast[at].voter] = std::min(first_vote_at[cast[at].voter], cast_at);
    }
    std::vector<double> finding, bayesian;
    for (int round = 0; round < std::min(rounds, 3); ++round) {
        finding.push_back(seconds([&] { kept += find_common_ground({ votes, votes, first_vote_at, times }, {}, &crew).divide.split_half; }));
        bayesian.push_back(seconds([&] { kept += fit_bayesian(votes, {}, &crew).noise; }));
    }
    std::printf("common ground, all of it: %.3f s, the Bayesian fit in it %.3f s\n", median(finding), median(bayesian));

    std::string text = "voter,comment,vote,time\n";
    for (size_t at = 0; at < cast.size(); ++at)
        fmt::format_to(std::back_inserter(text), "r{},{},{},{}\n", cast[at].voter, cast[at].comment, cast[at].value, 1'700'000'000'000 + 137 * at);
    double const reading = seconds([&] {
        if (parley::archives::read_votes_csv(*parley::archives::open_text(text)).value().votes.size() != cast.size())
            std::abort();
    });
    std::printf("reading them from CSV: %.2f s, %.1f million a second, %.0f MB/s\n", reading, 1e-6 * double(cast.size()) / reading, 1e-6 * double(text.size()) / reading);
}
