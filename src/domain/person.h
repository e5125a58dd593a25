// A person is a reader or a member of staff: one account on one site, known by a handle.
//
// People that an archive brought are unverified: they are shown under the name they had there, hold no
// password, and are never matched to a live account by name or e-mail alone.
#pragma once

#include "base/result.h"
#include "base/time.h"
#include "domain/ids.h"

#include <string>
#include <string_view>

namespace parley {

// Former: the account was closed and what told who it was is gone; words of theirs may stay, under nobody's name.
enum class Membership { Member = 0, Imported = 1, Former = 2 };

struct Person {
    PersonId id;
    SiteId site;
    std::string handle;  // unique on the site by handle_key(); stands in addresses: /p/{handle}
    std::string name;    // what is shown; plain text, need not be unique
    Membership membership = Membership::Member;
    Time joined_at;
};

// The form in which handles are compared: NFKC, case-folded, confusable letters mapped to one (UTS #39
// skeleton). Two handles with one key would be mistaken for each other.
std::string handle_key(std::string_view handle);

// A handle for a name that an archive has: white space becomes '-', characters that an address or a reader
// would stumble over (S-08: controls, bidi marks, invisible ones, / ? # % @) go; "reader" if nothing is left.
// At most 60 grapheme clusters.
std::string handle_from_name(std::string_view name);

// The name as it may be shown (S-08): NFC, no controls, no bidi overrides or marks, white space runs as one
// blank, at most 8 combining marks in a row, 60 grapheme clusters. May come out empty: then the person is nameless.
std::string presentable_name(std::string_view name);

}  // namespace parley
