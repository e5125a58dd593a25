#include "actions/ranking_votes.h"

#include "storage/ranks.h"
#include "storage/stories.h"

#include <algorithm>
#include <map>
#include <set>

namespace parley {
namespace {

constexpr int64_t day_ms = int64_t { 24 } * 3600 * 1000;

struct Ballot {
    CommentId comment;
    PersonId voter;
    Vote vote;
    int64_t at;
};

// Stances of one voter over stories and days.
struct Breadth {
    int64_t stances = 0;
    std::set<int64_t> stories, days;

    void add(Ballot const& ballot)
    {
        if (!ballot.vote.stance)
            return;
        ++stances;
        // No more is asked than a few.
        if (stories.size() < size_t(stories_of_active_min))
            stories.insert(story_of(ballot.comment).value);
        if (days.size() < size_t(days_of_active_min))
            days.insert(ballot.at / day_ms);
    }
    bool is_active() const { return stances >= stances_of_active_min; }
    bool is_wide() const
    {
        return is_active() && stories.size() >= size_t(stories_of_active_min) && days.size() >= size_t(days_of_active_min);
    }
};

template <typename Id, typename Numbered>
uint32_t number_in(std::vector<Numbered> const& list, Id id, auto const& id_of)
{
    return static_cast<uint32_t>(std::ranges::lower_bound(list, id, {}, id_of) - list.begin());
}

int8_t value_of(Vote const& vote) { return vote.is_worth_reading ? 1 : vote.stance == Stance::Disagree ? -1 : 0; }

Result<void> collect(Reader& reader, StoryId story, PoolVotes& votes, std::vector<Ballot>& ballots)
{
    std::vector<VotedComment> visible = TRY(voted_comments_of(reader, story));
    if (visible.empty())
        return {};
    auto at = visible.begin();
    TRY(for_each_vote(reader, story, [&](CastVote const& cast) {
        while (at != visible.end() && at->comment < cast.comment)
            ++at;
        if (at != visible.end() && at->comment == cast.comment)
            ballots.push_back({ cast.comment, cast.voter, cast.vote, cast.at.milliseconds });
    }));
    votes.comments.insert(votes.comments.end(), visible.begin(), visible.end());
    votes.stories.push_back(story);
    return {};
}

// Numbers voters and comments and fills the tables.
Result<void> tabulate(Reader& reader, PoolVotes& votes, std::vector<Ballot> const& ballots)
{
    std::ranges::sort(votes.stories);
    std::ranges::sort(votes.comments, {}, &VotedComment::comment);
    std::map<PersonId, Breadth> breadth;
    for (Ballot const& ballot : ballots)
        breadth[ballot.voter].add(ballot);
    for (auto const& [person, one] : breadth) {
        votes.people.push_back(person);
        votes.active += one.is_active();
    }
    votes.first_vote_at.assign(votes.people.size(), INT64_MAX);
    bool is_wide = votes.pool.scope != PoolScope::Discussion;
    std::vector<bool> counts(votes.people.size(), true);
    if (is_wide)
        for (size_t person = 0; person < counts.size(); ++person)
            counts[person] = breadth[votes.people[person]].is_wide();
    std::vector<ranking::CastVote> stances, values;
    for (Ballot const& ballot : ballots) {
        uint32_t voter = number_in(votes.people, ballot.voter, std::identity {});
        uint32_t comment = number_in(votes.comments, ballot.comment, &VotedComment::comment);
        votes.first_vote_at[voter] = std::min(votes.first_vote_at[voter], ballot.at);
        values.push_back({ voter, comment, value_of(ballot.vote) });
        votes.times.push_back({ voter, comment, ballot.at });
        if (ballot.vote.stance && counts[voter])
            stances.push_back({ voter, comment, static_cast<int8_t>(*ballot.vote.stance) });
    }
    uint32_t people = static_cast<uint32_t>(votes.people.size()), comments = static_cast<uint32_t>(votes.comments.size());
    votes.stances = ranking::VoteTable(people, comments, stances);
    votes.values = ranking::VoteTable(people, comments, values);
    for (PersonId person : TRY(cleared_voters(reader)))
        if (std::optional<uint32_t> number = votes.number_of_person(person))
            votes.cleared.push_back(*number);
    return {};
}

Result<PoolVotes> votes_of_stories(Reader& reader, Pool pool, std::vector<StoryId> const& newest_first)
{
    PoolVotes votes { .pool = std::move(pool) };
    std::vector<Ballot> ballots;
    for (StoryId story : newest_first) {
        TRY(collect(reader, story, votes, ballots));
        if (ballots.size() >= votes_of_pool_max)
            break;
    }
    TRY(tabulate(reader, votes, ballots));
    return votes;
}

Result<Pool> known_or_new(Reader& reader, Pool fresh)
{
    return TRY(find_pool(reader, fresh.site, fresh.scope, fresh.story, fresh.section)).value_or(fresh);
}

}  // namespace

std::pair<uint32_t, uint32_t> PoolVotes::comments_of(StoryId story) const
{
    return { number_in(comments, comment_id(story, 0), &VotedComment::comment),
        number_in(comments, comment_id({ story.value + 1 }, 0), &VotedComment::comment) };
}

std::optional<uint32_t> PoolVotes::number_of_person(PersonId person) const
{
    uint32_t number = number_in(people, person, std::identity {});
    return number < people.size() && people[number] == person ? std::optional(number) : std::nullopt;
}

Result<PoolVotes> votes_of_discussion(Reader& reader, StoryId story)
{
    SiteId site = TRY(section_of_story(reader, story)).site;
    Pool pool = TRY(known_or_new(reader, { .site = site, .scope = PoolScope::Discussion, .story = story }));
    return votes_of_stories(reader, std::move(pool), { story });
}

bool stands_alone(PoolVotes const& votes) { return votes.active >= active_in_discussion_min; }

Result<PoolVotes> votes_of_wider_pool(Reader& reader, SiteId site, std::string const& section)
{
    if (!section.empty()) {
        Pool pool = TRY(known_or_new(reader, { .site = site, .scope = PoolScope::Section, .section = section }));
        PoolVotes votes = TRY(votes_of_pool(reader, pool));
        if (votes.active >= active_in_section_min)
            return votes;
    }
    return votes_of_pool(reader, TRY(known_or_new(reader, { .site = site, .scope = PoolScope::Site })));
}

Result<PoolVotes> votes_of_pool(Reader& reader, Pool const& pool)
{
    if (pool.scope == PoolScope::Discussion)
        return votes_of_stories(reader, pool, { pool.story });
    std::optional<std::string_view> section;
    if (pool.scope == PoolScope::Section)
        section = pool.section;
    return votes_of_stories(reader, pool, TRY(newest_story_ids(reader, pool.site, section, stories_of_pool_max)));
}

}  // namespace parley
