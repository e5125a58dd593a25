// Explains who agrees with what by one line on which voters and comments have places: expected agreement of voter u with
// comment c is
//
//     y(u,c) = mean + intercept(u) + intercept(c) + factor(u) factor(c),   y = 1 agree, 0 disagree, passes left out.
//
// A comment's intercept is what speaks for it beyond the viewpoint of who votes: common ground. Its factor is its slant,
// a voter's is where they stand. Found by minimising
//
//     sum (y - y(u,c))^2 + a_iu sum intercept(u)^2 + a_ic sum intercept(c)^2 + a_mu mean^2
//                        + a_fu sum factor(u)^2    + a_fc sum factor(c)^2,
//
// the form of Community Notes' code (github.com/twitter/communitynotes, matrix_factorization.py) with its penalties or
// ours. The optimum is one up to the sign of all factors; the sign is fixed so that more voters have a negative factor.
// (The sum form that is printed in its guide is another model with several optima, and is not here.)
#pragma once

#include "domain/ranking/crew.h"
#include "domain/ranking/vote_table.h"

#include <optional>
#include <vector>

namespace parley::ranking {

// Ridge penalties, in pseudo-votes.
struct Penalties {
    double voter_intercept, comment_intercept, mean, voter_factor, comment_factor;
};

// Chosen by cross-validation on 17 public conversations; the optimum is flat.
inline constexpr Penalties parley_penalties { 6, 1, 0, 3, 1 };

// Community Notes': 0.15 and 0.03 times ratings per voter (or per comment), of `rated` voters and comments.
Penalties community_notes_penalties(VoteTable const&);

// Community Notes' filter, once and not to convergence: comments with at least 5 ratings, then voters with at least 10,
// then comments with at least 5 again. The numbering stays.
VoteTable community_notes_filter(VoteTable const&, size_t comment_ratings_min = 5, size_t voter_ratings_min = 10);

struct Place {
    double intercept = 0, factor = 0;
};

struct Factorisation {
    double mean = 0;
    std::vector<Place> voters, comments;  // zero where nobody rated

    double expected(uint32_t voter, uint32_t comment) const
    {
        return mean + voters[voter].intercept + comments[comment].intercept + voters[voter].factor * comments[comment].factor;
    }
};

// What the ratings of one comment add up to (or those of one voter): enough to place it while everyone else stands
// still. A rating is added or taken away in O(1).
struct RatingSums {
    double ratings = 0, factor = 0, factor_squared = 0, rest = 0, factor_rest = 0;

    // A rating by (or of) `other`; `rest` is what the others' terms leave of it: y - mean - intercept(other).
    void add(double other_factor, double rest_of_rating, double weight = 1)
    {
        ratings += weight;
        factor += weight * other_factor;
        factor_squared += weight * other_factor * other_factor;
        rest += weight * rest_of_rating;
        factor_rest += weight * other_factor * rest_of_rating;
    }
    // The ridge solution: [n + a_i, F; F, FF + a_f] (intercept, factor) = (R, FR), by Cramer's rule.
    Place solve(double intercept_penalty, double factor_penalty) const
    {
        double const a = ratings + intercept_penalty, b = factor_squared + factor_penalty;
        double const determinant = a * b - factor * factor;
        if (!(determinant > 0))
            return {};
        double const inverse = 1 / determinant;
        return { (rest * b - factor * factor_rest) * inverse, (a * factor_rest - factor * rest) * inverse };
    }
};

RatingSums sums_of_comment(VoteTable const&, Factorisation const&, uint32_t comment);

struct FitOptions {
    double tolerance = 1e-5;      // of comments' intercepts and factors: what is left to move, estimated
    int sweeps_max = 400;
    uint64_t seed = 1;            // of the first factors
    Factorisation const* warm = nullptr;  // begin here; lists may be shorter than the table, for who is new
};

struct Fit {
    Factorisation model;
    int sweeps = 0;
    bool has_converged = false;
};

// Alternating exact solutions, voters then comments, and after each sweep the gauge move: shifts and a scaling that
// leave every expectation as it is and lower the penalty. Without it hundreds of sweeps are needed, with it tens.
Fit fit(VoteTable const&, Penalties const&, FitOptions const& = {}, Crew* = nullptr);

double objective(VoteTable const&, Penalties const&, Factorisation const&);
// The largest partial derivative of the objective, which is 0 at the optimum.
double largest_gradient(VoteTable const&, Penalties const&, Factorisation const&);

// Standard error of each comment's intercept with voters as they stand: sqrt(s^2 [(X'X + diag(a_ic, a_fc))^-1]_00), rows
// of X (1, factor(u)), s^2 the sum of squared residuals over ratings - 1.
std::vector<double> standard_errors(VoteTable const&, Penalties const&, Factorisation const&);

// How far one more rating could move each comment's intercept: the least and the most over the fit itself and 12 refits
// of that comment with a made-up voter (intercept least or most of the voters', factor least, 0 or most, agree or not).
struct Bounds {
    double lowest, highest;
};
std::vector<Bounds> pseudo_rater_bounds(VoteTable const&, Penalties const&, Factorisation const&);

}  // namespace parley::ranking
