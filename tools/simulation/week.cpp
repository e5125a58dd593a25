#include "week.h"

#include "domain/ranking/next_question.h"
#include "quality.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace parley::simulation {

namespace {

constexpr int64_t hour_ms = 3'600'000;
constexpr int days = 7, strike_day = 3, strike_hour = 12;
constexpr int patient_days = 3;
constexpr size_t targets_wanted = 3, cover_votes = 12;
constexpr double voting_share = 0.5, answering_share = 0.5;
// Of a story's readers, those who come on each day.
constexpr double coming[days] = { 0.5, 0.45, 0.35, 0.3, 0.25, 0.2, 0.15 };

struct Story {
    World world;                     // honest readers first, then those made up
    uint32_t honest;
    std::vector<uint32_t> targets;   // comments
};

// The three comments that one side values most above the other among the worse half for the side that likes them less.
std::vector<uint32_t> pick_targets(World const& world)
{
    std::vector<Approval> const approvals = world.approvals();
    std::vector<uint32_t> by_worst(world.comments());
    std::iota(by_worst.begin(), by_worst.end(), 0u);
    std::ranges::sort(by_worst, {}, [&](uint32_t comment) { return approvals[comment].worst(); });
    by_worst.resize(by_worst.size() / 2);
    std::ranges::sort(by_worst, std::greater {}, [&](uint32_t comment) { return std::abs(approvals[comment].rate(0) - approvals[comment].rate(1)); });
    by_worst.resize(std::min(targets_wanted, by_worst.size()));
    return by_worst;
}

Story story_of(std::vector<Reader> const& readers, Brigade brigade, WeekOptions const& options, std::string name, Dice& dice)
{
    World honest = invented_world(std::move(name), readers, options.comments, dice);
    std::vector<uint32_t> const targets = pick_targets(honest);
    uint32_t const made_up = brigade == Brigade::None ? 0 : static_cast<uint32_t>(options.brigade_share * honest.readers());
    Story story { World(honest.name, honest.readers() + made_up, options.comments), honest.readers(), targets };
    for (uint32_t reader = 0; reader < honest.readers(); ++reader) {
        story.world.set_side(reader, honest.side_of(reader));
        for (uint32_t comment = 0; comment < options.comments; ++comment)
            story.world.set(reader, comment, honest.of(reader, comment));
    }
    for (uint32_t at = 0; at < made_up; ++at) {
        // Votes as a real reader of the side that it plays.
        int const side = brigade == Brigade::SameCamp ? 0 : int(at % 2);
        uint32_t played = dice.below(honest.readers());
        while (honest.side_of(played) != side)
            played = dice.below(honest.readers());
        for (uint32_t comment = 0; comment < options.comments; ++comment) {
            bool const is_target = std::ranges::count(targets, comment) > 0;
            story.world.set(story.honest + at, comment, is_target ? Opinion { 1, 1, true } : honest.of(played, comment));
        }
    }
    return story;
}

class Week {
public:
    Week(Story const& story, Brigade brigade, Guard guard, uint64_t seed)
        : story_(story)
        , brigade_(brigade)
        , honest_dice_(seed)
        , brigade_dice_(seed + 7)
        , discussion_(story.world.readers(), numbering(story.world.comments()), story.world.comments() / 4, guard)
    {
    }

    Discussion const& discussion() const { return discussion_; }

    // Lets one hour pass: a comment may be written, readers come, and the page is made anew.
    void pass_hour(int hour)
    {
        int const day = hour / 24;
        World const& world = story_.world;
        uint32_t const written = world.comments() / 4 + static_cast<uint32_t>(3 * world.comments() / 4 * std::min(1.0, hour / 72.0));
        while (discussion_.written() < written)
            discussion_.write_next_comment();
        double const visits = coming[day] * story_.honest / 24;
        int const coming_now = int(visits) + honest_dice_.chance(visits - int(visits));
        for (int visit = 0; visit < coming_now; ++visit)
            visit_of(honest_dice_.below(story_.honest), honest_dice_, at(hour, honest_dice_), 1);
        if (brigade_ != Brigade::None)
            brigade_hour(hour);
        discussion_.refit();
    }

    BrigadeMoment look() const
    {
        BrigadeMoment moment;
        std::vector<uint32_t> const order = discussion_.order();
        for (uint32_t target : story_.targets) {
            auto const place = double(std::ranges::find(order, target) - order.begin());
            moment.percentile += 100 * (1 - place / double(order.size())) / double(story_.targets.size());
            moment.in_top += place < double(top_size) ? 1 / double(top_size) : 0;
            ranking::RankedComment const* ranked = discussion_.ranked(target);
            moment.badges += ranked && ranked->is_common_ground;
        }
        double held_of_brigade = 0, held_of_honest = 0;
        for (ranking::HeldVotes const& held : discussion_.answer().held)
            for (uint32_t number : held.voters)
                (discussion_.reader_at(number) < story_.honest ? held_of_honest : held_of_brigade) += 1;
        moment.held_of_brigade = held_of_brigade / std::max<double>(1, double(brigade_votes_));
        moment.held_of_honest = held_of_honest / std::max<double>(1, double(discussion_.votes() - brigade_votes_));
        return moment;
    }

private:
    static std::vector<uint32_t> numbering(uint32_t comments)
    {
        std::vector<uint32_t> result(comments);
        std::iota(result.begin(), result.end(), 0u);
        return result;
    }

    static int64_t at(int hour, Dice& dice) { return hour * hour_ms + int64_t(dice.fraction() * hour_ms); }

    void vote(uint32_t reader, uint32_t comment, int64_t now)
    {
        if (!discussion_.is_written(comment) || discussion_.has_voted(reader, comment))
            return;
        discussion_.vote(reader, comment, story_.world.of(reader, comment), now);
        brigade_votes_ += reader >= story_.honest;
    }

    bool is_target(uint32_t comment) const { return std::ranges::count(story_.targets, comment) > 0; }

    // Down the page, as long as patience lasts, and an answer to the question beside it.
    void visit_of(uint32_t reader, Dice& dice, int64_t now, double eta)
    {
        std::vector<uint32_t> const order = discussion_.order();
        for (size_t place = 0; place < order.size(); ++place)
            if (dice.chance(std::pow(double(place + 1), -eta)) && dice.chance(voting_share))
                vote(reader, order[place], now);
        std::vector<double> weights;
        for (uint32_t comment : order) {
            Tally const& tally = discussion_.tally(comment);
            weights.push_back(discussion_.has_voted(reader, comment) ? 0 : ranking::question_priority(tally.agree, tally.seen - tally.agree - tally.disagree, tally.seen, 0));
        }
        if (!order.empty() && dice.chance(answering_share))
            vote(reader, order[dice.weighted(weights)], now);
    }

    void cover(uint32_t reader, size_t votes, int64_t now)
    {
        std::vector<uint32_t> order = discussion_.order();
        brigade_dice_.shuffle(order);
        for (uint32_t comment : order)
            if (votes > 0 && !is_target(comment) && !discussion_.has_voted(reader, comment)) {
                vote(reader, comment, now);
                --votes;
            }
    }

    void brigade_hour(int hour)
    {
        int const strike = strike_day * 24 + strike_hour;
        bool const is_aged = brigade_ == Brigade::Aged || brigade_ == Brigade::Patient;
        for (uint32_t reader = story_.honest; reader < story_.world.readers(); ++reader) {
            if (is_aged && hour < strike_day * 24 && brigade_dice_.chance(double(cover_votes) / (strike_day * 24)))
                cover(reader, 1, at(hour, brigade_dice_));
            if (hour == strike && (brigade_ == Brigade::SameCamp || brigade_ == Brigade::Synthetic))
                cover(reader, cover_votes, at(hour, brigade_dice_));
            for (uint32_t target : story_.targets) {
                bool const is_now = brigade_ == Brigade::Patient ? hour >= strike && hour < strike + 24 * patient_days && brigade_dice_.chance(2.5 / (24 * patient_days)) : hour == strike;
                if (is_now)
                    vote(reader, target, at(hour, brigade_dice_));
            }
        }
    }

    Story const& story_;
    Brigade brigade_;
    Dice honest_dice_, brigade_dice_;
    Discussion discussion_;
    size_t brigade_votes_ = 0;
};

void add(BrigadeMoment& sum, BrigadeMoment const& one, double weight)
{
    sum.percentile += weight * one.percentile;
    sum.in_top += weight * one.in_top;
    sum.badges += weight * one.badges;
    sum.held_of_brigade += weight * one.held_of_brigade;
    sum.held_of_honest += weight * one.held_of_honest;
}

}  // namespace

std::string name_of(Brigade brigade)
{
    constexpr char const* names[] = { "none", "naive", "same camp", "synthetic consensus", "aged", "patient" };
    return names[size_t(brigade)];
}

Table quiet_week(WeekOptions const& options)
{
    Table table { { "story", "day", "comments", "votes", "split_half", "common_ground", "held_votes", "top10_worst_side" }, {} };
    Dice dice(options.seed);
    std::vector<Reader> const readers = invented_readers(options.readers, dice);
    for (uint32_t at = 0; at < options.stories; ++at) {
        Story const story = story_of(readers, Brigade::None, options, "story " + std::to_string(at + 1), dice);
        std::vector<Approval> const approvals = story.world.approvals();
        Week week(story, Brigade::None, Guard::On, options.seed + at);
        for (int hour = 0; hour < days * 24; ++hour) {
            week.pass_hour(hour);
            if (hour % 24 != 23)
                continue;
            Discussion const& now = week.discussion();
            size_t badges = 0, held = 0;
            for (ranking::RankedComment const& comment : now.answer().comments)
                badges += comment.is_common_ground;
            for (ranking::HeldVotes const& cell : now.answer().held)
                held += cell.voters.size();
            table.rows.push_back({ story.world.name, std::to_string(hour / 24 + 1), std::to_string(now.written()), std::to_string(now.votes()), number(now.answer().divide.split_half, 2), std::to_string(badges), std::to_string(held), number(worst_side_of_top(now.order(), approvals)) });
        }
    }
    return table;
}

BrigadeWeek brigaded_week(Brigade brigade, Guard guard, WeekOptions const& options)
{
    BrigadeWeek mean;
    for (int run = 0; run < options.runs; ++run) {
        Dice dice(options.seed + uint64_t(run));
        Story const story = story_of(invented_readers(options.readers, dice), brigade, options, "story", dice);
        Week week(story, brigade, guard, options.seed + uint64_t(run));
        for (int hour = 0; hour < days * 24; ++hour) {
            week.pass_hour(hour);
            double const weight = 1.0 / options.runs;
            if (hour == strike_day * 24 + strike_hour - 1)
                add(mean.before, week.look(), weight);
            // A patient brigade is done three days later.
            if (hour == strike_day * 24 + strike_hour + (brigade == Brigade::Patient ? 24 * patient_days - 1 : 0))
                add(mean.during, week.look(), weight);
            if (hour == days * 24 - 1)
                add(mean.after, week.look(), weight);
        }
    }
    return mean;
}

Table brigade_table(WeekOptions const& options)
{
    Table table { { "brigade", "guard", "moment", "percentile", "share_of_top10", "badges_of_3", "brigade_votes_held", "honest_votes_held" }, {} };
    for (Brigade brigade : { Brigade::None, Brigade::Naive, Brigade::SameCamp, Brigade::Synthetic, Brigade::Aged, Brigade::Patient })
        for (Guard guard : { Guard::Off, Guard::On }) {
            BrigadeWeek const week = brigaded_week(brigade, guard, options);
            auto row = [&](char const* moment, BrigadeMoment const& seen) {
                table.rows.push_back({ name_of(brigade), guard == Guard::On ? "on" : "off", moment, number(seen.percentile, 0), number(seen.in_top, 2), number(seen.badges, 2), number(seen.held_of_brigade, 2), number(seen.held_of_honest, 3) });
            };
            row("before", week.before);
            row("during", week.during);
            row("after", week.after);
        }
    return table;
}

}  // namespace parley::simulation
