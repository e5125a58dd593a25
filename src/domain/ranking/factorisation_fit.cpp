#include "domain/ranking/extrapolation.h"
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

// A place as the inner loop reads it: half the memory, and right to some 1e-8.
struct NearPlace {
    float intercept = 0, factor = 0;
};

// (intercept, factor) of somebody, and both times their factor, summed.
using Pair = double __attribute__((vector_size(16)));
struct PairSums {
    Pair places { 0, 0 }, times_factor { 0, 0 };

    template <typename Other> void add(Other const& other)
    {
        Pair const place { double(other.intercept), double(other.factor) };
        places += place;
        times_factor += place * Pair { place[1], place[1] };
    }
};

// Two at a time, because a sum waits for the one before.
template <typename Other> inline PairSums sum_of(uint32_t const* at, uint32_t const* end, Other const* others)
{
    PairSums even, odd;
    for (; end - at >= 2; at += 2) {
        even.add(others[at[0]]);
        odd.add(others[at[1]]);
    }
    if (at != end)
        even.add(others[*at]);
    even.places += odd.places;
    even.times_factor += odd.times_factor;
    return even;
}

// Places one row while those it was rated by (or rated) stand still.
template <typename Other> inline Place place(VoteRow const& row, Other const* others, double mean, double intercept_penalty, double factor_penalty)
{
    uint32_t const *const first = row.agree.data(), *const middle = first + row.agree.size(), *const last = middle + row.disagree.size();
    PairSums const agree = sum_of(first, middle, others), disagree = sum_of(middle, last, others);
    Pair const places = agree.places + disagree.places, times_factor = agree.times_factor + disagree.times_factor;
    double const n = double(last - first);
    RatingSums const sums { n, places[1], times_factor[1], double(middle - first) - n * mean - places[0], agree.places[1] - mean * places[1] - times_factor[0] };
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
        , is_large_(votes.ratings() >= ratings_of_large)
    {
    }

    Fit run()
    {
        begin();
        near_voters_.resize(votes_.voters());
        near_comments_.resize(votes_.comments());
        remember_near_comments();
        Fit result;
        result.has_converged = sweep_until(near_voters_, near_comments_, std::max(options_.tolerance, near_tolerance), result.sweeps);
        if (options_.tolerance < near_tolerance && result.sweeps < options_.sweeps_max)
            result.has_converged = sweep_until(model_.voters, model_.comments, options_.tolerance, result.sweeps);
        for (uint32_t voter = 0; voter < votes_.voters(); ++voter)
            if (votes_.of_voter(voter).rated() > 0)
                model_.voters[voter] = moved(model_.voters[voter], voters_move_);
        fix_sign(model_);
        result.model = std::move(model_);
        return result;
    }

private:
    // Below, a sweep costs less than what saves sweeps.
    static constexpr size_t ratings_of_large = 16'384;
    // Single precision of the others' places leaves some 1e-8 uncertain; below this the rest is found in doubles.
    static constexpr double near_tolerance = 1e-5;

    void begin()
    {
        if (options_.warm)
            model_ = *options_.warm;
        size_t known = model_.comments.size();
        model_.voters.resize(votes_.voters());
        model_.comments.reserve(votes_.comments() + 1);
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
        for (uint32_t voter = 0; voter < votes_.voters(); ++voter)
            if (votes_.of_voter(voter).rated() == 0)
                model_.voters[voter] = {};
    }

    // Sweeps until what is left to move is below `tolerance`. `voters` and `comments` are what the inner loop reads.
    template <typename Other> bool sweep_until(std::vector<Other>& voters, std::vector<Other>& comments, double tolerance, int& sweeps)
    {
        double change_before = 0, ratio_before = 1;
        bool is_extrapolating = false;
        Extrapolation extrapolation;
        for (int sweep = 1; sweeps < options_.sweeps_max; ++sweep) {
            before_.reserve(votes_.comments() + 1);
            before_ = model_.comments;
            mean_before_ = model_.mean;
            Totals const u = solve(voter_parts_, [&](uint32_t row) { return votes_.of_voter(row); }, model_.voters, voters, comments, a_.voter_intercept, a_.voter_factor);
            Totals const c = solve(comment_parts_, [&](uint32_t row) { return votes_.of_comment(row); }, model_.comments, comments, voters, a_.comment_intercept, a_.comment_factor);
            double const change = settle(u, c, double(votes_.ratings()), before_);
            ++sweeps;
            double const ratio = change_before > 0 ? change / change_before : 1;
            // The change shrinks by a steady ratio, so what is left to move is a geometric series.
            double const shrinking = std::min(0.98, std::max(ratio, extrapolation.contraction()));
            if (change == 0 || (sweep > 2 && change * shrinking / (1 - shrinking) < tolerance)) {
                remember_near_comments();
                return true;
            }
            if (is_large_ && sweeps < options_.sweeps_max) {
                // Only where steps shrink steadily is an optimum near; from anywhere else a guess may lead to a saddle.
                if (!is_extrapolating)
                    is_extrapolating = (options_.warm && sweeps == 1) || (change < 0.2 && ratio < 0.95 && std::abs(ratio - ratio_before) < 0.15);
                else if (ratio > 2 || extrapolation.contraction() >= 1)
                    is_extrapolating = false;
                if (is_extrapolating)
                    extrapolate(extrapolation);
                else
                    extrapolation.forget();
            }
            change_before = change;
            ratio_before = ratio;
            remember_near_comments();
        }
        return false;
    }

    // The mean goes along as one place more.
    void extrapolate(Extrapolation& extrapolation)
    {
        before_.push_back({ mean_before_, 0 });
        model_.comments.push_back({ model_.mean, 0 });
        extrapolation.next(before_, model_.comments, crew_);
        model_.mean = model_.comments.back().intercept;
        model_.comments.pop_back();
        before_.pop_back();
    }

    void remember_near_comments()
    {
        std::transform(model_.comments.begin(), model_.comments.end(), near_comments_.begin(),
            [](Place const& place) { return NearPlace { float(place.intercept), float(place.factor) }; });
    }

    // Places every row of one side, returns the totals of that side.
    template <typename Row, typename Other>
    Totals solve(std::vector<Part> const& parts, Row const& row, std::vector<Place>& own, std::vector<Other>& own_as_read, std::vector<Other> const& others, double a_i, double a_f)
    {
        totals_.assign(parts.size(), {});
        double const mean = model_.mean;
        Place* const places = own.data();
        Other* const places_as_read = own_as_read.data();
        Other const* const others_as_read = others.data();
        crew_.run(parts.size(), [&](size_t part) {
            Totals totals;
            for (uint32_t number = parts[part].first, last = parts[part].last; number < last; ++number) {
                VoteRow const votes = row(number);
                if (votes.rated() == 0)
                    continue;
                Place const found = place(votes, others_as_read, mean, a_i, a_f);
                places[number] = found;
                if constexpr (std::is_same_v<Other, NearPlace>)
                    places_as_read[number] = { float(found.intercept), float(found.factor) };
                totals.add(found);
            }
            totals_[part] = totals;
        });
        Totals sum;
        for (Totals const& part : totals_)
            sum.add(part);
        return sum;
    }

    // After both sides were placed: the mean and the gauge move. Voters are not touched: whoever reads them next moves
    // them by voters_move_, and the next sweep places them anew without a look at where they were. Returns the largest
    // change of a comment's place.
    double settle(Totals const& u, Totals const& c, double ratings, std::vector<Place> const& before)
    {
        // Each comment's residuals now add up to a_ic intercept(c), by its normal equation; the mean takes what is left.
        if (double const below = ratings + a_.mean; below > 0)
            model_.mean += (a_.comment_intercept * c.intercept - a_.mean * model_.mean) / below;
        GaugeMoves const moves = gauge(a_, model_.mean, u, c);
        model_.mean += moves.mean;
        voters_move_ = moves.voters;
        double change = 0;
        for (uint32_t comment = 0; comment < votes_.comments(); ++comment) {
            if (votes_.of_comment(comment).rated() == 0)
                continue;
            Place& place = model_.comments[comment];
            place = moved(place, moves.comments);
            change = std::max({ change, std::abs(place.intercept - before[comment].intercept), std::abs(place.factor - before[comment].factor) });
        }
        return change;
    }

    VoteTable const& votes_;
    Penalties const a_;
    FitOptions const options_;
    Crew& crew_;
    std::vector<Part> voter_parts_, comment_parts_;
    bool const is_large_;
    Factorisation model_;
    std::vector<NearPlace> near_voters_, near_comments_;
    std::vector<Place> before_;
    double mean_before_ = 0;
    Move voters_move_;
    std::vector<Totals> totals_;
};

}  // namespace

Fit fit(VoteTable const& votes, Penalties const& penalties, FitOptions const& options, Crew* crew)
{
    Crew alone;
    return Fitter(votes, penalties, options, crew ? *crew : alone).run();
}

}  // namespace parley::ranking
