#include "domain/ranking/note_status.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

namespace parley::ranking {
namespace {

using Ratings = std::vector<SidedRating>;

constexpr Time start { 1'700'000'000'000 };
constexpr int64_t minute_ms = 60'000;

Time minutes(int64_t number) { return start.plus_milliseconds(number * minute_ms); }

// `helpful` of `all` readers of this side find it helpful; sides stand 0.3 from the middle.
void add(Ratings& ratings, int side, int helpful, int all)
{
    for (int i = 0; i < all; ++i)
        ratings.push_back({ .helpful = i < helpful ? 1.0 : 0.0, .side = side, .factor = side == 0 ? -0.3 : 0.3 });
}

Ratings both(int helpful, int all, int helpful_other, int all_other)
{
    Ratings ratings;
    add(ratings, 0, helpful, all);
    add(ratings, 1, helpful_other, all_other);
    return ratings;
}

NoteVerdict fresh(Ratings const& ratings) { return judge_note(ratings, {}, start); }

// What half an hour makes of it.
NoteVerdict settled(Ratings const& ratings) { return judge_note(ratings, fresh(ratings), minutes(30)); }

TEST(NoteStatus, is_shown_when_both_sides_find_it_helpful_and_half_an_hour_is_over)
{
    Ratings ratings = both(14, 16, 9, 11);
    NoteVerdict verdict = fresh(ratings);
    EXPECT_EQ(verdict.status, NoteStatus::Waiting);
    EXPECT_EQ(verdict.lack, NoteLack::Time);
    EXPECT_EQ(next_change(verdict), minutes(30));

    NoteVerdict before_time = judge_note(ratings, verdict, minutes(29));
    EXPECT_EQ(before_time.status, NoteStatus::Waiting);
    EXPECT_EQ(next_change(before_time), minutes(30));
    NoteVerdict shown = judge_note(ratings, before_time, minutes(30));
    EXPECT_EQ(shown.status, NoteStatus::Shown);
    EXPECT_EQ(shown.lack, NoteLack::Nothing);
    EXPECT_EQ(shown.evidence.sides[0], (RatingCount { 14, 0, 2 }));
    EXPECT_EQ(shown.evidence.sides[1], (RatingCount { 9, 0, 2 }));
    EXPECT_FALSE(next_change(shown));
}

// Ten readers, five a side at f = -1/2 and 1/2, all helpful: sum f = 0, so the intercept is 10 (1 - 0.2) / (10 + 1.5).
TEST(NoteStatus, follows_the_formula_worked_by_hand)
{
    NoteEvidence evidence = fresh(both(5, 5, 5, 5)).evidence;
    EXPECT_NEAR(evidence.intercept, 8 / 11.5, 1e-12);
    EXPECT_NEAR(evidence.factor, 0, 1e-12);
    EXPECT_NEAR(evidence.bounds[0], std::pow(0.1, 1.0 / 6), 1e-12);  // Beta(6, 1)
    // All of one side (5 times 0.8 at -1/2) and none of the other (5 times -0.2 at 1/2): (2.5 + 0.3) factor = -2 - 0.5, and the
    // intercept is (4 - 1) / 11.5.
    EXPECT_NEAR(fresh(both(5, 5, 0, 5)).evidence.factor, -2.5 / 2.8, 1e-12);
    EXPECT_NEAR(fresh(both(5, 5, 0, 5)).evidence.intercept, 3 / 11.5, 1e-12);
}

TEST(NoteStatus, asks_for_five_ratings_from_each_side)
{
    EXPECT_EQ(fresh({}).lack, NoteLack::Ratings);
    EXPECT_EQ(fresh(both(4, 4, 50, 50)).lack, NoteLack::Ratings);
    EXPECT_EQ(fresh(both(50, 50, 0, 0)).lack, NoteLack::Ratings);
    EXPECT_EQ(settled(both(5, 5, 5, 5)).status, NoteStatus::Shown);
}

TEST(NoteStatus, is_not_decided_by_readers_without_a_side)
{
    Ratings ratings = both(4, 4, 4, 4);
    for (int i = 0; i < 100; ++i)
        ratings.push_back({ .helpful = 1, .side = {} });
    NoteVerdict verdict = settled(ratings);
    EXPECT_EQ(verdict.status, NoteStatus::NeedsRatings);
    EXPECT_EQ(verdict.evidence.without_side.helpful, 100);
}

TEST(NoteStatus, is_not_shown_by_one_side_however_many_it_is)
{
    NoteVerdict verdict = settled(both(500, 500, 2, 8));
    EXPECT_EQ(verdict.status, NoteStatus::NeedsRatings);
    EXPECT_EQ(verdict.lack, NoteLack::OneSide);
    // Three of five would be a majority of the other side, and no certainty.
    EXPECT_EQ(settled(both(500, 500, 3, 5)).lack, NoteLack::OneSide);
}

TEST(NoteStatus, is_not_shown_while_it_leans_to_one_side)
{
    NoteVerdict verdict = settled(both(60, 60, 40, 70));
    EXPECT_GT(verdict.evidence.bounds[1], 0.49);
    EXPECT_NE(verdict.status, NoteStatus::Shown);
    Ratings slanted = both(100, 100, 60, 100);  // each side finds it helpful for sure, but by 40 points apart
    for (SidedRating& rating : slanted)
        rating.leniency = -0.3;  // and by strict readers, so that its intercept is high
    for (size_t i = 0; i < 100; ++i)
        slanted[i].leniency = -0.6;
    EXPECT_EQ(settled(slanted).lack, NoteLack::Slant);
}

TEST(NoteStatus, counts_lenient_readers_for_less)
{
    Ratings ratings = both(8, 10, 8, 10);
    EXPECT_EQ(settled(ratings).status, NoteStatus::Shown);
    for (SidedRating& rating : ratings)
        rating.leniency = 0.25;
    EXPECT_EQ(settled(ratings).lack, NoteLack::Agreement);
}

TEST(NoteStatus, counts_somewhat_as_half)
{
    Ratings ratings;
    for (int side : { 0, 1 })
        for (int i = 0; i < 40; ++i)
            ratings.push_back({ .helpful = 0.5, .side = side, .factor = side ? 0.3 : -0.3 });
    NoteVerdict verdict = settled(ratings);
    EXPECT_EQ(verdict.evidence.sides[1], (RatingCount { 0, 40, 0 }));
    EXPECT_EQ(verdict.status, NoteStatus::NeedsRatings);
    EXPECT_EQ(verdict.lack, NoteLack::OneSide);
}

TEST(NoteStatus, holds_without_the_most_active_and_without_cliques)
{
    Ratings ratings = both(6, 6, 5, 6);
    EXPECT_EQ(settled(ratings).status, NoteStatus::Shown);
    Ratings with_clique = both(6, 6, 2, 3);
    for (int i = 0; i < 12; ++i)
        with_clique.push_back({ .helpful = 1, .side = 1, .factor = 0.3, .is_in_clique = true });
    EXPECT_EQ(settled(with_clique).lack, NoteLack::Independence);
    Ratings with_active = both(6, 6, 2, 3);
    for (int i = 0; i < 12; ++i)
        with_active.push_back({ .helpful = 1, .side = 1, .factor = 0.3, .is_most_active = true });
    EXPECT_EQ(settled(with_active).lack, NoteLack::Independence);
    // One who is both active and one of many changes nothing.
    ratings[0].is_most_active = true;
    EXPECT_EQ(settled(ratings).status, NoteStatus::Shown);
}

TEST(NoteStatus, waits_anew_when_it_fell_below_the_bars_while_waiting)
{
    Ratings good = both(14, 16, 9, 11), bad = both(14, 16, 9, 20);
    NoteVerdict waiting = judge_note(good, {}, start);
    NoteVerdict fallen = judge_note(bad, waiting, minutes(20));
    EXPECT_EQ(fallen.status, NoteStatus::NeedsRatings);
    EXPECT_FALSE(fallen.met_at);
    NoteVerdict again = judge_note(good, fallen, minutes(31));
    EXPECT_EQ(again.status, NoteStatus::Waiting);
    EXPECT_EQ(judge_note(good, again, minutes(60)).status, NoteStatus::Waiting);
    EXPECT_EQ(judge_note(good, again, minutes(61)).status, NoteStatus::Shown);
}

// Ratings that come and go at the very bar: 0.40 up, 0.39 down.
TEST(NoteStatus, does_not_flicker_at_the_bar)
{
    auto ratings_with = [](double leniency) {
        Ratings ratings = both(18, 20, 18, 20);
        for (SidedRating& rating : ratings)
            rating.leniency = leniency;
        return ratings;
    };
    auto intercept = [&](double leniency) { return fresh(ratings_with(leniency)).evidence.intercept; };
    double at_bar = 0;  // where the intercept is 0.40, found by halving
    for (double low = 0, high = 1; high - low > 1e-9;) {
        at_bar = (low + high) / 2;
        (intercept(at_bar) > note_intercept_min ? low : high) = at_bar;
    }
    Ratings above = ratings_with(at_bar - 0.004), below = ratings_with(at_bar + 0.004), far_below = ratings_with(at_bar + 0.02);
    EXPECT_EQ(settled(below).status, NoteStatus::NeedsRatings) << "what never met the bar is not let in below it";
    NoteVerdict verdict = settled(above);
    ASSERT_EQ(verdict.status, NoteStatus::Shown);
    for (int turn = 0; turn < 20; ++turn) {
        verdict = judge_note(turn % 2 ? above : below, verdict, minutes(31 + turn));
        EXPECT_EQ(verdict.status, NoteStatus::Shown) << turn;
    }
    EXPECT_EQ(judge_note(far_below, verdict, minutes(60)).status, NoteStatus::NeedsRatings);
}

TEST(NoteStatus, says_when_readers_of_both_sides_find_it_not_helpful)
{
    NoteVerdict verdict = fresh(both(0, 8, 0, 8));
    EXPECT_EQ(verdict.status, NoteStatus::NotHelpful);
    EXPECT_EQ(fresh(both(0, 40, 4, 4)).status, NoteStatus::NeedsRatings) << "not by one side";
    EXPECT_EQ(judge_note(both(14, 16, 9, 11), verdict, minutes(5)).status, NoteStatus::Waiting) << "and it may change";
}

TEST(NoteStatus, does_not_depend_on_the_order_of_ratings_or_the_name_of_a_side)
{
    Ratings ratings = both(9, 13, 8, 9);
    ratings[3].leniency = 0.1;
    ratings[5].factor = -0.7;
    NoteEvidence evidence = fresh(ratings).evidence;
    Ratings turned = ratings;
    std::ranges::reverse(turned);
    EXPECT_EQ(fresh(turned).evidence, evidence);
    for (SidedRating& rating : turned) {
        rating.side = 1 - *rating.side;
        rating.factor = -rating.factor;
    }
    EXPECT_NEAR(fresh(turned).evidence.intercept, evidence.intercept, 1e-12);
    EXPECT_NEAR(fresh(turned).evidence.factor, -evidence.factor, 1e-12);
}

// A reader who finds it helpful never makes it less likely to be shown, on whichever side.
TEST(NoteStatus, is_helped_by_whoever_finds_it_helpful)
{
    for (int side : { 0, 1 }) {
        Ratings ratings = both(9, 13, 8, 11);
        double bound = fresh(ratings).evidence.bounds[static_cast<size_t>(side)];
        add(ratings, side, 1, 1);
        EXPECT_GT(fresh(ratings).evidence.bounds[static_cast<size_t>(side)], bound);
    }
}

}  // namespace
}  // namespace parley::ranking
