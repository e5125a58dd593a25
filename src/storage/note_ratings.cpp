#include "storage/note_ratings.h"

#include "domain/account.h"
#include "storage/notes.h"
#include "storage/row_reading.h"

#include <algorithm>

namespace parley {
namespace {

NoteRating read_rating(Row const& row, int column) { return { enum_at<Helpfulness>(row, column), reasons_of_bits(row.integer(column + 1)) }; }

OwnRating read_own(Row const& row) { return { id_at<NoteId>(row, 0), read_rating(row, 1), time_at(row, 3) }; }

GivenRating read_given(Row const& row)
{
    return { id_at<NoteId>(row, 0), id_at<PersonId>(row, 1), enum_at<Helpfulness>(row, 2), time_at(row, 3) };
}

}  // namespace

Result<std::optional<NoteRating>> find_rating(Reader& reader, NoteId note, PersonId person)
{
    std::optional<OwnRating> found = TRY(own_rating(reader, note, person));
    return found ? std::optional(std::move(found->rating)) : std::nullopt;
}

Result<void> put_rating(Transaction& transaction, NoteId note, PersonId person, std::optional<NoteRating> const& rating, Time now)
{
    static constexpr Sql put {
        "insert into note_rating (note_id, person_id, helpfulness, reasons, at) values ($1, $2, $3, $4, $5)"
        " on conflict (note_id, person_id) do update set helpfulness = $3, reasons = $4, at = $5"
    };
    static constexpr Sql remove { "delete from note_rating where note_id = $1 and person_id = $2" };
    static constexpr Sql count {
        "insert into note_rater (person_id, ratings) values ($1, $2) on conflict (person_id) do update set ratings = note_rater.ratings + $2"
    };
    std::optional<NoteRating> before = TRY(find_rating(transaction, note, person));
    if (before == rating)
        return {};
    if (rating)
        TRY(transaction.send(put, { note.value, person.value, number_of(rating->helpfulness), bits_of(rating->reasons), now.milliseconds }));
    else
        TRY(transaction.send(remove, { note.value, person.value }));
    int more = static_cast<int>(rating.has_value()) - static_cast<int>(before.has_value());
    if (more != 0)
        TRY(transaction.send(count, { person.value, more }));
    return judge_note_at(transaction, note, now);
}

Result<std::vector<GivenRating>> ratings_of_note(Reader& reader, NoteId note)
{
    static constexpr Sql list {
        "select note_rating.note_id, note_rating.person_id, note_rating.helpfulness, note_rating.at from note_rating"
        " left join account on account.person_id = note_rating.person_id"
        " where note_rating.note_id = $1 and coalesce(account.role, 0) < $2 order by note_rating.person_id"
    };
    return find_all(reader, list, { note.value, number_of(Role::Author) }, read_given);
}

Result<std::vector<GivenRating>> recent_ratings_of(Reader& reader, std::span<PersonId const> people, int limit_each)
{
    static constexpr Sql list { "select note_id, person_id, helpfulness, at from note_rating where person_id = $1 order by at desc, note_id limit $2" };
    std::vector<Value> arguments;
    for (PersonId person : people)
        arguments.insert(arguments.end(), { person.value, limit_each });
    std::vector<GivenRating> ratings;
    TRY(reader.query_many(list, arguments, 2, [&](size_t, Row const& row) -> Result<void> {
        ratings.push_back(read_given(row));
        return {};
    }));
    return ratings;
}

Result<ReasonCounts> reason_counts_of(Reader& reader, NoteId note)
{
    static constexpr Sql list { "select reasons, count(*) from note_rating where note_id = $1 group by reasons" };
    ReasonCounts counts {};
    TRY(reader.query(list, { note.value }, [&](Row const& row) -> Result<void> {
        for (NoteReason reason : reasons_of_bits(row.integer(0)))
            counts[static_cast<size_t>(reason)] += row.integer(1);
        return {};
    }));
    return counts;
}

Result<std::vector<PersonId>> most_active_of(Reader& reader, std::span<PersonId const> people)
{
    static constexpr Sql count { "select count(*) from note_rater where ratings > 0" };
    static constexpr Sql first_of_the_rest { "select ratings from note_rater where ratings > 0 order by ratings desc limit 1 offset $1" };
    static constexpr Sql given { "select ratings from note_rater where person_id = $1" };
    constexpr int64_t one_in = 1'000;
    int64_t raters = TRY(find_one(reader, count, {}, [](Row const& row) { return row.integer(0); })).value_or(0);
    int64_t most = std::max<int64_t>(1, raters / one_in);
    std::optional<int64_t> rest = TRY(find_one(reader, first_of_the_rest, { most }, [](Row const& row) { return row.integer(0); }));
    if (!rest)
        return std::vector<PersonId>();
    std::vector<Value> arguments;
    for (PersonId person : people)
        arguments.push_back(person.value);
    std::vector<PersonId> found;
    TRY(reader.query_many(given, arguments, 1, [&](size_t index, Row const& row) -> Result<void> {
        if (row.integer(0) > *rest)
            found.push_back(people[index]);
        return {};
    }));
    return found;
}

Result<std::optional<OwnRating>> own_rating(Reader& reader, NoteId note, PersonId person)
{
    static constexpr Sql find { "select note_id, helpfulness, reasons, at from note_rating where note_id = $1 and person_id = $2" };
    return find_one(reader, find, { note.value, person.value }, read_own);
}

Result<std::vector<OwnRating>> ratings_by(Reader& reader, PersonId person, NoteId behind, int limit)
{
    static constexpr Sql list {
        "select note_id, helpfulness, reasons, at from note_rating where person_id = $1 and note_id > $2 order by note_id limit $3"
    };
    return find_all(reader, list, { person.value, behind.value, limit }, read_own);
}

}  // namespace parley
