#include "actions/stories.h"

#include "actions/bookmark.h"
#include "actions/notes.h"
#include "domain/address.h"
#include "render/words.h"
#include "storage/events.h"
#include "storage/notes.h"
#include "storage/quotes.h"
#include "storage/stories.h"
#include "storage/storylines.h"
#include "storage/threads.h"

#include <algorithm>

namespace parley {
namespace {

Error no_such_story()
{
    return Error::not_found(word("missing.story"));
}

Result<StorylinePage> with_stories(Reader& reader, Storyline storyline)
{
    auto stories = TRY(stories_of_storyline(reader, storyline.id, std::nullopt, stories_of_storyline_max));
    return StorylinePage { std::move(storyline), std::move(stories) };
}

// Passages in the story as it stands now, by place. Those that touch each other are one.
std::vector<QuotedPassage> passages_in(std::string_view plain_text, std::vector<QuotedWords> words)
{
    std::vector<QuotedPassage> found;
    for (QuotedWords& quoted : words) {
        if (std::optional<Passage> passage = find_passage(plain_text, quoted.quote))
            found.push_back({ passage->begin, passage->end, std::move(quoted.quoted_by), quoted.quoted_by_count });
    }
    std::sort(found.begin(), found.end(), [](QuotedPassage const& a, QuotedPassage const& b) { return a.begin < b.begin; });
    std::vector<QuotedPassage> merged;
    for (QuotedPassage& passage : found) {
        if (merged.empty() || passage.begin >= merged.back().end) {
            merged.push_back(std::move(passage));
            continue;
        }
        QuotedPassage& last = merged.back();
        last.end = std::max(last.end, passage.end);
        last.quoted_by_count += passage.quoted_by_count;
        last.quoted_by.insert(last.quoted_by.end(), passage.quoted_by.begin(), passage.quoted_by.end());
    }
    for (QuotedPassage& passage : merged) {
        std::vector<CommentId>& ids = passage.quoted_by;
        std::sort(ids.begin(), ids.end());
        size_t named = ids.size();
        ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
        passage.quoted_by_count -= static_cast<int64_t>(named - ids.size());  // one comment that quotes two of them
        if (ids.size() > answers_named_max)
            ids.resize(answers_named_max);
    }
    return merged;
}

}  // namespace

Result<Story> find_readable_story(Reader& reader, SiteId site, StoryId id)
{
    Result<Story> story = find_story(reader, id);
    if (story.is_error())
        return story.error().kind == ErrorKind::NotFound ? no_such_story() : story.release_error();
    if (story.value().site != site || story.value().state != StoryState::Published)
        return no_such_story();
    return story;
}

void find_quoted_passages(StoryId story, std::string_view plain_text, std::span<ShownQuote> quotes)
{
    for (ShownQuote& shown : quotes) {
        if (!shown.quote.comment && shown.quote.story == story)
            shown.passage = find_passage(plain_text, shown.quote);
    }
}

Result<FrontPage> front_page_of(Database& database, SiteId site, CursorView cursor)
{
    std::optional<StoryPlace> behind;
    if (cursor) {
        Bookmark bookmark = TRY(read_bookmark(*cursor, BookmarkList::Stories));
        behind = StoryPlace { { bookmark.key }, { bookmark.id } };
    }
    return database.read([&](Reader& reader) -> Result<FrontPage> {
        FrontPage page;
        page.stories = TRY(newest_stories(reader, site, behind, stories_per_page + 1));
        if (page.stories.size() > stories_per_page) {
            page.stories.pop_back();
            Story const& last = page.stories.back().story;
            page.next_cursor
                = write_bookmark({ BookmarkList::Stories, Direction::Behind, last.published_at.milliseconds, last.id.value });
        }
        if (!cursor)
            page.storylines = TRY(running_storylines(reader, site, storylines_on_front_page));
        return page;
    });
}

Result<StoryPage> read_story_page(Database& database, SiteId site, StoryId id, std::optional<Order> order, CursorView cursor)
{
    std::vector<QuotedWords> quoted_words;
    std::vector<SignedNote> notes;
    StoryPage page = TRY(database.read([&](Reader& reader) -> Result<StoryPage> {
        StoryPage page { TRY(find_readable_story(reader, site, id)), TRY(find_thread(reader, id)) };
        page.newest_event = TRY(newest_event_id(reader));
        page.asked_order = order;
        page.divide = TRY(divide_of(reader, id));
        page.comments.order = order_shown(order, cursor, page.divide);
        if (page.thread.state != ThreadState::Hidden) {
            page.comments = TRY(comments_of_thread(reader, id, page.comments.order, cursor));
            quoted_words = TRY(quoted_words_of_story(reader, id, quoted_passages_max, answers_named_max));
            notes = TRY(shown_notes_of_story(reader, id, notes_in_a_story_max));
        }
        if (page.story.storyline)
            page.storyline = TRY(with_stories(reader, TRY(find_storyline(reader, *page.story.storyline))));
        return page;
    }));
    std::string plain_text = plain_text_of_body(page.story.body);
    page.passages = passages_in(plain_text, std::move(quoted_words));
    page.notes = place_notes(plain_text, std::move(notes));
    for (ShownComment& shown : page.comments.comments)
        find_quoted_passages(id, plain_text, shown.quotes);
    return page;
}

Result<StorylinePage> read_storyline_page(Database& database, SiteId site, std::string_view name)
{
    return database.read([&](Reader& reader) -> Result<StorylinePage> {
        Result<Storyline> storyline = find_storyline_by_name(reader, site, name);
        if (storyline.is_error() && storyline.error().kind == ErrorKind::NotFound)
            return Error::not_found(word("missing.affair"));
        return with_stories(reader, TRY(std::move(storyline)));
    });
}

Result<StoryId> find_story_at(Database& database, Site const& site, std::string_view address)
{
    std::optional<std::string> key = story_key(address, site.host);
    if (!key)
        return Error::invalid(word("refusal.story_address"));
    return database.read([&](Reader& reader) -> Result<StoryId> {
        std::optional<StoryId> story = TRY(find_story_by_key(reader, site.id, *key));
        if (!story)
            return Error::not_found(word("missing.address"));
        TRY(find_readable_story(reader, site.id, *story));
        return *story;
    });
}

}  // namespace parley
