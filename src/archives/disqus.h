// Reads a Disqus export (disqus.com/api/schemas/1.0/disqus.xsd): categories, threads, then posts, flat.
// Deleted and spam posts are in the file; votes, edits and what waits for a moderator are not.
//
//   thread   -> StoryRecord  source_id is its dsq:id; the title, escaped twice in the file, is plain text here
//   post     -> CommentRecord  source_id is its dsq:id, else its inner <id>; the text is HTML as Disqus wrote it
//   author   -> the username is the account; a guest has a typed name only; e-mail where an old export has it
//
// Memory is constant in the size of the file.
#pragma once

#include "archives/input.h"
#include "archives/record.h"
#include "archives/zone.h"

namespace parley::archives {

// Gives every complete record to `sink`, in the order of the file. Invalid when the file is no Disqus export, or
// holds a document type declaration (detail "dtd_forbidden"); the sink's own error otherwise.
// A file that breaks off or is ill-formed is no error: broken_at says where, and what was complete was given.
Result<ReadSummary> read_disqus(ByteSource&, RecordSink& sink, Zone const& zone_of_bare_dates = {});

}  // namespace parley::archives
