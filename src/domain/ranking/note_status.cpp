#include "domain/ranking/note_status.h"

#include "domain/ranking/factorisation.h"

#include <boost/math/special_functions/beta.hpp>

#include <algorithm>
#include <cmath>
#include <vector>

namespace parley::ranking {
namespace {

constexpr double evidence_quantile = 0.1;
constexpr double rater_root_mean_square = 0.5;
constexpr double not_helpful_intercept = -0.05, not_helpful_slope = -0.8;  // Community Notes' line for "not helpful"

void count(RatingCount& count, double helpful)
{
    ++(helpful > 0.75 ? count.helpful : helpful > 0.25 ? count.somewhat : count.not_helpful);
}

double lower_bound(RatingCount const& side)
{
    double half = static_cast<double>(side.somewhat) / 2;
    double helpful = 1 + static_cast<double>(side.helpful) + half, rest = 1 + static_cast<double>(side.not_helpful) + half;
    return boost::math::ibeta_inv(helpful, rest, evidence_quantile);
}

// The same sums in whatever order ratings come: sorted first.
std::vector<SidedRating> with_side(std::span<SidedRating const> ratings)
{
    std::vector<SidedRating> known;
    std::ranges::copy_if(ratings, std::back_inserter(known), [](SidedRating const& rating) { return rating.side.has_value(); });
    std::ranges::sort(known, {}, [](SidedRating const& rating) { return std::tuple(rating.factor, rating.leniency, rating.helpful, *rating.side); });
    return known;
}

double scale_of(std::vector<SidedRating> const& ratings)
{
    double squares = 0;
    for (SidedRating const& rating : ratings)
        squares += rating.factor * rating.factor;
    return squares > 0 ? rater_root_mean_square / std::sqrt(squares / static_cast<double>(ratings.size())) : 1;
}

// Of those that `counts` says yes to.
template <typename Counts>
NoteEvidence evidence_of(std::vector<SidedRating> const& ratings, double scale, Counts const& counts)
{
    NoteEvidence evidence;
    RatingSums sums;
    for (SidedRating const& rating : ratings) {
        if (!counts(rating))
            continue;
        count(evidence.sides[static_cast<size_t>(*rating.side)], rating.helpful);
        sums.add(rating.factor * scale, rating.helpful - note_mean - rating.leniency);
    }
    Place place = sums.solve(note_intercept_penalty, note_factor_penalty);
    evidence.intercept = place.intercept;
    evidence.factor = place.factor;
    for (size_t side = 0; side < 2; ++side)
        evidence.bounds[side] = lower_bound(evidence.sides[side]);
    return evidence;
}

bool is_found_helpful_by_both(NoteEvidence const& evidence, double slack)
{
    return std::ranges::all_of(evidence.sides, [](RatingCount const& side) { return side.net() > 0; })
        && std::ranges::all_of(evidence.bounds, [&](double bound) { return bound > note_bound_min - slack; });
}

bool holds_without(NoteEvidence const& rest, double slack)
{
    return is_found_helpful_by_both(rest, slack) && rest.intercept >= note_intercept_without_some_min - slack
        && std::abs(rest.factor) < note_factor_max + slack;
}

bool has_ratings_of_both(NoteEvidence const& evidence)
{
    return std::ranges::all_of(evidence.sides, [](RatingCount const& side) { return side.all() >= note_side_ratings_min; });
}

}  // namespace

NoteVerdict judge_note(std::span<SidedRating const> ratings, NoteVerdict const& before, Time now)
{
    std::vector<SidedRating> known = with_side(ratings);
    double scale = scale_of(known);
    NoteVerdict verdict;
    NoteEvidence& evidence = verdict.evidence;
    evidence = evidence_of(known, scale, [](SidedRating const&) { return true; });
    for (SidedRating const& rating : ratings)
        if (!rating.side)
            count(evidence.without_side, rating.helpful);

    double slack = before.met_at ? note_hysteresis : 0;
    auto what_is_lacking = [&] {
        if (!has_ratings_of_both(evidence))
            return NoteLack::Ratings;
        if (!is_found_helpful_by_both(evidence, slack))
            return NoteLack::OneSide;
        if (evidence.intercept < note_intercept_min - slack)
            return NoteLack::Agreement;
        if (std::abs(evidence.factor) >= note_factor_max + slack)
            return NoteLack::Slant;
        if (!holds_without(evidence_of(known, scale, [](SidedRating const& rating) { return !rating.is_most_active; }), slack)
            || !holds_without(evidence_of(known, scale, [](SidedRating const& rating) { return !rating.is_in_clique; }), slack))
            return NoteLack::Independence;
        return NoteLack::Nothing;
    };
    verdict.lack = what_is_lacking();
    if (verdict.lack == NoteLack::Nothing) {
        verdict.met_at = before.met_at.value_or(now);
        bool has_waited = before.status == NoteStatus::Shown || now.milliseconds - verdict.met_at->milliseconds >= note_hold_ms;
        verdict.status = has_waited ? NoteStatus::Shown : NoteStatus::Waiting;
        verdict.lack = has_waited ? NoteLack::Nothing : NoteLack::Time;
        return verdict;
    }
    double line = not_helpful_intercept + not_helpful_slope * std::abs(evidence.factor);
    if (before.status == NoteStatus::NotHelpful)
        line += note_hysteresis;
    if (has_ratings_of_both(evidence) && evidence.intercept < line)
        verdict.status = NoteStatus::NotHelpful;
    return verdict;
}

std::optional<Time> next_change(NoteVerdict const& verdict)
{
    if (verdict.status != NoteStatus::Waiting)
        return {};
    return verdict.met_at->plus_milliseconds(note_hold_ms);
}

}  // namespace parley::ranking
