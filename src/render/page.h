// The document around the content of a page: head, masthead, colophon. For the pages of this room only.
#pragma once

#include "base/html.h"
#include "domain/story.h"
#include "render/chrome.h"

#include <string>
#include <vector>

namespace parley {

constexpr size_t description_code_points = 160;  // what search engines show of it

struct FeedLink {
    std::string type;        // media type
    std::string name;        // "Comments on Bridge reopens"
    std::string short_name;  // "Atom feed"
    std::string path;
};

enum class Part { Front, Story, Comment, CommonGround, Other };  // Front: the large masthead. Story and Comment: comments that fold.

struct Frame {
    std::string title {};           // without the site's name, which is added behind it; empty on the front page
    std::string description {};
    std::string canonical_path {};  // empty: the page is its own, or none
    std::string data {};            // JSON-LD, escaped for a script element; may be empty
    Part part = Part::Other;
    bool is_indexed = true;         // false: robots noindex
    std::vector<FeedLink> feeds {};
};

std::vector<FeedLink> site_feeds(Chrome const&);
std::vector<FeedLink> story_feeds(Story const&);

Html page_around(Chrome const&, Frame const&, Html const& main);

// "3 new" for the link to the bell.
std::string bell_words(int64_t unread);

// "https://talk.example" + "/s/4"
std::string absolute(Chrome const&, std::string_view path);

}  // namespace parley
