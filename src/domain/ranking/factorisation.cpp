#include "domain/ranking/factorisation.h"

#include <algorithm>
#include <cmath>

namespace parley::ranking {

namespace {

// A number in [-0.5, 0.5) that depends on nothing but its arguments (SplitMix64, Steele et al. 2014).
double first_factor(uint64_t seed, uint64_t number)
{
    uint64_t bits = seed * 0x9e3779b97f4a7c15u + (number + 1) * 0xbf58476d1ce4e5b9u;
    bits = (bits ^ (bits >> 30)) * 0xbf58476d1ce4e5b9u;
    bits = (bits ^ (bits >> 27)) * 0x94d049bb133111ebu;
    return double((bits ^ (bits >> 31)) >> 11) * 0x1p-53 - 0.5;
}

// Places one row while those it was rated by (or rated) stand still.
Place place(VoteRow const& row, Place const* others, double mean, double intercept_penalty, double factor_penalty)
{
    size_t const ratings = row.rated();
    if (ratings == 0)
        return {};
    double factor_agreed = 0, factor = 0, factor_squared = 0, intercept = 0, factor_intercept = 0;
    auto take = [&](std::span<uint32_t const> numbers) {
        for (uint32_t number : numbers) {
            Place const other = others[number];
            factor += other.factor;
            factor_squared += other.factor * other.factor;
            intercept += other.intercept;
            factor_intercept += other.factor * other.intercept;
        }
    };
    take(row.agree);
    factor_agreed = factor;
    take(row.disagree);
    double const n = double(ratings);
    RatingSums sums { n, factor, factor_squared, double(row.agree.size()) - n * mean - intercept,
        factor_agreed - mean * factor - factor_intercept };
    return sums.solve(intercept_penalty, factor_penalty);
}

// Sums over the places that count: those of rows with ratings.
struct Totals {
    double count = 0, intercept = 0, factor = 0, factor_squared = 0, intercept_factor = 0;

    void add(Place const& place)
    {
        count += 1;
        intercept += place.intercept;
        factor += place.factor;
        factor_squared += place.factor * place.factor;
        intercept_factor += place.intercept * place.factor;
    }
    void add(Totals const& more)
    {
        count += more.count;
        intercept += more.intercept;
        factor += more.factor;
        factor_squared += more.factor_squared;
        intercept_factor += more.intercept_factor;
    }
};

// place -> (intercept + shift + slope factor, scale (factor - origin)): a gauge move as each side sees it.
struct Move {
    double shift = 0, slope = 0, origin = 0, scale = 1;
};

struct GaugeMoves {
    Move voters, comments;
    double mean = 0;
};

// The four steps, each exact given the one before; totals are carried along so that places are touched once.
GaugeMoves gauge(Penalties const& a, double mean, Totals u, Totals c)
{
    GaugeMoves moves;
    auto shift = [](Totals& side, Move& move, double by, double slope) {
        // intercept += by + slope factor; before any origin is taken off.
        side.intercept_factor += by * side.factor + slope * side.factor_squared;
        side.intercept += by * side.count + slope * side.factor;
        move.shift += by + slope * -move.origin;
        move.slope += slope;
    };
    auto recentre = [](Totals& side, Move& move, double by) {
        side.factor_squared += -2 * by * side.factor + by * by * side.count;
        side.intercept_factor -= by * side.intercept;
        side.factor -= by * side.count;
        move.origin += by;
    };
    // (1) intercept(u) - x, intercept(c) - z, mean + x + z.
    double const uu = a.voter_intercept * u.count + a.mean, cc = a.comment_intercept * c.count + a.mean;
    double const right_u = a.voter_intercept * u.intercept - a.mean * mean, right_c = a.comment_intercept * c.intercept - a.mean * mean;
    double const determinant = uu * cc - a.mean * a.mean;
    if (determinant > 0) {
        double const x = (right_u * cc - a.mean * right_c) / determinant, z = (right_c * uu - a.mean * right_u) / determinant;
        shift(u, moves.voters, -x, 0);
        shift(c, moves.comments, -z, 0);
        moves.mean = x + z;
    }
    // (2) factor(u) - t, intercept(c) + t factor(c).
    if (double below = a.voter_factor * u.count + a.comment_intercept * c.factor_squared; below > 0) {
        double const t = (a.voter_factor * u.factor - a.comment_intercept * c.intercept_factor) / below;
        recentre(u, moves.voters, t);
        shift(c, moves.comments, 0, t);
    }
    // (3) factor(c) - t, intercept(u) + t factor(u).
    if (double below = a.comment_factor * c.count + a.voter_intercept * u.factor_squared; below > 0) {
        double const t = (a.comment_factor * c.factor - a.voter_intercept * u.intercept_factor) / below;
        recentre(c, moves.comments, t);
        shift(u, moves.voters, 0, t);
    }
    // (4) factor(u) s, factor(c) / s.
    if (u.factor_squared > 0 && c.factor_squared > 0 && a.voter_factor > 0 && a.comment_factor > 0) {
        double const s = std::pow(a.comment_factor * c.factor_squared / (a.voter_factor * u.factor_squared), 0.25);
        moves.voters.scale = s;
        moves.comments.scale = 1 / s;
    }
    return moves;
}

Place moved(Place const& place, Move const& move)
{
    return { place.intercept + move.shift + move.slope * place.factor, move.scale * (place.factor - move.origin) };
}

void fix_sign(Factorisation& model)
{
    int64_t negative = 0, positive = 0;
    for (Place const& voter : model.voters) {
        negative += voter.factor < 0;
        positive += voter.factor > 0;
    }
    if (negative >= positive)
        return;
    for (Place& voter : model.voters)
        voter.factor = -voter.factor;
    for (Place& comment : model.comments)
        comment.factor = -comment.factor;
}

class Fitter {
public:
    Fitter(VoteTable const& votes, Penalties const& penalties, FitOptions const& options, Crew& crew)
        : votes_(votes)
        , a_(penalties)
        , options_(options)
        , crew_(crew)
        , voter_parts_(cut_into_parts(votes.voters(), [&](uint32_t row) { return votes.entries_before_voter(row); }))
        , comment_parts_(cut_into_parts(votes.comments(), [&](uint32_t row) { return votes.entries_before_comment(row); }))
    {
    }

    Fit run()
    {
        begin();
        double change_before = 0;
        Fit result;
        while (result.sweeps < options_.sweeps_max) {
            double change = sweep();
            ++result.sweeps;
            // The change shrinks by a steady ratio, so what is left to move is a geometric series.
            double ratio = change_before > 0 ? std::min(0.98, change / change_before) : 0.98;
            change_before = change;
            if (change == 0 || (result.sweeps > 2 && change * ratio / (1 - ratio) < options_.tolerance)) {
                result.has_converged = true;
                break;
            }
        }
        fix_sign(model_);
        result.model = std::move(model_);
        return result;
    }

private:
    void begin()
    {
        if (options_.warm)
            model_ = *options_.warm;
        size_t known = model_.comments.size();
        model_.voters.resize(votes_.voters());
        model_.comments.resize(votes_.comments());
        if (!options_.warm) {
            double agreed = 0;
            for (uint32_t comment = 0; comment < votes_.comments(); ++comment)
                agreed += double(votes_.of_comment(comment).agree.size());
            model_.mean = votes_.ratings() > 0 ? agreed / (double(votes_.ratings()) + a_.mean) : 0;
        }
        for (uint32_t comment = 0; comment < votes_.comments(); ++comment) {
            if (votes_.of_comment(comment).rated() == 0)
                model_.comments[comment] = {};
            else if (!options_.warm || comment >= known)
                model_.comments[comment].factor = options_.warm ? 0 : first_factor(options_.seed, comment);
        }
    }

    // Places every row of one side, returns the totals of that side.
    template <typename Row>
    Totals solve(std::vector<Part> const& parts, Row const& row, std::vector<Place>& own, std::vector<Place> const& others, double a_i, double a_f)
    {
        totals_.assign(parts.size(), {});
        crew_.run(parts.size(), [&](size_t part) {
            Totals totals;
            for (uint32_t number = parts[part].first; number < parts[part].last; ++number) {
                VoteRow const votes = row(number);
                own[number] = place(votes, others.data(), model_.mean, a_i, a_f);
                if (votes.rated() > 0)
                    totals.add(own[number]);
            }
            totals_[part] = totals;
        });
        Totals sum;
        for (Totals const& part : totals_)
            sum.add(part);
        return sum;
    }

    // Largest change of a comment's place.
    double sweep()
    {
        before_ = model_.comments;
        Totals u = solve(voter_parts_, [&](uint32_t row) { return votes_.of_voter(row); }, model_.voters, model_.comments, a_.voter_intercept, a_.voter_factor);
        Totals c = solve(comment_parts_, [&](uint32_t row) { return votes_.of_comment(row); }, model_.comments, model_.voters, a_.comment_intercept, a_.comment_factor);
        // Each comment's residuals now add up to a_ic intercept(c), by its normal equation; the mean takes what is left.
        double const below = double(votes_.ratings()) + a_.mean;
        if (below > 0)
            model_.mean += (a_.comment_intercept * c.intercept - a_.mean * model_.mean) / below;
        GaugeMoves const moves = gauge(a_, model_.mean, u, c);
        model_.mean += moves.mean;
        for (uint32_t voter = 0; voter < votes_.voters(); ++voter)
            if (votes_.of_voter(voter).rated() > 0)
                model_.voters[voter] = moved(model_.voters[voter], moves.voters);
        double change = 0;
        for (uint32_t comment = 0; comment < votes_.comments(); ++comment) {
            if (votes_.of_comment(comment).rated() == 0)
                continue;
            Place& place = model_.comments[comment];
            place = moved(place, moves.comments);
            change = std::max({ change, std::abs(place.intercept - before_[comment].intercept), std::abs(place.factor - before_[comment].factor) });
        }
        return change;
    }

    VoteTable const& votes_;
    Penalties const a_;
    FitOptions const options_;
    Crew& crew_;
    std::vector<Part> voter_parts_, comment_parts_;
    Factorisation model_;
    std::vector<Place> before_;
    std::vector<Totals> totals_;
};

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

Place RatingSums::solve(double intercept_penalty, double factor_penalty) const
{
    double const a = ratings + intercept_penalty, b = factor_squared + factor_penalty;
    double const determinant = a * b - factor * factor;
    if (!(determinant > 0))
        return {};
    return { (rest * b - factor * factor_rest) / determinant, (a * factor_rest - factor * rest) / determinant };
}

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

Fit fit(VoteTable const& votes, Penalties const& penalties, FitOptions const& options, Crew* crew)
{
    Crew alone;
    return Fitter(votes, penalties, options, crew ? *crew : alone).run();
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
