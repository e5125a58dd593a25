// How stories come to be without an import: opened on the first view of a page of the publication, or told by its
// editorial system. Every address must lie under an origin of the publication (S-46).
#pragma once

#include "domain/site.h"
#include "domain/story.h"
#include "domain/thread.h"
#include "storage/database.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace parley {

constexpr size_t headline_letters_max = 300;
constexpr size_t external_id_bytes_max = 200;
constexpr size_t story_bytes_max = 200'000;  // of its text

// Whether this is an http(s) address under one of `origins` ("https://www.example.org") or on the publication's host.
bool is_address_of_publication(Site const&, std::span<std::string const> origins, std::string_view address);

// What a page says of itself.
struct StoryOffer {
    std::string address;
    std::string headline {};  // empty: made of the address
    std::string language {};
};

// The story of this address, opened if there was none. Refused: the address is not the publication's.
Result<StoryId> open_story(Database&, Site const&, std::span<std::string const> origins, StoryOffer const&, Time now);

// The running affair a story belongs to, made if there was none of this name. A new one needs its title.
struct ToldStoryline {
    std::string name;  // stands in addresses
    std::optional<std::string> title, summary;
};

// What an editorial system says of a story. A part that is nothing stays as it was.
struct ToldStory {
    std::optional<std::string> address, headline, byline, dateline, section, body, credit, rights, language;
    std::optional<Time> published_at, updated_at;
    std::optional<ThreadState> thread;
    std::optional<ToldStoryline> storyline;
    std::optional<std::string> correction;  // added if the last one has other words
};

struct PutStory {
    StoryId id;
    bool was_there = false;
};

// Makes or changes the story of this name. Those who follow the storyline that it becomes part of are told. A story that was opened by its address before is that story. Invalid: no
// headline or no address for a new one, or a part too long. Refused: the address is not the publication's, or another
// story's.
Result<PutStory> put_story(
    Database&, Site const&, std::span<std::string const> origins, std::string_view external_id, ToldStory const&, Time now);

}  // namespace parley
