// What an import that is under way keeps about itself, so that a killed one can be finished: a claim on each
// story it has made and not yet filled. A claimed story is hidden; finishing it removes the claim. Claims lie in
// the table of origins, as a kind of their own.
#pragma once

#include "domain/ids.h"
#include "domain/story.h"
#include "domain/thread.h"
#include "storage/database.h"
#include "storage/origins.h"

#include <functional>
#include <vector>

namespace parley {

struct ImportClaim {
    StoryId story;
    int64_t reserved;     // sequence numbers 1 to this one belong to the import
    int64_t fingerprint;  // of how it numbers the thread
};

// Claims a story that was just inserted, or claims it anew. Nobody else gets its reserved numbers.
Result<void> claim_for_import(Transaction&, SiteId, std::string_view system, ImportClaim const&);
Result<void> each_import_claim(Reader&, SiteId, std::string_view system, std::function<void(ImportClaim const&)> const&);
// The thread is whole: what readers may see is set, the claim ends. Call recount_thread or set_thread_counts before.
Result<void> release_import_claim(Transaction&, SiteId, std::string_view system, StoryId, StoryState, ThreadState);

// Whether anything of this kind came from the system.
Result<bool> has_origins(Reader&, SiteId, OriginKind, std::string_view system);
// Where an origin leads from now on.
Result<void> move_origin(Transaction&, Origin const&);

// Sequence numbers of the comments that a thread has, any state, in order.
Result<std::vector<int64_t>> sequences_of_thread(Reader&, StoryId);

}  // namespace parley
