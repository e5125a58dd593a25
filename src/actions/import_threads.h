// The last and longest part of an import: the comments, thread by thread (see import_apply.h).
#pragma once

#include "actions/import_resolve.h"
#include "domain/comment.h"

#include <functional>

namespace parley {

CommentState comment_state(archives::RecordState);

// `people` are ids by number.
Result<void> write_threads(ImportPlace const&, Staging const&, ImportPlan const&, std::span<PersonId const> people, ImportReport&,
    std::function<void(uint64_t done)> const& on_progress);

}  // namespace parley
