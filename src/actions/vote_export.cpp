#include "actions/vote_export.h"

#include "actions/stories.h"
#include "base/random.h"
#include "base/signature.h"
#include "domain/markup.h"
#include "storage/ranks.h"
#include "storage/votes.h"
#include "storage/written_comments.h"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <set>

namespace parley {
namespace {

// 52 bits: a number that every spreadsheet keeps exactly, and too many for two people to share one.
int64_t pseudonym(std::string_view key, PersonId person)
{
    std::string const mac = hmac_sha256(key, std::to_string(person.value));
    int64_t number = 0;
    for (size_t byte = 0; byte < 7; ++byte)
        number = number << 8 | static_cast<unsigned char>(mac[byte]);
    return number & ((int64_t { 1 } << 52) - 1);
}

// RFC 4180. A field that a spreadsheet would take for a formula begins with an apostrophe.
std::string quoted(std::string_view text)
{
    std::string field = "\"";
    if (!text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos)
        field += '\'';
    for (char sign : text) {
        if (sign == '"')
            field += '"';
        field += sign;
    }
    return field + "\"";
}

struct Participant {
    int64_t number = 0;
    std::optional<int> camp;
    int64_t comments = 0, agrees = 0, disagrees = 0, votes = 0;
    std::map<CommentId, int> stance;
};

struct Everything {
    Story story;
    std::vector<WrittenComment> comments;
    std::vector<CastVote> votes;  // stances on visible comments, oldest first
    std::map<PersonId, Participant> people;
};

Result<Everything> collect(Reader& reader, SiteId site, StoryId story, std::string_view key)
{
    Everything all { .story = TRY(find_readable_story(reader, site, story)), .comments = TRY(written_comments_of(reader, story)) };
    TRY(for_each_vote(reader, story, [&](CastVote const& cast) {
        if (cast.vote.stance && std::ranges::binary_search(all.comments, cast.comment, {}, &WrittenComment::id))
            all.votes.push_back(cast);
    }));
    std::ranges::stable_sort(all.votes, {}, &CastVote::at);
    for (CastVote const& cast : all.votes) {
        Participant& person = all.people[cast.voter];
        ++person.votes;
        person.agrees += cast.vote.stance == Stance::Agree;
        person.disagrees += cast.vote.stance == Stance::Disagree;
        person.stance[cast.comment] = static_cast<int>(*cast.vote.stance);
    }
    for (WrittenComment const& comment : all.comments)
        if (comment.author)
            ++all.people[*comment.author].comments;
    if (std::optional<Discussion> discussion = TRY(find_discussion(reader, story)))
        for (Standing const& standing : TRY(standings_of(reader, discussion->pool)))
            if (auto person = all.people.find(standing.person); person != all.people.end())
                person->second.camp = standing.camp;
    for (auto& [person, participant] : all.people)
        participant.number = pseudonym(key, person);
    return all;
}

std::string summary(Everything const& all, std::string_view url)
{
    std::set<PersonId> voters, writers;
    std::set<int> groups;
    for (CastVote const& cast : all.votes)
        voters.insert(cast.voter);
    for (WrittenComment const& comment : all.comments)
        if (comment.author)
            writers.insert(*comment.author);
    size_t placed = 0;
    for (auto const& [person, participant] : all.people)
        if (participant.camp) {
            groups.insert(*participant.camp);
            ++placed;
        }
    return fmt::format("topic,{}\nurl,{}\nvoters,{}\nvoters-in-conv,{}\ncommenters,{}\ncomments,{}\ngroups,{}\nconversation-description,{}\n", quoted(all.story.headline), quoted(url),
        voters.size(), placed, writers.size(), all.comments.size(), groups.size(), quoted(""));
}

std::string comments(Everything const& all)
{
    std::map<CommentId, std::pair<int64_t, int64_t>> counts;
    for (CastVote const& cast : all.votes) {
        counts[cast.comment].first += cast.vote.stance == Stance::Agree;
        counts[cast.comment].second += cast.vote.stance == Stance::Disagree;
    }
    std::string csv = "timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body\n";
    for (WrittenComment const& comment : all.comments) {
        std::string const author = comment.author ? std::to_string(all.people.at(*comment.author).number) : "";
        csv += fmt::format("{},{},{},{},{},{},1,{}\n", comment.created_at.milliseconds, to_rfc3339(comment.created_at), sequence_of(comment.id), author, counts[comment.id].first,
            counts[comment.id].second, quoted(plain_text(Html::from_trusted(comment.html))));
    }
    return csv;
}

std::string votes(Everything const& all)
{
    std::string csv = "timestamp,datetime,comment-id,voter-id,vote\n";
    for (CastVote const& cast : all.votes)
        csv += fmt::format("{},{},{},{},{}\n", cast.at.milliseconds, to_rfc3339(cast.at), sequence_of(cast.comment), all.people.at(cast.voter).number, static_cast<int>(*cast.vote.stance));
    return csv;
}

std::string participants_votes(Everything const& all)
{
    std::string csv = "participant,group-id,n-comments,n-votes,n-agree,n-disagree";
    for (WrittenComment const& comment : all.comments)
        csv += "," + std::to_string(sequence_of(comment.id));
    csv += "\n";
    std::vector<Participant const*> people;
    for (auto const& [person, participant] : all.people)
        people.push_back(&participant);
    // In the order of their numbers here, which says nothing of who came first.
    std::ranges::sort(people, {}, [](Participant const* each) { return each->number; });
    for (Participant const* each : people) {
        csv += fmt::format("{},{},{},{},{},{}", each->number, each->camp ? std::to_string(*each->camp) : "", each->comments, each->votes, each->agrees, each->disagrees);
        for (WrittenComment const& comment : all.comments) {
            auto stance = each->stance.find(comment.id);
            csv += stance == each->stance.end() ? "," : fmt::format(",{}", stance->second);
        }
        csv += "\n";
    }
    return csv;
}

}  // namespace

std::optional<VoteExportFile> vote_export_file(std::string_view name)
{
    if (name == "summary.csv")
        return VoteExportFile::Summary;
    if (name == "comments.csv")
        return VoteExportFile::Comments;
    if (name == "votes.csv")
        return VoteExportFile::Votes;
    if (name == "participants-votes.csv")
        return VoteExportFile::ParticipantsVotes;
    return {};
}

std::string new_export_key() { return random_hex(16); }

Result<std::string> export_votes(Database& database, SiteId site, StoryId story, VoteExportFile file, std::string_view key, std::string_view story_url)
{
    Everything const all = TRY(database.read([&](Reader& reader) { return collect(reader, site, story, key); }));
    switch (file) {
    case VoteExportFile::Summary: return summary(all, story_url);
    case VoteExportFile::Comments: return comments(all);
    case VoteExportFile::Votes: return votes(all);
    default: return participants_votes(all);
    }
}

}  // namespace parley
