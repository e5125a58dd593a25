// Conversations cut into votes that a method may see and votes that it is asked about, and brigades let loose on them, the
// same way for every method. The splits are those of tests/data/polis/README.md.
#pragma once

#include "domain/ranking/common_ground.h"
#include "domain/ranking/test_conversations.h"
#include "domain/ranking/viewpoints.h"

#include <algorithm>
#include <cmath>
#include <random>
#include <set>
#include <string>
#include <vector>

namespace parley::ranking {

// One vote with all that is known of it.
struct FullVote {
    CastVote vote;
    int64_t at = 0;
    int bucket = 0, time_pct = 0;
};

struct Talk {
    std::string name;
    uint32_t voters = 0, comments = 0;
    std::vector<FullVote> votes;
    std::vector<int8_t> camp_of;  // two camps by all votes: the truth that held-out votes are counted by
};

struct Sample {
    Talk const* talk = nullptr;
    VoteTable train;
    std::vector<int64_t> first_vote_at;
    std::vector<VoteTime> times;
    std::vector<CastVote> test;

    Votes seen() const { return { train, train, first_vote_at, times }; }
};

inline std::vector<int8_t> true_camps(Talk const& talk)
{
    std::vector<CastVote> cast;
    for (FullVote const& vote : talk.votes)
        cast.push_back(vote.vote);
    VoteTable const table(talk.voters, talk.comments, cast);
    return find_camps(ridge_positions(table, principal_components(table)), placed_voters(table), 2).of_voter;
}

inline Talk talk_of(Conversation const& given)
{
    Talk talk { given.name, given.votes.voters(), given.votes.comments() };
    for (size_t at = 0; at < given.cast.size(); ++at)
        talk.votes.push_back({ given.cast[at], int64_t(given.timestamp[at]), int(given.bucket[at]), int(given.time_pct[at]) });
    for (double camp : given.expected_voters.of("camp2"))
        talk.camp_of.push_back(camp < 0 ? no_camp : int8_t(camp));
    return talk;
}

// Renumbers what is left, sets time_pct and new buckets.
inline void tidy(Talk& talk, std::mt19937_64& random)
{
    std::set<uint32_t> voters, comments;
    for (FullVote const& vote : talk.votes)
        voters.insert(vote.vote.voter), comments.insert(vote.vote.comment);
    std::map<uint32_t, uint32_t> voter_number, comment_number;
    for (uint32_t voter : voters)
        voter_number[voter] = uint32_t(voter_number.size());
    for (uint32_t comment : comments)
        comment_number[comment] = uint32_t(comment_number.size());
    std::stable_sort(talk.votes.begin(), talk.votes.end(), [](FullVote const& a, FullVote const& b) { return a.at < b.at; });
    for (size_t at = 0; at < talk.votes.size(); ++at) {
        FullVote& vote = talk.votes[at];
        vote.vote.voter = voter_number[vote.vote.voter];
        vote.vote.comment = comment_number[vote.vote.comment];
        vote.bucket = int(random() % 100);
        vote.time_pct = int(at * 100 / talk.votes.size());
    }
    talk.voters = uint32_t(voters.size());
    talk.comments = uint32_t(comments.size());
    talk.camp_of = true_camps(talk);
}

// A smaller conversation from a real one: some of its voters, some of its comments, some of the votes.
inline Talk part_of(Talk const& whole, double voters, double comments, double votes, uint64_t seed)
{
    std::mt19937_64 random(seed);
    auto chosen = [&](uint32_t count, double share) {
        std::vector<bool> result(count);
        for (size_t at = 0; at < count; ++at)
            result[at] = double(random() >> 11) * 0x1p-53 < share;
        return result;
    };
    std::vector<bool> const keep_voter = chosen(whole.voters, voters), keep_comment = chosen(whole.comments, comments);
    Talk talk { whole.name + "/" + std::to_string(seed) };
    for (FullVote const& vote : whole.votes)
        if (keep_voter[vote.vote.voter] && keep_comment[vote.vote.comment] && double(random() >> 11) * 0x1p-53 < votes)
            talk.votes.push_back(vote);
    tidy(talk, random);
    return talk;
}

// A made-up conversation: comments have quality, slant and a second slant, voters leniency and places on both; `divide` is
// how far the two sides stand apart. Votes per voter are heavy-tailed, voters come once, in order.
struct MadeUp {
    uint32_t voters, comments;
    double votes_per_voter, divide, side, mean, spread, passes;
    uint64_t seed;
};

inline Talk made_up(MadeUp const& shape)
{
    std::mt19937_64 random(shape.seed);
    std::normal_distribution<double> normal;
    auto fraction = [&] { return double(random() >> 11) * 0x1p-53; };
    struct Side { double level, first, second; };
    std::vector<Side> voters(shape.voters), comments(shape.comments);
    for (Side& voter : voters)
        voter = { 0.6 * normal(random), (fraction() < shape.side ? -1 : 1) * shape.divide + 0.6 * normal(random), normal(random) };
    for (Side& comment : comments)
        comment = { shape.mean + shape.spread * normal(random), 0.9 * normal(random), 0.5 * normal(random) };
    Talk talk { "made up/" + std::to_string(shape.seed) };
    int64_t now = 1'600'000'000'000;
    for (uint32_t voter = 0; voter < shape.voters; ++voter) {
        now += int64_t(3'600'000 * -std::log(1 - fraction()) / 4);
        // Comments come in over the first part of the conversation.
        uint32_t const there = std::min<uint32_t>(shape.comments, 8 + uint32_t(shape.comments * 1.6 * voter / shape.voters));
        uint32_t const wanted = std::min<uint32_t>(there, 1 + uint32_t(shape.votes_per_voter * std::exp(normal(random) - 0.5)));
        std::vector<uint32_t> order(there);
        for (uint32_t at = 0; at < there; ++at)
            order[at] = at;
        for (uint32_t at = 0; at < wanted; ++at) {
            std::swap(order[at], order[at + random() % (there - at)]);
            Side const &u = voters[voter], &c = comments[order[at]];
            double const lean = c.level + u.level + u.first * c.first + u.second * c.second;
            int8_t value = fraction() < 1 / (1 + std::exp(-lean)) ? 1 : -1;
            if (fraction() < shape.passes)
                value = 0;
            talk.votes.push_back({ { voter, order[at], value }, now + 8000 * int64_t(at) });
        }
    }
    tidy(talk, random);
    return talk;
}

inline void finish(Sample& sample, std::vector<FullVote> const& train)
{
    std::vector<CastVote> cast;
    uint32_t voters = sample.talk->voters;
    for (FullVote const& vote : train) {
        cast.push_back(vote.vote);
        sample.times.push_back({ vote.vote.voter, vote.vote.comment, vote.at });
        voters = std::max(voters, vote.vote.voter + 1);
    }
    sample.train = VoteTable(voters, sample.talk->comments, cast);
    sample.first_vote_at.assign(voters, INT64_MAX);
    for (FullVote const& vote : train)
        sample.first_vote_at[vote.vote.voter] = std::min(sample.first_vote_at[vote.vote.voter], vote.at);
}

// Votes whose bucket, turned by 33 for each replicate, is below `percent` are seen.
inline Sample random_split(Talk const& talk, int percent, int replicate)
{
    Sample sample { &talk };
    std::vector<FullVote> train;
    for (FullVote const& vote : talk.votes) {
        if ((vote.bucket + 33 * replicate) % 100 < percent)
            train.push_back(vote);
        else
            sample.test.push_back(vote.vote);
    }
    finish(sample, train);
    return sample;
}

inline Sample time_split(Talk const& talk)
{
    Sample sample { &talk };
    std::vector<FullVote> train;
    for (FullVote const& vote : talk.votes) {
        if (vote.time_pct < 50)
            train.push_back(vote);
        else
            sample.test.push_back(vote.vote);
    }
    finish(sample, train);
    return sample;
}

// random_split of 50 %, and three quarters of what the smaller camp said in it taken away.
inline Sample skewed_split(Talk const& talk, int replicate)
{
    Sample sample { &talk };
    std::mt19937_64 random(77 + uint64_t(replicate));
    std::vector<FullVote> train;
    for (FullVote const& vote : talk.votes) {
        if ((vote.bucket + 33 * replicate) % 100 >= 50)
            sample.test.push_back(vote.vote);
        else if (talk.camp_of[vote.vote.voter] != 1 || random() % 4 == 0)
            train.push_back(vote);
    }
    finish(sample, train);
    return sample;
}

enum class Attack { None, Naive, SameCamp, SyntheticConsensus };
struct Brigade {
    Attack attack;
    double share = 0.05;    // of voters
    bool is_aged = false;   // socks came early and cast their other votes then
    bool is_patient = false;  // votes on targets are spread over the second half, not within the last hour
    double takes_part = 1;  // share of socks that vote on a given target
    char const* name;
};

// The three comments most one-sided: approval in the camps differs most, at least eight votes in each.
inline std::vector<uint32_t> one_sided(Talk const& talk, VoteTable const& table)
{
    CampTable const counts = count_by_camp(table, talk.camp_of, 2);
    std::vector<std::pair<double, uint32_t>> found;
    for (uint32_t comment = 0; comment < talk.comments; ++comment) {
        auto const both = counts.of_comment(comment);
        if (std::min(both[0].rated(), both[1].rated()) >= 8)
            found.emplace_back(-std::abs(double(both[0].agree) / both[0].rated() - double(both[1].agree) / both[1].rated()), comment);
    }
    std::sort(found.begin(), found.end());
    std::vector<uint32_t> targets;
    for (size_t at = 0; at < std::min<size_t>(3, found.size()); ++at)
        targets.push_back(found[at].second);
    return targets;
}

// Half of all votes, and socks who vote like a voter of a camp on what that one voted on, and agree with the targets.
inline Sample attacked(Talk const& talk, Brigade const& brigade, std::vector<uint32_t> const& targets)
{
    Sample sample = random_split(talk, 50, 0);
    std::vector<FullVote> train;
    for (FullVote const& vote : talk.votes)
        if (vote.bucket < 50)
            train.push_back(vote);
    if (brigade.attack == Attack::None)
        return sample;
    std::mt19937_64 random(5);
    std::vector<uint32_t> models[2];
    for (uint32_t voter = 0; voter < talk.voters; ++voter)
        if (talk.camp_of[voter] >= 0 && sample.train.of_voter(voter).seen() >= 7)
            models[size_t(talk.camp_of[voter])].push_back(voter);
    int64_t first = INT64_MAX, last = 0;
    for (FullVote const& vote : train)
        first = std::min(first, vote.at), last = std::max(last, vote.at);
    uint32_t const socks = uint32_t(std::ceil(brigade.share * talk.voters));
    for (uint32_t sock = 0; sock < socks; ++sock) {
        uint32_t const voter = talk.voters + sock;
        size_t const camp = brigade.attack == Attack::SyntheticConsensus ? sock % 2 : 0;
        auto within = [&](double from, double to) { return first + int64_t(double(last - first) * (from + (to - from) * double(random() >> 11) * 0x1p-53)); };
        int64_t const came = brigade.is_aged ? within(0, 0.8) : last + 1000 * int64_t(sock);
        if (brigade.attack != Attack::Naive && !models[camp].empty())
            VoteTable::for_each(sample.train.of_voter(models[camp][random() % models[camp].size()]), [&](uint32_t comment, int8_t value) {
                if (std::find(targets.begin(), targets.end(), comment) == targets.end())
                    train.push_back({ { voter, comment, value }, came + 8000 });
            });
        for (uint32_t target : targets)
            if (double(random() >> 11) * 0x1p-53 < brigade.takes_part)
                train.push_back({ { voter, target, 1 }, brigade.is_patient ? std::max(came, within(0.5, 1)) : last + 1000 * int64_t(sock) + 100'000 });
    }
    sample.times.clear();
    finish(sample, train);
    return sample;
}

}  // namespace parley::ranking
