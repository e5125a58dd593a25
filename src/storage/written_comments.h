// Who wrote what in answer to whom: a discussion's visible comments with as much of each as its measures and the export of
// its votes need.
#pragma once

#include "base/time.h"
#include "domain/ids.h"
#include "storage/database.h"

#include <optional>
#include <string>
#include <vector>

namespace parley {

struct WrittenComment {
    CommentId id;
    std::optional<PersonId> author;
    std::optional<PersonId> replied_to;  // the author of the comment above
    Time created_at;
    std::string html;
};
Result<std::vector<WrittenComment>> written_comments_of(Reader&, StoryId);  // by id

}  // namespace parley
