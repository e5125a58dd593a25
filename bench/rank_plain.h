// The baseline of bench_rank: the same model fitted the plain way, one thread, doubles, a list of (number, y) by voter
// and one by comment, exact 2x2 solutions and the four gauge steps of domain/ranking/factorisation.h one by one.
#pragma once

#include "domain/ranking/factorisation.h"

#include <algorithm>
#include <cmath>
#include <span>
#include <vector>

namespace parley::ranking {

struct PlainVotes {
    struct Rating {
        uint32_t other;
        float y;
    };
    struct Rows {
        std::vector<size_t> starts;
        std::vector<Rating> ratings;

        size_t size() const { return starts.size() - 1; }
        std::span<Rating const> operator[](size_t row) const { return { ratings.data() + starts[row], ratings.data() + starts[row + 1] }; }
    };
    Rows by_voter, by_comment;

    PlainVotes() = default;
    PlainVotes(uint32_t voters, uint32_t comments, std::vector<CastVote> votes)
    {
        auto fill = [&](Rows& rows, size_t count, uint32_t CastVote::*row, uint32_t CastVote::*other) {
            std::stable_sort(votes.begin(), votes.end(), [&](CastVote const& a, CastVote const& b) { return std::pair(a.*row, a.*other) < std::pair(b.*row, b.*other); });
            rows.starts.assign(1, 0);
            for (size_t at = 0; rows.size() < count; rows.starts.push_back(rows.ratings.size()))
                for (; at < votes.size() && votes[at].*row == rows.size(); ++at)
                    if (votes[at].value != 0 && !(at + 1 < votes.size() && votes[at + 1].voter == votes[at].voter && votes[at + 1].comment == votes[at].comment))
                        rows.ratings.push_back({ votes[at].*other, float(votes[at].value == 1) });
        };
        fill(by_voter, voters, &CastVote::voter, &CastVote::comment);
        fill(by_comment, comments, &CastVote::comment, &CastVote::voter);
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
