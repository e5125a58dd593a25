// Handles of other writers named in a text.
//
// `@handle` is a mention whatever the handle looks like. A bare handle is one when it is unlike any word (a digit,
// an underscore, several words with capitals), when it stands where people are spoken to ("…, Winter." "eskdale,
// does…"), or when it is a name that stands nowhere else. Case counts: "Winter" is no mention of "winter". A text
// that is nothing but the handle ("Exactly.") is none.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace parley::archives {

struct Mention {
    std::string handle;
    double score;
};

class Mentions {
public:
    // `handles` of the page, each once; `story` and `texts` tell which handles are ordinary words.
    Mentions(std::vector<std::string> const& handles, std::string_view story, std::vector<std::string_view> const& texts);

    // The surest mention in the text of somebody else than its writer.
    std::optional<Mention> find(std::string_view text, std::string_view writer) const;

private:
    struct Name {
        std::string handle;
        bool is_distinctive;  // unlike any word
        bool is_elsewhere;    // in the story, or in several texts as a word
        bool is_alias;        // the handle without its digits
    };
    std::unordered_map<std::string, std::vector<std::pair<std::string, Name>>> by_beginning_;  // first characters -> names
};

}  // namespace parley::archives
