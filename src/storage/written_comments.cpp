#include "storage/written_comments.h"

#include "domain/comment.h"
#include "storage/row_reading.h"

#include <algorithm>

namespace parley {

Result<std::vector<WrittenComment>> written_comments_of(Reader& reader, StoryId story)
{
    // In the order of the primary key; one walk of one discussion.
    static constexpr Sql list {
        "select comment.id, comment.person_id, above.person_id, comment.created_at, comment.html from comment"
        " left join comment above on above.id = comment.parent_id where comment.story_id = $1 and comment.state = $2"
    };
    auto found = TRY(find_all(reader, list, { story.value, number_of(CommentState::Visible) }, [](Row const& row) -> WrittenComment {
        return { id_at<CommentId>(row, 0), optional_id_at<PersonId>(row, 1), optional_id_at<PersonId>(row, 2), time_at(row, 3), text_at(row, 4) };
    }));
    std::ranges::sort(found, {}, &WrittenComment::id);
    return found;
}

}  // namespace parley
