#include "actions/discussion_measures.h"

#include "actions/stories.h"
#include "domain/markup.h"
#include "domain/ranking/divide.h"
#include "render/words.h"
#include "storage/people.h"
#include "storage/ranks.h"
#include "storage/votes.h"
#include "storage/written_comments.h"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <set>

namespace parley {
namespace {

constexpr int64_t day_ms = int64_t { 24 } * 3600 * 1000;
constexpr size_t excerpt_code_points = 120;

struct Ballot {
    uint32_t voter, comment;
    Vote vote;
    Time at;
};

struct Collected {
    std::vector<WrittenComment> comments;
    std::vector<PersonId> voters;
    std::vector<Ballot> ballots;  // oldest first
    std::map<PersonId, int> camp;
    std::vector<int8_t> camp_of_voter;
};

Result<Collected> collect(Reader& reader, StoryId story)
{
    Collected found { .comments = TRY(written_comments_of(reader, story)) };
    std::map<PersonId, uint32_t> numbers;
    TRY(for_each_vote(reader, story, [&](CastVote const& cast) {
        auto comment = std::ranges::lower_bound(found.comments, cast.comment, {}, &WrittenComment::id);
        if (comment == found.comments.end() || comment->id != cast.comment)
            return;
        auto [voter, is_new] = numbers.emplace(cast.voter, static_cast<uint32_t>(numbers.size()));
        if (is_new)
            found.voters.push_back(cast.voter);
        found.ballots.push_back({ voter->second, static_cast<uint32_t>(comment - found.comments.begin()), cast.vote, cast.at });
    }));
    std::ranges::stable_sort(found.ballots, {}, &Ballot::at);
    if (std::optional<Discussion> discussion = TRY(find_discussion(reader, story)))
        for (Standing const& standing : TRY(standings_of(reader, discussion->pool)))
            if (standing.camp)
                found.camp[standing.person] = *standing.camp;
    for (PersonId voter : found.voters) {
        auto camp = found.camp.find(voter);
        found.camp_of_voter.push_back(camp == found.camp.end() ? ranking::no_camp : static_cast<int8_t>(camp->second));
    }
    return found;
}

MeasuredMoment measure(Collected const& all, Time until)
{
    MeasuredMoment moment { .until = until };
    auto const comments = static_cast<uint32_t>(all.comments.size());
    std::map<PersonId, uint32_t> written;
    ranking::ReplyCounts replies;
    for (WrittenComment const& comment : all.comments) {
        if (comment.created_at > until)
            continue;
        ++moment.comments;
        if (comment.author)
            ++written[*comment.author];
        if (!comment.author || !comment.replied_to || comment.author == comment.replied_to)
            continue;
        auto by = all.camp.find(*comment.author), to = all.camp.find(*comment.replied_to);
        if (by != all.camp.end() && to != all.camp.end())
            ++replies.counts[size_t(by->second)][size_t(to->second)];
    }
    std::vector<uint32_t> of_each;
    for (auto const& [author, count] : written)
        of_each.push_back(count);
    moment.voices = ranking::voice_shares(of_each);
    moment.replies = ranking::replies_across(replies);

    ranking::CampTable table(comments, 2);
    std::vector<ranking::CastVote> stances;
    for (Ballot const& ballot : all.ballots) {
        if (ballot.at > until)
            break;
        ++moment.votes;
        if (ballot.vote.stance)
            stances.push_back({ ballot.voter, ballot.comment, static_cast<int8_t>(*ballot.vote.stance) });
        int8_t const camp = all.camp_of_voter[ballot.voter];
        if (camp == ranking::no_camp)
            continue;
        SideCount const one = side_count_of(ballot.vote);
        ranking::CampCount& count = table.of_comment(ballot.comment)[size_t(camp)];
        count.agree += static_cast<uint32_t>(one.worth);
        count.disagree += static_cast<uint32_t>(one.against);
        ++count.seen;
    }
    moment.index = ranking::common_ground_index(table);
    if (stances.size() <= votes_for_split_half_max)
        moment.split_half = ranking::split_half(ranking::VoteTable(static_cast<uint32_t>(all.voters.size()), comments, stances));
    return moment;
}

// Ends of days, evenly from the first comment on, and now.
std::vector<Time> moments_of(Collected const& all, Time now)
{
    if (all.comments.empty())
        return { now };
    Time first = now, last { 0 };
    for (WrittenComment const& comment : all.comments) {
        first = std::min(first, comment.created_at);
        last = std::max(last, comment.created_at);
    }
    if (!all.ballots.empty())
        last = std::max(last, all.ballots.back().at);
    int64_t const first_day = first.milliseconds / day_ms, days = std::min(last, now).milliseconds / day_ms - first_day;
    int64_t const step = std::max<int64_t>(1, (days + moments_max - 1) / moments_max);
    std::vector<Time> moments;
    for (int64_t day = first_day; day - first_day < days; day += step)
        moments.push_back({ (day + 1) * day_ms - 1 });
    moments.push_back(now);
    return moments;
}

std::vector<HeldVotesShown> held_shown(std::vector<HeldCell> const& cells, Collected const& all, StoryId story)
{
    std::vector<HeldVotesShown> shown;
    for (HeldCell const& cell : cells) {
        if (story_of(cell.comment) != story)
            continue;
        auto comment = std::ranges::lower_bound(all.comments, cell.comment, {}, &WrittenComment::id);
        std::string text;
        if (comment != all.comments.end() && comment->id == cell.comment)
            text = excerpt(plain_text(Html::from_trusted(comment->html)), excerpt_code_points);
        shown.push_back({ cell.comment, std::move(text), cell.camp, cell.newcomers_agree, cell.newcomers_seen, cell.others_agree, cell.others_seen, cell.z, cell.voters.size() });
    }
    return shown;
}

// Lines of the log that belong to one decision, as one.
Result<std::vector<ClearingShown>> clearings_shown(Reader& reader, std::vector<Clearing> const& log)
{
    std::vector<PersonId> const cleared = TRY(cleared_voters(reader));
    std::vector<ClearingShown> shown;
    std::set<CommentId> decided_since;
    for (size_t at = 0; at < log.size(); ++at) {
        Clearing const& line = log[at];
        bool const is_same = at > 0 && log[at - 1].at == line.at && log[at - 1].comment == line.comment && log[at - 1].kind == line.kind;
        if (!is_same) {
            Result<Person> person = find_person(reader, line.decided_by);
            bool const is_latest = decided_since.insert(line.comment).second;
            shown.push_back({ line.comment, person.is_error() ? "" : person.value().name, line.kind == ClearingKind::LetCount, 0, line.at, is_latest && line.kind == ClearingKind::LetCount });
        }
        ++shown.back().voters;
    }
    return shown;
}

}  // namespace

Result<DiscussionMeasures> read_discussion_measures(Database& database, SiteId site, StoryId id, Time now)
{
    return database.read([&](Reader& reader) -> Result<DiscussionMeasures> {
        DiscussionMeasures result { .story = TRY(find_readable_story(reader, site, id)) };
        Collected const all = TRY(collect(reader, id));
        for (Time until : moments_of(all, now))
            result.moments.push_back(measure(all, until));
        if (std::optional<Discussion> discussion = TRY(find_discussion(reader, id)))
            result.held = held_shown(TRY(held_cells_of(reader, discussion->pool)), all, id);
        result.clearings = TRY(clearings_shown(reader, TRY(clearings_of(reader, id))));
        return result;
    });
}

std::string measures_csv(DiscussionMeasures const& measures)
{
    std::string csv = "until,comments,votes,common_ground_index,common_ground_within,common_ground_by_chance,split_half,voices,most_active_tenth,"
                      "effective_voices,replies_between_camps_known,replies_across,replies_across_by_chance,assortativity\n";
    for (MeasuredMoment const& moment : measures.moments) {
        csv += fmt::format("{},{},{}", to_rfc3339(moment.until), moment.comments, moment.votes);
        csv += moment.index.is_known ? fmt::format(",{:.4f},{:.4f},{:.4f}", moment.index.across, moment.index.within, moment.index.by_chance) : ",,,";
        csv += moment.split_half ? fmt::format(",{:.4f}", *moment.split_half) : ",";
        csv += fmt::format(",{},{:.4f},{:.2f},{}", moment.voices.voices, moment.voices.most_active_tenth, moment.voices.effective_voices, moment.replies.replies);
        csv += moment.replies.replies ? fmt::format(",{:.4f},{:.4f},{:.4f}\n", moment.replies.across, moment.replies.by_chance, moment.replies.assortativity) : ",,,\n";
    }
    return csv;
}

Result<void> decide_held_votes(Database& database, SiteId site, Viewer const& viewer, CommentId comment, ClearingKind kind, Time now)
{
    return database.write([&](Transaction& transaction) -> Result<void> {
        StoryId const story = story_of(comment);
        TRY(find_readable_story(transaction, site, story));
        std::vector<PersonId> voters;
        if (kind == ClearingKind::LetCount) {
            if (std::optional<Discussion> discussion = TRY(find_discussion(transaction, story)))
                for (HeldCell const& cell : TRY(held_cells_of(transaction, discussion->pool)))
                    if (cell.comment == comment)
                        voters.insert(voters.end(), cell.voters.begin(), cell.voters.end());
        } else {
            // The last decision about this comment, when it let them count.
            std::optional<Time> at;
            for (Clearing const& line : TRY(clearings_of(transaction, story))) {
                if (line.comment != comment)
                    continue;
                at = at.value_or(line.at);
                if (line.at == *at && line.kind == ClearingKind::LetCount)
                    voters.push_back(line.voter);
            }
        }
        if (voters.empty())
            return Error::not_found(word("missing.page"));
        return put_clearings(transaction, comment, voters, viewer.person.id, kind, now);
    });
}

}  // namespace parley
