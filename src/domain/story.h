// A story is what is discussed. Its text is kept so that readers can quote its very words.
#pragma once

#include "base/html.h"
#include "base/time.h"
#include "domain/ids.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace parley {

enum class StoryState { Published = 0, Hidden = 1 };

struct Correction {
    Time at;
    std::string text;  // plain text: "An earlier version dated the treaty 1954."
};

struct Story {
    StoryId id;
    SiteId site;
    std::string url;       // as given, http or https; may be empty for an archive page that has no address
    std::string headline;  // plain text, as are byline, dateline, section, credit and rights
    std::string byline;
    std::string dateline;  // the place line: "GENEVA, 3 March"
    std::string section;
    std::string body;      // plain text, paragraphs divided by an empty line; empty where only the address is known
    std::string credit;
    std::string rights;    // "© Meridian Wire 2019"
    std::string language;  // BCP 47; empty when unknown
    Time published_at;
    std::optional<Time> updated_at;
    StoryState state = StoryState::Published;
    std::optional<StorylineId> storyline;
    std::vector<Correction> corrections {};  // oldest first
};

// The text in which quotes of a story are anchored, and which its page shows: paragraphs of `body` divided by
// "\n\n", runs of white space as one blank.
std::string plain_text_of_body(std::string_view body);

// Stories of one running affair, in order, so that readers find the earlier discussion.
struct Storyline {
    StorylineId id;
    SiteId site;
    std::string name;   // stands in addresses: /storyline/{name}
    std::string title;
    std::string summary;
};

}  // namespace parley
