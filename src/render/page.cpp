#include "render/page.h"

#include "render/addresses.h"
#include "render/language.h"
#include "render/template.h"
#include "render/words.h"

namespace parley {
namespace {

FeedLink feed_link(FeedFormat format, std::string name, std::string path)
{
    bool is_atom = format == FeedFormat::Atom;
    return { is_atom ? "application/atom+xml" : "application/feed+json", std::move(name),
        word(is_atom ? "feed_atom" : "feed_json"), std::move(path) };
}

}  // namespace

std::string bell_words(int64_t unread)
{
    if (unread >= bell_count_max)
        return word("bell_many");
    return unread ? count_phrase("bell", unread) : word("bell_none");
}

std::vector<FeedLink> site_feeds(Chrome const& chrome)
{
    std::vector<FeedLink> feeds;
    for (FeedFormat format : { FeedFormat::Atom, FeedFormat::Json })
        feeds.push_back(feed_link(format, phrase("at_site_feed", { { "site", chrome.site.name } }), site_feed_path(format)));
    return feeds;
}

std::vector<FeedLink> story_feeds(Story const& story)
{
    std::vector<FeedLink> feeds;
    for (FeedFormat format : { FeedFormat::Atom, FeedFormat::Json })
        feeds.push_back(feed_link(
            format, phrase("at_comments_feed", { { "headline", story.headline } }), story_feed_path(story.id, format)));
    return feeds;
}

std::string absolute(Chrome const& chrome, std::string_view path) { return std::string(chrome.site.address).append(path); }

Html page_around(Chrome const& chrome, Frame const& frame, Html const& main)
{
    std::vector<Fields> feeds;
    for (FeedLink const& feed : frame.feeds)
        feeds.emplace_back()
            .text("type", feed.type)
            .text("name", feed.name)
            .text("short_name", feed.short_name)
            .text("url", feed.path);
    std::string const& site = chrome.site.name;
    bool has_thread = frame.part == Part::Story, folds = has_thread || frame.part == Part::Comment, has_map = frame.part == Part::CommonGround;
    Fields fields;
    fields.text("language", spoken_tag())
        .text("direction", direction_of(spoken_tag()))
        .text("title", frame.title.empty() ? site : frame.title + " · " + site)
        .text("description", frame.description)
        .flag("is_indexed", frame.is_indexed)
        .text("canonical", frame.canonical_path.empty() ? "" : absolute(chrome, frame.canonical_path))
        .text("icon", chrome.static_url("icon.svg"))
        .text("base_css", chrome.static_url("css/base.css"))
        .text("page_css", chrome.static_url("css/page.css"))
        .text("story_css", chrome.static_url("css/story.css"))
        .text("thread_css", chrome.static_url("css/thread.css"))
        .text("relative_time_js", chrome.static_url("js/relative_time.js"))
        .text("common_ground_css", has_map ? chrome.static_url("css/common_ground.css") : "")
        .text("thread_js", folds || has_map ? chrome.static_url("js/thread.js") : "")
        .text("live_js", has_thread ? chrome.static_url("js/live.js") : "")
        .text("unread_js", folds && chrome.viewer ? chrome.static_url("js/unread.js") : "")
        .text("passages_js", has_thread ? chrome.static_url("js/passages.js") : "")
        .text("fold_js", folds ? chrome.static_url("js/fold.js") : "")
        .list("feeds", std::move(feeds))
        .html("data_html", Html::from_trusted(frame.data))
        .flag("has_thread", has_thread)
        .flag("is_front", frame.part == Part::Front)
        .text("home", phrase("home_of", { { "site", site } }))
        .text("site", site)
        .text("handle", chrome.viewer ? chrome.viewer->person.handle : "")
        .text("bell", chrome.viewer ? bell_words(chrome.viewer->unread) : "")
        .html("main_html", main);
    return render("page", fields);
}

}  // namespace parley
