#include "actions/newsroom.h"

#include "actions/newsroom_notes.h"
#include "actions/newsroom_script.h"
#include "actions/newsroom_votes.h"
#include "actions/ranking.h"
#include "base/embedded_files.h"
#include "domain/address.h"
#include "domain/markup.h"
#include "domain/ranking/badge.h"
#include "storage/comments.h"
#include "storage/people.h"
#include "storage/sites.h"
#include "storage/stories.h"
#include "storage/storylines.h"
#include "storage/votes.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace parley {
namespace {

constexpr std::string_view folder = "demo/newsroom/";
constexpr std::string_view votes_file = "demo/newsroom/votes.txt";
constexpr std::string_view storylines_file = "demo/newsroom/storylines.txt";
constexpr std::string_view publication_host = "avel-mercury.example";

struct SourceFile {
    std::string_view name;
    ScriptedStory script;
};

Result<std::vector<SourceFile>> read_stories(Time now)
{
    std::vector<EmbeddedFile> files;
    for (EmbeddedFile const& file : embedded_files()) {
        if (file.path.starts_with(folder) && file.path.ends_with(".txt") && file.path != storylines_file && file.path != votes_file)
            files.push_back(file);
    }
    std::ranges::sort(files, {}, &EmbeddedFile::path);
    std::vector<SourceFile> stories;
    for (EmbeddedFile const& file : files)
        stories.push_back({ file.path, TRY(read_newsroom_story(file.path, file.content, now)) });
    return stories;
}

Error not_found_in_target(SourceFile const& file, int line, std::string_view words)
{
    return Error::invalid(fmt::format("{}:{}: the quoted words '{}' do not stand in what is quoted", file.name, line, words));
}

// Writes one story with its people and its discussion.
class StoryWriter {
public:
    StoryWriter(Transaction& transaction, SiteId site, SourceFile const& file, Time now)
        : transaction_(transaction), site_(site), file_(file), script_(file.script), now_(now)
    {
    }

    Result<void> write(NewsroomReport& report)
    {
        story_ = script_.story;
        story_.site = site_;
        if (!script_.storyline.empty())
            story_.storyline = TRY(find_storyline_by_name(transaction_, site_, script_.storyline)).id;
        story_.id = TRY(insert_story(transaction_, story_, script_.thread_state));
        std::optional<std::string> const key = story_key(story_.url, publication_host);
        if (!key)
            return Error::invalid(fmt::format("{}: '{}' is no address of a story", file_.name, story_.url));
        TRY(add_story_key(transaction_, site_, *key, story_.id));
        for (ScriptedComment const& comment : script_.comments)
            TRY(write_comment(comment));
        people_made_ += TRY(write_newsroom_notes(transaction_, story_, script_, file_.name, written_, now_));
        report.stories += 1;
        report.comments += static_cast<int64_t>(script_.comments.size());
        report.people += people_made_;
        return {};
    }

    // Votes of readers who never write. `voters` are made as they are needed, the same ones for all stories.
    Result<void> vote(ScriptedVoters const& votes, std::vector<PersonId>& voters, Time now)
    {
        while (voters.size() < size_t(votes.voters)) {
            std::string const name = fmt::format("Reader {}", voters.size() + 1);
            Person person { {}, site_, handle_from_name(name), name, Membership::Member, story_.published_at };
            voters.push_back(TRY(insert_person(transaction_, person)).id);
        }
        std::vector<CastVote> cast;
        for (size_t at = 0; at < written_.size(); ++at) {
            ScriptedComment const& comment = script_.comments[at];
            if (comment.state != CommentState::Visible)
                continue;
            for (int voter = 0; voter < votes.voters; ++voter)
                if (std::optional<Vote> said = invented_vote(votes, voter, comment.name, comment.author, written_.size())) {
                    Time then = written_[at].created_at.plus_milliseconds(invented_delay(voter, comment.name));
                    cast.push_back({ written_[at].id, voters[size_t(voter)], *said, std::min(then, now) });
                }
        }
        return insert_votes(transaction_, cast);
    }

private:
    Result<PersonId> author_of(ScriptedComment const& comment, Time at)
    {
        std::string const handle = handle_from_name(comment.author);
        if (std::optional<Person> const known = TRY(find_person_by_handle(transaction_, site_, handle)))
            return known->id;
        ++people_made_;
        Person person { {}, site_, handle, comment.author, Membership::Member, at };
        return TRY(insert_person(transaction_, person)).id;
    }

    Result<Quote> anchored(ScriptedComment const& comment, ScriptedQuote const& quote) const
    {
        std::string const text = quote.comment ? plain_text(written_[*quote.comment].html) : plain_text_of_body(story_.body);
        size_t const begin = text.find(quote.exact);
        if (quote.exact.empty() || begin == std::string::npos)
            return not_found_in_target(file_, comment.line, quote.exact);
        std::optional<CommentId> quoted;
        if (quote.comment)
            quoted = written_[*quote.comment].id;
        return quote_passage(text, begin, begin + quote.exact.size(), story_.id, quoted);
    }

    Result<void> write_comment(ScriptedComment const& scripted)
    {
        Time const at = story_.published_at.plus_milliseconds(scripted.after_publication);
        NewComment fresh {
            .comment = {
                .id = {},
                .parent = {},
                .path = CommentPath::root(1),  // insert_comment numbers it
                .author = TRY(author_of(scripted, at)),
                .created_at = at,
                .state = scripted.state,
                .state_reason = scripted.state_reason,
                .html = {},
                .language = scripted.language.empty() ? story_.language : scripted.language,
            },
            .source = { SourceFormat::Markdown, scripted.markdown },
        };
        if (scripted.parent)
            fresh.comment.parent = written_[*scripted.parent].id;
        if (scripted.edited_after_publication)
            fresh.comment.edited_at = story_.published_at.plus_milliseconds(*scripted.edited_after_publication);
        fresh.comment.html = TRY(render_markdown(scripted.markdown));
        for (ScriptedQuote const& quote : scripted.quotes)
            fresh.quotes.push_back(TRY(anchored(scripted, quote)));
        written_.push_back(TRY(insert_comment(transaction_, story_.id, fresh)));
        return {};
    }

    Transaction& transaction_;
    SiteId site_;
    SourceFile const& file_;
    ScriptedStory const& script_;
    Time now_;
    Story story_;
    std::vector<Comment> written_;  // by place in the script
    int64_t people_made_ = 0;
};

Result<SiteId> open_site(Transaction& transaction, std::string const& address)
{
    Site site { {}, "The Avel Mercury", address, std::string(publication_host), "en" };
    return TRY(insert_site(transaction, site));
}

Result<void> write_storylines(Transaction& transaction, SiteId site)
{
    std::optional<std::string_view> const text = embedded_file(storylines_file);
    CHECK(text);
    std::vector<Storyline> storylines = TRY(read_newsroom_storylines(storylines_file, *text));
    for (Storyline& storyline : storylines) {
        storyline.site = site;
        TRY(insert_storyline(transaction, storyline));
    }
    return {};
}

}  // namespace

Result<NewsroomReport> open_newsroom(Database& database, std::string address, Time now, InventedVotes invented)
{
    std::vector<SourceFile> const stories = TRY(read_stories(now));
    std::optional<std::string_view> const votes_text = embedded_file(votes_file);
    CHECK(votes_text);
    std::vector<ScriptedVoters> votes;
    if (invented == InventedVotes::Cast)
        votes = TRY(read_newsroom_voters(votes_file, *votes_text));
    // One transaction for all: a demo that was stopped halfway is empty, not half a newsroom.
    NewsroomReport report = TRY(database.write([&](Transaction& transaction) -> Result<NewsroomReport> {
        NewsroomReport report;
        std::vector<Site> const sites = TRY(list_sites(transaction));
        if (sites.empty()) {
            report.site = TRY(open_site(transaction, address));
        } else {
            report.site = sites.front().id;
            if (!TRY(newest_stories(transaction, report.site, std::nullopt, 1)).empty())
                return report;
        }
        TRY(write_storylines(transaction, report.site));
        std::vector<PersonId> voters;
        for (SourceFile const& file : stories) {
            StoryWriter writer(transaction, report.site, file, now);
            TRY(writer.write(report));
            for (ScriptedVoters const& each : votes)
                if (file.name == std::string(folder) + each.story + ".txt")
                    TRY(writer.vote(each, voters, now));
        }
        return report;
    }));
    // What is common ground has been so for half an hour.
    if (report.stories > 0 && invented == InventedVotes::Cast) {
        TRY(rank_stale(database, now.plus_milliseconds(-ranking::badge_hold_ms)));
        TRY(rank_stale(database, now));
    }
    return report;
}

}  // namespace parley
