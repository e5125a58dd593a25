#include "actions/visits.h"

#include "actions/stories.h"
#include "storage/visits.h"

#include <algorithm>

namespace parley {

Result<Unread> unread_in(Database& database, Viewer const& viewer, StoryId story, Time now)
{
    return database.read([&](Reader& reader) -> Result<Unread> {
        Unread unread { .read_at = now };
        std::optional<Time> behind = new_behind(TRY(find_visit(reader, viewer.person.id, story)), now);
        if (behind)
            unread.comments = TRY(newest_comments_behind(reader, story, *behind, viewer.person.id, unread_max));
        return unread;
    });
}

void mark_unread(Unread const& unread, std::span<ShownComment> comments)
{
    for (ShownComment& shown : comments) {
        auto found = std::ranges::lower_bound(unread.comments, shown.comment.id.value, {}, &CommentId::value);
        if (found == unread.comments.end() || *found != shown.comment.id)
            continue;
        shown.marks.is_new = true;
        if (++found != unread.comments.end())
            shown.marks.next_new = *found;
    }
}

Result<void> see_story(Database& database, Site const& site, Viewer const& viewer, StoryId story, Seen seen, Time until, Time now)
{
    return database.write([&](Transaction& transaction) -> Result<void> {
        TRY(find_readable_story(transaction, site.id, story));
        std::optional<Visit> before = TRY(find_visit(transaction, viewer.person.id, story));
        Visit visit = seen == Seen::ReadAll ? read_all(until, now) : looked_again(before, until, now);
        return put_visit(transaction, viewer.person.id, story, visit);
    });
}

}  // namespace parley
