#include "storage/notes.h"

#include "storage/note_rows.h"

#include <limits>

namespace parley {
namespace {

using ranking::NoteStatus;
using ranking::NoteVerdict;

std::pair<NoteStatus, NoteStatus> statuses_of(NoteList list)
{
    switch (list) {
    case NoteList::NeedRatings: return { NoteStatus::NeedsRatings, NoteStatus::Waiting };
    case NoteList::Shown: return { NoteStatus::Shown, NoteStatus::Shown };
    case NoteList::NotHelpful: return { NoteStatus::NotHelpful, NoteStatus::NotHelpful };
    }
    CHECK(!"a list of notes without a status");
}

}  // namespace

std::string joined_sources(std::span<std::string const> sources)
{
    std::string joined;
    for (std::string const& source : sources)
        joined.append(joined.empty() ? "" : "\n").append(source);
    return joined;
}

std::vector<std::string> divided_sources(std::string_view joined)
{
    std::vector<std::string> sources;
    while (!joined.empty()) {
        size_t end = std::min(joined.find('\n'), joined.size());
        sources.emplace_back(joined.substr(0, end));
        joined.remove_prefix(std::min(end + 1, joined.size()));
    }
    return sources;
}

Result<NoteId> insert_note(Transaction& transaction, Note const& note, std::optional<Time> judge_at)
{
    static constexpr Sql newest { "select coalesce(max(id), $1) from note where id > $1 and id < $2" };
    static constexpr Sql insert {
        "insert into note (id, story_id, comment_id, person_id, kind, state, version, created_at, edited_at, status, lack, met_at, judged_at, judge_at,"
        " a_helpful, a_somewhat, a_not, b_helpful, b_somewhat, b_not, u_helpful, u_somewhat, u_not, intercept, factor, a_bound, b_bound,"
        " exact, prefix, suffix, position, sources, text)"
        " values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27,"
        " $28, $29, $30, $31, $32, $33)"
    };
    int64_t first = note_id(note.story, 0).value, end = note_id({ note.story.value + 1 }, 0).value;
    int64_t last = TRY(find_one(transaction, newest, { first, end }, [](Row const& row) { return row.integer(0); })).value_or(first);
    if (last + 1 == end)
        return Error::refused({});
    NoteVerdict const& verdict = note.verdict;
    auto const& [a, b] = verdict.evidence.sides;
    ranking::RatingCount const& unknown = verdict.evidence.without_side;
    Quote const passage = note.passage.value_or(Quote {});
    std::string sources = joined_sources(note.sources);
    TRY(transaction.send(insert,
        { last + 1, note.story.value, id_or_null(note.comment), note.author.value, number_of(note.kind), number_of(note.state), note.version,
            note.created_at.milliseconds, time_or_null(note.edited_at), number_of(verdict.status), number_of(verdict.lack), time_or_null(verdict.met_at),
            time_or_null(note.judged_at), time_or_null(judge_at), a.helpful, a.somewhat, a.not_helpful, b.helpful, b.somewhat, b.not_helpful,
            unknown.helpful, unknown.somewhat, unknown.not_helpful, verdict.evidence.intercept, verdict.evidence.factor, verdict.evidence.bounds[0],
            verdict.evidence.bounds[1], passage.exact, passage.prefix, passage.suffix, passage.position, sources, note.text }));
    return NoteId { last + 1 };
}

Result<SignedNote> find_note(Reader& reader, NoteId id)
{
    static constexpr Sql find { SIGNED_NOTE "where note.id = $1" };
    std::optional<SignedNote> found = TRY(find_one(reader, find, { id.value }, read_signed_note));
    return found ? Result<SignedNote>(std::move(*found)) : Result<SignedNote>(Error::not_found({}));
}

Result<std::vector<std::vector<SignedNote>>> shown_notes_of(Reader& reader, std::span<CommentId const> comments, size_t limit_each)
{
    static constexpr Sql list { SIGNED_NOTE "where note.comment_id = $1 and note.state = 0 and note.status = 2 order by note.intercept desc, note.id" };
    std::vector<Value> arguments;
    for (CommentId comment : comments)
        arguments.push_back(comment.value);
    std::vector<std::vector<SignedNote>> notes(comments.size());
    TRY(reader.query_many(list, arguments, 1, [&](size_t index, Row const& row) -> Result<void> {
        if (notes[index].size() < limit_each)
            notes[index].push_back(read_signed_note(row));
        return {};
    }));
    return notes;
}

Result<std::vector<SignedNote>> shown_notes_of_story(Reader& reader, StoryId story, int limit)
{
    static constexpr Sql list {
        SIGNED_NOTE "where note.story_id = $1 and note.comment_id is null and note.state = 0 and note.status = 2 order by note.id limit $2"
    };
    return find_all(reader, list, { story.value, limit }, read_signed_note);
}

Result<std::vector<SignedNote>> notes_of_story(Reader& reader, StoryId story, NoteList which, std::optional<NoteId> before, int limit)
{
    static constexpr Sql list {
        SIGNED_NOTE "where note.story_id = $1 and note.state = 0 and note.status between $2 and $3 and note.id < $4 order by note.id desc limit $5"
    };
    auto [first, last] = statuses_of(which);
    int64_t below = before ? before->value : std::numeric_limits<int64_t>::max();
    return find_all(reader, list, { story.value, number_of(first), number_of(last), below, limit }, read_signed_note);
}

Result<int64_t> count_notes_by(Reader& reader, PersonId person, StoryId story, int64_t most)
{
    static constexpr Sql count {
        "select count(*) from (select 1 from note where person_id = $1 and id > $2 and id < $3 and state = 0 limit $4) as counted"
    };
    int64_t first = note_id(story, 0).value, end = note_id({ story.value + 1 }, 0).value;
    return TRY(find_one(reader, count, { person.value, first, end, most }, [](Row const& row) { return row.integer(0); })).value_or(0);
}

Result<void> reword_note(Transaction& transaction, Note const& before, NoteKind kind, std::string_view text, std::span<std::string const> sources, Time now)
{
    static constexpr Sql keep { "insert into note_wording (note_id, version, kind, text, sources, at) values ($1, $2, $3, $4, $5, $6)" };
    static constexpr Sql change {
        "update note set kind = $2, text = $3, sources = $4, edited_at = $5, version = version + 1, status = 0, lack = 1, met_at = null,"
        " judged_at = null, judge_at = null, a_helpful = 0, a_somewhat = 0, a_not = 0, b_helpful = 0, b_somewhat = 0, b_not = 0,"
        " u_helpful = 0, u_somewhat = 0, u_not = 0, intercept = 0, factor = 0, a_bound = 0, b_bound = 0 where id = $1"
    };
    static constexpr Sql uncount {
        "update note_rater set ratings = ratings - 1 where person_id in (select person_id from note_rating where note_id = $1)"
    };
    static constexpr Sql forget { "delete from note_rating where note_id = $1" };
    std::string old_sources = joined_sources(before.sources), fresh_sources = joined_sources(sources);
    Time written_at = before.edited_at.value_or(before.created_at);
    TRY(transaction.send(keep, { before.id.value, before.version, number_of(before.kind), before.text, old_sources, written_at.milliseconds }));
    TRY(transaction.send(uncount, { before.id.value }));
    TRY(transaction.send(forget, { before.id.value }));
    return transaction.send(change, { before.id.value, number_of(kind), text, fresh_sources, now.milliseconds });
}

Result<void> withdraw_note(Transaction& transaction, NoteId id)
{
    static constexpr Sql withdraw { "update note set state = 1, judge_at = null where id = $1" };
    return transaction.send(withdraw, { id.value });
}

Result<std::vector<NoteWording>> wordings_of_note(Reader& reader, NoteId id)
{
    static constexpr Sql list { "select version, kind, text, sources, at from note_wording where note_id = $1 order by version" };
    return find_all(reader, list, { id.value }, [](Row const& row) -> NoteWording {
        return { static_cast<int>(row.integer(0)), enum_at<NoteKind>(row, 1), text_at(row, 2), divided_sources(row.text(3)), time_at(row, 4) };
    });
}

Result<void> put_note_answer(Transaction& transaction, NoteId id, NoteAnswer const& answer)
{
    static constexpr Sql put {
        "insert into note_answer (note_id, person_id, text, at) values ($1, $2, $3, $4)"
        " on conflict (note_id) do update set person_id = $2, text = $3, at = $4"
    };
    static constexpr Sql remove { "delete from note_answer where note_id = $1" };
    if (answer.text.empty())
        return transaction.send(remove, { id.value });
    return transaction.send(put, { id.value, answer.person.value, answer.text, answer.at.milliseconds });
}

Result<std::vector<DueNote>> due_notes(Reader& reader, Time now, int limit)
{
    static constexpr Sql list { "select id, judge_at from note where judge_at is not null and judge_at <= $1 order by judge_at, id limit $2" };
    return find_all(reader, list, { now.milliseconds, limit }, [](Row const& row) { return DueNote { id_at<NoteId>(row, 0), time_at(row, 1) }; });
}

Result<void> judge_note_at(Transaction& transaction, NoteId id, Time at)
{
    static constexpr Sql set { "update note set judge_at = $2 where id = $1 and state = 0" };
    return transaction.send(set, { id.value, at.milliseconds });
}

Result<bool> put_verdict(Transaction& transaction, DueNote const& due, int version, NoteStatus before, NoteVerdict const& verdict, std::optional<Time> judge_at, Time now)
{
    static constexpr Sql put {
        "update note set status = $4, lack = $5, met_at = $6, judged_at = $7, judge_at = $8, a_helpful = $9, a_somewhat = $10, a_not = $11,"
        " b_helpful = $12, b_somewhat = $13, b_not = $14, u_helpful = $15, u_somewhat = $16, u_not = $17, intercept = $18, factor = $19,"
        " a_bound = $20, b_bound = $21 where id = $1 and judge_at = $2 and version = $3 and state = 0"
    };
    static constexpr Sql remember {
        "insert into note_status (note_id, number, version, status, at, a_helpful, a_all, b_helpful, b_all)"
        " values ($1, (select coalesce(max(number), 0) + 1 from note_status where note_id = $1), $2, $3, $4, $5, $6, $7, $8)"
    };
    auto const& [a, b] = verdict.evidence.sides;
    ranking::RatingCount const& unknown = verdict.evidence.without_side;
    int64_t changed = TRY(transaction.execute(put,
        { due.note.value, due.judge_at.milliseconds, version, number_of(verdict.status), number_of(verdict.lack), time_or_null(verdict.met_at),
            now.milliseconds, time_or_null(judge_at), a.helpful, a.somewhat, a.not_helpful, b.helpful, b.somewhat, b.not_helpful, unknown.helpful,
            unknown.somewhat, unknown.not_helpful, verdict.evidence.intercept, verdict.evidence.factor, verdict.evidence.bounds[0], verdict.evidence.bounds[1] }));
    if (changed == 0)
        return false;
    if (verdict.status != before)
        TRY(transaction.send(remember,
            { due.note.value, version, number_of(verdict.status), now.milliseconds, a.helpful, a.all(), b.helpful, b.all() }));
    return true;
}

Result<std::vector<NoteStatusChange>> status_changes_of(Reader& reader, NoteId id)
{
    static constexpr Sql list { "select version, status, at, a_helpful, a_all, b_helpful, b_all from note_status where note_id = $1 order by number" };
    return find_all(reader, list, { id.value }, [](Row const& row) -> NoteStatusChange {
        return { static_cast<int>(row.integer(0)), enum_at<NoteStatus>(row, 1), time_at(row, 2),
            { { row.integer(3), row.integer(4) }, { row.integer(5), row.integer(6) } } };
    });
}

Result<std::vector<Note>> notes_by(Reader& reader, PersonId person, NoteId behind, int limit)
{
    static constexpr Sql list { "select " NOTE_COLUMNS " from note where note.person_id = $1 and note.id > $2 order by note.id limit $3" };
    return find_all(reader, list, { person.value, behind.value, limit }, read_note);
}

Result<void> erase_note(Transaction& transaction, NoteId id)
{
    static constexpr Sql words { "update note set state = 1, judge_at = null, text = '', sources = '' where id = $1" };
    static constexpr Sql wordings { "delete from note_wording where note_id = $1" };
    TRY(transaction.send(words, { id.value }));
    return transaction.send(wordings, { id.value });
}

Result<void> move_note(Transaction& transaction, NoteId id, PersonId into)
{
    static constexpr Sql move { "update note set person_id = $2 where id = $1" };
    return transaction.send(move, { id.value, into.value });
}

}  // namespace parley
