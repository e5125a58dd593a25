// The votes that are looked at together, as the ranking reads them: numbered voters and comments, and two tables.
//
// A discussion in which enough readers have voted enough is looked at by itself: its camps are its own. Where they are
// fewer, the votes of its section are looked at together, and where those are too few, those of the whole site.
#pragma once

#include "domain/ranking/common_ground.h"
#include "storage/viewpoints.h"
#include "storage/votes.h"

#include <optional>
#include <string>
#include <vector>

namespace parley {

// Votes with a stance by which a voter is placed in a camp (Polis' seven, domain/ranking/camps.h).
constexpr int64_t stances_of_active_min = 7;
constexpr int64_t active_in_discussion_min = 40;
constexpr int64_t active_in_section_min = 300;
// In a pool wider than one discussion who votes on one story in one evening says little about the rest: a voter counts
// from seven stances on three stories on two days.
constexpr int64_t stories_of_active_min = 3;
constexpr int64_t days_of_active_min = 2;
// Of a wider pool the newest stories are looked at, up to this many and this many votes.
constexpr int stories_of_pool_max = 5'000;
constexpr size_t votes_of_pool_max = 2'000'000;

struct PoolVotes {
    Pool pool;                               // who it is; its figures are those of the last fit
    std::vector<StoryId> stories;            // ascending
    std::vector<PersonId> people;            // of number i; ascending
    std::vector<VotedComment> comments;      // visible ones with votes, of number i; ascending
    ranking::VoteTable stances, values;      // ranking::Votes
    std::vector<int64_t> first_vote_at;      // of people
    std::vector<ranking::VoteTime> times;    // of votes in `values`
    int64_t active = 0;                      // voters with seven stances
    std::vector<uint32_t> cleared;           // by the desk

    ranking::Votes votes() const { return { stances, values, first_vote_at, times }; }
    // Numbers of the comments of one story: [first, behind).
    std::pair<uint32_t, uint32_t> comments_of(StoryId) const;
    std::optional<uint32_t> number_of_person(PersonId) const;
};

// The votes of this discussion alone.
Result<PoolVotes> votes_of_discussion(Reader&, StoryId);
bool stands_alone(PoolVotes const&);  // enough have voted in it

// The votes of the section where they are enough, else of the site.
Result<PoolVotes> votes_of_wider_pool(Reader&, SiteId, std::string const& section);

// Those of a pool that was fitted before.
Result<PoolVotes> votes_of_pool(Reader&, Pool const&);

}  // namespace parley
