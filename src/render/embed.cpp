#include "render/embed.h"

#include "render/addresses.h"
#include "render/language.h"
#include "render/page.h"
#include "render/template.h"
#include "render/threads.h"
#include "render/words.h"

#include <array>

namespace parley {
namespace {

constexpr std::array<std::string_view, 6> attributes { " href=\"", " action=\"", " formaction=\"", " data-preview=\"", " data-write=\"", " data-live=\"" };

}  // namespace

std::string with_absolute_addresses(std::string_view markup, std::string_view site_address)
{
    std::string out;
    out.reserve(markup.size() + markup.size() / 8);
    while (!markup.empty()) {
        size_t quote = markup.find("=\"/");
        if (quote == markup.npos || quote + 3 >= markup.size())
            break;
        std::string_view before = markup.substr(0, quote + 2);
        bool is_ours = markup[quote + 3] != '/' && std::ranges::any_of(attributes, [&](std::string_view name) { return before.ends_with(name); });
        out.append(before).append(is_ours ? site_address : std::string_view());
        markup.remove_prefix(quote + 2);
    }
    return out.append(markup);
}

Html embed_fragment(Chrome const& chrome, StoryPage const& page)
{
    std::string scripts;
    for (std::string_view name : { "js/relative_time.js", "js/fold.js", "js/thread.js", "js/live.js" })
        scripts.append(scripts.empty() ? "" : " ").append(absolute(chrome, chrome.static_url(name)));
    std::string path = story_path(page.story.id);
    Fields fields;
    fields.text("base_css", chrome.static_url("css/base.css"))
        .text("thread_css", chrome.static_url("css/thread.css"))
        .text("language", spoken_tag())
        .text("direction", direction_of(spoken_tag()))
        .text("story", std::to_string(page.story.id.value))
        .text("comments", std::to_string(page.thread.comments_shown))
        .text("scripts", scripts)
        .text("handle", chrome.viewer ? chrome.viewer->person.handle : "")
        .text("bell", chrome.viewer ? bell_words(chrome.viewer->unread) : "")
        .text("bell_url", "/bell")
        .text("account_url", "/account")
        .text("sign_in_url", "/sign-in?next=" + percent_encode(path))
        .html("thread_html", thread_section(page, chrome.viewer))
        .text("story_url", path);
    return Html::from_trusted(with_absolute_addresses(render("embed/fragment", fields).markup(), chrome.site.address));
}

Html embed_document(Chrome const& chrome, Embedding const& embedding)
{
    Fields fields;
    fields.text("language", spoken_tag())
        .text("direction", direction_of(spoken_tag()))
        .text("title", embedding.headline.empty() ? chrome.site.name : embedding.headline)
        .text("base_css", chrome.static_url("css/base.css"))
        .text("thread_css", chrome.static_url("css/thread.css"))
        .text("address", embedding.address)
        .text("headline", embedding.headline)
        .text("theme", embedding.theme)
        .html("fragment_html", embedding.fragment);
    return render("embed/document", fields);
}

Html embed_sign_in_page(Chrome const& chrome, std::string_view origin)
{
    std::string title = phrase("embed_sign_in.title", { { "handle", chrome.viewer->person.handle } });
    Fields fields;
    fields.text("title", title)
        .text("text", phrase("embed_sign_in.text", { { "origin", origin } }))
        .text("origin", origin)
        .text("script", chrome.static_url("js/embed_sign_in.js"));
    Frame frame;
    frame.title = title;
    frame.is_indexed = false;
    return page_around(chrome, frame, render("embed/sign_in", fields));
}

}  // namespace parley
