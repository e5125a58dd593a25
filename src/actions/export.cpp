#include "actions/export.h"

#include "actions/export_file.h"
#include "archives/parley.h"
#include "storage/comment_batches.h"
#include "storage/origins.h"
#include "storage/people.h"
#include "storage/sites.h"
#include "storage/stories.h"
#include "storage/storylines.h"
#include "storage/threads.h"

#include <fmt/format.h>

namespace parley {
namespace {

using namespace archives;

constexpr int rows_at_once = 500;
constexpr int stories_at_once = 50;  // with their bodies
constexpr size_t piece_bytes = 128 << 10;

template <typename To, typename From>
To same_word(From value)
{
    return static_cast<To>(static_cast<int>(value));
}
static_assert(static_cast<int>(ParleyMembership::Former) == static_cast<int>(Membership::Former));
static_assert(static_cast<int>(ParleyMembership::Imported) == static_cast<int>(Membership::Imported));
static_assert(static_cast<int>(ParleyStoryState::Hidden) == static_cast<int>(StoryState::Hidden));
static_assert(static_cast<int>(ParleyThreadState::Closed) == static_cast<int>(ThreadState::Closed));
static_assert(static_cast<int>(ParleyThreadState::Hidden) == static_cast<int>(ThreadState::Hidden));
static_assert(static_cast<int>(ParleyCommentState::Removed) == static_cast<int>(CommentState::Removed));
static_assert(static_cast<int>(ParleyCommentState::Withdrawn) == static_cast<int>(CommentState::Withdrawn));
static_assert(static_cast<int>(ParleyFormat::Html) == static_cast<int>(SourceFormat::Html));
static_assert(static_cast<int>(ParleyFormat::Text) == static_cast<int>(SourceFormat::Text));
static_assert(static_cast<int>(ParleyOriginKind::Comment) == static_cast<int>(OriginKind::Comment));

ParleySource as_record(CommentSource source) { return { same_word<ParleyFormat>(source.format), std::move(source.text) }; }

class Exporter {
public:
    Exporter(Reader& reader, SiteId site, ExportSink const& sink, OnExportProgress const& progress)
        : reader_(reader)
        , site_(site)
        , sink_(sink)
        , progress_(progress)
    {
    }

    Result<ExportReport> run(Time now)
    {
        Site site = TRY(find_site(reader_, site_));
        report_.counts = TRY(count_site(reader_, site_));
        SiteCounts const& counts = report_.counts;
        TRY(put(ParleyHeader { now, site.name, site.address, site.host, site.language,
            { counts.storylines, counts.people, counts.stories, counts.comments, counts.origins } }));
        TRY(storylines());
        TRY(people());
        TRY(stories());
        TRY(origins());
        TRY(put(ParleyEnd { static_cast<int64_t>(report_.lines + 1) }));
        TRY(flush());
        return report_;
    }

private:
    Result<void> put(ParleyRecord const& record)
    {
        piece_ += to_line(record);
        ++report_.lines;
        return piece_.size() >= piece_bytes ? flush() : Result<void> {};
    }

    Result<void> flush()
    {
        report_.bytes += piece_.size();
        TRY(sink_(piece_));
        piece_.clear();
        return {};
    }

    Result<void> storylines()
    {
        StorylineId behind;
        for (;;) {
            std::vector<Storyline> page = TRY(storylines_behind(reader_, site_, behind, rows_at_once));
            if (page.empty())
                return {};
            for (Storyline& one : page)
                TRY(put(ParleyStoryline { one.id.value, std::move(one.name), std::move(one.title), std::move(one.summary) }));
            behind = page.back().id;
        }
    }

    Result<void> people()
    {
        PersonId behind;
        for (;;) {
            std::vector<Person> page = TRY(people_behind(reader_, site_, behind, rows_at_once));
            if (page.empty())
                return {};
            for (Person& one : page)
                TRY(put(ParleyPerson { one.id.value, std::move(one.handle), std::move(one.name), same_word<ParleyMembership>(one.membership), one.joined_at }));
            behind = page.back().id;
        }
    }

    Result<void> stories()
    {
        StoryId behind;
        for (;;) {
            std::vector<Story> page = TRY(stories_behind(reader_, site_, behind, stories_at_once));
            if (page.empty())
                return {};
            behind = page.back().id;
            for (Story& one : page)
                TRY(story(std::move(one)));
        }
    }

    Result<void> story(Story story)
    {
        StoryId const id = story.id;
        ParleyStory record;
        record.id = id.value;
        record.url = std::move(story.url);
        record.keys = TRY(keys_of_story(reader_, id));
        std::sort(record.keys.begin(), record.keys.end());
        record.headline = std::move(story.headline);
        record.byline = std::move(story.byline);
        record.dateline = std::move(story.dateline);
        record.section = std::move(story.section);
        record.body = std::move(story.body);
        record.credit = std::move(story.credit);
        record.rights = std::move(story.rights);
        record.language = std::move(story.language);
        record.published_at = story.published_at;
        record.updated_at = story.updated_at;
        record.state = same_word<ParleyStoryState>(story.state);
        if (story.storyline)
            record.storyline = story.storyline->value;
        for (Correction& one : story.corrections)
            record.corrections.push_back({ one.at, std::move(one.text) });
        record.thread = same_word<ParleyThreadState>(TRY(find_thread(reader_, id)).state);
        TRY(put(record));
        return comments(id);
    }

    Result<void> comments(StoryId story)
    {
        bool const revised = TRY(has_revisions(reader_, story));
        std::optional<CommentPath> behind;
        for (;;) {
            std::vector<NewComment> page = TRY(comments_behind(reader_, story, behind, rows_at_once));
            if (page.empty())
                return {};
            behind = page.back().comment.path;
            for (NewComment& one : page)
                TRY(comment(story, std::move(one), revised));
            done_ += static_cast<int64_t>(page.size());
            if (progress_)
                progress_({ done_, report_.counts.comments });
        }
    }

    Result<void> comment(StoryId story, NewComment one, bool revised)
    {
        Comment& comment = one.comment;
        ParleyComment record;
        record.story = story.value;
        record.number = sequence_of(comment.id);
        if (comment.parent)
            record.parent = sequence_of(*comment.parent);
        record.is_parent_inferred = comment.parent_link == ParentLink::Inferred;
        if (one.evidence)
            record.evidence = { std::move(one.evidence->method), one.evidence->score, std::move(one.evidence->matched) };
        if (comment.author)
            record.author = comment.author->value;
        record.created_at = comment.created_at;
        record.is_date_estimated = comment.is_date_estimated;
        record.edited_at = comment.edited_at;
        record.state = same_word<ParleyCommentState>(comment.state);
        record.state_reason = std::move(comment.state_reason);
        record.replies = comment.reply_count;
        record.language = std::move(comment.language);
        record.source = as_record(std::move(one.source));
        record.html = comment.html.markup();
        for (Quote& quote : one.quotes) {
            std::optional<int64_t> number;
            if (quote.comment)
                number = sequence_of(*quote.comment);
            record.quotes.push_back({ std::move(quote.exact), std::move(quote.prefix), std::move(quote.suffix), quote.story.value, number, quote.position });
        }
        if (revised)
            for (Revision& revision : TRY(revisions_of(reader_, comment.id)))
                record.revisions.push_back({ revision.number, as_record(std::move(revision.source)), revision.at });
        return put(record);
    }

    Result<void> origins()
    {
        std::optional<Origin> behind;
        for (;;) {
            std::vector<Origin> page = TRY(origins_behind(reader_, site_, behind, rows_at_once));
            if (page.empty())
                return {};
            for (Origin const& one : page) {
                if (one.kind > OriginKind::Comment)  // what an import keeps about itself
                    continue;
                bool is_comment = one.kind == OriginKind::Comment;
                CommentId const comment { one.local_id };
                ParleyOrigin record { same_word<ParleyOriginKind>(one.kind), one.system, one.source_id, is_comment ? story_of(comment).value : one.local_id, {}, one.digest };
                if (is_comment)
                    record.number = sequence_of(comment);
                TRY(put(record));
            }
            behind = page.back();
        }
    }

    Reader& reader_;
    SiteId site_;
    ExportSink const& sink_;
    OnExportProgress const& progress_;
    ExportReport report_ {};
    std::string piece_ {};
    int64_t done_ = 0;
};

}  // namespace

Result<ExportReport> export_site(Database& database, SiteId site, Time now, ExportSink const& sink, OnExportProgress const& progress)
{
    return database.read([&](Reader& reader) { return Exporter(reader, site, sink, progress).run(now); });
}

Result<ExportReport> export_site_to_file(Database& database, SiteId site, Time now, std::string const& path, OnExportProgress const& progress)
{
    std::unique_ptr<ExportFile> file = TRY(ExportFile::create(path));
    ExportReport report = TRY(export_site(database, site, now, [&](std::string_view bytes) { return file->write(bytes); }, progress));
    TRY(file->finish());
    return report;
}

std::string to_text(ExportReport const& report)
{
    return fmt::format("Exported {} stories, {} comments, {} people, {} storylines and {} origins: {} lines, {} bytes before packing.\n",
        report.counts.stories, report.counts.comments, report.counts.people, report.counts.storylines, report.counts.origins, report.lines, report.bytes);
}

std::string to_json(ExportReport const& report)
{
    return fmt::format(R"({{"storylines":{},"people":{},"stories":{},"comments":{},"origins":{},"lines":{},"bytes":{}}})" "\n",
        report.counts.storylines, report.counts.people, report.counts.stories, report.counts.comments, report.counts.origins, report.lines, report.bytes);
}

}  // namespace parley
