// Whether a reader's note is shown: only when readers of both sides find it helpful, each side by its own evidence. No
// majority, however large, shows a note over the other side's head, and no person can show or hide one.
//
// After Community Notes (Wojcik et al. 2022, "Birdwatch: Crowd Wisdom and Bridging Algorithms can Inform Understanding and
// Reduce the Spread of Misinformation", arXiv 2210.15723; github.com/twitter/communitynotes, scoring/note_status_history and
// matrix_factorization_scorer.py), with voters frozen as in its final scoring: a rating y is 1 helpful, 1/2 somewhat, 0 not;
// with f the rater's place on the line that votes on comments have drawn and l their leniency,
//
//     y = mean + l + intercept + factor * f,    (intercept, factor) of the note by ridge regression over its ratings.
//
// The intercept is what speaks for the note beyond anybody's viewpoint, the factor its slant. f is scaled so that its root
// mean square over the raters is one half: a factor of 1 means that the sides differ by a whole rating. On top of it stands
// evidence from each side alone (Community Notes asks for it since June 2025), as plain as it is shown: counts, and the
// 10 % quantile of Beta(1 + helpful + somewhat / 2, 1 + not + somewhat / 2).
#pragma once

#include "base/time.h"

#include <array>
#include <cstdint>
#include <optional>
#include <span>

namespace parley::ranking {

// Each with Community Notes' value where it has one.
inline constexpr double note_mean = 0.2;               // to which its penalties pull the mean of all ratings
inline constexpr double note_intercept_penalty = 1.5;  // 0.15 and 0.03 times ten ratings a note
inline constexpr double note_factor_penalty = 0.3;
inline constexpr double note_intercept_min = 0.40;
inline constexpr double note_factor_max = 0.50;
inline constexpr double note_intercept_without_some_min = 0.37;  // of the fits without the most active, and without cliques
inline constexpr double note_hysteresis = 0.01;        // what met the bars may fall this far below them
inline constexpr double note_bound_min = 0.5;          // of each side's 10 % quantile
inline constexpr int64_t note_side_ratings_min = 5;    // of each side
inline constexpr int64_t note_hold_ms = 30 * 60'000;   // between meeting the bars and being shown

// One rating by somebody who is not the note's author. Ratings by who has no side yet count in no fit.
struct SidedRating {
    double helpful;            // 1, 0.5 or 0
    std::optional<int> side;   // 0 or 1
    double leniency = 0;       // the rater's intercept
    double factor = 0;         // the rater's place on the line
    bool is_most_active = false;  // among the site's most active raters
    bool is_in_clique = false;    // rates what others rate, when they do, as they do
};

struct RatingCount {
    int64_t helpful = 0, somewhat = 0, not_helpful = 0;

    int64_t all() const { return helpful + somewhat + not_helpful; }
    int64_t net() const { return helpful - not_helpful; }
    bool operator==(RatingCount const&) const = default;
};

enum class NoteStatus {
    NeedsRatings = 0,
    Waiting = 1,     // meets the bars; shown when it still does after the hold time
    Shown = 2,
    NotHelpful = 3,  // readers of both sides find that it does not help; more ratings may change it
};

// The first thing that a note lacks, in the order in which it is asked.
enum class NoteLack {
    Nothing = 0,
    Ratings = 1,     // fewer than note_side_ratings_min from one side
    OneSide = 2,     // one side alone does not find it helpful for sure
    Agreement = 3,   // too little speaks for it beyond viewpoints
    Slant = 4,       // one side finds it much more helpful than the other
    Independence = 5,  // it would not hold without the most active raters, or without cliques
    Time = 6,        // the hold time
};

struct NoteEvidence {
    std::array<RatingCount, 2> sides {};
    RatingCount without_side {};     // by who has no side yet
    double intercept = 0, factor = 0;
    std::array<double, 2> bounds {};  // each side's 10 % quantile

    bool operator==(NoteEvidence const&) const = default;
};

struct NoteVerdict {
    NoteStatus status = NoteStatus::NeedsRatings;
    NoteLack lack = NoteLack::Ratings;
    std::optional<Time> met_at {};  // since when it meets the bars without a break
    NoteEvidence evidence {};
};

// `before`: the last verdict, from which status, met_at and hysteresis go on. The order of the ratings does not matter.
NoteVerdict judge_note(std::span<SidedRating const>, NoteVerdict const& before, Time now);

// When the verdict changes by time alone; nothing: it does not.
std::optional<Time> next_change(NoteVerdict const&);

}  // namespace parley::ranking
