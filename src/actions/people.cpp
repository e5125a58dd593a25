#include "actions/people.h"

#include "actions/bookmark.h"
#include "render/words.h"
#include "storage/people.h"

namespace parley {

Result<PersonPage> read_person_page(Database& database, SiteId site, std::string_view handle, CursorView cursor)
{
    std::optional<PersonPlace> behind;
    if (cursor) {
        Bookmark bookmark = TRY(read_bookmark(*cursor, BookmarkList::CommentsOfPerson));
        behind = PersonPlace { { bookmark.key }, { bookmark.id } };
    }
    return database.read([&](Reader& reader) -> Result<PersonPage> {
        std::optional<Person> person = TRY(find_person_by_handle(reader, site, handle));
        if (!person)
            person = TRY(find_person_by_former_handle(reader, site, handle));
        if (!person || person->membership == Membership::Former)
            return Error::not_found(word("missing.person"));
        PersonPage page { std::move(*person) };
        page.comment_count = TRY(comment_count_of_person(reader, page.person.id));
        auto written = TRY(comments_of_person(reader, page.person.id, behind, comments_of_person_per_page + 1));
        if (written.size() > comments_of_person_per_page) {
            written.pop_back();
            Comment const& last = written.back().comment;
            page.next_cursor = write_bookmark(
                { BookmarkList::CommentsOfPerson, Direction::Behind, last.created_at.milliseconds, last.id.value });
        }
        std::vector<CommentWithAuthor> rows;
        for (PersonComment& entry : written)
            rows.push_back({ std::move(entry.comment), page.person });
        std::vector<ShownComment> shown = TRY(dress(reader, std::move(rows)));
        for (size_t index = 0; index < shown.size(); ++index) {
            shown[index].replies_left_out = shown[index].comment.reply_count;
            page.comments.push_back({ std::move(shown[index]), written[index].story, std::move(written[index].headline) });
        }
        return page;
    });
}

}  // namespace parley
