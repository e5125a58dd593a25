// The baseline of bench_rank: the same model fitted the plain way, one thread, doubles, a list of (number, y) by voter
// and one by comment, exact 2x2 solutions and the four gauge steps of domain/ranking/factorisation.h one by one.
#pragma once

#include "domain/ranking/factorisation.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace parley::ranking {

struct PlainVotes {
    struct Rating {
        uint32_t other;
        float y;
    };
    std::vector<std::vector<Rating>> by_voter, by_comment;

    PlainVotes() = default;
    PlainVotes(uint32_t voters, uint32_t comments, std::vector<CastVote> votes)
    {
        std::stable_sort(votes.begin(), votes.end(), [](CastVote const& a, CastVote const& b) { return std::tie(a.voter, a.comment) < std::tie(b.voter, b.comment); });
        by_voter.resize(voters);
        by_comment.resize(comments);
        for (size_t at = 0; at < votes.size(); ++at) {
            CastVote const& vote = votes[at];
            if (vote.value == 0 || (at + 1 < votes.size() && votes[at + 1].voter == vote.voter && votes[at + 1].comment == vote.comment))
                continue;
            by_voter[vote.voter].push_back({ vote.comment, float(vote.value == 1) });
            by_comment[vote.comment].push_back({ vote.voter, float(vote.value == 1) });
        }
    }
};

struct PlainFit {
    Factorisation model;
    int sweeps = 0;
};

inline PlainFit plain_fit(PlainVotes const& votes, double tolerance, Penalties const& a = parley_penalties)
{
    PlainFit result;
    Factorisation& model = result.model;
    std::vector<Place>&u = model.voters, &c = model.comments;
    u.resize(votes.by_voter.size());
    c.resize(votes.by_comment.size());
    double ratings = 0, agreed = 0;
    for (size_t at = 0; at < c.size(); ++at) {
        c[at].factor = double((at * 0x9e3779b97f4a7c15u) >> 11) * 0x1p-53 - 0.5;
        for (auto const& rating : votes.by_comment[at])
            ratings += 1, agreed += rating.y;
    }
    model.mean = agreed / ratings;
    auto solve = [&](auto const& rows, std::vector<Place>& own, std::vector<Place> const& others, double a_i, double a_f) {
        for (size_t row = 0; row < rows.size(); ++row) {
            RatingSums sums;
            for (auto const& rating : rows[row])
                sums.add(others[rating.other].factor, rating.y - model.mean - others[rating.other].intercept);
            own[row] = rows[row].empty() ? Place {} : sums.solve(a_i, a_f);
        }
    };
    auto sum = [](std::vector<Place> const& places, auto const& of) {
        double total = 0;
        for (Place const& place : places)
            total += of(place);
        return total;
    };
    auto intercept = [](Place const& place) { return place.intercept; };
    auto factor = [](Place const& place) { return place.factor; };
    auto both = [](Place const& place) { return place.intercept * place.factor; };
    auto square = [](Place const& place) { return place.factor * place.factor; };
    double change_before = 0;
    while (result.sweeps++ < 400) {
        std::vector<Place> const before = c;
        solve(votes.by_voter, u, c, a.voter_intercept, a.voter_factor);
        solve(votes.by_comment, c, u, a.comment_intercept, a.comment_factor);
        model.mean += a.comment_intercept * sum(c, intercept) / ratings;
        double const x = sum(u, intercept) / double(u.size()), z = sum(c, intercept) / double(c.size());
        for (Place& place : u)
            place.intercept -= x;
        for (Place& place : c)
            place.intercept -= z;
        model.mean += x + z;
        double const t = (a.voter_factor * sum(u, factor) - a.comment_intercept * sum(c, both)) / (a.voter_factor * double(u.size()) + a.comment_intercept * sum(c, square));
        for (Place& place : u)
            place.factor -= t;
        for (Place& place : c)
            place.intercept += t * place.factor;
        double const s = (a.comment_factor * sum(c, factor) - a.voter_intercept * sum(u, both)) / (a.comment_factor * double(c.size()) + a.voter_intercept * sum(u, square));
        for (Place& place : c)
            place.factor -= s;
        for (Place& place : u)
            place.intercept += s * place.factor;
        double const scale = std::pow(a.comment_factor * sum(c, square) / (a.voter_factor * sum(u, square)), 0.25);
        double change = 0;
        for (Place& place : u)
            place.factor *= scale;
        for (size_t at = 0; at < c.size(); ++at) {
            c[at].factor /= scale;
            change = std::max({ change, std::abs(c[at].intercept - before[at].intercept), std::abs(c[at].factor - before[at].factor) });
        }
        double const ratio = change_before > 0 ? std::min(0.98, change / change_before) : 0.98;
        change_before = change;
        if (result.sweeps > 2 && change * ratio / (1 - ratio) < tolerance)
            break;
    }
    return result;
}

}  // namespace parley::ranking
