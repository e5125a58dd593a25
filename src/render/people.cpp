#include "render/people.h"

#include "render/addresses.h"
#include "render/comments.h"
#include "render/following.h"
#include "render/page.h"
#include "render/template.h"
#include "render/words.h"

namespace parley {

Html person_page(Chrome const& chrome, PersonPage const& page)
{
    Person const& person = page.person;
    std::string const name = shown_name(person), date = date_in_words(person.joined_at);
    bool const is_own = chrome.viewer && chrome.viewer->person.id == person.id;
    std::vector<Fields> rows;
    for (PersonPage::Entry const& entry : page.comments) {
        Story story;  // what a comment says of its story here is said above it
        story.id = entry.story;
        Surroundings surroundings(story);
        surroundings.add(entry.comment);
        rows.emplace_back()
            .text("story_url", story_path(entry.story))
            .text("headline", entry.headline)
            .html("comment_html", comment(entry.comment, surroundings));
    }
    Html links;
    if (page.next_cursor) {
        Fields fields;
        fields.text("label", word("comment_pages"))
            .text("previous_url", "")
            .text("previous", "")
            .text("next_url", person_path(person.handle, page.next_cursor))
            .text("next", word("earlier_comments"));
        links = render("threads/pager", fields);
    }
    bool is_imported = person.membership == Membership::Imported;
    std::string title = phrase("person_comments", { { "name", name } });
    Fields fields;
    fields.text("handle", person.handle)
        .text("name", name)
        .text("count", page.comment_count ? count_phrase("comments", page.comment_count) : word("no_comments"))
        .text("membership", is_imported ? phrase("person_imported", { { "site", chrome.site.name } })
                                        : phrase("person_since", { { "site", chrome.site.name }, { "date", date } }))
        .html("follow_html", is_own ? Html() : follow_button({ FollowKind::Person, person.id.value }, page.is_followed))
        .html("mute_html", is_own ? Html() : mute_button(person.handle, page.is_muted))
        .text("title", title)
        .flag("has_comments", !rows.empty())
        .list("comments", std::move(rows))
        .html("pager_html", links);

    Frame frame;
    frame.title = title;
    frame.canonical_path = person_path(person.handle);
    frame.is_indexed = false;  // a list of one reader's words is for those who meet them here, not for search engines
    return page_around(chrome, frame, render("people/person", fields));
}

}  // namespace parley
