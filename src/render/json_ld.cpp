#include "render/json_ld.h"

#include "domain/markup.h"
#include "render/addresses.h"
#include "render/comments.h"
#include "render/page.h"

#include <boost/json.hpp>

namespace parley {
namespace {

namespace json = boost::json;

constexpr size_t text_code_points_max = 5'000;  // of one text; a search engine reads no more

json::object author(Chrome const& chrome, std::optional<Person> const& person)
{
    json::object out { { "@type", "Person" }, { "name", shown_name(person) } };
    if (has_page(person))
        out["url"] = absolute(chrome, person_path(person->handle));
    return out;
}

json::object counted(char const* action, int64_t number)
{
    return { { "@type", "InteractionCounter" }, { "interactionType", json::object { { "@type", action } } },
        { "userInteractionCount", number } };
}

std::string shortened(std::string text)
{
    return text.size() <= text_code_points_max ? text : excerpt(text, text_code_points_max);
}

json::object described(Chrome const& chrome, ShownComment const& shown)
{
    Comment const& comment = shown.comment;
    json::object out { { "@type", "Comment" }, { "url", absolute(chrome, comment_path(comment.id)) } };
    if (!comment.is_date_estimated)
        out["datePublished"] = to_rfc3339(comment.created_at);
    if (comment.state != CommentState::Visible) {
        out["creativeWorkStatus"] = "Deleted";
        out["text"] = tombstone_words(comment);
        return out;
    }
    out["author"] = author(chrome, shown.author);
    out["text"] = shortened(plain_text(comment.html));
    if (comment.edited_at)
        out["dateModified"] = to_rfc3339(*comment.edited_at);
    if (!comment.language.empty())
        out["inLanguage"] = comment.language;
    if (comment.reply_count > 0)
        out["interactionStatistic"] = counted("https://schema.org/CommentAction", comment.reply_count);
    return out;
}

// Nested as the thread is; recurses once a level (CommentPath::levels_max).
json::array nested(Chrome const& chrome, std::span<ShownComment const> comments)
{
    json::array out;
    while (!comments.empty()) {
        int level = comments[0].comment.path.level();
        size_t size = 1;
        while (size < comments.size() && comments[size].comment.path.level() > level)
            ++size;
        json::object one = described(chrome, comments[0]);
        if (size > 1)
            one["comment"] = nested(chrome, comments.subspan(1, size - 1));
        out.push_back(std::move(one));
        comments = comments.subspan(size);
    }
    return out;
}

// For a script element: no "</script>", no "<!--", and no line separators that JavaScript once could not bear.
std::string escaped_for_script(std::string_view serialized)
{
    std::string out;
    out.reserve(serialized.size() + serialized.size() / 16);
    for (size_t plain = 0, i = 0; i < serialized.size(); plain = ++i) {
        i = std::min(serialized.find_first_of("<>&\xE2", i), serialized.size());
        out.append(serialized, plain, i - plain);
        if (i == serialized.size())
            break;
        char c = serialized[i];
        if (c == '<')
            out += "\\u003c";
        else if (c == '>')
            out += "\\u003e";
        else if (c == '&')
            out += "\\u0026";
        else if (serialized.substr(i, 3) == "\u2028" || serialized.substr(i, 3) == "\u2029") {
            out += serialized[i + 2] == '\xA8' ? "\\u2028" : "\\u2029";
            i += 2;
        } else
            out += c;
    }
    return out;
}

}  // namespace

std::string json_ld(Chrome const& chrome, StoryPage const& page)
{
    Story const& story = page.story;
    std::string url = absolute(chrome, story_path(story.id));
    std::string text = story.body.empty() ? story.headline : shortened(plain_text_of_body(story.body));
    json::object posting {
        { "@context", "https://schema.org" },
        { "@type", "DiscussionForumPosting" },
        { "@id", url },
        { "url", url },
        { "mainEntityOfPage", url },
        { "headline", story.headline },
        { "text", text },
        { "datePublished", to_rfc3339(story.published_at) },
        { "commentCount", page.thread.comments_shown },
        { "interactionStatistic", counted("https://schema.org/CommentAction", page.thread.comments_shown) },
        { "publisher", json::object { { "@type", "Organization" }, { "name", chrome.site.name }, { "url", chrome.site.address } } },
    };
    if (story.byline.empty())
        posting["author"] = json::object { { "@type", "Organization" }, { "name", chrome.site.name }, { "url", chrome.site.address } };
    else
        posting["author"] = json::object { { "@type", "Person" }, { "name", story.byline } };
    if (story.updated_at)
        posting["dateModified"] = to_rfc3339(*story.updated_at);
    if (!story.language.empty())
        posting["inLanguage"] = story.language;
    if (!story.section.empty())
        posting["articleSection"] = story.section;
    if (story.url.starts_with("https://") || story.url.starts_with("http://"))
        posting["sharedContent"] = json::object { { "@type", "WebPage" }, { "url", story.url } };
    if (page.storyline)
        posting["isPartOf"] = json::object { { "@type", "CreativeWorkSeries" }, { "name", page.storyline->storyline.title },
            { "url", absolute(chrome, storyline_path(page.storyline->storyline.name)) } };
    if (!page.comments.comments.empty())
        posting["comment"] = nested(chrome, page.comments.comments);
    return escaped_for_script(json::serialize(posting));
}

}  // namespace parley
