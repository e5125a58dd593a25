// bench_rank [VOTES] [THREADS] [ROUNDS]: how fast the ranking is on made-up votes (rank_votes.h), beside a plain
// implementation of the same arithmetic, in turns within one run: building the table, a cold fit, a warm one after 1 %
// new votes, one vote, and what a sweep reads beside what the machine can read. Medians.
#include "rank_plain.h"
#include "rank_votes.h"
#include "domain/ranking/factorisation.h"

#include <chrono>
#include <cstdio>
#include <cstring>
#include <functional>
#include <malloc.h>

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
    double const bandwidth = read_bandwidth(crew, threads);
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
        std::printf("  a sweep %.2f ms; memory-bound limit %.2f ms at %.1f GB/s, fraction %.2f; plain %.2f ms\n", 1e3 * sweep, 1e3 * limit, bandwidth / 1e9, limit / sweep,
            1e3 * median(plain_cold) / plain_fitted.sweeps);
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
}
