#include "render/feeds.h"

#include "base/utf8.h"
#include "domain/markup.h"
#include "render/addresses.h"
#include "render/comments.h"
#include "render/page.h"
#include "render/words.h"

#include <boost/json.hpp>

namespace parley {
namespace {

namespace json = boost::json;

// XML 1.0 has no place for most control characters, not even as references (https://www.w3.org/TR/xml/#charsets).
bool is_xml_character(char32_t c)
{
    return c == '\t' || c == '\n' || c == '\r' || (c >= 0x20 && c != 0xFFFE && c != 0xFFFF);
}

std::string xml(std::string_view text)
{
    size_t replaced = 0;
    std::string const valid = replace_ill_formed_utf8(text, replaced);
    std::string allowed;
    allowed.reserve(valid.size());
    for (size_t at = 0; at < valid.size();) {
        size_t begin = at;
        if (is_xml_character(decode_utf8_at(valid, at)))
            allowed.append(valid, begin, at - begin);
    }
    return escape(allowed).markup();
}

// A feed under construction: elements with escaped text and attributes, so that nothing goes in unescaped.
class AtomWriter {
public:
    using Attributes = std::initializer_list<std::pair<std::string_view, std::string_view>>;

    void open(std::string_view name, Attributes attributes = {}) { begin(name, attributes), out_ += ">\n"; }
    void close(std::string_view name) { out_.append("</").append(name) += ">\n"; }
    void empty(std::string_view name, Attributes attributes) { begin(name, attributes), out_ += "/>\n"; }
    void text(std::string_view name, std::string_view content, Attributes attributes = {})
    {
        begin(name, attributes);
        out_.append(">").append(xml(content));
        close(name);
    }
    std::string release() { return std::move(out_); }

private:
    void begin(std::string_view name, Attributes attributes)
    {
        out_.append("<").append(name);
        for (auto& [key, value] : attributes)
            if (!value.empty())
                out_.append(" ").append(key).append("=\"").append(xml(value)) += '"';
    }

    std::string out_ = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n";
};

constexpr std::string_view atom_type = "application/atom+xml", html_type = "text/html";

Time latest_of(Story const& story, Thread const& thread)
{
    Time latest = story.updated_at.value_or(story.published_at);
    return std::max(latest, thread.last_comment_at.value_or(latest));
}

Time latest_of(Comment const& comment) { return comment.edited_at.value_or(comment.created_at); }

void open_feed(AtomWriter& atom, std::string_view language, std::string const& id, std::string_view title,
    std::string const& self, Time updated)
{
    atom.open("feed", { { "xmlns", "http://www.w3.org/2005/Atom" }, { "xmlns:thr", "http://purl.org/syndication/thread/1.0" },
        { "xml:lang", language } });
    atom.text("id", id);
    atom.text("title", title);
    atom.text("updated", to_rfc3339(updated));
    atom.empty("link", { { "rel", "self" }, { "type", atom_type }, { "href", self } });
    atom.empty("link", { { "rel", "alternate" }, { "type", html_type }, { "href", id } });
}

std::string title_of(ShownComment const& shown, Story const& story)
{
    std::string name = shown_name(shown.author);
    return phrase("comment_title", { { "name", name }, { "headline", story.headline } });
}

// The quotes stand above the words, as on the page.
std::string content_of(ShownComment const& shown)
{
    std::string content;
    for (ShownQuote const& each : shown.quotes)
        content.append("<blockquote>").append(escape(each.quote.exact).markup()).append("</blockquote>\n");
    return content + shown.comment.html.markup();
}

std::string answered_by(Chrome const& chrome, Comment const& comment, Story const& story)
{
    return absolute(chrome, comment.parent ? comment_path(*comment.parent) : story_path(story.id));
}

void write_entry(AtomWriter& atom, Chrome const& chrome, ShownComment const& shown, Story const& story)
{
    Comment const& comment = shown.comment;
    std::string id = absolute(chrome, comment_path(comment.id)), answered = answered_by(chrome, comment, story);
    atom.open("entry", { { "xml:lang", comment.language } });
    atom.text("id", id);
    atom.text("title", title_of(shown, story));
    atom.text("published", to_rfc3339(comment.created_at));
    atom.text("updated", to_rfc3339(latest_of(comment)));
    atom.open("author");
    atom.text("name", shown_name(shown.author));
    if (has_page(shown.author))
        atom.text("uri", absolute(chrome, person_path(shown.author->handle)));
    atom.close("author");
    atom.empty("link", { { "rel", "alternate" }, { "type", html_type }, { "href", id } });
    atom.empty("thr:in-reply-to", { { "ref", answered }, { "href", answered }, { "type", html_type } });
    atom.text("content", content_of(shown), { { "type", "html" } });
    atom.close("entry");
}

void write_entry(AtomWriter& atom, Chrome const& chrome, StorySummary const& each)
{
    Story const& story = each.story;
    std::string id = absolute(chrome, story_path(story.id));
    std::string replies = absolute(chrome, story_feed_path(story.id, FeedFormat::Atom));
    std::string count = std::to_string(each.thread.comments_shown);
    std::string latest = each.thread.last_comment_at ? to_rfc3339(*each.thread.last_comment_at) : "";
    atom.open("entry", { { "xml:lang", story.language } });
    atom.text("id", id);
    atom.text("title", story.headline);
    atom.text("published", to_rfc3339(story.published_at));
    atom.text("updated", to_rfc3339(story.updated_at.value_or(story.published_at)));
    atom.open("author");
    atom.text("name", story.byline.empty() ? chrome.site.name : story.byline);
    atom.close("author");
    if (!story.section.empty())
        atom.empty("category", { { "term", story.section } });
    if (!story.rights.empty())
        atom.text("rights", story.rights);
    atom.empty("link", { { "rel", "alternate" }, { "type", html_type }, { "href", id } });
    atom.empty("link", { { "rel", "replies" }, { "type", atom_type }, { "href", replies }, { "thr:count", count }, { "thr:updated", latest } });
    atom.text("thr:total", count);
    atom.text("summary", count_phrase("comments", each.thread.comments_shown));
    atom.close("entry");
}

std::vector<ShownComment const*> newest_first(StoryPage const& page)
{
    std::vector<ShownComment const*> visible;
    for (ShownComment const& each : page.comments.comments)
        if (each.comment.state == CommentState::Visible)
            visible.push_back(&each);
    std::stable_sort(visible.begin(), visible.end(),
        [](auto* left, auto* right) { return left->comment.created_at > right->comment.created_at; });
    return visible;
}

Time latest_of(FrontPage const& page)
{
    Time latest {};
    for (StorySummary const& each : page.stories)
        latest = std::max(latest, latest_of(each.story, each.thread));
    return latest;
}

json::object json_feed(std::string_view title, std::string home, std::string self, std::string_view language)
{
    json::object feed { { "version", "https://jsonfeed.org/version/1.1" }, { "title", title }, { "home_page_url", home },
        { "feed_url", self } };
    if (!language.empty())
        feed["language"] = language;
    return feed;
}

json::array authors(Chrome const& chrome, ShownComment const& shown)
{
    json::object author { { "name", shown_name(shown.author) } };
    if (has_page(shown.author))
        author["url"] = absolute(chrome, person_path(shown.author->handle));
    return { author };
}

}  // namespace

std::string site_atom_feed(Chrome const& chrome, FrontPage const& page)
{
    AtomWriter atom;
    open_feed(atom, chrome.site.language, absolute(chrome, front_page_path()), chrome.site.name,
        absolute(chrome, site_feed_path(FeedFormat::Atom)), latest_of(page));
    for (StorySummary const& each : page.stories)
        write_entry(atom, chrome, each);
    atom.close("feed");
    return atom.release();
}

std::string story_atom_feed(Chrome const& chrome, StoryPage const& page)
{
    AtomWriter atom;
    Story const& story = page.story;
    open_feed(atom, story.language, absolute(chrome, story_path(story.id)),
        phrase("at_comments_feed", { { "headline", story.headline } }),
        absolute(chrome, story_feed_path(story.id, FeedFormat::Atom)), latest_of(story, page.thread));
    for (ShownComment const* each : newest_first(page))
        write_entry(atom, chrome, *each, story);
    atom.close("feed");
    return atom.release();
}

std::string site_json_feed(Chrome const& chrome, FrontPage const& page)
{
    json::object feed = json_feed(chrome.site.name, absolute(chrome, front_page_path()),
        absolute(chrome, site_feed_path(FeedFormat::Json)), chrome.site.language);
    json::array items;
    for (StorySummary const& each : page.stories) {
        Story const& story = each.story;
        std::string url = absolute(chrome, story_path(story.id));
        json::object item { { "id", url }, { "url", url }, { "title", story.headline },
            { "content_text", count_phrase("comments", each.thread.comments_shown) },
            { "date_published", to_rfc3339(story.published_at) },
            { "authors", json::array { json::object { { "name", story.byline.empty() ? chrome.site.name : story.byline } } } },
            { "_parley", json::object { { "comments", each.thread.comments_shown },
                { "comments_url", absolute(chrome, story_feed_path(story.id, FeedFormat::Json)) } } } };
        if (story.updated_at)
            item["date_modified"] = to_rfc3339(*story.updated_at);
        if (!story.language.empty())
            item["language"] = story.language;
        if (!story.section.empty())
            item["tags"] = json::array { story.section };
        if (story.url.starts_with("https://") || story.url.starts_with("http://"))
            item["external_url"] = story.url;
        items.push_back(std::move(item));
    }
    feed["items"] = std::move(items);
    return json::serialize(feed);
}

std::string story_json_feed(Chrome const& chrome, StoryPage const& page)
{
    Story const& story = page.story;
    json::object feed = json_feed(phrase("at_comments_feed", { { "headline", story.headline } }),
        absolute(chrome, story_path(story.id)), absolute(chrome, story_feed_path(story.id, FeedFormat::Json)), story.language);
    json::array items;
    for (ShownComment const* each : newest_first(page)) {
        Comment const& comment = each->comment;
        std::string url = absolute(chrome, comment_path(comment.id));
        json::object item { { "id", url }, { "url", url }, { "title", title_of(*each, story) },
            { "content_html", content_of(*each) }, { "date_published", to_rfc3339(comment.created_at) },
            { "authors", authors(chrome, *each) },
            { "_parley", json::object { { "in_reply_to", answered_by(chrome, comment, story) } } } };
        if (comment.edited_at)
            item["date_modified"] = to_rfc3339(*comment.edited_at);
        if (!comment.language.empty())
            item["language"] = comment.language;
        items.push_back(std::move(item));
    }
    feed["items"] = std::move(items);
    return json::serialize(feed);
}

}  // namespace parley
