// The names by which finished pages are found again when something they show has changed. A page carries the names of
// all it shows; they stand in Surrogate-Key too, so that a cache in front of Parley can be told the same.
#pragma once

#include "domain/ids.h"

#include <string>

namespace parley {

inline std::string lists_tag() { return "lists"; }    // lists of stories, with their counts
inline std::string people_tag() { return "people"; }  // every person's page: after an import, whoever it brought
inline std::string story_tag(StoryId story) { return "s" + std::to_string(story.value); }
inline std::string person_tag(PersonId person) { return "p" + std::to_string(person.value); }
inline std::string storyline_tag(StorylineId storyline) { return "l" + std::to_string(storyline.value); }

}  // namespace parley
