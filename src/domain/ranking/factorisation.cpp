#include "domain/ranking/factorisation.h"

#include <algorithm>
#include <cmath>

namespace parley::ranking {

namespace {

size_t rated_rows(uint32_t rows, auto const& row)
{
    size_t count = 0;
    for (uint32_t number = 0; number < rows; ++number)
        count += row(number).rated() > 0;
    return count;
}

double residual_square_sum(VoteTable const& votes, Factorisation const& model)
{
    double sum = 0;
    for (uint32_t comment = 0; comment < votes.comments(); ++comment) {
        VoteRow const row = votes.of_comment(comment);
        for (uint32_t voter : row.agree)
            sum += std::pow(1 - model.expected(voter, comment), 2);
        for (uint32_t voter : row.disagree)
            sum += std::pow(model.expected(voter, comment), 2);
    }
    return sum;
}

}  // namespace

RatingSums sums_of_comment(VoteTable const& votes, Factorisation const& model, uint32_t comment)
{
    RatingSums sums;
    VoteTable::for_each(votes.of_comment(comment), [&](uint32_t voter, int8_t value) {
        if (value != 0)
            sums.add(model.voters[voter].factor, (value == 1) - model.mean - model.voters[voter].intercept);
    });
    return sums;
}

Penalties community_notes_penalties(VoteTable const& votes)
{
    double const ratings = double(votes.ratings());
    double const per_voter = ratings / std::max<double>(1, double(rated_rows(votes.voters(), [&](uint32_t row) { return votes.of_voter(row); })));
    double const per_comment = ratings / std::max<double>(1, double(rated_rows(votes.comments(), [&](uint32_t row) { return votes.of_comment(row); })));
    return { 0.15 * per_voter, 0.15 * per_comment, 0.15 * ratings, 0.03 * per_voter, 0.03 * per_comment };
}

VoteTable community_notes_filter(VoteTable const& votes, size_t comment_ratings_min, size_t voter_ratings_min)
{
    auto rated_comments = [&](VoteTable const& table) {
        return table.only([&](uint32_t, uint32_t comment, int8_t value) { return value != 0 && table.of_comment(comment).rated() >= comment_ratings_min; });
    };
    VoteTable first = rated_comments(votes);
    return rated_comments(first.only([&](uint32_t voter, uint32_t, int8_t) { return first.of_voter(voter).rated() >= voter_ratings_min; }));
}

double objective(VoteTable const& votes, Penalties const& a, Factorisation const& model)
{
    double sum = residual_square_sum(votes, model) + a.mean * model.mean * model.mean;
    for (Place const& voter : model.voters)
        sum += a.voter_intercept * voter.intercept * voter.intercept + a.voter_factor * voter.factor * voter.factor;
    for (Place const& comment : model.comments)
        sum += a.comment_intercept * comment.intercept * comment.intercept + a.comment_factor * comment.factor * comment.factor;
    return sum;
}

double largest_gradient(VoteTable const& votes, Penalties const& a, Factorisation const& model)
{
    std::vector<Place> of_voters(votes.voters()), of_comments(votes.comments());
    double of_mean = -a.mean * model.mean;
    for (uint32_t comment = 0; comment < votes.comments(); ++comment)
        VoteTable::for_each(votes.of_comment(comment), [&](uint32_t voter, int8_t value) {
            if (value == 0)
                return;
            double const residual = (value == 1) - model.expected(voter, comment);
            of_mean += residual;
            of_voters[voter].intercept += residual;
            of_voters[voter].factor += residual * model.comments[comment].factor;
            of_comments[comment].intercept += residual;
            of_comments[comment].factor += residual * model.voters[voter].factor;
        });
    double largest = std::abs(of_mean);
    auto look = [&](std::vector<Place> const& residuals, std::vector<Place> const& places, double a_i, double a_f) {
        for (size_t at = 0; at < places.size(); ++at)
            largest = std::max({ largest, std::abs(residuals[at].intercept - a_i * places[at].intercept), std::abs(residuals[at].factor - a_f * places[at].factor) });
    };
    look(of_voters, model.voters, a.voter_intercept, a.voter_factor);
    look(of_comments, model.comments, a.comment_intercept, a.comment_factor);
    return 2 * largest;
}

std::vector<double> standard_errors(VoteTable const& votes, Penalties const& a, Factorisation const& model)
{
    double const variance = residual_square_sum(votes, model) / std::max<double>(1, double(votes.ratings()) - 1);
    std::vector<double> errors(votes.comments());
    for (uint32_t comment = 0; comment < votes.comments(); ++comment) {
        RatingSums const sums = sums_of_comment(votes, model, comment);
        double const top = sums.ratings + a.comment_intercept, bottom = sums.factor_squared + a.comment_factor;
        errors[comment] = std::sqrt(variance * bottom / (top * bottom - sums.factor * sums.factor));
    }
    return errors;
}

std::vector<Bounds> pseudo_rater_bounds(VoteTable const& votes, Penalties const& a, Factorisation const& model)
{
    Place least, most;
    bool is_first = true;
    for (uint32_t voter = 0; voter < votes.voters(); ++voter) {
        if (votes.of_voter(voter).rated() == 0)
            continue;
        Place const& place = model.voters[voter];
        least = is_first ? place : Place { std::min(least.intercept, place.intercept), std::min(least.factor, place.factor) };
        most = is_first ? place : Place { std::max(most.intercept, place.intercept), std::max(most.factor, place.factor) };
        is_first = false;
    }
    std::vector<Bounds> bounds(votes.comments());
    for (uint32_t comment = 0; comment < votes.comments(); ++comment) {
        double const now = model.comments[comment].intercept;
        bounds[comment] = { now, now };
        if (votes.of_comment(comment).rated() == 0)
            continue;
        RatingSums const sums = sums_of_comment(votes, model, comment);
        for (double intercept : { least.intercept, most.intercept })
            for (double factor : { least.factor, 0.0, most.factor })
                for (double y : { 0.0, 1.0 }) {
                    RatingSums more = sums;
                    more.add(factor, y - model.mean - intercept);
                    double const refitted = more.solve(a.comment_intercept, a.comment_factor).intercept;
                    bounds[comment] = { std::min(bounds[comment].lowest, refitted), std::max(bounds[comment].highest, refitted) };
                }
    }
    return bounds;
}

}  // namespace parley::ranking
