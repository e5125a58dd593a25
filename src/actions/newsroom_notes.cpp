#include "actions/newsroom_notes.h"

#include "storage/note_ratings.h"
#include "storage/notes.h"
#include "storage/people.h"
#include "storage/votes.h"

#include <fmt/format.h>

#include <algorithm>

namespace parley {
namespace {

constexpr int64_t minute_ms = 60'000;
constexpr double place_of_side[] { -0.4, 0.4 };

class NoteWriter {
public:
    NoteWriter(Transaction& transaction, Story const& story, ScriptedStory const& script, std::string_view file, std::span<Comment const> comments, Time now)
        : transaction_(transaction), story_(story), script_(script), file_(file), comments_(comments), now_(now)
    {
    }

    Result<int64_t> write()
    {
        for (size_t side : { 0u, 1u })
            TRY(make_readers(side));
        for (ScriptedNote const& note : script_.notes)
            TRY(write_note(note));
        return people_made_;
    }

private:
    Result<PersonId> person_named(std::string const& name, Time joined_at)
    {
        std::string const handle = handle_from_name(name);
        if (std::optional<Person> const known = TRY(find_person_by_handle(transaction_, story_.site, handle)))
            return known->id;
        ++people_made_;
        return TRY(insert_person(transaction_, { {}, story_.site, handle, name, Membership::Member, joined_at })).id;
    }

    // Readers of one side agree with what is theirs and disagree with what is the others', but for one comment each.
    Result<void> make_readers(size_t side)
    {
        int most = 0;
        for (ScriptedNote const& note : script_.notes)
            most = std::max(most, note.sides[side].all);
        for (int i = 0; i < most; ++i) {
            std::string const name = fmt::format("Subscriber {}", 4001 + 2 * i + static_cast<int>(side));
            PersonId const reader = TRY(person_named(name, story_.published_at));
            readers_[side].push_back(reader);
            for (size_t of : { 0u, 1u }) {
                std::vector<size_t> const& theirs = script_.sides[of];
                for (size_t place = 0; place < theirs.size(); ++place) {
                    bool const is_other_way = place == static_cast<size_t>(i) % 8;
                    bool const agrees = (of == side) != is_other_way;
                    Comment const& comment = comments_[theirs[place]];
                    Time const at = std::min(now_, comment.created_at.plus_milliseconds((37 * (i + 1) + 11 * static_cast<int64_t>(place)) * minute_ms));
                    TRY(put_vote(transaction_, comment.id, reader, { agrees ? Stance::Agree : Stance::Disagree, agrees }, at));
                }
            }
        }
        return {};
    }

    Result<Note> draft(ScriptedNote const& scripted, Time at)
    {
        Note note { .id = {}, .story = story_.id, .author = TRY(person_named(scripted.author, at)), .kind = scripted.kind, .text = scripted.text,
            .sources = scripted.sources, .created_at = at };
        if (scripted.comment) {
            note.comment = comments_[*scripted.comment].id;
            return note;
        }
        std::string const text = plain_text_of_body(story_.body);
        size_t const begin = text.find(scripted.words);
        if (begin == std::string::npos)
            return Error::invalid(fmt::format("{}:{}: the words '{}' do not stand in the story", file_, scripted.line, scripted.words));
        note.passage = quote_passage(text, begin, begin + scripted.words.size(), story_.id, {});
        return note;
    }

    // As the worker would have judged it when the last rating was in, and half an hour later.
    Result<void> write_note(ScriptedNote const& scripted)
    {
        Time const at = story_.published_at.plus_milliseconds(scripted.after_publication);
        Note note = TRY(draft(scripted, at));
        note.id = TRY(insert_note(transaction_, note));
        std::vector<ranking::SidedRating> ratings;
        Time last = at;
        for (size_t side : { 0u, 1u })
            for (int i = 0; i < scripted.sides[side].all; ++i) {
                bool const is_helpful = i < scripted.sides[side].helpful;
                NoteRating const rating = rating_of(is_helpful ? Helpfulness::Helpful : Helpfulness::NotHelpful,
                    std::vector { is_helpful ? (i % 2 ? NoteReason::GoodSource : NoteReason::AddressesIt) : NoteReason::SourceMissing });
                last = std::min(now_, at.plus_milliseconds((23 * (i + 1) + 7 * static_cast<int64_t>(side)) * minute_ms));
                TRY(put_rating(transaction_, note.id, readers_[side][static_cast<size_t>(i)], rating, last));
                ratings.push_back({ .helpful = rating_value(rating.helpfulness), .side = static_cast<int>(side), .factor = place_of_side[side] });
            }
        TRY(judge(note, ratings, last));
        TRY(judge(note, ratings, last.plus_milliseconds(ranking::note_hold_ms)));
        TRY(judge_note_at(transaction_, note.id, now_.plus_milliseconds(ranking::note_hold_ms)));  // when the ranking has found the sides
        if (!scripted.answer.empty())
            TRY(put_note_answer(transaction_, note.id, { TRY(person_named(scripted.answerer, at)), scripted.answer, last }));
        return {};
    }

    Result<void> judge(Note& note, std::vector<ranking::SidedRating> const& ratings, Time at)
    {
        ranking::NoteStatus const before = note.verdict.status;
        note.verdict = ranking::judge_note(ratings, note.verdict, at);
        TRY(judge_note_at(transaction_, note.id, at));
        TRY(put_verdict(transaction_, { note.id, at }, note.version, before, note.verdict, {}, at));
        return {};
    }

    Transaction& transaction_;
    Story const& story_;
    ScriptedStory const& script_;
    std::string_view file_;
    std::span<Comment const> comments_;
    Time now_;
    std::vector<PersonId> readers_[2];
    int64_t people_made_ = 0;
};

}  // namespace

Result<int64_t> write_newsroom_notes(Transaction& transaction, Story const& story, ScriptedStory const& script, std::string_view file, std::span<Comment const> comments, Time now)
{
    return NoteWriter(transaction, story, script, file, comments, now).write();
}

}  // namespace parley
