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

// The second factor of staff: a code of their authenticator app, beside password, link or token.
enum class SecondFactor {
    NotAsked,  // a reader, or staff without an app where none is required
    Given,     // in this session
    Awaited,   // they have an app and gave no code yet: a reader until they do
    Missing,   // one is required here and they have none: a reader until they set one up
};
enum class SecondFactorRule { Offered, Required };  // to staff
SecondFactor second_factor_of(Role held, bool has_app, bool is_given, SecondFactorRule);

struct Viewer {
    Person person;
    Role role = Role::Reader;         // what they may do here and now
    Role held_role = Role::Reader;    // what they may when the second factor is given
    SecondFactor second_factor = SecondFactor::NotAsked;
    std::string session;              // hash of its token: names the session, does not open it
    std::string language {};          // of the interface, BCP 47; empty: the site's
    int64_t unread = 0;               // on the bell, counted up to bell_count_max
};

constexpr int64_t bell_count_max = 100;

}  // namespace parley
