// The votes of a discussion in the open format of Polis (github.com/compdemocracy/openData), for research. Pseudonymous: a
// person is a number made of the export's own random key and of nothing that anybody has outside it; no names, no handles.
// Files of one key fit together, those of another cannot be joined with them.
#pragma once

#include "base/result.h"
#include "domain/ids.h"
#include "storage/database.h"

#include <optional>
#include <string>
#include <string_view>

namespace parley {

enum class VoteExportFile { Summary, Comments, Votes, ParticipantsVotes };
std::optional<VoteExportFile> vote_export_file(std::string_view name);  // "participants-votes.csv"

// A key for one export: 128 random bits. Keep it to yourself: who has it and the database knows who is who.
std::string new_export_key();

// NotFound: no such story. Votes are stances; who gave none on any visible comment is not there.
Result<std::string> export_votes(Database&, SiteId, StoryId, VoteExportFile, std::string_view key, std::string_view story_url);

}  // namespace parley
