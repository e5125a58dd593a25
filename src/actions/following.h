// Following and muting, and the bell that tells of what came.
#pragma once

#include "domain/following.h"
#include "domain/discussion.h"
#include "domain/notification.h"
#include "domain/site.h"
#include "domain/viewer.h"
#include "storage/database.h"

#include <optional>
#include <string>
#include <vector>

namespace parley {

// NotFound: there is nothing of this id on the site that they may read. Refused: oneself.
Result<void> set_follow(Database&, Site const&, Viewer const&, Follow const&, bool is_on, Time now);
Result<void> set_mute(Database&, Site const&, Viewer const&, std::string_view handle, bool is_on, Time now);

// What a viewer's own marks are on the pages that can be followed.
Result<bool> follows(Database&, Viewer const&, Follow const&);
Result<bool> has_muted(Database&, Viewer const&, PersonId);

constexpr int bell_entries_per_page = 30;
struct BellEntry {
    Notification notification;
    std::string author;    // shown name; empty: nobody
    std::string headline;
    std::string excerpt;   // empty: it is about the story itself, or the comment is not shown any more
};
struct BellPage {
    std::vector<BellEntry> entries;  // newest first
    std::optional<int64_t> next;     // the id before which the next page begins
    bool has_unread = false;
};
Result<BellPage> read_bell(Database&, Viewer const&, std::optional<int64_t> before);
Result<void> mark_bell_read(Database&, Viewer const&, Time now);

// The lists on the account's page. Names of what cannot be read any more are empty.
struct Followed {
    Follow follow;
    std::string name;
    std::string path;
};
struct FollowingPage {
    std::vector<Followed> followed;
    std::vector<Person> muted;
};
Result<FollowingPage> read_following(Database&, Viewer const&);

}  // namespace parley
