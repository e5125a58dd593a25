// What of an archive the database knows already, from earlier runs or because readers discuss it there.
#pragma once

#include "actions/import_resolve.h"

namespace parley {

// For each story of the archive, by number.
Result<std::vector<KnownStory>> find_known_stories(ImportPlace const&, Staging const&);

// Whether any comment of this system was ever imported: if not, nobody need look for one.
Result<bool> has_comment_origins(ImportPlace const&);

// Sets `existing` of those that an earlier run brought, or began to bring.
Result<void> find_known_comments(ImportPlace const&, Staging const&, std::span<StagedComment>);

}  // namespace parley
