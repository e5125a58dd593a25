#include "actions/ranking.h"

#include "domain/ranking/map.h"
#include "domain/ranking/places.h"
#include "storage/events.h"
#include "storage/ranks.h"
#include "storage/stories.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <map>
#include <numeric>
#include <set>
#include <unordered_map>

namespace parley {
namespace {

using ranking::CampCounts;
using ranking::CommonGround;

constexpr size_t standings_at_a_time = 2'000;
constexpr double standing_moved_min = 1e-3;  // less is not written again

// What was kept of the last fit, numbered as the votes are now.
struct Before {
    std::vector<std::optional<Standing>> standings;     // of people
    std::vector<PersonId> gone;                         // who had a standing and has no votes any more
    std::unordered_map<CommentId, CommentRank> ranks;
};

Result<Before> read_before(Reader& reader, PoolVotes const& votes, std::set<StoryId> const& stories)
{
    Before before;
    before.standings.resize(votes.people.size());
    if (votes.pool.id.is_set())
        for (Standing const& standing : TRY(standings_of(reader, votes.pool.id))) {
            if (std::optional<uint32_t> number = votes.number_of_person(standing.person))
                before.standings[*number] = standing;
            else
                before.gone.push_back(standing.person);
        }
    for (StoryId story : stories)
        for (CommentRank const& rank : TRY(ranks_of_story(reader, story)))
            before.ranks.emplace(rank.comment, rank);
    return before;
}

// The last answer in the numbers of now, as far as a fit begins from it.
CommonGround where_it_ended(PoolVotes const& votes, Before const& before)
{
    CommonGround ended;
    ended.viewpoints.mean = votes.pool.mean;
    ended.viewpoints.voters.resize(votes.people.size());
    ended.viewpoints.comments.resize(votes.comments.size());
    ended.camps.of_voter.assign(votes.people.size(), ranking::no_camp);
    ended.camps.sizes.resize(2);
    for (size_t person = 0; person < votes.people.size(); ++person)
        if (std::optional<Standing> const& standing = before.standings[person]) {
            ended.viewpoints.voters[person] = { standing->intercept, standing->factor };
            if (standing->camp)
                ended.camps.of_voter[person] = static_cast<int8_t>(*standing->camp);
        }
    for (size_t comment = 0; comment < votes.comments.size(); ++comment)
        if (auto rank = before.ranks.find(votes.comments[comment].comment); rank != before.ranks.end())
            ended.viewpoints.comments[comment] = { rank->second.intercept, rank->second.factor };
    return ended;
}

// Camps with their old labels, each voter in the old one until three fits said otherwise.
struct Settled {
    std::vector<int8_t> camp_of;
    std::vector<ranking::CampHistory::Doubt> doubts;
};

Settled settle(ranking::Camps const& found, Before const& before)
{
    std::vector<int8_t> camps(before.standings.size(), ranking::no_camp);
    std::vector<ranking::CampHistory::Doubt> doubts(before.standings.size());
    for (size_t person = 0; person < camps.size(); ++person)
        if (std::optional<Standing> const& standing = before.standings[person]) {
            if (standing->camp)
                camps[person] = static_cast<int8_t>(*standing->camp);
            if (standing->doubted_for)
                doubts[person] = { static_cast<int8_t>(*standing->doubted_for), static_cast<uint8_t>(standing->doubts) };
        }
    ranking::CampHistory history(std::move(camps), std::move(doubts));
    std::vector<int8_t> now = history.update(found).of_voter;
    return { std::move(now), history.doubts() };
}

// Votes of each camp on each comment, without those that are held back.
std::vector<CampCounts> counts_by_camp(PoolVotes const& votes, std::vector<int8_t> const& camp_of, CommonGround const& found)
{
    std::vector<std::vector<uint32_t>> held(votes.comments.size());
    for (ranking::HeldVotes const& cell : found.held)
        held[cell.comment].insert(held[cell.comment].end(), cell.voters.begin(), cell.voters.end());
    std::vector<CampCounts> counts(votes.comments.size());
    for (uint32_t comment = 0; comment < counts.size(); ++comment)
        ranking::VoteTable::for_each(votes.values.of_comment(comment), [&](uint32_t voter, int8_t value) {
            if (camp_of[voter] == ranking::no_camp || std::ranges::find(held[comment], voter) != held[comment].end())
                return;
            ranking::CampCount& count = counts[comment][size_t(camp_of[voter])];
            ++count.seen;
            count.agree += value > 0;
            count.disagree += value < 0;
        });
    return counts;
}

std::vector<Standing> standings_now(PoolVotes const& votes, CommonGround const& found, Settled const& settled)
{
    std::vector<Standing> standings;
    for (uint32_t person = 0; person < votes.people.size(); ++person) {
        auto const& doubt = settled.doubts[person];
        auto const& viewpoint = found.viewpoints.voters[person];
        int8_t camp = settled.camp_of[person];
        standings.push_back({ .person = votes.people[person],
            .camp = camp == ranking::no_camp ? std::nullopt : std::optional<int>(camp),
            .doubted_for = doubt.runs == 0 ? std::nullopt : std::optional<int>(doubt.camp),
            .doubts = doubt.runs,
            .intercept = viewpoint.intercept,
            .factor = viewpoint.factor,
            .x = found.positions[person][0],
            .y = found.positions[person][1],
            .votes = static_cast<int64_t>(votes.stances.of_voter(person).seen()) });
    }
    return standings;
}

bool is_moved(std::optional<Standing> const& before, Standing const& now)
{
    if (!before || before->camp != now.camp || before->doubted_for != now.doubted_for || before->doubts != now.doubts || before->votes != now.votes)
        return true;
    return std::max({ std::abs(before->intercept - now.intercept), std::abs(before->factor - now.factor), std::abs(before->x - now.x),
               std::abs(before->y - now.y) })
        >= standing_moved_min;
}

SideCount side(ranking::CampCount const& count) { return { count.agree, count.disagree, count.seen }; }

// One discussion of the pool as it is kept.
struct RankedDiscussion {
    Discussion discussion;
    std::vector<CommentRank> ranks;
    std::optional<Time> look_again {};  // when a badge comes due
};

class DiscussionRanker {
public:
    DiscussionRanker(PoolVotes const& votes, CommonGround const& found, Settled const& settled, Before const& before, Time now)
        : votes_(votes), found_(found), settled_(settled), before_(before), now_(now), counts_(counts_by_camp(votes, settled.camp_of, found))
    {
    }

    RankedDiscussion rank(StoryId story, PoolId pool) const
    {
        auto [first, behind] = votes_.comments_of(story);
        RankedDiscussion ranked { figures(story, pool, first, behind) };
        bool is_ordered = judge_divide(ranked.discussion.split_half, ranked.discussion.is_divided, ranked.discussion.voters, ranked.discussion.enough)== Divide::Real;
        for (uint32_t comment = first; comment < behind; ++comment) {
            ranked.ranks.push_back(rank_of(comment, is_ordered));
            if (std::optional<Time> since = ranked.ranks.back().badge.differs_since) {
                Time due = since->plus_milliseconds(ranking::badge_hold_ms);
                ranked.look_again = std::min(ranked.look_again.value_or(due), due);
            }
        }
        if (is_ordered)
            place(ranked.ranks, first, behind);
        return ranked;
    }

private:
    Discussion figures(StoryId story, PoolId pool, uint32_t first, uint32_t behind) const
    {
        std::vector<bool> is_here(votes_.people.size());
        Discussion discussion { .story = story, .pool = pool, .version = votes_.pool.version + 1, .ranked_at = now_,
            .split_half = found_.divide.split_half, .is_divided = found_.divide.is_real };
        for (uint32_t comment = first; comment < behind; ++comment) {
            for (uint32_t voter : votes_.values.of_comment(comment).all())
                is_here[voter] = true;
            discussion.enough += std::min(counts_[comment][0].seen, counts_[comment][1].seen) >= ranking::votes_from_each_camp_min;
        }
        std::vector<int8_t> camps(settled_.camp_of);
        for (size_t voter = 0; voter < camps.size(); ++voter) {
            if (!is_here[voter])
                camps[voter] = ranking::no_camp;
            discussion.voters += camps[voter] != ranking::no_camp;
        }
        discussion.map = ranking::VoterMap(found_.positions, camps).written();
        return discussion;
    }

    CommentRank rank_of(uint32_t comment, bool is_ordered) const
    {
        ranking::RankedComment const& ranked = found_.comments[comment];
        auto known = before_.ranks.find(votes_.comments[comment].comment);
        ranking::Badge badge = known == before_.ranks.end() ? ranking::Badge {} : known->second.badge;
        return { .comment = votes_.comments[comment].comment,
            .sides = { side(counts_[comment][0]), side(counts_[comment][1]) },
            .consensus = ranked.consensus,
            .score = ranked.score,
            .bound = ranked.worst_camp_bound,
            .split = ranked.split,
            .intercept = found_.viewpoints.comments[comment].intercept,
            .factor = found_.viewpoints.comments[comment].factor,
            .x = found_.comment_positions[comment][0],
            .y = found_.comment_positions[comment][1],
            .badge = ranking::next_badge(badge, is_ordered && ranked.is_common_ground, now_) };
    }

    bool has_place(uint32_t comment) const { return votes_.comments[comment].is_root && counts_[comment][0].seen + counts_[comment][1].seen > 0; }

    void place(std::vector<CommentRank>& ranks, uint32_t first, uint32_t behind) const
    {
        auto roots_of = [&](std::vector<uint32_t> const& order) {
            std::vector<uint32_t> roots;
            for (uint32_t comment : order)
                if (comment >= first && comment < behind && has_place(comment))
                    roots.push_back(comment);
            return roots;
        };
        std::vector<uint32_t> best_first = roots_of(found_.by_common_ground);
        best_first.resize(std::min(best_first.size(), places_max));
        std::vector<CampCounts> counts;
        for (uint32_t comment : best_first)
            counts.push_back(counts_[comment]);
        int64_t next = 0;
        for (uint32_t at : ranking::give_places(counts))
            ranks[best_first[at] - first].place = ++next;
        next = 0;
        for (uint32_t comment : roots_of(found_.by_split))
            if (ranks[comment - first].place)
                ranks[comment - first].split_place = ++next;
    }

    PoolVotes const& votes_;
    CommonGround const& found_;
    Settled const& settled_;
    Before const& before_;
    Time now_;
    std::vector<CampCounts> counts_;
};

std::vector<HeldCell> held_cells(PoolVotes const& votes, CommonGround const& found)
{
    std::vector<HeldCell> cells;
    for (ranking::HeldVotes const& held : found.held) {
        HeldCell& cell = cells.emplace_back(HeldCell { votes.comments[held.comment].comment, held.camp, held.newcomers.agree, held.newcomers.seen,
            held.others.agree, held.others.seen, held.z });
        for (uint32_t voter : held.voters)
            cell.voters.push_back(votes.people[voter]);
    }
    return cells;
}

// Of the comments that had a score, how the new ones go with the old ones.
std::optional<double> drift_of(PoolVotes const& votes, Before const& before, CommonGround const& found)
{
    std::vector<double> old_scores, new_scores;
    for (uint32_t comment = 0; comment < votes.comments.size(); ++comment)
        if (auto rank = before.ranks.find(votes.comments[comment].comment); rank != before.ranks.end() && rank->second.consensus > 0) {
            old_scores.push_back(rank->second.score);
            new_scores.push_back(found.comments[comment].score);
        }
    return old_scores.size() < 2 ? std::nullopt : std::optional(rank_correlation(old_scores, new_scores));
}

Result<void> keep_standings(Database& database, PoolId pool, std::vector<Standing> const& standings, Before const& before)
{
    std::vector<Standing> moved;
    for (size_t person = 0; person < standings.size(); ++person)
        if (is_moved(before.standings[person], standings[person]))
            moved.push_back(standings[person]);
    std::span<Standing const> rest = moved;
    while (!rest.empty()) {
        std::span<Standing const> some = rest.first(std::min(rest.size(), standings_at_a_time));
        TRY(database.write([&](Transaction& transaction) { return put_standings(transaction, pool, some); }));
        rest = rest.subspan(some.size());
    }
    if (before.gone.empty())
        return {};
    return database.write([&](Transaction& transaction) { return remove_standings(transaction, pool, before.gone); });
}

// Ranks of comments that have no votes any more or are not shown.
std::vector<CommentId> ranks_gone(Before const& before, RankedDiscussion const& ranked)
{
    std::vector<CommentId> gone;
    for (auto const& [comment, rank] : before.ranks)
        if (story_of(comment) == ranked.discussion.story && !std::ranges::binary_search(ranked.ranks, comment, {}, &CommentRank::comment))
            gone.push_back(comment);
    return gone;
}

std::vector<CommentRank> ranks_changed(Before const& before, RankedDiscussion const& ranked)
{
    std::vector<CommentRank> changed;
    for (CommentRank const& rank : ranked.ranks) {
        auto known = before.ranks.find(rank.comment);
        if (known == before.ranks.end() || !(known->second == rank))
            changed.push_back(rank);
    }
    return changed;
}

std::vector<double> ranks_of(std::span<double const> values)
{
    std::vector<size_t> order(values.size());
    std::iota(order.begin(), order.end(), size_t { 0 });
    std::ranges::sort(order, {}, [&](size_t at) { return values[at]; });
    std::vector<double> ranks(values.size());
    for (size_t first = 0; first < order.size();) {
        size_t behind = first;
        while (behind < order.size() && values[order[behind]] == values[order[first]])
            ++behind;
        for (size_t at = first; at < behind; ++at)
            ranks[order[at]] = double(first + behind - 1) / 2;
        first = behind;
    }
    return ranks;
}

}  // namespace

double rank_correlation(std::span<double const> a, std::span<double const> b)
{
    std::vector<double> const first = ranks_of(a), second = ranks_of(b);
    double const middle = (double(first.size()) - 1) / 2;
    double together = 0, of_first = 0, of_second = 0;
    for (size_t at = 0; at < first.size(); ++at) {
        together += (first[at] - middle) * (second[at] - middle);
        of_first += (first[at] - middle) * (first[at] - middle);
        of_second += (second[at] - middle) * (second[at] - middle);
    }
    return of_first > 0 && of_second > 0 ? together / std::sqrt(of_first * of_second) : 1;
}

Result<RankReport> rank_pool(Database& database, PoolVotes const& votes, std::span<StoryId const> stories, FitFrom from, Time now)
{
    auto const begin = std::chrono::steady_clock::now();
    RankReport report { .votes = votes.values.votes() };
    bool is_cold = from == FitFrom::Nothing || report.votes <= votes_fitted_cold_max || !votes.pool.id.is_set();
    // Of other stories than those at hand only what a fit goes on from, or is compared with.
    std::set<StoryId> looked_at(stories.begin(), stories.end());
    if (!is_cold || from == FitFrom::Nothing)
        looked_at.insert(votes.stories.begin(), votes.stories.end());
    Before before = TRY(database.read([&](Reader& reader) { return read_before(reader, votes, looked_at); }));
    std::optional<CommonGround> ended;
    if (!is_cold)
        ended = where_it_ended(votes, before);
    CommonGround const found = votes.people.empty() ? CommonGround() : ranking::find_common_ground(votes.votes(), { .before = ended ? &*ended : nullptr, .cleared = votes.cleared });
    Settled const settled = settle(found.camps, before);
    if (from == FitFrom::Nothing)
        report.drift = drift_of(votes, before, found);

    Pool pool = votes.pool;
    ++pool.version;
    pool.fitted_at = now;
    if (is_cold)
        pool.fitted_cold_at = now;
    pool.votes = static_cast<int64_t>(report.votes);
    pool.active = votes.active;
    pool.voters = found.divide.voters;
    pool.split_half = found.divide.split_half;
    pool.mean = found.viewpoints.mean;
    if (report.drift)
        pool.drift = report.drift;
    PoolId const id = TRY(database.write([&](Transaction& transaction) { return put_pool(transaction, pool); }));
    TRY(keep_standings(database, id, standings_now(votes, found, settled), before));
    std::vector<HeldCell> const held = held_cells(votes, found);
    DiscussionRanker const ranker(votes, found, settled, before, now);
    TRY(database.write([&](Transaction& transaction) { return replace_held(transaction, id, held); }));
    for (StoryId story : stories) {
        RankedDiscussion const ranked = ranker.rank(story, id);
        std::vector<CommentRank> const changed = ranks_changed(before, ranked);
        std::vector<CommentId> const gone = ranks_gone(before, ranked);
        TRY(database.write([&](Transaction& transaction) -> Result<void> {
            TRY(put_discussion(transaction, ranked.discussion));
            TRY(put_ranks(transaction, changed));
            TRY(remove_ranks(transaction, gone));
            TRY(settle_stale(transaction, story));
            if (ranked.look_again)
                TRY(mark_stale(transaction, story, *ranked.look_again));
            return append_event(transaction, EventKind::RanksChanged, story, {}, now);
        }));
    }
    report.pool = pool;
    report.pool.id = id;
    report.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    return report;
}

Result<std::vector<RankReport>> rank_stale(Database& database, Time now, int limit, std::function<bool(Pool const&)> const& may_fit)
{
    std::vector<StoryId> taken = TRY(database.write([&](Transaction& transaction) { return take_stale(transaction, now, limit); }));
    std::vector<RankReport> reports;
    std::map<std::pair<SiteId, std::string>, std::vector<StoryId>> shared;  // by section
    for (StoryId story : taken) {
        PoolVotes votes = TRY(database.read([&](Reader& reader) { return votes_of_discussion(reader, story); }));
        if (stands_alone(votes)) {
            reports.push_back(TRY(rank_pool(database, votes, { &story, 1 }, FitFrom::WhereItEnded, now)));
            continue;
        }
        StorySection section = TRY(database.read([&](Reader& reader) { return section_of_story(reader, story); }));
        shared[{ section.site, section.section }].push_back(story);
    }
    for (auto const& [section, stories] : shared) {
        PoolVotes votes = TRY(database.read([&](Reader& reader) { return votes_of_wider_pool(reader, section.first, section.second); }));
        if (may_fit(votes.pool))
            reports.push_back(TRY(rank_pool(database, votes, stories, FitFrom::WhereItEnded, now)));
    }
    return reports;
}

Result<RankReport> rank_from_nothing(Database& database, Pool const& pool, Time now)
{
    PoolVotes votes = TRY(database.read([&](Reader& reader) { return votes_of_pool(reader, pool); }));
    std::vector<StoryId> stories = TRY(database.read([&](Reader& reader) -> Result<std::vector<StoryId>> {
        std::vector<StoryId> ranked_by_it;
        for (StoryId story : votes.stories)
            if (auto discussion = TRY(find_discussion(reader, story)); discussion && discussion->pool == pool.id)
                ranked_by_it.push_back(story);
        return ranked_by_it;
    }));
    return rank_pool(database, votes, stories, FitFrom::Nothing, now);
}

Result<int64_t> rebuild_ranks(Database& database, Time now)
{
    TRY(database.write([&](Transaction& transaction) { return forget_ranks(transaction, now); }));
    int64_t fits = 0;
    while (true) {
        std::vector<RankReport> reports = TRY(rank_stale(database, now));
        if (reports.empty())
            return fits;
        fits += static_cast<int64_t>(reports.size());
    }
}

}  // namespace parley
