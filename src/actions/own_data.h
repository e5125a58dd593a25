// Everything that is kept about a reader, for that reader (GDPR articles 15 and 20): one list of records, from which both
// forms are written. Secrets are left out (hashes of passwords and tokens), and what others wrote is theirs.
//
//     {"kind":"account","handle":"odile",…}       one a line: account, former_handle, identity, session, comment, vote, note, note_rating,
//     {"kind":"comment","url":"…","text":"…",…}   follow, mute, notification, letter
#pragma once

#include "domain/site.h"
#include "domain/viewer.h"
#include "storage/database.h"

#include <string>
#include <utility>
#include <vector>

namespace parley {

struct OwnRecord {
    std::string kind;
    std::vector<std::pair<std::string, std::string>> fields;  // in order; values as they are read
};

// Reads in pieces, each of one moment.
Result<std::vector<OwnRecord>> read_own_data(Database&, Site const&, Viewer const&);

std::string own_data_lines(std::vector<OwnRecord> const&);  // JSON Lines

}  // namespace parley
