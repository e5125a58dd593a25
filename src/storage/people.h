// Rows of people: who has which handle, and what they wrote.
#pragma once

#include "domain/comment.h"
#include "domain/person.h"
#include "storage/database.h"

namespace parley {

Result<Person> find_person(Reader&, PersonId);  // NotFound
// By handle_key() of what was asked for.
Result<std::optional<Person>> find_person_by_handle(Reader&, SiteId, std::string_view handle);
// By id: what an export walks.
Result<std::vector<Person>> people_behind(Reader&, SiteId, PersonId behind, int limit);

// What happens when the handle is somebody else's already.
enum class HandleTaken { Refuse, AddNumber };

// Inserts a person. id 0: allocated. AddNumber: "ada" becomes "ada-2" or the like. Returns the person as stored.
Result<Person> insert_person(Transaction&, Person, HandleTaken = HandleTaken::Refuse);
// An event is appended: pages show another name. Refused: the handle is somebody else's.
Result<void> update_person(Transaction&, Person const&, Time now);

// Handles that somebody gave up stay theirs: old links lead on, and nobody else writes under them.
Result<void> keep_former_handle(Transaction&, Person const&, Time now);  // the one they have now
Result<std::optional<Person>> find_person_by_former_handle(Reader&, SiteId, std::string_view handle);
struct FormerHandle {
    std::string handle;
    Time given_up_at;
};
Result<std::vector<FormerHandle>> former_handles_of(Reader&, PersonId);  // newest first
// Whether `person` (nobody: somebody new) may take this handle: neither in use nor given up by another.
Result<bool> is_handle_free(Reader&, SiteId, std::string_view handle, std::optional<PersonId> person = {});

// Visible comments of theirs, as kept by the counters.
Result<int64_t> comment_count_of_person(Reader&, PersonId);
// Counts the visible comments of these people anew; importers call it at the end.
Result<void> recount_people(Transaction&, std::span<PersonId const>);

struct PersonComment {
    Comment comment;
    StoryId story;
    std::string headline;
};
struct PersonPlace {
    Time created_at;
    CommentId id;
};
// Visible comments, newest first; those of hidden stories and threads are left out.
Result<std::vector<PersonComment>> comments_of_person(
    Reader&, PersonId, std::optional<PersonPlace> behind, int limit);
// Where visible comments of theirs stand, oldest first, those of hidden stories too.
Result<std::vector<PersonPlace>> comment_places_of_person(Reader&, PersonId, std::optional<PersonPlace> behind, int limit);

}  // namespace parley
