#include "render/stories.h"

#include "domain/markup.h"
#include "render/addresses.h"
#include "render/json_ld.h"
#include "render/following.h"
#include "render/notes.h"
#include "render/page.h"
#include "render/story_text.h"
#include "render/template.h"
#include "render/threads.h"
#include "render/words.h"

namespace parley {
namespace {

constexpr size_t active_max = 6;

std::string count_of_comments(Thread const& thread)
{
    return thread.comments_shown ? count_phrase("comments", thread.comments_shown) : word("no_comments");
}

std::string thread_path(StoryId story) { return story_path(story) + "#" + std::string(thread_anchor); }

// Story addresses come from archives: only a web address becomes a link (S-03).
std::string link_to_source(Story const& story)
{
    return story.url.starts_with("https://") || story.url.starts_with("http://") ? story.url : "";
}

std::string host_of(std::string_view url)
{
    std::string_view host = url.substr(url.find("//") + 2);
    host = host.substr(0, host.find_first_of("/?#"));
    host = host.substr(host.rfind('@') + 1);
    return std::string(host.starts_with("www.") ? host.substr(4) : host);
}

Html summary(StorySummary const& each, std::string_view kicker)
{
    Story const& story = each.story;
    auto latest = each.thread.last_comment_at;
    Fields fields;
    fields.text("kicker", kicker)
        .text("direction", direction_of(story.language))
        .text("language", story.language)
        .text("url", story_path(story.id))
        .text("headline", story.headline)
        .text("byline", story.byline)
        .text("datetime", to_rfc3339(story.published_at))
        .text("date", date_in_words(story.published_at))
        .text("thread_url", thread_path(story.id))
        .text("count", count_of_comments(each.thread))
        .text("latest", latest ? moment_in_words(*latest) : "")
        .text("latest_datetime", latest ? to_rfc3339(*latest) : "");
    return render("stories/summary", fields);
}

// Sections in the order of their newest story; stories of none come last.
std::vector<Fields> sections_of(std::span<StorySummary const> stories)
{
    std::vector<std::string_view> names;
    for (StorySummary const& each : stories)
        if (!each.story.section.empty() && std::find(names.begin(), names.end(), each.story.section) == names.end())
            names.push_back(each.story.section);
    names.push_back("");
    std::vector<Fields> rows;
    for (std::string_view name : names) {
        Html list;
        for (StorySummary const& each : stories)
            if (each.story.section == name)
                list.append(summary(each, ""));
        if (list.is_empty())
            continue;
        std::string anchor = "section-" + std::to_string(rows.size() + 1);
        rows.emplace_back()
            .text("section", name.empty() ? word("other_section") : name)
            .text("section_anchor", anchor)
            .html("stories_html", list);
    }
    return rows;
}

std::vector<Fields> most_recently_discussed(std::span<StorySummary const> stories)
{
    std::vector<StorySummary const*> active;
    for (StorySummary const& each : stories)
        if (each.thread.last_comment_at)
            active.push_back(&each);
    std::stable_sort(active.begin(), active.end(),
        [](auto* left, auto* right) { return *left->thread.last_comment_at > *right->thread.last_comment_at; });
    active.resize(std::min(active.size(), active_max));
    std::vector<Fields> rows;
    for (StorySummary const* each : active)
        rows.emplace_back()
            .text("thread_url", thread_path(each->story.id))
            .text("direction", direction_of(each->story.language))
            .text("language", each->story.language)
            .text("headline", each->story.headline)
            .text("latest_datetime", to_rfc3339(*each->thread.last_comment_at))
            .text("latest", moment_in_words(*each->thread.last_comment_at))
            .text("count", count_of_comments(each->thread));
    return rows;
}

std::vector<Fields> affairs(std::span<Storyline const> storylines)
{
    std::vector<Fields> rows;
    for (Storyline const& each : storylines)
        rows.emplace_back()
            .text("affair_url", storyline_path(each.name))
            .text("affair_title", each.title)
            .text("affair_summary", each.summary);
    return rows;
}

// The other stories of the running affair, for the margin.
Html affair(StorylinePage const& page, StoryId current)
{
    std::vector<Fields> rows;
    for (StorySummary const& each : page.stories)
        rows.emplace_back()
            .flag("is_current", each.story.id == current)
            .text("story_url", story_path(each.story.id))
            .text("language", each.story.language)
            .text("headline", each.story.headline)
            .text("datetime", to_rfc3339(each.story.published_at))
            .text("date", date_in_words(each.story.published_at))
            .text("count", count_of_comments(each.thread));
    Fields fields;
    fields.text("url", storyline_path(page.storyline.name)).text("title", page.storyline.title).list("stories", std::move(rows))
        .html("follow_html", follow_button({ FollowKind::Storyline, page.storyline.id.value }, page.is_followed));
    return render("stories/affair", fields);
}

std::vector<Fields> corrections(Story const& story)
{
    std::vector<Fields> rows;
    for (Correction const& each : story.corrections)
        rows.emplace_back()
            .text("datetime", to_rfc3339(each.at))
            .text("date", date_in_words(each.at))
            .text("language", story.language)
            .text("correction", each.text);
    return rows;
}

std::vector<Fields> text_of(StoryPage const& page, Surroundings const& surroundings)
{
    std::string const text = plain_text_of_body(page.story.body);
    std::vector<Fields> rows;
    size_t end = 0;  // of the paragraph, in `text`
    auto note = page.notes.begin();
    for (Html const& paragraph : paragraphs_with_passages(page.story, page.passages, surroundings)) {
        bool is_first = rows.empty();
        end = std::min(text.find("\n\n", is_first ? 0 : end + 2), text.size());
        Html notes;
        for (; note != page.notes.end() && note->end <= end; ++note)
            notes.append(note_box(note->note, NotePlace::UnderStory));
        rows.emplace_back().text("dateline", is_first ? page.story.dateline : "").html("content_html", paragraph).html("notes_html", notes);
    }
    return rows;
}

}  // namespace

Html front_page(Chrome const& chrome, FrontPage const& page, FrontPart part)
{
    std::span<StorySummary const> stories = page.stories;
    Html lead;
    if (part == FrontPart::First && !stories.empty()) {
        lead = summary(stories[0], stories[0].story.section);
        stories = stories.subspan(1);
    }
    std::vector<Fields> sections = sections_of(stories), active = most_recently_discussed(page.stories);
    Html links;
    if (page.next_cursor || part == FrontPart::Later) {
        Fields fields;
        fields.text("label", word("pages"))
            .text("previous_url", part == FrontPart::Later ? front_page_path() : "")
            .text("previous", word("first_page"))
            .text("next_url", page.next_cursor ? front_page_path(page.next_cursor) : "")
            .text("next", word("older_stories"));
        links = render("threads/pager", fields);
    }
    bool has_active = active.size() > 1 && part == FrontPart::First;
    bool has_affairs = !page.storylines.empty() && part == FrontPart::First;
    Fields fields;
    fields.text("site", chrome.site.name)
        .flag("has_sections_nav", sections.size() > 1)
        .list("sections", std::move(sections))
        .flag("is_empty", page.stories.empty())
        .html("lead_html", lead)
        .flag("has_side", has_active || has_affairs)
        .flag("has_active", has_active)
        .list("active", std::move(active))
        .flag("has_affairs", has_affairs)
        .list("affairs", affairs(page.storylines))
        .html("pager_html", links);

    Frame frame;
    frame.part = Part::Front;
    frame.feeds = site_feeds(chrome);
    if (part == FrontPart::First)
        frame.canonical_path = front_page_path();
    return page_around(chrome, frame, render("stories/front", fields));
}

Html story_page(Chrome const& chrome, StoryPage const& page)
{
    Story const& story = page.story;
    Surroundings surroundings(story, &page.thread, chrome.viewer, page.passages);
    surroundings.add(page.comments);
    Html passages = passage_list(story, page.passages, surroundings);
    Html running = page.storyline ? affair(*page.storyline, story.id) : Html();
    std::string source = link_to_source(story);
    std::string host = source.empty() ? "" : host_of(source);
    bool has_text = !story.body.empty();

    Fields fields;
    fields.text("direction", direction_of(story.language))
        .text("language", story.language)
        .flag("has_kicker", !story.section.empty() || page.storyline)
        .text("section", story.section)
        .text("storyline_url", page.storyline ? storyline_path(page.storyline->storyline.name) : "")
        .text("storyline_title", page.storyline ? page.storyline->storyline.title : "")
        .text("headline", story.headline)
        .text("byline", story.byline)
        .text("published", moment_in_words(story.published_at))
        .text("published_datetime", to_rfc3339(story.published_at))
        .text("updated", story.updated_at ? moment_in_words(*story.updated_at) : "")
        .text("updated_datetime", story.updated_at ? to_rfc3339(*story.updated_at) : "")
        .flag("has_corrections", !story.corrections.empty())
        .list("corrections", corrections(story))
        .text("comment_count", count_of_comments(page.thread))
        .text("quoted", page.passages.empty() ? "" : story_path(story.id))
        .list("paragraphs", text_of(page, surroundings))
        .text("source_url", source)
        .text("elsewhere", !has_text && !source.empty() ? phrase("story_without_text", { { "host", host } }) : "")
        .flag("has_credit", has_text && (!story.credit.empty() || !story.rights.empty() || !source.empty()))
        .text("credit", story.credit)
        .text("rights", story.rights)
        .text("at_publisher", source.empty() ? "" : phrase("at_publisher", { { "host", host } }))
        .text("notes_url", page.thread.state == ThreadState::Hidden ? "" : notes_path(story.id))
        .flag("has_margin", !passages.is_empty() || !running.is_empty())
        .html("passages_html", passages)
        .html("affair_html", running)
        .html("thread_html", thread_section(page, chrome.viewer));

    Frame frame;
    frame.title = story.headline;
    frame.description = excerpt(plain_text_of_body(story.body), description_code_points);
    if (!page.comments.previous_cursor)  // the first page, in whatever order
        frame.canonical_path = story_path(story.id);
    frame.data = json_ld(chrome, page);
    frame.part = Part::Story;
    frame.feeds = story_feeds(story);
    return page_around(chrome, frame, render("stories/story", fields));
}

Html storyline_page(Chrome const& chrome, StorylinePage const& page)
{
    std::vector<Fields> rows;
    for (StorySummary const& each : page.stories)
        rows.emplace_back().html("story_html", summary(each, each.story.section));
    Fields fields;
    fields.text("title", page.storyline.title)
        .text("summary", page.storyline.summary)
        .text("note", page.stories.empty() ? word("storyline_empty") : word("storyline_order"))
        .html("follow_html", follow_button({ FollowKind::Storyline, page.storyline.id.value }, page.is_followed))
        .list("stories", std::move(rows));

    Frame frame;
    frame.title = page.storyline.title;
    frame.description = excerpt(page.storyline.summary, description_code_points);
    frame.canonical_path = storyline_path(page.storyline.name);
    frame.feeds = site_feeds(chrome);
    return page_around(chrome, frame, render("stories/storyline", fields));
}

}  // namespace parley
