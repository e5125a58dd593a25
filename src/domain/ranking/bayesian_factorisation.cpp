#include "domain/ranking/bayesian_factorisation.h"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>

namespace parley::ranking {

namespace {

using Model = BayesianFactorisation;
using Vector = Model::Vector;
using Matrix = Model::Matrix;
using Row = Model::Row;

// The first guess of priors' variances, and how many made-up rows stand behind it.
Vector const voter_guess { 0.02, 1, 1 }, comment_guess { 0.05, 0.03, 0.01 };
constexpr double guess_rows = 4;
constexpr int sweeps_before_learning = 2, sweeps_min = 8;
constexpr double nothing = 1e-12;  // variance of a line that is not wanted

// Deterministic, without symmetry (SplitMix64).
double first_factor(uint64_t seed, uint64_t number)
{
    uint64_t bits = seed * 0x9e3779b97f4a7c15u + (number + 1) * 0xbf58476d1ce4e5b9u;
    bits = (bits ^ (bits >> 30)) * 0xbf58476d1ce4e5b9u;
    bits = (bits ^ (bits >> 27)) * 0x94d049bb133111ebu;
    return double((bits ^ (bits >> 31)) >> 11) * 0x1p-53 - 0.5;
}

// What a row of one side looks like to the other: expectations of 1, f, ff' (three), intercept, intercept f, intercept squared.
// Votes that say the same add up, and all that a fit asks of a row's votes comes from such sums.
using Seen = Eigen::Matrix<double, 10, 1>;

Seen seen(Row const& row)
{
    double const intercept = row.mean(0), first = row.mean(1), second = row.mean(2);
    Matrix const& c = row.covariance;
    Seen result;
    result << 1, first, second, first * first + c(1, 1), first * second + c(1, 2), second * second + c(2, 2), intercept, intercept * first + c(0, 1), intercept * second + c(0, 2),
        intercept * intercept + c(0, 0);
    return result;
}

// Normal equations of a row, x = (1, f) of those who voted, r what is left of votes without the row: sums of E xx', E rx and E rr.
struct Equations {
    Matrix xx = Matrix::Zero();
    Vector rx = Vector::Zero();
    double rr = 0;

    // Votes of `list` were all `y` above the mean.
    void take(std::vector<Seen> const& seen_by, std::span<uint32_t const> list, double y, double weight = 1)
    {
        Seen s = Seen::Zero();
        for (uint32_t other : list)
            s += seen_by[other];
        Matrix more;
        more << s(0), s(1), s(2), s(1), s(3), s(4), s(2), s(4), s(5);
        xx += weight * more;
        rx += weight * (y * s.head<3>() - s.segment<3>(6));
        rr += weight * (y * y * s(0) - 2 * y * s(6) + s(9));
    }
};

// Of the rows of one side: their number, the sum of their means, and of the squares of what lies between them and the prior.
struct Moments {
    double count = 0;
    Vector first = Vector::Zero(), square = Vector::Zero();

    void add(Moments const& more)
    {
        count += more.count;
        first += more.first;
        square += more.square;
    }
};

class Fitter {
public:
    Fitter(VoteTable const& votes, BayesianOptions const& options, Crew& crew)
        : votes_(votes), options_(options), crew_(crew)
        , voter_parts_(cut_into_parts(votes.voters(), [&](uint32_t row) { return votes.entries_before_voter(row); }, 4096))
        , comment_parts_(cut_into_parts(votes.comments(), [&](uint32_t row) { return votes.entries_before_comment(row); }, 4096))
    {
    }

    Model run()
    {
        double agree = 0;
        for (uint32_t comment = 0; comment < votes_.comments(); ++comment)
            agree += double(votes_.of_comment(comment).agree.size());
        model_.mean = votes_.ratings() > 0 ? agree / double(votes_.ratings()) : 0.5;
        model_.noise = std::max(0.05, model_.mean * (1 - model_.mean) * 0.6);
        model_.voter_prior.covariance = voter_guess.asDiagonal();
        model_.comment_prior.covariance = comment_guess.asDiagonal();
        keep_lines();
        model_.voters.assign(votes_.voters(), model_.voter_prior);
        model_.comments.assign(votes_.comments(), model_.comment_prior);
        for (uint32_t comment = 0; comment < votes_.comments(); ++comment) {
            double const second = options_.lines == Lines::Two ? 0.2 * first_factor(options_.seed + 7, comment) : 0;
            model_.comments[comment].mean = { 0, 0.4 * first_factor(options_.seed, comment), second };
        }
        for (int sweep = 0; sweep < options_.sweeps_max && votes_.ratings() > 0; ++sweep)
            if (step(sweep) < options_.tolerance && sweep + 1 >= sweeps_min)
                break;
        return std::move(model_);
    }

private:
    // What is left of the ratings, and of their squares with all doubts, in one part of the work.
    struct Rest {
        double sum = 0, square = 0;
    };

    // Each row of one side given the other. Returns the moments of the rows that have votes, and what is left into `rest`
    // where it is asked for.
    template <typename Votes>
    Moments place(std::vector<Part> const& parts, Votes const& votes_of, std::vector<Row>& own, std::vector<Row> const& others, Row const& prior, std::vector<Rest>* rest)
    {
        std::vector<Seen> seen_by(others.size());
        for (size_t at = 0; at < others.size(); ++at)
            seen_by[at] = seen(others[at]);
        Matrix const precision = prior.covariance.inverse();
        Vector const pull = precision * prior.mean;
        std::vector<Moments> moments(parts.size());
        if (rest)
            rest->assign(parts.size(), {});
        crew_.run(parts.size(), [&](size_t part) {
            for (uint32_t number = parts[part].first; number < parts[part].last; ++number) {
                VoteRow const row = votes_of(number);
                if (row.rated() == 0 && (options_.pass_weight == 0 || row.seen() == 0)) {
                    own[number] = prior;
                    continue;
                }
                Equations rated;
                rated.take(seen_by, row.agree, 1 - model_.mean);
                rated.take(seen_by, row.disagree, -model_.mean);
                Equations all = rated;
                if (options_.pass_weight > 0)
                    all.take(seen_by, row.pass, 0.5 - model_.mean, options_.pass_weight);
                Row& w = own[number];
                w.covariance = (precision + all.xx / model_.noise).inverse();
                w.mean = w.covariance * (pull + all.rx / model_.noise);
                Moments& sum = moments[part];
                sum.count += 1;
                sum.first += w.mean;
                sum.square += w.covariance.diagonal();
                sum.square += (w.mean - prior.mean).cwiseAbs2();
                if (!rest)
                    continue;
                (*rest)[part].sum += rated.rx(0) - w.mean.dot(rated.xx.col(0));
                (*rest)[part].square += rated.rr - 2 * w.mean.dot(rated.rx) + (w.mean * w.mean.transpose() + w.covariance).cwiseProduct(rated.xx).sum();
            }
        });
        Moments sum;
        for (Moments const& part : moments)
            sum.add(part);
        return sum;
    }

    void keep_lines()
    {
        if (options_.lines == Lines::One)
            model_.comment_prior.covariance(2, 2) = nothing;
    }

    // The largest move of a comment's mean.
    double step(int sweep)
    {
        std::vector<Row> const before = model_.comments;
        std::vector<Rest> rest;
        Moments const u = place(voter_parts_, [&](uint32_t row) { return votes_.of_voter(row); }, model_.voters, model_.comments, model_.voter_prior, nullptr);
        Moments const c = place(comment_parts_, [&](uint32_t row) { return votes_.of_comment(row); }, model_.comments, model_.voters, model_.comment_prior, &rest);
        double off = 0, square = 0;
        for (Rest const& part : rest)
            off += part.sum, square += part.square;
        double const ratings = double(votes_.ratings());
        model_.mean += off / ratings;
        double moved = 0;
        for (size_t comment = 0; comment < before.size(); ++comment)
            moved = std::max(moved, (model_.comments[comment].mean - before[comment].mean).cwiseAbs().maxCoeff());
        if (sweep < sweeps_before_learning)
            return moved;
        model_.noise = std::clamp(square / ratings, 0.02, 0.25);
        learn(model_.voter_prior, u, voter_guess);
        learn(model_.comment_prior, c, comment_guess);
        // The size of voters' factors is fixed; that of comments' is learned.
        for (int factor : { 1, 2 }) {
            double const scale = std::sqrt(model_.voter_prior.covariance(factor, factor));
            model_.voter_prior.covariance(factor, factor) = 1;
            model_.voter_prior.mean(factor) /= scale;
            model_.comment_prior.covariance(factor, factor) *= scale * scale;
            model_.comment_prior.mean(factor) *= scale;
            for (Row& row : model_.voters)
                rescale(row, factor, 1 / scale);
            for (Row& row : model_.comments)
                rescale(row, factor, scale);
        }
        keep_lines();
        return moved;
    }

    static void rescale(Row& row, int factor, double by)
    {
        row.mean(factor) *= by;
        row.covariance.row(factor) *= by;
        row.covariance.col(factor) *= by;
    }

    static void learn(Row& prior, Moments const& moments, Vector const& guess)
    {
        prior.covariance.diagonal() = (moments.square + guess_rows * guess) / (moments.count + guess_rows);
        prior.mean = moments.first / (moments.count + guess_rows);
    }

    VoteTable const& votes_;
    BayesianOptions const options_;
    Crew& crew_;
    std::vector<Part> voter_parts_, comment_parts_;
    Model model_;
};

}  // namespace

BayesianFactorisation fit_bayesian(VoteTable const& votes, BayesianOptions const& options, Crew* crew)
{
    Crew alone;
    return Fitter(votes, options, crew ? *crew : alone).run();
}

}  // namespace parley::ranking
