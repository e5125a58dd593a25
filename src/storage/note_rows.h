// The columns of a note as every query of this room selects them, and how they are read.
#pragma once

#include "domain/note.h"
#include "storage/row_reading.h"

namespace parley {

#define NOTE_COLUMNS                                                                                                   \
    "note.id, note.story_id, note.comment_id, note.person_id, note.kind, note.state, note.version, note.created_at,"   \
    " note.edited_at, note.status, note.lack, note.met_at, note.judged_at, note.a_helpful, note.a_somewhat,"           \
    " note.a_not, note.b_helpful, note.b_somewhat, note.b_not, note.u_helpful, note.u_somewhat, note.u_not,"           \
    " note.intercept, note.factor, note.a_bound, note.b_bound, note.exact, note.prefix, note.suffix, note.position,"   \
    " note.sources, note.text"
constexpr int note_columns = 32;

#define PERSON_COLUMNS_OF(name) name ".id, " name ".site_id, " name ".handle, " name ".name, " name ".membership, " name ".joined_at"
constexpr int person_columns = 6;

// Behind the columns of a note: who wrote it, the answer, and who answered.
#define SIGNED_NOTE                                                                                                    \
    "select " NOTE_COLUMNS ", " PERSON_COLUMNS_OF("author") ", note_answer.person_id, note_answer.text, note_answer.at, "  \
    PERSON_COLUMNS_OF("answerer") " from note join person author on author.id = note.person_id"                        \
    " left join note_answer on note_answer.note_id = note.id left join person answerer on answerer.id = note_answer.person_id "

std::string joined_sources(std::span<std::string const>);
std::vector<std::string> divided_sources(std::string_view joined);

inline ranking::RatingCount side_count_at(Row const& row, int column) { return { row.integer(column), row.integer(column + 1), row.integer(column + 2) }; }

inline Note read_note(Row const& row)
{
    Note note { .id = id_at<NoteId>(row, 0), .story = id_at<StoryId>(row, 1), .comment = optional_id_at<CommentId>(row, 2),
        .author = id_at<PersonId>(row, 3), .kind = enum_at<NoteKind>(row, 4), .text = text_at(row, 31), .sources = divided_sources(row.text(30)),
        .version = static_cast<int>(row.integer(6)), .created_at = time_at(row, 7), .edited_at = optional_time_at(row, 8),
        .state = enum_at<NoteState>(row, 5), .judged_at = optional_time_at(row, 12) };
    note.verdict = { enum_at<ranking::NoteStatus>(row, 9), enum_at<ranking::NoteLack>(row, 10), optional_time_at(row, 11),
        { { side_count_at(row, 13), side_count_at(row, 16) }, side_count_at(row, 19), row.real(22), row.real(23), { row.real(24), row.real(25) } } };
    if (!note.comment)
        note.passage = Quote { text_at(row, 26), text_at(row, 27), text_at(row, 28), note.story, {}, row.integer(29) };
    return note;
}

inline Person read_person_at(Row const& row, int column)
{
    return { id_at<PersonId>(row, column), id_at<SiteId>(row, column + 1), text_at(row, column + 2), text_at(row, column + 3),
        enum_at<Membership>(row, column + 4), time_at(row, column + 5) };
}

inline SignedNote read_signed_note(Row const& row)
{
    constexpr int answer = note_columns + person_columns;
    SignedNote read { read_note(row), read_person_at(row, note_columns) };
    if (!row.is_null(answer)) {
        read.answer = NoteAnswer { id_at<PersonId>(row, answer), text_at(row, answer + 1), time_at(row, answer + 2) };
        read.answerer = read_person_at(row, answer + 3);
    }
    return read;
}

}  // namespace parley
