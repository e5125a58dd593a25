#include "actions/marks.h"

#include "actions/writing.h"
#include "storage/following.h"
#include "storage/votes.h"

#include <algorithm>

namespace parley {

Result<void> mark_comments(Database& database, Viewer const& viewer, std::span<ShownComment> comments, Time now)
{
    std::vector<CommentId> ids;
    for (ShownComment const& shown : comments)
        ids.push_back(shown.comment.id);
    return database.read([&](Reader& reader) -> Result<void> {
        std::vector<Vote> votes = TRY(votes_of(reader, viewer.person.id, ids));
        for (size_t i = 0; i < ids.size(); ++i)
            comments[i].marks.vote = votes[i];
        std::vector<PersonId> muted = TRY(muted_by(reader, viewer.person.id));
        for (ShownComment& shown : comments) {
            shown.marks.is_own = shown.comment.author == viewer.person.id;
            shown.marks.is_muted = shown.comment.author && std::ranges::find(muted, *shown.comment.author) != muted.end();
            shown.marks.may_edit = may_edit(viewer, shown.comment, now);
        }
        return {};
    });
}

}  // namespace parley
