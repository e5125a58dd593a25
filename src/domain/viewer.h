// Who is looking: a person who is signed in, with what a page must know to be theirs. Whoever is not signed in sees the
// page that everybody sees.
#pragma once

#include "domain/person.h"

#include <string>

namespace parley {

// One role for each account and site. Higher ones may what lower ones may, but for Author and Expert, who answer on
// stories and moderate nothing.
enum class Role { Reader = 0, Expert = 1, Author = 2, Moderator = 3, Editor = 4, Owner = 5 };

constexpr bool is_staff(Role role) { return role >= Role::Author; }
constexpr bool may_moderate(Role role) { return role >= Role::Moderator; }

std::string_view role_word(Role);                      // "moderator", as tokens and settings write it
std::optional<Role> role_from_word(std::string_view);  // nothing for any other word

struct Viewer {
    Person person;
    Role role = Role::Reader;
    std::string session;              // hash of its token: names the session, does not open it
    bool has_second_factor = false;   // given in this session
    std::string language {};          // of the interface, BCP 47; empty: the site's
    int64_t unread = 0;               // on the bell, counted up to bell_count_max
};

constexpr int64_t bell_count_max = 100;

}  // namespace parley
