#include "actions/marks.h"

#include "actions/writing.h"

namespace parley {

Result<void> mark_comments(Database& database, Viewer const& viewer, std::span<ShownComment> comments, Time now)
{
    return database.read([&](Reader&) -> Result<void> {
        for (ShownComment& shown : comments) {
            shown.marks.is_own = shown.comment.author == viewer.person.id;
            shown.marks.may_edit = may_edit(viewer, shown.comment, now);
        }
        return {};
    });
}

}  // namespace parley
