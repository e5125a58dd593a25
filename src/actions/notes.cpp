#include "actions/notes.h"

#include "actions/note_writing.h"
#include "actions/stories.h"
#include "storage/note_ratings.h"
#include "storage/notes.h"

#include <algorithm>

namespace parley {
namespace {

Result<NoteAbout> with_viewer(Reader& reader, SignedNote note, std::optional<ShownComment> comment, Viewer const* viewer)
{
    NoteAbout about { std::move(note), std::move(comment) };
    if (viewer) {
        about.is_own = about.note.note.author == viewer->person.id;
        about.rating = TRY(find_rating(reader, about.note.note.id, viewer->person.id));
    }
    return about;
}

}  // namespace

Result<void> add_notes(Reader& reader, std::vector<ShownComment>& comments)
{
    std::vector<CommentId> ids;
    for (ShownComment const& shown : comments)
        ids.push_back(shown.comment.id);
    auto notes = TRY(shown_notes_of(reader, ids, notes_under_a_comment_max));
    for (size_t i = 0; i < comments.size(); ++i)
        if (comments[i].comment.state == CommentState::Visible)
            comments[i].notes = std::move(notes[i]);
    return {};
}

std::vector<PassageNote> place_notes(std::string_view plain_text, std::vector<SignedNote> notes)
{
    std::vector<PassageNote> placed;
    for (SignedNote& note : notes)
        if (std::optional<Passage> passage = note.note.passage ? find_passage(plain_text, *note.note.passage) : std::nullopt)
            placed.push_back({ std::move(note), passage->begin, passage->end });
    std::ranges::stable_sort(placed, {}, &PassageNote::end);
    return placed;
}

Result<NoteListPage> read_notes(Database& database, Site const& site, StoryId id, NoteList list, std::optional<NoteId> before, Viewer const* viewer)
{
    return database.read([&](Reader& reader) -> Result<NoteListPage> {
        NoteListPage page { .story = TRY(find_readable_story(reader, site.id, id)), .list = list };
        auto notes = TRY(notes_of_story(reader, id, list, before, notes_per_page + 1));
        if (notes.size() > notes_per_page) {
            notes.pop_back();
            page.next = notes.back().note.id;
        }
        std::vector<CommentId> ids;
        for (SignedNote const& note : notes)
            if (note.note.comment)
                ids.push_back(*note.note.comment);
        std::vector<ShownComment> comments = TRY(dress(reader, TRY(find_comments(reader, ids))));
        for (SignedNote& note : notes) {
            auto about = std::ranges::find_if(comments, [&](ShownComment const& shown) { return shown.comment.id == note.note.comment; });
            bool is_readable = !note.note.comment || (about != comments.end() && about->comment.state == CommentState::Visible);
            if (!is_readable)
                continue;
            auto comment = note.note.comment ? std::optional(*about) : std::nullopt;
            page.notes.push_back(TRY(with_viewer(reader, std::move(note), std::move(comment), viewer)));
        }
        return page;
    });
}

Result<NotePage> read_note(Database& database, Site const& site, NoteId id, Viewer const* viewer)
{
    return database.read([&](Reader& reader) -> Result<NotePage> {
        ReadableNote found = TRY(find_readable_note(reader, site.id, id));
        std::optional<ShownComment> comment;
        if (found.comment) {
            std::vector<CommentWithAuthor> rows;
            rows.push_back(std::move(*found.comment));
            comment = std::move(TRY(dress(reader, std::move(rows))).front());
            comment->notes.clear();  // it stands by itself here
        }
        NotePage page { .story = std::move(found.story), .about = TRY(with_viewer(reader, std::move(found.note), std::move(comment), viewer)),
            .earlier = TRY(wordings_of_note(reader, id)), .changes = TRY(status_changes_of(reader, id)), .reasons = {} };
        ReasonCounts reasons = TRY(reason_counts_of(reader, id));
        page.reasons.assign(reasons.begin(), reasons.end());
        return page;
    });
}

}  // namespace parley
