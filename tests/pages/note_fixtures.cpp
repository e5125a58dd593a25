#include "fixtures.h"

namespace parley::fixtures {
namespace {

Time at(std::string_view text) { return parse_time(text).value(); }

Person person_named(int64_t id, std::string handle, std::string name)
{
    return { { id }, { 1 }, std::move(handle), std::move(name), Membership::Member, at("2024-02-01T09:00:00Z") };
}

SignedNote note_on(StoryId story, int64_t sequence, std::optional<CommentId> comment)
{
    SignedNote signed_note { { .id = note_id(story, sequence), .story = story, .comment = comment, .author = { 2 }, .kind = NoteKind::Correction,
                                 .text = "The money was moved in January, not in February: page 61 of the paper, line 4.",
                                 .sources = { "https://www.harrow-council.example/papers/2026/january.pdf", "https://archive.example/works?year=2026" },
                                 .created_at = at("2026-03-04T10:00:00Z") },
        person_named(2, "tomas.v", "Tomás Viera") };
    return signed_note;
}

void show(Note& note)
{
    note.verdict.status = ranking::NoteStatus::Shown;
    note.verdict.lack = ranking::NoteLack::Nothing;
    note.verdict.met_at = at("2026-03-04T12:00:00Z");
    note.verdict.evidence = { { ranking::RatingCount { 14, 1, 1 }, ranking::RatingCount { 9, 0, 2 } }, { 3, 0, 1 }, 0.55, -0.08, { 0.75, 0.63 } };
}

}  // namespace

StoryPage bridge_with_notes()
{
    StoryPage page = bridge();
    ShownComment& about = page.comments.comments.at(8);
    SignedNote on_comment = note_on(page.story.id, 1, about.comment.id);
    show(on_comment.note);
    on_comment.answer = NoteAnswer { { 8 }, "We have corrected the table.\nThe desk", at("2026-03-04T14:00:00Z") };
    on_comment.answerer = person_named(8, "desk", "Ines Calloway");
    about.notes.push_back(on_comment);

    std::string const text = plain_text_of_body(page.story.body);
    std::string_view words = "names no date";
    size_t begin = text.find(words);
    SignedNote on_words = note_on(page.story.id, 2, {});
    on_words.note.passage = quote_passage(text, begin, begin + words.size(), page.story.id, {});
    on_words.note.kind = NoteKind::MissingSource;
    on_words.note.text = "The paper can be read here. Item 7 speaks of “a date to be agreed”.";
    on_words.note.sources = { "https://www.harrow-council.example/papers/2026/january.pdf#page=7" };
    show(on_words.note);
    page.notes.push_back({ on_words, begin, begin + words.size() });
    return page;
}

NoteListPage notes()
{
    StoryPage const page = bridge();
    NoteListPage list { .story = page.story };
    ShownComment const about = page.comments.comments.at(8);
    auto with = [&](int64_t sequence, ranking::NoteStatus status, ranking::NoteLack lack, int64_t one, int64_t other) -> Note& {
        list.notes.push_back({ note_on(page.story.id, sequence, about.comment.id), about });
        Note& note = list.notes.back().note.note;
        note.verdict.status = status;
        note.verdict.lack = lack;
        note.verdict.evidence.sides = { ranking::RatingCount { one, 0, 1 }, ranking::RatingCount { other, 0, 0 } };
        return note;
    };
    with(9, ranking::NoteStatus::NeedsRatings, ranking::NoteLack::Ratings, 7, 3);
    with(8, ranking::NoteStatus::Waiting, ranking::NoteLack::Time, 7, 6).verdict.met_at = at("2026-03-04T12:00:00Z");
    with(7, ranking::NoteStatus::NeedsRatings, ranking::NoteLack::OneSide, 7, 6);
    with(6, ranking::NoteStatus::NeedsRatings, ranking::NoteLack::Agreement, 7, 6).kind = NoteKind::Context;
    with(5, ranking::NoteStatus::NeedsRatings, ranking::NoteLack::Slant, 7, 6);
    with(4, ranking::NoteStatus::NeedsRatings, ranking::NoteLack::Independence, 7, 6);
    list.notes[1].rating = NoteRating {};
    list.notes[2].is_own = true;
    list.next = note_id(page.story.id, 4);
    return list;
}

NotePage note()
{
    StoryPage const page = bridge_with_notes();
    ShownComment about = page.comments.comments.at(8);
    SignedNote note = about.notes.front();
    about.notes.clear();
    note.note.version = 2;
    note.note.edited_at = at("2026-03-04T10:30:00Z");
    NotePage shown { page.story, { note, about, false, NoteRating { Helpfulness::Somewhat, { NoteReason::GoodSource, NoteReason::Opinion } } }, {}, {}, { 12, 8, 0, 1, 0, 0, 2, 0 } };
    shown.earlier.push_back({ 1, NoteKind::Correction, "It was January.", { "https://archive.example/works?year=2026" }, at("2026-03-04T10:00:00Z") });
    shown.changes.push_back({ 2, ranking::NoteStatus::Waiting, at("2026-03-04T12:00:00Z"), { { 12, 14 }, { 6, 7 } } });
    shown.changes.push_back({ 2, ranking::NoteStatus::Shown, at("2026-03-04T12:30:00Z"), { { 12, 14 }, { 7, 9 } } });
    return shown;
}

NotePage hostile_note()
{
    std::string const evil = "</p><script>alert(1)</script>\"'><img src=x onerror=alert(1)> {{text}} {{{note_html}}} \u202Eback";
    StoryPage const page = hostile();
    SignedNote note = note_on(page.story.id, 1, {});
    note.author.name = evil;
    note.note.text = evil;
    note.note.passage = Quote { .exact = evil, .story = page.story.id };
    note.note.sources = { "https://evil.example/?\"><script>alert(1)</script>", "https://xn--80ak6aa92e.example/" };
    note.answer = NoteAnswer { { 8 }, evil, at("2026-03-04T14:00:00Z") };
    note.answerer = person_named(8, "desk", evil);
    NotePage shown { page.story, { note }, {}, {}, std::vector<int64_t>(8, 1) };
    shown.earlier.push_back({ 1, NoteKind::Context, evil, { evil }, at("2026-03-04T10:00:00Z") });
    return shown;
}

}  // namespace parley::fixtures
